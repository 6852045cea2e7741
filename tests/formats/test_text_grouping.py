"""Many findings of one kind are told as one; the worst stand last."""

from __future__ import annotations

from revplan.diagnostics import CODE_BY_NAME, Diagnostic, Location
from revplan.formats.text import by_rule, findings, plain


def found(code: str, line: int, message: str, hint: str | None = None) -> Diagnostic:
    location = Location("plan.yaml", line, 3, line, 8)
    return Diagnostic(code, CODE_BY_NAME[code].severity, location, message, hint, "  leads: 1")


def test_warnings_of_one_rule_are_one_entry_and_errors_come_last() -> None:
    told = (
        found("RP201", 1, 'no persona "cto"', "there is cfo"),
        found("RP720", 2, "leads is red", "raise an issue"),
        found("RP720", 40, "calls is red", "raise an issue"),
        found("RP720", 300, "churn is red", "raise an issue"),
        found("RP422", 4, "every impact is 8 or more"),
    )
    text = findings(told, plain)
    assert text == (
        "advice[RP422] impact-inflation: every impact is 8 or more\n"
        " --> plan.yaml:4:3\n  |\n4 |   leads: 1\n  |   ^^^^^\n  = revplan explain RP422\n\n"
        "warning[RP720] red-metric-without-issue: 3 times\n"
        "  --> plan.yaml:2:3    leads is red\n"
        "  --> plan.yaml:40:3   calls is red\n"
        "  --> plan.yaml:300:3  churn is red\n"
        "   = raise an issue\n   = revplan explain RP720\n\n"
        'error[RP201] unknown-persona: no persona "cto"\n'
        " --> plan.yaml:1:3\n  |\n1 |   leads: 1\n  |   ^^^^^ there is cfo\n  = revplan explain RP201\n\n"
    )


def test_errors_are_one_entry_only_if_they_say_the_same() -> None:
    same = [found("RP201", line, 'no persona "cto"') for line in (1, 2, 3)]
    assert findings(same, plain) == (
        'error[RP201] unknown-persona: no persona "cto", 3 times\n'
        "  --> plan.yaml:1:3\n  --> plan.yaml:2:3\n  --> plan.yaml:3:3\n   = revplan explain RP201\n\n"
    )
    other = [found("RP201", line, f'no persona "c{line}o"') for line in (1, 2, 3)]
    assert findings(other, plain).count("error[RP201]") == 3


def test_two_of_a_kind_stay_two_with_their_lines() -> None:
    assert findings([found("RP720", line, "leads is red") for line in (1, 2)], plain).count("^^^^^") == 2


def test_hints_that_differ_stand_beside_their_places() -> None:
    told = [found("RP720", line, "leads is red", f"see {line}") for line in (1, 2, 3)]
    assert "  --> plan.yaml:2:3   (see 2)\n" in findings(told, plain)


def test_the_summary_counts_by_rule() -> None:
    told = [found("RP720", line, "leads is red") for line in range(12)] + [found("RP201", 1, "no")]
    assert by_rule(told, {"RP720": 2000}, plain) == (
        "2,012 warning[RP720] red-metric-without-issue\n    1 error[RP201] unknown-persona\n"
    )
