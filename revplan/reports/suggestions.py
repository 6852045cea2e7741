"""What is short for a parked tactic and what would bring it in, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.explain.claims import Addition, Swap
from revplan.reports.names import short_names
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from revplan.model.plan import Plan
    from revplan.planning.explain.claims import Reason, Short, Suggestion, TierLack

TIER_WORDS = {"must": "musts", "should": "shoulds", "nice": "nice-to-haves"}
"""What the tactics of a tier are called."""

_NAMED = 3


def why(plan: Plan, reason: Reason) -> str:
    """Say why a tactic is parked: its tier where that decided, and what is short, or what stands in the way."""
    return "; ".join(said for said in (why_by_tier(plan, reason.above), _why(plan, reason)) if said)


def difference_in_tier(lack: TierLack, sign: str) -> str:
    """Say how much one plan has less, or more, than another in a tier: "2 less in musts"."""
    return f"{wording.score(lack.value)} {sign} in {TIER_WORDS[lack.tier]}"


def says_what_is_short(reason: Reason, way: Suggestion | None) -> bool:
    """Tell whether a way in names all that is short: two amounts of one thing would be one too many."""
    if not isinstance(way, Addition) or way.deadline is not None or reason.code not in {"capacity", "budget"}:
        return False
    return {short.of for short in reason.short} <= {of for of, _ in (*way.minutes, *way.cash)}


def why_by_tier(plan: Plan, above: Sequence[str]) -> str:
    """Say that value alone would have a tactic in, but for what comes first."""
    if not above:
        return ""
    needed = {plan.tactics[name].tier for name in above if name in plan.tactics} == {"must"}
    first = "musts come first" if needed else "what is needed comes before a nice-to-have"
    return f"by value alone it would be in, but {first}: {few(plan, above)}"


def _why(plan: Plan, reason: Reason) -> str:  # noqa: PLR0911 - one a reason
    short = lacking(plan, reason.short)
    blockers = few(plan, reason.blockers)
    beside = f" beside {blockers}" if blockers else ""
    match reason.code:
        case "capacity":
            return short or "too large for anyone's hours"
        case "no-skill":
            return f"nobody can do it: {_hours_of(plan, reason.short)} to hire or buy"
        case "no-time":
            if reason.apart:
                return f"the people of {join_names(reason.apart)} have no days together{beside}"
            return f"cannot end in time: {short}" if short else "cannot end in time"
        case "budget":
            return short or "no cash left"
        case "share":
            return _beyond(reason.short)
        case "requires":
            return f"needs {blockers} first"
        case "excludes":
            return f"not beside {blockers}"
        case "outranked":
            instead = f": {blockers}" if blockers else ""
            return f"fits only in place of more value{instead}"


def few(plan: Plan, tactics: Sequence[str]) -> str:
    """Name some tactics, and count the rest."""
    rest = len(tactics) - _NAMED
    if rest <= 1:
        return titles(plan, tactics)
    return f"{', '.join(titles(plan, [name]) for name in tactics[:_NAMED])} and {rest} more"


def _beyond(short: Sequence[Short]) -> str:
    """Return in words the share that is exceeded most, and the number of the other exceeded shares."""
    if not short:
        return "beyond a share"
    first, *others = sorted(short, key=lambda each: (-each.at_least, each.of))
    more = f", and {wording.plural(len(others), 'other share')} too" if others else ""
    return f"{up_to_quarter(first.at_least)} h beyond a share: {first.of}{more}"


def lacking(plan: Plan, short: Sequence[Short]) -> str:
    """Say what is short, most first; hours are lower bounds, rounded up to a quarter so that none reads as nothing.

    Where several skills are short, only their sum is: who can do both lacks in the one as well as in the other.
    """
    hours = [each for each in short if each.kind == "hours"]
    cash = [f"{_cash(plan, each.at_least)} short in {purse(each.of)}" for each in short if each.kind == "cash"]
    said = [f"at least {_hours_in_all(plan, hours)}"] if hours else []
    return "; ".join((*said, *cash))


def _hours_in_all(plan: Plan, short: Sequence[Short]) -> str:
    if len(short) == 1:
        return f"{_hours_of(plan, short)} short"
    total = sum(each.at_least for each in short)
    return f"{up_to_quarter(total)} h short, such as {_hours_of(plan, short)}"


def _hours_of(plan: Plan, short: Sequence[Short]) -> str:
    most_first = sorted(short, key=lambda each: (-each.at_least, each.of))
    return wording.join_names([f"{up_to_quarter(each.at_least)} h {_of(plan, each.of)}" for each in most_first])


def up_to_quarter(minutes: int) -> str:
    """Return minutes as hours, rounded up to a quarter of an hour, which is the least."""
    return wording.hours(-(-minutes // QUARTER_HOUR) * QUARTER_HOUR)


def in_words(plan: Plan, way: Suggestion) -> str:
    """Say what would bring a tactic in: `fits if Podcast leaves (value −1.5)`, `fits with 22 h more design`."""
    others = f" together with {titles(plan, way.together)}," if way.together else ""
    if isinstance(way, Swap):
        return f"fits{others} {_leaving(plan, way)}"
    return f"fits{others} {_adding(plan, way)}"


def _leaving(plan: Plan, swap: Swap) -> str:
    if not swap.out:
        return "as it is"
    verb = "leaves" if len(swap.out) == 1 else "leave"
    or_better = "" if swap.is_least else " or better"
    return f"if {titles(plan, swap.out)} {verb} (value {signed_score(swap.value_change)}{or_better})"


def _adding(plan: Plan, addition: Addition) -> str:
    most_first = sorted(addition.minutes, key=lambda each: (-each[1], each[0]))
    hours = [f"{wording.hours(minutes)} h more {_of(plan, of)}" for of, minutes in most_first]
    cash = [f"{_cash(plan, cents)} more in {purse(of)}" for of, cents in addition.cash]
    at_most = "" if addition.is_least else "at most "
    said = [f"with {at_most}{wording.join_names([*hours, *cash])}"] if hours or cash else []
    ends = [("it", addition.deadline)] if addition.deadline is not None else []
    if ends := [*ends, *addition.task_deadlines]:
        said.append(f"if {wording.join_names([f'{name} may end by {wording.short_date(day)}' for name, day in ends])}")
    if addition.out:
        said.append(f"in place of {titles(plan, addition.out)}")
    return " ".join(said) or "as it is"


def titles(plan: Plan, tactics: Iterable[str]) -> str:
    """Return the titles of tactics in a row; of what the plan no longer has, the id."""
    return wording.join_names([plan.tactics[name].title if name in plan.tactics else name for name in tactics])


def signed_score(value: int) -> str:
    """Return a change of value with its sign."""
    return f"−{wording.score(-value)}" if value < 0 else f"+{wording.score(value)}"


def data(way: Suggestion | None) -> dict[str, Any] | None:
    """Return a suggestion as plain data: what leaves and the value that costs, or what is added."""
    if way is None:
        return None
    together = {"together": list(way.together)} if way.together else {}
    if isinstance(way, Swap):
        change = wording.as_score(way.value_change)
        return {"out": list(way.out), "value_change": change, "least": way.is_least, **together}
    added: dict[str, Any] = {}
    if way.minutes:
        added["hours"] = {of: wording.as_hours(minutes) for of, minutes in way.minutes}
    if way.cash:
        added["cash"] = {of: wording.as_money(cents) for of, cents in way.cash}
    if way.deadline is not None:
        added["deadline"] = way.deadline.isoformat()
    if way.task_deadlines:
        added["task_deadlines"] = {task: day.isoformat() for task, day in way.task_deadlines}
    out = {"in_place_of": list(way.out)} if way.out else {}
    return {"add": added, "least": way.is_least, **out, **together}


def _of(plan: Plan, of: str) -> str:
    return short_names(plan).get(of, of)


def purse(of: str) -> str:
    """Name a budget line, or the sprint's budget."""
    return "the sprint's budget" if of == "sprint" else of


def _cash(plan: Plan, cents: int) -> str:
    return plan.settings.currency.say_cents(cents)
