"""Griffin-Lim: nearer with every iteration, deterministic, cancellable."""

import pytest
import torch

from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim, spectral_convergence_db, unit_phase
from morphstudio.dsp.stft import CircularStft

N_FRAMES = 30_000


def loop(seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(2, N_FRAMES, generator=generator)
    return noise * torch.linspace(1.0, 0.0, 5000).repeat(6) ** 3


def reached_db(transform, magnitude, phase, n_iterations):
    return convergence_db(transform, griffin_lim(transform, magnitude, phase, n_iterations), magnitude)


def test_more_iterations_come_nearer():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(transform.forward(loop(1)), seed=0)
    errors = [reached_db(transform, magnitude, phase, n) for n in (0, 4, 16, 48)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < errors[0] - 5.0


def classic(transform, magnitude, phase, n_iterations):
    """Convergence of the algorithm of Griffin and Lim (1984)."""
    loop = transform.inverse(phase * magnitude)
    for _ in range(n_iterations):
        loop = transform.inverse(unit_phase(transform.forward(loop), seed=0) * magnitude)
    return spectral_convergence_db(transform.forward(loop).abs(), magnitude)


def test_acceleration_helps():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(transform.forward(loop(1)), seed=0)
    start_db = reached_db(transform, magnitude, phase, 0)
    assert start_db == pytest.approx(classic(transform, magnitude, phase, 0), abs=1e-3)
    assert reached_db(transform, magnitude, phase, 8) < classic(transform, magnitude, phase, 16)


def test_any_number_of_threads_gives_the_same_bytes():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(transform.forward(loop(1)), seed=0)
    n_threads = torch.get_num_threads()
    found = []
    try:
        for n in (1, 2, 3):
            torch.set_num_threads(n)
            found.append(griffin_lim(transform, magnitude, phase, 3))
    finally:
        torch.set_num_threads(n_threads)
    assert torch.equal(found[0], found[1])
    assert torch.equal(found[0], found[2])


def test_batches_are_as_good_as_loops_alone():
    transform = CircularStft(N_FRAMES)
    stft = torch.stack([transform.forward(loop(0)), transform.forward(loop(1))])
    phase = unit_phase(stft.flip(0), seed=0)
    together = griffin_lim(transform, stft.abs(), phase, 3)
    assert together.shape == (2, 2, N_FRAMES)
    alone = griffin_lim(transform, stft[1].abs(), phase[1], 3)
    assert torch.allclose(together[1], alone, atol=1e-5)


def test_the_right_phase_is_kept():
    transform = CircularStft(N_FRAMES)
    stft = transform.forward(loop(0))
    found = griffin_lim(transform, stft.abs(), unit_phase(stft, seed=0), 4)
    assert convergence_db(transform, found, stft.abs()) < -100.0
    assert torch.allclose(found, loop(0), atol=1e-4)


def test_only_the_phase_of_the_start_counts():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    start = transform.forward(loop(1))
    found = griffin_lim(transform, magnitude, start, 0)
    assert torch.allclose(found, griffin_lim(transform, magnitude, unit_phase(start, seed=0), 0), atol=1e-4)
    assert torch.allclose(found, griffin_lim(transform, magnitude, start.contiguous() * 1e-3, 0), atol=1e-4)
    assert torch.allclose(found, transform.inverse(torch.polar(magnitude, start.angle())), atol=1e-4)


def test_same_input_same_bytes():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    silence = torch.zeros_like(magnitude, dtype=torch.complex64)
    first = griffin_lim(transform, magnitude, silence, 5, seed=7)
    second = griffin_lim(CircularStft(N_FRAMES), magnitude, silence, 5, seed=7)
    assert torch.equal(first, second)


def test_a_silent_start_has_random_phase_of_its_own_in_each_channel():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)[:1].expand(2, -1)).abs()
    silence = torch.zeros_like(magnitude, dtype=torch.complex64)
    first, second = (griffin_lim(transform, magnitude, silence, 0, seed=seed) for seed in (1, 20))
    for one, other in ((first[0], first[1]), (first[0], second[0])):
        alike = float((one * other).sum() / (one.norm() * other.norm()))
        assert abs(alike) < 0.2
    energy = transform.inverse(transform.forward(loop(0)[:1])).square().sum()
    assert 0.2 * energy < first[0].square().sum() < 1.1 * energy


def test_seeds_differ_only_where_there_is_no_phase():
    stft = torch.polar(torch.ones(1, 4, 4), torch.full((1, 4, 4), 0.3))
    stft[..., 2:] = 0
    first, second = unit_phase(stft, seed=1), unit_phase(stft, seed=2)
    assert torch.equal(first[..., :2], second[..., :2])
    assert not torch.equal(first[..., 2:], second[..., 2:])
    assert torch.allclose(first.abs(), torch.ones(1, 4, 4))


def test_silence_stays_silent():
    transform = CircularStft(N_FRAMES)
    magnitude = torch.zeros(1, 1025, transform.n_columns)
    found = griffin_lim(transform, magnitude, torch.zeros_like(magnitude, dtype=torch.complex64), 3)
    assert float(found.abs().max()) == 0.0


def test_cancelling_returns_what_there_is():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)[:1]).abs()
    phase = unit_phase(transform.forward(loop(1)[:1]), seed=0)
    asked = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    cancelled = griffin_lim(transform, magnitude, phase, 50, is_cancelled=is_cancelled)
    assert torch.equal(cancelled, griffin_lim(transform, magnitude, phase, 3))
    assert spectral_convergence_db(magnitude, magnitude) == -200.0
