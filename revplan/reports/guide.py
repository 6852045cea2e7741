"""`revplan guide` and `revplan report guide`: how far the system is set up, what is missing, and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports.document import Bar, Bars, Column, Line, Section, Table, dim, good, strong, warn, words
from revplan.reports.frame import Report, Working
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.context import Context
    from revplan.reports.document import Words
    from revplan.reports.frame import Sources

NAME = "guide"
PARTS = ("process", "strategy", "tactics", "campaigns", "technology", "resources", "alignment")
"""The six parts of the system, and the company's alignment behind them."""


class SetupFact(NamedTuple):
    """A fact that is true of a plan whose system is set up.

    Attributes:
        id: what the code calls it.
        part: one of PARTS.
        title: what is true once it is set up.
        is_done: whether it is.
        found: what the plan says of it: what is missing, or what is there.
        mend: the command that sets it up, or goes on with it.
        minutes: how long that takes one person.
        workshop: the workshop that the command holds; None where it is another command.
        is_first: whether the first sprint needs it.
    """

    id: str
    part: str
    title: str
    is_done: bool
    found: str
    mend: str
    minutes: int
    workshop: str | None = None
    is_first: bool = False


def build(facts: Sequence[SetupFact], *, has_sprints: bool) -> Report:
    """Return how far the system is set up. The facts stand in the order in which they are best mended."""
    return Report(
        name=NAME,
        title="where the system stands",
        sections=tuple(_sections(facts, has_sprints=has_sprints)),
        workings=(Working("Set up", "facts of the plan that hold, of those of the part; nobody's own opinion of it"),),
        data=_data(facts),
    )


def build_from_sources(context: Context, sources: Sources) -> Report:
    """Find out how far the system is set up, and return the report of it."""
    return build(sources.setup(), has_sprints=bool(context.plan.sprints))


def mends(facts: Sequence[SetupFact]) -> tuple[SetupFact, ...]:
    """Return the first fact of each command that mends facts, in order. One workshop mends several facts."""
    found: dict[str, SetupFact] = {}
    for fact in facts:
        if not fact.is_done:
            found.setdefault(fact.mend, fact)
    return tuple(found.values())


def _sections(facts: Sequence[SetupFact], *, has_sprints: bool) -> Iterator[Section]:
    yield _standing(facts)
    yield _next(facts, "next" if has_sprints else "first")
    for part in PARTS:
        yield _part(part, [fact for fact in facts if fact.part == part])


def _standing(facts: Sequence[SetupFact]) -> Section:
    done = sum(fact.is_done for fact in facts)
    bars = []
    for part in PARTS:
        own = [fact for fact in facts if fact.part == part]
        count = sum(fact.is_done for fact in own)
        text = f"{count} of {len(own)}"
        bars.append(Bar(part.capitalize(), count, len(own), words(good(text) if count == len(own) else text)))
    return Section(words(f"Set up: {done} of {plural(len(facts), 'fact')} of the plan"), (Bars(tuple(bars)),))


def _next(facts: Sequence[SetupFact], sprint: str) -> Section:
    open_mends = mends(facts)
    if not open_mends:
        return Section(
            words("What next"),
            (
                Line(words(good("All of it is set up."))),
                Line(
                    words("Go by the rhythm: `revplan agenda weekly`, `revplan sprint plan`, `revplan report results`.")
                ),
            ),
        )
    first = open_mends[0]
    total = sum(fact.minutes for fact in open_mends)
    lines = [
        Line(
            words(
                strong(f"`{first.mend}`"), f", about {first.minutes} min: {first.title[:1].lower()}{first.title[1:]}."
            )
        )
    ]
    before = [fact for fact in open_mends if fact.is_first]
    if any(fact.id == "sprint" and not fact.is_done for fact in facts):
        minutes = sum(fact.minutes for fact in before)
        away = f"The {sprint} sprint is about {_long(minutes)} away, all of it about {_long(total)}."
        lines.append(Line(words(away)))
    else:
        lines.append(Line(words(f"All of it is about {_long(total)} away.")))
    columns = (Column("Then"), Column("About"), Column("What it sets up", share=1))
    rows = tuple(
        (words(f"`{fact.mend}`"), words(f"{fact.minutes} min"), words(_sets_up(fact, facts))) for fact in open_mends[1:]
    )
    hint = dim("`revplan guide --write` puts these into the backlog, as a programme of eight weeks.")
    return Section(words("What next"), (*lines, *([Table(columns, rows)] if rows else []), Line(words(hint))))


def _sets_up(mend: SetupFact, facts: Sequence[SetupFact]) -> str:
    return "; ".join(
        fact.title[:1].lower() + fact.title[1:] for fact in facts if not fact.is_done and fact.mend == mend.mend
    )


def _long(minutes: int) -> str:
    if minutes <= MINUTES_PER_HOUR:
        return f"{minutes} min"
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _part(part: str, facts: Sequence[SetupFact]) -> Section:
    columns = (
        Column("State"),
        Column("What is to be true", share=2),
        Column("By the plan", share=3),
        *([] if all(fact.is_done for fact in facts) else [Column("Mended by", share=2)]),
    )
    rows = tuple(_row(fact)[: len(columns)] for fact in sorted(facts, key=lambda fact: fact.is_done))
    count = sum(fact.is_done for fact in facts)
    return Section(words(f"{part.capitalize()}: {count} of {len(facts)}"), (Table(columns, rows),))


def _row(fact: SetupFact) -> tuple[Words, ...]:
    if fact.is_done:
        return words(good("set up")), words(fact.title), words(fact.found), words("")
    mended = words(strong(f"`{fact.mend}`"), dim(f" (about {fact.minutes} min)"))
    return words(warn("missing")), words(fact.title), words(fact.found), mended


def _data(facts: Sequence[SetupFact]) -> dict[str, Any]:
    return {
        "parts": [
            {
                "part": part,
                "facts": [
                    {
                        "fact": fact.id,
                        "title": fact.title,
                        "set_up": fact.is_done,
                        "found": fact.found,
                        "mend": None if fact.is_done else fact.mend,
                        "minutes": None if fact.is_done else fact.minutes,
                    }
                    for fact in facts
                    if fact.part == part
                ],
            }
            for part in PARTS
        ],
        "next": [{"command": fact.mend, "minutes": fact.minutes} for fact in mends(facts)],
    }
