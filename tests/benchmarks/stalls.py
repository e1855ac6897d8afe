"""When the machine itself stood still: processes that have nothing to do but to wake up, before anybody else.

Virtual machines are taken off their cores for milliseconds now and then, and nothing that runs in them can
help it. Who counts what came late has to know when that was. `python -m tests.benchmarks.stalls CORE SECONDS`
prints when, and by how many seconds, a core was late. Only on Linux, where real-time priority is allowed.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time

PERIOD_S = 0.002
STALL_S = 0.003
_ABOVE_SOUND = 80


class StallWatch:
    """Notes, in a process for each core, when and by how much the highest priority woke up late."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.stalls"]
        cores = sorted(os.sched_getaffinity(0))
        self._processes = [
            subprocess.Popen([*command, str(core)], stdout=subprocess.PIPE, text=True) for core in cores
        ]

    def stop(self) -> list[tuple[float, float]] | None:
        """When by `time.monotonic`, and how late in seconds; None where nobody may watch."""
        for process in self._processes:
            process.terminate()
        told = [process.communicate()[0].splitlines() for process in self._processes]
        if not all(told):
            return None
        stalls = [tuple(map(float, line.split())) for lines in told for line in lines[1:]]
        return sorted((at_s, late_s) for at_s, late_s in stalls)


def beside(at_s, stalls, within_s=0.05) -> bool:
    """Whether the machine stood still about that time."""
    return any(stall_s - late_s - within_s <= at_s <= stall_s + within_s for stall_s, late_s in stalls)


def watch(core, seconds=float("inf")) -> None:
    try:
        os.sched_setaffinity(0, [int(core)])
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(_ABOVE_SOUND))
    except OSError:
        return
    gc.disable()
    print("watching", flush=True)
    due_s = time.monotonic() + PERIOD_S
    end_s = due_s + seconds
    while due_s < end_s:
        time.sleep(max(0.0, due_s - time.monotonic()))
        late_s = (now_s := time.monotonic()) - due_s
        if late_s >= STALL_S:
            print(f"{now_s:.4f} {late_s:.4f}", flush=True)
        due_s = max(due_s, now_s) + PERIOD_S


if __name__ == "__main__":
    watch(*map(float, sys.argv[1:]))
