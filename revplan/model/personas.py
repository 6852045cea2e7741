"""Whom the company speaks to, and whom it plans for."""

from typing import Literal, Self

from pydantic import Field, model_validator

from revplan.model.base import Date, Entity, Part, SegmentId, Text, in_order
from revplan.model.money import Money
from revplan.model.numbers import Count, Minutes

BuyingRole = Literal["champion", "economic-buyer", "user", "technical", "influencer", "gatekeeper"]


class Evidence(Part):
    """What a persona rests on."""

    interviews: Count = Field(0, description="How many people were asked.")
    reviewed: Date | None = Field(None, description="When the persona was last held against what they say.")


class Persona(Entity):
    """A kind of person who takes part in buying or using."""

    name: Text = Field(description="What the persona is called.")
    segment: SegmentId = Field(description="The segment they work in.")
    buying_role: BuyingRole = Field(description="The part they play in the decision.")
    goals: tuple[Text, ...] = Field(description="What they want to achieve.")
    pains: tuple[Text, ...] = Field(description="What stands in their way.")
    triggers: tuple[Text, ...] = Field((), description="What makes them start looking.")
    objections: tuple[Text, ...] = Field((), description="What they hold against it.")
    criteria: tuple[Text, ...] = Field((), description="What they judge offers by.")
    channels: tuple[Text, ...] = Field(description="Where they can be reached.")
    evidence: Evidence | None = Field(None, description="What the persona rests on.")


class Client(Entity):
    """Someone the team works for, where it plans for several."""

    name: Text = Field(description="The client's name.")
    minutes_per_month: Minutes | None = Field(
        None, alias="hours_per_month", description="The hours a month they have bought: a least share."
    )
    rate: Money | None = Field(None, description="What an hour is charged at.")
    from_: Date | None = Field(None, alias="from", description="First day of the engagement.")
    until: Date | None = Field(None, description="Last day of the engagement.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.from_, self.until, "until")
        return self
