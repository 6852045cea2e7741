"""The sprint: what fits, who does it, by when, and why not.

The question. Members have working calendars and skills. Tactics are made of tasks. Choose tactics, give each task an
owner and days, park the rest with reasons. A tactic is placed whole or not at all.

How it is solved, in the words of the field:

1. Reduce (`solve.reduce`): park what cannot be placed, turn tasks with one possible owner into rows of that owner's
   hours, merge members who are alike. What is left is open.
2. Choose (`solve.choose`, `formulations.selection`): a 0-1 model over the tactics, a *relaxation* of the sprint without
   days, solved tier by tier: kept tactics, musts, shoulds, nice-to-haves. The *incumbent* it begins with is the ranked
   fill (`solve.construct`) or the written sprint (`solve.written`). Its *bound* holds for the sprint.
3. Assign and time (`solve.benders`, `formulations.assignment`, `formulations.timeline`): owners for the selection, an
   order of work in which nothing is late (`solve.in_time`), or days on which one task is *handed over* to the next. A
   selection without owners or days is shrunk to a small conflict, which is a *cut*, and the selection model is asked
   again.
4. Improve (`solve.improve`): a parked tactic comes in beside what is placed, or in place of what is worth less, and all
   work and its order may be changed for it. Where there are too many open pairs of task and member for 2 and 3, the
   selection, or the linear relaxation, guides, and a schedule is packed (`solve.relaxation`).
5. Finish (`solve.finish`, `solve.dispatch`, `solve.written`): among plans for the same selection the least moved on a
   replan, the least external spend, the fewest owners, the best fit, the best first (a *dispatch rule*, then a search
   over orders) and the most even load.

One state (`solve.schedule`): who has which piece of work within which days, so that each member's work can be looked at
by itself. One local search moves its pieces (`solve.local_search`). One solver behind one module (`solve.milp`). All
limits stand in `effort`.

A constraint is one file in `constraints`: `post` tells the selection model, `allows` answers every other search,
`explain` says what a parked tactic is short of, and `check` recomputes from the finished allocation. Every allocation
goes through every `check` before it is shown.

Reading order: problem, instance, constraints, effort, solve (in the order above), explain, assemble. From a plan to a
problem lead situation, eligibility, jobs and backlog; from an allocation back to the files assemble and changes.

Glossary. A *candidate* is a tactic that competes for the sprint, a *job* what is left of one of its tasks; numbered,
with what it follows, a job is a task of the *instance*. A *selection* is a set of tactics, its *worth* the kept tactics
and then the value tier by tier. A *window* is the first and the last day a task may have: its *release* and its
*deadline*. An *allocation* is the answer by name, a *solution* the same by number, a *schedule* one that still changes.
An *insertion* brings a parked tactic in beside what is placed, an *ejection* in place of it; *slack* is what is free.

    answer        The finished answer: everything a report or a written sprint says about a planned sprint
    assemble      Formulation, allocation and reasons to the finished answer
    backlog       Plan and period to the sprint problem, and to what is parked or left out before anything is
                  solved
    cash          What a sprint may spend, and what placing a tactic costs it, in cents
    changes       A finished answer to the edits that write it to its sprint's file
    constraints/  What must hold in every allocation: one constraint a file
    difference    Two plans of a sprint side by side: what a change makes of it
    digest        The digest of everything a plan is computed from: the same digest, the same plan
    effort        Most limits of the search, many of them with what they were measured on; others stand in the
                  module of their step
    eligibility   The tactics that do not compete for the sprint, and why
    estimates     Estimates by their record: where the plan asks for it, new work is taken to last as such work
                  has lasted
    explain/      What is said of a plan: why tactics are parked, what would bring them in, and what more would be
                  worth most
    horizon       Several sprints planned one after another: when what is parked now has its turn, and what never
                  does
    hours_left    Who has hours left, and which parked tasks they could take
    insertion_windows  Windows for work beside what is placed: what stays keeps its days of hand-over, what is new may
                  choose among some
    instance       The sprint as an instance of numbered tasks: who may do each, what it follows, and how hours add
                  up by day
    jobs          The tasks of a tactic that are still to be done, as jobs
    moves         What a plan changes in the sprint that is written: who else does it, when else, what came in and
                  what went out
    problem       A sprint as the solver sees it: whole minutes, whole cents, day numbers, and no names of files
    running_over  Work that has begun and cannot end in its sprint runs over into the next: how far, when begun
                  work goes first
    screening     Tactics that arithmetic alone shows cannot be placed: they are parked before anything is solved
    shares        Shares of the sprint's hours as caps on groups of candidates
    situation     What planning a sprint starts from: the days that are left, people's hours, and how far every
                  tactic is
    solve/        SprintProblem to Allocation: reduce, choose, assign, improve, finish
    timetable     Owners to dates: earliest deadline first on each member's days, a follower never before what it
                  follows
    trial         Part of a sprint tried by itself: only some of its tactics, some of whose work others do
    unforeseen    Work that nobody foresaw takes the reserve: who does it, and which part of whose reserve it
                  releases
    windows       The days within which each task can be done, from deadlines and from the least time its
                  neighbours take
"""
