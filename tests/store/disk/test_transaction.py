from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import textwrap
import warnings
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.errors import LockError, RevplanNotice, RevplanWarning, WriteRefusedError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.store.disk import written
from revplan.store.disk.edits import Edits, FileEdit
from revplan.store.disk.lock import LOCK_FILE, Disk, hold_lock
from revplan.store.disk.transaction import commit, recover
from revplan.store.disk.written import PENDING
from revplan.store.edit.plan import edit
from revplan.store.load import read
from tests.support.disks import FaultyDisk, InterruptedDisk, RefusingDisk, contents
from tests.support.gits import git, repository

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = {"a.yaml": b"a: old\n", "sub/b.yaml": b"b: old\n"}
REFUSALS = (errno.EXDEV, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO)
NEW = {"a.yaml": b"a: new\n", "sub/b.yaml": b"b: new\n", "more/c.yaml": b"c: new\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_out(tmp_path / "plan")


def laid_out(root: Path) -> Path:
    for name, content in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def edits_of(root: Path) -> Edits:
    return Edits(root, tuple(FileEdit(name, root / name, OLD.get(name), new) for name, new in NEW.items()))


def test_contents_are_on_the_disk_before_they_are_put_in_place_and_places_after(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename that reaches the disk before the content would leave an empty file where the power fails."""
    order: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def noted_replace(source: Path, target: Path) -> Path:
        order.append("place")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    commit(edits_of(root))
    first = order.index("place")
    assert order[:first].count("file") >= len(NEW)
    assert "folder" in order[first:]


# --- what is written ---------------------------------------------------------------------------------------------


def test_all_files_are_written_and_nothing_is_left_beside_them(root: Path) -> None:
    commit(edits_of(root))
    assert contents(root) == NEW
    assert {path.name for path in root.iterdir()} == {"a.yaml", "sub", "more"}


def test_nothing_to_write_touches_nothing(tmp_path: Path) -> None:
    commit(Edits(tmp_path / "not-there", ()))


def test_permissions_are_kept(root: Path) -> None:
    (root / "a.yaml").chmod(0o640)
    commit(edits_of(root))
    assert stat.S_IMODE((root / "a.yaml").stat().st_mode) == 0o640


def test_a_link_within_the_plan_stays_a_link(root: Path) -> None:
    (root / "a.yaml").rename(root / "sub/real.yaml")
    (root / "a.yaml").symlink_to("sub/real.yaml")
    commit(edits_of(root))
    assert (root / "a.yaml").is_symlink()
    assert (root / "sub/real.yaml").read_bytes() == NEW["a.yaml"]


@pytest.mark.parametrize("target", ["../outside.yaml", ".hidden/a.yaml", "a.txt"])
def test_a_link_to_what_is_no_plan_file_is_not_followed(root: Path, target: str) -> None:
    path = root / target
    path.parent.mkdir(exist_ok=True)
    (root / "a.yaml").rename(path)
    (root / "a.yaml").symlink_to(target)
    with pytest.raises(WriteRefusedError, match=r"a\.yaml leads to what is no file of this plan"):
        commit(edits_of(root))
    assert path.read_bytes() == OLD["a.yaml"]


def test_a_plan_is_edited_from_reading_to_writing(make_plan: Callable[..., Path]) -> None:
    root = make_plan("# ours\ntodos:\n  a: {title: A}\n")
    commit(edit(read(root), [Change(Ref("todo", "a", ("title",)), "B"), Change(Ref("sprint", "2026-12"), {})]))
    assert (root / "plan.yaml").read_text() == "# ours\ntodos:\n  a: {title: B}\n"
    assert (root / "sprints/2026-12.yaml").read_text() == "sprints:\n  2026-12: {}\n"


# --- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("sub/b.yaml", b"b: theirs\n", r"sub/b\.yaml changed meanwhile"),
        ("sub/b.yaml", None, r"sub/b\.yaml changed meanwhile"),
        ("more/c.yaml", b"c: theirs\n", r"more/c\.yaml is there already"),
    ],
)
def test_a_file_changed_meanwhile_is_not_overwritten(
    root: Path, name: str, content: bytes | None, message: str
) -> None:
    edits = edits_of(root)
    (root / name).unlink(missing_ok=True)
    if content is not None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(content)
    before = contents(root)
    with pytest.raises(WriteRefusedError, match=message):
        commit(edits)
    assert contents(root) == before


def test_a_read_only_file_is_not_replaced(root: Path) -> None:
    (root / "a.yaml").chmod(0o444)
    with pytest.raises(WriteRefusedError, match=r"nothing was written: the file is read-only .*a\.yaml"):
        commit(edits_of(root))
    assert contents(root) == OLD


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_read_only_folder_is_told(root: Path) -> None:
    root.chmod(0o555)
    with pytest.raises(WriteRefusedError, match="the plan cannot be locked: Permission denied"):
        commit(edits_of(root))
    root.chmod(0o755)
    assert contents(root) == OLD


def test_why_no_lock_file_can_be_made_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse_to_make(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse_to_make)
    with pytest.raises(LockError, match="the plan cannot be locked: Permission denied"):
        commit(edits_of(root))


def test_another_command_that_writes_is_named(root: Path) -> None:
    with hold_lock(root), pytest.raises(LockError, match=f"process {os.getpid()} on .* is writing this plan"):
        commit(edits_of(root), wait=0)
    assert contents(root) == OLD


def test_a_lock_file_left_by_a_dead_process_holds_nobody_up(root: Path) -> None:
    (root / LOCK_FILE).write_text(json.dumps({"process": os.getpid(), "host": "here"}))
    commit(edits_of(root))
    assert contents(root) == NEW


def test_a_folder_that_is_gone_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(WriteRefusedError, match="the plan cannot be locked"):
        commit(edits_of(tmp_path / "gone"))


def test_a_lock_file_without_sense_names_nobody(root: Path) -> None:
    with hold_lock(root):
        (root / LOCK_FILE).write_text("?")
        with pytest.raises(LockError, match="another command is writing this plan"):
            commit(edits_of(root), wait=0)


# --- what fails on the way ---------------------------------------------------------------------------------------


def count_of_calls(root: Path) -> int:
    disk = FaultyDisk(0, 0)
    commit(edits_of(root), disk)
    return disk.calls


def outcome(root: Path, disk: Disk) -> str:
    """Return what a command that writes says in the end."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RevplanWarning)
            commit(edits_of(root), disk)
    except WriteRefusedError as error:
        return str(error)
    return "written"


def quietly_recover(root: Path, disk: Disk | None = None) -> None:
    """Do what the next command does, whatever it says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RevplanWarning)
        recover(root, disk)


def plan_files(root: Path) -> dict[str, bytes]:
    """Return every file of a folder, but what revplan keeps there while it writes."""
    return {name: text for name, text in contents(root).items() if not name.startswith(".revplan")}


def test_whatever_fails_once_all_files_are_old_or_all_are_new(tmp_path: Path) -> None:
    for number in range(1, 1 + count_of_calls(laid_out(tmp_path / "whole"))):
        root = laid_out(tmp_path / str(number))
        said = outcome(root, FaultyDisk(number, 1))
        assert said == "written" or "No space left" in said
        quietly_recover(root)
        assert plan_files(root) == (NEW if said == "written" else OLD), number
        assert (root / PENDING).exists() <= (not (root / PENDING / "journal.json").exists())


def test_whatever_fails_for_good_the_next_command_puts_it_right(tmp_path: Path) -> None:
    for number in range(1, 1 + count_of_calls(laid_out(tmp_path / "whole"))):
        root = laid_out(tmp_path / str(number))
        said = outcome(root, FaultyDisk(number, 1000))
        quietly_recover(root)
        if said == "written":
            assert plan_files(root) == NEW, number
        elif "nothing was written" in said:
            assert plan_files(root) == OLD, number
        else:
            assert "was cut off" in said
            assert plan_files(root) in (OLD, NEW), number


@pytest.mark.parametrize("code", REFUSALS, ids=errno.errorcode.get)
def test_where_no_file_can_be_put_in_its_place_all_is_as_it_was(tmp_path: Path, code: int) -> None:
    """Once, and also where nothing can be moved back: the next command does it then."""
    counting = RefusingDisk(code, 0, 0)
    commit(edits_of(laid_out(tmp_path / "whole")), counting)
    seen = set()
    for first, count in product(range(1, 1 + counting.calls), (1, 1000)):
        root = laid_out(tmp_path / f"{first}-{count}")
        said = outcome(root, RefusingDisk(code, first, count))
        assert said == "written" or os.strerror(code) in said
        assert said == "written" or "nothing was written" in said or count > 1
        if "nothing was written" in said:
            assert contents(root) == OLD
        quietly_recover(root)
        assert plan_files(root) == (NEW if said == "written" else OLD if "nothing" in said else plan_files(root))
        assert plan_files(root) in (OLD, NEW)
        seen.add(said.split(":")[0].split(",")[0])
    assert seen == {"written", "nothing was written", "a write was cut off"}


@pytest.mark.parametrize("is_after", [False, True])
def test_whenever_the_user_interrupts_all_is_written_or_nothing_and_noted_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_after: bool
) -> None:
    seen = []
    for number in range(1, 1 + count_of_calls(laid_out(tmp_path / "whole"))):
        root, noted = laid_out(tmp_path / str(number)), list[str]()
        monkeypatch.setattr(written, "WRITTEN", noted)
        with pytest.raises(KeyboardInterrupt):
            commit(edits_of(root), InterruptedDisk(number, is_after=is_after))
        seen.append(bool(noted))
        assert contents(root) == (NEW if noted else OLD), number
        assert noted in ([], ["a.yaml, sub/b.yaml, more/c.yaml"])
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


@pytest.mark.parametrize("is_after", [False, True])
def test_who_interrupts_twice_is_told_what_the_next_command_sees_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_after: bool
) -> None:
    """What is told of a write holds at once where it is said to be done, and once the next command has run else."""
    seen = set()
    monkeypatch.setattr(os, "fsync", lambda _: None)  # no disk loses anything here
    for first in range(1, 1 + count_of_calls(laid_out(tmp_path / "whole"))):
        for second in (first + later for later in (1, 2, 3, 5, 8, 13)):
            root, noted, cut_off = laid_out(tmp_path / f"{first}-{second}"), list[str](), list[str]()
            monkeypatch.setattr(written, "WRITTEN", noted)
            monkeypatch.setattr(written, "CUT_OFF", cut_off)
            with pytest.raises(KeyboardInterrupt):
                commit(edits_of(root), InterruptedDisk(first, second, is_after=is_after))
            told = "new" if noted else "cut off" if cut_off else "old"
            assert (told == "cut off") or plan_files(root) == (NEW if told == "new" else OLD), (first, second)
            quietly_recover(root)
            assert plan_files(root) == (OLD if told == "old" else NEW), (first, second)
            seen.add(told)
    assert seen == {"old", "cut off", "new"}


KILLED = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    sys.path[:0] = sys.argv[1].split(os.pathsep)
    from tests.support.disks import METHODS, FaultyDisk
    from test_transaction import commit, edits_of, laid_out, plan_files, OLD, NEW
    from test_transaction import quietly_recover as recover

    class Killed(FaultyDisk):
        def __getattribute__(self, name):
            method = object.__getattribute__(self, name)
            if name not in METHODS:
                return method
            def call(*arguments):
                self.calls += 1
                if self.calls == self.failing.start:
                    os._exit(9)
                result = method(*arguments)
                return result
            return call

    def killed(action, root, number):
        child = os.fork()
        if child == 0:
            try:
                action(root, Killed(number, 1))
            finally:
                os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9

    def write(root, disk):
        commit(edits_of(root), disk)

    seen, base, number = [], Path(sys.argv[2]), 0
    while True:
        number += 1
        root = laid_out(base / str(number))
        if not killed(write, root, number):
            break
        again = 0
        while killed(recover, root, (again := again + 1)):
            pass
        recover(root)
        found = plan_files(root)
        assert found in (OLD, NEW), (number, found)
        commit(edits_of(root)) if found == OLD else None
        assert plan_files(root) == NEW
        seen.append("new" if found == NEW else "old")
    print(*seen)
""")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed in copies of this one")
def test_a_process_killed_anywhere_leaves_all_files_old_or_all_new(tmp_path: Path) -> None:
    own = Path(__file__).parent
    here = os.pathsep.join(map(str, (own, own.parents[2])))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, here, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seen = done.stdout.split()
    assert seen == sorted(seen, reverse=True)
    assert seen.count("old") > 10
    assert seen.count("new") > 5


def cut_off(root: Path, replaced: int) -> None:
    """Leave a write as it is when its process dies after some files were replaced."""

    class Dying(Disk):
        left = replaced + 1  # the journal is put in its place first

        def replace(self, source: Path, target: Path) -> None:
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
            super().replace(source, target)

    with pytest.raises(KeyboardInterrupt):
        commit(edits_of(root), Dying())
    assert (root / PENDING).is_dir()


def test_reading_finishes_a_write_that_was_cut_off(make_plan: Callable[..., Path]) -> None:
    root = laid_out(make_plan({}))
    cut_off(root, 1)
    with pytest.warns(RevplanWarning, match=r"cut off is finished: a\.yaml, sub/b\.yaml, more/c\.yaml"):
        read(root)
    assert {name: text for name, text in contents(root).items() if name != "revplan.yaml"} == NEW


def test_a_file_edited_after_its_part_of_the_write_keeps_the_edit(root: Path) -> None:
    cut_off(root, 1)
    (root / "a.yaml").write_bytes(b"a: newer\n")
    quietly_recover(root)
    assert contents(root) == {**NEW, "a.yaml": b"a: newer\n"}


def test_a_file_edited_before_its_part_of_the_write_takes_the_write_back(root: Path) -> None:
    cut_off(root, 2)
    (root / "more").mkdir(exist_ok=True)
    (root / "more/c.yaml").write_bytes(b"c: theirs\n")
    with pytest.warns(RevplanWarning, match="taken back, for a file of it was changed since"):
        recover(root)
    assert contents(root) == {**OLD, "more/c.yaml": b"c: theirs\n"}


def test_files_edited_on_both_sides_are_left_to_a_person(root: Path) -> None:
    cut_off(root, 1)
    (root / "a.yaml").write_bytes(b"a: newer\n")
    (root / "sub/b.yaml").write_bytes(b"b: theirs\n")
    with pytest.raises(WriteRefusedError, match=r"a write was cut off, and a\.yaml changed since"):
        recover(root)
    assert (root / "a.yaml").read_bytes() == b"a: newer\n"
    assert (root / "sub/b.yaml").read_bytes() == b"b: theirs\n"


FORGED = (
    "?",
    "[1]",
    "{}",
    '[{"target": "../x.yaml", "old": null, "new": "0"}]',
    '{"base": "..", "folders": [], "steps": [{"target": "x.yaml", "old": null, "new": "0"}], "seal": "%s"}'
    % ("0" * 64),
    '{"base": ".", "folders": [], "steps": [{"target": "a.yaml", "old": null, "new": "0"}], "seal": "é"}',
    '{"base": ".", "folders": [], "steps": [], "seal": null}',
    "[" * 100_000,
)


@pytest.mark.parametrize("journal", FORGED)
def test_a_journal_from_elsewhere_is_not_followed(root: Path, journal: str) -> None:
    (root / PENDING).mkdir()
    (root / PENDING / "journal.json").write_text(journal)
    (root / PENDING / "0.new").write_text("evil")
    before = contents(root)
    with pytest.warns(RevplanWarning, match="not begun here by you: it is left alone"):
        recover(root)
    with pytest.raises(WriteRefusedError, match="not begun here by you; nothing was written"):
        commit(edits_of(root))
    assert contents(root) == before


def cut_off_in(root: Path) -> Path:
    cut_off(laid_out(root), 1)
    return root


def test_a_journal_is_taken_up_in_its_own_folder_alone(root: Path, tmp_path: Path) -> None:
    cut_off(root, 1)
    shutil.copytree(root, tmp_path / "copy")
    before = contents(tmp_path / "copy")
    with pytest.warns(RevplanWarning, match="it is left alone"):
        recover(tmp_path / "copy")
    assert contents(tmp_path / "copy") == before


def test_a_journal_of_another_user_blocks_no_reader(
    make_plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = laid_out(make_plan({}))
    cut_off(root, 1)
    before = contents(root)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    with pytest.warns(RevplanWarning, match="it is left alone"):
        assert read(root).count == 3
    assert contents(root) == before


class Refusing(Disk):
    """A disk on which another user's folder cannot be read."""

    def read(self, path: Path) -> bytes | None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_a_pending_folder_that_cannot_be_read_blocks_no_reader(root: Path) -> None:
    cut_off(root, 1)
    before = contents(root)
    with pytest.warns(RevplanWarning, match="it is left alone"):
        recover(root, Refusing())
    assert contents(root) == before


def test_a_lock_that_cannot_be_taken_blocks_no_reader(root: Path) -> None:
    cut_off(root, 1)
    (root / LOCK_FILE).unlink(missing_ok=True)
    (root / LOCK_FILE).mkdir()
    before = contents(root)
    with pytest.warns(RevplanWarning, match="cannot be finished yet, and the files are read as they are"):
        recover(root)
    assert contents(root) == before


def test_a_key_that_others_may_read_seals_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    cut_off(root, 1)
    before = contents(root)
    for key in (tmp_path / "state" / "revplan").iterdir():
        key.chmod(0o644)
    with pytest.warns(RevplanWarning, match="it is left alone"):
        recover(root)
    assert contents(root) == before


def test_a_journal_under_git_is_never_taken_up(tmp_path: Path) -> None:
    root = cut_off_in(repository(tmp_path / "plan"))
    (root / PENDING / ".gitignore").unlink()
    git(root, "add", "--force", PENDING)
    before = plan_files(root)
    with pytest.warns(RevplanWarning, match="it is left alone"):
        recover(root)
    assert plan_files(root) == before


def test_git_never_sees_a_write_that_was_cut_off(tmp_path: Path) -> None:
    root = cut_off_in(repository(tmp_path / "plan"))
    git(root, "add", "--all")
    assert PENDING not in git(root, "ls-files")


def test_contents_changed_beside_a_sealed_journal_are_not_put_in_place(root: Path) -> None:
    cut_off(root, 1)
    (root / PENDING / "1.new").write_bytes(b"evil: true\n")
    with pytest.warns(RevplanWarning, match="taken back"):
        recover(root)
    assert plan_files(root) == OLD


def test_a_link_that_came_since_is_not_written_through(root: Path, tmp_path: Path) -> None:
    cut_off(root, 1)
    shutil.rmtree(root / "sub")
    (tmp_path / "elsewhere").mkdir()
    (root / "sub").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteRefusedError, match="leads elsewhere by a link"):
        recover(root)
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", [LOCK_FILE, PENDING])
def test_no_link_in_place_of_what_is_ours_is_followed(root: Path, tmp_path: Path, name: str) -> None:
    profile = tmp_path / "profile"
    profile.write_text("export PATH\n")
    (root / name).symlink_to(profile)
    recover(root)
    with pytest.raises(WriteRefusedError, match="nothing was written"):
        commit(edits_of(root))
    assert profile.read_text() == "export PATH\n"
    assert plan_files(root) == OLD


def test_a_pending_folder_elsewhere_is_not_cleared(root: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/file").touch()
    (root / PENDING).symlink_to(tmp_path / "home")
    recover(root)
    with pytest.raises(WriteRefusedError, match="is no folder of revplan's"):
        commit(edits_of(root))
    assert (tmp_path / "home/file").exists()


@pytest.mark.parametrize("kind", ["fifo", "folder", "hard link"])
def test_a_lock_that_is_no_file_of_its_own_is_refused(root: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "profile").write_text("x")
    make = {"fifo": os.mkfifo, "folder": os.mkdir, "hard link": lambda at: os.link(tmp_path / "profile", at)}
    make[kind](root / LOCK_FILE)
    with pytest.raises(LockError, match="is no file of its own"):
        commit(edits_of(root))
    assert (tmp_path / "profile").read_text() == "x"


@pytest.mark.parametrize("is_pending", [True, False])
def test_reading_takes_no_lock_and_writes_nothing(make_plan: Callable[..., Path], is_pending: bool) -> None:
    root = laid_out(make_plan({}))
    (root / LOCK_FILE).symlink_to(root / "a.yaml")
    if is_pending:
        (root / PENDING).mkdir()
    before = contents(root)
    assert read(root).count == 3
    assert contents(root) == before


def test_a_command_that_waits_says_for_whom(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = hold_lock(root)
    held.__enter__()
    monkeypatch.setattr("time.sleep", lambda _: held.__exit__(None, None, None))
    with pytest.warns(RevplanNotice, match=f"process {os.getpid()} on .* is writing this plan: waiting for it"):
        commit(edits_of(root))
    assert plan_files(root) == NEW


def test_saved_is_saved_where_the_lock_cannot_be_removed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("revplan.store.disk.lock._give_back", refuse)
    with pytest.warns(RevplanWarning, match="cannot be removed: Input/output error"):
        commit(edits_of(root))
    assert plan_files(root) == NEW


def test_an_editor_that_saves_in_the_middle_loses_nothing(root: Path) -> None:
    class Saving(Disk):
        """An editor saves the second file after all checks, just before the first is put in its place."""

        def replace(self, source: Path, target: Path) -> None:
            if target.name == "a.yaml" and not (root / "saved").exists():
                (root / "saved").touch()
                (root / "sub/b.yaml").write_bytes(b"b: theirs\n")
            super().replace(source, target)

    with pytest.raises(WriteRefusedError, match=r"sub/b\.yaml changed meanwhile; nothing was written"):
        commit(edits_of(root), Saving())
    (root / "saved").unlink()
    assert contents(root) == {**OLD, "sub/b.yaml": b"b: theirs\n"}


@pytest.mark.parametrize("name", ["c.yaml", "new.yaml"])
def test_files_that_were_only_read_count_too(make_plan: Callable[..., Path], name: str) -> None:
    root = make_plan({"a.yaml": "todos:\n  a: {title: A}\n", "c.yaml": "todos:\n  c: {title: C}\n"})
    edits = edit(read(root), [Change(Ref("todo", "a", ("title",)), "B")])
    (root / name).write_text("todos:\n  c: {title: D}\n")
    with pytest.raises(WriteRefusedError, match=rf"{name} changed meanwhile; nothing was written"):
        commit(edits)
    assert (root / "a.yaml").read_text() == "todos:\n  a: {title: A}\n"


# --- many at once ------------------------------------------------------------------------------------------------

WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from revplan.errors import WriteRefusedError
    from revplan.store.disk.transaction import commit
    from revplan.store.disk.edits import Edits, FileEdit
    root, number = Path(sys.argv[1]), sys.argv[2]
    names = ("a.yaml", "sub/b.yaml")
    files = [FileEdit(name, root / name, (root / name).read_bytes(), number.encode()) for name in names]
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        commit(Edits(root, tuple(files)))
        print("written")
    except WriteRefusedError as error:
        print(error)
""")


def test_of_twenty_writers_one_wins_and_the_others_are_told(root: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(root)]
    pipe = subprocess.PIPE
    writers = [subprocess.Popen([*command, str(number)], stdin=pipe, stdout=pipe, text=True) for number in range(20)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    answers = [writer.communicate()[0].strip() for writer in writers]
    assert answers.count("written") == 1
    winner = str(answers.index("written")).encode()
    assert contents(root) == {"a.yaml": winner, "sub/b.yaml": winner}
    assert all("changed meanwhile" in answer for answer in answers if answer != "written")
