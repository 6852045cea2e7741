"""The codes of findings with their slugs and severities, findings at a place of the plan, and located diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.base import Keys, Ref


class Severity(StrEnum):
    """The severity of a finding, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Code(NamedTuple):
    """A kind of finding: its code, the slug that names the fault, and its default severity."""

    code: str
    slug: str
    severity: Severity


def _errors(*pairs: tuple[str, str]) -> tuple[Code, ...]:
    return tuple(Code(code, slug, Severity.ERROR) for code, slug in pairs)


def _warnings(*pairs: tuple[str, str]) -> tuple[Code, ...]:
    return tuple(Code(code, slug, Severity.WARNING) for code, slug in pairs)


def _advice(*pairs: tuple[str, str]) -> tuple[Code, ...]:
    return tuple(Code(code, slug, Severity.ADVICE) for code, slug in pairs)


TEXT_CODES = _errors(
    ("RP001", "not-utf-8"),
    ("RP002", "yaml-syntax"),
    ("RP003", "duplicate-key"),
    ("RP004", "tab-indentation"),
    ("RP005", "custom-tag"),
    ("RP006", "merge-key"),
    ("RP007", "alias-expansion"),
    ("RP008", "nesting-too-deep"),
    ("RP009", "file-too-large"),
    ("RP010", "control-character"),
    ("RP011", "unreadable-file"),
    ("RP012", "several-documents"),
    ("RP013", "complex-key"),
    ("RP014", "link-out-of-plan"),
) + _warnings(
    ("RP020", "unused-ignore"),
)
SHAPE_CODES = _errors(
    ("RP101", "unknown-key"),
    ("RP102", "missing-key"),
    ("RP103", "wrong-type"),
    ("RP104", "out-of-range"),
    ("RP105", "unknown-value"),
    ("RP106", "bad-id"),
    ("RP107", "duplicate-id"),
    ("RP108", "end-before-start"),
    ("RP109", "duplicate-setting"),
    ("RP110", "misplaced-settings"),
    ("RP111", "unknown-format"),
    ("RP112", "conflicting-keys"),
    ("RP113", "no-exchange-rate"),
)
DANGLING_CODES = _errors(
    ("RP201", "unknown-persona"),
    ("RP202", "unknown-segment"),
    ("RP203", "unknown-competitor"),
    ("RP204", "unknown-pillar"),
    ("RP205", "unknown-objective"),
    ("RP206", "unknown-function"),
    ("RP207", "unknown-member"),
    ("RP208", "unknown-tactic"),
    ("RP209", "unknown-task"),
    ("RP210", "unknown-campaign"),
    ("RP211", "unknown-variant"),
    ("RP212", "unknown-metric"),
    ("RP213", "unknown-client"),
    ("RP214", "unknown-budget-line"),
    ("RP215", "unknown-tool"),
    ("RP216", "unknown-issue"),
    ("RP217", "unknown-calendar"),
    ("RP218", "unknown-playbook"),
)
CYCLE_CODES = _errors(
    ("RP230", "requires-cycle"),
    ("RP231", "after-cycle"),
    ("RP232", "drives-cycle"),
    ("RP233", "ratio-cycle"),
)
REFERENCE_CODES = (*DANGLING_CODES, *CYCLE_CODES)
TEAM_CODES = (
    *_errors(
        ("RP301", "over-plannable"),
        ("RP302", "assigned-while-away"),
        ("RP303", "assignee-below-level"),
        ("RP304", "unassigned-work"),
        ("RP305", "task-assigned-twice"),
        ("RP306", "closed-sprint-edited"),
        ("RP307", "shares-over-100"),
        ("RP308", "misdated-work"),
        ("RP309", "overbooked-days"),
    ),
    *_warnings(
        ("RP310", "skill-over-supply"),
        ("RP311", "single-point-of-failure"),
        ("RP312", "parked-past-review"),
        ("RP313", "parked-three-sprints"),
        ("RP314", "retainer-exceeded"),
        ("RP315", "meetings-over-hours"),
        ("RP316", "unknown-time-zone"),
        ("RP317", "dropped-in-sprint"),
        ("RP318", "written-off-dates"),
        ("RP319", "unusable-logo"),
    ),
    *_advice(
        ("RP320", "heavy-business-as-usual"),
        ("RP321", "attendee-never-there"),
        ("RP322", "faint-site-color"),
    ),
    *_warnings(
        ("RP323", "implausible-hours"),
        ("RP324", "more-than-a-day"),
    ),
)
TACTIC_CODES = (
    *_errors(
        ("RP401", "pinned-owner-unable"),
        ("RP402", "recurring-without-owner"),
        ("RP403", "done-without-definition"),
        ("RP404", "requires-what-it-excludes"),
        ("RP405", "contradictory-playbook"),
        ("RP406", "contradictory-people"),
    ),
    *_warnings(
        ("RP410", "skill-nobody-has"),
        ("RP411", "values-on-some-only"),
        ("RP412", "random-act"),
        ("RP413", "scoring-field-missing"),
        ("RP414", "result-before-done"),
        ("RP415", "dates-without-room"),
        ("RP416", "wait-for-nothing"),
        ("RP417", "too-few-able"),
    ),
    *_advice(
        ("RP420", "long-task"),
        ("RP421", "low-estimates"),
        ("RP422", "impact-inflation"),
        ("RP423", "two-impact-values"),
        ("RP424", "tactic-without-metric"),
        ("RP425", "playbook-task-missing"),
    ),
)
STRATEGY_CODES = (
    *_warnings(
        ("RP501", "unserved-persona"),
        ("RP502", "claim-without-proof"),
        ("RP503", "shared-differentiator"),
        ("RP504", "uncommitted-function"),
        ("RP505", "strategy-section-missing"),
    ),
    *_advice(
        ("RP510", "too-many-objectives"),
        ("RP511", "old-persona-evidence"),
        ("RP512", "old-competitor-review"),
    ),
)
CAMPAIGN_CODES = (
    *_errors(
        ("RP601", "campaign-target-count"),
        ("RP602", "campaign-without-pillar"),
        ("RP603", "launched-with-open-item"),
        ("RP604", "launched-without-metric-target"),
    ),
    *_warnings(
        ("RP610", "channel-persona-does-not-use"),
        ("RP611", "asset-off-story"),
        ("RP612", "identical-variant"),
        ("RP613", "unclear-tracking"),
    ),
)
GOAL_CODES = (
    *_errors(
        ("RP701", "targets-miss-the-year"),
        ("RP702", "close-lag-sum"),
        ("RP703", "reading-in-future"),
        ("RP704", "contradicting-figures"),
    ),
    *_warnings(
        ("RP710", "caviar-goals"),
        ("RP711", "target-out-of-reach"),
        ("RP712", "thin-pipeline"),
        ("RP713", "segment-too-small"),
        ("RP714", "spend-ahead-of-plan"),
        ("RP715", "start-off-actual"),
        ("RP716", "assumption-off-measured"),
        ("RP717", "spend-below-budget"),
        ("RP718", "months-without-money"),
        ("RP719", "thousands-as-decimals"),
        ("RP720", "red-metric-without-issue"),
        ("RP721", "metric-off-the-revenue-chain"),
        ("RP722", "stale-metric"),
        ("RP723", "rate-without-per-cent"),
    ),
    *_advice(
        ("RP730", "scorecard-size"),
        ("RP731", "missing-actual"),
    ),
)
STACK_CODES = _warnings(
    ("RP801", "core-category-empty"),
    ("RP802", "crm-not-integrated"),
    ("RP803", "rollout-stage-skipped"),
    ("RP804", "wanted-without-rollout"),
)
COMPANY_CODES = (
    *_errors(
        ("RP901", "todo-without-owner-or-due"),
    ),
    *_warnings(
        ("RP910", "function-without-measurable"),
        ("RP911", "function-without-accountable"),
        ("RP912", "no-shared-metric"),
        ("RP913", "cover-past-limit"),
        ("RP914", "cover-without-limit"),
        ("RP915", "idle-function"),
        ("RP916", "solved-without-action"),
    ),
    *_advice(
        ("RP920", "todos-left-undone"),
        ("RP921", "todo-far-off"),
    ),
)
CODES: tuple[Code, ...] = (
    *TEXT_CODES,
    *SHAPE_CODES,
    *REFERENCE_CODES,
    *TEAM_CODES,
    *TACTIC_CODES,
    *STRATEGY_CODES,
    *CAMPAIGN_CODES,
    *GOAL_CODES,
    *STACK_CODES,
    *COMPANY_CODES,
)
"""Every kind of finding."""
CODE_BY_NAME: Mapping[str, Code] = {name: code for code in CODES for name in (code.code, code.slug)}
"""Every kind of finding, by code and by slug."""


class KeyPlace(NamedTuple):
    """A key or a value of a plan file.

    Attributes:
        file: path relative to the plan's folder, with forward slashes; empty for the text that is being parsed.
        keys: the path of keys from the top of the file.
    """

    file: str
    keys: Keys


class TextPlace(NamedTuple):
    """A stretch of a plan file's text.

    Attributes:
        start: offset in the text, in characters.
        length: number of characters, from 1.
        file: path relative to the plan's folder, with forward slashes; empty for the text that is being parsed.
    """

    start: int
    length: int = 1
    file: str = ""


class TextFix(NamedTuple):
    """A correction of a stretch of text: offsets in characters, the end excluded, and the new text."""

    start: int
    end: int
    text: str


class Finding(NamedTuple):
    """A fault at a symbolic place. `store.yaml.spans.locate` turns it into a Diagnostic.

    A rule names a place of the plan. Only the store knows files: it names a key of a file where one entry stands in
    two files, and a stretch of text where the text is not data yet.

    Attributes:
        code: one of CODES.
        place: the place of the faulty value.
        message: the fault in one line, naming the thing.
        hint: the way out, if there is a clear one.
        on_key: the fault is in the place's key, not in its value.
        related: other places that show the reason, such as the first of two duplicates.
        fix: the replacement text of the place, or a correction of other text; None unless only one is possible.
    """

    code: str
    place: Ref | KeyPlace | TextPlace
    message: str
    hint: str | None = None
    on_key: bool = False
    related: tuple[Ref | KeyPlace, ...] = ()
    fix: str | TextFix | None = None

    def with_file(self, file: str) -> Finding:
        """Return a finding about a text that was parsed, with the name of the file that holds the text."""
        assert isinstance(self.place, TextPlace)
        related = tuple(KeyPlace(file, place.keys) for place in self.related)
        return self._replace(place=self.place._replace(file=file), related=related)


def text_finding(
    code: str, message: str, start: int, length: int = 1, hint: str | None = None, fix: TextFix | None = None
) -> Finding:
    """Return a finding at a stretch of the text that is being parsed: offset and length in characters."""
    return Finding(code, TextPlace(start, length), message, hint, fix=fix)


class Location(NamedTuple):
    """A stretch of a plan file's text.

    Attributes:
        file: path relative to the plan's folder, with forward slashes.
        line: from 1.
        column: from 1, in characters.
        end_line: the line on which the stretch ends, from 1.
        end_column: the column after the last character, from 1.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Fix(NamedTuple):
    """A correction of a stretch of a file, if only one correction is possible.

    Attributes:
        location: the stretch to replace.
        text: the replacement; empty to delete the stretch.
    """

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its location, ready to be shown.

    Attributes:
        location: the stretch of text that the finding is about.
        excerpt: the whole line of text at the location, without its line end.
        related: other places that show the reason.
        fix: the correction that `validate --fix` may make; None if there is none.
    """

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str | None = None
    excerpt: str = ""
    related: tuple[Location, ...] = ()
    fix: Fix | None = None

    @property
    def slug(self) -> str:
        """The code's slug."""
        return CODE_BY_NAME[self.code].slug

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sort key: file, line, column, code and message."""
        return (self.location.file, self.location.line, self.location.column, self.code, self.message)
