"""What the audio callback runs: the newest deck, round and round, without a gap or a click.

Nothing here waits, logs, or allocates: whatever a block needs is made once, as large as it can get.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.decks import (
    GAIN,
    HEARD,
    IN_USE,
    IS_SOUNDING,
    JUMP_COUNT,
    LENGTH,
    N_BEATS,
    N_CALLBACKS,
    N_JUMPS,
    N_LOOP,
    N_STAMPS,
    NO_DECK,
    PEAK,
    PLAYING,
    POSITION,
    PUBLISHED,
    SEEK,
    TAP_COUNT,
    TAP_FRAMES,
    Fence,
    SharedDecks,
    carried,
)

CROSSFADE_FRAMES: Final = round(0.012 * RATE_HZ)
START_STOP_FRAMES: Final = round(0.005 * RATE_HZ)
MAX_PART_FRAMES: Final = 2048
"""Mixed at once; longer blocks are mixed in parts."""
_GAIN_SETTLING_FRAMES: Final = 0.01 * RATE_HZ
_PEAK_FALL_DB_PER_S: Final = 24.0


def _stereo(curve: NDArray[np.float64]) -> Samples:
    """Repeat a curve for both sides: multiplying by a column would make numpy allocate a block."""
    return np.repeat(curve[:, None], 2, axis=1).astype(np.float32)


_THETA = np.arange(0.5, CROSSFADE_FRAMES) / CROSSFADE_FRAMES
# A quarter turn that starts and ends slowly: the ends of the fade are as smooth as its middle.
_THETA = 0.5 * np.pi * _THETA * _THETA * (3 - 2 * _THETA)
_RISING: Final = _stereo(np.sin(_THETA))
_FALLING: Final = _stereo(np.cos(_THETA))
_TWICE_BOTH: Final = _stereo(np.sin(2 * _THETA))
# From silence to full level and back, without a corner at either end.
_STARTING: Final = _stereo(np.sin(0.5 * np.pi * np.linspace(0, 1, START_STOP_FRAMES + 1)) ** 2)
_STOPPING: Final = _STARTING[::-1].copy()
_SETTLING: Final = _stereo(np.exp(-np.arange(1, MAX_PART_FRAMES + 1) / _GAIN_SETTLING_FRAMES))


class DeckMixer:
    """Mixes blocks from the shared decks; one instance, called by one thread.

    Parameters
    ----------
    shared : SharedDecks
    now_ns : callable
        Monotonic clock that stamps each generation when it is first mixed.

    Attributes
    ----------
    is_hushed : bool
        Set by others: fade out and stay there as if stopped, whatever the owner says.
    """

    def __init__(self, shared: SharedDecks, now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self.is_hushed = False
        self._shared = shared
        self._now_ns = now_ns
        self._fence = Fence()
        self._deck = NO_DECK
        self._generation = 0
        self._stamped_generation = 0
        self._n_loop = 0
        self._position = int(shared.words[POSITION])
        self._seek = int(shared.words[SEEK])
        self._n_started = 0  # frames into `_STARTING`
        self._gain = float(shared.values[GAIN])
        self._n_fade_left = 0
        self._fade_in = np.zeros((CROSSFADE_FRAMES, 2), np.float32)
        self._fade_tail = np.zeros((CROSSFADE_FRAMES, 2), np.float32)
        # Scratch.
        self._next_tail = np.zeros((CROSSFADE_FRAMES, 2), np.float32)
        self._coming = np.zeros((CROSSFADE_FRAMES, 2), np.float32)
        self._weights = np.zeros((CROSSFADE_FRAMES, 2), np.float32)
        self._gains = np.zeros((MAX_PART_FRAMES, 2), np.float32)
        shared.forget_host()

    @property
    def is_silent(self) -> bool:
        """Whether the last block ended in silence, because it is stopped and faded out."""
        return self._n_started == 0

    def mix(self, out: Samples) -> None:
        """Fill `out`, float32 of shape (frames, 2), with what comes next."""
        words = self._shared.words
        # Only this thread writes the host's words, so reading one and writing it back is safe.
        words[N_CALLBACKS] += 1
        is_playing = bool(words[PLAYING]) and not self.is_hushed
        for start in range(0, len(out), MAX_PART_FRAMES):
            self._mix_part(out[start : start + MAX_PART_FRAMES], is_playing)

    def _mix_part(self, out: Samples, is_playing: bool) -> None:
        words = self._shared.words
        self._take_newest()
        self._take_seek()
        is_awaited = self._deck == NO_DECK or self._generation < words[PLAYING]
        if self._n_started == 0 and (not is_playing or is_awaited):
            out.fill(0.0)
            self._gain = float(self._shared.values[GAIN])
            self._update_peaks(out)
            words[IS_SOUNDING] = 0
            return
        self._mix_loop(out)
        self._apply_transport(out, is_playing)
        self._apply_gain(out)
        self._update_peaks(out)
        self._write_tap(out)
        if self._stamped_generation != self._generation:
            slot = self._generation % N_STAMPS
            # The time first: whoever finds the generation finds its time.
            self._shared.stamps[slot, 1] = self._now_ns()
            self._shared.stamps[slot, 0] = self._generation
            words[HEARD] = self._stamped_generation = self._generation
        words[POSITION] = self._position
        words[IS_SOUNDING] = 1

    def _mix_loop(self, out: Samples) -> None:
        deck, n_fade = self._shared.decks[self._deck], min(self._n_fade_left, len(out))
        _copy_loop(deck, self._n_loop, self._position, out)
        if n_fade:
            at = CROSSFADE_FRAMES - self._n_fade_left
            part = out[:n_fade]
            part *= self._fade_in[at : at + n_fade]
            part += self._fade_tail[at : at + n_fade]
            self._n_fade_left -= n_fade
        self._position = (self._position + len(out)) % self._n_loop

    def _take_newest(self) -> None:
        """Switch to the newest published deck; see `decks` for why the writer is never in it."""
        words = self._shared.words
        published = int(words[PUBLISHED])
        if published >> 2 == self._generation:
            return
        for _ in range(4):
            new = published & 3
            words[IN_USE] = self._deck | new << 2
            self._fence()
            still = int(words[PUBLISHED])
            if still == published:
                break
            published = still
        else:
            # The writer publishes faster than this looks: play on, the next block will have it.
            words[IN_USE] = self._deck | NO_DECK << 2
            return
        n_loop = int(words[LENGTH + new])
        n_beats = int(words[N_BEATS + self._deck]) if self._deck != NO_DECK else 0
        position = carried(self._position, self._n_loop, n_beats, n_loop, int(words[N_BEATS + new]))
        self._begin_crossfade(new, n_loop, position)
        has_jumped = n_loop != self._n_loop or position != self._position
        self._deck, self._generation, self._n_loop, self._position = new, published >> 2, n_loop, position
        # The old deck is copied where it was needed: from here on the writer may have it. The stores
        # above must not be seen after this one, nor the reads.
        self._fence()
        words[IN_USE] = new | NO_DECK << 2
        words[N_LOOP] = n_loop
        words[POSITION] = position
        if has_jumped:
            self._mark_jump()

    def _take_seek(self) -> None:
        seek = int(self._shared.words[SEEK])
        if seek == self._seek:
            return
        self._seek = seek
        position = seek & 0xFFFFFFFF
        if self._deck != NO_DECK:
            position %= self._n_loop
            self._begin_crossfade(self._deck, self._n_loop, position)
        self._position = position
        self._shared.words[POSITION] = position
        if self._deck != NO_DECK:
            self._mark_jump()

    def _begin_crossfade(self, deck: int, n_loop: int, position: int) -> None:
        """Keep the next milliseconds of what would be heard, and weigh them against those of what comes.

        What would be heard is the running crossfade, where there is one: it goes on to its own end below
        the new one, so no deck waits for another, none is cut short, and each is there after 12 ms.

        The power of the sum stays even: two versions of one sound, as a draft and its refinement, add up
        in amplitude, two different sounds in power. Plain sine and cosine would lift the former by
        3 dB at every step of a drag.
        """
        if self._n_started == 0:
            self._n_fade_left = 0
            return
        old, new, weights = self._next_tail, self._coming, self._weights
        _copy_loop(self._shared.decks[self._deck], self._n_loop, self._position, old)
        if self._n_fade_left:
            rest = old[: self._n_fade_left]
            rest *= self._fade_in[-self._n_fade_left :]
            rest += self._fade_tail[-self._n_fade_left :]
        _copy_loop(self._shared.decks[deck], n_loop, position, new)
        energy = math.sqrt(float(np.vdot(old, old)) * float(np.vdot(new, new)))
        alike = min(max(float(np.vdot(old, new)) / energy, 0.0), 1.0) if energy > 0 else 0.0
        np.multiply(_TWICE_BOTH, alike, out=weights)
        weights += 1.0
        np.sqrt(weights, out=weights)
        np.divide(_RISING, weights, out=self._fade_in)
        np.divide(_FALLING, weights, out=weights)
        old *= weights
        self._fade_tail, self._next_tail = old, self._fade_tail
        self._n_fade_left = CROSSFADE_FRAMES

    def _apply_transport(self, out: Samples, is_playing: bool) -> None:
        at = self._n_started
        if is_playing:
            count = min(len(out), START_STOP_FRAMES - at)
            if count:
                part = out[:count]
                part *= _STARTING[at + 1 : at + 1 + count]
                self._n_started = at + count
            return
        count = min(len(out), at)
        part = out[:count]
        part *= _STOPPING[START_STOP_FRAMES - at + 1 :][:count]
        out[count:] = 0.0
        self._n_started = at - count

    def _apply_gain(self, out: Samples) -> None:
        target = float(self._shared.values[GAIN])
        if self._gain == target:
            if target != 1.0:
                out *= target
            return
        gains = self._gains[: len(out)]
        np.multiply(_SETTLING[: len(out)], self._gain - target, out=gains)
        gains += target
        out *= gains
        reached = float(gains[-1, 0])
        # Close enough is there: at 0 dB the samples are to come out as they are.
        self._gain = target if abs(reached - target) < 1e-5 else reached

    def _update_peaks(self, out: Samples) -> None:
        fall = 10 ** (-_PEAK_FALL_DB_PER_S / 20 * len(out) / RATE_HZ)
        values = self._shared.values
        for side in (0, 1):
            samples = out[:, side]
            loudest = max(float(samples.max()), -float(samples.min()))
            values[PEAK + side] = max(fall * float(values[PEAK + side]), loudest)

    def _write_tap(self, out: Samples) -> None:
        words, tap = self._shared.words, self._shared.tap
        count = int(words[TAP_COUNT])
        at = count % TAP_FRAMES
        n_first = min(len(out), TAP_FRAMES - at)
        tap[at : at + n_first] = out[:n_first]
        tap[: len(out) - n_first] = out[n_first:]
        self._fence()
        words[TAP_COUNT] = count + len(out)

    def _mark_jump(self) -> None:
        words = self._shared.words
        count = int(words[JUMP_COUNT])
        jump = self._shared.jumps[count % N_JUMPS]
        jump[0], jump[1], jump[2] = words[TAP_COUNT], self._position, self._n_loop
        self._fence()
        words[JUMP_COUNT] = count + 1


def _copy_loop(deck: Samples, n_loop: int, position: int, out: Samples) -> None:
    """Fill `out` with the loop from `position` on, round its end as often as needed."""
    filled = 0
    while filled < len(out):
        count = min(len(out) - filled, n_loop - position)
        out[filled : filled + count] = deck[position : position + count]
        filled += count
        position = 0
