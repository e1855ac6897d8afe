"""The `classic` VAE of the literature: one 16-dimensional Gaussian for a whole loop, linear magnitudes.

The network, the spectrograms that it sees, its loss and its figures. Nothing here trains or reads a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ, AudioClip
from morphstudio.audio.resampling import resample_loop
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import COLUMN_MULTIPLE, HOP, N_BINS, CircularStft, column_count
from morphstudio.errors import ParameterError

CLASSIC_RATE_HZ = RATE_HZ // 2
KL_WEIGHT = 0.001
LEVEL = 4.0
"""RMS magnitude of what the network sees: about that of real loops, so that the KL weighs what it should."""
_LEAST_LEVEL = 1e-3
_SHORT_KERNEL = COLUMN_MULTIPLE
_MAX_COLUMNS = column_count(int(MAX_LOOP_S * CLASSIC_RATE_HZ))
_MAX_WIDTH = 1024
_MAX_LATENT = 128
_LEAST_SPREAD = 1e-5


@dataclass(frozen=True, slots=True)
class ClassicConfig:
    """Sizes of the model: columns of a loop, channels of every layer, latent dimensions.

    Raises
    ------
    ParameterError
        If no network can be built of them.
    """

    n_columns: int = 148
    width: int = 256
    n_latent: int = 16

    def __post_init__(self) -> None:
        if self.n_columns % COLUMN_MULTIPLE or not 0 < self.n_columns <= _MAX_COLUMNS:
            raise ParameterError(
                "Bad length",
                f"A loop of {self.n_columns} columns is not possible.",
                f"Give a multiple of {COLUMN_MULTIPLE} up to {_MAX_COLUMNS}.",
            )
        if not (0 < self.width <= _MAX_WIDTH and 0 < self.n_latent <= _MAX_LATENT):
            raise ParameterError(
                "Bad size",
                f"A width of {self.width} with {self.n_latent} latent dimensions is not possible.",
                f"Give up to {_MAX_WIDTH} and {_MAX_LATENT}.",
            )

    @property
    def n_frames(self) -> int:
        """Frames at `CLASSIC_RATE_HZ` of the loops that it learns from; 148 columns are 3.4 s."""
        return self.n_columns * HOP

    def as_dict(self) -> dict[str, int]:
        """Constructor arguments, as they stand in a model file."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """A Gaussian for each loop: mean (batch, n), lower-triangular factor of its covariance (batch, n, n).

    The covariance is `factor @ factor.T`; the factor's diagonal is positive.
    """

    mean: Tensor
    factor: Tensor

    def sample(self, noise: Tensor) -> Tensor:
        """Latent of standard normal `noise`, both (batch, n)."""
        drawn: Tensor = self.mean + torch.matmul(self.factor, noise.unsqueeze(-1)).squeeze(-1)
        return drawn

    def kl(self) -> Tensor:
        """Divergence from the standard normal in nats, shape (batch,).

        Half of tr(S) + |m|^2 - n - log det S, with the covariance S in its factor.
        """
        diagonal = self.factor.diagonal(dim1=-2, dim2=-1)
        trace = self.factor.square().sum(dim=(-2, -1))
        distance = self.mean.square().sum(dim=-1)
        return 0.5 * (trace + distance - self.mean.shape[-1]) - diagonal.log().sum(dim=-1)


class AllBins(nn.ConvTranspose2d):
    """From one row to all bins: (batch, in, 1, columns) -> (batch, 1, bins, columns).

    What `nn.ConvTranspose2d` computes here is one matrix product; asked for as such it is ten times quicker.
    """

    def __init__(self, n_in: int) -> None:
        super().__init__(n_in, 1, (N_BINS, 1))

    def forward(self, input: Tensor, output_size: list[int] | None = None) -> Tensor:
        bias = torch.zeros(()) if self.bias is None else self.bias
        y: Tensor = torch.matmul(self.weight[:, 0, :, 0].T, input[:, :, 0]).unsqueeze(1) + bias
        return y


class ClassicVae(nn.Module):
    """Convolutional VAE with one latent vector for a whole loop.

    Parameters
    ----------
    config : ClassicConfig

    Notes
    -----
    Shapes: linear magnitude (batch, bins, columns); latent (batch, n_latent). A kernel over all bins, then
    one over a quarter of the columns, then one over the four that are left; the decoder is the mirror.
    """

    def __init__(self, config: ClassicConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or ClassicConfig()
        width, n = config.width, config.n_latent
        all_bins, short = (N_BINS, 1), (1, _SHORT_KERNEL)
        quarter = (1, config.n_columns // _SHORT_KERNEL)
        self.encoder = nn.Sequential(
            nn.Conv2d(1, width, all_bins),
            nn.ReLU(),
            nn.Conv2d(width, width, quarter, stride=quarter),
            nn.ReLU(),
            nn.Conv2d(width, width, short, stride=short),
            nn.ReLU(),
            nn.Flatten(),
        )
        self.posterior = nn.Linear(width, n + n * (n + 1) // 2)
        self.decoder = nn.Sequential(
            nn.Linear(n, width),
            nn.ReLU(),
            nn.Unflatten(1, (width, 1, 1)),
            nn.ConvTranspose2d(width, width, short, stride=short),
            nn.ReLU(),
            nn.ConvTranspose2d(width, width, quarter, stride=quarter),
            nn.ReLU(),
            AllBins(width),
            nn.ReLU(),
        )
        self.apply(_initialise)

    def encode(self, magnitude: Tensor) -> Posterior:
        """Latent Gaussian of magnitudes (batch, bins, columns)."""
        n = self.config.n_latent
        mean, entries = self.posterior(self.encoder(magnitude.unsqueeze(1))).tensor_split([n], dim=1)
        row, column = torch.tril_indices(n, n, device=mean.device)
        entries = torch.where(row == column, functional.softplus(entries) + _LEAST_SPREAD, entries)
        factor = mean.new_zeros(len(mean), n, n)
        factor[:, row, column] = entries
        return Posterior(mean, factor)

    def decode(self, z: Tensor) -> Tensor:
        """Magnitudes (batch, bins, columns) of latents (batch, n_latent)."""
        magnitude: Tensor = self.decoder(z).squeeze(1)
        return magnitude

    def forward(self, magnitude: Tensor, noise: Tensor) -> tuple[Tensor, Posterior]:
        """Reconstruction through a latent drawn with `noise` (batch, n_latent), and the Gaussian."""
        posterior = self.encode(magnitude)
        return self.decode(posterior.sample(noise)), posterior


def _initialise(layer: nn.Module) -> None:
    """Glorot and Bengio (2010), biases zero: torch's own start leaves the last ReLU dead everywhere."""
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)


@dataclass(frozen=True, slots=True)
class LayerShape:
    """One layer as it was built: its name, the shape of what it puts out for one loop, its parameters."""

    name: str
    output: tuple[int, ...]
    n_parameters: int


def layer_shapes(config: ClassicConfig) -> tuple[LayerShape, ...]:
    """What the layers of a network of these sizes are, in order; their parameters sum to the network's.

    >>> sum(layer.n_parameters for layer in layer_shapes(ClassicConfig()))
    5943449
    """
    with torch.device("meta"):
        vae = ClassicVae(config)
        x = torch.zeros(1, 1, N_BINS, config.n_columns)
        layers = []
        for part in (vae.encoder, [vae.posterior], vae.decoder):
            if part is vae.decoder:
                x = torch.zeros(1, config.n_latent)
            for layer in part:
                x = layer(x)
                n_parameters = sum(p.numel() for p in layer.parameters())
                layers.append(LayerShape(_name_of(layer), tuple(x.shape[1:]), n_parameters))
    return tuple(layers)


def _name_of(layer: nn.Module) -> str:
    name = "ConvTranspose2d" if isinstance(layer, AllBins) else type(layer).__name__
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
        sizes = "x".join(str(size) for size in layer.kernel_size)
        name += f" {layer.in_channels}->{layer.out_channels}, kernel {sizes}, stride {layer.stride[1]}"
    elif isinstance(layer, nn.Linear):
        name += f" {layer.in_features}->{layer.out_features}"
    return name


def mono_loop(clip: AudioClip) -> Tensor:
    """A loop as the network hears it: mono at `CLASSIC_RATE_HZ`, its seam closed, shape (1, frames)."""
    mono = clip.samples.mean(axis=1, keepdims=True, dtype=np.float32)
    halved = resample_loop(mono, max(1, round(clip.n_frames * CLASSIC_RATE_HZ / RATE_HZ)))
    return close_seam(torch.from_numpy(halved.T.copy()))


def training_loop(clip: AudioClip, config: ClassicConfig) -> Tensor:
    """A clip cut or repeated to the length that the network learns, shape (frames,)."""
    return mono_loop(clip.fitted(config.n_frames * RATE_HZ // CLASSIC_RATE_HZ))[0]


def resample_columns(magnitude: Tensor, n_columns: int) -> Tensor:
    """Stretch or squeeze a spectrogram along time, round the loop: (..., bins, columns) -> (..., n_columns).

    Linear between columns where there become more; an average over as many as fall together where there
    become fewer, so that no hit is left out.
    """
    n_in = magnitude.shape[-1]
    if n_in == n_columns:
        return magnitude
    at = torch.arange(n_columns) * (n_in / n_columns)
    distance = (at[:, None] - torch.arange(n_in)).remainder(n_in)
    distance = torch.minimum(distance, n_in - distance)
    weights = (1.0 - distance / max(1.0, n_in / n_columns)).clamp_min(0.0)
    weights = weights / weights.sum(dim=1, keepdim=True)
    return torch.matmul(magnitude, weights.T.to(magnitude))


def to_level(magnitude: Tensor) -> tuple[Tensor, Tensor]:
    """Bring each loop to the level that the network knows, so that loud loops do not outweigh the rest.

    On 17 recorded loops, batches and rate of learning equal, the mean cosine similarity was 0.40 and falling
    after 100 epochs without it; with it 0.52 after 83 and rising.

    Parameters
    ----------
    magnitude : float32, shape (batch, bins, columns)

    Returns
    -------
    magnitude : float32, same shape, of RMS `LEVEL`; what is as good as silent stays below
    factor : float32, shape (batch, 1, 1)
        What brings back the level that it had.
    """
    level = magnitude.square().mean(dim=(-2, -1), keepdim=True).sqrt().clamp_min(_LEAST_LEVEL)
    factor = level / LEVEL
    return magnitude / factor, factor


@dataclass(frozen=True, slots=True)
class ClassicFigures:
    """How near reconstructions are: mean squared error and mean cosine similarity of linear magnitudes.

    All spectrograms being at `LEVEL`, an error of `LEVEL` squared is that of silence.
    """

    mse: float
    cosine: float


def evaluate_classic(vae: ClassicVae, clips: Sequence[AudioClip]) -> ClassicFigures:
    """Reconstruct loops without sampling; means over the loops, of whole spectrograms as vectors."""
    device = next(vae.parameters()).device
    transform = CircularStft(vae.config.n_frames, device)
    errors, cosines = [], []
    with torch.inference_mode():
        for clip in clips:
            x, _ = to_level(transform.forward(training_loop(clip, vae.config).to(device)[None]).abs())
            y = vae.decode(vae.encode(x).mean)
            errors.append(float((y - x).square().mean()))
            cosines.append(float(functional.cosine_similarity(y.flatten(), x.flatten(), dim=0)))
    return ClassicFigures(sum(errors) / len(errors), sum(cosines) / len(cosines))
