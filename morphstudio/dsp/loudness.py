"""How loud a loop is, as it plays round and round."""

from __future__ import annotations

import math

import torch
import torchaudio
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.stft import N_BINS, N_FFT, take_round

SILENT_LUFS = -70.0
"""The absolute gate of BS.1770; nothing is quieter."""

_HEADROOM = 2.0
_STEPS_PER_GATE = 4
_GATE_FRAMES = _STEPS_PER_GATE * round(0.1 * RATE_HZ)
_POWER_GATE = 0.1
"""Blocks are left out that are 10 LU below the others."""
_OFFSET_LU = -0.691


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
    peak = float(loop.abs().max())
    if not peak > 1e-7:
        return SILENT_LUFS
    # torchaudio's filters cut off at full scale, and what they let through may be larger than what came in.
    scale = max(1.0, _HEADROOM * peak)
    # One block more than the loop, so that the blocks across its end are measured too. One channel after the
    # other: what is filtered on the way takes several times the memory of a loop.
    length = max(loop.shape[-1] + _GATE_FRAMES, 2 * _GATE_FRAMES)
    channels = [_block_powers(take_round(channel, 0, length) / scale) for channel in loop]
    powers = channels[0] + channels[-1]
    heard = powers[powers > _power(SILENT_LUFS)]
    heard = heard[heard > _POWER_GATE * heard.mean()]
    if not len(heard):
        return SILENT_LUFS
    measured = _OFFSET_LU + 10.0 * math.log10(float(heard.mean())) + 20.0 * math.log10(scale)
    return max(measured, SILENT_LUFS)


def _block_powers(channel: Tensor) -> Tensor:
    """K-weighted mean power of blocks that overlap by three quarters: (blocks,), of (frames,)."""
    shelved = torchaudio.functional.treble_biquad(channel, RATE_HZ, 4.0, 1500.0, 1.0 / math.sqrt(2.0))
    weighted = torchaudio.functional.highpass_biquad(shelved, RATE_HZ, 38.0, 0.5)
    step = _GATE_FRAMES // _STEPS_PER_GATE
    n_steps = len(weighted) // step
    steps = weighted[: n_steps * step].square_().view(n_steps, step).mean(dim=1, dtype=torch.float64)
    powers: Tensor = steps.unfold(0, _STEPS_PER_GATE, 1).mean(dim=1)
    return powers


def _power(lufs: float) -> float:
    return math.pow(10.0, (lufs - _OFFSET_LU) / 10.0)


def k_weights() -> Tensor:
    """Power gain of the K-weighting of BS.1770 in each STFT bin, shape (bins,)."""
    impulse = torch.zeros(1, N_FFT)
    impulse[0, 0] = 1.0
    shelved = torchaudio.functional.treble_biquad(impulse, RATE_HZ, 4.0, 1500.0, 1.0 / math.sqrt(2.0))
    weighted = torchaudio.functional.highpass_biquad(shelved, RATE_HZ, 38.0, 0.5)
    gains: Tensor = torch.fft.rfft(weighted[0], n=N_FFT).abs().square()
    assert gains.shape == (N_BINS,)
    return gains
