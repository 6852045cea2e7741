"""What the plan has that workshops ask about: things by name, lists of things, and what is known already."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.analysis.budgets import program_budget, year_budget
from revplan.analysis.launch import work_to_launch
from revplan.analysis.levers import judge
from revplan.analysis.periods import fiscal_year
from revplan.analysis.playbooks import fit
from revplan.analysis.progress import ready_tactics
from revplan.analysis.stack import empty_categories
from revplan.analysis.strategy import index_claims, random_acts, running_objectives, uncommitted_functions
from revplan.app.guide import so_far
from revplan.model.campaigns import LAUNCH_CHECKLIST
from revplan.model.goals import Goal
from revplan.model.plan import KIND_BY_NAME
from revplan.model.strategy import SETUP_OBJECTIVE
from revplan.store.catalogue import catalogue
from revplan.wording import category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from revplan.app.guide.session import Place, Session
    from revplan.model.context import Context
    from revplan.model.goals import BudgetLine
    from revplan.model.plan import Plan

_A_QUARTER = timedelta(days=92)
"""With less of a year left, the next one is planned."""


def names_of(session: Session, kind: str) -> dict[str, str]:
    """Return what the things of a kind are called, by id: those of the plan, and those that the answers make."""
    plan, base = session.plan, kind.removesuffix("+")
    if base == "playbook":
        return {name: playbook.title for name, playbook in {**catalogue(), **plan.playbooks}.items()}
    found = {name: _title(plan, base, name) for name in plan.ids(base)}
    if base == "tool":
        found |= dict(new_tools(session))
    found |= {slug(label): label for label in _new_entries(session, KIND_BY_NAME[base].path)}
    return dict(sorted(found.items()))


def _title(plan: Plan, kind: str, name: str) -> str:
    body = plan.entries(kind).get(name)
    words = (getattr(body, field, None) for field in ("name", "title", "claim"))
    return next((str(each) for each in words if each), name.replace("-", " "))


def _entry_names(session: Session, step: str) -> Iterator[str]:
    for key, said in session.answers.items():
        if key.startswith(f"{step}/") and key.endswith("/name") and said:
            yield said[0]


def _new_entries(session: Session, path: tuple[str, ...]) -> Iterator[str]:
    """Yield what the answers call the new entries that they make at a path."""
    for step in session.workshop.steps:
        if step.entries is not None and tuple(step.entries.split(".")) == path:
            for key, said in session.answers.items():
                if key.startswith(f"{step.id}/") and key.endswith(f"/{step.named_by}") and said:
                    yield said[0]


def new_tools(session: Session) -> Iterator[tuple[str, str]]:
    """Yield (id, name) of the tools that the answers bring, in order; one that fills several categories comes once."""
    taken = set(session.plan.ids("tool"))
    known = {tool.name.casefold() for tool in session.plan.stack.tools.values()}
    for label in _entry_names(session, "tools"):
        if label.casefold() not in known:
            known.add(label.casefold())
            stem = slug(label) or "tool"
            name = next(each for each in (stem, *(f"{stem}-{number}" for number in range(2, 99))) if each not in taken)
            taken.add(name)
            yield name, label


def tool_named(session: Session, label: str) -> str | None:
    """Return the id of the tool that is called so: one of the plan, or one that the answers bring."""
    own = ((name, tool.name) for name, tool in session.plan.stack.tools.items())
    return next((name for name, known in (*own, *new_tools(session)) if known.casefold() == label.casefold()), None)


def category_named_before(session: Session, category: str) -> str:
    """Return the category for which the answers named the tool of another category first; empty where none did."""
    label = session.text_of(f"tools/{category}/name").casefold()
    order = [name for name, _ in things(session, "empty-categories")]
    before = order[: order.index(category)] if category in order else []
    return next((each for each in before if label and session.text_of(f"tools/{each}/name").casefold() == label), "")


def _is_tool_known(session: Session, place: Place) -> bool:
    """Tell whether a tool that fills another category stands in the plan or in an earlier answer already."""
    label = session.text_of(place.sibling("name")).casefold()
    in_plan = any(tool.name.casefold() == label for tool in session.plan.stack.tools.values())
    return bool(label) and (in_plan or bool(category_named_before(session, place.thing)))


def slug(text: str) -> str:
    """Return an id made of a text's words."""
    from revplan.app.editing.entries import propose_id  # noqa: PLC0415 - it imports the store, which most lists spare

    return propose_id(text, "tool", ())


def find_id(session: Session, kind: str, text: str) -> str | None:
    """Return the id of the thing that a text names, by id, by its whole name, or by a first name that only one has."""
    known, wanted = names_of(session, kind), text.strip().casefold()
    if wanted in known:
        return wanted
    whole = [name for name, label in known.items() if label.casefold() == wanted]
    if len(whole) == 1:
        return whole[0]
    first = [name for name, label in known.items() if label and label.casefold().split(" ")[0].rstrip(",") == wanted]
    return first[0] if len(first) == 1 and kind in ("member", "persona") else None


def find_by_first_words(session: Session, kind: str, text: str) -> str | None:
    """Return the id of the only thing of a kind whose name or id begins with some words; None if it is not alone."""
    wanted = text.strip().casefold()
    known = names_of(session, kind).items()
    found = [name for name, label in known if _begins(label.casefold(), wanted) or _begins(name, wanted)]
    return found[0] if wanted and len(found) == 1 else None


def _begins(words: str, wanted: str) -> bool:
    """Tell whether the first whole words of a name or an id are those that are wanted."""
    return words.startswith(wanted) and not words[len(wanted) : len(wanted) + 1].isalnum()


# --- lists that steps are held for ---------------------------------------------------------------------------------


def things(session: Session, name: str) -> Sequence[tuple[str, str]]:
    """Return (id, what it is called) of each thing that a step is held for.

    Raises:
        LookupError: no list has this name.
    """
    plan, context = session.plan, session.context
    match name:
        case "pillars":
            story = plan.strategy.big_story
            return _own(session, ("strategy", "big_story", "pillars"), {} if story is None else story.pillars)
        case "differentiators":
            return _own(session, ("strategy", "differentiators"), plan.strategy.differentiators)
        case "random-acts":
            return [(tactic.id, tactic.title) for tactic in random_acts(context)]
        case "objectives":
            return [(name, objective.title) for name, objective in running_objectives(context).items()]
        case "empty-categories":
            return [(name, category(name)) for name in empty_categories(plan.stack)]
        case _:
            return _of_later_modules(session, name)


def _of_later_modules(session: Session, name: str) -> Sequence[tuple[str, str]]:
    from revplan.app.guide.examples import example_objectives  # noqa: PLC0415 - it is built on this module

    match name:
        case "example-objectives":
            return example_objectives(session)
        case "launch-items":
            return launch_items(session)
        case _:
            raise LookupError(name)


def _own(session: Session, keys: tuple[str, ...], bodies: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    from revplan.app.guide.session import starters  # noqa: PLC0415 - it is built on this module

    first = starters(session, keys)
    return [(name, str(getattr(body, "claim", name))) for name, body in bodies.items() if name not in first]


def launch_items(session: Session) -> Sequence[tuple[str, str]]:
    """Return the items of the campaign's launch list that are open and that no task clears yet."""
    campaign = session.plan.campaigns.get(session.subject())
    words = dict(LAUNCH_CHECKLIST)
    names = list(words)
    if campaign is not None:
        planned = {task.id for task in work_to_launch(session.context, campaign).tasks}
        names = [name for name in campaign.open_items() if name in planned]
    return [(name, words.get(name, name.replace("-", " "))) for name in names]


# --- what is known -------------------------------------------------------------------------------------------------


def is_known_otherwise(session: Session, place: Place) -> bool | None:
    """Tell whether an answer is known that no field alone tells; None where its field tells."""
    question = place.question
    if question.into is not None and question.into.endswith(("{for}.name", "{for}.title")) and session.is_new_subject():
        return True
    special = _SPECIAL.get((session.workshop.name, place.step.id, question.id))
    if special is not None:
        return special(session, place)
    if (session.workshop.name, place.step.id) == ("align", "steps"):
        return _is_known_of_objective(session, place, question.id)
    return None if question.into is not None else False


def _has_metric(session: Session, _place: Place) -> bool:
    campaign = session.plan.campaigns.get(session.subject())
    return campaign is not None and bool(campaign.metrics)


def _has_skills(session: Session, place: Place) -> bool:
    """Tell whether the team has every skill of the playbook that an entry is about."""
    return bool(session.text_of(place.sibling("playbook"))) and not lacking_skills(session, place)


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


_SPECIAL: dict[tuple[str, str, str], Callable[[Session, Place], bool | None]] = {
    ("remarkable", "known", "too"): lambda session, place: (
        bool(own_competitors(session)) and not same_claims(session, place.label)
    ),
    ("goals", "year", "so-far"): lambda session, _: so_far.is_known(session),
    ("goals", "deals", "funnel"): lambda session, _: _has_funnel(session),
    ("goals", "deals", "open"): lambda session, _: so_far.knows_open(session),
    ("goals", "money", "programs"): lambda session, _: not session.every and has_programs(session),
    ("goals", "money", "more"): lambda session, _: not session.every and not yearly_programs(session),
    ("goals", "money", "gap"): lambda session, _: is_green(session) or None,
    ("tactics", "chosen", "skills"): _has_skills,
    ("stack", "tools", "owner"): _is_tool_known,
    ("stack", "tools", "used-by"): _is_tool_known,
    ("stack", "tools", "status"): _is_tool_known,
    ("stack", "tools", "by"): _is_tool_known,
    ("campaign", "dates", "metric"): _has_metric,
    ("campaign", "dates", "objective"): _has_metric,
    ("campaign", "dates", "goal"): _has_metric,
}
"""What tells whether a question's answer is known, by workshop, step and question."""


def _is_known_of_objective(session: Session, place: Place, name: str) -> bool | None:
    judged = session.plan.strategy.objectives[place.thing].assessment
    is_judged = judged is not None and judged.process is not None and judged.capability is not None
    is_shared = bool(session.plan.company.functions) and not silent_functions(session, place.thing)
    match name:
        case "share":
            return is_shared
        case "why-not":
            share = session.answers.get(place.sibling("share"))
            return is_shared if share is None else share == ("all",)
        case "gap":
            return is_judged
        case "action":
            has_action = judged is not None and judged.action is not None
            has_gap = session.answers.get(place.sibling("gap"), (not is_judged or (judged is not None and judged.gap),))
            return has_action or not any(has_gap)
    return None


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


def own_functions(session: Session) -> tuple[str, ...]:
    """Return the functions that the company has written down, and those that the answers bring."""
    new = (slug(label) for label in _new_entries(session, ("company", "functions")))
    return tuple(dict.fromkeys((*session.plan.company.functions, *new)))


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


def _has_funnel(session: Session) -> bool:
    goal = session.plan.goals.get(session.subject())
    return goal is not None and goal.funnel is not None and not session.every


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


def is_green(session: Session) -> bool:
    """Tell whether the goal's verdict is green, with the answers so far."""
    from revplan.app.guide.facts import preview  # noqa: PLC0415 - it is built on this module

    context = preview(session)
    goal = context.plan.goals.get(session.subject()) if context is not None else None
    return context is not None and goal is not None and judge(context, goal).verdict == "green"


def own_competitors(session: Session) -> dict[str, tuple[str, ...]]:
    """Return what competitors say or are known for, by id: those of the plan and those of the answers."""
    first = session.starter.get("strategy")
    written = first.get("competitors") if isinstance(first, dict) else None
    starter = written if isinstance(written, dict) else {}
    found = {
        name: (*body.claims, *body.strengths)
        for name, body in session.plan.strategy.competitors.items()
        if name not in starter
    }
    for key, said in session.answers.items():
        step, _, rest = key.partition("/")
        if step == "others" and rest.endswith("/claims") and said:
            found[slug(session.text_of(f"others/{rest.removesuffix('/claims')}/name"))] = said
    return found


def same_claims(session: Session, claim: str) -> dict[str, str]:
    """Return what competitors say that is much the same as a claim, by competitor."""
    return index_claims(tuple(own_competitors(session).items())).like(claim)


# --- years ---------------------------------------------------------------------------------------------------------


def year_to_plan(context: Context) -> str:
    """Return the fiscal year that a goal is to be set for: this one, or the next where less than a quarter is left."""
    return str(fiscal_year(context.plan.settings, context.today + _A_QUARTER))


def is_year(text: str) -> bool:
    """Tell whether a text is a fiscal year that a goal can have."""
    return re.fullmatch(Goal.id_pattern, text, re.ASCII) is not None


def some(names: Iterable[str], most: int = 8) -> str:
    """Return names in a row, as many as can be read at a glance."""
    found = list(names)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more
