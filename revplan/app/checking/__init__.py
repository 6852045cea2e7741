"""Use cases of findings: report, select and fix them.

fix       `revplan validate --fix` and `revplan fmt`: correct and reformat files without a change of meaning
launches  `revplan campaign check`: tell which campaigns are ready for launch, and what the others lack
validate  `revplan validate`: report every finding about a plan in one run
"""
