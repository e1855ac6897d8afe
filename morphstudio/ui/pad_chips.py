"""What lies in the corners of the pad: what is heard and how much of each, the modes, the zoom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from morphstudio.library.sounds import Family
from morphstudio.ui.figures import signed_text
from morphstudio.ui.pad_art import faded
from morphstudio.ui.theme import Theme, tabular

_NAME_WIDTH_EM = 10.5


@dataclass(frozen=True, slots=True)
class Chip:
    """A name and an amount; `family` gives the colour of its dot, None means that it has none."""

    name: str
    amount: str
    family: Family | None = None


def percentages(weights: Sequence[float]) -> list[int]:
    """Whole percentages that sum to 100 (largest remainders are rounded up).

    >>> percentages([0.335, 0.335, 0.33])
    [34, 33, 33]
    """
    exact = [100.0 * weight for weight in weights]
    whole = [int(share) for share in exact]
    missing = round(sum(exact)) - sum(whole)
    for i in sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))[:missing]:
        whole[i] += 1
    return whole


def signed_percent(share: float) -> str:
    """A share of -1..1 as people read it.

    >>> signed_percent(0.4), signed_percent(0.001)
    ('+40%', '0%')
    """
    return f"{signed_text(100 * share)}%"


def chip_height(font: QFont) -> float:
    """Height of a chip, by the font."""
    return round(QFontMetricsF(font).height()) + 16.0


class HeardChips(QWidget):
    """What is heard, and how much of each; read out as one value.

    Parameters
    ----------
    theme : Theme
    parent : QWidget
        The pad, which paints these chips anew whenever it paints itself.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: tuple[Chip, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.setAccessibleName(self.tr("What is heard"))

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What is shown."""
        return self._chips

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return ", ".join(f"{chip.name} {chip.amount}".strip() for chip in self._chips)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show others. Painted with the pad's next picture: one picture for each move is enough."""
        if tuple(chips) == self._chips:
            return
        self._chips = tuple(chips)
        self.setAccessibleDescription(self.spoken)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self.spoken))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._chips:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain, strong = self.font(), tabular(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        metrics, strong_metrics = QFontMetricsF(plain), QFontMetricsF(strong)
        em, height = metrics.height(), float(self.height())
        pad, gap, dot = 0.75 * em, 0.5 * em, 0.25 * em
        widest = strong_metrics.horizontalAdvance("100%")
        room = self.width() / len(self._chips) - 2 * pad - 2 * gap - 2 * dot - widest - gap
        x = 0.0
        for chip in self._chips:
            widest_name = max(0.0, min(_NAME_WIDTH_EM * em, room))
            name = metrics.elidedText(chip.name, Qt.TextElideMode.ElideRight, widest_name)
            name_width = metrics.horizontalAdvance(name)
            # As wide for 9% as for 10%, so that the chips beside it do not jitter.
            sample = "".join("0" if letter.isdigit() else letter for letter in chip.amount.rjust(3, "0"))
            number_width = strong_metrics.horizontalAdvance(sample) if chip.amount else 0.0
            before = pad + (2 * dot + gap if chip.family is not None else 0.0)
            width = before + name_width + (gap + number_width if chip.amount else 0.0) + pad
            rect = QRectF(x, 0.0, width, height)
            painter.setPen(QPen(self._theme.role("border_strong"), 1.0))
            painter.setBrush(faded(self._theme.role("panel"), 0.92))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 0.4 * em, 0.4 * em)
            if chip.family is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.family_colour(chip.family))
                painter.drawEllipse(QPointF(x + pad + dot, height / 2), dot, dot)
            painter.setPen(self._theme.role("text"))
            painter.setFont(plain)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(x + before, 0.0, name_width + 2.0, height), middle, name)
            painter.setPen(self._theme.role("text_strong"))
            painter.setFont(strong)
            box = QRectF(x + width - pad - number_width - 1.0, 0.0, number_width + 2.0, height)
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, chip.amount)
            x += width + gap


class ModeChips(QWidget):
    """Two chips of which one is on: *Blend* between dots, or *Explore* around one of them."""

    mode_chosen = Signal(str)
    """"blend" or "explore", when somebody has pressed the other chip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.blend_button, self.explore_button = QPushButton(self), QPushButton(self)
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.blend_button, self.explore_button):
            button.setCheckable(True)
            # A press leaves the keyboard with the pad.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            group.addButton(button)
            row.addWidget(button)
        self.blend_button.setChecked(True)
        group.buttonClicked.connect(self._on_clicked)
        self._mode = "blend"
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.blend_button.setText(self.tr("Blend"))
        self.blend_button.setToolTip(self.tr("Morph between the dots"))
        self.explore_button.setText(self.tr("Explore"))
        self.explore_button.setToolTip(self.tr("Hear what lies around one loop"))
        self.setAccessibleName(self.tr("Mode of the pad"))

    @property
    def mode(self) -> str:
        """Which of the two is on."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Switch over; emits nothing."""
        self._mode = mode
        (self.explore_button if mode == "explore" else self.blend_button).setChecked(True)

    @Slot()
    def _on_clicked(self) -> None:
        mode = "explore" if self.explore_button.isChecked() else "blend"
        if mode != self._mode:
            self._mode = mode
            self.mode_chosen.emit(mode)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ZoomBadge(QPushButton):
    """How near the pad is seen; hidden where all of it is. A press shows all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._percent = 100
        self.setProperty("chip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(tabular(self.font()))
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.setText(self.tr("{percent} %").format(percent=self._percent))
        self.setToolTip(self.tr("Show all (0)"))
        self.setAccessibleName(self.tr("Zoom: {percent} %. Show all").format(percent=self._percent))
        self.adjustSize()

    def set_zoom(self, zoom: float) -> None:
        """Show another zoom; 1 is all."""
        percent = round(100 * zoom)
        if percent != self._percent:
            self._percent = percent
            self.retranslate()
        self.setVisible(percent > 100)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
