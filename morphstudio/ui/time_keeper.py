"""Musical time in the window: what the fields say becomes the session's, what is heard is told to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ParameterError
from morphstudio.morph.musical_time import (
    HIGHEST_BPM,
    LOWEST_BPM,
    MusicalTime,
    bpm_of_bars,
    bpm_of_sound,
    bpm_stretched_least,
    tapped_bpm,
    time_of_loop,
)
from morphstudio.session import Session, SessionState
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.loop_time_facts import KeyOfLoop, LoopTimeFacts
from morphstudio.ui.loop_time_panel import LoopTimePanel
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.tempo_field import LoopTempo, TempoOffer
from morphstudio.ui.theme import Theme

_USUAL_BPM, _USUAL_BARS = 120.0, 2
_DIGITS = 1
"""Of tempos that are tapped or sent: what is finer is a hand's or a cable's, not the music's."""
_MOST_TAPS, _LEAST_TAPS = 16, 3
_TAP_MS = 2000
"""Who taps no more for so long has ended."""
_CLEARLY_OFF_BPM, _OFF_S = 0.2, 1.0
_LISTENED_MS = 150


class TimeKeeper(QObject):
    """Wires tempo, length, taps and the panel of single loops to the session.

    To be made before whoever turns edits into requests connects to the editor: by then the tempos of new
    loops have to be known.

    Parameters
    ----------
    theme : Theme
    session : Session
    editor : SessionEditor
    hearing : Hearing
    window : MainWindow
    pad : LatentPad
        Beside whose dots the panel opens.
    parent : QObject
    """

    tempos_heard = Signal(object)
    """Tuple of ids of sounds on the pad, whose tempo is another than was known."""

    def __init__(
        self,
        theme: Theme,
        session: Session,
        editor: SessionEditor,
        hearing: Hearing,
        window: MainWindow,
        pad: LatentPad,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._editor, self._hearing = session, editor, hearing
        self._window, self._pad = window, pad
        self._shelf = window.browser.shelf
        self._tempo, self._bars = window.transport.tempo_field, window.transport.bars_field
        self._taps_s: list[float] = []
        self._off_since_s: float | None = None
        self.panel = LoopTimePanel(theme, window)
        self._tap_end = self._timer(_TAP_MS, self._on_taps_ended)
        self._listened = self._timer(_LISTENED_MS, self.hear_tempos)
        self._connect()
        self._show()

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        tempo = self._tempo
        tempo.bpm_chosen.connect(self.choose_bpm)
        tempo.free_chosen.connect(self.choose_free)
        tempo.loop_chosen.connect(self.take_tempo)
        tempo.keeps_pitch_chosen.connect(self._editor.choose_keeps_pitch)
        tempo.beats_chosen.connect(self.choose_beats)
        tempo.menu_opening.connect(self._on_menu_opening)
        self._bars.bars_chosen.connect(self.choose_bars)
        self._window.transport.tapped.connect(self.tap)
        self._editor.edited.connect(self._on_edited)
        self.panel.loop_time_chosen.connect(self._editor.choose_loop_time)
        for changed in (self._shelf.model.dataChanged, self._shelf.model.layoutChanged):
            changed.connect(self._on_entries_changed)
        self._shelf.model.modelReset.connect(self._on_entries_changed)
        self._shelf.changed.connect(self._on_entries_changed)

    # --- commands -------------------------------------------------------------------------------

    @Slot(float)
    def choose_bpm(self, bpm: float) -> None:
        """Let the session have a tempo; its length in bars stays, or is that of the first loop."""
        now = self._session.time
        if now is not None:
            self._choose(lambda: replace(now, bpm=bpm))
        else:
            self._choose(lambda: MusicalTime(bpm, self._bars_at(bpm)))

    @Slot(int)
    def choose_bars(self, bars: int) -> None:
        """Let the session be so many bars long; without a tempo it takes that of the first loop."""
        now = self._session.time
        self._choose(lambda: replace(now or self._time_of_first(), bars=bars))

    @Slot(int)
    def choose_beats(self, beats_per_bar: int) -> None:
        """Let a bar have so many beats."""
        now = self._session.time
        self._choose(lambda: replace(now or self._time_of_first(), beats_per_bar=beats_per_bar))

    @Slot()
    def choose_free(self) -> None:
        """Let each loop keep its own tempo."""
        self._editor.choose_time(None)

    @Slot(str)
    def take_tempo(self, sound_id: str) -> None:
        """Let the session have the tempo of a loop, so that this one is not stretched at all."""
        if not self._session.knows(sound_id):
            return
        now = self._session.time
        beats = 4 if now is None else now.beats_per_bar
        n_frames = self._session.sound(sound_id).clip.n_frames

        def taken() -> MusicalTime:
            bpm = self._known_bpm(sound_id)
            if bpm is None:  # whole bars, then
                near = now or MusicalTime(_USUAL_BPM, 1)
                bpm = bpm_of_bars(n_frames, near.bars_nearest(n_frames / RATE_HZ), beats)
            if not LOWEST_BPM <= bpm <= HIGHEST_BPM:
                name = self._session.sound(sound_id).clip.name
                raise ParameterError(
                    self.tr("No tempo was heard"),
                    self.tr("{name} is too short to have a tempo.").format(name=name),
                    self.tr("Take it from another loop, or type it."),
                )
            found = time_of_loop(n_frames, bpm, beats)
            return found if now is None else replace(found, bars=now.bars)

        self._choose(taken)

    @Slot()
    def tap(self) -> None:
        """Take a tap; the third of an even row changes the tempo, the second shows it."""
        self._taps_s = [*self._taps_s, time.monotonic()][-_MOST_TAPS:]
        self._tap_end.start()
        bpm = tapped_bpm(self._taps_s)
        if bpm is None:
            return
        bpm = round(bpm, _DIGITS)
        if len(self._taps_s) < _LEAST_TAPS:
            self._tempo.propose(bpm)
            return
        self._tempo.propose(None)
        self.choose_bpm(bpm)

    @Slot(float)
    def follow_tempo(self, bpm: float) -> None:
        """Follow the clock of another machine: what only trembles changes nothing."""
        bpm, now = round(bpm, _DIGITS), self._session.time
        if not LOWEST_BPM <= bpm <= HIGHEST_BPM:
            return
        off_bpm = abs(bpm - now.bpm) if now is not None else _CLEARLY_OFF_BPM
        if off_bpm < 0.5 * 10.0**-_DIGITS:
            self._off_since_s = None
            return
        now_s = time.monotonic()
        if off_bpm < _CLEARLY_OFF_BPM - 1e-6:
            if self._off_since_s is None:
                self._off_since_s = now_s
            if now_s - self._off_since_s < _OFF_S:
                return
        self._off_since_s = None
        if now is None:
            followed = MusicalTime(bpm, self._bars_at(bpm))
        else:
            most_bars = MusicalTime(bpm, 1, now.beats_per_bar).most_bars
            followed = MusicalTime(bpm, min(now.bars, most_bars), now.beats_per_bar)
        self._editor.choose_time(followed)

    @Slot(str)
    def open_loop(self, sound_id: str) -> None:
        """Open the panel of a loop beside its dot."""
        if sound_id in self._session.dots:
            place = self._pad.mapTo(self._window, self._pad.place_of(sound_id).toPoint())
            self.panel.open_at(self._facts(sound_id), place)

    @Slot()
    def hear_tempos(self) -> None:
        """Tell the session what tempos were heard by now; what sounds and has another one is heard anew."""
        changed = self._learn_tempos()
        if not changed:
            return
        self._show()
        self._show_panel()
        self.tempos_heard.emit(changed)
        blend = self._hearing.blend
        if self._session.time is not None and blend is not None and set(changed) & set(blend.sound_ids):
            self._hearing.hear_anew()

    # --- what they mean -------------------------------------------------------------------------

    def _choose(self, make: Callable[[], MusicalTime]) -> None:
        try:
            wanted = make()
        except ParameterError as error:
            self._window.message_bar.show_error(error, "warning")
            self._show()
            return
        self._editor.choose_time(wanted)

    def _known_bpm(self, sound_id: str) -> float | None:
        """Tempo of a loop by itself: set, else heard."""
        return self._session.own_time(sound_id).bpm or self._session.heard_bpm(sound_id)

    def _bpm_of(self, sound_id: str) -> float:
        """Tempo of a loop by itself: set, else heard, else guessed."""
        known = self._known_bpm(sound_id)
        if known is not None:
            return known
        now = self._session.time
        bpm, beats = (_USUAL_BPM, 4) if now is None else (now.bpm, now.beats_per_bar)
        return bpm_of_sound(self._session.sound(sound_id).clip.n_frames, bpm, beats)

    def _time_of_first(self) -> MusicalTime:
        """Musical time of the first loop as it is; a usual one where there is none."""
        first = next(iter(self._session.dots), "")
        if not first:
            return MusicalTime(_USUAL_BPM, _USUAL_BARS)
        return time_of_loop(self._session.sound(first).clip.n_frames, self._bpm_of(first))

    def _bars_at(self, bpm: float) -> int:
        """As many bars as the first loop has when it is stretched to a tempo."""
        first = next(iter(self._session.dots), "")
        if not first:
            return _USUAL_BARS
        own = bpm_stretched_least(self._bpm_of(first), bpm)
        return MusicalTime(bpm, 1).bars_nearest(self._session.sound(first).clip.duration_s * own / bpm)

    def _learn_tempos(self) -> tuple[str, ...]:
        changed = []
        for sound_id in self._session.dots:
            entry = self._shelf.entry_of_sound(sound_id)
            bpm = entry.bpm if entry is not None else None
            # Until somebody has listened, what the session's file says is all that is known.
            is_known = bpm is not None or (entry is not None and entry.analysis is not None)
            if is_known and bpm != self._session.heard_bpm(sound_id):
                self._session.hear_tempo(sound_id, bpm)
                changed.append(sound_id)
        return tuple(changed)

    # --- what is shown --------------------------------------------------------------------------

    def _show(self) -> None:
        session, now = self._session, self._session.time
        beats = 4 if now is None else now.beats_per_bar
        first = next(iter(session.dots), "")
        start = round(self._bpm_of(first), _DIGITS) if first else _USUAL_BPM
        start = min(max(start, LOWEST_BPM), HIGHEST_BPM)
        bpm = None if now is None else now.bpm
        self._tempo.set_offer(TempoOffer(bpm, start, session.keeps_pitch, beats))
        most_bars = MusicalTime(start if now is None else now.bpm, 1, beats).most_bars
        bars = None if now is None else now.bars
        self._bars.show_length(bars, session.n_frames / RATE_HZ, most_bars)

    def _facts(self, sound_id: str) -> LoopTimeFacts:
        sound, now = self._session.sound(sound_id), self._session.time
        return LoopTimeFacts(
            sound_id,
            sound.clip.name,
            sound.clip.n_frames,
            sound.peaks,
            self._session.own_time(sound_id),
            self._bpm_of(sound_id),
            self._session.heard_bpm(sound_id),
            4 if now is None else now.beats_per_bar,
            self._key_of(sound_id),
            tuple(
                KeyOfLoop(self._session.sound(other).clip.name, key, self._session.own_time(other).semitones)
                for other in self._session.dots
                if other != sound_id and (key := self._key_of(other))
            ),
        )

    def _key_of(self, sound_id: str) -> str:
        entry = self._shelf.entry_of_sound(sound_id)
        return entry.key if entry is not None else ""

    def _show_panel(self) -> None:
        sound_id = self.panel.sound_id
        if not sound_id:
            return
        if sound_id in self._session.dots:
            self.panel.show_facts(self._facts(sound_id))
        else:
            self.panel.close_panel()

    @Slot(object, object)
    def _on_edited(self, before: SessionState, after: SessionState) -> None:
        # A dot that is dragged, an option that is turned, comes sixty times a second.
        if replace(before, dots=after.dots, options=after.options) == after and (
            dict(before.dots).keys() == dict(after.dots).keys()
        ):
            return
        if changed := self._learn_tempos():
            self.tempos_heard.emit(changed)
        self._show()
        self._show_panel()

    @Slot()
    def _on_entries_changed(self) -> None:
        if not self._listened.isActive():
            self._listened.start()

    @Slot()
    def _on_taps_ended(self) -> None:
        self._taps_s.clear()
        self._tempo.propose(None)

    @Slot()
    def _on_menu_opening(self) -> None:
        loops = [
            LoopTempo(sound_id, self._session.sound(sound_id).clip.name, own)
            for sound_id in self._session.dots
            if (own := self._known_bpm(sound_id)) is not None
        ]
        self._tempo.set_loops(sorted(loops, key=lambda loop: loop.name.casefold()))
