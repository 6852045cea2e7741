"""What the growth bench asks of the servers, in this process: one thing of a large plan or of a large file each."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from lsprotocol import converters, types

from revplan.app.assistant.asking import ASKING
from revplan.app.assistant.pages import PAGES
from revplan.app.assistant.reading import READING
from revplan.app.assistant.sprints import SPRINTS
from revplan.app.assistant.tool import PlanAccess
from revplan.app.assistant.writing import WRITING
from revplan.app.editor.server import EditorServer
from revplan.errors import InputError
from tests.bench import growth_kinds as kinds
from tests.bench import growth_plans as plans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Plan = Callable[[Path, int], None]
    Session = Callable[[Path], None]

TODAY = date(2026, 11, 28)
DECEMBER = date(2026, 12, 1)
CONVERTER = converters.get_converter()
TOOLS = {tool.name: tool for tool in (*READING, *PAGES, *ASKING, *WRITING, *SPRINTS)}


class Editing(EditorServer):
    """A server that checks as soon as something is typed, and whose findings go nowhere."""

    def __init__(self) -> None:
        super().__init__(lambda: (None, TODAY), None, lambda _wait, action: action())
        self.ls.protocol.client_capabilities = types.ClientCapabilities()
        self.found: Sequence[types.Diagnostic] = ()

    def publish(self, _uri: str, _version: int | None, found: Sequence[types.Diagnostic]) -> None:
        """Turn findings into what would be sent."""
        self.found = found
        json.dumps(CONVERTER.unstructure(found))


def typing(file: str, method: str = "", line: int = 1, character: int = 6) -> Session:
    """Return a session in which a file of the plan is opened and typed into, and something asked about a place."""

    def run(root: Path) -> None:
        server = Editing()
        path = root / file
        uri, text = path.as_uri(), path.read_text(encoding="utf-8")
        server.did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text)))
        for version in (2, 3):
            text += f"# {version}\n"
            document = types.VersionedTextDocumentIdentifier(version, uri)
            whole = types.TextDocumentContentChangeWholeDocument(text)
            server.did_change(types.DidChangeTextDocumentParams(document, [whole]))
        if method:
            _ask(server, method, uri, types.Position(line, character), text.count("\n"))

    return run


def _ask(server: Editing, method: str, uri: str, at: types.Position, lines: int) -> None:
    context = {"diagnostics": server.found, "includeDeclaration": True, "triggerKind": 1}
    whole = types.Range(types.Position(0, 0), types.Position(lines, 0))
    options = {"tabSize": 2, "insertSpaces": True}
    given = {"textDocument": {"uri": uri}, "position": at, "range": whole, "newName": "other", "query": "1"}
    params: Any = types.METHOD_TO_TYPES[method][2]
    asked = CONVERTER.structure(CONVERTER.unstructure({**given, "context": context, "options": options}), params)
    answers = {name: answer for name, answer, _ in server.answers()}
    json.dumps(CONVERTER.unstructure(answers[method](asked)))


def asking(*named: tuple[str, dict[str, Any]], today: date = TODAY) -> Session:
    """Return a session in which tools are called. An answer refused for its length was worked out all the same."""

    def run(root: Path) -> None:
        for name, given in named:
            try:
                json.dumps(TOOLS[name].call(_access(root, today), given))
            except InputError as error:
                if not str(error).startswith("the answer has "):
                    raise

    return run


def closing(root: Path) -> None:
    """A session in which a meeting is closed with its minutes."""
    filled = (root.parent / "minutes.md").read_text(encoding="utf-8")
    json.dumps(TOOLS["meeting_close"].call(_access(root), {"kind": "weekly", "filled": filled, **WRITTEN}))


def recording(root: Path) -> None:
    """A session in which a workshop's sheet is handed in, with a new proof of each differentiator."""
    named = {"name": "remarkable"}
    sheet = TOOLS["workshop_sheet"].call(_access(root), {**named, "every": True})["answer"]["text"]
    blanks = re.findall(r"\*\*Answer\*\*: \(known/edge-\d+/proof\)\n", sheet)
    filled = "".join(f"{blank}\n- Proof number {number}\n\n" for number, blank in enumerate(blanks))
    told = TOOLS["workshop_record"].call(_access(root), {**named, "sheet": filled, **WRITTEN})["answer"]
    if not told["written"]:
        raise ValueError("nothing was recorded")
    json.dumps(told)


def _access(root: Path, today: date = TODAY) -> PlanAccess:
    return PlanAccess(root, today, lambda: today, lambda _: None)


EDITING: dict[str, tuple[Plan, Session]] = {
    "files": (plans.tactics, typing("tactics/from-0.yaml")),
    "one file": (plans.todos, typing("todos.yaml")),
    "findings": (plans.typos, typing("todos.yaml")),
    "campaigns": (plans.campaigns, typing("campaigns.yaml")),
    "chain": (plans.chain, typing("tactics.yaml")),
    "sprint": (plans.sprint, typing("tactics.yaml")),
    **{
        method.partition("/")[2]: (plans.todos, typing("todos.yaml", method, 1, 43))
        for method in (
            types.TEXT_DOCUMENT_COMPLETION,
            types.TEXT_DOCUMENT_HOVER,
            types.TEXT_DOCUMENT_DEFINITION,
            types.TEXT_DOCUMENT_REFERENCES,
            types.TEXT_DOCUMENT_RENAME,
            types.TEXT_DOCUMENT_DOCUMENT_SYMBOL,
            types.WORKSPACE_SYMBOL,
            types.TEXT_DOCUMENT_FOLDING_RANGE,
            types.TEXT_DOCUMENT_DOCUMENT_LINK,
            types.TEXT_DOCUMENT_FORMATTING,
        )
    },
    "codeAction": (plans.typos, typing("todos.yaml", types.TEXT_DOCUMENT_CODE_ACTION)),
    "codeLens": (plans.sprint, typing("tactics.yaml", types.TEXT_DOCUMENT_CODE_LENS)),
    "inlayHint": (plans.sprint, typing("tactics.yaml", types.TEXT_DOCUMENT_INLAY_HINT)),
}
"""A plan, and a session in an editor: what is typed alone, then what is asked besides."""
ONE_TODO = {"kind": "todo", "fields": {"title": "One more", "owner": "member-1", "due": "2026-12-24"}}
WRITTEN = {"dry_run": False}
ASSISTING: dict[str, tuple[Plan, Session]] = {
    "overview": (plans.tactics, asking(("overview", {}))),
    "validate": (plans.unknown, asking(("validate", {}))),
    "list": (plans.tactics, asking(("list", {"kind": "tactic", "limit": 1000}))),
    "show": (plans.tactics, asking(("show", {"kind": "tactic", "id": "tactic-3"}), ("settings", {}))),
    "refs": (plans.todos, asking(("refs", {"kind": "member", "id": "member-1"}))),
    "report": (plans.campaigns, asking(("report", {"name": "scoreboard"}))),
    "agenda": (plans.todos, asking(("agenda", {"kind": "weekly"}))),
    "explain": (plans.twice, asking(("explain", {"topic": "last"}))),
    "swap": (plans.twice, asking(("swap", {"tactic_in": "last", "tactic_out": "first", "sprint": "2026-12"}))),
    "sprint_plan": (plans.twice, asking(("sprint_plan", {"sprint": "2026-12"}))),
    "sprint_status": (plans.sprint, asking(("sprint_status", {}), ("sprint_show", {"sprint": "2026-11"}))),
    "sprint_log": (plans.sprint, asking(("sprint_log", {"task": "tactic-3/do", "hours": 1, **WRITTEN}))),
    "add": (plans.todos, asking(("add", {**ONE_TODO, **WRITTEN}))),
    "edit": (
        plans.tactics,
        asking(("edit", {"kind": "tactic", "id": "tactic-3", "fields": {"impact": 7}, **WRITTEN})),
    ),
    "rename": (plans.todos, asking(("rename", {"kind": "member", "id": "member-1", "new": "ann", **WRITTEN}))),
    "fix": (plans.typos, asking(("fix", WRITTEN))),
    "fmt": (plans.tactics, asking(("fmt", WRITTEN))),
    "log": (plans.commits, asking(("log", {"kind": "tactic", "id": "tactic-3"}))),
    "lists": (plans.sprints, asking(("sprint_list", {}))),
    "brief": (plans.sprint, asking(("sprint_brief", {"member": "member-3", "sprint": "2026-11"}))),
    "skills": (plans.members, asking(("skill_list", {}))),
    "playbooks": (plans.playbooks, asking(("playbook_list", {"own": True}), ("playbook_show", {"id": "playbook-1"}))),
    "sprint_horizon": (plans.twice, asking(("sprint_horizon", {"sprint": "2026-12", "count": 2}))),
    "sprint_check": (plans.planned_sprint, asking(("sprint_check", {"sprint": "2026-11"}))),
    "what_if": (plans.twice, asking(("what_if", {"sprint": "2026-12", "pin": ["last"], "without": ["member-3"]}))),
    "bottlenecks": (plans.twice, asking(("bottlenecks", {"sprint": "2026-12"}))),
    "forecast": (plans.deals, asking(("forecast", {}))),
    "campaign_check": (plans.campaigns, asking(("campaign_check", {"campaign": "campaign-3"}))),
    "campaign_plan": (plans.campaigns, asking(("campaign_plan", {"campaign": "campaign-3", **WRITTEN}))),
    "workshop_sheet": (plans.campaigns, asking(("workshop_list", {}), ("workshop_sheet", {"name": "tactics"}))),
    "drop": (plans.tactics, asking(("drop", {"kind": "tactic", "id": "tactic-3", **WRITTEN}))),
    "set": (plans.tactics, asking(("set", {"key": "company", "value": "Other", **WRITTEN}))),
    "todo_done": (plans.todos, asking(("todo_done", {"ids": ["todo-3"], **WRITTEN}))),
    "stack_plan": (plans.tools, asking(("stack_plan", WRITTEN))),
    "sprint_plan_write": (plans.twice, asking(("sprint_plan_write", {"sprint": "2026-12", **WRITTEN}))),
    "diff": (plans.commits, asking(("diff", {"base": "HEAD~1", "head": "HEAD"}))),
    "issue_solve": (plans.issues, asking(("issue_solve", {"id": "issue-3", "solution": "Ring", **WRITTEN}))),
    "tactic_result": (plans.done_tactics, asking(("tactic_result", {"id": "over-3", "moved": "yes", **WRITTEN}))),
    "metric_record": (plans.metrics, asking(("metric_record", {"id": "metric-3", "value": 38, **WRITTEN}))),
    "goal_record": (plans.budget, asking(("goal_record", {"amount": "4M", "month": "2026-11", **WRITTEN}))),
    "budget_record": (
        plans.budget,
        asking(("budget_record", {"id": "line-3", "amount": 1200, "month": "2026-11", **WRITTEN})),
    ),
    "team_time_off": (
        plans.members,
        asking(("team_time_off", {"member": "member-3", "days": "2026-12-21", **WRITTEN})),
    ),
    "campaign_checklist": (
        plans.campaigns,
        asking(("campaign_checklist", {"campaign": "campaign-3", "items": ["proofread"], **WRITTEN})),
    ),
    "sprint_start": (plans.planned_sprint, asking(("sprint_start", {"sprint": "2026-11", **WRITTEN}))),
    "sprint_drop": (plans.sprint, asking(("sprint_drop", {"tasks": ["tactic-3/see"], **WRITTEN}))),
    "sprint_close": (
        plans.sprint,
        asking(("sprint_close", {"sprint": "2026-11", "carry": True, **WRITTEN}), today=DECEMBER),
    ),
    "sprint_reopen": (
        plans.closed_sprint,
        asking(("sprint_reopen", {"sprint": "2026-11", **WRITTEN}), today=DECEMBER),
    ),
    "meeting_close": (plans.minutes, closing),
    "workshop_record": (kinds.every_kind, recording),
    "guide_write": (plans.tactics, asking(("guide_write", WRITTEN))),
}
"""A plan, and calls of an assistant on it."""
