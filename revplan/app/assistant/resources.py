"""Resources: the manual, the schema, and each report and agenda as Markdown, by address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from revplan.app.assistant.arguments import MEETINGS
from revplan.app.assistant.prompts import LONGEST_NAME
from revplan.app.assistant.reading import agenda, explain, report
from revplan.app.assistant.tool import NOTICE, clean
from revplan.app.reporting.explain import is_manual
from revplan.app.repository.schema import schema
from revplan.diagnostics import CODE_BY_NAME
from revplan.errors import UnknownTopicError
from revplan.model.plan import KIND_BY_NAME
from revplan.reports.catalog import NAMES
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.assistant.tool import PlanAccess

SCHEME = "revplan://"
MARKDOWN, PLAIN, JSON_TYPE = "text/markdown", "text/plain", "application/schema+json"
TOPIC = "topic"
"""The parameter of the manual's address."""


class AssistantResource(NamedTuple):
    """A text that an assistant can read by its address.

    Attributes:
        uri: its address.
        name: a short name.
        description: what it says, in a sentence.
        mime_type: its media type.
    """

    uri: str
    name: str
    description: str
    mime_type: str


RESOURCES = (
    AssistantResource(f"{SCHEME}manual", "manual", "Every rule of validate and every part of a plan, listed.", PLAIN),
    AssistantResource(f"{SCHEME}schema", "schema", "The JSON Schema of plan files.", JSON_TYPE),
    *(
        AssistantResource(
            f"{SCHEME}report/{name}", f"report {name}", f"The report {name}, as people read it.", MARKDOWN
        )
        for name in NAMES
    ),
    *(
        AssistantResource(
            f"{SCHEME}agenda/{name}", f"agenda {name}", f"The agenda of the {name} meeting, prefilled.", MARKDOWN
        )
        for name in MEETINGS
    ),
)
"""Those with an address of their own."""
TEMPLATES = (
    AssistantResource(
        f"{SCHEME}manual/{{{TOPIC}}}",
        "manual of a topic",
        "What a rule (by code or slug), a kind such as tactic or a field such as tactic.tasks means.",
        PLAIN,
    ),
)
"""Those whose address has a parameter."""


def read_resource(at: PlanAccess, uri: str) -> tuple[str, str]:
    """Return the text of a resource, and its media type. A text of the plan begins with the notice that it is data.

    Raises:
        UnknownTopicError: there is no such resource.
        RevplanError: the plan does not allow it.
    """
    _, _, name = uri.removeprefix(SCHEME).partition("/")
    if uri == f"{SCHEME}schema":
        return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", JSON_TYPE
    if uri == f"{SCHEME}manual":
        return str(explain(at)["text"]), PLAIN
    if uri.startswith(f"{SCHEME}manual/") and is_manual(name):
        return str(explain(at, name)["text"]), PLAIN
    if uri.startswith(f"{SCHEME}report/") and name in NAMES:
        return _as_data(report(at, name, form="markdown")["text"])
    for meeting in MEETINGS:
        if uri == f"{SCHEME}agenda/{meeting}":
            return _as_data(agenda(at, meeting)["text"])
    known = [each.uri for each in RESOURCES]
    hint = did_you_mean(uri, known) if len(uri) <= LONGEST_NAME else None
    raise UnknownTopicError(f'there is no resource "{uri[:LONGEST_NAME]}"', hint=hint or f"there is {', '.join(known)}")


def _as_data(text: str) -> tuple[str, str]:
    return str(clean(f"> {NOTICE}\n\n{text}")), MARKDOWN


def topics() -> Sequence[str]:
    """Return the topics of the manual: rules by code and slug, and kinds. A field's topic begins with its kind."""
    return (*CODE_BY_NAME, *KIND_BY_NAME)


def complete_topic(begun: str) -> tuple[str, ...]:
    """Return the topics of the manual that begin so."""
    return tuple(name for name in topics() if name.startswith(begun))
