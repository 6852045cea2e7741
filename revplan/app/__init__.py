"""The use cases: one function per use case, written as a list of named steps.

api          The public API for scripts and notebooks (`import revplan`)
assistant/   Use cases for assistants: the plan over the Model Context Protocol, with the same use cases as the
             commands
checking/    Use cases of findings: report, select and fix them
completion   What may complete a word of the command line: kinds, ids, and the names of reports, workshops and
             examples
editing/     Use cases that edit the plan from the command line
editor/      What an editor is told of a plan while it is typed (`revplan lsp`)
exchange/    What comes in from elsewhere, and what goes out
guide/       Use cases that guide people: workshops and playbooks to set out from, and results to learn from
open         The first step of every command: find the plan, read the plan, and determine its day
reporting/   Use cases that show reports, agendas and manuals
repository/  Use cases of the plan's repository: create a plan, compare revisions, show histories, write
             schemas for editors
sprint/      Use cases of the sprint: plan, compare, explain, start, log, close
"""
