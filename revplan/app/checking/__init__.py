"""Findings: told, selected, fixed.

fix       `revplan validate --fix` and `revplan fmt`: what is written anew without a change of meaning
validate  `revplan validate` and `campaign check`: everything that is wrong with a plan, in one run
"""
