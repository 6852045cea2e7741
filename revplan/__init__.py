"""revplan: the revenue plan of a company as plain text, checked, planned and reported.

    analysis/    Pure figures from a plan: periods, capacity, standing loads, progress, scores
    app/         The use cases: one function per use case, written as a list of named steps
    cli/         The command line: parse, call the app, print, exit
    diagnostics  The codes of findings with their slugs and severities, findings at a place of the plan, and
                 located diagnostics
    errors       The errors that commands raise: one class per cause, each with its exit code and a hint
    formats/     How things are drawn: one format a file
    model/       What a plan is: frozen models, and nothing else
    notations    Other notations of dates, hours, weekdays and amounts, and what they are in the plan's own
    nouns/       Every kind of thing that has ids, in one table
    planning/    The sprint: what fits, who does it, by when, and why not
    reports/     Reports and agendas: each computes its data, and lays it out as a Document that any format draws
    rules/       What a plan must be to hang together: one rule a file, and this table of all of them
    spelling     What a word must have been meant to be: slips of the finger
    store/       The only owner of plan files, of YAML and of git
    wording      Dates, hours, figures and lists in words, and figures as plain data for JSON; the same in every
                 locale

`validate`: `cli` parses, `app` opens the plan, `store` reads it and reports what cannot be read, `rules` yield findings
on the model, `store` gives them places, and `formats` draw them. `sprint plan`: the rules first, then `planning`, and
`reports` lay the answer out; with `--write`, `store` turns the changes into the smallest edits of the files. Imports
run down only: cli, app, formats, reports, then rules, planning and store beside each other, analysis, model.

For scripts and notebooks:

>>> import revplan
>>> loaded = revplan.load("examples/minimal")
>>> [tactic.title for tactic in loaded.plan.tactics.values() if tactic.impact >= 7]
["Call last year's leads", 'A page to book a tasting']
>>> revplan.validate(loaded).diagnostics
()
>>> revplan.plan_sprint(loaded).value
21000
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing.TYPE_CHECKING without importing typing, which is too slow for shell completion
if TYPE_CHECKING:
    from revplan.app.api import load, plan_sprint, validate

__all__ = ["__version__", "load", "plan_sprint", "validate"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import a public name on first use, so that `import revplan` itself stays fast."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - likewise

    found: object = getattr(import_module("revplan.app.api"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
