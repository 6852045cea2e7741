"""Facts of the plan that workshops show beside their questions, by name."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from revplan.analysis.budgets import program_budget
from revplan.analysis.periods import fiscal_months
from revplan.analysis.playbooks import rank_by_fit, records
from revplan.analysis.staffing import best_levels
from revplan.analysis.strategy import running_objectives
from revplan.app.guide import defaults, lists, naming, so_far
from revplan.app.guide.outcome import preview
from revplan.app.guide.personas import roles_not_met, whole_personas
from revplan.app.guide.playbooks import all_playbooks
from revplan.app.guide.session import value_at
from revplan.model.numbers import strip_zeros
from revplan.model.personas import BuyingRole
from revplan.reports import goals as goal_report
from revplan.reports import names
from revplan.reports.document import dim, strong, warn, words
from revplan.wording import hours, join_names, month, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from revplan.analysis.playbooks import PlaybookRecord
    from revplan.app.guide.session import Place, Session
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.playbooks import Playbook
    from revplan.reports.document import Words

    Tell = Callable[[Session, Place | None], Iterator[Words]]

_ON_SCREEN, _ON_PAPER = 4, 15
"""How many playbooks are shown."""
_ROLES: tuple[str, ...] = BuyingRole.__args__  # type: ignore[attr-defined]


def facts(session: Session, asked: tuple[str, ...], place: Place | None) -> tuple[Words, ...]:
    """Return the facts of some names, in words."""
    return tuple(line for name in dict.fromkeys(asked) for line in _FACTS[name](session, place))


def _verdict(session: Session, _place: Place | None) -> Iterator[Words]:
    context = preview(session)
    goal = context.plan.goals.get(session.subject()) if context is not None else None
    if context is None or goal is None:
        lacks = _lacks_for_goal(session)
        yield words(dim(f"The verdict is told once {lacks} {_is_or_are(lacks)} there."))
        yield from so_far.tell_missing(session)
        return
    lacks = _lacks_for_verdict(context, goal)
    if lacks:
        yield words(dim(f"The verdict is told once {lacks} {_is_or_are(lacks)} there."))
        yield from so_far.tell_missing(session)
        return
    yield from goal_report.verdict_lines(context, goal)
    yield from so_far.tell_missing(session)


def _lacks_for_goal(session: Session) -> str:
    """Return what a goal still lacks by plan and answers; all that it takes where something else is in the way."""
    lacking = [
        name
        for key, (field, name) in _NEEDS_OF_GOAL.items()
        if not session.answers.get(key) and value_at(session.raw, ("goals", session.subject(), field)) is None
    ]
    return join_names(lacking or [name for _, name in _NEEDS_OF_GOAL.values()])


def _is_or_are(names: str) -> str:
    return "are" if " and " in names else "is"


_NEEDS_OF_GOAL = {
    "year/measure": ("measure", "measure"),
    "year/start": ("start_revenue", "start"),
    "year/target": ("target_revenue", "target"),
    "deals/acv": ("acv", "ACV"),
    "deals/close": ("close_rate", "close rate"),
}
"""The field and the word for each answer without which there is no goal, by its key."""


def _lacks_for_verdict(context: Context, goal: Goal) -> str:
    """Return what the workshop still asks for before there is a verdict; empty where that is not what is missing."""
    budget = program_budget(context.plan, int(goal.id))
    known = {"what an opportunity costs": goal.cost_per_opportunity, "the money for programs": budget}
    return join_names([name for name, value in known.items() if value is None])


def _yearly_programs(session: Session, _place: Place | None) -> Iterator[Words]:
    """Say what the lines that hold for every year have for programs."""
    held = lists.yearly_programs(session)
    if held:
        amount = program_budget(session.plan, int(session.subject())) or Fraction(0)
        yield words(f"Every year: {session.plan.settings.currency.say(amount)}, by {join_names(held)}")


def _fiscal_year(session: Session, _place: Place | None) -> Iterator[Words]:
    """Say which months the year has; where nobody has said when it begins, how that is changed."""
    months = fiscal_months(session.plan.settings, int(session.subject()))
    said = value_at(session.raw, ("revplan", "fiscal_year_start"))
    change = "" if said is not None else "; `revplan set fiscal_year_start 7` where yours begins in July"
    yield words(f"The year {session.subject()}: {month(months[0])} to {month(months[-1])}{change}")


def _roles(session: Session, _place: Place | None) -> Iterator[Words]:
    """Say which parts of the buying group have a whole persona."""
    covered = {session.plan.personas[name].buying_role for name in whole_personas(session)}
    known = join_names([role for role in _ROLES if role in covered]) or "none"
    lacking = join_names(roles_not_met(session))
    yield words(f"Roles of the buying group with a whole persona: {known}", f"; not yet {lacking}" if lacking else "")


def _tell_names(kind: str, what: str) -> Tell:
    def tell(session: Session, _place: Place | None) -> Iterator[Words]:
        known = naming.names_of(session, kind)
        labels = [f"{name} ({label})" if label != name else name for name, label in known.items()]
        yield words(f"{what}: {naming.some(labels) or 'none yet'}")

    return tell


def _channels(session: Session, _place: Place | None) -> Iterator[Words]:
    campaign = session.plan.campaigns.get(session.subject())
    target = campaign.target.persona if campaign is not None and campaign.target is not None else None
    persona = session.plan.personas.get(session.text_of("core/persona") or str(target))
    if persona is not None:
        yield words(f"{persona.name} can be reached by {join_names(persona.channels)}")


def _objectives(session: Session, _place: Place | None) -> Iterator[Words]:
    for name, objective in running_objectives(session.context).items():
        yield words(strong(name), f": {objective.title}")


def _tell_unserved(session: Session, _place: Place | None) -> Iterator[Words]:
    found = lists.objectives_without_tactics(session.context)
    if found:
        yield words(warn(f"No tactic yet for {join_names(found)}"))


def _playbooks(session: Session, place: Place | None) -> Iterator[Words]:
    """Yield the playbooks that fit best, those aside of which a tactic stands in the backlog.

    Those that speak to a whole persona, or to nobody in particular, come before those whose readers nobody has met.
    """
    ranked = rank_by_fit(session.context, all_playbooks(session.plan).values())
    chosen = {said for key, texts in session.answers.items() if key.endswith("/playbook") for said in texts}
    left = [each for each in ranked if not each.backlog and each.playbook.id not in chosen]
    known = {session.plan.personas[name].buying_role for name in whole_personas(session)}
    left.sort(key=lambda each: bool(_roles_not_met(each.playbook, known)))
    came = records(session.context)
    told = lists.skills_told(session)
    for own in left[: _ON_SCREEN if place is not None else _ON_PAPER]:
        why = own.shortage.why if own.shortage is not None else own.playbook.stage
        lacks = [*(skill for skill in own.lacking_skills if skill not in told), *own.lacking_stack]
        able = f"; nobody has {join_names(lacks)}" if lacks else ""
        roles = _roles_not_met(own.playbook, known)
        meets = f"; no whole persona is {join_names(roles, 'or')}" if roles else ""
        about = f"{why}{able}{meets}{_came_of(came.get(own.playbook.id))}"
        yield words(strong(own.playbook.id), f": {own.playbook.title}, {hours(own.playbook.minutes)} h ({about})")


def _roles_not_met(playbook: Playbook, known: AbstractSet[BuyingRole]) -> tuple[str, ...]:
    """Return the roles that a playbook speaks to where no whole persona has any; none before there is one."""
    return () if not known or known & {*playbook.roles} else playbook.roles


def _came_of(record: PlaybookRecord | None) -> str:
    """Say what came of the tactics that were made from a playbook before; nothing where that is not known."""
    if record is None or not record.tally.clear:
        return ""
    return f"; of {record.tally.clear} done here {record.tally.yes} moved what it was to move"


def _spread(session: Session, place: Place | None) -> Iterator[Words]:
    if place is None:
        return
    scored = defaults.scores(session, place)
    if not scored:
        return
    yield _spread_of(session, "Impact", "", [(who, Decimal(impact)) for who, impact, _ in scored])
    yield _spread_of(session, "Effort", " days", [(who, days) for who, _, days in scored])


def _spread_of(session: Session, what: str, unit: str, scored: Sequence[tuple[str, Decimal]]) -> Words:
    """Say how far the scores lie apart, and who is to say why."""
    (low, least), (high, most) = min(scored, key=lambda own: own[1]), max(scored, key=lambda own: own[1])
    middle = strip_zeros(median(value for _, value in scored))
    apart = f"; {names.member(session.plan, low)} and {names.member(session.plan, high)} say why"
    spread = f"{least} to {most}{unit}, median {middle}{apart}" if least != most else f"{least}{unit}"
    return words(strong(what), f" by {plural(len(scored), 'person', 'people')}: {spread}")


def _lacking_skills(session: Session, place: Place | None) -> Iterator[Words]:
    found = lists.lacking_skills(session, place) if place is not None else ()
    if found:
        own = sorted({skill for member in session.plan.team.values() for skill in member.skills})
        best = best_levels(session.plan)
        short = [f"{skill} at the level of the playbook" if best.get(skill) else skill for skill in found]
        yield words(warn(f"Nobody has {join_names(short)}"), f"; the team has {join_names(own) or 'no skills yet'}")


def _same_claim(session: Session, place: Place | None) -> Iterator[Words]:
    claim = session.text_of(place.sibling("claim")) if place is not None else ""
    for name, text in lists.same_claims(session, claim).items() if claim else ():
        label = naming.names_of(session, "competitor").get(name, name)
        yield words(warn(f'{label} says much the same: "{text}"; it will be thrown out'))


def _competitor_claims(session: Session, _place: Place | None) -> Iterator[Words]:
    labels = naming.names_of(session, "competitor")
    for name, said in lists.own_competitors(session).items():
        yield words(strong(labels.get(name, name)), f": {'; '.join(said)}")


def _tell_uncommitted(session: Session, place: Place | None) -> Iterator[Words]:
    if place is not None and place.thing:
        found = lists.silent_functions(session, place.thing)
        if found:
            yield words(f"Not committed yet: {names.functions(session.plan, found)}")


_FACTS: dict[str, Tell] = {
    "verdict": _verdict,
    "fiscal-year": _fiscal_year,
    "so-far": so_far.tell_asked,
    "yearly-programs": _yearly_programs,
    "roles": _roles,
    "personas": _tell_names("persona", "Personas"),
    "pillars": _tell_names("pillar", "Pillars"),
    "tools": _tell_names("tool", "Tools"),
    "channels": _channels,
    "objectives": _objectives,
    "objectives-without-tactics": _tell_unserved,
    "playbooks": _playbooks,
    "spread": _spread,
    "lacking-skills": _lacking_skills,
    "same-claim": _same_claim,
    "competitor-claims": _competitor_claims,
    "uncommitted": _tell_uncommitted,
}
"""What the names of facts in a workshop's file stand for."""
