"""Each fact of the guide can be lost, and the command that the guide names brings it back."""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from revplan.app.guide import answers
from revplan.app.guide.outcome import changes
from revplan.app.guide.programme import WEEKS, programme
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import FOR, begin, find_workshop
from revplan.app.guide.setup import _ROWS as ROWS
from revplan.app.guide.setup import setup
from revplan.app.guide.workshop import listing
from revplan.app.open import context_of, open_plan
from revplan.app.repository.init import Answers
from revplan.app.repository.init import begin as begin_plan
from revplan.errors import RevplanError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.strategy import SETUP_OBJECTIVE
from tests.support.plans import EXAMPLES, save
from tests.support.room import ROOM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.model.context import Context
    from revplan.reports.guide import SetupFact
    from revplan.store.loaded import Loaded
    from tests.support.shell import Ran

    Run = Callable[..., Ran]

TODAY = date(2026, 12, 1)
SERVES = "every-machine-call-is-answered-within"


def opened(root: Path) -> tuple[Loaded, Context]:
    loaded = open_plan(root, root)
    return loaded, context_of(loaded, TODAY, TODAY)


def facts(root: Path) -> dict[str, SetupFact]:
    return {fact.id: fact for fact in setup(*opened(root))}


def hold(root: Path, name: str, script: Mapping[str, tuple[str, ...]], subject: str | None = None) -> None:
    """Hold a workshop with answers for all that is asked; what is asked besides is passed over."""
    session = begin(
        *opened(root), find_workshop(name), subject or (script[FOR][0] if FOR in script else None), every=False
    )
    while (place := next_place(session)) is not None:
        session = session.answer(place.key, answers.read(session, place, script.get(place.key, ())))
    save(session.loaded, changes(session))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plan in which every workshop was held."""
    root = tmp_path_factory.mktemp("whole") / "plan"
    begin_plan(root, Answers("Copper Kettle", person="Ann Lee", colleague="Bo Dahl"), TODAY)
    for name, script in ROOM.items():
        hold(root, name, script)
    readings = [Change(Ref("metric", name, ("readings", "2026-11-30")), "7") for name in ("conversations", "revenue")]
    save(opened(root)[0], readings)
    return root


def at(kind: str, entry: str, *keys: str) -> Ref:
    return Ref(kind, entry, keys)


LOST: dict[str, tuple[str, tuple[tuple[Ref, Any], ...], dict[str, tuple[str, ...]]]] = {
    "a pillar without a proof": (
        "story",
        ((at("pillar", "it-costs-less-than-a-resignation", "proof"), None),),
        {"proofs/it-costs-less-than-a-resignation/proof": ("Four have done the sum",)},
    ),
    "no pillar": (
        "story",
        ((at("strategy", "", "big_story", "pillars"), None), (at("campaign", "a-calm-monday", "pillar"), None)),
        {"pillars/1/claim": ("It pays",), "pillars/1/proof": ("Measured twice",)},
    ),
    "a persona without triggers": (
        "persona",
        ((at("persona", "first-buyer", "triggers"), None),),
        {FOR: ("first-buyer",), "decision/triggers": ("It fails",)},
    ),
    "a differentiator without a proof": (
        "remarkable",
        ((at("differentiator", "we-swap-before-it-fails", "proof"), None),),
        {"known/we-swap-before-it-fails/proof": ("94 of 97",)},
    ),
    "a competitor says it too": (
        "remarkable",
        ((at("competitor", "bean-brothers", "claims"), ["We swap before it fails"]),),
        {
            "known/we-swap-before-it-fails/too": ("Bean Brothers",),
            "claims/1/claim": ("Nobody else answers at six",),
            "claims/1/too": ("nobody",),
            "claims/1/proof": ("The log of calls",),
            "claims/1/cares": ("Olga",),
        },
    ),
    "no goal": ("goal", ((at("goal", "2027"), None),), {**ROOM["goals"]}),
    "an accepted gap that is gone": ("budget", ((at("goal", "2027", "notes"), None),), {"money/gap": ("Ann does",)}),
    "an objective that nothing serves": (
        "served",
        ((at("tactic", "newsletter-launch", "status"), "dropped"),),
        {"chosen/1/playbook": ("battlecards",), "chosen/1/objective": (SERVES,)},
    ),
    "a random act": (
        "random",
        ((at("tactic", "offer-page", "objective"), None),),
        {"acts/offer-page/serves": ("drop nobody asked",)},
    ),
    "no playbook in use": (
        "standard",
        ((at("tactic", "newsletter-launch", "playbook"), None), (at("tactic", "webinar"), None)),
        {"chosen/1/playbook": ("battlecards",), "chosen/1/objective": (SERVES,)},
    ),
    "no meeting": ("weekly", ((at("revplan", "", "meetings"), None),), {"rhythm/weekly": ("tue",)}),
    "no functions": (
        "functions",
        ((at("company", "", "functions"), None),),
        {**ROOM["align"]},
    ),
    "no assessment": (
        "assessed",
        ((at("objective", SERVES, "assessment"), None),),
        {f"steps/{SERVES}/process": ("3",), f"steps/{SERVES}/capability": ("3",)},
    ),
    "a gap without an action": (
        "assessed",
        ((at("objective", SERVES, "assessment", "gap"), "No rota"),),
        {f"steps/{SERVES}/action": ("Write a rota",)},
    ),
    "a function that has not answered": (
        "commitments",
        ((at("objective", SERVES, "commitments", "billing"), None),),
        {f"steps/{SERVES}/share": ("none",), f"steps/{SERVES}/why-not": ("billing not before March",)},
    ),
    "an empty category": (
        "categories",
        ((at("tool", "ledgerline", "status"), "retired"),),
        {"tools/crm/name": ("Cardbox",), "tools/crm/owner": ("Bo",)},
    ),
    "no integration": (
        "flows",
        ((at("stack", "", "integrations"), None),),
        {"flows/1/from": ("Postwing",), "flows/1/to": ("Ledgerline",), "flows/1/objects": ("opens",)},
    ),
    "a campaign without a pillar": (
        "campaign",
        ((at("campaign", "a-calm-monday", "pillar"), None),),
        {FOR: ("a-calm-monday",), "core/pillar": ("it-costs-less-than-a-resignation",)},
    ),
    "an asset that nobody owns": ("campaign", ((at("asset", "a-calm-monday/the-page-to-book-on", "owner"), None),), {}),
    "a launch list without tasks": (
        "launch",
        ((at("tactic", "a-calm-monday-launch"), None),),
        {},
    ),
    "a metric that nobody reads": ("readings", ((at("metric", "revenue", "readings"), None),), {}),
    "a skill that nobody has": ("skills", ((at("task", "offer-page/write", "skill"), "juggling"),), {}),
    "a sprint that is not written": ("sprint", (), {}),
    "a rollout without tasks": ("rollouts", (), {}),
}


@pytest.mark.parametrize("what", LOST)
def test_what_the_guide_names_mends_what_is_lost(what: str, whole: Path, run: Run, tmp_path: Path) -> None:
    name, damage, script = LOST[what]
    root = tmp_path / "plan"
    shutil.copytree(whole, root)
    save(opened(root)[0], [Change(ref, value) for ref, value in damage])
    lost = facts(root)[name]
    assert not lost.is_done, lost.found
    sound = run("validate", "-C", root, "--today", str(TODAY)).code
    if lost.workshop is not None:
        words = shlex.split(lost.mend)
        hold(root, lost.workshop, script, words[words.index("--for") + 1] if "--for" in words else None)
    else:
        words = shlex.split(lost.mend.replace("NUMBER", "7").replace("MEMBER", "ann-lee"))[1:]
        ran = run(*words, "-C", root, "--today", str(TODAY))
        assert ran.code == 0, ran.err
    if name == "sprint":  # written now, and to be begun
        assert run(*facts(root)[name].mend.split()[1:], "-C", root, "--today", str(TODAY)).code == 0
    assert facts(root)[name].is_done, facts(root)[name].found
    assert run("validate", "-C", root, "--today", str(TODAY)).code <= sound


def test_every_fact_is_put_to_the_test() -> None:
    tested = {name for name, _, _ in LOST.values()}
    known = {"objectives", "people"}  # they are what the first hour of a company begins with
    assert tested | known == {row[0] for row in ROWS}


def test_the_guide_of_a_whole_plan_names_what_is_left_and_no_more(whole: Path, run: Run) -> None:
    data = json.loads(run("guide", "-C", whole, "--today", str(TODAY), "--format", "json").out)["data"]
    assert [step["command"] for step in data["next"]] == ["revplan sprint plan --write", "revplan stack plan --write"]


BROKEN = Path(__file__).parents[2] / "broken"


def test_a_broken_plan_has_a_guide_too() -> None:
    count = 0
    for folder in sorted(BROKEN.iterdir()):
        try:
            loaded, context = opened(folder)
        except RevplanError:
            continue
        assert len(setup(loaded, context)) == len(ROWS)
        if loaded.is_faultless:
            programme(loaded, context)
        listing(loaded, context)
        count += 1
    assert count > 100  # most of them can be opened


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("guide-new.txt", ("guide",)),
        ("workshop-list.txt", ("workshop", "list")),
        ("workshop-story.md", ("workshop", "story", "--format", "markdown")),
        ("workshop-goals.txt", ("workshop", "goals", "--format", "terminal")),
        ("workshop-align.html", ("workshop", "align", "--format", "html")),
    ],
)
def test_what_a_new_company_sees(
    name: str, words: tuple[str, ...], run: Run, tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    root = tmp_path / "plan"
    begin_plan(root, Answers("Copper Kettle", person="Ann Lee", colleague="Bo Dahl"), TODAY)
    ran = run(*words, "-C", root, "--today", str(TODAY))
    assert ran.code == 0, ran.err
    golden(GOLDEN / name, ran.out)


def test_once_the_programme_is_held_all_is_set_up(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "plan"
    begin_plan(root, Answers("Copper Kettle", person="Ann Lee", colleague="Bo Dahl"), TODAY)
    save(*_programme(root))
    own = f"steps/{SETUP_OBJECTIVE}"
    also = {f"{own}/share": ("all",), f"{own}/process": ("2",), f"{own}/capability": ("3",)}
    for week, name in WEEKS:
        if name in ROOM:
            hold(root, name, {**ROOM[name], **(also if name == "align" else {})})
        assert week <= 8
    for words in ("metric record conversations 7", "metric record revenue 900", "stack plan --write"):
        assert run(*words.split(), "-C", root, "--today", str(TODAY)).code == 0
    for words in ("sprint plan --write", "sprint start"):
        assert run(*words.split(), "-C", root, "--today", str(TODAY)).code == 0
    assert [fact.id for fact in facts(root).values() if not fact.is_done] == []
    assert _programme(root)[1] == ()
    said = run("workshop", "story", "-C", root, "--today", str(TODAY), "--format", "json")
    assert said.code == 0


@pytest.mark.parametrize("name", ["harbourline", "agency", "minimal"])
def test_the_programme_is_written_once(name: str, run: Run, tmp_path: Path) -> None:
    """Its own objective is one more that functions have to commit to; the second run has nothing left to add."""
    root = shutil.copytree(EXAMPLES / name, tmp_path / name)
    first = run("guide", "--write", "-C", root)
    assert first.code == 0, first.err
    second = run("guide", "--write", "-C", root)
    assert (second.code, "nothing to change" in second.err) == (0, True), second.err


def test_no_second_programme_beside_one_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "plan"
    begin_plan(root, Answers("Copper Kettle", person="Ann Lee", colleague="Bo Dahl"), TODAY)
    save(*_programme(root))
    holder = next(path for path in sorted(root.rglob("*.yaml")) if "set-up-story:" in path.read_text())
    holder.write_text(holder.read_text() + "\n  broken: [x\n")
    before = {path: path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
    ran = run("guide", "--write", "-C", root, "--today", str(TODAY))
    assert ran.code == 1
    assert "cannot be read" in ran.err
    assert "revplan validate" in ran.err
    assert {path: path.read_bytes() for path in sorted(root.rglob("*.yaml"))} == before


def _programme(root: Path) -> tuple[Loaded, tuple[Change, ...]]:
    loaded, context = opened(root)
    return loaded, programme(loaded, context)


@pytest.mark.parametrize(
    ("day", "way"),
    [
        ("2026-11-10", "revplan sprint plan --write"),
        ("2026-11-23", "revplan sprint plan --write"),
        ("2026-11-24", "revplan sprint plan 2026-12 --write"),
        ("2026-11-30", "revplan sprint plan 2026-12 --write"),
    ],
)
def test_a_month_that_is_nearly_over_gives_way_to_the_next(
    run: Callable[..., Ran], make_plan: Callable[..., Path], day: str, way: str
) -> None:
    root = make_plan({"revplan.yaml": "revplan: {format: 1, company: Test, currency: EUR}\n"})
    said = " ".join(run("report", "guide", "-C", root, "--today", day, "--format", "markdown").out.split())
    assert way in said, "six workdays from the 23rd, a Monday, to the 30th; five from the 24th"
