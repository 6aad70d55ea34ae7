"""Tables and queries: core types in and out."""
