"""The audio host: a process of its own that owns the sound device and runs the callback.

Started by `host_process` as `python -m morphstudio.audio.host HANDLE`, with the request as one line of
JSON on stdin; or with `--list`, which prints the devices and ends. It reports on stdout, one JSON object a
line. Three activities: PortAudio's thread calls `Output`'s callback; a thread waits for the end of stdin,
which says that the owner is gone or wants this to end; the main thread, in `playing`, watches both and
the owner's heartbeat.

Only numpy, sounddevice and morphstudio.audio may be imported, and numpy not here: when a host died, the
time that its successor takes to start is heard.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from types import ModuleType
from typing import Any, TextIO

from morphstudio.errors import DeviceError


def main(arguments: list[str]) -> int:
    """Run the host, or list the devices."""
    # Ctrl-C in a terminal reaches the whole group: the owner decides, by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reports = _take_stdout()

    def report(**fields: Any) -> None:  # noqa: ANN401 - JSON
        reports.write(json.dumps(fields) + "\n")
        reports.flush()

    try:
        # PortAudio asks every sound system there is; numpy can be loaded meanwhile. Not the other way
        # round: on Windows a device must be opened by the thread that initialized PortAudio.
        threading.Thread(target=_load_ahead).start()
        sd = _load_sounddevice()
        from morphstudio.audio import output, playing

        if arguments == ["--list"]:
            report(event="devices", devices=output.list_outputs(sd))
        else:
            playing.play(sd, arguments[0], json.loads(sys.stdin.readline()), report)
    except DeviceError as error:
        report(event="failed", message=error.message, hint=error.hint)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 - the process's boundary: only the owner can tell anyone
        message = f"The audio host failed: {type(error).__name__}: {error}."
        report(event="failed", message=message, hint="Choose the sound device again.")
        return 1
    return 0


def _take_stdout() -> TextIO:
    """Keep stdout for reports alone; JACK's library prints to it."""
    sys.stdout.flush()
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - os.devnull is no path of ours
        os.dup2(nowhere.fileno(), 1)
    return reports


def _load_ahead() -> None:
    # Whatever is wrong shows again where it is wanted.
    with suppress(Exception):
        importlib.import_module("morphstudio.audio.playing")


def _load_sounddevice() -> ModuleType:
    try:
        sounddevice = importlib.import_module("sounddevice")
    except OSError as error:
        raise DeviceError(
            "No sound",
            "The sound library PortAudio is not installed, so nothing can be heard.",
            "Install it (on Debian and Ubuntu: apt install libportaudio2) and choose a device again.",
        ) from error
    return sounddevice


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
