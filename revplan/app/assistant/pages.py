"""Tools that read pages of their own: sprints, skills, playbooks, and the sheets of workshops."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from revplan.app.assistant.arguments import Form, Id, Workshop
from revplan.app.assistant.tool import DOCUMENTS, TEXT, Answer, AssistantTool, PlanAccess, document_answer
from revplan.app.guide.playbooks import choose_playbooks, find_playbook
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.workshop import listing, sheet
from revplan.app.sprint.lookup import get_member, running_sprint
from revplan.reports import playbooks, skills, sprint_brief, sprint_list, sprint_show, sprint_status


def sprint_list_(at: PlanAccess, form: Form = "json") -> Answer:
    """List the written sprints, with their hours."""
    _, context = at.open()
    return document_answer(sprint_list.layout(context.plan), form)


def sprint_show_(at: PlanAccess, sprint: Id | None = None, form: Form = "json") -> Answer:
    """Show a written sprint, planned against actual: by tactic, by member and by task.

    Without an id it is the sprint at hand.
    """
    _, context = at.open()
    return document_answer(sprint_show.layout(context, running_sprint(context, sprint)), form)


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


PAGES = (
    AssistantTool(sprint_list_, DOCUMENTS),
    AssistantTool(sprint_show_, DOCUMENTS),
    AssistantTool(sprint_status_, DOCUMENTS),
    AssistantTool(sprint_brief_, DOCUMENTS),
    AssistantTool(skill_list, DOCUMENTS),
    AssistantTool(playbook_list, DOCUMENTS),
    AssistantTool(playbook_show, DOCUMENTS),
    AssistantTool(workshop_list, DOCUMENTS),
    AssistantTool(workshop_sheet, (TEXT,)),
)
"""The tools that read pages of their own."""
