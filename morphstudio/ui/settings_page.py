"""What the pages of the settings share: a title, sections, notes; and two pages of a single choice."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from morphstudio.paths import resources_dir
from morphstudio.settings import LANGUAGES, THEMES
from morphstudio.ui.controls import FlowLayout, PaintedButton, em
from morphstudio.ui.theme import Theme, ThemeTables, read_theme, scaled

_OWN_NAMES = {"en": "English", "ja": "日本語", "ko": "한국어", "zh": "中文"}
"""A language is found by those who read it; so these are not translated."""


class Page(QWidget):
    """A column with a title; a child says its texts in `retranslate`, now and at each change of language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setFont(scaled(self._title.font(), 1.3))
        unit = em(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(unit * 3 // 2, round(unit * 1.2), unit * 3 // 2, unit)
        self.column.setSpacing(round(unit * 0.6))
        self.column.addWidget(self._title)
        self.column.addSpacing(unit // 2)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self._title.text()

    def retranslate(self) -> None:
        """Say every text in the language that is spoken now."""
        raise NotImplementedError

    def set_title(self, text: str) -> None:
        """Say what the page is called, to ears too."""
        self._title.setText(text)
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def note(property_name: str = "dim") -> QLabel:
    """Make a label for sentences, broken into lines where they are long."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty(property_name, True)
    return label


def plain_button() -> QPushButton:
    """Make a button that Enter presses only while it has the focus."""
    button = QPushButton()
    button.setAutoDefault(False)
    return button


class ThemeCard(PaintedButton):
    """A small picture of the window in one theme; of two, one half each.

    Parameters
    ----------
    theme : Theme
        What is shown around the card.
    halves : tuple of ThemeTables
        One, or left and right.
    """

    def __init__(self, theme: Theme, halves: tuple[ThemeTables, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._halves = theme, halves
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        unit = em(self)
        text_width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(unit * 9, text_width + unit), unit * 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        unit = em(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture = QRectF(self.rect()).adjusted(3, 3, -3, -round(unit * 1.6))
        outline = QPainterPath()
        outline.addRoundedRect(picture, unit * 0.4, unit * 0.4)
        painter.save()
        painter.setClipPath(outline)
        width = picture.width() / len(self._halves)
        for index, tables in enumerate(self._halves):
            painter.setClipRect(
                QRectF(picture.left() + index * width, picture.top(), width, picture.height()),
                Qt.ClipOperation.IntersectClip if index == 0 else Qt.ClipOperation.ReplaceClip,
            )
            if index > 0:
                painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
            _paint_window(painter, picture, tables)
        painter.restore()
        painter.setPen(self._pen())
        painter.drawPath(outline)
        painter.setPen(self._theme.role("accent_text" if self.isChecked() else "text"))
        foot = QRectF(0, picture.bottom(), self.width(), self.height() - picture.bottom())
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self.text())

    def _pen(self) -> QPen:
        if self.hasFocus():
            return QPen(self._theme.role("focus"), 3.5)
        if self.isChecked():
            return QPen(self._theme.role("accent"), 2.5)
        return QPen(self._theme.role("wave" if self.underMouse() else "border_strong"), 1.5)


def _paint_window(painter: QPainter, frame: QRectF, tables: ThemeTables) -> None:
    """Paint the window as far as it can be told at this size: bar, list, dots, spectrogram."""

    def colour(role: str) -> QColor:
        return QColor(tables.colours[role])

    def part(x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(
            frame.left() + x * frame.width(),
            frame.top() + y * frame.height(),
            width * frame.width(),
            height * frame.height(),
        )

    painter.fillRect(frame, colour("panel"))
    painter.fillRect(part(0, 0, 1, 0.14), colour("panel_header"))
    painter.fillRect(part(0, 0.76, 1, 0.24), colour("data_ground"))
    painter.fillRect(part(0.26, 0.14, 0.008, 0.62), colour("border"))
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(4):
        painter.setBrush(colour("text" if row == 0 else "text_dim"))
        painter.drawRoundedRect(part(0.05, 0.21 + row * 0.13, 0.15, 0.035), 1, 1)
    painter.setBrush(colour("accent"))
    painter.drawRoundedRect(part(0.82, 0.035, 0.13, 0.07), 2, 2)
    radius = frame.height() * 0.035
    for x, y, role in (
        (0.42, 0.3, "family_drums"),
        (0.58, 0.55, "family_perc"),
        (0.7, 0.3, "family_synth"),
        (0.86, 0.48, "family_bass"),
        (0.44, 0.62, "family_texture"),
    ):
        painter.setBrush(colour(role))
        painter.drawEllipse(part(x, y, 0, 0).topLeft(), radius, radius)


class AppearancePage(Page):
    """System, dark or light."""

    theme_chosen = Signal(str)
    """As in `AppearanceSettings.theme`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dark, light = (read_theme(resources_dir() / "themes" / f"{name}.json") for name in ("dark", "light"))
        halves = {"system": (dark, light), "dark": (dark,), "light": (light,)}
        self._group = QButtonGroup(self)
        self._cards = {name: ThemeCard(theme, halves[name]) for name in THEMES}
        row = FlowLayout(em(self))
        for index, card in enumerate(self._cards.values()):
            self._group.addButton(card, index)
            row.addWidget(card)
        self._note = note()
        self.column.addLayout(row)
        self.column.addWidget(self._note)
        self.column.addStretch(1)
        self._group.idClicked.connect(self._on_card_clicked)
        self.retranslate()

    def choose(self, name: str) -> None:
        """Show which one is chosen; says nothing back."""
        self._cards[name].setChecked(True)

    def retranslate(self) -> None:
        self.set_title(self.tr("Appearance"))
        names = {"system": self.tr("System"), "dark": self.tr("Dark"), "light": self.tr("Light")}
        for name, card in self._cards.items():
            card.setText(names[name])
            card.setAccessibleName(self.tr("Appearance: {name}").format(name=names[name]))
            card.updateGeometry()
        self._note.setText(self.tr("The picture of the sound stays dark: its colours tell how loud it is."))

    @Slot(int)
    def _on_card_clicked(self, index: int) -> None:
        self.theme_chosen.emit(THEMES[index])


class LanguagePage(Page):
    """The system's language, or one of ours."""

    language_chosen = Signal(str)
    """As in `AppearanceSettings.language`: empty for the system's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = {code: QRadioButton(_OWN_NAMES.get(code, "")) for code in ("", *LANGUAGES)}
        self._group = QButtonGroup(self)
        for index, choice in enumerate(self._choices.values()):
            self._group.addButton(choice, index)
            self.column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._group.idClicked.connect(self._on_choice_clicked)
        self.retranslate()

    def choose(self, code: str) -> None:
        """Show which one is chosen; says nothing back."""
        self._choices[code].setChecked(True)

    def retranslate(self) -> None:
        self.set_title(self.tr("Language"))
        self._choices[""].setText(self.tr("System language"))

    @Slot(int)
    def _on_choice_clicked(self, index: int) -> None:
        self.language_chosen.emit(list(self._choices)[index])
