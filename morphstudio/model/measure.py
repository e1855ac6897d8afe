"""How well a decoder knows loops: whole ones, in parts, so that a minute takes no more memory than a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import COLUMN_MULTIPLE, CircularStft, log_magnitude
from morphstudio.model.losses import Figures, FigureSums
from morphstudio.model.vae import StudioVae, normalise

_N_COLUMNS_AT_ONCE = 512
"""Loops of 4 s are one part."""


def evaluate(vae: StudioVae, clips: Sequence[AudioClip]) -> list[Figures]:
    """Decoder alone: encode and decode whole loops, without sampling or detail; one entry a clip."""
    device = next(vae.parameters()).device
    with torch.inference_mode():
        return [_compared(vae, clip, device) for clip in clips]


def mean_figures(entries: Sequence[Figures]) -> Figures:
    """Mean over clips."""
    n = len(entries)
    return Figures(
        sum(e.log_mel_error_db for e in entries) / n,
        sum(e.log_spectral_distance_db for e in entries) / n,
        sum(e.cosine for e in entries) / n,
    )


def _compared(vae: StudioVae, clip: AudioClip, device: torch.device) -> Figures:
    transform = CircularStft(clip.n_frames, device)
    extended = transform.extended(torch.from_numpy(clip.samples.T.copy()).to(device))
    n_columns = transform.n_columns
    # The encoder reaches less far than the decoder. A loop that is one part goes on round its end by itself.
    reach = 2 * vae.decoder_context * COLUMN_MULTIPLE if n_columns > _N_COLUMNS_AT_ONCE else 0
    reference = torch.stack([_level(transform, extended, at).amax() for at in _parts(n_columns)]).amax()
    sums = FigureSums(device)
    for at in _parts(n_columns):
        around = torch.arange(int(at[0]) - reach, int(at[-1]) + 1 + reach) % n_columns
        x = normalise(_level(transform, extended, around), reference)
        y = vae.decode(vae.encode(x)[0])
        inside = slice(reach, reach + len(at))
        sums.add(y[..., inside], x[..., inside])
    return sums.figures()


def _parts(n_columns: int) -> Iterator[Tensor]:
    for first in range(0, n_columns, _N_COLUMNS_AT_ONCE):
        yield torch.arange(first, min(first + _N_COLUMNS_AT_ONCE, n_columns))


def _level(transform: CircularStft, extended: Tensor, at: Tensor) -> Tensor:
    """Levels in dB (channels, bins, columns) of some columns."""
    return log_magnitude(transform.read(extended, transform.centres[at]))
