"""The language server: which function answers which request."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

import revplan
from revplan.app.editor.actions import KINDS, code_actions
from revplan.app.editor.completion import TRIGGERS, complete
from revplan.app.editor.edits import format_file, workspace_edit
from revplan.app.editor.findings import findings_by_file
from revplan.app.editor.hints import COMMANDS, code_lenses, document_links, inlay_hints
from revplan.app.editor.hover import hover
from revplan.app.editor.navigation import (
    definition,
    document_symbols,
    folding_ranges,
    prepare_rename,
    references,
    rename,
    workspace_symbols,
)
from revplan.app.editor.protocol import CheckedServer
from revplan.app.editor.workspace import EditorWorkspace
from revplan.errors import RevplanError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from revplan.app.editor.workspace import Days, EditorPlan
    from revplan.diagnostics import Diagnostic

    Timer = Callable[[float, Callable[[], None]], Any]
    """Runs a function after some seconds; what it returns has a method `cancel`."""

REQUEST_FAILED = -32803
HINTS_SETTING = "inlayHints"
SHORTEST_WAIT, LONGEST_WAIT = 0.03, 0.15
"""Seconds without a key typed after which a plan is checked: half as long as the last check took, within these."""


class EditorServer:
    """Tells an editor of the plans of its open files.

    Attributes:
        workspace: the plans.
        ls: the language server, which speaks with the client.
        timer: runs a function later; None for the timer of the running loop.
        hindered: what was shown to hinder the check of a plan, by its folder.
    """

    def __init__(self, days: Days, only: Path | None, timer: Timer | None = None) -> None:
        self.workspace = EditorWorkspace(days, only)
        self.ls = CheckedServer("revplan", revplan.__version__)
        self.timer = timer
        self.shows_hints = True
        self.waiting: dict[Path, Any] = {}
        self.took: dict[Path, float] = {}
        self.told: dict[Path, dict[str, tuple[int | None, Sequence[types.Diagnostic]]]] = {}
        self.hindered: dict[Path, str] = {}
        self.register()

    def serve(self, stdin: BinaryIO, stdout: BinaryIO) -> int:
        """Serve a client until it goes away; return the exit code of the process."""
        return self.ls.serve(stdin, stdout)

    def register(self) -> None:
        """Register what answers each request and notification."""
        for method, answer, options in self.answers():
            self.ls.feature(method, options)(_answering(answer))
        for command in COMMANDS:
            self.ls.command(command)(self.runner(command))

    def answers(self) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
        """Return (method, function that answers it, options that are told to the client)."""
        return (
            (types.INITIALIZE, self.initialize, None),
            (types.INITIALIZED, self.initialized, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self.did_open, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self.did_change, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self.did_close, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self.did_save, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.did_change_files, None),
            (types.TEXT_DOCUMENT_COMPLETION, self.at_position(complete), types.CompletionOptions(list(TRIGGERS))),
            (types.TEXT_DOCUMENT_HOVER, self.at_position(hover), None),
            (types.TEXT_DOCUMENT_DEFINITION, self.at_position(definition), None),
            (types.TEXT_DOCUMENT_REFERENCES, self.references, None),
            (types.TEXT_DOCUMENT_PREPARE_RENAME, self.at_position(prepare_rename), None),
            (types.TEXT_DOCUMENT_RENAME, self.rename, types.RenameOptions(prepare_provider=True)),
            (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.of_file(document_symbols), None),
            (types.WORKSPACE_SYMBOL, self.workspace_symbols, None),
            (types.TEXT_DOCUMENT_FOLDING_RANGE, self.of_file(folding_ranges), None),
            (types.TEXT_DOCUMENT_INLAY_HINT, self.inlay_hints, None),
            (types.TEXT_DOCUMENT_CODE_LENS, self.of_file(code_lenses), None),
            (types.TEXT_DOCUMENT_DOCUMENT_LINK, self.of_file(document_links), None),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self.did_change_settings, None),
            (types.TEXT_DOCUMENT_FORMATTING, self.of_file(format_file), None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self.code_actions, types.CodeActionOptions(list(KINDS))),
        )

    def at_position(self, answer: Callable[[EditorPlan, str, types.Position], Any]) -> Callable[[Any], Any]:
        """Return what answers a question about a position of a file; nothing for a file that is in no plan."""

        def answer_at(params: types.TextDocumentPositionParams) -> Any:  # noqa: ANN401 - each has an answer of its own
            found = self.workspace.place(params.text_document.uri)
            return answer(*found, params.position) if found is not None else None

        return answer_at

    def of_file(self, answer: Callable[[EditorPlan, str], Any]) -> Callable[[Any], Any]:
        """Return what answers a question about a file; nothing for a file that is in no plan."""

        def answer_for_file(params: Any) -> Any:  # noqa: ANN401 - each has parameters and an answer of its own
            found = self.workspace.place(params.text_document.uri)
            return answer(*found) if found is not None else None

        return answer_for_file

    @property
    def is_versioned(self) -> bool:
        """Whether the client takes edits of a document's version."""
        known = self.ls.client_capabilities.workspace
        edit = known.workspace_edit if known is not None else None
        return edit is not None and bool(edit.document_changes)

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Answer with the edits that rename a thing."""
        found = self.workspace.place(params.text_document.uri)
        if found is None:
            return None
        return rename(*found, params.position, params.new_name, is_versioned=self.is_versioned)

    def workspace_symbols(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        """Answer with the things of all plans that a query means."""
        plans = self.workspace.open_plans()
        return [symbol for plan in plans for symbol in workspace_symbols(plan, params.query)]

    def inlay_hints(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        """Answer what stands between the lines, if the user wants it."""
        found = self.workspace.place(params.text_document.uri) if self.shows_hints else None
        return inlay_hints(*found, params.range) if found is not None else []

    def runner(self, command: str) -> Callable[..., Any]:
        """Return what runs a command on a sprint: aside, for to plan a sprint takes seconds, and typing goes on."""

        async def run(*arguments: Any) -> str:  # noqa: ANN401 - whatever the client sends
            is_sprint = len(arguments) == len(("uri", "sprint")) and all(isinstance(each, str) for each in arguments)
            found = self.workspace.place(arguments[0]) if is_sprint else None
            if found is None:
                raise JsonRpcException(f"{command} takes a file of a plan and a sprint", REQUEST_FAILED)
            from revplan.app.editor.commands import run_command  # noqa: PLC0415 - it brings the planner

            plan = found[0]
            try:
                done = await asyncio.to_thread(run_command, command, plan.loaded, plan.context, arguments[1])
            except RevplanError as error:
                raise _failure(error) from error
            if done.edits is not None:
                edit = workspace_edit(plan, done.edits, is_versioned=self.is_versioned)
                self.ls.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit, label=command))
            self.ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, done.message))
            return done.markdown

        return run

    def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Answer what can be done at a place."""
        found = self.workspace.place(params.text_document.uri)
        if found is None:
            return []
        told, only = params.context.diagnostics, params.context.only
        kinds = [str(getattr(kind, "value", kind)) for kind in only] if only else None
        return code_actions(*found, params.range, told, kinds, is_versioned=self.is_versioned)

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Answer where a thing is named."""
        found = self.workspace.place(params.text_document.uri)
        with_own = params.context.include_declaration
        return references(*found, params.position, with_own=with_own) if found is not None else []

    # --- the session ---------------------------------------------------------------------------------------------

    def initialize(self, params: types.InitializeParams) -> None:
        """Take in how the client counts columns, and the user's settings."""
        self.take_settings(params.initialization_options)
        encoding = self.ls.workspace.position_encoding  # an enumeration's member, or its text as the client sent it
        self.workspace.encoding = str(getattr(encoding, "value", encoding))

    def initialized(self, _params: types.InitializedParams) -> None:
        """Ask the client to tell when a file of a plan changes on disk, if it can."""
        changes = self.ls.client_capabilities.workspace
        watched = changes.did_change_watched_files if changes is not None else None
        if watched is None or not watched.dynamic_registration:
            return
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*.{yaml,yml}")])
        wanted = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self.ls.client_register_capability(types.RegistrationParams([wanted]))

    def did_change_settings(self, params: types.DidChangeConfigurationParams) -> None:
        """Take in the user's settings, and have the client ask for hints again."""
        settings = params.settings
        self.take_settings(settings.get("revplan", settings) if isinstance(settings, dict) else None)
        known = self.ls.client_capabilities.workspace
        hints = known.inlay_hint if known is not None else None
        if hints is not None and hints.refresh_support:
            self.ls.workspace_inlay_hint_refresh(None)

    def take_settings(self, settings: object) -> None:
        """Take in the settings `inlayHints`; what else may be there is not for this server."""
        wanted = settings.get(HINTS_SETTING) if isinstance(settings, dict) else None
        self.shows_hints = wanted if isinstance(wanted, bool) else self.shows_hints

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Check the plan of a file that was opened, at once."""
        document = params.text_document
        plan = self.workspace.open(document.uri, document.version, document.text)
        if plan is not None:
            self.tell(plan)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Check the plan of a file once nothing more is typed."""
        document = params.text_document
        plan = self.workspace.change(document.uri, document.version, params.content_changes)
        if plan is not None:
            self.tell_soon(plan)

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Check the plan of a file that was closed: what is on disk counts again."""
        plan = self.workspace.close(params.text_document.uri)
        if plan is not None:
            self.tell_soon(plan)

    def did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        """Check the plan of a file that was saved."""
        found = self.workspace.place(params.text_document.uri)
        if found is not None:
            found[0].touch()
            self.tell_soon(found[0])

    def did_change_files(self, _params: types.DidChangeWatchedFilesParams) -> None:
        """Check every plan again: files were changed by another program, such as git."""
        for plan in self.workspace.open_plans():
            plan.touch()
            self.tell_soon(plan)

    # --- findings ------------------------------------------------------------------------------------------------

    def tell_soon(self, plan: EditorPlan) -> None:
        """Check a plan once nothing was typed for a while, so that a burst of typing is checked once."""
        waiting = self.waiting.pop(plan.root, None)
        if waiting is not None:
            waiting.cancel()
        wait = min(LONGEST_WAIT, max(SHORTEST_WAIT, self.took.get(plan.root, 0.0) / 2))
        timer = self.timer or asyncio.get_running_loop().call_later
        self.waiting[plan.root] = timer(wait, lambda: self.tell(plan))

    def tell(self, plan: EditorPlan) -> None:
        """Check a plan and tell the client its findings, of each file that has others than before."""
        self.waiting.pop(plan.root, None)
        started = time.monotonic()
        try:
            found = findings_by_file(plan)
            self.hindered.pop(plan.root, None)
        except RevplanError as error:  # the plan's folder is gone, or the clock stands outside of all plans
            self.warn(plan, _in_one_line(error))
            found = {}
        self.took[plan.root] = time.monotonic() - started
        before, now = self.told.get(plan.root, {}), {}
        for name in sorted({*before, *found}):
            version = plan.buffers[name].version if name in plan.buffers else None
            now[name] = (version, found.get(name, []))
            if before.get(name) != now[name]:
                self.publish(plan.uri(name), *now[name])
        self.told[plan.root] = {name: told for name, told in now.items() if name in found}

    def warn(self, plan: EditorPlan, message: str) -> None:
        """Show why a plan cannot be checked, once and not at every key: without findings it would look sound."""
        if self.hindered.get(plan.root) != message:
            self.hindered[plan.root] = message
            self.ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    def publish(self, uri: str, version: int | None, found: Sequence[types.Diagnostic]) -> None:
        """Tell the client the findings of a file."""
        self.ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def _answering(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that pygls can register; what the user can mend becomes an error of the protocol."""

    def answer_or_fail(params: Any) -> Any:  # noqa: ANN401 - each request has parameters of its own
        try:
            return answer(params)
        except RevplanError as error:
            raise _failure(error) from error

    return answer_or_fail


def _failure(error: RevplanError) -> JsonRpcException:
    """Return the error of the protocol for what a person has to mend."""
    return JsonRpcException(_in_one_line(error), REQUEST_FAILED)


def _in_one_line(error: RevplanError) -> str:
    """Return what an error says, with the first finding that it is about: an editor shows no more of a refusal."""
    findings: Sequence[Diagnostic] = getattr(error, "diagnostics", ())
    told = [(str(error), error.hint), *((found.message, found.hint) for found in findings[:1])]
    return "; ".join(word for words in told for word in words if word)
