"""Changes of the session, each of which can be taken back. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.morph.gesture import GesturePath
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.session import MorphOptions, Session, SessionState, Side
from morphstudio.ui.commands import Text
from morphstudio.ui.undo import History


class SessionEditor(QObject):
    """Changes a session and records what was before.

    Parameters
    ----------
    session : Session
        Nobody else changes its state.
    history : History
    parent : QObject
    """

    edited = Signal(object, object)
    """The `SessionState` before and the one after, by a change as by taking it back."""

    def __init__(self, session: Session, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._history = session, history
        self._begun: SessionState | None = None
        history.restored.connect(self._on_restored)

    def place(self, points: Mapping[str, PadPoint | None], text: Text) -> None:
        """Put known sounds on the pad: where they sound alike, or at a point; `text` is for the undoing."""

        def change() -> None:
            for sound_id, point in points.items():
                self._session.place(sound_id, point)

        self._change(change, text)

    @Slot(object)
    def take_off(self, sound_ids: Iterable[str]) -> None:
        """Take sounds off the pad."""
        ids = tuple(sound_ids)
        self._change(
            lambda: self._session.take_off(ids),
            lambda: self.tr("Take sound off") if len(ids) == 1 else self.tr("Take sounds off"),
        )

    def replace(self, sound_id: str, other_id: str) -> None:
        """Put a known sound where another is."""
        self._change(lambda: self._session.replace(sound_id, other_id), lambda: self.tr("Replace sound"))

    @Slot(object)
    def move(self, points: Mapping[str, PadPoint]) -> None:
        """Move dots by hand; the moves of one drag are one change."""
        key = "move " + " ".join(sorted(points))
        self._change(
            lambda: self._session.move(points),
            lambda: self.tr("Move dot") if len(points) == 1 else self.tr("Move dots"),
            key,
        )

    def arrange(self) -> None:
        """Arrange all dots anew."""
        self._change(self._session.arrange, lambda: self.tr("Arrange dots"))

    @Slot(object)
    def choose_options(self, options: MorphOptions) -> None:
        """Make morphs in another way; what one slider is drawn through is one change."""
        before = self._session.options
        names = [name for name in before.__slots__ if getattr(before, name) != getattr(options, name)]
        texts: dict[str, Text] = {
            "detail": lambda: self.tr("Change detail"),
            "align": lambda: self.tr("Switch align hits"),
            "match_loudness": lambda: self.tr("Switch match loudness"),
            "even_spacing": lambda: self.tr("Switch even spacing"),
            "pitch_st": lambda: self.tr("Change pitch"),
        }
        self._change(
            lambda: self._session.choose_options(options),
            texts[names[0]] if len(names) == 1 else lambda: self.tr("Change options"),
            "options " + " ".join(names) if names in (["detail"], ["pitch_st"]) else "",
        )

    @Slot(object)
    def choose_time(self, time: MusicalTime | None) -> None:
        """Conform all loops to a tempo and a length; what one field is turned through is one change."""
        self._change(lambda: self._session.choose_time(time), lambda: self.tr("Change tempo"), "time")

    @Slot(bool)
    def choose_keeps_pitch(self, keeps_pitch: bool) -> None:
        """Let loops keep their pitch at another tempo, or not."""
        self._change(
            lambda: self._session.choose_keeps_pitch(keeps_pitch), lambda: self.tr("Switch keep pitch")
        )

    def choose_loop_time(self, sound_id: str, loop_time: LoopTime) -> None:
        """Set tempo, down-beat or shift of one sound."""
        self._change(
            lambda: self._session.choose_loop_time(sound_id, loop_time),
            lambda: self.tr("Change a loop's tempo"),
            f"loop time {sound_id}",
        )

    @Slot(object)
    def choose_paths(self, paths: Iterable[GesturePath], text: Text | None = None) -> None:
        """Keep these gestures; `text` is for the undoing."""
        kept = tuple(paths)
        self._change(lambda: self._session.choose_paths(kept), text or (lambda: self.tr("Change path")))

    @Slot(str, str)
    def choose_side(self, side: Side, sound_id: str) -> None:
        """Put a sound at one end of the slider."""
        self._change(lambda: self._session.choose_side(side, sound_id), lambda: self.tr("Choose A or B"))

    @Slot()
    def swap_sides(self) -> None:
        """Turn the slider round."""
        self._change(self._session.swap_sides, lambda: self.tr("Swap A and B"))

    def become(self, state: SessionState) -> None:
        """Be another session; what was done before cannot be taken back."""
        before, self._begun = self._session.state, None
        self._session.restore(state)
        self._history.clear()
        self.edited.emit(before, self._session.state)

    def begin(self) -> None:
        """Take what follows, until `end`, as one change."""
        if self._begun is None:
            self._begun = self._session.state

    def end(self, text: Text, *, can_be_undone: bool = True) -> None:
        """Record what has been changed since `begin`."""
        before, self._begun = self._begun, None
        after = self._session.state
        if before is None or before == after:
            return
        if can_be_undone:
            self._history.record(before, after, text)

    def _change(self, change: Callable[[], None], text: Text, merge_key: str = "") -> None:
        before = self._session.state
        change()
        after = self._session.state
        if after == before:
            return
        if self._begun is None:
            self._history.record(before, after, text, merge_key)
        self.edited.emit(before, after)

    @Slot(object)
    def _on_restored(self, state: SessionState) -> None:
        before = self._session.state
        self._session.restore(state)
        self.edited.emit(before, state)
