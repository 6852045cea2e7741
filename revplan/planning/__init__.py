"""The sprint: what fits, who does it, by when, and why not.

The question. Members have working calendars and skills. Tactics are made of tasks. Choose tactics, give each task an
owner and days, park the rest with reasons. A tactic is placed whole or not at all.

How it is solved, in the words of the field:

1. Reduce (`solve.reduce`): park what cannot be placed, turn tasks with one possible owner into rows of that owner's
   hours, merge members who are alike. What is left is open.
2. Choose (`solve.choose`, `formulations.selection`): a 0-1 model over the tactics, a *relaxation* of the sprint without
   days, solved tier by tier: kept tactics, musts, shoulds, nice-to-haves. The *incumbent* it begins with is the ranked
   fill or the written sprint (`solve.construct`). Its *bound* holds for the sprint.
3. Assign and time (`solve.benders`, `formulations.assignment`, `formulations.timeline`): owners for the selection, and
   the days on which one task is *handed over* to the next (`solve.handover`). A selection without owners or days is
   shrunk to a small conflict, which is a *cut*, and the selection model is asked again.
4. Improve (`solve.lns`): *neighbourhoods* of the plan, a few members with their tactics, are solved again as small
   sprints. Where there are too many open pairs of task and member for 2 and 3, the selection, or the linear relaxation,
   guides, and a schedule is packed (`solve.relaxation`).
5. Finish (`solve.finish`, `solve.dispatch`): among plans for the same selection the least moved on a replan, the least
   external spend, the fewest owners, the best fit, the best first (a *dispatch rule*, then a search over orders) and
   the most even load.

One state (`solve.schedule`): who has which piece of work within which days, so that each member's work can be looked at
by itself. One local search moves its pieces (`solve.local_search`). One solver behind one module (`solve.milp`). All
limits stand in `effort`.

A constraint is one file in `constraints`: `post` tells the selection model, `allows` answers every other search, and
`check` recomputes from the finished allocation. Every allocation goes through every `check` before it is shown.

Reading order: problem, network, constraints, effort, solve (in the order above), explain, assemble.
"""
