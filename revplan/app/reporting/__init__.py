"""Use cases that show reports, agendas and manuals.

agenda     `revplan agenda`: builds the documents of meetings, with the plan as it was at the last one
drawing    Draws documents into the files that a command writes: one format a file, a table a file, or a site
entries    `list` and `show` of every noun, `skill list`, and the proposals of `stack plan`: the plan's
           entries as pages
explain    `revplan explain`: shows a rule's manual, or describes a kind or field of the plan format
reference  The reference of the plan format, read from the models: every field with its type, default and
           meaning in words
report     `revplan report`: builds documents from everything that the plan contains
watch      `revplan report --watch`: writes anew when the plan changes; polls files, for no system tells of
           changes alike
"""
