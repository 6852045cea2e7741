"""Trello: the CSV export of a board, and its JSON export, which is brought into the columns of the CSV."""

from __future__ import annotations

import json
from typing import Any

from revplan.app.exchange.files import TableFile, TableRow
from revplan.app.exchange.source import Source, signs
from revplan.errors import InputError
from revplan.wording import plural

TRELLO = Source(
    "trello",
    "Trello",
    (signs("Card ID", "Card Name"),),
    {
        "key": ("Card ID",),
        "title": ("Card Name",),
        "notes": ("Card Description",),
        "state": ("List Name",),
        "archived": ("Archived",),
        "resolution": ("Due Complete",),
        "not_before": ("Start Date",),
        "deadline": ("Due Date",),
        "owner": ("Members",),
        "tags": ("Labels",),
    },
)


_COLUMNS = (
    "Card ID",
    "Card Name",
    "Card Description",
    "List Name",
    "Archived",
    "Due Complete",
    "Start Date",
    "Due Date",
)
"""The columns of the CSV export that a card says something of, but for its members and labels."""


def board_table(text: str, name: str) -> TableFile:
    """Return the cards of a board's JSON export as rows with the columns of its CSV export.

    Raises:
        InputError: it is no JSON, or not that of a board.
    """
    hint = "of JSON, a board of Trello is read; else export a table (.csv or .xlsx)"
    try:
        board = json.loads(text)
        lists = {each["id"]: each for each in board["lists"]}
        members = {each["id"]: each for each in board["members"]}
        cards = [_card_cells(card, lists, members) for card in board["cards"]]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise InputError(f"{name} is no board of Trello", hint=hint) from None
    rows = tuple(TableRow(number, cells) for number, cells in enumerate(cards, start=1))
    checklists = sum(bool(card.get("idChecklists")) for card in board["cards"])
    notes = [f"rows are the cards as the file has them, {plural(len(rows), 'card')}"]
    notes += [f"{plural(checklists, 'card')} with a checklist, whose items are not read"] if checklists else []
    return TableFile(name, (*_COLUMNS, "Members", "Labels"), rows, (), tuple(notes))


def _card_cells(card: dict[str, Any], lists: dict[str, Any], members: dict[str, Any]) -> tuple[str, ...]:
    """Return what a card says, in the order of the columns; a card of a closed list is archived with it."""
    its_list = lists[card["idList"]]
    people = [members[each].get("fullName") or members[each]["username"] for each in card.get("idMembers") or ()]
    labels = [each["name"] or each.get("color") or "" for each in card.get("labels") or ()]
    flags = [str(bool(flag)).lower() for flag in (card["closed"] or its_list.get("closed"), card.get("dueComplete"))]
    days = [str(card.get(name) or "") for name in ("start", "due")]
    words = [str(each) for each in (card["id"], card["name"], card.get("desc") or "", its_list["name"])]
    return (*words, *flags, *days, "; ".join(people), "; ".join(filter(None, labels)))
