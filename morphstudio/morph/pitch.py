"""Loops at another pitch: their length and rhythm stay, what they sound like moves up or down."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import torch

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.audio.resampling import resample_loop
from morphstudio.dsp.ceiling import bent_below
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.onsets import find_onsets
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import CircularStft, one_thread
from morphstudio.dsp.stretch import stretched

_MOST_GAIN_DB = 3.0


@torch.inference_mode()
def pitched(clip: AudioClip, semitones: int) -> AudioClip:
    """Shift a loop by semitones; as long as it was, its hits where they were, and without a seam.

    It is stretched by a phase vocoder and resampled to its length, so formants move too.

    Parameters
    ----------
    clip : AudioClip
    semitones : int
        Upwards.

    Returns
    -------
    AudioClip
        Its digest follows from that of `clip` and `semitones`.
    """
    if semitones == 0:
        return clip
    with one_thread():
        loop = close_seam(torch.from_numpy(clip.samples.T.copy()))
        magnitude = CircularStft(clip.n_frames).forward(loop).abs()
        hits = find_onsets(loop, magnitude, mel_matrix()).frames
        del magnitude  # spectra of long loops are large
        longer = stretched(loop, max(1, round(clip.n_frames * 2.0 ** (semitones / 12.0))), hits)
        samples = resample_loop(np.ascontiguousarray(longer.T.numpy()), clip.n_frames)
        found = torch.from_numpy(samples.T) * _gain(clip, samples)
        ceiling = max(1.0, float(loop.abs().max()))
        samples = np.ascontiguousarray(bent_below(found, ceiling).T.numpy())
    return AudioClip.known(samples, clip.name, clip.path, _digest(clip, semitones))


def _gain(clip: AudioClip, samples: Samples) -> float:
    """Gain that makes up for what bins that do not agree have cost."""
    power, reached = (
        max(float(np.square(s, dtype=np.float64).mean()), 1e-20) for s in (clip.samples, samples)
    )
    most = 10.0 ** (_MOST_GAIN_DB / 20.0)
    return float(min(max((power / reached) ** 0.5, 1.0 / most), most))


def _digest(clip: AudioClip, semitones: int) -> str:
    return blake2b(f"{clip.digest} {semitones:+d} st".encode(), digest_size=16).hexdigest()
