"""Tactics that one side alone has: taken out here since they came in, or not in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.exchange.fingerprints import find_gone
from revplan.app.exchange.memory import Unknown
from revplan.wording import plural, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.app.exchange.rows import Row
    from revplan.app.exchange.source import Source
    from revplan.model.change import Data
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic

_SHOWN = 6
"""Names that are told where there may be many."""


def find_taken_out(
    rows: Sequence[Row], known: Mapping[str, Tactic | None], titles: Mapping[str, Data | Unknown]
) -> frozenset[str]:
    """Return the keys of rows that were tactics here, which somebody took out since.

    Args:
        rows: the rows.
        known: the tactic of each row, by its key.
        titles: what the source called each row last, by its key.
    """
    here = frozenset(key for key, tactic in known.items() if tactic is not None)
    cells = {row.key: str(sorted(row.exported.items())) if row.exported is not None else "" for row in rows}
    said = {row.key for row in rows if row.exported is None and not isinstance(titles[row.key], Unknown)}
    return find_gone(cells, here) | (said - here)


def not_in_table(plan: Plan, source: Source, rows: Sequence[Row]) -> Iterator[str]:
    """Yield what is here and not in a table: our own, or what is open and came from its source. It stays."""
    given = {f"{source.name}:{row.key}" for top in rows for row in (top, *top.parts)}
    tactics = plan.tactics.values()
    if source.is_own:
        rest = [tactic.id for tactic in tactics if f"{source.name}:{tactic.id}" not in given]
    else:
        came = [tactic for tactic in tactics if (tactic.source or "").startswith(f"{source.name}:")]
        rest = [each.id for each in came if each.source not in given and each.status not in ("done", "dropped")]
    if rest:
        more = f" and {len(rest) - _SHOWN} more" if len(rest) > _SHOWN else ""
        of = "of the plan" if source.is_own else f"of {source.title}"
        stay = verb(len(rest), "stays", "stay")
        yield f"{plural(len(rest), 'tactic')} {of} not in the table, which {stay}: {', '.join(rest[:_SHOWN])}{more}"
