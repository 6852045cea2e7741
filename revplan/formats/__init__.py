"""How things are drawn: one format a file."""
