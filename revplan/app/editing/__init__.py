"""Edits of the plan from the terminal.

changes   Every edit from the terminal: worked out, checked as `validate` would check it, and only then
          written
company   What happens in a week, as changes: to-dos done, issues solved, readings taken, days off, items
          checked off
entries   Entries of a plan from the terminal: fields as plain data, and the changes that add, edit and drop
          entries
meeting   `revplan meeting close`: what a meeting said, decided and promised, as changes of the plan
rename    `revplan rename` and `revplan refs`: a thing's id, and all that names it
rollouts  `revplan stack plan`: the stages of rollouts that the backlog lacks, as tactics
"""
