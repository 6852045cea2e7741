"""The only owner of plan files, of YAML and of git."""
