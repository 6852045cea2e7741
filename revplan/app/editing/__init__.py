"""Edits of the plan from the terminal."""
