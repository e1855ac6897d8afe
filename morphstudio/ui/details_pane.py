"""Below the browser's list: everything that is known of what is selected there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from morphstudio.library.entries import Entry
from morphstudio.ui.controls import PaintedButton, em
from morphstudio.ui.details_facts import FactTeller
from morphstudio.ui.details_picture import DetailsPicture
from morphstudio.ui.elided import ElidedLabel, WrappedLabel
from morphstudio.ui.fact_grid import FactGrid
from morphstudio.ui.icon_painter import IconPainter
from morphstudio.ui.kind_menu import KindButton
from morphstudio.ui.tag_field import TagField
from morphstudio.ui.theme import Theme, scaled, tabular

_LOOK_MS = 80
"""A row that the arrows pass is not looked at."""
_MOST_PICTURES = 24
"""Kept for those who go back and forth: 2 MB."""


class DetailsPane(QWidget):
    """Shows one sound with its picture, or what several have in common.

    Parameters
    ----------
    theme : Theme
    """

    picture_wanted = Signal(object)
    """Path of the file to make a picture of; `set_picture` or `set_picture_error` answers."""
    kind_corrected = Signal(object, object)
    """Tuple of ids of entries, and the `Kind` that they are by hand, or None for what listening tells."""
    tags_changed = Signal(object, object)
    """Tuple of ids of entries, and the tuple of all tags that these have now."""
    folded = Signal(bool)
    """Whether a hand folded the pane, or opened it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._pictures: OrderedDict[Path, NDArray[np.float32] | str] = OrderedDict()
        self._teller = FactTeller(self)
        self.fold_button = FoldButton(theme, self)
        self.picture = DetailsPicture(theme, self)
        self.note = WrappedLabel(self)
        self.kind_button = KindButton(theme, self)
        self.tag_field = TagField(theme, (self.kind_button,), self)
        self.line = ElidedLabel(self)
        self.fact_grid = FactGrid(self)
        self.hint = QLabel(self)
        self._area, self._body = QScrollArea(self), QWidget(self)
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(_LOOK_MS)
        self._lay_out()
        self._look_timer.timeout.connect(self._on_look_due)
        self.fold_button.clicked.connect(self._on_fold_clicked)
        self.kind_button.kind_menu.kind_chosen.connect(self._on_kind_chosen)
        self.tag_field.tags_edited.connect(self._on_tags_edited)
        self.retranslate()

    def _lay_out(self) -> None:
        unit = em(self)
        side = round(unit * 0.75)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(side, 0, side, unit // 2)
        body.setSpacing(unit // 2)
        body.addWidget(self.hint)
        body.addWidget(self.picture, 100)
        body.addWidget(self.note)
        body.addWidget(self.tag_field)
        body.addWidget(self.line)
        body.addWidget(self.fact_grid)
        body.addStretch(1)
        self.line.setFont(tabular(scaled(self.line.font(), 0.88)))
        self.line.setProperty("dim", True)
        self.hint.setWordWrap(True)
        self.hint.setProperty("dim", True)
        self.note.setProperty("warn", True)
        self._area.setWidget(self._body)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.fold_button)
        layout.addWidget(self._area, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def is_folded(self) -> bool:
        """Whether only the headline is seen."""
        return self._area.isHidden()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self._entries

    @property
    def folded_height(self) -> int:
        """In pixels."""
        return self.fold_button.sizeHint().height()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self.hint.setText(self.tr("Select a sound to see what it is."))
        self.picture.setAccessibleName(self.tr("Waveform and spectrogram"))
        self._show()

    def set_folded(self, is_folded: bool) -> None:
        """Show the headline only, or everything."""
        self._area.setVisible(not is_folded)
        self.setMinimumHeight(self.folded_height)
        self._show()
        self._look()
        self.updateGeometry()

    def show_entries(self, entries: Iterable[Entry], outline: NDArray[np.float32] | None) -> None:
        """Show what is selected.

        Parameters
        ----------
        entries : iterable of Entry
        outline : float32, shape (up to 512,), or None
            Of the only one, where it is known.
        """
        before = self._path()
        self._entries = tuple(entries)
        self.picture.show_outline(outline if len(self._entries) == 1 else None)
        self._show()
        # What is told anew of the same sound does not put off its picture.
        if self._path() != before:
            self._look()

    @Slot(object, object)
    def set_picture(self, path: Path, levels: NDArray[np.float32]) -> None:
        """A file's picture was read: float32, shape (bins, columns), dB, highest frequency first."""
        self._keep(path, levels)

    @Slot(object, str)
    def set_picture_error(self, path: Path, sentence: str) -> None:
        """A file's picture could not be read, and why."""
        self._keep(path, sentence or self.tr("There is no picture of this file."))

    def _keep(self, path: Path, what: NDArray[np.float32] | str) -> None:
        self._pictures[path] = what
        if len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        if self._path() == path:
            self._show_picture()

    def _path(self) -> Path | None:
        """The file of which a picture is shown."""
        if len(self._entries) != 1 or self._entries[0].is_missing:
            return None
        return self._entries[0].path

    def _look(self) -> None:
        """Have a picture read if this stays selected."""
        self._look_timer.stop()
        if self._is_picture_due():
            self._look_timer.start()

    def _is_picture_due(self) -> bool:
        path = self._path()
        return not self.is_folded and path is not None and path not in self._pictures

    def _show(self) -> None:
        entries, locale = self._entries, self.locale()
        self.fold_button.show_title(self._title(), self.is_folded)
        self.hint.setVisible(not entries)
        for part in (self.tag_field, self.line, self.fact_grid):
            part.setVisible(bool(entries))
        self._show_picture()
        if not entries:
            return
        kind = entries[0].kind if len({entry.kind for entry in entries}) == 1 else None
        family = entries[0].family if len({entry.family for entry in entries}) == 1 else None
        self.kind_button.show_kind(self._teller.kind_of(entries), family if kind is not None else None)
        tip = self._teller.kind_tip(entries, locale)
        self.kind_button.setToolTip(tip)
        name = self.tr("Kind: {kind}").format(kind=self.kind_button.text())
        self.kind_button.setAccessibleName(name)
        self.kind_button.setAccessibleDescription(tip)
        is_by_hand = any(entry.is_kind_by_hand for entry in entries)
        self.kind_button.kind_menu.show_choice(kind, is_by_hand=is_by_hand)
        self.tag_field.show_tags(_shared_tags(entries))
        if len(entries) == 1:
            self.line.setText(self._teller.line_of(entries[0], locale))
            self.fact_grid.show_facts(self._teller.facts_of(entries[0], locale))
        else:
            self.line.setText(self._teller.line_shared(entries, locale))
            self.fact_grid.show_facts(self._teller.facts_shared(entries, locale))
        self.line.setVisible(bool(self.line.text()))

    def _title(self) -> str:
        if not self._entries:
            return self.tr("Details")
        if len(self._entries) == 1:
            return self._entries[0].name
        count = self.locale().toString(len(self._entries))
        return self.tr("{count} sounds").format(count=count)

    def _show_picture(self) -> None:
        only = self._entries[0] if len(self._entries) == 1 else None
        path = self._path()
        what = self._pictures.get(path) if path is not None else None
        sentence = ""
        if only is not None and only.is_missing:
            sentence = self.tr("The file is not there any more.")
        elif isinstance(what, str):
            sentence = what
        elif only is not None and only.analysis is not None:
            sentence = only.analysis.error
        self.note.set_sentence(sentence)
        self.note.setVisible(bool(sentence))
        self.picture.setVisible(only is not None and not sentence)
        if isinstance(what, np.ndarray):
            self.picture.show_levels(what)
        else:
            self.picture.show_word(self.tr("Listening…") if path is not None else "")

    @Slot()
    def _on_look_due(self) -> None:
        if self._is_picture_due():
            self.picture_wanted.emit(self._path())

    @Slot()
    def _on_fold_clicked(self) -> None:
        self.set_folded(not self.is_folded)
        self.folded.emit(self.is_folded)

    @Slot(object)
    def _on_kind_chosen(self, kind: object) -> None:
        self.kind_corrected.emit(tuple(entry.entry_id for entry in self._entries), kind)

    @Slot(object)
    def _on_tags_edited(self, tags: tuple[str, ...]) -> None:
        # Those of several are only what all of them have: each keeps its others.
        shared = _shared_tags(self._entries)
        gone = set(shared) - set(tags)
        changed: dict[tuple[str, ...], list[str]] = {}
        for entry in self._entries:
            kept = [tag for tag in entry.tags if tag not in gone]
            known = {tag.casefold() for tag in kept}
            new = (*kept, *(tag for tag in tags if tag.casefold() not in known))
            if new != entry.tags:
                changed.setdefault(new, []).append(entry.entry_id)
        for new, ids in changed.items():
            self.tags_changed.emit(tuple(ids), new)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class FoldButton(PaintedButton):
    """The headline of the details: a name that folds what is below it.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_folded = False
        self.setFont(scaled(self.font(), 1.0, QFont.Weight.DemiBold))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._icons = IconPainter(theme, self)

    def show_title(self, title: str, is_folded: bool) -> None:
        """Name what is below, and show whether it is folded away."""
        self._is_folded = is_folded
        self.setText(title)
        text = self.tr("Show details: {name}") if is_folded else self.tr("Hide details: {name}")
        self.setAccessibleName(text.format(name=title))
        self.setToolTip(title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 8, round(em(self) * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, unit = QPainter(self), em(self)
        if self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), self._theme.role("pressed" if self.isDown() else "row_hover"))
        side = round(unit * 0.85)
        chevron = QRect(0, 0, side, side)
        chevron.moveCenter(self.rect().center())
        chevron.moveRight(self.width() - round(unit * 0.75))
        painter.save()
        if self._is_folded:
            painter.translate(chevron.center())
            painter.rotate(180)
            painter.translate(-chevron.center())
        role = "text" if self.underMouse() else "text_dim"
        self._icons.paint(painter, "expand", role, chevron, side)
        painter.restore()
        room = self.rect().adjusted(round(unit * 0.75), 0, chevron.left() - self.width() - unit // 2, 0)
        painter.setPen(self._theme.role("text"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(flags), text)
        if self.hasFocus():
            painter.setPen(self._theme.role("focus"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


def _shared_tags(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Tags that all of them have."""
    if not entries:
        return ()
    return tuple(tag for tag in entries[0].tags if all(tag in entry.tags for entry in entries))
