from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from revplan.diagnostics import Diagnostic, Fix, Location, Severity
from revplan.formats.table import Findings, FindingsFormat

SARIF_SCHEMA = Path(__file__).with_name("sarif-2.1.0.schema.json")
"""The standard's schema, as published under the MIT licence in the npm package @microsoft/jest-sarif 1.0.0-beta.0."""
NASTY = 'a%0A "b" <c> & \n::error::forged\r \x1b[31m \x07 ]]> , : \u202e \ud800'
ERROR = Diagnostic(
    "RP201",
    Severity.ERROR,
    Location("tactics/a b,ü.yaml", 14, 16, 14, 28),
    'no persona "plant-manger"',
    'did you mean "plant-manager"?',
    "    personas: [plant-manger, cfo]",
    (Location("personas.yaml", 2, 3, 2, 16),),
    Fix(Location("tactics/a b,ü.yaml", 14, 16, 14, 28), "plant-manager"),
)
WARNING = replace(ERROR, code="RP412", severity=Severity.WARNING, message=NASTY, hint=None, related=(), fix=None)
ADVICE = replace(
    WARNING, code="RP420", severity=Severity.ADVICE, message="long", location=Location("big.yaml", 2, 1, 4, 9)
)
IDLE = replace(ADVICE, code="RP020", severity=Severity.WARNING, fix=Fix(Location("big.yaml", 2, 4, 2, 30), ""))
ALL = (ERROR, WARNING, ADVICE)


def drawn(name: str, *diagnostics: Diagnostic, **more: Any) -> str:
    found = Findings(diagnostics, 3, **{"failing": frozenset((Severity.ERROR,)), **more})
    return FindingsFormat[name.upper()].draw(found).decode()


@pytest.mark.parametrize("name", FindingsFormat)
def test_every_format_draws_anything(name: str) -> None:
    for diagnostics in ((), ALL):
        text = drawn(name, *diagnostics)
        assert text.encode("utf-8", "strict") is not None
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text), "what could move the cursor is shown, not sent"
        assert text == drawn(name, *diagnostics)


# --- github ------------------------------------------------------------------------------------------------------


def test_github_commands() -> None:
    assert drawn("github", ERROR, folder="plans") == (
        "::error file=plans/tactics/a b%2Cü.yaml,line=14,col=16,endLine=14,title=RP201 unknown-persona,endColumn=27"
        '::no persona "plant-manger"; did you mean "plant-manager"?\n'
    )
    assert drawn("github", ADVICE).startswith("::notice file=big.yaml,line=2,col=1,endLine=4,title=RP420 long-task::")


def test_plan_text_cannot_forge_a_github_command() -> None:
    lines = drawn("github", WARNING).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::warning ")
    assert "a%250A" in lines[0]


# --- gitlab ------------------------------------------------------------------------------------------------------


def test_gitlab_report() -> None:
    report = json.loads(drawn("gitlab", *ALL))
    assert [each["severity"] for each in report] == ["major", "minor", "info"]
    assert report[0]["location"] == {"path": "tactics/a b,ü.yaml", "lines": {"begin": 14, "end": 14}}
    assert report[0]["check_name"] == "RP201 unknown-persona"
    assert all({"description", "check_name", "fingerprint", "severity", "location"} <= each.keys() for each in report)


def test_gitlab_fingerprints_stay_when_lines_move_and_differ_where_lines_are_alike() -> None:
    def prints(*diagnostics: Diagnostic) -> list[str]:
        return [each["fingerprint"] for each in json.loads(drawn("gitlab", *diagnostics))]

    moved = replace(ERROR, location=Location(ERROR.location.file, 90, 16, 90, 28), message="other figures")
    assert prints(ERROR) == prints(moved)
    assert len(set(prints(ERROR, moved))) == 2


# --- sarif -------------------------------------------------------------------------------------------------------


def test_sarif_has_what_the_standard_requires() -> None:
    log = json.loads(drawn("sarif", *ALL, folder="plan"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "revplan"
    assert [rule["id"] for rule in driver["rules"]] == ["RP201", "RP412", "RP420"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "plan/tactics/a%20b%2C%C3%BC.yaml"
    )
    assert run["results"][0]["relatedLocations"][0]["id"] == 1


def test_sarif_carries_what_fix_would_write() -> None:
    (run,) = json.loads(drawn("sarif", ERROR, WARNING, IDLE, folder="plan"))["runs"]
    wrong, other, idle = run["results"]
    assert "fixes" not in other
    assert wrong["fixes"] == [
        {
            "description": {"text": 'write "plant-manager"'},
            "artifactChanges": [
                {
                    "artifactLocation": wrong["locations"][0]["physicalLocation"]["artifactLocation"],
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 14, "startColumn": 16, "endLine": 14, "endColumn": 28},
                            "insertedContent": {"text": "plant-manager"},
                        }
                    ],
                }
            ],
        }
    ]
    assert idle["fixes"][0]["description"] == {"text": "remove it"}
    assert idle["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": ""}


@pytest.mark.parametrize("diagnostics", [(), ALL, (ERROR, IDLE)])
def test_sarif_fits_the_standards_schema(diagnostics: tuple[Diagnostic, ...]) -> None:
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(drawn("sarif", *diagnostics)))


# --- junit -------------------------------------------------------------------------------------------------------


def suites(*diagnostics: Diagnostic, **more: Any) -> ET.Element:
    return ET.fromstring(drawn("junit", *diagnostics, **more))  # noqa: S314 - our own output


def test_junit_counts_what_makes_the_run_fail() -> None:
    root = suites(*ALL)
    assert (root.get("tests"), root.get("failures")) == ("3", "1")
    strict = suites(*ALL, failing=frozenset((Severity.ERROR, Severity.WARNING)))
    assert strict.get("failures") == "2"
    for suite in strict:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert all(case.get("name") and case.get("classname") == suite.get("name") for case in cases)


def test_junit_of_a_clean_plan_has_a_case_that_passes() -> None:
    (case,) = suites().iter("testcase")
    assert list(case) == []


def test_junit_holds_any_text() -> None:
    (failure,) = suites(replace(WARNING, severity=Severity.ERROR)).iter("failure")
    assert failure.get("type") == "error"
    assert 'a%0A "b" <c> & \\n::error::forged' in (failure.text or "")
