"""`revplan report results`: what was done, whether it moved its metric, and what that says of the confidence in it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.playbooks import records
from revplan.analysis.results import (
    AS_GOOD_AS_KNOWN,
    MOST_READINGS,
    READINGS_AFTER,
    awaiting_judgement,
    done_tactics,
    evidence,
    group_by,
    learning,
    metric_judgement,
    tally,
)
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports import names, standing_words
from revplan.reports.document import (
    Align,
    Column,
    Items,
    Line,
    Outline,
    Picture,
    Section,
    Table,
    Tone,
    bad,
    dim,
    empty,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.figures import Measure, Point, Ranking, Scatter
from revplan.reports.frame import Report, Working
from revplan.reports.measured import deal_data, deal_table
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.analysis.playbooks import PlaybookRecord
    from revplan.analysis.results import DoneTactic, MetricEvidence, Tally
    from revplan.model.context import Context
    from revplan.model.metrics import Metric
    from revplan.reports.document import Run, Words

GROUPS = ("function", "objective", "campaign", "playbook")
"""The fields that results are told by, in the order of the report."""
_MOVED = {"yes": good("moved"), "no": bad("did not"), "unclear": warn("unclear")}
_HOW = Line(words(dim("Answer with `revplan tactic result ID --moved yes|no|unclear --by NUMBER --learnt '…'`.")))


def build(context: Context) -> Report:
    """Return the report of all done tactics and their results."""
    done = done_tactics(context.plan)
    return Report(
        name="results",
        title="results",
        sections=tuple(_sections(context, done)),
        workings=tuple(_workings(context)),
        data={
            "all": _tally_data(tally(done, context.today)),
            "groups": [
                {
                    "by": field,
                    "id": name,
                    **_tally_data(tally(own, context.today)),
                    "factor": as_number(_factor(context, field, name)),
                }
                for field in GROUPS
                for name, own in group_by(done, field).items()
            ],
            "playbooks": [{"playbook": name, **_record_data(own)} for name, own in records(context).items()],
            "tactics": [_tactic_data(context, each) for each in done],
            "campaign_deals": [
                {"campaign": name, **deal_data(own.deals)}
                for name, own in sorted(context.plan.campaigns.items())
                if own.deals is not None
            ],
            "waiting": [each.tactic.id for each, _ in awaiting_judgement(context)],
        },
    )


def _sections(context: Context, done: Sequence[DoneTactic]) -> Iterator[Section]:
    if not done:
        text = "Nothing is done yet: a tactic that is done says what came of it with `revplan tactic result`."
        yield Section(words("No results yet"), (empty(Outline.POINTS, text),))
        yield from _deals(context)
        return
    whole = tally(done, context.today)
    yield Section(words("Did it work?"), (*_draw_judgements(whole), Line(_verdict(whole))))
    yield from _effects(context, done)
    waiting = awaiting_judgement(context)
    if waiting:
        yield Section(words("To be judged"), (Items(tuple(question(context, *each) for each in waiting)), _HOW))
    for field in GROUPS:
        groups = group_by(done, field)
        if groups:
            yield _groups(context, field, groups)
    yield from _deals(context)
    yield _tactics(context, done)
    taken = {name: own for name, own in records(context).items() if own.timed}
    if taken:
        yield _playbook_section(taken)


def _effects(context: Context, done: Sequence[DoneTactic]) -> Iterator[Section]:
    """Yield tactics by the hours they took and how far their metric then lay from its trend, where both are known."""
    points = []
    for each in done:
        found = evidence(context, each)
        if each.minutes is None or found is None or found.difference is None or not found.expected:
            continue
        metric = context.plan.metrics[each.tactic.metric or ""]
        better = 1 if metric.direction == "up" else -1
        effect = float(100 * better * found.difference / abs(found.expected))
        points.append((each.minutes / MINUTES_PER_HOUR, effect, each.tactic.title))
    title = words("Effort and effect")
    if len(points) <= 1:  # one alone lies in the middle of whatever it is drawn in
        yield from (Section(title, (Line(words(standing_words.effect(*each))),)) for each in points)
        return
    drawn = tuple(
        Point(str(number), f"{number}: {title}", x, y) for number, (x, y, title) in enumerate(points, start=1)
    )
    split = sum(x for x, _, _ in points) / len(points)
    corners = ("little work, better", "much work, better", "little work, no better", "much work, no better")
    figure = Scatter("hours worked", "% better than the trend before", split, 0.0, corners, drawn)
    items = Items(tuple(words(point.name) for point in drawn))
    yield Section(title, (Picture("Each done tactic by its work and its effect.", figure), items))


def _verdict(whole: Tally) -> Words:
    count = f"{wording.plural(whole.done, 'tactic')} done: {whole.yes} moved what was to move, {whole.no} did not"
    judged = whole.clear + whole.unclear
    rest = f", {whole.unclear} unclear, {whole.done - judged} not judged. "
    if whole.hit_rate is None:
        return words(count, rest)
    stated = wording.rate(whole.confidence)
    return words(count, rest, strong(f"Hit rate {wording.rate(whole.hit_rate)}"), f"; stated confidence {stated}.")


def _draw_judgements(whole: Tally) -> Iterator[Picture]:
    """Yield how many of the done tactics moved what they were to move, did not, are unclear or not judged yet."""
    rest = whole.done - whole.clear - whole.unclear
    counts = (
        ("moved", whole.yes, Tone.GOOD),
        ("did not", whole.no, Tone.BAD),
        ("unclear", whole.unclear, Tone.WARN),
        ("not judged", rest, Tone.PLAIN),
    )
    measures = tuple(
        Measure(name, count, wording.plural(count, "tactic"), tone=tone, whole=whole.done)
        for name, count, tone in counts
    )
    yield Picture("Done tactics by whether they moved what they were to move.", Ranking(measures))


def _groups(context: Context, field: str, groups: dict[str, tuple[DoneTactic, ...]]) -> Section:
    columns = (
        Column(field.capitalize(), share=2),
        Column("Done", Align.RIGHT),
        Column("Moved", Align.RIGHT),
        Column("Not", Align.RIGHT),
        Column("Unclear", Align.RIGHT),
        Column("Hit rate", Align.RIGHT),
        Column("Stated", Align.RIGHT),
        Column("Factor", Align.RIGHT),
        Column("h", Align.RIGHT),
        Column("Cost", Align.RIGHT),
    )
    rows = tuple(_group(context, field, name, tally(own, context.today)) for name, own in groups.items())
    return Section(words(f"By {field}"), (Table(columns, rows),))


def _group(context: Context, field: str, name: str, own: Tally) -> tuple[Words, ...]:
    factor = _factor(context, field, name)
    return (
        words(_name_of(context, field, name)),
        words(wording.count(own.done)),
        words(good(wording.count(own.yes)) if own.yes else "0"),
        words(bad(wording.count(own.no)) if own.no else "0"),
        words(wording.count(own.unclear)),
        _rate(own.hit_rate),
        _rate(own.confidence),
        words(f"× {wording.measure(factor, 2)}" if factor is not None else dim(wording.MISSING)),
        words(wording.hours(own.minutes) if own.minutes else dim(wording.MISSING)),
        words(context.plan.settings.currency.say(own.cost) if own.cost else dim(wording.MISSING)),
    )


def _factor(context: Context, field: str, name: str) -> Fraction | None:
    """Return the factor that scoring applies to the confidences of a group; None where scoring learns nothing from it.

    A playbook that several functions use has a factor of each; the mean of them is told.
    """
    found = learning(context.plan, context.today)
    if field == "function":
        return found.functions.get(name)
    factors = [factor for (playbook, _), factor in found.playbooks.items() if playbook == name]
    return sum(factors, Fraction(0)) / len(factors) if field == "playbook" and factors else None


def _name_of(context: Context, field: str, name: str) -> str:
    plan = context.plan
    match field:
        case "function":
            return names.function(plan, name)
        case "objective":
            known = plan.strategy.objectives.get(name)
            return known.title if known is not None else name
        case "campaign":
            return plan.campaigns[name].title if name in plan.campaigns else name
        case _:
            return name


def _rate(rate: Fraction | None) -> Words:
    return words(wording.rate(rate) if rate is not None else dim(wording.MISSING))


def _deals(context: Context) -> Iterator[Section]:
    """Yield the opportunities of campaigns: created, won and lost, as the CRM counts them."""
    rows = [(own.title, own.deals) for own in context.plan.campaigns.values() if own.deals is not None]
    if rows:
        table = deal_table(context, "Campaign", rows)
        yield Section(words("What campaigns won"), (table,))


# --- tactics -------------------------------------------------------------------------------------------------------


def _tactics(context: Context, done: Sequence[DoneTactic]) -> Section:
    columns = (
        Column("Tactic", share=3),
        Column("Done"),
        Column("Metric", share=1, roomy=True),
        Column("Result"),
        Column("By", Align.RIGHT),
        Column("Stated", Align.RIGHT, roomy=True),
        Column("h", Align.RIGHT),
        Column("Cost", Align.RIGHT, roomy=True),
        Column("Learnt", share=3),
    )
    order = sorted(done, key=lambda each: (each.day or date.max, each.tactic.id))
    return Section(words("Tactic by tactic"), (Table(columns, tuple(_tactic(context, each) for each in order)),))


def _tactic(context: Context, done: DoneTactic) -> tuple[Words, ...]:
    tactic, currency = done.tactic, context.plan.settings.currency
    result = tactic.result if metric_judgement(tactic, context.today) is not None else None
    return (
        words(tactic.title),
        words(wording.short_date(done.day) if done.day is not None else dim(wording.MISSING)),
        words(tactic.metric or dim(wording.MISSING)),
        words(_state(context, done)),
        words(wording.reading(result.by) if result is not None and result.by is not None else dim(wording.MISSING)),
        words(wording.rate(tactic.confidence)),
        words(wording.hours(done.minutes) if done.minutes is not None else dim(wording.MISSING)),
        words(currency.say(tactic.cash) if tactic.cost else dim(wording.MISSING)),
        words(result.learnt if result is not None and result.learnt is not None else ""),
    )


def _state(context: Context, done: DoneTactic) -> Run:
    judged = metric_judgement(done.tactic, context.today)
    if judged is not None:
        return _MOVED[judged]
    known = evidence(context, done)
    if known is None:
        return dim("no metric" if done.tactic.metric is None else "no day")
    if len(known.after) >= READINGS_AFTER:
        return warn("to be judged")
    return dim(f"{len(known.after)} of {wording.plural(READINGS_AFTER, 'reading')}")


def question(context: Context, done: DoneTactic, known: MetricEvidence) -> Words:
    """Return the question whether a tactic moved its metric, with the readings around it."""
    metric = context.plan.metrics[done.tactic.metric or ""]
    day = f", done {wording.short_date(done.day)}" if done.day is not None else ""
    asked = f" ({done.tactic.id}{day}): did it move {names.metric(metric)}? "
    return words(strong(done.tactic.title), asked, _around(metric, known), _beside(context, known))


def _around(metric: Metric, known: MetricEvidence) -> str:
    before = ", ".join(wording.reading(each.value) for each in known.before) or "nothing was read"
    after = ", ".join(wording.reading(each.value) for each in known.after)
    text = f"Before: {before}. After: {after}; "
    if known.expected is None or known.difference is None:
        return f"{text}there is nothing to compare with."
    way = "the trend before, carried on, would be" if known.scatter is not None else "the mean before was"
    size = wording.reading(abs(known.difference))
    aim = "better" if (known.difference > 0) == (metric.direction == "up") else "worse"
    apart = f"{size} {aim}" if known.difference else "the same"
    scatter = f", give or take {wording.reading(_decimal(known.scatter))}" if known.scatter is not None else ""
    return f"{text}{way} {wording.reading(known.expected)} on average, so it is {apart}{scatter}."


def _decimal(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**6)


def _beside(context: Context, known: MetricEvidence) -> str:
    if not known.others:
        return ""
    titles = wording.join_names([names.tactic(context.plan, each) for each in known.others])
    return f" In that time {titles} {wording.verb(len(known.others), 'was', 'were')} done too, for the same metric."


def _playbook_section(taken: dict[str, PlaybookRecord]) -> Section:
    columns = (
        Column("Playbook", share=2),
        Column("Tactics timed", Align.RIGHT),
        Column("Usual h", Align.RIGHT),
        Column("Took h", Align.RIGHT),
        Column("Hours ×", Align.RIGHT),
    )
    rows = tuple(
        (
            words(name),
            words(wording.count(own.timed)),
            words(wording.hours(own.usual)),
            words(wording.hours(own.actual)),
            words(wording.measure(own.factor, 2)),
        )
        for name, own in taken.items()
    )
    return Section(words("What playbooks took"), (Table(columns, rows),))


# --- where it comes from, and plain data ---------------------------------------------------------------------------


def _workings(context: Context) -> Iterator[Working]:
    yield Working("Hit rate", "moved / (moved + did not); what is unclear or not judged is left out")
    yield Working("Stated", "the mean of the confidences stated in those that moved or did not")
    k = wording.count(AS_GOOD_AS_KNOWN)
    how = f"(moved + {k} × prior) / (sum of stated confidences + {k}); the prior of a function is 1,"
    uses = "scoring uses it" if context.plan.settings.scoring.learn else "scoring would use it with learn: true"
    yield Working("Factor", f"{how} that of a playbook what the function's other tactics say; {uses}")
    most = wording.plural(MOST_READINGS, "reading")
    yield Working("Trend", f"the least-squares line through up to {most} before, at the days of as many after")


def _tally_data(own: Tally) -> dict[str, Any]:
    return {
        "done": own.done,
        "moved": own.yes,
        "not_moved": own.no,
        "unclear": own.unclear,
        "hit_rate": as_number(own.hit_rate),
        "stated_confidence": as_number(own.confidence),
        "hours": as_hours(own.minutes) if own.minutes else None,
        "cost": as_number(own.cost),
    }


def _record_data(own: PlaybookRecord) -> dict[str, Any]:
    return {
        "timed": own.timed,
        "usual_hours": as_hours(own.usual),
        "actual_hours": as_hours(own.actual),
        "hours_factor": as_number(own.factor) if own.timed else None,
    }


def _tactic_data(context: Context, done: DoneTactic) -> dict[str, Any]:
    tactic, known = done.tactic, evidence(context, done)
    result = tactic.result if metric_judgement(tactic, context.today) is not None else None
    return {
        "tactic": tactic.id,
        "title": tactic.title,
        "function": tactic.function,
        "objective": tactic.objective,
        "campaign": tactic.campaign,
        "playbook": tactic.playbook,
        "metric": tactic.metric,
        "done_on": done.day.isoformat() if done.day is not None else None,
        "moved": result.moved if result is not None else None,
        "by": as_number(result.by) if result is not None else None,
        "learnt": result.learnt if result is not None else None,
        "confidence": as_number(tactic.confidence),
        "hours": as_hours(done.minutes) if done.minutes is not None else None,
        "cost": as_number(tactic.cash),
        "readings_after": len(known.after) if known is not None else None,
        "mean_after": as_number(known.mean_after) if known is not None else None,
        "expected": as_number(known.expected) if known is not None else None,
        "difference": as_number(known.difference) if known is not None else None,
        "others": list(known.others) if known is not None else [],
    }
