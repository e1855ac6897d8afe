"""The circular short-time Fourier transform: a loop's spectrogram has no edges.

A loop is periodic, so its frames wrap round its end. Columns are spread evenly over the loop, which makes
the hop `n_frames / n_columns`, at most `HOP`; their number is a multiple of `COLUMN_MULTIPLE`, so that a
network which halves time twice sees a periodic signal as well. Every inverse is seamless by construction.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from morphstudio.errors import ParameterError

N_FFT = 2048
HOP = 512
N_BINS = N_FFT // 2 + 1
COLUMN_MULTIPLE = 4
FLOOR_DB = -100.0

_N_COLUMNS_AT_ONCE = 88
_BLOCK = 3 * HOP // 4
"""Longer blocks would be the sum of six stretches; shorter ones take as many, and more copies."""


def column_count(n_frames: int) -> int:
    """Columns of a loop of `n_frames`: the least multiple of `COLUMN_MULTIPLE` with a hop of at most `HOP`.

    >>> column_count(176_400)
    348
    """
    return COLUMN_MULTIPLE * math.ceil(n_frames / (HOP * COLUMN_MULTIPLE))


class CircularStft:
    """The transform for loops of one length; holds the index tables that make it quick.

    Parameters
    ----------
    n_frames : int
        Length of the loop in frames; any length from 1.
    device : str or torch.device
        Where the tables live and the transform runs.

    Attributes
    ----------
    centres : int64, shape (columns,)
        Frame at the centre of each column, on the CPU.

    Notes
    -----
    The inverse is the least-squares one of Griffin and Lim (1984): windowed overlap-add divided by the sum
    of squared windows. Both directions copy stretches and add them in a fixed order, never scatter, so equal
    input gives equal bytes on any number of threads.
    """

    def __init__(self, n_frames: int, device: str | torch.device = "cpu") -> None:
        if n_frames < 1:
            raise ParameterError("Empty loop", "A loop needs at least one frame.", "Choose a longer loop.")
        self.n_frames = n_frames
        self.n_columns = column_count(n_frames)
        self.hop = n_frames / self.n_columns
        self.device = torch.device(device)
        self.window = torch.hann_window(N_FFT, periodic=True, device=self.device)
        self.centres = torch.arange(self.n_columns) * n_frames // self.n_columns
        self._begins = self.centres.to(self.device)
        self._block = min(_BLOCK, n_frames)
        self._summands = self._find_summands(0, self.n_columns, 0, n_frames)
        canvas = self.canvas(1, self.n_columns)
        canvas.columns[:] = self.window.square()
        self._gain = canvas.summed(self._summands)[0, :n_frames].clamp_min(1e-8).reciprocal()

    def _find_summands(self, first: int, count: int, start: int, n_frames: int) -> Tensor:
        """Where the summands of a region are, on the canvas of its columns.

        The region is cut into blocks of equal length, each the sum of stretches of a few columns.

        Returns
        -------
        int64, shape (n_blocks, n_summands); 0, where zeros are, if a block has fewer
        """
        size, reach = self._block, N_FFT // 2
        begins = start + size * np.arange(-(-n_frames // size))
        lowest = -((reach - 1 - begins) * self.n_columns // self.n_frames)
        beyond = -(-(begins + size + reach) * self.n_columns // self.n_frames)
        begins, lowest, beyond = begins[:, None], lowest[:, None], beyond[:, None]
        column = lowest + np.arange(int((beyond - lowest).max()))
        place = (column - first) % self.n_columns
        offset = begins + reach - column * self.n_frames // self.n_columns
        at = place * (size + N_FFT) + size + offset
        found = np.where((column < beyond) & (place < count), at, 0)
        return torch.from_numpy(found).to(self.device)

    def canvas(self, n_channels: int, n_columns: int) -> Canvas:
        """Room for columns on their way to a loop; good for many times."""
        return Canvas(n_channels, n_columns, self._block, self.window)

    def forward(self, loop: Tensor) -> Tensor:
        """Transform loops.

        Parameters
        ----------
        loop : float32, shape (..., n_frames)

        Returns
        -------
        complex64, shape (..., bins, columns)
        """
        if loop.shape[-1] != self.n_frames:
            raise ParameterError(
                "Wrong length",
                f"The loop has {loop.shape[-1]} frames, not {self.n_frames}.",
                "Fit the loop first.",
            )
        return self.columns(self.extended(loop), slice(None)).transpose(-1, -2)

    def extended(self, loop: Tensor) -> Tensor:
        """Loops (..., n_frames) with what `read` needs of them on both sides."""
        return take_round(loop, -(N_FFT // 2), self.n_frames + N_FFT)

    def read(self, extended: Tensor, centres: Tensor) -> Tensor:
        """Columns centred at any frames of a loop, in any order.

        Parameters
        ----------
        extended : float32, shape (..., n_frames + N_FFT)
            As from `extended`.
        centres : int64, shape (columns,)
            May lie outside the loop, meaning round its end.

        Returns
        -------
        complex64, shape (..., bins, columns)
        """
        return self._read(extended, (centres % self.n_frames).to(self.device)).transpose(-1, -2)

    def columns(self, extended: Tensor, part: slice) -> Tensor:
        """Some of the columns of `forward`, columns first: complex64, (..., columns, bins)."""
        return self._read(extended, self._begins[part])

    def _read(self, extended: Tensor, begins: Tensor) -> Tensor:
        stft: Tensor = torch.fft.rfft(stretches(extended, begins, N_FFT).mul_(self.window))
        return stft

    def parts(self, n_channels: int) -> list[slice]:
        """The columns in parts, so few at a time that what is worked on stays in the processor's cache."""
        step = max(1, _N_COLUMNS_AT_ONCE // n_channels) if self.device.type == "cpu" else self.n_columns
        return [slice(first, first + step) for first in range(0, self.n_columns, step)]

    def collected(self, canvas: Canvas) -> Tensor:
        """Least-squares inverse of all columns on a canvas: float32, (n_channels, n_frames)."""
        return canvas.summed(self._summands)[:, : self.n_frames] * self._gain

    def inverse(self, stft: Tensor) -> Tensor:
        """Least-squares inverse; exact for a `stft` that `forward` made.

        Parameters
        ----------
        stft : complex64, shape (..., bins, columns)

        Returns
        -------
        float32, shape (..., n_frames)
        """
        columns = stft.reshape(-1, *stft.shape[-2:]).transpose(-1, -2)
        with one_thread():
            canvas = self.canvas(columns.shape[0], self.n_columns)
            for part in self.parts(columns.shape[0]):
                canvas.put(part, columns[:, part])
            return self.collected(canvas).view(*stft.shape[:-2], self.n_frames)

    def centre(self, column: int) -> int:
        """Frame at the centre of a column, which may be any number: counting goes on round the loop."""
        return (column * self.n_frames) // self.n_columns

    def columns_for(self, start: int, n_frames: int) -> tuple[int, int]:
        """Columns that sound in `n_frames` frames from `start`: the first, and how many from there on.

        The first may be negative. Where the region covers nearly the whole loop, all columns from 0 on.
        """
        margin = N_FFT // 2
        first = math.floor((start - margin) / self.hop)
        count = math.ceil((start + n_frames + margin) / self.hop) - first + 1
        return (0, self.n_columns) if count >= self.n_columns else (first, count)

    def inverse_region(self, stft: Tensor, first: int, start: int, n_frames: int) -> Tensor:
        """Inverse of a part of the loop.

        Parameters
        ----------
        stft : complex64, shape (..., bins, count)
            The columns that `columns_for(start, n_frames)` names.
        first : int
            The first of them.
        start, n_frames : int
            The region in frames; it may wrap round the end of the loop.

        Returns
        -------
        float32, shape (..., n_frames), equal to the same frames of the whole inverse
        """
        count = stft.shape[-1]
        if count == self.n_columns:
            return take_round(self.inverse(stft), start, n_frames)
        columns = stft.reshape(-1, *stft.shape[-2:]).transpose(-1, -2)
        with one_thread():
            canvas = self.canvas(columns.shape[0], count)
            canvas.put(slice(None), columns)
            summed = canvas.summed(self._find_summands(first, count, start, n_frames))
            region = summed[:, :n_frames] * take_round(self._gain, start, n_frames)
        return region.view(*stft.shape[:-2], n_frames)


class Canvas:
    """Windowed columns in the time domain, laid out with zeros between them, to be added up.

    Parameters
    ----------
    n_channels, n_columns : int
    block : int
        How many zeros there are between columns, and how long the stretches are that are added up.
    window : float32, shape (N_FFT,)

    Attributes
    ----------
    columns : float32, shape (n_channels, n_columns, N_FFT)
        Where the columns are.
    """

    def __init__(self, n_channels: int, n_columns: int, block: int, window: Tensor) -> None:
        self._block, self._window = block, window
        room = n_columns * (block + N_FFT) + block
        self._all = torch.empty(n_channels, room, device=window.device)
        self._all[:, :block] = 0.0
        rows = self._all[:, block:].view(n_channels, n_columns, N_FFT + block)
        rows[..., N_FFT:] = 0.0
        self.columns = rows[..., :N_FFT]

    def put(self, part: slice, stft: Tensor) -> None:
        """Invert some columns, complex64 (n_channels, columns, bins), and lay them at their place."""
        torch.mul(torch.fft.irfft(stft, n=N_FFT), self._window, out=self.columns[:, part])

    def summed(self, summands: Tensor) -> Tensor:
        """Sum of the stretches that begin at `summands`, block after block: (n_channels, n_frames).

        Parameters
        ----------
        summands : int64, shape (n_blocks, n_summands)
        """
        n_channels, n_blocks = self._all.shape[0], summands.shape[0]
        if self._all.device.type != "cpu":
            found = stretches(self._all, summands.view(-1), self._block)
            return found.view(n_channels, *summands.shape, self._block).sum(dim=2).view(n_channels, -1)
        rows, bags = _as_rows(self._all, summands, self._block)
        # Adds rows in their order, without a copy of them first.
        summed: Tensor = embedding_bag(bags.view(-1, summands.shape[1]), rows, mode="sum", padding_idx=0)
        return summed.view(n_channels, n_blocks * self._block)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch work on the calling thread alone.

    For many small operations one after another: several threads would wait for the slowest after each, which
    takes two to three times as long as one thread does where a core has other work to do, and that is so
    whenever the window paints and the sound plays.
    """
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(n_threads)


def take_round(x: Tensor, first: int, count: int) -> Tensor:
    """`count` entries of the last axis from `first` on, going on round its end; a view where it can be.

    >>> take_round(torch.arange(5), -1, 3).tolist()
    [4, 0, 1]
    """
    n = x.shape[-1]
    first %= n
    parts = []
    while count > 0:
        length = min(count, n - first)
        parts.append(x.narrow(-1, first, length))
        first, count = 0, count - length
    return parts[0] if len(parts) == 1 else torch.cat(parts, dim=-1)


def stretches(x: Tensor, begins: Tensor, length: int) -> Tensor:
    """Stretches of the last axis of `x`, `length` long, from each of `begins` on.

    Parameters
    ----------
    x : shape (..., n)
    begins : int64, shape (n_stretches,)
    length : int

    Returns
    -------
    shape (..., n_stretches, length)

    >>> stretches(torch.arange(5), torch.tensor([0, 2]), 3).tolist()
    [[0, 1, 2], [2, 3, 4]]
    """
    if x.device.type != "cpu":
        return x[..., begins[:, None] + torch.arange(length, device=x.device)]
    # A copy of rows of a view that overlaps itself: ten times quicker than gathering samples.
    rows, numbers = _as_rows(x.contiguous(), begins, length)
    return rows.index_select(0, numbers.view(-1)).view(*x.shape[:-1], begins.numel(), length)


def _as_rows(x: Tensor, begins: Tensor, length: int) -> tuple[Tensor, Tensor]:
    """All stretches of a contiguous tensor as rows, in its own memory, and which of them begin at `begins`.

    Returns
    -------
    rows : shape (n_rows, length)
    numbers : int64, shape (channels, *begins.shape)
    """
    rows = x.as_strided((x.numel() - length + 1, length), (1, 1))
    firsts = torch.arange(0, x.numel(), x.shape[-1])
    return rows, firsts.view(-1, *[1] * begins.dim()) + begins


def log_magnitude(stft: Tensor, floor_db: float = FLOOR_DB) -> Tensor:
    """Magnitude in dB re a full-scale sine, not below `floor_db`.

    Parameters
    ----------
    stft : complex64, shape (..., bins, columns)
    floor_db : float
        In dB; what is quieter is as good as silent.

    Returns
    -------
    float32, same shape, in dB
    """
    full_scale = N_FFT / 4  # a full-scale sine under a Hann window
    parts = torch.view_as_real(stft)  # several times quicker than torch's abs
    power = parts[..., 0].square().addcmul_(parts[..., 1], parts[..., 1])
    level: Tensor = power.mul_(full_scale**-2).clamp_min_(10.0 ** (floor_db / 10.0)).log10_().mul_(10.0)
    return level


def magnitude_from_db(level_db: Tensor) -> Tensor:
    """STFT magnitude of a level in dB re a full-scale sine; undoes `log_magnitude` above its floor."""
    return torch.exp(level_db * (math.log(10.0) / 20.0)) * (N_FFT / 4)
