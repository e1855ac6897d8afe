"""The bar that tells people what happened. It waits for nobody: nothing stops while it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.ui.controls import em, restyle
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme

Level = Literal["info", "warning", "error"]
_ICON_ROLES = {"info": "accent_text", "warning": "warn", "error": "bad"}
_DETAIL_LINES = 8


@dataclass(frozen=True, slots=True)
class Message:
    """What the bar shows: one line, and perhaps lines of details behind a button."""

    level: Level
    title: str
    text: str = ""
    hint: str = ""
    details: tuple[str, ...] = ()


class MessageBar(QWidget):
    """Shows the newest message; closing it shows the one before.

    News replaces older news, so that a busy hour leaves no pile to close; warnings and errors stay.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._messages: list[Message] = []
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self.title = QLabel()
        self.text = QLabel()
        self.hint = QLabel()
        self.more = QLabel()
        self.details_button = QPushButton()
        self.close_button = QToolButton()
        self.details = QPlainTextEdit()
        self._dress()
        self._lay_out()
        self.close_button.clicked.connect(self.close_newest)
        self.details_button.toggled.connect(self._on_details_toggled)
        self._show_newest()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Messages that are not closed yet, oldest first."""
        return tuple(self._messages)

    def show_message(self, level: Level, title: str, text: str, hint: str = "") -> None:
        """Show a message: a few words, a sentence, and what to do about it."""
        self._push(Message(level, title, text, hint))

    def show_report(self, title: str, lines: list[str], level: Level = "warning") -> None:
        """Show one line for many: the title, and every line behind "Details"."""
        self._push(Message(level, title, details=tuple(lines)))

    def close_newest(self) -> None:
        """Close the message that shows, if any."""
        if self._messages:
            self._messages.pop()
            self._show_newest()

    def withdraw(self, *titles: str) -> None:
        """Close messages of these titles: they are no longer true."""
        self._messages = [message for message in self._messages if message.title not in titles]
        self._show_newest()

    def clear(self) -> None:
        """Close every message."""
        self._messages.clear()
        self._show_newest()

    def _push(self, message: Message) -> None:
        self._messages = [
            known
            for known in self._messages
            if known != message and not (known.level == message.level == "info")
        ]
        self._messages.append(message)
        self._show_newest()
        alert = QAccessibleEvent(self, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(alert)

    def _show_newest(self) -> None:
        self.setVisible(bool(self._messages))
        if not self._messages:
            return
        message = self._messages[-1]
        only_line = message.details[0] if len(message.details) == 1 else ""
        restyle(self, "level", message.level)
        glyph = icon(self._theme, message.level, _ICON_ROLES[message.level])
        self._icon.setPixmap(glyph.pixmap(em(self), em(self)))
        self.title.setText(message.title)
        for label, text in ((self.text, message.text or only_line), (self.hint, message.hint)):
            label.setText(text)
            label.setVisible(bool(text))
        n_more = len(self._messages) - 1
        self.more.setText(self.tr("(+{count} more)").format(count=n_more))
        self.more.setVisible(n_more > 0)
        self.details_button.setChecked(False)
        self.details_button.setVisible(len(message.details) > 1)
        self.details.setPlainText("\n".join(message.details))
        n_lines = min(len(message.details), _DETAIL_LINES)
        self.details.setFixedHeight(self.details.fontMetrics().lineSpacing() * n_lines + em(self))
        self.setAccessibleName(" ".join(t for t in (message.title, message.text, message.hint) if t))

    def _dress(self) -> None:
        font = self.title.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.hint.setProperty("dim", True)
        self.more.setProperty("dim", True)
        for label in (self.title, self.text, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called <b>.wav
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.text, self.hint):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.details_button.setCheckable(True)
        self.details_button.setAutoDefault(True)
        self.details_button.setProperty("chip", True)
        self.details_button.setText(self.tr("Details"))
        self.close_button.setIcon(icon(self._theme, "close", "text_dim"))
        self.close_button.setProperty("flat", True)
        self.close_button.setProperty("small", True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.setAccessibleName(self.tr("Close message"))
        self.close_button.setToolTip(self.tr("Close"))
        self.details.setReadOnly(True)
        self.details.setAcceptDrops(False)  # a file dropped here belongs to the window
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setVisible(False)

    def _lay_out(self) -> None:
        unit = em(self)
        sentences = QGridLayout()
        sentences.setVerticalSpacing(unit // 6)
        sentences.setHorizontalSpacing(round(unit * 0.7))
        sentences.addWidget(self.title, 0, 0, Qt.AlignmentFlag.AlignTop)
        sentences.addWidget(self.text, 0, 1)
        sentences.addWidget(self.hint, 1, 1)
        sentences.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.setSpacing(round(unit * 0.7))
        middle = Qt.AlignmentFlag.AlignVCenter
        line.addWidget(self._icon, 0, middle)
        line.addLayout(sentences, 1)
        line.setAlignment(sentences, middle)
        line.addWidget(self.more, 0, middle)
        line.addWidget(self.details_button, 0, middle)
        line.addWidget(self.close_button, 0, middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(round(unit * 0.75), unit // 2, round(unit * 0.75), unit // 2)
        layout.setSpacing(unit // 2)
        layout.addLayout(line)
        layout.addWidget(self.details)

    def _on_details_toggled(self, is_open: bool) -> None:
        self.details.setVisible(is_open)
        self.details_button.setText(self.tr("Hide details") if is_open else self.tr("Details"))
