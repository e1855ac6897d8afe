"""The owner's side of one process that listens to files. No Qt, no torch."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from morphstudio.library.indexed_file import Stamp

ANALYSIS_COMMAND = (sys.executable, "-m", "morphstudio.library.analysis_worker")
EMBEDDING_OPTION = "--embedding"
"""Followed by the folder of the weights: have embeddings made, too."""

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_N_THREADS = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)  # fmt: skip
_END_S = 0.5

Answer = tuple[Any, ...]
"""A name and its values."""


class AnalysisProcess:
    """One process, and the file that it listens to now: its path, and what it is as soon as that is known.

    Parameters
    ----------
    command : sequence of str
        What is started.
    on_answer : callable
        Called with this object and each answer, then once with None, when the process is gone; from a thread
        of its own.

    Raises
    ------
    OSError
        If it cannot be started.
    """

    def __init__(
        self, command: Sequence[str], on_answer: Callable[[AnalysisProcess, Answer | None], None]
    ) -> None:
        paths = [str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
        environment |= dict.fromkeys(_N_THREADS, "1")
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._on_answer = on_answer
        self.command = command
        self.is_ready = self.is_hanging = False
        self.path: Path | None = None
        self.stamp: Stamp | None = None
        self.fingerprint = b""
        self.begin()
        self._listener = threading.Thread(target=self._listen, name="analysis answers", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a file."""
        return self.is_ready and self.path is None

    def analyse(self, path: Path) -> None:
        """Have it listen to a file; a process that is gone does not get it."""
        assert self._process.stdin is not None
        self.path, self.stamp = path, None
        self.begin()
        with suppress(OSError):  # that it is gone comes as an answer
            pickle.dump(path, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def begin(self) -> None:
        """What it does, or that it does nothing, begins now."""
        self._began_s, self._waited_s = time.monotonic(), self._time_without_core_s()

    @property
    def took_s(self) -> float:
        """How long it has done what it does, or nothing."""
        return time.monotonic() - self._began_s

    @property
    def tried_s(self) -> float:
        """The same without the time in which it wanted a core and others had them all.

        At the lowest priority that may be most of it, and no file is to blame. Known on Linux only.
        """
        return self.took_s - (self._time_without_core_s() - self._waited_s)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """End it at once, if it has not ended, and let go of it.

        One that is killed needs a core to end; where others have them all nobody waits for it.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)
            self._listener.join(_END_S)
        with suppress(OSError):
            self._process.stdin.close()
        if not self._listener.is_alive():
            self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                self._on_answer(self, pickle.load(self._process.stdout))
        self._on_answer(self, None)
        self._process.wait()  # whenever it ends, somebody is there to see it

    def _time_without_core_s(self) -> float:
        with suppress(OSError, ValueError, IndexError):
            return 1e-9 * int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[1])
        return 0.0
