"""What `export` writes of any kind, `import entries` takes back: nothing changes but what was edited."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.exchange.cells import cell_data, data_cell, data_text
from revplan.app.exchange.files import read_table
from revplan.app.exchange.sheet import LISTED
from revplan.model.fields import fields
from revplan.model.plan import KIND_BY_NAME
from revplan.store.load import read
from revplan.store.loaded import merge_files
from tests.app.exchange.test_tactics_round_trip import HOSTILE
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

OTHERS = [kind for kind in LISTED if kind != "tactic"]


def export(run: Run, root: Path, kind: str, file: Path) -> Path:
    ran = run("-C", root, "export", file.suffix[1:], kind, "-o", file)
    assert ran.code == 0, ran.err
    return file


def preview(ran: Ran) -> dict[str, Any]:
    assert ran.out, ran.err
    found: dict[str, Any] = json.loads(ran.out)["data"]
    return found


@pytest.mark.parametrize("example", ["harbourline", "agency"])
@pytest.mark.parametrize("kind", OTHERS)
def test_every_kind_comes_back_and_changes_nothing(run: Run, tmp_path: Path, example: str, kind: str) -> None:
    root = EXAMPLES / example
    for suffix in ("csv", "xlsx"):
        file = export(run, root, kind, tmp_path / f"out.{suffix}")
        if not read(root).plan.entries(kind):
            continue
        ran = run("-C", root, "import", "entries", kind, file, "--format", "json")
        found = preview(ran)
        assert (ran.code, found["refused"]) == (0, []), ran.err
        assert {row["how"] for row in found["rows"]} == {"same"}
        assert [row["id"] for row in found["rows"]] == sorted(read(root).plan.entries(kind))


def without(data: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return a plan's data without the entries of a kind."""
    found = KIND_BY_NAME[kind]
    if found.owner is not None:
        owners = data.get(KIND_BY_NAME[found.owner].path[0], {}).values()
        for body in owners:
            body.pop(found.within, None)
        return data
    place: Any = data
    for key in found.path[:-1]:
        place = place.get(key, {})
    place.pop(found.path[-1], None)
    return data


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if kind != "task"])  # without one, a tactic is none
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_plan_without_a_kind_gets_it_back(run: Run, tmp_path: Path, kind: str, suffix: str) -> None:
    for example in ("harbourline", "agency"):
        loaded = read(EXAMPLES / example)
        if not loaded.plan.entries(kind):
            continue
        file = export(run, EXAMPLES / example, kind, tmp_path / f"{example}.{suffix}")
        bare = tmp_path / example
        bare.mkdir()
        data = without(json.loads(json.dumps(merge_files(loaded))), kind)
        (bare / "revplan.yaml").write_text(json.dumps(data), encoding="utf-8")
        for logo in (EXAMPLES / example).glob("brand/*"):
            (bare / "brand").mkdir(exist_ok=True)
            (bare / "brand" / logo.name).write_bytes(logo.read_bytes())
        assert not read(bare).plan.entries(kind)
        ran = run("-C", bare, "import", "entries", kind, file, "--write")
        assert ran.code == 0, ran.err
        assert read(bare).plan.entries(kind) == loaded.plan.entries(kind)


# --- every value ---------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.sampled_from(("json:x", "[", "{", "[]", "{}", "a; b", "a\nb")), st.text()
)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)
SHAPES = {each.type.declared: each.type for name in LISTED for each in fields(KIND_BY_NAME[name].model)}


@given(DATA, st.sampled_from([*SHAPES.values(), None]))
def test_whatever_a_field_holds_comes_back_from_its_cell(value: Any, shape: Any) -> None:
    """A single word stands for a list of one where a field holds a list."""
    found = cell_data(data_text(value, shape), shape)
    assert found in (value, None if value == "" else [value]) or found == value
    cell = data_cell(value, shape)
    assert isinstance(cell, str) or str(cell) == data_text(value, shape)


def plan_with(text: str) -> dict[str, Any]:
    """Return a plan whose words are a text that a program on the way takes for something else."""
    kept = text.strip() or "x"
    several = [kept, "y; z", "a,b", "[k]", '"q"', "two\nlines"]
    return {
        "revplan": {"format": "1", "company": "T", "currency": "USD", "today": "2026-11-28"},
        "team": {"total": {"name": kept, "kind": "contractor", "function": "sales", "hours_per_week": "2d",
                           "skills": {"calls": "3"}, "rate": "1_200.50", "from": "2026-01-01", "notes": text}},
        "personas": {"p": {"name": kept, "segment": "s", "buying_role": "champion", "goals": several,
                           "pains": several, "channels": ["email"]}},
        "metrics": {"m": {"name": kept, "unit": kept, "owner": "total", "target": "2.4k", "cadence": "weekly",
                          "direction": "up", "readings": {"2026-11-20": "1.5"}, "notes": text}},
        "campaigns": {"c": {"title": kept, "pillar": "pl", "target": {"persona": "p"},
                            "message": kept, "start": "2026-06-01", "end": "2026-12-31",
                            "avoid": several, "milestones": {"2026-07-01": kept},
                            "assets": {"a": {"channel": kept, "owner": "total", "title": kept, "utm": {"source": "x"}},
                                       "sum": {"channel": "email", "utm": "source=a&medium=b"}}}},
        "todos": {"t": {"title": kept, "owner": "total", "due": "2026-12-04", "status": "open", "notes": text}},
        "strategy": {"big_story": {"narrative": kept, "pillars": {"pl": {"claim": kept, "proof": kept}}},
                     "competitors": {"b": {"name": kept, "claims": [kept], "counter": kept}},
                     "segments": {"s": {"name": kept, "accounts": "007", "description": kept}}},
    }  # fmt: skip


def write_plan(root: Path, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False).replace("\x85", "\\N").replace("\u2028", "\\L")
    (root / "revplan.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_texts_that_programs_mistake_come_back_in_every_kind(tmp_path: Path, run: Run, suffix: str) -> None:
    kinds = ("member", "persona", "metric", "campaign", "asset", "todo", "competitor", "segment")
    for number, text in enumerate(HOSTILE):
        root = tmp_path / str(number)
        root.mkdir()
        write_plan(root, plan_with(text))
        loaded = read(root)
        assert not loaded.findings, text
        kind = kinds[number % len(kinds)]
        file = export(run, root, kind, root / f"out.{suffix}")
        again = run("-C", root, "import", "entries", kind, file, "--format", "json")
        assert [row["how"] for row in preview(again)["rows"]] == ["same"] * len(loaded.plan.entries(kind)), again.out
        bare = json.loads(json.dumps(merge_files(loaded)))
        write_plan(root, without(bare, kind))
        taken = run("-C", root, "import", "entries", kind, file, "--write")
        assert taken.code == 0, (text, taken.err)
        assert read(root).plan.entries(kind) == loaded.plan.entries(kind), text


# --- edits ---------------------------------------------------------------------------------------------------------

PLAN = """\
revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28, currencies: {USD: {2026-01: 0.9}}}
team:
  sam: {name: Sam, kind: agency, function: sales, hours_per_week: 40, skills: {calls: 3, writing: 2}, rate: 80}
  # Noor works half the week.
  noor: {name: Noor, kind: employee, function: marketing, hours_per_week: 20, focus_factor: 80%, from: 2026-03-01}
  kim: {name: Kim, kind: contractor, function: marketing, hours_per_month: 12.5, rate: 500 USD}
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": PLAN})


def edit(file: Path, edits: dict[str, dict[str, str]], separator: str = ",") -> None:
    """Write edits of cells into a table, by id and column, with another separator where a spreadsheet does."""
    rows = [*csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=separator)
    writer.writeheader()
    writer.writerows({**row, **edits.get(row["id"], {})} for row in rows)
    file.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def take_rows(run: Run, root: Path, file: Path, *words: str) -> list[dict[str, Any]]:
    ran = run("-C", root, "import", "entries", "member", file, "--format", "json", *words)
    assert ran.code == 0, ran.err
    rows: list[dict[str, Any]] = preview(ran)["rows"]
    return rows


def take(run: Run, root: Path, file: Path, *words: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in take_rows(run, root, file, *words)}


def test_an_edit_is_that_edit_alone_and_again_it_is_none(run: Run, root: Path, tmp_path: Path) -> None:
    file = export(run, root, "member", tmp_path / "team.csv")
    edit(file, {"noor": {"focus_factor": "75%", "from": "01.04.2026"}, "sam": {"skills": '{"calls": 4, "writing": 2}'}})
    before = (root / "revplan.yaml").read_text(encoding="utf-8")
    found = take(run, root, file, "--write")
    assert {own: sorted(row["fields"]) for own, row in found.items() if row["how"] != "same"} == {
        "noor": ["focus_factor", "from"],
        "sam": ["skills"],
    }
    expected = before.replace("80%", "75%").replace("2026-03-01", "2026-04-01").replace("calls: 3", "calls: 4")
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == expected
    assert {row["how"] for row in take(run, root, file, "--write").values()} == {"same"}


def test_numbers_of_another_locale_are_the_same_numbers(run: Run, root: Path, tmp_path: Path) -> None:
    """A German spreadsheet writes semicolons, decimal commas, per cents with decimals, and days first."""
    file = export(run, root, "member", tmp_path / "team.csv")
    german = {
        "sam": {"hours_per_week": "40", "rate": "80,00"},
        "noor": {"focus_factor": "80,00%", "from": "01.03.2026"},
        "kim": {"hours_per_month": "12,5", "rate": "500 USD"},
    }
    edit(file, german, ";")
    assert {row["how"] for row in take(run, root, file).values()} == {"same"}
    edit_again = file.read_text(encoding="utf-8-sig").replace("80,00;", "82,50;").replace("500 USD", "510 USD")
    file.write_text(edit_again, encoding="utf-8")
    found = take(run, root, file, "--write")
    assert {own: sorted(row["fields"]) for own, row in found.items() if row["how"] != "same"} == {
        "sam": ["rate"],
        "kim": ["rate"],
    }
    after = (root / "revplan.yaml").read_text(encoding="utf-8")
    assert ("rate: 82.5}" in after, "rate: 510 USD}" in after) == (True, True)


def test_cells_that_were_left_alone_do_not_say_how_the_others_are_written(run: Run, root: Path, tmp_path: Path) -> None:
    """A German spreadsheet keeps 12.5 of a file as text beside the 3,125 that is typed into it."""
    text = (root / "revplan.yaml").read_text(encoding="utf-8").replace("rate: 80}", "rate: 80.5}")
    (root / "revplan.yaml").write_text(text, encoding="utf-8")
    file = export(run, root, "member", tmp_path / "team.csv")
    edit(file, {"kim": {"rate": "95,5"}}, ";")
    found = take(run, root, file)
    assert found["kim"]["fields"]["rate"]["there"] == "95.5"
    edit_again = file.read_text(encoding="utf-8-sig").replace("95,5", "1.250")
    file.write_text(edit_again, encoding="utf-8")
    ran = run("-C", root, "import", "entries", "member", file)
    assert (ran.code, '"1.250" may be 1.25 (decimal point) or 1250 (decimal comma)' in " ".join(ran.err.split())) == (
        1,
        True,
    )


def test_what_moved_here_since_the_export_stays_and_both_sides_differ(run: Run, root: Path, tmp_path: Path) -> None:
    file = export(run, root, "member", tmp_path / "team.csv")
    edit(file, {"sam": {"rate": "90"}, "noor": {"hours_per_week": "24"}})
    text = (root / "revplan.yaml").read_text(encoding="utf-8")
    text = (
        text.replace("rate: 80}", "rate: 85}").replace("name: Kim", "name: Kim Lee").replace("focus_factor: 80%, ", "")
    )
    (root / "revplan.yaml").write_text(text, encoding="utf-8")
    found = take(run, root, file)
    assert {own: (row["how"], sorted(row["fields"])) for own, row in found.items()} == {
        "sam": ("differing", ["rate"]),
        "noor": ("changed", ["hours_per_week"]),
        "kim": ("same", []),
    }
    take(run, root, file, "--write", "--theirs")
    after = read(root).plan.team
    assert (after["sam"].rate, after["kim"].name, after["noor"].minutes_per_week) == (90, "Kim Lee", ((None, 1440),))
    assert (root / "revplan.yaml").read_text(encoding="utf-8").count("focus_factor") == 0


def test_without_the_last_column_nothing_that_is_here_is_overwritten(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,name,rate\nsam,Sam,90\nkim,Kim,500 USD\n", encoding="utf-8")
    found = take(run, root, tmp_path / "t.csv", "--write")
    assert {own: row["how"] for own, row in found.items()} == {"sam": "differing", "kim": "same"}
    assert read(root).plan.team["sam"].rate == 80
    assert "does not say what was exported" in found["sam"]["hint"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("sam,Sam,abc", 'row 2, rate: "abc" is'),
        ("sam,Sam,5 GBP", "row 2, rate: is in GBP"),
        (",Sam,5", "row 2, id: the id is empty"),
        ("x-1,Sam,5", "row 2, id: "),
        ("new,New,5", "row 2, kind: is missing"),
    ],
)
def test_what_is_not_surely_read_is_refused_with_its_place(
    run: Run, root: Path, tmp_path: Path, row: str, reason: str
) -> None:
    (tmp_path / "t.csv").write_text(f"id,name,rate\n{row}\n", encoding="utf-8")
    ran = run("-C", root, "import", "entries", "member", tmp_path / "t.csv", "--write")
    assert ran.code == 1
    assert reason in ran.err


def test_an_id_that_was_changed_in_the_table_is_no_second_entry(run: Run, root: Path, tmp_path: Path) -> None:
    """A row that was copied, and has an id of its own, is a new one."""
    file = export(run, root, "member", tmp_path / "team.csv")
    lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    renamed = [line.replace("sam,Sam", "samuel,Sam") for line in lines]
    file.write_text("".join(renamed), encoding="utf-8")
    ran = run("-C", root, "import", "entries", "member", file)
    assert (ran.code, "was exported as sam: `revplan rename member sam samuel` renames it" in ran.err) == (1, True)
    file.write_text("".join([*lines, renamed[-1]]), encoding="utf-8")
    assert {own: row["how"] for own, row in take(run, root, file).items()}["samuel"] == "new"


def test_what_was_taken_out_since_the_export_stays_out_unless_asked_for(run: Run, root: Path, tmp_path: Path) -> None:
    """A row that somebody copied in the table, as it was exported, is new all the same."""
    file = export(run, root, "member", tmp_path / "team.csv")
    lines = (root / "revplan.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "revplan.yaml").write_text("".join(line for line in lines if "kim:" not in line), encoding="utf-8")
    rows = [*csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    noor = next(row for row in rows if row["id"] == "noor")
    writer.writerows([*rows, {**noor, "id": "lee"}])
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    found = {row["id"] or row["title"]: row["how"] for row in take_rows(run, root, file, "--write")}
    assert (found["kim"], found["lee"], found["noor"]) == ("out", "new", "same")
    assert "kim" not in read(root).plan.team
    take_rows(run, root, file, "--write", "--theirs")
    assert {"kim", "lee"} <= read(root).plan.team.keys()


def test_hours_of_a_week_in_the_notation_of_another_locale(run: Run, root: Path, tmp_path: Path) -> None:
    file = export(run, root, "member", tmp_path / "team.csv")
    edit(file, {"noor": {"hours_per_week": "37,5"}}, ";")
    assert take(run, root, file, "--write")["noor"]["fields"]["hours_per_week"]["there"] == "37.5"
    assert read(root).plan.team["noor"].minutes_per_week == ((None, 2250),)


def test_a_row_that_is_new_comes_in_and_one_that_is_gone_stays(run: Run, root: Path, tmp_path: Path) -> None:
    text = 'id,name,kind,function,hours_per_week,skills\nlee,Lee,employee,sales,32,"{""calls"": 2}"\n'
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    ran = run("-C", root, "import", "entries", "member", tmp_path / "t.csv", "--write")
    assert ran.code == 0, ran.err
    assert "3 entries of the plan not in the table" in " ".join(ran.out.split())
    assert sorted(read(root).plan.team) == ["kim", "lee", "noor", "sam"]


@pytest.mark.parametrize(
    ("kind", "hint"),
    [("reading", "revplan metric import"), ("assignment", "sprint log"), ("strategy", "one of"), ("membr", "member")],
)
def test_what_has_no_ids_is_taken_by_its_own_command(
    run: Run, root: Path, tmp_path: Path, kind: str, hint: str
) -> None:
    (tmp_path / "t.csv").write_text("id,name\n", encoding="utf-8")
    ran = run("-C", root, "import", "entries", kind, tmp_path / "t.csv")
    assert ran.code == 2
    assert hint in ran.err
    assert run("-C", root, "export", "csv", "strategy").code == 2


def test_an_id_that_a_spreadsheet_made_a_day_of_is_refused(run: Run, tmp_path: Path) -> None:
    root = EXAMPLES / "harbourline"
    file = export(run, root, "sprint", tmp_path / "s.csv")
    file.write_text(file.read_text(encoding="utf-8-sig").replace("\n2026-11,", "\n2026-11-01,"), encoding="utf-8")
    ran = run("-C", root, "import", "entries", "sprint", file)
    assert (ran.code, "may have made a day of 2026-11" in ran.err) == (1, True)


def test_a_row_called_total_is_no_total_in_our_own_export(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,name,as_exported\na,A,x=1\nTotal,B,x=1\n", encoding="utf-8")
    assert len(read_table(tmp_path / "t.csv").rows) == 2
