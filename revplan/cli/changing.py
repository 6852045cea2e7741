"""How every editing command ends: the change is checked, then shown or written, and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revplan.cli import console
from revplan.cli.options import Color, clock

if TYPE_CHECKING:
    from datetime import date

    from revplan.app.change_plan import Proposal
    from revplan.diagnostics import Diagnostic
    from revplan.model.change import Change
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.store.edits import Edits
    from revplan.store.loaded import Loaded

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change as a diff, and write nothing.")]


@dataclass(frozen=True, slots=True)
class EditSession:
    """An open plan, and how what becomes of it is told.

    Attributes:
        dry_run: changes are shown and not written.
    """

    loaded: Loaded
    context: Context
    color: Color
    dry_run: bool

    @property
    def plan(self) -> Plan:
        """The plan as it was read."""
        return self.context.plan

    @property
    def today(self) -> date:
        """The day that counts as today."""
        return self.context.today

    def make(self, changes: Sequence[Change], done: str) -> None:
        """Make changes, and say what was done.

        Raises:
            RefusedChangeError: they would bring an error into the plan; it was shown.
            WriteRefusedError: they cannot be made without a hand.
        """
        from revplan.app.change_plan import propose

        self._settle(lambda: propose(self.loaded, self.context, changes), done)

    def check(self, changes: Sequence[Change]) -> None:
        """Check changes without making them.

        Raises:
            RefusedChangeError: they would bring an error into the plan; it was shown.
        """
        from revplan.app.change_plan import propose

        self._proposal(lambda: propose(self.loaded, self.context, changes))

    def rename(self, edits: Edits, done: str) -> None:
        """Write edits that rename something, and say what was done.

        Raises:
            RefusedChangeError: they would bring an error into the plan; it was shown.
        """
        from revplan.app.change_plan import check_renaming

        self._settle(lambda: check_renaming(self.loaded, self.context, edits), done)

    def _settle(self, propose: Callable[[], Proposal], done: str) -> None:
        from revplan.app.change_plan import carry_out

        proposal = self._proposal(propose)
        if self.dry_run:
            console.out(proposal.edits.diff())
        else:
            proposal = self._proposal(lambda: carry_out(proposal))
        self._show((*proposal.outgrown, *proposal.warnings))
        if not proposal.files:
            console.say("nothing to change: the plan says so already")
        elif not self.dry_run:
            files = proposal.files
            console.say(f"{done} ({', '.join(files) if len(files) <= _FEW else f'{len(files)} files'})")
        for sprint in proposal.sprints:
            console.say(f"sprint {sprint} no longer fits; `revplan sprint plan {sprint} --write` plans it anew")

    def _proposal(self, propose: Callable[[], Proposal]) -> Proposal:
        from revplan.app.change_plan import RefusedChangeError

        try:
            return propose()
        except RefusedChangeError as error:
            self._show(error.diagnostics)
            raise

    def _show(self, findings: Sequence[Diagnostic]) -> None:
        from revplan.formats import text

        sys.stderr.write(text.findings(findings, console.paint_for(self.color, sys.stderr)))


_FEW = 4
"""Files that are named one by one."""


def edit_session(
    plan: Path | None, today: date | None, color: Color = Color.AUTO, *, dry_run: bool = False
) -> EditSession:
    """Open the plan that a command line is about."""
    from revplan.app.open import context_of, open_plan

    loaded = open_plan(plan, Path.cwd())
    return EditSession(loaded, context_of(loaded, today, clock()), color, dry_run)
