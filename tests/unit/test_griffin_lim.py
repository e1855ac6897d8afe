"""Griffin-Lim: nearer with every iteration, deterministic, cancellable."""

import torch

from morphstudio.dsp.griffin_lim import griffin_lim, spectral_convergence_db, unit_phase
from morphstudio.dsp.stft import CircularStft

N_FRAMES = 30_000


def loop(seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(2, N_FRAMES, generator=generator)
    return noise * torch.linspace(1.0, 0.0, 5000).repeat(6) ** 3


def test_more_iterations_come_nearer():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(transform.forward(loop(1)), seed=0)
    errors = [griffin_lim(transform, magnitude, phase, n)[1] for n in (0, 4, 16, 48)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < errors[0] - 5.0


def test_momentum_helps():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(transform.forward(loop(1)), seed=0)
    fast = griffin_lim(transform, magnitude, phase, 16)[1]
    classic = griffin_lim(transform, magnitude, phase, 16, momentum=0.0)[1]
    assert fast < classic


def test_the_right_phase_is_kept():
    transform = CircularStft(N_FRAMES)
    stft = transform.forward(loop(0))
    found, convergence_db = griffin_lim(transform, stft.abs(), unit_phase(stft, seed=0), 4)
    assert convergence_db < -100.0
    assert torch.allclose(found, loop(0), atol=1e-4)


def test_same_input_same_bytes():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(torch.zeros_like(magnitude, dtype=torch.complex64), seed=7)
    first, _ = griffin_lim(transform, magnitude, phase, 5)
    second, _ = griffin_lim(CircularStft(N_FRAMES), magnitude, phase, 5)
    assert torch.equal(first, second)


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
    phase = unit_phase(torch.zeros(1, 1025, transform.n_columns, dtype=torch.complex64), seed=0)
    found, _ = griffin_lim(transform, magnitude, phase, 3)
    assert float(found.abs().max()) == 0.0


def test_cancelling_returns_what_there_is():
    transform = CircularStft(N_FRAMES)
    magnitude = transform.forward(loop(0)).abs()
    phase = unit_phase(transform.forward(loop(1)), seed=0)
    asked = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    _, cancelled_db = griffin_lim(transform, magnitude, phase, 50, is_cancelled=is_cancelled)
    _, three_db = griffin_lim(transform, magnitude, phase, 3)
    assert cancelled_db == three_db
    assert spectral_convergence_db(magnitude, magnitude) == -200.0
