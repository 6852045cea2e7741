"""Most limits of the search, many of them with what they were measured on; others stand in the module of their step.

Limits are in branch-and-bound nodes, moves and looks, never in seconds, so the same sprint gets the same plan on a slow
machine and on a fast one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """The limits of the search.

    Attributes:
        rounds: selections asked of the selection model before the search stops (Benders rounds). On 80 tactics and 15
            members most seeds need one or two. Of 45 sprints with chains, up to that size, those that got a plan had it
            within six rounds; what is open after eight was still open after thirty.
        unproven_rounds: the same for selections that the solver gave up to prove best: each takes it as long again.
        round_work: simplex iterations times rows, in all selection models of a search, after which no further selection
            is asked for. A hundred million take 14 to 37 s of processor. Of 90 sprints of 60 x 8 and 80 x 15 one comes
            to more than two hundred (two possible owners, chains, exclusions, tiers and dates): it took 107 s and had
            its plan after 25.
        nodes: branch-and-bound nodes for one tier of one selection. 5,000 prove 80 x 15 in a second
            or two; more are for knapsacks of 100 columns and 5 rows, which take 2,500 a second.
        work: columns times nodes for the same, so that large models get fewer nodes: a node of 10,000 columns takes as
            long as a hundred of 300.
        tie_nodes: nodes for the tie-break and the layer above it; equals harder to tell apart stay as they are.
        roster_nodes: nodes for one assignment of owners; 100 settle all but calendars full to the last minute.
        roster_patience: nodes where it hangs on the answer whether the selection has owners at all.
        conflict_nodes: nodes for one feasibility test while a conflict is shrunk.
        day_nodes: nodes for a part of a selection day by day, to prove that it has no days. Whole selections are not
            asked: of 17 frozen sprints one was, in vain, for 12 of its 26 s.
        day_columns: columns beyond which the day model is not asked: its first relaxation alone takes seconds.
        day_work: columns times nodes for one day model, so that a large one gets fewer nodes. With 2,000,000 the one of
            60 x 8 with four owners and chains took 44 s and decided nothing; no other of the frozen set asks for more.
        all_day_columns: columns of all day models of one search.
        timed_pairs: pairs of a task that waits, or is waited for, and a possible owner, beyond which no model with days
            of hand-over is asked: with 1,250 pairs one relaxation takes 12 s, and a node as long.
        all_timed_pairs: the same for all selections of one search. Without it, 24 tactics of twenty tasks handed over
            among six members took 36 s for eight selections, none of which got days by it.
        linked_columns: columns beyond which owners and days of hand-over are not asked together.
        conflict_part: pairs of a task and a possible owner in a part of a selection that is looked at for conflicts.
        conflict_pairs: the same in all parts together.
        open_pairs: pairs of a task and a possible owner, where a task has several, up to which owners are assigned by
            the solver. Beyond, on 300 x 40, a roster takes a minute.
        round_pairs: the same beyond which rounds only choose among equals, where the packed selection is proven best.
            Of 200 x 20 with three owners and chains a round takes half a minute; five brought 7957 for the 7939 that
            are packed and improved in 4 s.
        whole_pairs: the same up to which the selection model has owners from the start: below, it is as quick as
            without and its selections have owners.
        submodels: whether the solver may solve models of its own within the selection model.
        shared_rounds: rounds without owners in the selection model before it gets them.
        relaxed_columns: columns of the selection model beyond which its linear relaxation stands in for it: the root
            node of 10,000 tactics alone takes minutes. 1000 x 100 has 5,900: its model took 33 s for shoulds worth
            14338, of which 14086 could be packed; the relaxation 1 s for 14284, of which all could.
        easing: moves that ease what is too much for members before a tactic has to go; `easing_each` for each member.
        filling: moves for each tactic that is fitted in, pass by pass.
        packing_work: pieces laid out on calendars to ease a packed selection, and again for each pass of fitting in.
        packing_each: the same for each task, where there are so many that it comes to more.
        owner_work: pieces laid out to find owners of one selection without the solver.
        exchange_work: pieces and tasks laid out for selections near a plan, to bring parked tactics in. 80 x 15 with
            chains takes half of it; with ten times as much nothing more came in.
        exchange_pairs: pairs of a task and a possible owner beyond which that is not tried. 1000 x 100 (40,000) takes
            6 s for 0.1% of the value of the shoulds.
        owner_looks: owner changes looked at in finishing, in all. One of a tactic of many pieces counts once more for
            each `pieces_a_look` of them, all of which are gone through.
        swap_pieces: pieces up to which exchanges between two members are looked at.
        sequence_work: tasks laid out in the search for a better order: about a second for 200,000. With 150,000, and 13
            for `sequence_long`, the orders of 36 frozen sprints of up to 205 tasks take twice as long, for a finish
            that is 0.2% sooner in the mean.
        sequence_each: the same at most for each pair of tasks: a short order is soon searched.
        sequence_long: the same for each pair of tasks of a long order: 300 x 40 (440 tasks) finished 7% later with
            180,000 than with 750,000.
        sequence_most: the same at most. With 2,000,000 the order of 1000 x 100 took 22 s of processor for 1% sooner.
        sequence_tasks: tasks beyond which an order gets no more than the least: ten times as much brought 2,000 tactics
            nothing.
        delays: times that tactics let go of their written dates for one that is worth more and late.
        dropped_singly: tactics that are dropped one at a time because they come late, then two at a time, and so on.
            A written sprint of 800 tactics too many took 45 s of processor one by one, so 9 s.
        eased_in: plans near the written one that are tried on a replan where work changes hands.
        replan_work: pairs over how often days of hand-over are chosen anew to leave more where it was.
    """

    rounds: int = 6
    unproven_rounds: int = 3
    round_work: int = 200_000_000
    nodes: int = 20_000
    work: int = 3_000_000
    tie_nodes: int = 50
    roster_nodes: int = 100
    roster_patience: int = 1000
    conflict_nodes: int = 30
    day_nodes: int = 1000
    day_columns: int = 6000
    day_work: int = 300_000
    all_day_columns: int = 20_000
    timed_pairs: int = 700
    all_timed_pairs: int = 1000
    conflict_part: int = 300
    conflict_pairs: int = 3000
    linked_columns: int = 4000
    open_pairs: int = 1500
    round_pairs: int = 1000
    whole_pairs: int = 400
    submodels: bool = True
    shared_rounds: int = 5
    relaxed_columns: int = 5000
    easing: int = 500
    easing_each: int = 2
    filling: tuple[int, ...] = (20, 60)
    packing_work: int = 6_000_000
    packing_each: int = 2000
    owner_work: int = 1_000_000
    exchange_work: int = 3_000_000
    exchange_pairs: int = 100_000
    owner_looks: int = 100_000
    pieces_a_look: int = 8
    swap_pieces: int = 250
    sequence_work: int = 60_000
    sequence_each: int = 50
    sequence_long: int = 5
    sequence_most: int = 750_000
    sequence_tasks: int = 1500
    delays: int = 8
    dropped_singly: int = 16
    eased_in: int = 8
    replan_work: int = 4000

    def ordering(self, tasks: int) -> int:
        """Return how many tasks may be laid out in the search for an order of so many."""
        longer = min(self.sequence_most, self.sequence_long * tasks**2) if tasks <= self.sequence_tasks else 0
        return min(max(self.sequence_work, longer), self.sequence_each * tasks**2)


EFFORT = Effort()
"""The limits in use."""
