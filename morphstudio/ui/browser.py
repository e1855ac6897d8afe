"""The left column: search, kinds, the list of sounds, and where to drop more."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from morphstudio.library.sounds import Kind, Sound
from morphstudio.ui.controls import FlowLayout, em, restyle
from morphstudio.ui.icons import icon
from morphstudio.ui.sound_list import SOUND_ROLE, SoundDelegate, SoundFilter, SoundModel
from morphstudio.ui.theme import Theme, scaled, tabular


class DropZone(QPushButton):
    """Says what may be dropped and, while files are read, how far that is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("dropZone")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Click to choose files"))
        self.title, self.formats = QLabel(), QLabel("WAV · AIFF · FLAC · MP3 · OGG")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.title.setFont(tabular(self.title.font()))
        self.formats.setFont(scaled(self.formats.font(), 0.85))
        unit = em(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(unit // 2, 0, unit // 2, 0)
        rows.setSpacing(unit // 6)
        rows.addStretch(1)
        for part in (self.title, self.formats, self.progress):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            rows.addWidget(part)
        for label in (self.title, self.formats):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setProperty("dim", True)
        rows.addStretch(1)
        self.set_progress(0, 0)

    def set_progress(self, done: int, total: int) -> None:
        """Show an import that runs; equal figures are none."""
        is_running = done < total
        self.progress.setVisible(is_running)
        self.formats.setVisible(not is_running)
        text = self.tr("Drop loops or folders here")
        if is_running:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
            text = self.tr("Reading {done} of {total}").format(done=done + 1, total=total)
        self.title.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # The style sheet's dashes are dots at this width.
        is_lit = bool(self.property("dragging")) or self.hasFocus()
        role = "accent" if is_lit else "wave" if self.underMouse() else "border_strong"
        pen = QPen(self._theme.role(role), 1)
        pen.setDashPattern([4, 3])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        radius = em(self) * 0.35
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class BrowserPanel(QWidget):
    """Presents the sounds of the session.

    `sound_activated` carries the id of a sound to hear, `sounds_removed` a tuple of ids.
    """

    sound_activated = Signal(str)
    sounds_removed = Signal(object)
    files_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        unit = em(self)
        self._model = SoundModel()
        self._filter = SoundFilter(self._model)
        self._search = QLineEdit(self)
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon(theme, "search", "text_dim"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setAcceptDrops(False)  # a file dropped here belongs to the window
        self._search.setAccessibleName(self.tr("Search sounds"))
        self._chips = {kind: self._make_chip(kind) for kind in Kind}
        chips = FlowLayout(unit // 3)
        for chip in self._chips.values():
            chips.addWidget(chip)

        self._list = _SoundView(self)
        self._list.setModel(self._filter)
        self._delegate = SoundDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._empty = QLabel(self)
        self._empty.setProperty("dim", True)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        empty_page = QWidget(self)
        empty_layout = QVBoxLayout(empty_page)
        empty_layout.setContentsMargins(unit, unit, unit, unit)
        empty_layout.addWidget(self._empty)
        pages = QWidget(self)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._list)
        self._pages.addWidget(empty_page)

        self._drop = DropZone(theme, self)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, round(unit * 0.75), 0, round(unit * 0.75))
        layout.setSpacing(round(unit * 0.75))
        margin = round(unit * 0.75)
        for part in (self._search, chips, pages, self._drop):
            row = QVBoxLayout()
            row.setContentsMargins(0 if part is pages else margin, 0, 0 if part is pages else margin, 0)
            if isinstance(part, QWidget):
                row.addWidget(part)
            else:
                row.addLayout(part)
            layout.addLayout(row, 1 if part is pages else 0)

        self.setMinimumWidth(round(unit * 15.2))
        self._search.textChanged.connect(self._on_filter_changed)
        self._list.doubleClicked.connect(self._on_row_activated)
        self._list.enter_pressed.connect(self._on_enter_pressed)
        self._list.delete_pressed.connect(self._on_delete_pressed)
        self._drop.clicked.connect(self.files_requested)
        focus_search = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        focus_search.setContext(Qt.ShortcutContext.WindowShortcut)
        focus_search.activated.connect(self._on_search_wanted)
        self._show_count()

    def _make_chip(self, kind: Kind) -> QPushButton:
        names = {
            Kind.DRUMS: self.tr("Drums"),
            Kind.PERC: self.tr("Perc"),
            Kind.BASS: self.tr("Bass"),
            Kind.SYNTH: self.tr("Synth"),
            Kind.TEXTURE: self.tr("Texture"),
        }
        chip = QPushButton(names[kind], self)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setAutoDefault(True)
        chip.toggled.connect(self._on_filter_changed)
        return chip

    @property
    def drop_zone(self) -> DropZone:
        """Where files are dropped, and how far their reading is."""
        return self._drop

    @property
    def list_view(self) -> QListView:
        """The list, as keyboard and mouse drive it."""
        return self._list

    @property
    def search_field(self) -> QLineEdit:
        """The field to search by."""
        return self._search

    def chip(self, kind: Kind) -> QPushButton:
        """The filter button of a kind."""
        return self._chips[kind]

    def shown_names(self) -> list[str]:
        """Names in the list, as filtered."""
        return [
            self._sound_at(self._filter.index(row, 0)).clip.name for row in range(self._filter.rowCount())
        ]

    def set_sounds(self, sounds: Iterable[Sound]) -> None:
        """Replace all sounds."""
        self._model.set_sounds(sounds)
        self._show_count()

    def add_sound(self, sound: Sound) -> None:
        """Append a sound."""
        self._model.add(sound)
        self._show_count()

    def remove_sound(self, sound_id: str) -> None:
        """Take a sound out of the list."""
        self._model.remove(sound_id)
        self._delegate.forget(sound_id)
        self._show_count()

    @Slot(int, int)
    def set_import_progress(self, done: int, total: int) -> None:
        """Show how far reading has come; nothing once all is read."""
        self._drop.set_progress(done, total)

    def set_current(self, sound_id: str | None) -> None:
        """Light up the sound that is heard most."""
        if sound_id != self._delegate.current_id:
            self._delegate.current_id = sound_id
            self._list.viewport().update()

    def set_dragging(self, is_dragging: bool) -> None:
        """Show that files are held over the window."""
        restyle(self._drop, "dragging", is_dragging)

    def _sound_at(self, index: QModelIndex) -> Sound:
        sound: Sound = index.data(SOUND_ROLE)
        return sound

    def _show_count(self) -> None:
        count = self._model.rowCount()
        if count == 1:
            text = self.tr("Search 1 sound")
        else:
            text = self.tr("Search {count} sounds").format(count=self.locale().toString(count))
        self._search.setPlaceholderText(text)
        if count == 0:
            self._empty.setText(self.tr("No sounds yet. Drop some loops below."))
        else:
            self._empty.setText(self.tr("No sound matches."))
        self._pages.setCurrentIndex(0 if self._filter.rowCount() else 1)

    @Slot()
    def _on_filter_changed(self) -> None:
        kinds = [kind for kind, chip in self._chips.items() if chip.isChecked()]
        self._filter.set_filter(self._search.text(), kinds)
        self._show_count()

    @Slot(QModelIndex)
    def _on_row_activated(self, index: QModelIndex) -> None:
        self.sound_activated.emit(self._sound_at(index).sound_id)

    @Slot()
    def _on_enter_pressed(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self._on_row_activated(index)

    @Slot()
    def _on_delete_pressed(self) -> None:
        selected = tuple(self._sound_at(index).sound_id for index in self._list.selectedIndexes())
        if selected:
            row = min(index.row() for index in self._list.selectedIndexes())
            self.sounds_removed.emit(selected)
            following = self._filter.index(min(row, self._filter.rowCount() - 1), 0)
            self._list.selectionModel().setCurrentIndex(
                following, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    @Slot()
    def _on_search_wanted(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 19, em(self) * 30)


class _SoundView(QListView):
    """A list whose Enter and Delete keys are told."""

    enter_pressed = Signal()
    delete_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Sounds"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # plays and stops, everywhere
        else:
            super().keyPressEvent(event)
