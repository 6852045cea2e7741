"""Steps of the editing commands: read options, show the change, write and report the change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from revplan.cli import console
from revplan.cli.options import Color, clock
from revplan.nouns import Flag, Noun

if TYPE_CHECKING:
    from datetime import date

    from revplan.app.editing.changes import Change, Diagnostic, Proposal
    from revplan.app.editing.entries import Data, Setting
    from revplan.app.editing.rename import Renaming
    from revplan.app.open import Context, Loaded, Plan


def settings(noun: Noun, given: Mapping[str, Any]) -> Iterator[Setting]:
    """Yield the fields that a command line sets: first by options of their own, then by --set."""
    from revplan.app.editing.entries import Setting, settings_of

    if noun.title and given.get("title") is not None:
        yield Setting((noun.title,), given["title"] or None)
    for flag in noun.flags:
        value = given[f"field_{flag.field}"]
        if value in ("", [""]):
            yield Setting((flag.field,), None)
        elif value:
            yield Setting((flag.field,), _value(noun, flag, value))
    yield from settings_of(given["sets"] or ())


def _value(noun: Noun, flag: Flag, value: str | list[str]) -> Data:
    from revplan.app.editing.entries import after_of, option_value, skills_of, tasks_of

    if flag.field == "tasks":
        return tasks_of(value)
    if flag.field == "skills":
        return skills_of(value)
    if noun.kind == "task" and flag.field == "after":
        return after_of(value)
    if isinstance(value, list):
        return value[0] if flag.is_bare and len(value) == 1 else [*value]
    return option_value(noun.kind, flag.field, value)


DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change as a diff, and write nothing.")]


@dataclass(frozen=True, slots=True)
class EditSession:
    """An open plan that a command edits.

    Attributes:
        loaded: the plan as it was read.
        context: the plan and the day.
        color: when messages have colour.
        dry_run: show changes and do not write them.
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
        """The day to use as today."""
        return self.context.today

    def apply(self, changes: Sequence[Change], done: str) -> None:
        """Check and write changes, and report `done` as the result.

        Raises:
            RefusedChangeError: the changes would bring an error into the plan. The error has been shown.
            WriteRefusedError: only a person can make the changes.
        """
        from revplan.app.editing.changes import propose

        self._show_and_write(lambda: propose(self.loaded, self.context, changes), lambda: done)

    def apply_typed(self, changes: Sequence[Change], done: str, typed: Iterable[Setting]) -> None:
        """Write changes like `apply`; say how long the waits are among what was typed. Errors are those of `apply`."""
        from revplan.app.editing.entries import waits_in_words

        self.apply(changes, done)
        for note in waits_in_words(typed):
            console.say(note)

    def check(self, changes: Sequence[Change]) -> None:
        """Check changes without writing them.

        Raises:
            RefusedChangeError: the changes would bring an error into the plan. The error has been shown.
        """
        from revplan.app.editing.changes import propose

        self._proposal(lambda: propose(self.loaded, self.context, changes))

    def rename(self, kind: str, old: str, new: str) -> None:
        """Write a renaming, and report it.

        Raises:
            UnknownIdError: there is no such kind or thing.
            InputError: the new id is taken, or the thing's id follows from something else.
            RefusedChangeError: the renaming would bring an error into the plan. The error has been shown.
        """
        from revplan.app.editing.changes import check_renaming, propose_computed
        from revplan.app.editing.rename import rename
        from revplan.wording import plural

        found: list[Renaming] = []

        def compute(loaded: Loaded, context: Context) -> Proposal:
            found.append(rename(loaded, kind, old, new))
            return check_renaming(loaded, context, found[-1].edits)

        self._show_and_write(
            lambda: propose_computed(self.loaded, self.context, compute),
            lambda: f"renamed {kind} {old} to {new}, with {plural(found[-1].mentions, 'reference')}",
        )
        for sprint in found[-1].sealed:
            console.say(f"the closed sprint {sprint} names it: its seal is made anew over the new id, and nothing else")

    def _show_and_write(self, propose: Callable[[], Proposal], done: Callable[[], str]) -> None:
        from revplan.app.editing.changes import carry_out

        proposal = self._proposal(propose)
        if self.dry_run:
            console.out_lines(proposal.edits.diff())
        else:
            proposal = self._proposal(lambda: carry_out(proposal))
        self._show((*proposal.outgrown, *proposal.warnings))
        if not proposal.files:
            console.say("nothing to change: the plan says so already")
        elif not self.dry_run:
            files = proposal.files
            console.say(f"{done()} ({', '.join(files) if len(files) <= _FEW else f'{len(files)} files'})")
        for sprint in proposal.sprints:
            console.say(f"sprint {sprint} no longer fits; `revplan sprint plan {sprint} --write` plans it anew")

    def _proposal(self, propose: Callable[[], Proposal]) -> Proposal:
        from revplan.app.editing.changes import RefusedChangeError

        try:
            return propose()
        except RefusedChangeError as error:
            self._show(error.diagnostics)
            raise

    def _show(self, findings: Sequence[Diagnostic]) -> None:
        console.show_findings(findings, self.color)


_FEW = 4
"""Number of files that a message names one by one."""


def edit_session(
    plan: Path | None, today: date | None, color: Color = Color.AUTO, *, dry_run: bool = False
) -> EditSession:
    """Open the command line's plan for editing."""
    from revplan.app.open import context_of, name_command, open_plan

    name_command(sys.argv[1:])
    loaded = open_plan(plan, Path.cwd())
    return EditSession(loaded, context_of(loaded, today, clock()), color, dry_run)
