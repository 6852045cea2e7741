"""`revplan guide`: which facts of a system that is set up hold in a plan, and what mends each that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.actuals import revenue_metrics
from revplan.analysis.capacity import able_members
from revplan.analysis.drivers import lacking_for_attainment
from revplan.analysis.levers import judge
from revplan.analysis.periods import following, say_year
from revplan.analysis.progress import ready_tactics
from revplan.analysis.scorecard import last_reading
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.stack import empty_categories, proposals
from revplan.analysis.staffing import best_levels
from revplan.analysis.strategy import alignment, random_acts, running_objectives
from revplan.app.guide import lists, naming
from revplan.app.guide.campaign_facts import FactStanding, find_campaign_fact, find_launch_fact
from revplan.app.guide.personas import roles_not_met, whole_personas
from revplan.app.guide.questions import minutes_left
from revplan.app.guide.session import begin, is_starter, starters
from revplan.model.calendar import company_calendar
from revplan.reports.guide import SetupFact
from revplan.reports.standing_words import needs
from revplan.store.workshops import read_workshop
from revplan.wording import category, join_names, plural, rate, short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from revplan.app.guide.session import Session
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.store.loaded import Loaded

FIRST_SPRINT = ("goal", "objectives", "story", "persona", "served", "random", "skills", "people", "sprint")
"""What the first sprint needs, in the order in which it is best done."""
_THEN = (
    *("remarkable", "standard", "weekly", "functions", "commitments", "assessed", "categories", "flows", "rollouts"),
    *("budget", "readings", "campaign", "launch"),
)
_ORDER = (*FIRST_SPRINT, *_THEN)


def setup(loaded: Loaded, context: Context) -> tuple[SetupFact, ...]:
    """Return the facts of a system that is set up, in the order in which they are best mended."""
    session = begin(loaded, context, read_workshop("story"), None, every=False)
    return tuple(sorted((_fact(session, *row) for row in _ROWS), key=lambda fact: _ORDER.index(fact.id)))


def facts_of_workshop(loaded: Loaded, context: Context, name: str) -> tuple[SetupFact, ...]:
    """Return the facts that a workshop is to bring about, whether they hold or not: what makes its outcome right."""
    own = {row[0] for row in _ROWS if row[3] == name or (name == "campaign" and row[1] == "campaigns")}
    return tuple(fact for fact in setup(loaded, context) if fact.id in own)


def _fact(
    session: Session, name: str, part: str, title: str, mend: str, minutes: int, look: Callable[[Session], FactStanding]
) -> SetupFact:
    found = look(session)
    command = found.command or ("revplan workshop " if " " not in mend else "revplan ") + mend
    words = command.split()
    workshop = words[2] if words[1] == "workshop" else None
    return SetupFact(
        id=name,
        part=part,
        title=title,
        is_done=found.is_done,
        found=found.text,
        mend=command,
        minutes=_minutes_of(session, workshop) if workshop and not found.is_done else minutes,
        workshop=workshop,
        is_first=name in FIRST_SPRINT,
    )


def _minutes_of(session: Session, workshop: str) -> int:
    """Return how long a workshop takes with what the plan knows already, in minutes; one at least."""

    def count() -> int:
        held = begin(session.loaded, session.context, read_workshop(workshop), None, every=False)
        return max(1, minutes_left(held))

    return session.plan.once(("workshop minutes", workshop, session.context.today), count)


# --- strategy ------------------------------------------------------------------------------------------------------


def _story(session: Session) -> FactStanding:
    strategy = session.plan.strategy
    pillars = lists.things(session, "pillars")
    unproven = [name for name, _ in pillars if not strategy.big_story or not strategy.big_story.pillars[name].proof]
    lacking = [
        word
        for keys, value, word in (
            (("strategy", "vision"), strategy.vision, "vision"),
            (("strategy", "big_story", "narrative"), strategy.big_story, "Big Story"),
            (("strategy", "value_proposition"), strategy.value_proposition, "value proposition"),
        )
        if value is None or is_starter(session, keys)
    ]
    if lacking or not pillars:
        what = [*lacking, *(["pillars"] if not pillars else [])]
        return FactStanding(False, f"not written in words of your own: {join_names(what)}")
    if unproven:
        return FactStanding(False, f"without a proof: {join_names(unproven)}")
    return FactStanding(True, f"{plural(len(pillars), 'pillar')}, each with a proof")


def _persona(session: Session) -> FactStanding:
    whole = whole_personas(session)
    first = starters(session, ("personas",)) if whole else ()
    part = [name for name in session.plan.personas if name not in (*whole, *first)]
    roles = join_names([*dict.fromkeys(session.plan.personas[name].buying_role for name in whole)])
    if not whole or part:
        lacking = join_names(part) or "none is there"
        return FactStanding(False, f"not whole yet: {lacking}{f'; whole: {roles}' if whole else ''}")
    others = join_names(roles_not_met(session), "or")
    more = f"; none yet of {others}: `revplan workshop persona --for NAME` adds one" if others else ""
    example = f"; `revplan persona drop {first[0]}` takes the example of the start away" if first else ""
    return FactStanding(True, f"{plural(len(whole), 'whole persona')}: {roles}{more}{example}")


def _remarkable(session: Session) -> FactStanding:
    own = lists.things(session, "differentiators")
    differentiators = session.plan.strategy.differentiators
    if not lists.own_competitors(session):
        return FactStanding(False, "no competitor with what it claims")
    if not own:
        return FactStanding(False, "no differentiator in words of your own")
    shared = [name for name, claim in own if lists.same_claims(session, claim)]
    unproven = [name for name, _ in own if not differentiators[name].proof]
    if shared or unproven:
        return FactStanding(
            False, f"a competitor says it too, or nobody can prove it: {join_names([*shared, *unproven])}"
        )
    return FactStanding(True, f"{plural(len(own), 'differentiator')}, each proven and nobody else's")


def _goal(session: Session) -> FactStanding:
    year = naming.year_to_plan(session.context)
    said = say_year(session.plan.settings, year)
    goal = session.plan.goals.get(year)
    if goal is None:
        return FactStanding(False, f"no goal for {said}")
    return FactStanding(
        True, f"{said} is to end with {session.plan.settings.currency.say_briefly(goal.target_revenue)}"
    )


def _objectives(session: Session) -> FactStanding:
    first = starters(session, ("strategy", "objectives"))
    own = [name for name in running_objectives(session.context) if name not in first]
    return FactStanding(
        bool(own), f"{plural(len(own), 'objective')} of your own {'runs' if len(own) == 1 else 'run'} now"
    )


# --- tactics -------------------------------------------------------------------------------------------------------


def _find_served(session: Session) -> FactStanding:
    without = lists.objectives_without_tactics(session.context)
    own = lists.own_tactics(session)
    if not running_objectives(session.context):
        return FactStanding(False, "no objective runs now", "revplan workshop goals")
    if without or not own:
        return FactStanding(
            False, f"nothing ready serves {join_names(without)}" if without else "no tactic of your own yet"
        )
    return FactStanding(
        True, f"{plural(len(ready_tactics(session.plan)), 'tactic')} ready, some for each running objective"
    )


def _random(session: Session) -> FactStanding:
    found = random_acts(session.context)
    if not lists.own_tactics(session):
        return FactStanding(False, "no tactic of your own yet")
    return FactStanding(
        not found, f"serve no objective: {naming.some(tactic.id for tactic in found)}" if found else "none"
    )


def _standard(session: Session) -> FactStanding:
    made = [tactic.id for tactic in session.plan.tactics.values() if tactic.playbook and tactic.status != "dropped"]
    own = len(session.plan.playbooks)
    if made or own:
        return FactStanding(
            True, f"{plural(len(made), 'tactic')} made from playbooks, {plural(own, 'playbook')} of your own"
        )
    return FactStanding(False, "no tactic is made from a playbook, and there is none of your own")


# --- technology ----------------------------------------------------------------------------------------------------


def _categories(session: Session) -> FactStanding:
    empty = [category(each) for each in empty_categories(session.plan.stack)]
    return FactStanding(not empty, f"no tool for {join_names(empty)}" if empty else "every core category has a tool")


def _rollouts(session: Session) -> FactStanding:
    found = proposals(session.plan)
    if found:
        return FactStanding(False, f"stages that no task brings: {join_names([own.tool for own in found])}")
    if not session.plan.stack.tools:
        return FactStanding(False, "there are no tools", "revplan workshop stack")
    return FactStanding(True, "what is not in use yet has tasks")


def _flows(session: Session) -> FactStanding:
    count, tools = len(session.plan.stack.integrations), session.plan.stack.tools
    if not count and len(tools) == 1 and not empty_categories(session.plan.stack):
        return FactStanding(True, f"{next(iter(tools.values())).name} does everything: nothing passes between tools")
    hint = "; what is typed by hand from one into another counts too, as wanted" if len(tools) > 1 else ""
    return FactStanding(count > 0, f"{plural(count, 'integration')}" if count else f"nothing is written down{hint}")


# --- resources -----------------------------------------------------------------------------------------------------


def _people(session: Session) -> FactStanding:
    able = [member for member in able_members(session.plan) if session.plan.team[member].skills]
    said = f"{plural(len(able), 'member')} with hours and skills"
    return FactStanding(bool(able) and len(able) == len(able_members(session.plan)), said)


def _skills(session: Session) -> FactStanding:
    best = best_levels(session.plan)
    if not lists.own_tactics(session):
        return FactStanding(False, "no work of your own asks for any yet", "revplan workshop tactics")
    ready = ready_tactics(session.plan)
    tasks = [(f"{tactic.id}/{name}", task) for tactic in ready for name, task in tactic.tasks.items()]
    short = sorted((task.skill, path, task.level) for path, task in tasks if best.get(task.skill, 0) < task.level)
    if not short:
        return FactStanding(True, "somebody has every skill that ready work asks for")
    skill, path, level = short[0]
    if skill in best:
        text = (
            f"nobody has {skill} at level {level}: {path} takes {best[skill]}, the most there is, or somebody learns it"
        )
        return FactStanding(False, text, f"revplan task edit {path} --level {best[skill]}")
    names = [each for each, _, _ in short if each not in best]
    lacking = {each: max(level for name, _, level in short if name == each) for each in names}
    member = min(able_members(session.plan) or session.plan.team or ["MEMBER"])
    text = f"nobody has {join_names([*lacking])}; somebody learns it, or `revplan team add` brings it"
    learnt = " ".join(f"--set skills.{each}={level}" for each, level in lacking.items())
    return FactStanding(False, text, f"revplan team edit {member} {learnt}")


def _budget(session: Session) -> FactStanding:
    goal = session.plan.goals.get(naming.year_to_plan(session.context))
    if goal is None:
        return FactStanding(False, "no goal to hold a budget against")
    judgement = judge(session.context, goal)
    funding, attainment = judgement.outlook.funding, judgement.outlook.attainment
    lacks = needs(lacking_for_attainment(session.context, goal)) if attainment is None else ""
    known = rate(attainment) if attainment is not None else f"not known without {lacks}" if lacks else "not known"
    figures = f"funding {rate(funding)}, attainment {known}"
    is_accepted = goal.notes is not None and "Accepted gap:" in goal.notes
    if judgement.verdict is None:
        accepted = "; what is not known is accepted in writing" if is_accepted else ""
        return FactStanding(is_accepted, f"whether the budget fits cannot be told yet{accepted}")
    if funding is not None and attainment is not None and min(funding, attainment) >= 1:
        by_chance = "" if judgement.verdict == "green" else f", odds {rate(judgement.odds)}"
        return FactStanding(True, f"{figures}{by_chance}")
    return FactStanding(
        is_accepted, f"{figures}; the gap is {'accepted in writing' if is_accepted else 'accepted by nobody'}"
    )


# --- process -------------------------------------------------------------------------------------------------------


def _weekly(session: Session) -> FactStanding:
    meetings = session.plan.settings.meetings
    weekly = meetings.weekly if meetings is not None else None
    return FactStanding(weekly is not None, f"on {weekly.day.capitalize()}" if weekly is not None else "no day is set")


def _readings(session: Session) -> FactStanding:
    known = {own.id for own in revenue_metrics(session.plan)} if _is_revenue_known(session) else set()
    own = [each for each in session.plan.metrics.values() if each.ratio is None and each.id not in known]
    unread = [each.id for each in own if last_reading(each, session.context.today) is None]
    if unread:
        return FactStanding(False, f"never read: {join_names(unread)}", f"revplan metric record {unread[0]} NUMBER")
    if not session.plan.metrics:
        return FactStanding(False, "there are no metrics", "revplan metric add")
    return FactStanding(True, f"{plural(len(session.plan.metrics), 'metric')}, each read once at least")


def _is_revenue_known(session: Session) -> bool:
    """Tell whether a goal has the revenue of a month: the metric that is revenue itself need not tell it again."""
    return any(goal.actual for goal in session.plan.goals.values())


def _sprint(session: Session) -> FactStanding:
    context, plan = session.context, session.plan
    due = due_sprint(context).period
    if due.id in plan.sprints:
        return _sprint_standing(plan.sprints[due.id], context.today)
    company = company_calendar(plan.settings)
    left = sum(day >= context.today and company.is_workday(day) for day in due.days)
    if due.start <= context.today and left <= _TOO_FEW:  # nothing fits any more: the first sprint is the one after it
        after = following(plan, due).id
        text = f"{due.id} has {plural(left, 'workday')} left, and {after} is not written yet"
        return FactStanding(False, text, f"revplan sprint plan {after} --write")
    return FactStanding(False, f"{due.id} is not written yet")


def _sprint_standing(sprint: Sprint, today: date) -> FactStanding:
    """Return whether a written sprint has been started, once its first day is there."""
    if sprint.status == "active":
        return FactStanding(True, f"{sprint.id} has been started")
    if sprint.start > today:
        return FactStanding(True, f"{sprint.id} is written, and begins on {short_date(sprint.start)}")
    text = f"{sprint.id} is written, and nobody has started it"
    return FactStanding(False, text, f"revplan sprint start {sprint.id}")


_TOO_FEW = 5
"""Workdays of a running period that are too few to begin with."""


# --- alignment -----------------------------------------------------------------------------------------------------

_FEWEST_FUNCTIONS = 2


def _functions(session: Session) -> FactStanding:
    own = session.plan.company.functions
    nobody = [name for name, function in own.items() if function.accountable is None]
    if len(own) < _FEWEST_FUNCTIONS:
        return FactStanding(False, f"{plural(len(own), 'function')} written down")
    if nobody:
        command = f"revplan function edit {nobody[0]} --accountable MEMBER"
        return FactStanding(False, f"nobody answers for {join_names(nobody)}", command)
    return FactStanding(True, f"{plural(len(own), 'function')}, each with somebody who answers for it")


def _commitments(session: Session) -> FactStanding:
    objectives = running_objectives(session.context)
    silent = {name: lists.silent_functions(session, name) for name in objectives}
    left = [f"{name} ({len(found)})" for name, found in silent.items() if found]
    if not objectives:
        return FactStanding(False, "no objective runs now", "revplan workshop goals")
    if not session.plan.company.functions:
        return FactStanding(False, "there are no functions to commit to them")
    if left:
        return FactStanding(False, f"functions that have not answered: {join_names(left)}")
    return FactStanding(
        True, f"every function has committed or said why not, for {plural(len(objectives), 'objective')}"
    )


def _find_assessed(session: Session) -> FactStanding:
    found = alignment(session.context).objectives
    left = [own.id for own in found if not own.is_aligned]
    if not found:
        return FactStanding(False, "no objective runs now", "revplan workshop goals")
    if left:
        return FactStanding(False, f"not evaluated, or a gap without an action: {join_names(left)}")
    return FactStanding(True, "every objective is evaluated, and every gap has an action")


_ROWS: Sequence[tuple[str, str, str, str, int, Callable[[Session], FactStanding]]] = (
    ("story", "strategy", "One Big Story, every pillar with a proof", "story", 0, _story),
    ("persona", "strategy", "Whole personas, from interviews", "persona", 0, _persona),
    ("remarkable", "strategy", "What sets you apart, and nobody else can say", "remarkable", 0, _remarkable),
    ("goal", "strategy", "The year's number", "goals", 0, _goal),
    ("objectives", "strategy", "Objectives that run now", "goals", 0, _objectives),
    ("served", "tactics", "Every objective has tactics", "tactics", 0, _find_served),
    ("random", "tactics", "No random acts", "tactics", 0, _random),
    ("standard", "tactics", "An agreed standard: playbooks", "tactics", 0, _standard),
    ("campaign", "campaigns", "A whole campaign", "campaign", 0, find_campaign_fact),
    ("launch", "campaigns", "Everything before the launch has a task", "campaign plan", 3, find_launch_fact),
    ("categories", "technology", "A tool in every core category", "stack", 0, _categories),
    ("flows", "technology", "What passes between the tools", "stack", 0, _flows),
    ("rollouts", "technology", "Rollouts of what is not in use yet", "stack plan --write", 3, _rollouts),
    ("people", "resources", "People with hours and skills", "team add", 4, _people),
    ("skills", "resources", "Every skill that the work asks for", "team edit", 3, _skills),
    ("budget", "resources", "A budget that fits the number", "goals", 0, _budget),
    ("weekly", "process", "A weekly meeting with a day", "align", 0, _weekly),
    ("readings", "process", "Metrics that are read", "metric record", 2, _readings),
    ("sprint", "process", "The sprint that is due is written and begun", "sprint plan --write", 3, _sprint),
    ("functions", "alignment", "Every function has somebody who answers for it", "align", 0, _functions),
    ("commitments", "alignment", "Every function has committed or said why not", "align", 0, _commitments),
    ("assessed", "alignment", "Every objective is evaluated, its gap has an action", "align", 0, _find_assessed),
)
"""The facts: id, part, what is true once set up, workshop or command, minutes of a command, and what looks."""
