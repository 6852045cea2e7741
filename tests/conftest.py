from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.inputs import draw_many, take_drawn
from tests.support.shell import Ran, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

settings.register_profile(
    "revplan", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("revplan")


def pytest_configure() -> None:
    """Let Ctrl-C be heard: a shell ignores SIGINT in what it runs in the background, and children inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write what is seen now as what is to be seen.")
    parser.addoption("--inputs", type=int, help="How many new inputs each property test draws; see --hypothesis-seed.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each property test draw as many inputs as asked for, others at each seed."""
    if config.getoption("--inputs"):
        for item in items:
            seed = int(config.getoption("--hypothesis-seed") or 0)
            draw_many(item.obj, config.getoption("--inputs"), seed)  # type: ignore[attr-defined]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many inputs were drawn, where a number was asked for."""
    if config.getoption("--inputs"):
        terminalreporter.write_line(f"drawn inputs: {take_drawn()}")


@pytest.fixture(autouse=True, scope="session")
def _state_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what a user's programs remember out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with a golden file, or write it there with --update-golden."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"{path} is missing; write it with --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line as a shell would, without a terminal, and say how it ended."""
    return shell(monkeypatch, capsys)


SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"


@pytest.fixture
def make_plan(tmp_path: Path) -> Callable[..., Path]:
    """Write files of a plan into a folder of their own; revplan.yaml holds plain settings unless it is given."""

    def make(files: Mapping[str, str] | str = "") -> Path:
        given = {"plan.yaml": files} if isinstance(files, str) else dict(files)
        root = tmp_path / "plan"
        for name, text in {"revplan.yaml": SETTINGS, **given}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return root

    return make
