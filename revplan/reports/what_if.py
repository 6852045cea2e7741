"""Two plans of a sprint side by side: value, hours, cash, objectives and people, and what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.progress import finished_tactics, work_done
from revplan.reports import names, sprint_check, sprint_plan_json, suggestions
from revplan.reports.document import Align, Column, Document, Items, Line, Section, Table, bad, dim, good, strong, words
from revplan.reports.look import look
from revplan.reports.names import short_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.money import Currency
    from revplan.model.plan import Plan
    from revplan.planning.answer import ParkedCandidate, SprintPlan
    from revplan.planning.difference import MemberPair, Pair, PlanDifference, Sums
    from revplan.planning.explain.claims import UnmetPin
    from revplan.reports.document import Run, Words

SCHEMA = "revplan/what-if/2"
_SIDES = (Column("Before", Align.RIGHT), Column("After", Align.RIGHT), Column("Change", Align.RIGHT))


def layout(plan: Plan, found: PlanDifference, unmet: Sequence[UnmetPin] = ()) -> Document:
    """Lay out what a change makes of a sprint.

    Args:
        plan: the plan with the change, for what things are called.
        found: the two plans.
        unmet: tactics that are pinned and cannot be in.
    """
    period = found.after.period
    return Document(
        title=f"{plan.settings.company} · sprint {period.id} · what if",
        lead=tuple(words("What if: ", strong(each)) for each in found.words),
        sections=(*_unmet(plan, found, unmet), *_sections(plan, found)),
        close=(_close(found),),
        contract=data(found, unmet),
        look=look(plan),
    )


def _unmet(plan: Plan, found: PlanDifference, unmet: Sequence[UnmetPin]) -> Iterator[Section]:
    if unmet:
        items = tuple(
            words(strong(one.entry.title), f": {_unmet_why(plan, one)}", dim(_way_out(plan, found, one)))
            for one in unmet
        )
        yield Section(words(bad("No plan has it in")), (Items(items),))


def _unmet_why(plan: Plan, pin: UnmetPin) -> str:
    """Say what keeps a pinned tactic out: other pins, all that comes first together, or what it lacks by itself."""
    if pin.beside:
        is_one = len(pin.beside) == 1
        pinned = "which is pinned too" if is_one else "which are pinned too, and any one of which would have to go"
        return f"not beside {suggestions.titles(plan, pin.beside)}, {pinned}"
    why = suggestions.why(plan, pin.entry.reason)
    return f"not beside what else is pinned or has begun ({why})" if pin.is_beside_all else why


def _way_out(plan: Plan, found: PlanDifference, pin: UnmetPin) -> str:
    """Say how what stands in the way is let go: another pin, by the sprint or of this what-if, or what has begun."""
    if not pin.beside:
        return _begun_words(plan, pin.entry)
    other = pin.beside[0]
    return f"; --unpin {other} lets go of it" if other in found.before.pins else f"; without --pin {other} it is in"


def _begun_words(plan: Plan, entry: ParkedCandidate) -> str:
    """Say how what has begun, and stands in the way as an alternative, is let go."""
    begun = [name for name in entry.reason.blockers if work_done(plan, name) and name not in finished_tactics(plan)]
    if entry.reason.code != "excludes" or not begun:
        return ""
    drops = " ".join(f"--drop {name}" for name in begun)
    return f"; {suggestions.titles(plan, begun)} {'has' if len(begun) == 1 else 'have'} begun: {drops} lets go of it"


def _sections(plan: Plan, found: PlanDifference) -> Iterator[Section]:
    yield Section(words("Both plans"), (_totals(plan, found),))
    blocks = (Items(tuple(_places(plan, found))),) if found.moves else (Line(words(dim("Nothing moves."))),)
    yield Section(words("What moves"), blocks)
    if found.before.moves and found.after.moves:  # the sprint would change without the what-if too
        yield sprint_check.section(plan, found.after.moves)
    if found.objectives:
        yield Section(words("By objective: value and hours"), (_objectives(found),))
    if found.members:
        yield Section(words("By person: hours given of those plannable"), (_members(plan, found),))


# --- figures -------------------------------------------------------------------------------------------------------


def _totals(plan: Plan, found: PlanDifference) -> Table:
    before, after = found.total.before, found.total.after
    currency = plan.settings.currency
    rows = (
        _row("Value", wording.score(before.value), wording.score(after.value), _score_change(before, after)),
        _row("At best", wording.score(found.before.bound), wording.score(found.after.bound), dim("")),
        _row("Tactics", str(before.tactics), str(after.tactics), _count_change(after.tactics - before.tactics)),
        _row(
            "Hours",
            wording.about(before.minutes),
            wording.about(after.minutes),
            wording.about_change(before.minutes, after.minutes),
        ),
        _row("Cash", *_cash(before, after, currency)),
    )
    return Table((Column(""), *_SIDES), rows)


def _row(label: str, before: str, after: str, change: Run | str) -> tuple[Words, ...]:
    return words(label), words(before), words(strong(after)), words(change)


def _cash(before: Sums, after: Sums, currency: Currency) -> tuple[str, str, str]:
    change = after.cash - before.cash
    sign = "−" if change < 0 else "+"
    said = f"{sign}{currency.say_cents(abs(change))}" if change else ""
    return currency.say_cents(before.cash), currency.say_cents(after.cash), said


def _score_change(before: Sums, after: Sums) -> Run | str:
    change = wording.score_change(before.value, after.value)
    if not change:
        return ""
    return (good if change > 0 else bad)(suggestions.signed_score(change))


def _count_change(change: int) -> str:
    return "" if not change else f"{'−' if change < 0 else '+'}{abs(change)}"


def _objectives(found: PlanDifference) -> Table:
    columns = (Column("Objective", share=1), *_SIDES)
    return Table(columns, tuple(_objective(pair) for pair in found.objectives))


def _objective(pair: Pair) -> tuple[Words, ...]:
    before, after = pair.before, pair.after
    return (
        words(pair.of or dim("none")),
        words(f"{wording.score(before.value)}, {wording.about(before.minutes)} h"),
        words(strong(f"{wording.score(after.value)}, {wording.about(after.minutes)} h")),
        words(_score_change(before, after)),
    )


def _members(plan: Plan, found: PlanDifference) -> Table:
    columns = (Column("Person", share=1), *_SIDES)
    called = short_names(plan)
    return Table(columns, tuple(_member(called.get(pair.member, pair.member), pair) for pair in found.members))


def _member(name: str, pair: MemberPair) -> tuple[Words, ...]:
    before, after = pair.allocated + pair.recurring, pair.allocated_after + pair.recurring_after
    change = wording.about_change(before, after)
    return (
        words(name),
        words(f"{wording.about(before)} of {wording.about(pair.plannable)} h"),
        words(strong(f"{wording.about(after)} of {wording.about(pair.plannable_after)} h")),
        words(f"{change} h" if change else ""),
    )


# --- what moves ----------------------------------------------------------------------------------------------------


def _places(plan: Plan, found: PlanDifference) -> Iterator[Words]:
    """Say what came in, what went out and why, and which tasks have other people; days alone are only counted."""
    for name in found.moves.came_in:
        yield words(good("in: "), strong(names.tactic(plan, name)))
    for name in found.moves.went_out:
        must = dim(", a must") if _is_must(found.before, name) else ""
        yield words(bad("out: "), strong(_title(found.before, name)), must, f" ({_why_out(plan, found.after, name)})")
    handed = [move for move in found.moves.moved if move.before.owners != move.after.owners]
    for move in handed:
        who = f"{names.members(plan, move.before.owners)} → {names.members(plan, move.after.owners)}"
        yield words(f"{names.tactic(plan, move.tactic)}, {names.task(plan, move.tactic, move.task)}: {who}")
    others = len(found.moves.moved) - len(handed)
    if others:
        yield words(dim(f"{wording.plural(others, 'other task')} due on another day"))


def _title(sprint: SprintPlan, name: str) -> str:
    return next((entry.title for entry in sprint.placed if entry.tactic == name), name)


def _is_must(sprint: SprintPlan, name: str) -> bool:
    return any(entry.tactic == name and entry.tier == "must" for entry in sprint.placed)


def _why_out(plan: Plan, after: SprintPlan, name: str) -> str:
    reason = next((entry.reason for entry in after.parked if entry.tactic == name), None)
    if reason is not None:
        return suggestions.why(plan, reason)
    waits_for = next((out.of for out in after.left_out if out.tactic == name and out.why == "blocked-by"), ())
    return f"left out, since it needs {suggestions.titles(plan, waits_for)}" if waits_for else "left out"


def _by_tier(found: PlanDifference) -> str:
    """Say how the value of each tier changes, where one gains and another loses: the first of them is what counts."""
    changes = {}
    for tier, called in suggestions.TIER_WORDS.items():
        before, after = (
            sum(entry.value for entry in sprint.placed if entry.tier == tier) for sprint in (found.before, found.after)
        )
        changes[called] = after - before
    if not (min(changes.values()) < 0 < max(changes.values())):
        return ""
    said = [f"{called} {suggestions.signed_score(change)}" for called, change in changes.items() if change]
    return f" Tier by tier: {', '.join(said)}."


def _close(found: PlanDifference) -> Words:
    change = wording.score_change(found.before.value, found.after.value)
    quality = "both proven best" if found.before.proven and found.after.proven else "not both proven best"
    tiers = _by_tier(found)
    if not change:
        return words(f"The value stays the same ({quality}).{tiers}")
    said = f"{'costs' if change < 0 else 'adds'} {wording.score(abs(change))} of value"
    return words(f"This {said} ({quality}).{tiers}")


# --- for programs --------------------------------------------------------------------------------------------------


def data(found: PlanDifference, unmet: Sequence[UnmetPin] = ()) -> dict[str, Any]:
    """Return the two plans side by side as plain data: hours and money as decimals, values as whole scores."""
    return {
        "schema": SCHEMA,
        "sprint": found.after.period.id,
        "what_if": list(found.words),
        "unmet": [{**sprint_plan_json.parked_data(one.entry), "beside": list(one.beside)} for one in unmet],
        "before": _plan_data(found.before, found.total.before),
        "after": _plan_data(found.after, found.total.after),
        "moves": sprint_check.data(found.moves),
        "against_written": sprint_check.data(found.after.moves),
        "objectives": [
            {"objective": pair.of or None, "before": _sums(pair.before), "after": _sums(pair.after)}
            for pair in found.objectives
        ],
        "members": [
            {
                "member": pair.member,
                "before": {
                    "plannable_hours": wording.as_hours(pair.plannable),
                    "allocated_hours": wording.as_hours(pair.allocated),
                },
                "after": {
                    "plannable_hours": wording.as_hours(pair.plannable_after),
                    "allocated_hours": wording.as_hours(pair.allocated_after),
                },
            }
            for pair in found.members
        ],
    }


def _plan_data(sprint: SprintPlan, sums: Sums) -> dict[str, Any]:
    return {
        **_sums(sums),
        "bound": wording.as_score(sprint.bound),
        "proven": sprint.proven,
        "placed": [entry.tactic for entry in sprint.placed],
        "parked": [entry.tactic for entry in sprint.parked],
    }


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "value": wording.as_score(sums.value),
        "tactics": sums.tactics,
        "hours": wording.as_hours(sums.minutes),
        "cash": wording.as_money(sums.cash),
    }
