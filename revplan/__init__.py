"""revplan: the revenue plan of a company as plain text, checked, planned and reported.

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
