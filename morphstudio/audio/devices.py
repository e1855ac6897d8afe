"""Which sound devices there are. PortAudio itself is only ever loaded in another process."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from morphstudio.audio.host_process import parse_report, start_host
from morphstudio.errors import DeviceError

_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class DeviceId:
    """What a device is remembered by: PortAudio's numbers change whenever one is plugged in."""

    host_api: str
    name: str


@dataclass(frozen=True, slots=True)
class AudioSetup:
    """How to open the sound device.

    Parameters
    ----------
    device : DeviceId or None
        None is the system's default.
    block_frames : int
        Frames in each callback: fewer answer sooner, more bear a busier machine.
    uses_asio : bool
        Whether PortAudio with ASIO is to be loaded, on Windows; it plays through ASIO only where the
        device is one of its.
    """

    device: DeviceId | None = None
    block_frames: int = 512
    uses_asio: bool = False


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device that can play."""

    host_api: str
    name: str
    max_output_channels: int
    default_rate_hz: float
    is_default: bool

    @property
    def device_id(self) -> DeviceId:
        """What to open it by."""
        return DeviceId(self.host_api, self.name)


def list_devices(uses_asio: bool = False) -> list[DeviceInfo]:
    """Devices that are there now; takes some tenths of a second.

    PortAudio looks once, when it is loaded: a process that lives for one look sees what was plugged in
    since.

    Raises
    ------
    DeviceError
        If PortAudio is missing or does not answer.
    """
    with start_host(["--list"], uses_asio=uses_asio) as process:
        try:
            output, _ = process.communicate(timeout=_TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise DeviceError(
                "No device list", "The sound system does not answer.", "Restart it and try again."
            ) from error
    for line in output.splitlines():
        report = parse_report(line)
        if report.get("event") == "devices":
            return [DeviceInfo(**device) for device in report["devices"]]
        if report.get("event") == "failed":
            raise DeviceError("No device list", report["message"], report["hint"])
    raise DeviceError("No device list", "The audio host ended without an answer.", "Try again.")
