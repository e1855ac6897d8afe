"""Has files listened to by processes of the lowest priority. No Qt, no torch.

Everything here happens in one thread of the pool's own: what others ask for, and what the processes answer,
is queued for it. Processes are started when there is work and leave when there has been none for a while,
because each takes hundreds of megabytes.
"""

from __future__ import annotations

import logging
import math
import os
import queue
import statistics
import sys
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

from morphstudio.errors import MorphStudioError
from morphstudio.library.analysis import Analysis
from morphstudio.library.analysis_process import ANALYSIS_COMMAND, AnalysisProcess, Answer
from morphstudio.library.indexed_file import Stamp

PATIENCE_S = 30.0
"""Whatever takes a file longer than this hangs."""
IDLE_S = 5.0

_log = logging.getLogger(__name__)
_MOST_PROCESSES = 4
_BYTES_EACH = 2 * 2**30
"""Memory of the machine for each process: a fifth of it is what one takes."""
_START_PATIENCE_S = 120.0
_LOOK_EVERY_S = 0.5
_MOST_DEATHS_AT_FIRST, _MOST_DEATHS = 2, 8
"""Of processes, one after the other without an answer in between: before any was ready, and later."""
_N_TIMED, _FEWEST_TIMED = 101, 5


class AnalysisListener(Protocol):
    """Who is told what was found; called in the pool's thread, in which it must not take long."""

    def analysed(self, path: Path, stamp: Stamp, fingerprint: bytes, analysis: Analysis) -> None:
        """A file was listened to; its stamp and fingerprint are those of before."""

    def progressed(self, n_done: int, n_total: int, seconds_left: float) -> None:
        """So many of so many files are done; infinitely many seconds are left while that is not known."""

    def idle(self) -> None:
        """Nothing waits any more."""

    def not_embedded(self, error: MorphStudioError) -> None:
        """A process that is to make embeddings cannot; it tells everything else."""

    def failed(self, error: MorphStudioError) -> None:
        """Nothing will be analysed any more; what waited is forgotten."""


class AnalysisPool:
    """Processes that listen to files.

    Parameters
    ----------
    listener : AnalysisListener
    n_workers : int, optional
        Most processes at once; what suits the machine if it is not given.
    command : sequence of str
        What is started.
    patience_s : float
        How long a file may take.
    idle_s : float
        How long processes stay without work.
    """

    def __init__(
        self,
        listener: AnalysisListener,
        n_workers: int | None = None,
        command: Sequence[str] = ANALYSIS_COMMAND,
        patience_s: float = PATIENCE_S,
        idle_s: float = IDLE_S,
    ) -> None:
        self._listener, self._command = listener, command
        self._n_workers = n_workers or suitable_workers()
        self._patience_s, self._idle_s = patience_s, idle_s
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._processes: list[AnalysisProcess] = []
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._waiting_again: OrderedDict[Path, None] = OrderedDict()
        self._took_s: deque[float] = deque(maxlen=_N_TIMED)
        self._n_done = 0
        self._n_deaths = 0
        self._was_ready = self._is_busy = False
        self._is_paused = self._has_failed = self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="analysis", daemon=True)
        self._thread.start()

    def submit(self, paths: Iterable[Path]) -> None:
        """Have files listened to, after those that wait; one that waits or is listened to is so once."""
        self._jobs.put(partial(self._submit, tuple(paths)))

    def submit_again(self, paths: Iterable[Path]) -> None:
        """Have files that were listened to before listened to again, whenever no other waits."""
        self._jobs.put(partial(self._submit_again, tuple(paths)))

    def want_first(self, paths: Iterable[Path]) -> None:
        """Take these first, in this order, of those that wait."""
        self._jobs.put(partial(self._want_first, tuple(paths)))

    def cancel(self) -> None:
        """Forget what waits; what is listened to now is finished and told."""
        self._jobs.put(self._forget)

    def cancel_again(self) -> None:
        """Forget what is to be listened to again."""
        self._jobs.put(self._waiting_again.clear)

    def use(self, command: Sequence[str]) -> None:
        """Have another command started from now on; who runs goes after the file that it listens to."""
        self._jobs.put(partial(self._use, command))

    def pause(self) -> None:
        """Begin no other file; what is listened to now is finished and told."""
        self._jobs.put(partial(self._set_paused, True))

    def rest(self) -> None:
        """Pause and end the processes, which leaves their memory to others.

        What they were listening to is begun anew after the pause.
        """
        self._jobs.put(self._end_processes)

    def resume(self) -> None:
        """Go on after a pause, or a rest."""
        self._jobs.put(partial(self._set_paused, False))

    def stop(self) -> None:
        """End the processes and the thread at once; nothing is told from here on."""
        self._is_stopping = True
        self._jobs.put(lambda: None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    # --- in the thread ------------------------------------------------------------------------

    def _run(self) -> None:
        looked_s = time.monotonic()
        try:
            while not self._is_stopping:
                with suppress(queue.Empty):
                    self._jobs.get(timeout=_LOOK_EVERY_S if self._processes else None)()
                if time.monotonic() >= looked_s + _LOOK_EVERY_S:
                    self._look_after_processes()
                    looked_s = time.monotonic()
                self._hand_out()
        finally:
            for process in self._processes:
                process.kill()
            for process in self._processes:
                process.close()

    def _submit(self, paths: Sequence[Path]) -> None:
        if self._has_failed:
            return
        running = {process.path for process in self._processes}
        self._waiting.update((path, None) for path in paths if path not in running)
        for path in paths:
            self._waiting_again.pop(path, None)
        self._is_busy = self._is_busy or bool(self._waiting)
        self._tell_progress()  # processes take seconds to start

    def _submit_again(self, paths: Sequence[Path]) -> None:
        if self._has_failed:
            return
        self._waiting_again.update((path, None) for path in paths if path not in self._waiting)
        self._is_busy = self._is_busy or bool(self._waiting_again)

    def _want_first(self, paths: Sequence[Path]) -> None:
        for path in reversed(paths):
            for waiting in (self._waiting, self._waiting_again):
                if path in waiting:
                    waiting.move_to_end(path, last=False)

    def _forget(self) -> None:
        self._waiting.clear()
        self._waiting_again.clear()

    def _use(self, command: Sequence[str]) -> None:
        self._command = command

    def _set_paused(self, is_paused: bool) -> None:
        self._is_paused = is_paused

    def _end_processes(self) -> None:
        self._is_paused = True
        for process in self._processes:
            process.kill()
            if process.path is not None:
                self._waiting[process.path] = None
                self._waiting.move_to_end(process.path, last=False)
        for process in self._processes:
            process.close()
        self._processes.clear()

    def _hand_out(self) -> None:
        """Give files to processes that have none, start others where that is of use, tell of the end."""
        for process in list(self._processes):
            if process.is_idle and process.command != self._command:
                self._processes.remove(process)
                process.close()
            elif process.is_idle and self._n_waiting and not self._is_paused:
                path, _ = (self._waiting or self._waiting_again).popitem(last=False)
                process.analyse(path)
        n_free = sum(process.path is None for process in self._processes)
        while (
            self._n_waiting > n_free
            and len(self._processes) < self._n_workers
            and not self._is_paused
            and not self._is_stopping
        ):
            try:
                self._processes.append(AnalysisProcess(self._command, self._on_answer))
            except OSError as error:
                self._give_up(f"{error.strerror or error}.")
            n_free += 1
        is_busy = self._n_waiting > 0 or any(process.path for process in self._processes)
        if self._is_busy and not is_busy:
            self._n_done = 0
            self._listener.idle()
        self._is_busy = is_busy

    @property
    def _n_waiting(self) -> int:
        return len(self._waiting) + len(self._waiting_again)

    def _look_after_processes(self) -> None:
        """End those that hang, and those that nobody has needed for a while."""
        for process in list(self._processes):
            if process.is_idle:
                if process.took_s > self._idle_s:
                    self._processes.remove(process)
                    process.close()
            elif process.tried_s > (self._patience_s if process.is_ready else _START_PATIENCE_S):
                process.is_hanging = True
                process.kill()

    def _on_answer(self, process: AnalysisProcess, answer: Answer | None) -> None:
        """In the thread of a process: have the pool's take it."""
        self._jobs.put(partial(self._take, process, answer))

    def _take(self, process: AnalysisProcess, answer: Answer | None) -> None:
        if process not in self._processes:
            return
        if answer is None:
            self._bury(process)
        elif answer[0] == "ready":
            process.is_ready = self._was_ready = True
            process.begin()
        elif answer[0] == "failed":
            _log.error("A process that listens to files failed: %s", answer[1])
        elif answer[0] == "logged":
            _log.log(answer[1], "A process that listens to files: %s", answer[2])
        elif answer[0] == "no embedding":
            if process.command == self._command:
                self._waiting_again.clear()  # they waited for nothing else
                self._listener.not_embedded(MorphStudioError(*answer[1:]))
        elif answer[0] == "reading":
            _, process.stamp, process.fingerprint = answer
        elif process.path is not None:
            path, process.path = process.path, None
            self._took_s.append(process.took_s)
            process.begin()
            self._n_deaths = 0
            self._tell(process, path, answer[-1])

    def _bury(self, process: AnalysisProcess) -> None:
        """A process has died: the file that it was listening to is not tried again."""
        self._processes.remove(process)
        process.close()
        self._n_deaths += 1
        _log.warning("A process that listens to files has ended, %d without an answer", self._n_deaths)
        if not process.is_ready:  # there may be no memory for so many
            self._n_workers = max(1, self._n_workers - 1)
        if process.path is not None and process.stamp is None and not process.is_hanging:
            self._waiting[process.path] = None  # it had not come to it
            self._waiting.move_to_end(process.path, last=False)
        elif process.path is not None:
            problem = "the part that listens to files ended on it."
            if process.is_hanging:
                problem = f"it took longer than {self._patience_s:.0f} s."
            error = f"{process.path.name} could not be analysed: {problem}"
            self._tell(process, process.path, Analysis(error=error))
        if self._n_deaths >= (_MOST_DEATHS if self._was_ready else _MOST_DEATHS_AT_FIRST):
            self._give_up("it ended several times.")

    def _tell(self, process: AnalysisProcess, path: Path, analysis: Analysis) -> None:
        """Tell of a file that is done with; of one that was not there any more, only that."""
        if process.stamp is not None:
            self._listener.analysed(path, process.stamp, process.fingerprint, analysis)
        self._n_done += 1
        self._tell_progress()

    def _tell_progress(self) -> None:
        if not self._is_busy:
            return
        n_left = self._n_waiting + sum(process.path is not None for process in self._processes)
        seconds_left = math.inf
        if len(self._took_s) >= _FEWEST_TIMED or not n_left:
            each_s = statistics.median(self._took_s) if n_left else 0.0
            seconds_left = n_left * each_s / max(1, min(n_left, len(self._processes)))
        self._listener.progressed(self._n_done, self._n_done + n_left, seconds_left)

    def _give_up(self, reason: str) -> None:
        self._forget()
        if not self._has_failed:
            self._has_failed = True
            message = f"The part that listens to files does not run: {reason}"
            hint = "Start MorphStudio again to have tempo, key and kind found."
            self._listener.failed(MorphStudioError("Sounds are not analysed", message, hint))


def suitable_workers() -> int:
    """How many processes suit this machine: all cores but one, at most four, and what its memory allows."""
    n_cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    n_in_memory = _memory_bytes() // _BYTES_EACH
    return max(1, min(n_cores - 1, _MOST_PROCESSES, n_in_memory))


def _memory_bytes() -> int:
    """Memory of the machine."""
    if sys.platform == "win32":
        import ctypes

        # MEMORYSTATUSEX: two numbers of 32 bits, the first of which is its size, and seven of 64 bits.
        status = (ctypes.c_uint64 * 8)(64)
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status[1])
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
