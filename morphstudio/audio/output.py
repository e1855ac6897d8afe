"""The sound device, opened: which one, at which rate, with how many channels. In the host only."""

from __future__ import annotations

import threading
from types import ModuleType
from typing import Any, Final

import numpy as np

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.converted import ConvertedMixer, can_convert_to
from morphstudio.audio.decks import N_XRUNS, SharedDecks
from morphstudio.audio.mixer import DeckMixer
from morphstudio.errors import DeviceError

_TITLE: Final = "No sound"
_USUAL_RATES_HZ: Final = (48_000.0, 96_000.0)


def list_outputs(sd: ModuleType) -> list[dict[str, Any]]:
    """What `devices.DeviceInfo` takes, for each device that can play."""
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
            raise DeviceError(
                _TITLE,
                "There is no sound device, so nothing can be heard.",
                "Connect one and choose it again.",
            )
        return index
    for index, device in enumerate(sd.query_devices()):
        api = sd.query_hostapis(device["hostapi"])["name"]
        if (api, device["name"]) == (request["host_api"], request["name"]) and device["max_output_channels"]:
            return index
    raise DeviceError(
        _TITLE, f"The sound device {request['name']} is not there.", "Connect it or choose another."
    )


class Output:
    """A device that plays what the mixer mixes.

    Parameters
    ----------
    sd : module
        `sounddevice`.
    shared : SharedDecks
    request : dict
        See `host_process.HostProcess`.

    Attributes
    ----------
    fault : str
        What went wrong in the callback; empty while all is well.
    callback_thread : int
        The system's number of it; 0 before the first callback.

    Raises
    ------
    DeviceError
        If there is no such device or it opens in no way.
    """

    def __init__(self, sd: ModuleType, shared: SharedDecks, request: dict[str, Any]) -> None:
        self.fault = ""
        self.callback_thread = 0
        self.mixer = DeckMixer(shared)
        self._sd = sd
        self._words = shared.words
        index = _chosen_index(sd, request)
        device = sd.query_devices(index)
        self.device_name = str(device["name"])
        self.host_api = str(sd.query_hostapis(device["hostapi"])["name"])
        self._stereo = np.zeros((int(request["block_frames"]), 2), np.float32)
        self._delay_s = 0.0
        # The first that opens: some devices have one rate, some no fewer channels than they have.
        rates_hz = (float(RATE_HZ), float(device["default_samplerate"]), *_USUAL_RATES_HZ)
        n_max = int(device["max_output_channels"])
        ways = [
            (rate_hz, n_channels)
            for rate_hz in dict.fromkeys(rates_hz)
            for n_channels in dict.fromkeys((min(2, n_max), n_max))
            if can_convert_to(rate_hz)
        ]
        reasons = []
        for rate_hz, n_channels in ways:
            try:
                self._open(index, rate_hz, n_channels)
            except sd.PortAudioError as refusal:
                reasons.append(str(refusal.args[0]) if refusal.args else "no reason given")
            else:
                return
        # The first is about what was wanted; the others are often only about rates that it lacks.
        raise DeviceError(
            _TITLE,
            f"The sound device {self.device_name} cannot be opened: {reasons[0].rstrip('.')}.",
            "Close the program that uses it, or choose another.",
        )

    @property
    def latency_s(self) -> float:
        """From the callback to the loudspeaker, as far as the device tells."""
        return float(self.stream.latency) + self._delay_s

    def _open(self, index: int, rate_hz: float, n_channels: int) -> None:
        self._mix = self.mixer.mix
        self._n_channels = n_channels
        # Windows converts by itself, so that a shared device opens at our rate, whatever its own.
        settings = self._sd.WasapiSettings(auto_convert=True) if self.host_api == "Windows WASAPI" else None
        self.stream = self._sd.OutputStream(
            samplerate=rate_hz,
            blocksize=len(self._stereo),
            device=index,
            channels=n_channels,
            dtype="float32",
            latency="low",
            extra_settings=settings,
            callback=self._callback,
        )
        if rate_hz != RATE_HZ:
            converted = ConvertedMixer(self.mixer, rate_hz)
            self._mix, self._delay_s = converted.mix, converted.delay_s

    def _callback(self, out: Samples, n_frames: int, _times: object, status: Any) -> None:  # noqa: ANN401
        """Fill one block. No waiting, no logging; the only file that is touched is memory."""
        try:
            if not self.callback_thread:
                self.callback_thread = threading.get_native_id()
            if status and status.output_underflow:
                self._words[N_XRUNS] += 1
            if self._n_channels == 2:
                self._mix(out)
                return
            stereo = self._stereo[:n_frames]
            self._mix(stereo)
            if self._n_channels == 1:
                np.add(stereo[:, 0], stereo[:, 1], out=out[:, 0])
                out *= 0.5
            else:
                out[:, :2] = stereo
                out[:, 2:] = 0.0
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"
            raise self._sd.CallbackAbort from error
