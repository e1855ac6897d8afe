"""How soon the callback runs when it may. Being refused is no error: it then runs like anybody else."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final, Literal

Priority = Literal["normal", "raised", "realtime"]

_REALTIME: Final = 10
_NICE: Final = -11
_MAX_RUN_US: Final = 500_000
_HIGH_PRIORITY_CLASS: Final = 0x80


def raise_priority(callback_thread: int, host_api: str) -> Priority:
    """Let the callback's thread, and this one, run before those of other programs.

    This one too, because of the interpreter's lock: while it holds that and has to wait for a core, the
    callback waits as well, however important. It hardly ever runs.

    Parameters
    ----------
    callback_thread : int
        The system's number of it.
    host_api : str
        PortAudio's name of it; Core Audio's threads are real-time threads by themselves.

    Returns
    -------
    Priority
        What was got.
    """
    if sys.platform == "linux":
        return _raise_on_linux((callback_thread, 0))
    elif sys.platform == "win32":  # noqa: RET505 - the type checker knows platforms by branches
        import ctypes

        # PortAudio makes WASAPI's own thread a "Pro Audio" one; this is for the rest, and the other APIs.
        kernel = ctypes.windll.kernel32
        is_raised = kernel.SetPriorityClass(kernel.GetCurrentProcess(), _HIGH_PRIORITY_CLASS)
        return "raised" if is_raised else "normal"
    else:
        return "realtime" if host_api == "Core Audio" else "normal"


if sys.platform == "linux":
    import resource

    def _raise_on_linux(threads: tuple[int, ...]) -> Priority:
        with suppress(OSError, ValueError):
            # A callback that never returns would take a core from everybody: the system ends it then.
            _, hard = resource.getrlimit(resource.RLIMIT_RTTIME)
            soft = _MAX_RUN_US if hard == resource.RLIM_INFINITY else min(_MAX_RUN_US, hard)
            resource.setrlimit(resource.RLIMIT_RTTIME, (soft, hard))
            for thread in threads:
                if os.sched_getscheduler(thread) & ~os.SCHED_RESET_ON_FORK in (os.SCHED_FIFO, os.SCHED_RR):
                    continue  # JACK's server gives it to its clients
                policy = os.SCHED_RR | os.SCHED_RESET_ON_FORK
                os.sched_setscheduler(thread, policy, os.sched_param(_REALTIME))
            return "realtime"
        with suppress(OSError):
            for thread in threads:
                os.setpriority(os.PRIO_PROCESS, thread, _NICE)
            return "raised"
        return "normal"
