"""What an export said, kept in its last column: so that what moved in the spreadsheet is told from what moved here.

Each field of a row has a fingerprint of the value that the plan had then: `title=1f0c33ab owner=90d2e415`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from revplan.app.exchange.memory import UNKNOWN, Unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from revplan.model.change import Data

COLUMN = "as_exported"
"""The column's header."""
_DIGITS = 8


def fingerprint(value: Data) -> str:
    """Return what tells a value from others: digits in base 16."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def say_fingerprints(values: Mapping[str, Data]) -> str:
    """Return the cell that keeps what an export says of a row's fields; what is empty need not stand there."""
    return " ".join(f"{name}={fingerprint(value)}" for name, value in values.items() if value not in (None, [], {}))


def parse_fingerprints(cell: str) -> dict[str, str] | None:
    """Return the fingerprints by field; None where the cell holds none, so that nobody knows what was exported."""
    pairs = [part.partition("=") for part in cell.split()]
    return {name: digits for name, _, digits in pairs} if pairs else None


def find_gone(cells: Mapping[str, str], known: Collection[str]) -> frozenset[str]:
    """Return the ids of rows that were exported from here and are here no longer; a copied row is new.

    Where none of the rows is here, the table goes into another plan, and all are new.

    Args:
        cells: the fingerprints of each row by its id, as their cell says them; empty where nothing does.
        known: the ids that are here.
    """
    if not any(cell and own_id in known for own_id, cell in cells.items()):
        return frozenset()
    copies = Counter(cells.values())
    return frozenset(own_id for own_id, cell in cells.items() if cell and copies[cell] == 1 and own_id not in known)


class OtherValue:
    """Stands for a value that was exported, and is neither that of the plan nor that of the table now."""


def exported_value(known: Mapping[str, str] | None, name: str, ours: Data, theirs: Data) -> Data | Unknown | OtherValue:
    """Return what an export said of a field, as far as its fingerprint tells; UNKNOWN where there is none.

    Args:
        known: the row's fingerprints.
        name: the field.
        ours: what the plan says now.
        theirs: what the table says now.
    """
    if known is None:
        return UNKNOWN
    said = known.get(name, fingerprint(None))
    for value in (ours, theirs):
        if said == fingerprint(value if value not in ([], {}) else None):
            return value
    return OtherValue()
