"""What is done to examples: to waveforms before the spectrogram is made, and the masks after it.

Waveforms are changed one by one in numpy, in the thread that feeds; spectrograms and masks are made of whole
batches where the network is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torchaudio
from numpy.typing import NDArray
from torch import Tensor, nn

from morphstudio.dsp.stft import FLOOR_DB, HOP, N_BINS, N_FFT

Mono = NDArray[np.float32]
_MAX_SEMITONES = 7.0
_MAX_STRETCH = 1.3
_N_TILT_KNOTS = 6
_MASKED = -1.0
"""The floor of normalised levels: what is masked looks like silence."""


def random_pitch_ratio(rng: np.random.Generator, max_semitones: float = _MAX_SEMITONES) -> float:
    """Ratio of speeds, evenly spread over semitones."""
    return float(2.0 ** (rng.uniform(-max_semitones, max_semitones) / 12.0))


def random_gain(rng: np.random.Generator, low_db: float, high_db: float) -> np.float32:
    """Factor between two levels."""
    return np.float32(10.0 ** (rng.uniform(low_db, high_db) / 20.0))


def random_stretch_ratio(rng: np.random.Generator) -> float:
    """Ratio of tempi, as far below 1 as above."""
    return float(_MAX_STRETCH ** rng.uniform(-1.0, 1.0))


def random_tilt_db(rng: np.random.Generator, spread_db: float = 4.0) -> Mono:
    """Smooth equaliser curve, shape (bins,): knots of `spread_db`, denser at low frequencies."""
    knots = rng.standard_normal(_N_TILT_KNOTS) * spread_db
    place = np.log10(1.0 + 9.0 * np.arange(N_BINS) / (N_BINS - 1)) * (_N_TILT_KNOTS - 1)
    curve: Mono = np.interp(place, np.arange(_N_TILT_KNOTS), knots).astype(np.float32)
    return curve


def resampled(sound: Mono, start: float, ratio: float, n_frames: int) -> Mono:
    """Linear interpolation at `ratio` times the speed, the sound repeating."""
    position = start + np.arange(n_frames) * ratio
    whole = position.astype(np.int64)
    fraction = (position - whole).astype(np.float32)
    left = np.take(sound, whole, mode="wrap")
    return left + (np.take(sound, whole + 1, mode="wrap") - left) * fraction


def stretched(sound: Mono, start: int, ratio: float, n_frames: int) -> Mono:
    """Play at `ratio` times the tempo at the same pitch, by a phase vocoder, the sound repeating."""
    length = int(n_frames * ratio) + N_FFT
    taken = torch.from_numpy(np.take(sound, np.arange(start, start + length), mode="wrap"))
    window = torch.hann_window(N_FFT)
    stft = torch.stft(taken, N_FFT, HOP, window=window, return_complex=True)
    stretch = torchaudio.transforms.TimeStretch(HOP, N_BINS, fixed_rate=ratio)
    result: Mono = torch.istft(stretch(stft), N_FFT, HOP, window=window, length=n_frames).numpy()
    return result


class SpectrogramMaker(nn.Module):
    """Waveforms to levels: (batch, N_FFT + HOP * (columns - 1)) -> (batch, bins, columns), in dB.

    The same numbers as `CircularStft` has away from a loop's ends, made by torchaudio on the device that the
    module is on.
    """

    def __init__(self) -> None:
        super().__init__()
        self._spectrogram = torchaudio.transforms.Spectrogram(
            N_FFT, hop_length=HOP, window_fn=torch.hann_window, power=None, center=False
        )

    def forward(self, waves: Tensor, tilt_db: Tensor | None = None) -> Tensor:
        """Levels of `waves` as `log_magnitude` has them, and on them the curves `tilt_db` (batch, bins)."""
        stft = self._spectrogram(waves)
        # Of the power and in place: with magnitudes and copies it takes more than twice as long.
        level: Tensor = stft.real.square().addcmul_(stft.imag, stft.imag)
        level.mul_((4.0 / N_FFT) ** 2).clamp_min_(10.0 ** (FLOOR_DB / 10.0)).log10_().mul_(10.0)
        return level if tilt_db is None else level.add_(tilt_db[:, :, None])


@dataclass(frozen=True, slots=True)
class MaskSettings:
    """How much of what the encoder sees is hidden from it."""

    share: float = 0.3
    max_columns: int = 6
    max_bins: int = 48


class SpectrogramMasks:
    """Masks of SpecAugment (Park et al., 2019): a span of columns and one of bins, hidden from the encoder.

    Parameters
    ----------
    settings : MaskSettings
    """

    def __init__(self, settings: MaskSettings) -> None:
        self._share = settings.share
        # torchaudio draws widths below its parameter.
        self._columns = torchaudio.transforms.TimeMasking(settings.max_columns + 1)
        self._bins = torchaudio.transforms.FrequencyMasking(settings.max_bins + 1)

    def __call__(self, x: Tensor, seeds: Sequence[int]) -> Tensor:
        """Mask a share of a batch of normalised levels, (batch, bins, columns); `x` itself stays as it is.

        Parameters
        ----------
        seeds : sequence of int
            One an example, so that its mask is the same whichever batch or process it is in.
        """
        result = x.clone()
        # torchaudio takes its random numbers from torch's own generator.
        with torch.random.fork_rng(devices=[]):
            for index, seed in enumerate(seeds):
                torch.default_generator.manual_seed(seed)
                if float(torch.rand(())) < self._share:
                    result[index] = self._bins(self._columns(x[index], _MASKED), _MASKED)
        return result


def latent_noise(seeds: Sequence[int], n_latent: int, n_steps: int) -> Tensor:
    """Standard normal noise (batch, n_latent, steps), each example's from a seed of its own."""
    parts = [
        torch.randn(n_latent, n_steps, generator=torch.Generator().manual_seed(seed + 1)) for seed in seeds
    ]
    return torch.stack(parts)
