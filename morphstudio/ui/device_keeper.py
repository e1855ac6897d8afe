"""Opens, lists and watches the sound device, without holding the window. Knows no PortAudio."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from morphstudio.audio.devices import AudioSetup, DeviceId, DeviceInfo, list_devices
from morphstudio.audio.player import Player, PlayerStatus
from morphstudio.errors import MorphStudioError
from morphstudio.ui.message_bar import Level, MessageBar
from morphstudio.ui.transport import TransportBar

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What to do: list the devices and, before that, open one (None is the default)."""

    opens: bool
    device: DeviceId | None = None


class _DeviceThread(QThread):
    """Fulfils one wish."""

    opened = Signal(object)
    listed = Signal(object)
    failed = Signal(object)

    def __init__(self, player: Player, wish: _Wish, parent: QObject) -> None:
        super().__init__(parent)
        self._player, self._wish = player, wish

    def run(self) -> None:
        """Thread body."""
        if self._wish.opens:
            try:
                self._player.open(AudioSetup(self._wish.device))
            except MorphStudioError as error:
                self.failed.emit(error)
            self.opened.emit(self._player.status)
        try:
            self.listed.emit(list_devices())
        except MorphStudioError as error:
            _log.warning("Devices could not be listed: %s", error)
            self.listed.emit([])


class DeviceKeeper(QObject):
    """Keeps the player on the device that was chosen, and says what becomes of it.

    Parameters
    ----------
    player : Player
    transport : TransportBar
        Where devices are chosen and the one that plays is shown.
    message_bar : MessageBar
    parent : QObject
    """

    def __init__(
        self, player: Player, transport: TransportBar, message_bar: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._transport = transport
        self._bar = message_bar
        self._devices: list[DeviceInfo] = []
        self._chosen: DeviceId | None = None
        self._thread: _DeviceThread | None = None
        self._waiting: _Wish | None = None
        self._problem_shown = ""
        self._titles: set[str] = set()
        transport.device_chosen.connect(self._on_device_chosen)
        transport.rescan_requested.connect(self._on_rescan_requested)

    def start(self) -> None:
        """Open the default device."""
        self._fulfil(_Wish(opens=True))

    def stop(self) -> None:
        """Wait for a device that is being opened; nothing is opened after that."""
        self._waiting = None
        if self._thread is not None:
            self._thread.wait()

    def poll(self) -> None:
        """Look after the device; for a timer."""
        if self._thread is not None:  # it has the player
            return
        status = self._player.poll()
        if status.problem != self._problem_shown:
            self._problem_shown = status.problem
            self._show(status)
            if status.problem:
                self._tell("warning", self.tr("The sound stopped"), status.problem)

    def _fulfil(self, wish: _Wish) -> None:
        """Do it at once, or when what runs is over; of those that wait the newest counts."""
        if self._thread is not None:
            self._waiting = wish
            return
        if wish.opens:
            self._chosen = wish.device
            self._transport.set_device_status(self.tr("Opening sound device…"), True)
        self._thread = _DeviceThread(self._player, wish, self)
        self._thread.opened.connect(self._on_opened)
        self._thread.failed.connect(self._on_failed)
        self._thread.listed.connect(self._on_listed)
        self._thread.finished.connect(self._on_finished)
        self._thread.start()

    def _tell(self, level: Level, title: str, text: str, hint: str = "") -> None:
        self._withdraw()
        self._titles.add(title)
        self._bar.show_message(level, title, text, hint)

    def _withdraw(self) -> None:
        self._bar.withdraw(*self._titles)
        self._titles.clear()

    def _show(self, status: PlayerStatus) -> None:
        if status.is_open:
            text = f"{status.device_name} · {status.rate_hz / 1000:g} kHz · {status.latency_ms:.0f} ms"
            self._transport.set_device_status(text, True)
        else:
            self._transport.set_device_status(self.tr("No sound device"), False)

    @Slot(object)
    def _on_opened(self, status: PlayerStatus) -> None:
        self._problem_shown = status.problem
        self._show(status)
        if status.is_open:
            self._withdraw()

    @Slot(object)
    def _on_failed(self, error: MorphStudioError) -> None:
        self._tell("error", error.title, error.message, error.hint)

    @Slot(object)
    def _on_listed(self, devices: list[DeviceInfo]) -> None:
        self._devices = devices
        labels = [(_label(device), _label(device)) for device in devices]
        playing = [d for d in devices if (d.device_id == self._chosen if self._chosen else d.is_default)]
        is_open = self._player.status.is_open
        self._transport.set_devices(labels, _label(playing[0]) if playing and is_open else "")

    @Slot()
    def _on_finished(self) -> None:
        if self._thread is None:
            return
        self._thread.wait()
        self._thread.deleteLater()
        self._thread = None
        wish, self._waiting = self._waiting, None
        if wish is not None:
            self._fulfil(wish)

    @Slot(str)
    def _on_device_chosen(self, label: str) -> None:
        chosen = next((d.device_id for d in self._devices if _label(d) == label), None)
        self._fulfil(_Wish(opens=True, device=chosen))

    @Slot()
    def _on_rescan_requested(self) -> None:
        """Look again; what plays is left alone, and what does not is tried again."""
        self._fulfil(_Wish(opens=not self._player.status.is_open, device=self._chosen))


def _label(device: DeviceInfo) -> str:
    return f"{device.name} ({device.host_api})"
