"""How threads of this process share the machine. To be called before torch is imported."""

from __future__ import annotations

import os
import sys

_SPIN_COUNT = "1000"
_SWITCH_S = 0.0005


def share_cores() -> None:
    """Let torch's idle threads spin only briefly before they sleep.

    GNU OpenMP spins for milliseconds by default: with another busy program on the machine, spinning threads
    keep working ones from their cores, and a render takes twenty times as long. Not spinning at all costs
    half of the speed on a quiet machine.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", _SPIN_COUNT)


def share_interpreter() -> None:
    """Hand the interpreter from thread to thread ten times as often, so that painting delays no render."""
    sys.setswitchinterval(_SWITCH_S)
