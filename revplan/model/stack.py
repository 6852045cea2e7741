"""The technology: tools, what passes between them, and how they are brought in."""

from typing import Literal

from pydantic import Field

from revplan.model.base import Date, FunctionId, Id, MemberId, Part, TaskPath, Text, ToolId
from revplan.model.money import Money
from revplan.model.numbers import Fraction

ToolCategory = Literal[
    "marketing-automation", "sales-automation", "crm", "service-automation", "cms", "analytics", "other"
]
CORE_CATEGORIES: tuple[ToolCategory, ...] = (
    "marketing-automation",
    "sales-automation",
    "crm",
    "service-automation",
    "cms",
)
"""The categories every revenue system needs a tool in."""
ToolStatus = Literal["wanted", "purchased", "installed", "configured", "trained", "deployed", "retired"]
RolloutStage = Literal["purchase", "install", "configure", "train", "deploy"]
ROLLOUT_STAGES: tuple[RolloutStage, ...] = ("purchase", "install", "configure", "train", "deploy")
"""In the order in which a tool is brought in."""


class Tool(Part):
    """A piece of software revenue work depends on."""

    name: Text = Field(description="The product's name.")
    category: ToolCategory = Field(description="What kind of tool it is.")
    also: tuple[ToolCategory, ...] = Field((), description="Further kinds that it is in one, such as crm and cms.")
    owner: MemberId = Field(description="Who answers for it.")
    used_by: tuple[FunctionId, ...] = Field((), description="The functions that work with it.")
    status: ToolStatus = Field("wanted", description="How far it has been brought in.")
    annual_cost: Money | None = Field(None, description="What it costs a year.")
    renewal: Date | None = Field(None, description="When the contract renews.")
    adoption: Fraction | None = Field(None, description="The part of the seats in use.")

    @property
    def categories(self) -> tuple[ToolCategory, ...]:
        """Every kind of tool that it is, the main one first."""
        return (self.category, *self.also)


class Integration(Part):
    """What passes from one tool to another."""

    from_: ToolId = Field(alias="from", description="The tool it comes from.")
    to: ToolId = Field(description="The tool it goes to.")
    direction: Literal["one-way", "two-way"] = Field("one-way", description="Whether it also comes back.")
    objects: tuple[Text, ...] = Field((), description="What is passed: contacts, deals, tickets …")
    status: Literal["wanted", "building", "live", "broken"] = Field("wanted", description="Whether it works.")


class RolloutDates(Part):
    """One step of bringing a tool in."""

    owner: MemberId | None = Field(None, description="Who sees to it.")
    due: Date | None = Field(None, description="When it is to be done.")
    done: Date | None = Field(None, description="When it was done.")
    task: TaskPath | None = Field(None, description="The task that does it, as tactic/task.")


class Rollout(Part):
    """How a tool is brought in: purchase, install, configure, train, deploy."""

    purchase: RolloutDates | None = Field(None, description="Chosen and bought.")
    install: RolloutDates | None = Field(None, description="Set up and reachable.")
    configure: RolloutDates | None = Field(None, description="Made to fit the company.")
    train: RolloutDates | None = Field(None, description="People know how to use it.")
    deploy: RolloutDates | None = Field(None, description="In daily use.")


class Stack(Part):
    """The tools, the integrations and the rollouts."""

    tools: dict[Id, Tool] = Field(default_factory=dict, description="Tools by id.")
    integrations: dict[Id, Integration] = Field(default_factory=dict, description="What passes between them, by id.")
    rollouts: dict[ToolId, Rollout] = Field(default_factory=dict, description="How tools are brought in, by tool.")
