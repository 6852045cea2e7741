"""`revplan guide --write`: what is not set up yet, as tactics of the backlog over eight weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.capacity import WORKS_ALONE, able_members
from revplan.analysis.progress import finished_tactics
from revplan.analysis.stack import ANY_SKILL
from revplan.app.editing.changes import require_readable
from revplan.app.editing.entries import declared_ids
from revplan.app.guide.setup import setup
from revplan.model.base import ONE_WEEK, Ref
from revplan.model.change import Change
from revplan.model.strategy import SETUP_OBJECTIVE
from revplan.store.workshops import read_workshop
from revplan.wording import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.workshops import Workshop
    from revplan.store.loaded import Loaded

WEEKS: tuple[tuple[int, str], ...] = (
    (1, "goals"),
    (1, "story"),
    (2, "persona"),
    (2, "remarkable"),
    (3, "tactics"),
    (4, "align"),
    (5, "stack"),
    (6, "campaign"),
    (7, "readings"),
    (8, "review"),
)
"""The programme: in which week which workshop is held; in the last two, metrics are read, and all is looked at."""
PREFIX = "set-up-"
"""How the ids of the programme's tactics begin."""
_PREPARE, _WRITE_UP = 60, 30
_IMPACT = "6"


class ProgrammeLead(NamedTuple):
    """Who leads the programme.

    Attributes:
        member: the member; None where nobody has hours and skills, so that the work is parked until somebody has.
        skill: what the member does best.
        function: the member's function.
    """

    member: str | None
    skill: str
    function: str


def programme(loaded: Loaded, context: Context) -> tuple[Change, ...]:
    """Return the changes that put the programme into the backlog: a tactic for each part that is not set up yet.

    A tactic that is in the backlog already, in whatever state, is not added again. Where the programme's objective is
    new, the functions have to commit to it, so their workshop is held too.

    Raises:
        UnsoundPlanError: parts of the plan cannot be read, so tactics of the programme in them would be added twice.
    """
    require_readable(loaded, "hold the programme already")
    facts = setup(loaded, context)
    wanted = {fact.workshop or fact.id for fact in facts if not fact.is_done}
    is_new = SETUP_OBJECTIVE not in context.plan.ids("objective")
    if wanted:
        wanted.update(("review", "align") if is_new else ("review",))
    lead = find_lead(context.plan)
    known = declared_ids(context.plan, "tactic")
    tactics = [
        Change(Ref("tactic", PREFIX + name), _tactic(context, week, name, lead))
        for week, name in WEEKS
        if name in wanted and PREFIX + name not in known
    ]
    if not tactics or not is_new:
        return tuple(tactics)
    owner: dict[str, Data] = {"owner": lead.member} if lead.member is not None else {}
    return (Change(Ref("objective", SETUP_OBJECTIVE), {"title": "The revenue system is set up", **owner}), *tactics)


def open_tactic(plan: Plan, workshop: str) -> str | None:
    """Return the programme's tactic of a workshop, if the plan has it and it is neither done nor dropped."""
    name = PREFIX + workshop
    tactic = plan.tactics.get(name)
    is_open = tactic is not None and tactic.status in ("idea", "ready") and name not in finished_tactics(plan)
    return name if is_open else None


def find_lead(plan: Plan) -> ProgrammeLead:
    """Return who leads the programme: one with hours and a skill, of leadership, else marketing, else anybody."""
    able = [plan.team[name] for name in sorted(able_members(plan))]
    skilled = [member for member in able if any(level >= WORKS_ALONE for level in member.skills.values())]
    if not skilled:
        return ProgrammeLead(None, ANY_SKILL, "leadership")
    found = min(
        skilled, key=lambda member: (member.function != "leadership", member.function != "marketing", member.id)
    )
    skill = min(found.skills, key=lambda name: (-found.skills[name], name))
    return ProgrammeLead(found.id, skill, found.function)


def _tactic(context: Context, week: int, name: str, lead: ProgrammeLead) -> dict[str, Data]:
    body: dict[str, Data] = {
        "title": _TITLES.get(name) or f"Set up: {_workshop_title(name)}",
        "function": lead.function,
        "objective": SETUP_OBJECTIVE,
        "impact": _IMPACT,
        "tags": ["programme"],
        "done_when": _DONE_WHEN.get(name) or read_workshop(name).right_when,
        "notes": _NOTES.get(name) or f"`revplan workshop {name}`, or its sheet for a room with `--format markdown`.",
    }
    if week > 1:
        body["not_before"] = (context.today + (week - 1) * ONE_WEEK).isoformat()
    tasks = {own: {**task, **_lead_fields(lead)} for own, task in _tasks(name)}
    return {**body, "tasks": {own: dict(task) for own, task in tasks.items()}}


def _workshop_title(name: str) -> str:
    title = read_workshop(name).title
    return title[:1].lower() + title[1:] if not title.startswith("The Big") else title


def _lead_fields(lead: ProgrammeLead) -> dict[str, Data]:
    return {"skill": lead.skill, **({"owner": lead.member} if lead.member is not None else {})}


def _tasks(name: str) -> Iterator[tuple[str, dict[str, Data]]]:
    if name in _TITLES:
        yield "do", {"hours": "2", "title": _TITLES[name]}
        return
    workshop: Workshop = read_workshop(name)
    yield "prepare", {"hours": hours_text(_PREPARE), "title": f"Invite, and bring: {_in_a_row(workshop.bring)}"}
    yield "hold", {"hours": f"{workshop.room_minutes}m", "after": ["prepare"], "title": "Hold the workshop"}
    yield (
        "write-up",
        {"hours": hours_text(_WRITE_UP), "after": ["hold"], "title": "Read the sheet back, and tell the team"},
    )


def _in_a_row(text: str) -> str:
    return text[:1].lower() + text[1:]


_TITLES = {
    "readings": "Set up: every metric has a target and a reading",
    "review": "Set up: look at what the system has become",
}
_DONE_WHEN = {
    "readings": "No metric is without a reading, and each has a target of the company's own",
    "review": "`revplan guide` has nothing left, or what is left has an owner and a day",
}
_NOTES = {
    "readings": "`revplan metric record ID NUMBER`, or `revplan metric import`.",
    "review": "`revplan guide`, `revplan report results` and `revplan agenda quarter`.",
}
