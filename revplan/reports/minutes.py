"""What is written down in a meeting: the blanks of an agenda, by the names under which they are read back."""

from __future__ import annotations

from revplan.reports.document import Blank

ATTENDED = Blank("Attended", "ids or first names, with commas", 1)
HEADLINES = Blank("Headlines", "from customers and people, one a line", 3)
DONE = Blank("To-dos done", "one id a line", 3)
SOLVED = Blank("Issues solved", "id: what was decided", 4)
ISSUES = Blank("New issues", "one a line; who raises it in brackets", 3)
TODOS = Blank("New to-dos", "what is to be done (who, by which day)", 4)
DECISIONS = Blank("Decisions", "one a line", 3)
MESSAGES = Blank("Cascading messages", "what everyone else is to hear, one a line", 2)
RATING = Blank("Rating", "who: 1 to 10, one a line", 3)

BLANKS = (ATTENDED, HEADLINES, DONE, SOLVED, ISSUES, TODOS, DECISIONS, MESSAGES, RATING)
"""Every blank that a filled-in agenda is read back from."""
