"""What the engine knows of each loop: its transform, its latents, what the decoder loses of it, its hits.

All of it is found once for a loop and a length, and kept while there is room.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.features import mel_matrix, mel_power
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.onsets import Onsets, find_onsets
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import COLUMN_MULTIPLE, log_magnitude, magnitude_from_db
from morphstudio.model.vae import StudioVae, denormalise, normalise, reference_level_db
from morphstudio.morph.cache import LoopCache
from morphstudio.morph.transport import Transport

_TINY = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Log power in mel bands, in nepers of power: of the loop and of what the decoder makes of it.

    Both (mels, columns); `cumulated` (bands + 1,) is what `transport` goes by.
    """

    whole: Tensor
    decoded: Tensor
    cumulated: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One loop at one length; tensors are (channels, ...).

    `latent` holds a latent that begins at each column; every fourth makes the loop's own sequence.
    """

    clip: AudioClip
    extended: Tensor
    stft: Tensor
    latent: Tensor
    reference_db: float
    loudness_lufs: float
    peak: float
    bands: Bands
    onsets: Onsets

    @property
    def n_bytes(self) -> int:
        """Memory held."""
        bands = (self.bands.whole, self.bands.decoded)
        tensors = (self.extended, self.stft, self.latent, *bands)
        return sum(t.numel() * t.element_size() for t in tensors) + self.clip.samples.nbytes


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
        self.cache = LoopCache(self._made, device)
        self._vae = vae
        self._matrix = mel_matrix().to(device)

    def _made(self, clip: AudioClip) -> Source:
        loop = close_seam(torch.from_numpy(clip.samples.T.copy()).to(self.device))
        transform = self.cache.transform(clip.n_frames)
        stft = transform.forward(loop).contiguous()
        level = log_magnitude(stft)
        reference = reference_level_db(level)
        latent = self._encode_at_every_column(normalise(level, reference))
        decoded = denormalise(self._vae.decode(latent[..., ::COLUMN_MULTIPLE]), reference)
        return Source(
            clip,
            transform.extended(loop),
            stft,
            latent,
            float(reference),
            loudness_lufs(loop),
            float(loop.abs().max()),
            self._bands(level, decoded, stft),
            find_onsets(loop, stft.abs(), self._matrix),
        )

    def _encode_at_every_column(self, x: Tensor) -> Tensor:
        """Latents that begin at each column, not at every fourth only, shape (batch, n_latent, columns).

        Reading a loop along a path then needs no encoding; it picks the latents nearest to the path.
        """
        shifted = torch.cat([x.roll(-shift, dims=-1) for shift in range(COLUMN_MULTIPLE)])
        latents = self._vae.encode(shifted)[0]
        n_latent, n_steps = latents.shape[1:]
        latents = latents.view(COLUMN_MULTIPLE, -1, n_latent, n_steps).permute(1, 2, 3, 0)
        return latents.reshape(-1, n_latent, n_steps * COLUMN_MULTIPLE)

    def _bands(self, level_db: Tensor, decoded_db: Tensor, stft: Tensor) -> Bands:
        whole, decoded = (
            torch.log(mel_power(magnitude_from_db(x), self._matrix).mean(dim=0).clamp_min(_TINY))
            for x in (level_db, decoded_db)
        )
        return Bands(whole, decoded, self.transport.cumulated(stft.abs()))


def picked(x: Tensor, columns: NDArray[np.float64]) -> Tensor:
    """The entries of the last axis nearest to `columns`, round the loop."""
    nearest = np.round(columns).astype(np.int64) % x.shape[-1]
    return x.index_select(-1, torch.from_numpy(nearest).to(x.device))
