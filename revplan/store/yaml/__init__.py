"""The text of plan files: events, scalars, the tree of entries, spans and comments."""
