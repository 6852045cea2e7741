"""Edits of plan files as edits of their text."""
