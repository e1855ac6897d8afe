import itertools
from pathlib import Path

import numpy as np
import pytest
import soundfile

from morphstudio import paths
from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.sounds import Family, family_of_name
from morphstudio.synth import effects, lines, patterns, voices
from morphstudio.synth.__main__ import main
from morphstudio.synth.demo import demo_loop, demo_loops, demo_makers, write_loop
from morphstudio.synth.desk import N_FRAMES, loudness_db, mastered
from morphstudio.synth.random_loops import random_loop

EXPECTED_KINDS = {
    Family.DRUMS: 6,
    Family.PERC: 4,
    Family.BASS: 5,
    Family.SYNTH: 5,
    Family.TEXTURE: 3,
}


@pytest.fixture(scope="module")
def loops():
    return dict(demo_loops())


def _steps(samples):
    """Size of each step from a frame to the next, the last being the seam."""
    return np.max(np.abs(np.diff(samples, axis=0, append=samples[:1])), axis=1)


def _log_bands(samples, columns=64):
    """A coarse picture of the sound, to tell loops apart: bands over time, in dB."""
    mono = samples.mean(axis=1)[: N_FRAMES // columns * columns].reshape(columns, -1)
    power = np.abs(np.fft.rfft(mono * np.hanning(mono.shape[1]), axis=1)) ** 2
    edges = np.geomspace(1, power.shape[1] - 1, 25).astype(int)
    return 10 * np.log10(np.add.reduceat(power, edges, axis=1) + 1e-9)


def test_demo_loops_are_two_stereo_bars_at_120(loops):
    assert len(loops) >= 18
    assert N_FRAMES / RATE_HZ == 8 * 60 / 120
    for name, samples in loops.items():
        assert samples.shape == (176_400, 2), name
        assert samples.dtype == np.float32, name
        assert np.isfinite(samples).all(), name
        assert not np.array_equal(samples[:, 0], samples[:, 1]), name


def test_demo_loops_are_equally_loud_and_leave_headroom(loops):
    for name, samples in loops.items():
        assert np.max(np.abs(samples)) < 10 ** (-1 / 20), name
        assert loudness_db(samples.T.astype(float)) == pytest.approx(-14, abs=1), name
        # Nothing rests on an offset, which would click wherever the loop is cut.
        assert np.max(np.abs(samples.mean(axis=0))) < 1e-3, name


def test_demo_loops_meet_at_the_seam(loops):
    for name, samples in loops.items():
        steps = _steps(samples)
        assert steps[-1] <= np.max(steps[:-1]), name
        # A cut-off tail would leave a jump among quiet neighbours just before the seam.
        curve = np.abs(samples[-1] - samples[-2])
        assert np.max(np.abs(samples[0] - samples[-1])) <= 0.15 + 4 * np.max(curve), name


def test_demo_loops_sound_all_through_or_rest_briefly(loops):
    for name, samples in loops.items():
        blocks = samples[: N_FRAMES // 16 * 16].reshape(16, -1)
        levels_db = 20 * np.log10(np.sqrt(np.mean(blocks**2, axis=1)) + 1e-9)
        assert np.sum(levels_db > -45) >= 14, name


def test_demo_loops_differ_from_each_other(loops):
    pictures = {name: _log_bands(samples) for name, samples in loops.items()}
    for (name, picture), (other, second) in itertools.combinations(pictures.items(), 2):
        assert np.mean(np.abs(picture - second)) > 4, (name, other)


def test_second_bar_is_not_the_first(loops):
    half = N_FRAMES // 2
    for name, samples in loops.items():
        difference = samples[:half] - samples[half:]
        assert np.std(difference) > 0.1 * np.std(samples), name


def test_names_tell_the_kinds():
    kinds = [family_of_name(name) for name in demo_makers()]
    assert {kind: kinds.count(kind) for kind in Family} == EXPECTED_KINDS


@pytest.mark.parametrize("name", ["Garage drums", "Reese bass", "Noise texture"])
def test_rendering_twice_gives_the_same_bytes(loops, name):
    assert demo_loop(name).tobytes() == loops[name].tobytes()


def test_shipped_loops_are_what_the_command_renders(loops):
    folder = paths.demo_loops_dir()
    assert {path.stem for path in folder.glob("*.flac")} == set(loops)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 8_000_000
    for name in ("House drums", "Dub chords", "Acid bass"):
        shipped, rate_hz = soundfile.read(folder / f"{name}.flac", dtype="float32")
        assert rate_hz == RATE_HZ
        assert soundfile.info(folder / f"{name}.flac").subtype == "PCM_16"
        # Other processors round differently, so within -50 dB and not to the bit.
        assert np.std(shipped - loops[name]) < 10 ** (-50 / 20) * np.std(loops[name]), name


def test_written_loop_is_within_its_dither(tmp_path, loops):
    write_loop(tmp_path / "a.flac", loops["Glass arp"])
    write_loop(tmp_path / "b.flac", loops["Glass arp"])
    assert (tmp_path / "a.flac").read_bytes() == (tmp_path / "b.flac").read_bytes()
    back, _ = soundfile.read(tmp_path / "a.flac")
    assert np.max(np.abs(back - loops["Glass arp"])) < 2 / 32_768


def test_command_wants_one_folder(capsys):
    assert main([]) == 2
    assert main(["--help"]) == 2
    assert "FOLDER" in capsys.readouterr().err
    assert not Path("--help").exists()


def test_random_loops_are_sound():
    for seed in range(60):
        samples = random_loop(np.random.default_rng(seed), 1.5)
        assert samples.shape == (66_150, 2), seed
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all(), seed
        assert np.max(np.abs(samples)) <= 1, seed
        assert np.std(samples) > 1e-3, seed


@pytest.mark.parametrize("duration_s", [0.05, 0.31, 2.0, 7.003])
def test_random_loops_take_any_length(duration_s):
    for seed in range(6):
        samples = random_loop(np.random.default_rng(seed), duration_s)
        assert samples.shape == (round(duration_s * RATE_HZ), 2)
        assert np.std(samples) > 1e-3, seed


def test_random_loops_follow_the_generator():
    first, again, other = (random_loop(np.random.default_rng(seed), 1.0) for seed in (5, 5, 6))
    assert first.tobytes() == again.tobytes()
    assert not np.array_equal(first, other)


def test_random_loops_have_no_worse_seam_than_inside():
    worse = 0
    for seed in range(40):
        steps = _steps(random_loop(np.random.default_rng(seed), 1.0))
        worse += bool(steps[-1] > np.max(steps[:-1]))
    assert worse == 0


def test_placed_sound_wraps_round():
    track = np.zeros((2, 10))
    effects.place(track, np.arange(1.0, 26.0), 8)
    # 25 frames from frame 8 on: frames 8 and 9, two whole turns, and three more.
    assert track.sum() == pytest.approx(2 * np.arange(1.0, 26.0).sum())
    assert track[0, 8] == pytest.approx(1 + 11 + 21)
    assert track[0, 0] == pytest.approx(3 + 13 + 23)


@pytest.mark.parametrize(
    "effect",
    [
        lambda track: effects.filtered(track, "lowpass", 400.0, circular=True),
        lambda track: effects.delay(track, wet=0.5, delay_frames=3000.5, feedback=0.6),
        lambda track: effects.reverb(track, np.random.default_rng(0), wet=0.5, decay_s=1.0),
        lambda track: effects.compressed(track, threshold_db=-20, ratio=4),
    ],
    ids=["filter", "delay", "reverb", "compressor"],
)
def test_effects_do_not_know_where_the_loop_begins(effect):
    track = np.random.default_rng(1).standard_normal((2, 44_160)) * np.linspace(0, 0.3, 44_160)
    # A multiple of the compressor's block, the only grid that an effect has.
    shift = 64 * 200
    turned = np.roll(effect(np.roll(track, shift, axis=1)), -shift, axis=1)
    assert np.max(np.abs(turned - effect(track))) < 1e-3 * np.max(np.abs(track))


def test_plucked_string_is_in_tune():
    for freq_hz in (55.0, 220.0, 987.77):
        note = voices.plucked(np.random.default_rng(0), freq_hz, 2.0, decay_s=3.0, bright=0.5)
        spectrum = np.abs(np.fft.rfft(note * np.hanning(note.size), 1 << 19))
        around = np.arange(spectrum.size) * RATE_HZ / (1 << 19)
        near = (around > 0.9 * freq_hz) & (around < 1.1 * freq_hz)
        found = around[near][np.argmax(spectrum[near])]
        assert abs(1200 * np.log2(found / freq_hz)) < 4, freq_hz


def test_line_meets_itself_at_the_seam():
    grid = patterns.Grid(44_100, 2)
    patch = lines.LinePatch(voices.spectrum("saw"), (-9.0, 8.0), sub=0.5, release_s=0.2)
    notes = lines.notes_of("0 = = = 3 = = =", 45)
    out = lines.line(notes, grid, patch, gate=1.0)
    inside = np.abs(np.diff(out))
    assert abs(out[0] - out[-1]) <= np.max(inside)


def test_mastered_brings_any_level_to_the_same_loudness():
    rng = np.random.default_rng(3)
    track = rng.standard_normal((2, N_FRAMES)) * 0.1
    levels = [loudness_db(mastered(track * gain).T.astype(float)) for gain in (0.01, 1.0, 30.0)]
    assert levels == pytest.approx([-14, -14, -14], abs=0.3)


def test_swing_delays_only_the_odd_steps():
    straight, swung = patterns.Grid(N_FRAMES, 8), patterns.Grid(N_FRAMES, 8, 0.3)
    for step in range(32):
        late = swung.frame(step) - straight.frame(step)
        assert late == pytest.approx(0.3 * straight.step_frames * (step % 2), abs=1)
