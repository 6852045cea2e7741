"""Reads a plan's past from git.

commits  Runs git commands that only read: they run no program that a repository names, and use no network
history  Reads the plan at a git revision from git's objects, without a checkout and without touching the work
         tree
"""
