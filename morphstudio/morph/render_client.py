"""The owner's side of the process that renders: starts it, speaks to it, and starts it again if it dies."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipPlace, ClipStore
from morphstudio.audio.shared import SharedBlock
from morphstudio.morph.messages import Message, read_message, write_message

RENDER_COMMAND = (sys.executable, "-m", "morphstudio.morph.render_process")

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_PIPE_BYTES = 1 << 20
_SET_PIPE_SIZE = 1031  # of Linux's fcntl.h; in Python's fcntl from 3.10 on, where the C library has it


class RenderClient:
    """One process that renders.

    Parameters
    ----------
    decks : SharedBlock
        Where it puts what it renders; nobody else may write there.
    store : ClipStore
        Where it finds the clips.
    command : sequence of str
        What is started, with the handles of both behind it.
    """

    def __init__(self, decks: SharedBlock, store: ClipStore, command: Sequence[str] = RENDER_COMMAND) -> None:
        self._store = store
        self._told: set[str] = set()
        self._lock = threading.Lock()
        paths = [str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [*command, decks.attach_argument, store.attach_argument],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            pass_fds=(*decks.pass_fds, *store.pass_fds),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._messages: IO[bytes] = self._process.stdin
        self._events: IO[bytes] = self._process.stdout
        _widen(self._messages.fileno())

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def send(self, name: str, *values: object) -> None:
        """Send a message; a process that is gone does not get it.

        Raises
        ------
        FileError
            If a clip in it cannot be kept, because the disk is full.
        """
        message = io.BytesIO()
        places: list[ClipPlace] = []

        def announce(clip: AudioClip) -> None:
            if clip.digest not in self._told:
                places.append(self._store.place(clip))

        with self._lock:
            write_message(message, (name, *values), announce)
            with suppress(OSError):
                for place in places:
                    write_message(self._messages, ("clip", place))
                    self._told.add(place.digest)
                self._messages.write(message.getbuffer())
                self._messages.flush()

    def next_event(self) -> Message | None:
        """Wait for the next event: its name and values; None when the process is gone."""
        try:
            return read_message(self._events, {})
        except (EOFError, OSError, pickle.UnpicklingError):
            return None

    def stop(self) -> None:
        """Let it finish its exports and end; does not wait."""
        self.send("stop")

    def close(self, timeout_s: float | None = None) -> None:
        """Wait until it has ended; kill it where it does not in time."""
        with suppress(OSError):
            self._messages.close()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._events.close()


def _widen(pipe: int) -> None:
    """Have room for hundreds of messages, so that no gesture waits for a process that is busy starting."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE_BYTES)
