"""The answers of a few instances, digested, beside the engine's version: the one changes only with the other."""

from __future__ import annotations

import json
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

from revplan.planning.problem import ENGINE
from revplan.planning.solve import best

from .instances import list_instances

ANSWERS = Path(__file__).with_name("answers.json")

ASKED = (
    "harbourline",
    "agency",
    "published-1",
    "published-3",
    "published-4",
    "20x4-o1-s4",
    "20x4-o2-s4",
    "20x4-o4-s4",
    "60x8-o1-s8-chain3",
    "60x8-o1-s8-tight-chain3-excl10-tiers-dates",
    "typical-35x8-0",
)
"""Soon planned, with a proven best plan, and of different shapes."""


def find_answers() -> dict[str, str]:
    """Return the digest of the engine's answer to each instance that is asked."""
    instances = list_instances()
    return {name: _digest(best(instances[name]()).assignments) for name in ASKED}


def _digest(assignments: tuple[object, ...]) -> str:
    content = json.dumps([astuple(one) for one in assignments])  # type: ignore[call-overload]
    return sha256(content.encode()).hexdigest()[:16]


def read_answers() -> tuple[str, dict[str, str]]:
    """Return the version of the engine that the answers were written with, and their digests."""
    stored = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return stored["engine"], stored["answers"]


def write_answers() -> str:
    """Write the answers beside the engine's version, and say so; refuse where they changed and the version did not."""
    answers = find_answers()
    if ANSWERS.exists():
        engine, stored = read_answers()
        if engine == ENGINE and stored != answers:
            changed = ", ".join(name for name, digest in answers.items() if stored.get(name) != digest)
            raise SystemExit(f"answers changed ({changed}): give ENGINE in planning/problem.py another version first")
    ANSWERS.write_text(json.dumps({"engine": ENGINE, "answers": answers}, indent=1) + "\n", encoding="utf-8")
    return f"wrote the answers of engine {ENGINE}"
