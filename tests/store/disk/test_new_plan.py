from __future__ import annotations

import errno
import os
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from revplan.errors import RevplanWarning, WriteRefusedError
from revplan.store.disk import transaction
from revplan.store.disk.lock import Disk, hold_lock
from revplan.store.disk.new_plan import NewPlan, write_new_plan
from revplan.store.disk.transaction import recover
from revplan.store.disk.written import PENDING
from tests.support.disks import FaultyDisk, RefusingDisk, contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAN = {"revplan.yaml": b"revplan: {}\n", "team.yaml": b"team: {}\n"}
BESIDE = {".gitignore": b"# Ours\n.revplan.lock\n.revplan.pending/\n", ".github/workflows/revplan.yml": b"on: push\n"}
ALL = {**{f"plan/{name}": text for name, text in PLAN.items()}, **BESIDE}


def begin(top: Path, disk: Disk | None = None) -> NewPlan:
    return write_new_plan(top / "plan", top, PLAN, {top / name: text for name, text in BESIDE.items()}, disk)


def count_of_calls(top: Path) -> int:
    disk = FaultyDisk(0, 0)
    top.mkdir()
    begin(top, disk)
    return disk.calls


def test_all_is_written_at_once_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    done = begin(tmp_path)
    assert contents(tmp_path) == ALL
    assert (len(done.files), len(done.beside), done.kept, done.extended) == (2, 2, (), ())


@pytest.mark.parametrize("lasting", [1, 1000])
def test_whatever_fails_the_next_try_begins_anew(tmp_path: Path, lasting: int) -> None:
    for number in range(1, 1 + count_of_calls(tmp_path / "whole")):
        top = tmp_path / str(number)
        top.mkdir()
        said = "written"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RevplanWarning)
                begin(top, FaultyDisk(number, lasting))
        except WriteRefusedError as error:
            said = str(error)
        found = {name: text for name, text in contents(top).items() if PENDING not in name}
        if "nothing was written" in said:
            assert found == {}, number
            begin(top)
        elif said != "written":
            assert "was cut off" in said
            begin(top)
        assert {name: text for name, text in contents(top).items() if PENDING not in name} == ALL, number


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EACCES, errno.ENOSPC], ids=errno.errorcode.get)
def test_where_no_file_can_be_put_in_its_place_there_is_no_plan(tmp_path: Path, code: int) -> None:
    for number in range(1, 2 + len(ALL)):  # the journal, then each file
        top = tmp_path / str(number)
        top.mkdir()
        with pytest.raises(WriteRefusedError, match=f"nothing was written: {os.strerror(code)}"):
            begin(top, RefusingDisk(code, number, 1))
        assert list(top.iterdir()) == []


class Dying(Disk):
    """A disk whose process is killed before some replacement."""

    def __init__(self, left: int) -> None:
        self.left = left

    def replace(self, source: Path, target: Path) -> None:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        super().replace(source, target)


@pytest.mark.parametrize("replaced", range(5))
def test_a_killed_beginning_is_taken_back_by_the_next(tmp_path: Path, replaced: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        begin(tmp_path, Dying(replaced))
    assert begin(tmp_path).files == tuple(PLAN)
    assert contents(tmp_path) == ALL


def test_a_killed_beginning_is_finished_by_a_command_on_the_plan(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        begin(tmp_path, Dying(4))
    with pytest.warns(RevplanWarning, match="is finished"):
        recover(tmp_path / "plan")
    assert contents(tmp_path) == ALL


def test_a_killed_beginning_that_was_edited_since_is_finished(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        begin(tmp_path, Dying(4))
    (tmp_path / "plan/revplan.yaml").write_bytes(b"revplan: {edited: true}\n")
    with pytest.warns(RevplanWarning, match="is finished"), pytest.raises(WriteRefusedError, match="already"):
        begin(tmp_path)
    assert contents(tmp_path) == {**ALL, "plan/revplan.yaml": b"revplan: {edited: true}\n"}


def test_a_beginning_that_is_complete_meanwhile_is_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path)
    pending = tmp_path / "plan" / PENDING
    pending.mkdir()

    @contextmanager
    def wait_for_the_other(root: Path) -> Iterator[None]:
        pending.rmdir()  # what the other command does last, before it gives back the lock
        with hold_lock(root):
            yield

    monkeypatch.setattr(transaction, "hold_lock", wait_for_the_other)
    with pytest.raises(WriteRefusedError, match=r"2 files, such as revplan\.yaml, are in .* already"):
        begin(tmp_path)
    assert contents(tmp_path) == ALL


def test_lines_are_added_to_what_git_ignores(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.pyc\n.revplan.lock")
    assert begin(tmp_path).extended == (tmp_path / ".gitignore",)
    assert (tmp_path / ".gitignore").read_bytes() == b"*.pyc\n.revplan.lock\n.revplan.pending/\n"


@pytest.mark.parametrize("name", [".gitignore", ".github"])
def test_no_link_is_followed(tmp_path: Path, name: str) -> None:
    top, elsewhere = tmp_path / "top", tmp_path / "elsewhere"
    top.mkdir()
    elsewhere.mkdir()
    (elsewhere / "workflows").mkdir()
    (top / name).symlink_to(elsewhere if name == ".github" else elsewhere / "file")
    if name == ".github":
        with pytest.raises(WriteRefusedError, match="a link leads there; nothing was written"):
            begin(top)
    else:
        assert begin(top).kept == (top / name,)
    assert contents(elsewhere) == {}
