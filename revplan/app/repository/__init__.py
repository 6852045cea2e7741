"""The plan as a repository: begin one, compare revisions, tell histories, schemas for editors.

diff    `revplan diff`: what a branch does to the plan and to the sprint, not to the text
init    `revplan init`: a plan to begin with, or an example, and what other programs need beside it
log     `revplan log`: the commits that changed what one thing of the plan means
schema  `revplan schema`: the JSON Schema of plan files, alone or with a plan's own ids
"""
