"""The paths of the session: which one is on the pad, and what is done to it. Records and plays nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QInputDialog

from morphstudio.morph.gesture import GesturePath
from morphstudio.session import Session, SessionState
from morphstudio.ui.commands import Text
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.path_clock import beats_per_bar
from morphstudio.ui.session_editor import SessionEditor

_SMOOTHING_BEATS = 0.5
_LONGEST_NAME = 60


class PathShelf(QObject):
    """Shows one of the session's paths on the pad, and keeps each change of it as one that can be taken back.

    Parameters
    ----------
    session : Session
    editor : SessionEditor
        Every change of a path goes through it.
    pad : LatentPad
    parent : QObject
    """

    path_changed = Signal(object)
    """GesturePath that is on the pad now, or None."""
    path_switched = Signal()
    """It is not the one before, changed, but another one, or none."""

    def __init__(self, session: Session, editor: SessionEditor, pad: LatentPad, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._editor, self._pad = session, editor, pad
        self._index: int | None = None
        self._draft: GesturePath | None = None
        pad.path_edits.previewed.connect(self._on_previewed)
        pad.path_edits.edited.connect(self._on_path_edited)
        editor.edited.connect(self._on_session_edited)

    @property
    def index(self) -> int | None:
        """Which of the session's paths is on the pad."""
        return self._index

    @property
    def path(self) -> GesturePath | None:
        """What is on the pad, as it is kept."""
        return self._session.paths[self._index] if self._index is not None else None

    @property
    def heard_path(self) -> GesturePath | None:
        """What is on the pad, as it is while a hand moves one of its points."""
        return self._draft or self.path

    def n_beats(self, path: GesturePath) -> int | None:
        """How long a path is; None where none of its points lies within that."""
        n_beats = path.n_beats(beats_per_bar(self._session))
        return n_beats if any(point.t_beats < n_beats for point in path.points) else None

    def free_name(self) -> str:
        """A name that no path has."""
        names, number = {path.name for path in self._session.paths}, 1
        while (name := self.tr("Path {number}").format(number=number)) in names:
            number += 1
        return name

    # --- commands -----------------------------------------------------------------------------

    def show(self, index: int | None) -> None:
        """Have one of the session's paths on the pad, or none."""
        if index != self._index and (index is None or 0 <= index < len(self._session.paths)):
            self._index = index
            self.path_switched.emit()
            self._show_path()

    def add(self, path: GesturePath) -> None:
        """Keep a path that was recorded, and show it."""
        self._editor.choose_paths((*self._session.paths, path), lambda: self.tr("Record path"))

    @Slot()
    def smooth(self) -> None:
        """Make the path rounder."""
        self._change(
            lambda path, n_beats: path.smoothed(_SMOOTHING_BEATS, n_beats), lambda: self.tr("Smooth path")
        )

    def curve(self, is_curved: bool) -> None:
        """Lead the path through its points in a curve, or straight."""
        self._change(lambda path, _: replace(path, is_smooth=is_curved), lambda: self.tr("Curve path"))

    def quantise(self, step_beats: float) -> None:
        """Put each point at the nearest multiple of a part of a beat."""
        self._change(
            lambda path, n_beats: path.quantised(step_beats, n_beats), lambda: self.tr("Quantise path")
        )

    @Slot(str)
    def rename(self, name: str) -> None:
        """Give the path another name."""
        if wanted := name.strip()[:_LONGEST_NAME]:
            self._change(lambda path, _: replace(path, name=wanted), lambda: self.tr("Rename path"))

    @Slot()
    def remove(self) -> None:
        """Delete the path."""
        if self._index is not None:
            paths = self._session.paths
            kept = (*paths[: self._index], *paths[self._index + 1 :])
            self._editor.choose_paths(kept, lambda: self.tr("Delete path"))

    @Slot()
    def ask_for_name(self) -> None:
        """Ask what the path is to be called."""
        if self.path is None:
            return
        dialog = QInputDialog(self._pad.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename path"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(self.path.name)
        dialog.setOkButtonText(self.tr("Rename"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.textValueSelected.connect(self.rename)
        dialog.open()

    # ------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_previewed(self, path: GesturePath) -> None:
        self._draft = path if path != self.path else None
        self._pad.path_layer.set_path(path, beats_per_bar(self._session))
        self._pad.request_frame()

    @Slot(object, str)
    def _on_path_edited(self, path: GesturePath, what: str) -> None:
        texts: dict[str, Text] = {
            "move": lambda: self.tr("Move path point"),
            "add": lambda: self.tr("Add path point"),
            "remove": lambda: self.tr("Remove path point"),
        }
        self._draft = None
        self._change(lambda _, __: path, texts[what])

    @Slot(object, object)
    def _on_session_edited(self, before: SessionState, after: SessionState) -> None:
        has_other_paths = before.paths != after.paths
        if len(before.paths) != len(after.paths):
            new = [index for index, path in enumerate(after.paths) if path not in before.paths]
            self._index = new[-1] if new else self._index_after(before, after)
            self.path_switched.emit()
        if has_other_paths:
            self._draft = None
        if has_other_paths or (before.time != after.time and self._draft is None):
            self._show_path()

    def _index_after(self, before: SessionState, after: SessionState) -> int | None:
        """Where the path on the pad is now that others are gone; the one before it if it is gone itself."""
        if self._index is None or not after.paths:
            return None
        shown = before.paths[self._index]
        return after.paths.index(shown) if shown in after.paths else max(0, self._index - 1)

    def _change(self, changed: Callable[[GesturePath, int], GesturePath], text: Text) -> None:
        path = self.path
        if path is None or self._index is None or (n_beats := self.n_beats(path)) is None:
            return
        paths = list(self._session.paths)
        paths[self._index] = changed(path, n_beats)
        self._editor.choose_paths(paths, text)

    def _show_path(self) -> None:
        self._pad.path_layer.set_path(self.path, beats_per_bar(self._session))
        self._pad.path_edits.forget()
        self._pad.request_frame()
        self.path_changed.emit(self.path)
