"""`revplan validate`: report every finding about a plan in one run.

The plan's author may ignore findings and set severities. A selection limits the findings that are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path  # noqa: TC003 - dataclass fields are read by their types
from typing import TYPE_CHECKING, NamedTuple

from revplan import rules
from revplan.diagnostics import CODE_BY_NAME, CODES, Finding, Severity, TextFix, TextPlace
from revplan.errors import UnknownPathError, UnknownRuleError
from revplan.model.base import Ref
from revplan.spelling import did_you_mean, hint_and_match
from revplan.store.yaml.comments import ignore_comments, removal
from revplan.store.yaml.spans import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.diagnostics import Code, Diagnostic
    from revplan.model.context import Context
    from revplan.model.settings import Settings
    from revplan.store.loaded import Loaded
    from revplan.store.yaml.comments import IgnoreComment

FIRST_SUPPRESSIBLE = "RP3"
"""The first code that the plan's author can ignore or make milder; all later codes can be too."""
UNUSED_IGNORE = CODE_BY_NAME["unused-ignore"].code
UNKNOWN_KEY = CODE_BY_NAME["unknown-key"].code
UNKNOWN_VALUE = CODE_BY_NAME["unknown-value"].code


def finalise(loaded: Loaded, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return a plan's findings with the author's severities and ignores applied, sorted.

    An ignore comment that suppresses nothing becomes a finding, so `diagnostics` must hold every finding of the plan.
    """
    comments = _comments(loaded)
    found = {_key(each) for each in diagnostics}
    idle = [finding for comment in comments for finding in _check_unused(loaded, comment, found)]
    settings = loaded.plan.settings
    told = (*_without_ignored(comments, diagnostics), *locate(loaded, idle))
    told = tuple(_apply_severities(settings, told))
    return tuple(sorted(told, key=lambda each: each.order))


def apply_overrides(loaded: Loaded, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings with the author's severities, without ignored findings."""
    told = _without_ignored(_comments(loaded), diagnostics)
    return tuple(_apply_severities(loaded.plan.settings, told))


def _without_ignored(comments: Sequence[IgnoreComment], diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    aside = {(comment.file, comment.line, _code(comment)) for comment in comments}
    return [found for found in diagnostics if _key(found) not in aside]


def _comments(loaded: Loaded) -> list[IgnoreComment]:
    return [comment for source in loaded.sources.values() for comment in ignore_comments(source)]


def check_codes(settings: Settings) -> Iterator[Finding]:
    """Yield a problem for each severity in the settings whose rule is unknown or cannot have that severity."""
    for name, word in settings.rules.items():
        ref = Ref("revplan", "", ("rules", name))
        code = CODE_BY_NAME.get(name)
        if code is None:
            hint = did_you_mean(name, CODE_BY_NAME) or "`revplan explain` lists the rules"
            yield Finding(UNKNOWN_KEY, ref, f'there is no rule "{name}"', hint, on_key=True)
        elif not may_be(code, word):
            message = (
                f"{code.slug} stays {_with_article(code.severity)}; only RP3xx to RP9xx can be ignored or made milder"
            )
            yield Finding(UNKNOWN_VALUE, ref, message, "remove the line")


def may_be(code: Code, word: str) -> bool:
    """Tell whether the settings may give a rule the severity `word`."""
    return can_be_ignored(code) or word in (Severity.ERROR, code.severity)


def can_be_ignored(code: Code) -> bool:
    """Tell whether the author may ignore a kind of finding or make it milder."""
    return code.code >= FIRST_SUPPRESSIBLE


def _with_article(severity: Severity) -> str:
    return "an error" if severity is Severity.ERROR else f"a {severity}"


def _apply_severities(settings: Settings, diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings with the settings' severities, without the findings that the settings ignore."""
    named = ((CODE_BY_NAME.get(name), word) for name, word in settings.rules.items())
    words = {code.code: word for code, word in named if code is not None and may_be(code, word)}
    for found in diagnostics:
        word = words.get(found.code, found.severity)
        if word != "ignore":
            yield replace(found, severity=Severity(word))


def _key(found: Diagnostic) -> tuple[str, int, str]:
    """Return (file, line, code) of a finding. An ignore comment with the same triple suppresses the finding."""
    return (found.location.file, found.location.line, found.code)


def _code(comment: IgnoreComment) -> str:
    code = CODE_BY_NAME.get(comment.name)
    return code.code if code is not None and can_be_ignored(code) else ""


@lru_cache(maxsize=1024)
def _near_rule(name: str) -> tuple[str | None, str | None]:
    """Return a hint that names the nearest rule, and the rule if only one is near. Cached, because names recur."""
    return hint_and_match(name, CODE_BY_NAME)


def _check_unused(loaded: Loaded, comment: IgnoreComment, found: set[tuple[str, int, str]]) -> Iterator[Finding]:
    """Yield a finding if a comment suppresses nothing.

    If parts of the plan could not be read, a rule may be silent for that reason. Then the function reports only
    names that can never match.
    """
    code = CODE_BY_NAME.get(comment.name)
    hint = "remove it"
    near, only = _near_rule(comment.name)
    if not comment.name:
        message, hint = "this ignore names no rule", "write # revplan: ignore[slug] and the reason"
    elif code is None:
        message, hint = f'there is no rule "{comment.name}"', near or hint
    elif not can_be_ignored(code):
        message = f"{code.slug} cannot be ignored; only RP3xx to RP9xx can"
    elif loaded.is_faultless and (comment.file, comment.line, code.code) not in found:
        message = f"nothing to ignore: {code.slug} finds nothing on line {comment.line}"
    else:
        return
    start, end = comment.span.start, comment.span.end
    fix = None
    if code is not None:
        fix = TextFix(*removal(loaded.sources[comment.file].text, comment), "")
    elif only is not None:
        fix = TextFix(start, end, only)
    yield Finding(UNUSED_IGNORE, TextPlace(start, end - start, comment.file), message, hint, fix=fix)


class Selection(NamedTuple):
    """The findings that the command line selects.

    Attributes:
        select: rules to show, in the notation of `resolve_codes`; empty for all rules.
        ignore: rules to hide, in the same notation.
        paths: files and folders whose findings to show; empty for all files.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()


def narrow_findings(validation: Validation, selection: Selection, root: Path) -> Validation:
    """Return the findings that a selection shows.

    Args:
        validation: all findings.
        selection: the rules and paths to show.
        root: the plan's folder.

    Raises:
        UnknownRuleError: a named rule does not exist.
        UnknownPathError: a named path does not exist, or is not part of the plan.
    """
    shown = resolve_codes(selection.select) or frozenset(code.code for code in CODES)
    shown -= resolve_codes(selection.ignore)
    names = [name_in_plan(path, root) for path in selection.paths]
    kept = (found for found in validation.diagnostics if found.code in shown and is_in(found.location.file, names))
    omitted = {code: count for code, count in validation.omitted.items() if code in shown}
    return replace(validation, diagnostics=tuple(kept), omitted=omitted)


def resolve_codes(words: Iterable[str]) -> frozenset[str]:
    """Return the codes that words name: codes, slugs, and prefixes of codes such as RP4. A word may hold several.

    Raises:
        UnknownRuleError: a word names no rule.
    """
    names = [name.strip() for word in words for name in word.split(",") if name.strip()]
    return frozenset(code for name in names for code in _codes(name))


def _codes(name: str) -> frozenset[str]:
    if name in CODE_BY_NAME:
        return frozenset((CODE_BY_NAME[name].code,))
    found = frozenset(code.code for code in CODES if name.startswith("RP") and code.code.startswith(name))
    if not found:
        raise UnknownRuleError(f'there is no rule "{name}"', hint=did_you_mean(name, CODE_BY_NAME) or _LIST)
    return found


_LIST = "`revplan explain` lists the rules"


def name_in_plan(path: Path, root: Path) -> str:
    """Return a path relative to the plan's folder; empty for the folder itself.

    Raises:
        UnknownPathError: the path does not exist, or is not part of the plan.
    """
    if not path.exists():
        raise UnknownPathError(f"there is no file or folder {path}")
    resolved = path.resolve()
    if resolved == root or root.is_relative_to(resolved):
        return ""
    if not resolved.is_relative_to(root):
        raise UnknownPathError(f"{path} is no part of the plan in {root}")
    return resolved.relative_to(root).as_posix()


def is_in(file: str, names: Sequence[str]) -> bool:
    """Tell whether a file is one of the named files or in one of the named folders; true if there are no names."""
    return not names or any(not name or file == name or file.startswith(f"{name}/") for name in names)


MOST_TOLD = 1000
"""Largest number of findings of one code that are shown. More help nobody, and there may be millions."""
_MOST_PLACED = 20_000
"""Largest number of findings of one code that are located, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The findings about a plan.

    Attributes:
        diagnostics: the findings, sorted by file, line, column and code.
        files: the number of the plan's files.
        omitted: the number of further findings, by code.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    omitted: Mapping[str, int] = field(default_factory=dict)

    def has(self, *severities: Severity) -> bool:
        """Tell whether there is a finding of one of these severities."""
        return any(diagnostic.severity in severities for diagnostic in self.diagnostics)


def validate(loaded: Loaded, context: Context, most: int | None = None) -> Validation:
    """Return every finding about a plan with its location; the plan's severities and ignores apply.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        most: largest number of findings per code of text, shape and reference to locate; None for all.
    """
    found = (*loaded.findings, *rules.check(context), *check_codes(context.plan.settings))
    placed, omitted = (found, {}) if most is None else _first(found, most)
    return Validation(finalise(loaded, locate(loaded, placed)), loaded.count, omitted)


def validate_to_show(loaded: Loaded, context: Context) -> Validation:
    """Return the findings about a plan like `validate`, but locate no more of one code than anybody can read."""
    return validate(loaded, context, _MOST_PLACED)


def first_of_each(validation: Validation, most: int = MOST_TOLD) -> Validation:
    """Return the first `most` findings of each code, and count the others."""
    told: Counter[str] = Counter()
    kept: list[Diagnostic] = []
    for found in validation.diagnostics:
        told[found.code] += 1
        if told[found.code] <= most:
            kept.append(found)
    more = Counter({code: count - most for code, count in told.items() if count > most}) + Counter(validation.omitted)
    return replace(validation, diagnostics=tuple(kept), omitted=dict(sorted(more.items())))


def _first(findings: Sequence[Finding], most: int) -> tuple[Sequence[Finding], Mapping[str, int]]:
    """Return the first findings of each code that cannot be ignored, and the number of the others by code."""
    counts = Counter(found.code for found in findings)
    if max(counts.values(), default=0) <= most:
        return findings, {}
    told: Counter[str] = Counter()
    kept: list[Finding] = []
    for found in findings:
        told[found.code] += 1
        if told[found.code] <= most or can_be_ignored(CODE_BY_NAME[found.code]):
            kept.append(found)
    cut = {code: count - most for code, count in counts.items() if count > most}
    return kept, {code: count for code, count in cut.items() if not can_be_ignored(CODE_BY_NAME[code])}


def failing_severities(*, strict: bool) -> frozenset[Severity]:
    """Return the severities that make `validate` exit with 1."""
    return frozenset((Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,))


def slug_of(code: str) -> str:
    """Return the slug of a rule's code."""
    return CODE_BY_NAME[code].slug
