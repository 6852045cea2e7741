"""`revplan skill list`: who has each skill at which level, and how much of it the backlog asks for.

Skills have no table of their own in a plan: a skill is what members have and tasks take. So a word that only tasks have
may be misspelt; the list says what it is like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.analysis.staffing import coming_period, demand
from revplan.reports.document import Align, Column, Document, Section, Table, bad, words
from revplan.spelling import nearest
from revplan.wording import as_hours, hours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.context import Context

SCHEMA = "revplan/skills/1"


class SkillUse(NamedTuple):
    """A skill of the plan.

    Attributes:
        levels: the levels of the members who have it, by member, the best first.
        minutes: what the backlog asks of it in the coming sprint.
        like: where nobody has it, the skill that somebody has and that is most like it.
    """

    skill: str
    levels: Mapping[str, int]
    minutes: int
    like: str | None


def build(context: Context) -> tuple[SkillUse, ...]:
    """Return the skills that members have or the backlog asks for, sorted by name."""
    wanted = demand(context, coming_period(context))
    held: dict[str, dict[str, int]] = {}
    for name, member in sorted(context.plan.team.items()):
        for skill, level in member.skills.items():
            held.setdefault(skill, {})[name] = level
    return tuple(_use(skill, held, wanted.get(skill, 0)) for skill in sorted(held.keys() | wanted.keys()))


def _use(skill: str, held: Mapping[str, Mapping[str, int]], minutes: int) -> SkillUse:
    levels = held.get(skill, {})
    best_first = {name: levels[name] for name in sorted(levels, key=lambda name: (-levels[name], name))}
    return SkillUse(skill, best_first, minutes, None if levels else nearest(skill, held))


def layout(skills: tuple[SkillUse, ...]) -> Document:
    """Lay the skills out as one table."""
    columns = (Column("skill"), Column("who has it, with the level", share=3), Column("hours asked for", Align.RIGHT))
    rows = tuple((words(each.skill), _holders(each), words(hours(each.minutes))) for each in skills)
    section = Section(words(f"{len(skills)} shown"), (Table(columns, rows),) if skills else ())
    return Document("Skills", (), (section,), data={"schema": SCHEMA, "skills": [_data(each) for each in skills]})


def _holders(use: SkillUse) -> Any:  # noqa: ANN401 - words of a document
    if use.levels:
        return words(", ".join(f"{name} {level}" for name, level in use.levels.items()))
    return words(bad("nobody"), f'; did you mean "{use.like}"?' if use.like else "")


def _data(use: SkillUse) -> dict[str, Any]:
    return {"skill": use.skill, "levels": dict(use.levels), "hours": as_hours(use.minutes), "like": use.like}
