"""QuickBooks: the profit and loss detail and the general ledger, with accounts as headings over their rows.

QuickBooks Online writes headings into the first column, and QuickBooks Desktop into as many as its accounts are deep.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.app.exchange.files import normalise_header
from revplan.app.exchange.grouped import ACCOUNT, ACCOUNT_NAME, ungroup
from revplan.app.exchange.notation import cell_text
from revplan.app.exchange.source import Export, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.notation import Cell

_DATES = ("date", "transactiondate")


def by_account(table: TableFile) -> TableFile:
    """Return the rows with their accounts; a booking has a date, and nothing in the column of the headings."""
    at = next(at for at, name in enumerate(map(normalise_header, table.header)) if name in _DATES)

    def is_booking(cells: Sequence[Cell]) -> bool:
        return not cell_text(cells[0]).strip() and bool(cell_text(cells[at]).strip())

    return ungroup(table, is_booking, {"amount": 1})


def by_deep_account(table: TableFile) -> TableFile:
    """Return the rows of QuickBooks Desktop with their accounts, whose headings stand in the columns without a name."""
    named = [at for at, name in enumerate(table.header) if name]

    def in_first(cells: Sequence[Cell]) -> Sequence[Cell]:
        heading = next((cell for cell in cells[: named[0]] if cell_text(cell).strip()), "")
        return (heading, *(cells[at] if at < len(cells) else "" for at in named))

    body = tuple((number, in_first(cells)) for number, cells in table.body)
    return ungroup(replace(table, header=("", *filter(None, table.header)), body=body), _is_booking, _SIDES)


def _is_booking(cells: Sequence[Cell]) -> bool:
    """Tell whether a row of QuickBooks Desktop is a booking: nothing stands in the column of the headings."""
    return not cell_text(cells[0]).strip() and any(cell_text(cell).strip() for cell in cells[1:])


_ONLY = frozenset(("account", "account_name", "cost_center", "state", "amount", "debit", "credit"))
_SIDES = {"amount": 1, "debit": 1, "credit": -1}
QUICKBOOKS_DESKTOP = Export(
    "quickbooks-desktop",
    "QuickBooks Desktop (accounts as headings)",
    (
        signs("Type", "Date", "Num", "Name", "Split", "Amount", "Balance"),
        signs("Type", "Date", "Num", "Name", "Split", "Debit", "Credit", "Balance"),
    ),
    {
        "date": ("Date",),
        "amount": ("Amount",),
        "debit": ("Debit",),
        "credit": ("Credit",),
        "account": (ACCOUNT,),
        "account_name": (ACCOUNT_NAME,),
        "vendor": ("Name",),
    },
    only=_ONLY,
    prepare=by_deep_account,
    is_whole=True,
)
QUICKBOOKS_IIF = Export(
    "quickbooks-iif",
    "a file for QuickBooks Desktop to read (IIF)",
    (signs("!TRNS", "DATE", "ACCNT", "AMOUNT"),),
    way_out="its rows are parts of transactions; export the report Profit & Loss Detail as a CSV file instead",
)
QUICKBOOKS_SPEND = Export(
    "quickbooks",
    "QuickBooks (accounts as headings)",
    (
        signs("Date", "Transaction Type", "Num", "Name", "Split", "Amount", "Balance"),
        signs("Transaction date", "Transaction type", "Num", "Name", "Amount", "Balance"),
    ),
    {
        "date": ("Date", "Transaction date"),
        "amount": ("Amount",),
        "account": (ACCOUNT,),
        "account_name": (ACCOUNT_NAME,),
        "vendor": ("Name",),
    },
    only=_ONLY,
    prepare=by_account,
    is_whole=True,
)
QUICKBOOKS_LIST = Export(
    "quickbooks-list",
    "QuickBooks' transaction list",
    (signs("Date", "Transaction Type", "Num", "Posting", "Split", "Amount"),),
    way_out="its amounts are spent or paid in by the kind of transaction; export the profit and loss detail instead",
)
