"""`revplan report strategy`: what is written, what is proven, who has committed, and the work behind each objective."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.periods import say_quarter
from revplan.analysis.strategy import SECTIONS, alignment, missing_sections, shared_claims
from revplan.reports import names, work_pictures
from revplan.reports.document import (
    Align,
    Column,
    Items,
    Line,
    Picture,
    Section,
    Table,
    Tone,
    bad,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.figures import Measure, Ranking
from revplan.reports.frame import Report, Working
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.strategy import Alignment, Backing, Work
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Run, Words

_WORKSHOPS = {
    "vision": "story",
    "big_story": "story",
    "value_proposition": "story",
    "differentiators": "remarkable",
    "ideal_customer": "persona",
    "competitors": "remarkable",
    "objectives": "goals",
}
"""The workshop that asks for each section."""
_NO_WORK = dim(wording.MISSING)


def build(context: Context) -> Report:
    """Return how complete the strategy is, and what is done for it."""
    found, plan = alignment(context), context.plan
    return Report(
        name="strategy",
        title="strategy",
        sections=tuple(_sections(plan, found)),
        workings=tuple(_workings(found)),
        data=_data(plan, found),
    )


def _sections(plan: Plan, found: Alignment) -> Iterator[Section]:
    pictures = tuple(work_pictures.draw_strategy(plan))
    yield Section(words("At a glance"), (*pictures, _standing(plan, found)))
    yield _completeness(plan)
    if _claims(plan):
        yield _proof(plan)
    if found.objectives:
        yield _commitment(found, say_quarter(plan.settings, found.quarter))
        yield from _uncommitted_section(plan, found)
    yield _work_behind(plan, found)
    if found.random.tactics:
        yield _random(plan, found.random)


def _standing(plan: Plan, found: Alignment) -> Picture:
    """Return how much of the strategy is written, proven and agreed."""
    claims = _claims(plan)
    known = (
        ("Written", len(SECTIONS) - len(missing_sections(plan)), len(SECTIONS), "section"),
        ("With proof", sum(proof is not None for _, _, proof in claims), len(claims), "claim"),
        ("Agreed", sum(own.is_aligned for own in found.objectives), len(found.objectives), "objective"),
    )
    measures = tuple(
        Measure(
            name,
            part / whole,
            f"{part} of {wording.plural(whole, thing)}",
            tone=Tone.GOOD if part == whole else Tone.WARN,
            whole=1.0,
        )
        for name, part, whole, thing in known
        if whole
    )
    return Picture("How much of it is written, has a proof, and is agreed.", Ranking(measures))


# --- what is written and proven ----------------------------------------------------------------------------------


def _completeness(plan: Plan) -> Section:
    missing = missing_sections(plan)
    title = words(f"Written: {len(SECTIONS) - len(missing)} of {wording.plural(len(SECTIONS), 'section')}")
    items = tuple(
        words(f"{name}: ", bad("not written; a sentence is a beginning") if key in missing else good("there"))
        for key, name in SECTIONS.items()
    )
    workshops = dict.fromkeys(_WORKSHOPS[key] for key in missing)
    asked = wording.join_names([f"`revplan workshop {name}`" for name in workshops])
    way = Line(words(dim(f"{asked} {wording.verb(len(workshops), 'asks', 'ask')} for what is missing.")))
    return Section(title, (Items(items), *([way] if missing else [])))


def _claims(plan: Plan) -> tuple[tuple[str, str, str | None], ...]:
    """Return (kind, claim, proof) of every pillar and differentiator."""
    story = plan.strategy.big_story
    pillars = story.pillars.values() if story is not None else ()
    return (
        *(("Pillar", pillar.claim, pillar.proof) for pillar in pillars),
        *(("Differentiator", own.claim, own.proof) for own in plan.strategy.differentiators.values()),
    )


def _proof(plan: Plan) -> Section:
    claims = _claims(plan)
    proven = sum(proof is not None for _, _, proof in claims)
    columns = (Column("What"), Column("Claim", share=1), Column("Proof", share=1))
    rows = tuple(
        (words(kind), words(claim), words(proof) if proof is not None else words(bad("none yet")))
        for kind, claim, proof in claims
    )
    shared = tuple(words(warn(text)) for text in _shared_claims(plan))
    blocks = (Table(columns, rows), Items(shared)) if shared else (Table(columns, rows),)
    return Section(words(f"Claims: {proven} of {len(claims)} with proof"), blocks)


def _shared_claims(plan: Plan) -> Iterator[str]:
    own, others = plan.strategy.differentiators, plan.strategy.competitors
    for (name, competitor), claim in shared_claims(plan).items():
        yield f'{others[competitor].name} says much the same as "{own[name].claim}": "{claim}"'


# --- objectives --------------------------------------------------------------------------------------------------


def _commitment(found: Alignment, quarter: str) -> Section:
    columns = (
        Column("Objective", share=2),
        Column("Committed", Align.RIGHT),
        Column("Process", Align.RIGHT),
        Column("Able", Align.RIGHT),
        Column("Step reached"),
        Column("Gap", share=3),
    )
    rows = tuple(_commitment_row(own) for own in found.objectives)
    note = Line(words(dim("Process and ability from 1 to 5. Three steps: shared and committed, evaluated, aligned.")))
    return Section(words(f"Objectives of {quarter}: how far the company agrees"), (Table(columns, rows), note))


def _commitment_row(own: Backing) -> tuple[Words, ...]:
    judged = own.objective.assessment
    committed = f"{own.asked - len(own.uncommitted)} of {own.asked}"
    return (
        words(own.objective.title),
        words(committed if own.is_shared else warn(committed) if own.asked else dim(wording.MISSING)),
        words(wording.count(judged.process if judged is not None else None)),
        words(wording.count(judged.capability if judged is not None else None)),
        words(_step(own)),
        words((judged.gap if judged is not None else None) or dim(wording.MISSING)),
    )


def _step(own: Backing) -> Run:
    if not own.is_shared:
        return warn("not yet shared")
    if not own.is_evaluated:
        return warn("committed")
    return good("aligned") if own.is_aligned else warn("evaluated")


def _uncommitted_section(plan: Plan, found: Alignment) -> Iterator[Section]:
    items = tuple(
        words(strong(own.objective.title), f": {names.functions(plan, own.uncommitted)}")
        for own in found.objectives
        if own.uncommitted
    )
    if items:
        yield Section(words("Functions that have not committed"), (Items(items),))


# --- the work behind them ----------------------------------------------------------------------------------------


def _work_behind(plan: Plan, found: Alignment) -> Section:
    title = words("The backlog behind each objective")
    if not found.objectives and not found.random.tactics and not found.later.tactics:
        hint = (
            "Neither objectives nor tactics yet: `revplan objective add` adds the quarter's, five or so,"
            " `revplan tactic add` what serves them."
        )
        return Section(title, (Line(words(dim(hint))),))
    columns = (
        Column("Objective", share=1),
        Column("Tactics", Align.RIGHT),
        Column("Done", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("Share", Align.RIGHT),
        Column("Cash", Align.RIGHT),
    )
    rows = [_work_row(plan, words(own.objective.title), own.work, wording.count(own.done)) for own in found.objectives]
    if found.later.tactics:
        rows.append(_work_row(plan, words("For quarters to come"), found.later, ""))
    rows.append(
        _work_row(plan, words(warn("No objective") if found.random.tactics else "No objective"), found.random, "")
    )
    return Section(title, (Table(columns, tuple(rows)),))


def _work_row(plan: Plan, title: Words, work: Work, done: str) -> tuple[Words, ...]:
    return (
        title,
        words(wording.count(len(work.tactics))),
        words(done),
        words(wording.about(work.minutes)),
        words(wording.rate(work.share)),
        words(plan.settings.currency.say(work.cash) if work.cash else _NO_WORK),
    )


def _random(plan: Plan, work: Work) -> Section:
    title = words(f"Work that serves no objective: {wording.plural(len(work.tactics), 'tactic')}")
    items = tuple(words(names.tactic(plan, tactic)) for tactic in work.tactics)
    return Section(title, (Items(items), Line(words(dim("Name the objective each is for, or drop it.")))))


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(found: Alignment) -> Iterator[Working]:
    yield Working("Committed", "functions with a date in the objective's commitments, of those of the company")
    yield Working("Aligned", "process and capability are judged, and a gap that was found has a tactic as its action")
    rows = (*((own.id, own.work) for own in found.objectives), ("no objective", found.random))
    for name, work in rows:
        tactics = wording.join_names(work.tactics) or "no tactic"
        yield Working(
            f"Hours, {name}", f"{wording.about(work.minutes)} h left in {tactics}; {wording.rate(work.share)}"
        )


def _data(plan: Plan, found: Alignment) -> dict[str, Any]:
    missing = missing_sections(plan)
    return {
        "quarter": str(found.quarter),
        "sections": {key: key not in missing for key in SECTIONS},
        "claims": [{"kind": kind.lower(), "claim": claim, "proof": proof} for kind, claim, proof in _claims(plan)],
        "objectives": [_objective_data(own) for own in found.objectives],
        "later": _work_data(found.later),
        "random": _work_data(found.random),
    }


def _objective_data(own: Backing) -> dict[str, Any]:
    judged = own.objective.assessment
    return {
        "objective": own.id,
        "title": own.objective.title,
        "owner": own.objective.owner,
        "functions_asked": own.asked,
        "uncommitted": list(own.uncommitted),
        "process": judged.process if judged is not None else None,
        "capability": judged.capability if judged is not None else None,
        "shared": own.is_shared,
        "evaluated": own.is_evaluated,
        "aligned": own.is_aligned,
        "tactics_done": own.done,
        **_work_data(own.work),
    }


def _work_data(work: Work) -> dict[str, Any]:
    return {
        "tactics": list(work.tactics),
        "hours": as_hours(work.minutes),
        "cash": as_number(work.cash),
        "share": as_number(work.share),
    }
