"""One way to write for every tool that edits: the change is computed and checked, shown, and written if it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from revplan.app.assistant.asking import validation_data
from revplan.app.assistant.tool import Answer, AssistantTool, PlanAccess, findings_data
from revplan.app.checking.validate import validate_to_show
from revplan.app.editing.changes import Proposal, carry_out, propose, propose_computed
from revplan.store.edit.plan import edit
from revplan.store.load import read, read_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.app.checking.validate import Validation
    from revplan.model.change import Change
    from revplan.model.context import Context
    from revplan.store.disk.edits import Edits
    from revplan.store.loaded import Loaded

EDIT = "revplan/edit/1"
EDIT_SHAPE = {
    "summary": "string",
    "files": "array",
    "diff": "string",
    "diff_is_whole": "boolean",
    "brings": "array",
    "sprints_to_plan_anew": "array",
    "validate": "object",
    "dry_run": "boolean",
    "written": "boolean",
}
LONGEST_DIFF = 200_000
"""Largest number of characters of a diff that is answered."""
MOST_TOLD = 20
"""Largest number of findings that stand beside a change."""

DryRun = Annotated[
    bool, Field(description="true, where it is not given: show the change and write nothing. false writes it.")
]


class PlanEdit:
    """A plan that a call edits.

    Attributes:
        loaded: the plan as it was read.
        context: the plan and the day.
    """

    def __init__(self, at: PlanAccess, *, dry_run: bool) -> None:
        self.at = at
        self.dry_run = dry_run
        self.loaded, self.context = at.open()

    def apply(self, changes: Sequence[Change], done: str) -> Answer:
        """Check changes, and write them unless it is a dry run; `done` says what is done then.

        Raises:
            RefusedChangeError: the changes would bring an error into the plan.
            WriteRefusedError: only a person can make the changes, or the files cannot be written.
        """
        return self._settle(propose(self.loaded, self.context, changes), lambda: done)

    def apply_changes(self, compute: Callable[[Loaded, Context], tuple[Sequence[Change], str]]) -> Answer:
        """Write changes of a sprint's life, which the function that computes them has checked; otherwise like `apply`.

        The function returns the changes, and what is done then. It computes again if the plan changed meanwhile.
        """

        def edits(loaded: Loaded, context: Context) -> tuple[Proposal, str]:
            changes, done = compute(loaded, context)
            return Proposal(edit(loaded, changes), ()), done

        return self.apply_computed(edits)

    def apply_computed(self, compute: Callable[[Loaded, Context], tuple[Proposal, str]]) -> Answer:
        """Write a proposal that a function computes and has checked; otherwise like `apply_changes`."""
        said = [""]

        def proposal(loaded: Loaded, context: Context) -> Proposal:
            found, said[0] = compute(loaded, context)
            return found

        return self._settle(propose_computed(self.loaded, self.context, proposal), lambda: said[0])

    def _settle(self, proposal: Proposal, done: Callable[[], str]) -> Answer:
        """Write a proposal unless it is a dry run. Whatever can fail is done before the files are written."""
        answer = _describe(proposal, self._after(proposal.edits), done())
        if self.dry_run:
            would = f"dry run, nothing is written: {answer['summary']}" if proposal.files else answer["summary"]
            return {**answer, "summary": would, "dry_run": True, "written": False}
        written = carry_out(proposal)
        if written is not proposal:  # the plan changed meanwhile, and the change was computed anew
            answer = _describe(written, self._validate(read(self.loaded.root)), done())
        return {**answer, "dry_run": False, "written": bool(written.files)}

    def _after(self, edits: Edits) -> Validation:
        """Return what validate says of the plan after edits."""
        return self._validate(read_over(self.loaded, edits.overlay) if edits.files else self.loaded)

    def _validate(self, loaded: Loaded) -> Validation:
        return validate_to_show(loaded, replace(self.context, plan=loaded.plan))


def _describe(proposal: Proposal, after: Validation, done: str) -> Answer:
    """Return a change and what validate says after it."""
    diff = proposal.edits.diff()
    told = (*proposal.outgrown, *proposal.warnings)
    return {
        "schema": EDIT,
        "summary": done if proposal.files else "nothing to change: the plan says so already",
        "files": list(proposal.files),
        "diff": diff[:LONGEST_DIFF],
        "diff_is_whole": len(diff) <= LONGEST_DIFF,
        "brings": findings_data(told[:MOST_TOLD], after.files)["findings"],
        "sprints_to_plan_anew": list(proposal.sprints),
        "validate": validation_data(after, MOST_TOLD),
    }


def editing_tools(*uses: Callable[..., Answer]) -> tuple[AssistantTool, ...]:
    """Return tools that edit the plan, and answer with the contract of an edit."""
    return tuple(AssistantTool(use, (EDIT,), writes=True, shape=EDIT_SHAPE) for use in uses)
