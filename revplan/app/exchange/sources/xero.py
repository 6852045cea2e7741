"""Xero: the report of account transactions, with accounts as headings in the column of the dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.exchange.dates import parse_date
from revplan.app.exchange.files import normalise_header
from revplan.app.exchange.grouped import ACCOUNT, ACCOUNT_NAME, ungroup
from revplan.app.exchange.notation import cell_text
from revplan.app.exchange.source import Export, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.notation import Cell


def by_account(table: TableFile) -> TableFile:
    """Return the rows with their accounts where these are headings; as it is where they have a column."""
    if {normalise_header(name) for name in table.header} & {"account", "accountcode"}:
        return table
    return ungroup(table, _is_booking, {"debit": 1, "credit": -1})


def _is_booking(cells: Sequence[Cell]) -> bool:
    for order in ("dmy", "mdy"):
        try:
            parse_date(cells[0], order)
        except ValueError:
            continue
        return bool(cell_text(cells[1]).strip())
    return False


XERO_SPEND = Export(
    "xero",
    "Xero (account transactions)",
    (signs("Date", "Source", "Description", "Debit", "Credit", "Running Balance"),),
    {
        "date": ("Date",),
        "account": (ACCOUNT, "Account Code", "Account"),
        "account_name": (ACCOUNT_NAME, "Account"),
        "vendor": ("Contact",),
        "debit": ("Debit",),
        "credit": ("Credit",),
    },
    only=frozenset(("date", "account", "account_name", "cost_center", "vendor", "state", "amount", "debit", "credit")),
    prepare=by_account,
    is_whole=True,
)
