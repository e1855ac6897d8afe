"""The owner's side of the process that renders: starts it, speaks to it, and starts it again if it dies."""

from __future__ import annotations

import io
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.shared import SharedBlock
from morphstudio.morph.messages import Message, read_message, write_message

RENDER_COMMAND = (sys.executable, "-m", "morphstudio.morph.render_process")

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


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
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._sender = threading.Thread(target=self._deliver, name="render messages", daemon=True)
        self._sender.start()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def send(self, name: str, *values: object) -> None:
        """Send a message, without waiting until it is taken; a process that is gone does not get it.

        Raises
        ------
        FileError
            If a clip in it cannot be kept, because the disk is full.
        """
        clips, message = io.BytesIO(), io.BytesIO()

        def announce(clip: AudioClip) -> None:
            if clip.digest not in self._told:
                write_message(clips, ("clip", self._store.place(clip)))
                self._told.add(clip.digest)

        with self._lock:
            try:
                write_message(message, (name, *values), announce)
            except BaseException:
                self._outbox.put(clips.getvalue())  # they count as told
                raise
            self._outbox.put(clips.getvalue() + message.getvalue())

    def next_event(self) -> Message | None:
        """Wait for the next event: its name and values; None when the process is gone."""
        try:
            return read_message(self._events, {})
        except (EOFError, OSError, pickle.UnpicklingError):
            return None

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """End it at once, if it has not ended, and let go of it."""
        self._process.kill()
        self._process.wait()
        self._outbox.put(None)
        self._sender.join()
        with suppress(OSError):
            self._messages.close()
        self._events.close()

    def _deliver(self) -> None:
        """Write messages, in a thread of its own: the window must not wait for a process that is busy."""
        with suppress(OSError, ValueError):
            while (message := self._outbox.get()) is not None:
                self._messages.write(message)
                self._messages.flush()
