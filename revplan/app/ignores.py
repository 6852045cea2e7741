"""What the plan's author has to say of findings: severities in the settings, and comments that set one aside.

Faults of text, shape and reference (RP0xx to RP2xx) are what they are: they cannot be ignored or made milder, because
what they stand on is not in the plan.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from revplan.diagnostics import CODE_BY_NAME, Problem, Severity, did_you_mean, meant
from revplan.model.base import Ref
from revplan.store.comments import ignore_comments, removal
from revplan.store.events import Fault
from revplan.store.loaded import TextFinding
from revplan.store.place import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.diagnostics import Code, Diagnostic
    from revplan.model.settings import Settings
    from revplan.store.comments import IgnoreComment
    from revplan.store.loaded import Loaded

FIRST_THAT_YIELDS = "RP3"
"""Codes from here on can be ignored or made milder."""
UNUSED_IGNORE = CODE_BY_NAME["unused-ignore"].code
UNKNOWN_KEY = CODE_BY_NAME["unknown-key"].code
UNKNOWN_VALUE = CODE_BY_NAME["unknown-value"].code


def finalise(loaded: Loaded, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings of a whole plan as its author wants them told, sorted.

    Comments that set nothing aside are findings too, so the diagnostics must be all there are.
    """
    comments = _comments(loaded)
    found = {_key(each) for each in diagnostics}
    idle = [
        finding
        for comment in comments
        for finding in _idle(comment, loaded.sources[comment.file].text, found, sound=loaded.sound)
    ]
    settings = loaded.plan.settings
    told = (*apply_overrides(loaded, diagnostics), *_apply_severities(settings, locate(loaded, idle)))
    return tuple(sorted(told, key=lambda each: each.order))


def apply_overrides(loaded: Loaded, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings with the severities the plan's author gives them, without those that are set aside."""
    aside = {(comment.file, comment.line, _code(comment)) for comment in _comments(loaded)}
    told = [found for found in diagnostics if _key(found) not in aside]
    return tuple(_apply_severities(loaded.plan.settings, told))


def _comments(loaded: Loaded) -> list[IgnoreComment]:
    return [comment for source in loaded.sources.values() for comment in ignore_comments(source)]


def check_codes(settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each severity that is set for no rule, or for one that does not yield."""
    for name, word in settings.rules.items():
        ref = Ref("revplan", "", ("rules", name))
        code = CODE_BY_NAME.get(name)
        if code is None:
            hint = did_you_mean(name, CODE_BY_NAME) or "`revplan explain` lists the rules"
            yield Problem(UNKNOWN_KEY, ref, f'there is no rule "{name}"', hint, on_key=True)
        elif not may_be(code, word):
            message = f"{code.slug} stays {_a(code.severity)}; only RP3xx to RP9xx can be ignored or made milder"
            yield Problem(UNKNOWN_VALUE, ref, message, "remove the line")


def may_be(code: Code, word: str) -> bool:
    """Tell whether the settings may give a rule this severity."""
    return can_be_ignored(code) or word in (Severity.ERROR, code.severity)


def can_be_ignored(code: Code) -> bool:
    """Tell whether a kind of finding can be set aside or made milder."""
    return code.code >= FIRST_THAT_YIELDS


def _a(severity: Severity) -> str:
    return "an error" if severity is Severity.ERROR else f"a {severity}"


def _apply_severities(settings: Settings, diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings with the severities the settings give them, without those they ignore."""
    named = ((CODE_BY_NAME.get(name), word) for name, word in settings.rules.items())
    words = {code.code: word for code, word in named if code is not None and may_be(code, word)}
    for found in diagnostics:
        word = words.get(found.code, found.severity)
        if word != "ignore":
            yield replace(found, severity=Severity(word))


def _key(found: Diagnostic) -> tuple[str, int, str]:
    """Return what a comment must name to set a finding aside; nothing can where the rule does not yield."""
    return (found.location.file, found.location.line, found.code)


def _code(comment: IgnoreComment) -> str:
    code = CODE_BY_NAME.get(comment.name)
    return code.code if code is not None and can_be_ignored(code) else ""


@lru_cache(maxsize=1024)
def _near_rule(name: str) -> tuple[str | None, str | None]:
    """Return the hint that names the rule probably meant, and the one that must have been; a plan repeats itself."""
    return meant(name, CODE_BY_NAME)


def _idle(comment: IgnoreComment, text: str, found: set[tuple[str, int, str]], *, sound: bool) -> Iterator[TextFinding]:
    """Yield a finding for a comment that sets nothing aside.

    In a plan that could not be read as a whole a rule may have been silent for that reason; then only names that
    can never work are told.
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
    elif sound and (comment.file, comment.line, code.code) not in found:
        message = f"nothing to ignore: {code.slug} finds nothing on line {comment.line}"
    else:
        return
    start, end = comment.span.start, comment.span.end
    fix = None
    if code is not None:
        fix = (*removal(text, comment), "")
    elif only is not None:
        fix = (start, end, only)
    yield TextFinding(comment.file, Fault(UNUSED_IGNORE, message, start, end - start, hint, fix=fix))
