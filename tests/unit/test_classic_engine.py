"""The morph of the literature on the instrument's requests: lengths, levels, latents, drafts, determinism."""

import gc
import weakref

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.model.checkpoint import ClassicModel, LatentStatistics, load_model
from morphstudio.model.classic import LEVEL, ClassicConfig, ClassicVae
from morphstudio.morph.classic_engine import ClassicEngine
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.engines import make_engine
from morphstudio.morph.request import MorphRequest
from morphstudio.paths import factory_model_path
from morphstudio.synth.random_loops import random_loop

N_FRAMES = 60_001
CPU = torch.device("cpu")


def classic_model(n_columns: int = 40) -> ClassicModel:
    """Untrained: what it says is noise, but a noise of its latent, and as loud as it should be."""
    torch.manual_seed(0)
    vae = ClassicVae(ClassicConfig(n_columns, 16, 8)).eval().requires_grad_(False)
    vae.decoder[-2].weight *= LEVEL / vae.decode(torch.randn(4, 8)).square().mean().sqrt()
    return ClassicModel(vae, "x", LatentStatistics(torch.zeros(8), torch.ones(8), torch.eye(8)[:4]))


@pytest.fixture(scope="module")
def engine() -> ClassicEngine:
    return ClassicEngine(classic_model(), CPU)


@pytest.fixture(scope="module")
def clips() -> list[AudioClip]:
    loops = [random_loop(np.random.default_rng(seed), N_FRAMES / 44_100) for seed in range(3)]
    resized = [np.resize(loop, (N_FRAMES, 2)) for loop in loops]
    return [
        AudioClip(resized[0], "a"),
        AudioClip(resized[1] * np.float32(0.2), "b"),
        AudioClip(resized[2], "c"),
    ]


def request(clips, weights, n_frames=N_FRAMES, **options) -> MorphRequest:
    return MorphRequest(tuple(clips), tuple(weights), n_frames, **options)


def level_db(samples) -> float:
    return 10.0 * float(np.log10(np.mean(np.square(samples.astype(np.float64))) + 1e-20))


@pytest.mark.parametrize("n_frames", [60_001, 88_200, 30_000, 3000, 1])
def test_renders_are_mono_loops_of_the_length_asked_for(engine, clips, n_frames):
    wanted = request(clips, [0.5, 0.3, 0.2], n_frames, n_iterations=2)
    result = engine.render(wanted)
    regions = list(engine.draft(wanted, 123))
    assert [first for first, _ in regions] == [0]
    for samples in (result.samples, regions[0][1]):
        assert samples.shape == (n_frames, 1)
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all()
        assert not samples.flags.writeable


def test_same_request_same_bytes(engine, clips):
    wanted = request(clips, [0.2, 0.3, 0.5], seed=5)
    first = engine.render(wanted).samples
    assert first.tobytes() == ClassicEngine(classic_model(), CPU).render(wanted).samples.tobytes()
    assert not np.array_equal(first, engine.render(request(clips, [0.2, 0.3, 0.5], seed=6)).samples)


def test_a_render_is_decoded_at_a_dot_too(engine, clips):
    quick = {"n_iterations": 2}
    alone = engine.render(request(clips[:2], [1.0, 0.0], **quick)).samples
    assert level_db(alone - clips[0].samples.mean(axis=1, keepdims=True)) > level_db(alone) - 20.0
    twin = AudioClip(clips[0].samples.copy(), "twin")
    both = engine.render(request([clips[0], twin], [0.3, 0.7], **quick)).samples
    assert np.allclose(alone, both, atol=1e-3)


def test_the_latent_is_the_internal_division(engine, clips):
    a, b = clips[0], clips[2]
    heard = [engine._cache.of(clip, N_FRAMES, engine._made).latent for clip in (a, b)]
    seen = []

    class Spy(torch.nn.Module):
        config = engine.model.vae.config
        encode = engine.model.vae.encode

        def decode(self, z):
            seen.append(z)
            return engine.model.vae.decode(z)

    spied = ClassicEngine(classic_model(), CPU)
    spied._vae = Spy()
    spied.render(request([a, b], [0.25, 0.75], n_iterations=1))
    assert torch.allclose(seen[0], 0.25 * heard[0] + 0.75 * heard[1], atol=1e-5)


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_the_level_follows_the_weights(engine, clips, at):
    a, b = clips[:2]
    wanted = request([a, b], [1 - at, at])
    expected = (1 - at) * level_db(a.samples) + at * level_db(b.samples)
    assert level_db(engine.render(wanted).samples) == pytest.approx(expected, abs=0.5)
    (_, draft), *_ = engine.draft(wanted, 0)
    assert level_db(draft) == pytest.approx(expected, abs=0.5)


def test_without_matching_the_level_is_what_the_decoder_says(engine, clips):
    plain = engine.render(request(clips[:1], [1.0], match_loudness=False)).samples
    assert abs(level_db(plain) - level_db(engine.render(request(clips[:1], [1.0])).samples)) > 0.01
    quiet = AudioClip(clips[0].samples * np.float32(0.1), "quiet")
    quieter = engine.render(request([quiet], [1.0], match_loudness=False)).samples
    assert level_db(plain) - level_db(quieter) == pytest.approx(20.0, abs=0.2)


def test_silence_stays_silent_and_nothing_is_louder_than_full_scale(engine):
    silence = AudioClip(np.zeros((N_FRAMES, 1), np.float32), "silence")
    assert level_db(engine.render(request([silence], [1.0])).samples) < -80.0
    hit = np.zeros((N_FRAMES, 1), np.float32)
    hit[0] = 1.0
    noise = np.random.default_rng(0).choice([-1.0, 1.0], (N_FRAMES, 1)).astype(np.float32)
    for weights in ([0.0, 0.5, 0.5], [0.0, 0.0, 1.0], [0.5, 0.0, 0.5]):
        loops = [silence, AudioClip(hit, "hit"), AudioClip(noise, "noise")]
        samples = engine.render(request(loops, weights)).samples
        assert np.isfinite(samples).all()
        assert np.abs(samples).max() <= 1.0


def test_every_render_loops(engine, clips):
    samples = engine.render(request(clips, [0.5, 0.3, 0.2])).samples[:, 0]
    steps = np.abs(np.diff(samples, append=samples[:1]))
    assert steps[-1] <= steps[:-1].max()
    # No step at the seam beyond what a turned copy has inside.
    turned = np.roll(samples, N_FRAMES // 2)
    assert np.abs(np.diff(turned))[N_FRAMES // 2 - 1] == pytest.approx(steps[-1])
    assert steps[-1] <= 4.0 * steps[-200:-1].max()


def test_iterating_comes_nearer_and_cancelling_ends_it(engine, clips):
    rough = engine.render(request(clips, [0.4, 0.3, 0.3], n_iterations=0)).spectral_convergence_db
    assert engine.render(request(clips, [0.4, 0.3, 0.3])).spectral_convergence_db < rough - 3.0
    result = engine.render(request(clips, [0.4, 0.3, 0.3]), lambda: True)
    assert result.samples.shape == (N_FRAMES, 1)
    assert result.spectral_convergence_db == pytest.approx(rough, abs=0.1)


def test_loops_are_remembered_within_bounds(engine, clips, monkeypatch):
    fresh = ClassicEngine(classic_model(), CPU)
    fresh.prepare(MorphRequest((clips[0],), (1.0,), N_FRAMES))
    one = sum(source.n_bytes for source in fresh._cache._entries.values())
    monkeypatch.setattr("morphstudio.morph.cache._MOST_BYTES", int(2.5 * one))
    assert fresh.has_room
    fresh.prepare(MorphRequest((clips[1],), (1.0,), N_FRAMES))
    assert not fresh.has_room
    fresh.prepare(MorphRequest((clips[2],), (1.0,), N_FRAMES))
    assert [key[0] for key in fresh._cache._entries] == [clip.digest for clip in clips[1:]]


def test_an_engine_that_is_gone_leaves_nothing_to_the_collector(clips):
    gc.disable()
    try:
        gone = ClassicEngine(classic_model(), CPU)
        gone.prepare(MorphRequest((clips[0],), (1.0,), N_FRAMES))
        parts = [weakref.ref(gone), weakref.ref(gone._cache)]
        del gone
        assert [part() for part in parts] == [None, None]
    finally:
        gc.enable()


def test_the_engine_follows_from_the_model():
    assert isinstance(make_engine(classic_model(), CPU), ClassicEngine)
    assert isinstance(make_engine(load_model(factory_model_path()), CPU), MorphEngine)
