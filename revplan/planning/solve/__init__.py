"""SprintProblem to Allocation."""
