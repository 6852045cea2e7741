"""Turns the answers of a workshop into changes of the plan, the same wherever the answers come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from revplan.app.editing.entries import Setting, body_of, declared_ids, propose_id
from revplan.app.guide import answers, outcomes
from revplan.app.guide.session import FOR, SINGLE, is_starter, kind_of, path_of, starters, value_at
from revplan.app.guide.steps import answered_places
from revplan.errors import RevplanError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.context import Context
from revplan.model.references import references
from revplan.store.edit.plan import edit
from revplan.store.load import read_over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.app.guide.session import Place, Session
    from revplan.model.change import Data

_ENDS = (".", "!", "?", "…", ":")


@dataclass(slots=True)
class FieldValues:
    """Values by path, gathered from answers one after the other.

    Attributes:
        values: what is set.
        removed: entries that go.
    """

    session: Session
    values: dict[tuple[str, ...], Data] = field(default_factory=dict)
    removed: list[tuple[str, ...]] = field(default_factory=list)
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def set(self, value: Data, *keys: str) -> None:
        """Set a value."""
        self.values[keys] = value

    def add_sentence(self, text: str, *keys: str) -> None:
        """Add a text to those of the same field that the answers gave before."""
        before = self.values.get(keys)
        self.values[keys] = f"{before} {as_sentence(text)}" if isinstance(before, str) else as_sentence(text)

    def add_note(self, text: str, *keys: str, instead_of: str = "") -> None:
        """Add a line to notes, below what the plan has there already; a line that begins with `instead_of` goes."""
        before = self.values.get(keys)
        if before is None:
            before = None if is_starter(self.session, keys) else value_at(self.session.raw, keys)
        lines = before.rstrip().split("\n") if isinstance(before, str) else []
        kept = [line for line in lines if not (instead_of and line.startswith(instead_of))]
        self.values[keys] = "\n".join([*kept, text])

    def new_id(self, kind: str, title: str) -> str:
        """Return an id for a new entry that neither the plan nor another answer has."""
        taken = self._ids.setdefault(kind, set(declared_ids(self.session.plan, kind)))
        found = propose_id(title, kind, taken)
        taken.add(found)
        return found


def as_sentence(text: str) -> str:
    """Return a text with a full stop, where nothing ends it."""
    return text if text.endswith(_ENDS) else f"{text}."


def changes(session: Session) -> tuple[Change, ...]:
    """Return the changes that the answers of a workshop make; none where nothing was said."""
    found = FieldValues(session)
    if session.workshop.of is not None and session.is_new_subject() and _says_anything(session):
        _name_subject(session, found)
    entries: dict[str, str] = {}
    for place in answered_places(session):
        said = session.answers.get(place.key, ())
        if said and place.question.into is not None:
            _fill(found, place, said, entries)
    if session.workshop.outcome is not None:
        outcomes.OUTCOMES[session.workshop.outcome](session, found)
    made = (*_drop_starters(session, entries), *_removals(found), *_as_changes(found))
    return (*made, *_launch_work(session, made)) if session.workshop.name == "campaign" else made


def _launch_work(session: Session, said: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the work before the launch of the campaign that the answers make; none where it is not whole yet."""
    plan = read_over(session.loaded, edit(session.loaded, said).overlay).plan
    if session.subject() not in plan.campaigns or not said:
        return ()
    return tuple(outcomes.launch_changes(session, Context(plan, session.context.today)))


def _says_anything(session: Session) -> bool:
    return any(said for key, said in session.answers.items() if key != FOR)


def _name_subject(session: Session, found: FieldValues) -> None:
    for question in session.workshop.steps[0].questions:
        if question.into is not None and question.into.endswith(("{for}.name", "{for}.title")):
            keys = tuple(key.replace("{for}", session.subject()) for key in question.into.split("."))
            found.set(session.text_of(FOR), *keys)


def _fill(found: FieldValues, place: Place, said: Sequence[str], entries: dict[str, str]) -> None:
    session = found.session
    entry = _entry_id(found, place, entries) if place.number else None
    keys = path_of(session, place, entry)
    question = place.question
    if question.label is not None:
        found.add_note(f"{question.label}: {' '.join(said)}", *keys, instead_of=f"{question.label}:")
    elif shares_field(session, place):
        found.add_sentence(" ".join(said), *keys)
    elif question.of == "segment+":
        found.set(_segment(found, said[0]), *keys)
    else:
        found.set(answers.as_data(place, tuple(said)), *keys)
    if entry is not None:
        for name, value in place.step.fixed.items():
            found.set(value.replace("{for}", session.subject()), *keys[:-1], name)


def shares_field(session: Session, place: Place) -> bool:
    """Tell whether several questions of a workshop fill the same text."""
    into = place.question.into
    all_questions = (question for step in session.workshop.steps for question in step.questions)
    is_shared = sum(each.into == into for each in all_questions) > 1
    return into is not None and place.question.takes == "text" and "{id}" not in into and is_shared


def _entry_id(found: FieldValues, place: Place, entries: dict[str, str]) -> str:
    """Return the id of an entry that the answers make, the same for each of its questions."""
    stem = place.key.rpartition("/")[0]
    if stem not in entries:
        kind = kind_of([*str(place.step.entries).split("."), "x"])
        assert kind is not None
        title = found.session.text_of(f"{stem}/{place.step.named_by}")
        entries[stem] = found.new_id(kind[0], title)
    return entries[stem]


def _segment(found: FieldValues, said: str) -> str:
    """Return the id of a segment; one that the plan has not becomes one."""
    if said in found.session.plan.ids("segment"):
        return said
    name = found.new_id("segment", said)
    found.set(said, "strategy", "segments", name, "name")
    return name


def _drop_starters(session: Session, entries: dict[str, str]) -> Iterator[Change]:
    """Yield changes that remove what `init` wrote and nothing refers to, where answers made entries of the same map."""
    steps = {stem.split("/")[0] for stem in entries}
    for step in session.workshop.steps:
        if step.id in steps and step.entries is not None:
            keys = tuple(step.entries.split("."))
            kind = kind_of([*keys, "x"])
            assert kind is not None
            for name in starters(session, keys):
                if not _is_referred_to(session, kind[0], name):
                    yield Change(Ref(kind[0], name), None)


def _is_referred_to(session: Session, kind: str, name: str) -> bool:
    found = (each for _, part in session.plan.parts() for each in references(part))
    return any(each.kind == kind and each.id == name for each in found)


def _removals(found: FieldValues) -> Iterator[Change]:
    for keys in found.removed:
        kind = kind_of(keys)
        assert kind is not None
        yield Change(Ref(kind[0], keys[-1]), None)


def _as_changes(found: FieldValues) -> Iterator[Change]:
    """Yield one change for each field of what the plan has, and one for each new entry as a whole."""
    session = found.session
    bodies: dict[tuple[str, str], list[Setting]] = {}
    for keys, value in found.values.items():
        kind = kind_of(keys)
        if kind is None:
            if value_at(session.raw, keys) != value:
                yield Change(Ref(keys[0], "", keys[1:]), value)
            continue
        name, length = kind
        if value_at(session.raw, keys[:length]) is not None or name in SINGLE:
            if value_at(session.raw, keys) != value:
                yield Change(Ref(name, keys[length - 1], keys[length:]), value)
        else:
            bodies.setdefault((name, keys[length - 1]), []).append(Setting(keys[length:], value))
    for (name, entry), settings in bodies.items():
        yield Change(Ref(name, entry), body_of(name, settings))


def preview(session: Session) -> Context | None:
    """Return the plan as the answers so far would make it; None where they cannot be written yet."""
    return session.plan.once(("workshop", *session.answers.items()), lambda: _preview(session))


def _preview(session: Session) -> Context | None:
    try:
        edits = edit(session.loaded, changes(session))
        return Context(read_over(session.loaded, edits.overlay).plan, session.context.today)
    except RevplanError:
        return None
