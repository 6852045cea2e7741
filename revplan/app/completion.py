"""What may complete a word of the command line: kinds, ids, and the names of reports, workshops and examples.

Every import here delays every press of Tab, so what only one parameter needs is imported where it is asked for.
"""

from __future__ import annotations

from revplan.nouns import PATHS
from revplan.store.ids import ids, plan_above

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = ("agency", "harbourline", "minimal")
"""The examples that `revplan init` copies."""


def kinds() -> tuple[str, ...]:
    """Return the kinds whose entries have ids."""
    return tuple(PATHS)


def ids_of(kind: str, named: str | None, here: str) -> tuple[str, ...]:
    """Return the ids of a kind, sorted; none if there is no plan or no such kind.

    Args:
        kind: the kind.
        named: the plan's folder, if the command line or the environment names one.
        here: the current folder, in or below the plan's folder otherwise.
    """
    root = named or plan_above(here)
    return ids(root, PATHS[kind]) if root and kind in PATHS else ()


def report_names() -> Iterable[str]:
    """Return the names of all reports, in reading order."""
    from revplan.reports.catalog import NAMES  # noqa: PLC0415 - only for `revplan report`

    return NAMES


def workshop_names() -> Iterable[str]:
    """Return the names of all workshops."""
    from revplan.model.workshops import workshop_names  # noqa: PLC0415 - only for `revplan workshop`

    return workshop_names()
