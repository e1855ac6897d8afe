"""The audio host: a process of its own that owns the sound device and runs the callback.

Started by `host_process` as `python -m morphstudio.audio.host HANDLE`, with the request as one line of
JSON on stdin; or with `--list`, which prints the devices and ends. Three activities: PortAudio's thread
calls `_Stream.callback`; a thread waits for the end of stdin, which says that the owner is gone or
wants this to end; the main thread watches both and reports, one JSON object a line.

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
from typing import Any, TextIO

import numpy as np

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.decks import N_XRUNS, SharedDecks
from morphstudio.audio.mixer import DeckMixer
from morphstudio.audio.shared import SharedBlock

_LOOK_EVERY_S = 0.1
_FADE_OUT_S = 0.25


class _Refused(Exception):
    """The device cannot be opened: message and hint for the user."""


def main(arguments: list[str]) -> int:
    """Run the host, or list the devices."""
    # Ctrl-C in a terminal reaches the whole group: the owner decides, by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reports = _take_stdout()
    try:
        if arguments == ["--list"]:
            _report(reports, event="devices", devices=_list_devices(_load_sounddevice()))
        else:
            _play(arguments[0], json.loads(sys.stdin.readline()), reports)
    except _Refused as refusal:
        message, hint = refusal.args
        _report(reports, event="failed", message=message, hint=hint)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 - the process's boundary: only the owner can tell anyone
        message = f"The audio host failed: {type(error).__name__}: {error}."
        _report(reports, event="failed", message=message, hint="Choose the sound device again.")
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


def _load_sounddevice() -> ModuleType:
    try:
        sounddevice = importlib.import_module("sounddevice")
    except OSError as error:
        raise _Refused(
            "The sound library PortAudio is not installed, so nothing can be heard.",
            "Install it (on Debian and Ubuntu: apt install libportaudio2) and choose a device again.",
        ) from error
    return sounddevice


def _list_devices(sd: ModuleType) -> list[dict[str, Any]]:
    apis = sd.query_hostapis()
    default = _default_index(sd)
    return [
        {
            "host_api": apis[device["hostapi"]]["name"],
            "name": device["name"],
            "max_output_channels": device["max_output_channels"],
            "default_rate_hz": device["default_samplerate"],
            "is_default": index == default,
        }
        for index, device in enumerate(sd.query_devices())
        if device["max_output_channels"] > 0
    ]


def _default_index(sd: ModuleType) -> int:
    """Index of the device to play on when none was chosen; -1 where there is none."""
    candidates = [sd.default.device[1], *(api["default_output_device"] for api in sd.query_hostapis())]
    candidates += [i for i, device in enumerate(sd.query_devices()) if device["max_output_channels"] > 0]
    return next((int(index) for index in candidates if index >= 0), -1)


def _chosen_index(sd: ModuleType, request: dict[str, Any]) -> int:
    if not request["name"]:
        index = _default_index(sd)
        if index < 0:
            raise _Refused(
                "There is no sound device, so nothing can be heard.", "Connect one and choose it again."
            )
        return index
    for index, device in enumerate(sd.query_devices()):
        api = sd.query_hostapis(device["hostapi"])["name"]
        if (api, device["name"]) == (request["host_api"], request["name"]) and device["max_output_channels"]:
            return index
    raise _Refused(f"The sound device {request['name']} is not there.", "Connect it or choose another.")


class _Stream:
    """The open device."""

    def __init__(self, sd: ModuleType, shared: SharedDecks, request: dict[str, Any]) -> None:
        self.fault = ""
        self.mixer = DeckMixer(shared)
        self._sd = sd
        self._words = shared.words
        index = _chosen_index(sd, request)
        device = sd.query_devices(index)
        self.device_name = str(device["name"])
        self.host_api = str(sd.query_hostapis(device["hostapi"])["name"])
        self._n_channels = min(2, device["max_output_channels"])
        self._block_frames = int(request["block_frames"])
        self._stereo = np.zeros((self._block_frames, 2), np.float32)
        error: Exception | None = None
        for rate_hz in dict.fromkeys((float(RATE_HZ), float(device["default_samplerate"]))):
            try:
                self._open(index, rate_hz)
            except sd.PortAudioError as refusal:
                error = refusal
            else:
                return
        reason = str(error.args[0]) if error and error.args else "no reason given"
        raise _Refused(
            f"The sound device {self.device_name} cannot be opened: {reason.rstrip('.')}.",
            "Close the program that uses it, or choose another.",
        )

    def _open(self, index: int, rate_hz: float) -> None:
        self._mix = self.mixer.mix
        if rate_hz != RATE_HZ:
            from morphstudio.audio.converted import ConvertedMixer

            self._mix = ConvertedMixer(self.mixer, rate_hz).mix
        self.stream = self._sd.OutputStream(
            samplerate=rate_hz,
            blocksize=self._block_frames,
            device=index,
            channels=self._n_channels,
            dtype="float32",
            latency="low",
            callback=self.callback,
        )

    def callback(self, out: Samples, n_frames: int, _times: object, status: Any) -> None:  # noqa: ANN401
        """Fill one block. No waiting, no logging; the only file that is touched is memory."""
        try:
            if status and status.output_underflow:
                self._words[N_XRUNS] += 1
            if self._n_channels == 2:
                self._mix(out)
            else:
                if len(self._stereo) != n_frames:
                    self._stereo = np.zeros((n_frames, 2), np.float32)
                self._mix(self._stereo)
                np.mean(self._stereo, axis=1, keepdims=True, out=out)
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"
            raise self._sd.CallbackAbort from error


def _play(handle: str, request: dict[str, Any], reports: TextIO) -> None:
    owner_pid = os.getppid()
    sd = _load_sounddevice()
    block = SharedBlock(SharedDecks.N_BYTES, handle)
    player = _Stream(sd, SharedDecks(block.buffer), request)
    owner_gone = threading.Event()
    threading.Thread(target=_wait_for_end, args=(owner_gone,), daemon=True).start()
    gc.collect()
    gc.freeze()
    gc.disable()
    stream = player.stream
    with stream:
        latency_ms = 1000 * stream.latency
        _report(
            reports,
            event="opened",
            device_name=player.device_name,
            host_api=player.host_api,
            rate_hz=stream.samplerate,
            latency_ms=latency_ms,
            block_frames=stream.blocksize,
            priority="normal",
        )
        # A forked relative of the owner may keep the pipe open: its death shows in the parent's number.
        while stream.active and not owner_gone.wait(_LOOK_EVERY_S) and os.getppid() == owner_pid:
            pass
        if not stream.active:
            reason = f" ({player.fault})" if player.fault else ""
            message = f"The sound device {player.device_name} stopped{reason}."
            _report(reports, event="lost", message=message, hint="Connect it again or choose another.")
            # Closing a stream whose server is gone may hang; there is nothing left to save.
            os._exit(1)
        player.mixer.is_hushed = True
        deadline_s = time.monotonic() + _FADE_OUT_S
        while not player.mixer.is_silent and time.monotonic() < deadline_s:
            time.sleep(0.005)
        if player.mixer.is_silent:
            # The faded block still has to leave the device's buffer.
            time.sleep(min(_FADE_OUT_S, latency_ms / 1000))


def _wait_for_end(owner_gone: threading.Event) -> None:
    while sys.stdin.read(4096):
        pass
    owner_gone.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
