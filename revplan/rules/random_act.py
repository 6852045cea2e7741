"""A tactic serves no objective that still runs: a random act of marketing.

What: a ready tactic has no `objective`, or one that was settled or whose quarter is over, in a plan that has
objectives. Where no objective runs any more, that is told once.
Why: whatever it achieves, nobody had decided to want it. The hours come out of something that somebody had.

Bad:
    strategy:
      objectives:
        one-story: {title: One story everywhere, quarter: 2026-Q4}
    tactics:
      fair:
        title: Stand at the fair
        function: marketing
        impact: 5
        tasks: {prepare: {skill: events, hours: 8}}

Good:
    strategy:
      objectives:
        one-story: {title: One story everywhere, quarter: 2026-Q4}
    tactics:
      fair:
        title: Stand at the fair
        function: marketing
        impact: 5
        objective: one-story
        tasks: {prepare: {skill: events, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import fiscal_quarter, say_quarter
from revplan.analysis.progress import ready_tactics
from revplan.analysis.strategy import ending, has_ended, random_acts
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Quarter
    from revplan.model.context import Context
    from revplan.model.settings import Settings
    from revplan.model.tactics import Tactic

CODE = "RP412"
SLUG = "random-act"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each tactic without an objective; a single one if no objective runs any more."""
    objectives = context.plan.strategy.objectives
    tactics = ready_tactics(context.plan)
    quarter = fiscal_quarter(context.plan.settings, context.today)
    if not objectives or not tactics:
        return
    if all(has_ended(objective, quarter) for objective in objectives.values()):
        if context.plan.is_whole("objective"):
            yield _nothing_runs(context.plan.settings, quarter, len(tactics))
        return
    for tactic in random_acts(context):
        yield _of_tactic(tactic, ending(context.plan, tactic, context.today))


def _of_tactic(tactic: Tactic, ended: str | None) -> Finding:
    ref = Ref("tactic", tactic.id, ("objective",))
    if ended is None:
        return Finding(CODE, ref, f"{tactic.id} serves no objective", "name the objective it is for, or drop it")
    hint = "name an objective that runs, or drop it; one that has ended has no weight"
    return Finding(CODE, ref, f"{tactic.id} serves {tactic.objective}, which {ended}", hint)


def _nothing_runs(settings: Settings, quarter: Quarter, tactics: int) -> Finding:
    said = say_quarter(settings, quarter)
    message = f"no objective runs in {said} that {plural(tactics, 'ready tactic')} could serve"
    return Finding(CODE, Ref("strategy", "", ("objectives",)), message, "set the quarter's objectives", on_key=True)
