"""What a process does that another one of ours started, and that speaks to it by pipes."""

from __future__ import annotations

import os
import signal
import sys
from typing import BinaryIO


def leave_signals_to_owner() -> None:
    """Ignore a terminal's Ctrl+C, and its end, which reach the whole group: the owner decides."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def taken_stdout() -> BinaryIO:
    """Stdout for what the owner is told, and for that alone: libraries print to it."""
    sys.stdout.flush()
    taken = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - os.devnull is no path of ours
        os.dup2(nowhere.fileno(), 1)
    return taken
