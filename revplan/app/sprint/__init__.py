"""The sprint's use cases: plan, compare, explain, log, close."""
