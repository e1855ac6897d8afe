"""What is heard when, column by column: which part of which loop, and what is read of it for the decoder.

What is known for each column is in numpy: for so few numbers torch takes longer to call than to compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.dsp.stft import COLUMN_MULTIPLE, N_FFT, CircularStft, log_magnitude
from morphstudio.morph.align import Frames, Reading
from morphstudio.morph.sources import Source

Shares = NDArray[np.float32]
Columns = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One reading of one source: at which frame each column reads it, and how much of it is heard."""

    path: Frames
    share: Shares


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """What sounds at each column of a transform, which may be of another length than the sources.

    `voices` are those of each source; `detail`, float32 (columns,), is how much of what the decoder loses is
    given back; `offset` (n_latent,) is added to the latent, if anything is.
    """

    transform: CircularStft
    sources: tuple[Source, ...]
    voices: tuple[tuple[Voice, ...], ...]
    detail: Shares
    offset: Tensor | None

    @property
    def ceiling(self) -> float:
        """Largest sample of a render: full scale, or more where a source goes beyond it."""
        return max(1.0, *(source.peak for source in self.sources))

    def latent(self, first: int, count: int) -> Tensor:
        """Blended latent of `count` steps from `first` on, round the loop: (channels, count, n_latent)."""
        total = torch.zeros((), device=self.transform.device)
        columns = np.arange(first * COLUMN_MULTIPLE, (first + count) * COLUMN_MULTIPLE)
        columns %= self.transform.n_columns
        for source, voices in zip(self.sources, self.voices, strict=True):
            for voice in voices:
                share = voice.share[columns].reshape(-1, COLUMN_MULTIPLE).mean(axis=1)
                if share.any():
                    at = _latent_columns(source, voice.path[columns].reshape(-1, COLUMN_MULTIPLE))
                    latents = source.latent.index_select(1, self._there(at)).float()
                    total = total + self._there(share)[:, None] * latents
        return total

    def columns(self, first: int, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """Start STFT, carried level in dB and reference level in dB of `count` columns from `first` on.

        The carried level is that of the sources, each moved in frequency to where all of them meet. All are
        columns first: (channels, count, bins), the last one (count, 1).
        """
        columns = np.arange(first, first + count) % self.transform.n_columns
        heard = [[voice for voice in voices if voice.share[columns].any()] for voices in self.voices]
        stfts = self._read(heard, columns)
        levels = log_magnitude(stfts)
        stft = level = torch.zeros((), device=self.transform.device)
        reference = np.zeros(count, np.float32)
        row = 0
        for which, (source, voices) in enumerate(zip(self.sources, heard, strict=True)):
            own_level = torch.zeros((), device=self.transform.device)
            n_channels = len(source.extended)
            for voice in voices:
                share = voice.share[columns]
                reference += share * np.float32(source.reference_db)
                weight = self._there(share)[:, None]
                parts = torch.view_as_real(stfts[row : row + n_channels])
                stft = stft + weight[..., None] * parts
                own_level = own_level + weight * levels[row : row + n_channels]
                row += n_channels
            if voices:
                level = level + self._moved(own_level, which, columns)
        return torch.view_as_complex(stft), level, self._there(reference)[:, None]

    def _moved(self, level: Tensor, which: int, columns: Columns) -> Tensor:
        """Levels of a source, (channels, columns, bins), where they go in frequency."""
        raise NotImplementedError

    def _read(self, voices: Sequence[Sequence[Voice]], columns: Columns) -> Tensor:
        """Spectra of voices at some columns, one channel after the other: (channels, columns, bins)."""
        n_rows = sum(len(s.extended) * len(own) for s, own in zip(self.sources, voices, strict=True))
        frames = torch.empty(n_rows, len(columns), N_FFT, device=self.transform.device)
        row = 0
        for source, own in zip(self.sources, voices, strict=True):
            for voice in own:
                centres = np.rint(voice.path[columns]).astype(np.int64) % source.n_frames
                # Whole frames are copied, not samples gathered.
                read: Tensor = source.extended.unfold(-1, N_FFT, 1)[:, self._there(centres)]
                torch.mul(read, self.transform.window, out=frames[row : row + len(read)])
                row += len(read)
        stfts: Tensor = torch.fft.rfft(frames)
        return stfts

    def _there(self, values: NDArray[Any]) -> Tensor:
        return torch.from_numpy(values).to(self.transform.device)


def voices_of(reading: Reading, share: Shares) -> tuple[Voice, ...]:
    """The voices of a source whose share, (columns,), is known."""
    if not reading.quiet.any():
        return (Voice(reading.path, share),)
    quiet = reading.quiet.astype(np.float32)
    return Voice(reading.path, share * (1.0 - quiet)), Voice(reading.quiet_path, share * quiet)


def _latent_columns(source: Source, path: Frames) -> Columns:
    """Where latents are read: (steps, columns of a step) frames -> (steps,) columns of the source."""
    # Relative to the first, because a path may wrap round the loop between two columns.
    n_frames, n_columns = source.n_frames, source.latent.shape[1]
    ahead = path - path[:, :1]
    ahead -= n_frames * np.rint(ahead / n_frames)
    positions = (path[:, 0] + ahead.mean(axis=1)) / (n_frames / n_columns)
    # A latent stands for the column that it begins at and the three after it.
    nearest: Columns = np.rint(positions - (COLUMN_MULTIPLE - 1) / 2).astype(np.intp)
    return nearest % n_columns
