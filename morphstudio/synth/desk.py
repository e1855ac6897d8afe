"""What every demo loop is made on: a desk that plays patterns in time, and the master bus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.synth import drums, effects, patterns, voices
from morphstudio.synth.effects import Signal
from morphstudio.synth.patterns import Grid

N_FRAMES = 176_400
"""Two bars at 120 beats a minute."""
_CEILING = 0.86

A_MINOR = (57, 60, 64, 67, 71)
"""The chord of bar 1, as MIDI notes."""
F_MAJOR = (53, 57, 60, 64, 67)
"""The chord of the first half of bar 2."""
G_SIX = (55, 59, 62, 64, 69)
"""The chord of the second half of bar 2."""


@dataclass(slots=True)
class Desk:
    """A stereo track being filled: who plays, on which grid, and what has been played so far."""

    rng: np.random.Generator
    grid: Grid
    track: Signal = field(init=False)

    def __post_init__(self) -> None:
        self.track = np.zeros((2, self.grid.n_frames))

    def beats(self) -> list[int]:
        """Frames of the beats, for ducking."""
        return [self.grid.frame(step) for step in range(0, self.grid.n_steps, 4)]

    def takes(self, make: Callable[[], Signal], count: int = 4) -> list[Signal]:
        """Record the same instrument a few times, so that no two hits are alike."""
        return [make() for _ in range(count)]

    def hits(
        self,
        pattern: str,
        takes: Sequence[Signal],
        gain: float = 1.0,
        pan: float = 0.0,
        *,
        late_s: float = 0.0,
        loose_s: float = 0.0015,
        wander: float = 0.0,
    ) -> list[int]:
        """Play a pattern of sixteenths and return the frames of its hits.

        `late_s` drags the whole part, `loose_s` is the player's jitter, `wander` the jitter of its
        place in the stereo image.
        """
        frames = []
        for step, velocity in enumerate(patterns.velocities(pattern, self.grid.n_steps)):
            jitter = float(np.clip(self.rng.normal(), -2, 2)) * loose_s
            touch, take = float(self.rng.uniform(0.93, 1.04)), int(self.rng.integers(len(takes)))
            side = pan + wander * float(self.rng.uniform(-1, 1))
            if velocity == 0:
                continue
            at = max(0, self.grid.frame(step) + round((late_s + jitter) * RATE_HZ))
            sound = drums.struck(takes[take], min(1.0, velocity * touch))
            effects.place(self.track, sound, at, gain, float(np.clip(side, -1, 1)))
            frames.append(at)
        return frames

    def roll(
        self,
        step: float,
        count: int,
        steps: float,
        takes: Sequence[Signal],
        gain: float,
        swell: tuple[float, float],
    ) -> None:
        """Play `count` hits within `steps` sixteenths, swelling from one velocity to another."""
        for index in range(count):
            at = round((step + steps * index / count) * self.grid.step_frames)
            velocity = swell[0] + (swell[1] - swell[0]) * index / max(1, count - 1)
            sound = drums.struck(takes[index % len(takes)], velocity)
            effects.place(self.track, sound, at, gain, 0.1 * (-1) ** index)

    def room(self, wet: float, decay_s: float, damping_hz: float = 6000.0, low_cut_hz: float = 200.0) -> None:
        """Put everything played so far into a room."""
        self.track = effects.reverb(
            self.track, self.rng, wet=wet, decay_s=decay_s, damping_hz=damping_hz, low_cut_hz=low_cut_hz
        )

    def squeeze(self, threshold_db: float, ratio: float, release_s: float = 0.1, drive: float = 1.0) -> None:
        """Bus compressor and tape: peaks taken down, then warmed."""
        peak = float(np.max(np.abs(self.track))) or 1.0
        self.track = effects.compressed(
            self.track / peak, threshold_db=threshold_db, ratio=ratio, release_s=release_s
        )
        if drive > 1:
            self.track = effects.saturate(self.track, drive, 0.06)

    def shape(self, kind: str, freq_hz: float, q: float = 0.7071, gain_db: float = 0.0) -> None:
        """Equalise everything played so far."""
        self.track = effects.filtered(self.track, kind, freq_hz, q, gain_db, circular=True)

    def echo(
        self, steps: float, wet: float, feedback: float, tone_hz: float = 4000.0, cross: bool = True
    ) -> None:
        """Echo everything played so far, in time with the grid."""
        self.track = effects.delay(
            self.track,
            wet=wet,
            delay_frames=steps * self.grid.step_frames,
            feedback=feedback,
            tone_hz=tone_hz,
            cross=cross,
        )

    def air(self, level_db: float, tilt_db: float = -4.0) -> None:
        """Add the noise of a room and a tape, `level_db` below what plays."""
        noise = voices.coloured_noise(self.rng, self.grid.n_frames, tilt_db)
        self.track = self.track + noise * float(np.sqrt(np.mean(self.track**2))) * 10 ** (level_db / 20)


def new_desk(seed: int, swing: float = 0.0) -> Desk:
    """Set up a desk for two bars, with a generator of its own."""
    return Desk(np.random.default_rng(seed), Grid(N_FRAMES, 8, swing))


def hz_of(midi: Sequence[float]) -> list[float]:
    """Frequencies of MIDI notes."""
    return [voices.hz(note) for note in midi]


def loudness_db(track: Signal) -> float:
    """Loudness of a (2, frames) loop in LUFS, ungated: the K-weighting of ITU-R BS.1770."""
    shelved = effects.filtered(track, "highshelf", 1500.0, 0.7071, 4.0, circular=True)
    weighted = effects.filtered(shelved, "highpass", 38.0, 0.5, circular=True)
    return float(-0.691 + 10 * np.log10(np.sum(np.mean(weighted**2, axis=1)) + 1e-12))


def limited(track: Signal, ceiling: float) -> Signal:
    """Turn peaks down to `ceiling`, gliding for a few milliseconds around each, on the circle."""
    window = 2 * int(0.0025 * RATE_HZ) + 1
    wanted = np.minimum(1.0, ceiling / np.maximum(np.max(np.abs(track), axis=0), 1e-9))
    held = ndimage.minimum_filter1d(wanted, 2 * window - 1, mode="wrap")
    smooth = ndimage.uniform_filter1d(held, window, mode="wrap")
    return np.asarray(np.clip(track * smooth, -ceiling, ceiling))


def mastered(track: Signal, target_db: float = -14.0) -> Samples:
    """Bring a track to the loudness of the pack, peaks under -1 dBFS, as (frames, 2) float32."""
    clean = effects.filtered(track, "highpass", 24.0, circular=True)
    # Nobody hears what is above, but a lossless file pays for it.
    for q in (0.541, 1.307):
        clean = effects.filtered(clean, "lowpass", 16_500.0, q, circular=True)
    out, gain_db = clean, target_db - loudness_db(clean)
    for _ in range(6):
        loud = clean * 10 ** (gain_db / 20)
        # Half of the way up is soft clipping, as drums are made loud; the limiter does the rest.
        out = limited(1.25 * np.tanh(loud / 1.25), _CEILING)
        gain_db += target_db - loudness_db(out)
    return np.ascontiguousarray(out.T, dtype=np.float32)
