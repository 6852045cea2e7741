from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import revplan.rules
from revplan.app.checking.validate import validate
from revplan.diagnostics import CODES, Severity
from revplan.model.context import Context
from revplan.rules import CHECKED_AT_LOAD, error_rules, milder_rules, rule, rules_checked_at_load
from revplan.rules.manual import manual
from revplan.rules.silent import check
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.rules import Rule

    MakePlan = Callable[[Mapping[str, str]], Path]

RULES = [rule(code) for code in CODES]
WITH_EXAMPLES = [pytest.param(rule, id=rule.CODE) for rule in RULES if manual(rule).bad is not None]


def codes(root: Path, files: Mapping[str, bytes]) -> set[str]:
    """Return the codes of what is found once an example's files lie in a plan's folder."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    loaded = read(root)
    result = validate(loaded, Context(loaded.plan, date(2026, 11, 28)))
    return {diagnostic.code for diagnostic in result.diagnostics}


@pytest.mark.parametrize("rule", WITH_EXAMPLES)
def test_the_bad_example_has_the_fault(rule: Rule, make_plan: MakePlan) -> None:
    bad = manual(rule).bad
    assert bad is not None
    assert rule.CODE in codes(make_plan({}), bad.files())


@pytest.mark.parametrize("rule", WITH_EXAMPLES)
def test_the_good_example_has_not(rule: Rule, make_plan: MakePlan) -> None:
    good = manual(rule).good
    assert good is not None
    assert rule.CODE not in codes(make_plan({}), good.files())


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.CODE) for rule in RULES])
def test_a_manual_is_whole(rule: Rule) -> None:
    own = manual(rule)
    assert own.fault.endswith(".")
    assert own.what
    assert own.why
    assert (own.bad is None) == (own.good is None)


def test_no_code_stands_twice_and_the_table_is_in_order() -> None:
    assert [code.code for code in CODES] == sorted({code.code for code in CODES})
    assert len({code.slug for code in CODES}) == len(CODES)


def test_the_table_of_codes_says_what_the_rules_say() -> None:
    listed = [*rules_checked_at_load(), *error_rules(), *milder_rules()]
    assert sorted((each.CODE, each.SLUG, each.SEVERITY) for each in listed) == [
        (code.code, code.slug, code.severity) for code in CODES
    ]
    assert [each.CODE for each in RULES] == [code.code for code in CODES]
    assert {each.SEVERITY for each in error_rules()} == {Severity.ERROR}


def test_a_rule_checks_unless_its_fault_is_told_elsewhere() -> None:
    silent = {code for code in CODES if rule(code).check is check}
    assert silent == CHECKED_AT_LOAD
    for each in RULES:
        assert [str(one) for one in inspect.signature(each.check).parameters] in (["context"], ["_context"])


def test_every_rule_is_listed() -> None:
    folder = Path(revplan.rules.__file__).parent
    with_code = {path.stem for path in folder.glob("*.py") if "\nCODE = " in path.read_text(encoding="utf-8")}
    assert with_code == {code.slug.replace("-", "_") for code in CODES}
