"""What differs between two states of a plan for programs: the versioned contract of `revplan diff --format json`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from revplan.analysis.scoring import THOUSANDTHS
from revplan.planning.answer import ParkedCandidate, PlacedTactic
from revplan.reports import values
from revplan.wording import as_hours, as_money, as_number

if TYPE_CHECKING:
    from revplan.analysis.changes import EntityChange, FieldChange
    from revplan.analysis.scoring import RankedTactic
    from revplan.diagnostics import Diagnostic
    from revplan.planning.answer import SprintPlan
    from revplan.reports.diff import Crossing, Diff, Place, Side, Year

SCHEMA = "revplan/diff/1"


def data(diff: Diff) -> dict[str, Any]:
    """Return what differs as plain data: hours and money as decimals, days as ISO text."""
    return {
        "schema": SCHEMA,
        "today": diff.after.context.today.isoformat(),
        "today_pinned": diff.after.context.pinned,
        "before": {"name": diff.before.name, "commit": diff.before.commit},
        "after": {"name": diff.after.name, "commit": diff.after.commit},
        "entities": [entity(change) for change in diff.entities],
        "rescored": [
            {"tactic": each.tactic, "before": _rank(each.before), "after": _rank(each.after)} for each in diff.rescored
        ],
        "sprint": {
            "id": diff.period.id,
            "before": _sprint(diff.before),
            "after": _sprint(diff.after),
            "in": [_crossing(each) for each in diff.came_in],
            "out": [_crossing(each) for each in diff.went_out],
        },
        "hours": [
            {"member": each.member, "before": _hours(each.before), "after": _hours(each.after)} for each in diff.minutes
        ],
        "years": [{"year": each.year, "before": _year(each.before), "after": _year(each.after)} for each in diff.years],
        "findings": {"new": [_finding(each) for each in diff.new], "gone": [_finding(each) for each in diff.gone]},
        "submodules": list(diff.submodules),
    }


def entity(change: EntityChange) -> dict[str, Any]:
    """Return what became of an entity."""
    fields = [field_change(change.ref.kind, field) for field in change.fields]
    was = {"was": change.was} if change.was is not None else {}
    return {"kind": change.ref.kind, "id": change.ref.id, "change": change.what, **was, "fields": fields}


def field_change(kind: str, field: FieldChange) -> dict[str, Any]:
    """Return what a field was and is."""
    shape = values.shape_of(kind, field.keys)
    before, after = (values.as_data(value, shape) for value in (field.before, field.after))
    return {"field": ".".join(field.keys), "before": before, "after": after}


def _rank(ranked: RankedTactic) -> dict[str, Any]:
    return {
        "value": _score(ranked.value),
        "rank": ranked.rank,
        "score": as_number(ranked.score),
        "hours": as_hours(ranked.minutes),
    }


def _sprint(side: Side) -> dict[str, Any]:
    if side.sprint is None:
        return {"planned": False, "why_not": side.why_not}
    return {"planned": True, **_figures(side.sprint)}


def _figures(sprint: SprintPlan) -> dict[str, Any]:
    return {
        "value": _score(sprint.value),
        "proven": sprint.proven,
        "hours": as_hours(sum(member.allocated for member in sprint.members)),
        "cash": as_money(sum(tactic.cost for tactic in sprint.placed)),
        "placed": [tactic.tactic for tactic in sprint.placed],
        "parked": [tactic.tactic for tactic in sprint.parked],
    }


def _crossing(crossing: Crossing) -> dict[str, Any]:
    return {"tactic": crossing.tactic, "before": _place(crossing.before), "after": _place(crossing.after)}


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"place": "absent"}
    if isinstance(place, PlacedTactic):
        return {"place": "sprint"}
    if isinstance(place, ParkedCandidate):
        return {"place": "parked", "reason": place.reason.code, "blockers": list(place.reason.blockers)}
    return {"place": "left-out", "reason": place.why, "of": list(place.of)}


def _hours(minutes: int | None) -> int | float | None:
    return as_hours(minutes) if minutes is not None else None


def _year(year: Year) -> dict[str, Any]:
    outlook = year.outlook
    return {
        "target": as_number(year.target),
        "budget": as_number(year.budget),
        "funding": as_number(outlook.funding) if outlook is not None else None,
        "attainment": as_number(outlook.attainment) if outlook is not None else None,
        "verdict": outlook.verdict if outlook is not None else None,
    }


def _finding(found: Diagnostic) -> dict[str, Any]:
    where = {"file": found.location.file, "line": found.location.line}
    return {"code": found.code, "severity": found.severity.value, "message": found.message, **where}


def _score(value: int) -> int | float | None:
    return as_number(Fraction(value, THOUSANDTHS))
