"""What the tools answer is what the commands say with --format json, and fits the schemas that the tools announce."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from revplan.nouns import NOUNS
from revplan.reports.catalog import NAMES
from tests.support.assistant import HARBOURLINE, answer, converse, faults, refusal
from tests.support.gits import commit, repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp import Client

    from tests.support.shell import Ran

MINIMAL = HARBOURLINE.parent / "minimal"
SAME: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("refs", {"kind": "member", "id": "dana"}, "refs member dana"),
    ("report", {"name": "goals"}, "report goals"),
    ("report", {"name": "scoreboard", "year": 2026, "explain": True}, "report scoreboard --year 2026 --explain"),
    ("report", {"name": "backlog", "form": "markdown"}, "report backlog --format markdown"),
    ("agenda", {"kind": "weekly", "form": "json"}, "agenda weekly"),
    ("sprint_list", {}, "sprint list"),
    ("sprint_show", {"sprint": "2026-11"}, "sprint show 2026-11"),
    ("sprint_status", {}, "sprint status"),
    ("sprint_brief", {"member": "priya"}, "sprint brief priya"),
    ("skill_list", {}, "skill list"),
    ("playbook_list", {"stage": "lead", "fits": True}, "playbook list --stage lead --fits"),
    ("playbook_show", {"id": "webinar"}, "playbook show webinar"),
    ("workshop_list", {}, "workshop list"),
    ("explain", {"topic": "podcast"}, "explain podcast"),
    ("forecast", {}, "report forecast"),
    ("campaign_check", {"within": 90}, "campaign check --within 90"),
)  # fmt: skip

PLANNED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("sprint_plan", {}, "sprint plan"),
    ("sprint_plan", {"policy": "rank", "goal": "Be found", "use_reserve": True},
     "sprint plan --policy rank --goal=Be_found --use-reserve"),
    ("sprint_horizon", {"count": 2}, "sprint plan --horizon 2"),
    ("what_if", {"changes": ["team.noor.hours_per_week=20"], "pin": ["street-fair"], "without": ["sam"]},
     "sprint plan --what-if team.noor.hours_per_week=20 --pin street-fair --without sam"),
    ("swap", {"tactic_in": "street-fair", "tactic_out": "tasting-page"}, "swap street-fair tasting-page"),
)  # fmt: skip
"""Searches, on a small plan: each is planned by the tool and by the command."""


IN_HISTORY: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("diff", {"base": "HEAD~1", "head": "HEAD"}, "diff HEAD~1 HEAD"),
    ("log", {"kind": "tactic", "id": "podcast"}, "log tactic podcast"),
)


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """Return Harbourline in a repository of its own, with a tactic changed in its second commit."""
    root = Path(shutil.copytree(HARBOURLINE, tmp_path / "plan"))
    commit(repository(root), {})
    text = (root / "tactics" / "marketing.yaml").read_text(encoding="utf-8")
    commit(root, {"tactics/marketing.yaml": text.replace("Podcast with plant people", "Podcast with plants")})
    return root


def test_history_is_that_of_the_commands(run: Callable[..., Ran], committed: Path) -> None:
    test_answers_are_the_json_of_the_commands(run, committed, IN_HISTORY)


@pytest.mark.parametrize(("root", "same"), [(HARBOURLINE, SAME), (MINIMAL, PLANNED)], ids=["read", "planned"])
def test_answers_are_the_json_of_the_commands(
    run: Callable[..., Ran], root: Path, same: tuple[tuple[str, dict[str, Any], str], ...]
) -> None:
    async def talk(to: Client) -> None:
        tools = {tool.name: tool for tool in (await to.list_tools()).tools}
        for name, given, words in same:
            result = await to.call_tool(name, given)
            assert not result.is_error, (name, result.content)
            assert faults(tools[name].input_schema, given) == []
            assert faults(tools[name].output_schema or {}, result.structured_content) == []
            said = result.structured_content["answer"]
            command = [word.replace("_", " ") if "goal" in word else word for word in words.split()]
            if "--format" in words:
                assert said["text"] == run(*command, "-C", root).out
            else:
                assert said == json.loads(run(*command, "--format", "json", "-C", root).out), name

    converse(root, talk)


def test_lists_are_the_lists_of_the_commands_a_page_at_a_time(run: Callable[..., Ran]) -> None:
    async def talk(to: Client) -> None:
        for noun in NOUNS:
            said = await answer(to, "list", kind=noun.kind, over=True, limit=1000)
            assert (said["offset"], said["more"], said["whole"]) == (0, 0, True)
            assert said["list"]["kind"] == noun.kind
            if noun.flags and noun.kind != "playbook":
                told = run(noun.command, "list", "--all", "--format", "json", "-C", HARBOURLINE).out
                assert said["list"] == json.loads(told)["data"]
        first = await answer(to, "list", kind="tactic", limit=7)
        rest = await answer(to, "list", kind="tactic", limit=1000, offset=7)
        whole = await answer(to, "list", kind="tactic", limit=1000)
        assert len(first["list"]["entries"]) == 7
        assert first["more"] == len(rest["list"]["entries"])
        assert first["list"]["entries"] + rest["list"]["entries"] == whole["list"]["entries"]
        one = await answer(to, "list", kind="tactic", where={"function": "sales", "impact": 9}, over=True)
        assert {entry["impact"] for entry in one["list"]["entries"]} == {9}
        past = await answer(to, "list", kind="tactic", offset=9999)
        assert (past["list"]["entries"], past["more"]) == ([], 0)

    converse(HARBOURLINE, talk)


def test_an_entry_is_shown_with_its_place_its_fields_and_its_text(run: Callable[..., Ran]) -> None:
    async def talk(to: Client) -> None:
        said = await answer(to, "show", kind="task", id="audit-checklist/write")
        assert said["fields"]["skill"] == "writing"
        assert said["text"] == run("task", "show", "audit-checklist/write", "-C", HARBOURLINE).out
        assert said["text"].startswith(f"# {said['file']}:{said['line']}\n")
        sprint = await answer(to, "show", kind="sprint", id="2026-11")
        assert sprint["fields"]["status"] in ("active", "closed", "planned")

    converse(HARBOURLINE, talk)


def test_the_overview_counts_what_there_is(run: Callable[..., Ran]) -> None:
    async def talk(to: Client) -> None:
        said = await answer(to, "overview")
        assert said["reports"] == [*NAMES]
        assert said["today"] == "2026-11-28"
        assert said["whole"]
        for noun in (noun for noun in NOUNS if noun.flags and noun.kind not in ("playbook", "function")):
            told = json.loads(run(noun.command, "list", "--all", "--format", "json", "-C", HARBOURLINE).out)
            assert said["kinds"].get(noun.kind, 0) == told["data"]["count"], noun.kind

    converse(HARBOURLINE, talk)


def test_validate_counts_everything_and_tells_errors_first(make_plan: Callable[..., Path]) -> None:
    body = "name: Ana, kind: employee, function: sales, hours_per_week: 40"
    root = make_plan(
        f"team:\n  ana: {{{body}, colour: red}}\n  bo: {{{body.replace('Ana', 'Bo')}, skills: {{a: 9}}}}\n"
    )

    async def talk(to: Client) -> None:
        said = await answer(to, "validate")
        found = said["findings"]["findings"]
        order = [each["severity"] for each in found]
        assert order == sorted(order, key=("error", "warning", "advice").index)
        assert said["counts"] == {name: order.count(name) for name in sorted({*order})}
        assert (await answer(to, "validate", limit=1))["more"] == len(found) - 1
        only = await answer(to, "validate", select=["RP1"], ignore=["unknown-key"])
        assert {each["code"][:3] for each in only["findings"]["findings"]} == {"RP1"}
        assert "unknown-key" not in {each["slug"] for each in only["findings"]["findings"]}
        assert (await refusal(to, "validate", select=["RP0000"]))["error"] == 'there is no rule "RP0000"'

    converse(root, talk)


def test_a_plan_with_errors_is_not_planned_with_and_the_errors_are_told(make_plan: Callable[..., Path]) -> None:
    root = make_plan("team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: many}\n")

    async def talk(to: Client) -> None:
        told = await refusal(to, "sprint_plan")
        assert told["error"].startswith("the plan has 1 error")
        (found,) = told["findings"]
        assert found["location"]["file"] == "plan.yaml"

    converse(root, talk)


def test_bottlenecks_are_those_of_the_sprint_plan() -> None:
    async def talk(to: Client) -> None:
        said = await answer(to, "bottlenecks")
        planned = await answer(to, "sprint_plan")
        assert said["bottlenecks"] == planned["bottlenecks"]
        assert said["sprint"] == planned["sprint"]["id"]

    converse(MINIMAL, talk)


def test_no_what_if_reads_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("team: {x: {name: Secret}}\n", encoding="utf-8")

    async def talk(to: Client) -> None:
        for words in (str(secret), "team.yaml", "../secret.yml"):
            told = await refusal(to, "what_if", changes=[words])
            assert told["error"] == "a what-if that names a file is not read here"

    converse(HARBOURLINE, talk)
