"""People who work apart: what git can merge, what it cannot, and what it merges into something that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.office import Office

NEW = ("--function", "sales", "--impact", 4, "--task", "write=writing:16", "--done-when", "It is used")


def two_new_tactics(office: Office, _: str) -> None:
    """Both add a tactic at the end of a file: one stays, and the other is added again."""
    aims = ("--objective", "more-conversations", "--metric", "conversations")
    theirs = [("tactic", "add", "Letters to referees", *NEW, *aims)]
    ours = [("tactic", "add", "Phone script", *NEW, *aims)]
    assert office.parts("referees", theirs, ours) == ["tactics/sales.yaml"]
    office.tactics += ["letters-to-referees", "phone-script"]
    assert "a merge is not finished here" in office.refused("validate")
    assert "only a sound plan" in office.refused("sprint", "plan", "--write")
    office.resolves("tactics/sales.yaml", "ours")
    office.does(*theirs[0])
    office.does("validate")
    office.commits("Merge referees")


def one_figure_and_one_task(office: Office, name: str) -> None:
    """Both change the same figure, and both log on the same task: one figure stays, and the hours add up."""
    task = next(one["task"] for one in office.asks("sprint", "show", name)["tasks"] if one["status"] != "done")
    tactic = task.partition("/")[0]
    theirs = [("tactic", "edit", tactic, "--impact", 9), ("sprint", "log", task, "--hours", "1h")]
    ours = [("tactic", "edit", tactic, "--impact", 10), ("sprint", "log", task, "--hours", "1.5h")]
    file, *more = office.parts("figures", theirs, ours)
    assert (file, len(more)) == (f"sprints/{name}.yaml", 1)
    assert "as far as the plan can be read" in office.refused("sprint", "log", task, "--hours", "1h")
    office.resolves(file, "ours")
    office.resolves(more[0], "theirs")
    office.spent[name, task] = office.spent.get((name, task), 0) + 90
    office.logs(name, task, 60)
    assert office.plan()["tactics"][tactic]["impact"] == 9
    office.does("validate")
    office.commits("Merge figures")


def one_takes_away_what_the_other_needs(office: Office, _: str) -> None:
    """Git merges it without a word; `validate` tells what hangs in the air."""
    aims = ("--objective", "more-conversations", "--metric", "conversations")
    office.does("tactic", "add", "A map of streets", *NEW, *aims, "--file", "tactics/marketing.yaml")
    theirs = [("tactic", "drop", "a-map-of-streets")]
    ours = [("tactic", "add", "Street by street", *NEW, *aims, "--requires", "a-map-of-streets")]
    assert office.parts("streets", theirs, ours) == []
    assert 'no tactic "a-map-of-streets"' in office.refused("validate")
    office.does("tactic", "edit", "street-by-street", "--requires", "")
    office.does("validate")
    office.commits("Merge streets")
    office.tactics += ["a-map-of-streets", "street-by-street"]
    office.gone.add("a-map-of-streets")


BRANCHES: dict[int, Callable[[Office, str], None]] = {
    2: two_new_tactics,
    5: one_figure_and_one_task,
    10: one_takes_away_what_the_other_needs,
}
"""By month."""
