"""Measuring a decoder: in parts it comes to what it does in one."""

from dataclasses import astuple

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import N_BINS
from morphstudio.model import losses, measure
from morphstudio.model.losses import FigureSums, figures
from morphstudio.model.measure import evaluate, mean_figures
from morphstudio.model.vae import ResidualBlock, StudioVae, VaeConfig

TINY = VaeConfig(full_width=16, half_width=16, latent_rate_width=16, n_latent=8)


def far_reaching_vae() -> StudioVae:
    """Every layer of which reads its neighbours: those that begin as nothing would hide a seam."""
    torch.manual_seed(0)
    vae = StudioVae(TINY)
    for layer in vae.modules():
        if isinstance(layer, ResidualBlock):
            torch.nn.init.normal_(layer.second.conv.weight, std=0.15)
    return vae.eval()


@pytest.mark.parametrize("n_frames", [300, 44_100, 100_001])
def test_a_loop_is_measured_alike_in_parts_and_as_a_whole(monkeypatch, n_frames):
    wave = (
        np.random.default_rng(0).standard_normal((n_frames, 2)) * np.linspace(0.001, 0.3, n_frames)[:, None]
    )
    clip, vae = AudioClip(wave.astype(np.float32), "noise"), far_reaching_vae()
    found = []
    for n_columns in (20, 10_000):
        monkeypatch.setattr(measure, "_N_COLUMNS_AT_ONCE", n_columns)
        found.append(astuple(evaluate(vae, [clip])[0]))
    assert found[0] == pytest.approx(found[1], rel=1e-4)
    assert found[1][0] > 1.0  # it is no model of anything, so there is an error to be off from


def test_parts_of_a_reconstruction_add_up(monkeypatch):
    monkeypatch.setattr(losses, "_N_COMPARED", 7)
    torch.manual_seed(0)
    x, y = torch.rand(2, N_BINS, 40) * 2.0 - 1.0, torch.rand(2, N_BINS, 40) * 4.0 - 2.0
    sums = FigureSums(torch.device("cpu"))
    for part in (slice(0, 3), slice(3, 30), slice(30, 40)):
        sums.add(y[..., part], x[..., part])
    monkeypatch.setattr(losses, "_N_COMPARED", 1000)
    assert astuple(sums.figures()) == pytest.approx(astuple(figures(y, x)), rel=1e-5)
    silent = figures(torch.full_like(x, -1.0), torch.full_like(x, -1.0))
    assert (silent.log_mel_error_db, silent.log_spectral_distance_db) == (0.0, 0.0)
    assert mean_figures([silent, silent]) == silent
