"""The seam of a loop: closed where it clicks, left alone where it does not."""

import pytest
import torch

from morphstudio.dsp.seam import close_seam


def steps_of(loop: torch.Tensor) -> torch.Tensor:
    """Size of each step; the last is the one across the seam."""
    return (loop.roll(-1, dims=-1) - loop).abs()


def test_a_loop_that_closes_is_left_alone():
    sine = torch.sin(torch.arange(4000) * (2 * torch.pi * 9 / 4000))[None]
    assert close_seam(sine) is sine


@pytest.mark.parametrize("n_frames", [300, 441, 4001])
def test_a_click_is_taken_out_and_nothing_far_from_it_is_changed(n_frames):
    ramp = torch.linspace(-1.0, 1.0, n_frames)
    loop = torch.stack([ramp, torch.ones(n_frames)])
    closed = close_seam(loop)
    steps = steps_of(closed)[0]
    assert steps[-1] <= steps[:-1].max()
    assert torch.equal(closed[:, 128:-128], loop[:, 128:-128])
    assert torch.equal(closed[1], loop[1])


@pytest.mark.parametrize("n_frames", [1, 2, 3])
def test_loops_of_a_few_frames_pass(n_frames):
    assert bool(torch.isfinite(close_seam(torch.randn(2, n_frames))).all())
