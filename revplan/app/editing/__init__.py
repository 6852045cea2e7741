"""Use cases that edit the plan from the command line.

actuals        Changes that record a month's figures: revenue of a fiscal year, spend of a budget line
answers        Reads and checks an answer to the question for one field of a new entry
changes        Computes an edit, checks the edited plan like `validate`, and writes the edit
company        Changes for a week's events: to-dos done, issues solved, metric readings, time off, checklist items
days           Days as people say them on the command line: `friday`, `+3d`, `end of month`
entries        Reads fields of entries from the command line, and returns the changes that add, edit and drop entries
meeting        `revplan meeting close`: turns the record of a meeting into changes of the plan
numerals       Numbers as people type them. A decimal comma is read; what may be one of two numbers is refused, with
               both
plan_settings  `revplan set`: the plan's settings, read and changed by their keys
rename         `revplan rename` and `revplan refs`: rename a thing everywhere, and list all references to it
rollouts       `revplan stack plan`: proposes tactics for the rollout stages that are missing from the backlog
"""
