"""What the commands do: one function a use case, a list of named steps."""
