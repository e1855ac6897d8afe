"""The circular short-time Fourier transform: a loop's spectrogram has no edges.

A loop is periodic, so its frames wrap round its end. Columns are spread evenly over the loop, which makes
the hop `n_frames / n_columns`, at most `HOP`; their number is a multiple of `COLUMN_MULTIPLE`, so that a
network which halves time twice sees a periodic signal as well. Every inverse is seamless by construction.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from morphstudio.errors import ParameterError

N_FFT = 2048
HOP = 512
N_BINS = N_FFT // 2 + 1
COLUMN_MULTIPLE = 4
FLOOR_DB = -100.0


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
    of squared windows. Both directions gather by index, never scatter, so equal input gives equal bytes on
    any number of threads.
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
        offsets = torch.arange(N_FFT) - N_FFT // 2
        self._frame_index = ((self.centres[:, None] + offsets) % n_frames).to(self.device)
        self._overlap_index = self._build_overlap_index().to(self.device)
        self._gain = self._build_gain()

    def _build_overlap_index(self) -> Tensor:
        """For each frame of the loop: where in the flattened (columns, n_fft) array its summands are.

        Shape (n_summands, n_frames); unused places point behind the end, at a zero.
        """
        flat = self._frame_index.cpu().reshape(-1)
        order = torch.argsort(flat, stable=True)
        counts = torch.bincount(flat, minlength=self.n_frames)
        first = torch.cumsum(counts, 0) - counts
        rank = torch.arange(flat.numel()) - first[flat[order]]
        table = torch.full((int(counts.max()), self.n_frames), flat.numel(), dtype=torch.int64)
        table[rank, flat[order]] = order
        return table

    def _build_gain(self) -> Tensor:
        squared = (self.window**2).expand(self.n_columns, -1).reshape(1, -1)
        return 1.0 / self._overlap_add(squared, self._overlap_index).clamp_min(1e-8)[0]

    @staticmethod
    def _overlap_add(flat: Tensor, index: Tensor) -> Tensor:
        padded = torch.nn.functional.pad(flat, (0, 1))
        total = padded[:, index[0]]
        for row in index[1:]:
            total += padded[:, row]
        return total

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
        stft: Tensor = torch.fft.rfft(loop[..., self._frame_index] * self.window)
        return stft.transpose(-1, -2)

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
        # Whole frames are copied, not samples gathered.
        frames = extended.unfold(-1, N_FFT, 1)[..., (centres % self.n_frames).to(self.device), :]
        stft: Tensor = torch.fft.rfft(frames * self.window)
        return stft.transpose(-1, -2)

    def inverse(self, stft: Tensor) -> Tensor:
        """Least-squares inverse; exact for a `stft` that `forward` made.

        Parameters
        ----------
        stft : complex64, shape (..., bins, columns)

        Returns
        -------
        float32, shape (..., n_frames)
        """
        frames = torch.fft.irfft(stft.transpose(-1, -2), n=N_FFT) * self.window
        flat = frames.reshape(-1, self.n_columns * N_FFT)
        loop = self._overlap_add(flat, self._overlap_index) * self._gain
        return loop.reshape(*stft.shape[:-2], self.n_frames)

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
        frames = torch.fft.irfft(stft.transpose(-1, -2), n=N_FFT) * self.window
        origin = self.centre(first)
        length = self.centre(first + count - 1) - origin + N_FFT
        summed = torch.zeros(*stft.shape[:-2], length, device=self.device)
        for column in range(count):
            at = self.centre(first + column) - origin
            summed[..., at : at + N_FFT] += frames[..., column, :]
        skipped = start - (origin - N_FFT // 2)
        return summed[..., skipped : skipped + n_frames] * take_round(self._gain, start, n_frames)


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
