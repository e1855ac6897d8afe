"""The top bar: name, play and stop, loop length, device, volume, level, export. It knows no player."""

from __future__ import annotations

import html
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.devices import DeviceId
from morphstudio.settings import BLOCK_SIZES, LOUDEST_DB, SILENT_DB
from morphstudio.ui.controls import Heading, LevelMeter, Slider, em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled, tabular

_STEPS_PER_DB = 2
_MINUS = "\u2212"
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = DeviceOffer()
        self._devices = QActionGroup(self)
        self._latencies = QActionGroup(self)
        self._latency_menu = QMenu(self.tr("Latency"), self)
        self._latency_menu.setFont(tabular(self._latency_menu.font()))
        for block_frames in BLOCK_SIZES:
            text = self.tr("{frames} frames · {figure} ms").format(
                frames=block_frames, figure=f"{1000 * block_frames / RATE_HZ:.1f}"
            )
            self._add_choice(self._latency_menu, self._latencies, text, block_frames)
        self._asio = QAction(self.tr("Use ASIO"), self)
        self._asio.setCheckable(True)
        self._rescan = QAction(self.tr("Look for devices again"), self)
        self._devices.triggered.connect(self._on_device_triggered)
        self._latencies.triggered.connect(self._on_latency_triggered)
        self._asio.triggered.connect(self.asio_switched)
        self._rescan.triggered.connect(self._on_rescan_triggered)
        self.aboutToShow.connect(self._fill)
        self._fill()

    def set_offer(self, offer: DeviceOffer) -> None:
        """Show these devices; where the menu is open, when it is opened next: nothing moves under a hand."""
        self._offer = offer
        if not self.isVisible():
            self._fill()

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

    @property
    def status(self) -> str:
        """What the button says, in full."""
        return self._status

    def show_status(self, status: str, *, is_ok: bool) -> None:
        """Show a status; of a good one the last part, the latency, stands out."""
        self._status, self._is_ok = status, is_ok
        self.setAccessibleName(self.tr("Sound device: {status}").format(status=status))
        self.setToolTip(status)
        self.updateGeometry()
        self._fit()

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

    def sizeHint(self) -> QSize:
        width = self._label.fontMetrics().horizontalAdvance(self._status) + em(self) + 6
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), em(self) * 11), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class TransportBar(QWidget):
    """Everything about playing that is not the pad.

    Parameters
    ----------
    theme : Theme
    """

    play_toggled = Signal(bool)
    """True: play was asked for; the button changes with `set_playing` only."""
    volume_changed = Signal(float)
    """In dB; -inf at the left end."""
    export_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_playing = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hint = QLabel()
        self.play_button = QPushButton()
        self.loop_value = QLabel()
        self.device_button = DeviceButton(theme)
        self.volume = Slider(round(SILENT_DB * _STEPS_PER_DB), round(LOUDEST_DB * _STEPS_PER_DB), 0)
        self.volume_label = QLabel()
        self.meter = LevelMeter(theme)
        self.export_button = QPushButton(self.tr("Export…"))
        self._dress()
        self._lay_out()

        self.play_button.clicked.connect(self.toggle_play)
        QShortcut(QKeySequence(Qt.Key.Key_Space), self).activated.connect(self.toggle_play)
        self.volume.valueChanged.connect(self._on_volume_moved)
        self.export_button.clicked.connect(self._on_export_clicked)
        self.set_playing(False)
        self.set_loop_text("")
        self.set_device_status(self.tr("No sound device"), False)
        self.set_export_enabled(False)
        self._show_volume()

    def set_playing(self, is_playing: bool) -> None:
        """Show whether sound runs."""
        self._is_playing = is_playing
        self.play_button.setText(self.tr("Stop") if is_playing else self.tr("Play"))
        self.play_button.setIcon(icon(self._theme, "stop" if is_playing else "play"))

    def set_meters(self, left_db: float, right_db: float) -> None:
        """Show levels, in dB re full scale."""
        self.meter.set_levels(left_db, right_db)

    def set_volume_db(self, volume_db: float) -> None:
        """Put the slider somewhere; `SILENT_DB` is its left end."""
        self.volume.setValue(round(volume_db * _STEPS_PER_DB))

    @property
    def volume_db(self) -> float:
        """Where the slider is; at its left end `SILENT_DB`."""
        return self.volume.value() / _STEPS_PER_DB

    def set_device_status(self, text: str, ok: bool) -> None:
        """Say what plays, such as "Main out · 44.1 kHz · 11 ms"; with `ok` false, what is wrong."""
        self.device_button.show_status(text, is_ok=ok)

    def set_loop_text(self, text: str) -> None:
        """Show the loop's length; "" where there is no loop."""
        self.loop_value.setText(text or "—")

    def set_export_enabled(self, is_enabled: bool) -> None:
        """Allow the export once there is something to export."""
        self.export_button.setEnabled(is_enabled)

    def set_session_hint(self, text: str) -> None:
        """Show a word about the session beside the name."""
        self.hint.setText(text)

    @Slot()
    def toggle_play(self) -> None:
        """Do what a click on Play or Stop does."""
        self.play_toggled.emit(not self._is_playing)

    def _dress(self) -> None:
        self.hint.setProperty("dim", True)
        for button in (self.play_button, self.export_button):
            button.setAutoDefault(True)
        # Wide enough for either word, so that nothing moves when it changes.
        metrics = self.play_button.fontMetrics()
        width = max(metrics.horizontalAdvance(text) for text in (self.tr("Play"), self.tr("Stop")))
        self.play_button.setFixedWidth(width + round(em(self) * 3.2))
        self.play_button.setToolTip(self.tr("Play or stop (Space)"))
        self.export_button.setProperty("primary", True)
        self.export_button.setShortcut(QKeySequence(self.tr("Ctrl+E")))
        self.export_button.setToolTip(self.tr("Write what you hear as a wav file (Ctrl+E)"))
        self.volume.setMinimumWidth(em(self) * 4)
        self.volume.setMaximumWidth(em(self) * 6)
        self.volume.setPageStep(2 * _STEPS_PER_DB)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume; double click for 0 dB"))
        self.volume_label.setFont(tabular(self.volume_label.font()))
        self.volume_label.setProperty("dim", True)
        self.volume_label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.volume_label.setFixedWidth(
            self.volume_label.fontMetrics().horizontalAdvance(f"{_MINUS}00.00 dB")
        )
        self.loop_value.setFont(tabular(self.loop_value.font()))

    def _make_brand(self) -> QLabel:
        accent = self._theme.role("accent_text").name()
        brand = QLabel(f'Morph<span style="color:{accent}">Studio</span>')
        brand.setFont(scaled(brand.font(), 1.2, QFont.Weight.DemiBold))
        brand.setAccessibleName("MorphStudio")
        return brand

    def _make_readout(self) -> QFrame:
        frame, name = QFrame(), QLabel(self.tr("Loop"))
        frame.setObjectName("readout")
        frame.setToolTip(self.tr("Every loop on the pad takes the length of the first."))
        name.setProperty("dim", True)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(round(em(self) * 0.7), 0, round(em(self) * 0.7), 0)
        layout.setSpacing(em(self) // 2)
        layout.addWidget(name)
        layout.addWidget(self.loop_value)
        return frame

    def _lay_out(self) -> None:
        unit, readout, speaker = em(self), self._make_readout(), QLabel()
        speaker.setPixmap(icon(self._theme, "volume", "text_dim").pixmap(unit, unit))
        for widget in (self.play_button, readout, self.export_button, self.device_button):
            widget.setFixedHeight(round(unit * 2.1))
        sound = QHBoxLayout()
        sound.setSpacing(unit // 2)
        sound.addWidget(speaker)
        sound.addWidget(self.volume)
        sound.addWidget(self.volume_label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(unit, 0, unit, 0)
        layout.setSpacing(unit)
        layout.addWidget(self._make_brand())
        layout.addWidget(self.hint)
        layout.addStretch(3)
        layout.addWidget(self.play_button)
        layout.addWidget(readout)
        layout.addStretch(4)
        layout.addWidget(self.device_button)
        layout.addLayout(sound)
        layout.addWidget(self.meter)
        layout.addWidget(self.export_button)
        self.setFixedHeight(round(unit * 3.25))

    def _show_volume(self) -> None:
        is_silent = self.volume_db <= SILENT_DB
        figure = f"{_MINUS}∞" if is_silent else f"{self.volume_db:.1f}".replace("-", _MINUS)
        self.volume_label.setText(self.tr("{figure} dB").format(figure=figure))

    @Slot(int)
    def _on_volume_moved(self, value: int) -> None:
        del value
        self._show_volume()
        self.volume_changed.emit(self.volume_db if self.volume_db > SILENT_DB else float("-inf"))

    @Slot()
    def _on_export_clicked(self) -> None:
        self.export_requested.emit()
