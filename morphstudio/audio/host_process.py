"""Starts the audio host and listens to it, from the owner's side."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

Report = dict[str, Any]

_FIRST_REPORT_S = 20.0
_LOOK_EVERY_S = 0.05

_HOST: Final = ("-m", "morphstudio.audio.host")
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


def start_host(
    arguments: Sequence[str], pass_fds: Sequence[int] = (), uses_asio: bool = False
) -> subprocess.Popen[str]:
    """Start `morphstudio.audio.host` with pipes on stdin and stdout.

    A plain process, not multiprocessing: that would import the owner's main module, the window, into it.
    """
    paths = [str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    if uses_asio:  # sounddevice looks for it when it is imported: a process has ASIO or has not
        environment["SD_ENABLE_ASIO"] = "1"
    # The host multiplies small matrices at most; threads for that would only delay its start.
    environment |= {"OPENBLAS_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, *_HOST, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # ALSA and JACK are talkative there
        encoding="utf-8",
        env=environment,
        pass_fds=pass_fds,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def parse_report(line: str) -> Report:
    """One line of the host; empty where it is not a report."""
    try:
        report = json.loads(line)
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}


class HostProcess:
    """A running host, or one that lists the devices and ends.

    Parameters
    ----------
    handle : str
        Of the shared block; "--list" where the devices are to be listed.
    pass_fds : sequence of int
        Of the shared block.
    request : dict
        `uses_asio`; to play, also `host_api`, `name` (empty for the default device) and `block_frames`.
    """

    def __init__(self, handle: str, pass_fds: Sequence[int], request: Report) -> None:
        self._reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._process = start_host([handle], pass_fds, request["uses_asio"])
        self._listener = threading.Thread(target=self._listen, name="audio host reports", daemon=True)
        self._listener.start()
        with suppress(OSError):  # ended already: the missing report tells
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def next_report(self, timeout_s: float = 0.0) -> Report:
        """Return the oldest report that was not taken; empty when none comes in time, or it ended."""
        try:
            return self._reports.get(timeout=timeout_s) if timeout_s else self._reports.get_nowait()
        except queue.Empty:
            return {}

    def first_report(self, has_given_up: threading.Event) -> Report:
        """Wait for what it says first; empty where it says nothing, or nobody wants to hear it any more."""
        deadline_s = time.monotonic() + _FIRST_REPORT_S
        while time.monotonic() < deadline_s and not has_given_up.is_set():
            if report := self.next_report(_LOOK_EVERY_S):
                return report
            if not self.is_alive:
                self.hear_out()
                break
        return self.next_report()

    def hear_out(self) -> None:
        """Wait until the reports of a process that has ended are all there."""
        self._listener.join()

    def close(self, timeout_s: float = 2.0) -> None:
        """Let it fade out and end; kill it where it does not."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if report := parse_report(line):
                self._reports.put(report)
        # Wakes whoever waits for a report that will not come.
        self._reports.put({})
