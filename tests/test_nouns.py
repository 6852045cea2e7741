"""The table of nouns: nothing is unlisted, and a noun more is one entry more."""

from __future__ import annotations

import subprocess
import sys

from revplan.cli.commands import COMMANDS, import_command
from revplan.model.plan import KINDS, MODELS, SINGLETONS
from revplan.nouns import EDITED, NOUN_BY_KIND, NOUNS

TOY = """
import importlib

import revplan.nouns
from revplan.nouns import table
from revplan.nouns.noun import Flag, Noun

table.NOUNS += (
    Noun(
        "shelf", ("shelves",), "Shelves of a shop.", title="name", flags=(Flag("name"),),
        columns=("name", "keeper"), example="shelf add Oats",
    ),
)
importlib.reload(revplan.nouns)
from revplan.cli.commands import COMMANDS, import_command
from revplan.cli.completion import candidates
from revplan.nouns import NOUN_BY_KIND, PATHS, with_article

command = next(each for each in COMMANDS if each.name == "shelf")
assert command.help == "Shelves of a shop."
assert NOUN_BY_KIND["shelf"].columns == ("name", "keeper")
assert PATHS["shelf"] == ("shelves",)
assert with_article("shelf") == "a shelf"
assert "shelf" in [each.word for each in candidates(["refs"], "")]

import revplan.model.plan as plan
plan.KIND_BY_NAME["shelf"] = plan.Kind("shelf", ("shelves",), plan.Client)
assert sorted(import_command(command).commands) == ["add", "drop", "edit", "list", "show"]
print("one entry")
"""


def test_every_noun_has_its_model_and_every_model_its_noun() -> None:
    assert set(MODELS) == set(NOUN_BY_KIND)
    assert len(NOUNS) == len(NOUN_BY_KIND)
    assert {kind.name for kind in KINDS if kind not in SINGLETONS} == set(NOUN_BY_KIND)


def test_every_noun_has_its_command() -> None:
    """The commands come in the table's order; those of `meeting` and `sprint` are not of the common kind."""
    named = [noun.command for noun in NOUNS if noun.command]
    assert [each.name for each in COMMANDS if each.name in named] == named
    for command in (each for each in COMMANDS if each.name in EDITED):
        group = import_command(command)
        assert {"add", "edit", "drop", "list", "show"} <= {*group.commands}, command.name
    assert {noun.kind for noun in NOUNS if not noun.flags} == {"meeting", "sprint", "rollout"}


def test_columns_are_fields_or_worked_out() -> None:
    for noun in NOUNS:
        fields = {each.alias or name for name, each in MODELS[noun.kind].model_fields.items()}
        assert {*noun.columns} <= fields | {"stands", "basis", "hours"}, noun.kind
        assert {*noun.hidden} <= {*noun.columns}
        asked = {name for each in noun.asked for name in each.split("|")}
        assert asked | {field for field, _ in noun.dated} <= fields, noun.kind
        assert bool(noun.columns) == bool(noun.flags)


def test_a_noun_more_is_one_entry_more() -> None:
    """Its model is the format's own matter. All else, from the command to completion, follows from the entry."""
    ran = subprocess.run([sys.executable, "-c", TOY], capture_output=True, text=True, check=False)
    assert ran.stdout == "one entry\n", ran.stderr
