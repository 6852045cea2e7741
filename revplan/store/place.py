"""Findings get their places: file, line and column, and the line of text they stand on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.diagnostics import CODE_BY_NAME, Diagnostic, Fix, Location
from revplan.store.loaded import KeyFinding, TextFinding
from revplan.store.locate import SourceLines, Span, places
from revplan.store.scalars import plain_or_quoted_in_flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.model.base import Keys
    from revplan.store.loaded import Finding, Loaded
    from revplan.store.locate import TextSpan


def locate(loaded: Loaded, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    """Return findings with their places, sorted by file, line, column and code. Each file is searched once."""
    findings = tuple(findings)
    finder = _Placer(loaded, findings)
    return tuple(sorted((finder.diagnostic(finding) for finding in findings), key=lambda found: found.order))


class _Placer:
    """Knows where the keys stand that the findings name."""

    def __init__(self, loaded: Loaded, findings: tuple[Finding, ...]) -> None:
        wanted: dict[str, set[Keys]] = defaultdict(set)
        for finding in findings:
            for file, keys in _named_places(finding):
                wanted[file].update(keys[:length] for length in range(len(keys) + 1))
        self.texts = {file: loaded.sources[file].text for file in wanted if file in loaded.sources}
        self.lines = {file: SourceLines(text) for file, text in self.texts.items()}
        self.excerpts: dict[tuple[str, int], str] = {}
        self.places: dict[str, Mapping[Keys, TextSpan]] = {
            file: places(text, wanted[file]) for file, text in self.texts.items()
        }

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return a finding with its place."""
        if isinstance(finding, TextFinding):
            return self._of_text(finding)
        location = self.location(finding.file, finding.keys, on_key=finding.on_key)
        related = tuple(self.location(file, keys, on_key=True) for file, keys in finding.related)
        shown = self._diagnostic(finding.code, location, finding.message, finding.hint, related)
        return shown if finding.fix is None else replace(shown, fix=self._fix(finding, finding.fix))

    def _of_text(self, finding: TextFinding) -> Diagnostic:
        fault = finding.fault
        lines = self.lines.get(finding.file)
        location = Location(finding.file)
        if lines is not None:
            location = lines.location(finding.file, Span(fault.start, fault.start + fault.length))
        related = (self.location(finding.file, fault.first, on_key=True),) if fault.first else ()
        shown = self._diagnostic(fault.code, location, fault.message, fault.hint, related)
        if fault.fix is None or lines is None:
            return shown
        start, end, text = fault.fix
        return replace(shown, fix=Fix(lines.location(finding.file, Span(start, end)), text))

    def _fix(self, finding: KeyFinding, text: str) -> Fix | None:
        """Return the fix that writes a key or a value anew, in the quotes it has; None where it stands in no word."""
        place = self.places.get(finding.file, {}).get(finding.keys)
        span = (place.key if finding.on_key else place.value) if place is not None else None
        if span is None:
            return None
        written = self.texts[finding.file][span.start : span.end]
        quote = written[:1] if written[:1] in _QUOTES else ""
        if not written or (written[0] in _NO_WORD and not quote) or "\n" in written:
            return None
        location = self.lines[finding.file].location(finding.file, span)
        return Fix(location, plain_or_quoted_in_flow(text, like=quote))

    def _diagnostic(
        self, code: str, location: Location, message: str, hint: str | None, related: tuple[Location, ...]
    ) -> Diagnostic:
        excerpt = self._line(location.file, location.line)
        return Diagnostic(code, CODE_BY_NAME[code].severity, location, message, hint, excerpt, related)

    def _line(self, file: str, number: int) -> str:
        """Return a line of a file, the same text for all findings on it: a line may be long, and have many."""
        if (file, number) not in self.excerpts:
            lines = self.lines.get(file)
            self.excerpts[file, number] = lines.line(number) if lines is not None else ""
        return self.excerpts[file, number]

    def location(self, file: str, keys: Keys, *, on_key: bool) -> Location:
        """Return where keys stand; where the last ones do not exist, the key of what should hold them."""
        found = self.places.get(file, {})
        for length in range(len(keys), 0, -1):
            place = found.get(keys[:length])
            if place is not None:
                exact = length == len(keys) and not on_key
                span = place.value if exact and place.value.end > place.value.start else place.key or place.value
                return self.lines[file].location(file, span)
        return Location(file)


_QUOTES = ("'", '"')
_NO_WORD = "&*!|>[{?"
"""What a value may begin with that is more than a word."""


def _named_places(finding: Finding) -> tuple[tuple[str, Keys], ...]:
    """Return the places a finding names by keys."""
    if isinstance(finding, KeyFinding):
        return ((finding.file, finding.keys), *finding.related)
    return ((finding.file, finding.fault.first),)
