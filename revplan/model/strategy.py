"""The strategy: one Big Story, whom it is for, what sets the company apart, and the objectives."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from revplan.model.base import (
    CompetitorId,
    Date,
    FunctionId,
    Id,
    MemberId,
    MetricId,
    Part,
    QuarterValue,
    TacticId,
    Text,
)
from revplan.model.numbers import Amount, Count, Grade, Quantity

SETUP_OBJECTIVE = "revenue-system"
"""The objective of setting the system up, which `guide --write` adds: no metric shows it, and `report guide` does."""


class Pillar(Part):
    """A claim that carries the Big Story."""

    claim: Text = Field(description="What is claimed, in one sentence.")
    proof: Text | None = Field(None, description="Why anyone should believe it: a number, a customer, a test.")


class BigStory(Part):
    """The one story every campaign tells a part of."""

    narrative: Text = Field(description="The story: the change in the world, what is at stake, the way through.")
    pillars: dict[Id, Pillar] = Field(default_factory=dict, description="The claims that carry it, by id.")


class Differentiator(Part):
    """Something the company does that the others do not."""

    claim: Text = Field(description="What sets the company apart.")
    proof: Text | None = Field(None, description="Why anyone should believe it.")
    versus: CompetitorId | None = Field(None, description="The competitor it is measured against.")


class IdealCustomer(Part):
    """The kind of company that gains most, and is worth most."""

    description: Text = Field(description="Who they are, in a sentence or two.")
    industries: tuple[Text, ...] = Field((), description="The industries they are in.")
    size: Text | None = Field(None, description="Their size, by employees, sites or revenue.")
    regions: tuple[Text, ...] = Field((), description="Where they are.")
    signals: tuple[Text, ...] = Field((), description="What shows that they need this now.")
    exclusions: tuple[Text, ...] = Field((), description="Who looks like one and is not.")


class Segment(Part):
    """A part of the market that is addressed as one."""

    name: Text = Field(description="The segment's name.")
    accounts: Count | None = Field(None, description="How many companies are in it.")
    description: Text | None = Field(None, description="What makes them alike.")


class Competitor(Part):
    """Who else the customer could choose."""

    name: Text = Field(description="The competitor's name.")
    strengths: tuple[Text, ...] = Field((), description="What they are good at.")
    weaknesses: tuple[Text, ...] = Field((), description="Where they fall short.")
    claims: tuple[Text, ...] = Field((), description="What they say of themselves.")
    counter: Text | None = Field(None, description="What to answer when they are brought up.")
    reviewed: Date | None = Field(None, description="When somebody last looked.")


class Swot(Part):
    """Strengths, weaknesses, opportunities and threats."""

    strengths: tuple[Text, ...] = Field((), description="What the company is good at.")
    weaknesses: tuple[Text, ...] = Field((), description="Where it falls short.")
    opportunities: tuple[Text, ...] = Field((), description="What the market offers.")
    threats: tuple[Text, ...] = Field((), description="What the market may do to it.")


class Assessment(Part):
    """How ready the company is to reach an objective."""

    process: Grade | None = Field(None, description="How good the process behind it is, 1 to 5.")
    capability: Grade | None = Field(None, description="How able the people are, 1 to 5.")
    gap: Text | None = Field(None, description="What is missing.")
    action: TacticId | None = Field(None, description="The tactic that closes the gap.")


class Objective(Part):
    """What a quarter is to achieve."""

    title: Text = Field(description="What is true when it is reached.")
    owner: MemberId | None = Field(None, description="The member answerable for it.")
    quarter: QuarterValue | None = Field(None, description="The fiscal quarter it runs in; without one it always runs.")
    metric: MetricId | None = Field(None, description="The metric that tells.")
    target: Quantity | None = Field(None, description="The metric's value when it is reached.")
    weight: Amount = Field(Decimal(1), description="How much more than others it counts in a tactic's value.")
    commitments: dict[FunctionId, Date | None] = Field(
        default_factory=dict, description="The functions that have committed to it, with the date they did."
    )
    assessment: Assessment | None = Field(None, description="How ready the company is to reach it.")
    status: Literal["open", "reached", "missed", "dropped"] = Field("open", description="How it ended, once it has.")


class Input(Part):
    """Something from outside that the quarterly session must take into account."""

    kind: Literal["competitor", "launch", "event", "industry"] = Field(description="What kind of thing it is.")
    title: Text = Field(description="What happens.")
    date: Date = Field(description="When it happens.")
    lead_days: Count | None = Field(None, description="How many days the response takes to prepare.")
    response: TacticId | None = Field(None, description="The tactic that answers it.")


class Strategy(Part):
    """What the company wants to be to whom, and what it does about it."""

    vision: Text | None = Field(None, description="Where the company is going.")
    big_story: BigStory | None = Field(None, description="The one story every campaign tells a part of.")
    value_proposition: Text | None = Field(None, description="What a customer gains, in one sentence.")
    tone: Text | None = Field(None, description="How the company sounds, whatever it speaks of.")
    avoid: tuple[Text, ...] = Field((), description="What the company does not say or show.")
    differentiators: dict[Id, Differentiator] = Field(default_factory=dict, description="What sets it apart, by id.")
    ideal_customer: IdealCustomer | None = Field(None, description="The kind of company that gains most.")
    segments: dict[Id, Segment] = Field(default_factory=dict, description="Parts of the market, by id.")
    competitors: dict[Id, Competitor] = Field(default_factory=dict, description="Who else there is, by id.")
    swot: Swot | None = Field(None, description="Strengths, weaknesses, opportunities, threats.")
    objectives: dict[Id, Objective] = Field(default_factory=dict, description="What quarters are to achieve, by id.")
    inputs: dict[Id, Input] = Field(default_factory=dict, description="The quarterly session's raw material, by id.")
