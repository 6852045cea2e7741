"""Edits plan files by the smallest edits of their text."""
