"""What the commands do: one function a use case, a list of named steps.

api          What scripts and notebooks use (`import revplan`), and the first step of every command
checking/    Findings: told, selected, fixed
editing/     Edits of the plan from the terminal
exchange/    What comes in from elsewhere, and what goes out
guide/       What walks people through the system: playbooks to make tactics from, and results to learn from
open         The first step of every command: find the plan, read it, and know which day it is
reporting/   Reports, agendas and manuals
repository/  The plan as a repository: begin one, compare revisions, tell histories, schemas for editors
sprint/      The sprint's use cases: plan, compare, explain, log, close
"""
