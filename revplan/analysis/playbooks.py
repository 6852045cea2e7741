"""Playbooks against the plan: where it is short, who could do them, what they took, and what a tactic of one lacks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan import wording
from revplan.analysis.funnel import goals_ahead, outlook
from revplan.analysis.measured import with_measured
from revplan.analysis.periods import say_quarter, say_year
from revplan.analysis.results import AS_GOOD_AS_KNOWN, done_tactics, group_by, tally
from revplan.analysis.scorecard import effective_metric, last_reading, miss
from revplan.analysis.stack import in_category
from revplan.analysis.staffing import best_levels
from revplan.analysis.targets import coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from revplan.analysis.results import Tally
    from revplan.model.context import Context
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan
    from revplan.model.playbooks import Playbook, Stage
    from revplan.model.tactics import Tactic

CREATION: tuple[Stage, ...] = ("visitor", "lead", "mql", "sal", "sql", "opportunity")
"""The stages that end in an opportunity."""
WORDS: Mapping[Stage, tuple[str, ...]] = {
    "visitor": ("visit", "traffic"),
    "lead": ("lead", "download", "registration", "signup"),
    "mql": ("mql", "nurture"),
    "sal": ("sal", "speed-to-lead", "meeting", "accepted"),
    "sql": ("sql", "demo", "first-talk"),
    "opportunity": ("opportunit", "pipeline"),
    "customer": ("customer", "win-rate", "close-rate", "won", "deal"),
    "retention": ("retention", "churn", "at-risk", "onboarding", "nps", "renewal", "reply", "dispute", "adoption"),
    "expansion": ("expansion", "upsell", "cross-sell", "upgrade"),
}
"""What a metric's id has in it that tells of a stage; the longest word that fits decides."""


class Shortage(NamedTuple):
    """How short the plan is at a stage.

    Attributes:
        part: what is missing of what is needed, 0 to 1.
        why: the fact behind it, in words.
    """

    part: Fraction
    why: str


class Fit(NamedTuple):
    """How well a playbook fits a plan today.

    Attributes:
        shortage: of the stage it works on; None where the plan is not known to be short there.
        able: the part of its usual hours for which somebody has the skill at its level.
        lacking_skills: skills that nobody has at the level asked for, sorted.
        lacking_stack: categories in which there is no tool, in the playbook's order; empty where the plan tells of no
            tools at all.
        backlog: tactics of it that stand in the backlog, sorted.
    """

    playbook: Playbook
    shortage: Shortage | None
    able: Fraction
    lacking_skills: tuple[str, ...]
    lacking_stack: tuple[str, ...]
    backlog: tuple[str, ...]

    @property
    def can_be_done(self) -> bool:
        """Whether the team and the stack have all it needs."""
        return not self.lacking_skills and not self.lacking_stack

    @property
    def score(self) -> Fraction:
        """How well it fits, 0 to 2: (1 + shortage at its stage) × part the team can do × part of its stack there."""
        wanted = len(self.playbook.stack)
        has = Fraction(wanted - len(self.lacking_stack), wanted) if wanted else Fraction(1)
        return (1 + (self.shortage.part if self.shortage is not None else 0)) * self.able * has

    @property
    def worth(self) -> Fraction:
        """Its usual impact × confidence a day of eight hours: decides between those that fit alike."""
        confidence = self.playbook.confidence
        sure = Fraction(confidence) if confidence is not None else Fraction(1)
        return self.playbook.impact * sure * _DAY / self.playbook.minutes


_DAY = 8 * 60


class PlaybookRecord(NamedTuple):
    """What the done tactics of a playbook took, and whether they moved their metrics.

    Attributes:
        timed: how many of them have logged hours.
        usual: minutes that the playbook says those take.
        actual: minutes that they took.
    """

    tally: Tally
    timed: int
    usual: int
    actual: int

    @property
    def factor(self) -> Fraction:
        """By what the playbook's hours are to be multiplied: actual / usual, shrunk toward 1 by how few there are.

        Source: a weighted mean of the ratio and 1, with weights of n done tactics and AS_GOOD_AS_KNOWN.
        """
        ratio = Fraction(self.actual, self.usual) if self.usual else Fraction(1)
        return (ratio * self.timed + AS_GOOD_AS_KNOWN) / (self.timed + AS_GOOD_AS_KNOWN)


# --- what fits -----------------------------------------------------------------------------------------------------


def rank_by_fit(context: Context, playbooks: Iterable[Playbook]) -> tuple[Fit, ...]:
    """Return playbooks with how they fit, the best first: what can be done comes before what cannot.

    Of those, the higher score; ties go by what the team can do, then worth a day, then id. A playbook whose skills
    nobody has never comes before the same one whose skills are there.
    """
    short = shortages(context)
    found = [fit(context, playbook, short) for playbook in playbooks]
    return tuple(sorted(found, key=_place))


def _place(fit: Fit) -> tuple[bool, Fraction, Fraction, Fraction, str]:
    return not fit.can_be_done, -fit.score, -fit.able, -fit.worth, fit.playbook.id


def fit(context: Context, playbook: Playbook, short: Mapping[Stage, Shortage]) -> Fit:
    """Return how a playbook fits, given what the plan is short of."""
    plan = context.plan
    best = best_levels(plan)
    own = {skill: best.get(own_skill(plan, skill), 0) for skill in playbook.skills}
    able = sum(task.work for task in playbook.tasks.values() if own[task.skill] >= task.level)
    lacking = (category for category in playbook.stack if plan.stack.tools and not in_category(plan.stack, category))
    return Fit(
        playbook=playbook,
        shortage=short.get(playbook.stage),
        able=Fraction(able, playbook.minutes),
        lacking_skills=tuple(sorted(skill for skill, level in playbook.skills.items() if own[skill] < level)),
        lacking_stack=tuple(lacking),
        backlog=open_of(plan, playbook.id),
    )


def own_skill(plan: Plan, skill: str) -> str:
    """Return what the plan calls a skill of playbooks: by its settings, else the same."""
    return plan.settings.playbook_skills.get(skill, skill)


def open_of(plan: Plan, playbook: str) -> tuple[str, ...]:
    """Return the tactics of a playbook that are neither done nor dropped, sorted."""
    done = {each.tactic.id for each in done_tactics(plan)}
    return tuple(
        sorted(
            tactic.id
            for tactic in plan.with_status("idea", "ready")
            if tactic.playbook == playbook and tactic.id not in done
        )
    )


def shortages(context: Context) -> dict[Stage, Shortage]:
    """Return how short the plan is at each stage where it is: the worst fact of each.

    Facts are the last readings of metrics against their targets, the budget against the opportunities that the goal
    needs, the pipeline against what remains of the quarter, and revenue retained below 100%.
    """
    found: dict[Stage, Shortage] = {}
    for stage, shortage in (*_by_metrics(context), *_by_goal(context)):
        if shortage.part > 0 and (stage not in found or shortage.part > found[stage].part):
            found[stage] = shortage
    return found


def _by_metrics(context: Context) -> Iterator[tuple[Stage, Shortage]]:
    for metric in context.plan.metrics.values():
        stage = stage_of(metric)
        shortage = _shortage(context, metric)
        if stage is not None and shortage is not None:
            yield stage, shortage


def stage_of(metric: Metric) -> Stage | None:
    """Return the stage a metric tells of, by the words in its id; None where none of them is known."""
    fitting = [(len(word), stage) for stage, known in WORDS.items() for word in known if word in metric.id]
    return max(fitting)[1] if fitting else None


def _shortage(context: Context, metric: Metric) -> Shortage | None:
    counted = effective_metric(context, metric)
    reading = last_reading(counted, context.today)
    found = miss(counted, reading) if reading is not None else None
    if reading is None or found is None or not found[1]:
        return None
    missed, aim = found
    part = min(Fraction(1), Fraction(missed) / abs(Fraction(aim)))
    unit = metric.unit if metric.unit == "%" else f" {metric.unit}"
    return Shortage(part, f"{metric.name}: {_plain(reading.value)}{unit} against {_plain(aim)}")


def _plain(number: object) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _by_goal(context: Context) -> Iterator[tuple[Stage, Shortage]]:
    for goal in goals_ahead(context)[:1]:
        found, year = outlook(context, goal), say_year(context.plan.settings, goal.id)
        if found.funding is not None and found.funding < 1:
            why = f"the budget of {year} pays for {wording.percent(found.funding)} of the opportunities it needs"
            for stage in CREATION:
                yield stage, Shortage(1 - found.funding, why)
        if found.attainment is not None and found.attainment < 1:
            why = f"what closes in {year} brings {wording.percent(found.attainment)} of what is missing"
            yield "customer", Shortage(1 - found.attainment, why)
        covered = coverage(context, goal)
        if covered is not None and covered.ratio < covered.needed:
            part, quarter = 1 - covered.ratio / covered.needed, say_quarter(context.plan.settings, covered.quarter)
            yield (
                "opportunity",
                Shortage(part, f"the pipeline of {quarter} is {wording.percent(1 - part)} of what it takes"),
            )
        kept = with_measured(context, goal, ("net_revenue_retention",)).net_revenue_retention
        if kept is not None and kept < 1:
            why = f"{wording.percent(Fraction(kept))} of last year's revenue stays in {year}"
            yield "retention", Shortage(1 - Fraction(kept), why)
            yield "expansion", Shortage(1 - Fraction(kept), why)


# --- what tactics of one took, and lack ------------------------------------------------------------------------------


def records(context: Context) -> dict[str, PlaybookRecord]:
    """Return what the done tactics of each playbook took and moved, by playbook, sorted."""
    plan = context.plan
    found = {}
    for name, done in group_by(done_tactics(plan), "playbook").items():
        playbook = plan.playbook(name)
        timed = [each for each in done if each.minutes]
        usual = playbook.minutes * len(timed) if playbook is not None else 0
        actual = sum(each.minutes or 0 for each in timed)
        found[name] = PlaybookRecord(tally(done, context.today), len(timed), usual, actual)
    return found


def missing_tasks(playbook: Playbook, tactic: Tactic) -> tuple[str, ...]:
    """Return the tasks of a playbook that a tactic made from it lacks, in the playbook's order; optional ones aside."""
    return tuple(name for name, task in playbook.tasks.items() if not task.optional and name not in tactic.tasks)
