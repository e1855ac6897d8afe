"""Which sound devices there are. PortAudio itself is only ever loaded in another process."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from morphstudio.audio.host_process import HostProcess
from morphstudio.errors import DeviceError

_CHOOSE_AGAIN = "Choose the sound device again."


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


def list_devices(uses_asio: bool = False, has_given_up: threading.Event | None = None) -> list[DeviceInfo]:
    """Devices that are there now; takes some tenths of a second.

    PortAudio looks once, when it is loaded: a process that lives for one look sees what was plugged in
    since.

    Parameters
    ----------
    uses_asio : bool
    has_given_up : threading.Event or None
        Nobody waits for the answer any more once it is set.

    Raises
    ------
    DeviceError
        If PortAudio is missing or does not answer.
    """
    has_given_up = has_given_up or threading.Event()
    try:
        host = HostProcess("--list", (), {"uses_asio": uses_asio})
    except OSError as error:
        message = f"The sound devices cannot be listed ({error.strerror})."
        raise DeviceError("No device list", message, _CHOOSE_AGAIN) from error
    report = host.first_report(has_given_up)
    host.close(timeout_s=0.0 if has_given_up.is_set() else 0.5)
    if report.get("event") != "devices":
        message = report.get("message", "The sound system does not answer.")
        raise DeviceError("No device list", message, report.get("hint", "Restart it and try again."))
    return [DeviceInfo(**device) for device in report["devices"]]
