"""What is said of a plan: why tactics are parked, what would bring them in, and what more would be worth most."""
