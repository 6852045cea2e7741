"""Whatever comes down the pipe: the protocol's errors, never a traceback, and a server that goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.test_lsp import SETTINGS, TACTICS, TEAM, codes, errors
from tests.support.lsp_client import Editor, RequestError, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

METHODS = (
    "initialize", "initialized", "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose",
    "textDocument/didSave", "textDocument/completion", "textDocument/hover", "textDocument/definition",
    "textDocument/references", "textDocument/prepareRename", "textDocument/rename", "textDocument/documentSymbol",
    "workspace/symbol", "textDocument/foldingRange", "textDocument/formatting", "textDocument/codeAction",
    "textDocument/inlayHint", "textDocument/codeLens", "textDocument/documentLink", "workspace/executeCommand",
    "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles", "$/cancelRequest", "$/setTrace",
    "window/workDoneProgress/cancel", "notebookDocument/didChange", "workspace/didChangeWorkspaceFolders", "no/such",
)  # fmt: skip
"""All but `shutdown` and `exit`, after which a server is to go."""
TEXTS = st.sampled_from(
    ("", "a", "\ud800", "\x00", "file:///", "file://%00", "file:///../../etc/passwd", "x" * 5000, "PLAN")
)
NUMBERS = st.sampled_from((-1, 0, 1, 2**31, 2**63, 10**40, 0.5, float("nan")))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("uri", "text", "range", "start", "end", "line", "character", "version", "jsonrpc", "id")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
PLACES = st.fixed_dictionaries({"line": st.integers(0, 2**31 - 1) | NUMBERS, "character": st.integers(0, 50) | NUMBERS})
PARAMS = VALUES | st.fixed_dictionaries(
    {
        "textDocument": st.fixed_dictionaries(
            {"uri": st.just("PLAN") | TEXTS, "version": st.integers(0, 5), "languageId": TEXTS, "text": TEXTS}
        ),
        "position": PLACES,
        "range": st.fixed_dictionaries({"start": PLACES, "end": PLACES}),
        "context": st.fixed_dictionaries({"diagnostics": st.just([]), "includeDeclaration": st.booleans()}),
        "newName": TEXTS,
        "query": TEXTS,
        "command": st.sampled_from(("revplan.sprint.status", "revplan.sprint.close", "x")),
        "arguments": VALUES,
        "options": st.fixed_dictionaries({"tabSize": st.integers(0, 8), "insertSpaces": st.booleans()}),
        "contentChanges": st.lists(
            st.fixed_dictionaries(
                {"text": TEXTS}, optional={"range": st.fixed_dictionaries({"start": PLACES, "end": PLACES})}
            ),
            max_size=3,
        ),
        "settings": VALUES,
    }
)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Editor, Path]]:
    root = tmp_path_factory.mktemp("plan")
    for name, text in {"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": TACTICS}.items():
        (root / name).write_text(text)
    client = Editor()
    client.open(root / "tactics.yaml")
    yield client, root
    assert client.leave() == 0
    logged = [each for each in client.heard if each["method"] in ("window/logMessage", "window/showMessage")]
    assert "Traceback" not in json.dumps(logged)


def is_alive(client: Editor) -> bool:
    with pytest.raises(RequestError) as unknown:
        client.request("are/you/there")
    return unknown.value.code == -32601


def aimed(params: Any, root: Path) -> Any:
    """Let hostile parameters be about a file of the plan where they say PLAN."""
    return json.loads(json.dumps(params).replace('"PLAN"', json.dumps((root / "tactics.yaml").as_uri())))


@settings(
    max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
@given(method=st.sampled_from(METHODS), params=PARAMS, is_request=st.booleans())
def test_any_message_has_an_answer(editor: tuple[Editor, Path], method: str, params: Any, is_request: bool) -> None:
    client, root = editor
    if not is_request:
        client.notify(method, aimed(params, root))
    else:
        try:
            client.request(method, aimed(params, root))
        except RequestError as refused:
            assert refused.code in (-32602, -32601, -32600, -32803), (method, params, str(refused))  # noqa: PT017
    assert is_alive(client)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(min_size=1, max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_survived(editor: tuple[Editor, Path], body: bytes) -> None:
    client, _ = editor
    client.send_raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert is_alive(client)


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\r\n",
        b"Content-Length: x\r\n\r\n",
        b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"X" * 100_000 + b"\r\n\r\n",
        b"Content-Length: 2\r\nContent-Type: nonsense\r\n\r\n{}",
        b"Content-Length: 100004\r\n\r\n" + b"[" * 50_002 + b"]" * 50_002,
        b"Content-Length: 5003\r\n\r\n" + b"[" + b"9" * 5001 + b"]",
    ],
)
def test_odd_headers_and_bodies_are_survived(editor: tuple[Editor, Path], raw: bytes) -> None:
    client, _ = editor
    client.send_raw(raw)
    assert is_alive(client)


@pytest.mark.parametrize("number", [True, None, {}, [], 1.5])
def test_an_odd_id_is_refused(editor: tuple[Editor, Path], number: object) -> None:
    client, _ = editor
    client.send({"jsonrpc": "2.0", "id": number, "method": "textDocument/hover", "params": {}})
    while (message := client.receive()).get("id", 0) is not None:
        pass
    assert message["error"]["code"] == -32600


def test_a_typed_emoji_and_half_of_one(make_plan: Callable[..., Path]) -> None:
    file = make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM, "tactics.yaml": TACTICS}) / "tactics.yaml"
    client = Editor()
    client.open(file)
    assert errors(client.type(file, "\ud83d\ude00", span(2, 11, 12))) == []
    assert errors(client.type(file, "\ud83d", span(2, 11, 11))) == []
    assert codes(errors(client.type(file, "\x07", span(2, 11, 11)))) == ["RP010"]
    assert client.leave() == 0


def test_nothing_comes_before_initialize_and_nothing_after_shutdown() -> None:
    client = Editor(is_begun=False)
    with pytest.raises(RequestError) as early:
        client.request("textDocument/hover", {})
    assert early.value.code == -32002
    client.notify("textDocument/didOpen", {})
    client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    with pytest.raises(RequestError) as twice:
        client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert twice.value.code == -32600
    client.request("shutdown")
    with pytest.raises(RequestError) as late:
        client.request("textDocument/hover", {})
    assert late.value.code == -32600
    client.notify("exit", None)
    assert client.end() == 0


def test_nothing_is_said_but_on_the_pipe() -> None:
    client = Editor()
    client.send_raw(b"Content-Length: 3\r\n\r\n{x}")
    is_alive(client)
    client.watchdog.cancel()
    assert client.process.communicate()[1] == b""


def test_a_large_file_is_refused_and_not_read(make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": SETTINGS})
    client = Editor()
    found = client.open(root / "large.yaml", "# " + "x" * (33 * 1024 * 1024) + "\n")
    assert codes(found) == ["RP009"]
    assert client.leave() == 0
