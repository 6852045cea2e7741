"""The workflows that `revplan init` writes, by running their steps in a clean clone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from revplan.app.repository.init import Answers, begin
from tests.support.gits import ISOLATED, commit, git, repository

if TYPE_CHECKING:
    from collections.abc import Iterator

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(os.name == "nt" or BASH is None, reason="runners have a shell")
PLAN = "my plan"
GITHUB = ".github/workflows/revplan.yml"
GITLAB = ".gitlab-ci.yml"
TOKEN = "of-this-test"  # noqa: S105 - it opens nothing
FAKE_GH = """\
#!/usr/bin/env python3
import json, os, sys
from pathlib import Path
store = Path(os.environ["FAKE_GH"])
comments = json.loads(store.read_text()) if store.exists() else []
words = sys.argv[1:]
assert words[0] == "api" and os.environ["GH_TOKEN"], words
url = next(word for word in words if word.startswith("repos/"))
if "--jq" in words:
    assert 'startswith("<!-- revplan diff -->")' in words[words.index("--jq") + 1]
    own = [each for each in comments if each["bot"] and each["body"].startswith("<!-- revplan diff -->")]
    print("".join(f"{each['id']}\\n" for each in own), end="")
    sys.exit()
name, _, file = words[words.index("--field") + 1].partition("=@")
assert name == "body"
body = Path(file).read_text()
if words[words.index("--method") + 1] == "POST":
    assert url == "repos/us/plans/issues/7/comments", url
    comments.append({"id": 100 + len(comments), "bot": True, "body": body})
else:
    next(each for each in comments if url == f"repos/us/plans/issues/comments/{each['id']}")["body"] = body
store.write_text(json.dumps(comments))
"""


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clean clone, as a runner has it: a merge of a branch that raises an impact into the main branch."""
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    top = repository(tmp_path / "top")
    begin(top / PLAN, Answers("Test"), date(2026, 11, 28))
    settings = top / PLAN / "revplan.yaml"
    settings.write_text(settings.read_text().replace("  format: 1\n", "  format: 1\n  today: 2026-11-28\n"))
    commit(top, {}, "Begin")
    git(top, "switch", "--quiet", "-c", "work")
    file = top / PLAN / "tactics" / "marketing.yaml"
    file.write_text(file.read_text().replace("impact: ", "impact: 1  # was ", 1))
    commit(top, {}, "Another impact")
    git(top, "switch", "--quiet", "main")
    git(top, "merge", "--quiet", "--no-ff", "--no-edit", "work")
    git(tmp_path, "clone", "--quiet", "--depth=2", top.as_uri(), str(tmp_path / "clone"))
    return tmp_path / "clone"


def load(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text())


def run(clone: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does, without its installing revplan: that is the one that is tested."""
    path = os.pathsep.join((str(clone.parent / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
    assert BASH is not None
    return subprocess.run(
        (BASH, "-e", "-c", script),
        cwd=clone,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def steps(clone: Path, job: str) -> dict[str, dict[str, Any]]:
    """Return the steps of a GitHub job that run something of the plan's, by name."""
    return {step["name"]: step for step in load(clone / GITHUB)["jobs"][job]["steps"] if "name" in step}


def test_they_are_yaml_that_the_forges_know(clone: Path) -> None:
    github, gitlab = load(clone / GITHUB), load(clone / GITLAB)
    assert github["env"] == {"REVPLAN_PLAN": PLAN}
    assert gitlab["variables"]["REVPLAN_PLAN"] == PLAN
    assert set(github["jobs"]) == {"check", "diff", "reports", "pages"}
    for job in github["jobs"].values():
        assert job["runs-on"] == "ubuntu-latest"
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    assert {"validate", "sprint", "launches", "diff", "pages"} <= set(gitlab)
    for name in (GITHUB, GITLAB):
        lines = (clone / name).read_text().splitlines()
        assert all(line == line.rstrip() and "\t" not in line and len(line) <= 140 for line in lines)


def test_a_sound_plan_passes_its_checks(clone: Path) -> None:
    for name, step in steps(clone, "check").items():
        done = run(clone, step["run"], REVPLAN_PLAN=PLAN)
        assert done.returncode == 0, (name, done.stdout, done.stderr)


def test_what_is_wrong_fails_the_check_that_it_concerns(clone: Path) -> None:
    check = steps(clone, "check")
    written = run(clone, "revplan sprint plan --write", REVPLAN_PLAN=PLAN)
    assert written.returncode == 0, written.stderr
    follows = check["The written sprint follows from the plan"]["run"]
    assert run(clone, follows, REVPLAN_PLAN=PLAN).returncode == 0
    file = clone / PLAN / "tactics" / "sales.yaml"
    file.write_text(file.read_text().replace("impact: ", "impact: 9  # was ", 1))
    assert run(clone, follows, REVPLAN_PLAN=PLAN).returncode == 1
    file.write_text("tactics: {one: {}}\n")
    done = run(clone, check["The plan is sound"]["run"], REVPLAN_PLAN=PLAN)
    assert done.returncode == 1
    assert f"::error file={PLAN}/tactics/sales.yaml" in done.stdout


def test_a_comment_is_made_once_and_then_kept_up_to_date(clone: Path, tmp_path: Path) -> None:
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(FAKE_GH)
    gh.chmod(0o755)
    store = tmp_path / "comments.json"
    mine = {"id": 1, "bot": False, "body": "<!-- revplan diff --> quoted by somebody"}
    store.write_text(json.dumps([mine]))
    diff = steps(clone, "diff")
    tell = diff["Tell it in a comment, always the same one"]
    context = {"github.token": "t", "github.repository": "us/plans", "github.event.pull_request.number": "7"}
    given = {
        name: "".join(context.get(part.strip(), part) for part in value.replace("${{", "}}").split("}}"))
        for name, value in tell["env"].items()
    }
    for word in ("first", "second"):
        summary = tmp_path / f"{word}.md"
        done = run(clone, diff["What it does to the plan"]["run"], REVPLAN_PLAN=PLAN, GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, done.stderr
        assert "Rescored" in summary.read_text()
        done = run(clone, tell["run"], FAKE_GH=str(store), **given)
        assert done.returncode == 0, done.stderr
        kept, own = json.loads(store.read_text())
        assert kept == mine
        assert own["body"] == summary.read_text()
        file = clone / PLAN / "tactics" / "sales.yaml"
        file.write_text(file.read_text().replace("impact: ", "impact: 9  # was ", 1))


def test_reports_are_written(clone: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    for step in steps(clone, "reports").values():
        done = run(clone, step["run"], REVPLAN_PLAN=PLAN, GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, done.stderr
    assert summary.read_text().startswith("## Test")
    assert (clone / "site" / "index.html").exists()


# --- GitLab --------------------------------------------------------------------------------------------------------


class Notes(BaseHTTPRequestHandler):
    """As much of GitLab as keeps notes."""

    notes: list[dict[str, Any]]

    def answer(self, data: object) -> None:
        content = json.dumps(data).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def body(self) -> str:
        assert self.headers["PRIVATE-TOKEN"] == TOKEN
        text: str = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        return text

    def do_GET(self) -> None:
        assert self.path.startswith("/api/projects/3/merge_requests/7/notes?")
        self.answer(self.notes)

    def do_POST(self) -> None:
        self.notes.append({"id": len(self.notes), "body": self.body()})
        self.answer(self.notes[-1])

    def do_PUT(self) -> None:
        self.notes[int(self.path.rpartition("/")[2])]["body"] = self.body()
        self.answer({})

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def gitlab() -> Iterator[str]:
    Notes.notes = [{"id": 0, "body": "Looks good"}]
    with HTTPServer(("127.0.0.1", 0), Notes) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


def test_gitlab_runs_its_jobs(clone: Path, gitlab: str) -> None:
    jobs = load(clone / GITLAB)
    given = {
        "REVPLAN_PLAN": PLAN,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(clone, "rev-parse", "HEAD^1"),
        "CI_API_V4_URL": gitlab,
        "CI_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "7",
    }
    for name in ("validate", "sprint", "launches", "diff", "pages"):
        done = run(clone, "\n".join(jobs[name]["script"]), **given)
        assert done.returncode == 0, (name, done.stderr)
    findings = json.loads((clone / "revplan-findings.json").read_text())
    assert all(found["location"]["path"].startswith(f"{PLAN}/") for found in findings)
    assert (clone / "public" / "index.html").exists()
    assert len(Notes.notes) == 1, "without a token nothing is told"
    for _ in range(2):
        done = run(clone, "\n".join(jobs["diff"]["script"]), **given, REVPLAN_TOKEN=TOKEN)
        assert done.returncode == 0, done.stderr
    assert [note["body"].splitlines()[0] for note in Notes.notes] == ["Looks good", "<!-- revplan diff -->"]
    assert Notes.notes[1]["body"].partition("\n")[2] == (clone / "diff.md").read_text()


def test_gitlab_shows_what_is_wrong_in_the_log_too(clone: Path) -> None:
    (clone / PLAN / "tactics" / "sales.yaml").write_text("tactics: {one: {}}\n")
    done = run(clone, "\n".join(load(clone / GITLAB)["validate"]["script"]), REVPLAN_PLAN=PLAN)
    assert (done.returncode, "error[RP102]" in done.stdout) == (1, True)
