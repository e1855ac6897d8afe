"""Controllers in the window: what is listened to, and what is asked for, brought to the thread of the window.

Three threads meet here. MIDI's and OSC's put events into an inbox, where newer moves take the place of older
ones, and wake this one; it hands them on, at most every 4 ms, so that no flood stops the painting.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from morphstudio.control.events import (
    ControlEvent,
    DetailChanged,
    DotTriggered,
    PlayRequested,
    PointMoved,
    TempoHeard,
)
from morphstudio.control.inbox import Inbox
from morphstudio.control.midi import MidiInput, has_midi
from morphstudio.control.midi_map import ControlSource, MidiLearner, MidiMap, Target
from morphstudio.control.osc import OscSender, OscServer, has_osc, is_loopback, reply_place
from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import PadPoint
from morphstudio.settings import MidiSettings, OscSettings
from morphstudio.ui.control_status import ControlStatus
from morphstudio.ui.pad_scene import PadDot
from morphstudio.ui.settings_control import ControlPage

SOFTEST_DB = -30.0
"""Level of the softest key: softer than that, nobody would know that it plays."""
_LOOK_MS = 1000
_LEAST_GAP_MS = 4
_ECHO_S = 0.25
_MIDDLE = PadPoint(0.5, 0.5)


def level_of(velocity: float) -> float:
    """Level in dB of a key that is hit this hard, 0..1: as samplers do, half as hard is 12 dB less."""
    return max(40.0 * math.log10(velocity), SOFTEST_DB) if velocity > 0.0 else SOFTEST_DB


class ControlKeeper(QObject):
    """Listens to controllers as the settings say, and says what they ask for.

    Parameters
    ----------
    parent : QObject
    """

    point_moved = Signal(object)
    """`PadPoint` to which the pad is to go, as by a hand."""
    detail_changed = Signal(float)
    """0..1."""
    play_requested = Signal(bool, bool)
    """Whether to play, and whether from the loop's first frame."""
    sound_triggered = Signal(str)
    """Id of a sound on the pad, to be heard."""
    level_changed = Signal(float)
    """In dB, beside the volume: by how hard a key was hit. It is 0 again after a press on the pad."""
    tempo_heard = Signal(float)
    """Of another machine, in beats a minute."""
    failed = Signal(object)
    """`MorphStudioError`: something cannot be listened to."""
    status_changed = Signal(object)
    """`ControlStatus`."""
    learnt = Signal(str, str)
    """A `Target`, and the control that was moved for it, as in `ControlSource.text`."""
    _arrived = Signal()
    _moved_to_be_learnt = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._midi_settings, self._osc_settings = MidiSettings(), OscSettings()
        self._midi: MidiInput | None = None
        self._server: OscServer | None = None
        self._sender: OscSender | None = None
        self._problem: MorphStudioError | None = None
        self._learning: Target | None = None
        self._dots: tuple[PadDot, ...] = ()
        self._point, self._told_point = _MIDDLE, _MIDDLE
        self._is_playing, self._is_moving = False, False
        self._level_db = 0.0
        self._moved_by_osc_at_s = -math.inf
        self._status = ControlStatus()
        self._inbox = Inbox()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._moved_to_be_learnt.connect(self._on_moved_to_be_learnt, Qt.ConnectionType.QueuedConnection)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._on_look)
        self._gap = QTimer(self)
        self._gap.setSingleShot(True)
        self._gap.setTimerType(Qt.TimerType.PreciseTimer)
        self._gap.timeout.connect(self._on_arrived)
        self._since_last = QElapsedTimer()

    # --- what is listened to ------------------------------------------------------------------

    @property
    def status(self) -> ControlStatus:
        """What is listened to now."""
        return self._status

    @Slot(object, object)
    def apply(self, midi: MidiSettings, osc: OscSettings) -> None:
        """Listen to what these say, from now on."""
        self._apply_midi(midi)
        self._apply_osc(osc)
        self._tell_status()

    def stop(self) -> None:
        """Listen to nothing; nothing is asked for after that."""
        self.apply(MidiSettings(), OscSettings())
        self._gap.stop()
        self._inbox.take()

    def show_on(self, page: ControlPage) -> None:
        """Tell this page what goes on, and do what it asks for."""
        page.learning_requested.connect(self.learn)
        page.learning_cancelled.connect(self.cancel_learning)
        self.status_changed.connect(page.set_status)
        self.learnt.connect(page.take_learnt)
        page.set_status(self._status)

    @Slot(str)
    def learn(self, target: Target) -> None:
        """Have the next control that is moved be the one for this; until then, none moves anything."""
        if self._midi is None:
            return
        self._learning = target

        def on_learnt(source: ControlSource) -> None:  # in MIDI's thread
            self._moved_to_be_learnt.emit(target, source.text)

        self._midi.learn(MidiLearner(target, on_learnt))
        self._tell_status()

    @Slot()
    def cancel_learning(self) -> None:
        """Have controls move things again."""
        self._learning = None
        if self._midi is not None:
            self._midi.learn(None)
        self._tell_status()

    # --- what controllers have to know --------------------------------------------------------

    def set_dots(self, dots: Sequence[PadDot]) -> None:
        """Know the dots, in the order in which keys trigger them."""
        self._dots = tuple(dots)

    @Slot(object)
    def follow(self, point: PadPoint) -> None:
        """Know where the pad is. Where a hand moved it, the level of the last key is over."""
        if not self._is_moving:
            self.forget_level()
        self._point = point
        self._tell_point()

    @Slot()
    def forget_level(self) -> None:
        """Have what is heard be as loud as the volume says."""
        self._set_level(0.0)

    @Slot(bool)
    def set_playing(self, is_playing: bool) -> None:
        """Know whether sound runs."""
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            self._send("/morph/play", int(is_playing))

    @Slot(float)
    def set_tempo(self, bpm: float) -> None:
        """Know the session's tempo, in beats a minute."""
        self._send("/morph/tempo", float(bpm))

    # --- listening ----------------------------------------------------------------------------

    def _apply_midi(self, settings: MidiSettings) -> None:
        before, self._midi_settings = self._midi_settings, settings
        if not settings.is_on or not has_midi():
            self._looking.stop()
            self._learning = None
            if self._midi is not None:
                self._midi.stop()
                self._midi = None
            return
        is_new = self._midi is None
        if self._midi is None:
            self._midi = MidiInput(self._post)
        self._midi.use(_map_of(settings))
        if is_new or settings.port != before.port:
            self._midi.choose(settings.port)
        self._looking.start()

    def _apply_osc(self, settings: OscSettings) -> None:
        before, self._osc_settings = self._osc_settings, settings
        is_on = settings.is_on and has_osc()
        if settings != before or not is_on:
            self._stop_osc()
        if not is_on or self._server is not None:
            return
        self._server = OscServer(settings.port, settings.allows_others, self._post_osc)
        try:
            self._server.start()
        except MorphStudioError as error:
            self._server = None
            if self._problem is None or str(error) != str(self._problem):
                self.failed.emit(error)
            self._problem = error
            return
        self._problem = None
        place = reply_place(settings.reply)
        if place is not None and (settings.allows_others or is_loopback(place[0])):
            self._sender = OscSender(place)

    def _stop_osc(self) -> None:
        if self._server is not None:
            self._server.stop()
        if self._sender is not None:
            self._sender.close()
        self._server = self._sender = self._problem = None

    def _tell_status(self) -> None:
        midi, server = self._midi, self._server
        status = ControlStatus(
            has_midi(),
            has_osc(),
            midi.ports if midi is not None else (),
            midi.opened if midi is not None else (),
            server.port if server is not None else 0,
            "" if self._problem is None else str(self._problem),
            self._learning or "",
        )
        if status != self._status:
            self._status = status
            self.status_changed.emit(status)

    @Slot()
    def _on_look(self) -> None:
        if self._midi is not None and self._midi.poll():
            self._tell_status()

    @Slot(str, str)
    def _on_moved_to_be_learnt(self, target: Target, text: str) -> None:
        if self._learning == target:
            self.cancel_learning()
            self.learnt.emit(target, text)

    # --- acting -------------------------------------------------------------------------------

    def _post(self, event: ControlEvent) -> None:
        """Take an event in whatever thread it came."""
        if self._inbox.post(event):
            self._arrived.emit()

    def _post_osc(self, event: ControlEvent) -> None:
        if isinstance(event, PointMoved):
            self._moved_by_osc_at_s = time.monotonic()
        self._post(event)

    @Slot()
    def _on_arrived(self) -> None:
        if self._since_last.isValid() and (left_ms := _LEAST_GAP_MS - self._since_last.elapsed()) > 0:
            self._gap.start(left_ms)
            return
        self._since_last.start()
        for event in self._inbox.take():
            self._act(event)

    def _act(self, event: ControlEvent) -> None:
        match event:
            case PointMoved(x, y):
                here = self._point
                self._move(PadPoint(here.x if x is None else x, here.y if y is None else y))
            case DetailChanged(detail):
                self.detail_changed.emit(detail)
            case PlayRequested(wants_play, is_from_start):
                wants_play = not self._is_playing if wants_play is None else wants_play
                if wants_play != self._is_playing or is_from_start:
                    self.play_requested.emit(wants_play, is_from_start)
            case DotTriggered(dot, velocity):
                self._trigger(dot, velocity)
            case TempoHeard(bpm):
                self.tempo_heard.emit(bpm)

    def _move(self, point: PadPoint) -> None:
        self._point = point
        self._is_moving = True
        self.point_moved.emit(point)
        self._is_moving = False

    def _trigger(self, dot: int | str, velocity: float) -> None:
        found = self._dot(dot)
        if found is None:
            return
        self._set_level(level_of(velocity))
        self.sound_triggered.emit(found.sound_id)
        self._point = found.point
        self._moved_by_osc_at_s = -math.inf  # where a dot is, nobody but the pad knows
        self._tell_point()

    def _dot(self, dot: int | str) -> PadDot | None:
        if isinstance(dot, int):
            return self._dots[dot] if dot < len(self._dots) else None
        name = dot.casefold()
        return next((known for known in self._dots if known.name.casefold() == name), None)

    def _set_level(self, level_db: float) -> None:
        if level_db != self._level_db:
            self._level_db = level_db
            self.level_changed.emit(level_db)

    def _tell_point(self) -> None:
        # Who moves it knows where it is, and two programs that tell each other would never end.
        is_echo = time.monotonic() - self._moved_by_osc_at_s < _ECHO_S
        if self._point != self._told_point:
            self._told_point = self._point
            if not is_echo:
                self._send("/morph/xy", self._point.x, self._point.y)

    def _send(self, address: str, *values: float) -> None:
        if self._sender is not None:
            self._sender.send(address, *values)


def _map_of(settings: MidiSettings) -> MidiMap:
    x, y, detail, play = (
        ControlSource.parse(text) if text else None
        for text in (settings.x, settings.y, settings.detail, settings.play)
    )
    return MidiMap(x, y, detail, play, settings.follows_clock)
