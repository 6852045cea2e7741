"""`revplan report parking-lot`: what is parked, why, since when, how often, and when to look at it again."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.calibration import parking_lot
from revplan.analysis.progress import work_done
from revplan.analysis.scoring import value
from revplan.analysis.standing import standings
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import names, suggestions
from revplan.reports.document import Align, Column, Line, Outline, Picture, Section, Table, dim, empty, warn, words
from revplan.reports.figures import Measure, Ranking
from revplan.reports.frame import Report, Working
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from revplan.analysis.calibration import Parked
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import ParkedTactic
    from revplan.reports.document import Words

REASONS = {
    "capacity": "people's hours are short",
    "no-skill": "nobody has the skill",
    "no-time": "it does not fit into its days",
    "budget": "cash is short",
    "share": "its group's share is used up",
    "requires": "something comes first",
    "excludes": "something stands against it",
    "outranked": "others are worth more",
}
"""The reasons that sprints are written with, in words."""


def build(context: Context) -> Report:
    """Return the parking lot of the last written sprint."""
    lot, stands = parking_lot(context), standings(context)
    return Report(
        name="parking-lot",
        title="parking lot",
        sections=tuple(_sections(context, lot, {name: own.minutes for name, own in stands.items()})),
        workings=(Working("Short", "the least that is missing, as the sprint was written with it"),),
        data={"parked": [_data(context.plan, parked, stands[parked.tactic].minutes) for parked in lot]},
    )


def _sections(context: Context, lot: tuple[Parked, ...], minutes: Mapping[str, int]) -> Iterator[Section]:
    """Yield the parking lot, below a drawing of what keeps how many hours in it."""
    found = section(context, lot)
    if not lot:
        yield found
        return
    hours: dict[str, list[int]] = {}
    for parked in lot:
        hours.setdefault(REASONS[_entry(context.plan, parked).reason], []).append(minutes[parked.tactic])
    measures = tuple(
        Measure(
            reason,
            sum(those) / MINUTES_PER_HOUR,
            f"{wording.plural(len(those), 'tactic')}, {wording.hours(sum(those))} h",
        )
        for reason, those in sorted(hours.items(), key=lambda entry: (-sum(entry[1]), entry[0]))
    )
    picture = Picture("Hours that are parked, by what keeps them out.", Ranking(measures))
    yield replace(found, blocks=(picture, *found.blocks))


def section(context: Context, lot: tuple[Parked, ...], most: int | None = None) -> Section:
    """Return parked tactics as a table, what is due to be looked at again first, then those most worth having.

    Args:
        context: the plan and the day.
        lot: what is parked.
        most: how many to show; the others are counted. None shows all.
    """
    if not lot:
        title = "Nothing is parked"
        hint = "What a planned sprint cannot hold is listed here with its reason; `revplan sprint plan` fills one."
        return Section(words(title), (empty(Outline.BARS, hint),))
    columns = (
        Column("Tactic", share=3),
        Column("Value", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("Why", share=2),
        Column("Short", share=2),
        Column("Since", roomy=True),
        Column("Sprints", Align.RIGHT),
        Column("Look again"),
    )
    stands = standings(context)
    shown = _in_order_of_talk(context, lot)[:most]
    rows = tuple(_row(context, parked, stands[parked.tactic].minutes) for parked in shown)
    heading = words(f"Parked by sprint {lot[0].sprints[-1]}: {wording.plural(len(lot), 'tactic')}")
    way_out = (
        "`revplan explain TACTIC` works out what would bring one in; `revplan report roadmap` when it is its turn."
    )
    rest = len(lot) - len(shown)
    more = (Line(words(dim(f"And {rest} more: `revplan report parking-lot`."))),) if rest else ()
    return Section(heading, (Table(columns, rows), *more, Line(words(dim(way_out)))))


def _in_order_of_talk(context: Context, lot: tuple[Parked, ...]) -> list[Parked]:
    """Return the parked tactics, those that are talked about first in front."""

    def rank(parked: Parked) -> tuple[bool, int]:
        is_due = parked.review is not None and parked.review <= context.today
        return not is_due, -value(context.plan, context.plan.tactics[parked.tactic], context.today)

    return sorted(lot, key=rank)


def _entry(plan: Plan, parked: Parked) -> ParkedTactic:
    return plan.sprints[parked.sprints[-1]].parked[parked.tactic]


def _row(context: Context, parked: Parked, minutes: int) -> tuple[Words, ...]:
    plan, entry = context.plan, _entry(context.plan, parked)
    tactic = plan.tactics[parked.tactic]
    again = wording.short_date(parked.review) if parked.review is not None else wording.MISSING
    is_due = parked.review is not None and parked.review <= context.today
    mark = wording.work_so_far(work_done(plan, parked.tactic))
    return (
        words(names.tactic(plan, parked.tactic), dim(f" ({mark})" if mark else "")),
        words(wording.score(value(plan, tactic, context.today))),
        words(wording.hours(minutes)),
        words(REASONS[entry.reason]),
        words(_short(plan, entry)),
        words(wording.short_date(entry.since) if entry.since is not None else dim(wording.MISSING)),
        words(str(len(parked.sprints))),
        words(warn(again) if is_due else again),
    )


def _short(plan: Plan, entry: ParkedTactic) -> str:
    say = _cash if entry.reason == "budget" else _hours
    return ", ".join(say(plan, of, amount) for of, amount in entry.short.items()) or wording.MISSING


def _cash(plan: Plan, of: str, amount: Decimal) -> str:
    whose = "the sprint's budget" if of == "sprint" else of
    return f"{plan.settings.currency.say(amount)} in {whose}"


def _hours(plan: Plan, of: str, amount: Decimal) -> str:
    shown = suggestions.up_to_quarter(ceil(amount * MINUTES_PER_HOUR))
    return f"{shown} h {'beyond ' if ' ' in of else ''}{names.member(plan, of)}"


def _data(plan: Plan, parked: Parked, minutes: int) -> dict[str, Any]:
    entry = _entry(plan, parked)
    spent = work_done(plan, parked.tactic)
    return {
        "tactic": parked.tactic,
        "reason": entry.reason,
        "short": {of: as_number(amount) for of, amount in entry.short.items()},
        "hours": as_hours(minutes),
        "begun": spent is not None,
        "spent_hours": as_hours(spent or 0),
        "since": entry.since.isoformat() if entry.since is not None else None,
        "sprints": list(parked.sprints),
        "review": parked.review.isoformat() if parked.review is not None else None,
    }
