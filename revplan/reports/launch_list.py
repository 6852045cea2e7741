"""A campaign's launch list: what is done, and what still blocks the launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.launch import item_days
from revplan.model.campaigns import LAUNCH_CHECKLIST
from revplan.reports.document import Column, Document, Section, Table, bad, dim, good, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from revplan.model.campaigns import Campaign
    from revplan.model.context import Context
    from revplan.reports.document import Run, Words

SCHEMA = "revplan/launch-list/1"


def items_of(campaign: Campaign) -> Mapping[str, str]:
    """Return every item of a campaign's launch list with its state, the built-in ones first."""
    own = {item: state for item, state in sorted(campaign.checklist.items()) if item not in dict(LAUNCH_CHECKLIST)}
    return {**{item: campaign.checklist.get(item, "open") for item, _ in LAUNCH_CHECKLIST}, **own}


def layout(context: Context, campaign: Campaign) -> Document:
    """Lay the list out as a table; open items with the last day for each, counted back from the launch."""
    items, days = items_of(campaign), item_days(context, campaign)
    meaning = dict(LAUNCH_CHECKLIST)
    rows = [
        (words(_mark(state)), words(item), words(meaning.get(item, "")), _last_day(context, days.get(item)))
        for item, state in items.items()
    ]
    columns = (Column("state"), Column("item"), Column("what it means", share=1), Column("by"))
    blocking = len(campaign.open_items())
    head = f"{wording.plural(blocking, 'open item')} before the launch on {campaign.start}"
    head = head if blocking else "nothing on the list blocks the launch"
    data = {"schema": SCHEMA, "campaign": campaign.id, "items": dict(items), "open": list(campaign.open_items())}
    data |= {"by": {item: by.isoformat() for item, by in days.items()}}
    return Document(campaign.title, (), (Section(words(head), (Table(columns, tuple(rows)),)),), data=data)


def _last_day(context: Context, day: date | None) -> Words:
    if day is None:
        return words("")
    text = wording.short_date(day)
    return words(bad(f"{text}, late") if day < context.today else text)


def _mark(state: str) -> Run:
    return {"done": good(state), "open": bad(state)}.get(state, dim(state))
