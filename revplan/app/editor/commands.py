"""The commands on sprints that an editor may run: plan, status and close. None of them writes a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.app.editor.hints import CLOSE, PLAN, STATUS
from revplan.app.sprint.life import close
from revplan.app.sprint.pages import close_page, consequences, status_page
from revplan.app.sprint.plan import Request, plan_sprint
from revplan.app.sprint.planning_pages import sprint_page
from revplan.errors import InputError, SprintError
from revplan.formats.table import DocumentFormat, Screen
from revplan.formats.text import visible
from revplan.store.edit.plan import edit
from revplan.wording import plural

if TYPE_CHECKING:
    from revplan.model.context import Context
    from revplan.reports.document import Document
    from revplan.store.disk.edits import Edits
    from revplan.store.loaded import Loaded

_ANY_SCREEN = Screen(80, color=False)


class CommandAnswer(NamedTuple):
    """What a command says.

    Attributes:
        markdown: all of it, for a client that can show it.
        message: the first lines of it as text, for any client.
        edits: the edits of the plan's files that the client is asked to make; None for a command that asks for none.
    """

    markdown: str
    message: str
    edits: Edits | None = None


def run_command(command: str, loaded: Loaded, context: Context, sprint: str) -> CommandAnswer:
    """Run a command on a sprint.

    Raises:
        InputError: there is no such command.
        RevplanError: the command cannot be run, as on the command line.
    """
    if command == PLAN:
        planned = plan_sprint(loaded, context, Request(sprint), _ignore_progress)
        return _answer(sprint_page(context.plan, planned))
    if command == STATUS:
        return _answer(status_page(context, sprint))
    if command == CLOSE:
        return _close(loaded, context, sprint)
    raise InputError(f'there is no command "{command}"')


def _close(loaded: Loaded, context: Context, sprint: str) -> CommandAnswer:
    """Return the edits that close a sprint. A sprint with workdays left is closed in a terminal, which asks first."""
    closure = close(loaded, context, sprint)
    if closure.workdays_left:
        left = plural(closure.workdays_left, "workday")
        raise SprintError(f"sprint {sprint} has {left} left", hint=f"`revplan sprint close {sprint}` closes it early")
    page = _answer(close_page(context, closure))
    message = "\n".join((page.message, *consequences(context, closure)))
    return CommandAnswer(page.markdown, message, edit(loaded, closure.changes))


def _answer(page: Document) -> CommandAnswer:
    lead = ("".join(run.text for run in line) for line in page.lead)
    message = "\n".join(visible(line) for line in (page.title, *lead))
    return CommandAnswer(DocumentFormat.MARKDOWN.draw(page, _ANY_SCREEN).decode(), message)


def _ignore_progress(_step: str) -> None:
    """Ignore a progress message."""
