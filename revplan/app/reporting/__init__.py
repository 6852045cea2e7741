"""Reports, agendas and manuals.

explain    `revplan explain`: a rule's manual, or what may stand in a plan, in words
reference  The plan format's reference, read from the models: every field with its type in words, default and
           meaning
report     `revplan report` and `revplan agenda`: documents that are prefilled with everything the plan knows
"""
