"""What came in so far of a fiscal year that has begun: which months are asked for, and what an answer says of each.

Of recurring revenue, the last whole month alone is asked for: it is a level. Of recognised revenue, every whole month
is: the months add up. An answer is kept as one text a month, `2026-10 97k`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from revplan.analysis.actuals import revenue_by_month
from revplan.analysis.periods import fiscal_months
from revplan.app.editing.actuals import amount_of, read_amount
from revplan.app.editing.numerals import split_numbers, with_point
from revplan.errors import InputError
from revplan.reports.document import warn, words
from revplan.wording import join_names, month, plural, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.app.guide.outcome import FieldValues
    from revplan.app.guide.session import Place, Said, Session
    from revplan.model.base import Month
    from revplan.reports.document import Words

MEASURE, SO_FAR = "year/measure", "year/so-far"
"""Keys of the answers that say how revenue is counted, and what came in."""
_BY_NAME = re.compile(r"(\d{4}-\d{2})[\s:=]+(\S+?)[,;]?(?=\s|$)")
_FEW = 3
"""Months that are named one by one."""


def whole_months(session: Session) -> tuple[Month, ...]:
    """Return the months of the subject's year that are over, in order."""
    year = session.subject()
    if not year.isdigit():
        return ()
    return tuple(each for each in fiscal_months(session.plan.settings, int(year)) if each.last < session.context.today)


def asked_months(session: Session, measure: str) -> tuple[Month, ...]:
    """Return the months whose revenue is asked for where revenue is counted so; those that the plan knows are not.

    Where all is asked, those that it knows are asked for too.
    """
    over = whole_months(session)
    known = {} if session.every else revenue_by_month(session.context, measure)
    wanted = over[-1:] if measure == "recurring" else over
    return tuple(each for each in wanted if each not in known)


def is_known(session: Session) -> bool:
    """Tell whether the plan knows what came in, or the year has no whole month yet."""
    return not any(asked_months(session, measure) for measure in _measures(session))


def _measures(session: Session) -> tuple[str, ...]:
    """Return how revenue is counted; both ways where nobody has said it yet."""
    goal = session.plan.goals.get(session.subject())
    said = session.text_of(MEASURE) or (goal.measure if goal is not None else "")
    return (said,) if said else ("recurring", "revenue")


def tell_asked(session: Session, _place: Place | None) -> Iterator[Words]:
    """Say which amounts are asked for."""
    measures = _measures(session)
    for measure in measures:
        months = asked_months(session, measure)
        if months:
            what = _what(measure, months)
            yield words(f"For {measure}: {what}" if len(measures) > 1 else f"Asked for: {what}")


def tell_missing(session: Session) -> Iterator[Words]:
    """Say which months were left out where others were said: the verdict needs all of them."""
    said = session.answers.get(SO_FAR, ())
    (measure, *_) = _measures(session)
    if not said or measure == "recurring":
        return
    told = {text.partition(" ")[0] for text in said}
    missing = [each for each in asked_months(session, measure) if str(each) not in told]
    if missing:
        left = f"Of what came in, {_say_months(missing)} {verb(len(missing), 'is', 'are')} missing"
        way = "/back leads to it; an amount of 0 says that nothing came in"
        yield words(warn(f"{left}: without {verb(len(missing), 'it', 'them')} there is no verdict. "), f"{way}.")


def _what(measure: str, months: Sequence[Month]) -> str:
    if measure == "recurring":
        return f"the yearly revenue at the end of {month(months[-1])}"
    return f"what {_say_months(months)} brought{', one amount each, in this order' if len(months) > 1 else ''}"


def _say_months(months: Sequence[Month]) -> str:
    is_row = all(after == before.plus(1) for before, after in pairwise(months))
    if is_row and len(months) > _FEW:
        return f"the {plural(len(months), 'month')} from {month(months[0])} to {month(months[-1])}"
    return join_names([month(each) for each in months])


def read(session: Session, said: Sequence[str]) -> Iterator[str]:
    """Yield one text a month, such as `2026-10 97k`, from amounts in a row, or from amounts with their months.

    Raises:
        InputError: it says another number of amounts than of months, a month that is not over, or no amount.
    """
    (measure, *_) = _measures(session)
    for own, amount in _pairs(" ".join(said), asked_months(session, measure), whole_months(session)):
        yield f"{own} {amount_of(session.plan, amount, own)}"


def _pairs(text: str, asked: Sequence[Month], over: Sequence[Month]) -> Iterator[tuple[Month, str]]:
    named = _BY_NAME.findall(text)
    if named:
        if _BY_NAME.sub("", text).strip(" ,;"):
            raise InputError(f'"{text}" has amounts with a month and without', hint="write the month before each")
        yield from ((_find_month(name, over), amount) for name, amount in named)
        return
    amounts = [*split_numbers(text)] if len(asked) != 1 else [with_point(text)]
    if len(amounts) != len(asked):
        hint = f"for {_say_months(asked)}; or write the month before each, such as {asked[-1]} 97k"
        raise InputError(f"{len(asked)} amounts are asked for, not {len(amounts)}", hint=hint)
    yield from zip(asked, amounts, strict=True)


def _find_month(name: str, over: Sequence[Month]) -> Month:
    found = next((each for each in over if str(each) == name), None)
    if found is None:
        raise InputError(f"{name} is no whole month of the year so far", hint=f"there is {_say_months(over)}")
    return found


def record(session: Session, found: FieldValues) -> None:
    """Set the revenue of each month that was said; count the open opportunities on today where the year has begun."""
    year = session.subject()
    for text in session.answers.get(SO_FAR, ()):
        own, _, amount = text.partition(" ")
        found.set(amount, "goals", year, "actual", own)
    planned = ("goals", year, "open_opportunities")
    if planned in found.values and has_begun(session):
        goal, count = session.plan.goals.get(year), found.values.pop(planned)
        day = session.context.today.isoformat()
        if goal is None or goal.pipeline is None or isinstance(goal.pipeline, dict):
            found.set(count, "goals", year, "pipeline", day, "count")
        else:
            found.set({day: {"count": count}}, "goals", year, "pipeline")


def has_begun(session: Session) -> bool:
    """Tell whether today lies in the subject's year, later than its first day."""
    months = fiscal_months(session.plan.settings, int(session.subject()))
    return months[0].first < session.context.today <= months[-1].last


def knows_open(session: Session) -> bool | None:
    """Tell whether the plan has a count of open opportunities; None where its field tells."""
    goal = session.plan.goals.get(session.subject())
    return True if goal is not None and goal.pipeline is not None and not session.every else None


def is_recorded(session: Session, said: Said) -> bool:
    """Tell whether the plan has the amounts of an answer already, as those of the last months that it can mean."""
    goal = session.plan.goals.get(session.subject())
    if goal is None:
        return False
    text, over = " ".join(said), whole_months(session)
    try:
        count = 1 if goal.measure == "recurring" else len([*split_numbers(text)])
        pairs = [*_pairs(text, over[-count:], over)]
        return all(goal.actual.get(own) == read_amount(session.plan, amount, own) for own, amount in pairs)
    except InputError:
        return False
