"""What kind a sound is: the network, its file, its training, the command, and the model that ships."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
import torch
from safetensors.torch import save_file

from morphstudio.audio.clip import RATE_HZ
from morphstudio.cli import _run
from morphstudio.errors import ModelError
from morphstudio.library.kinds import Kind
from morphstudio.model.confusion import confusion_svg
from morphstudio.model.tagger import (
    Tagger,
    TaggerConfig,
    TaggerNetwork,
    excerpt_of,
    factory_tagger_path,
)
from morphstudio.model.tagger_examples import ExampleMaker, layered, levels_of, varied
from morphstudio.model.tagger_train import (
    TaggerTrainer,
    TagSettings,
    add_variants,
    fitted_temperature,
    held_out,
)
from morphstudio.synth.one_shots import random_sound


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def factory():
    return Tagger.load(factory_tagger_path())


def untrained(labels=("kick", "snare", "birds"), temperature=1.5):
    torch.manual_seed(1)
    return Tagger(TaggerNetwork(TaggerConfig(), len(labels)), tuple(labels), temperature, {"licence": "CC0"})


def noise(seconds=0.5, seed=0):
    return np.random.default_rng(seed).standard_normal(int(seconds * RATE_HZ)).astype(np.float32) * 0.1


def tone(hz, seconds=0.4):
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * time) * np.exp(-time * 8)).astype(np.float32)


# What is heard


def test_level_polarity_and_silence_around_make_no_difference():
    tagger, sound = untrained(), noise()
    plain = tagger.chances(sound)
    assert np.allclose(tagger.chances(sound * 0.003), plain, atol=1e-4)
    assert np.allclose(tagger.chances(-sound), plain, atol=1e-4)
    later = np.concatenate((np.zeros(64 * 500, np.float32), sound, np.zeros(RATE_HZ, np.float32)))
    assert np.allclose(tagger.chances(later), plain, atol=2e-3)


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0, np.float32),
        np.ones(1, np.float32),
        np.zeros(5000, np.float32),
        np.full(3000, np.nan, np.float32),
        np.full(100, 1e30, np.float32),
    ],
    ids=["empty", "one frame", "silent", "not a number", "absurdly loud"],
)
def test_any_array_gets_an_answer(sound):
    kind, confidence = untrained().kind(sound)
    assert isinstance(kind, Kind)
    assert 0.0 <= confidence <= 1.0
    assert np.isfinite(untrained().embedding(sound)).all()


def test_chances_add_up_and_embeddings_have_length_one():
    tagger = untrained()
    assert tagger.chances(noise()).sum() == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(tagger.embedding(noise())) == pytest.approx(1.0, abs=1e-5)
    assert tagger.embedding(noise()).dtype == np.float32


def test_labels_that_are_no_kinds_are_told_as_labels_only():
    tagger = untrained(("birds", "trains"))
    assert tagger.label(noise())[0] in ("birds", "trains")
    with pytest.raises(ModelError):
        tagger.kind(noise())


def test_the_duration_is_that_of_what_sounds():
    sound = np.concatenate((np.zeros(10_000), np.ones(RATE_HZ), np.zeros(30_000))).astype(np.float32)
    excerpt, duration_s = excerpt_of(sound, TaggerConfig())
    assert duration_s == pytest.approx(1.0, abs=0.01)
    assert np.argmax(excerpt > 0) < 0.01 * RATE_HZ
    assert excerpt.size == TaggerConfig().n_frames


# The file


def test_a_saved_model_says_the_same(tmp_path):
    tagger, path = untrained(), tmp_path / "own.safetensors"
    tagger.save(path)
    loaded = Tagger.load(path)
    assert loaded.labels == tagger.labels
    assert loaded.card == {"licence": "CC0"}
    assert np.allclose(loaded.chances(noise()), tagger.chances(noise()), atol=2e-3)


def changed(path, change):
    """The same file, its header or tensors changed."""
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        header = json.loads(file.metadata()["morphstudio"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    change(header, tensors)
    save_file(tensors, path, {"morphstudio": json.dumps(header)})


@pytest.mark.parametrize(
    "change",
    [
        lambda header, tensors: header.pop("labels"),
        lambda header, tensors: header.update(labels=["one"]),
        lambda header, tensors: header.update(labels=["a", "a", "b"]),
        lambda header, tensors: header.update(format=99),
        lambda header, tensors: header.update(network="vae"),
        lambda header, tensors: header.update(temperature=float("nan")),
        lambda header, tensors: header["arguments"].update(width=10**6),
        lambda header, tensors: header["arguments"].update(width=True),
        lambda header, tensors: header["arguments"].pop("width"),
        lambda header, tensors: header["mel"].update(hop=100),
        lambda header, tensors: tensors.pop("classifier.bias"),
        lambda header, tensors: tensors.update(extra=torch.zeros(1)),
        lambda header, tensors: tensors.update({"classifier.bias": torch.zeros(4)}),
        lambda header, tensors: tensors.update({"classifier.bias": torch.full((3,), float("nan"))}),
    ],
)
def test_a_file_that_is_not_right_is_refused_in_one_sentence(tmp_path, change):
    path = tmp_path / "own.safetensors"
    untrained().save(path)
    changed(path, change)
    with pytest.raises(ModelError) as refusal:
        Tagger.load(path)
    assert "own.safetensors" in str(refusal.value)


def test_what_is_no_model_at_all_is_refused(tmp_path):
    for name, content in {"text.safetensors": b"hello", "empty.safetensors": b""}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ModelError):
            Tagger.load(tmp_path / name)
    with pytest.raises(ModelError):
        Tagger.load(tmp_path / "missing.safetensors")


# Training


def test_a_fifth_of_each_label_is_held_out_whatever_the_order():
    names = [f"{label}{index}.wav" for label in "ab" for index in range(10)] + ["only.wav"]
    labels = [name[0] for name in names]
    chosen = held_out(names, labels)
    assert sum(chosen[:10]) == sum(chosen[10:20]) == 2
    assert not chosen[20]
    back = held_out(names[::-1], labels[::-1])[::-1]
    assert back == chosen


def test_changed_spectrograms_stay_in_range_and_differ():
    maker = ExampleMaker(TaggerConfig())
    for seed in range(8):
        maker.add(noise(seed=seed), 0)
    levels = levels_of(maker.examples().levels)
    result = varied(levels, torch.Generator().manual_seed(0))
    assert result.shape == levels.shape
    assert float(result.min()) >= -1.0
    assert float(result.max()) <= 1.0
    assert (result != levels).flatten(1).any(1).all()


def test_layers_add_to_a_sound_and_leave_some_alone():
    maker = ExampleMaker(TaggerConfig())
    for number in range(32):
        maker.add(tone(100 + 20 * number), 0)
    levels = levels_of(maker.examples().levels)
    result = layered(levels, levels.roll(1, 0), 0.5, torch.Generator().manual_seed(0))
    assert (result >= levels).all()
    assert float(result.max()) <= 1.0
    is_changed = (result != levels).flatten(1).any(1).float().mean()
    assert 0.2 < float(is_changed) < 0.8


def test_examples_are_what_the_network_hears():
    config = TaggerConfig()
    network = TaggerNetwork(config, 3).eval()
    maker = ExampleMaker(config)
    sound = tone(300)
    maker.add(sound, 2)
    examples = maker.examples()
    excerpt, duration_s = excerpt_of(sound, config)
    heard = network.encoder.levels(torch.from_numpy(excerpt)[None])
    assert float((levels_of(examples.levels) - heard).abs().max()) < 0.006
    assert examples.durations_s[0] == pytest.approx(duration_s)
    assert examples.targets[0] == 2


def test_a_few_steps_tell_tones_from_noise_and_the_result_is_calibrated():
    maker, kept = ExampleMaker(TaggerConfig()), ExampleMaker(TaggerConfig())
    rng = np.random.default_rng(0)
    for seed in range(12):
        target_maker = kept if seed >= 8 else maker
        add_variants(target_maker, tone(rng.uniform(100, 400)), 0, rng, most=3)
        add_variants(target_maker, noise(0.3, seed), 1, rng, most=3)
    settings = TagSettings(60.0, max_steps=25, batch_size=24)
    seen = []
    trainer = TaggerTrainer(settings, ["tone", "noise"], maker.examples(), kept.examples(), {})
    result = trainer.run(seen.append, lambda: False)
    assert result.steps == 25
    assert seen[-1].loss < seen[0].loss
    assert result.accuracy > 0.8
    assert result.tagger.label(tone(200))[0] == "tone"


def test_a_run_that_is_stopped_at_once_still_has_a_result():
    maker = ExampleMaker(TaggerConfig())
    maker.add(tone(100), 0)
    maker.add(noise(), 1)
    empty = ExampleMaker(TaggerConfig()).examples()
    result = TaggerTrainer(TagSettings(5.0), ["a", "b"], maker.examples(), empty, {}).run(
        lambda progress: None, lambda: True
    )
    assert result.steps == 0
    assert result.accuracy is None
    assert np.isfinite(result.tagger.chances(noise())).all()


def test_the_temperature_makes_overconfident_logits_honest():
    rng = np.random.default_rng(0)
    targets = rng.integers(0, 3, 400)
    said = np.where(rng.random(400) < 0.7, targets, rng.integers(0, 3, 400))
    logits = np.zeros((400, 3), np.float32)
    logits[np.arange(400), said] = 6.0
    temperature = fitted_temperature(logits, targets)
    right = (said == targets).mean()
    confidence = np.exp(6.0 / temperature) / (np.exp(6.0 / temperature) + 2)
    assert confidence == pytest.approx(right, abs=0.05)


# The picture


def test_the_picture_is_a_well_formed_svg_with_every_label_and_number():
    labels = ["kick", "a <very> long & odd label indeed", "hat"]
    confusion = np.array([[5, 0, 1], [0, 7, 0], [2, 0, 0]])
    svg = confusion_svg(labels, confusion, "12 of 15 right")
    texts = [
        element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")
    ]
    assert {"12 of 15 right", "kick", "hat", "5", "7", "2", "1"} <= set(texts)
    assert any(text.startswith("a <very> long & odd") for text in texts)


# The command


@pytest.fixture
def own_folder(tmp_path):
    folder = tmp_path / "own"
    for number in range(6):
        for label, sound in {"Tone": tone(120 + 40 * number), "noise": noise(0.3, number)}.items():
            path = folder / label / f"{label}{number}_take.wav"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, sound, RATE_HZ)
    return folder


def test_tags_train_writes_a_model_a_picture_and_a_table(own_folder, tmp_path, capsys):
    (own_folder / "noise" / "broken.wav").write_text("no sound")
    out = tmp_path / "own.safetensors"
    assert _run(["tags", "train", str(own_folder), "--out", str(out), "--seconds", "4"]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == str(out)
    assert "held-out sounds right" in told.err
    assert "broken.wav" in told.err
    tagger = Tagger.load(out)
    assert tagger.labels == ("noise", "tone")
    assert tagger.card["training_data"]["held_out"] == 2
    ElementTree.fromstring(out.with_suffix(".svg").read_text(encoding="utf-8"))


def test_tags_train_takes_the_label_from_the_name(own_folder, tmp_path, capsys):
    out = tmp_path / "own.safetensors"
    command = ["tags", "train", str(own_folder), "--label-regex", "([0-4])_take", "-o", str(out)]
    assert _run([*command, "--seconds", "1", "--json"]) == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert done["labels"] == ["0", "1", "2", "3", "4"]
    assert done["stage"] == "done"
    assert Path(done["picture"]).is_file()
    assert np.array(done["confusion"]).sum() == done["held_out"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["{own}/missing"], "no folder"),
        (["{own}/Tone"], "one label"),
        (["{empty}"], "no sound"),
        (["{own}", "--label-regex", "("], "regular expression"),
        (["{own}", "--label-regex", "take"], "no groups"),
        (["{own}", "--label-regex", "(t)(a)ke"], "2 groups"),
        (["{own}", "--label-regex", "(nowhere)"], "finds a label"),
        (["{own}", "--out", "{own}/model.bin"], ".safetensors"),
        (["{own}", "--seconds", "0"], "--seconds"),
        (["{own}", "--rendered", "-1"], "--rendered"),
        (["{own}", "--soundfont", "{own}/missing.sf2"], "no sound font"),
        (["{unreadable}"], "can be read"),
    ],
)
def test_tags_train_refuses_in_one_sentence(own_folder, tmp_path, capsys, options, words):
    places = {"own": own_folder, "empty": tmp_path / "empty", "unreadable": tmp_path / "unreadable"}
    places["empty"].mkdir()
    for label in ("a", "b"):
        (places["unreadable"] / label).mkdir(parents=True)
        (places["unreadable"] / label / "x.wav").write_text("no sound")
    given = [option.format(**places) for option in options]
    model = tmp_path / "model.safetensors"
    out = [] if "--out" in given else ["--out", str(model)]
    assert _run(["tags", "train", *given, *out]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert not model.exists()


# The model that ships


def test_the_shipped_model_knows_the_kinds_and_is_small(factory):
    assert set(factory.labels) == set(map(str, Kind))
    assert factory_tagger_path().stat().st_size < 1_500_000
    assert factory.card["licence"] == "CC0-1.0"


def test_the_shipped_model_tells_sounds_that_it_never_met(factory):
    kinds = (Kind.KICK, Kind.SNARE, Kind.HAT, Kind.CLAP, Kind.CYMBAL, Kind.TOM, Kind.BASS, Kind.VOCAL)
    right = [
        factory.kind(random_sound(np.random.default_rng([10**6 + seed, number]), kind))[0] is kind
        for number, kind in enumerate(kinds)
        for seed in range(6)
    ]
    assert np.mean(right) > 0.7


def test_the_shipped_model_finds_alike_what_is_of_one_kind(factory):
    def embedded(kind, seed):
        return factory.embedding(random_sound(np.random.default_rng([10**6 + seed, 1]), kind))

    kicks, hats = ([embedded(kind, seed) for seed in range(5)] for kind in (Kind.KICK, Kind.HAT))
    within = np.mean([a @ b for a in kicks for b in kicks if a is not b])
    across = np.mean([a @ b for a in kicks for b in hats])
    assert within > across + 0.2
