"""Lists of what the plan and the answers have, and which things each of a workshop's steps is held for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.budgets import program_budget, year_budget
from revplan.analysis.launch import work_to_launch
from revplan.analysis.playbooks import fit
from revplan.analysis.progress import ready_tactics
from revplan.analysis.stack import empty_categories
from revplan.analysis.strategy import ClaimIndex, random_acts, running_objectives, uncommitted_functions
from revplan.app.guide.examples import example_objectives
from revplan.app.guide.naming import slug
from revplan.app.guide.session import starters
from revplan.model.campaigns import LAUNCH_CHECKLIST
from revplan.model.strategy import SETUP_OBJECTIVE
from revplan.store.catalogue import catalogue
from revplan.wording import category

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from revplan.app.guide.session import Place, Session
    from revplan.model.context import Context
    from revplan.model.goals import BudgetLine


# --- lists that steps are held for ---------------------------------------------------------------------------------


def things(session: Session, name: str) -> Sequence[tuple[str, str]]:
    """Return (id, what it is called) of each thing that a step is held for.

    Raises:
        LookupError: no list has this name.
    """
    return _THINGS[name](session)


def _pillars(session: Session) -> Sequence[tuple[str, str]]:
    story = session.plan.strategy.big_story
    return _own(session, ("strategy", "big_story", "pillars"), {} if story is None else story.pillars)


def _differentiators(session: Session) -> Sequence[tuple[str, str]]:
    return _own(session, ("strategy", "differentiators"), session.plan.strategy.differentiators)


def _random_acts(session: Session) -> Sequence[tuple[str, str]]:
    return [(tactic.id, tactic.title) for tactic in random_acts(session.context)]


def _objectives(session: Session) -> Sequence[tuple[str, str]]:
    return [(name, objective.title) for name, objective in running_objectives(session.context).items()]


def _empty_categories(session: Session) -> Sequence[tuple[str, str]]:
    return [(name, category(name)) for name in empty_categories(session.plan.stack)]


def _own(session: Session, keys: tuple[str, ...], bodies: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    first = starters(session, keys)
    return [(name, str(getattr(body, "claim", name))) for name, body in bodies.items() if name not in first]


def _launch_items(session: Session) -> Sequence[tuple[str, str]]:
    """Return the items of the campaign's launch list that are open and that no task clears yet."""
    campaign = session.plan.campaigns.get(session.subject())
    words = dict(LAUNCH_CHECKLIST)
    names = list(words)
    if campaign is not None:
        planned = {task.id for task in work_to_launch(session.context, campaign).tasks}
        names = [name for name in campaign.open_items() if name in planned]
    return [(name, words.get(name, name.replace("-", " "))) for name in names]


_THINGS: dict[str, Callable[[Session], Sequence[tuple[str, str]]]] = {
    "pillars": _pillars,
    "differentiators": _differentiators,
    "random-acts": _random_acts,
    "objectives": _objectives,
    "empty-categories": _empty_categories,
    "example-objectives": example_objectives,
    "launch-items": _launch_items,
}
"""The lists that a step may be held for, by the names that workshops give them."""


def category_named_before(session: Session, category: str) -> str:
    """Return the category for which the answers named the tool of another category first; empty where none did."""
    label = session.text_of(f"tools/{category}/name").casefold()
    order = empty_categories(session.plan.stack)
    before = order[: order.index(category)] if category in order else ()
    return next((each for each in before if label and session.text_of(f"tools/{each}/name").casefold() == label), "")


# --- lists that facts and answers are held against -----------------------------------------------------------------


def lacking_skills(session: Session, place: Place) -> tuple[str, ...]:
    """Return the skills of the playbook that an entry is about that nobody has, by what is said so far."""
    playbook = {**catalogue(), **session.plan.playbooks}.get(session.text_of(place.sibling("playbook")))
    if playbook is None:
        return ()
    said = skills_told(session)
    return tuple(skill for skill in fit(session.context, playbook, {}).lacking_skills if skill not in said)


def skills_told(session: Session) -> frozenset[str]:
    """Return the playbooks' skills for which the answers named one of the team's own."""
    told = (lines for key, lines in session.answers.items() if key.endswith("/skills"))
    return frozenset(line.split(" ")[0] for lines in told for line in lines)


def silent_functions(session: Session, objective: str) -> tuple[str, ...]:
    """Return the functions that have neither committed to an objective nor said why not, in an open issue."""
    plan = session.plan
    told = {issue.function for issue in plan.issues.values() if issue.objective == objective and issue.status == "open"}
    return tuple(name for name in uncommitted_functions(plan, plan.strategy.objectives[objective]) if name not in told)


def has_enough(session: Session, name: str, least: int) -> bool:
    """Tell whether the plan has enough of what a step with outcomes of its own brings."""
    plan = session.plan
    match session.workshop.name, name:
        case "remarkable", "claims":
            own = things(session, "differentiators")
            return sum(not same_claims(session, claim) for _, claim in own) >= least
        case "tactics", "chosen":
            made = session.plan.playbooks or any(tactic.playbook for tactic in session.plan.tactics.values())
            return bool(made) and not objectives_without_tactics(session.context) and bool(own_tactics(session))
        case "campaign", "variants":
            campaign = plan.campaigns.get(session.subject())
            is_held = campaign is not None and bool(campaign.variants or campaign.assets)
            return is_held or not _own(session, ("personas",), plan.personas)[1:]
        case "campaign", "assets":
            campaign = plan.campaigns.get(session.subject())
            return campaign is not None and len(campaign.assets) >= least
        case "stack", "flows":
            return len(plan.stack.integrations) >= least
    return False


def objectives_without_tactics(context: Context) -> tuple[str, ...]:
    """Return the running objectives that no ready tactic serves."""
    served = {SETUP_OBJECTIVE, *(tactic.objective for tactic in ready_tactics(context.plan))}
    return tuple(name for name in running_objectives(context) if name not in served)


def own_tactics(session: Session) -> tuple[str, ...]:
    """Return the tactics that neither `init` nor `guide --write` wrote."""
    first = session.starter.get("tactics")
    known = session.plan.tactics.items()
    own = (name for name, tactic in known if tactic.objective != SETUP_OBJECTIVE)
    return tuple(name for name in own if not isinstance(first, dict) or name not in first)


def has_programs(session: Session) -> bool:
    """Tell whether the subject's year has a budget for programs."""
    year = session.subject()
    return year.isdigit() and program_budget(session.plan, int(year)) is not None


def yearly_programs(session: Session) -> tuple[str, ...]:
    """Return the budget lines for programs that hold for every year, where none is the subject's year's own."""
    year = session.subject()
    lines = [line for line in session.plan.budget.values() if line.category == "programs"]
    if not year.isdigit() or any(_is_of_year(session, line, int(year)) for line in lines):
        return ()
    held = (line.id for line in lines if year_budget(session.plan.settings, line, int(year)) is not None)
    return tuple(held)


def _is_of_year(session: Session, line: BudgetLine, year: int) -> bool:
    """Tell whether a line was written for a year: it names the year, or months of it."""
    if isinstance(line.monthly, dict):
        return year_budget(session.plan.settings, line, year) is not None
    return line.year == year


def own_competitors(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Return what competitors say or are known for, by id: those of the plan and those of the answers."""
    written = session.plan.once(("competitors",), lambda: _written_competitors(session))
    new = _new_competitors(session)
    return {**written, **new} if new else written


def _written_competitors(session: Session) -> Mapping[str, tuple[str, ...]]:
    first = session.starter.get("strategy")
    written = first.get("competitors") if isinstance(first, dict) else None
    starter = written if isinstance(written, dict) else {}
    own = session.plan.strategy.competitors.items()
    return {name: (*body.claims, *body.strengths) for name, body in own if name not in starter}


def _new_competitors(session: Session) -> Mapping[str, tuple[str, ...]]:
    step = session.workshop.step("others")
    numbers = range(1, step.most + 1) if step is not None else ()
    said = {number: session.answers.get(f"others/{number}/claims", ()) for number in numbers}
    return {slug(session.text_of(f"others/{number}/name")): claims for number, claims in said.items() if claims}


def same_claims(session: Session, claim: str) -> dict[str, str]:
    """Return what competitors say that is much the same as a claim, by competitor."""
    new = _new_competitors(session)
    said = session.plan.once(("claims", *new.items()), lambda: ClaimIndex(own_competitors(session).items()))
    return said.like(claim)
