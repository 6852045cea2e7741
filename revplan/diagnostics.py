"""The codes of findings with their slugs and severities, problems at a place of the plan, and located diagnostics."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from revplan.spelling import fold, is_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.model.base import Ref


class Severity(StrEnum):
    """The severity of a finding, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Code:
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
    ),
    *_advice(
        ("RP320", "heavy-business-as-usual"),
        ("RP321", "attendee-never-there"),
    ),
)
TACTIC_CODES = (
    *_errors(
        ("RP401", "pinned-owner-unable"),
        ("RP402", "recurring-without-owner"),
        ("RP403", "done-without-definition"),
        ("RP404", "requires-what-it-excludes"),
        ("RP405", "contradictory-playbook"),
    ),
    *_warnings(
        ("RP410", "skill-nobody-has"),
        ("RP411", "values-on-some-only"),
        ("RP412", "random-act"),
        ("RP413", "scoring-field-missing"),
        ("RP414", "result-before-done"),
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
        ("RP719", "thousands-as-decimals"),
        ("RP720", "red-metric-without-issue"),
        ("RP721", "metric-off-the-revenue-chain"),
        ("RP722", "stale-metric"),
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


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a place of the plan. The store finds the place in the text.

    Attributes:
        code: one of CODES.
        ref: the place of the faulty value.
        message: the fault in one line, naming the thing.
        hint: the way out, if there is a clear one.
        on_key: the fault is in the place's key, not in its value.
        related: other places that show the reason, such as the first of two duplicates.
        fix: the replacement text, if only one is possible.
    """

    code: str
    ref: Ref
    message: str
    hint: str | None = None
    on_key: bool = False
    related: tuple[Ref, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Location:
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


@dataclass(frozen=True, slots=True)
class Fix:
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


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a word; None if no known word is similar."""
    return next(iter(_near_matches(word, known)), None)


def single_near_match(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a word must have been meant to be; None if it may mean something else."""
    return hint_and_match(word, known)[1]


def _near_matches(word: str, known: Iterable[str]) -> list[str]:
    """Return up to two known words most like a word, the most similar first; one if only case or separators differ."""
    words = _words(tuple(known))
    exact = words.folded.get(fold(word))
    if exact is not None:
        return [exact]
    return get_close_matches(word[:_LONGEST], words.like(word[:_LONGEST]), n=2, cutoff=0.7)


_LONGEST = 80
"""Number of letters of a word that are compared."""
_FEW = 300
"""Largest number of known words that are all compared. Of more words, those that share letters are compared."""
_COMPARED = 16
_STRETCH = 3
_COMMON = 100
"""Largest number of known words that a stretch of letters may occur in and still select words to compare."""


class _Words:
    """Known words with an index that finds the words similar to another word without comparing all of them."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.options = sorted(known)
        self.folded = {fold(option): option for option in reversed(self.options)}
        self.by_stretch: dict[str, list[str]] = {}
        self.backwards = sorted(option[::-1] for option in self.options) if len(self.options) > _FEW else []
        for option in self.options if self.backwards else ():
            for stretch in _stretches(option[:_LONGEST]):
                self.by_stretch.setdefault(stretch, []).append(option)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The words that the known words are made of."""
        return frozenset(part for option in self.options for part in fold(option).split("-"))

    def like(self, word: str) -> list[str]:
        """Return the words to compare: neighbours by first or last letters, and words that share rare stretches."""
        if not self.backwards:
            return self.options
        near = {*_neighbours(self.options, word), *(each[::-1] for each in _neighbours(self.backwards, word[::-1]))}
        lists = (self.by_stretch.get(stretch, ()) for stretch in _stretches(word))
        shared = Counter(option for found in lists if len(found) <= _COMMON for option in found)
        most = sorted(shared, key=lambda option: (-shared[option], abs(len(option) - len(word)), option))
        return sorted(near.union(most[:_COMPARED]))


_words = lru_cache(maxsize=16)(_Words)


def _stretches(word: str) -> set[str]:
    around = f" {word} "
    return {around[start : start + _STRETCH] for start in range(len(around) - _STRETCH + 1)}


def _neighbours(options: list[str], word: str) -> list[str]:
    place = bisect_left(options, word)
    return options[max(0, place - _COMPARED // 4) : place + _COMPARED // 4]


def hint_and_match(word: str, known: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the results of `did_you_mean` and `single_near_match` from one search."""
    known = tuple(known)
    matches = _near_matches(word, known)
    is_sure = len(matches) == 1 and is_slip(word, matches[0], _words(known).parts)
    return _question(matches), matches[0] if is_sure else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word most like a word; None if no known word is similar."""
    return _question(_near_matches(word, known))


def _question(matches: list[str]) -> str | None:
    return f'did you mean "{matches[0]}"?' if matches else None
