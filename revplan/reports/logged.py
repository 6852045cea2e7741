"""Where a task stands after work on it was logged, in a sentence."""

from __future__ import annotations

from revplan import phrases


def sentence(task: str, planned: int, spent: int, left: int | None, status: str) -> str:
    """Return where a task stands; what was said to be left wins over what follows from the hours planned."""
    logged = f"{phrases.hours(spent)} h spent" if spent else "no hours logged"
    so_far = f"{task}: {logged} of {phrases.hours(planned)} h planned"
    if status == "done":
        return f"{so_far}, done"
    still = max(0, planned - spent) if left is None else left
    end = "" if still else "; is it done? Then log it with --done"
    return f"{so_far}, {phrases.hours(still)} h left{end}"
