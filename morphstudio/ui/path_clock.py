"""Which beat of the session the loudspeaker is at, counted on from loop to loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.player import Player
from morphstudio.session import Session

_USUAL_BEATS_PER_BAR = 4


def beats_per_bar(session: Session) -> int:
    """Beats of a bar; four where the session has no tempo."""
    return session.time.beats_per_bar if session.time is not None else _USUAL_BEATS_PER_BAR


def loop_beats(session: Session) -> int:
    """Beats of the session's loop."""
    return session.n_bars * beats_per_bar(session)


@dataclass(frozen=True, slots=True)
class _Loop:
    n_frames: int
    n_beats: int

    @property
    def beat_s(self) -> float:
        return self.n_frames / RATE_HZ / self.n_beats


class PathClock:
    """Reads beats off the player's position, so that they are those that are heard.

    The position goes round with the loop; how often it went round is told by the time that went by. Without
    a device there is no position, and the time alone counts.

    Parameters
    ----------
    player : Player
    session : Session
    now_s : callable
        Monotonic clock in seconds.
    """

    def __init__(self, player: Player, session: Session, now_s: Callable[[], float] = time.monotonic) -> None:
        self._player, self._session, self._now_s = player, session, now_s
        self._loop = self._session_loop()
        self._last_of_before: int | None = None
        self._stale_frame: int | None = None
        self._was_playing = False
        self._beat = 0.0
        self._seen_s = now_s()

    def beat(self) -> float:
        """Beats that went by; at a multiple of the loop's beats the loop begins.

        To be asked regularly, at least while nothing plays yet and somebody will want to know when it began.
        """
        now_s, player = self._now_s(), self._player
        elapsed_s, self._seen_s = now_s - self._seen_s, now_s
        has_begun = player.is_playing and not self._was_playing
        self._was_playing = player.is_playing
        self._follow_session()
        beats_gone = elapsed_s / self._loop.beat_s if player.is_playing and not has_begun else 0.0
        if not player.status.is_open:
            self._beat = self._loop_start() if has_begun else self._beat + beats_gone
            return self._beat
        playhead = player.playhead
        if has_begun:
            self._stale_frame = playhead
        # A jump to the beginning, with which playing may begin, is not made before the next block.
        if playhead and playhead == self._stale_frame:
            self._beat = self._loop_start()
            return self._beat
        self._stale_frame = None
        phase = playhead * self._loop.n_beats / self._loop.n_frames
        n_rounds = round((self._beat + beats_gone - phase) / self._loop.n_beats)
        self._beat = phase + n_rounds * self._loop.n_beats
        return self._beat

    def _loop_start(self) -> float:
        return float(self._beat // self._loop.n_beats * self._loop.n_beats)

    def _session_loop(self) -> _Loop:
        session = self._session
        n_frames = session.n_frames or round(session.bar_s * session.n_bars * RATE_HZ)
        return _Loop(n_frames, loop_beats(session))

    def _follow_session(self) -> None:
        """Count in another loop's frames once it is heard: until then the position is in the one before."""
        loop, player = self._session_loop(), self._player
        if loop == self._loop:
            self._last_of_before = None
        elif not (player.is_playing and player.status.is_open):
            self._loop, self._last_of_before = loop, None
        elif self._last_of_before is None:
            self._last_of_before = player.published_generation
        elif player.heard_generation > self._last_of_before:
            self._loop, self._last_of_before = loop, None
