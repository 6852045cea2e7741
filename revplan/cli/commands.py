"""Every command by name: the one line that `--help` shows, and where it is imported from when it is run."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command, or a group of them.

    Attributes:
        help: the first line of its own help.
        module: where it is.
        attribute: the function, or the group, in that module.
    """

    name: str
    help: str
    module: str
    attribute: str


COMMANDS: tuple[Command, ...] = (
    Command("init", "Begin a plan.", "revplan.cli.init", "init"),
    Command("validate", "Tell everything that is wrong with the plan, in one run.", "revplan.cli.validate", "validate"),
    Command("fmt", "Write plan files in their canonical order and spacing.", "revplan.cli.fmt", "fmt"),
    Command("schema", "Print the JSON Schema of plan files, for editors.", "revplan.cli.schema", "schema"),
    Command(
        "explain",
        "Explain a finding, what may stand in a plan, or why a tactic is where it is and what would bring it in.",
        "revplan.cli.explain",
        "explain",
    ),
    Command(
        "report",
        "Show a report: revenue, goals, forecast, people, campaigns, the roadmap and more.",
        "revplan.cli.report",
        "report",
    ),
    Command(
        "agenda", "Show the agenda of a meeting, prefilled with what the plan knows.", "revplan.cli.agenda", "agenda"
    ),
    Command("meeting", "Meetings: what was said and decided.", "revplan.cli.meeting", "app"),
    Command("sprint", "Plan the sprint, and follow it.", "revplan.cli.sprint", "app"),
    Command(
        "swap",
        "Show what swapping one tactic for another makes of the sprint: both plans side by side.",
        "revplan.cli.what_if",
        "swap",
    ),
    Command("tactic", "The backlog: what could be done, and the tasks it is made of.", "revplan.cli.entity", "tactic"),
    Command("task", "The tasks of tactics, as tactic/task.", "revplan.cli.entity", "task"),
    Command("todo", "Promises of one person, for about a week.", "revplan.cli.todo", "app"),
    Command("issue", "What stands in the way, to be solved in the right meeting.", "revplan.cli.issue", "app"),
    Command("metric", "What is measured every week or month, and its readings.", "revplan.cli.metric", "app"),
    Command("team", "The members: what they can do, and when they work.", "revplan.cli.team", "app"),
    Command("campaign", "Campaigns: one target, one message, all that carries it.", "revplan.cli.campaign", "app"),
    Command("asset", "What campaigns need to exist, as campaign/asset.", "revplan.cli.entity", "asset"),
    Command("variant", "Campaigns told to one persona, as campaign/variant.", "revplan.cli.entity", "variant"),
    Command("persona", "The people who take part in buying or using.", "revplan.cli.entity", "persona"),
    Command("client", "Whom the team plans for, where it serves several.", "revplan.cli.entity", "client"),
    Command("objective", "What quarters are to achieve.", "revplan.cli.entity", "objective"),
    Command("segment", "Parts of the market that are addressed as one.", "revplan.cli.entity", "segment"),
    Command("pillar", "The claims that carry the Big Story.", "revplan.cli.entity", "pillar"),
    Command("differentiator", "What sets the company apart.", "revplan.cli.entity", "differentiator"),
    Command("competitor", "Who else the customer could choose.", "revplan.cli.entity", "competitor"),
    Command("input", "What the quarterly session must take into account.", "revplan.cli.entity", "input"),
    Command("goal", "Fiscal years with their numbers; an id is the year.", "revplan.cli.entity", "goal"),
    Command("budget", "Budget lines: the money that is to bring the number.", "revplan.cli.entity", "budget"),
    Command("stack", "The technology: how tools are brought in.", "revplan.cli.stack", "app"),
    Command("tool", "The tools of the stack.", "revplan.cli.entity", "tool"),
    Command("integration", "What passes from one tool to another.", "revplan.cli.entity", "integration"),
    Command("function", "The functions that touch the customer.", "revplan.cli.entity", "function"),
    Command("touchpoint", "Where the customer meets the company.", "revplan.cli.entity", "touchpoint"),
    Command("cover", "Functions that make up for others, and for how long.", "revplan.cli.entity", "cover"),
    Command("process", "Ways of working that several follow.", "revplan.cli.entity", "process"),
    Command(
        "diff",
        "Tell what a branch does to the plan and to the sprint, not to the text.",
        "revplan.cli.diff",
        "diff",
    ),
    Command("export", "The plan for calendars, spreadsheets, diagrams and programs.", "revplan.cli.export", "app"),
    Command(
        "log",
        "Tell what was changed in one thing of the plan, by whom, when and why.",
        "revplan.cli.log",
        "log",
    ),
    Command("rename", "Give a thing another id, everywhere in the plan.", "revplan.cli.rename", "rename"),
    Command("refs", "List every place that refers to a thing.", "revplan.cli.rename", "refs"),
    Command("import", "Take over what other programs know.", "revplan.cli.import_csv", "app"),
)
"""In the order in which `--help` lists them."""
