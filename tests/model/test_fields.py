"""One description of fields: what it says of types, and that nobody else reads the annotations of models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import revplan
from revplan.model.fields import FieldType, fields, type_of
from revplan.model.numbers import TaskMinutes
from revplan.model.plan import KINDS
from revplan.model.strategy import Strategy
from revplan.model.tactics import Tactic, Task
from revplan.model.team import Member

if TYPE_CHECKING:
    from revplan.model.base import Part
    from revplan.model.plan import Kind

ROOT = Path(revplan.__file__).parent


def of(model: type[Part], key: str) -> FieldType:
    found = type_of(model).at(key)
    assert found is not None
    return found


def test_a_reference_knows_its_kind_and_whether_it_may_be_missing() -> None:
    assert of(Tactic, "objective").refers_to == "objective"
    assert of(Tactic, "objective").is_optional
    personas = of(Tactic, "personas").item
    assert personas is not None
    assert personas.refers_to == "persona"
    assert of(Tactic, "personas").refers_to is None


def test_a_mapping_has_keys_and_what_it_holds() -> None:
    tasks = of(Tactic, "tasks")
    assert tasks.item is not None
    assert tasks.item.model is Task
    assert tasks.first_model() is Task
    assert tasks.at("write") is tasks.item
    assert of(Member, "skills").keys is not None


def test_a_unit_stays_with_its_field() -> None:
    assert of(Task, "hours").is_one_of(TaskMinutes)
    assert of(Task, "hours") == of(Task, "minutes"), "the key of the file and the name of the attribute"


def test_choices_are_the_words_of_the_format() -> None:
    assert of(Tactic, "tier").choices == ("must", "should", "nice")


def test_nothing_is_known_of_a_field_that_is_not_there() -> None:
    assert type_of(Tactic).at("colour") is None
    assert of(Tactic, "title").at("anything") is None


def test_a_model_inside_a_model_is_found() -> None:
    story = of(Strategy, "big_story")
    assert story.is_optional
    assert story.model is not None
    assert of(story.model, "pillars").item is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_described_and_stands_once(kind: Kind) -> None:
    own = fields(kind.model)
    assert [each.name for each in own] == list(kind.model.model_fields)
    assert len({each.key for each in own}) == len(own)
    assert [each.key for each in own if each.name != "id" and not each.description] == []


def test_only_one_module_reads_the_annotations_of_models() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    readers = {name for name, text in texts.items() if "get_type_hints" in text or "get_origin" in text}
    assert readers == {"model/fields.py", "model/base.py", "app/assistant/arguments.py"}, (
        "base.py asks which fields take several values, arguments.py what functions take"
    )
