"""`python -m revplan`."""

from revplan.cli import main

main()
