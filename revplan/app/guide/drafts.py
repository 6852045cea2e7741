"""Keeps the answers of a workshop beside the plan until they are written: what was said survives a broken-off session.

A draft is one file a workshop, `.revplan/drafts/NAME.json`, replaced whole after each answer. The folder ignores itself
in git: answers that nobody has agreed on yet are one person's, and what is agreed stands in the plan.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.app.guide import answers
from revplan.app.guide.questions import next_place
from revplan.errors import InputError
from revplan.store.disk.output import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers that are kept beside the plan.

    Attributes:
        answers: those that were given, in order.
        unfinished: lines of an answer that was broken off, and answers that were taken back: they are asked again, and
            Enter alone keeps them.
    """

    answers: dict[str, Said]
    unfinished: dict[str, Said]

    def __bool__(self) -> bool:
        """Tell whether anything was said."""
        return bool(self.answers or self.unfinished)


def keep(session: Session, draft: Draft) -> None:
    """Write a draft in place of the one before.

    Raises:
        OutputError: the file cannot be written.
        InputError: there is a link in its place.
    """
    path = _own_file(session)
    path.parent.mkdir(parents=True, exist_ok=True)
    ignore = path.parent / ".gitignore"
    if not ignore.exists():
        write_file(ignore, _IGNORED)
    content = {"workshop": session.workshop.name, "answers": draft.answers, "unfinished": draft.unfinished}
    write_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def read_draft(session: Session) -> Draft:
    """Return the draft of a workshop; an empty one where there is none.

    Raises:
        InputError: the draft cannot be read, or there is a link in its place.
    """
    path = _own_file(session)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Draft(_read_answers(content["answers"]), _read_answers(content["unfinished"]))
    except FileNotFoundError:
        return Draft({}, {})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        hint = "`--fresh` begins anew, and puts it away"
        raise InputError(f"the draft {path} cannot be read", hint=hint) from None


def _read_answers(content: Mapping[str, Sequence[object]]) -> dict[str, Said]:
    return {str(key): tuple(map(str, said)) for key, said in content.items()}


def discard(session: Session) -> None:
    """Remove the draft, if there is one.

    Raises:
        InputError: there is a link in its place.
    """
    _own_file(session).unlink(missing_ok=True)


def keep_sheet(session: Session) -> None:
    """Keep the answers of a sheet with gaps, in place of those of the same sheet before.

    Raises:
        InputError: a broken-off workshop has said something else, which would be lost.
        OutputError: the file cannot be written.
    """
    if not _is_within(read_draft(session), session):
        name = session.workshop.name
        raise InputError(
            f"a broken-off workshop {name} has said something else; the sheet is not kept",
            hint=f"`revplan workshop {name}` goes on with it; --fresh puts it away for the sheet",
        )
    keep(session, Draft(dict(session.answers), {}))


def discard_if_within(session: Session) -> None:
    """Remove the draft if all that it says is among the answers of a session that was written."""
    if _is_within(read_draft(session), session):
        discard(session)


def _is_within(draft: Draft, session: Session) -> bool:
    """Tell whether a draft says nothing else than a session does."""
    said = {**draft.answers, **draft.unfinished}
    return all(session.answers.get(key, ()) == texts for key, texts in said.items() if texts)


def take_up(session: Session, saved: Mapping[str, Said]) -> tuple[Session, dict[str, Said]]:
    """Return the session with the draft's answers, as far as they go without a gap, and those behind the gap.

    An answer that the plan of today refuses is left out: it is asked anew.
    """
    left = dict(saved)
    session = replace(session, wanted=frozenset(key.split("/")[0] for key, said in saved.items() if said))
    while (place := next_place(session)) is not None and place.key in left:
        said = left.pop(place.key)
        try:
            session = session.answer(place.key, answers.read(session, place, said) if said else ())
        except InputError:
            break
    return session, left
