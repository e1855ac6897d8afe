"""Filters and effects that treat a loop as a circle: what leaves the end comes in at the start.

A track is a float array of shape (2, frames); a sound is (frames,) or (2, frames). Nothing here
draws music: see `voices`, `drums` and `patterns`. Numpy and scipy only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft, signal

from morphstudio.audio.clip import RATE_HZ

Signal = NDArray[np.floating[Any]]

# Longer than the ring of every filter used here, so that a filter run from silence has settled.
_PREROLL = 16_384


def place(track: Signal, sound: Signal, frame: int, gain: float = 1.0, pan: float = 0.0) -> None:
    """Add `sound` to `track` in place from `frame` on, wrapping round the end.

    Parameters
    ----------
    track : float, shape (2, frames)
    sound : float, shape (frames,) or (2, frames)
    frame : int
        Any integer; taken modulo the track's length.
    gain : float
    pan : float
        -1 (left) to 1 (right), equal power.
    """
    angle = (1 + pan) * np.pi / 4
    gains = gain * np.sqrt(2) * np.array([[np.cos(angle)], [np.sin(angle)]], np.float32)
    n_track, n_sound = track.shape[1], sound.shape[-1]
    start, done = frame % n_track, 0
    while done < n_sound:
        n = min(n_track - start, n_sound - done)
        track[:, start : start + n] += gains * sound[..., done : done + n]
        done += n
        start = 0


def biquad(
    kind: str, freq_hz: ArrayLike, q: ArrayLike = 0.7071, gain_db: float = 0.0
) -> tuple[Signal, Signal]:
    """Coefficients (b, a) after R. Bristow-Johnson's cookbook, one row for each frequency given.

    `kind` is lowpass, highpass, bandpass, peak, lowshelf or highshelf.
    """
    freq = np.clip(np.asarray(freq_hz, float), 10.0, 0.47 * RATE_HZ)
    w = 2 * np.pi * freq / RATE_HZ
    cos, alpha = np.cos(w), np.sin(w) / (2 * np.asarray(q, float))
    amp = 10 ** (gain_db / 40)
    one = np.ones_like(w)
    if kind == "lowpass":
        b, a = ((1 - cos) / 2, 1 - cos, (1 - cos) / 2), (1 + alpha, -2 * cos, 1 - alpha)
    elif kind == "highpass":
        b, a = ((1 + cos) / 2, -1 - cos, (1 + cos) / 2), (1 + alpha, -2 * cos, 1 - alpha)
    elif kind == "bandpass":
        b, a = (alpha, 0 * one, -alpha), (1 + alpha, -2 * cos, 1 - alpha)
    elif kind == "peak":
        b = (1 + alpha * amp, -2 * cos, 1 - alpha * amp)
        a = (1 + alpha / amp, -2 * cos, 1 - alpha / amp)
    else:
        side = 1.0 if kind == "lowshelf" else -1.0
        root, up, down = 2 * np.sqrt(amp) * alpha, amp + 1, amp - 1
        b = (
            amp * (up - side * down * cos + root),
            2 * side * amp * (down - side * up * cos),
            amp * (up - side * down * cos - root),
        )
        a = (
            up + side * down * cos + root,
            -2 * side * (down + side * up * cos),
            up + side * down * cos - root,
        )
    stacked_b, stacked_a = np.stack(b, -1), np.stack(a, -1)
    a0 = stacked_a[..., :1]
    return stacked_b / a0, stacked_a / a0


def filtered(
    sound: Signal,
    kind: str,
    freq_hz: float,
    q: float = 0.7071,
    gain_db: float = 0.0,
    *,
    circular: bool = False,
) -> Signal:
    """`sound` through one biquad along its last axis; `circular` for whole loops."""
    b, a = biquad(kind, freq_hz, q, gain_db)
    if not circular:
        return np.asarray(signal.lfilter(b, a, sound))
    n_pre = min(_PREROLL, sound.shape[-1])
    padded = np.concatenate((sound[..., -n_pre:], sound), axis=-1)
    return np.asarray(signal.lfilter(b, a, padded)[..., n_pre:])


def swept(
    sound: Signal, cutoff_hz: Signal, q: float | Signal = 0.7071, kind: str = "lowpass", block: int = 32
) -> Signal:
    """Filter a mono sound by a biquad whose frequency moves.

    Parameters
    ----------
    sound : float, shape (frames,)
    cutoff_hz : float, shape (frames,)
        Read once for each block.
    q : float, or shape (frames,)
    kind : str
        As for `biquad`.
    block : int
        Frames between two readings of the cutoff.
    """
    picked_q = q if isinstance(q, float) else q[::block]
    b, a = biquad(kind, cutoff_hz[::block], picked_q)
    out, state = np.empty(sound.shape[0]), np.zeros(2)
    for row, start in enumerate(range(0, sound.shape[0], block)):
        piece = sound[start : start + block]
        out[start : start + block], state = signal.lfilter(b[row], a[row], piece, zi=state)
    return out


def saturate(sound: Signal, drive: float, bias: float = 0.0) -> Signal:
    """Soft clipping, level kept for small `drive`; `bias` adds even harmonics."""
    return np.asarray((np.tanh(drive * sound + bias) - np.tanh(bias)) / np.tanh(max(drive, 1e-3)))


def crushed(track: Signal, bits: float, hold: int) -> Signal:
    """Fewer bits, and each sample held for `hold` frames."""
    levels = 2.0 ** (bits - 1)
    peak = float(np.max(np.abs(track))) or 1.0
    held = np.repeat(track[..., ::hold], hold, axis=-1)[..., : track.shape[-1]]
    return np.asarray(np.round(held / peak * levels) / levels * peak)


def _convolved(track: Signal, impulse: Signal) -> Signal:
    n = track.shape[-1]
    folded = np.zeros((2, n), np.float32)
    for start in range(0, impulse.shape[-1], n):
        piece = impulse[:, start : start + n]
        folded[:, : piece.shape[-1]] += piece
    spectrum = fft.rfft(track.astype(np.float32)) * fft.rfft(folded)
    return np.asarray(fft.irfft(spectrum, n))


def reverb(
    track: Signal,
    rng: np.random.Generator,
    *,
    wet: float,
    decay_s: float,
    predelay_s: float = 0.008,
    damping_hz: float = 5000.0,
    low_cut_hz: float = 180.0,
) -> Signal:
    """`track` plus a room made of decaying noise whose highs die first."""
    n = int(RATE_HZ * min(1.3 * decay_s + 0.02, 8.0))
    time = np.arange(n, dtype=np.float32) / RATE_HZ
    noise = rng.standard_normal((2, n), dtype=np.float32)
    low = filtered(noise, "lowpass", damping_hz * 0.5)
    low = filtered(low, "highpass", low_cut_hz)
    air = filtered(noise, "highpass", 900.0)
    tail = low * np.exp(-6.9 * time / decay_s) + 0.5 * air * np.exp(-6.9 * time / (0.4 * decay_s))
    # Early reflections: a handful of taps, so that small rooms do not sound like a noise burst.
    for side in range(2):
        taps = rng.integers(int(0.003 * RATE_HZ), int(0.03 * RATE_HZ), 7) % n
        tail[side, taps] += rng.uniform(-1, 1, 7) * 9
    tail[:, : int(0.002 * RATE_HZ)] = 0
    tail *= wet / np.sqrt(np.sum(tail**2) / 2)
    pre = np.zeros((2, int(predelay_s * RATE_HZ)))
    return track + _convolved(track, np.concatenate((pre, filtered(tail, "lowpass", damping_hz * 2)), axis=1))


def delay(
    track: Signal,
    *,
    wet: float,
    delay_frames: float,
    feedback: float,
    tone_hz: float = 4000.0,
    cross: bool = True,
) -> Signal:
    """`track` plus endless echoes, exact on the circle; `cross` lets them jump between the sides."""
    n = track.shape[-1]
    spectrum = fft.rfft(track)
    freq = fft.rfftfreq(n, 1 / RATE_HZ)
    tone = 1 / (1 + 1j * freq / tone_hz) * (1j * freq / (1j * freq + 120.0))
    loop = feedback * tone * np.exp(-2j * np.pi * freq * delay_frames / RATE_HZ)
    first = wet / max(feedback, 1e-6) * loop
    if cross:
        mid = spectrum.sum(axis=0) / 2
        echoes = np.stack((mid * first, mid * first * loop)) / (1 - loop**2)
    else:
        echoes = spectrum * first / (1 - loop)
    return np.asarray(track + fft.irfft(echoes, n))


def chorus(track: Signal, *, wet: float, depth_ms: float, cycles: int, centre_ms: float = 12.0) -> Signal:
    """Slowly moving copies, a quarter of a turn apart on the two sides; `cycles` LFO turns in a loop."""
    n = track.shape[-1]
    turn = np.arange(n) / n * 2 * np.pi * max(1, cycles)
    out = np.empty((2, n))
    for side in range(2):
        shift = (centre_ms + depth_ms * np.sin(turn + side * np.pi / 2)) * RATE_HZ / 1000
        out[side] = track[side] + wet * read_circular(track[side], np.arange(n) - shift)
    return out


def read_circular(sound: Signal, position: Signal) -> Signal:
    """Values of a mono loop at fractional frames, linearly interpolated, wrapping round."""
    n = sound.shape[-1]
    whole = np.floor(position).astype(np.int64)
    part = position - whole
    here = np.take(sound, whole, mode="wrap")
    return np.asarray(here + part * (np.take(sound, whole + 1, mode="wrap") - here))[: max(n, len(position))]


def phaser(track: Signal, *, wet: float, cycles: int, depth: float = 0.8, stages: int = 4) -> Signal:
    """Notches that wander, made by all-passed copies mixed by a circular LFO."""
    n = track.shape[-1]
    turn = np.arange(n) / n * 2 * np.pi * max(1, cycles)
    out = track.astype(float)
    for index, freq in enumerate((350.0, 900.0, 2200.0)):
        shifted = track
        w = np.tan(np.pi * freq / RATE_HZ)
        c = (w - 1) / (w + 1)
        for _ in range(stages // 2):
            n_pre = min(2048, n)
            padded = np.concatenate((shifted[..., -n_pre:], shifted), axis=-1)
            shifted = signal.lfilter([c, 1.0], [1.0, c], padded)[..., n_pre:]
        weight = np.stack([0.5 + 0.5 * depth * np.sin(turn + index * 2.1 + side * 0.8) for side in range(2)])
        out = out + wet * weight * shifted * 0.6
    return out


def compressed(track: Signal, *, threshold_db: float, ratio: float, release_s: float = 0.12) -> Signal:
    """Peaks turned down by a circular, stereo-linked envelope follower (fast attack)."""
    n = track.shape[-1]
    hop = 64
    n_blocks = -(-n // hop)
    power = np.zeros(n_blocks * hop)
    power[:n] = np.max(np.abs(track), axis=0)
    peaks = power.reshape(n_blocks, hop).max(axis=1)
    fall = np.exp(-hop / (release_s * RATE_HZ))
    level, followed = 0.0, np.empty(2 * n_blocks)
    for index, peak in enumerate(np.concatenate((peaks, peaks)).tolist()):
        level = max(peak, level * fall)
        followed[index] = level
    over_db = 20 * np.log10(np.maximum(followed[n_blocks:], 1e-6)) - threshold_db
    gain = 10 ** (-np.maximum(over_db, 0) * (1 - 1 / ratio) / 20)
    gain = np.minimum(gain, np.roll(gain, -1))
    centres = (np.arange(n_blocks) + 0.5) * hop
    return np.asarray(track * np.interp(np.arange(n), centres, gain, period=n))


def ducked(track: Signal, frames: list[int], *, depth: float, release_s: float) -> Signal:
    """Level pulled down at each of `frames` and let back, as by a side-chain."""
    n = track.shape[-1]
    n_fall, n_rise = int(0.004 * RATE_HZ), int(release_s * RATE_HZ)
    rise = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, n_rise))
    dip = np.concatenate((np.linspace(0, 1, n_fall), rise))
    gain = np.zeros(n)
    for frame in frames:
        index = (np.arange(dip.size) + frame - n_fall) % n
        gain[index] = np.maximum(gain[index], dip)
    return np.asarray(track * (1 - depth * gain))


def widened(track: Signal, amount: float) -> Signal:
    """Side signal scaled by `amount` (1: unchanged), lows kept in the middle."""
    mid, side = (track[0] + track[1]) / 2, (track[0] - track[1]) / 2
    side = amount * filtered(side, "highpass", 160.0, circular=True)
    return np.stack((mid + side, mid - side))
