"""How good a planned sprint is: its value against what is possible, how soon it comes, and what more would add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.reports import bottlenecks, suggestions
from revplan.reports.document import dim, good, strong, warn, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.plan import Plan
    from revplan.planning.answer import SprintPlan
    from revplan.reports.document import Words


def lines(plan: Plan, sprint: SprintPlan) -> Iterator[Words]:
    """Yield how good a planned sprint is, when half of its value is there, and what a little more would add."""
    yield _verdict(sprint)
    if (half := sprint.half_value_by) is not None:
        yield words(dim(f"Half of the value is done by {wording.short_date(half)}."))
    if sprint.bottlenecks:
        yield bottlenecks.line(plan, sprint.bottlenecks)


def _verdict(sprint: SprintPlan) -> Words:
    value, bound = wording.score(sprint.value), wording.score(sprint.bound)
    figures = f"Value {value} of {bound}: "
    if sprint.policy == "rank" and sprint.ranked_lack is not None:
        more = strong(suggestions.difference_in_tier(sprint.ranked_lack, "more"))
        return words(f"Value {value}: filled down the ranked list; the best plan has ", more, ".")
    if sprint.policy == "rank":
        return words(figures, "filled down the ranked list; the best plan may be worth up to ", strong(bound), ".")
    if sprint.proven:
        given = " and ".join(word for word, names in (("pinned", sprint.pins), ("set aside", sprint.aside)) if names)
        quality = good(f"proven best with what is {given}" if given else "proven best")
    elif sprint.is_reproducible:
        quality = warn(f"not proven best; {_most_possible(sprint)} is possible")
    else:
        quality = warn("stopped early; this is the best plan so far")
    return words(figures, quality, _yardstick(sprint), ".")


def _most_possible(sprint: SprintPlan) -> str:
    """Say how much better another plan may be; more of what comes first may be worth no more in all."""
    more = wording.score(sprint.bound - sprint.value) if sprint.bound > sprint.value else "no"
    if sprint.tier_gap is None:
        return f"at most {more} more"
    return f"at most {suggestions.difference_in_tier(sprint.tier_gap, 'more')}, and {more} more in all,"


def _yardstick(sprint: SprintPlan) -> str:
    if sprint.ranked_value is None:
        return ""
    would = f"; working down the ranked list would give {wording.score(sprint.ranked_value)}"
    if sprint.ranked_lack is not None:
        return f"{would}, but {suggestions.difference_in_tier(sprint.ranked_lack, 'less')}"
    return "; working down the ranked list gives the same" if sprint.ranked_value == sprint.value else would
