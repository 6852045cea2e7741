"""What a plan is: frozen models of every collection, the plan that holds them, and intended changes to it."""
