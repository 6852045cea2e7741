"""What things are called, by kind and id, in a workshop: those of the plan, and those that the answers make."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.analysis.periods import fiscal_year
from revplan.app.editing.entries import propose_id
from revplan.model.goals import Goal
from revplan.model.plan import KIND_BY_NAME
from revplan.store.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.app.guide.session import Session
    from revplan.model.context import Context
    from revplan.model.plan import Plan

_A_QUARTER = timedelta(days=92)
"""With less of a year left, the next one is planned."""


def names_of(session: Session, kind: str) -> dict[str, str]:
    """Return what the things of a kind are called, by id: those of the plan, and those that the answers make."""
    plan, base = session.plan, kind.removesuffix("+")
    if base == "playbook":
        return {name: playbook.title for name, playbook in {**catalogue(), **plan.playbooks}.items()}
    found = {name: _title(plan, base, name) for name in plan.ids(base)}
    if base == "tool":
        found |= dict(new_tools(session))
    found |= {slug(label): label for label in new_entries(session, KIND_BY_NAME[base].path)}
    return dict(sorted(found.items()))


def _title(plan: Plan, kind: str, name: str) -> str:
    body = plan.entries(kind).get(name)
    words = (getattr(body, field, None) for field in ("name", "title", "claim"))
    return next((str(each) for each in words if each), name.replace("-", " "))


def _entry_names(session: Session, step: str) -> Iterator[str]:
    for key, said in session.answers.items():
        if key.startswith(f"{step}/") and key.endswith("/name") and said:
            yield said[0]


def new_entries(session: Session, path: tuple[str, ...]) -> Iterator[str]:
    """Yield what the answers call the new entries that they make at a path."""
    for step in session.workshop.steps:
        if step.entries is not None and tuple(step.entries.split(".")) == path:
            for key, said in session.answers.items():
                if key.startswith(f"{step.id}/") and key.endswith(f"/{step.named_by}") and said:
                    yield said[0]


def new_tools(session: Session) -> Iterator[tuple[str, str]]:
    """Yield (id, name) of the tools that the answers bring, in order; one that fills several categories comes once."""
    taken = set(session.plan.ids("tool"))
    known = {tool.name.casefold() for tool in session.plan.stack.tools.values()}
    for label in _entry_names(session, "tools"):
        if label.casefold() not in known:
            known.add(label.casefold())
            stem = slug(label) or "tool"
            name = next(each for each in (stem, *(f"{stem}-{number}" for number in range(2, 99))) if each not in taken)
            taken.add(name)
            yield name, label


def tool_named(session: Session, label: str) -> str | None:
    """Return the id of the tool that is called so: one of the plan, or one that the answers bring."""
    own = ((name, tool.name) for name, tool in session.plan.stack.tools.items())
    return next((name for name, known in (*own, *new_tools(session)) if known.casefold() == label.casefold()), None)


def slug(text: str) -> str:
    """Return an id made of a text's words."""
    return propose_id(text, "tool", ())


def find_id(session: Session, kind: str, text: str) -> str | None:
    """Return the id of the thing that a text names, by id, by its whole name, or by a first name that only one has."""
    known, wanted = names_of(session, kind), text.strip().casefold()
    if wanted in known:
        return wanted
    whole = [name for name, label in known.items() if label.casefold() == wanted]
    if len(whole) == 1:
        return whole[0]
    first = [name for name, label in known.items() if label and label.casefold().split(" ")[0].rstrip(",") == wanted]
    return first[0] if len(first) == 1 and kind in ("member", "persona") else None


def find_by_first_words(session: Session, kind: str, text: str) -> str | None:
    """Return the id of the only thing of a kind whose name or id begins with some words; None if it is not alone."""
    wanted = text.strip().casefold()
    known = names_of(session, kind).items()
    found = [name for name, label in known if _begins(label.casefold(), wanted) or _begins(name, wanted)]
    return found[0] if wanted and len(found) == 1 else None


def _begins(words: str, wanted: str) -> bool:
    """Tell whether the first whole words of a name or an id are those that are wanted."""
    return words.startswith(wanted) and not words[len(wanted) : len(wanted) + 1].isalnum()


def own_functions(session: Session) -> tuple[str, ...]:
    """Return the functions that the company has written down, and those that the answers bring."""
    new = (slug(label) for label in new_entries(session, ("company", "functions")))
    return tuple(dict.fromkeys((*session.plan.company.functions, *new)))


def year_to_plan(context: Context) -> str:
    """Return the fiscal year that a goal is to be set for: this one, or the next where less than a quarter is left."""
    return str(fiscal_year(context.plan.settings, context.today + _A_QUARTER))


def is_year(text: str) -> bool:
    """Tell whether a text is a fiscal year that a goal can have."""
    return re.fullmatch(Goal.id_pattern, text, re.ASCII) is not None


def some(names: Iterable[str], most: int = 8) -> str:
    """Return names in a row, as many as can be read at a glance."""
    found = list(names)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more
