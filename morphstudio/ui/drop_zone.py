"""The field at the bottom of the browser: what may be dropped and, while files are read, how far that is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from morphstudio.ui.controls import PaintedButton, em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled, tabular

_TALL_EM, _LOW_EM = 3.9, 2.4


class DropZone(PaintedButton):
    """A button that asks for files. Its height stays the same while files are read.

    Parameters
    ----------
    theme : Theme
    """

    import_cancelled = Signal()
    """Somebody wants no more files to be read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._done, self._total = 0, 0
        self._is_low, self._is_dragging = False, False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title, self.formats = QLabel(self), QLabel("WAV · AIFF · FLAC · MP3 · OGG", self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.cancel_button = QToolButton(self)
        self.cancel_button.setProperty("flat", True)
        self.cancel_button.setProperty("small", True)
        self.cancel_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.title.setFont(tabular(self.title.font()))
        self.formats.setFont(scaled(self.formats.font(), 0.85))
        for part in (self.title, self.formats, self.progress):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for label in (self.title, self.formats):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setProperty("dim", True)
        self.cancel_button.clicked.connect(self.import_cancelled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    @property
    def is_busy(self) -> bool:
        """Whether files are read."""
        return self._done < self._total

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self.setToolTip(self.tr("Click to choose files"))
        self.cancel_button.setToolTip(self.tr("Stop reading"))
        self.cancel_button.setAccessibleName(self.tr("Stop reading"))
        self._show()

    @Slot(int, int)
    def set_progress(self, done: int, total: int) -> None:
        """Show an import that runs; equal figures are none."""
        self._done, self._total = done, total
        self._show()

    def set_dragging(self, is_dragging: bool) -> None:
        """Show that files are held over the window."""
        self._is_dragging = is_dragging
        self.update()

    def set_low(self, is_low: bool) -> None:
        """Take less room, and say less."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.updateGeometry()
            self._show()

    def _show(self) -> None:
        text = self.tr("Drop loops or folders here")
        if self.is_busy:
            self.progress.setRange(0, self._total)
            self.progress.setValue(self._done)
            text = self.tr("Reading {done} of {total}").format(done=self._done + 1, total=self._total)
        self.progress.setVisible(self.is_busy)
        self.cancel_button.setVisible(self.is_busy)
        self.formats.setVisible(not self.is_busy and not self._is_low)
        self.title.setText(text)
        self.setAccessibleName(text)
        self._lay_out()

    def _lay_out(self) -> None:
        unit = em(self)
        second = self.progress if self.is_busy else None if self._is_low else self.formats
        gap = unit // 4 if second is not None else 0
        heights = [self.title.sizeHint().height(), second.sizeHint().height() if second is not None else 0]
        top = (self.height() - sum(heights) - gap) // 2
        side = max(self.cancel_button.sizeHint().width(), self.cancel_button.sizeHint().height())
        margin = side + unit // 2 if self.is_busy else unit // 2
        width = max(0, self.width() - 2 * margin)
        self.title.setGeometry(margin, top, width, heights[0])
        if second is not None:
            second.setGeometry(margin, top + heights[0] + gap, width, heights[1])
        self.cancel_button.setGeometry(
            self.width() - side - unit // 3, (self.height() - side) // 2, side, side
        )

    @Slot()
    def _on_theme_changed(self) -> None:
        self.cancel_button.setIcon(icon(self._theme, "close", "text_dim"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 12, round(em(self) * (_LOW_EM if self._is_low else _TALL_EM)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, box = em(self) * 0.35, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = (
            "accent_soft" if self._is_dragging
            else "pressed" if self.isDown()
            else "row_hover" if self.underMouse()
            else ""
        )  # fmt: skip
        line = "focus" if self.hasFocus() else "accent" if self._is_dragging else "border_strong"
        if line == "border_strong" and self.underMouse():
            line = "wave"
        pen = QPen(self._theme.role(line), 2 if self.hasFocus() else 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        if ground:
            painter.setBrush(self._theme.role(ground))
        painter.drawRoundedRect(box, radius, radius)
