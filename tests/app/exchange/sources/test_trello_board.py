"""The JSON export of a board of Trello is read as its CSV export is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Take = Callable[..., Ran]

SETTINGS = "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28, timezone: Europe/Berlin}\n"
TEAM = "team: {sam: {name: Sam West, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}}\n"
USUAL = ("--function", "marketing", "--impact", "5", "--skill", "writing", "--hours", "4")


def card(own: str, name: str, **more: Any) -> dict[str, Any]:
    usual = {"desc": "", "closed": False, "due": None, "start": None, "dueComplete": False, "idList": "l1"}
    return {"id": own, "name": name, **usual, "idMembers": [], "labels": [], "idChecklists": [], "badges": {}, **more}


BOARD: dict[str, Any] = {
    "id": "b1",
    "name": "Growth",
    "lists": [
        {"id": "l1", "name": "To do", "closed": False},
        {"id": "l2", "name": "Done", "closed": False},
        {"id": "l3", "name": "Someday", "closed": True},
    ],
    "members": [{"id": "m1", "fullName": "Sam West", "username": "samwest"}],
    "cards": [
        card("c1", "Pricing page", desc="Three plans", due="2026-12-09T23:30:00.000Z", idMembers=["m1"],
             labels=[{"id": "x", "name": "web", "color": "blue"}], idChecklists=["k1"]),
        card("c2", "Old banner", idList="l2"),
        card("c3", "Half an idea", idList="l3"),
        card("c4", "Sent away", closed=True),
        card("c5", "Mail", due="2026-12-11T11:00:00.000Z", dueComplete=True),
    ],
}  # fmt: skip


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM})


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Take:
    def taken(board: object, *words: str) -> Ran:
        text = board if isinstance(board, str) else json.dumps(board)
        (tmp_path / "board.json").write_text(text, encoding="utf-8")
        return run("-C", root, "import", "tactics", tmp_path / "board.json", *USUAL, *words)

    return taken


def test_open_cards_are_tactics_and_the_others_are_over(take: Take, root: Path) -> None:
    ran = take(BOARD, "--write")
    assert ran.code == 0, ran.err
    tactics = read(root).plan.tactics
    assert [*tactics] == ["pricing-page"]
    page = tactics["pricing-page"]
    assert str(page.deadline) == "2026-12-10"  # 23:30 of UTC is half past midnight in Berlin
    assert (page.notes, page.tags, page.source) == ("Three plans", ("web",), "trello:c1")
    assert page.tasks["do"].owners == ("sam",)
    said = " ".join(ran.out.split())
    assert "4 over there and never here" in said
    assert "1 card with a checklist, whose items are not read" in said


def test_again_a_card_that_is_done_there_is_over_here(take: Take, root: Path) -> None:
    assert take(BOARD, "--write").code == 0
    assert "0 new, 0 changed, 1 the same" in take(BOARD, "--write").out
    cards = [{**BOARD["cards"][0], "closed": True}, *BOARD["cards"][1:]]
    assert take({**BOARD, "cards": cards}, "--write").code == 0
    assert read(root).plan.tactics["pricing-page"].status == "dropped"


@pytest.mark.parametrize(
    "text", ['{"cards": [1]}', "{", '{"a": 1}', '{"lists": [], "members": [], "cards": [{"id": 1}]}']
)
def test_other_json_is_refused_with_the_way_out(take: Take, text: str) -> None:
    ran = take(text)
    assert (ran.code, "is no board of Trello" in ran.err) == (2, True)


@pytest.mark.parametrize(("text", "kind"), [("<Project/>", "XML or HTML"), ('{"a": 1}', "JSON")])
def test_what_is_no_table_is_called_by_its_name(
    run: Callable[..., Ran], root: Path, tmp_path: Path, text: str, kind: str
) -> None:
    (tmp_path / "x.xml").write_text(text, encoding="utf-8")
    ran = run("-C", root, "import", "spend", tmp_path / "x.xml")
    assert (ran.code, f"is {kind}, and no table" in ran.err) == (2, True)
