"""The check of rules whose faults are told elsewhere: by the store while it reads, or by one pass over references."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.diagnostics import Finding
    from revplan.model.context import Context


def check(_context: Context) -> Iterator[Finding]:
    """Yield nothing."""
    yield from ()
