"""Marks by which a tool knows a finding again from one run to the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.formats.findings import Findings


def fingerprints(found: Findings) -> tuple[str, ...]:
    """Return a mark for each finding that stays the same when lines above it come or go.

    It is made of the rule, the file and the line's text; equal ones are told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    marks = []
    for each in found.diagnostics:
        key = (each.code, found.path(each.location), each.excerpt.strip())
        seen[key] += 1
        marks.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "backslashreplace")).hexdigest())
    return tuple(marks)
