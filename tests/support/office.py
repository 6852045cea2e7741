"""A plan in a git repository, and people who use it day by day through the command line alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tests.support.gits import ISOLATED, git

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from tests.support.shell import Ran

TIMELESS = {("export", "json"), ("fmt",), ("log",), ("refs",), ("sprint", "list")}
"""Commands to which every day is the same."""
SEAL = re.compile(r"(?<=of: )sha256:\w+")
CONFLICT = re.compile(r"<{7} .*\n((?s:.*?))={7}\n((?s:.*?))>{7} .*\n")


@dataclass
class Office:
    """Who uses the plan, on which day, and what they know to have gone in.

    Attributes:
        tactics: the ids of those that were added.
        gone: the ids of those that were removed.
        todos: likewise.
        issues: likewise.
        readings: by metric and day.
        spent: the minutes logged, by sprint and task.
        sealed: closed sprints' files as they were when they closed.
    """

    root: Path
    run: Callable[..., Ran]
    today: date
    tactics: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    todos: list[str] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)
    readings: dict[tuple[str, str], str] = field(default_factory=dict)
    spent: dict[tuple[str, str], int] = field(default_factory=dict)
    sealed: dict[str, bytes] = field(default_factory=dict)

    # --- revplan -------------------------------------------------------------------------------------------------

    def tries(self, *words: object) -> Ran:
        """Run a command on the day."""
        given = tuple(map(str, words))
        is_timeless = given[:1] in TIMELESS or given[:2] in TIMELESS
        day = () if is_timeless else ("--today", str(self.today))
        return self.run(*given, *day, environment={"REVPLAN_PLAN": str(self.root), **ISOLATED})

    def does(self, *words: object) -> str:
        """Run a command that works, and return what it writes."""
        ran = self.tries(*words)
        assert ran.code == 0, f"{self.today}: {words}: {ran.out}{ran.err}"
        return ran.out

    def refused(self, *words: object) -> str:
        """Run a command that is refused and changes nothing, and return what it says."""
        before = self.files()
        ran = self.tries(*words)
        assert ran.code in {1, 2}, f"{words}: {ran.out}"
        assert self.files() == before
        return ran.out + ran.err

    def asks(self, *words: object) -> Any:
        """Run a command that works, and return the data it writes."""
        answer = json.loads(self.does(*words, "--format", "json"))
        return answer.get("data", answer)

    def plan(self) -> dict[str, Any]:
        """Return the whole plan in the plan's own words."""
        plan: dict[str, Any] = json.loads(self.does("export", "json"))["plan"]
        return plan

    def logs(self, sprint: str, task: str, minutes: int, *more: str) -> None:
        """Log minutes of work."""
        self.does("sprint", "log", task, "--hours", f"{minutes}m", *more)
        self.spent[sprint, task] = self.spent.get((sprint, task), 0) + minutes

    # --- files ---------------------------------------------------------------------------------------------------

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.root)): path.read_bytes() for path in sorted(self.root.rglob("*.yaml"))}

    def beside(self, name: str) -> Path:
        """Return the path of a file that is no part of the plan."""
        return self.root.parent / name

    def fills(self, sheet: Path, label: str, text: str) -> None:
        """Write into the first blank below a label of an agenda."""
        before, mark, after = sheet.read_text(encoding="utf-8").partition(f"**{label}**")
        assert mark, label
        sheet.write_text(before + mark + after.replace("\n-\n", f"\n- {text}\n", 1), encoding="utf-8")

    def rewrites(self, name: str, *replacements: tuple[str, str]) -> None:
        """Change a file in an editor."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text, f"{name}: {old}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8", newline="\n")

    # --- git -----------------------------------------------------------------------------------------------------

    def git(self, *words: str) -> str:
        return git(self.root, *words, day=str(self.today))

    def commits(self, subject: str) -> None:
        """Commit all there is, if there is something."""
        self.git("add", "--all")
        if self.git("status", "--porcelain"):
            self.git("commit", "--quiet", "--message", subject)

    def parts(self, branch: str, theirs: Sequence[tuple[object, ...]], ours: Sequence[tuple[object, ...]]) -> list[str]:
        """Work on a branch and on the main branch, merge, and return the files in which both sides stand."""
        self.commits(f"Before {branch}")
        self.git("switch", "--quiet", "--create", branch)
        for words in theirs:
            self.does(*words)
        self.commits(f"On {branch}")
        self.git("switch", "--quiet", "main")
        for words in ours:
            self.does(*words)
        self.commits(f"Beside {branch}")
        git(self.root, "merge", "--quiet", "--no-commit", "--no-ff", branch, day=str(self.today), check=False)
        return self.git("diff", "--name-only", "--diff-filter=U").split()

    def resolves(self, name: str, keep: str) -> None:
        """Finish a merge in a file by hand: keep a side, `ours` or `theirs`."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        fresh = CONFLICT.sub({"ours": r"\1", "theirs": r"\2"}[keep], text)
        assert fresh != text, f"{name} has no conflict"
        path.write_text(fresh, encoding="utf-8", newline="\n")

    # --- what went in ---------------------------------------------------------------------------------------

    def knows_as(self, kind: str, old: str, new: str) -> None:
        """Follow a thing to its new id: closed sprints name it so, are sealed anew, and else stay as they were."""
        if kind == "tactic":
            self.tactics[self.tactics.index(old)] = new
        for name, before in self.sealed.items():
            path = self.root / "sprints" / f"{name}.yaml"
            assert SEAL.sub("", path.read_text()).replace(new, old) == SEAL.sub("", before.decode())
            self.sealed[name] = path.read_bytes()

    def seals(self, sprint: str) -> None:
        """Remember a sprint that was closed."""
        self.sealed[sprint] = (self.root / "sprints" / f"{sprint}.yaml").read_bytes()

    def history_stands(self) -> bool:
        """Tell whether the closed sprints are what they were, to the byte."""
        files = self.files()
        return all(files[f"sprints/{name}.yaml"] == content for name, content in self.sealed.items())

    def digest(self) -> str:
        """Return a digest of all of the plan's files."""
        return sha256(repr(sorted(self.files().items())).encode()).hexdigest()
