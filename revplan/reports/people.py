"""What members are called among colleagues."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revplan.model.plan import Plan


def short_names(plan: Plan) -> dict[str, str]:
    """Return each member's first name, or the whole of it where several have that one."""
    first = {member.id: member.name.split()[0] for member in plan.team.values()}
    counts = Counter(first.values())
    return {name: short if counts[short] == 1 else plan.team[name].name for name, short in first.items()}
