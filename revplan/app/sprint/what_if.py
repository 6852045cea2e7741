"""What-ifs: applies hypothetical changes to the plan, and compares the sprint before and after.

This module serves `--what-if`, `--pin`, `--without` and `revplan swap`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.sprint_due import due_sprint
from revplan.app.editing.changes import save_computed, stale
from revplan.app.editing.entries import require, settings_of, yaml_value
from revplan.app.sprint.plan import formulate_sprint, require_same, solve_sprint, work_out
from revplan.app.sprint.preconditions import UnsoundError, check_preconditions
from revplan.errors import InputError, WriteRefusedError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.fields import fields
from revplan.model.plan import COLLECTION_BY_KEY, SINGLETON_BY_KEY, TOP_LEVEL_KEYS
from revplan.model.settings import Settings
from revplan.planning.changes import changes
from revplan.planning.difference import difference
from revplan.planning.explain.claims import UnmetPin
from revplan.planning.explain.least import has_all
from revplan.planning.horizon import look_alone
from revplan.planning.trial import anchor_to, exclude
from revplan.spelling import did_you_mean
from revplan.store.edit.plan import edit
from revplan.store.load import read_over
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.app.sprint.plan import PlannedSprint, Request
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.answer import ParkedCandidate, SprintPlan
    from revplan.planning.difference import PlanDifference
    from revplan.store.loaded import Loaded

_EXAMPLE = "write it like team.dana.hours_per_week=20, tactics.-podcast, or the path of a YAML file"


class Hypothesis(NamedTuple):
    """The plan after hypothetical changes.

    Attributes:
        words: the what-ifs as the user wrote them.
        changes: the changes of the plan that the what-ifs stand for.
        loaded: the plan with these changes.
        context: the plan with these changes, and the day.
    """

    words: tuple[str, ...]
    changes: tuple[Change, ...]
    loaded: Loaded
    context: Context


def suppose(loaded: Loaded, context: Context, words: Sequence[str], sprint_id: str) -> Hypothesis:
    """Return the plan with some what-ifs applied in memory. No file is changed.

    Raises:
        InputError: a what-if cannot be read.
        UnknownIdError: a what-if names something that is not in the plan.
        WriteRefusedError: a change cannot be made in the plan's text.
        UnsoundError: the changed plan has errors in data that planning uses.
    """
    if not words:
        return Hypothesis((), (), loaded, context)
    changes = tuple(change for each in words for change in _changes(context.plan, each))
    said = " ".join(f"--what-if {each}" for each in words)
    try:
        edits = edit(loaded, changes)
    except WriteRefusedError as error:
        raise WriteRefusedError(f"{said}: {error}", hint=error.hint) from None
    after = read_over(loaded, edits.overlay)
    supposed = Hypothesis(tuple(words), changes, after, replace(context, plan=after.plan))
    try:
        check_preconditions(after, supposed.context, sprint_id)
    except UnsoundError as error:
        raise WhatIfError(said, error, removed_tactics(changes)) from None
    return supposed


def removed_tactics(changes: Sequence[Change]) -> tuple[str, ...]:
    """Return the tactics that changes take out of the plan altogether."""
    return tuple(one.ref.id for one in changes if one.ref.kind == "tactic" and not one.ref.keys and one.value is None)


class WhatIfError(UnsoundError):
    """The what-ifs would bring errors into the plan."""

    def __init__(self, said: str, error: UnsoundError, removed: Sequence[str] = ()) -> None:
        super().__init__(error.diagnostics)
        count = plural(len(error.diagnostics), "error")
        self.args = (f"with {said} the plan would have {count}",)
        self.hint = "the places are those of the text as it would be; nothing was written"
        if removed:
            dropped = " ".join(f"--what-if tactics.{name}.status=dropped" for name in removed)
            self.hint += f". A tactic that others name is dropped rather than removed: {dropped}"


# --- a what-if as changes ------------------------------------------------------------------------------------------


def _changes(plan: Plan, words: str) -> Iterator[Change]:
    """Read one what-if: a value to set, an entry to add or remove, or a file of these."""
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
        raise InputError(f'"{words}" says no change of the plan', hint=_EXAMPLE)
    return Change(_ref(plan, (*above, last[1:]), is_new=False), None)


def _ref(plan: Plan, keys: tuple[str, ...], *, is_new: bool) -> Ref:
    """Return the place at a path of keys from the top of a plan file; settings need no `revplan`, as with `set`."""
    top, *rest = keys
    if top not in TOP_LEVEL_KEYS and top in {field.key for field in fields(Settings)}:
        return Ref("revplan", "", keys)
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
    """Yield the changes that overlay a file on the plan: mappings merge, other values replace, empty ones remove."""
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


class WhatIf(NamedTuple):
    """The effect of hypothetical changes on a sprint.

    Attributes:
        hypothesis: the plan with the changes.
        request: the options with which the changed sprint was planned.
        difference: the sprint before and after, side by side.
        unmet: the pinned tactics that no plan can place beside each other, of those that were not parked before.
    """

    hypothesis: Hypothesis
    request: Request
    difference: PlanDifference
    unmet: tuple[UnmetPin, ...]


def what_if(
    loaded: Loaded, context: Context, request: Request, words: Sequence[str], on_progress: Callable[[str], None]
) -> WhatIf:
    """Plan a sprint without and with changes, and compare both plans. Nothing is written.

    The second plan stays as close to the first as its value allows.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: the options for planning. Pins, absent members and excluded tactics count as changes.
        words: the what-ifs, such as `team.dana.hours_per_week=20`.
        on_progress: receives progress messages.

    Raises:
        InputError: a change cannot be read.
        UnknownIdError: a change names something that does not exist.
        SprintError: a tactic to pin or remove does not compete, or the sprint is past or closed.
        WriteRefusedError: a change cannot be made in the plan's text.
        UnsoundError: the plan has errors in data that planning uses, before or after the changes.
    """
    period = due_sprint(context, request.sprint).period
    plain = replace(request.plain, sprint=period.id)
    before = work_out(loaded, context, plain, on_progress)
    _require_placed(before.plan, request.aside, request.pins)
    supposed = suppose(loaded, context, words, period.id)
    asked = replace(request, sprint=period.id)
    formulation = formulate_sprint(supposed.loaded, supposed.context, asked)
    least_moved = replace(formulation, problem=anchor_to(formulation.problem, before.allocation))
    after = solve_sprint(least_moved, supposed.context, asked, on_progress)
    found = difference((*words, *_describe_request(request)), before.plan, after.plan)
    known = {entry.tactic for entry in before.plan.parked if entry.is_pinned} - {*request.pins}
    out = [entry for entry in after.plan.parked if entry.is_pinned and entry.tactic not in known]
    return WhatIf(supposed, asked, found, tuple(_unmet_pin(after, entry) for entry in out))


def _unmet_pin(worked: PlannedSprint, entry: ParkedCandidate) -> UnmetPin:
    """Return a pinned tactic that is parked, with what each other pin has to do with it."""
    alone = look_alone(worked.formulation.whole, entry)
    if alone.verdict != "waits":
        return UnmetPin(alone.entry, (), is_beside_all=False)
    problem = worked.formulation.problem
    kept = frozenset(one.id for one in problem.candidates if one.kept)
    placed = (one.tactic for one in worked.plan.placed if one.is_pinned)
    others = tuple(sorted(name for name in placed if has_all(exclude(problem, name), kept - {name})))
    return UnmetPin(alone.entry, others, is_beside_all=True)


def _require_placed(plan: SprintPlan, aside: Sequence[str], pins: Sequence[str]) -> None:
    """Refuse to remove a tactic that is not placed, because the comparison would show no difference and no reason."""
    placed = {entry.tactic for entry in plan.placed}
    for name in aside:
        if name not in placed and any(entry.tactic == name for entry in plan.parked):
            others = [pin for pin in pins if pin in placed]
            hint = f"`revplan explain {name}` says why, and what would bring it in"
            if others:
                hint = f"what comes in is named first: `revplan swap {name} {others[0]}`"
            raise InputError(f'"{name}" is parked in sprint {plan.period.id}: it cannot leave for another', hint=hint)


def write_what_if(loaded: Loaded, context: Context, tried: WhatIf) -> tuple[str, ...]:
    """Save the changes of a what-if in the plan's files, and write the sprint as it was planned with the changes.

    What is pinned or set aside stands in the written sprint, and lasts until it is unpinned or dropped.

    Raises:
        InputError: the what-if makes a member absent, which only a change of the plan can record; or a pin is unmet.
        WriteRefusedError: what the sprint is computed from changed meanwhile, or the files cannot be written. Nothing
            was written.
    """

    def compute(now_loaded: Loaded, now: Context) -> tuple[None, tuple[Change, ...]]:
        return None, changes_of_tried(context, now_loaded, now, tried)

    return save_computed(loaded, context, compute)[1]


def changes_of_tried(context: Context, loaded: Loaded, now: Context, tried: WhatIf) -> tuple[Change, ...]:
    """Return the changes that save a what-if in the plan of now, which may be newer than that it was tried in.

    Errors are those of `changes_of_what_if` and `require_same_what_if`.
    """
    if now is not context:
        require_same_what_if(context, loaded, now, tried)
    return changes_of_what_if(now, tried)


def require_same_what_if(before: Context, loaded: Loaded, now: Context, tried: WhatIf) -> None:
    """Refuse a what-if if the plan of now gives other data to compute it from, or holds another such sprint.

    Raises:
        InputError: a what-if can no longer be read.
        UnknownIdError: a what-if names something that is no longer in the plan.
        UnsoundError: the plan has errors in data that planning uses.
        WriteRefusedError: the data or the written sprint are different.
    """
    require_same(before, loaded, now, tried.request.plain, tried.difference.before)
    supposed = suppose(loaded, now, tried.hypothesis.words, tried.difference.after.period.id)
    if supposed.changes != tried.hypothesis.changes:
        raise stale("what the change is made of")
    require_same(tried.hypothesis.context, supposed.loaded, supposed.context, tried.request, tried.difference.after)


def changes_of_what_if(context: Context, tried: WhatIf) -> tuple[Change, ...]:
    """Return the changes that `write_what_if` saves.

    Raises:
        InputError: the what-if makes a member absent, which only a change of the plan can record; or a pin is unmet.
    """
    if tried.unmet:
        names = ", ".join(pin.entry.tactic for pin in tried.unmet)
        raise InputError(f"{names} cannot be pinned, so nothing is written", hint="what is short is shown above")
    if tried.request.without:
        member = tried.request.without[0]
        start, end = tried.difference.after.period.start, tried.difference.after.period.end
        hint = f"say it in the plan: --what-if 'team.{member}.time_off.{start}..{end}=away' --write"
        raise InputError("who is away cannot be written with the sprint", hint=hint)
    plan = tried.difference.after
    return (*tried.hypothesis.changes, *changes(plan, context.plan.sprints.get(plan.period.id)))


def _describe_request(request: Request) -> tuple[str, ...]:
    return (
        *(f"--pin {name}" for name in request.pins),
        *(f"--without {name}" for name in request.without),
        *(f"leave out {name}" for name in request.aside),
        *(f"--unpin {name}" for name in request.unpin),
    )
