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
_N_COMPARED = 128
"""So many columns are compared at a time, which takes a dozen tensors of their size."""
_TINY = 1e-12


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


def _mel_level_db(magnitude: Tensor, matrix: Tensor) -> Tensor:
    """Mel band levels in dB re the band-wise reference: (batch, bins, columns) -> (batch, mels, columns)."""
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


class FigureSums:
    """Figures of a reconstruction that comes in parts, as if it were whole.

    Parameters
    ----------
    device : torch.device
        Where the parts are.
    """

    def __init__(self, device: torch.device) -> None:
        self._matrix = mel_matrix().to(device)
        self._mel_error = self._distance = 0.0
        self._n_mel = self._n_columns = 0
        self._products = torch.zeros(3, dtype=torch.float64)

    def add(self, y: Tensor, x: Tensor) -> None:
        """Take in a part of a reconstruction and of its original, both (batch, bins, columns), normalised."""
        for first in range(0, x.shape[-1], _N_COMPARED):
            some = slice(first, first + _N_COMPARED)
            self._add(y[..., some].float().clamp(-1.0, _LOUDEST), x[..., some].float())

    def _add(self, y: Tensor, x: Tensor) -> None:
        y_lin, x_lin = _magnitude(y), _magnitude(x)
        mel_error = _mel_level_db(y_lin, self._matrix) - _mel_level_db(x_lin, self._matrix)
        distance = ((y - x) * (RANGE_DB / 2.0)).square().mean(dim=1).sqrt()
        self._mel_error += float(mel_error.square().sum())
        self._distance += float(distance.sum())
        self._n_mel += mel_error.numel()
        self._n_columns += distance.numel()
        products = (y_lin * x_lin, y_lin.square(), x_lin.square())
        self._products += torch.stack([product.sum() for product in products]).cpu().double()

    def figures(self) -> Figures:
        """Figures of all parts so far.

        Returns
        -------
        Figures
            `log_mel_error_db`: RMS over 64 mel bands, 30 Hz to 18 kHz, 80 dB range.
            `log_spectral_distance_db`: mean over columns of the RMS over bins (Gray and Markel, 1976).
            `cosine`: of the two magnitude spectrograms taken as vectors.
        """
        product, y_power, x_power = self._products.tolist()
        return Figures(
            math.sqrt(self._mel_error / self._n_mel),
            self._distance / self._n_columns,
            product / max(math.sqrt(y_power * x_power), _TINY),
        )


def figures(y: Tensor, x: Tensor) -> Figures:
    """Compare a reconstruction with its original, both (batch, bins, columns), normalised."""
    sums = FigureSums(x.device)
    sums.add(y, x)
    return sums.figures()
