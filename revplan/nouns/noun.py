"""What a noun is: a kind of thing that has ids, and the options of its commands."""

from __future__ import annotations

Keys = tuple[str, ...]


class Flag:
    """An option for a field.

    Attributes:
        field: the field's name.
        kind: the kind whose ids the option takes, for completion; None if the option takes no ids.
        several: the option is repeatable, and the field is a list.
        is_bare: one value of several stands without a list around it.
        option: the option as the user types it.
    """

    __slots__ = ("field", "is_bare", "kind", "option", "several")

    def __init__(
        self, field: str, kind: str | None = None, *, several: bool = False, is_bare: bool = False, name: str = ""
    ) -> None:
        """Describe an option. `name` is the option's name without hyphens; empty for the field's name."""
        self.field = field
        self.kind = kind
        self.several = several
        self.is_bare = is_bare
        self.option = "--" + (name or field).replace("_", "-")


class Noun:
    """A kind of thing that has ids, and the commands that edit and list such things.

    Attributes:
        kind: its singular, as references say it.
        path: top-level key of a plan file, then the keys down to the map of ids; `*` stands for an owner's id.
        help: one line that says what such things are; the help of the noun's commands.
        command: the noun as the user types it; empty if the noun has no commands of its own.
        module: the module of `revplan.cli` that defines the noun's commands; empty for the common commands alone.
        title: the field that people know an entry by, and from which an id is made; empty if there is none.
        flags: fields with an option of their own; empty if the noun has no common commands (add, edit, drop).
        columns: the fields in lists. `stands` is worked out from the sprints.
        hidden: columns that programs get and people do not.
        asked: fields that `add` asks for because the rules require them, though the format does not; `one|other` asks
            for the first where neither is given.
        offered: fields that `add` asks for too when it asks, and that may be left empty.
        dated: fields that `add` sets to a day, each with the number of days from today.
        example: what `add` is shown with.
        example_id: an id for the examples of the help.
    """

    __slots__ = (
        "asked",
        "columns",
        "command",
        "dated",
        "example",
        "example_id",
        "flags",
        "help",
        "hidden",
        "kind",
        "module",
        "offered",
        "path",
        "title",
    )

    def __init__(
        self,
        kind: str,
        path: Keys,
        help: str,  # noqa: A002 - the row's own word
        *,
        command: str | None = None,
        module: str = "",
        title: str = "",
        flags: tuple[Flag, ...] = (),
        columns: Keys = (),
        hidden: Keys = (),
        asked: Keys = (),
        offered: Keys = (),
        dated: tuple[tuple[str, int], ...] = (),
        example: str = "",
        example_id: str = "ID",
    ) -> None:
        """Describe a noun; its command is its kind, unless another is given."""
        self.kind = kind
        self.path = path
        self.help = help
        self.command = kind if command is None else command
        self.module = module
        self.title = title
        self.flags = flags
        self.columns = columns
        self.hidden = hidden
        self.asked = asked
        self.offered = offered
        self.dated = dated
        self.example = example
        self.example_id = example_id

    @property
    def is_owned(self) -> bool:
        """Whether such things belong to another, and are written `owner/id`."""
        return "*" in self.path
