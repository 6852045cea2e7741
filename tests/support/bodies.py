"""Bodies of entries as a plan's text gives them: mostly right, here and there not."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from revplan.model.base import Part

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

NOTATIONS: tuple[Any, ...] = (
    *("5", "0", "-1", "11", "1.5", "-2.5", ".5", "7.", "40", "1_000", "100001", "four", "5 apples"),
    *("500 EUR", "1.2k EUR", "-3 EUR", "5 USD", "5 GBP", "3MMM", "EUR 5", "5 eur", "7.5M EUR", "5 kEUR"),
    *("20%", "150%", "2.5 %", "1.2k", "3M", "1.2x", "4h", "90m", "2d", "0h", "4 h", "4 hours"),
    *("yes", "Off", "true", "audit-guide", "Bad_Id", "a" * 65, "words for people", "", "USD", "usd", "1", "%", " % "),
    *("2026-12-01", "2026-12-1", "2026-13-01", "2026-02-30", "1950-01-01", "2026-12", "2026-13", "2026-Q4", "2026-Q5"),
    *("2026-12-01..2026-12-03", "2026-12-01..", "mon", "mon-fri", "fri-mon", "Tue - Thu", "month", "30", "93"),
    *("one, two", "one,two", "Why us?", "https://example.org/a?b", ":x", "?x", "null", "~", "1,5", "1.500,00"),
    *("https://example.com/a?b=1", "http://", "ftp://example.com", "HTTPS://example.com"),
    *("weekly", "quarterly", "triweekly", "3w", "0d", "400d", "2 weeks"),
    *("2..4", "4..2", "2 to 4"),
    *("flat", "growth", "tactic/task", "09:30", "9:5", "24:00", "23:59", "half day", "Half"),
)
STRUCTURES: tuple[Any, ...] = (
    *([None], ["one", None], [["one"]], [{}], [{"one": None}], {"one": None}, {"one": "two"}, {"null": "1"}),
    *([], ["1"] * 12, ["0"] * 12, ["mon", "tue"], ["mon", "someday"]),
    *({}, {"mon": "8", "tue": None}, {"mon": "25"}, {"someday": "8"}, {"hours": "4", "reason": "Dentist"}),
    *({"hours": "4", "why": "Dentist"}, {"hours": None}, {"2026-12-01": "20"}, {"2026-12": "1.2k"}),
    *({"2026-12": "500 EUR", "2026-01": "5 EUR"}, {"from 2026-07": "1.2k"}, {"From 2026-07": "5 EUR", "from": "5"}),
    *({"EUR": {"2026-01": "1.08"}}, {"EUR": {"2026-01": "0"}}, {"eur": {"2026-01": "1"}}),
    *({"2026-12-01": {"mon": "8"}}, {"2026-12-01": {}}, {"2026-12-01": {"someday": "8"}}),
    *({"hours": "half", "name": "Eve"}, {"2027-01-06": "Epiphany", "also": "true"}, {"also": "maybe"}),
    *({"even": {"mon": "8"}, "odd": {}}, {"even": {"mon": "8"}}, {"2026-12-01": {"even": {}, "odd": {"tue": "4"}}}),
    *({"source": "linkedin", "campaign": "audit"}, {"source": ["linkedin"]}),
    *({"every": "3", "unit": "week", "day": "thu"}, {"unit": "month", "day": "15"}, {"unit": "day", "day": "mon"}),
    *({"write": "3d"}, {"write": "0d", "draw": None}, {"write": "3"}),
)


@st.composite
def bodies(draw: DrawFn, model: type[Part]) -> dict[str, Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    body = {}
    for name, field in model.model_fields.items():
        if name != "id" and (field.is_required() or draw(st.booleans())):
            body[field.alias or name] = draw(values(hints[name]))
    if draw(st.integers(0, 3)) == 0:
        body |= draw(st.sampled_from(({"titel": "A"}, {"x-mine": {"any": ["thing"]}})))
    if body and draw(st.integers(0, 3)) == 0:
        body[draw(st.sampled_from(sorted(body)))] = draw(st.sampled_from((None, *NOTATIONS, *STRUCTURES)))
    if body and draw(st.integers(0, 7)) == 0:
        body.pop(draw(st.sampled_from(sorted(body))))
    return body


def _is_to_editors(mapping: dict[str, Any]) -> bool:
    """Tell whether the editor's reader in Python can hold all keys; to it `true` and `1` are one."""
    return not {"true", "1"} <= mapping.keys()


@cache
def values(annotation: Any) -> SearchStrategy[Any]:  # noqa: PLR0911 - one a form of annotation
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return values(next(each for each in arguments if each is not types.NoneType))
    if origin is typing.Annotated and typing.get_origin(arguments[0]) is dict:
        return values(arguments[0])
    if origin is dict:
        return st.dictionaries(values(arguments[0]), values(arguments[1]), max_size=2).filter(_is_to_editors)
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2) | values(arguments[0])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return bodies(annotation)
    return _readable(annotation)


def _readable(annotation: Any) -> SearchStrategy[Any]:
    adapter = TypeAdapter(annotation)
    return st.sampled_from([value for value in (*NOTATIONS, *STRUCTURES) if _reads(adapter, value)])


def _reads(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True
