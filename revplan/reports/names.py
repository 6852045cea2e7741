"""What things of the plan are called; what the plan no longer has is called by its id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.strategy import ending
from revplan.analysis.waiting import in_words
from revplan.reports.document import dim, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan
    from revplan.reports.document import Words


def tactic(plan: Plan, name: str) -> str:
    """Return a tactic's title."""
    return plan.tactics[name].title if name in plan.tactics else name


def task(plan: Plan, of: str, name: str) -> str:
    """Return a task's title, or its id where that says enough."""
    known = plan.tactics[of].tasks.get(name) if of in plan.tactics else None
    return known.title if known is not None and known.title is not None else name


def task_dates(plan: Plan, of: str, name: str) -> str:
    """Return when the backlog lets a task be done, such as ` (not before 10 Dec, by 18 Dec)`; else nothing."""
    known = plan.tactics[of].tasks.get(name) if of in plan.tactics else None
    if known is None:
        return ""
    said = [f"not before {wording.short_date(known.not_before)}"] if known.not_before is not None else []
    said += [f"by {wording.short_date(known.deadline)}"] if known.deadline is not None else []
    waits = ((first, known.wait_after(first)) for first in known.after)
    said += [f"{in_words(wait)} after {task(plan, of, first)}" for first, wait in waits if wait is not None]
    if known.wait is not None and not known.after and plan.tactics[of].requires:
        required = wording.join_names([tactic(plan, name) for name in plan.tactics[of].requires])
        said.append(f"{in_words(known.wait)} after {required}")
    return f" ({', '.join(said)})" if said else ""


def objective(plan: Plan, of: str, today: date) -> Words:
    """Return the objective a tactic names, marked where it has ended and so has no weight; `–` where it names none."""
    known = plan.tactics.get(of)
    if known is None or known.objective is None:
        return words(dim(wording.MISSING))
    return words(known.objective, warn(" (ended)") if ending(plan, known, today) is not None else "")


def function(plan: Plan, name: str) -> str:
    """Return what people call a function: the company's name for it, else its id as words."""
    known = plan.company.functions.get(name)
    return known.name if known is not None else name.replace("-", " ").capitalize()


def functions(plan: Plan, names: Iterable[str]) -> str:
    """Return functions' names in a row."""
    return wording.join_names([function(plan, name) for name in names])


def member(plan: Plan, name: str) -> str:
    """Return what a member is called among colleagues."""
    return short_names(plan).get(name, name)


def members(plan: Plan, names: Iterable[str]) -> str:
    """Return members' names in a row; `–` where there is none."""
    return wording.join_names([member(plan, name) for name in names]) or wording.MISSING


def fewer(people: Sequence[str]) -> tuple[str, ...]:
    """Return names in a row, and where there are several also the first with the number of the others."""
    return (", ".join(people), *([f"{people[0]} + {len(people) - 1}"] if len(people) > 1 else []))


def metric(of: Metric) -> str:
    """Return a metric's name with its unit, where the name does not say it already."""
    says_so = of.unit.casefold() in of.name.casefold()
    return of.name if says_so else f"{of.name}, {of.unit}"


def sprint(plan: Plan, name: str) -> str:
    """Return a written sprint's name with the company's and its days."""
    found = plan.sprints[name]
    return f"{plan.settings.company} · sprint {name} · {wording.period(found.start, found.end)}"


def short_names(plan: Plan) -> dict[str, str]:
    """Return each member's first name, or the whole of it where several have that one: no two are called the same.

    Where several have the whole name, their ids stand behind it.
    """
    return plan.once(("short-names",), lambda: _short_names(plan))


def _short_names(plan: Plan) -> dict[str, str]:
    first = {member.id: _first_name(member.name) for member in plan.team.values()}
    counts, whole = Counter(first.values()), Counter(member.name for member in plan.team.values())
    return {
        name: short if counts[short] == 1 else _whole_name(plan.team[name].name, name, whole)
        for name, short in first.items()
    }


def _whole_name(name: str, of: str, known: Mapping[str, int]) -> str:
    return name if known[name] == 1 else f"{name} ({of})"


def _first_name(name: str) -> str:
    """Return the first word of a person's name, or the whole of what is no person's: `Your colleague`, `Dr. Lee`."""
    words = name.split()
    is_name = not words[-1][0].islower() and not words[0].endswith(".") and words[0].casefold() not in _NO_NAMES
    return words[0] if is_name else name


_NO_NAMES = frozenset(("a", "an", "the", "my", "our", "your"))
"""Words with which no person's name begins."""
