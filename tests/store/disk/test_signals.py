"""A process that is asked to end while it writes: the write comes to its end first, and nothing lies about after it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from revplan.store.disk.signals import hold_signals

on_posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are ended in copies of one")

PROGRAM = textwrap.dedent("""
    import json, os, shutil, signal, sys
    from pathlib import Path
    from revplan.store.disk.edits import Edits, FileEdit
    from revplan.store.disk.lock import Disk
    from revplan.store.disk.new_plan import write_new_plan
    from revplan.store.disk.output import write_file, write_folder
    from revplan.store.disk.transaction import commit
    from tests.support.disks import METHODS, contents

    root, kind, number = Path(sys.argv[1]).resolve(), sys.argv[2], signal.Signals[sys.argv[3]]
    signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may ignore it

    def lay_out():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        if kind != "new plan":
            for name in ("a.yaml", "b.yaml", "report.md", "index.html"):
                (root / name).write_text("old")

    def write():
        if kind == "plan":
            new = "a.yaml", "b.yaml"
            commit(Edits(root, tuple(FileEdit(name, root / name, b"old", b"new") for name in new)))
        elif kind == "file":
            write_file(root / "report.md", b"new")
        elif kind == "site":
            write_folder(root, {"index.html": b"new", "team.html": b"new"})
        else:
            write_new_plan(root, root, {"revplan.yaml": b"new", "team.yaml": b"new"}, {root / "AGENTS.md": b"new"})

    def child(last):
        calls = 0
        def counted(method):
            def call(*arguments):
                nonlocal calls
                calls += 1
                if calls == last:
                    os.kill(os.getpid(), number)
                return method(*arguments)
            return call
        for name in METHODS:
            setattr(Disk, name, counted(getattr(Disk, name)))
        said = os.open(root.with_name("said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 2)
        write()
        os._exit(0)

    last = 0
    while True:
        last += 1
        lay_out()
        found = os.fork()
        if found == 0:
            child(last)
        code = os.waitstatus_to_exitcode(os.waitpid(found, 0)[1])
        files = {name: text.decode() for name, text in contents(root).items()}
        print(json.dumps([code, files, root.with_name("said").read_text()]))
        if code == 0:
            break
""")


@on_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("kind", ["plan", "file", "site", "new plan"])
def test_a_write_is_whole_whenever_the_process_is_asked_to_end(tmp_path: Path, kind: str, name: str) -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    words = [sys.executable, "-c", PROGRAM, str(tmp_path / "root"), kind, name]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=here)
    assert done.returncode == 0, done.stderr
    *ended, (last, new, said) = map(json.loads, done.stdout.splitlines())
    assert (last, said) == (0, "")
    assert len(ended) >= 3
    assert {code for code, _, _ in ended} == {-signal.Signals[name]}
    begun = [(files, said) for _, files, said in ended if said]
    assert len(begun) >= 3
    assert [files for files, _ in begun if files != new] == []
    assert all(f"ended by {name}: " in said and "written" in said for _, said in begun)
    assert all("new" not in files.values() for _, files, said in ended if not said)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    old = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with hold_signals():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, old)


def test_another_thread_holds_nothing_back() -> None:
    seen: list[object] = []

    def look() -> None:
        with hold_signals():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]
