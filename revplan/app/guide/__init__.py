"""Use cases that guide people: playbooks to make tactics from, and results to learn from.

campaigns  Plans the work before a campaign's launch, and writes it into the backlog
playbooks  Lists the playbooks of the plan and the catalogue, makes tactics from playbooks, and playbooks from
           tactics
"""
