from __future__ import annotations

import errno
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.errors import OutputError, RevplanWarning
from revplan.store.disk import written
from revplan.store.disk.lock import LOCK_FILE, Disk
from revplan.store.disk.output import write_file, write_folder
from revplan.store.disk.written import PENDING
from tests.support.disks import FaultyDisk, InterruptedDisk, RefusingDisk, contents
from tests.support.gits import repository

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = {"index.html": b"old index", "goals.html": b"old goals", "CNAME": b"plan.example.com"}
NEW = {"index.html": b"new index", "goals.html": b"new goals", "team.html": b"new team"}
BOTH = {**OLD, **NEW}


def laid_out(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    return folder


def own(folder: Path) -> dict[str, bytes]:
    return {name: text for name, text in contents(folder).items() if not name.startswith(".revplan")}


# --- one file ----------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    write_file(file, b"one")
    file.chmod(0o640)
    write_file(file, b"two")
    assert contents(tmp_path) == {"report.md": b"two"}
    assert file.stat().st_mode & 0o777 == 0o640


def test_whatever_fails_the_file_is_old_or_new(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / "report.md").write_bytes(b"old")
        with pytest.raises(OutputError, match=r"No space left on device; what was there is as it was"):
            write_file(tmp_path / "report.md", b"new", FaultyDisk(number, 1))
        assert contents(tmp_path) == {"report.md": b"old"}
    with pytest.warns(RevplanWarning, match="is written, but may not be on the disk yet"):
        write_file(tmp_path / "report.md", b"new", FaultyDisk(3, 1))
    assert contents(tmp_path) == {"report.md": b"new"}


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EACCES, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_file_that_cannot_be_put_in_its_place_is_as_it_was(tmp_path: Path, code: int) -> None:
    (tmp_path / "report.md").write_bytes(b"old")
    with pytest.raises(OutputError, match=f"cannot be written: {os.strerror(code)}; what was there is as it was"):
        write_file(tmp_path / "report.md", b"new", RefusingDisk(code, 1, 1))
    assert contents(tmp_path) == {"report.md": b"old"}


@pytest.mark.parametrize("is_after", [False, True])
def test_whenever_the_user_interrupts_the_file_is_old_or_new_and_noted_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_after: bool
) -> None:
    path, seen = tmp_path / "report.md", []
    for number in (1, 2, 3):
        noted = list[str]()
        monkeypatch.setattr(written, "WRITTEN", noted)
        path.write_bytes(b"old")
        with pytest.raises(KeyboardInterrupt):
            write_file(path, b"new", InterruptedDisk(number, is_after=is_after))
        seen.append(noted == [str(path)])
        assert contents(tmp_path) == {"report.md": b"new" if noted else b"old"}
    assert seen == [False, is_after, True]


def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    class Full(Disk):
        def write(self, path: Path, content: bytes, mode: int | None) -> None:
            super().write(path, content[: len(content) // 2], mode)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OutputError, match=r"cannot be written: No space left on device$"):
        write_file(tmp_path / "report.md", b"new", Full())
    assert contents(tmp_path) == {}


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "profile").write_bytes(b"export PATH\n")
    (tmp_path / "report.txt").symlink_to(tmp_path / "profile")
    with pytest.raises(OutputError, match="is a link, and was not written through"):
        write_file(tmp_path / "report.txt", b"evil")
    assert (tmp_path / "profile").read_bytes() == b"export PATH\n"


@pytest.mark.parametrize("inside", ["repository", "plan"])
def test_a_folder_that_came_along_as_a_link_is_not_written_through(tmp_path: Path, inside: str) -> None:
    home, top = tmp_path / "home", tmp_path / "top"
    home.mkdir()
    if inside == "repository":
        repository(top)
    else:
        top.mkdir()
        (top / "revplan.yaml").touch()
    (top / "reports").symlink_to(home)
    with pytest.raises(OutputError, match="is a link in a repository"):
        write_file(top / "reports/a.txt", b"x")
    with pytest.raises(OutputError, match="is a link in a repository"):
        write_folder(top / "reports", {"a": b"x"})
    assert contents(home) == {}


def test_a_link_of_the_users_own_is_a_way(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "www").symlink_to("disk")
    write_folder(tmp_path / "www", NEW)
    write_file(tmp_path / "www/more.md", b"more")
    assert contents(tmp_path / "disk") == {**NEW, "more.md": b"more"}


@pytest.mark.parametrize("name", ["team.yaml", "new.yml", "sub/x.yaml", "revplan.yaml"])
def test_no_file_of_a_plan_is_replaced(make_plan: Callable[..., Path], name: str) -> None:
    root = make_plan({"team.yaml": "team: {}\n"})
    before = contents(root)
    with pytest.raises(OutputError, match="would be a file of the plan; nothing was written"):
        write_file(root / name, b"x")
    assert contents(root) == before


@pytest.mark.parametrize("name", ["team.json", ".cache/x.yaml", "../x.yaml"])
def test_other_files_beside_a_plan_are_written(make_plan: Callable[..., Path], name: str) -> None:
    root = make_plan()
    (root / ".cache").mkdir()
    write_file(root / name, b"x")
    assert (root / name).read_bytes() == b"x"


def test_streams_are_written_to(tmp_path: Path) -> None:
    write_file(Path(os.devnull), b"x")
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_file(tmp_path / "pipe", b"x")
    assert os.read(reader, 10) == b"x"
    os.close(reader)


@pytest.mark.parametrize("name", ["pipe", "zero"])
def test_a_link_to_a_stream_is_not_followed(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "real")
    (tmp_path / name).symlink_to(tmp_path / "real" if name == "pipe" else "/dev/null")
    with pytest.raises(OutputError, match="is a link"):
        write_file(tmp_path / name, b"x")


# --- a folder as a whole -----------------------------------------------------------------------------------------


def test_a_folder_is_written_and_what_else_is_there_stays(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "site")
    write_folder(folder, NEW)
    assert contents(folder) == BOTH
    write_folder(tmp_path / "a/b", NEW)
    assert contents(tmp_path / "a/b") == NEW


def test_whatever_fails_a_folder_is_old_or_new(tmp_path: Path) -> None:
    counting = FaultyDisk(0, 0)
    write_folder(laid_out(tmp_path / "whole"), NEW, counting)
    for number in range(1, 1 + counting.calls):
        folder = laid_out(tmp_path / str(number))
        said = ""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RevplanWarning)
                write_folder(folder, NEW, FaultyDisk(number, 1))
        except OutputError as error:
            said = str(error)
        assert "nothing was written: No space left" in said or said == ""
        assert own(folder) == (OLD if said else BOTH), number


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EACCES, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_site_whose_files_cannot_be_put_in_their_places_is_as_it_was(tmp_path: Path, code: int) -> None:
    for number in range(1, 2 + len(NEW)):  # the journal, then each file
        folder = laid_out(tmp_path / str(number))
        with pytest.raises(OutputError, match=f"nothing was written: {os.strerror(code)}"):
            write_folder(folder, NEW, RefusingDisk(code, number, 1))
        assert contents(folder) == OLD


def test_a_folder_half_written_is_made_whole_by_the_next(tmp_path: Path) -> None:
    class Dying(Disk):
        left = 2

        def replace(self, source: Path, target: Path) -> None:
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
            super().replace(source, target)

    folder = laid_out(tmp_path / "site")
    with pytest.raises(KeyboardInterrupt):
        write_folder(folder, NEW, Dying())
    assert own(folder) not in (OLD, BOTH)
    with pytest.warns(RevplanWarning, match="a write that was cut off is finished"):
        write_folder(folder, {"index.html": b"newer index"})
    assert contents(folder) == {**BOTH, "index.html": b"newer index"}


@pytest.mark.parametrize("name", ["index.html", LOCK_FILE, PENDING])
def test_no_link_in_a_folder_is_written_through(tmp_path: Path, name: str) -> None:
    folder = laid_out(tmp_path / "site")
    (tmp_path / "profile").write_bytes(b"export PATH\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "profile")
    with pytest.raises(OutputError, match="nothing was written"):
        write_folder(folder, NEW)
    assert (tmp_path / "profile").read_bytes() == b"export PATH\n"
    assert (folder / "goals.html").read_bytes() == b"old goals"


def test_a_folder_that_cannot_be_made_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        write_folder(tmp_path / "file/site", NEW)
    with pytest.raises(OutputError, match="No space left"):
        write_folder(tmp_path / "new/site", NEW, FaultyDisk(1, 1000))
    assert contents(tmp_path) == {"file": b""}
