"""Pure figures from a plan: periods, capacity, standing loads, progress, scores."""
