"""How threads of this process share the machine. To be called before torch is imported."""

from __future__ import annotations

import os
import sys

_SPIN_COUNT = "1000"
_MOST_RENDER_THREADS = 6
_SWITCH_S = 0.0005


def share_cores() -> None:
    """Let torch's idle threads spin only briefly before they sleep.

    GNU OpenMP spins for milliseconds by default: with another busy program on the machine, spinning threads
    keep working ones from their cores, and a render takes twenty times as long. Not spinning at all costs
    half of the speed on a quiet machine.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", _SPIN_COUNT)


def leave_a_core() -> None:
    """Render on all cores but one, which the window paints and the sound is mixed on.

    A parallel step takes as long as its slowest part: one that has to wait for the window's painting makes
    two threads slower than one. More than a few have nothing to do in steps this small.
    """
    n_threads = min(_MOST_RENDER_THREADS, max(1, (os.cpu_count() or 2) - 1))
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, str(n_threads))


def share_interpreter() -> None:
    """Hand the interpreter from thread to thread ten times as often, so that painting delays no render."""
    sys.setswitchinterval(_SWITCH_S)
