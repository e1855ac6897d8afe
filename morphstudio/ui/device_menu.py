"""The devices: what plays, and a menu to choose it, its latency and more. It knows no player."""

from __future__ import annotations

import html
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget, QWidgetAction

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.devices import DeviceId
from morphstudio.settings import BLOCK_SIZES
from morphstudio.ui.controls import Heading, em
from morphstudio.ui.theme import Theme, tabular

_HOST_APIS = ("ASIO", "Windows WASAPI", "Core Audio", "JACK Audio Connection Kit", "ALSA")
"""Those with the least latency come first in the menu, in this order; others as the system lists them."""


@dataclass(frozen=True, slots=True)
class DeviceOffer:
    """What the device menu shows.

    Parameters
    ----------
    devices : tuple of DeviceId
        Those that are there.
    default_name : str
        Of the system's default; "" where there is none.
    chosen : DeviceId or None
        None follows the system; one that is not among `devices` is shown as missing.
    block_frames : int
    uses_asio : bool or None
        None on a system that has no ASIO.
    """

    devices: tuple[DeviceId, ...] = ()
    default_name: str = ""
    chosen: DeviceId | None = None
    block_frames: int = BLOCK_SIZES[3]
    uses_asio: bool | None = None


class DeviceMenu(QMenu):
    """The devices, grouped by host API; the latency; and what else can be done about sound."""

    device_chosen = Signal(object)
    """A DeviceId; None for the system's default."""
    latency_chosen = Signal(int)
    """In frames per block."""
    asio_switched = Signal(bool)
    rescan_requested = Signal()
    offer_changed = Signal(object)
    """`DeviceOffer`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = DeviceOffer()
        self._devices = QActionGroup(self)
        self._latencies = QActionGroup(self)
        self._latency_menu = QMenu(self)
        self._latency_menu.setFont(tabular(self._latency_menu.font()))
        for block_frames in BLOCK_SIZES:
            self._add_choice(self._latency_menu, self._latencies, "", block_frames)
        self._asio = QAction(self)
        self._asio.setCheckable(True)
        self._rescan = QAction(self)
        self._devices.triggered.connect(self._on_device_triggered)
        self._latencies.triggered.connect(self._on_latency_triggered)
        self._asio.triggered.connect(self.asio_switched)
        self._rescan.triggered.connect(self._on_rescan_triggered)
        self.aboutToShow.connect(self._fill)
        self.retranslate()

    @property
    def offer(self) -> DeviceOffer:
        """What was to be shown last."""
        return self._offer

    def set_offer(self, offer: DeviceOffer) -> None:
        """Show these devices; where the menu is open, when it is opened next: nothing moves under a hand."""
        self._offer = offer
        if not self.isVisible():
            self._fill()
        self.offer_changed.emit(offer)

    def retranslate(self) -> None:
        """Make every text again."""
        self._latency_menu.setTitle(self.tr("Latency"))
        for action in self._latencies.actions():
            figure = f"{1000 * action.data() / RATE_HZ:.1f}"
            text = self.tr("{frames} frames · {figure} ms").format(frames=action.data(), figure=figure)
            action.setText(text)
        self._asio.setText(self.tr("Use ASIO"))
        self._rescan.setText(self.tr("Look for devices again"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _fill(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            if action not in (self._asio, self._rescan, self._latency_menu.menuAction()):
                self._devices.removeAction(action)
                action.deleteLater()
        offer = self._offer
        text = self.tr("System default")
        if offer.default_name:
            text += f" ({one_line(offer.default_name)})"
        self._add_choice(self, self._devices, text, None).setChecked(offer.chosen is None)
        for host_api, devices in _grouped(offer).items():
            self._add_heading(host_api)
            for device in devices:
                text = one_line(device.name)
                if device not in offer.devices:
                    text = self.tr("{device} (not there)").format(device=text)
                action = self._add_choice(self, self._devices, text, device)
                action.setChecked(device == offer.chosen)
        if not offer.devices:
            self.addAction(self.tr("No device found")).setEnabled(False)
        self.addSeparator()
        for action in self._latencies.actions():
            action.setChecked(action.data() == offer.block_frames)
        self.addMenu(self._latency_menu)
        if offer.uses_asio is not None:
            self._asio.setChecked(offer.uses_asio)
            self.addAction(self._asio)
        self.addAction(self._rescan)

    def _add_choice(self, menu: QMenu, group: QActionGroup, text: str, data: object) -> QAction:
        action = menu.addAction(text.replace("&", "&&"))
        action.setData(data)
        action.setCheckable(True)
        group.addAction(action)
        return action

    def _add_heading(self, text: str) -> None:
        # The style sheet draws a titled separator as a mere line.
        heading, action = Heading(text), QWidgetAction(self)
        unit = em(self)
        heading.setContentsMargins(round(unit * 0.75), round(unit * 0.6), unit, round(unit * 0.2))
        action.setText(text)
        action.setDefaultWidget(heading)
        action.setEnabled(False)
        self.addAction(action)

    @Slot(QAction)
    def _on_device_triggered(self, action: QAction) -> None:
        self.device_chosen.emit(action.data())

    @Slot(QAction)
    def _on_latency_triggered(self, action: QAction) -> None:
        self.latency_chosen.emit(action.data())

    @Slot()
    def _on_rescan_triggered(self) -> None:
        self.rescan_requested.emit()


def one_line(name: str) -> str:
    """A device's name to be shown: some drivers put line ends into theirs."""
    return " ".join(name.split())


def _grouped(offer: DeviceOffer) -> dict[str, list[DeviceId]]:
    """Each device once, by host API."""
    devices = dict.fromkeys(offer.devices)
    if offer.chosen is not None:
        devices[offer.chosen] = None
    ranks = {host_api: rank for rank, host_api in enumerate(_HOST_APIS)}
    groups: dict[str, list[DeviceId]] = {}
    for device in sorted(devices, key=lambda device: ranks.get(device.host_api, len(ranks))):
        groups.setdefault(device.host_api, []).append(device)
    return groups


class DeviceButton(QPushButton):
    """Says what plays, and opens the list of devices."""

    status_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status = ""
        self._is_ok = True
        self.setProperty("flat", True)
        self.setAutoDefault(True)
        self.devices = DeviceMenu(self)
        self.setMenu(self.devices)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setFont(tabular(self._label.font()))
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em(self) // 2, 0, em(self) // 2, 0)
        layout.addWidget(self._label)
        theme.changed.connect(self._fit)

    @property
    def status(self) -> str:
        """What the button says, in full."""
        return self._status

    @property
    def is_ok(self) -> bool:
        """Whether that is as it should be."""
        return self._is_ok

    def show_status(self, status: str, *, is_ok: bool) -> None:
        """Show a status; of a good one the last part, the latency, stands out."""
        self._status, self._is_ok = status, is_ok
        self.retranslate()
        self.status_changed.emit()
        self.setToolTip(status)
        self.updateGeometry()
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Shorten the device's name where there is no room; the figures behind it always stay."""
        metrics, parts = self._label.fontMetrics(), self._status.split(" · ")
        figures_px = metrics.horizontalAdvance(self._status) - metrics.horizontalAdvance(parts[0])
        room_px = max(self.width() - em(self) - 2 - figures_px, 2 * em(self))
        parts[0] = metrics.elidedText(parts[0], Qt.TextElideMode.ElideRight, room_px)
        roles = ["text_dim" if self._is_ok else "warn"] * len(parts)
        if self._is_ok and len(parts) > 1:
            roles[-1] = "good"
        spans = (
            f'<span style="color:{self._theme.role(role).name()}">{html.escape(part)}</span>'
            for role, part in zip(roles, parts, strict=True)
        )
        dot = f'<span style="color:{self._theme.role("text_dim").name()}"> · </span>'
        self._label.setText(dot.join(spans))

    def retranslate(self) -> None:
        """Make every text again."""
        self.setAccessibleName(self.tr("Sound device: {status}").format(status=self._status))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def sizeHint(self) -> QSize:
        width = self._label.fontMetrics().horizontalAdvance(self._status) + em(self) + 6
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), em(self) * 11), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
