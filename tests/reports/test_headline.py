"""The line of revenue that heads every report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from revplan.model.context import Context
from revplan.model.goals import Goal
from revplan.model.metrics import Metric
from revplan.reports.document import plain
from revplan.reports.headline import headline, line, workings
from tests.support.plans import plan

GOAL = {"measure": "revenue", "start_revenue": "1.2M", "target_revenue": "1.2M", "acv": "10k", "close_rate": "20%"}


@pytest.mark.parametrize(
    ("last", "today", "told"),
    [
        ("2026-10", "2026-11-28", "; November, not known yet, is to be $100K"),
        ("2026-10", "2026-12-28", "; November and December are not known yet, December is to be $100K"),
        ("2026-07", "2026-12-28", "; August to December are not known yet, December is to be $100K"),
        ("2026-09", "2026-12-28", "; October, November and December are not known yet, December is to be $100K"),
    ],
)
def test_the_months_that_nobody_knows_yet_are_all_named(last: str, today: str, told: str) -> None:
    months = [f"2026-{number:02}" for number in range(1, int(last[-2:]) + 1)]
    goal = Goal.model_validate({"id": "2026", **GOAL, "actual": dict.fromkeys(months, "100k")})
    context = Context(replace(plan(), goals={"2026": goal}), date.fromisoformat(today))
    assert told in plain(line(headline(context), context))


def test_the_workings_name_what_the_last_revenue_comes_from() -> None:
    goal = Goal.model_validate({"id": "2026", **GOAL, "measure": "recurring", "actual": {"2026-09": "1.2M"}})
    body = {"name": "ARR", "unit": "USD", "direction": "up", "owner": "ana", "cadence": "monthly", "target": "1.4M"}
    read = Metric.model_validate(
        {"id": "arr", **body, "revenue": True, "readings": {"2026-09-30": "1.1M", "2026-10-31": "1.3M"}}
    )
    known = replace(plan(), goals={"2026": goal})
    said = [
        dict(workings(headline(Context(replace(known, metrics=metrics), date(2026, 11, 28)))))["Revenue"]
        for metrics in ({}, {"arr": read})
    ]
    assert said[0].endswith("; the last is September 2026, $1,200,000, by goals under actual")
    assert said[1].endswith("; the last is October 2026, $1,300,000, by the readings of ARR")
