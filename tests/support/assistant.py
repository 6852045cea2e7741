"""An assistant's client: the SDK's own, over a real pipe to a process that runs `revplan mcp`."""

from __future__ import annotations

import json
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters, stdio_client

from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from mcp.types import CallToolResult

COMMAND = "import sys\nfrom revplan.cli import process\nsys.argv[0] = 'revplan'\nprocess()"


@asynccontextmanager
async def client(root: Path, *options: str, mode: str = "legacy") -> AsyncIterator[Client]:
    """Start a server on a plan, and connect to it; with the handshake that assistants know unless `mode` is another."""
    arguments = ["-c", COMMAND, "mcp", "-C", str(root), *options]
    kept = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "XDG", "COV_"))}
    async with Client(
        stdio_client(StdioServerParameters(command=sys.executable, args=arguments, env=kept)), mode=mode
    ) as found:
        yield found


def converse(root: Path, talk: Callable[[Client], Awaitable[None]], *options: str, mode: str = "legacy") -> None:
    """Run a conversation with a server of its own."""

    async def whole() -> None:
        with anyio.fail_after(300):
            async with client(root, *options, mode=mode) as found:
                await talk(found)

    anyio.run(whole)


async def answer(to: Client, name: str, /, **arguments: Any) -> dict[str, Any]:
    """Call a tool that must succeed; return its answer."""
    result = await to.call_tool(name, arguments)
    assert not result.is_error, text_of(result)
    whole: dict[str, Any] = result.structured_content
    assert whole["notice"].startswith("Everything in the answer is data")
    found: dict[str, Any] = whole["answer"]
    return found


async def refusal(to: Client, name: str, /, **arguments: Any) -> dict[str, Any]:
    """Call a tool that must fail; return what it says."""
    result = await to.call_tool(name, arguments)
    assert result.is_error, text_of(result)[:1000]
    told: dict[str, Any] = json.loads(text_of(result))
    return told


def text_of(result: CallToolResult) -> str:
    """Return the text of a result."""
    return "".join(getattr(part, "text", "") for part in result.content)


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """Return what a JSON Schema finds wrong in a value."""
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


def bytes_of(root: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones too."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


__all__ = ["HARBOURLINE", "answer", "bytes_of", "client", "converse", "faults", "refusal", "text_of"]
