"""What is too much to be read, shown or waited for: as much as helps, and a word of how much more there is."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from revplan.app.checking.validate import MOST_TOLD, first_of_each, validate, validate_to_show
from revplan.app.open import context_of
from revplan.formats.terminal import _LONGEST
from revplan.store import ids as scan
from revplan.store.load import read
from tests.support.disks import contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]


def unknown_keys(count: int) -> str:
    """A file with so many unknown keys beside a known one; a file without any is told once."""
    return "personas: {}\n" + "".join(f"key{number}: 1\n" for number in range(count))


def test_a_thousand_findings_of_a_code_are_told_and_the_others_counted(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"a.yaml": unknown_keys(1_203), "b.yaml": "todos: [a]\n"})
    ran = run("validate", "-C", root, "--format", "github")
    assert (ran.code, ran.out.count("unknown-key")) == (1, 1_000)
    assert "RP103" in ran.out
    assert ran.err == "203 more of RP101 unknown-key; --all shows them\n"
    text = run("validate", "-C", root)
    assert "1,204 errors in 3 files" in text.err
    whole = run("validate", "-C", root, "--format", "github", "--all")
    assert (whole.code, whole.out.count("unknown-key"), whole.err) == (1, 1_203, "")


def test_places_are_not_looked_up_for_what_is_not_shown(make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_plan({"a.yaml": unknown_keys(300)})
    loaded = read(root)
    context = context_of(loaded, None, date(2026, 11, 28))
    monkeypatch.setattr("revplan.app.checking.validate._MOST_PLACED", 50)
    shown = validate_to_show(loaded, context)
    assert (len(shown.diagnostics), shown.omitted) == (50, {"RP101": 250})
    assert first_of_each(shown, 20).omitted == {"RP101": 280}
    assert len(validate(loaded, context).diagnostics) == 300
    assert MOST_TOLD == 1000


def test_findings_on_one_long_line_share_it(make_plan: MakePlan) -> None:
    root = make_plan({"a.yaml": "{personas: {}, " + ", ".join(f"key{number}: 1" for number in range(200)) + "}\n"})
    loaded = read(root)
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28))).diagnostics
    assert len(found) == 200
    assert len({id(each.excerpt) for each in found}) == 1


def test_a_text_of_any_length_is_shown_in_part(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(f"todos: {{t: {{title: {'w' * 500_000}}}}}\n")
    ran = run("todo", "list", "-C", root)
    assert f"…({500_000 - _LONGEST:,}charactersmore)" in "".join(ran.out.split())
    assert len(ran.out) < 20 * _LONGEST


def completed(root: Path) -> tuple[str, ...]:
    return scan.ids(str(root), ("todos",))


def test_completion_reads_no_device_pipe_or_link_out_of_the_plan(make_plan: MakePlan, tmp_path: Path) -> None:
    root = make_plan("todos: {a: {title: A}}\n")
    (tmp_path / "out.yaml").write_text("todos: {secret: {title: S}}\n")
    (root / "out.yaml").symlink_to(tmp_path / "out.yaml")
    (root / "zero.yaml").symlink_to("/dev/zero")
    (root / "round.yaml").symlink_to("round.yaml")
    (root / "gone.yaml").symlink_to("nowhere.yaml")
    (root / "folder.yaml").symlink_to(tmp_path)
    os.mkfifo(root / "pipe.yaml")
    (root / "pipe-link.yaml").symlink_to(root / "pipe.yaml")
    assert completed(root) == ("a",)


def test_completion_passes_over_what_is_too_large(make_plan: MakePlan) -> None:
    root = make_plan("todos: {a: {title: A}}\n")
    with (root / "large.yaml").open("wb") as file:
        file.write(b"todos: {b: {title: B}}\n")
        file.truncate(200 * 1024 * 1024)
    assert completed(root) == ("a",)


def test_completion_follows_a_link_within_the_plan(make_plan: MakePlan) -> None:
    root = make_plan("todos: {a: {title: A}}\n")
    (root / "sub").mkdir()
    (root / "sub/b.yaml").symlink_to(root / "plan.yaml")
    assert completed(root) == ("a",)
    assert "sub/b.yaml" in contents(root)
