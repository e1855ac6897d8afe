"""The `studio` VAE: log-magnitude columns in, a latent sequence in between, log-magnitude columns out.

Loops are periodic, so every convolution over time wraps round. The latent runs at a quarter of the column
rate, so rhythm survives.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from morphstudio.dsp.stft import COLUMN_MULTIPLE, N_BINS, take_round

RANGE_DB = 80.0
"""Span of levels that the model sees, downwards from the loudest bin of a loop."""


@dataclass(frozen=True, slots=True)
class VaeConfig:
    """Sizes of the model: channels at full, half and quarter column rate, latent channels, blocks."""

    full_width: int = 320
    half_width: int = 384
    latent_rate_width: int = 448
    n_latent: int = 128
    n_encoder_blocks: int = 1
    n_decoder_blocks: int = 2

    def as_dict(self) -> dict[str, int]:
        """Constructor arguments, as they stand in a model file."""
        return asdict(self)


def reference_level_db(level_db: Tensor) -> Tensor:
    """Level of the loudest bin of each loop: what `normalise` takes as its zero.

    Parameters
    ----------
    level_db : float32, shape (..., channels, bins, columns), in dB

    Returns
    -------
    float32, shape (..., 1, 1, 1)
    """
    return level_db.amax(dim=(-3, -2, -1), keepdim=True)


def normalise(level_db: Tensor, reference_db: Tensor) -> Tensor:
    """Levels as the network sees them: 1 at the reference, -1 at `RANGE_DB` below it and under."""
    return (level_db - reference_db).clamp_min(-RANGE_DB) * (2.0 / RANGE_DB) + 1.0


def denormalise(x: Tensor, reference_db: Tensor) -> Tensor:
    """Levels in dB of what the network says; undoes `normalise` within its range."""
    return (x - 1.0) * (RANGE_DB / 2.0) + reference_db


class CircularConv1d(nn.Module):
    """Convolution over a periodic time axis: (batch, in, columns) -> (batch, out, columns)."""

    def __init__(self, n_in: int, n_out: int, kernel: int) -> None:
        super().__init__()
        self.pad = kernel // 2
        self.conv = nn.Conv1d(n_in, n_out, kernel)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv(_wrap(x, self.pad, self.pad))
        return y


class ResidualBlock(nn.Module):
    """Two kernels of three on a skip path: (batch, width, columns) -> same."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = CircularConv1d(width, width, 3)
        self.second = CircularConv1d(width, width, 3)
        nn.init.zeros_(self.second.conv.weight)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.second(functional.silu(self.first(functional.silu(x))))
        return x + y


class HalveTime(nn.Module):
    """Strided convolution: (batch, in, columns) -> (batch, out, columns / 2)."""

    def __init__(self, n_in: int, n_out: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(n_in, n_out, 4, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv(_wrap(functional.silu(x), 1, 1))
        return y


class DoubleTime(nn.Module):
    """Sub-pixel convolution: (batch, in, columns) -> (batch, out, columns * 2)."""

    def __init__(self, n_in: int, n_out: int) -> None:
        super().__init__()
        self.conv = CircularConv1d(n_in, 2 * n_out, 3)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv(functional.silu(x))
        batch, channels, columns = y.shape
        y = y.view(batch, channels // 2, 2, columns).transpose(2, 3)
        return y.reshape(batch, channels // 2, 2 * columns)


class StudioVae(nn.Module):
    """Convolutional VAE over time with a latent sequence.

    Parameters
    ----------
    config : VaeConfig

    Notes
    -----
    Kingma and Welling (2014), with a diagonal Gaussian at each latent step. Shapes: spectrogram (batch,
    bins, columns), normalised; latent (batch, n_latent, columns / 4). Channels of a stereo loop are a batch
    dimension. `columns` must be a multiple of `COLUMN_MULTIPLE`.
    """

    def __init__(self, config: VaeConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or VaeConfig()
        self.encoder = nn.Sequential(
            CircularConv1d(N_BINS, config.full_width, 1),
            ResidualBlock(config.full_width),
            HalveTime(config.full_width, config.half_width),
            HalveTime(config.half_width, config.latent_rate_width),
            *(ResidualBlock(config.latent_rate_width) for _ in range(config.n_encoder_blocks)),
            nn.SiLU(),
            CircularConv1d(config.latent_rate_width, 2 * config.n_latent, 1),
        )
        self.decoder = nn.Sequential(
            CircularConv1d(config.n_latent, config.latent_rate_width, 3),
            *(ResidualBlock(config.latent_rate_width) for _ in range(config.n_decoder_blocks)),
            DoubleTime(config.latent_rate_width, config.half_width),
            ResidualBlock(config.half_width),
            DoubleTime(config.half_width, config.full_width),
            ResidualBlock(config.full_width),
            nn.SiLU(),
            CircularConv1d(config.full_width, N_BINS, 1),
        )

    @property
    def decoder_context(self) -> int:
        """Latent steps on each side that one latent step's columns depend on, from the layers."""
        columns = 0.0
        step = float(COLUMN_MULTIPLE)
        for layer in self.decoder:
            if isinstance(layer, CircularConv1d):
                columns += layer.pad * step
            elif isinstance(layer, ResidualBlock):
                columns += 2 * step
            elif isinstance(layer, DoubleTime):
                columns += step
                step /= 2
        return -int(-columns // COLUMN_MULTIPLE)

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log-variance, each (batch, n_latent, columns / 4), of (batch, bins, columns)."""
        mean, log_variance = self.encoder(x).chunk(2, dim=1)
        return mean, log_variance.clamp(-12.0, 6.0)

    def decode(self, z: Tensor) -> Tensor:
        """Normalised spectrogram (batch, bins, columns) of a latent (batch, n_latent, columns / 4)."""
        x: Tensor = self.decoder(z)
        return x

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Reconstruction through a sampled latent, and the latent's mean and log-variance."""
        mean, log_variance = self.encode(x)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        return self.decode(z), mean, log_variance


def _wrap(x: Tensor, left: int, right: int) -> Tensor:
    """Pad the last axis circularly, also by more than its length."""
    if left == right == 0:
        return x
    if max(left, right) <= x.shape[-1]:
        return functional.pad(x, (left, right), mode="circular")
    return take_round(x, -left, left + x.shape[-1] + right)
