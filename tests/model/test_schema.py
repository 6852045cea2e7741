from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from revplan.app.repository.schema import schema, schema_with_ids
from revplan.model.base import Month, Ref
from revplan.model.plan import COLLECTIONS, SINGLETONS, Kind
from revplan.model.schema import plan_schema
from revplan.store.load import read
from revplan.store.shape import shape_findings
from revplan.store.yaml.events import parse
from tests.support.bodies import bodies
from tests.support.editor import as_editor_reads, as_written

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())
BROKEN_SHAPES = sorted(path for path in (ROOT / "tests/broken").iterdir() if path.name.startswith("RP1"))
BROKEN_REFERENCES = sorted(path for path in (ROOT / "tests/broken").iterdir() if "RP201" <= path.name < "RP230")
BEYOND_A_SCHEMA = {
    "RP107": "the same id in two files",
    "RP108": "an end before its start",
    "RP109": "the same setting in two files",
    "RP110": "settings in the wrong file",
    "RP113": "an exchange rate that stands elsewhere, or for later months",
}


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


@cache
def shape_validator() -> Draft202012Validator:
    return Draft202012Validator(plan_schema())


def faults(folder: Path, by: Draft202012Validator) -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))]
    return [error.message for text in texts for error in by.iter_errors(as_editor_reads(text))]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_every_field_is_described() -> None:
    for name, definition in schema()["$defs"].items():
        assert definition["description"], name
        for key, field in definition["properties"].items():
            assert field["description"], f"{name}.{key}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_valid(example: Path) -> None:
    assert faults(example, validator()) == []
    assert faults(example, Draft202012Validator(schema_with_ids(read(example).plan))) == []


@pytest.mark.parametrize("folder", BROKEN_SHAPES, ids=lambda path: path.name)
def test_it_refuses_broken_shapes(folder: Path) -> None:
    assert bool(faults(folder, validator())) == (folder.name not in BEYOND_A_SCHEMA)


@pytest.mark.parametrize("folder", BROKEN_REFERENCES, ids=lambda path: path.name)
def test_with_ids_it_refuses_unknown_ones(folder: Path) -> None:
    assert faults(folder, validator()) == []
    assert len(faults(folder, Draft202012Validator(schema_with_ids(read(folder).plan)))) == 1


def test_a_file_that_cannot_be_read_may_hold_any_id(make_plan: Any) -> None:
    root = make_plan({"a.yaml": "personas:\n  cfo: {name: [\n", "b.yaml": "todos: {call: {title: Call, owner: ana}}\n"})
    assert schema_with_ids(read(root).plan) == schema()


def test_the_settings_name_the_rules() -> None:
    rules = schema()["$defs"]["Settings"]["properties"]["rules"]["properties"]
    assert rules["random-act"]["enum"] == ["error", "warning", "advice", "ignore"]
    assert rules["unknown-key"]["enum"] == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "tactics:\n",
        "x-mine: [1, 2]\n",
        "strategy: {big_story: {pillars: {one: {claim: C, x-source: here}}}}\n",
        "goals:\n  2026: {measure: recurring, start_revenue: 1, target_revenue: 2, acv: 1, close_rate: 0.2}\n",
    ],
)
def test_what_a_file_may_be(text: str) -> None:
    assert list(validator().iter_errors(as_editor_reads(text))) == []


def test_words_that_older_yaml_takes_for_booleans_are_text() -> None:
    document = {"todos": {"call": {"title": False}}, "strategy": {"vision": True}}
    assert list(validator().iter_errors(document)) == []


# --- what one accepts, the other accepts -------------------------------------------------------------------------


def problems_of(kind: Kind, body: dict[str, Any], own_id: str) -> set[str]:
    own = {"id": own_id} if kind in COLLECTIONS else {}
    try:
        kind.model.model_validate({**body, **own}, context={"currency": "USD", "currencies": {"EUR": RATES}})
    except ValidationError as error:
        return {problem.code for problem in shape_findings(error, kind.model, Ref(kind.name, own_id))}
    return set()


def document_of(kind: Kind, body: dict[str, Any], own_id: str, nothing: str) -> str:
    return as_written({kind.path[0]: {own_id: body} if kind in COLLECTIONS else body}, nothing)


IDS = {"goal": "2026", "sprint": "2026-12"}
RATES = {Month(2026, 6): Decimal("1.08")}


@given(st.data())
def test_it_agrees_with_the_validator(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from((*COLLECTIONS, *SINGLETONS)))
    own_id = IDS.get(kind.name, "one")
    text = document_of(
        kind, data.draw(bodies(kind.model)), own_id, data.draw(st.sampled_from(("", "null", "~", "NULL")))
    )
    parsed = parse(text)
    assert not parsed.faults
    assert isinstance(parsed.data, dict)
    body: Any = parsed.data[kind.path[0]]
    found = problems_of(kind, body[own_id] if kind in COLLECTIONS else body, own_id)
    assume("RP108" not in found)
    assume("RP113" not in found)
    assume(kind in COLLECTIONS or "RP102" not in found or kind.name == "revplan")
    errors = [f"{error.json_path}: {error.message}" for error in shape_validator().iter_errors(as_editor_reads(text))]
    assert bool(errors) == bool(found), (text, found, errors)
