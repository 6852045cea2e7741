"""Use cases that show reports, agendas and manuals.

explain    `revplan explain`: shows a rule's manual, or describes a kind or field of the plan format
reference  The reference of the plan format, read from the models: every field with its type, default and
           meaning in words
report     `revplan report` and `revplan agenda`: builds documents from everything that the plan contains
watch      `revplan report --watch`: writes anew when the plan changes; polls files, for no system tells of
           changes alike
"""
