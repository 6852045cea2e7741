"""QuickBooks Online: the profit and loss detail and the general ledger, with accounts as headings over their rows."""

from __future__ import annotations

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
    only=frozenset(("account", "account_name", "cost_center", "state", "amount", "debit", "credit")),
    prepare=by_account,
    is_whole=True,
)
QUICKBOOKS_LIST = Export(
    "quickbooks-list",
    "QuickBooks' transaction list",
    (signs("Date", "Transaction Type", "Num", "Posting", "Split", "Amount"),),
    way_out="its amounts are spent or paid in by the kind of transaction; export the profit and loss detail instead",
)
