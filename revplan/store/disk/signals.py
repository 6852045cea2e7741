"""Holds back the signals that end a process while files are written: a write comes to its end before the process."""

from __future__ import annotations

import signal
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from revplan.errors import RevplanWarning
from revplan.store.disk.written import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDING = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
"""What a closed terminal and a shutdown send. Ctrl-C is an exception, and nothing can hold back SIGKILL."""


@contextmanager
def hold_signals() -> Iterator[None]:
    """Hold SIGTERM and SIGHUP back until the block has ended; then say what is written, and end as they ask.

    Signals that are ignored stay ignored. Only the main thread can hold signals back: what another thread writes, the
    journal keeps whole.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    held = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in held:
        signal.signal(each, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for each in held:
            signal.signal(each, signal.SIG_DFL)
        if came:
            _end(came[0])


def _end(number: int) -> None:
    names = ", ".join(WRITTEN)
    what = f"{names} {'are' if ',' in names else 'is'} written" if names else "no file was written"
    try:
        warnings.warn(f"ended by {signal.Signals(number).name}: {what}", RevplanWarning, stacklevel=4)
    finally:  # the terminal may be gone
        signal.raise_signal(number)
