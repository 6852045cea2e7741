"""What workshops make of answers that fill no single field: tactics, surviving claims, commitments, assets, tools."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.stack import ANY_SKILL, REACHED
from revplan.analysis.strategy import running_objectives, uncommitted_functions
from revplan.app.guide import lists, naming, so_far
from revplan.app.guide.campaigns import changes_of_launch, launch_work
from revplan.app.guide.defaults import ANYBODY, FUNNEL, best_skill
from revplan.app.guide.examples import keep_or_remove
from revplan.app.guide.playbooks import at_own_levels, fields_of_tactic, find_playbook
from revplan.app.guide.session import starters
from revplan.app.repository.init import NOBODY
from revplan.model.base import free_id
from revplan.model.calendar import company_calendar
from revplan.model.numbers import QUARTER_HOUR
from revplan.model.stack import ROLLOUT_STAGES
from revplan.wording import hours_text, join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.app.guide.outcome import FieldValues
    from revplan.app.guide.session import Session
    from revplan.model.change import Change, Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan

_HOURS_A_DAY = 8
_NOT_APPLICABLE = "not-applicable"


def entries(session: Session, step: str) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    """Yield (number or thing, answers by question) of each entry of a step that says anything, in order."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, said in session.answers.items():
        parts = key.split("/")
        if len(parts) == 3 and parts[0] == step:  # noqa: PLR2004 - step, thing and question
            found.setdefault(parts[1], {})[parts[2]] = said
    own = session.workshop.step(step)
    first = own.questions[0].id if own is not None else ""
    in_order = sorted(found, key=lambda name: (int(name) if name.isdigit() else 0, name))
    yield from ((name, found[name]) for name in in_order if found[name].get(first))


def _text(own: Mapping[str, tuple[str, ...]], name: str) -> str:
    return " ".join(own.get(name, ()))


# --- remarkable ----------------------------------------------------------------------------------------------------


def remarkable(session: Session, found: FieldValues) -> None:
    """Keep the claims that nobody else can make; note what was thrown out, with the reason."""
    for name, label in lists.things(session, "differentiators"):
        said = session.answers.get(f"known/{name}/too", ())
        proof = session.plan.strategy.differentiators[name].proof or session.text_of(f"known/{name}/proof")
        reason = _who_says_it(session, label, said) or (None if proof else "nobody can prove it yet")
        if said and reason is not None:
            found.removed.append(("strategy", "differentiators", name))
            found.values.pop(("strategy", "differentiators", name, "proof"), None)
            _throw_out(session, found, label, reason)
    for _, own in entries(session, "claims"):
        claim = _text(own, "claim")
        reason = _who_says_it(session, claim, own.get("too", ())) or _why_weak(own)
        if reason is None:
            name = found.new_id("differentiator", claim)
            found.set(claim, "strategy", "differentiators", name, "claim")
            found.set(_text(own, "proof"), "strategy", "differentiators", name, "proof")
            found.removed += [each for each in _starter_claims(session) if each not in found.removed]
        else:
            _throw_out(session, found, claim, reason)
    for name in lists.own_competitors(session):
        if ("strategy", "competitors", name, "name") in found.values:
            found.set(session.context.today.isoformat(), "strategy", "competitors", name, "reviewed")


def _starter_claims(session: Session) -> list[tuple[str, ...]]:
    keys = ("strategy", "differentiators")
    return [(*keys, name) for name in starters(session, keys)]


def _who_says_it(session: Session, claim: str, said: tuple[str, ...]) -> str | None:
    named = [name for name in said if name != NOBODY]
    same = lists.same_claims(session, claim)
    if named:
        labels = naming.names_of(session, "competitor")
        return f"{join_names([labels.get(name, name) for name in named])} can say it too"
    if same:
        name, text = next(iter(same.items()))
        return f'{naming.names_of(session, "competitor").get(name, name)} says much the same: "{text}"'
    return None


def _why_weak(own: Mapping[str, tuple[str, ...]]) -> str | None:
    if not own.get("proof"):
        return "nobody can prove it yet"
    return "no buyer cares" if own.get("cares") == ("nobody",) else None


def _throw_out(session: Session, found: FieldValues, claim: str, reason: str) -> None:
    line = f'Thrown out on {session.context.today.isoformat()}: "{claim}" ({reason}).'
    found.add_note(line, "strategy", "notes")


# --- persona ---------------------------------------------------------------------------------------------------------


def persona(session: Session, found: FieldValues) -> None:
    """Date the evidence."""
    keys = ("personas", session.subject(), "evidence")
    if (*keys, "interviews") in found.values:
        found.set(session.context.today.isoformat(), *keys, "reviewed")


# --- goals ---------------------------------------------------------------------------------------------------------


def goals(session: Session, found: FieldValues) -> None:
    """Set what came in and the rates of the funnel, and say of a new budget line what it is for."""
    year = session.subject()
    so_far.record(session, found)
    for field, rate in zip(FUNNEL, session.answers.get("deals/funnel", ()), strict=False):
        found.set(rate, "goals", year, "funnel", field)
    if ("budget", f"programs-{year}", "annual") in found.values:
        for name, value in (("category", "programs"), ("function", "marketing"), ("year", year)):
            found.set(value, "budget", f"programs-{year}", name)
    keep_or_remove(session, found)


# --- tactics -------------------------------------------------------------------------------------------------------


def tactics(session: Session, found: FieldValues) -> None:
    """Give random acts their objectives or drop them, and make scored tactics of the playbooks that are in."""
    for name, _ in lists.things(session, "random-acts"):
        fate = session.text_of(f"acts/{name}/serves")
        if fate.startswith("drop "):
            found.set("dropped", "tactics", name, "status")
            found.add_note(_note_of_drop(session, fate.removeprefix("drop ")), "tactics", name, "notes")
        elif fate:
            found.set(fate, "tactics", name, "objective")
    for _, own in entries(session, "chosen"):
        for line in own.get("skills", ()):
            theirs, _, ours = line.partition(" ")
            if theirs != ours:
                found.set(ours, "revplan", "playbook_skills", theirs)
    for _, own in entries(session, "chosen"):
        _tactic(session, found, own)


def _note_of_drop(session: Session, reason: str) -> str:
    return f"Dropped on {session.context.today.isoformat()}: {reason}"


def _tactic(session: Session, found: FieldValues, own: Mapping[str, tuple[str, ...]]) -> None:
    playbook, verdict = _text(own, "playbook"), _text(own, "verdict")
    name = found.new_id("tactic", playbook)
    body: dict[str, Data] = {"playbook": playbook}
    body |= {setting.keys[0]: setting.value for setting in fields_of_tactic(session.plan, playbook)}
    notes = [f"Scored on {session.context.today.isoformat()}: {'; '.join(own['scores'])}"] if own.get("scores") else []
    if verdict == "in":
        body["impact"] = _text(own, "impact")
        named = {line.partition(" ")[2] for line in own.get("skills", ())}
        tasks, lowered = at_own_levels(session.plan, _renamed_skills(found, body["tasks"]), named)
        notes += lowered
        body["tasks"] = _scaled_tasks(session, playbook, tasks, Decimal(_text(own, "effort")))
        body |= {field: _text(own, field) for field in ("objective", "metric") if own.get(field)}
        for_whom = [name for name in own.get("personas", ()) if name != NOBODY]
        body |= {"personas": [*for_whom]} if for_whom else {}
    else:
        body["status"] = "dropped"
        notes.append(_note_of_drop(session, verdict.removeprefix("out ")))
    for field, value in body.items():
        found.set(value, "tactics", name, field)
    for line in notes:
        found.add_note(line, "tactics", name, "notes")


def _renamed_skills(found: FieldValues, tasks: Data) -> Data:
    """Return a tactic's tasks with the skills that the answers name by the plan's own words."""
    assert isinstance(tasks, dict)
    renamed: dict[str, Data] = {}
    for name, body in tasks.items():
        assert isinstance(body, dict)
        skill = found.values.get(("revplan", "playbook_skills", str(body["skill"])), body["skill"])
        renamed[name] = {**body, "skill": skill}
    return renamed


def _scaled_tasks(session: Session, playbook: str, tasks: Data, days: Decimal) -> Data:
    """Return a playbook's tasks with hours in proportion, to the quarter hour, so that they take so many days."""
    usual = find_playbook(session.plan, playbook)
    factor = Fraction(days) * _HOURS_A_DAY * 60 / usual.minutes
    assert isinstance(tasks, dict)
    if abs(Fraction(days) * _HOURS_A_DAY * 60 - usual.minutes) < QUARTER_HOUR:
        return tasks
    scaled: dict[str, Data] = {}
    for name, body in tasks.items():
        assert isinstance(body, dict)
        quarters = round(usual.tasks[name].minutes * factor / QUARTER_HOUR)
        scaled[name] = {**body, "hours": hours_text(max(1, quarters) * QUARTER_HOUR)}
    return scaled


# --- align ---------------------------------------------------------------------------------------------------------


def align(session: Session, found: FieldValues) -> None:
    """Write commitments with today's date, issues of those who do not share an objective, and actions."""
    for name, objective in running_objectives(session.context).items():
        said = session.answers.get(f"steps/{name}/share", ())
        asked = [*dict.fromkeys((*uncommitted_functions(session.plan, objective), *_new_functions(session)))]
        given = {function for function, day in objective.commitments.items() if day is not None}
        for function in asked if "all" in said else [each for each in said if each not in (*given, "none")]:
            today = session.context.today.isoformat()
            found.set(today, "strategy", "objectives", name, "commitments", function)
        for line in session.answers.get(f"steps/{name}/why-not", ()):
            _issue(session, found, name, line)
        action = session.text_of(f"steps/{name}/action")
        if action:
            keys = ("strategy", "objectives", name, "assessment", "action")
            found.set(_action(session, found, name, action), *keys)


def _new_functions(session: Session) -> Iterator[str]:
    """Yield the ids of the functions that the answers bring."""
    for number, own in entries(session, "functions"):
        if own.get("name"):
            yield function_id(session, number)


def function_id(session: Session, number: str) -> str:
    """Return the id of a function that an answer brings: a built-in one where the name is one."""
    return naming.slug(session.text_of(f"functions/{number}/name"))


def _issue(session: Session, found: FieldValues, objective: str, line: str) -> None:
    function, _, reason = line.partition(" ")
    title = f"{function.replace('-', ' ').capitalize()} does not share {objective}: {reason}"
    name = found.new_id("issue", f"{function} {objective}")
    values = {
        "title": title,
        "raised": session.context.today.isoformat(),
        "horizon": "quarter",
        "objective": objective,
        "function": function,
    }
    for field, value in values.items():
        found.set(value, "issues", name, field)


def _action(session: Session, found: FieldValues, objective: str, action: str) -> str:
    """Return the tactic that closes a gap; words that name none become an idea in the backlog."""
    known = naming.find_id(session, "tactic", action)
    if known is not None:
        return known
    owner = session.plan.strategy.objectives[objective].owner
    member = session.plan.team.get(owner) if owner is not None else None
    name = found.new_id("tactic", action)
    tasks: dict[str, Data] = {"do": {"skill": best_skill(session, str(owner)) or ANY_SKILL, "hours": "4"}}
    values: dict[str, Data] = {
        "title": action,
        "function": member.function if member is not None else "leadership",
        "objective": objective,
        "impact": "5",
        "status": "idea",
        "notes": "Came out of the alignment workshop. Correct hours and impact, and set it ready.",
        "tasks": tasks,
    }
    for field, value in values.items():
        found.set(value, "tactics", name, field)
    return name


def new_ideas(before: Plan, after: Plan) -> tuple[str, ...]:
    """Return the ids of the ideas that the backlog has and did not have before."""
    return tuple(name for name, own in after.tactics.items() if own.status == "idea" and name not in before.tactics)


# --- campaign ------------------------------------------------------------------------------------------------------


def campaign(session: Session, found: FieldValues) -> None:
    """Add metric, variants, assets and the state of the launch list; `launch_changes` adds the work for them."""
    name = session.subject()
    metric, goal = session.text_of("dates/metric"), session.text_of("dates/goal")
    if metric and goal:
        found.set(goal, "campaigns", name, "metrics", metric)
    for _, own in entries(session, "variants"):
        for field in (each for each in own if own[each]):
            found.set(_text(own, field), "campaigns", name, "variants", _text(own, "persona"), field)
    taken: set[str] = set()
    for _, own in entries(session, "assets"):
        asset = free_id(naming.slug(_text(own, "title")), taken)
        taken.add(asset)
        for field in ("channel", "title", "owner"):
            found.set(_text(own, field), "campaigns", name, "assets", asset, field)
    for item, _ in lists.things(session, "launch-items"):
        owner = session.text_of(f"launch/{item}/owner")
        if owner:
            state = owner if owner == _NOT_APPLICABLE else "open"
            found.set(state, "campaigns", name, "checklist", item)


def launch_changes(session: Session, context: Context) -> Iterator[Change]:
    """Yield the tactics before a campaign's launch, by those who were named, for the objective that was named.

    Args:
        session: the workshop.
        context: the plan with the campaign as the answers make it.
    """
    objective = session.text_of("dates/objective") or next(iter(running_objectives(context)), None)
    for change in changes_of_launch(context, launch_work(context, session.subject())):
        if change.ref.kind == "tactic" and isinstance(change.value, dict):
            tasks = change.value.get("tasks")
            body: dict[str, Data] = {"objective": objective} if objective else {}
            assert isinstance(tasks, dict)
            own = {task: _by_owner(session, task, value) for task, value in tasks.items()}
            yield replace(change, value={**change.value, **body, "tasks": own})
        else:
            yield change


def _by_owner(session: Session, task: str, body: Data) -> Data:
    """Return a task of the launch list as done by whoever was named, with what they do best."""
    owner = session.text_of(f"launch/{task}/owner")
    if not isinstance(body, dict):
        return body
    if owner == ANYBODY:
        return {field: value for field, value in body.items() if field != "owner"}
    skill = best_skill(session, owner)
    return body if skill is None or body.get("owner") == owner else {**body, "skill": skill, "owner": owner}


# --- stack ---------------------------------------------------------------------------------------------------------


def stack(session: Session, found: FieldValues) -> None:
    """Add tools with their categories, rollouts of those that are not in use yet, and what passes between tools."""
    for category, _ in lists.things(session, "empty-categories"):
        label = session.text_of(f"tools/{category}/name")
        name = naming.tool_named(session, label) if label else None
        if name is not None:
            _tool(session, found, name, category)
    for _, own_flow in entries(session, "flows"):
        start, to = _text(own_flow, "from"), _text(own_flow, "to")
        name = found.new_id("integration", f"{start} to {to}")
        flow: dict[str, Data] = {"from": start, "to": to, "objects": [*own_flow["objects"]]}
        for field, value in {**flow, "status": _text(own_flow, "status")}.items():
            found.set(value, "stack", "integrations", name, field)


def _tool(session: Session, found: FieldValues, name: str, category: str) -> None:
    """Add a tool, or a further category to one that the plan or another answer has."""
    keys = ("stack", "tools", name)
    known = session.plan.stack.tools.get(name)
    if known is not None or (*keys, "category") in found.values:
        before = found.values.get((*keys, "also"), [*known.also] if known is not None else [])
        assert isinstance(before, list)
        found.set([*before, category], *keys, "also")
        return
    own = {field: session.text_of(f"tools/{category}/{field}") for field in ("name", "owner", "status")}
    tool: dict[str, Data] = {"name": own["name"], "category": category, "owner": own["owner"], "status": own["status"]}
    said = session.answers.get(f"tools/{category}/used-by", ())
    tool["used_by"] = [*naming.names_of(session, "function")] if "all" in said else [*said]
    for field, value in tool.items():
        if value:
            found.set(value, *keys, field)
    if by := session.text_of(f"tools/{category}/by"):
        _rollout(session, found, name, own["status"], date.fromisoformat(by))


def _rollout(session: Session, found: FieldValues, tool: str, status: str, by: date) -> None:
    """Give each stage that a tool has before it a workday, spread evenly until the last, whose day is as said."""
    stages = ROLLOUT_STAGES[REACHED[status] :]
    today, company = session.context.today, company_calendar(session.plan.settings)
    for number, stage in enumerate(stages, start=1):
        due = max(today, by if number == len(stages) else today + (by - today) * number / len(stages))
        back = (due - timedelta(days=days) for days in range((due - today).days + 1))
        workday = due if number == len(stages) else company.first_workday(back) or due
        found.set(workday.isoformat(), "stack", "rollouts", tool, stage, "due")


OUTCOMES: dict[str, Callable[[Session, FieldValues], None]] = {
    "persona": persona,
    "remarkable": remarkable,
    "goals": goals,
    "tactics": tactics,
    "align": align,
    "campaign": campaign,
    "stack": stack,
}
"""What makes changes of a workshop's answers, by the name that the workshop's file gives it."""
