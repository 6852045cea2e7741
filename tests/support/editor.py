"""Plan text as an editor's language server reads it: YAML 1.2 types, keys and timestamps as text."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML

from revplan.store.yaml.scalars import plain_or_quoted_in_flow


def as_editor_reads(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", lambda constructor, node: constructor.construct_scalar(node)
    )
    return _with_text_keys(yaml.load(text))


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {_as_text(key): _with_text_keys(each) for key, each in value.items()}
    return [_with_text_keys(each) for each in value] if isinstance(value, list) else value


def _as_text(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


def as_written(data: Any, nothing: str = "") -> str:
    """Write plain data on one line, texts without quotes where they need none.

    Args:
        data: the data.
        nothing: how a value that is not given is written; in lists it is always a word.
    """
    if isinstance(data, dict):
        entries = (f"{as_written(key)}: {as_written(each, nothing)} " for key, each in data.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(as_written(each, nothing or "null") for each in data) + "]"
    return nothing if data is None else plain_or_quoted_in_flow(data)
