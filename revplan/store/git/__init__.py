"""Reads a plan's past from git."""
