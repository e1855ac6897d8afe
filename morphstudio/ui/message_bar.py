"""The bar that tells people what happened. It waits for nobody: nothing stops while it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.errors import MorphStudioError
from morphstudio.ui.controls import em
from morphstudio.ui.elided import ElidedLabel, WrappedLabel
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme
from morphstudio.ui.work import Work, WorkRows

Level = Literal["info", "warning", "error"]
_ICON_ROLES = {"info": "accent_text", "warning": "warn", "error": "bad"}
_DETAIL_LINES = 8
_RELEASED_MS = 100
"""So often it is looked whether the mouse is still held."""
_TITLE_SHARE = 0.4
"""Of the bar's width, at most."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the bar shows: one line, and perhaps lines of details or something to do behind a button."""

    level: Level
    title: str
    text: str = ""
    hint: str = ""
    details: tuple[str, ...] = ()
    action_text: str = ""
    action: Callable[[], object] | None = field(default=None, compare=False)


class MessageBar(QWidget):
    """Shows the newest message; closing it shows the one before. Below it, what takes a while.

    News replaces older news, so that a busy hour leaves no pile to close; warnings and errors stay.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._messages: list[Message] = []
        self._released = QTimer(self)
        self._released.setSingleShot(True)
        self._released.setInterval(_RELEASED_MS)
        self._released.timeout.connect(self._show_parts)
        self._line = _Line(theme, self)
        self._icon = QLabel()
        self.title = ElidedLabel()
        self.text = WrappedLabel()
        self.hint = WrappedLabel()
        self.more = QLabel()
        self.action_button = QPushButton()
        self.details_button = QPushButton()
        self.close_button = QToolButton()
        self.details = QPlainTextEdit()
        self.work = WorkRows(theme)
        self._dress()
        self._lay_out()
        self.close_button.clicked.connect(self.close_newest)
        self.action_button.clicked.connect(self._on_action_clicked)
        self.details_button.toggled.connect(self._on_details_toggled)
        self.work.emptied.connect(self._show_parts)
        theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()
        self._show_newest()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Messages that are not closed yet, oldest first."""
        return tuple(self._messages)

    def show_message(
        self,
        level: Level,
        title: str,
        text: str,
        hint: str = "",
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message: a few words, a sentence, and what to do about it.

        Parameters
        ----------
        level : "info", "warning" or "error"
        title, text, hint : str
        action_text : str
            Of a button that does what is to be done; empty for none.
        action : callable or None
            Called, after the message is closed, when that button is pressed.
        """
        self._push(Message(level, title, text, hint, action_text=action_text, action=action))

    def show_error(self, error: MorphStudioError, level: Level = "error") -> None:
        """Show what went wrong; as a warning where all goes on without."""
        self.show_message(level, error.title, error.message, error.hint)

    def show_report(self, title: str, lines: list[str], level: Level = "warning") -> None:
        """Show one line for many: the title, and every line behind "Details"."""
        self._push(Message(level, title, details=tuple(lines)))

    def begin_work(self, title: str, cancel: Callable[[], object] | None = None) -> Work:
        """Show something that takes a while, until its `finish` is called.

        Parameters
        ----------
        title : str
            What is done, such as "Exporting Jungle + House.wav".
        cancel : callable or None
            Called once, when somebody wants it stopped. None: it cannot be.
        """
        work = Work(title, cancel)
        self.work.add(work)
        self._show_parts()
        return work

    def retranslate(self) -> None:
        """Make every text again, but the messages' own."""
        self.close_button.setAccessibleName(self.tr("Close message"))
        self.close_button.setToolTip(self.tr("Close"))
        self.details.setAccessibleName(self.tr("Details"))
        self._on_details_toggled(self.details_button.isChecked())
        self._tell_more()

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
        alert = QAccessibleEvent(self._line, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(alert)

    @Slot()
    def _show_parts(self) -> None:
        has_parts = bool(self._messages or self.work.rows)
        if has_parts != self.isVisible() and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._released.start()  # what is under a hand must not move
            return
        self._line.setVisible(bool(self._messages))
        self.setVisible(has_parts)

    def _show_newest(self) -> None:
        self._show_parts()
        if not self._messages:
            return
        message = self._messages[-1]
        only_line = message.details[0] if len(message.details) == 1 else ""
        self._tint()
        self.title.setText(message.title)
        for label, text in ((self.text, message.text or only_line), (self.hint, message.hint)):
            label.set_sentence(text)
            label.setVisible(bool(text))
        self._tell_more()
        self.action_button.setText(message.action_text.replace("&", "&&"))
        self.action_button.setVisible(bool(message.action_text))
        self.details_button.setChecked(False)
        self.details_button.setVisible(len(message.details) > 1)
        self.details.setPlainText("\n".join(message.details))
        n_lines = min(len(message.details), _DETAIL_LINES)
        self.details.setFixedHeight(self.details.fontMetrics().lineSpacing() * n_lines + em(self))
        self._line.setAccessibleName(" ".join(t for t in (message.title, message.text, message.hint) if t))

    def _tell_more(self) -> None:
        n_more = len(self._messages) - 1
        self.more.setText(self.tr("(+{count} more)").format(count=n_more))
        self.more.setVisible(n_more > 0)

    @Slot()
    def _tint(self) -> None:
        """Colours of the theme and of the message's level."""
        self.close_button.setIcon(icon(self._theme, "close", "text_dim"))
        if self._messages:
            level = self._messages[-1].level
            glyph = icon(self._theme, level, _ICON_ROLES[level])
            self._icon.setPixmap(glyph.pixmap(em(self), em(self)))
            self._line.set_role(_ICON_ROLES[level])

    def _dress(self) -> None:
        font = self.title.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.hint.setProperty("dim", True)
        self.more.setProperty("dim", True)
        for label in (self.text, self.hint):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button.setAutoDefault(True)
        self.action_button.setProperty("chip", True)
        self.details_button.setCheckable(True)
        self.details_button.setAutoDefault(True)
        self.details_button.setProperty("chip", True)
        self.close_button.setProperty("flat", True)
        self.close_button.setProperty("small", True)
        # A press leaves the keyboard where it is: both go with the message, and it would go anywhere.
        for button in (self.close_button, self.action_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.details.setReadOnly(True)
        self.details.setAcceptDrops(False)  # a file dropped here belongs to the window
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
        line.addWidget(self.action_button, 0, middle)
        line.addWidget(self.details_button, 0, middle)
        line.addWidget(self.close_button, 0, middle)
        message = QVBoxLayout(self._line)
        message.setContentsMargins(round(unit * 0.75), unit // 2, round(unit * 0.75), unit // 2)
        message.setSpacing(unit // 2)
        message.addLayout(line)
        message.addWidget(self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self.work)

    @Slot(bool)
    def _on_details_toggled(self, is_open: bool) -> None:
        self.details.setVisible(is_open)
        self.details_button.setText(self.tr("Hide details") if is_open else self.tr("Details"))

    @Slot()
    def _on_action_clicked(self) -> None:
        action = self._messages[-1].action if self._messages else None
        self.close_newest()  # before: the action may have a message of its own
        if action is not None:
            action()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setMaximumWidth(round(self.width() * _TITLE_SHARE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Line(QWidget):
    """The ground of a message: an edge in the colour of its level, and a line below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = _ICON_ROLES["info"]
        theme.changed.connect(self.update)

    def set_role(self, role: str) -> None:
        """Colour the edge."""
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = max(2, em(self) // 4)
        painter.fillRect(self.rect(), self._theme.role("panel_raised"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.role("border"))
        painter.fillRect(0, 0, edge, self.height(), self._theme.role(self._role))
