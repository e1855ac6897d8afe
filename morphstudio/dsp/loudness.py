"""How loud a loop is, as it plays round and round."""

from __future__ import annotations

import math

import torch
import torchaudio
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.stft import N_BINS, N_FFT

SILENT_LUFS = -70.0
"""The absolute gate of BS.1770; nothing is quieter."""

_HEADROOM = 2.0
_GATE_FRAMES = round(0.4 * RATE_HZ)


def loudness_lufs(loop: Tensor) -> float:
    """Integrated loudness of a loop (ITU-R BS.1770-4), measured round its end.

    One channel counts as it is heard, from both loudspeakers.

    torchaudio's K-weighting is 0.3 dB low at 1 kHz; between loops that is nearly the same for all.

    Parameters
    ----------
    loop : float32, shape (channels, frames)
        One or two channels.

    Returns
    -------
    float
        In LUFS, at least `SILENT_LUFS`.
    """
    n_frames = loop.shape[-1]
    # One block more than the loop, so that the blocks across its end are measured too.
    length = _GATE_FRAMES * math.ceil(n_frames / _GATE_FRAMES) + _GATE_FRAMES
    repeats = math.ceil(length / n_frames)
    played = loop.expand(2, -1).repeat(1, repeats)[:, : max(n_frames + _GATE_FRAMES, 2 * _GATE_FRAMES)]
    peak = float(played.abs().max())
    if not peak > 1e-7:
        return SILENT_LUFS
    # torchaudio's filters cut off at full scale, and what they let through may be larger than what came in.
    scale = max(1.0, _HEADROOM * peak)
    measured = float(torchaudio.functional.loudness(played / scale, RATE_HZ)) + 20.0 * math.log10(scale)
    return max(measured, SILENT_LUFS) if math.isfinite(measured) else SILENT_LUFS


def k_weights() -> Tensor:
    """Power gain of the K-weighting of BS.1770 in each STFT bin, shape (bins,)."""
    impulse = torch.zeros(1, N_FFT)
    impulse[0, 0] = 1.0
    shelved = torchaudio.functional.treble_biquad(impulse, RATE_HZ, 4.0, 1500.0, 1.0 / math.sqrt(2.0))
    weighted = torchaudio.functional.highpass_biquad(shelved, RATE_HZ, 38.0, 0.5)
    gains: Tensor = torch.fft.rfft(weighted[0], n=N_FFT).abs().square()
    assert gains.shape == (N_BINS,)
    return gains
