"""What is asked next in a workshop: which answers are known already, and how long the open questions take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.levers import judge
from revplan.app.guide import so_far
from revplan.app.guide.lists import (
    category_named_before,
    has_programs,
    lacking_skills,
    own_competitors,
    same_claims,
    silent_functions,
    yearly_programs,
)
from revplan.app.guide.outcome import preview
from revplan.app.guide.session import FOR, present_value
from revplan.app.guide.steps import places_of_step, subject_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.app.guide.session import Place, Session


def places(session: Session) -> Iterator[Place]:
    """Yield the questions of a workshop in order, as far as the answers so far tell them; answered ones too."""
    return _places(lambda: session)


def places_in_turn(now: Callable[[], Session]) -> Iterator[Place]:
    """Yield the open questions one after the other; each is answered before the next is asked for.

    A question that is opened by the answer to one behind it is not yielded any more: `next_place` finds it. To ask that
    for each question goes through all questions as often as there are questions.

    Args:
        now: returns the session with what has been answered up to now.
    """
    return (place for place in _places(now) if place.key not in now().answers)


def _places(now: Callable[[], Session]) -> Iterator[Place]:
    if now().workshop.of is not None and FOR not in now().answers:
        yield subject_place(now())
        return

    def is_wanted(place: Place) -> bool:
        return place.key in now().answers or not is_known(now(), place)

    for step in now().workshop.steps:
        yield from places_of_step(now, step, is_wanted)


def next_place(session: Session) -> Place | None:
    """Return the next question without an answer; None where all are answered."""
    return next((place for place in places(session) if place.key not in session.answers), None)


# --- what is known -------------------------------------------------------------------------------------------------


def is_known(session: Session, place: Place) -> bool:
    """Tell whether the plan knows the answer already, in other words than those that `init` wrote."""
    special = _is_known_otherwise(session, place)
    if special is not None:
        return special
    if session.every:
        return False
    value = present_value(session, place)
    label = place.question.label
    if label is not None:
        return isinstance(value, str) and f"{label}:" in value
    return value not in (None, "", [], {})


def _is_known_otherwise(session: Session, place: Place) -> bool | None:
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


def _has_funnel(session: Session) -> bool:
    goal = session.plan.goals.get(session.subject())
    return goal is not None and goal.funnel is not None and not session.every


def is_green(session: Session) -> bool:
    """Tell whether the goal's verdict is green, with the answers so far."""
    context = preview(session)
    goal = context.plan.goals.get(session.subject()) if context is not None else None
    return context is not None and goal is not None and judge(context, goal).verdict == "green"


def _is_tool_known(session: Session, place: Place) -> bool:
    """Tell whether a tool that fills another category stands in the plan or in an earlier answer already."""
    label = session.text_of(place.sibling("name")).casefold()
    in_plan = any(tool.name.casefold() == label for tool in session.plan.stack.tools.values())
    return bool(label) and (in_plan or bool(category_named_before(session, place.thing)))


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


# --- how long it takes ---------------------------------------------------------------------------------------------


def minutes_left(session: Session) -> int:
    """Return how long the questions take that are known to be still open; of new entries, one of each step.

    Where nobody has named the subject yet, it is taken for a new one, which has to be named.
    """
    if session.workshop.of is not None and FOR not in session.answers:
        return subject_place(session).question.minutes + minutes_left(session.answer(FOR, (_SOMETHING_NEW,)))
    count, left = 0, [place for place in places(session) if place.key not in session.answers]
    while left:
        count += sum(map(_minutes, left))
        usual = {place.key: tuple(_words_with_more(place)[:1]) for place in left}
        session = replace(session, answers={**session.answers, **usual})
        left = [place for place in places(session) if place.key not in session.answers] if any(usual.values()) else []
    return count


def _words_with_more(place: Place) -> list[str]:
    """Return the words of an answer for which a begun entry asks more: its default alone, where it has one."""
    question = place.question
    words = question.choices if question.default is None else (question.default,)
    hung = [word for each in place.step.questions for word in each.only.get(question.id, ())]
    return [] if place.opens_entry else [word for word in words if word in hung]


_SOMETHING_NEW = "something new that nobody has named yet"


def _minutes(place: Place) -> int:
    is_first = place.opens_entry and place.number == 1
    return sum(each.minutes for each in place.step.questions) if is_first else place.question.minutes
