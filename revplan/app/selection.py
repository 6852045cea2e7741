"""Which findings a run shows: by rule and by file. The whole plan is read all the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003 - dataclass fields are read by their types
from typing import TYPE_CHECKING

from revplan.diagnostics import CODE_BY_NAME, CODES, did_you_mean
from revplan.errors import UnknownPathError, UnknownRuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from revplan.app.validate import Validation


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for on the command line.

    Attributes:
        select: rules that are shown, as `resolve_codes` reads them; all where empty.
        ignore: rules that are not shown, likewise.
        paths: files and folders whose findings are shown; all where empty.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()


def narrow_findings(validation: Validation, selection: Selection, root: Path) -> Validation:
    """Return the findings that a selection shows.

    Args:
        validation: everything that was found.
        selection: what is asked for.
        root: the plan's folder.

    Raises:
        UnknownRuleError: a rule that is named does not exist.
        UnknownPathError: a path that is named does not exist, or is no part of the plan.
    """
    shown = resolve_codes(selection.select) or frozenset(code.code for code in CODES)
    shown -= resolve_codes(selection.ignore)
    names = [name_in_plan(path, root) for path in selection.paths]
    kept = (found for found in validation.diagnostics if found.code in shown and is_in(found.location.file, names))
    untold = {code: count for code, count in validation.untold.items() if code in shown}
    return replace(validation, diagnostics=tuple(kept), untold=untold)


def resolve_codes(words: Iterable[str]) -> frozenset[str]:
    """Return the codes that words name: codes, slugs, and beginnings of codes such as RP4; commas part words.

    Raises:
        UnknownRuleError: a word names none.
    """
    names = [name.strip() for word in words for name in word.split(",") if name.strip()]
    return frozenset(code for name in names for code in _codes(name))


def _codes(name: str) -> frozenset[str]:
    if name in CODE_BY_NAME:
        return frozenset((CODE_BY_NAME[name].code,))
    found = frozenset(code.code for code in CODES if name.startswith("RP") and code.code.startswith(name))
    if not found:
        raise UnknownRuleError(f'there is no rule "{name}"', hint=did_you_mean(name, CODE_BY_NAME) or _LIST)
    return found


_LIST = "`revplan explain` lists the rules"


def name_in_plan(path: Path, root: Path) -> str:
    """Return a path relative to the plan's folder; empty for the folder itself.

    Raises:
        UnknownPathError: the path does not exist, or is no part of the plan.
    """
    if not path.exists():
        raise UnknownPathError(f"there is no file or folder {path}")
    resolved = path.resolve()
    if resolved == root or root.is_relative_to(resolved):
        return ""
    if not resolved.is_relative_to(root):
        raise UnknownPathError(f"{path} is no part of the plan in {root}")
    return resolved.relative_to(root).as_posix()


def is_in(file: str, names: Sequence[str]) -> bool:
    """Tell whether a file of the plan is one of those named, or in one of the folders named; without names, it is."""
    return not names or any(not name or file == name or file.startswith(f"{name}/") for name in names)
