"""The text of plan files: parser events, scalars, the tree of entries, spans and comments."""
