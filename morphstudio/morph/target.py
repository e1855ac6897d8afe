"""From a score to a sound: the magnitudes that are wanted, and the phase that iterating starts from."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import Samples
from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim
from morphstudio.dsp.phase import peak_phase
from morphstudio.dsp.stft import COLUMN_MULTIPLE, N_BINS, magnitude_from_db
from morphstudio.memory import give_back_freed_memory
from morphstudio.model.vae import denormalise
from morphstudio.morph.score import Score
from morphstudio.morph.sources import RowDecoder, column_parts

_N_TRIAL_ITERATIONS = 2
_CLEARLY_DB = 2.0


def whole_target(score: Score, decoder: RowDecoder) -> tuple[Tensor, Tensor]:
    """Magnitudes and start STFT (channels, bins, columns) of all columns.

    Found in parts, because on the way there each voice of each source has a spectrum of its own.
    """
    n_columns, n_channels = score.transform.n_columns, max(len(s.extended) for s in score.sources)
    magnitude = torch.empty(n_channels, n_columns, N_BINS, device=score.transform.device).transpose(-1, -2)
    stft = torch.empty_like(magnitude, dtype=torch.complex64)
    for part in column_parts(n_columns):
        level_db, found = target(score, decoder, part.start, part.stop - part.start)
        magnitude[..., part] = magnitude_from_db(level_db)
        stft[..., part] = found
    return magnitude, stft


def target(score: Score, decoder: RowDecoder, first: int, count: int) -> tuple[Tensor, Tensor]:
    """Level in dB and start STFT (channels, bins, columns) of `count` columns from `first` on."""
    stft, carried_db, reference_db = score.columns(first, count)
    step, context = first // COLUMN_MULTIPLE, decoder.context
    skipped = first - step * COLUMN_MULTIPLE
    n_steps = -(-(skipped + count) // COLUMN_MULTIPLE)
    latent = score.latent(step - context, n_steps + 2 * context)
    n_channels = len(latent)
    if score.offset is not None:
        latent = torch.cat([latent, latent + score.offset])
    decoded = decoder(latent)
    decoded_db = denormalise(decoded[:, skipped : skipped + count], reference_db)
    detail = torch.from_numpy(score.detail[np.arange(first, first + count) % len(score.detail), None])
    level_db = torch.lerp(
        decoded_db[:n_channels], carried_db, detail.to(score.transform.device).expand_as(carried_db)
    )
    if score.offset is not None:
        level_db += decoded_db[n_channels:] - decoded_db[:n_channels]
    return level_db.transpose(-1, -2), stft.expand(level_db.shape).transpose(-1, -2)


def better_start(score: Score, magnitude: Tensor, stft: Tensor, seed: int) -> Tensor:
    """The start STFT, or the phase of the peaks where that comes clearly nearer to the magnitudes.

    Attacks are sharper with the phase of their sources; tones that moved have lost theirs.
    """
    if len(score.sources) == 1:
        return stft
    transform = score.transform
    # One channel after the other: on its way a phase takes ten times its magnitudes' memory.
    peaks = torch.empty_like(stft)
    for channel in range(len(magnitude)):
        peaks[channel] = peak_phase(transform, magnitude[channel : channel + 1])[0]
    reached_db, reached_by_peaks_db = (
        convergence_db(
            transform, griffin_lim(transform, magnitude, start, _N_TRIAL_ITERATIONS, seed), magnitude
        )
        for start in (stft, peaks)
    )
    return peaks if reached_by_peaks_db < reached_db - _CLEARLY_DB else stft


def tidy(score: Score) -> None:
    """Give back what the render of a long loop has freed so far: with what comes it would be too much."""
    if len(column_parts(score.transform.n_columns)) > 1:
        give_back_freed_memory()


def to_samples(loop: Tensor) -> Samples:
    """A sound (channels, frames) as samples (frames, channels), read-only."""
    samples: Samples = np.ascontiguousarray(loop.T.cpu().numpy())
    samples.setflags(write=False)
    return samples
