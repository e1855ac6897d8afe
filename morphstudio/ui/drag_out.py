"""From the instrument into a DAW: what is heard is rendered to a kept file, which is dragged out.

Rendering starts with the press. Where the mouse moves on before the file is there, the drag waits for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import ExportOptions
from morphstudio.audio.naming import NameFields, NamingError, free_path
from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import MorphRequest
from morphstudio.settings import Settings
from morphstudio.storage import renders_folder, storage_places
from morphstudio.ui.drag_badge import DragBadge
from morphstudio.ui.export_places import options_of
from morphstudio.ui.file_manager import reveal
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.render_worker import RenderWorker


@dataclass(frozen=True, slots=True)
class _Kept:
    """A finished file, and how to see that it is still what was written."""

    path: Path
    n_bytes: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> _Kept | None:
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(path, status.st_size, status.st_mtime_ns)


@dataclass(slots=True)
class _Gesture:
    """A press that may become a drag: of what is rendered for its key, or of files that are there."""

    widget: QWidget
    key: Hashable
    paths: tuple[Path, ...] = ()
    began_at: QPointF | None = None
    is_moved: bool = False


class DragOut(QObject):
    """Renders what is to be dragged out, and drags it.

    A file is named by the template of the exports and a free number, so none is ever written over; the same
    request is rendered once, as long as its file stays as it is. Files outlive the program.

    Parameters
    ----------
    worker : RenderWorker
    settings : callable
        Gives the settings as they are now.
    message_bar : MessageBar
    parent : QObject or None
    """

    def __init__(
        self,
        worker: RenderWorker,
        settings: Callable[[], Settings],
        message_bar: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._settings, self._bar = worker, settings, message_bar
        self._rendering: dict[int, tuple[Hashable, Path]] = {}
        self._kept: dict[Hashable, _Kept] = {}
        self._n_models = 0
        self._gesture: _Gesture | None = None
        self._badge = DragBadge()
        queued = Qt.ConnectionType.QueuedConnection  # one that cannot be sent fails while it is submitted
        worker.export_finished.connect(self._on_finished, queued)
        worker.export_failed.connect(self._on_failed, queued)
        worker.model_loaded.connect(self._on_model_loaded, queued)

    def begin(
        self,
        request: MorphRequest,
        names: NameFields,
        bar_s: float,
        widget: QWidget,
        facts: LoopFacts | None = None,
    ) -> None:
        """Have the file rendered, and let go of it as a drag once the mouse moves.

        Without a pressed button, as from the keyboard, the file is rendered and its place is told.

        Parameters
        ----------
        request : MorphRequest
        names : NameFields
            What the file may be named by.
        bar_s : float
            How long one of its bars takes.
        widget : QWidget
            What was pressed: the mouse is followed there.
        facts : LoopFacts or None
            What the file tells a DAW.
        """
        self._end_gesture()
        options = options_of(self._settings().export, bar_s, facts)
        key = (self._n_models, options, *_values(request))
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._gesture = _Gesture(widget, key)
            widget.installEventFilter(self)
        if self._ready_path(key) is None and not self._is_rendering(key):
            try:
                self._render(key, request, names, options)
            except MorphStudioError as error:
                self._end_gesture()
                self._bar.show_error(error)
        elif self._gesture is None:
            self._tell_place(key)

    def carry(self, paths: Collection[Path], widget: QWidget) -> None:
        """Let go of files that are there as one drag, once the mouse moves.

        Without a pressed button, as from the keyboard, their place is told.

        Parameters
        ----------
        paths : collection of Path
            Those that have gone are left out.
        widget : QWidget
            What was pressed: the mouse is followed there.
        """
        self._end_gesture()
        there = tuple(path for path in paths if path.is_file())
        if not there:
            text = self.tr("These files are no longer where they were written.")
            self._bar.show_message("warning", self.tr("Nothing to drag"), text, self.tr("Export them again."))
        elif QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._gesture = _Gesture(widget, there, there)
            widget.installEventFilter(self)
        else:
            self._tell_paths(there)

    def _render(
        self, key: Hashable, request: MorphRequest, names: NameFields, options: ExportOptions
    ) -> None:
        folder = renders_folder(self._settings(), storage_places())
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MorphStudioError(
                self.tr("Can't keep the render"),
                self.tr("The folder {folder} cannot be made.").format(folder=folder),
                self.tr("Choose another folder for renders in the settings."),
            ) from error
        taken = [path for _, path in self._rendering.values()]
        today, suffix = datetime.date.today(), options.suffix
        try:
            path = free_path(folder, self._settings().export.template, names, suffix, today, taken)
        except NamingError:  # the settings' file may hold anything
            path = free_path(folder, "{name} {n}", names, suffix, today, taken)
        self._rendering[self._worker.submit_export(request, path, options)] = (key, path)

    def _is_rendering(self, key: Hashable) -> bool:
        return any(key == rendering for rendering, _ in self._rendering.values())

    def _ready_path(self, key: Hashable) -> Path | None:
        kept = self._kept.get(key)
        return kept.path if kept is not None and _Kept.of(kept.path) == kept else None

    # --- the mouse ----------------------------------------------------------------------------

    def _follow(self, gesture: _Gesture, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._let_go(gesture)
            return
        gesture.began_at = gesture.began_at or event.position()
        way = event.position() - gesture.began_at
        gesture.is_moved = gesture.is_moved or way.manhattanLength() >= QApplication.startDragDistance()
        if not gesture.is_moved:
            return
        if self._ready_paths(gesture):
            self._drag(gesture)
        else:
            self._badge.show_at(event.globalPosition().toPoint(), self.tr("Rendering…"))

    def _ready_paths(self, gesture: _Gesture) -> tuple[Path, ...]:
        path = self._ready_path(gesture.key)
        return gesture.paths if path is None else (path,)

    def _drag(self, gesture: _Gesture) -> None:
        paths = self._ready_paths(gesture)
        widget = gesture.widget
        self._end_gesture()
        if not paths:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        drag = QDrag(widget)
        drag.setMimeData(mime)
        picture = self._badge.picture(self._title_of(paths))
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(-8, -8))
        # A copy only: whoever takes the file must not take it away.
        action = drag.exec(Qt.DropAction.CopyAction)
        if isinstance(widget, QAbstractButton):
            widget.setDown(False)  # the drag took its release
        if action == Qt.DropAction.IgnoreAction:
            self._tell_paths(paths)

    def _let_go(self, gesture: _Gesture) -> None:
        self._end_gesture()
        self._tell_paths(self._ready_paths(gesture))

    def _end_gesture(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.widget.removeEventFilter(self)
        self._badge.hide()

    def _tell_place(self, key: Hashable) -> None:
        """Say where the file is, if it is there; else that is said when it is."""
        if (path := self._ready_path(key)) is not None:
            self._tell_paths((path,))

    def _tell_paths(self, paths: tuple[Path, ...]) -> None:
        """Say where files are, if there are any."""
        if not paths:
            return
        folder = paths[0].parent
        if len(paths) == 1:
            title = self.tr("Render kept")
            text = self.tr("{file} is in {folder}.").format(file=paths[0].name, folder=folder)
            hint = self.tr("Hold the button and move to drag it into another program.")
        else:
            title = self.tr("Pack kept")
            text = self.tr("{count} loops are in {folder}.").format(count=len(paths), folder=folder)
            hint = self.tr("Hold the button and move to drag them into another program.")
        show = partial(reveal, paths[0])
        self._bar.show_message("info", title, text, hint, self.tr("Show in folder"), show)

    def _title_of(self, paths: tuple[Path, ...]) -> str:
        if len(paths) == 1:
            return paths[0].name
        return self.tr("{count} loops").format(count=len(paths))

    # --- what the worker says -----------------------------------------------------------------

    @Slot(int, object)
    def _on_finished(self, number: int, path: Path) -> None:
        if number not in self._rendering:
            return
        key, _ = self._rendering.pop(number)
        if (kept := _Kept.of(path)) is not None:
            self._kept[key] = kept
        gesture = self._gesture
        if gesture is None or gesture.key != key:
            self._tell_place(key)
        elif gesture.is_moved:
            self._drag(gesture)

    @Slot(int, object, object)
    def _on_failed(self, number: int, path: Path, error: MorphStudioError) -> None:
        if number in self._rendering:
            key, _ = self._rendering.pop(number)
            if self._gesture is not None and self._gesture.key == key:
                self._end_gesture()
            self._bar.show_error(error)

    @Slot()
    def _on_model_loaded(self) -> None:
        self._n_models += 1  # another one renders something else
        self._kept.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        gesture = self._gesture
        if gesture is not None and watched is gesture.widget and isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseMove:
                self._follow(gesture, event)
                return True  # what was pressed has nothing to do with the way
            if event.type() == QEvent.Type.MouseButtonRelease:
                self._let_go(gesture)
        return super().eventFilter(watched, event)


def _values(request: MorphRequest) -> tuple[Hashable, ...]:
    """What a request's samples depend on."""
    values = []
    for entry in fields(request):
        value = getattr(request, entry.name)
        is_clips = isinstance(value, tuple) and any(isinstance(item, AudioClip) for item in value)
        values.append(tuple(clip.digest for clip in value) if is_clips else value)
    return tuple(values)
