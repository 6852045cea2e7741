"""Reading a plan's past from git."""
