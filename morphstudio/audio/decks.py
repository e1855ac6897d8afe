"""The memory that the renderer and the audio host share: three decks, a control block, a tap.

Two sides use it at the same time, without a lock: one writer (what renders, through `DeckBank`)
and one reader (the audio callback, through `mixer.DeckMixer`). What each may do:

Atomicity. Every control value is one aligned 8-byte word, and numpy reads and writes such an item by
one machine instruction, so no side sees half a value. Values that belong together share a word.

Order. `fence()` stands where one side's accesses must not pass each other: the samples of a deck are
written before its number is published, and claims are made visible before they are checked.

Ownership. The published word names the newest deck; only the writer changes it. The in-use word names
the deck that the host plays and, for the moment of a switch, the deck that it is about to play; only
the host changes it, and the window once the host is certainly gone. A switch is: claim the new deck,
fence, look at the published word again, and go on only if it is still the same. The writer publishes,
fences, then looks at the in-use word, and takes a deck that is neither in use, nor claimed, nor
published. Whichever of the two comes second sees the other, so the writer never holds a deck that the
host reads. The host copies the end of the old deck for its crossfade when it switches, so the old deck
is free at once, and three decks always suffice but for the microseconds of a switch, which the writer
waits out.
"""

from __future__ import annotations

import threading
import time
from mmap import mmap
from typing import Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ, Samples
from morphstudio.errors import DeviceError, ParameterError

N_DECKS: Final = 3
DECK_FRAMES: Final = round(MAX_LOOP_S * RATE_HZ)
TAP_FRAMES: Final = 1 << 17
"""About 3 s: what the window may miss without losing a sample."""
N_STAMPS: Final = 512
N_JUMPS: Final = 64

# Control words. Written by the process that renders:
PUBLISHED: Final = 0  # generation << 2 | deck; 0 before the first
LENGTH: Final = 1  # and the two after it: frames of each deck, settled before it is published
# Written by the window's process:
PLAYING: Final = 4  # the oldest generation that may begin to sound; 0 to stop
SEEK: Final = 5  # serial << 32 | frame
HEARTBEAT: Final = 6  # counts up while the window is alive
# By the process that renders again:
N_BEATS: Final = 8  # and the two after it: beats of each deck; 0 where nobody counts them
# Written by the host, on cache lines of their own; by the window's process while there is no host:
IN_USE: Final = 16  # playing deck | claimed deck << 2, NO_DECK where there is none
POSITION: Final = 17  # frame in the loop that is mixed next
N_LOOP: Final = 18
HEARD: Final = 19  # generation that is played
N_CALLBACKS: Final = 20
N_XRUNS: Final = 21
TAP_COUNT: Final = 22  # frames played since the memory was made
JUMP_COUNT: Final = 23
IS_SOUNDING: Final = 24
_N_WORDS: Final = 32

# Control values, the first written by the window's process, the others by the host:
GAIN: Final = 0
PEAK: Final = 8  # left, then right
_N_VALUES: Final = 16

NO_DECK: Final = 3
_NOBODY: Final = NO_DECK | NO_DECK << 2
_MAX_WAIT_S = 1.0


class Fence:
    """A full memory barrier, called like a function; one for each thread.

    Locking and unlocking twice a lock that nobody else knows never waits, and lets no access before it
    pass an access after it: the first unlocking releases, the second locking acquires. On x86 the
    locked instruction is a barrier by itself; ARM needs the pair.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            pass
        with self._lock:
            pass


class SharedDecks:
    """Arrays over the shared memory.

    Parameters
    ----------
    buffer : writable buffer of at least `SharedDecks.N_BYTES` bytes
        Zeroed by whoever made it.

    Attributes
    ----------
    words : int64, shape (32,)
    values : float64, shape (16,)
    stamps : int64, shape (N_STAMPS, 2)
        Generation, and the monotonic time in ns at which it was first mixed; slot is generation modulo
        length.
    jumps : int64, shape (N_JUMPS, 3)
        Tap count, position and loop length from there on, wherever the positions do not go on evenly.
    tap : float32, shape (TAP_FRAMES, 2)
    decks : list of float32, shape (DECK_FRAMES, 2)
    """

    _SHAPES: Final[tuple[tuple[tuple[int, ...], type], ...]] = (
        ((_N_WORDS,), np.int64),
        ((_N_VALUES,), np.float64),
        ((N_STAMPS, 2), np.int64),
        ((N_JUMPS, 3), np.int64),
        ((TAP_FRAMES, 2), np.float32),
        *(((DECK_FRAMES, 2), np.float32),) * N_DECKS,
    )
    N_BYTES: Final = sum(int(np.prod(shape)) * np.dtype(kind).itemsize for shape, kind in _SHAPES)

    def __init__(self, buffer: mmap | bytearray) -> None:
        arrays = []
        offset = 0
        for shape, kind in self._SHAPES:
            arrays.append(np.ndarray(shape, kind, buffer, offset))
            offset += arrays[-1].nbytes
        self.words: NDArray[np.int64] = arrays[0]
        self.values: NDArray[np.float64] = arrays[1]
        self.stamps: NDArray[np.int64] = arrays[2]
        self.jumps: NDArray[np.int64] = arrays[3]
        self.tap: Samples = arrays[4]
        self.decks: list[Samples] = arrays[5:]

    def prepare(self) -> None:
        """Set what is not zero at the start: full volume, no deck in use. By the maker of the memory."""
        self.values[GAIN] = 1.0
        self.forget_host()

    def forget_host(self) -> None:
        """Take back every deck from a host that is certainly gone."""
        self.words[IN_USE] = _NOBODY
        self.words[IS_SOUNDING] = 0
        self.values[PEAK : PEAK + 2] = 0.0


class DeckBank:
    """The writer's side: hands out decks that the host does not read. One thread at a time."""

    def __init__(self, shared: SharedDecks) -> None:
        self._shared = shared
        self._fence = Fence()

    @property
    def published_generation(self) -> int:
        """Number of the newest published deck, counted from 1; 0 before the first."""
        return int(self._shared.words[PUBLISHED]) >> 2

    @property
    def position(self) -> int:
        """Frame of the loop that the host mixes next."""
        return int(self._shared.words[POSITION])

    def position_in(self, n_frames: int, n_beats: int = 0) -> int:
        """Frame of a loop of `n_frames` that the host mixes next if that one is published; see `carried`."""
        words = self._shared.words
        deck = int(words[IN_USE]) & 3
        if deck == NO_DECK:
            return self.position % n_frames
        return carried(self.position, int(words[N_LOOP]), int(words[N_BEATS + deck]), n_frames, n_beats)

    def begin(self, n_frames: int, n_beats: int = 0) -> DeckWriter:
        """Take a free deck for a loop of `n_frames`; of `n_beats`, where they are counted.

        It starts as a copy of the newest published deck, so that nobody waits in silence: beat by beat where
        beats are counted in both, else frame by frame, as `carried` goes on. The first of all is silent. A
        deck that was begun and not published is simply given out again.

        Raises
        ------
        ParameterError
            If the loop is empty or longer than a deck.
        DeviceError
            If the host stopped in the middle of a switch and the window has not noticed for a second.
        """
        if not 1 <= n_frames <= DECK_FRAMES:
            raise ParameterError(
                "Bad loop length",
                f"A loop of {n_frames} frames cannot be played.",
                f"Use a loop of up to {MAX_LOOP_S:g} s.",
            )
        words, decks = self._shared.words, self._shared.decks
        deck = self._free_deck()
        published = int(words[PUBLISHED])
        # Reading the published deck beside the host harms nobody.
        newest = published & 3
        into, n_newest_beats = decks[deck][:n_frames], int(words[N_BEATS + newest])
        source = decks[newest][: int(words[LENGTH + newest])]
        if not published:
            into[:] = 0.0
        elif n_beats and n_newest_beats:
            _lay_beats(into, n_beats, source, n_newest_beats)
        else:
            _lay_beats(into, 1, source, 1)
        words[LENGTH + deck] = n_frames
        words[N_BEATS + deck] = n_beats
        return DeckWriter(self._shared, deck, n_frames, self._fence)

    def _free_deck(self) -> int:
        words = self._shared.words
        deadline_s = time.monotonic() + _MAX_WAIT_S
        # Every publication since the last look is visible to the host before its claims are read.
        self._fence()
        while True:
            in_use = int(words[IN_USE])
            taken = {in_use & 3, in_use >> 2 & 3}
            if words[PUBLISHED]:
                taken.add(int(words[PUBLISHED]) & 3)
            free = [deck for deck in range(N_DECKS) if deck not in taken]
            if free:
                return free[0]
            if time.monotonic() > deadline_s:
                raise DeviceError(
                    "The sound stopped", "The audio host does not respond.", "Choose the sound device again."
                )
            time.sleep(0.0002)


class DeckWriter:
    """One deck while it is filled; worthless once it is published."""

    def __init__(self, shared: SharedDecks, deck: int, n_frames: int, fence: Fence) -> None:
        self._shared = shared
        self._deck = deck
        self._fence = fence
        self._generation = 0
        self.n_frames = n_frames

    def write(self, start_frame: int, samples: Samples) -> None:
        """Put samples into the loop; what runs over its end goes on at its start.

        Parameters
        ----------
        start_frame : int
            Any number; taken modulo the loop's length.
        samples : float32, shape (frames, 1 or 2)
            At most the loop's length; one channel is put on both sides.

        Raises
        ------
        ValueError
            If the samples have another shape or are not finite: they would reach a loudspeaker.
        RuntimeError
            If the deck is published already.
        """
        if self._generation:
            raise RuntimeError("the deck is published: begin another")
        if samples.ndim != 2 or samples.shape[1] not in (1, 2) or len(samples) > self.n_frames:
            raise ValueError(f"samples of shape {samples.shape} do not fit a loop of {self.n_frames} frames")
        if not np.isfinite(samples).all():
            raise ValueError("samples are not finite")
        deck = self._shared.decks[self._deck]
        start = start_frame % self.n_frames
        n_first = min(len(samples), self.n_frames - start)
        deck[start : start + n_first] = samples[:n_first]
        deck[: len(samples) - n_first] = samples[n_first:]

    def publish(self) -> int:
        """Make this the deck that is played next; returns its generation. A second call does nothing."""
        if not self._generation:
            words = self._shared.words
            generation = (int(words[PUBLISHED]) >> 2) + 1
            self._fence()
            words[PUBLISHED] = generation << 2 | self._deck
            self._generation = generation
        return self._generation


def _lay_beats(into: Samples, n_beats: int, source: Samples, n_source_beats: int) -> None:
    """Lay each beat of a loop where that beat of another begins, cut or running on into the next."""
    for beat in range(n_beats):
        start, end = beat * len(into) // n_beats, (beat + 1) * len(into) // n_beats
        first = beat % n_source_beats * len(source) // n_source_beats
        while start < end:
            piece = source[first : first + end - start]
            into[start : start + len(piece)] = piece
            start, first = start + len(piece), 0


def carried(position: int, n_frames: int, n_beats: int, n_next: int, n_next_beats: int) -> int:
    """Where the sound goes on when a loop of another length takes over.

    At the same part of the same beat, where beats are counted in both, so that another tempo neither
    repeats nor leaves out any; otherwise at the same frame. Allocates nothing.

    >>> carried(44_100, 176_400, 8, 352_800, 8), carried(44_100, 176_400, 8, 88_200, 4)
    (88200, 44100)
    >>> carried(100_000, 176_400, 0, 88_200, 0)
    11800
    """
    if not (n_frames and n_beats and n_next_beats):
        return position % n_next
    return position * n_beats * n_next // (n_frames * n_next_beats) % n_next
