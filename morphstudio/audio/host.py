"""The audio host: a process of its own that owns the sound device and runs the callback.

Started by `host_process` as `python -m morphstudio.audio.host HANDLE`, with the request as one line of
JSON on stdin; or with `--list`, which prints the devices and ends. Three activities: PortAudio's thread
calls `Output`'s callback; a thread waits for the end of stdin, which says that the owner is gone or
wants this to end; the main thread watches both and the owner's heartbeat, and reports, one JSON object a
line.

Only numpy, sounddevice and morphstudio.audio may be imported: it has to start quickly, and nothing
here may ever collect garbage while it plays.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
from types import ModuleType
from typing import Any, Final, TextIO

from morphstudio.audio.decks import HEARTBEAT, SharedDecks
from morphstudio.audio.output import Output, Refused, list_outputs
from morphstudio.audio.priority import Priority, raise_priority
from morphstudio.audio.shared import SharedBlock

LOOK_EVERY_S: Final = 0.1
# A disk that has to spin up or a share that has to wake may hold a window for eight seconds or so, and
# nobody wants that to be heard. Dialogs don't hold it at all: Qt's timers go on behind them.
HUSH_AFTER_S: Final = 10.0
LEAVE_AFTER_S: Final = 60.0
_FADE_OUT_S: Final = 0.25
_FIRST_CALLBACK_S: Final = 0.3


def main(arguments: list[str]) -> int:
    """Run the host, or list the devices."""
    # Ctrl-C in a terminal reaches the whole group: the owner decides, by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reports = _take_stdout()
    try:
        if arguments == ["--list"]:
            _report(reports, event="devices", devices=list_outputs(_load_sounddevice()))
        else:
            _play(arguments[0], json.loads(sys.stdin.readline()), reports)
    except Refused as refusal:
        message, hint = refusal.args
        _report(reports, event="failed", message=message, hint=hint)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 - the process's boundary: only the owner can tell anyone
        _report_fault(reports, f"{type(error).__name__}: {error}")
        return 1
    return 0


def _take_stdout() -> TextIO:
    """Keep stdout for reports alone; JACK's library prints to it."""
    sys.stdout.flush()
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - os.devnull is no path of ours
        os.dup2(nowhere.fileno(), 1)
    return reports


def _report(reports: TextIO, **fields: Any) -> None:  # noqa: ANN401 - JSON
    reports.write(json.dumps(fields) + "\n")
    reports.flush()


def _report_fault(reports: TextIO, fault: str) -> None:
    _report(
        reports,
        event="failed",
        message=f"The audio host failed: {fault}.",
        hint="Choose the sound device again.",
    )


def _load_sounddevice() -> ModuleType:
    try:
        sounddevice = importlib.import_module("sounddevice")
    except OSError as error:
        raise Refused(
            "The sound library PortAudio is not installed, so nothing can be heard.",
            "Install it (on Debian and Ubuntu: apt install libportaudio2) and choose a device again.",
        ) from error
    return sounddevice


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


def _play(handle: str, request: dict[str, Any], reports: TextIO) -> None:
    sd = _load_sounddevice()
    shared = SharedDecks(SharedBlock(SharedDecks.N_BYTES, handle).buffer)
    owner = Owner(shared)
    output = Output(sd, shared, request)
    stream, mixer = output.stream, output.mixer
    threading.Thread(target=owner.wait_for_end, daemon=True).start()
    gc.collect()
    gc.freeze()
    gc.disable()
    with stream:
        _report(
            reports,
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
                _report_fault(reports, output.fault)
            else:
                message = f"The sound device {output.device_name} stopped."
                _report(reports, event="lost", message=message, hint="Connect it again or choose another.")
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
