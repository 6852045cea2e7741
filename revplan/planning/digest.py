"""The digest of everything a plan is computed from: the same digest, the same plan."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from revplan.planning.problem import ENGINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.analysis.recurring import StandingLoad
    from revplan.planning.explain.claims import Reason
    from revplan.planning.problem import SprintProblem


_USUAL = {"release": 0, "deadline": None, "waits": (), "of": None}


def digest(
    problem: SprintProblem,
    parked: Mapping[str, Reason],
    standing: Mapping[str, StandingLoad],
    unforeseen: tuple[Sequence[str], Mapping[str, int]] | None = None,
) -> str:
    """Return `sha256:` and the digest of everything a sprint plan says that does not follow from the solving alone.

    What the sprint has written of itself is left out, or writing a plan would change what it was computed from.
    The problem is in canonical order, so neither the order of files nor of keys matters.

    Args:
        problem: what the solver is asked, and with the engine's version what it answers.
        parked: what is parked before solving, and why.
        standing: what recurring tactics take of each member's hours.
        unforeseen: the tactics that may take the reserve, and the reserve in minutes by member; None where none may.
    """
    content = asdict(problem)
    if not problem.workdays:
        del content["workdays"]
    for candidate in content["candidates"]:
        if not candidate["later"]:  # so that plans without instalments keep their digests
            del candidate["later"]
        for job in candidate["jobs"]:
            del job["written"], job["span"]
            for name, usual in _USUAL.items():  # what most jobs lack leaves their digest as it was
                if job[name] == usual:
                    del job[name]
    whole: dict[str, object] = {
        "engine": ENGINE,
        "problem": content,
        "parked": {tactic: asdict(reason) for tactic, reason in parked.items()},
        "standing": {member: load.tactics for member, load in standing.items()},
    }
    if unforeseen is not None:  # so that plans without such tactics keep their digests
        whole["unforeseen"] = unforeseen
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), default=_plain)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a sprint problem")
