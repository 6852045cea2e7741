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
    Workshop,
    as_text,
    day_of,
)
from revplan.app.assistant.tool import (
    DOCUMENT,
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
from revplan.app.guide.playbooks import choose_playbooks, find_playbook
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.workshop import listing, sheet
from revplan.app.reporting import explain as manuals
from revplan.app.reporting import report as reports
from revplan.app.repository.diff import RevisionPair
from revplan.app.repository.diff import diff as compare
from revplan.app.repository.log import log as history_of
from revplan.app.sprint.explain import explain_tactic
from revplan.app.sprint.lookup import get_member, running_sprint
from revplan.app.sprint.plan import Request
from revplan.errors import InputError, RevplanError
from revplan.model.base import Ref
from revplan.model.meetings import MeetingKind
from revplan.model.plan import text_path
from revplan.nouns import NOUNS
from revplan.reports import (
    diff_layout,
    playbooks,
    skills,
    sprint_brief,
    sprint_list,
    sprint_show,
    sprint_status,
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
    return document_answer(draw(loaded, context, name, at.tell, year), form)


def agenda(at: PlanAccess, kind: MeetingKind, form: Form = "markdown") -> Answer:
    """Show the agenda of a meeting (weekly, sprint or quarter), prefilled with what the plan knows.

    `meeting_close` reads the Markdown back once its blanks are filled in.
    """
    loaded, context = at.open()
    before = reports.at_last_meeting(loaded, context, kind)
    if kind == "weekly":
        document = reports.weekly(context, before)
    elif kind == "sprint":
        document = reports.sprint(loaded, context, before, at.tell)
    else:
        document = reports.quarter(context, before)
    return document_answer(document, form)


def sprint_list_(at: PlanAccess, form: Form = "json") -> Answer:
    """List the written sprints, with their hours."""
    _, context = at.open()
    return document_answer(sprint_list.layout(context.plan), form)


def sprint_show_(at: PlanAccess, sprint: Id | None = None, form: Form = "json") -> Answer:
    """Show a written sprint, planned against actual: by tactic, by member and by task.

    Without an id it is the sprint at hand.
    """
    _, context = at.open()
    return document_answer(sprint_show.layout(context.plan, running_sprint(context, sprint)), form)


def sprint_status_(at: PlanAccess, sprint: Id | None = None, form: Form = "json") -> Answer:
    """Show how a sprint is going: what is done, spent and left, who has too much, what is late."""
    _, context = at.open()
    return document_answer(sprint_status.layout(context, running_sprint(context, sprint)), form)


def sprint_brief_(at: PlanAccess, member: Id, sprint: Id | None = None, form: Form = "json") -> Answer:
    """Show one person's page of the sprint: what to do, why, by when and in what order, and who waits for whom."""
    _, context = at.open()
    found = running_sprint(context, sprint)
    return document_answer(sprint_brief.layout(context, found, get_member(context, member).id), form)


def skill_list(at: PlanAccess, form: Form = "json") -> Answer:
    """List the skills that members have or tasks take, with who has them and the hours asked for."""
    _, context = at.open()
    return document_answer(skills.layout(skills.build(context)), form)


def playbook_list(
    at: PlanAccess,
    stage: Annotated[Id | None, Field(description="Only those that bring more of this, such as lead.")] = None,
    function: Id | None = None,
    fits: Annotated[bool, Field(description="The best first: where the plan is short, by team and stack.")] = False,
    own: Annotated[bool, Field(description="Only those of the plan, none of the catalogue.")] = False,
    form: Form = "json",
) -> Answer:
    """List playbooks: how kinds of tactics are done, those of the plan and those of the catalogue."""
    _, context = at.open()
    chosen = choose_playbooks(context.plan, stage, function, own=own)
    draw = playbooks.fitting if fits else playbooks.listing
    return document_answer(draw(context, chosen), form)


def playbook_show(at: PlanAccess, id: Id, form: Form = "json") -> Answer:
    """Show a playbook: what it is for, what it needs, its tasks, and what came of tactics made from it."""
    _, context = at.open()
    return document_answer(playbooks.page(context, find_playbook(context.plan, id)), form)


def workshop_list(at: PlanAccess, form: Form = "json") -> Answer:
    """List the workshops, with how many questions the plan leaves open in each."""
    loaded, context = at.open()
    return document_answer(listing(loaded, context), form)


def workshop_sheet(
    at: PlanAccess,
    name: Workshop,
    subject: Annotated[
        Id | None, Field(description="Which persona, campaign or year it is about, where it is about one.")
    ] = None,
    every: Annotated[bool, Field(description="Also the questions that the plan answers already.")] = False,
) -> Answer:
    """Show a workshop's sheet in Markdown: its questions, with room for answers; `workshop_record` reads it back."""
    loaded, context = at.open()
    return document_answer(sheet(begin(loaded, context, find_workshop(name), subject, every=every)), "markdown")


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
        tactic.layout(loaded.plan, explain_tactic(loaded, context, name, Request(sprint), at.tell)), "json"
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
    return document_answer(diff_layout.layout(compare(at.root, pair, at.tell)), form)


def log(at: PlanAccess, kind: AnyKind, id: Id, form: Form = "json") -> Answer:
    """Tell what was changed in one thing of the plan, by whom, when and why, from git."""
    loaded, _ = at.open()
    return document_answer(log_page.layout(history_of(loaded, kind, id)), form)


_DOCUMENTS = (DOCUMENT, TEXT)
READING = (
    AssistantTool(overview, (OVERVIEW,)),
    AssistantTool(list_, (ENTRIES,)),
    AssistantTool(show, (ENTRY,)),
    AssistantTool(settings, (TEXT,)),
    AssistantTool(refs, (REFS_SCHEMA,)),
    AssistantTool(report, _DOCUMENTS),
    AssistantTool(agenda, _DOCUMENTS),
    AssistantTool(sprint_list_, _DOCUMENTS),
    AssistantTool(sprint_show_, _DOCUMENTS),
    AssistantTool(sprint_status_, _DOCUMENTS),
    AssistantTool(sprint_brief_, _DOCUMENTS),
    AssistantTool(skill_list, _DOCUMENTS),
    AssistantTool(playbook_list, _DOCUMENTS),
    AssistantTool(playbook_show, _DOCUMENTS),
    AssistantTool(workshop_list, _DOCUMENTS),
    AssistantTool(workshop_sheet, (TEXT,)),
    AssistantTool(explain, (tactic.SCHEMA, MANUAL)),
    AssistantTool(diff, _DOCUMENTS),
    AssistantTool(log, _DOCUMENTS),
)
"""The tools that read."""
