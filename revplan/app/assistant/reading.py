"""Tools that read: the plan at a glance, entries, reports, agendas, manuals, references, differences, histories."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from revplan.app.assistant.arguments import (
    AnyKind,
    Day,
    Fields,
    Form,
    Id,
    ReportName,
    as_text,
    day_of,
)
from revplan.app.assistant.tool import (
    DOCUMENTS,
    MANUAL,
    TEXT,
    Answer,
    AssistantTool,
    PlanAccess,
    document_answer,
    manual_answer,
    text_answer,
)
from revplan.app.checking.validate import validate_to_show
from revplan.app.editing.entries import require
from revplan.app.editing.plan_settings import written_settings
from revplan.app.editing.rename import REFS_SCHEMA, refs_data
from revplan.app.reporting import agenda as agendas
from revplan.app.reporting import explain as manuals
from revplan.app.reporting import report as reports
from revplan.app.repository.diff import RevisionPair
from revplan.app.repository.diff import diff as compare
from revplan.app.repository.log import log as history_of
from revplan.app.sprint.explain import explain_tactic
from revplan.app.sprint.plan import Request
from revplan.errors import InputError, RevplanError
from revplan.model.base import Ref
from revplan.model.meetings import MeetingKind
from revplan.model.plan import text_path
from revplan.nouns import NOUNS
from revplan.reports import (
    diff_layout,
    tactic,
)
from revplan.reports import log as log_page
from revplan.reports.catalog import NAMES
from revplan.reports.listing import Filter, build, layout
from revplan.store.loaded import merge_files
from revplan.store.yaml.spans import locations, text_of

if TYPE_CHECKING:
    from revplan.diagnostics import Diagnostic
    from revplan.model.change import Data

_WIDTH = 100
"""Columns of manuals."""


# --- what the plan holds -------------------------------------------------------------------------------------------


def overview(at: PlanAccess) -> Answer:
    """Show the plan at a glance: company, day, how much there is of each kind, sprints, findings, the first page.

    Call it first. Where `whole` is false, parts of the plan cannot be read and are missing; `validate` names them.
    """
    loaded, context = at.open()
    plan = context.plan
    counts = {noun.kind: len(plan.entries(noun.kind)) for noun in NOUNS}
    try:
        page = document_answer(reports.first_page(context), "markdown")["text"]
    except RevplanError as error:
        page = f"There is no first page: {error}"
    return {
        "schema": OVERVIEW,
        "company": plan.settings.company,
        "currency": str(plan.settings.currency),
        "today": context.today.isoformat(),
        "today_pinned": context.pinned,
        "files": loaded.count,
        "whole": loaded.is_faultless,
        "kinds": {kind: count for kind, count in counts.items() if count},
        "sprints": {name: sprint.status for name, sprint in sorted(plan.sprints.items())},
        "findings": severities(validate_to_show(loaded, context).diagnostics),
        "reports": [*NAMES],
        "page": page,
    }


OVERVIEW = "revplan/overview/1"
_OVERVIEW = {
    "company": "string",
    "currency": "string",
    "today": "string",
    "today_pinned": "boolean",
    "files": "integer",
    "whole": "boolean",
    "kinds": "object",
    "sprints": "object",
    "findings": "object",
    "reports": "array",
    "page": "string",
}


def severities(found: tuple[Diagnostic, ...]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    return dict(sorted(Counter(str(each.severity) for each in found).items()))


def list_(
    at: PlanAccess,
    kind: AnyKind,
    where: Annotated[Fields, Field(description="What fields must say, such as {function: sales}.")] = {},  # noqa: B006
    over: Annotated[bool, Field(description="Also those that are done, dropped or over.")] = False,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Field(ge=1, le=1000)] = 100,
) -> Answer:
    """List the entries of a kind, sorted by id: the columns of its list, a page at a time.

    Where `whole` is false, a file or an entry cannot be read, and entries may be missing. `show` has all of one entry.
    `explain` with the kind tells the fields that `where` may name.
    """
    _, context = at.open()
    chosen = Filter({name: as_text(value) for name, value in where.items()}, over)
    found = build(context, kind, chosen)
    page = dict(islice(found.entries.items(), offset, offset + limit))
    rest = max(len(found.entries) - offset - len(page), 0)
    whole = document_answer(layout(replace(found, entries=page)), "json")
    return {
        "schema": ENTRIES,
        "offset": offset,
        "kept": len(found.entries),
        "more": rest,
        "whole": context.plan.is_whole(kind),
        "list": whole["data"],
    }


ENTRIES = "revplan/entries/1"
_ENTRIES = {"offset": "integer", "kept": "integer", "more": "integer", "whole": "boolean", "list": "object"}


def show(at: PlanAccess, kind: AnyKind, id: Id) -> Answer:
    """Show one entry as it stands in its file, with its fields.

    A task is named tactic/task, an asset campaign/asset.
    """
    loaded, context = at.open()
    ref = Ref(kind, require(context.plan, kind, id))
    (place,) = locations(loaded, [(ref, True)])
    fields: Data = merge_files(loaded)
    for key in text_path(ref):
        fields = fields.get(str(key)) if isinstance(fields, dict) else None
    return {
        "schema": ENTRY,
        "kind": kind,
        "id": id,
        "file": place.file,
        "line": place.line,
        "fields": fields,
        "text": text_of(loaded, ref),
    }


ENTRY = "revplan/entry/1"
_ENTRY = {"kind": "string", "id": "string", "file": "string", "line": "integer", "fields": "object?", "text": "string"}
_REFS = {"of": "object", "references": "array"}


def settings(
    at: PlanAccess, key: Annotated[Id | None, Field(description="Such as sprint or meetings.weekly.")] = None
) -> Answer:
    """Show the plan's settings that are set, all or those below a key; `set` changes them."""
    loaded, _ = at.open()
    return text_answer("".join(f"{line}\n" for line in written_settings(loaded, key)))


def refs(at: PlanAccess, kind: AnyKind, id: Id) -> Answer:
    """List every place of the plan that refers to a thing. What is referred to cannot be dropped."""
    loaded, _ = at.open()
    return refs_data(loaded, kind, id)


# --- reports -------------------------------------------------------------------------------------------------------


def report(
    at: PlanAccess,
    name: ReportName,
    year: Annotated[
        int | None, Field(ge=1970, le=2200, description="Another fiscal year, of scoreboard, goals or forecast.")
    ] = None,
    explain: Annotated[bool, Field(description="End with where each figure comes from.")] = False,
    form: Form = "json",
) -> Answer:
    """Show a report: revenue, goals, forecast, people, campaigns, the roadmap and more.

    `form` is json for the figures, or markdown for the text that people read. A figure that the plan does not give is
    missing, never zero.
    """
    loaded, context = at.open()
    draw = reports.explain_report if explain else reports.report
    return document_answer(draw(loaded, context, name, at.on_progress, year), form)


def agenda(at: PlanAccess, kind: MeetingKind, form: Form = "markdown") -> Answer:
    """Show the agenda of a meeting (weekly, sprint or quarter), prefilled with what the plan knows.

    `meeting_close` reads the Markdown back once its blanks are filled in.
    """
    loaded, context = at.open()
    before = agendas.at_last_meeting(loaded, context, kind)
    if kind == "weekly":
        document = agendas.weekly(context, before)
    elif kind == "sprint":
        document = agendas.sprint(loaded, context, before, at.on_progress)
    else:
        document = agendas.quarter(context, before)
    return document_answer(document, form)


# --- manuals, differences, histories -------------------------------------------------------------------------------


def explain(
    at: PlanAccess,
    topic: Annotated[
        Id | None,
        Field(description="A rule such as RP201, a kind, a field such as tactic.tasks, or a tactic's id."),
    ] = None,
    sprint: Annotated[Id | None, Field(description="For a tactic: in which sprint; else the one due.")] = None,
) -> Answer:
    """Explain a rule, a kind, a field, or why a tactic is where it is and what would bring it in.

    Without a topic it lists all rules and kinds. `tactic/ID` names a tactic where a rule or a kind has the same name.
    """
    if topic is None:
        return manual_answer(manuals.overview(_WIDTH))
    if manuals.is_manual(topic):
        return manual_answer(manuals.explain(topic, _WIDTH))
    loaded, context = at.open()
    name = topic.removeprefix("tactic/")
    if name not in context.plan.ids("tactic"):
        raise manuals.unknown(topic, context.plan.tactics)
    return document_answer(
        tactic.layout(loaded.plan, explain_tactic(loaded, context, name, Request(sprint), at.on_progress)), "json"
    )


def diff(
    at: PlanAccess,
    base: Annotated[Id | None, Field(description="A branch, tag or commit; else the main branch.")] = None,
    head: Annotated[Id | None, Field(description="Likewise; else the files as they are.")] = None,
    since: Annotated[Day | None, Field(description="In place of base, the end of a day.")] = None,
    form: Form = "json",
) -> Answer:
    """Tell what a branch, or the time since a day, does to the plan and to the sprint, not to the text."""
    if base is not None and since is not None:
        raise InputError("base and since name the same thing", hint="leave one of them out")
    pair = RevisionPair(base, day_of(since), head, at.asked, at.clock())
    return document_answer(diff_layout.layout(compare(at.root, pair, at.on_progress)), form)


def log(at: PlanAccess, kind: AnyKind, id: Id, form: Form = "json") -> Answer:
    """Tell what was changed in one thing of the plan, by whom, when and why, from git."""
    loaded, _ = at.open()
    return document_answer(log_page.layout(history_of(loaded, kind, id)), form)


READING = (
    AssistantTool(overview, (OVERVIEW,), shape=_OVERVIEW),
    AssistantTool(list_, (ENTRIES,), shape=_ENTRIES),
    AssistantTool(show, (ENTRY,), shape=_ENTRY),
    AssistantTool(settings, (TEXT,)),
    AssistantTool(refs, (REFS_SCHEMA,), shape=_REFS),
    AssistantTool(report, DOCUMENTS),
    AssistantTool(agenda, DOCUMENTS),
    AssistantTool(explain, (tactic.SCHEMA, MANUAL)),
    AssistantTool(diff, DOCUMENTS),
    AssistantTool(log, DOCUMENTS),
)
"""The tools that read."""
