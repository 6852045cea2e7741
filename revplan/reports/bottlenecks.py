"""What more of a scarce resource (hours of a member, cash) would add to a sprint: in words, as a table, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.reports import suggestions
from revplan.reports.document import Align, Column, Line, Section, Table, dim, strong, words
from revplan.reports.names import short_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.plan import Plan
    from revplan.planning.explain.claims import Bottleneck
    from revplan.reports.document import Words

_COLUMNS = (
    Column("With", share=2),
    Column("Value", Align.RIGHT),
    Column("What comes in", share=3),
)

_TITLE = "What a little more would add to the sprint"
_NAMED = 3
"""Skills and people named where any of them would do; the others are counted."""


def line(plan: Plan, bottlenecks: Sequence[Bottleneck]) -> Words:
    """Return the first of them as a sentence, such as `8 h more of writing would add 7.2: case studies`."""
    group = _groups(bottlenecks)[0]
    return words(
        _more(plan, group), " would add ", strong(wording.score(group[0].value)), f": {_swap(plan, group[0])}."
    )


def section(plan: Plan, bottlenecks: Sequence[Bottleneck]) -> Section:
    """Return all of them as a table, the most first."""
    rows = tuple(
        (
            words(_more(plan, group)),
            words(f"+{wording.score(group[0].value)}"),
            words(_swap(plan, group[0])),
        )
        for group in _groups(bottlenecks)
    )
    return Section(words(_TITLE), (Table(_COLUMNS, rows),))


def unplanned_section() -> Section:
    """Return where to find the table, where a report among many does not plan so large a sprint."""
    said = "Many tactics compete for the sprint: `revplan report capacity` plans it and says so."
    return Section(words(_TITLE), (Line(words(dim(said))),))


def _groups(bottlenecks: Sequence[Bottleneck]) -> list[list[Bottleneck]]:
    """Merge bottlenecks that add the same value: where any member of several would do, none is named."""
    groups: dict[tuple[object, ...], list[Bottleneck]] = {}
    for one in bottlenecks:
        alone = one.of if _is_cash(one) else ""
        groups.setdefault((one.value, one.add, one.tactics, one.gone, alone), []).append(one)
    return list(groups.values())


def data(bottlenecks: Sequence[Bottleneck]) -> list[dict[str, Any]]:
    """Return them as plain data: hours for skills and members, money for cash and budget lines."""
    return [
        {
            "kind": one.kind,
            "of": one.of,
            "add": {"cash": wording.as_money(one.add)} if _is_cash(one) else {"hours": wording.as_hours(one.add)},
            "value": wording.as_score(one.value),
            "tactics": list(one.tactics),
            "out": list(one.gone),
        }
        for one in bottlenecks
    ]


def _swap(plan: Plan, one: Bottleneck) -> str:
    """Say what comes in, and what leaves for it: the value is what remains of both."""
    came = suggestions.few(plan, one.tactics)
    return f"{came}, in place of {suggestions.few(plan, one.gone)}" if one.gone else came


def _is_cash(one: Bottleneck) -> bool:
    return one.kind in {"cash", "line"}


def _more(plan: Plan, group: Sequence[Bottleneck]) -> str:
    first = group[0]
    if _is_cash(first):
        return f"{plan.settings.currency.say_cents(first.add)} more in {suggestions.purse(first.of)}"
    named = [_name(plan, one) for one in group[:_NAMED]]
    others = (
        [f"{len(group) - _NAMED} others"] if len(group) > _NAMED + 1 else [_name(plan, one) for one in group[_NAMED:]]
    )
    either = [*named, *others]
    whose = either[0] if len(either) == 1 else f"{', '.join(either[:-1])} or {either[-1]}"
    return f"{wording.hours(first.add)} h more of {whose}"


def _name(plan: Plan, one: Bottleneck) -> str:
    return f"{short_names(plan).get(one.of, one.of)}'s time" if one.kind == "member" else one.of
