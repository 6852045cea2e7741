"""The nouns of the editing commands, and the fields of each noun that have an option of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """An option for a field.

    Attributes:
        field: the field's name.
        kind: the kind whose ids the option takes, for completion; None if the option takes no ids.
        several: the option is repeatable, and the field is a list.
        name: the option's name without hyphens; empty for the field's name.
    """

    field: str
    kind: str | None = None
    several: bool = False
    name: str = ""

    @property
    def option(self) -> str:
        """The option as the user types it."""
        return "--" + (self.name or self.field).replace("_", "-")


@dataclass(frozen=True, slots=True)
class Noun:
    """The noun of a group of editing commands.

    Attributes:
        name: the noun as the user types it.
        help: the group's one line.
        kind: the kind of the noun's entries.
        title: the field that people know an entry by, and from which an id is made; empty if there is none.
        example: what `add` is shown with.
        asked: fields that `add` asks for because the rules require them, though the format does not.
    """

    name: str
    help: str
    kind: str
    title: str
    flags: tuple[Flag, ...]
    example: str
    asked: tuple[str, ...] = ()


NOUNS: tuple[Noun, ...] = (
    Noun(
        "tactic",
        "The backlog: what could be done, and the tasks it is made of.",
        "tactic",
        "title",
        (
            Flag("function", "function"),
            Flag("impact"),
            Flag("tasks", several=True, name="task"),
            Flag("objective", "objective"),
            Flag("metric", "metric"),
            Flag("personas", "persona", several=True, name="persona"),
            Flag("campaign", "campaign"),
            Flag("playbook", "playbook"),
            Flag("client", "client"),
            Flag("tier"),
            Flag("confidence"),
            Flag("value"),
            Flag("cost"),
            Flag("budget", "budget-line"),
            Flag("requires", "tactic", several=True),
            Flag("not_before"),
            Flag("deadline"),
            Flag("tags", several=True, name="tag"),
            Flag("status"),
            Flag("done_when"),
            Flag("notes"),
        ),
        "tactic add 'New pricing page' --function marketing --impact 7 --task write=writing:6 --task build=web:8",
    ),
    Noun(
        "task",
        "The tasks of tactics, as tactic/task.",
        "task",
        "",
        (
            Flag("skill"),
            Flag("hours"),
            Flag("owner", "member"),
            Flag("after", several=True),
            Flag("level"),
            Flag("split"),
            Flag("title"),
        ),
        "task add pricing-page/test --skill web --hours 3 --after build",
    ),
    Noun(
        "playbook",
        "Playbooks: how kinds of tactics are done, the company's own and a catalogue.",
        "playbook",
        "title",
        (
            Flag("function", "function"),
            Flag("stage"),
            Flag("tasks", several=True, name="task"),
            Flag("purpose"),
            Flag("roles", several=True, name="role"),
            Flag("stack", several=True, name="needs-tool"),
            Flag("metrics", several=True, name="moves"),
            Flag("impact"),
            Flag("confidence"),
            Flag("cost"),
            Flag("done_when"),
            Flag("pitfalls", several=True, name="pitfall"),
            Flag("notes"),
        ),
        "playbook add --from-tactic audit-checklist --id checklist-for-download",
    ),
    Noun(
        "todo",
        "Promises of one person, for about a week.",
        "todo",
        "title",
        (Flag("owner", "member"), Flag("due"), Flag("issue", "issue"), Flag("status"), Flag("notes")),
        "todo add 'Send the price list to Fennel Foods' --owner dana --due 2026-12-04",
        asked=("owner",),
    ),
    Noun(
        "issue",
        "What stands in the way, to be solved in the right meeting.",
        "issue",
        "title",
        (
            Flag("owner", "member"),
            Flag("raised_by", "member"),
            Flag("horizon"),
            Flag("priority"),
            Flag("metric", "metric"),
            Flag("tactic", "tactic"),
            Flag("campaign", "campaign"),
            Flag("objective", "objective"),
            Flag("function", "function"),
            Flag("status"),
            Flag("notes"),
        ),
        "issue add 'Requests wait five hours for a call' --metric speed-to-lead --horizon week",
    ),
    Noun(
        "metric",
        "What is measured every week or month, and its readings.",
        "metric",
        "name",
        (
            Flag("unit"),
            Flag("direction"),
            Flag("owner", "member"),
            Flag("cadence"),
            Flag("target"),
            Flag("function", "function"),
            Flag("kind"),
            Flag("drives", "metric"),
            Flag("notes"),
        ),
        "metric add 'Demos held' --unit demos --direction up --owner tomas --cadence weekly --target 6",
    ),
    Noun(
        "team",
        "The members: what they can do, and when they work.",
        "member",
        "name",
        (
            Flag("kind"),
            Flag("function", "function"),
            Flag("role"),
            Flag("hours_per_week"),
            Flag("hours_per_month"),
            Flag("business_as_usual"),
            Flag("skills", several=True, name="skill"),
            Flag("focus_factor"),
            Flag("from"),
            Flag("until"),
            Flag("rate"),
            Flag("email"),
        ),
        "team add 'Noor Said' --kind employee --function sales --hours-per-week 32 --skill calls:3",
    ),
    Noun(
        "campaign",
        "Campaigns: one target, one message, all that carries it.",
        "campaign",
        "title",
        (
            Flag("message"),
            Flag("start"),
            Flag("end"),
            Flag("pillar", "pillar"),
            Flag("offer"),
            Flag("call_to_action"),
            Flag("owner", "member"),
            Flag("status"),
        ),
        "campaign add 'Any Tuesday' --message 'An audit can come any day' --start 2027-01-11 --end 2027-02-26 "
        "--pillar audit-ready --set target.persona=plant-manager",
        asked=("pillar",),
    ),
    Noun(
        "asset",
        "What campaigns need to exist, as campaign/asset.",
        "asset",
        "",
        (
            Flag("channel"),
            Flag("title"),
            Flag("owner", "member"),
            Flag("due"),
            Flag("task", "task"),
            Flag("status"),
            Flag("utm"),
        ),
        "asset add any-tuesday/checklist --channel website --owner priya --due 2026-12-18",
    ),
    Noun(
        "variant",
        "Campaigns told to one persona, as campaign/variant.",
        "variant",
        "",
        (Flag("persona", "persona"), Flag("message"), Flag("offer"), Flag("value_proposition"), Flag("design")),
        "variant add any-tuesday/cfo --persona cfo --message 'A failed audit costs a quarter'",
    ),
    Noun(
        "persona",
        "The people who take part in buying or using.",
        "persona",
        "name",
        (
            Flag("segment", "segment"),
            Flag("buying_role"),
            Flag("goals", several=True, name="goal"),
            Flag("pains", several=True, name="pain"),
            Flag("channels", several=True, name="channel"),
        ),
        "persona add 'Office manager' --segment offices --buying-role champion --goal 'A calm Monday' "
        "--pain 'The machine is down again' --channel email",
    ),
    Noun(
        "client",
        "Whom the team plans for, where it serves several.",
        "client",
        "name",
        (Flag("hours_per_month"), Flag("from"), Flag("until"), Flag("rate")),
        "client add 'Fennel Foods' --hours-per-month 40 --from 2027-01-01",
    ),
    Noun(
        "objective",
        "What quarters are to achieve.",
        "objective",
        "title",
        (
            Flag("owner", "member"),
            Flag("quarter"),
            Flag("metric", "metric"),
            Flag("target"),
            Flag("weight"),
            Flag("status"),
        ),
        "objective add 'Five new offices a month' --owner noor --quarter 2027-Q1 --metric tastings",
    ),
    Noun(
        "segment",
        "Parts of the market that are addressed as one.",
        "segment",
        "name",
        (Flag("accounts"), Flag("description")),
        "segment add 'Offices of 20 to 200 people' --id offices --accounts 900",
    ),
    Noun(
        "pillar",
        "The claims that carry the Big Story.",
        "pillar",
        "",
        (Flag("claim"), Flag("proof")),
        "pillar add fresh --claim 'Roasted on Monday and poured by Friday' --proof 'A roast date on every bag'",
    ),
    Noun(
        "differentiator",
        "What sets the company apart.",
        "differentiator",
        "",
        (Flag("claim"), Flag("proof"), Flag("versus", "competitor")),
        "differentiator add next-day --claim 'A broken machine is replaced the next day' --proof '58 of 59 times'",
    ),
    Noun(
        "competitor",
        "Who else the customer could choose.",
        "competitor",
        "name",
        (
            Flag("strengths", several=True, name="strength"),
            Flag("weaknesses", several=True, name="weakness"),
            Flag("claims", several=True, name="claim"),
            Flag("counter"),
            Flag("reviewed"),
        ),
        "competitor add 'Bean Giant' --claim 'The lowest price a cup' --reviewed 2026-11-02",
    ),
    Noun(
        "input",
        "What the quarterly session must take into account.",
        "input",
        "title",
        (Flag("kind"), Flag("date"), Flag("lead_days"), Flag("response", "tactic")),
        "input add 'Food Safety Week' --kind event --date 2027-03-08 --lead-days 60",
    ),
    Noun(
        "goal",
        "Fiscal years with their numbers; an id is the year.",
        "goal",
        "",
        (Flag("measure"), Flag("start_revenue"), Flag("target_revenue"), Flag("acv"), Flag("close_rate")),
        "goal add 2027 --measure recurring --start-revenue 4.2M --target-revenue 5.2M --acv 24k --close-rate 20% "
        "--set 'close_lag=[0.5, 0.5]'",
    ),
    Noun(
        "budget",
        "Budget lines: the money that is to bring the number.",
        "budget-line",
        "",
        (Flag("category"), Flag("function", "function"), Flag("annual"), Flag("monthly")),
        "budget add events --category programs --function marketing --annual 40k",
    ),
    Noun(
        "tool",
        "The tools of the stack.",
        "tool",
        "name",
        (Flag("category"), Flag("owner", "member"), Flag("status"), Flag("annual_cost"), Flag("renewal")),
        "tool add 'Ledgerline CRM' --id crm --category crm --owner dana --status deployed",
    ),
    Noun(
        "integration",
        "What passes from one tool to another.",
        "integration",
        "",
        (Flag("from", "tool"), Flag("to", "tool"), Flag("direction"), Flag("status")),
        "integration add site-to-crm --from site --to crm --status live",
    ),
    Noun(
        "function",
        "The functions that touch the customer.",
        "function",
        "name",
        (
            Flag("accountable", "member"),
            Flag("sponsor", "member"),
            Flag("measurables", "metric", several=True, name="measurable"),
        ),
        "function add 'Customer service' --id service --accountable kwame --measurable net-retention",
    ),
    Noun(
        "touchpoint",
        "Where the customer meets the company.",
        "touchpoint",
        "title",
        (Flag("function", "function"), Flag("standard"), Flag("rating"), Flag("evidence")),
        "touchpoint add 'The first invoice' --function billing --rating 3",
    ),
    Noun(
        "cover",
        "Functions that make up for others, and for how long.",
        "cover",
        "",
        (Flag("for", "function"), Flag("by", "function"), Flag("what"), Flag("since"), Flag("until")),
        "cover add demos --for sales --by marketing --what 'Holds first demos' --since 2026-11-02 --until 2027-01-31",
    ),
    Noun(
        "process",
        "Ways of working that several follow.",
        "process",
        "",
        (Flag("owner", "member"), Flag("steps", several=True, name="step"), Flag("done_when")),
        "process add lead-handover --owner ingrid --step 'Call within the hour' --step 'Book or decline'",
    ),
)
"""In the order in which `--help` lists them."""
NOUN_BY_NAME = {noun.name: noun for noun in NOUNS}
