"""Why a tactic is where it is: its score, its place, what is short, and what would bring it in."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.results import learning
from revplan.analysis.scoring import (
    MINUTES_PER_DAY_OF_EFFORT,
    MINUTES_PER_PERSON_MONTH,
    NEEDS,
    with_learnt_confidence,
)
from revplan.analysis.strategy import ending, served_objective
from revplan.model.numbers import round_half_up, strip_zeros
from revplan.planning.answer import ParkedCandidate, PlacedTactic
from revplan.planning.explain.claims import LeftOut
from revplan.reports import names, suggestions, ways_in
from revplan.reports.document import (
    Align,
    Column,
    Document,
    Items,
    Section,
    Table,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.look import look
from revplan.reports.names import short_names
from revplan.reports.sprint_plan_json import parked_data, placed_data
from revplan.reports.values import Speaker, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.scoring import RankedTactic
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic, Task
    from revplan.planning.answer import MemberLoad
    from revplan.planning.explain.claims import TacticExplanation
    from revplan.reports.document import Words

SCHEMA = "revplan/tactic/1"
_WHERE: dict[type, str] = {PlacedTactic: "placed", ParkedCandidate: "parked"}
_LEFT_OUT = {
    "idea": "It is still an idea: set its status to ready when its tasks and hours stand.",
    "dropped": "It is dropped.",
    "aside": "The sprint sets it aside; `revplan sprint plan {sprint} --unpin {tactic}` lets it compete again.",
    "dropped-here": "The sprint has dropped it; `revplan sprint plan {sprint} --unpin {tactic}` lets it compete again.",
    "not-before": "{begins}",
    "blocked-by": "It waits for what is not to be planned: {of}.",
    "done": "It is done.",
    "in-sprint": "It is in another sprint: {of}.",
    "recurring": "It recurs: its hours are taken off people's time before anything is planned.",
}
_QUADRANTS = {"quick-win": "a quick win", "big-bet": "a big bet", "fill-in": "a fill-in", "hard-slog": "a hard slog"}


def layout(plan: Plan, case: TacticExplanation) -> Document:
    """Lay out the case of a tactic."""
    tactic = plan.tactics[case.tactic]
    return Document(
        title=f"{tactic.title} ({tactic.id}) · sprint {case.sprint.period.id}",
        lead=(_where(plan, case),),
        sections=tuple(_sections(plan, case)),
        contract=data(case),
        look=look(plan),
    )


def _where(plan: Plan, case: TacticExplanation) -> Words:
    place = case.place
    if isinstance(place, PlacedTactic):
        return _placed_words(case, place)
    if isinstance(place, ParkedCandidate):
        return _parked_words(plan, case, place)
    begins = _begins_later(plan, case) if place.why == "not-before" else ""
    is_dropped_here = place.why == "dropped" and plan.tactics[case.tactic].status != "dropped"
    said = _LEFT_OUT["dropped-here" if is_dropped_here else place.why].format(
        of=suggestions.titles(plan, place.of), begins=begins, tactic=place.tactic, sprint=case.sprint.period.id
    )
    return words(warn("Not considered"), ": ", said, *(_pin_words(case) if place.why != "done" else ()))


def _begins_later(plan: Plan, case: TacticExplanation) -> str:
    """Say from which day on a tactic, or the task of it that is last to begin, may start, and how that is changed."""
    tactic, end = plan.tactics[case.tactic], case.sprint.period.end
    if tactic.not_before is not None and tactic.not_before > end:
        which, day, edit = "It", tactic.not_before, f"tactic edit {tactic.id}"
    else:
        late = [(task.not_before, name) for name, task in tactic.tasks.items() if task.not_before is not None]
        day, name = max(late)
        which, edit = f"Its task {name}", f"task edit {tactic.id}/{name}"
    return f"{which} is not to start before {day}, after the sprint; `revplan {edit} --not-before DAY` moves that."


def _is_in_sprint(case: TacticExplanation) -> bool:
    """Tell whether the sprint that is planned has the tactic already, as it is written."""
    return case.standing.state == "in-sprint" and case.standing.sprint == case.sprint.period.id


def _placed_words(case: TacticExplanation, place: PlacedTactic) -> Words:
    due = max(task.due for task in place.tasks)
    planned = f": {wording.hours(place.minutes)} h, due {wording.short_date(due)}."
    if place.continues:
        planned += f" {wording.hours(place.continues)} h more go on in the next sprint."
    if not _is_in_sprint(case):
        return words(good("Planned for the sprint"), planned, dim(f" As it is written: {case.standing}."))
    written = case.standing.due
    moves = written is not None and written != due
    before = f" As it is written it is due {wording.short_date(written)}." if moves and written is not None else ""
    return words(good("In the sprint"), planned, dim(before))


def _parked_words(plan: Plan, case: TacticExplanation, place: ParkedCandidate) -> Words:
    why = suggestions.why(plan, place.reason)
    if _is_in_sprint(case):
        return words(
            warn("In the sprint as it is written"), f"; planned anew it would be parked ({place.reason.code}): {why}."
        )
    since = f", since {wording.short_date(place.since)}" if place.since < case.sprint.today else ""
    stands = f" As it is written: {case.standing}." if case.standing.state != "parked" else ""
    return words(warn("Parked"), f" ({place.reason.code}{since}): {why}.", dim(stands), *_pin_words(case))


def _pin_words(case: TacticExplanation) -> Words:
    """Say that the sprint pins what is not in it, and how that is undone; nothing where it does not."""
    if case.tactic not in case.sprint.pins:
        return ()
    return words(
        f" It is pinned all the same; `revplan sprint plan {case.sprint.period.id} --unpin {case.tactic}` undoes it."
    )


def _sections(plan: Plan, case: TacticExplanation) -> Iterator[Section]:
    if case.ranked is not None:
        yield Section(words("What it is worth"), (Items(tuple(_worth(plan, case, case.ranked))),))
    if isinstance(case.place, PlacedTactic):
        yield _tasks(plan, case.place)
    if isinstance(case.place, ParkedCandidate):
        if case.place.reason.code != "share" and any(short.kind == "hours" for short in case.place.reason.short):
            yield Section(words("Who could do what is short"), (_people(plan, case, case.place),))
        yield Section(words("What would bring it in"), (Items(tuple(ways_in.ways(plan, case))),))


# --- what it is worth ----------------------------------------------------------------------------------------------


def _cost_words(plan: Plan, tactic: Tactic) -> str:
    """Say what a tactic costs, by its instalments where there are several, and which budget line pays."""
    speaker, shape = Speaker(plan.settings.currency), shape_of("tactic", ("cost",))
    parts = sorted(tactic.cost.items()) if isinstance(tactic.cost, dict) else []
    said = [f"{speaker.say(amount, shape)} in {month}" for month, amount in parts]
    of = f", of {tactic.budget}" if tactic.budget is not None else ""
    return f"{speaker.say(tactic.cash, shape)}{': ' if said else ''}{', '.join(said)}{of}"


def _worth(plan: Plan, case: TacticExplanation, ranked: RankedTactic) -> Iterator[Words]:
    tactic = with_learnt_confidence(plan, plan.tactics[ranked.tactic], case.sprint.today)
    others = len(case.sprint.placed) + len(case.sprint.parked)
    yield words("Value ", strong(wording.score(ranked.value)), f": {_value_parts(plan, tactic, case.sprint.today)}")
    score = strip_zeros(round_half_up(ranked.score, 2))
    yield words("Score ", strong(score), f" by {ranked.method}: {_score_parts(ranked, tactic)}")
    yield words("Rank ", strong(f"{ranked.rank} of {others}"), f"; {_QUADRANTS[ranked.quadrant]}")
    if tactic.cash:
        yield words(f"Cost {_cost_words(plan, tactic)}")
    stated = plan.tactics[ranked.tactic].confidence
    if tactic.confidence != stated:
        factor = _plain(learning(plan, case.sprint.today).factor(tactic))
        of = f"the playbook {tactic.playbook}" if tactic.playbook is not None else f"its function, {tactic.function}"
        yield words(dim(f"Confidence {_plain(stated)} was stated; results of {of} make it × {factor}."))
    if ranked.missing:
        method = plan.settings.scoring.method
        yield words(dim(f"By {method} it would need {wording.join_names(ranked.missing)}; impact-effort stands in."))


def _value_parts(plan: Plan, tactic: Tactic, today: date) -> str:
    ended = ending(plan, tactic, today)
    if tactic.value is not None:
        given = "its own value, given in the plan"
        return f"{given}; {tactic.objective}, which it is for, {ended}" if ended is not None else given
    if ended is not None:
        return f"{_impact(tactic)}; {tactic.objective} {ended}, so it has no weight"
    objective = served_objective(plan, tactic, today)
    weight = f" × weight {_plain(objective.weight)} of {tactic.objective}" if objective is not None else ""
    return f"{_impact(tactic)}{weight}"


def _impact(tactic: Tactic) -> str:
    return f"impact {tactic.impact} × confidence {_plain(tactic.confidence)}"


def _score_parts(ranked: RankedTactic, tactic: Tactic) -> str:
    days = wording.quantity(Fraction(ranked.minutes, MINUTES_PER_DAY_OF_EFFORT), "day", digits=2)
    needs = {name: _plain(getattr(tactic, name)) for name in NEEDS[ranked.method]}
    given = [f"{name.replace('_', ' ')} {value}" for name, value in needs.items()]
    match ranked.method:
        case "ice":
            return f"the mean of impact {tactic.impact}, confidence {_plain(tactic.confidence * 10)} and {given[0]}"
        case "rice":
            months = wording.quantity(Fraction(ranked.minutes, MINUTES_PER_PERSON_MONTH), "person-month", digits=2)
            return f"{given[0]} × {_impact(tactic)} / {months}"
        case "pie":
            return f"the mean of {wording.join_names(given)}"
        case "wsjf":
            return f"({_impact(tactic)} + {' + '.join(given)}) / {days}"
        case _:
            return f"{_impact(tactic)} / {days}"


def _plain(number: object) -> str:
    return strip_zeros(round_half_up(Fraction(str(number)), 2))


# --- where it is ---------------------------------------------------------------------------------------------------


def _tasks(plan: Plan, place: PlacedTactic) -> Section:
    columns = (
        Column("Task", share=3),
        Column("Who", share=1),
        Column("h", Align.RIGHT),
        Column("Start"),
        Column("Due"),
    )
    called = short_names(plan)
    rows = tuple(
        (
            words(names.task(plan, place.tactic, task.task), dim(names.task_dates(plan, place.tactic, task.task))),
            words(called.get(task.owner, task.owner)),
            words(wording.hours(task.minutes)),
            words(wording.short_date(task.start)),
            words(wording.short_date(task.due)),
        )
        for task in place.tasks
    )
    return Section(words("Who does what by when"), (Table(columns, rows),))


def _asked_of(task: Task, of: str) -> int:
    """Return the minutes that a task takes of a skill, or of a member."""
    return task.work if of == task.skill else task.minutes * (of in task.owners)


def _people(plan: Plan, case: TacticExplanation, place: ParkedCandidate) -> Table:
    """Show the members who have a skill that is short, and the hours they have left."""
    tactic = plan.tactics[place.tactic]
    hours = [short for short in place.reason.short if short.kind == "hours"]
    rows = []
    for short in sorted(hours, key=lambda each: (-each.at_least, each.of)):
        loads = [load for load in case.sprint.members if _can(plan, load, short.of)]
        asked = sum(_asked_of(task, short.of) for task in tactic.tasks.values())
        left = [f"{short_names(plan)[load.member]} {wording.about(load.left)} h" for load in loads]
        rows.append(
            (
                words(short_names(plan).get(short.of, short.of)),
                words(wording.hours(asked) if asked else wording.MISSING),
                words(strong(suggestions.up_to_quarter(short.at_least))),
                words(", ".join(left) or dim("nobody")),
            )
        )
    columns = (
        Column("Short of", share=1),
        Column("Asked h", Align.RIGHT),
        Column("Short h, such as", Align.RIGHT),
        Column("Left with those who could", share=2),
    )
    return Table(columns, tuple(rows))


def _can(plan: Plan, load: MemberLoad, of: str) -> bool:
    return bool(load.plannable) and (load.member == of or of in plan.team[load.member].skills)


# --- for programs --------------------------------------------------------------------------------------------------


def data(case: TacticExplanation) -> dict[str, Any]:
    """Return the case of a tactic as plain data: hours and money as decimals, values as whole scores."""
    place = case.place
    ranked = case.ranked
    return {
        "schema": SCHEMA,
        "tactic": case.tactic,
        "sprint": case.sprint.period.id,
        "stands": str(case.standing),
        "where": _WHERE.get(type(place), "left_out"),
        "rank": ranked.rank if ranked is not None else None,
        "score": float(round_half_up(ranked.score, 4)) if ranked is not None else None,
        "method": ranked.method if ranked is not None else None,
        "quadrant": ranked.quadrant if ranked is not None else None,
        "placed": placed_data(place) if isinstance(place, PlacedTactic) else None,
        "parked": parked_data(place) if isinstance(place, ParkedCandidate) else None,
        "left_out": {"why": place.why, "of": list(place.of)} if isinstance(place, LeftOut) else None,
        "swap": suggestions.data(case.swap),
        "pinned": suggestions.data(case.pinned),
        "swap_is_cheapest": case.is_cheapest if case.swap is not None else None,
        "addition": suggestions.data(case.addition),
        "addition_is_taken": case.is_taken,
    }
