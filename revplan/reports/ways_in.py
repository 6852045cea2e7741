"""What would bring a parked tactic in, as `explain` says it: who leaves, what is added, which options ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.progress import finished_tactics, work_done
from revplan.planning.answer import ParkedCandidate
from revplan.planning.problem import task_of
from revplan.reports import horizon, names, suggestions
from revplan.reports.document import dim, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.plan import Plan
    from revplan.planning.explain.claims import Swap, TacticExplanation
    from revplan.planning.horizon import Waiting
    from revplan.reports.document import Words


def ways(plan: Plan, case: TacticExplanation) -> Iterator[Words]:
    """Yield what would bring a parked tactic in, each with how far that is proven."""
    if case.swap is not None:
        proof = "no swap costs less" if case.is_cheapest else "the cheapest found; a cheaper one is not ruled out"
        yield words(f"It {suggestions.in_words(plan, case.swap)}. ", dim(f"Planned so: {proof}."))
    if case.addition is not None:
        yield words(f"It {suggestions.in_words(plan, case.addition)}. ", dim(_proof(case)))
        if case.addition.work:
            yield words(dim(f"The hours: {_work(plan, case)}."))
    alone = _alone_words(plan, case.alone) if case.has_days and case.alone is not None else ()
    if case.swap is None and case.addition is None and case.pinned is None and not alone:
        yield words(dim(_no_way(plan, case)))
    if case.pinned is not None:
        yield _pinned_words(plan, case, case.pinned)
    if case.swap is not None or case.pinned is not None:
        begun, pinned = _leaving_begun(plan, case.pinned), _leaving_pinned(case, case.pinned)
        options = (f"--drop {name}" for name in begun), (f"--unpin {name}" for name in pinned if name not in begun)
        asked = " ".join(
            (*options[0], *options[1], *(() if case.tactic in case.sprint.pins else (f"--pin {case.tactic}",)))
        )
        if asked:
            yield words(dim(f"revplan sprint plan {asked} shows the best plan with it."))
    elif alone:
        yield alone
    elif case.addition is not None:
        yield words(dim("As things are no plan has it in, so that --pin cannot be met."))


def _alone_words(plan: Plan, alone: Waiting) -> Words:
    """Say why not even a sprint that holds nothing else has room for it; nothing where that is not why."""
    if alone.verdict == "too-large":
        return words("It is ", *horizon.why(plan, 1, alone), ".")
    if alone.entry.reason.code == "no-time":
        is_dated = plan.tactics[alone.entry.tactic].deadline is not None
        is_chain = not is_dated and not alone.entry.reason.short and not alone.entry.reason.apart
        chain = "its tasks follow each other for longer than there is time"
        said = words(chain) if is_chain else horizon.why(plan, 1, alone)
        return words("Not even a sprint that holds nothing else has time for it: ", *said, ".")
    return ()


def _no_way(plan: Plan, case: TacticExplanation) -> str:
    """Say why nothing is told that would bring a tactic in."""
    blockers = case.place.reason.blockers if isinstance(case.place, ParkedCandidate) else ()
    over = sorted(finished_tactics(plan).intersection(blockers))
    if over:
        return f"Nothing: {suggestions.titles(plan, over)} {'is' if len(over) == 1 else 'are'} done in its place."
    return "Not worked out." if case.has_days else "Its dates and waits leave it no days in the sprint."


def _leaving_pinned(case: TacticExplanation, swap: Swap | None) -> list[str]:
    """Return the tactics that leave although the sprint pins them."""
    return [name for name in swap.out if name in case.sprint.pins] if swap is not None else []


def _leaving_begun(plan: Plan, swap: Swap | None) -> list[str]:
    """Return the tactics that leave although work on them has begun."""
    return [name for name in swap.out if work_done(plan, name)] if swap is not None else []


def _pinned_words(plan: Plan, case: TacticExplanation, pinned: Swap) -> Words:
    """Say that no swap is offered, since what would leave comes first, and what a pin would do all the same."""
    begun, others_pinned = _leaving_begun(plan, pinned), _leaving_pinned(case, pinned)
    tiers = {plan.tactics[name].tier for name in pinned.out}
    if begun:
        have = "has" if len(begun) == 1 else "have"
        rule = f"{suggestions.titles(plan, begun)} {have} begun, and what has begun goes on."
    elif others_pinned:
        rule = f"{suggestions.titles(plan, others_pinned)} {'is' if len(others_pinned) == 1 else 'are'} pinned."
    elif plan.tactics[case.tactic].tier == "nice" and tiers - {"nice"}:
        rule = "It is a nice-to-have, and takes the place of nothing that is needed."
    else:
        rule = "Musts come first, so none leaves for it."
    how = "Dropped, and this one pinned" if begun else "Unpinned, and this one pinned" if others_pinned else "Pinned"
    others = f", and {suggestions.titles(plan, pinned.together)} too" if pinned.together else ""
    out = f"{suggestions.titles(plan, pinned.out)} {'leaves' if len(pinned.out) == 1 else 'leave'}"
    value = suggestions.signed_score(pinned.value_change)
    return words(f"{rule} {how}, it comes in all the same{others}: {out} (value {value}).")


def _proof(case: TacticExplanation) -> str:
    leaves = "nothing leaves" if case.addition is None or not case.addition.out else "nothing else leaves"
    if case.is_taken:
        return f"Planned so: it is in, and {leaves}."
    return f"Planned so: it fits and {leaves}; the best plan would use the room for something worth more."


def _work(plan: Plan, case: TacticExplanation) -> str:
    work: dict[tuple[str, str], int] = {}
    for of, job, minutes in case.addition.work if case.addition is not None else ():
        work[of, task_of(job)] = work.get((of, task_of(job)), 0) + minutes
    return wording.join_names(
        [f"{wording.hours(minutes)} h of {names.task(plan, of, task)}" for (of, task), minutes in work.items()]
    )
