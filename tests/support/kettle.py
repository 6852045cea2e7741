"""A company of two in a plan that holds one of nearly everything, and is read in milliseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "revplan.yaml": """\
revplan: {format: 1, company: Copper Kettle, currency: USD, today: 2026-12-02, sprint: {budget: 1000}}
strategy:
  big_story: {narrative: The coffee is good, pillars: {fresh: {claim: Roasted on Monday, proof: A date on every bag}}}
  segments: {offices: {name: Offices}}
  objectives: {offices: {title: Five offices, owner: noor, quarter: 2026-Q4, metric: tastings}}
metrics:
  tastings: {name: Tastings, unit: tastings, direction: up, owner: noor, cadence: weekly, target: 4, drives: revenue}
  revenue: {name: Revenue, unit: USD, direction: up, owner: noor, cadence: monthly, target: 60000, revenue: true}
goals: {2026: {measure: recurring, start_revenue: 500000, target_revenue: 900000, acv: 9000, close_rate: 20%}}
budget: {ads: {category: programs, function: marketing, monthly: 1k}}
personas: {office: {name: Office manager, segment: offices, goals: [Good coffee], pains: [Bad coffee],
  channels: [Mail], buying_role: user}}
campaigns:
  winter: {title: Winter, message: It warms, pillar: fresh, target: {persona: office}, start: 2027-01-11,
    end: 2027-02-11, metrics: {tastings: 4}, assets: {mail: {title: A mail, channel: Mail, task: page/write}}}
stack: {tools: {crm: {name: CRM, category: crm, status: wanted, owner: sam}}}
""",
    "team.yaml": """\
team:
  sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3, web: 3, calls: 2}}
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 32, skills: {calls: 4, writing: 2, web: 2}}
todos: {ring: {title: Ring the baker, owner: sam, due: 2026-12-04}}
issues: {late: {title: Leads wait, owner: noor, raised: 2026-11-20}}
""",
    "tactics.yaml": """\
tactics:
  page: {title: A page, function: marketing, impact: 8, metric: tastings,
    tasks: {write: {skill: writing, hours: 6}, build: {skill: web, hours: 8, after: [write]}}}
  calls: {title: Call old leads, function: sales, impact: 7, tasks: {call: {skill: calls, hours: 10, owner: noor}}}
  fair: {title: A street fair, function: marketing, impact: 4, cost: 1500, tasks: {staff: {skill: calls, hours: 12}}}
  over: {title: Over, function: marketing, impact: 5, metric: tastings, status: done, done: 2026-11-20, done_when: Live,
    tasks: {do: {skill: web, hours: 1}}}
sprints:
  2026-12: {start: 2026-12-01, end: 2026-12-31, status: active,
    tactics: {page: {tasks: {write: {owner: sam, hours: 6, start: 2026-12-01, due: 2026-12-02},
      build: {owner: sam, hours: 8, start: 2026-12-02, due: 2026-12-04}}}}}
""",
}


def laid_out(root: Path) -> None:
    """Have a plan's folder hold the plan, and nothing else."""
    root.mkdir(exist_ok=True)
    for path in root.rglob("*"):
        if path.is_file() and path.name not in FILES:
            path.unlink()
    for name, text in FILES.items():
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text:
            (root / name).write_text(text, encoding="utf-8")
