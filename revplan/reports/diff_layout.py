"""What differs between two states of a plan, on a page short enough for a pull request's comment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from revplan import wording
from revplan.diagnostics import Severity
from revplan.planning.answer import ParkedCandidate, PlacedTactic
from revplan.reports import names, suggestions
from revplan.reports.diff_json import data
from revplan.reports.document import (
    Align,
    Column,
    Document,
    Items,
    Line,
    Section,
    Table,
    bad,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.log import entity_in_words, fields_in_words, what_became
from revplan.reports.look import look
from revplan.reports.sprint_tables import LEFT_OUT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.analysis.changes import EntityChange
    from revplan.diagnostics import Diagnostic
    from revplan.model.money import Currency
    from revplan.planning.answer import SprintPlan
    from revplan.reports.diff import Crossing, Diff, Place, ScoreChange, Side, Year
    from revplan.reports.document import Block, Run, Words

_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}
_BEFORE_AND_AFTER = (Column("Before", Align.RIGHT), Column("After", Align.RIGHT))


def layout(diff: Diff) -> Document:
    """Lay out what differs."""
    return Document(
        title=f"{diff.after.plan.settings.company} · what changes from {diff.before.name} to {diff.after.name}",
        lead=tuple(_lead(diff)),
        sections=tuple(_sections(diff)),
        data=data(diff),
        look=look(diff.after.plan),
    )


def _lead(diff: Diff) -> Iterator[Words]:
    if diff:
        short = "; ".join(_in_short(diff))
        yield words(strong(f"{short[0].upper()}{short[1:]}."))
    else:
        yield words(good("The plan means the same."))
    if diff.after.context.pinned:
        yield words(dim(f"The plan pins today to {diff.after.context.today}."))
    if diff.submodules:
        yield words(warn(f"Not compared, as they are repositories of their own: {', '.join(diff.submodules)}."))


def _sections(diff: Diff) -> Iterator[Section]:
    sprint = tuple(_sprint(diff))
    if sprint:
        yield Section(words(f"Sprint {diff.period.id}"), sprint)
    tactics = tuple(_tactics(diff))
    if tactics:
        yield Section(words("Tactics"), tactics)
    if diff.minutes:
        yield Section(words(f"Plannable hours in {diff.period.id}"), (_hours(diff),))
    years = _years(diff)
    if years.rows:
        yield Section(words("Goals and budget"), (years,))
    if diff.new or diff.gone:
        yield Section(words("Findings"), (Items(tuple(_findings(diff))),))
    if diff.entities:
        everything = Items(
            tuple(entity_in_words(diff.before.plan, diff.after.plan, change) for change in diff.entities)
        )
        yield Section(words(f"All that changed: {len(diff.entities):,}"), (everything,), is_detail=True)


# --- in short ------------------------------------------------------------------------------------------------------


def _in_short(diff: Diff) -> Iterator[str]:
    tactics = Counter(what_became(change) for change in diff.entities if change.ref.kind == "tactic")
    counts = [f"{count:,} {word}" for word, count in sorted(tactics.items())]
    if diff.rescored:
        counts.append(f"{len(diff.rescored):,} rescored")
    if counts:
        yield f"tactics: {', '.join(counts)}"
    others = len(diff.entities) - tactics.total()
    if others:
        yield wording.plural(others, "other change" if counts else "change")
    crossings = [f"{len(each):,} {way}" for each, way in ((diff.came_in, "in"), (diff.went_out, "out")) if each]
    if crossings:
        yield f"sprint {diff.period.id}: {', '.join(crossings)}"
    findings = [*_count_lines(diff.new, "new"), *_count_lines(diff.gone, "gone")]
    if findings:
        yield f"findings: {', '.join(findings)}"


def _count_lines(found: Sequence[Diagnostic], word: str) -> Iterator[str]:
    counts = Counter(each.severity for each in found)
    for severity in Severity:
        one, many = _NOUNS[severity]
        if counts[severity]:
            yield f"{wording.plural(counts[severity], one, many)} {word}"


# --- the sprint ----------------------------------------------------------------------------------------------------


def _sprint(diff: Diff) -> Iterator[Block]:
    for side, when in ((diff.before, "Before"), (diff.after, "Now")):
        if side.why_not is not None:
            yield Line(words(warn(f"{when} it cannot be planned: {side.why_not}.")))
    before, after = diff.before.sprint, diff.after.sprint
    if before is not None and after is not None:
        rows = tuple(row for row in _figures(diff, before, after) if row[1] != row[2])
        if rows:
            yield Table((Column("Figure"), *_BEFORE_AND_AFTER), rows)
    crossings = (*(_into(diff, each) for each in diff.came_in), *(_out(diff, each) for each in diff.went_out))
    if crossings:
        yield Items(crossings)


def _figures(diff: Diff, before: SprintPlan, after: SprintPlan) -> Iterator[tuple[Words, Words, Words]]:
    currency = diff.after.plan.settings.currency
    for title, old, new in (
        ("Value", wording.score(before.value), wording.score(after.value)),
        ("Tactics", wording.count(len(before.placed)), wording.count(len(after.placed))),
        ("Hours", wording.about(_minutes(before)), wording.about(_minutes(after))),
        ("Cash", currency.say_cents(_cost(before)), currency.say_cents(_cost(after))),
        ("Parked", wording.count(len(before.parked)), wording.count(len(after.parked))),
    ):
        yield words(title), words(old), words(new)


def _minutes(sprint: SprintPlan) -> int:
    return sum(member.allocated for member in sprint.members)


def _cost(sprint: SprintPlan) -> int:
    return sum(tactic.cost for tactic in sprint.placed)


def _into(diff: Diff, crossing: Crossing) -> Words:
    title = names.tactic(diff.after.plan, crossing.tactic)
    reason = _standing(diff.before, crossing.before, "was") or "new"
    return words("in: ", good(title), f", {reason}{_because(diff, crossing.tactic)}")


def _out(diff: Diff, crossing: Crossing) -> Words:
    title = names.tactic(diff.before.plan, crossing.tactic)
    reason = _standing(diff.after, crossing.after, "now") or "no longer in the plan"
    return words("out: ", warn(title), f", {reason}{_because(diff, crossing.tactic)}")


def _standing(side: Side, place: Place | None, verb: str) -> str:
    """Return in words the place of a tactic outside of the sprint; empty for a tactic that is not in the plan."""
    if isinstance(place, ParkedCandidate):
        return f"{verb} parked: {suggestions.why(side.plan, place.reason)}"
    if place is None or isinstance(place, PlacedTactic):
        return ""
    return f"{verb} {LEFT_OUT_WORDS[place.why]}"


def _because(diff: Diff, tactic: str) -> str:
    """Return in brackets the changed fields of a tactic; empty if the tactic itself did not change."""
    for change in diff.entities:
        if change.ref.kind == "tactic" and change.ref.id == tactic and change.fields:
            return f" ({'; '.join(fields_in_words(diff.after.plan.settings, change))})"
    return ""


# --- tactics -------------------------------------------------------------------------------------------------------


def _tactics(diff: Diff) -> Iterator[Block]:
    told = [_tactic(diff, change) for change in diff.entities if change.ref.kind == "tactic"]
    items = tuple(item for item in told if item)
    if items:
        yield Items(items)
    if diff.rescored:
        columns = (Column("Rescored", share=1), Column("Value"), Column("Rank"), Column("Hours"))
        yield Table(columns, tuple(_score_change_rows(diff, each) for each in diff.rescored))


def _tactic(diff: Diff, change: EntityChange) -> Words:
    """Return a line for a tactic that was added, removed or renamed; empty for one that only changed."""
    word = what_became(change)
    if word == "changed":
        return ()
    plan = (diff.before if change.what in ("removed", "broken") else diff.after).plan
    title = names.tactic(plan, change.ref.id)
    hours = f", {wording.hours(plan.tactics[change.ref.id].minutes)} h" if change.ref.id in plan.tactics else ""
    of = f" from {change.was}" if change.was is not None else ""
    return words(f"{word}: ", strong(title), f" ({change.ref.id}){of}{hours}")


def _score_change_rows(diff: Diff, each: ScoreChange) -> tuple[Words, ...]:
    pairs = (
        (wording.score(each.before.value), wording.score(each.after.value)),
        (str(each.before.rank), str(each.after.rank)),
        (wording.hours(each.before.minutes), wording.hours(each.after.minutes)),
    )
    return (words(names.tactic(diff.after.plan, each.tactic)), *(words(_arrow(old, new)) for old, new in pairs))


def _arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


# --- hours and money -----------------------------------------------------------------------------------------------


def _hours(diff: Diff) -> Table:
    rows = [
        (_member(diff, each.member), _hours_or_none(each.before), _hours_or_none(each.after)) for each in diff.minutes
    ]
    before, after = (
        sum(own or 0 for own in each) for each in zip(*((h.before, h.after) for h in diff.minutes), strict=True)
    )
    total = (words(dim("These together")), words(wording.about(before)), words(wording.about(after)))
    return Table((Column("Member"), *_BEFORE_AND_AFTER), (*rows, total) if len(rows) > 1 else tuple(rows))


def _member(diff: Diff, name: str) -> Words:
    plan = diff.after.plan if name in diff.after.plan.team else diff.before.plan
    return words(names.member(plan, name))


def _hours_or_none(minutes: int | None) -> Words:
    return words(wording.about(minutes) if minutes is not None else wording.MISSING)


def _years(diff: Diff) -> Table:
    currency = diff.after.plan.settings.currency
    rows = []
    for change in diff.years:
        before, after = _of_year(change.before, currency), _of_year(change.after, currency)
        differing = (title for title in before if before[title] != after[title])
        rows += [(words(f"{change.year}: {title}"), words(before[title]), words(after[title])) for title in differing]
    return Table((Column("Figure"), *_BEFORE_AND_AFTER), tuple(rows))


def _of_year(year: Year, currency: Currency) -> dict[str, str]:
    """Return the figures of a year by their names."""
    outlook = year.outlook
    return {
        "target": wording.say_or_missing(year.target, currency.say),
        "budget": wording.say_or_missing(year.budget, currency.say),
        "opportunities needed": wording.count(outlook.need.opportunities if outlook is not None else None),
        "funding of what the goal needs": wording.rate(outlook.funding if outlook is not None else None),
        "customers in the year, of those needed": wording.rate(outlook.attainment if outlook is not None else None),
        "verdict": (outlook.verdict if outlook is not None else None) or wording.MISSING,
    }


# --- findings ------------------------------------------------------------------------------------------------------


def _findings(diff: Diff) -> Iterator[Words]:
    for each in sorted(diff.new, key=_by_severity):
        yield words("new: ", _severity(each), f" {each.message}", dim(f" ({each.location.file}:{each.location.line})"))
    for each in sorted(diff.gone, key=_by_severity):
        yield words("gone: ", f"{each.severity.value} {each.code} {each.message}")


def _by_severity(found: Diagnostic) -> int:
    return list(Severity).index(found.severity)


def _severity(found: Diagnostic) -> Run:
    text = f"{found.severity.value} {found.code}"
    return {Severity.ERROR: bad, Severity.WARNING: warn, Severity.ADVICE: dim}[found.severity](text)
