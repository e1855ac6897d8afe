"""The mixer's promises: no gap, no click, no jump in power, nothing that grows."""

import gc
import tracemalloc

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.decks import DECK_FRAMES, HEARD, N_STAMPS, PEAK, PLAYING, POSITION, TAP_COUNT
from morphstudio.audio.mixer import CROSSFADE_FRAMES, START_STOP_FRAMES
from morphstudio.errors import ParameterError
from tests.audio.backend import FakeBackend


def noise(n_frames, seed=0, gain=0.2):
    return np.random.default_rng(seed).normal(0, gain, (n_frames, 2)).astype(np.float32)


def low_tone(n_frames, n_turns, gain=0.5, phase=0.0):
    wave = gain * np.sin(2 * np.pi * n_turns * np.arange(n_frames) / n_frames + phase)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def roughness(samples):
    """Largest second difference: what a click raises."""
    return np.abs(np.diff(samples, n=2, axis=0)).max()


def corner_of_a_fade(level):
    """What a tenth of a straight fade's corner would be."""
    return 0.1 * level / START_STOP_FRAMES


def sounding(backend, samples):
    """Publish, play, and go past the fade-in."""
    backend.publish(samples)
    backend.play()
    backend.pull(START_STOP_FRAMES)
    return backend


@pytest.mark.parametrize("n_frames", [1, 7, 441, 512, 5000, 44_100])
@pytest.mark.parametrize("block_frames", [64, 512, 1000])
def test_the_loop_is_gapless_and_bit_exact(n_frames, block_frames):
    loop = noise(n_frames)
    backend = sounding(FakeBackend(block_frames), loop)
    played = backend.pull(3 * n_frames + 100)
    expected = loop[np.arange(START_STOP_FRAMES, START_STOP_FRAMES + len(played)) % n_frames]
    assert np.array_equal(played, expected)


def test_nothing_published_is_silence():
    backend = FakeBackend()
    backend.play()
    assert not backend.pull(2000).any()
    assert backend.shared.words[TAP_COUNT] == 0
    backend.publish(noise(3000))
    assert backend.pull(2000).any()


def test_a_start_can_wait_for_what_is_yet_to_be_published():
    backend = FakeBackend()
    backend.publish(noise(3000))
    backend.shared.words[PLAYING] = 2
    backend.seek(100)
    assert not backend.pull(2000).any()
    new = noise(3000, seed=1)
    backend.publish(new)
    played = backend.pull(2000)[START_STOP_FRAMES:]
    first = 100 + START_STOP_FRAMES
    assert np.array_equal(played, new[first : first + len(played)])


def test_stopped_is_silence_and_stays_in_place():
    backend = sounding(FakeBackend(), noise(40_000))
    backend.pull(1000)
    backend.play(False)
    backend.pull(512)
    position = backend.shared.words[POSITION]
    assert not backend.pull(2000).any()
    assert backend.shared.words[POSITION] == position


def test_starting_and_stopping_does_not_click():
    loop = low_tone(44_100, 5, phase=np.pi / 2)
    backend = FakeBackend()
    backend.publish(loop)
    backend.pull(512)
    backend.play()
    played = [backend.pull(3000)]
    backend.play(False)
    played.append(backend.pull(3000))
    backend.play()
    played.append(backend.pull(100))
    backend.play(False)  # in the middle of the fade-in
    played.append(backend.pull(3000))
    played = np.concatenate(played)
    assert roughness(played[:6000]) < roughness(loop) + corner_of_a_fade(0.5)
    assert np.abs(np.diff(played, axis=0)).max() < 1.6 * 0.5 / START_STOP_FRAMES
    assert not played[3000 + 512 : 6000].any()


@pytest.mark.parametrize("n_before", [0, 3, 511])
def test_switching_keeps_the_position(n_before):
    old, new = noise(20_000, 1), noise(20_000, 2)
    backend = sounding(FakeBackend(), old)
    backend.pull(n_before)
    start = backend.n_pulled
    backend.publish(new)
    played = backend.pull(4000)
    index = np.arange(start, start + 4000)
    assert np.array_equal(played[CROSSFADE_FRAMES:], new[index[CROSSFADE_FRAMES:]])
    assert np.abs(played[0] - old[start]).max() < 0.01


@pytest.mark.parametrize(("n_old", "n_new"), [(20_000, 3000), (3000, 20_000), (20_000, 10), (300, 200)])
def test_another_length_goes_on_modulo_its_length(n_old, n_new):
    backend = sounding(FakeBackend(), noise(n_old, 1))
    backend.pull(12_345 - START_STOP_FRAMES)
    new = noise(n_new, 2)
    backend.publish(new)
    played = backend.pull(5000)[CROSSFADE_FRAMES:]
    index = (12_345 % n_old % n_new + CROSSFADE_FRAMES + np.arange(len(played))) % n_new
    assert np.array_equal(played, new[index])


@pytest.mark.parametrize(
    ("n_new", "beats_new"), [(9000, 8), (15_000, 8), (24_000, 16), (6000, 4), (40_000, 4)]
)
def test_another_tempo_goes_on_at_the_same_beat(n_new, beats_new):
    backend = FakeBackend()
    backend.publish(noise(12_000, 1), 8)
    backend.play()
    backend.pull(7500)  # on the sixth beat
    new = noise(n_new, 2)
    backend.publish(new, beats_new)
    start = 5 % beats_new * n_new // beats_new
    assert backend.bank.position_in(n_new, beats_new) == start
    played = backend.pull(2000)[CROSSFADE_FRAMES:]
    index = (start + CROSSFADE_FRAMES + np.arange(len(played))) % n_new
    assert np.array_equal(played, new[index])


def power_during_switch(old, new):
    backend = sounding(FakeBackend(), old)
    backend.publish(new)
    return backend.pull(CROSSFADE_FRAMES)


def test_different_sounds_cross_at_equal_power():
    fades = [power_during_switch(noise(2000, 2 * k), noise(2000, 2 * k + 1)) ** 2 for k in range(150)]
    power = np.mean(fades, axis=(0, 2)) / 0.2**2
    smooth = np.convolve(power, np.ones(40) / 40, "valid")
    assert np.abs(10 * np.log10(smooth)).max() < 0.5


def test_the_same_sound_crosses_without_a_trace():
    loop = noise(3000)
    backend = sounding(FakeBackend(), loop)
    start = backend.n_pulled
    backend.publish(loop.copy())
    played = backend.pull(2000)
    assert np.abs(played - loop[start : start + 2000]).max() < 1e-6


def test_switching_does_not_click():
    backend = sounding(FakeBackend(), low_tone(44_100, 100))
    natural = roughness(low_tone(44_100, 150))
    played = []
    for turn in range(12):
        backend.publish(low_tone(44_100, 100 + 50 * (turn % 2), phase=turn))
        played.append(backend.pull(1700))
    assert roughness(np.concatenate(played)) < 3 * natural


def test_seeking_does_not_click_and_arrives():
    loop = low_tone(44_100, 100)
    backend = sounding(FakeBackend(), loop)
    backend.seek(30_011)
    played = backend.pull(3000)
    assert roughness(played) < 3 * roughness(loop)
    assert np.array_equal(played[CROSSFADE_FRAMES:], loop[30_011 + CROSSFADE_FRAMES : 33_011])


def test_seeking_while_stopped():
    loop = noise(9000)
    backend = FakeBackend()
    backend.publish(loop)
    backend.pull(10)
    backend.seek(9000 + 77)
    backend.pull(10)
    backend.play()
    assert np.array_equal(backend.pull(1000)[START_STOP_FRAMES:], loop[77 + START_STOP_FRAMES : 1077])


def test_a_new_deck_does_not_wait_for_a_running_crossfade():
    loops = [np.full((1000, 2), value, np.float32) for value in (0.1, 0.2, 0.3, 0.4)]
    backend = sounding(FakeBackend(64), loops[0])
    backend.publish(loops[1])
    played = [backend.pull(64)]
    backend.publish(loops[2])
    newest = backend.publish(loops[3])
    asked = backend.n_pulled
    played = np.concatenate([*played, backend.pull(2000)])[:, 0]
    assert backend.shared.stamps[newest].tolist() == [newest, asked]
    assert played[64 + CROSSFADE_FRAMES] == np.float32(0.4)
    assert (np.diff(played) > -1e-6).all()  # never back to an older one
    assert np.abs(np.diff(played)).max() < 0.002


@pytest.mark.parametrize("n_published", [1, 2, 3])
@pytest.mark.parametrize("n_apart", [1, 37, 200, 500])
def test_a_new_crossfade_starts_from_what_would_have_been_heard(n_apart, n_published):
    loops = [low_tone(44_100, 100 + 30 * k, phase=2 * k) for k in range(4)]

    def pulled(newcomer):
        backend = sounding(FakeBackend(n_apart), loops[0])
        for loop in loops[1 : 1 + n_published]:
            backend.publish(loop)
            backend.pull(n_apart)
        if newcomer is not None:
            backend.publish(newcomer)
        return backend.pull(20)

    difference = np.abs(pulled(noise(44_100)) - pulled(None))
    # The newcomer has 4e-6 of its amplitude in the first frame, and less than 1 % after 20.
    assert 0 < difference[0].max() < 1e-5
    assert difference.max() < 0.01


@pytest.mark.parametrize("block_frames", [16, 64, 256, 512])
def test_many_decks_within_one_crossfade_do_not_click(block_frames):
    loops = [low_tone(44_100, 100 + 10 * k, phase=k) for k in range(6)]
    backend = sounding(FakeBackend(block_frames), loops[0])
    played = []
    for turn in range(400):
        newest = backend.publish(loops[turn * 5 % 6])
        played.append(backend.pull(block_frames))
        assert backend.shared.words[HEARD] == newest
    played = np.concatenate(played)
    assert np.abs(np.diff(played, axis=0)).max() < 1.5 * np.abs(np.diff(loops[5], axis=0)).max()
    assert roughness(played) < 3 * roughness(loops[5])
    # However many there were, the last one is there after one crossfade.
    start = backend.n_pulled
    backend.pull(CROSSFADE_FRAMES)
    index = start + CROSSFADE_FRAMES + np.arange(500)
    assert np.array_equal(backend.pull(500), loops[399 * 5 % 6][index % 44_100])


def test_a_free_deck_is_always_found_without_waiting():
    backend = sounding(FakeBackend(64), noise(1000))
    for turn in range(200):
        backend.publish(noise(1000, turn))
        if turn % 3:
            backend.pull(64)


def test_gain_moves_smoothly_and_arrives_exactly():
    backend = sounding(FakeBackend(), np.full((1000, 2), 0.5, np.float32))
    backend.set_gain(0.1)
    played = backend.pull(10_000)[:, 0]
    assert np.abs(np.diff(played)).max() < 0.5 / 200
    assert played[-1] == pytest.approx(0.05, rel=1e-6)
    backend.set_gain(1.0)
    assert backend.pull(10_000)[-1, 0] == 0.5


def test_meters_rise_at_once_and_fall_slowly():
    loop = np.zeros((RATE_HZ * 4, 2), np.float32)
    loop[1000] = (0.8, -0.4)
    backend = sounding(FakeBackend(), loop)
    backend.pull(1024)
    assert backend.shared.values[PEAK : PEAK + 2] == pytest.approx([0.8, 0.4], rel=0.04)
    backend.pull(RATE_HZ)
    fallen_db = 20 * np.log10(backend.shared.values[PEAK : PEAK + 2] / [0.8, 0.4])
    assert fallen_db == pytest.approx([-24, -24], abs=1.5)


def test_generations_are_stamped_when_first_mixed():
    backend = FakeBackend()
    first = backend.publish(noise(1000))
    backend.pull(512)
    assert backend.shared.words[HEARD] == 0  # stopped: nothing is heard
    backend.play()
    backend.pull(512)
    skipped = backend.publish(noise(1000))
    third = backend.publish(noise(1000))
    backend.pull(2048)
    assert (first, skipped, third) == (1, 2, 3)
    assert backend.shared.words[HEARD] == third
    stamps = {int(generation): int(time_ns) for generation, time_ns in backend.shared.stamps}
    assert stamps[first] == 512
    assert stamps[third] == 1024
    assert skipped not in stamps
    assert third < N_STAMPS


def test_a_deck_begins_as_a_copy_of_the_newest():
    backend = sounding(FakeBackend(), noise(3000, 1))
    writer = backend.bank.begin(3000)
    patch = noise(800, 2)
    writer.write(2500, patch)
    expected = noise(3000, 1)
    expected[2500:], expected[:300] = patch[:500], patch[500:]
    writer.publish()
    backend.pull(3000 - START_STOP_FRAMES)
    assert np.array_equal(backend.pull(3000), expected)


@pytest.mark.parametrize("n_frames", [2000, 7000])
def test_a_deck_of_another_length_goes_on_with_the_newest_where_nothing_is_written(n_frames):
    """Free loops become ones with a tempo, and who turns it on asks for the next before this one is whole."""
    backend = sounding(FakeBackend(), noise(3000, 1))
    writer = backend.bank.begin(n_frames, 8)
    writer.write(0, np.full((10, 1), 0.5, np.float32))
    writer.publish()
    backend.pull(n_frames)
    start = int(backend.shared.words[POSITION])
    played = np.roll(backend.pull(n_frames), start, axis=0)
    assert np.array_equal(played[:10], np.full((10, 2), 0.5, np.float32))
    assert np.array_equal(played[10:], np.resize(noise(3000, 1), (n_frames, 2))[10:])


def test_half_as_many_beats_in_the_same_time_go_on_at_their_places():
    backend = sounding(FakeBackend(), np.zeros((4000, 1), np.float32))
    beats = np.repeat(np.arange(1, 5, dtype=np.float32) / 8.0, 1000)[:, None]
    backend.publish(beats, n_beats=4)
    backend.pull(4000)
    while not 1000 < backend.shared.words[POSITION] < 1300:
        backend.pull(64)
    heard = backend.pull(1)[0, 0]
    backend.bank.begin(4000, 2).publish()
    backend.pull(700)
    assert backend.pull(1)[0, 0] == heard == 2 / 8  # the second beat, which lasts twice as long now


def test_a_writer_refuses_what_must_not_be_heard():
    backend = FakeBackend()
    for n_frames in (0, DECK_FRAMES + 1):
        with pytest.raises(ParameterError, match=f"{n_frames} frames"):
            backend.bank.begin(n_frames)
    writer = backend.bank.begin(100)
    for bad in (np.full((10, 2), np.nan), np.zeros((101, 2)), np.zeros((10, 3)), np.zeros(10)):
        with pytest.raises(ValueError, match="samples"):
            writer.write(0, bad.astype(np.float32))
    assert writer.publish() == writer.publish() == 1
    with pytest.raises(RuntimeError, match="published"):
        writer.write(0, np.zeros((10, 2), np.float32))


def test_hushed_it_fades_out_and_comes_back():
    backend = sounding(FakeBackend(), np.full((1000, 2), 0.5, np.float32))
    backend.mixer.is_hushed = True
    played = backend.pull(512)
    assert backend.mixer.is_silent
    assert roughness(played) < corner_of_a_fade(0.5)
    backend.mixer.is_hushed = False
    assert roughness(backend.pull(512)) < corner_of_a_fade(0.5)
    assert backend.pull(1)[0, 0] == 0.5


def test_nothing_grows_over_20_000_callbacks():
    backend = sounding(FakeBackend(64), noise(1000))
    other = noise(1000, 1)
    out = np.zeros((64, 2), np.float32)

    def run(n_calls):
        for call in range(n_calls):
            if call % 50 == 0:
                backend.publish(other)
                backend.seek(call % 1000)
                backend.set_gain(0.5 + call % 3)
            backend.mixer.mix(out)

    run(1000)
    gc.collect()
    tracemalloc.start()
    run(100)
    before = tracemalloc.get_traced_memory()[0]
    run(20_000)
    after, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 2000
    assert peak - before < 100_000


def test_a_callback_allocates_no_array():
    n_frames = 2048  # the smallest array of a block is then far above the views that Python makes
    backend = sounding(FakeBackend(n_frames), noise(50_000))
    other, out = noise(30_000, 1), np.zeros((n_frames, 2), np.float32)
    events = {
        "plain": lambda turn: None,
        "another deck": lambda turn: backend.publish(other[: 20_000 + turn % 2]),
        "jump": lambda turn: backend.seek(1000 * turn),
        "gain": lambda turn: backend.set_gain(0.2 + turn % 2),
        "stop and start": lambda turn: backend.play(turn % 2 == 1),
    }
    backend.pull(100_000)
    peaks = {}
    tracemalloc.start()
    for name, event in events.items():
        for turn in range(6):
            event(turn)
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            backend.mixer.mix(out)
            after, peak = tracemalloc.get_traced_memory()
            if turn > 2:  # Python specializes what runs for the first times
                peaks[name] = max(peaks.get(name, 0), peak - before)
                assert after - before < 500, name
    tracemalloc.stop()
    assert max(peaks.values()) < 2000, peaks
