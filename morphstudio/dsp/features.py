"""Mel bands of spectrograms."""

from __future__ import annotations

import torch
import torchaudio
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.stft import N_BINS

N_MELS = 64
MEL_LOW_HZ = 30.0
MEL_HIGH_HZ = 18_000.0
MEL_RANGE_DB = 80.0
"""Below the loudest band; what is quieter does not count when loops are compared."""


def mel_matrix() -> Tensor:
    """Triangular mel filters from 30 Hz to 18 kHz (HTK scale), shape (mels, bins).

    Each filter's weights sum to 1; the lowest, narrower than a bin, take the nearest bin.
    """
    bins = (mel_centres_hz() / (RATE_HZ / 2) * (N_BINS - 1)).round().long()
    filters: Tensor = torchaudio.functional.melscale_fbanks(
        N_BINS, MEL_LOW_HZ, MEL_HIGH_HZ, N_MELS, RATE_HZ, mel_scale="htk"
    ).T.contiguous()
    empty = filters.sum(dim=1) < 1e-6
    filters[empty, bins[empty]] = 1.0
    return filters / filters.sum(dim=1, keepdim=True)


def mel_centres_hz() -> Tensor:
    """Centres of the bands, shape (mels,)."""
    centres = torch.linspace(_hz_to_mel(MEL_LOW_HZ), _hz_to_mel(MEL_HIGH_HZ), N_MELS + 2)[1:-1]
    return 700.0 * (10.0 ** (centres / 2595.0) - 1.0)


def _hz_to_mel(frequency_hz: float) -> float:
    return float(2595.0 * torch.log10(torch.tensor(1.0 + frequency_hz / 700.0)))


def mel_power(magnitude: Tensor, matrix: Tensor) -> Tensor:
    """Power in mel bands: (..., bins, columns) magnitudes -> (..., mels, columns)."""
    return torch.matmul(matrix, magnitude**2)
