"""What the engine knows of each loop: its sound, its latents, what the decoder makes of it, its hits.

All of it is found once for a loop and a length, and kept while there is room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.onsets import Onsets, find_onsets
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import COLUMN_MULTIPLE, N_BINS, CircularStft, log_magnitude, magnitude_from_db
from morphstudio.model.vae import (
    CircularConv1d,
    DoubleTime,
    HalveTime,
    ResidualBlock,
    StudioVae,
    denormalise,
    normalise,
    reference_level_db,
)
from morphstudio.morph.align import Hits
from morphstudio.morph.cache import LoopCache
from morphstudio.morph.transport import Places, Transport

_TINY = 1e-12
_N_COLUMNS_AT_ONCE = 384
"""What loops of 4 s have is one part."""

_USUAL_ROWS = 40

BandLevels = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Log power in mel bands, in nepers of power: of the loop and of what the decoder makes of it.

    Both (columns, mels); `cumulated` (bands + 1,) is what `transport` goes by.
    """

    whole: BandLevels
    decoded: BandLevels
    cumulated: Places


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One loop at one length.

    `extended` (channels, frames) is its sound with what is read beyond both ends; `latent` (channels,
    columns, n_latent) holds a latent that begins at each column: every fourth makes the loop's own sequence.
    """

    digest: str
    n_frames: int
    extended: Tensor
    latent: Tensor
    reference_db: float
    loudness_lufs: float
    peak: float
    bands: Bands
    onsets: Onsets
    hits: Hits

    @property
    def n_bytes(self) -> int:
        """Memory held, but for what is too small to count."""
        return self.extended.nbytes + self.latent.nbytes + self.bands.whole.nbytes + self.bands.decoded.nbytes


class Sources:
    """Makes sources, and keeps the most recent.

    Parameters
    ----------
    vae : StudioVae
        On the device to compute on.
    device : torch.device
    """

    def __init__(self, vae: StudioVae, device: torch.device) -> None:
        self.device = device
        self.transport = Transport(device)
        self.cache: LoopCache[Source] = LoopCache(device)
        self.decoder = RowDecoder(vae)
        self.quick_decoder = RowDecoder(vae, torch.bfloat16) if _has_bfloat16(device) else self.decoder
        # Not the model itself: its decoder, which is in `decoder`, is not to be kept twice.
        first, *self._other_layers = vae.encoder
        assert isinstance(first, CircularConv1d)
        self._first = _RowConvolution(first, torch.float32)
        self._matrix = mel_matrix().to(device)

    def of(self, clip: AudioClip, n_frames: int) -> Source:
        """What is known of a clip, repeated or cut to `n_frames`; found where it is not."""
        return self.cache.of(clip, n_frames, self._made)

    def _made(self, clip: AudioClip) -> Source:
        loop = close_seam(torch.from_numpy(clip.samples.T.copy()).to(self.device))
        transform = self.cache.transform(clip.n_frames)
        extended = transform.extended(loop)
        level, magnitude = spectrum(transform, extended)
        onsets = find_onsets(loop, magnitude.transpose(-1, -2), self._matrix)
        cumulated = self.transport.cumulated(magnitude.transpose(-1, -2))
        del magnitude  # spectra of long loops are large
        reference = reference_level_db(level)
        latent = self._encode_at_every_column(level, reference)
        whole = np.concatenate([self.bands(level[:, part]) for part in column_parts(transform.n_columns)])
        del level
        return Source(
            clip.digest,
            clip.n_frames,
            extended,
            latent,
            float(reference),
            loudness_lufs(loop),
            float(loop.abs().max()),
            Bands(whole, self._decoded_bands(latent, reference), cumulated),
            onsets,
            Hits.of(onsets, clip.n_frames),
        )

    def _encode_at_every_column(self, level_db: Tensor, reference_db: Tensor) -> Tensor:
        """Latents that begin at each column, not at every fourth only.

        Reading a loop along a path then needs no encoding; it picks the latents nearest to the path. Layers
        at the full rate serve all; those that halve time give the odd columns besides the even ones.

        Parameters
        ----------
        level_db : float32, shape (channels, columns, bins)
        reference_db : float32, one number

        Returns
        -------
        float32, shape (channels, columns, n_latent)
        """
        n_channels, n_columns, n_bins = level_db.shape
        parts = []
        for part in column_parts(n_columns):
            x = normalise(level_db[:, part], reference_db).reshape(-1, n_bins)
            parts.append(self._first(x).view(n_channels, part.stop - part.start, -1))
        hidden = torch.cat(parts, dim=1).transpose(1, 2)
        for layer in self._other_layers:
            if isinstance(layer, HalveTime):
                hidden = torch.cat([hidden, hidden.roll(-1, dims=-1)])
            hidden = layer(hidden)
        mean = hidden.chunk(2, dim=1)[0]
        n_latent, n_steps = mean.shape[1:]
        # What was rolled in the second halving comes last: (second, first, ...) counts 0, 1, 2, 3 columns.
        mean = mean.view(COLUMN_MULTIPLE, n_channels, n_latent, n_steps).permute(1, 3, 0, 2)
        return mean.reshape(n_channels, n_columns, n_latent)

    def _decoded_bands(self, latent: Tensor, reference_db: Tensor) -> BandLevels:
        """Bands of what the decoder makes of a loop."""
        steps = latent[:, ::COLUMN_MULTIPLE]
        n_steps, context = steps.shape[1], self.decoder.context
        bands = []
        for part in column_parts(latent.shape[1]):
            first, stop = part.start // COLUMN_MULTIPLE, part.stop // COLUMN_MULTIPLE
            at = torch.arange(first - context, stop + context, device=self.device) % n_steps
            bands.append(self.bands(denormalise(self.decoder(steps[:, at]), reference_db)))
        return np.concatenate(bands)

    def bands(self, level_db: Tensor) -> BandLevels:
        """Log power in mel bands, (columns, mels) in nepers, of levels (channels, columns, bins) in dB."""
        power = magnitude_from_db(level_db).square_().mean(dim=0)
        bands = torch.matmul(power, self._matrix.T).clamp_min_(_TINY).log_()
        levels: BandLevels = bands.cpu().numpy()
        return levels


def column_parts(n_columns: int) -> list[slice]:
    """The columns of a loop in parts: all that is known of those of a minute would take a gigabyte.

    >>> column_parts(400)
    [slice(0, 384, None), slice(384, 400, None)]
    """
    step = _N_COLUMNS_AT_ONCE
    return [slice(first, min(first + step, n_columns)) for first in range(0, n_columns, step)]


class RowDecoder:
    """The decoder of a model for stretches of loops: computes what a stretch depends on, and nothing else.

    Time goes along the rows, so that a convolution is one product of a matrix with rows that overlap, and
    doubling time is another view of its result. It gives what `StudioVae.decode` does, but for rounding.

    Parameters
    ----------
    vae : StudioVae
        On the device to compute on.
    dtype : torch.dtype
        Of weights and what they are multiplied by. With bfloat16 most of the time is saved, that in which
        weights are read, and levels are off by 0.06 dB (RMS): good enough for drafts.
    """

    def __init__(self, vae: StudioVae, dtype: torch.dtype = torch.float32) -> None:
        self.context = vae.decoder_context
        self._layers: list[Any] = []
        for layer in vae.decoder:
            if isinstance(layer, ResidualBlock):
                self._layers.append(
                    (_RowConvolution(layer.first, dtype), _RowConvolution(layer.second, dtype))
                )
            elif isinstance(layer, DoubleTime):
                self._layers.append([_RowConvolution(layer.conv, dtype, n_phases=2)])
            elif isinstance(layer, CircularConv1d):
                self._layers.append(_RowConvolution(layer, dtype))
            else:
                assert isinstance(layer, nn.SiLU)
                self._layers.append(None)

    def __call__(self, latent: Tensor) -> Tensor:
        """Decode a stretch.

        Parameters
        ----------
        latent : float32, shape (channels, steps, n_latent)
            With `context` steps before and after those wanted.

        Returns
        -------
        float32, shape (channels, columns, bins)
            Normalised; of the steps wanted.
        """
        n_channels, n_rows = latent.shape[:2]
        n_columns = (n_rows - 2 * self.context) * COLUMN_MULTIPLE
        # All channels below each other; rows that mix two of them count as lost, at the end of each.
        x, lost = latent.contiguous().view(n_channels * n_rows, -1), 0
        for layer in self._layers:
            if layer is None:
                x = functional.silu(x)
            elif isinstance(layer, _RowConvolution):
                x, lost = layer(x), lost + layer.kernel - 1
            elif isinstance(layer, tuple):
                first, second = layer
                y = second(functional.silu(first(functional.silu(x)), inplace=True))
                x, lost = y.add_(x[2:-2]), lost + 4
            else:
                x, n_rows = _without_lost(x, n_channels, n_rows, lost)
                y = layer[0](functional.silu(x))
                x, n_rows, lost = y.view(-1, y.shape[1] // 2), 2 * n_rows, 4
        x, n_rows = _without_lost(x, n_channels, n_rows, lost)
        x = x.view(n_channels, n_rows, -1)
        spare = (n_rows - n_columns) // 2
        return x[:, spare : spare + n_columns]


class _RowConvolution:
    """A convolution without padding: contiguous (rows, in) -> (rows - kernel + 1, out).

    Parameters
    ----------
    layer : CircularConv1d
    dtype : torch.dtype
        That products are taken in; what goes in and comes out is float32.
    n_phases : int
        So many neighbouring outputs lie one behind the other, not interleaved.
    """

    def __init__(self, layer: CircularConv1d, dtype: torch.dtype, n_phases: int = 1) -> None:
        weight, bias = layer.conv.weight.detach(), layer.conv.bias
        assert bias is not None
        n_out, self._n_in, self.kernel = weight.shape
        order = torch.arange(n_out, device=weight.device).view(-1, n_phases).T.reshape(-1)
        self._weight = weight[order].permute(0, 2, 1).reshape(n_out, -1).to(dtype).contiguous()
        self._bias = bias.detach()[order].to(dtype).contiguous()
        # For so few rows most of the time is that of reading weights: in the order that oneDNN wants them, it
        # takes half as long as `linear`.
        self._is_packed = weight.device.type == "cpu" and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
        if self._is_packed:
            self._weight = torch.ops.mkldnn._reorder_linear_weight(self._weight, _USUAL_ROWS)  # noqa: SLF001

    def __call__(self, x: Tensor) -> Tensor:
        x = x.to(self._bias.dtype)
        rows = x.as_strided((x.shape[0] - self.kernel + 1, self.kernel * self._n_in), (self._n_in, 1))
        if not self._is_packed:
            return functional.linear(rows, self._weight, self._bias).float()
        y: Tensor = torch.ops.mkldnn._linear_pointwise(rows, self._weight, self._bias, "none", [], "")  # noqa: SLF001
        return y.float()


def spectrum(transform: CircularStft, extended: Tensor) -> tuple[Tensor, Tensor]:
    """Levels in dB and magnitudes of an extended loop, (channels, columns, bins) each.

    Columns first, as the transform leaves them: turning them round would take as long as the transform.
    """
    level = torch.empty(len(extended), transform.n_columns, N_BINS, device=extended.device)
    magnitude = torch.empty_like(level)
    for part in column_parts(transform.n_columns):
        stft = transform.columns(extended, part)
        level[:, part] = log_magnitude(stft)
        parts = torch.view_as_real(stft)
        magnitude[:, part] = parts[..., 0].square().addcmul_(parts[..., 1], parts[..., 1]).sqrt_()
    return level, magnitude


def _has_bfloat16(device: torch.device) -> bool:
    """Whether the processor multiplies in bfloat16; where it only pretends to, nothing is won."""
    return device.type == "cpu" and bool(torch.cpu._is_avx512_bf16_supported())  # noqa: SLF001


def _without_lost(x: Tensor, n_channels: int, n_rows: int, lost: int) -> tuple[Tensor, int]:
    """Rows of all channels without the `lost` ones at the end of each; and how many each has now."""
    width = x.shape[1]
    kept = x.as_strided((n_channels, n_rows - lost, width), (n_rows * width, width, 1))
    return kept.reshape(-1, width), n_rows - lost
