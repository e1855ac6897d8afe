"""The start phase from magnitudes alone: steady tones come back, also across the seam."""

import math

import pytest
import torch

from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim, unit_phase
from morphstudio.dsp.phase import peak_phase
from morphstudio.dsp.stft import CircularStft

N_FRAMES = 44_100
TRANSFORM = CircularStft(N_FRAMES)


def tones(*hz):
    turns = torch.arange(N_FRAMES) / 44_100 * 2 * math.pi
    return sum(torch.sin(turns * f + f) for f in hz)[None] * 0.2


@pytest.mark.parametrize("hz", [(220.0,), (261.3, 1000.0, 5000.5)])
def test_steady_tones_need_no_iterations(hz):
    magnitude = TRANSFORM.forward(tones(*hz)).abs()
    start = peak_phase(TRANSFORM, magnitude)
    assert torch.allclose(start.abs(), torch.ones(()), atol=1e-5)
    found, random = (
        convergence_db(TRANSFORM, griffin_lim(TRANSFORM, magnitude, phase, 0), magnitude)
        for phase in (start, unit_phase(torch.zeros_like(start), 0))
    )
    assert found < -12.0
    assert found < random - 8.0


def test_the_seam_is_no_worse_than_the_rest():
    magnitude = TRANSFORM.forward(tones(261.3, 1000.2)).abs()
    loop = griffin_lim(TRANSFORM, magnitude, peak_phase(TRANSFORM, magnitude), 0)
    power = loop[0].square().unfold(0, 2048, 512).mean(dim=1)
    seam = torch.cat([loop[0, -1024:], loop[0, :1024]]).square().mean()
    assert float(seam) > 0.5 * float(power.median())


def test_silence_and_one_bin_have_a_phase():
    for magnitude in (torch.zeros(1, 1025, 8), torch.eye(1025)[None, :, :8].contiguous()):
        transform = CircularStft(8 * 512)
        assert bool(torch.isfinite(torch.view_as_real(peak_phase(transform, magnitude))).all())
