"""One step of learning: what it comes to, whatever it is made of; and what it leaves unloaded."""

import subprocess
import sys

import pytest
import torch

from morphstudio.dsp.stft import N_BINS
from morphstudio.model import learner as learner_module
from morphstudio.model.learner import Learner
from morphstudio.model.losses import LossWeights, ReconstructionLoss
from morphstudio.model.vae import StudioVae, VaeConfig

CONFIG = VaeConfig(full_width=16, half_width=16, latent_rate_width=16, n_latent=8)
CPU = torch.device("cpu")


def make_learner(**options) -> Learner:
    torch.manual_seed(0)
    return Learner(StudioVae(CONFIG), ReconstructionLoss(LossWeights(), CPU), **options)


def learn(learner, n_steps=3, first=0, n_examples=6):
    noise = torch.Generator().manual_seed(first)
    for step in range(first, first + n_steps):
        x = torch.rand(n_examples, N_BINS, 16, generator=noise) * 2.0 - 1.0
        latent = torch.randn(n_examples, CONFIG.n_latent, 4, generator=noise)
        terms = learner.update(x, x, latent, 1e-3, step)
    return terms


def weights(vae) -> torch.Tensor:
    return torch.cat([value.flatten() for value in vae.state_dict().values()])


def test_a_batch_is_learnt_alike_in_parts_and_as_a_whole(monkeypatch):
    found = []
    for size in (1, 4, 100):
        monkeypatch.setattr(learner_module, "_EXAMPLES_AT_ONCE", size)
        learner = make_learner()
        terms = learn(learner, 1)
        found.append((weights(learner.vae), {name: float(term) for name, term in terms.items()}))
    for weights_in_parts, terms_in_parts in found[:-1]:
        assert terms_in_parts == pytest.approx(found[-1][1], rel=1e-4)
        # Adam's first step is the learning rate, whatever the gradient: nearly none may change its sign.
        assert ((weights_in_parts - found[-1][0]).abs() < 1e-4).float().mean() > 0.98


def test_steps_are_those_of_adamw():
    learner = make_learner(weight_decay=0.1, betas=(0.8, 0.9))
    learner._loss = lambda y, x, mean, log_variance: {"total": y.square().mean() + mean.mean()}
    theirs = make_learner()
    optimizer = torch.optim.AdamW(theirs.vae.parameters(), lr=1e-3, weight_decay=0.1, betas=(0.8, 0.9))
    generator = torch.Generator().manual_seed(0)
    learn(learner, 3)
    for _ in range(3):
        x = torch.rand(6, N_BINS, 16, generator=generator) * 2.0 - 1.0
        latent = torch.randn(6, CONFIG.n_latent, 4, generator=generator)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            y, mean, _ = theirs._pass(x, latent)
        optimizer.zero_grad()
        (y.float().square().mean() + mean.float().mean()).backward()
        torch.nn.utils.clip_grad_norm_(theirs.vae.parameters(), 1.0)
        optimizer.step()
    ours, reference = weights(learner.vae), weights(theirs.vae)
    assert ((ours - reference).abs() < 1e-4).float().mean() > 0.98
    assert (ours - weights(make_learner().vae)).abs().mean() > 5e-4


def test_learning_goes_on_from_its_moments():
    straight = make_learner()
    learn(straight, 2)
    learn(straight, 2, first=2)
    first = make_learner()
    learn(first, 2)
    second = make_learner()
    second.vae.load_state_dict(first.vae.state_dict())
    second.set_moments({"other": torch.zeros(1), **first.moments()})
    learn(second, 2, first=2)
    assert torch.equal(weights(second.vae), weights(straight.vae))
    with pytest.raises(KeyError):
        second.set_moments({})


def test_the_average_shares_what_does_not_learn():
    vae = StudioVae(CONFIG).requires_grad_(False)
    vae.decoder.requires_grad_(True)
    learner = Learner(vae, ReconstructionLoss(LossWeights(), CPU))
    before = weights(vae.encoder).clone()
    learn(learner)
    assert {id(p) for p in vae.encoder.parameters()} == {id(p) for p in learner.average.encoder.parameters()}
    assert torch.equal(weights(vae.encoder), before)
    assert not torch.equal(weights(vae.decoder), weights(learner.average.decoder))


def test_a_step_loads_neither_the_compiler_nor_what_that_needs():
    """They would take 150 MB and four seconds of a tuning."""
    code = "import sys; from tests.unit.test_learner import *; learn(make_learner(), 1); "
    code += "sys.exit(bool({'torch._dynamo', 'sympy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
