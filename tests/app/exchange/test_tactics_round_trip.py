"""What our own export writes comes back by `import tactics`, whole."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.exchange.files import parse_table, read_table
from revplan.errors import InputError
from revplan.formats import csv_table, xlsx
from revplan.model.tactics import Tactic
from revplan.store.load import read
from revplan.store.loaded import merge_files
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

TACTICS = """tactics:
  a: {title: "A, with comma", function: marketing, impact: 7, cost: 1250.125, deadline: 2026-12-18, tags: [x, "y; z"],
    confidence: 80%, requires: [b], tasks: {do: {skill: writing, hours: 12.5}}}
  b: {title: "=Größe & 'Preis'", function: sales, impact: 4, value: 1200, tier: must,
    tasks: {one: {skill: web, hours: 3}, two: {skill: writing, hours: 50m, after: [one], level: 3}},
    notes: "two\\nlines"}
  c: {title: Old, function: sales, impact: 4, status: done, done_when: It is up, result: {moved: "yes", by: -2.5},
    tasks: {one: {skill: web, hours: 3}}, notes: "'=quoted"}
"""


@pytest.fixture
def written(root: Path) -> Path:
    (root / "tactics.yaml").write_text(TACTICS, encoding="utf-8")
    return root


def export(run: Run, root: Path, file: Path) -> Path:
    ran = run("-C", root, "export", file.suffix[1:], "tactic", "-o", file)
    assert ran.code == 0, ran.err
    return file


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("example", ["harbourline", "agency", "minimal", ""])
def test_every_field_goes_out_and_comes_back(
    run: Run, written: Path, tmp_path: Path, example: str, suffix: str
) -> None:
    """Taken back into the plan it changes nothing; into the plan without its tactics, it gives the same tactics."""
    root = EXAMPLES / example if example else written
    file = export(run, root, tmp_path / f"out.{suffix}")
    ran = run("-C", root, "import", "tactics", file, "--format", "json")
    assert {row["how"] for row in json.loads(ran.out)["data"]["rows"]} == {"same"}, ran.out
    loaded = read(root)
    bare = tmp_path / "bare"
    bare.mkdir()
    rest = {name: value for name, value in merge_files(loaded).items() if name not in ("tactics", "sprints")}
    (bare / "revplan.yaml").write_text(json.dumps(rest), encoding="utf-8")
    assert not read(bare).plan.tactics
    ran = run("-C", bare, "import", "tactics", file, "--write")
    assert ran.code == 0, ran.err
    assert read(bare).plan.tactics == loaded.plan.tactics


def test_an_edit_in_the_spreadsheet_changes_one_tactic(run: Run, written: Path, tmp_path: Path) -> None:
    file = export(run, written, tmp_path / "out.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert rows[1]["title"] == "'=Größe & 'Preis'"
    rows[0] |= {"deadline": "24.12.2026", "hours": "8,5", "tags": ""}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows({**row, "cost": row["cost"].replace(".", ",")} for row in rows)
    file.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    before = (written / "tactics.yaml").read_text(encoding="utf-8")
    ran = run("-C", written, "import", "tactics", file, "--write", "--format", "json")
    assert ran.code == 0, ran.err
    changed = {row["id"]: sorted(row["fields"]) for row in json.loads(ran.out)["data"]["rows"] if row["how"] != "same"}
    assert changed == {"a": ["deadline", "hours", "tags"]}
    expected = before.replace("2026-12-18", "2026-12-24").replace("hours: 12.5", "hours: 8.5")
    expected = expected.replace(' tags: [x, "y; z"],\n   ', "")
    assert (written / "tactics.yaml").read_text(encoding="utf-8") == expected


def test_the_hours_of_several_tasks_are_changed_in_the_tasks(run: Run, written: Path, tmp_path: Path) -> None:
    text = "id,title,function,impact,hours\nb,=Größe & 'Preis',sales,4,9\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    ran = run("-C", written, "import", "tactics", tmp_path / "t.csv")
    assert (ran.code, "b has 2 tasks, so 9 h are nobody's; change the column tasks" in ran.err) == (1, True)
    tasks = json.dumps({"one": {"skill": "web", "hours": "4"}, "three": {"skill": "web", "hours": "1"}})
    rows = [("id", "title", "function", "impact", "tasks"), ("b", "=Größe & 'Preis'", "sales", "4", tasks)]
    (tmp_path / "t.csv").write_text(csv_table.draw(rows[0], rows[1:]), encoding="utf-8")
    ran = run("-C", written, "import", "tactics", tmp_path / "t.csv", "--write", "--theirs")
    assert ran.code == 0, ran.err
    after = read(written).plan.tactics["b"].tasks
    assert {own_id: task.minutes for own_id, task in after.items()} == {"one": 240, "three": 60}


def test_a_table_of_ids_made_by_hand_changes_nothing_here_unasked_and_is_remembered(
    run: Run, written: Path, tmp_path: Path
) -> None:
    """Nobody knows what moved where the table does not say what was exported: the last import is what tells."""
    table = "id,title,function,impact,deadline\na,{title},marketing,7,{day}\nnew-one,New,sales,3,\n"

    def take(title: str, day: str, *words: str) -> dict[str, str]:
        (tmp_path / "t.csv").write_text(table.format(title=title, day=day), encoding="utf-8")
        usual = ("--skill", "web", "--hours", "4", "--format", "json", "--write")
        ran = run("-C", written, "import", "tactics", tmp_path / "t.csv", *usual, *words)
        assert ran.code == 0, ran.err
        return {row["id"] or row["title"]: row["how"] for row in json.loads(ran.out)["data"]["rows"]}

    before = read(written).plan.tactics["a"]
    assert take("Another", "2027-01-15") == {"a": "differing", "new-one": "new"}
    assert read(written).plan.tactics["a"] == before
    assert take("Another", "2027-01-15", "--theirs")["a"] == "changed"
    assert run("-C", written, "tactic", "edit", "a", "--title", "Decided here").code == 0
    assert run("-C", written, "tactic", "drop", "new-one").code == 0
    assert take("Another", "2027-01-16") == {"a": "changed", "New": "out"}
    after = read(written).plan.tactics
    assert (after["a"].title, str(after["a"].deadline), "new-one" in after) == ("Decided here", "2027-01-16", False)
    assert take("A third", "2027-01-16")["a"] == "differing"
    assert take("A third", "2027-01-16", "--ours")["a"] == "same"
    assert read(written).plan.tactics["a"].title == "Decided here"


def test_only_some_fields(run: Run, written: Path) -> None:
    ran = run("-C", written, "export", "csv", "tactic", "--only", "title,hours")
    header, first = [*csv.reader(io.StringIO(ran.out, newline=""))][:2]
    assert (header, first[:3]) == (["id", "title", "hours", "as_exported"], ["a", "A, with comma", "12.5"])
    ran = run("-C", written, "export", "csv", "tactic", "--only", "titel")
    assert (ran.code, 'did you mean "title"' in ran.err) == (2, True)


@pytest.mark.parametrize("kind", ["member", "metric", "campaign", "objective", "asset", "goal", "todo", "segment"])
def test_every_collection_has_every_field(run: Run, kind: str) -> None:
    ran = run("-C", EXAMPLES / "harbourline", "export", "csv", kind)
    header, *rows = csv.reader(io.StringIO(ran.out, newline=""))
    plan = read(EXAMPLES / "harbourline").plan
    assert [row[0] for row in rows] == sorted(plan.entries(kind))
    for row in rows:
        given = {name for name, cell in zip(header, row, strict=True) if cell} - {"id"}
        part = plan.entries(kind)[row[0]]
        fields = type(part).model_fields
        assert given >= {fields[name].alias or name for name in part.model_fields_set - {"id"} if getattr(part, name)}


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=12),
    st.sampled_from(["_x0041_", "_x005F_", "a\r\nb", "\x85", "\u2028", "\t", "'=1", "::x", "' ::x", "##[x"]),
    st.decimals(-10_000, 10_000, places=3),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_workbook_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, Any]]) -> None:
    file = tmp_path_factory.mktemp("book") / "t.xlsx"
    kept = [row for row in rows if any(str(cell).strip() for cell in row) and not str(row[0]).startswith("#")]
    file.write_bytes(xlsx.draw("t", ("Key column", "Other column"), [("k", *row)[1:] for row in kept]))
    found = [row.cells for row in read_table(file, ("Key column", "Other column")).rows]
    for cells, row in zip(found, kept, strict=False):
        for cell, said in zip(cells, row, strict=True):
            assert cell == said or (isinstance(said, Decimal) and Decimal(str(cell)) == said), (cell, said)


def test_a_workbook_is_the_same_bytes_each_time() -> None:
    rows: list[tuple[str | Decimal | date, ...]] = [("x",), (Decimal("1.5"),), (date(2026, 12, 1),)]
    assert xlsx.draw("t", ("a",), rows) == xlsx.draw("t", ("a",), rows)


def test_a_workbook_with_more_than_a_cell_holds_is_refused() -> None:
    """A character beyond U+FFFF counts twice, since spreadsheets count in UTF-16."""
    assert xlsx.draw("t", ("id", "notes"), [("fits", "\U0001f600" * 16_383 + "x")])
    with pytest.raises(InputError, match="notes of fair has 32,768 characters, and a cell holds 32,767"):
        xlsx.draw("t", ("id", "notes"), [("fits", "x" * 32_767), ("fair", "\U0001f600" * 16_384)])


@given(
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["::x", "'::x", " ##[x", "''=1"])), min_size=2, max_size=2)
)
def test_a_cell_that_is_neutralised_is_read_as_it_was(cells: list[str]) -> None:
    if any("\0" in cell or cell.startswith("#") for cell in cells) or not all(cell.strip() for cell in cells):
        return
    text = csv_table.draw(("first", "second"), [cells])
    table = parse_table(text, "t.csv", ("first", "second"))
    assert [row.cells for row in table.rows] in ([tuple(cells)], []), text


HOSTILE = (
    "=1+1", "-5", "'=x", "''=x", "'quoted'", "  lead", "trail  ", "two\nlines", "semi;colon", "comma, here", '"quotes"',
    "emoji \U0001f600", "1e3", "007", "2026-12-01", "true", "null", "~", "#hash", "[a; b]", '{"a": 1}', "- dash",
    "Total", "#N/A", "12%", "1,5", "\u00a0x\u00a0", "x" * 300, "sep=;", "line\u2028sep", "\x85nel", "--", "n/a",
    "(none)", "1.2E+15", "::warning", "_x0041_", "tab\there",
)  # fmt: skip
"""Texts that a program on the way takes for something else."""
CAMPAIGN = "campaigns: {c: {title: C, message: m, start: 2026-06-01, end: 2026-12-31}}\n"
SETTINGS = "revplan: {format: 1, company: T, currency: USD, today: 2026-11-28, currencies: {EUR: {2026-01: 1.08}}}\n"


def tactic_with_everything(text: str, number: int) -> dict[str, Any]:
    """Return a tactic with every field that goes together with the others, and a text in each that holds words."""
    kept = text.strip() or "x"
    return {
        "title": kept,
        "function": "marketing",
        "tier": ("must", "should", "nice")[number % 3],
        "impact": 1 + number % 10,
        "confidence": ("80%", "0.35")[number % 2],
        "value": "1200.125",
        "reach": "0.001",
        **dict.fromkeys(("urgency", "risk_reduction", "ease", "potential", "importance"), "3"),
        "requires": [f"t{number - 1}"] if number else [],
        "excludes": [],
        "campaign": "c",
        "cost": ({"2027-01": "4000", "2027-02": "1234.56"}, "500 EUR", "12.25")[number % 3],
        "tags": [kept, "y; z", "a,b", "[k]", '"q"'],
        "not_before": "2026-12-01",
        "deadline": "2027-03-01",
        "unforeseen": bool(number % 2),
        "status": ("idea", "ready", "dropped")[number % 3],
        "source": f"jira:A-{number}",
        "added": "2026-10-01",
        "done_when": kept,
        "notes": f"{text}\n\n  indented\n" if number % 2 else text,
        "tasks": {
            "do": {
                "skill": "writing", "hours": ("50m", "12.25")[number % 2], "level": 2, "owner": "sam", "split": False,
                "not_before": "2026-12-02", "deadline": "2027-02-01", "title": kept, "notes": text,
            },
            "then": {"skill": "web", "hours": 3, "after": ["do"], "wait": "3w"},
        },
    }  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tactics_with_every_field_and_hostile_texts_come_back(
    run: Run, root: Path, tmp_path: Path, suffix: str
) -> None:
    (root / "revplan.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "campaigns.yaml").write_text(CAMPAIGN, encoding="utf-8")
    tactics = {f"t{number}": tactic_with_everything(text, number) for number, text in enumerate(HOSTILE)}
    tactics["rec"] = {
        "title": "r", "function": "marketing", "impact": 3, "recurring": {"every": 3, "unit": "week", "day": "thu"},
        "tasks": {"do": {"skill": "writing", "hours": 1, "owner": "sam"}},
    }  # fmt: skip
    tactics["end"] = {
        "title": "Done", "function": "marketing", "impact": 3, "status": "done", "done": "2026-10-02",
        "done_when": "up",
        "result": {"moved": "yes", "by": "-2.5", "learnt": '=1+1; "x"\nline'},
        "tasks": {"do": {"skill": "writing", "hours": 1}},
    }  # fmt: skip
    text = json.dumps({"tactics": tactics}, ensure_ascii=False).replace("\x85", "\\N").replace("\u2028", "\\L")
    (root / "tactics.yaml").write_text(text, encoding="utf-8")
    before = read(root)
    assert not before.findings
    file = export(run, root, tmp_path / f"out.{suffix}")
    again = run("-C", root, "import", "tactics", file)
    assert f"0 new, 0 changed, {len(tactics)} the same" in again.out, again.out
    (root / "tactics.yaml").unlink()
    taken = run("-C", root, "import", "tactics", file, "--write")
    assert taken.code == 0, taken.err
    after = read(root).plan.tactics
    assert {name: after.get(name) for name in before.plan.tactics} == before.plan.tactics


def test_lines_that_end_as_on_windows_are_no_change(run: Run, root: Path, tmp_path: Path) -> None:
    body = '{title: A, function: sales, impact: 4, notes: "one\\r\\ntwo", tasks: {do: {skill: web, hours: 3}}}'
    (root / "tactics.yaml").write_text(f"tactics: {{a: {body}}}\n", encoding="utf-8")
    assert "0 changed, 1 the same" in run("-C", root, "import", "tactics", export(run, root, tmp_path / "out.csv")).out


def test_hostile_texts_cover_every_field_of_a_tactic() -> None:
    """A field that is new is to be in the law above."""
    elsewhere = {
        "id",
        "client",
        "objective",
        "metric",
        "personas",
        "playbook",
        "budget",
        "over",
        "recurring",
        "done",
        "result",
    }
    assert set(tactic_with_everything("x", 1)) | elsewhere == set(Tactic.model_fields)


def test_what_moved_here_since_the_export_stays_and_what_moved_on_both_sides_is_listed(
    run: Run, written: Path, tmp_path: Path
) -> None:
    file = export(run, written, tmp_path / "out.csv")
    text = file.read_text(encoding="utf-8-sig").replace("2026-12-18", "2026-12-24").replace("12.5", "14")
    file.write_text(text, encoding="utf-8")
    plan = (written / "tactics.yaml").read_text(encoding="utf-8")
    moved = (
        plan.replace("2026-12-18", "2026-12-11").replace("tier: must", "tier: nice").replace("hours: 50m", "hours: 70m")
    )
    (written / "tactics.yaml").write_text(moved, encoding="utf-8")
    ran = run("-C", written, "import", "tactics", file, "--write", "--format", "json")
    rows = {row["id"]: row for row in json.loads(ran.out)["data"]["rows"]}
    assert (rows["a"]["how"], sorted(rows["a"]["fields"]), rows["b"]["how"]) == (
        "differing",
        ["deadline", "tasks.do.hours"],
        "same",
    )
    assert (written / "tactics.yaml").read_text(encoding="utf-8") == moved.replace("hours: 12.5", "hours: 14")
    assert run("-C", written, "import", "tactics", file, "--write", "--theirs").code == 0
    assert str(read(written).plan.tactics["a"].deadline) == "2026-12-24"


def test_an_export_of_another_kind_is_no_table_of_tactics(run: Run, tmp_path: Path) -> None:
    root = EXAMPLES / "harbourline"
    assert run("-C", root, "export", "csv", "campaign", "-o", tmp_path / "c.csv").code == 0
    words = ("--function", "marketing", "--impact", "5", "--skill", "web", "--hours", "1")
    ran = run("-C", root, "import", "tactics", tmp_path / "c.csv", *words)
    assert (ran.code, "revplan import entries" in ran.err) == (2, True)
