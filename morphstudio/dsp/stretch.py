"""Time stretching of loops: another length, the same pitch, no edges, and hits as sharp as they were."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.dsp.phase import nearest_peaks, within_half_a_turn
from morphstudio.dsp.stft import N_BINS, N_FFT, CircularStft

_STRAIGHT_FRAMES = N_FFT // 2
"""On each side of a hit: all columns that have it in their window."""

_MOST_OF_A_GAP = 0.3
"""What two hits may have of the time between them; the rest makes up for what they take."""

_N_COLUMNS_AT_ONCE = 96
_NEW_POWER = 4.0

Frames = NDArray[np.float64]


def stretched(loop: Tensor, n_out: int, hits: Frames) -> Tensor:
    """Stretch a loop as the circle that it is.

    A phase vocoder whose peaks carry the bins around them (Laroche and Dolson, 1999). The loop is read
    straight around each hit, where what is new has the phase of the source (Röbel, 2003); between hits it is
    read so much slower or faster. All channels turn by the same angles, so that a sound stays where it is
    between the loudspeakers. What is missing to a whole turn at the seam is spread over the loop.

    Parameters
    ----------
    loop : float32, shape (channels, frames)
        On the CPU.
    n_out : int
        Length of the result in frames, at least 1.
    hits : float64, shape (hits,)
        Frames at which hits begin, in order.

    Returns
    -------
    float32, shape (channels, n_out)
        A hit at frame h is at h * n_out / frames.
    """
    source, target = CircularStft(loop.shape[-1]), CircularStft(n_out)
    extended = source.extended(loop)
    centres = target.centres.numpy()
    times = torch.from_numpy(reading_times(centres, hits, source.n_frames, n_out))
    steps = (target.centres - target.centres.roll(1)) % n_out
    new = _new_at(source, extended, hits, target)
    # Where most is new, so that little has to be bent to meet at the seam.
    first = max(new, key=lambda column: float(new[column].sum()), default=0)
    order = (torch.arange(target.n_columns) + first) % target.n_columns
    turns = _turns(source, extended, times[order], steps[order], [new.get(int(j)) for j in order])
    canvas = target.canvas(len(loop), target.n_columns)
    place = (torch.arange(target.n_columns) - first) % target.n_columns
    for start in range(0, target.n_columns, _N_COLUMNS_AT_ONCE):
        part = slice(start, start + _N_COLUMNS_AT_ONCE)
        turn = turns[place[part]]
        columns = source.read(extended, times[part]).transpose(-1, -2)
        canvas.put(part, columns * torch.complex(turn.cos(), turn.sin()))
    return target.collected(canvas)


def reading_times(centres: NDArray[np.int64], hits: Frames, n_in: int, n_out: int) -> NDArray[np.int64]:
    """Frames at which a loop is read for each column of its stretched self: straight around hits.

    >>> reading_times(np.array([0, 1000, 2000, 3000]), np.array([]), 2000, 4000).tolist()
    [0, 500, 1000, 1500]
    >>> reading_times(np.array([9500, 10000, 10500]), np.array([5000.0]), 20_000, 40_000).tolist()
    [4500, 5000, 5500]
    """
    ratio = n_out / n_in
    if not len(hits):
        return np.rint(centres / ratio).astype(np.int64)
    gaps = np.diff(hits, append=hits[0] + n_in)
    after = np.minimum(_STRAIGHT_FRAMES, _MOST_OF_A_GAP * np.minimum(gaps, gaps * ratio))
    before = np.roll(after, 1)
    read = np.stack([hits - before, hits + after], axis=1).reshape(-1)
    heard = np.stack([hits * ratio - before, hits * ratio + after], axis=1).reshape(-1)
    rounds = np.arange(-1, 2)[:, None]
    found = np.interp(centres, (heard + rounds * n_out).reshape(-1), (read + rounds * n_in).reshape(-1))
    return np.rint(found).astype(np.int64)


def _new_at(source: CircularStft, extended: Tensor, hits: Frames, target: CircularStft) -> dict[int, Tensor]:
    """Which bins hold something new from a column on: bool (bins,), for the first columns of hits."""
    found: dict[int, Tensor] = {}
    if not len(hits):
        return found
    at = torch.from_numpy(np.rint(hits).astype(np.int64))
    before, after = (
        source.read(extended, at + shift).abs().square().sum(dim=0).T for shift in (-N_FFT // 2, N_FFT // 4)
    )
    is_new = after > _NEW_POWER * before
    begins = np.ceil((hits * (target.n_frames / source.n_frames) - _STRAIGHT_FRAMES) / target.hop)
    for column, mask in zip(begins.astype(int) % target.n_columns, is_new, strict=True):
        found[int(column)] = found.get(int(column), torch.zeros_like(mask)) | mask
    return found


def _turns(
    source: CircularStft, extended: Tensor, times: Tensor, steps: Tensor, new: list[Tensor | None]
) -> Tensor:
    """Angles by which columns read at `times` turn, to follow each other at `steps`: (columns, bins)."""
    n_columns = len(times)
    turns = torch.empty(n_columns, N_BINS)
    since = torch.zeros(N_BINS)
    turn = torch.zeros(N_BINS)
    last = source.read(extended, times[-1:]).transpose(-1, -2)
    seam = turn, turn
    for start in range(0, n_columns, _N_COLUMNS_AT_ONCE):
        part = slice(start, start + _N_COLUMNS_AT_ONCE)
        here = source.read(extended, times[part]).transpose(-1, -2)
        behind = source.read(extended, times[part] - steps[part]).transpose(-1, -2)
        before = torch.cat([last, here[:, :-1]], dim=1)
        last = here[:, -1:]
        peaks = nearest_peaks(_is_peak(here))
        # How much further what comes next has turned than what was put at its place.
        ahead = (before * behind.conj()).sum(dim=0).angle().gather(-1, peaks)
        for column in range(len(peaks)):
            at = start + column
            if at == 0:
                seam = peaks[0], ahead[0]
            else:
                turn = turn.gather(-1, peaks[column]) + ahead[column]
            is_new = new[at]
            if is_new is not None:
                turn = torch.where(is_new, 0.0, turn)
                since = torch.where(is_new, float(at), since)
            turns[at] = turn
    peaks_there, ahead_there = seam
    missing = within_half_a_turn(-(turn.gather(-1, peaks_there) + ahead_there))
    if new[0] is not None:
        missing = torch.where(new[0], 0.0, missing)
    way = (torch.arange(n_columns)[:, None] - since).clamp_min_(0.0).div_(n_columns - since)
    return turns.add_(way.mul_(missing))


def _is_peak(columns: Tensor) -> Tensor:
    """Which bins are louder than their neighbours: (channels, columns, bins) -> bool (columns, bins)."""
    power = torch.view_as_real(columns).square().sum(dim=(0, -1))
    found = torch.zeros_like(power, dtype=torch.bool)
    here = power[:, 1:-1]
    found[:, 1:-1] = (here > power[:, :-2]) & (here >= power[:, 2:])
    return found
