"""The pitch of sounds that have one: nearest note and cents. numpy only, but for whoever is asked beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, Samples

_N_FRAME = 4096
_HOP = 1024
_MOST_FRAMES = 64
_LOWEST_HZ, _HIGHEST_HZ = 27.0, 4500.0
_THRESHOLD = 0.15
_LOUD_DB = -30.0
"""What is softer than the loudest moment by more than this is not listened to."""
_MOST_APERIODIC = 0.4
_NEAR_ST = 0.6
_LEAST_STEADY, _LEAST_STEADY_IN_LOOPS = 0.45, 0.8
_LEAST_STEADY_BACKED, _PLAINLY_STEADY = 0.08, 0.6
"""Of a pitch that the classifier finds too; of one whose partials look like a chord's."""
_SURE = 0.95
"""Confidence from which the classifier is believed."""
_N_REFINE = 16384
_N_PARTIALS = 6
_PARTIAL_DB = -35.0
_LOWEST_PARTIAL = 3


class PitchClasses(Protocol):
    """Who tells the pitch class of a sound at 44.1 kHz (0 is C), and how sure that is, 0 to 1."""

    def pitch_class(self, mono: Samples) -> tuple[int, float]: ...


@dataclass(frozen=True, slots=True)
class PitchTrack:
    """Fundamental frequency of successive frames: float64, shape (frames,) each.

    `f0_hz`; `aperiodicity`, 0 for what repeats exactly; `power`, mean square.
    """

    f0_hz: NDArray[np.float64]
    aperiodicity: NDArray[np.float64]
    power: NDArray[np.float64]


def track_pitch(mono: Samples) -> PitchTrack:
    """Follow the fundamental frequency of a sound by YIN (de Cheveigné and Kawahara, 2002).

    librosa's own is compiled for half a minute when it is first called, and does not tell how sure it is.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz; shorter ones are taken to be silent before and after.
    """
    if len(mono) < _N_FRAME:
        mono = np.pad(mono, (0, _N_FRAME - len(mono)))
    frames = np.lib.stride_tricks.sliding_window_view(mono, _N_FRAME)[::_HOP][:_MOST_FRAMES].astype(
        np.float64
    )
    lowest_lag, n_lags = int(RATE_HZ / _HIGHEST_HZ), int(RATE_HZ / _LOWEST_HZ) + 2
    n_window = _N_FRAME - n_lags
    spectrum = np.fft.rfft(frames, 2 * _N_FRAME)
    head = np.fft.rfft(frames[:, :n_window], 2 * _N_FRAME)
    products = np.fft.irfft(spectrum * head.conj())[:, :n_lags]
    energy = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    moved = energy[:, n_window : n_window + n_lags] - energy[:, :n_lags]
    difference = np.maximum(moved[:, :1] + moved - 2.0 * products, 0.0)
    difference[:, 0] = 0.0
    running = np.cumsum(difference, axis=1) + 1e-12 * (1.0 + moved[:, :1])
    normalised = difference * np.arange(n_lags) / running
    normalised[:, 0] = 1.0
    inner = normalised[:, lowest_lag : n_lags - 1]
    is_trough = (inner < normalised[:, lowest_lag - 1 : n_lags - 2]) & (
        inner <= normalised[:, lowest_lag + 1 :]
    )
    is_deep = is_trough & (inner < _THRESHOLD)
    lag = np.where(is_deep.any(axis=1), is_deep.argmax(axis=1), inner.argmin(axis=1)) + lowest_lag
    rows = np.arange(len(frames))
    # The parabola goes through the difference itself: dividing by the mean tilts its troughs.
    before, here, after = (difference[rows, lag + step] for step in (-1, 0, 1))
    bend = before - 2.0 * here + after
    shift = np.where(bend > 1e-12, 0.5 * (before - after) / np.maximum(bend, 1e-12), 0.0)
    f0_hz = RATE_HZ / (lag + np.clip(shift, -1.0, 1.0))
    return PitchTrack(f0_hz, normalised[rows, lag], np.mean(frames**2, axis=1))


@dataclass(frozen=True, slots=True)
class Note:
    """`midi_note` nearest to a pitch, 60 is middle C; `cents` above it, -50 to 50."""

    midi_note: int
    cents: float


def find_note(mono: Samples, classes: PitchClasses | None = None, *, is_loop: bool = False) -> Note | None:
    """Note of a sound that has one pitch; None of chords, noise, melodies and what slides.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz.
    classes : PitchClasses, optional
        Backs pitches that are there only some of the time, and tells between neighbours.
    is_loop : bool
        Loops have one pitch where it is there nearly all of the time.
    """
    track = track_pitch(mono)
    is_heard = track.power > track.power.max() * 10.0 ** (_LOUD_DB / 10.0)
    if not is_heard.any() or track.power.max() <= 1e-12:
        return None
    midi = 69.0 + 12.0 * np.log2(track.f0_hz[is_heard] / 440.0)
    clarity = np.clip(1.0 - track.aperiodicity[is_heard] / _MOST_APERIODIC, 0.0, 1.0)
    # The root of the power: a long note counts, not its first moment alone.
    loudness = np.sqrt(track.power[is_heard])
    weight = loudness * clarity
    is_near = np.abs(midi[:, None] - midi) < _NEAR_ST
    support = is_near @ weight
    most = int(np.argmax(support))
    if support[most] <= 0.0:
        return None
    near = is_near[most]
    pitch = float(np.average(midi[near], weights=weight[near]))
    steadiness = float(support[most] / loudness.sum())
    told = classes.pitch_class(mono) if classes is not None else None
    is_backed = told is not None and told[1] >= _SURE and abs(_nearest(pitch, told[0]) - pitch) < _NEAR_ST
    needed = _LEAST_STEADY_IN_LOOPS if is_loop else _LEAST_STEADY_BACKED if is_backed else _LEAST_STEADY
    if steadiness < needed:
        return None
    refined = _refined(mono, pitch)
    if refined is None and not (is_backed and steadiness > _PLAINLY_STEADY):
        return None
    pitch = pitch if refined is None else refined
    note = round(pitch) if told is None or told[1] < _SURE else _nearest(pitch, told[0])
    return Note(note, float(np.clip(100.0 * (pitch - note), -50.0, 50.0)))


def _nearest(midi: float, pitch_class: int) -> int:
    """Nearest note of a pitch class."""
    return pitch_class + 12 * round((midi - pitch_class) / 12.0)


def _refined(mono: Samples, midi: float) -> float | None:
    """Pitch by the partials in the spectrum; None where the lowest of them is far above it, as in chords."""
    f0_hz = 440.0 * 2.0 ** ((midi - 69.0) / 12.0)
    start = int(np.argmax(np.abs(mono)))
    part = mono[start : start + _N_REFINE].astype(np.float64)
    if len(part) < _N_REFINE // 4:
        part = mono[-_N_REFINE:].astype(np.float64)
    part = part * np.hanning(len(part))
    n_fft = 4 * _N_REFINE
    level = np.abs(np.fft.rfft(part, n_fft))
    hz_per_bin = RATE_HZ / n_fft
    floor = level.max() * 10.0 ** (_PARTIAL_DB / 20.0)
    width = 2.0 ** (0.6 / 12.0)
    found_hz, weights, lowest = [], [], 0
    for partial in range(1, _N_PARTIALS + 1):
        low, high = (int(partial * f0_hz * factor / hz_per_bin) for factor in (1.0 / width, width))
        if high + 2 >= len(level):
            break
        at = low + int(np.argmax(level[low : high + 2]))
        is_peak = level[at] >= level[at - 1] and level[at] >= level[at + 1]
        if not is_peak or level[at] < floor:
            continue
        before, here, after = np.log(level[at - 1 : at + 2] + 1e-12)
        bend = before - 2.0 * here + after
        shift = 0.5 * (before - after) / bend if bend < -1e-12 else 0.0
        found_hz.append((at + shift) * hz_per_bin / partial)
        weights.append(level[at])
        lowest = lowest or partial
        if partial == _LOWEST_PARTIAL and not lowest:
            return None
    if not lowest or lowest > _LOWEST_PARTIAL:
        return None
    # Stiff strings and bars have sharp upper partials; the lowest one that is there is the pitch.
    return float(69.0 + 12.0 * np.log2(found_hz[0] / 440.0))
