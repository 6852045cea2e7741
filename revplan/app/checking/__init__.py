"""Use cases of findings: report, select and fix them.

fix       `revplan validate --fix` and `revplan fmt`: correct and reformat files without a change of meaning
validate  `revplan validate` and `campaign check`: report every finding about a plan in one run
"""
