"""Tools that write: dry runs leave every byte, writes are those of the commands, refusals leave every byte too."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp.shared.exceptions import MCPError

from revplan.app.assistant.sprints import SPRINTS
from revplan.app.assistant.writing import WRITING
from tests.support.assistant import HARBOURLINE, answer, bytes_of, converse, faults, refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mcp import Client

    from tests.support.shell import Ran

WRITERS = {tool.name for tool in (*WRITING, *SPRINTS)}
NEW = {
    "title": "New pricing page",
    "function": "marketing",
    "impact": 7,
    "tasks": {"write": {"skill": "writing", "hours": 6.5}, "build": {"skill": "web", "hours": 8, "after": ["write"]}},
}
ADD_TACTIC = (
    "tactic add 'New pricing page' --function marketing --impact 7 --task write=writing:6.5"
    " --task 'build=web:8 after=write'"
)
CLOSE_MEETING = (
    "meeting close weekly --attended 'dana, tomas' --rating dana=8 --decision 'Call first'"
    " --todo 'Call the dairies (tomas, 2026-12-04)'"
)
CAMPAIGN = {
    "title": "Out",
    "message": "Out",
    "start": "2027-01-11",
    "end": "2027-02-26",
    "pillar": "audit-ready",
    "target.persona": "plant-manager",
}
EDITS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("add", {"kind": "tactic", "fields": NEW},
     ADD_TACTIC),
    ("add", {"kind": "playbook", "id": "own-webinar", "fields": {}, "from_playbook": "webinar"},
     "playbook add --id own-webinar --from-playbook webinar"),
    ("add", {"kind": "tactic", "fields": {"playbook": "webinar"}}, "tactic add --playbook webinar"),
    ("edit", {"kind": "tactic", "id": "podcast", "fields": {"impact": 8, "tasks.record.hours": 2.5, "tier": None}},
     "tactic edit podcast --impact 8 --set tasks.record.hours=2.5 --tier ''"),
    ("drop", {"kind": "todo", "id": "queue-numbers"}, "todo drop queue-numbers"),
    ("rename", {"kind": "member", "id": "priya", "new": "priya-raman"}, "rename member priya priya-raman"),
    ("set", {"key": "sprint.focus_factor", "value": 0.75}, "set sprint.focus_factor 0.75"),
    ("todo_done", {"ids": ["routing-rule"]}, "todo done routing-rule"),
    ("issue_solve", {"id": "leads-wait", "solution": "Whoever is free calls", "todo": "Set the rule", "owner": "dana"},
     "issue solve leads-wait --solution 'Whoever is free calls' --todo 'Set the rule' --owner dana"),
    ("tactic_result", {"id": "inspector-webinar", "moved": "yes", "by": 7, "learnt": "Call within two days"},
     "tactic result inspector-webinar --moved yes --by 7 --learnt 'Call within two days'"),
    ("metric_record", {"id": "new-leads", "value": 38}, "metric record new-leads 38"),
    ("goal_record", {"amount": "4.16M", "month": "2026-11"}, "goal record 4.16M --month 2026-11"),
    ("budget_record", {"id": "paid-media", "amount": 1200, "more": True, "month": "2026-11"},
     "budget record paid-media 1200 --more --month 2026-11"),
    ("team_time_off", {"member": "tomas", "days": "2027-01-07..2027-01-08", "hours": 4, "reason": "Dentist"},
     "team time-off tomas 2027-01-07..2027-01-08 --hours 4 --reason Dentist"),
    ("campaign_checklist", {"campaign": "any-tuesday", "items": ["proofread"]},
     "campaign checklist any-tuesday proofread"),
    ("meeting_close", {"kind": "weekly", "attended": ["dana, tomas"], "rating": ["dana: 8"],
                       "todos": ["Call the dairies (tomas, 2026-12-04)"], "filled": "**Decisions**\n\n- Call first\n"},
     CLOSE_MEETING),
    ("campaign_plan", {"campaign": "any-tuesday"}, "campaign plan any-tuesday --write"),
    ("stack_plan", {}, "stack plan --write"),
    ("guide_write", {}, "guide --write"),
    ("fmt", {}, "fmt"),
    ("fix", {}, "validate --fix"),
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(HARBOURLINE, tmp_path / "plan")


def test_what_a_tool_writes_is_what_its_command_writes(root: Path, tmp_path: Path, run: Callable[..., Ran]) -> None:
    """Each edit is first a dry run, which leaves every byte as it is and shows the same change."""
    import shlex

    twin = shutil.copytree(HARBOURLINE, tmp_path / "twin")

    async def talk(to: Client) -> None:
        tools = {tool.name: tool for tool in (await to.list_tools()).tools}
        for name, given, command in EDITS:
            assert faults(tools[name].input_schema, given) == []
            before = bytes_of(root)
            shown = await answer(to, name, **given)
            assert (shown["dry_run"], shown["written"]) == (True, False)
            assert bytes_of(root) == before, name
            done = await answer(to, name, **given, dry_run=False)
            assert faults((tools[name].output_schema or {})["properties"]["answer"], done) == []
            assert done["diff"] == shown["diff"]
            dry = "dry run, nothing is written: " if done["files"] else ""
            assert shown["summary"] == f"{dry}{done['summary']}"
            assert run(*shlex.split(command), "-C", twin).code == 0, command
            assert bytes_of(root) == bytes_of(twin), name
            assert done["written"] == (bytes_of(root) != before) == bool(done["files"])
            assert done["validate"]["counts"].get("error", 0) == 0

    converse(root, talk)


def test_a_sprint_lives_and_ends(root: Path, tmp_path: Path, run: Callable[..., Ran]) -> None:
    twin = shutil.copytree(HARBOURLINE, tmp_path / "twin")
    steps: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
        ("sprint_plan_write", {"pin": ["podcast"], "goal": "Be heard"},
         ("sprint", "plan", "--pin", "podcast", "--goal", "Be heard", "--write")),
        ("sprint_start", {}, ("sprint", "start")),
        ("sprint_log", {"task": "podcast/plan", "hours": 3.5, "left": 2, "day": "2026-12-02"},
         ("sprint", "log", "podcast/plan", "--hours", "3.5", "--left", "2", "--date", "2026-12-02")),
        ("sprint_drop", {"tasks": ["podcast/publish"]}, ("sprint", "drop", "podcast/publish")),
        ("sprint_close", {"carry": True, "early": True}, ("sprint", "close", "--carry", "--yes")),
        ("sprint_reopen", {}, ("sprint", "reopen")),
    )  # fmt: skip

    async def talk(to: Client) -> None:
        for name, given, command in steps:
            before = bytes_of(root)
            assert not (await answer(to, name, **given))["written"]
            assert bytes_of(root) == before
            if name == "sprint_close":
                early = await refusal(to, name, dry_run=False)
                assert early["error"].startswith("it is early to close sprint 2026-12: ")
                assert bytes_of(root) == before
            ran = run(*command, "-C", twin, "--today", "2026-12-04")
            said = await to.call_tool(name, {**given, "dry_run": False})
            assert said.is_error == (ran.code != 0), (said.content, ran.err)
            assert bytes_of(root) == bytes_of(twin), name
        assert (await answer(to, "sprint_check"))["data"]["schema"] == "revplan/sprint-check/1"

    converse(root, talk, "--today", "2026-12-04")


def test_every_tool_that_writes_is_tried_here() -> None:
    others = {
        "sprint_plan_write",
        "sprint_start",
        "sprint_log",
        "sprint_drop",
        "sprint_close",
        "sprint_reopen",
        "workshop_record",
    }
    assert {name for name, _, _ in EDITS} | others == WRITERS


def test_a_workshop_is_held_with_its_sheet(make_plan: Callable[..., Path]) -> None:
    root = make_plan("team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40}\n")

    async def talk(to: Client) -> None:
        sheet = (await answer(to, "workshop_sheet", name="story"))["text"]
        blank = next(line for line in sheet.splitlines() if line.startswith("**Answer**"))
        filled = sheet.replace(f"{blank}\n", f"{blank}\n\n- Downtime nobody sees coming\n", 1)
        done = await answer(to, "workshop_record", name="story", sheet=filled, dry_run=False)
        assert "Downtime nobody sees coming" in done["diff"]
        assert (await refusal(to, "workshop_record", name="story", sheet="nothing"))["error"].startswith("this is no")

    converse(root, talk)


def test_a_change_that_would_bring_an_error_is_refused_with_the_error(root: Path) -> None:
    before = bytes_of(root)

    async def talk(to: Client) -> None:
        for name, given, code in (
            ("edit", {"kind": "tactic", "id": "podcast", "fields": {"impact": 99}}, "RP104"),
            ("drop", {"kind": "metric", "id": "new-leads"}, "RP212"),
            ("add", {"kind": "todo", "fields": {"title": "Call", "owner": "nobody"}}, "RP2"),
            ("set", {"key": "today", "value": "tomorrow"}, "RP10"),
        ):
            told = await refusal(to, name, **given, dry_run=False)
            assert "nothing was written" in told["error"], told
            assert all(each["code"].startswith(code) for each in told["findings"]), told
            assert bytes_of(root) == before
        for kind, odd, fields in (
            ("campaign", "../../out", CAMPAIGN),
            ("tactic", "/etc/x", NEW),
            ("tactic", "a b", NEW),
        ):
            told = await refusal(to, "add", kind=kind, id=odd, fields=fields, dry_run=False)
            assert f'"{odd}" is no id' in told["error"]
        told = await refusal(to, "add", kind="tactic", fields={"title": "Half"}, dry_run=False)
        assert told["error"] == "a tactic needs function, impact, tasks"

    converse(root, talk)
    assert bytes_of(root.parent) == {f"plan/{name}": content for name, content in before.items()}


def test_read_only_leaves_the_tools_that_write_out_of_the_listing(root: Path) -> None:
    before = bytes_of(root)

    async def talk(to: Client) -> None:
        tools = (await to.list_tools()).tools
        assert WRITERS.isdisjoint(tool.name for tool in tools)
        assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
        for name in sorted(WRITERS):
            with pytest.raises(MCPError, match="there is no tool"):
                await to.call_tool(name, {"dry_run": False})

    converse(root, talk, "--read-only")
    assert bytes_of(root) == before


def test_tools_that_write_say_so() -> None:
    async def talk(to: Client) -> None:
        tools = {tool.name: tool for tool in (await to.list_tools()).tools}
        assert {name for name, tool in tools.items() if not (tool.annotations and tool.annotations.read_only_hint)} == (
            WRITERS
        )
        for name in WRITERS:
            assert tools[name].input_schema["properties"]["dry_run"]["default"] is True

    converse(HARBOURLINE, talk)


def test_calls_at_the_same_time_all_write(root: Path) -> None:
    async def talk(to: Client) -> None:
        async with anyio.create_task_group() as tasks:
            for number in range(6):
                fields = {"title": f"Call number {number}", "owner": "dana"}
                tasks.start_soon(_add_todo, to, fields)
        listed = await answer(to, "list", kind="todo", limit=1000)
        assert {f"call-number-{number}" for number in range(6)} <= {each["id"] for each in listed["list"]["entries"]}

    converse(root, talk)


async def _add_todo(to: Client, fields: dict[str, Any]) -> None:
    assert (await answer(to, "add", kind="todo", fields=fields, dry_run=False))["written"]


def test_a_broken_plan_can_be_read_and_mended(make_plan: Callable[..., Path]) -> None:
    root = make_plan(
        {
            "team.yaml": "team:\n  ana: {name: Ana, kind: employe, function: sales, hours_per_week: 40}\n",
            "broken.yaml": "tactics: [\n",
        }
    )

    async def talk(to: Client) -> None:
        seen = await answer(to, "overview")
        assert (seen["whole"], seen["findings"]["error"] >= 2) == (False, True)
        assert (await answer(to, "list", kind="tactic"))["whole"] is False
        done = await answer(to, "fix", dry_run=False)
        assert "+  ana: {name: Ana, kind: employee," in done["diff"]
        assert (await refusal(to, "rename", kind="member", id="ana", new="anna"))["error"].startswith(
            "parts of the plan"
        )
        (root / "broken.yaml").unlink()
        assert (await answer(to, "validate"))["counts"].get("error", 0) == 0

    converse(root, talk)
