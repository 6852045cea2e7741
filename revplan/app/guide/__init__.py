"""What walks people through the system: playbooks to make tactics from, and results to learn from."""
