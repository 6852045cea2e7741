"""The server as an assistant meets it: listings, resources, pings while a call runs, and what it must not do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference, ResourceTemplateReference

from revplan.app.assistant.tool import MANUAL_NOTICE, NOTICE
from revplan.model.workshops import workshop_names
from revplan.nouns import NOUNS
from revplan.reports.catalog import NAMES
from tests.support.assistant import COMMAND, HARBOURLINE, answer, converse, refusal, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mcp import Client

    from tests.support.shell import Ran


def test_every_tool_has_a_valid_schema_of_what_it_takes_and_gives() -> None:
    async def talk(to: Client) -> None:
        tools = (await to.list_tools()).tools
        assert len({tool.name for tool in tools}) == len(tools) > 0
        for tool in tools:
            assert tool.description
            for schema in (tool.input_schema, tool.output_schema):
                assert schema is not None
                Draft202012Validator.check_schema(schema)
                assert schema["type"] == "object"
                assert schema["additionalProperties"] is False
            assert tool.annotations is not None
            assert tool.annotations.open_world_hint is False

    converse(HARBOURLINE, talk)


def test_tools_know_every_noun_and_every_report_from_their_tables() -> None:
    async def talk(to: Client) -> None:
        tools = {tool.name: tool.input_schema["properties"] for tool in (await to.list_tools()).tools}
        assert tools["report"]["name"]["enum"] == [*NAMES]
        assert {*tools["list"]["kind"]["enum"]} == {noun.kind for noun in NOUNS}
        for name in ("add", "edit", "drop"):
            assert tools[name]["kind"]["enum"] == [noun.kind for noun in NOUNS if noun.flags]
        assert {*tools["workshop_sheet"]["name"]["enum"]} == {*workshop_names()}

    converse(HARBOURLINE, talk)


def test_an_error_is_a_result_with_a_way_out_and_an_unknown_tool_an_error_of_the_protocol() -> None:
    async def talk(to: Client) -> None:
        told = await refusal(to, "show", kind="tactic", id="podcst")
        assert told == {"notice": NOTICE, "error": 'no tactic "podcst"', "hint": 'did you mean "podcast"?'}
        told = await refusal(to, "list", kind="tactics")
        assert told["error"] == 'kind: there is no kind "tactics"; did you mean "tactic"?'
        assert (await refusal(to, "list", kind="tactic", colour="red"))["error"].startswith("colour: ")
        assert (await refusal(to, "list"))["error"].startswith("kind: ")
        with pytest.raises(MCPError, match="there is no tool 'rm'"):
            await to.call_tool("rm", {})

    converse(HARBOURLINE, talk)


def test_the_plan_is_read_anew_for_each_call(make_plan: Callable[..., Path]) -> None:
    root = make_plan("team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40}\n")

    async def talk(to: Client) -> None:
        assert (await answer(to, "overview"))["kinds"] == {"member": 1}
        (root / "plan.yaml").write_text("team: {}\n", encoding="utf-8")
        assert (await answer(to, "overview"))["kinds"] == {}

    converse(root, talk)


def test_resources_are_the_manual_the_schema_and_every_report_and_agenda() -> None:
    async def talk(to: Client) -> None:
        found = [str(each.uri) for each in (await to.list_resources()).resources]
        assert found[:2] == ["revplan://manual", "revplan://schema"]
        assert found[2:] == [
            *(f"revplan://report/{name}" for name in NAMES),
            *(f"revplan://agenda/{name}" for name in ("weekly", "sprint", "quarter")),
        ]
        for uri in ("revplan://manual", "revplan://schema", "revplan://report/goals", "revplan://agenda/weekly"):
            text = await _read(to, uri)
            assert text.startswith(f"> {NOTICE}\n") == uri.startswith(("revplan://report", "revplan://agenda"))
        assert "RP201" in await _read(to, "revplan://manual")
        assert (await _read(to, "revplan://manual/tactic.tasks")).startswith("tasks*: a mapping from an id")
        Draft202012Validator.check_schema(json.loads(await _read(to, "revplan://schema")))
        for uri in ("revplan://report/../../etc/passwd", "file:///etc/passwd", "revplan://manual/podcast", ""):
            with pytest.raises(MCPError):
                await to.read_resource(uri)

    converse(HARBOURLINE, talk)


async def _read(to: Client, uri: str) -> str:
    (content,) = (await to.read_resource(uri)).contents
    text: str = getattr(content, "text", "")
    return text


def test_the_newest_protocol_is_spoken_too() -> None:
    async def talk(to: Client) -> None:
        assert (await answer(to, "overview"))["company"] == "Harbourline"

    converse(HARBOURLINE, talk, mode="auto")


def test_the_topics_of_the_manual_are_completed() -> None:
    async def talk(to: Client) -> None:
        (template,) = (await to.list_resource_templates()).resource_templates
        reference = ResourceTemplateReference(uri=template.uri_template)
        found = await to.complete(reference, {"name": "topic", "value": "RP20"})
        assert found.completion.values
        assert all(each.startswith("RP20") for each in found.completion.values)

    converse(HARBOURLINE, talk)


def test_a_ping_is_answered_while_a_call_runs() -> None:
    async def talk(to: Client) -> None:
        order: list[str] = []

        async def call() -> None:
            await answer(to, "report", name="roadmap")
            order.append("report")

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(call)
            await anyio.lowlevel.checkpoint()
            for _ in range(5):
                await to.session.send_ping()
            order.append("pings")
        assert order == ["pings", "report"]

    converse(HARBOURLINE, talk)


def test_nothing_but_the_protocol_is_on_standard_output_and_the_end_of_input_ends_it() -> None:
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": _HELLO},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "overview", "arguments": {}}},
    ]
    raw = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    odd = b'not json\n{"jsonrpc": "2.0", "id": 9, "method": "ping", "params": {"a": "\\ud800"}}\n\xff\xfe\n[]\n\n'
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND, "mcp", "-C", str(HARBOURLINE)],
        input=raw[: raw.index(b"\n", raw.index(b"\n") + 1) + 1] + odd + raw,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    answers = [json.loads(line) for line in ended.stdout.decode().splitlines()]
    assert all(each["jsonrpc"] == "2.0" for each in answers)
    assert b"Traceback" not in ended.stderr


_HELLO: dict[str, Any] = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


def test_without_a_plan_it_says_so(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("mcp", "-C", tmp_path)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("error: ")


def test_without_the_sdk_it_says_what_to_install(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revplan.cli.mcp.find_spec", lambda _: None)
    ran = run("mcp", "-C", HARBOURLINE)
    assert ran.code == 2
    assert ran.err == "error: revplan mcp needs the MCP SDK\n  hint: pip install 'revplan[mcp]'\n"


def test_no_other_command_imports_the_sdk(run: Callable[..., Ran], tmp_path: Path) -> None:
    del run
    for arguments in (
        ["--version"],
        ["--help"],
        ["mcp", "--help"],
        ["validate"],
        ["report", "guide"],
        ["tactic", "list"],
    ):
        code = (
            "import sys\nfrom revplan.cli import main\n"
            "try: main()\nexcept SystemExit: print('\\n'.join(sys.modules), file=sys.stderr)"
        )
        place = [] if arguments[0].startswith("--") or "--help" in arguments else ["-C", str(HARBOURLINE)]
        ran = subprocess.run(
            [sys.executable, "-c", code, *arguments, *place], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        modules = {name.partition(".")[0] for name in ran.stderr.splitlines()}
        assert "revplan" in modules
        assert modules.isdisjoint({"mcp", "mcp_types", "anyio", "starlette", "httpx2", "jsonschema"}), arguments


def test_texts_are_given_as_text_under_the_notice() -> None:
    async def talk(to: Client) -> None:
        result = await to.call_tool("report", {"name": "goals", "form": "markdown"})
        assert text_of(result).startswith(f"{NOTICE}\n\n## Harbourline · goals and budget\n")
        result = await to.call_tool("explain", {"topic": "RP201"})
        assert text_of(result).startswith(f"{MANUAL_NOTICE}\n\nRP201 unknown-persona (error)\n")
        result = await to.call_tool("refs", {"kind": "tactic", "id": "podcast"})
        assert json.loads(text_of(result)) == result.structured_content

    converse(HARBOURLINE, talk)


def test_prompts_name_tools_that_there_are() -> None:
    async def talk(to: Client) -> None:
        tools = {tool.name for tool in (await to.list_tools()).tools}
        for prompt in (await to.list_prompts()).prompts:
            given = {each.name: "story" for each in prompt.arguments or [] if each.required}
            (message,) = (await to.get_prompt(prompt.name, given)).messages
            text = getattr(message.content, "text", "")
            assert set(re.findall(r"`([a-z_]+)`", text)) <= tools
            assert "dry run" in text
            assert "{" not in text

    converse(HARBOURLINE, talk)


def test_prompts_of_a_server_that_only_reads_do_not_write() -> None:
    async def talk(to: Client) -> None:
        (message,) = (await to.get_prompt("hold_workshop", {"name": "persona", "subject": "cfo"})).messages
        text = getattr(message.content, "text", "")
        assert text.startswith("Hold the workshop persona for cfo with the person.")
        assert "only reads" in text
        odd: tuple[tuple[str, dict[str, str]], ...] = (
            ("sing", {}),
            ("hold_workshop", {}),
            ("hold_workshop", {"name": "storey"}),
            ("hold_workshop", {"name": "story", "colour": "red"}),
            ("hold_workshop", {"name": "story", "subject": "a\nb"}),
            ("hold_workshop", {"name": "story", "subject": "a" * 999}),
            ("groom_backlog", {"name": "story"}),
        )
        for name, given in odd:
            with pytest.raises(MCPError):
                await to.get_prompt(name, given)
        found = await to.complete(PromptReference(name="hold_workshop"), {"name": "name", "value": "s"})
        assert {"story", "stack"} <= {*found.completion.values}

    converse(HARBOURLINE, talk, "--read-only")


def test_a_call_that_is_cancelled_leaves_the_server_free() -> None:
    async def talk(to: Client) -> None:
        told = []

        async def note(progress: float, total: float | None, message: str | None) -> None:
            told.append((progress, total, message))
            scope.cancel()

        with anyio.CancelScope() as scope:
            await to.call_tool("report", {"name": "roadmap"}, progress_callback=note)
        assert scope.cancelled_caught
        assert told
        assert (await answer(to, "skill_list"))["data"]["schema"] == "revplan/skills/1"
        assert (await answer(to, "metric_record", id="new-leads", value=3))["dry_run"]

    converse(HARBOURLINE, talk)
