"""What must hold in every allocation: one constraint a file."""
