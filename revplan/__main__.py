"""`python -m revplan`."""

from revplan.cli import process

process()
