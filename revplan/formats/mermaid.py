"""A Gantt chart as Mermaid text, which GitHub, GitLab and many wikis draw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from revplan.formats.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.reports.figures import Stretch

_SPECIAL = re.compile(r"[:;,#%\"<>{}\\]+")
"""What Mermaid would take for the end of a name, a comment or a code."""


def gantt(title: str, sections: Mapping[str, Sequence[Stretch]]) -> str:
    """Return a Gantt chart of stretches under headings; each last day is worked on."""
    lines = [
        "gantt",
        f"    title {_text(title)}",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %d %b",
        "    inclusiveEndDates",
    ]
    number = 0
    for heading, stretches in sections.items():
        lines.append(f"    section {_text(heading)}")
        for stretch in stretches:
            number += 1
            state = "done, " if stretch.is_done else ""
            lines.append(f"    {_text(stretch.label)} :{state}t{number}, {stretch.start}, {stretch.end}")
    return "\n".join(lines) + "\n"


def _text(plain: str) -> str:
    return " ".join(_SPECIAL.sub(" ", visible(plain)).split()) or "–"
