"""What the live spectrogram shows, and the button in its corner that chooses it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from morphstudio.audio.pictures import PictureKind
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme

PITCH_ROLE, BRIGHTNESS_ROLE = "data_line", "meter_low"
"""Roles of the lines' colours."""


@dataclass(frozen=True, slots=True)
class SpectrogramView:
    """What is shown.

    Parameters
    ----------
    picture : PictureKind
    pitch, brightness : bool
        Lines over it; cepstra have no frequencies to draw them at.
    """

    picture: PictureKind = PictureKind.SPECTROGRAM
    pitch: bool = False
    brightness: bool = False

    @property
    def has_pitch(self) -> bool:
        """Whether the pitch is drawn."""
        return self.pitch and not self.picture.is_cepstrum

    @property
    def has_brightness(self) -> bool:
        """Whether the brightness is drawn."""
        return self.brightness and not self.picture.is_cepstrum


class ViewButton(QToolButton):
    """Opens a menu of pictures and of lines over them.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    view_picked = Signal(object)
    """The user chose another `SpectrogramView`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = SpectrogramView()
        self.setProperty("flat", True)
        self.setProperty("small", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._menu = QMenu(self)
        self._pictures = QActionGroup(self)
        self._picture_actions = {kind: self._add_picture(kind) for kind in PictureKind}
        self._menu.addSeparator()
        self._pitch, self._brightness = self._add_line(), self._add_line()
        self.setMenu(self._menu)
        theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()
        self.set_view(self._view)

    def set_view(self, view: SpectrogramView) -> None:
        """Tick what is shown."""
        self._view = view
        self._picture_actions[view.picture].setChecked(True)
        for action, is_on in ((self._pitch, view.pitch), (self._brightness, view.brightness)):
            action.setChecked(is_on)
            action.setEnabled(not view.picture.is_cepstrum)

    def retranslate(self) -> None:
        """Say everything in the language of the application."""
        self.setToolTip(self.tr("What the picture shows"))
        self.setAccessibleName(self.tr("View"))
        texts = {
            PictureKind.SPECTROGRAM: self.tr("Spectrogram"),
            PictureKind.MEL: self.tr("Mel bands"),
            PictureKind.MFCC: self.tr("Timbre (MFCC)"),
            PictureKind.LFCC: self.tr("Timbre, even bands (LFCC)"),
        }
        for kind, action in self._picture_actions.items():
            action.setText(texts[kind])
        self._pitch.setText(self.tr("Pitch track"))
        self._brightness.setText(self.tr("Brightness"))

    def _add_picture(self, kind: PictureKind) -> QAction:
        action = self._pictures.addAction("")
        action.setCheckable(True)
        action.setData(kind.value)
        action.triggered.connect(self._on_triggered)
        self._menu.addAction(action)
        return action

    def _add_line(self) -> QAction:
        action = self._menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(self._on_triggered)
        return action

    def _on_triggered(self) -> None:
        checked = self._pictures.checkedAction()
        picture = self._view.picture if checked is None else PictureKind(checked.data())
        view = replace(
            self._view,
            picture=picture,
            pitch=self._pitch.isChecked(),
            brightness=self._brightness.isChecked(),
        )
        if view != self._view:
            self.set_view(view)
            self.view_picked.emit(view)

    def _tint(self) -> None:
        self.setIcon(icon(self._theme, "view", "text_dim"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * 1.5)
        return QSize(side, side)
