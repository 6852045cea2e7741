"""Use cases that guide people: playbooks to make tactics from, and results to learn from.

playbooks  Playbooks of the plan and the catalogue: lists playbooks, makes tactics from them and them from tactics
"""
