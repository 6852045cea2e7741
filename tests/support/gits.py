"""Git repositories for tests, that know nothing of the user's git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ISOLATED = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Dana",
    "GIT_AUTHOR_EMAIL": "dana@example.com",
    "GIT_COMMITTER_NAME": "Dana",
    "GIT_COMMITTER_EMAIL": "dana@example.com",
}


def git(folder: Path, *arguments: str, day: str = "2026-11-01", check: bool = True) -> str:
    """Run git, and return what it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    dates = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00"}
    done = subprocess.run(
        ("git", "-c", "core.autocrlf=false", *arguments),
        cwd=folder,
        env=environment | ISOLATED | dates,
        capture_output=True,
        check=check,
    )
    return done.stdout.decode(errors="surrogateescape").strip()


def repository(folder: Path) -> Path:
    """Make an empty repository whose branch is main."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit(folder: Path, files: Mapping[str, str | None], subject: str = "A change", day: str = "2026-11-01") -> str:
    """Write files, remove those that are None, and commit all there is; return the commit's name."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", subject, day=day)
    return git(folder, "rev-parse", "HEAD")
