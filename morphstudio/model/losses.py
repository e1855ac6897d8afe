"""What training minimises, and the three figures that say how good a decoder is.

Levels are normalised as in `vae.normalise`: 1 is the loop's loudest bin, -1 is `RANGE_DB` below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from morphstudio.dsp.features import mel_matrix, mel_power
from morphstudio.model.vae import RANGE_DB

_LOUDEST = 1.5
_SCALE_DB = 20.0
"""Error that counts 1."""


@dataclass(frozen=True, slots=True)
class LossWeights:
    """Weights of the terms of the training loss."""

    log_magnitude: float = 1.0
    mel: float = 1.0
    magnitude: float = 0.4
    movement: float = 0.5
    kl: float = 2e-5


def _magnitude(x: Tensor) -> Tensor:
    """Linear magnitude of normalised levels, 1 at the reference; bounded, so that it never overflows."""
    return torch.exp((x.clamp_max(_LOUDEST) - 1.0) * (RANGE_DB / 2.0 * math.log(10.0) / 20.0))


def mel_level_db(x: Tensor, matrix: Tensor) -> Tensor:
    """Mel band levels in dB re the band-wise reference: (batch, bins, columns) -> (batch, mels, columns)."""
    return _mel_level_db(_magnitude(x), matrix)


def _mel_level_db(magnitude: Tensor, matrix: Tensor) -> Tensor:
    return 10.0 * torch.log10(mel_power(magnitude, matrix).clamp_min(10.0 ** (-RANGE_DB / 10.0)))


class ReconstructionLoss:
    """The training loss as a callable: terms by name, each a scalar; their weighted sum under `total`."""

    def __init__(self, weights: LossWeights, device: torch.device) -> None:
        self.weights = weights
        self.matrix = mel_matrix().to(device)

    def __call__(self, y: Tensor, x: Tensor, mean: Tensor, log_variance: Tensor) -> dict[str, Tensor]:
        """Compare reconstruction `y` with `x`, both (batch, bins, columns), normalised."""
        # As few tensors of the size of the batch as can be: they are most of what a step takes.
        y_lin, x_lin = _magnitude(y), _magnitude(x)
        y_mel, x_mel = _mel_level_db(y_lin, self.matrix), _mel_level_db(x_lin, self.matrix)
        terms = {
            "log_magnitude": functional.mse_loss(y, x) * (RANGE_DB / 2.0 / _SCALE_DB) ** 2,
            "mel": ((y_mel - x_mel) / _SCALE_DB).square().mean(),
            "magnitude": 1.0 - functional.cosine_similarity(y_lin.flatten(1), x_lin.flatten(1), dim=1).mean(),
            "movement": ((y_mel.diff(dim=-1) - x_mel.diff(dim=-1)) / _SCALE_DB).square().mean(),
            "kl": 0.5 * (mean.square() + log_variance.exp() - 1.0 - log_variance).sum(dim=1).mean(),
        }
        total = torch.zeros((), device=y.device)
        for name, term in terms.items():
            total = total + getattr(self.weights, name) * term
        return {**terms, "total": total}


def mel_error_db(mel_term: float) -> float:
    """Log-mel error in dB that a value of the loss term `mel` stands for."""
    return _SCALE_DB * math.sqrt(mel_term)


@dataclass(frozen=True, slots=True)
class Figures:
    """How near a reconstruction is: two errors in dB and the cosine similarity of magnitudes."""

    log_mel_error_db: float
    log_spectral_distance_db: float
    cosine: float


def figures(y: Tensor, x: Tensor) -> Figures:
    """Compare a reconstruction with its original, both (batch, bins, columns), normalised.

    Returns
    -------
    Figures
        `log_mel_error_db`: RMS over 64 mel bands, 30 Hz to 18 kHz, 80 dB range.
        `log_spectral_distance_db`: mean over columns of the RMS over bins (Gray and Markel, 1976).
        `cosine`: of the two magnitude spectrograms taken as vectors.
    """
    y, x = y.float().clamp(-1.0, _LOUDEST), x.float()
    matrix = mel_matrix().to(x.device)
    mel_error = (mel_level_db(y, matrix) - mel_level_db(x, matrix)).square().mean().sqrt()
    distance = ((y - x) * (RANGE_DB / 2.0)).square().mean(dim=1).sqrt().mean()
    cosine = functional.cosine_similarity(_magnitude(y).flatten(), _magnitude(x).flatten(), dim=0)
    return Figures(float(mel_error), float(distance), float(cosine))
