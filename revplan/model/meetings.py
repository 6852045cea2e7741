"""Issues, to-dos and the meetings they come from."""

from typing import Literal

from pydantic import Field

from revplan.model.base import (
    CampaignId,
    Date,
    Entity,
    FunctionId,
    IssueId,
    MemberId,
    MetricId,
    ObjectiveId,
    PersonaId,
    TacticId,
    Text,
    ToolId,
)
from revplan.model.numbers import Score

MeetingKind = Literal["weekly", "sprint", "quarter"]


class Issue(Entity):
    """Something to identify, discuss and solve."""

    title: Text = Field(description="What is the matter.")
    raised: Date = Field(description="When it was raised.")
    raised_by: MemberId | None = Field(None, description="Who raised it.")
    owner: MemberId | None = Field(None, description="Who sees it through.")
    horizon: Literal["week", "sprint", "quarter"] = Field("week", description="The meeting it belongs to.")
    priority: Score | None = Field(None, description="How much it matters, 1 to 10.")
    status: Literal["open", "solved", "dropped"] = Field("open", description="Where it stands.")
    solved: Date | None = Field(None, description="When it was solved.")
    metric: MetricId | None = Field(None, description="The metric it is about.")
    tactic: TacticId | None = Field(None, description="The tactic it is about.")
    campaign: CampaignId | None = Field(None, description="The campaign it is about.")
    objective: ObjectiveId | None = Field(None, description="The objective it is about.")
    persona: PersonaId | None = Field(None, description="The persona it is about.")
    function: FunctionId | None = Field(None, description="The function it is about.")
    tool: ToolId | None = Field(None, description="The tool it is about.")
    solution: Text | None = Field(None, description="What was decided.")


class Todo(Entity):
    """A promise of one person, for about a week."""

    title: Text = Field(description="What is to be done.")
    owner: MemberId | None = Field(None, description="The one person who does it.")
    due: Date | None = Field(None, description="By when.")
    status: Literal["open", "done", "dropped"] = Field("open", description="Where it stands.")
    done: Date | None = Field(None, description="When it was done.")
    issue: IssueId | None = Field(None, description="The issue it helps to solve.")


class Meeting(Entity):
    """What was said and decided."""

    kind: MeetingKind = Field(description="Which meeting.")
    date: Date = Field(description="When it was held.")
    attended: tuple[MemberId, ...] = Field((), description="Who was there.")
    rating: dict[MemberId, Score] = Field(default_factory=dict, description="How good they found it, 1 to 10.")
    decisions: tuple[Text, ...] = Field((), description="What was decided.")
    headlines: tuple[Text, ...] = Field((), description="News from customers and people.")
    cascading_messages: tuple[Text, ...] = Field((), description="What to tell everyone else.")
