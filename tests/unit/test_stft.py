"""The circular STFT: exact, periodic, and the same for a region as for the whole."""

import numpy as np
import pytest
import torch

from morphstudio.dsp.stft import (
    COLUMN_MULTIPLE,
    HOP,
    N_BINS,
    CircularStft,
    column_count,
    log_magnitude,
    magnitude_from_db,
    stretches,
    take_round,
)
from morphstudio.errors import ParameterError


def residual_db(actual: torch.Tensor, expected: torch.Tensor) -> float:
    return 20.0 * float(torch.log10((actual - expected).norm() / expected.norm()))


def noise(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("n_frames", [1, 7, 441, 2047, 2048, 2049, 77_321, 176_400])
def test_inverse_undoes_forward_for_any_length(n_frames):
    transform = CircularStft(n_frames)
    loop = noise(2, n_frames)
    stft = transform.forward(loop)
    assert stft.shape == (2, N_BINS, column_count(n_frames))
    assert column_count(n_frames) % COLUMN_MULTIPLE == 0
    assert n_frames / column_count(n_frames) <= HOP
    assert residual_db(transform.inverse(stft), loop) < -105.0


def test_rotating_a_loop_rotates_its_columns():
    n_frames = 512 * 64
    transform = CircularStft(n_frames)
    loop = noise(1, n_frames)
    rotated = transform.forward(torch.roll(loop, 512 * 5, dims=-1))
    assert torch.allclose(rotated, torch.roll(transform.forward(loop), 5, dims=-1), atol=1e-4)


@pytest.mark.parametrize("n_frames", [5, 700, 3001, 30_001])
def test_both_directions_are_what_they_are_defined_to_be(n_frames):
    transform = CircularStft(n_frames)
    loop, window = noise(n_frames), torch.hann_window(2048)
    at = (transform.centres[:, None] + torch.arange(-1024, 1024)) % n_frames
    stft = transform.forward(loop)
    assert torch.allclose(stft, torch.fft.rfft(loop[at] * window).T, atol=1e-3)
    # A spectrum that no loop has: what columns disagree about is averaged.
    stft = stft * noise(N_BINS, 1, seed=1).abs()
    columns = torch.fft.irfft(stft.T, n=2048) * window
    total = torch.zeros(n_frames).index_add(0, at.reshape(-1), columns.reshape(-1))
    weight = torch.zeros(n_frames).index_add(0, at.reshape(-1), (window**2).repeat(len(at)))
    assert residual_db(transform.inverse(stft), total / weight) < -90.0


def test_columns_are_read_anywhere():
    n_frames = 5000
    transform = CircularStft(n_frames)
    loop = noise(2, n_frames)
    centres = torch.tensor([4990, -3, 0, 12_345])
    found = transform.read(transform.extended(loop), centres)
    for column, centre in enumerate(centres.tolist()):
        expected = transform.forward(torch.roll(loop, -centre, dims=-1))[..., 0]
        assert torch.allclose(found[..., column], expected, atol=1e-3)


def test_stretches_are_what_an_index_would_gather():
    x, begins = noise(2, 3, 50), torch.tensor([0, 7, 40])
    expected = x[..., begins[:, None] + torch.arange(10)]
    assert torch.equal(stretches(x, begins, 10), expected)
    assert torch.equal(stretches(x.transpose(0, 1), begins, 10), expected.transpose(0, 1))


@pytest.mark.parametrize(("start", "length"), [(0, 5000), (60_000, 30_000), (77_000, 5), (12, 77_000)])
def test_a_region_is_the_same_part_of_the_whole(start, length):
    n_frames = 77_321
    transform = CircularStft(n_frames)
    stft = transform.forward(noise(2, n_frames)) * 1.5
    first, count = transform.columns_for(start, length)
    region = transform.inverse_region(take_round(stft, first, count), first, start, length)
    frames = torch.arange(start, start + length) % n_frames
    assert torch.allclose(region, transform.inverse(stft)[:, frames], atol=1e-5)


def test_a_spectrum_that_no_loop_has_is_still_inverted_without_a_seam():
    n_frames = 30_001
    transform = CircularStft(n_frames)
    stft = transform.forward(noise(1, n_frames)) * noise(1, N_BINS, 1, seed=1).abs()
    loop = transform.inverse(stft)[0]
    step = (loop.roll(-1) - loop).abs()
    assert step[-1] <= step[:-1].max()


def test_a_full_scale_sine_reads_zero_db():
    n_frames = 44_100
    sine = torch.sin(2 * np.pi * 1000.0 * torch.arange(n_frames) / 44_100.0)
    level = log_magnitude(CircularStft(n_frames).forward(sine[None]))
    # The worst case between two bins of a Hann window is 1.42 dB down.
    assert -1.5 < float(level.max()) < 0.1
    assert float(level.min()) >= -100.0


def test_magnitude_from_db_undoes_log_magnitude():
    stft = CircularStft(9000).forward(noise(1, 9000))
    assert torch.allclose(magnitude_from_db(log_magnitude(stft)), stft.abs(), rtol=1e-3, atol=1e-2)


def test_bad_lengths_are_told():
    with pytest.raises(ParameterError):
        CircularStft(0)
    with pytest.raises(ParameterError, match="9 frames, not 10"):
        CircularStft(10).forward(torch.zeros(1, 9))
