"""Opens, lists and watches the sound device, without holding the window. Knows no PortAudio."""

from __future__ import annotations

import logging
import math
import sys
import time
from dataclasses import replace

from PySide6.QtCore import QObject, QThread, Slot

from morphstudio.audio.devices import AudioSetup, DeviceId, DeviceInfo
from morphstudio.audio.player import Player, PlayerStatus
from morphstudio.errors import DeviceError, MorphStudioError
from morphstudio.settings import AudioSettings, SettingsFile
from morphstudio.ui.device_menu import DeviceOffer, one_line
from morphstudio.ui.message_bar import Level, MessageBar
from morphstudio.ui.transport import TransportBar

_ASIO = "ASIO"
# Each look is a short process, 0.2 s of one core: the longer nothing changes, the fewer.
_LOOK_FOR_MISSING_S = 2.0
_LOOK_FOR_DEFAULT_S = 15.0
_LONGEST_WAIT_S = 16.0
# A try to go back stops what plays meanwhile: a device that is there and refuses is left alone soon.
_MOST_REFUSALS = 3
_MOST_DEATHS = 3
_DEATHS_WITHIN_S = 30.0

_log = logging.getLogger(__name__)


class _OpenThread(QThread):
    """Opens the first of some setups that can be opened; `opened` and `errors` are for after its end."""

    def __init__(self, player: Player, setups: list[AudioSetup], parent: QObject) -> None:
        super().__init__(parent)
        self._player, self._setups = player, setups
        self.opened: AudioSetup | None = None
        self.errors: dict[DeviceId | None, DeviceError] = {}

    def run(self) -> None:
        """Thread body."""
        for setup in self._setups:
            try:
                self._player.open(setup)
            except DeviceError as error:
                self.errors[setup.device] = error
            else:
                self.opened = setup
                return


class _LookThread(QThread):
    """Lists the devices; None where that failed."""

    def __init__(self, player: Player, uses_asio: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._player, self._uses_asio = player, uses_asio
        self.devices: list[DeviceInfo] | None = None

    def run(self) -> None:
        """Thread body."""
        try:
            self.devices = self._player.list_devices(self._uses_asio)
        except DeviceError as error:
            _log.warning("Devices could not be listed: %s", error)


class DeviceKeeper(QObject):
    """Keeps the player on the device that was chosen, or on the default one until that is back.

    Parameters
    ----------
    player : Player
    transport : TransportBar
        Where devices are chosen and the one that plays is shown.
    message_bar : MessageBar
    file : SettingsFile
        Where the choice is remembered.
    parent : QObject
    """

    def __init__(
        self,
        player: Player,
        transport: TransportBar,
        message_bar: MessageBar,
        file: SettingsFile,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._transport = transport
        self._bar = message_bar
        self._file = file
        self._chosen = _setup_of(file.settings.audio)
        self._opened: AudioSetup | None = None
        self._devices: list[DeviceInfo] = []
        self._default: DeviceId | None = None
        self._opening: _OpenThread | None = None
        self._is_open_due = False
        self._looking: _LookThread | None = None
        self._is_look_due = False
        self._look_at_s = math.inf
        self._look_wait_s = _LOOK_FOR_MISSING_S
        self._wait_s = _LOOK_FOR_MISSING_S
        self._retry_at_s = 0.0
        self._n_refusals = 0
        self._deaths_s: list[float] = []
        self._lost_name = ""
        self._told = ("", "")
        self._is_stopped = False
        menu = transport.device_button.devices
        menu.device_chosen.connect(self._on_device_chosen)
        menu.latency_chosen.connect(self._on_latency_chosen)
        menu.asio_switched.connect(self._on_asio_switched)
        menu.rescan_requested.connect(self._on_rescan_requested)

    def start(self) -> None:
        """Open the device that was chosen last."""
        self._offer()
        self._open_as_asked()

    def retranslate(self) -> None:
        """Say in the language of now what plays; what is being opened says so itself when it is."""
        if self._opening is None:
            self._show_status()

    def stop(self) -> None:
        """Give up what is being opened or listed; nothing is after that."""
        self._is_stopped = True
        self._player.give_up()
        for thread in (self._opening, self._looking):
            if thread is not None:
                thread.wait()

    def poll(self, is_gesturing: bool = False) -> None:
        """Look after the device; for a timer. During a gesture no device is looked for."""
        if self._is_stopped:
            return
        if self._opening is None:  # else its thread has the player
            status = self._player.poll()
            if self._opened is not None and not status.is_open:
                self._on_lost(status)
        if not is_gesturing and time.monotonic() >= self._look_at_s:
            self._look()

    # Opening

    def _open(self, first: AudioSetup | None = None) -> None:
        """Open `first`, or what was chosen, or the default; at once, or when what is opened now is."""
        if self._opening is not None:
            self._is_open_due = True
            return
        setups = [self._chosen, replace(self._chosen, device=None)]
        if first is not None:
            setups.insert(0, first)
        self._opening = _OpenThread(self._player, list(dict.fromkeys(setups)), self)
        self._opening.finished.connect(self._on_open_finished)
        self._opening.start()

    @Slot()
    def _on_open_finished(self) -> None:
        thread = self._opening
        if thread is None or self._is_stopped:
            return
        thread.wait()
        thread.deleteLater()
        self._opening = None
        if self._is_open_due:
            self._is_open_due = False
            self._open()
            return
        self._opened = thread.opened
        self._default = None
        if self._opened is None:
            self._retry_at_s = time.monotonic() + self._wait_s
            self._wait_s = min(2 * self._wait_s, _LONGEST_WAIT_S)
        else:
            self._wait_s = _LOOK_FOR_MISSING_S
            self._n_refusals += self._chosen.device in thread.errors
        self._offer()
        self._show_status()
        self._tell_outcome(thread.errors)
        self._look()

    def _on_lost(self, status: PlayerStatus) -> None:
        last, self._opened = self._opened, None
        self._look_wait_s = _LOOK_FOR_MISSING_S
        _log.warning("Sound was lost (%s): %s", status.lost, status.problem)
        if status.lost != "host":
            self._lost_name = status.device_name
            self._show_status()
            self._open()
            return
        now_s = time.monotonic()
        self._deaths_s = [then_s for then_s in self._deaths_s if now_s - then_s < _DEATHS_WITHIN_S] + [now_s]
        if len(self._deaths_s) <= _MOST_DEATHS:
            self._open(last)
            return
        self._retry_at_s = now_s + _LONGEST_WAIT_S
        self._look_at_s = now_s + _LOOK_FOR_MISSING_S
        self._show_status()
        self._tell(
            "error",
            self.tr("The sound keeps stopping"),
            self.tr("The sound stopped several times within half a minute; it is tried again soon."),
            self.tr("Choose another sound device or a longer latency."),
        )

    # Looking

    def _look(self) -> None:
        self._look_at_s = math.inf
        if self._looking is not None:
            self._is_look_due = True
            return
        self._looking = _LookThread(self._player, self._chosen.uses_asio, self)
        self._looking.finished.connect(self._on_look_finished)
        self._looking.start()

    @Slot()
    def _on_look_finished(self) -> None:
        thread = self._looking
        if thread is None or self._is_stopped:
            return
        thread.wait()
        thread.deleteLater()
        self._looking = None
        if self._is_look_due:
            self._is_look_due = False
            self._look()
            return
        if thread.devices is None or thread.devices != self._devices:
            self._look_wait_s = _LOOK_FOR_MISSING_S if thread.devices is not None else _LONGEST_WAIT_S
        self._devices = thread.devices or []
        self._offer()
        if self._opening is not None:  # its end looks again
            return
        if self._opened is None or self._opened.device != self._chosen.device:
            self._look_at_s = time.monotonic() + self._look_wait_s
            self._look_wait_s = min(2 * self._look_wait_s, _LONGEST_WAIT_S)
        elif self._chosen.device is None:
            self._look_at_s = time.monotonic() + _LOOK_FOR_DEFAULT_S
        if self._should_open():
            self._open()

    def _should_open(self) -> bool:
        """Whether something better can be opened than what plays, now that it is known what is there."""
        chosen, there = self._chosen.device, {device.device_id for device in self._devices}
        before = self._default
        self._default = next((device.device_id for device in self._devices if device.is_default), None)
        if chosen not in there:
            self._n_refusals = 0
        if self._opened is None:
            return bool(there) and time.monotonic() >= self._retry_at_s
        if self._opened.device != chosen:
            return chosen in there and self._n_refusals < _MOST_REFUSALS
        has_new_default = before is not None and self._default not in (None, before, self._playing)
        # What plays may be hidden from other processes, and then another seems to be the default.
        return chosen is None and has_new_default and self._playing in there

    # Showing and telling

    @property
    def _playing(self) -> DeviceId | None:
        status = self._player.status
        return DeviceId(status.host_api, status.device_name) if self._opened is not None else None

    def _offer(self) -> None:
        names = [device.name for device in self._devices if device.is_default]
        devices = [device.device_id for device in self._devices]
        if self._playing is not None:
            devices.append(self._playing)  # ALSA hides what is in use from other processes
            if self._opened is not None and self._opened.device is None:
                names.insert(0, self._playing.name)
        offer = DeviceOffer(
            tuple(devices),
            names[0] if names else "",
            self._chosen.device,
            self._chosen.block_frames,
            self._chosen.uses_asio if sys.platform == "win32" else None,
        )
        self._transport.device_button.devices.set_offer(offer)

    def _show_status(self) -> None:
        status = self._player.status
        if status.is_open:
            name = one_line(status.device_name)
            text = f"{name} · {status.rate_hz / 1000:g} kHz · {status.latency_ms:.0f} ms"
            self._transport.set_device_status(text, True)
        else:
            self._transport.set_device_status(self.tr("No sound device"), False)

    def _tell_outcome(self, errors: dict[DeviceId | None, DeviceError]) -> None:
        error = errors.get(self._chosen.device)
        name, lost_name = one_line(self._player.status.device_name), one_line(self._lost_name)
        self._lost_name = ""
        if self._opened is not None and self._opened.device == self._chosen.device:
            if len(self._deaths_s) <= _MOST_DEATHS:
                self._withdraw()
            if self._chosen.device is None and lost_name not in ("", name):
                text = self.tr("{device} is gone, so the system's default plays.").format(device=lost_name)
                self._tell("info", self.tr("Playing on {device}").format(device=name), text, "")
        elif error is not None and self._opened is not None:
            self._tell(
                "warning",
                self.tr("Playing on {device}").format(device=name),
                error.message,
                self.tr("When it is back, sound goes there by itself; or choose another."),
            )
        elif error is not None:
            self._tell("error", error.title, error.message, error.hint)

    def _tell(self, level: Level, title: str, text: str, hint: str) -> None:
        """Say it, but not again what was said last: it may have been read and closed."""
        if (title, text) != self._told:
            self._withdraw()
            self._told = (title, text)
            self._bar.show_message(level, title, text, hint)

    def _withdraw(self) -> None:
        title, _ = self._told
        self._told = ("", "")
        if title:
            self._bar.withdraw(title)

    # Choosing

    def _choose(self, setup: AudioSetup) -> None:
        """Remember a choice; what went wrong before no longer counts."""
        self._chosen = setup
        device = setup.device or DeviceId("", "")
        audio = AudioSettings(device.host_api, device.name, setup.block_frames, setup.uses_asio)
        try:
            self._file.save(replace(self._file.settings, audio=audio))
        except MorphStudioError as error:
            self._bar.show_error(error, "warning")
        self._offer()
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._n_refusals = 0
        self._deaths_s.clear()
        self._retry_at_s, self._wait_s, self._look_wait_s = 0.0, _LOOK_FOR_MISSING_S, _LOOK_FOR_MISSING_S
        self._withdraw()

    def _open_as_asked(self) -> None:
        self._transport.set_device_status(self.tr("Opening sound device…"), True)
        self._open()

    @Slot(object)
    def _on_device_chosen(self, device: DeviceId | None) -> None:
        self._choose(replace(self._chosen, device=device))
        self._open_as_asked()

    @Slot(int)
    def _on_latency_chosen(self, block_frames: int) -> None:
        self._choose(replace(self._chosen, block_frames=block_frames))
        self._open_as_asked()

    @Slot(bool)
    def _on_asio_switched(self, uses_asio: bool) -> None:
        device = self._chosen.device
        loses_device = not uses_asio and device is not None and device.host_api == _ASIO
        self._choose(replace(self._chosen, device=None if loses_device else device, uses_asio=uses_asio))
        if loses_device:
            self._open_as_asked()
        else:
            self._look()

    @Slot()
    def _on_rescan_requested(self) -> None:
        """Look again; what plays is left alone, and what does not is tried again."""
        self._start_afresh()
        if self._opened is None or self._opened.device != self._chosen.device:
            self._open_as_asked()
        else:
            self._look()


def _setup_of(audio: AudioSettings) -> AudioSetup:
    device = DeviceId(audio.host_api, audio.device_name) if audio.device_name else None
    return AudioSetup(device, audio.block_frames, audio.uses_asio)
