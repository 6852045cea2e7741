"""Chains that lead back to where they began."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def cycles(follows: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield each cycle once, beginning at its smallest id, of a graph of what each id names.

    Ids that are named and are no keys themselves end a chain.
    """
    leading = {node for node, named in follows.items() if named}
    if all(leading.isdisjoint(follows[node]) for node in leading):
        return
    done: set[str] = set()
    for start in sorted(leading):
        if start not in done:
            yield from _from(start, follows, done)


def _from(start: str, follows: Mapping[str, tuple[str, ...]], done: set[str]) -> Iterator[tuple[str, ...]]:
    """Walk depth first without recursion, so that a long chain is no danger."""
    path: list[str] = []
    on_path: dict[str, int] = {}
    todo: list[tuple[str, bool]] = [(start, False)]
    while todo:
        node, leaving = todo.pop()
        if leaving:
            path.pop()
            del on_path[node]
            done.add(node)
        elif node in on_path:
            yield _from_smallest(tuple(path[on_path[node] :]))
        elif node not in done:
            on_path[node] = len(path)
            path.append(node)
            todo.append((node, True))
            todo.extend((below, False) for below in sorted(follows.get(node, ()), reverse=True) if below in follows)


def _from_smallest(cycle: tuple[str, ...]) -> tuple[str, ...]:
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def chain(cycle: tuple[str, ...]) -> str:
    """Say a cycle in one line."""
    return " → ".join((*cycle, cycle[0]))
