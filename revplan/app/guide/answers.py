"""Reads one answer of a workshop and checks it against the format and the plan, before it is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from revplan.app.editing.days import read_day
from revplan.app.editing.numerals import split_numbers, with_point
from revplan.app.guide import defaults, figures, naming, so_far
from revplan.app.guide.personas import refuse_told
from revplan.app.guide.session import FOR, SINGLE, kind_of, path_of, present_value, refuse_unreadable, require_subject
from revplan.errors import InputError
from revplan.model.base import Date, Ref, is_id
from revplan.model.fields import type_of
from revplan.model.plan import KIND_BY_NAME
from revplan.notations import WEEKDAYS
from revplan.nouns import NOUN_BY_KIND
from revplan.rules import missing_key
from revplan.spelling import did_you_mean
from revplan.store.shape import shape_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.app.guide.session import Place, Said, Session
    from revplan.model.change import Data
    from revplan.model.fields import FieldType

_SEPARATORS = re.compile(r"[,;\n]+")
_AND = re.compile(r"\s+(?:and|&|\+)\s+")
_HIGHEST = 10
_ZERO = re.compile(r"[+-]?0+([.,]0+)?\s*[%kKmMB]?")
_ABOVE_ZERO = "write a number above 0; where nobody has counted it, what you expect of the next one"
_NO_VALUE: tuple[Data, ...] = (None, "", [], {})


def read(session: Session, place: Place, texts: Sequence[str]) -> Said:
    """Return an answer as it is kept: without spaces around it, ids in place of names.

    Nothing said leaves what the plan has. Where it has nothing, it stands for the question's default, if there is one.

    Raises:
        InputError: the answer cannot be used, or one is needed.
    """
    said = tuple(text.strip() for text in texts if text.strip())
    for text in said:
        refuse_unreadable(text)
        _refuse_placeholder(session, place, text)
    if not said:
        if present_value(session, place) not in _NO_VALUE:
            return ()
        usual = defaults.default(session, place)
        if usual is not None:
            return read(session, place, usual)
        if is_needed(session, place):
            raise InputError("this one is needed", hint=_way_to_answer(session, place))
        return ()
    found = tuple(_read(session, place, said))
    if place.key == FOR:
        require_subject(session.workshop, found[0])
    if place.question.into is not None and place.question.label is None and not place.question.takes.endswith("+"):
        check_field(session, place, found)
    return found


def _way_to_answer(session: Session, place: Place) -> str:
    """Return what may be answered to a question that is needed: the words or ids, where the question has some."""
    of = place.question.of
    words = (*place.question.choices, *choices(session, place), *(defaults.ids_to_offer(session, of) if of else ()))
    first = f"{_there_is(str(of), tuple(dict.fromkeys(words)))}; " if words or (of and not of.endswith("+")) else ""
    return f"{first}/help says how to find the answer; /quit keeps what was said so far"


_NOTHING_TO_SAY = ("n/a", "na", "none", "nothing", "no", "not applicable", "-", "--", "–", "—")
_NOT_YET = ("tbd", "tbc", "todo", "to do", "?", "??", "???")
_ELSEWHERE = ("see above", "as above", "same", "the same", "same as above", "ditto", "idem", '"', "''")
_NO_WORDS = ("yes", "y", "ok", "n")
_NOBODY = ("nobody", "no one", "noone")
"""An answer by itself; said several times in a row, none."""
_PLACEHOLDERS = frozenset((*_NOTHING_TO_SAY, *_NOT_YET, *_ELSEWHERE, *_NO_WORDS))
"""What people write where they have no answer, where it stands elsewhere on the paper, or where they only nod."""
_OF_WORDS = ("text", "lines", "names", "value", "id", "ids")


def _refuse_placeholder(session: Session, place: Place, text: str) -> None:
    """Refuse what says that there is no answer, where it would be kept as one.

    Raises:
        InputError: it is a dash, a full stop, `n/a`, `see above` or the like, and no word that the question offers.
    """
    if place.question.takes not in _OF_WORDS or not _says_nothing(text, choices(session, place)):
        return
    if place.question.needed:
        raise InputError(f'"{text}" is no answer', hint=f"this one is needed. {place.question.help}")
    raise InputError(f'"{text}" is no answer', hint="write it out; leave it empty where there is nothing to say")


def _says_nothing(text: str, offered: Sequence[str]) -> bool:
    """Tell whether a text has neither letters nor digits, or only words that stand for no answer."""
    if not any(letter.isalnum() for letter in text):
        return True
    words = [each.strip().rstrip(".") for each in _SEPARATORS.split(text.casefold()) if each.strip(" .")]
    if len(words) == 1:
        return words[0] in _PLACEHOLDERS and words[0].replace(" ", "-") not in offered
    return all(each in (*_PLACEHOLDERS, *_NOBODY) and each not in offered for each in words)


def is_needed(session: Session, place: Place) -> bool:
    """Tell whether a question cannot be passed over: it is needed, and the plan has nothing that would stay."""
    if place.opens_entry or not place.question.needed:
        return place.key == FOR
    return present_value(session, place) in _NO_VALUE


def _read(session: Session, place: Place, said: Said) -> Iterator[str]:  # noqa: C901, PLR0912 - one case a kind
    question = place.question
    match question.takes:
        case "lines":
            yield from said
        case "names":
            yield from dict.fromkeys(name.strip() for text in said for name in _SEPARATORS.split(text) if name.strip())
        case "text":
            yield " ".join(said)
        case "choice":
            yield _choice(choices(session, place), _one(said))
        case "id":
            found_id = find(session, str(question.of), _one(said), question.choices)
            refuse_told(session, place, found_id)
            yield found_id
        case "ids":
            parts = (part.strip() for text in said for part in _SEPARATORS.split(text) if part.strip())
            names = [name for part in parts for name in _names_in(session, place, part)]
            found = [*dict.fromkeys(find(session, str(question.of), name, question.choices) for name in names)]
            yield from _apart(found, question.choices)
        case "rates":
            yield from figures.lag([*split_numbers(" ".join(said))])
        case "months":
            yield from so_far.read(session, said)
        case "funnel":
            yield from figures.funnel([*split_numbers(" ".join(said))])
        case "scores":
            for text in _in_parts(said):
                yield _score_line(session, text)
        case "score":
            yield str(figures.whole(_one(said), 1, _HIGHEST))
        case "days" | "number":
            yield figures.plain(figures.number(with_point(_one(said)), positive=question.takes == "days"))
        case "hours":
            yield figures.hours(with_point(_one(said)))
        case "day":
            yield read_day(_one(said), session.context.today, ahead=True).isoformat()
        case "verdict":
            yield _verdict(" ".join(said))
        case "fate":
            yield _fate(session, " ".join(said))
        case "reasons":
            for text in said:
                yield _reason(session, text)
        case "pairs":
            for text in _in_parts(said):
                yield _pair(session, place, text)
        case "value":
            yield _value(session, place, _one(said))


def _in_parts(said: Said) -> Iterator[str]:
    """Yield what stands on lines of its own, or between semicolons."""
    yield from (part.strip() for text in said for part in text.split(";") if part.strip())


def _apart(found: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Return ids, or a word in place of them.

    Raises:
        InputError: there are both, such as `nobody` beside a name.
    """
    word = next((each for each in found if each in words), None)
    if word is not None and len(found) > 1:
        raise InputError(f'"{word}" stands beside others', hint=f"{word} alone, or the others without it")
    return found


def _names_in(session: Session, place: Place, text: str) -> Sequence[str]:
    """Return the names that a text joins with `and`, each as long as it is known: `Sales and Service` may be one."""
    kind, ways = str(place.question.of), (naming.find_id, naming.find_by_first_words)
    ends = [(len(text), len(text)), *(joint.span() for joint in reversed([*_AND.finditer(text)]))]
    known = (span for span in ends if any(way(session, kind, text[: span[0]]) for way in ways))
    end, rest = next(known, ends[-1])
    return (text[:end], *(_names_in(session, place, text[rest:]) if rest < len(text) else ()))


def stands_alone(place: Place, text: str) -> bool:
    """Tell whether a line is a word in place of ids, beside which nothing else can be said."""
    question = place.question
    return question.takes == "ids" and text.strip().casefold().replace(" ", "-") in question.choices


def _one(said: Said) -> str:
    if len(said) > 1:
        raise InputError("one answer is asked, and there are several", hint="leave one of them")
    return said[0]


# --- words, ids ----------------------------------------------------------------------------------------------------


def choices(session: Session, place: Place) -> tuple[str, ...]:
    """Return the words that a question's answer may be; those of its field where the question names none."""
    question = place.question
    if question.choices or question.into is None or question.takes != "choice":
        return question.choices
    keys = path_of(session, place, "id")
    kind, start = _model_at(keys)
    found: FieldType | None = type_of(KIND_BY_NAME[kind].model)
    for key in keys[start:]:
        found = found.at(key) if found is not None else None
    return tuple(map(str, found.choices)) if found is not None else ()


def _choice(words: Sequence[str], text: str) -> str:
    wanted = text.casefold().replace(" ", "-")
    if wanted not in words:
        raise InputError(f'"{text}" is none of {", ".join(words)}', hint=did_you_mean(wanted, words))
    return wanted


def find(session: Session, kind: str, text: str, words: Sequence[str] = ()) -> str:
    """Return the id of the thing that a text names, in whole or by its first words; a new name where one may be given.

    Raises:
        InputError: the plan has no such thing.
    """
    word = text.casefold().rstrip(".").replace(" ", "-")
    if word in words:
        return word
    found = naming.find_id(session, kind, text)
    if found is not None:
        return found
    if kind.endswith("+"):
        return text
    found = naming.find_by_first_words(session, kind, text)
    if found is not None:
        return found
    near = did_you_mean(text.casefold(), (*naming.names_of(session, kind), *words))
    hint = near or _there_is(kind, (*words, *defaults.ids_to_offer(session, kind)))
    raise InputError(f'no {kind} "{text}"', hint=hint)


def _there_is(kind: str, known: Sequence[str]) -> str:
    return f"there is {naming.some(known, 12)}" if known else f"the plan has none yet: `revplan {_command(kind)} add`"


def _command(kind: str) -> str:
    """Return the noun of the command line for a kind."""
    return NOUN_BY_KIND[kind].command if kind in NOUN_BY_KIND else kind


# --- numbers -------------------------------------------------------------------------------------------------------


def _value(session: Session, place: Place, text: str) -> str:
    """Return what a field holds, with the date for a day in words and a point for a decimal comma."""
    kind, start = _model_at(keys := path_of(session, place, "id"))
    found: FieldType | None = type_of(KIND_BY_NAME[kind].model)
    for key in keys[start:]:
        found = found.at(key) if found is not None else None
    if found is not None and found.is_one_of(Date):
        return read_day(text, session.context.today, ahead=True).isoformat()
    sign = session.plan.settings.currency.sign
    number = text.removeprefix(sign).removesuffix(sign).strip() if sign and text != sign else text
    if place.question.positive and _ZERO.fullmatch(number):
        raise InputError(f'"{text}" tells nothing: with 0 no budget can be held against the number', hint=_ABOVE_ZERO)
    if keys[-1] == "net_revenue_retention":
        figures.refuse_missing_per_cent(number)
    word = text.casefold()
    if word.removesuffix("s") in WEEKDAYS:
        return WEEKDAYS[word.removesuffix("s")]  # `Monday` and `Mondays` are mon
    return WEEKDAYS.get(word, with_point(number if number[:1].isdigit() else text))


def _score_line(session: Session, text: str) -> str:
    """Return "who impact effort" with the member's id where the name is one."""
    parts = [part for part in _BETWEEN_SCORES.split(text.strip()) if part]
    if len(parts) == 2:  # noqa: PLR2004 - a name, and two numbers with a comma between them
        parts[1:] = parts[1].split(",", 1)
    if len(parts) < 3 or parts[-3].replace(",", ".").replace(".", "").isdigit():  # noqa: PLR2004 - a name, two numbers
        raise InputError(f'"{text}" is no score', hint="write a name, impact and effort, such as dana 7 3")
    *name, impact, effort = parts
    who = naming.find_id(session, "member", " ".join(name)) or " ".join(name)
    days = figures.number(with_point(effort), positive=True)
    return f"{who} {figures.whole(impact, 1, _HIGHEST)} {figures.plain(days)}"


_BETWEEN_SCORES = re.compile(r"[\s;:=]+|(?<!\d),|,(?!\d)")


# --- words with a reason -------------------------------------------------------------------------------------------


def _verdict(text: str) -> str:
    word, _, reason = text.partition(" ")
    word, reason = word.casefold().rstrip(":,"), reason.strip()
    if word == "in" and not reason:
        return "in"
    if word == "out" and reason:
        return f"out {reason}"
    hint = (
        "write out and why, such as out we have no list to write to" if word == "out" else "the word in, or out and why"
    )
    raise InputError(f'"{text}" is neither in nor out with a reason', hint=hint)


def _fate(session: Session, text: str) -> str:
    word, _, reason = text.partition(" ")
    if word.casefold().rstrip(":,") == "drop":
        if not reason.strip():
            raise InputError("why is it dropped?", hint="such as drop nobody asked for it")
        return f"drop {reason.strip()}"
    return find(session, "objective", text, ())


def _reason(session: Session, text: str) -> str:
    name, _, reason = text.partition(" ")
    function = find(session, "function", name.rstrip(":,"))
    if not reason.strip():
        raise InputError(f"why does {function} not share it?", hint=f"such as {function} no time before March")
    return f"{function} {reason.strip()}"


def _pair(session: Session, place: Place, text: str) -> str:
    parts = [part.casefold() for part in _PAIR.split(text) if part]
    if len(parts) != 2:  # noqa: PLR2004 - a word and the other
        raise InputError(f'"{text}" is no pair', hint="write the playbook's word and yours, such as research writing")
    theirs, own = parts
    known = {skill for member in session.plan.team.values() for skill in member.skills}
    if own not in known:
        hint = did_you_mean(own, known) or f"there is {naming.some(sorted(known), 12)}"
        raise InputError(f'nobody has the skill "{own}"', hint=hint)
    if not is_id(theirs):
        raise InputError(f'"{theirs}" is no skill of a playbook')
    playbook = defaults.playbook_of(session, place)
    if playbook is not None and theirs not in playbook.skills:
        hint = did_you_mean(theirs, playbook.skills) or f"it asks for {naming.some(playbook.skills, 12)}"
        raise InputError(f'the playbook {playbook.id} asks for no "{theirs}"', hint=hint)
    return f"{theirs} {own}"


_PAIR = re.compile(r"[\s,;:=]+")


# --- fields --------------------------------------------------------------------------------------------------------


def check_field(session: Session, place: Place, said: Said) -> None:
    """Refuse an answer that the field it fills cannot hold.

    Raises:
        InputError: the field cannot hold it; the message is that of `validate`.
    """
    keys = path_of(session, place, "new")
    kind, start = _model_at(keys)
    own, rest = ("", keys[1:]) if kind in SINGLE else (keys[start - 1], keys[start:])
    body: Data = as_data(place, said)
    for key in reversed(rest):
        body = {key: body}
    assert isinstance(body, dict)
    model = KIND_BY_NAME[kind].model
    try:
        own_id = {"id": own} if "id" in model.model_fields else {}
        model.model_validate({**body, **own_id}, context=session.plan.settings.reading_context())
    except ValidationError as error:
        for found in shape_findings(error, model, Ref(kind, own)):
            assert isinstance(found.place, Ref)
            if found.place.keys[: len(rest)] == rest and found.code != missing_key.CODE:
                raise InputError(found.message, hint=found.hint) from None


def _model_at(keys: Sequence[str]) -> tuple[str, int]:
    found = kind_of(keys)
    return found if found is not None else (str(keys[0]), 1)


def as_data(place: Place, said: Said) -> Data:
    """Return an answer as the plan holds it: a list where the question takes several."""
    return [*said] if place.question.takes in ("lines", "names", "ids", "rates") else " ".join(said)
