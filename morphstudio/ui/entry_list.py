"""The browser's list: keys, clicks, the star, and rows that are dragged away."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QCursor,
    QDrag,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from morphstudio.library.entries import Entry
from morphstudio.ui.column_header import ColumnHeader
from morphstudio.ui.controls import em
from morphstudio.ui.drag_badge import DragBadge
from morphstudio.ui.entry_delegate import EntryDelegate
from morphstudio.ui.entry_model import EntryModel
from morphstudio.ui.theme import Theme

_AUDITION_MS = 60
_LOOK_MS = 40
_KEY = Qt.Key
_MOVES = frozenset(
    (_KEY.Key_Up, _KEY.Key_Down, _KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Home, _KEY.Key_End)
)
_SELECTS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class EntryList(QListView):
    """Shows an `EntryModel`. What is selected stays selected, whatever is sorted or filtered.

    Parameters
    ----------
    theme : Theme
    model : EntryModel
    """

    auditioned = Signal(str)
    """Id of an entry to hear: it was clicked, or the arrows came to rest on it."""
    enter_pressed = Signal()
    entry_double_clicked = Signal(str)
    delete_pressed = Signal()
    search_wanted = Signal()
    star_clicked = Signal(str)
    view_changed = Signal()
    """Other rows are in view; told once it has come to rest."""
    wide_changed = Signal(bool)
    """Whether there is room for more columns than the narrow list has."""
    selected_changed = Signal()
    """Other rows are selected, or what is known of a selected one is."""

    def __init__(self, theme: Theme, model: EntryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._badge = DragBadge()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = EntryDelegate(theme, model, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.header = ColumnHeader(theme, self)
        """Above the columns, where there is room for more than the narrow list's."""
        self._is_selecting = False
        self._kept: tuple[set[str], str] = (set(), "")
        self._scrolled, self._is_resetting = 0, False
        self._anchor: tuple[str, int] = ("", 0)
        self._audition_timer = self._timer(_AUDITION_MS)
        self._look_timer = self._timer(_LOOK_MS)
        self._audition_timer.timeout.connect(self._on_audition_due)
        self._look_timer.timeout.connect(self.view_changed)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        # After the view's own slots and its selection's: these empty the selection.
        model.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        model.modelReset.connect(self._on_reset)
        model.layoutAboutToBeChanged.connect(self._on_about_to_be_changed)
        model.layoutChanged.connect(self._on_changed)
        model.rowsAboutToBeInserted.connect(self._on_about_to_be_changed)
        model.rowsInserted.connect(self._on_changed)
        model.dataChanged.connect(self._on_data_changed)
        self.verticalScrollBar().valueChanged.connect(self._on_view_moved)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        return timer

    def selected(self) -> list[Entry]:
        """Selected entries, from top to bottom."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [self._model.entry_at(index) for index in rows]

    def current(self) -> Entry | None:
        """The entry that the keyboard is at."""
        index = self.currentIndex()
        return self._model.entry_at(index) if index.isValid() else None

    def in_view(self) -> list[Entry]:
        """Entries of which something can be seen."""
        first = self.indexAt(QPoint(1, 1))
        if not first.isValid() or not self.isVisible():
            return []
        n_rows = self.viewport().height() // max(1, self.visualRect(first).height()) + 2
        last = min(first.row() + n_rows, self._model.rowCount())
        return [self._model.catalogue.shown(row) for row in range(first.row(), last)]

    @property
    def full_width(self) -> int:
        """So many pixels give every column room."""
        return self._delegate.ruler.full_width + self.verticalScrollBar().sizeHint().width()

    def set_current_entry(self, entry_id: str) -> None:
        """Light up the entry that is heard most; an empty id is none."""
        if entry_id != self._delegate.current_id:
            self._delegate.current_id = entry_id
            self.viewport().update()

    def select(self, entry_id: str) -> None:
        """Select an entry alone, where it is shown."""
        index = self._model.index_of(entry_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def star_point(self, entry_id: str) -> QPoint:
        """Middle of an entry's star, in the viewport."""
        rect = self._delegate.star_rect(self.visualRect(self._model.index_of(entry_id)))
        return rect.center().toPoint()

    @Slot()
    def _on_view_moved(self) -> None:
        self._look_timer.start()

    @Slot()
    def _on_audition_due(self) -> None:
        entry = self.current()
        if entry is not None and (entry.sound_id or not entry.is_missing):
            self.auditioned.emit(entry.entry_id)

    @Slot()
    def _on_clicked(self) -> None:
        if not self._is_selecting:
            self._on_audition_due()

    @Slot()
    def _on_selection_changed(self) -> None:
        if not self._is_resetting:
            self.selected_changed.emit()

    def _hold(self) -> None:
        """Remember which row is to stay where it is on the screen: the current one where it is in view."""
        index, area = self.currentIndex(), self.viewport().rect()
        if not index.isValid() or not area.contains(self.visualRect(index).center()):
            # Who is at the top wants to stay there, whatever comes in before.
            index = self.indexAt(QPoint(1, 1)) if self.verticalScrollBar().value() else QModelIndex()
        self._anchor = ("", 0)
        if index.isValid():
            self._anchor = (self._model.entry_at(index).entry_id, self.visualRect(index).top())

    def _restore(self) -> None:
        entry_id, top = self._anchor
        index = self._model.index_of(entry_id) if entry_id else QModelIndex()
        if index.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(index).top() - top)

    @Slot()
    def _on_about_to_be_changed(self) -> None:
        self._hold()

    @Slot()
    def _on_changed(self) -> None:
        self._restore()
        self._look_timer.start()

    @Slot()
    def _on_about_to_be_reset(self) -> None:
        current = self.current()
        self._kept = ({entry.entry_id for entry in self.selected()}, current.entry_id if current else "")
        self._scrolled = self.verticalScrollBar().value()
        self._hold()

    @Slot()
    def _on_reset(self) -> None:
        selected, current_id = self._kept
        self._look_timer.start()
        rows = sorted(row for row in map(self._model.catalogue.row_of, selected) if row >= 0)
        selection = QItemSelection()
        for first, last in _runs(rows):
            selection.select(self._model.index(first, 0), self._model.index(last, 0))
        chooser, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        self._is_resetting = True
        chooser.select(selection, flag.ClearAndSelect)
        current = self._model.index_of(current_id)
        if current.isValid():
            chooser.setCurrentIndex(current, flag.NoUpdate)
        self._is_resetting = False
        self.doItemsLayout()
        self.verticalScrollBar().setValue(self._scrolled)
        self._restore()
        self._hover_again()
        self.selected_changed.emit()

    def _hover_again(self) -> None:
        """The view forgets what is under the mouse, and would not know until it moves."""
        self._delegate.star_id = ""
        area = self.viewport()
        if area.underMouse():
            there = QCursor.pos()
            here = area.mapFromGlobal(there)
            kind = QEvent.Type.HoverMove
            QCoreApplication.sendEvent(area, QHoverEvent(kind, QPointF(here), QPointF(there), QPointF(here)))
            self._show_star(self._star_at(here))

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        if any(part.top() <= last.row() and part.bottom() >= first.row() for part in parts):
            self.selected_changed.emit()

    def _arrange_header(self) -> None:
        """The header takes its height from the rows, where they are wide enough to have one."""
        area = self.viewport().geometry()
        layout = self._delegate.ruler.layout(area.width())
        height = self.header.sizeHint().height() if layout.is_wide else 0
        self.header.setGeometry(area.left(), area.top() - self.viewportMargins().top(), area.width(), height)
        self.header.place(layout)
        if self.viewportMargins().top() != height:
            self.setViewportMargins(0, height, 0, 0)
            self.wide_changed.emit(layout.is_wide)

    def _star_at(self, place: QPoint) -> str:
        """Id of the entry whose star is at a point; empty where there is none."""
        index = self.indexAt(place)
        if not index.isValid() or not self._delegate.star_rect(self.visualRect(index)).contains(place):
            return ""
        entry = self._model.entry_at(index)
        return entry.entry_id if entry.path is not None else ""

    def _show_star(self, entry_id: str) -> None:
        if entry_id != self._delegate.star_id:
            self._delegate.star_id = entry_id
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._audition_timer.stop()
            self.enter_pressed.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # plays and stops, everywhere
        elif event.text() == "/":
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)
            # At either end too: the only row that a search leaves is to be heard as well.
            if event.key() in _MOVES and not event.modifiers() & _SELECTS:
                self._audition_timer.start()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window; the search field finds names."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        star_id = self._star_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and star_id:
            self.star_clicked.emit(star_id)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # A click that adds to the selection is not one to hear.
        self._is_selecting = bool(event.modifiers() & _SELECTS)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._star_at(place):
            self.mousePressEvent(event)
            return
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.entry_double_clicked.emit(self._model.entry_at(index).entry_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._show_star(self._star_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_star("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange) and hasattr(self, "header"):
            self._delegate.ruler.forget()
            self._arrange_header()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        current, height = self.currentIndex(), event.oldSize().height()
        was_in_view = current.isValid() and 0 <= self.visualRect(current).top() < height
        super().resizeEvent(event)
        self._arrange_header()
        if was_in_view:
            self.scrollTo(current)
        self._look_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_timer.start()

    def startDrag(self, supported: Qt.DropAction) -> None:
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData(indexes))
        drag.setPixmap(self._badge.picture(self._drag_text(self.selected())))
        drag.setHotSpot(QPoint(-em(self) // 2, -em(self) // 2))
        drag.exec(Qt.DropAction.CopyAction)

    def _drag_text(self, entries: list[Entry]) -> str:
        """The name of what is dragged, or how many."""
        if len(entries) == 1:
            return entries[0].name
        return self.tr("{count} sounds").format(count=self.locale().toString(len(entries)))


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of successive numbers."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
