"""What walks people through the system: playbooks to make tactics from, and results to learn from.

playbooks  Playbooks from the terminal: those of the plan and of the catalogue, tactics made from them, and
           made of tactics
"""
