"""The sprint's use cases: plan, compare, explain, log, close.

explain  `revplan explain TACTIC`: why a tactic is where it is, and what would bring it in
horizon  `revplan sprint plan --horizon N` and the roadmap, and `--check`
life     The life of a written sprint: start it, drop tactics, close it, and undo the last close
log      `revplan sprint log`: hours of a day and a person on a task or recurring work, and the changes that
         record them
lookup   Which written sprint a command means, and what must be sound before a plan is planned with
plan     `revplan sprint plan`: what fits, who does it, by when, and why not the rest; and `--write`, which
         saves it
what_if  What-ifs: the plan as it would be, and comparisons of two plans of a sprint
"""
