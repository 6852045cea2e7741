"""A workshop that is held on a plan: the answers so far, and the fields that they fill.

Answers stand under keys: `step/question`, or `step/THING/question` where a step is held once for each thing of the plan
or for each new entry, the entries numbered from 1. `for` is the key of the workshop's subject. An empty answer means
that the question was passed over. The terminal, the sheet and the tests fill the same answers.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from revplan.app.editing.entries import declared_ids, propose_id
from revplan.app.guide import naming
from revplan.app.repository.init import starter_data
from revplan.errors import InputError, RevplanError, UnknownIdError
from revplan.model.plan import KIND_BY_NAME
from revplan.model.strategy import SETUP_OBJECTIVE
from revplan.spelling import did_you_mean
from revplan.store.load import read
from revplan.store.loaded import merge_files
from revplan.store.workshops import read_workshop, workshops

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.workshops import Question, Workshop, WorkshopStep
    from revplan.store.loaded import Loaded

Said = tuple[str, ...]
"""One answer: its texts, checked; empty where the question was passed over."""
LONGEST = 20_000
"""Characters that one answer may have."""
FOR = "for"
"""The key of the answer that names the workshop's subject."""


def find_workshop(name: str) -> Workshop:
    """Return a workshop.

    Raises:
        UnknownIdError: there is no such workshop.
    """
    known = [workshop.name for workshop in workshops()]
    if name not in known:
        hint = did_you_mean(name, known) or f"there is {', '.join(known)}"
        raise UnknownIdError(f'no workshop "{name}"', hint=hint)
    return read_workshop(name)


@dataclass(frozen=True, slots=True)
class Place:
    """A question where it is asked.

    Attributes:
        key: what its answer stands under.
        thing: the thing or the number of the entry that the step is held for; empty where it is held once.
        label: what the thing is called.
        number: the entry's number, from 1; 0 where the step makes no entries.
    """

    key: str
    step: WorkshopStep
    question: Question
    thing: str = ""
    label: str = ""
    number: int = 0

    @property
    def opens_entry(self) -> bool:
        """Whether the question begins an entry: passed over, it ends the step."""
        return self.number > 0 and self.question == self.step.questions[0]

    def sibling(self, name: str) -> str:
        """Return the key of another question of the same step and thing."""
        return f"{self.key.rpartition('/')[0]}/{name}"


@dataclass(frozen=True, slots=True)
class Session:
    """A workshop on a plan.

    Attributes:
        workshop: what is asked.
        raw: the plan's data as text, all files merged.
        starter: what `init` writes, likewise: nobody has said that yet.
        every: ask what the plan knows too.
        answers: the answers so far, in the order in which they were given.
        wanted: steps whose new entries are taken though the plan has enough: a sheet or a draft has some.
    """

    workshop: Workshop
    loaded: Loaded
    context: Context
    raw: Mapping[str, Data]
    starter: Mapping[str, Data]
    every: bool
    answers: Mapping[str, Said]
    wanted: frozenset[str] = frozenset()

    @property
    def plan(self) -> Plan:
        """The plan as it was read."""
        return self.context.plan

    def answer(self, key: str, said: Sequence[str]) -> Session:
        """Return the session with one more answer; an answer of the same key is replaced where it stands."""
        return replace(self, answers={**self.answers, key: tuple(said)})

    def forget(self, key: str) -> Session:
        """Return the session without an answer."""
        return replace(self, answers={name: said for name, said in self.answers.items() if name != key})

    def text_of(self, key: str) -> str:
        """Return an answer as one text; empty where there is none."""
        return " ".join(self.answers.get(key, ()))

    def subject(self) -> str:
        """Return the id of the workshop's subject; empty where it has none yet."""
        of, name = self.workshop.of, self.text_of(FOR)
        if of is None or not name:
            return ""
        known = naming.find_id(self, of, name)
        return known if known is not None else propose_id(name, of, declared_ids(self.plan, of))

    def is_new_subject(self) -> bool:
        """Tell whether the workshop makes a new subject, named by the answer under FOR."""
        return bool(self.workshop.of) and naming.find_id(self, str(self.workshop.of), self.text_of(FOR)) is None


def context_on(session: Session, key: str) -> Context:
    """Return the plan on the day that an answer names; today where it names none."""
    return replace(session.context, today=date.fromisoformat(day)) if (day := session.text_of(key)) else session.context


def begin(loaded: Loaded, context: Context, workshop: Workshop, subject: str | None, *, every: bool) -> Session:
    """Open a workshop on a plan.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        workshop: what is held.
        subject: whom or what it is about, by id or name; None to ask, or to take the year that is to be planned.
        every: ask what the plan knows too.

    Raises:
        InputError: the workshop is about nothing in particular, and a subject is given.
    """
    session = Session(workshop, loaded, context, merge_files(loaded), starter_data(), every, {})
    if subject is not None and workshop.of is None:
        raise InputError(f"the workshop {workshop.name} is about no one thing", hint="leave out --for")
    if subject is None and workshop.of == "goal":
        subject = naming.year_to_plan(context)
    if subject is not None:
        require_subject(workshop, subject)
    return session.answer(FOR, (subject.strip(),)) if subject is not None and subject.strip() else session


def read_anew(session: Session) -> Session:
    """Return the session on the plan as its files are now, if they can be read: a colleague may have changed them.

    The session itself is returned where nothing has changed.
    """
    try:
        loaded = read(session.loaded.root)
    except RevplanError:
        return session
    raw = merge_files(loaded)
    if raw == session.raw or not loaded.is_faultless:
        return session
    return replace(session, loaded=loaded, context=replace(session.context, plan=loaded.plan), raw=raw)


def require_subject(workshop: Workshop, text: str) -> None:
    """Refuse what cannot be the subject of a workshop.

    Raises:
        InputError: it is no fiscal year where one is wanted, or it cannot be read.
    """
    refuse_unreadable(text)
    if workshop.of == "goal" and not naming.is_year(text.strip()):
        raise InputError(f'"{text.strip()}" is no fiscal year', hint="the year in which it ends, such as 2027")


def refuse_unreadable(text: str) -> None:
    """Refuse an answer that is a document, or that no plan can hold.

    Raises:
        InputError: the text is too long, or has control characters.
    """
    if len(text) > LONGEST:
        raise InputError(f"an answer of {len(text):,} characters is a document", hint=f"{LONGEST:,} is the most")
    odd = next((sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\t"), None)
    if odd is not None:
        raise InputError(f"there is a control character in it, number {ord(odd)}", hint="write it in letters")


# --- what is asked -------------------------------------------------------------------------------------------------


def starters(session: Session, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the entries of a map that are as `init` or `guide --write` wrote them."""
    own, first = value_at(session.raw, keys), value_at(session.starter, keys)
    if not isinstance(own, dict) or not isinstance(first, dict):
        return ()
    made = (SETUP_OBJECTIVE,) if tuple(keys) == ("strategy", "objectives") else ()
    return tuple(name for name in own if name in made or (name in first and is_starter(session, (*keys, name))))


def is_starter(session: Session, keys: Sequence[str]) -> bool:
    """Tell whether a value is what `init` wrote. Of an entry, its own words and notes count: people differ."""
    value, first = value_at(session.raw, keys), value_at(session.starter, keys)
    if isinstance(value, dict) and isinstance(first, dict):
        words = [name for name in ("claim", "title", "name") if name in first]
        if value.get("notes") != first.get("notes"):
            return False
        return bool(words) and all(value.get(name) == first[name] for name in words)
    return value is not None and value == first


def present_value(session: Session, place: Place) -> Data:
    """Return what the plan has in the field that a question fills; None where that is nothing, or what `init` wrote."""
    if place.question.into is None or place.number:
        return None
    keys = path_of(session, place)
    kind = kind_of(keys)
    value = value_at(session.raw, keys)
    is_first = value == value_at(session.starter, keys) and (kind is None or is_starter(session, keys[: kind[1]]))
    return None if is_first else value


def path_of(session: Session, place: Place, entry: str | None = None) -> tuple[str, ...]:
    """Return the keys of the field that a question fills; `entry` is the id of the entry that it belongs to."""
    assert place.question.into is not None
    names = {"{for}": session.subject(), "{id}": entry if entry is not None else place.thing}
    return tuple(_fill(key, names) for key in place.question.into.split("."))


def _fill(key: str, names: Mapping[str, str]) -> str:
    for mark, name in names.items():
        key = key.replace(mark, name)
    return key


def value_at(data: Data | Mapping[str, Data], keys: Sequence[str]) -> Data:
    """Return the value at a path of keys; None where there is none."""
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]
    return data if isinstance(data, str | list | dict) else None


def kind_of(keys: Sequence[str]) -> tuple[str, int] | None:
    """Return the kind whose entries stand at a path, and how many of its keys lead to an entry's id."""
    found = [
        (len(kind.path) + 1, name)
        for name, kind in KIND_BY_NAME.items()
        if kind.path
        and kind.path == tuple(keys[: len(kind.path)])
        and name not in SINGLE
        and len(keys) > len(kind.path)
    ]
    return (max(found)[1], max(found)[0]) if found else None


SINGLE = ("revplan", "strategy", "stack", "company")
"""Kinds of which there is one."""
