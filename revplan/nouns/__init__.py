"""The nouns of a plan: every kind of thing that has ids, in one table.

Commands, list columns, completion, ids and kinds follow from the table. Completion reads it at every press of Tab, so
this package imports nothing but itself. What belongs to upper layers has its key here and stands there: a kind's model
in `revplan.model.plan`, the module of a group of commands in `revplan.cli`.

noun   what a noun is, and what an option of its commands is
table  one entry for each noun
"""

from __future__ import annotations

from revplan.nouns.noun import Flag, Keys, Noun
from revplan.nouns.table import NOUNS

__all__ = ["EDITED", "NOUNS", "NOUN_BY_KIND", "PATHS", "Flag", "Keys", "Noun", "how_to_make", "label", "with_article"]

NOUN_BY_KIND = {noun.kind: noun for noun in NOUNS}
EDITED = {noun.command: noun for noun in NOUNS if noun.flags}
"""The nouns that have the common commands (add, edit, drop), by command."""
PATHS: dict[str, Keys] = {kind: NOUN_BY_KIND[kind].path for kind in sorted(NOUN_BY_KIND)}
"""By kind, the keys from the top of a plan file down to its ids."""


def label(kind: str) -> str:
    """Return the name of a kind for use in a sentence."""
    return kind.replace("-", " ")


def with_article(kind: str) -> str:
    """Return the name of a kind with `a` or `an`."""
    name = label(kind)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def how_to_make(kind: str) -> str:
    """Return the commands that make the first thing of a kind; of a kind without commands, the key it stands under."""
    noun = NOUN_BY_KIND[kind]
    own = f"`revplan {noun.command} add` makes one" if noun.flags else f"it stands under {noun.path[0]} in a plan file"
    return f"`revplan workshop {_WORKSHOPS[kind]}` leads to the first, {own}" if kind in _WORKSHOPS else own


_WORKSHOPS = {"campaign": "campaign", "persona": "persona", "goal": "goals"}
"""The workshops that make a kind's things one by one."""
