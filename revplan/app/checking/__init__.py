"""Findings: told, selected, fixed."""
