"""What-ifs: the plan as it would be, and comparisons of two plans of a sprint.

They serve `--what-if`, `--pin`, `--without` and `revplan swap`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from revplan.analysis.sprint_due import due_sprint
from revplan.app.editing.changes import save
from revplan.app.editing.entries import require, settings_of, yaml_value
from revplan.app.sprint.lookup import UnsoundError, check_preconditions
from revplan.app.sprint.plan import formulate_sprint, solve_sprint, work_out
from revplan.diagnostics import did_you_mean
from revplan.errors import InputError, WriteRefusedError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.plan import COLLECTION_BY_KEY, SINGLETON_BY_KEY, TOP_LEVEL_KEYS
from revplan.planning.changes import changes
from revplan.planning.difference import difference
from revplan.planning.trial import anchor_to
from revplan.store.edit.plan import edit
from revplan.store.load import read_over
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.app.sprint.plan import Request
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.answer import ParkedTactic, SprintPlan
    from revplan.planning.difference import Difference
    from revplan.store.loaded import Loaded

_EXAMPLE = "write it like team.dana.hours_per_week=20, tactics.-podcast, or the path of a YAML file"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A plan as it would be.

    Attributes:
        words: the what-ifs as they were written.
        changes: what they change.
        loaded: the plan with these changes.
        context: the same, and the day.
    """

    words: tuple[str, ...]
    changes: tuple[Change, ...]
    loaded: Loaded
    context: Context


def suppose(loaded: Loaded, context: Context, words: Sequence[str], sprint_id: str) -> Hypothesis:
    """Return the plan as it would be with some what-ifs; no file is touched.

    Raises:
        InputError, UnknownIdError: a what-if cannot be read, or names what the plan does not have.
        WriteRefusedError: a change cannot be made in the plan's text.
        UnsoundError: the plan would have errors in what planning is computed from.
    """
    if not words:
        return Hypothesis((), (), loaded, context)
    changes = tuple(change for each in words for change in _changes(context.plan, each))
    said = " ".join(f"--what-if {each}" for each in words)
    try:
        edits = edit(loaded, changes)
    except WriteRefusedError as error:
        raise WriteRefusedError(f"{said}: {error}", hint=error.hint) from None
    after = read_over(loaded.root, edits.overlay)
    supposed = Hypothesis(tuple(words), changes, after, replace(context, plan=after.plan))
    try:
        check_preconditions(after, supposed.context, sprint_id)
    except UnsoundError as error:
        raise WhatIfError(said, error) from None
    return supposed


class WhatIfError(UnsoundError):
    """What is supposed would bring errors into the plan."""

    def __init__(self, said: str, error: UnsoundError) -> None:
        super().__init__(error.diagnostics)
        count = plural(len(error.diagnostics), "error")
        self.args = (f"with {said} the plan would have {count}",)
        self.hint = "the places are those of the text as it would be; nothing was written"


# --- a what-if as changes ------------------------------------------------------------------------------------------


def _changes(plan: Plan, words: str) -> Iterator[Change]:
    """Read one what-if: a value set, an entry added or removed, or a file of such things."""
    if "=" in words:
        setting = next(settings_of([words]))
        yield _set_change(plan, setting.keys, setting.value)
    elif words.endswith((".yaml", ".yml")):
        yield from _file(plan, Path(words))
    else:
        yield _removal_change(plan, tuple(words.split(".")), words)


def _set_change(plan: Plan, keys: tuple[str, ...], value: Data) -> Change:
    *above, last = keys
    if last.startswith("+"):
        ref = _ref(plan, (*above, last[1:]), is_new=True)
        return Change(ref, value)
    return Change(_ref(plan, keys, is_new=False), value)


def _removal_change(plan: Plan, keys: tuple[str, ...], words: str) -> Change:
    *above, last = keys
    if not last.startswith("-"):
        raise InputError(f'"{words}" supposes nothing', hint=_EXAMPLE)
    return Change(_ref(plan, (*above, last[1:]), is_new=False), None)


def _ref(plan: Plan, keys: tuple[str, ...], *, is_new: bool) -> Ref:
    """Return the place that keys name, from the top of a plan file down."""
    top, *rest = keys
    if top in SINGLETON_BY_KEY and rest:
        return Ref(SINGLETON_BY_KEY[top].name, "", tuple(rest))
    if top not in COLLECTION_BY_KEY or not rest:
        hint = did_you_mean(top, TOP_LEVEL_KEYS) if top not in TOP_LEVEL_KEYS else _EXAMPLE
        raise InputError(f'"{".".join(keys)}" names no place in a plan', hint=hint or _EXAMPLE)
    kind, entry = COLLECTION_BY_KEY[top].name, rest[0]
    if is_new and len(rest) == 1:
        if entry in plan.ids(kind):
            raise InputError(f'there is a {kind} "{entry}" already', hint=f"without the + it is changed: {top}.{entry}")
        return Ref(kind, entry)
    return Ref(kind, require(plan, kind, entry), tuple(rest[1:]))


def _file(plan: Plan, path: Path) -> Iterator[Change]:
    """Yield what a file lays over the plan: mappings are joined, all else is replaced, what is empty is removed."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"--what-if {path} cannot be read: {error}") from None
    data = yaml_value(text)
    if not isinstance(data, dict):
        raise InputError(f"--what-if {path} is no mapping", hint="write it as a plan file, with what differs")
    for top, body in data.items():
        for key, value in body.items() if isinstance(body, dict) else ():
            is_new = top in COLLECTION_BY_KEY and key not in plan.ids(COLLECTION_BY_KEY[top].name)
            if is_new:
                yield Change(_ref(plan, (top, key), is_new=True), value)
            else:
                yield from _leaves(_ref(plan, (top, key), is_new=False), value)


def _leaves(ref: Ref, value: Data) -> Iterator[Change]:
    if not isinstance(value, dict) or not value:
        yield Change(ref, value)
        return
    for key, below in value.items():
        yield from _leaves(ref.at(key), below)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change that was tried.

    Attributes:
        supposed: the plan as it would be.
        request: how the sprint was planned after it.
        difference: both plans side by side.
    """

    supposed: Hypothesis
    request: Request
    difference: Difference

    @property
    def unmet(self) -> tuple[ParkedTactic, ...]:
        """The pinned tactics that no plan can hold, with what is short for them."""
        pins = set(self.request.pins)
        return tuple(entry for entry in self.difference.after.parked if entry.tactic in pins)


def what_if(
    loaded: Loaded, context: Context, request: Request, words: Sequence[str], tell: Callable[[str], None]
) -> WhatIf:
    """Plan a sprint without and with changes, the second as near to the first as its value allows. Nothing is written.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: how the sprint is planned; its pins, and whom and what it leaves out, are changes too.
        words: changes of the plan, in its own words.
        tell: is told what is going on, now and then.

    Raises:
        InputError, UnknownIdError, SprintError: a change cannot be read, or names what there is not.
        WriteRefusedError: a change cannot be made in the plan's text.
        UnsoundError: the plan has errors in what planning is computed from, or would have them.
    """
    period = due_sprint(context, request.sprint).period
    plain = replace(request, sprint=period.id, pins=(), without=(), aside=())
    before = work_out(loaded, context, plain, tell)
    _require_placed(before.plan, request.aside)
    supposed = suppose(loaded, context, words, period.id)
    asked = replace(request, sprint=period.id)
    formulation = formulate_sprint(supposed.loaded, supposed.context, asked)
    least_moved = replace(formulation, problem=anchor_to(formulation.problem, before.allocation))
    after = solve_sprint(least_moved, supposed.context, asked, tell)
    return WhatIf(supposed, asked, difference((*words, *_describe_request(request)), before.plan, after.plan))


def _require_placed(plan: SprintPlan, aside: Sequence[str]) -> None:
    """Refuse to take out what is not in: the difference would be nothing, and say nothing of why."""
    placed = {entry.tactic for entry in plan.placed}
    for name in aside:
        if name not in placed and any(entry.tactic == name for entry in plan.parked):
            hint = f"`revplan explain {name}` says why, and what would bring it in"
            raise InputError(f'"{name}" is parked in sprint {plan.period.id}: it cannot leave for another', hint=hint)


def write_what_if(loaded: Loaded, context: Context, tried: WhatIf) -> tuple[str, ...]:
    """Save a change: the plan's files say what was supposed, and the sprint is written as it was planned with it.

    Pins and swaps are nothing that the plan says: they stand in the written sprint until what it is computed from
    changes.

    Raises:
        InputError: somebody was supposed to be away, which only the plan can say; or a pin cannot be met.
        WriteRefusedError: the files changed meanwhile or cannot be written; nothing was.
    """
    if tried.unmet:
        names = ", ".join(entry.tactic for entry in tried.unmet)
        raise InputError(f"{names} cannot be pinned, so nothing is written", hint="what is short is shown above")
    if tried.request.without:
        member = tried.request.without[0]
        start, end = tried.difference.after.period.start, tried.difference.after.period.end
        hint = f"say it in the plan: --what-if 'team.{member}.time_off.{start}..{end}=away' --write"
        raise InputError("who is away cannot be written with the sprint", hint=hint)
    plan = tried.difference.after
    written = context.plan.sprints.get(plan.period.id)
    if not tried.supposed.changes:
        plan = replace(plan, digest=tried.difference.before.digest)
    if written is not None and (tried.request.pins or tried.request.aside):
        written = written.model_copy(update={"plan": None})
    return save(loaded, (*tried.supposed.changes, *changes(plan, written)))


def _describe_request(request: Request) -> tuple[str, ...]:
    return (
        *(f"--pin {name}" for name in request.pins),
        *(f"--without {name}" for name in request.without),
        *(f"leave out {name}" for name in request.aside),
    )
