"""Use cases of the plan's repository: create a plan, compare revisions, show histories, write schemas for editors.

diff    `revplan diff`: compares two revisions by the plan's meaning and by the sprint they lead to
init    `revplan init`: creates a new plan or copies an example, with configuration files for other programs
log     `revplan log`: lists the commits that changed the meaning of one thing of the plan
schema  `revplan schema`: the JSON Schema of plan files, with or without a plan's own ids
"""
