"""What an empty answer stands for, and where that comes from: what the plan has measured, or what was said before."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.actuals import revenue_by_month
from revplan.analysis.funnel import goals_ahead
from revplan.analysis.launch import PROOFREADING, find_proofreader
from revplan.analysis.measured import measured_lag, measured_rates
from revplan.analysis.periods import fiscal_months, fiscal_year, say_year
from revplan.analysis.playbooks import stage_of
from revplan.analysis.scoring import MINUTES_PER_DAY_OF_EFFORT
from revplan.analysis.staffing import holders
from revplan.analysis.strategy import running_objectives
from revplan.app.guide import lists, naming
from revplan.app.guide.personas import is_whole_persona, whole_personas
from revplan.app.guide.playbooks import find_playbook
from revplan.app.guide.session import context_on, starters
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.model.plan import KIND_BY_NAME
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.analysis.measured import RateName
    from revplan.app.guide.session import Place, Session
    from revplan.model.goals import Goal
    from revplan.model.playbooks import Playbook

_FIRST_OF = "persona"
FUNNEL = ("visitor_to_lead", "lead_to_mql", "mql_to_sal", "sal_to_sql", "sql_to_opportunity")
"""The rates of a goal's funnel, from visitors on."""


class Usual(NamedTuple):
    """What an empty answer stands for.

    Attributes:
        said: the answer.
        why: where it comes from; empty where that is plain.
    """

    said: tuple[str, ...]
    why: str = ""


def default(session: Session, place: Place) -> tuple[str, ...] | None:
    """Return what an empty answer stands for; None where it stands for nothing."""
    found = usual(session, place)
    return found.said if found is not None else None


def on_paper(place: Place) -> str:
    """Return what an empty answer will stand for by other answers of the same sheet; empty where they tell nothing."""
    if place.thing == PROOFREADING:
        return "somebody else than the campaign's owner, who has the skill"
    return _BY_OTHER_ANSWERS.get(str(place.question.default), "")


def is_open_on_paper(place: Place) -> bool:
    """Tell whether other answers of the same sheet may change what an empty answer stands for."""
    return place.question.default in ("=keep", "=flow", "=tool-status")


def usual(session: Session, place: Place) -> Usual | None:
    """Return what an empty answer stands for, with where it comes from; None where it stands for nothing."""
    named = place.question.default
    if named is None:
        return _only_one(session, place)
    return _FACTS[named[1:]](session, place) if named.startswith("=") else Usual((named,))


def _only_one(session: Session, place: Place) -> Usual | None:
    """Return the one thing that a needed answer can name; what `init` wrote counts only where there is nothing else."""
    question = place.question
    if question.takes != "id" or not question.needed or question.choices or str(question.of).endswith("+"):
        return None
    own = ids_to_offer(session, str(question.of))
    is_alone = len(naming.names_of(session, str(question.of))) == 1
    why = "there is no other" if is_alone else "there is no other of your own"
    return Usual((own[0],), why) if len(own) == 1 else None


def ids_to_offer(session: Session, kind: str) -> tuple[str, ...]:
    """Return the ids that an answer is offered: what `init` wrote only where there is nothing else of the kind.

    Of functions, these are the company's own; where it has none yet, those that any plan knows.
    """
    known = naming.names_of(session, kind)
    if kind == "function":
        return naming.own_functions(session) or tuple(known)
    first = starters(session, KIND_BY_NAME[kind.removesuffix("+")].path)
    return tuple(name for name in known if name not in first) or tuple(known)


# --- subjects ------------------------------------------------------------------------------------------------------


def _subject(session: Session, _place: Place) -> Usual | None:
    """Return the first persona or campaign that is not whole yet."""
    of = str(session.workshop.of)
    if of == _FIRST_OF:
        unfinished = [name for name in session.plan.personas if not is_whole_persona(session, name)]
        return Usual((unfinished[0],), "the first that is not whole yet") if unfinished else None
    open_campaigns = [
        name for name, body in session.plan.campaigns.items() if body.status in ("draft", "ready") and not body.assets
    ]
    return Usual((open_campaigns[0],), "it has no assets yet") if open_campaigns else None


def _segment(session: Session, _place: Place) -> Usual | None:
    own = session.plan.strategy.segments
    first = starters(session, ("strategy", "segments"))
    known = [name for name in own if name not in first]
    return Usual((known[0],)) if len(known) == 1 else None


# --- goals ---------------------------------------------------------------------------------------------------------


def _last_goal(session: Session) -> Goal | None:
    """Return the goal of the latest year before the one that is planned."""
    year = session.subject()
    before = [goal for name, goal in sorted(session.plan.goals.items()) if name < year]
    return before[-1] if before else None


def _of_last_goal(session: Session, name: str) -> Usual | None:
    goal = _last_goal(session)
    value = getattr(goal, name) if goal is not None else None
    if goal is None or value in (None, ()):
        return None
    said = tuple(_text(each) for each in value) if isinstance(value, tuple) else (_text(value),)
    return Usual(said, f"as in {_year(session, goal)}")


def _year(session: Session, goal: Goal) -> str:
    return say_year(session.plan.settings, goal.id)


def _text(value: object) -> str:
    return strip_zeros(value) if isinstance(value, Decimal) else str(value)


def _measure(session: Session, _place: Place) -> Usual:
    return _of_last_goal(session, "measure") or Usual(("recurring",))


def _start_revenue(session: Session, _place: Place) -> Usual | None:
    """Return the last recurring revenue known before the year begins; else what the year before is to end with."""
    settings, goal = session.plan.settings, _last_goal(session)
    first = fiscal_months(settings, int(session.subject()))[0]
    is_level = session.text_of("year/measure") in ("", "recurring")
    read = revenue_by_month(session.context, "recurring").items() if is_level else ()
    known = {month: value for month, value in read if month < first}
    year = str(fiscal_year(settings, max(known).first)) if known else ""
    if known and (goal is None or goal.id == year):
        return Usual((_money(known[max(known)]),), f"recurring revenue at the end of {max(known)}")
    return Usual((_text(goal.target_revenue),), f"where {_year(session, goal)} is to end") if goal is not None else None


def _measured_rate(name: RateName) -> Callable[[Session, Place], Usual | None]:
    """Return what finds a rate as it was measured, with its interval; where nothing was, that of the goal before."""

    def find(session: Session, _place: Place) -> Usual | None:
        goal = _last_goal(session)
        rates = measured_rates(session.context, goal) if goal is not None else ()
        own = next((rate for rate in rates if rate.name == name), None)
        if own is None:
            return _of_last_goal(session, name)
        is_money = name in ("acv", "cost_per_opportunity")
        value = _money(own.value) if is_money else f"{strip_zeros(round_half_up(own.value * 100, 1))}%"
        interval = own.say_interval()
        return Usual((value,), f"measured on {own.of} {own.noun}, {interval}")

    return find


def _close_lag(session: Session, _place: Place) -> Usual | None:
    goal = _last_goal(session)
    lag = measured_lag(session.context, goal) if goal is not None else ()
    if goal is None or not lag:
        return None
    return Usual(tuple(map(_text, lag)), "as measured" if lag != goal.close_lag else f"as in {_year(session, goal)}")


def _funnel(session: Session, _place: Place) -> Usual | None:
    goal = _last_goal(session)
    rates = (
        [getattr(goal.funnel, name, None) for name in FUNNEL] if goal is not None and goal.funnel is not None else []
    )
    if goal is None or not rates or None in rates:
        return None
    return Usual(tuple(map(_text, rates)), f"as in {_year(session, goal)}")


def _open(session: Session, _place: Place) -> Usual | None:
    for goal in goals_ahead(session.context):
        if isinstance(goal.pipeline, dict) and goal.pipeline:
            day = max(goal.pipeline)
            count = goal.pipeline[day].count
            if count is not None:
                return Usual((str(count),), f"counted on {day.isoformat()}")
    return None


def _money(value: Fraction) -> str:
    return strip_zeros(round_half_up(value, 0))


# --- tactics -------------------------------------------------------------------------------------------------------


def scores(session: Session, place: Place) -> tuple[tuple[str, int, Decimal], ...]:
    """Return (who, impact, effort in days) as the room scored the entry's playbook."""
    found = []
    for line in session.answers.get(place.sibling("scores"), ()):
        who, impact, effort = line.rsplit(" ", 2)
        found.append((who, int(impact), Decimal(effort)))
    return tuple(found)


def playbook_of(session: Session, place: Place) -> Playbook | None:
    """Return the playbook that an entry is about; None on a sheet, where nobody has chosen one yet."""
    said = session.text_of(place.sibling("playbook"))
    return find_playbook(session.plan, said) if said else None


def _impact(session: Session, place: Place) -> Usual | None:
    scored = [impact for _, impact, _ in scores(session, place)]
    if scored:
        return Usual((str(int(Fraction(median(scored)) + Fraction(1, 2))),), "the median of the scores")
    playbook = playbook_of(session, place)
    return Usual((str(playbook.impact),), "what the playbook starts with") if playbook is not None else None


def _effort(session: Session, place: Place) -> Usual | None:
    scored = [Fraction(effort) for _, _, effort in scores(session, place)]
    if scored:
        return Usual((strip_zeros(round_half_up(Fraction(median(scored)), 2)),), "the median of the scores")
    playbook = playbook_of(session, place)
    if playbook is None:
        return None
    days = round_half_up(Fraction(playbook.minutes, MINUTES_PER_DAY_OF_EFFORT), 2)
    return Usual((strip_zeros(days),), "the playbook's usual hours")


def _objective(session: Session, _place: Place) -> Usual | None:
    """Return the running objective that no tactic serves yet, or the only one there is."""
    unserved = lists.objectives_without_tactics(session.context)
    chosen = {said for key, said in session.answers.items() if key.startswith("chosen/") and key.endswith("/objective")}
    left = [name for name in unserved if (name,) not in chosen]
    running = list(running_objectives(session.context))
    if left:
        return Usual((left[0],), "nothing serves it yet")
    return Usual((running[0],)) if len(running) == 1 else None


def _running(session: Session, _place: Place) -> Usual | None:
    found = list(running_objectives(context_on(session, "dates/start")) or running_objectives(session.context))
    first = starters(session, ("strategy", "objectives"))
    own = [name for name in found if name not in first] or found
    return Usual((own[0],), "the first that runs then") if own else None


def _metric(session: Session, place: Place) -> Usual | None:
    """Return the metric of the playbook's stage, or else that of the objective."""
    playbook = playbook_of(session, place)
    fitting = [
        own.id for own in session.plan.metrics.values() if playbook is not None and stage_of(own) == playbook.stage
    ]
    if playbook is not None and fitting:
        return Usual((fitting[0],), f"it tells of the stage {playbook.stage}")
    objective = session.plan.strategy.objectives.get(session.text_of(place.sibling("objective")))
    return Usual((objective.metric,), "the objective's") if objective is not None and objective.metric else None


def _personas(session: Session, place: Place) -> Usual | None:
    """Return the whole personas that the playbook speaks to, by their role; else the only whole one there is.

    A playbook that speaks to nobody, such as one that cleans up the CRM, is for nobody in particular.
    """
    playbook = playbook_of(session, place)
    if playbook is None or not playbook.roles:
        return None
    whole = whole_personas(session)
    spoken_to = [name for name in whole if session.plan.personas[name].buying_role in playbook.roles]
    if spoken_to:
        return Usual(tuple(spoken_to), f"the playbook speaks to {join_names([*playbook.roles])}")
    return Usual((whole[0],), "no other is whole") if len(whole) == 1 else None


# --- campaigns -----------------------------------------------------------------------------------------------------


def best_skill(session: Session, member: str) -> str | None:
    """Return what a member does best; None where the member has no skills."""
    body = session.plan.team.get(member)
    own = body.skills if body is not None else {}
    return min(own, key=lambda skill: (-own[skill], skill), default=None)


def _item_owner(session: Session, place: Place) -> Usual | None:
    """Return who sees to an item of the launch list: the campaign's owner, but somebody else to proofread."""
    owner = _campaign_owner(session)
    if place.thing != PROOFREADING or not owner:
        return Usual((owner,), "the campaign's owner") if owner else None
    writers = {said[0] for key, said in session.answers.items() if _OWNS_ASSET.fullmatch(key) and said}
    other = find_proofreader(session.plan, holders(session.plan, session.context.today), owner, writers)
    if other is None:
        return Usual((ANYBODY,), "nobody but the campaign's owner has the skill yet")
    return Usual((other,), "somebody else than the campaign's owner")


_OWNS_ASSET = re.compile(r"assets/\d+/owner")
ANYBODY = "anybody"
"""The word for whoever has the skill."""


def _campaign_owner(session: Session) -> str | None:
    said = session.text_of("dates/owner")
    campaign = session.plan.campaigns.get(session.subject())
    return said or (campaign.owner if campaign is not None else None)


def _keep(session: Session, _place: Place) -> Usual:
    """Return whether an example stays: not beside objectives of the company's own."""
    said = any(key.startswith("objectives/") and texts for key, texts in session.answers.items())
    first = starters(session, ("strategy", "objectives"))
    if said or any(name not in first for name in session.plan.strategy.objectives):
        return Usual(("no",), "there are others of your own")
    return Usual(("yes",), "there is no other yet")


def _is_in_use(session: Session, name: str) -> bool:
    """Tell whether a tool works already, by the plan or by the answer that brings it; one nobody names counts so."""
    known = session.plan.stack.tools.get(name)
    if known is not None:
        return known.status == "deployed"
    label = dict(naming.new_tools(session)).get(name, "")
    steps = (each for each, _ in lists.things(session, "empty-categories"))
    said = next((each for each in steps if label and session.text_of(f"tools/{each}/name") == label), "")
    return session.text_of(f"tools/{said}/status") in ("", "deployed")


def _tool_status(session: Session, place: Place) -> Usual:
    """Return how far a tool is: one that is still to be chosen, as the question itself calls it, is wanted."""
    name = session.text_of(place.sibling("name")).rstrip(".").casefold()
    return Usual(("wanted",), "it is still to be chosen") if name.endswith("to be chosen") else Usual(("deployed",))


def _flow(session: Session, place: Place) -> Usual:
    """Return how far what passes between two tools is: nothing passes by itself where one is not in use yet."""
    ends = [session.text_of(place.sibling(name)) for name in ("from", "to")]
    idle = [name for name in ends if not _is_in_use(session, name)]
    if not idle:
        return Usual(("live",))
    return Usual(("wanted",), f"{naming.names_of(session, 'tool')[idle[0]]} is not in use yet")


_FACTS: dict[str, Callable[[Session, Place], Usual | None]] = {
    "subject": _subject,
    "segment": _segment,
    "measure": _measure,
    "start-revenue": _start_revenue,
    "acv": _measured_rate("acv"),
    "close-rate": _measured_rate("close_rate"),
    "close-lag": _close_lag,
    "retention": _measured_rate("net_revenue_retention"),
    "funnel": _funnel,
    "open": _open,
    "cost": _measured_rate("cost_per_opportunity"),
    "impact": _impact,
    "effort": _effort,
    "objective": _objective,
    "running": _running,
    "metric": _metric,
    "personas": _personas,
    "item-owner": _item_owner,
    "keep": _keep,
    "tool-status": _tool_status,
    "flow": _flow,
}
"""What the names behind `=` in a workshop's file stand for."""
_BY_OTHER_ANSWERS = {
    "=impact": "the median of the scores, else what the playbook starts with",
    "=effort": "the median of the scores, else the playbook's usual hours",
    "=personas": "the whole personas that the playbook speaks to, else the only whole one",
    "=item-owner": "whoever answers for the campaign",
    "=tool-status": "deployed; wanted where the tool is to be chosen",
    "=flow": "wanted where one of the tools is not in use yet, else live",
    "=keep": "no where there are others of your own, else yes",
}
"""What an empty answer stands for where another answer of the same sheet tells it, by the question's default."""
