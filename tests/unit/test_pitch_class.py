"""The pitch class of single notes: told right by the model that ships, learnt anew by one trained here."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import FileError, ModelError
from morphstudio.model.pitch_class import (
    N_BANDS,
    N_EXCERPT,
    N_SEMITONES,
    BandLevels,
    PitchClassifier,
    PitchNet,
    PitchNetConfig,
    band_midi,
    class_logits,
    excerpt,
    save_pitch_class_model,
)
from morphstudio.model.pitch_class_train import (
    PitchTrainSettings,
    Pool,
    augmented,
    calibrate,
    rendered_pool,
    train_pitch_class,
)
from morphstudio.paths import resources_dir
from morphstudio.synth.random_notes import HIGHEST_MIDI, LOWEST_MIDI, random_note
from morphstudio.synth.voices import hz

TINY = PitchNetConfig(n_channels=6, n_layers=2)


@pytest.fixture(scope="module")
def classifier():
    torch.set_num_threads(1)
    return PitchClassifier.load(resources_dir() / "models" / "pitch_class.safetensors")


@pytest.fixture
def tiny_file(tmp_path):
    torch.manual_seed(1)
    path = tmp_path / "tiny.safetensors"
    save_pitch_class_model(path, PitchNet(TINY), {"name": "Tiny"})
    return path


def time_s(seconds):
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def saw(midi, seconds=0.8, n=20):
    time, k = time_s(seconds), np.arange(1, n + 1)[:, None]
    partials = np.sin(2 * np.pi * k * hz(midi) * time) / k
    return partials[k[:, 0] * hz(midi) < 18_000].sum(axis=0).astype(np.float32)


def sine(midi, seconds=0.8):
    return np.sin(2 * np.pi * hz(midi) * time_s(seconds)).astype(np.float32)


@pytest.mark.parametrize("midi", range(28, 97, 4))
def test_saws_and_sines_are_told_in_every_octave(classifier, midi):
    for sound in (saw(midi), sine(midi)):
        found, sure = classifier.pitch_class(sound)
        assert found == midi % 12
        assert sure > 0.5


def test_rendered_notes_that_were_not_learnt_from_are_told(classifier):
    notes = [random_note(np.random.default_rng((424_242, number))) for number in range(260)]
    right, confidences = [], []
    for note in notes:
        if note.midi is not None:
            found, sure = classifier.pitch_class(note.samples)
            right.append(found == note.midi % 12)
            confidences.append(sure)
    assert np.mean(right) >= 0.95
    assert abs(np.mean(confidences) - np.mean(right)) < 0.04


def test_what_is_surer_is_right_more_often(classifier):
    rng = np.random.default_rng(5)
    answers = []
    for midi in range(30, 96, 2):
        noisy = saw(midi, 0.4) + rng.standard_normal(round(0.4 * RATE_HZ)).astype(np.float32) * 3.0
        found, sure = classifier.pitch_class(noisy)
        answers.append((sure, found == midi % 12))
    answers.sort()
    half = len(answers) // 2
    assert np.mean([right for _, right in answers[half:]]) >= np.mean([right for _, right in answers[:half]])


def test_noise_has_no_class_to_be_sure_of(classifier):
    noise = np.random.default_rng(3).standard_normal(RATE_HZ).astype(np.float32)
    assert classifier.pitch_class(noise)[1] < 0.5
    assert classifier.pitch_class(np.zeros(1000, np.float32))[1] == pytest.approx(1 / 12)
    assert classifier.pitch_class(np.zeros(0, np.float32))[1] == pytest.approx(1 / 12)


def test_short_long_quiet_and_broken_samples_are_listened_to(classifier):
    assert classifier.pitch_class(saw(57, 0.06))[0] == 9
    assert classifier.pitch_class(np.tile(saw(57), 20))[0] == 9
    assert classifier.pitch_class(0.01 * saw(57))[0] == 9
    broken = saw(57)
    broken[100] = np.nan
    found, sure = classifier.pitch_class(broken)
    assert found in range(12)
    assert np.isfinite(sure)


def test_the_level_changes_nothing(classifier):
    found = classifier.pitch_class(saw(50))
    assert classifier.pitch_class(0.1 * saw(50)) == pytest.approx(found, abs=1e-3)


def test_real_sounds_that_name_their_note_are_told(classifier, real_sounds):
    from morphstudio.audio.files import load_clip

    names = {"bass_dnb_f": 5, "bass_hard_c": 0, "bass_hit_c": 0, "bass_thick_c": 0, "bass_trance_c": 0}
    right = [
        classifier.pitch_class(load_clip(real_sounds / f"{name}.flac")[0].samples.mean(axis=1))[0] == wanted
        for name, wanted in names.items()
    ]
    assert sum(right) >= 4


def test_the_excerpt_begins_after_the_loudest_moment():
    sound = np.zeros(4 * RATE_HZ, np.float32)
    sound[2 * RATE_HZ :] = np.exp(-np.arange(2 * RATE_HZ) / RATE_HZ)
    part = excerpt(sound)
    assert part.shape == (N_EXCERPT,)
    assert part[0] == pytest.approx(1.0)
    assert np.all(np.diff(part) <= 0)


def test_a_band_is_loudest_for_a_tone_in_its_middle():
    levels = BandLevels()
    for midi in (40, 60, 90):
        found = levels(torch.from_numpy(excerpt(sine(midi, 1.5)))[None])[0, 0]
        assert found.shape == (N_BANDS,)
        assert float(band_midi()[int(found.argmax())]) == pytest.approx(midi, abs=0.4)
        assert float(found.max()) == 0.0


def test_a_class_collects_its_octaves():
    notes = torch.full((1, N_SEMITONES), -20.0)
    notes[0, 7::12] = 1.0
    assert int(class_logits(notes).argmax()) == 7


def test_notes_are_drawn_from_their_seed_and_are_in_range():
    first, again = (random_note(np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(first.samples, again.samples)
    notes = [random_note(np.random.default_rng((1, number))) for number in range(120)]
    assert all(np.isfinite(note.samples).all() and np.abs(note.samples).max() <= 1 for note in notes)
    midis = [note.midi for note in notes if note.midi is not None]
    assert LOWEST_MIDI <= min(midis) < 40
    assert 80 < max(midis) <= HIGHEST_MIDI
    assert len(midis) < len(notes)


def test_a_moved_spectrum_is_that_of_a_moved_note():
    levels_of = BandLevels()
    levels = levels_of(torch.from_numpy(np.stack([excerpt(saw(60, 1.0))] * 8)))
    seen = set()
    for seed in range(12):
        generator = torch.Generator().manual_seed(seed)
        result, midi = augmented(levels, torch.full((8,), 60), generator)
        assert result.shape == levels.shape
        assert float(result.max()) == 0.0
        note = int(midi[0])
        seen.add(note)
        wanted = levels_of(torch.from_numpy(excerpt(saw(note, 1.0)))[None])[0, 0]
        closeness = {
            other: float(torch.corrcoef(torch.stack([wanted.roll(3 * (other - note)), result[0, 0]]))[0, 1])
            for other in range(note - 2, note + 3)
        }
        assert max(closeness, key=closeness.get) == note
    assert len(seen) >= 4


def test_calibrating_makes_an_overconfident_net_modest():
    pool = rendered_pool(64, 11)
    torch.manual_seed(2)
    net = PitchNet(TINY).eval()
    with torch.no_grad():
        net.last.weight.mul_(40.0)
    figures = calibrate(net, Pool(pool.levels, pool.midi))
    assert float(net.temperature) > 1.5
    assert abs(figures.confidence - figures.accuracy) < 0.3


def test_a_few_seconds_of_training_learn_something_and_leave_one_file(tmp_path):
    torch.set_num_threads(1)
    losses = []
    settings = PitchTrainSettings(n_notes=128, seconds=2.5, config=TINY)
    out = tmp_path / "small.safetensors"
    train_pitch_class(out, settings, lambda step, share, loss: losses.append(loss))
    assert np.mean(losses[-3:]) < losses[0]
    assert [path.name for path in tmp_path.iterdir()] == ["small.safetensors"]
    card = PitchClassifier.load(out).card
    assert card["licence"] == "CC0-1.0"
    assert "random_notes" in card["training_data"]


def test_training_says_at_once_where_it_cannot_write(tmp_path):
    with pytest.raises(FileError):
        train_pitch_class(tmp_path / "nowhere" / "x.safetensors", PitchTrainSettings(n_notes=8))


def test_the_model_that_ships_is_small_and_says_what_it_is(classifier):
    path = resources_dir() / "models" / "pitch_class.safetensors"
    assert path.stat().st_size < 1_000_000
    assert classifier.card["licence"] == "CC0-1.0"
    assert classifier.card["figures"]["accuracy"] > 0.9


def rewritten(path, tensors=None, **changes):
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        header = json.loads(file.metadata()["morphstudio"])
    tensors = load_file(path) if tensors is None else tensors
    save_file(tensors, path, {"morphstudio": json.dumps(header | changes)})


def of_the_future(path):
    rewritten(path, format=99)


def of_another_kind(path):
    rewritten(path, preset="studio")


def huge(path):
    rewritten(path, arguments={"n_channels": 10**9, "n_layers": 2})


def of_words(path):
    rewritten(path, arguments={"n_channels": "many", "n_layers": 2})


def of_other_shapes(path):
    rewritten(path, arguments={"n_channels": 7, "n_layers": 2})


def with_holes(path):
    tensors = load_file(path)
    tensors["last.bias"].fill_(float("nan"))
    rewritten(path, tensors)


def cold(path):
    tensors = load_file(path)
    tensors["temperature"].zero_()
    rewritten(path, tensors)


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-100])


def not_a_model(path):
    path.write_bytes(b"RIFF" * 100)


def gone(path):
    path.unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        of_the_future, of_another_kind, huge, of_words, of_other_shapes, with_holes, cold, cut_off,
        not_a_model, gone,
    ],
)  # fmt: skip
def test_a_file_that_is_not_such_a_model_is_refused_in_a_sentence(tiny_file, spoil):
    assert PitchClassifier.load(tiny_file).card == {"name": "Tiny"}
    spoil(tiny_file)
    with pytest.raises(ModelError, match=r"tiny\.safetensors") as raised:
        PitchClassifier.load(tiny_file)
    assert raised.value.hint
