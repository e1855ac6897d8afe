"""Records gestures on the pad over some bars, and plays them in a loop."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from morphstudio.audio.player import Player
from morphstudio.morph.gesture import GesturePath, PathRecorder
from morphstudio.morph.request import MorphRequest, PadPoint
from morphstudio.session import Session
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.path_bar import PathState, PathView
from morphstudio.ui.path_clock import PathClock, beats_per_bar, loop_beats
from morphstudio.ui.path_shelf import PathShelf
from morphstudio.ui.session_editor import SessionEditor

_TICK_MS = 16
_USUAL_BARS = 4


class PathKeeper(QObject):
    """Idle, armed for a recording, recording or playing.

    A recording begins with a press on the pad and takes its bars from there on, round the end of the path:
    the path begins where the loop begins, so that it is heard later as it was while it was recorded.

    Parameters
    ----------
    session : Session
    editor : SessionEditor
        Every change of a path goes through it.
    hearing : Hearing
    player : Player
    pad : LatentPad
    parent : QObject
    now : callable or None
        Beats that went by; at a multiple of the loop's beats the loop begins. None: by the player.

    Attributes
    ----------
    shelf : PathShelf
        The session's paths, and what can be done to the one on the pad.
    """

    state_changed = Signal(str)
    """What it is now: "idle", "armed", "recording" or "playing"."""
    export_requested = Signal(object)
    """GesturePath, to be rendered into a file."""

    def __init__(
        self,
        session: Session,
        editor: SessionEditor,
        hearing: Hearing,
        player: Player,
        pad: LatentPad,
        parent: QObject,
        now: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._hearing, self._player, self._pad = session, hearing, player, pad
        self.shelf = PathShelf(session, editor, pad, self)
        self._now = now or PathClock(player, session).beat
        self._state: PathState = "idle"
        self._n_bars, self._bar = _USUAL_BARS, 1
        self._recorder = PathRecorder(_USUAL_BARS)
        self._waiting: PadPoint | None = None
        self._origin: float | None = None
        self._begun = 0.0
        self._asked: PadPoint | None = None
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        pad.point_picked.connect(self._on_point_picked)
        pad.path_bar.pressed.connect(self.toggle_recording)
        pad.path_bar.chosen.connect(self._on_chosen)
        pad.path_edits.changed.connect(self._show_bar)
        self.shelf.path_switched.connect(self._on_path_switched)
        self.shelf.path_changed.connect(self._show_bar)
        hearing.requested.connect(self._on_requested)
        self._show_bar()

    # --- what there is ------------------------------------------------------------------------

    @property
    def state(self) -> PathState:
        """What goes on."""
        return self._state

    @property
    def is_possible(self) -> bool:
        """Whether there is anything to lead a path between, and the pad shows it."""
        return bool(self._session.dots) and self._pad.mode == "blend"

    # --- recording and playing ----------------------------------------------------------------

    @Slot()
    def toggle_recording(self) -> None:
        """Get ready to record; while something goes on, stop it."""
        if self._state == "idle":
            self.record(self._n_bars)
        else:
            self.stop()

    def record(self, n_bars: int) -> None:
        """Get ready to record so many bars, from the next press on, or at once while the pad is held."""
        if not self.is_possible:
            return
        self.stop()
        self._n_bars, self._bar = n_bars, 1
        self._now()  # so that it is known whether anything played before the press
        self._pad.path_edits.end()
        self._become("armed")
        if self._pad.is_held and self._pad.point is not None:
            self._begin_recording(self._pad.point)

    @Slot()
    def toggle_play(self) -> None:
        """Play the path, or stop it."""
        if self._state == "playing":
            self.stop()
        else:
            self.play()

    def play(self) -> None:
        """Play the path in a loop, in time with what plays; from the loop's beginning where nothing does."""
        path = self.shelf.path
        if path is None or not self.is_possible or self.shelf.n_beats(path) is None:
            return
        self.stop()
        self._now()
        is_start = not self._player.is_playing
        self._origin = None if is_start else self._loop_start()
        self._become("playing")
        if is_start:
            self._hear(path, 0.0, starts=True)
        self._on_tick()

    @Slot()
    def stop(self) -> None:
        """End what goes on; a recording that is not full is not kept. The sound stays where it is."""
        self._recorder = PathRecorder(self._n_bars)
        self._waiting = self._origin = self._asked = None
        layer = self._pad.path_layer
        layer.head = None
        layer.trace.clear()
        if self._state != "idle":
            self._become("idle")

    # --- the path on the pad ------------------------------------------------------------------

    def edit(self, wants_edit: bool = True) -> None:
        """Let the points be moved, or no longer."""
        if wants_edit and self.is_possible:
            self._pad.path_edits.begin()
            self._pad.setFocus()
        else:
            self._pad.path_edits.end()

    @Slot()
    def toggle_editing(self) -> None:
        """Let the points be moved where they are not, and no longer where they are."""
        self.edit(not self._pad.path_layer.is_editing)

    @Slot()
    def export(self) -> None:
        """Ask for the path in a file."""
        if self.shelf.path is not None:
            self.export_requested.emit(self.shelf.path)

    # --- events -------------------------------------------------------------------------------

    @Slot(object)
    def _on_point_picked(self, point: PadPoint) -> None:
        if self._state == "playing":
            self.stop()  # the hand takes over
        elif self._state == "armed":
            self._begin_recording(point)
        elif self._state == "recording":
            self._take_down(point)

    @Slot(object)
    def _on_requested(self, request: MorphRequest) -> None:
        """Stop the path when another place was asked for, such as one sound alone."""
        del request
        if self._state == "playing" and not self._is_asking and self._hearing.point != self._asked:
            self.stop()

    @Slot()
    def _on_path_switched(self) -> None:
        if self._state == "playing":
            self.stop()

    @Slot()
    def _on_tick(self) -> None:
        if not self.is_possible or (self._state in ("recording", "playing") and not self._player.is_playing):
            self.stop()
        elif self._state == "armed":
            self._now()
        elif self._state == "recording":
            self._follow_recording()
        elif self._state == "playing" and (path := self.shelf.heard_path) is not None:
            if self._origin is None:
                self._origin = self._loop_start()
            self._hear(path, self._now() - self._origin, starts=False)

    @Slot(str, object)
    def _on_chosen(self, what: str, value: object) -> None:
        if what == "record" and isinstance(value, int):
            self.record(value)
        elif what == "show":
            self.shelf.show(value if isinstance(value, int) else None)
        elif what == "quantise" and isinstance(value, float):
            self.shelf.quantise(value)
        elif what == "edit":
            self.edit(bool(value))
        elif what == "curve":
            self.shelf.curve(bool(value))
        else:
            commands: dict[str, Callable[[], None]] = {
                "play": self.toggle_play,
                "smooth": self.shelf.smooth,
                "rename": self.shelf.ask_for_name,
                "remove": self.shelf.remove,
                "export": self.export,
            }
            commands[what]()

    # ------------------------------------------------------------------------------------------

    def _loop_start(self) -> float:
        n_beats = loop_beats(self._session)
        return math.floor(self._now() / n_beats) * n_beats

    def _begin_recording(self, point: PadPoint) -> None:
        self._recorder = PathRecorder(self._n_bars, beats_per_bar(self._session))
        self._origin = None
        self._become("recording")
        self._take_down(point)

    def _take_down(self, point: PadPoint) -> None:
        self._pad.path_layer.trace.append(point)
        if self._origin is None:
            self._waiting = point
            if not self._player.is_playing:
                return  # the press is about to start it
            self._origin = self._loop_start()
            self._begun = self._now()
        self._recorder.add(max(self._now() - self._origin, 0.0), point.x, point.y)

    def _follow_recording(self) -> None:
        if self._origin is None and self._waiting is not None:
            self._pad.path_layer.trace.clear()
            self._take_down(self._waiting)
        if self._origin is None:
            return
        per_bar = beats_per_bar(self._session)
        gone = self._now() - self._begun
        if gone >= self._n_bars * per_bar:
            self._keep_recording(self._origin)
        elif (bar := int(gone // per_bar) + 1) != self._bar:
            self._bar = bar
            self._show_bar()

    def _keep_recording(self, origin: float) -> None:
        n_beats = self._n_bars * beats_per_bar(self._session)
        held = self._pad.path_layer.trace[-1]
        self._recorder.add(self._begun + n_beats - origin, held.x, held.y)
        path = self._recorder.path(self.shelf.free_name(), is_smooth=True).simplified(n_beats)
        self._pad.end_pick()  # what the hand goes on with would be against the path
        self.stop()
        self.shelf.add(path)
        self._origin = origin
        self._become("playing")
        self._on_tick()

    def _hear(self, path: GesturePath, beat: float, *, starts: bool) -> None:
        n_beats = self.shelf.n_beats(path)
        if n_beats is None:
            self.stop()
            return
        point = path.place_at(beat, n_beats)
        self._pad.path_layer.head = beat % n_beats
        if point == self._asked and not starts:
            return
        self._asked, self._is_asking = point, True
        try:
            self._hearing.hear_point(point, starts=starts)
        finally:
            self._is_asking = False

    def _become(self, state: PathState) -> None:
        self._state = state
        if state == "idle":
            self._timer.stop()
        else:
            self._timer.start()
        self._show_bar()
        self._pad.request_frame()
        self.state_changed.emit(state)

    @Slot()
    def _show_bar(self) -> None:
        paths, path = self._session.paths, self.shelf.path
        self._pad.path_bar.show_view(
            PathView(
                self._state,
                self._n_bars,
                self._bar,
                tuple(path.name for path in paths),
                self.shelf.index,
                path is not None and path.is_smooth,
                self._pad.path_layer.is_editing,
            )
        )
        self._pad.request_frame()
