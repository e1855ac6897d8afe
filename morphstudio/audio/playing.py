"""What the host does while it plays: it watches the device and the owner, and reports."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from morphstudio.audio.decks import HEARTBEAT, SharedDecks
from morphstudio.audio.output import Output
from morphstudio.audio.priority import Priority, raise_priority
from morphstudio.audio.shared import SharedBlock

LOOK_EVERY_S: Final = 0.1
# A disk that has to spin up or a share that has to wake may hold a window for eight seconds or so, and
# nobody wants that to be heard. Dialogs don't hold it at all: Qt's timers go on behind them.
HUSH_AFTER_S: Final = 10.0
LEAVE_AFTER_S: Final = 60.0
_FADE_OUT_S: Final = 0.25
_FIRST_CALLBACK_S: Final = 0.3


class Owner:
    """Whether the window is there and draws.

    Parameters
    ----------
    shared : SharedDecks
        Holds its heartbeat.
    """

    def __init__(self, shared: SharedDecks) -> None:
        self._words = shared.words
        self._pid = os.getppid()
        self._beat = int(self._words[HEARTBEAT])
        self._still_s = 0.0
        self._has_closed = threading.Event()

    def wait_for_end(self) -> None:
        """Read stdin until it ends; the body of a thread."""
        while sys.stdin.read(4096):
            pass
        self._has_closed.set()

    def look(self) -> None:
        """Wait a little, and look whether its heart has beaten since."""
        self._has_closed.wait(LOOK_EVERY_S)
        beat = int(self._words[HEARTBEAT])
        # Looks are counted, not the clock read: when the whole machine sleeps, nobody hangs.
        self._still_s = self._still_s + LOOK_EVERY_S if beat == self._beat else 0.0
        self._beat = beat

    @property
    def is_gone(self) -> bool:
        """Whether this process has nobody to play for any more."""
        # A forked relative of the owner may keep the pipe open: its death shows in the parent's number.
        is_orphan = self._has_closed.is_set() or os.getppid() != self._pid
        return is_orphan or self._still_s >= LEAVE_AFTER_S

    @property
    def is_hanging(self) -> bool:
        """Whether it has not beaten for so long that nobody could stop the sound."""
        return self._still_s >= HUSH_AFTER_S


def play(sd: ModuleType, handle: str, request: dict[str, Any], report: Callable[..., None]) -> None:
    """Open the device and play until the owner or the device is gone.

    Parameters
    ----------
    sd : module
        `sounddevice`.
    handle : str
        Of the shared block.
    request : dict
        See `host_process.HostProcess`.
    report : callable
        Takes the fields of a report.

    Raises
    ------
    DeviceError
        If there is no such device or it opens in no way.
    """
    shared = SharedDecks(SharedBlock(SharedDecks.N_BYTES, handle).buffer)
    owner = Owner(shared)
    output = Output(sd, shared, request)
    stream, mixer = output.stream, output.mixer
    threading.Thread(target=owner.wait_for_end, daemon=True).start()
    gc.collect()
    gc.freeze()
    gc.disable()
    with stream:
        report(
            event="opened",
            device_name=output.device_name,
            host_api=output.host_api,
            rate_hz=stream.samplerate,
            latency_ms=1000 * output.latency_s,
            block_frames=stream.blocksize,
            priority=_prioritize(output),
        )
        while stream.active and not owner.is_gone:
            owner.look()
            mixer.is_hushed = owner.is_hanging
        if not stream.active:
            if output.fault:
                event, message = "failed", f"The audio host failed: {output.fault}."
            else:
                event, message = "lost", f"The sound device {output.device_name} stopped."
            report(event=event, message=message, hint="Connect it again or choose another.")
            # Closing a stream whose server is gone may hang; there is nothing left to save.
            os._exit(1)
        mixer.is_hushed = True
        deadline_s = time.monotonic() + _FADE_OUT_S
        while not mixer.is_silent and time.monotonic() < deadline_s:
            time.sleep(0.005)
        if mixer.is_silent:
            # The faded block still has to leave the device's buffer.
            time.sleep(min(_FADE_OUT_S, output.latency_s))


def _prioritize(output: Output) -> Priority:
    deadline_s = time.monotonic() + _FIRST_CALLBACK_S
    while not output.callback_thread and time.monotonic() < deadline_s:
        time.sleep(0.001)
    return raise_priority(output.callback_thread, output.host_api) if output.callback_thread else "normal"
