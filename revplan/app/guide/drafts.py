"""Keeps the answers of a workshop beside the plan until they are written: what was said survives a broken-off session.

A draft is one file a workshop, `.revplan/drafts/NAME.json`, replaced whole after each answer. The folder ignores itself
in git: answers that nobody has agreed on yet are one person's, and what is agreed stands in the plan.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from revplan.app.guide import answers
from revplan.app.guide.session import next_place
from revplan.errors import InputError
from revplan.store.disk.output import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from revplan.app.guide.session import Said, Session

FOLDER = ".revplan/drafts"
"""The folder of all drafts, in the plan's folder."""
_IGNORED = b"# Answers of workshops that are not finished; nobody else's business yet.\n*\n"


def draft_file(session: Session) -> Path:
    """Return the file of a workshop's draft."""
    return session.loaded.root / FOLDER / f"{session.workshop.name}.json"


def _own_file(session: Session) -> Path:
    """Return the file of a workshop's draft; refuse a link in its place, which may have come with a clone.

    Raises:
        InputError: the draft or a folder of it is a link.
    """
    path = draft_file(session)
    link = next((each for each in (path, *path.parents[:2]) if each.is_symlink()), None)
    if link is not None:
        raise InputError(
            f"{link} is a link, and is not followed", hint="remove it; drafts lie in the plan's own folder"
        )
    return path


def keep(session: Session, taken_back: Mapping[str, Said]) -> None:
    """Write the answers so far, and those that were taken back: nothing that was typed is lost.

    Raises:
        OutputError: the file cannot be written.
        InputError: there is a link in its place.
    """
    path = _own_file(session)
    path.parent.mkdir(parents=True, exist_ok=True)
    ignore = path.parent / ".gitignore"
    if not ignore.exists():
        write_file(ignore, _IGNORED)
    given = {**taken_back, **session.answers}
    content = {"workshop": session.workshop.name, "answers": {key: [*said] for key, said in given.items()}}
    write_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def kept(session: Session) -> dict[str, Said]:
    """Return the answers of the draft, in the order in which they were given; none where there is no draft.

    Raises:
        InputError: the draft cannot be read.
    """
    path = _own_file(session)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): tuple(map(str, said)) for key, said in content["answers"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        hint = "`--fresh` begins anew, and puts it away"
        raise InputError(f"the draft {path} cannot be read", hint=hint) from None


def discard(session: Session) -> None:
    """Remove the draft, if there is one.

    Raises:
        InputError: there is a link in its place.
    """
    _own_file(session).unlink(missing_ok=True)


def take_up(session: Session, saved: Mapping[str, Said]) -> tuple[Session, dict[str, Said]]:
    """Return the session with the draft's answers, as far as they go without a gap, and those behind the gap.

    An answer that the plan of today refuses is left out: it is asked anew.
    """
    left = dict(saved)
    while (place := next_place(session)) is not None and place.key in left:
        said = left.pop(place.key)
        try:
            session = session.answer(place.key, answers.read(session, place, said) if said else ())
        except InputError:
            break
    return session, left
