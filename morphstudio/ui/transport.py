"""The top bar: name, play and stop, loop length, device, volume, level, export. It knows no player."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from morphstudio.ui.controls import LevelMeter, Slider, em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled, tabular

QUIETEST_DB = -60.0
"""Left end of the volume slider: there it is silent."""
LOUDEST_DB = 6.0
_STEPS_PER_DB = 2
_MINUS = "\u2212"


class DeviceButton(QPushButton):
    """Says what plays, and opens the list of devices."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status = ""
        self._is_ok = True
        self.setProperty("flat", True)
        self.setAutoDefault(True)
        self.setMenu(QMenu(self))
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
    device_chosen = Signal(str)
    """Id of a device in the list."""
    rescan_requested = Signal()
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
        self.volume = Slider(round(QUIETEST_DB * _STEPS_PER_DB), round(LOUDEST_DB * _STEPS_PER_DB), 0)
        self.volume_label = QLabel()
        self.meter = LevelMeter(theme)
        self.export_button = QPushButton(self.tr("Export…"))
        self._devices = QActionGroup(self)
        self._dress()
        self._lay_out()

        self.play_button.clicked.connect(self.toggle_play)
        QShortcut(QKeySequence(Qt.Key.Key_Space), self).activated.connect(self.toggle_play)
        self.volume.valueChanged.connect(self._on_volume_moved)
        self.export_button.clicked.connect(self._on_export_clicked)
        self._devices.triggered.connect(self._on_device_triggered)
        self.set_playing(False)
        self.set_loop_text("")
        self.set_devices([], "")
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

    def set_devices(self, devices: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these devices.

        Parameters
        ----------
        devices : sequence of (label, id)
        current : str
            Id of the device that plays; "" for none.
        """
        menu = self.device_button.menu()
        menu.clear()
        for action in self._devices.actions():
            self._devices.removeAction(action)
        if not devices:
            menu.addAction(self.tr("No device found")).setEnabled(False)
        for label, device_id in devices:
            action = QAction(label.replace("&", "&&"), menu)
            action.setData(device_id)
            action.setCheckable(True)
            action.setChecked(device_id == current)
            self._devices.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Look for devices again")).triggered.connect(self._on_rescan_triggered)

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

    def _volume_db(self) -> float:
        is_silent = self.volume.value() == self.volume.minimum()
        return float("-inf") if is_silent else self.volume.value() / _STEPS_PER_DB

    def _show_volume(self) -> None:
        volume_db = self._volume_db()
        figure = f"{_MINUS}∞" if volume_db < QUIETEST_DB else f"{volume_db:.1f}".replace("-", _MINUS)
        self.volume_label.setText(self.tr("{figure} dB").format(figure=figure))

    @Slot(int)
    def _on_volume_moved(self, value: int) -> None:
        del value
        self._show_volume()
        self.volume_changed.emit(self._volume_db())

    @Slot()
    def _on_export_clicked(self) -> None:
        self.export_requested.emit()

    @Slot(QAction)
    def _on_device_triggered(self, action: QAction) -> None:
        self.device_chosen.emit(action.data())

    @Slot()
    def _on_rescan_triggered(self) -> None:
        self.rescan_requested.emit()
