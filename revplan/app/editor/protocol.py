"""The protocol on a pipe: every message is checked, and answered whatever it says.

pygls drops a request whose parameters do not fit, so that the client waits for ever, and it tells the user of each one
in a window. Here such a request gets the error that the protocol has for it. pygls also keeps its own copy of each open
document, whose lines end at more characters than the protocol allows; `workspace` keeps the buffers instead.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import BinaryIO

LARGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes: twice the largest plan file, which JSON may write with two bytes for one."""
_LONGEST_HEADER = 4096
"""Bytes of a header line that are read; those of the protocol take forty."""
_NO_REQUEST: dict[str, Any] = {"jsonrpc": "2.0", "id": None}
_PARSE_ERROR = -32700
_INVALID_REQUEST = -32600
_NOT_INITIALIZED = -32002


class PipeReader:
    """Reads messages from a pipe, and no more of one than any client of a plan has to say."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def readline(self) -> bytes:
        """Return the next line of a header; the rest of a line that is too long is passed over."""
        line = self.stream.readline(_LONGEST_HEADER)
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = self.stream.readline(_LONGEST_HEADER)
        return line if line.endswith(b"\n") else b"\n" if line else line

    def read(self, size: int) -> bytes:
        """Return a message's body; of one that is too large, nothing that could be read as a message."""
        if size <= LARGEST_MESSAGE:
            return self.stream.read(size)
        while size > 0 and (piece := self.stream.read(min(size, LARGEST_MESSAGE))):
            size -= len(piece)
        return b"the message is too large"


class CheckedProtocol(LanguageServerProtocol):
    """The language server protocol, strict about what comes in: a malformed message never goes unanswered."""

    has_begun = False

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 - as in pygls
        """Return a part of a message as it is; only a whole message is turned into typed values."""
        return data

    def handle_message(self, message: Any) -> None:  # noqa: ANN401 - whatever the client sends
        """Check a message, and hand it on or answer it with an error."""
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            self.refuse(None, _INVALID_REQUEST, "a message is an object of JSON-RPC 2.0")
            return
        method, number = message.get("method"), message.get("id")
        is_request = "id" in message and "method" in message
        if is_request and (isinstance(number, bool) or not isinstance(number, int | str)):
            self.refuse(None, _INVALID_REQUEST, "the id of a request is a number or a text")
        elif "method" in message and not isinstance(method, str):
            self.refuse(number, _INVALID_REQUEST, "the method of a message is a text")
        elif isinstance(method, str) and (fault := self.order_fault(method)) is not None:
            if is_request:
                self.refuse(number, *fault)
        else:
            self.hand_on(message, is_request=is_request)

    def order_fault(self, method: str) -> tuple[int, str] | None:
        """Return code and message of the error of a method that comes too early or too late; None if it does not."""
        if method == types.EXIT:
            return None
        if self._shutdown:
            return _INVALID_REQUEST, "the server is shut down"
        if method == types.INITIALIZE:
            return (_INVALID_REQUEST, "the server is initialized already") if self.has_begun else None
        return None if self.has_begun else (_NOT_INITIALIZED, "the server is not initialized yet")

    def hand_on(self, message: dict[str, Any], *, is_request: bool) -> None:
        """Turn a message into typed values and handle it; answer a request whose parameters do not fit."""
        try:
            typed = super().structure_message({"params": None, **message} if "method" in message else message)
        except (JsonRpcException, TypeError, ValueError, RecursionError):
            if is_request:
                self.refuse(message["id"], JsonRpcInvalidParams.CODE, "the parameters do not fit the method")
            return
        if is_request and not hasattr(typed, "id"):
            self.refuse(message["id"], _INVALID_REQUEST, "this method is a notification, and has no answer")
            return
        super().handle_message(typed)
        if message.get("method") == types.INITIALIZE:
            self.has_begun = self._workspace is not None

    def refuse(self, number: object, code: int, message: str) -> None:
        """Answer a message with an error."""
        self._send_data({**_NO_REQUEST, "id": number, "error": {"code": code, "message": message}})

    # --- documents: those of the workspace of this package, not pygls's own --------------------------------------

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand on that a document is open."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand on that a document has another text."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand on that a document is closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class CheckedServer(LanguageServer):
    """A language server that answers what cannot be read, and keeps its own failures in the client's log."""

    protocol: CheckedProtocol

    def __init__(self, name: str, version: str) -> None:
        super().__init__(name, version, protocol_cls=CheckedProtocol, converter_factory=default_converter)
        keep_quiet()

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002 - as in pygls
        """Answer a text that is no JSON; write any other failure to the client's log."""
        if isinstance(error, ValueError | RecursionError) and not isinstance(error, JsonRpcException):
            self.protocol.refuse(None, _PARSE_ERROR, "the message is no JSON, or too large")
        elif not isinstance(error, JsonRpcException):
            self.log(f"{type(error).__name__}: {error}")

    def log(self, message: str) -> None:
        """Write a line to the client's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def serve(self, stdin: BinaryIO, stdout: BinaryIO) -> int:
        """Serve a client until it goes away; return the exit code of the process: 1 if it went without a word."""
        self.start_io(cast("BinaryIO", PipeReader(stdin)), stdout)  # no more of a stream is asked for
        return 0 if self.protocol._shutdown else 1  # noqa: SLF001 - pygls drops the code that the protocol asks for


def keep_quiet() -> None:
    """Keep pygls from writing to stderr, where editors show every line to the user."""
    for name in ("pygls", "asyncio"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
