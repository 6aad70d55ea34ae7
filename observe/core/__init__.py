"""What Observe knows about lessons, rubrics, agreement and feedback: no Flask, no database, no clock."""
