"""An editor without a screen: speaks the language server protocol with `revplan lsp` over a real pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    Json = dict[str, Any]


LONGEST = 300
"""Seconds after which a server that does not answer is ended, so that its test fails."""


class RequestError(Exception):
    """The server answered with an error."""

    def __init__(self, error: Json) -> None:
        super().__init__(error["message"])
        self.code: int = error["code"]


class Editor:
    """A client with open files. It waits for answers and never for time.

    Attributes:
        told: the diagnostics last published, by URI; with the version of the text that they are of.
        heard: every message of the server besides answers, in order.
    """

    def __init__(self, *options: str, today: str = "2026-11-28", is_begun: bool = True, **initialize: Any) -> None:
        command = [sys.executable, "-m", "revplan", "lsp", "--today", today, *options]
        own = {name: value for name, value in os.environ.items() if name != "REVPLAN_PLAN"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=own
        )
        self.received = 0
        self.watch()
        self.number = 0
        self.told: dict[str, tuple[int | None, list[Json]]] = {}
        self.heard: list[Json] = []
        self.versions: dict[str, int] = {}
        self.capabilities: Json = {}
        if is_begun:
            asked = {"processId": None, "rootUri": None, "capabilities": {}, **initialize}
            self.capabilities = self.request("initialize", asked)["capabilities"]
            self.notify("initialized", {})

    def watch(self, seen: int = -1) -> None:
        """End a server that has said nothing for long: a test waits for answers, but not for ever."""
        if seen == self.received:
            self.process.kill()
            return
        self.watchdog = threading.Timer(LONGEST, self.watch, [self.received])
        self.watchdog.daemon = True
        self.watchdog.start()

    # --- messages ------------------------------------------------------------------------------------------------

    def send_raw(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object) -> None:
        body = json.dumps(message).encode()
        self.send_raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self) -> Json:
        """Return the next message of the server."""
        assert self.process.stdout is not None
        size = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, f"the server is gone: {self.errors()}"
        self.received += 1
        message: Json = json.loads(self.process.stdout.read(size))
        if "method" in message:
            self.note(message)
        return message

    def note(self, message: Json) -> None:
        self.heard.append(message)
        params: Any = message.get("params")
        if message["method"] == "textDocument/publishDiagnostics":
            self.told[params["uri"]] = (params.get("version"), params["diagnostics"])
        elif "id" in message:
            result = {"applied": True} if message["method"] == "workspace/applyEdit" else None
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def request(self, method: str, params: object = None) -> Any:
        self.number += 1
        number = self.number
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self.answer(number)

    def answer(self, number: object) -> Any:
        """Wait for the answer to a request; raise the error that it may be."""
        while (message := self.receive()).get("id") != number or "method" in message:
            pass
        if "error" in message:
            raise RequestError(message["error"])
        return message["result"]

    def notify(self, method: str, params: object) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    # --- files ---------------------------------------------------------------------------------------------------

    def open(self, path: Path, text: str | None = None) -> list[Json]:
        """Open a file, and return the findings in it."""
        return self.open_uri(path.as_uri(), path.read_text(encoding="utf-8") if text is None else text)

    def open_uri(self, uri: str, text: str) -> list[Json]:
        self.versions[uri] = 1
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.findings(uri)

    def type(self, path: Path, text: str, at: Json | None = None) -> list[Json]:
        """Type a text: all of the file, or a part of it; return the findings in the file once they are told."""
        self.type_blindly(path, text, at)
        return self.findings(path.as_uri())

    def type_blindly(self, path: Path, text: str, at: Json | None = None) -> None:
        uri = path.as_uri()
        self.versions[uri] += 1
        change = {"text": text} if at is None else {"text": text, "range": at}
        document = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def findings(self, uri: str) -> list[Json]:
        """Wait for the findings of the version of a file that is open."""
        while self.told.get(uri, (0, []))[0] != self.versions[uri]:
            self.receive()
        return self.told[uri][1]

    def at(self, path: Path, line: int, character: int, method: str, **more: Any) -> Any:
        """Ask about a place: `hover` and the like; lines and characters count from 0."""
        place = {"line": line, "character": character}
        return self.request(
            f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": place, **more}
        )

    def about(self, path: Path, method: str, **more: Any) -> Any:
        """Ask about a file."""
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, **more})

    # --- the end -------------------------------------------------------------------------------------------------

    def errors(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def leave(self) -> int:
        """End the session as the protocol says; return the exit code of the server."""
        if self.process.poll() is None:
            self.request("shutdown")
            self.notify("exit", None)
        return self.end()

    def end(self) -> int:
        """Close the pipe, and return the exit code of the server."""
        self.process.communicate()
        self.watchdog.cancel()
        return self.process.returncode


def span(line: int, start: int, end: int, last: int | None = None) -> Json:
    """Return a range: on one line, or to a column of a later line."""
    return {
        "start": {"line": line, "character": start},
        "end": {"line": line if last is None else last, "character": end},
    }


def apply_edits(text: str, edits: list[Json]) -> str:
    """Make edits of an ASCII text with LF, as an editor does: all places are those of the text before."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(place: Json) -> int:
        return min(starts[place["line"]] + int(place["character"]), len(text))

    for edit in sorted(edits, key=lambda each: offset(each["range"]["start"]), reverse=True):
        text = text[: offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]) :]
    return text
