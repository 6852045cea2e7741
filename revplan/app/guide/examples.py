"""The objectives that `init` wrote as examples, and the example tactics that go with one that is not the company's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.guide.session import starters
from revplan.model.references import references
from revplan.model.strategy import SETUP_OBJECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.app.guide.outcome import FieldValues
    from revplan.app.guide.session import Session

_OBJECTIVES = ("strategy", "objectives")


def example_objectives(session: Session) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of the objectives that `init` wrote, and that nothing but its own tactics hangs on."""
    found = (name for name in starters(session, _OBJECTIVES) if name != SETUP_OBJECTIVE)
    own = session.plan.strategy.objectives
    return tuple((name, own[name].title) for name in found if name in own and _is_free(session, name))


def _is_free(session: Session, objective: str) -> bool:
    """Tell whether an objective and the tactics that serve it can go: all are examples, and no sprint has them."""
    users = set(_users(session, "objective", objective))
    served = {("tactic", name) for name in _tactics(session, objective)}
    mates = served | {("objective", objective)}
    return bool(served) and users <= mates and all(set(_users(session, "tactic", name)) <= mates for _, name in served)


def _tactics(session: Session, objective: str) -> tuple[str, ...]:
    """Return the tactics that `init` wrote, that serve an objective, and that nobody has decided on yet."""
    first = starters(session, ("tactics",))
    known = session.plan.tactics
    return tuple(name for name in first if name in known and known[name].objective == objective)


def _users(session: Session, kind: str, name: str) -> Iterator[tuple[str, str]]:
    for ref, part in session.plan.parts():
        named = [(found.kind, found.id) for found in references(part)]
        if (kind, name) in named or any(of == "task" and own.startswith(f"{name}/") for of, own in named):
            yield ref.kind, ref.id


def keep_or_remove(session: Session, found: FieldValues) -> None:
    """Note that an example is the company's own objective, or take it out with the tactics that serve it."""
    for name, _ in example_objectives(session):
        match session.text_of(f"examples/{name}/keep"):
            case "yes":
                found.add_note(f"Ours since {session.context.today.isoformat()}.", *_OBJECTIVES, name, "notes")
            case "no":
                found.removed += [*(("tactics", each) for each in _tactics(session, name)), (*_OBJECTIVES, name)]
