"""Use cases of the sprint: plan, compare, explain, start, log, close.

day_limit       Nobody can log more hours than a day has
explain         `revplan explain TACTIC`: why a tactic is placed, parked or ineligible, and what would place
                it
horizon         Plans several sprints in a row (`sprint plan --horizon N`, the roadmap) and checks the written
                one (`--check`)
life            The life of a written sprint: start the sprint, drop tactics, close the sprint, and undo the
                last close
log             `revplan sprint log`: records a member's work on a task or on recurring work on a day
lookup          Finds the written sprint and the member that a command means
pages           The pages of written sprints: their list, one planned against actual, its status, its close,
                people's briefs
plan            `revplan sprint plan`: plans a sprint, explains what does not fit, and saves the plan with
                `--write`
planning_pages  The pages of planning: a planned sprint, two side by side, several ahead, one checked, and one
                tactic explained
preconditions   Refuses to plan a sprint of a plan that has errors in what planning uses
what_if         What-ifs: applies hypothetical changes to the plan, and compares the sprint before and after
"""
