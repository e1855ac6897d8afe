"""The top bar: menu, name, playing, tempo, length, device, volume, level, export. It knows no player."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from morphstudio.settings import LOUDEST_DB, SILENT_DB
from morphstudio.ui.bars_field import BarsField
from morphstudio.ui.controls import Slider, em
from morphstudio.ui.device_menu import DeviceButton
from morphstudio.ui.icons import icon
from morphstudio.ui.meters import LevelMeter
from morphstudio.ui.tempo_field import TempoField
from morphstudio.ui.theme import Theme, scaled, tabular

_STEPS_PER_DB = 2
_MINUS = "\u2212"
_N_GIVING_WAY = 3
"""Parts that are left out, one after another, where the window is narrow."""


class TransportBar(QWidget):
    """Everything about playing that is not the pad.

    Parameters
    ----------
    theme : Theme
    """

    play_toggled = Signal(bool)
    """True: play was asked for; the button changes with `set_playing` only."""
    playing_changed = Signal(bool)
    """What the button shows."""
    volume_changed = Signal(float)
    """In dB; -inf at the left end."""
    export_requested = Signal()
    tapped = Signal()
    """At the moment when it is pressed, not when it is let go."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_playing = False

        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menu_button = QToolButton()
        self._brand = QLabel()
        self.play_button = QPushButton()
        self.tempo_field = TempoField(theme)
        self.bars_field = BarsField(theme)
        self.tap_button = QPushButton()
        self.device_button = DeviceButton(theme)
        self._speaker = QLabel()
        self.volume = Slider(round(SILENT_DB * _STEPS_PER_DB), round(LOUDEST_DB * _STEPS_PER_DB), 0)
        self.volume_label = QLabel()
        self.meter = LevelMeter(theme)
        self.export_button = QPushButton()
        self._layout = QHBoxLayout(self)
        self._least_width = 0
        self._dress()
        self._lay_out()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

        self.play_button.clicked.connect(self.toggle_play)
        self.tap_button.pressed.connect(self.tapped)
        self.volume.valueChanged.connect(self._on_volume_moved)
        self.export_button.clicked.connect(self._on_export_clicked)
        self.set_device_status(self.tr("No sound device"), False)
        self.set_export_enabled(False)

    def set_playing(self, is_playing: bool) -> None:
        """Show whether sound runs."""
        if is_playing != self._is_playing:  # told with each move of a drag
            self._is_playing = is_playing
            self._show_playing()
            self.playing_changed.emit(is_playing)

    def _show_playing(self) -> None:
        self.play_button.setText(self.tr("Stop") if self._is_playing else self.tr("Play"))
        self.play_button.setIcon(icon(self._theme, "stop" if self._is_playing else "play"))

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
        self._fit()

    def set_export_enabled(self, is_enabled: bool) -> None:
        """Allow the export once there is something to export."""
        self.export_button.setEnabled(is_enabled)

    def set_menu(self, menu: QMenu) -> None:
        """Open this where the menu is asked for."""
        self.menu_button.setMenu(menu)

    def add_handle(self, handle: QWidget) -> None:
        """Put a widget before the export."""
        handle.setFixedHeight(self.export_button.height())
        self._layout.insertWidget(self._layout.indexOf(self.export_button), handle)
        self.setTabOrder(self.meter, handle)
        self.setTabOrder(handle, self.export_button)
        self._measure()

    @Slot()
    def toggle_play(self) -> None:
        """Do what a click on Play or Stop does."""
        self.play_toggled.emit(not self._is_playing)

    def retranslate(self) -> None:
        """Make every text again."""
        self.menu_button.setAccessibleName(self.tr("Main menu"))
        self.menu_button.setToolTip(self.tr("Menu"))
        # Wide enough for either word, so that nothing moves when it changes.
        metrics = self.play_button.fontMetrics()
        width = max(metrics.horizontalAdvance(text) for text in (self.tr("Play"), self.tr("Stop")))
        self.play_button.setFixedWidth(width + round(em(self) * 3.2))
        self.play_button.setToolTip(self.tr("Play or stop (Space)"))
        self._show_playing()
        self.tap_button.setText(self.tr("Tap"))
        self.tap_button.setToolTip(self.tr("Tap the tempo, three times or more (T)"))
        self.export_button.setText(self.tr("Export…"))
        self.export_button.setToolTip(self.tr("Write what you hear as a sound file (Ctrl+E)"))
        self.volume.setAccessibleName(self.tr("Volume"))
        self._show_volume()
        self._measure()

    def _dress(self) -> None:
        self.menu_button.setProperty("flat", True)
        self.menu_button.setProperty("small", True)
        self.menu_button.setIconSize(QSize(em(self), em(self)))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for button in (self.play_button, self.tap_button, self.export_button):
            button.setAutoDefault(True)
        self._brand.setFont(scaled(self._brand.font(), 1.2, QFont.Weight.DemiBold))
        self._brand.setAccessibleName("MorphStudio")
        self.export_button.setProperty("primary", True)
        self.volume.setMinimumWidth(em(self) * 4)
        self.volume.setMaximumWidth(em(self) * 6)
        self.volume.setPageStep(2 * _STEPS_PER_DB)
        self.volume_label.setFont(tabular(self.volume_label.font()))
        self.volume_label.setProperty("dim", True)
        self.volume_label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.volume_label.setFixedWidth(
            self.volume_label.fontMetrics().horizontalAdvance(f"{_MINUS}00.00 dB")
        )

    def _lay_out(self) -> None:
        unit = em(self)
        for widget in (self.play_button, self.tap_button, self.export_button, self.device_button):
            widget.setFixedHeight(round(unit * 2.1))
        self.menu_button.setFixedSize(round(unit * 2.1), round(unit * 2.1))
        self._sound = sound = QHBoxLayout()
        sound.setSpacing(unit // 2)
        sound.addWidget(self._speaker)
        sound.addWidget(self.volume)
        sound.addWidget(self.volume_label)
        self._time = time = QHBoxLayout()
        time.setSpacing(round(unit * 0.6))
        time.addWidget(self.play_button)
        time.addWidget(self.tempo_field)
        time.addWidget(self.bars_field)
        time.addWidget(self.tap_button)
        self._layout.setContentsMargins(unit // 2, 0, unit, 0)
        self._layout.setSpacing(unit)
        self._layout.addWidget(self.menu_button)
        self._layout.addWidget(self._brand)
        self._layout.addStretch(3)
        self._layout.addLayout(time)
        self._layout.addStretch(4)
        self._layout.addWidget(self.device_button)
        self._layout.addLayout(sound)
        self._layout.addWidget(self.meter)
        self._layout.addWidget(self.export_button)
        self.setFixedHeight(round(unit * 3.25))

    def _measure(self) -> None:
        """Find out how narrow it can be; to be called when what is in it has changed."""
        self._show_parts(_N_GIVING_WAY)
        self._least_width = self._needed_width()
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        """Leave out what is said elsewhere as well, as far as there is no room."""
        for n_left_out in range(_N_GIVING_WAY + 1):
            self._show_parts(n_left_out)
            if self._needed_width() <= self.width():
                return

    def _show_parts(self, n_left_out: int) -> None:
        self.volume_label.setVisible(n_left_out < 1)  # said by the slider's tip
        self._brand.setVisible(n_left_out < 2)  # by the window's title
        for field in (self.tempo_field, self.bars_field):
            field.set_name_shown(n_left_out < 3)  # by the units

    def _needed_width(self) -> int:
        for layout in (self._time, self._sound, self._layout):
            layout.invalidate()
        return self._layout.minimumSize().width()

    def _show_volume(self) -> None:
        is_silent = self.volume_db <= SILENT_DB
        figure = f"{_MINUS}∞" if is_silent else f"{self.volume_db:.1f}".replace("-", _MINUS)
        text = self.tr("{figure} dB").format(figure=figure)
        self.volume_label.setText(text)
        self.volume.setAccessibleDescription(text)
        self.volume.setToolTip(self.tr("Volume: {level}; double click for 0 dB").format(level=text))

    @Slot(int)
    def _on_volume_moved(self, value: int) -> None:
        del value
        self._show_volume()
        self.volume_changed.emit(self.volume_db if self.volume_db > SILENT_DB else float("-inf"))

    @Slot()
    def _on_export_clicked(self) -> None:
        self.export_requested.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        accent, unit = self._theme.role("accent_text").name(), em(self)
        self._brand.setText(f'Morph<span style="color:{accent}">Studio</span>')
        self._speaker.setPixmap(icon(self._theme, "volume", "text_dim").pixmap(unit, unit))
        self.menu_button.setIcon(icon(self._theme, "menu", "text_dim"))
        self._show_playing()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
