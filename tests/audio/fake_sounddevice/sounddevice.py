"""Stands in for sounddevice in a host process: devices that this machine lacks.

`FAKE_SOUND` names a JSON file with `apis` and `devices`, as PortAudio describes them; a device also has
`rates` and `channels`, all that it opens with. What is opened and played is written beside that file.
"""

import json
import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np

_PATH = Path(os.environ["FAKE_SOUND"])
_SOUND = json.loads(_PATH.read_text())
_APIS = [api for api in _SOUND["apis"] if api["name"] != "ASIO" or "SD_ENABLE_ASIO" in os.environ]
default = SimpleNamespace(device=(-1, _SOUND["default"]))


class PortAudioError(Exception):
    pass


class CallbackAbort(Exception):
    pass


class WasapiSettings:
    def __init__(self, auto_convert=False):
        self.auto_convert = auto_convert


def query_hostapis(index=None):
    return _APIS if index is None else _APIS[index]


def query_devices(index=None):
    devices = [device for device in _SOUND["devices"] if device["hostapi"] < len(_APIS)]
    return devices if index is None else devices[index]


class OutputStream:
    latency = 0.02
    active = True

    def __init__(self, samplerate, blocksize, device, channels, extra_settings, callback, **others):
        converts = getattr(extra_settings, "auto_convert", False)
        found = query_devices(device)
        if channels not in found["channels"]:
            raise PortAudioError("Invalid number of channels", -9998)
        if samplerate not in found["rates"] and not converts:
            raise PortAudioError("Invalid sample rate", -9997)
        self.samplerate, self.blocksize, self._channels, self._callback = (
            samplerate,
            blocksize,
            channels,
            callback,
        )
        opened = {"rate_hz": samplerate, "channels": channels, "settings": type(extra_settings).__name__}
        _PATH.with_suffix(".opened").write_text(json.dumps(opened | others))
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        with _PATH.with_suffix(".played").open("wb") as file:
            while self.active:
                out = np.full((self.blocksize, self._channels), np.nan, np.float32)
                self._callback(out, self.blocksize, None, None)
                file.write(out.tobytes())
                time.sleep(self.blocksize / self.samplerate)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.active = False
        self._thread.join()
