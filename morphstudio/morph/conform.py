"""Loops in a session's time: at its tempo, of its length to the frame, their hits as sharp as they were.

A loop is repeated or cut at bar lines first, so that what is stretched is as long as the session; no rounding
adds up, whatever the number of repeats.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.resampling import resample_loop
from morphstudio.dsp.ceiling import bent_below
from morphstudio.dsp.hits import find_hits
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import CircularStft, one_thread
from morphstudio.dsp.stretch import reading_times, stretched
from morphstudio.errors import ParameterError
from morphstudio.morph.musical_time import MusicalTime

_AS_WRITTEN_BPM = 0.5
"""Tempos are written without their fractions: a loop that is whole at one so near is whole."""

_LEAST_CENTS = 3.0
"""What nobody hears: so little is resampled instead of stretched, which costs nothing at all."""

_FARTHEST = 8.0
_FADE_FRAMES = 441
_MOMENT_FRAMES = 1024
_MOST_GAIN_DB = 3.0
_WAYS_TO_SHIFT_ST = 24


@torch.inference_mode()
def conform(
    clip: AudioClip,
    from_bpm: float,
    time: MusicalTime,
    keeps_pitch: bool,
    downbeat_frame: int = 0,
    semitones: int = 0,
) -> AudioClip:
    """Bring a loop to a tempo and a length in bars.

    What is whole bars long is repeated, or cut at the end of the session; what is longer than whole bars is
    cut at its last bar line; what is shorter than a bar repeats on the beat and begins anew with each bar.

    Parameters
    ----------
    clip : AudioClip
    from_bpm : float
        Its own tempo, which may be rounded to a whole number. See `bpm_stretched_least` and `bpm_of_sound`.
    time : MusicalTime
        Of the session.
    keeps_pitch : bool
        Stretch it, hits moved and not stretched; otherwise it is played faster or slower, and its pitch
        follows.
    downbeat_frame : int
        Frame of the clip that comes first; what is before it goes to its end.
    semitones : int
        Shift upwards, besides.

    Returns
    -------
    AudioClip
        `time.n_frames` long, seamless. The clip itself where nothing has to be done.

    Raises
    ------
    ParameterError
        If the tempos are too far from each other, the clip is empty, or the shift is more than two octaves.
    """
    if not 1.0 / _FARTHEST <= from_bpm / time.bpm <= _FARTHEST:  # NaN is neither
        raise ParameterError(
            "That tempo is too far away",
            f"{clip.name} can't be brought from a tempo of {from_bpm:g} to one of {time.bpm:g}.",
            "Check its tempo.",
        )
    if not clip.n_frames:
        raise ParameterError("Nothing to hear", f"{clip.name} is empty.")
    if abs(semitones) > _WAYS_TO_SHIFT_ST:
        raise ParameterError(
            "Too far",
            f"{clip.name} can't be shifted by {semitones} semitones.",
            "Choose two octaves at most.",
        )
    beats = _Beats.of(clip.n_frames, from_bpm, time.beats_per_bar)
    downbeat = downbeat_frame % clip.n_frames
    is_itself = beats.n_frames == clip.n_frames == time.n_frames and beats.n_beats == time.n_beats
    if is_itself and not downbeat and not semitones:
        return clip
    with one_thread():
        loop = close_seam(torch.from_numpy(clip.samples.T.copy()))
        source = beats.repeated(loop.roll(-downbeat, dims=-1), time)
        # The ceiling of what comes in is that of what goes out, as the seam and the gain may lift peaks.
        ceiling = max(1.0, float(source.abs().max()))
        factor = 2.0 ** (semitones / 12.0)
        n_stretched = max(1, round(factor * (time.n_frames if keeps_pitch else source.shape[-1])))
        if abs(1200.0 * math.log2(n_stretched / source.shape[-1])) >= _LEAST_CENTS:
            source = _stretched(source, n_stretched)
        samples = resample_loop(np.ascontiguousarray(source.T.numpy()), time.n_frames)
        found = bent_below(close_seam(torch.from_numpy(samples.T.copy())), ceiling)
        samples = np.ascontiguousarray(found.T.numpy())
    way = f"{clip.digest} {from_bpm!r} {time!r} {keeps_pitch} {downbeat} {semitones}"
    digest = blake2b(way.encode(), digest_size=16).hexdigest()
    return AudioClip.known(samples, clip.name, clip.path, digest)


@dataclass(frozen=True, slots=True)
class _Beats:
    """What is used of a loop: `n_beats` beats of `beat_frames` each, whole bars or less than one."""

    n_beats: int
    beat_frames: float

    @classmethod
    def of(cls, n_frames: int, bpm: float, beats_per_bar: int) -> _Beats:
        n_beats = max(1, round(n_frames * bpm / (60.0 * RATE_HZ)))
        whole_bpm = n_beats * 60.0 * RATE_HZ / n_frames
        is_whole = abs(whole_bpm - bpm) <= _AS_WRITTEN_BPM
        beat_frames = n_frames / n_beats if is_whole else 60.0 * RATE_HZ / bpm
        if n_beats > beats_per_bar:
            n_beats -= n_beats % beats_per_bar
        return cls(n_beats, beat_frames)

    @property
    def n_frames(self) -> int:
        """Length of what is used."""
        return round(self.n_beats * self.beat_frames)

    def repeated(self, loop: Tensor, time: MusicalTime) -> Tensor:
        """A loop as often as it takes, begun anew where it has to be: as long as `time` at its own tempo.

        Each repeat begins at the frame nearest to its beat.
        """
        edges = [round(beat * self.beat_frames) for beat in [*self._starts(time), time.n_beats]]
        return torch.cat([_piece(loop, last - first) for first, last in pairwise(edges)], dim=-1)

    def _starts(self, time: MusicalTime) -> list[int]:
        """Beats at which it begins."""
        if self.n_beats >= time.beats_per_bar:
            return list(range(0, time.n_beats, self.n_beats))
        bars = range(0, time.n_beats, time.beats_per_bar)
        return [bar + beat for bar in bars for beat in range(0, time.beats_per_bar, self.n_beats)]


def _piece(loop: Tensor, n_frames: int) -> Tensor:
    """One repeat of a loop that closes, to be followed by another."""
    whole = loop.shape[-1]
    if abs(n_frames - whole) <= 1:  # a beat is no whole number of frames
        return loop[:, torch.arange(n_frames) % whole]
    n_fade = min(_FADE_FRAMES, n_frames // 2, whole // 2)
    fade = 0.5 - 0.5 * torch.cos(torch.arange(n_fade) * (math.pi / max(1, n_fade)))
    if n_frames > whole:  # rests until the beat
        rested = torch.nn.functional.pad(loop, (0, n_frames - whole))
        rested[:, whole - n_fade : whole] *= 1.0 - fade
        return rested
    # What leads to its beginning fades in before it is cut, so that the beginning stays as it is.
    cut = loop[:, :n_frames].clone()
    cut[:, n_frames - n_fade :].lerp_(loop[:, whole - n_fade :], fade)
    return cut


def _stretched(loop: Tensor, n_out: int) -> Tensor:
    """Stretch a loop, and make up for what bins that do not agree have cost."""
    hits = find_hits(loop)
    found = stretched(loop, n_out, hits)
    # What is louder than the rest is not stretched, so that the mean itself does not stay.
    power = loop.square().mean(dim=0).double().numpy()
    times = reading_times(CircularStft(n_out).centres.numpy(), hits, loop.shape[-1], n_out)
    wanted = max(float(_around(power, times).mean()), 1e-20)
    reached = max(float(found.square().mean()), 1e-20)
    most = 10.0 ** (_MOST_GAIN_DB / 20.0)
    return found.mul_(min(max((wanted / reached) ** 0.5, 1.0 / most), most))


def _around(values: NDArray[np.float64], at: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean of the values near some places, round their end."""
    n_values = len(values)
    half = min(_MOMENT_FRAMES, n_values) // 2
    sums = np.cumsum(np.concatenate([[0.0], values, values, values]))
    middle = at % n_values + n_values
    means: NDArray[np.float64] = (sums[middle + half + 1] - sums[middle - half]) / (2 * half + 1)
    return means
