"""A small panel for one loop's tempo, beginning and key. It waits for nobody: the pad plays beneath it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.audio.clip import RATE_HZ
from morphstudio.morph.musical_time import HIGHEST_BPM, LOWEST_BPM, LoopTime
from morphstudio.morph.request import MOST_SEMITONES
from morphstudio.ui.controls import SpinBox, em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.figures import signed_text
from morphstudio.ui.icons import icon
from morphstudio.ui.key_guard import asks_for_escape
from morphstudio.ui.loop_picture import LoopPicture
from morphstudio.ui.loop_time_facts import LoopTimeFacts, shift_to
from morphstudio.ui.sound_texts import key_text
from morphstudio.ui.tempo_field import bpm_text
from morphstudio.ui.theme import Theme, scaled, tabular
from morphstudio.ui.turned_field import TypedLine, number_in

_QUARTER = 0.25


class LoopTimePanel(QWidget):
    """Sets tempo, down-beat and shift of one loop. Esc or the cross closes it.

    Parameters
    ----------
    theme : Theme
    window : QWidget
        Over which it lies; also the parent.
    """

    loop_time_chosen = Signal(str, object)
    """Sound id, and the `LoopTime` that it is to have."""
    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._facts: LoopTimeFacts | None = None
        self._led_from: QWidget | None = None
        self._grip: QPoint | None = None
        self.title = ElidedLabel(self)
        self.close_button = QToolButton(self)
        self.tempo_line, self.start_line = TypedLine(self), TypedLine(self)
        self.half_button, self.double_button = QPushButton("÷2", self), QPushButton("\u00d72", self)
        self.heard_label = QLabel(self)
        self.picture = LoopPicture(theme, self)
        self.earlier_button, self.later_button = QPushButton(self), QPushButton(self)
        self.shift_field = SpinBox(-MOST_SEMITONES, MOST_SEMITONES, self)
        self.key_label = QLabel(self)
        self.match_button = QPushButton(self)
        self.match_menu = QMenu(self)
        self.reset_button = QPushButton(self)
        self._labels = {name: QLabel(self) for name in ("tempo", "start", "shift")}
        self._dress()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.hide()

    def open_at(self, facts: LoopTimeFacts, place: QPoint) -> None:
        """Show a loop beside a place of the window, where all of the panel is in sight."""
        led_from = QApplication.focusWidget()
        # Not the menu from which it is opened, which will be gone.
        if led_from is not None and led_from.window() is self.window() and not self.isAncestorOf(led_from):
            self._led_from = led_from
        self.show_facts(facts)
        self.adjustSize()
        window, gap = self.parentWidget(), em(self)
        assert window is not None
        x = place.x() + gap
        if x + self.width() > window.width() - gap:
            x = place.x() - gap - self.width()
        y = place.y() - self.height() // 2
        self._put(QPoint(x, y))
        self.show()
        self.raise_()
        self.tempo_line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.tempo_line.selectAll()

    def close_panel(self) -> None:
        """Hide it; the keyboard goes back to where it was."""
        if not self.isHidden():
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self.isAncestorOf(focused)
            led_from, self._led_from, self._facts = self._led_from, None, None
            self.hide()
            if had_focus and led_from is not None:
                led_from.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    @property
    def sound_id(self) -> str:
        """Of what is shown; empty where nothing is."""
        return self._facts.sound_id if self._facts is not None else ""

    def show_facts(self, facts: LoopTimeFacts) -> None:
        """Show what a loop is like now."""
        self._facts = facts
        loop_time = facts.loop_time
        self.title.setText(facts.name)
        self._show_figures()
        self.shift_field.blockSignals(True)
        self.shift_field.setValue(loop_time.semitones)
        self.shift_field.blockSignals(False)
        beat_frames = 60.0 * RATE_HZ / facts.bpm
        self.picture.show_loop(
            facts.peaks, facts.n_frames, loop_time.downbeat_frame, beat_frames, facts.beats_per_bar
        )
        self.half_button.setEnabled(facts.bpm / 2.0 >= LOWEST_BPM)
        self.double_button.setEnabled(facts.bpm * 2.0 <= HIGHEST_BPM)
        self.reset_button.setEnabled(loop_time != LoopTime())
        self._show_words()

    def retranslate(self) -> None:
        """Make every text again."""
        self.setAccessibleName(self.tr("Tempo and key of a loop"))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self._labels["tempo"].setText(self.tr("Tempo"))
        self._labels["start"].setText(self.tr("Begins at"))
        self._labels["shift"].setText(self.tr("Shift"))
        self.tempo_line.setAccessibleName(self.tr("Tempo of the loop"))
        self.half_button.setAccessibleName(self.tr("Half the tempo"))
        self.half_button.setToolTip(self.tr("The loop is half as fast as that"))
        self.double_button.setAccessibleName(self.tr("Double the tempo"))
        self.double_button.setToolTip(self.tr("The loop is twice as fast as that"))
        self.start_line.setAccessibleName(self.tr("Where the loop begins, in milliseconds"))
        self.earlier_button.setText(self.tr("¼ beat earlier"))
        self.earlier_button.setToolTip(self.tr("Begin a quarter of a beat earlier"))
        self.later_button.setText(self.tr("¼ beat later"))
        self.later_button.setToolTip(self.tr("Begin a quarter of a beat later"))
        self.shift_field.setAccessibleName(self.tr("Shift in semitones"))
        self.shift_field.setSuffix(" " + self.tr("st"))
        self.match_button.setText(self.tr("Match key of…"))
        self.match_button.setToolTip(self.tr("Shift it the shorter way, so that it goes with another loop"))
        self.reset_button.setText(self.tr("As it came"))
        self.reset_button.setToolTip(self.tr("The tempo that was heard, from its first sample, not shifted"))
        self._show_words()

    def _show_figures(self) -> None:
        assert self._facts is not None
        if not self.tempo_line.hasFocus() or not self.tempo_line.isModified():
            self.tempo_line.setText(bpm_text(self._facts.bpm))
        if not self.start_line.hasFocus() or not self.start_line.isModified():
            start_ms = 1000.0 * self._facts.loop_time.downbeat_frame / RATE_HZ
            self.start_line.setText(self.tr("{time} ms").format(time=f"{start_ms:.1f}"))

    def _show_words(self) -> None:
        facts = self._facts
        if facts is None:
            return
        if facts.heard_bpm is not None:
            heard = self.tr("heard: {tempo}").format(tempo=bpm_text(facts.heard_bpm))
        else:
            heard = self.tr("no tempo heard")
        self.heard_label.setText(heard)
        self.key_label.setText(self.tr("Key: {key}").format(key=key_text(facts.key) if facts.key else "—"))
        self.match_menu.clear()
        for other in facts.others if facts.key else ():
            shift = shift_to(facts.key, other)
            text = self.tr("{name} · {key} ({shift} st)").format(
                name=other.name, key=key_text(other.key), shift=signed_text(shift)
            )
            self.match_menu.addAction(text.replace("&", "&&")).setData(shift)
        self.match_button.setEnabled(not self.match_menu.isEmpty())

    # --- what hands do --------------------------------------------------------------------------

    def _choose(self, **changes: object) -> None:
        facts = self._facts
        if facts is not None:
            wanted = replace(facts.loop_time, **changes)  # type: ignore[arg-type]
            if wanted != facts.loop_time:
                self.loop_time_chosen.emit(facts.sound_id, wanted)

    def _take_tempo(self) -> str:
        facts, text = self._facts, self.tempo_line.text()
        if facts is None or text == bpm_text(facts.bpm):
            return ""
        if not text.strip():
            self._choose(bpm=None)
            return ""
        bpm = number_in(text)
        if bpm is None or not LOWEST_BPM <= bpm <= HIGHEST_BPM:
            return self.tr("Type a tempo from {lowest} to {highest}, such as 128 or 128.5.").format(
                lowest=f"{LOWEST_BPM:g}", highest=f"{HIGHEST_BPM:g}"
            )
        self._choose(bpm=bpm)
        return ""

    def _take_start(self) -> str:
        facts = self._facts
        if facts is None or not self.start_line.isModified():
            return ""
        start_ms = number_in(self.start_line.text())
        frame = -1 if start_ms is None else round(start_ms * RATE_HZ / 1000.0)
        if not 0 <= frame < facts.n_frames:
            longest = f"{1000.0 * facts.n_frames / RATE_HZ:.0f}"
            return self.tr("Type milliseconds, less than the {length} of the loop.").format(length=longest)
        self._choose(downbeat_frame=frame)
        return ""

    @Slot()
    def _on_tempo_entered(self) -> None:
        self._settle(self.tempo_line, self._take_tempo())

    @Slot()
    def _on_start_entered(self) -> None:
        self._settle(self.start_line, self._take_start())

    def _settle(self, line: TypedLine, hint: str) -> None:
        if hint:
            line.refuse(hint)
            return
        line.setModified(False)
        if self._facts is not None:
            self._show_figures()
        line.selectAll()

    @Slot()
    def _on_line_left(self) -> None:
        for line, take in ((self.tempo_line, self._take_tempo), (self.start_line, self._take_start)):
            if line.isModified():
                take()  # nonsense that was left is no news
                line.accept()
                line.setModified(False)
        if self._facts is not None:
            self._show_figures()

    @Slot()
    def _on_half_clicked(self) -> None:
        if self._facts is not None:
            self._choose(bpm=self._facts.bpm / 2.0)

    @Slot()
    def _on_double_clicked(self) -> None:
        if self._facts is not None:
            self._choose(bpm=self._facts.bpm * 2.0)

    @Slot()
    def _on_earlier_clicked(self) -> None:
        self._nudge(-_QUARTER)

    @Slot()
    def _on_later_clicked(self) -> None:
        self._nudge(_QUARTER)

    def _nudge(self, beats: float) -> None:
        if (facts := self._facts) is not None:
            frame = facts.loop_time.downbeat_frame + round(beats * 60.0 * RATE_HZ / facts.bpm)
            self._choose(downbeat_frame=frame % facts.n_frames)

    @Slot(int)
    def _on_downbeat_moved(self, frame: int) -> None:
        self._choose(downbeat_frame=frame)

    @Slot(int)
    def _on_shift_changed(self, semitones: int) -> None:
        self._choose(semitones=semitones)

    @Slot(QAction)
    def _on_match_triggered(self, action: QAction) -> None:
        self._choose(semitones=action.data())

    @Slot()
    def _on_reset_clicked(self) -> None:
        self._choose(bpm=None, downbeat_frame=0, semitones=0)

    # --- how it is made -------------------------------------------------------------------------

    def _dress(self) -> None:
        self.title.setFont(scaled(self.title.font(), 1.0, QFont.Weight.DemiBold))
        self.close_button.setProperty("flat", True)
        self.close_button.setProperty("small", True)
        self._theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        for label in (*self._labels.values(), self.heard_label, self.key_label):
            label.setProperty("dim", True)
        self._labels["tempo"].setBuddy(self.tempo_line)
        self._labels["start"].setBuddy(self.start_line)
        self._labels["shift"].setBuddy(self.shift_field)
        for line in (self.tempo_line, self.start_line):
            line.setFont(tabular(line.font()))
            line.setFixedWidth(line.fontMetrics().horizontalAdvance("00000.0 ms") + round(em(self) * 1.6))
        self.shift_field.setFixedWidth(self.tempo_line.width())
        self.match_button.setMenu(self.match_menu)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        unit = em(self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit // 2)
        grid.setVerticalSpacing(unit // 2)
        rows = (
            (self._labels["tempo"], self.tempo_line, self.half_button, self.double_button, self.heard_label),
            (),
            (self._labels["start"], self.start_line, self.earlier_button, self.later_button),
            (self._labels["shift"], self.shift_field, self.match_button, None, self.key_label),
        )
        for row, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                if widget is self.match_button:
                    grid.addWidget(widget, row, column, 1, 2)
                elif widget is not None:
                    grid.addWidget(widget, row, column)
        grid.addWidget(self.picture, 1, 0, 1, 5)
        grid.setColumnStretch(4, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.reset_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit, round(unit * 0.7), unit, unit)
        layout.setSpacing(round(unit * 0.6))
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)  # words may become longer
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addLayout(foot)
        order = (
            self.tempo_line, self.half_button, self.double_button, self.picture, self.start_line,
            self.earlier_button, self.later_button, self.shift_field, self.match_button, self.reset_button,
            self.close_button,
        )  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.close_panel)
        self.tempo_line.returnPressed.connect(self._on_tempo_entered)
        self.start_line.returnPressed.connect(self._on_start_entered)
        for line in (self.tempo_line, self.start_line):
            line.left.connect(self._on_line_left)
            line.cancelled.connect(self.close_panel)
        self.half_button.clicked.connect(self._on_half_clicked)
        self.double_button.clicked.connect(self._on_double_clicked)
        self.earlier_button.clicked.connect(self._on_earlier_clicked)
        self.later_button.clicked.connect(self._on_later_clicked)
        self.picture.downbeat_moved.connect(self._on_downbeat_moved)
        self.shift_field.valueChanged.connect(self._on_shift_changed)
        self.match_menu.triggered.connect(self._on_match_triggered)
        self.reset_button.clicked.connect(self._on_reset_clicked)

    def _put(self, place: QPoint) -> None:
        window = self.parentWidget()
        assert window is not None
        most_x, most_y = window.width() - self.width(), window.height() - self.height()
        self.move(max(0, min(place.x(), most_x)), max(0, min(place.y(), most_y)))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.close_button.setIcon(icon(self._theme, "close", "text_dim"))
        self.update()

    # --- Qt -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if asks_for_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position().toPoint()
        event.accept()  # not the pad's below

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._put(self.mapToParent(event.position().toPoint() - self._grip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.role("border_strong"), 1.0))
        painter.setBrush(self._theme.role("panel"))
        radius = em(self) * 0.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put(self.pos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.adjustSize()
