"""The digest of everything a plan is computed from: the same digest, the same plan."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING

from revplan.planning.problem import ENGINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from _typeshed import DataclassInstance

    from revplan.analysis.recurring import StandingLoad
    from revplan.planning.explain.claims import Reason
    from revplan.planning.problem import Candidate, Job, Share, SprintProblem


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
    content = _fields(problem)
    del content["end"]  # it follows from the sprint and its days
    if not problem.workdays:
        del content["workdays"]
    content["candidates"] = list(map(_candidate, problem.candidates))
    content["shares"] = list(map(_share, problem.shares))
    whole: dict[str, object] = {
        "engine": ENGINE,
        "problem": content,
        "parked": dict(parked),
        "standing": {member: load.tactics for member, load in standing.items()},
    }
    if unforeseen is not None:  # so that plans without such tactics keep their digests
        whole["unforeseen"] = unforeseen
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), default=_plain)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _candidate(candidate: Candidate) -> dict[str, object]:
    content = _fields(candidate)
    if not candidate.later:  # so that plans without instalments keep their digests
        del content["later"]
    content["jobs"] = list(map(_job, candidate.jobs))
    return content


def _share(share: Share) -> dict[str, object]:
    content = _fields(share)
    if not share.worked[1]:  # so that plans without work that is logged keep their digests
        del content["worked"]
    return content


def _job(job: Job) -> dict[str, object]:
    content = _fields(job)
    del content["written"], content["span"]
    for name, usual in _USUAL.items():  # what most jobs lack leaves their digest as it was
        if content[name] == usual:
            del content[name]
    return content


def _fields(one: DataclassInstance) -> dict[str, object]:
    """Return the fields of a dataclass by name; what stands in them is not copied."""
    names = _names(type(one))
    values = attrgetter(*names)(one)
    return dict(zip(names, values, strict=True)) if len(names) > 1 else {names[0]: values}


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(own.name for own in fields(kind))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no place in a sprint problem")
