"""The digest of everything a plan is computed from: the same digest, the same plan."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from revplan.planning.problem import ENGINE

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem


def digest(problem: SprintProblem) -> str:
    """Return `sha256:` and the digest of the problem and the engine's version.

    What the sprint has written of itself is left out, or writing a plan would change what it was computed from.
    The problem is in canonical order, so neither the order of files nor of keys matters.
    """
    content = asdict(problem)
    for candidate in content["candidates"]:
        for job in candidate["jobs"]:
            del job["written"]
    text = json.dumps({"engine": ENGINE, "problem": content}, sort_keys=True, separators=(",", ":"), default=_plain)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a sprint problem")
