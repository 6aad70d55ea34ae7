"""What a teacher is told about a lesson: composed from evidence, checked, reviewed, released."""
