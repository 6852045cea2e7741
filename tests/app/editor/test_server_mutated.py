"""A sound plan, typed over here and there: whatever an editor then asks, at whatever place, has an answer."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import converters, types

from revplan.app.editor.server import EditorServer
from revplan.errors import RevplanError
from tests.support.inputs import any_seed
from tests.support.kettle import FILES, laid_out
from tests.support.mutation import ODD, mutated

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 12, 2)
AT_A_PLACE = (
    types.TEXT_DOCUMENT_COMPLETION, types.TEXT_DOCUMENT_HOVER, types.TEXT_DOCUMENT_DEFINITION,
    types.TEXT_DOCUMENT_REFERENCES, types.TEXT_DOCUMENT_PREPARE_RENAME, types.TEXT_DOCUMENT_RENAME,
)  # fmt: skip
OF_A_FILE = (
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, types.TEXT_DOCUMENT_FOLDING_RANGE, types.TEXT_DOCUMENT_INLAY_HINT,
    types.TEXT_DOCUMENT_CODE_LENS, types.TEXT_DOCUMENT_DOCUMENT_LINK, types.TEXT_DOCUMENT_FORMATTING,
    types.TEXT_DOCUMENT_CODE_ACTION, types.WORKSPACE_SYMBOL,
)  # fmt: skip
CONVERTER = converters.get_converter()
PIECES = tuple(sorted({line.strip() for text in FILES.values() for line in text.splitlines()}))


class Session:
    """A server whose findings are kept, and whose plan is checked as soon as something is typed."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.server = EditorServer(lambda: (None, TODAY), None, self.at_once)
        self.server.ls.protocol.client_capabilities = types.ClientCapabilities()
        self.found: dict[str, list[types.Diagnostic]] = {}
        monkeypatch.setattr(self.server, "publish", lambda uri, _version, found: self.found.update({uri: found}))
        self.answers: dict[str, Callable[[Any], Any]] = {method: answer for method, answer, _ in self.server.answers()}

    def at_once(self, _wait: float, action: Callable[[], None]) -> None:
        """Stand for a timer; nothing waits, so nothing is ever taken back."""
        action()

    def type(self, name: str, version: int, text: str) -> str:
        """Have a file hold a text, opened first; return its URI."""
        uri = (self.root / name).as_uri()
        if uri not in {buffer.uri for plan in self.server.workspace.open_plans() for buffer in plan.buffers.values()}:
            item = types.TextDocumentItem(uri, "yaml", 0, FILES[name])
            self.server.did_open(types.DidOpenTextDocumentParams(item))
        document = types.VersionedTextDocumentIdentifier(version, uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.server.did_change(types.DidChangeTextDocumentParams(document, [whole]))
        return uri

    def ask(self, method: str, uri: str, at: types.Position, name: str) -> None:
        """Ask as an editor does; what comes has to go over the wire, or be a refusal in words."""
        to = types.Position(at.line + 3, at.character)
        document = {"textDocument": {"uri": uri}, "position": at, "range": types.Range(at, to), "newName": name,
                    "context": {"diagnostics": self.found.get(uri, []), "includeDeclaration": True, "triggerKind": 1},
                    "options": {"tabSize": 2, "insertSpaces": True}, "query": name}  # fmt: skip
        params: Any = types.METHOD_TO_TYPES[method][2]
        asked: Any = CONVERTER.structure(CONVERTER.unstructure(document), params)
        with suppress(RevplanError):
            json.dumps(CONVERTER.unstructure(self.answers[method](asked))).encode()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    root = tmp_path_factory.mktemp("typed") / "plan"
    laid_out(root)
    return Session(root, pytest.MonkeyPatch())


@any_seed(40)
def test_any_text_nearly_right_is_worked_on(session: Session, seed: random.Random) -> None:
    name = seed.choice(sorted(FILES))
    text = mutated(seed, FILES[name], (*ODD, *PIECES))
    uri = session.type(name, seed.randrange(2**31), text)
    lines = text.split("\n")
    for method in seed.sample((*AT_A_PLACE, *OF_A_FILE), 4):
        line = seed.randint(0, len(lines))
        character = seed.randint(0, len(lines[line]) + 1 if line < len(lines) else 5)
        session.ask(method, uri, types.Position(line, character), seed.choice((*ODD, "other", "page")))
    session.type(name, seed.randrange(2**31), FILES[name])
