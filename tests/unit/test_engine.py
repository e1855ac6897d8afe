"""The morph engine with the factory model: ends, loops, levels, drafts, determinism."""

import gc
import itertools
import weakref

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.onsets import find_onsets
from morphstudio.dsp.stft import CircularStft, magnitude_from_db
from morphstudio.errors import ParameterError
from morphstudio.model.checkpoint import load_model
from morphstudio.morph import sources as sources_module
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.mixture import Mixture
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.sources import RowDecoder, Sources
from morphstudio.morph.target import target, whole_target
from morphstudio.paths import factory_model_path
from morphstudio.synth.random_loops import random_loop

N_FRAMES = 60_001


def make_clip(seed: int, n_frames: int = N_FRAMES, n_channels: int = 2) -> AudioClip:
    loop = random_loop(np.random.default_rng(seed), n_frames / 44_100)
    return AudioClip(np.resize(loop[:, :n_channels], (n_frames, n_channels)), f"clip {seed}")


@pytest.fixture(scope="module")
def engine() -> MorphEngine:
    return MorphEngine(load_model(factory_model_path()), torch.device("cpu"))


@pytest.fixture(scope="module")
def clips() -> tuple[AudioClip, AudioClip, AudioClip]:
    return make_clip(1), make_clip(2), make_clip(3, n_channels=1)


def request(clips, weights, **options) -> MorphRequest:
    return MorphRequest(tuple(clips), tuple(weights), clips[0].n_frames, **options)


def level_db(samples) -> float:
    return 10.0 * float(np.log10(np.mean(np.square(samples.astype(np.float64)))))


def lufs(samples) -> float:
    return loudness_lufs(torch.from_numpy(samples.T.copy()))


def assembled(engine, wanted, start) -> np.ndarray:
    out = np.full((wanted.n_frames, 2), np.nan, np.float32)
    for first, samples in engine.draft(wanted, start):
        out[(first + np.arange(len(samples))) % wanted.n_frames] = samples
    return out


def test_at_a_dot_the_sound_is_the_source(engine, clips):
    a, b, _ = clips
    assert np.array_equal(engine.render(request([a, b], [1, 0])).samples, a.samples)
    assert np.array_equal(engine.render(request([a, b], [0, 1])).samples, b.samples)


def test_near_a_dot_the_sound_is_nearly_the_source(engine, clips):
    a, b, _ = clips
    near = engine.render(request([a, b], [0.999, 0.001])).samples
    residual = level_db(near - a.samples) - level_db(a.samples)
    assert residual < -20.0


def test_shorter_sounds_repeat_and_longer_ones_are_cut(engine, clips):
    a, _, _ = clips
    short, long = make_clip(5, 20_000), make_clip(6, 90_000)
    assert np.array_equal(
        engine.render(request([a, short], [0, 1])).samples, np.resize(short.samples, a.samples.shape)
    )
    assert np.array_equal(engine.render(request([a, long], [0, 1])).samples, long.samples[:N_FRAMES])


def test_same_request_same_bytes(engine, clips):
    wanted = request(clips, [0.2, 0.3, 0.5], seed=5)
    other = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    assert engine.render(wanted).samples.tobytes() == other.render(wanted).samples.tobytes()


def seam_ratio(samples, n_near=64) -> float:
    """Step across the seam over the largest near it; the worse channel."""
    steps = np.abs(np.diff(samples, axis=0, append=samples[:1]))
    near = np.concatenate([steps[-1 - n_near : -1], steps[:n_near]]).max(axis=0)
    return float((steps[-1] / near).max())


@pytest.mark.parametrize("weights", [[0.5, 0.5, 0.0], [0.1, 0.2, 0.7]])
def test_every_render_loops(engine, clips, weights):
    assert seam_ratio(engine.render(request(clips, weights)).samples) <= 1.0


@pytest.mark.parametrize("at", [0.01, 0.5, 0.9])
def test_renders_of_loops_that_click_do_not_click(engine, at):
    """Sines cut off where they are highest: each source has a step of its whole height at its seam."""
    turns = np.arange(N_FRAMES)[:, None] / 44_100 * 2 * np.pi
    a, b = (AudioClip((0.7 * np.cos(turns * hz)).astype(np.float32), f"{hz}") for hz in (49.9, 110.3))
    assert seam_ratio(b.samples) > 5.0
    assert seam_ratio(engine.render(request([a, b], [1 - at, at])).samples) <= 1.0
    assert np.array_equal(engine.render(request([a, b], [0, 1])).samples, b.samples)


@pytest.mark.parametrize("weights", [[0.5, 0.5], [0.2, 0.8]])
def test_a_sound_blends_with_itself_to_itself(engine, clips, weights):
    twin = AudioClip(clips[0].samples.copy(), "twin")
    samples = engine.render(request([clips[0], twin], weights)).samples
    assert level_db(samples - clips[0].samples) - level_db(clips[0].samples) < -40.0


def test_no_render_is_louder_at_its_peak_than_full_scale_or_its_sources(engine):
    """A hit in silence and a steady noise: keeping the level would take the hit far over full scale."""
    rng = np.random.default_rng(4)
    hit = np.zeros((N_FRAMES, 1), np.float32)
    hit[20_000:20_400, 0] = rng.normal(0, 0.3, 400) * np.linspace(1, 0, 400)
    hit /= np.abs(hit).max()
    noise = rng.uniform(-1, 1, (N_FRAMES, 1)).astype(np.float32)
    a, b = AudioClip(hit, "hit"), AudioClip(noise, "noise")
    wanted = request([a, b], [0.5, 0.5])
    peaks = [np.abs(samples).max() for _, samples in engine.draft(wanted, 0)]
    assert max(*peaks, np.abs(engine.render(wanted).samples).max()) <= 1.0
    loud = AudioClip(hit * np.float32(3.0), "loud hit")
    assert 1.0 < np.abs(engine.render(request([loud, b], [0.9, 0.1])).samples).max() <= 3.0


@pytest.mark.parametrize("at", [0.25, 0.5, 0.75])
def test_level_lies_between_the_levels_of_the_ends(engine, clips, at):
    a, b, _ = clips
    loud = AudioClip(a.samples * np.float32(0.1), "quieter")
    samples = engine.render(request([loud, b], [1 - at, at])).samples
    expected = (1 - at) * lufs(loud.samples) + at * lufs(b.samples)
    assert lufs(samples) == pytest.approx(expected, abs=0.2)
    plain = engine.render(request([loud, b], [1 - at, at], match_loudness=False)).samples
    assert lufs(plain) < expected - 0.5


def test_the_draft_is_near_the_final(engine, clips):
    wanted = request(clips, [0.5, 0.3, 0.2])
    final = engine.render(wanted)
    draft = assembled(engine, wanted, start=50_000)
    assert not np.isnan(draft).any()
    assert lufs(draft) == pytest.approx(lufs(final.samples), abs=0.5)
    # Where a draft starts changes nothing of what it sounds like.
    assert np.allclose(draft, assembled(engine, wanted, start=3), atol=1e-4)


def test_a_draft_sounds_within_a_tenth_of_a_second_and_its_regions_join(engine, clips):
    """Where one region ends and the next begins, no step stands out among those beside it."""
    regions = list(engine.draft(request(clips, [0.5, 0.3, 0.2]), 20_000))
    assert len(regions[0][1]) < 4410 < len(regions[0][1]) + len(regions[1][1])
    assert sum(len(samples) for _, samples in regions) == N_FRAMES
    assert all((a + len(x)) % N_FRAMES == b for (a, x), (b, _) in itertools.pairwise(regions))
    for (_, before), (_, after) in zip(regions, regions[1:] + regions[:1], strict=True):
        bends = np.abs(np.diff(np.concatenate([before[-40:], after[:40]]), n=2, axis=0))
        assert (bends[38:40].max(axis=0) <= 1.2 * np.delete(bends, [38, 39], axis=0).max(axis=0)).all()


def test_the_spectrum_of_a_first_region_is_that_of_the_whole_target(engine, clips):
    """Against the final before iterating, in dB below it."""
    wanted = request(clips, [0.4, 0.35, 0.25], match_loudness=False, n_iterations=0)
    whole = engine.render(wanted).samples
    first, region = next(iter(engine.draft(wanted, 30_000)))
    expected = whole[first : first + len(region)]
    assert level_db(region - expected) < level_db(expected) - 30.0


def test_a_long_target_is_found_in_parts_and_is_that_of_all_columns_at_once(engine, monkeypatch):
    n_frames = 7 * 44_100
    long = [make_clip(seed, n_frames, n_channels) for seed, n_channels in ((1, 1), (2, 2))]
    wanted = request(long, [0.5, 0.5])
    counts = []

    def counted(mixture, first, count, columns=Mixture.columns):
        counts.append(count)
        return columns(mixture, first, count)

    with torch.inference_mode():
        mixture = engine._mixture(wanted)
        at_once, stft = target(mixture, engine._decoder, 0, mixture.transform.n_columns)
        monkeypatch.setattr(Mixture, "columns", counted)
        magnitude, found = whole_target(mixture, engine._decoder)
    assert sum(counts) == mixture.transform.n_columns > 1.5 * max(counts)
    assert float((magnitude / magnitude_from_db(at_once) - 1.0).abs().max()) < 1e-3
    assert float((found - stft).abs().max()) < 1e-3 * float(stft.abs().max())


def test_what_is_known_of_a_long_loop_does_not_depend_on_its_parts(monkeypatch):
    """Two parts against one: what the decoder makes of both sides of where they meet is the same."""
    long = make_clip(4, 7 * 44_100)
    found = []
    for at_once in (384, 4096):
        monkeypatch.setattr(sources_module, "_N_COLUMNS_AT_ONCE", at_once)
        sources = Sources(load_model(factory_model_path()).vae, torch.device("cpu"))
        with torch.inference_mode():
            found.append(sources.of(long, long.n_frames))
    in_parts, whole = found
    assert float((in_parts.latent - whole.latent).abs().max()) < 1e-3
    assert np.abs(in_parts.bands.whole - whole.bands.whole).max() < 1e-3
    assert np.abs(in_parts.bands.decoded - whole.bands.decoded).max() < 1e-3


def test_an_engine_keeps_no_second_decoder():
    model = load_model(factory_model_path())
    decoder = weakref.ref(model.vae.decoder)
    engine = MorphEngine(model, torch.device("cpu"))
    name = model.name
    del model
    gc.collect()
    assert decoder() is None
    assert engine.model.name == name


def test_an_engine_that_is_gone_leaves_nothing_to_the_collector(clips):
    gc.disable()
    try:
        gone = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
        gone.render(request(clips, [0.3, 0.3, 0.4], n_iterations=1))
        sources = gone._sources
        parts = [weakref.ref(part) for part in (gone, sources, sources.decoder, sources.cache)]
        kept = [weakref.ref(source.latent) for source in sources.cache._entries.values()]
        assert len(kept) == 3
        del gone, sources
        assert not [part() for part in [*parts, *kept] if part() is not None]
    finally:
        gc.enable()


def test_rehearsing_comes_to_an_end_and_changes_no_render(clips):
    fresh = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    wanted = request(clips, [0.3, 0.3, 0.4], n_iterations=1)
    before = fresh.render(wanted).samples
    rehearsed = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    n_calls = 1
    while rehearsed.rehearse(wanted):
        n_calls += 1
    assert n_calls == 3 + 3 + 1  # a call for each sound, one for each pair, and one that has nothing to do
    assert not rehearsed.rehearse(wanted)
    assert rehearsed.render(wanted).samples.tobytes() == before.tobytes()


@pytest.mark.parametrize(("n_channels", "first", "count"), [(1, 0, 1), (2, 27, 6), (2, 0, 30), (1, 12, 70)])
def test_a_stretch_is_decoded_as_the_whole_loop_is(n_channels, first, count):
    vae = load_model(factory_model_path()).vae
    latent = torch.randn(n_channels, 128, 30, generator=torch.Generator().manual_seed(first))
    with torch.inference_mode():
        whole = vae.decode(latent)
        for dtype, most in ((torch.float32, 1e-4), (torch.bfloat16, 0.05)):
            decoder = RowDecoder(vae, dtype)
            steps = torch.arange(first - decoder.context, first + count + decoder.context) % 30
            found = decoder(latent[:, :, steps].transpose(1, 2))
            columns = torch.arange(first * 4, (first + count) * 4) % 120
            assert float((found.transpose(1, 2) - whole[..., columns]).abs().max()) < most


def test_latents_of_every_column_are_those_of_the_loop_turned_round(clips):
    """Encoding a loop that begins one column later gives the latents one column later."""
    model = load_model(factory_model_path())
    sources = Sources(model.vae, torch.device("cpu"))
    n_frames = 120 * 400
    samples = clips[0].samples[:n_frames]
    with torch.inference_mode():
        plain = sources.of(AudioClip(samples.copy(), "plain"), n_frames)
        turned = sources.of(AudioClip(np.roll(samples, -3 * 500, axis=0), "turned"), n_frames)
    assert plain.latent.shape == (2, 96, 128)
    # Seams are closed at different places.
    error = (turned.latent - plain.latent.roll(-3, dims=1)).abs()[:, 12:-12]
    assert float(error.max()) < 1e-3


def test_a_source_takes_little_more_memory_than_its_sound(clips):
    sources = Sources(load_model(factory_model_path()).vae, torch.device("cpu"))
    with torch.inference_mode():
        made = sources.of(clips[0], N_FRAMES)
    assert made.n_bytes < 1.5 * clips[0].samples.nbytes


def test_iterating_comes_nearer_to_the_target(engine, clips):
    coarse = engine.render(request(clips[:2], [0.5, 0.5], n_iterations=0)).spectral_convergence_db
    fine = engine.render(request(clips[:2], [0.5, 0.5])).spectral_convergence_db
    assert fine < coarse - 3.0


def test_mono_stays_mono_and_stereo_wins(engine, clips):
    a, _, mono = clips
    other = make_clip(8, n_channels=1)
    assert engine.render(request([mono, other], [0.5, 0.5])).samples.shape == (N_FRAMES, 1)
    assert engine.render(request([mono, a], [0.5, 0.5])).samples.shape == (N_FRAMES, 2)
    assert engine.render(request([mono, a], [1.0, 0.0])).samples.shape == (N_FRAMES, 1)


def test_the_stereo_image_survives(engine):
    """Two loops that sound on the left only give a morph on the left only."""
    left = [make_clip(seed).samples * np.array([1.0, 0.01], np.float32) for seed in (1, 2)]
    a, b = (AudioClip(samples, "left") for samples in left)
    morph = engine.render(request([a, b], [0.5, 0.5])).samples
    assert level_db(morph[:, 0]) - level_db(morph[:, 1]) > 25.0


def test_detail_runs_from_decoder_to_source(engine, clips):
    a, b, _ = clips
    residuals = [
        level_db(engine.render(request([a, b], [1, 0], detail=detail)).samples - a.samples)
        for detail in (0.0, 0.5, 0.9)
    ]
    assert residuals == sorted(residuals, reverse=True)
    assert residuals[0] > level_db(a.samples) - 30.0


def test_cancelling_gives_a_whole_loop_at_once(engine, clips):
    result = engine.render(request(clips, [0.4, 0.3, 0.3]), lambda: True)
    assert result.samples.shape == (N_FRAMES, 2)
    assert np.isfinite(result.samples).all()


@pytest.mark.parametrize(
    ("weights", "options"),
    [([0.5, 0.6], {}), ([-0.5, 1.5], {}), ([1.0], {}), ([0.5, 0.5], {"detail": 2.0})],
)
def test_impossible_requests_are_told(clips, weights, options):
    with pytest.raises(ParameterError):
        request(clips[:2], weights, **options)


def bursts(times_s, seed) -> AudioClip:
    rng = np.random.default_rng(seed)
    loop = rng.normal(0, 1e-4, (2 * 44_100, 1))
    burst = rng.normal(0, 0.3, (5000, 1)) * np.exp(-np.arange(5000) / 900)[:, None]
    for time_s in times_s:
        loop[(round(time_s * 44_100) + np.arange(5000)) % len(loop)] += burst
    return AudioClip(loop.astype(np.float32), f"bursts {seed}")


def hits_s(samples) -> np.ndarray:
    loop = torch.from_numpy(samples.T.copy())
    magnitude = CircularStft(loop.shape[-1]).forward(loop).abs()
    return find_onsets(loop, magnitude, mel_matrix()).frames / 44_100


def test_hits_meet_in_between_or_where_they_were(engine):
    a, b = bursts([0.2, 0.7, 1.2, 1.7], 1), bursts([0.3, 0.8, 1.3, 1.8], 2)
    aligned = hits_s(engine.render(request([a, b], [0.5, 0.5])).samples)
    assert np.allclose(aligned, [0.25, 0.75, 1.25, 1.75], atol=0.008)
    plain = hits_s(engine.render(request([a, b], [0.5, 0.5], align=False)).samples)
    assert len(plain) > 4


def test_the_draft_is_aligned_as_the_final_is(engine):
    a, b = bursts([0.2, 0.7, 1.2, 1.7], 1), bursts([0.3, 0.8, 1.3, 1.8], 2)
    wanted = request([a, b], [0.4, 0.6])
    draft, final = assembled(engine, wanted, 30_000)[:, :1], engine.render(wanted).samples
    assert np.allclose(hits_s(draft), hits_s(final), atol=0.008)


@pytest.mark.parametrize("weight", [1e-6, 1e-4, 1e-2])
def test_a_final_beside_a_dot_leaves_later_drafts_as_loud_as_they_should_be(clips, weight):
    engine = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    a, b, _ = clips
    halfway = request([a, b], [0.5, 0.5])
    before = lufs(assembled(engine, halfway, 0))
    engine.render(request([a, b], [1 - weight, weight]))
    assert abs(lufs(assembled(engine, halfway, 0)) - before) < 6.0


def test_leaving_a_mono_dot_towards_a_stereo_one_is_no_jump(engine, clips):
    a, _, mono = clips
    at_dot = engine.render(request([mono, a], [1.0, 0.0])).samples
    beside = engine.render(request([mono, a], [0.9999, 0.0001])).samples
    assert abs(level_db(beside) - level_db(at_dot)) < 0.3


def test_a_third_sound_comes_in_without_a_jump(engine, clips):
    a, b, c = clips
    two = assembled(engine, request([a, b], [0.5, 0.5]), 0)
    three = assembled(engine, request([a, b, c], [0.49995, 0.49995, 0.0001]), 0)
    assert level_db(three - two) < level_db(two) - 12.0


def test_the_order_of_sounds_does_not_matter(engine, clips):
    a, b, _ = clips
    one, other = (engine.render(request(order, [0.5, 0.5])).samples for order in ([a, b], [b, a]))
    assert level_db(one - other) < level_db(one) - 60.0


def test_whole_numbers_are_weights_too(engine, clips):
    weights = (1, 1e-300, 1e-300)
    assert np.isfinite(engine.render(MorphRequest(clips, weights, N_FRAMES)).samples).all()
