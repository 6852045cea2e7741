"""The company: every function that touches the customer, and who makes up for whom."""

from pydantic import Field

from revplan.model.base import Date, FunctionId, Id, MemberId, MetricId, Part, Text
from revplan.model.numbers import Grade

BUILT_IN_FUNCTIONS: tuple[str, ...] = (
    "marketing",
    "sales",
    "service",
    "product",
    "engineering",
    "operations",
    "provisioning",
    "billing",
    "support",
    "finance",
    "people",
    "leadership",
)
"""Functions every plan may name without declaring them."""


class Function(Part):
    """A part of the company that touches the customer."""

    name: Text = Field(description="What it is called.")
    accountable: MemberId | None = Field(None, description="The member who answers for it.")
    sponsor: MemberId | None = Field(None, description="The leader who stands behind it.")
    measurables: tuple[MetricId, ...] = Field((), description="The metrics its health is read from.")


class Touchpoint(Part):
    """A moment in which the customer meets the company."""

    title: Text = Field(description="What happens.")
    function: FunctionId = Field(description="The function that answers for it.")
    standard: Text | None = Field(None, description="How good it should be.")
    rating: Grade | None = Field(None, description="How good it is, 1 to 5.")
    evidence: Text | None = Field(None, description="What the rating rests on.")


class Cover(Part):
    """One function making up for another."""

    for_: FunctionId = Field(alias="for", description="The function that is made up for.")
    by: FunctionId = Field(description="The function that does its work.")
    what: Text = Field(description="What is done.")
    since: Date = Field(description="Since when.")
    until: Date | None = Field(None, description="Until when: its limit.")


class Process(Part):
    """A way of working that several follow."""

    owner: MemberId = Field(description="Who answers for it.")
    functions: tuple[FunctionId, ...] = Field((), description="Who takes part.")
    steps: tuple[Text, ...] = Field((), description="What is done, in order.")
    done_when: Text | None = Field(None, description="How one knows it is finished.")


class Company(Part):
    """Functions, touchpoints, covers and processes."""

    functions: dict[Id, Function] = Field(default_factory=dict, description="Every function that touches the customer.")
    touchpoints: dict[Id, Touchpoint] = Field(default_factory=dict, description="Where the customer meets the company.")
    cover: dict[Id, Cover] = Field(default_factory=dict, description="Who makes up for whom, by id.")
    processes: dict[Id, Process] = Field(default_factory=dict, description="Ways of working, by id.")
