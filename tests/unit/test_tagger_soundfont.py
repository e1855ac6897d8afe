"""Sounds of a General MIDI sound font, to learn kinds from."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import FileError
from morphstudio.library.kinds import Kind
from morphstudio.model.tagger import TaggerConfig
from morphstudio.model.tagger_examples import ExampleMaker
from morphstudio.model.tagger_soundfont import (
    Note,
    _damped,
    add_soundfont,
    midi_file,
    notes,
    soundfont_sounds,
)

FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
needs_font = pytest.mark.skipif(
    not FONT.is_file() or shutil.which("fluidsynth") is None, reason="needs fluidsynth and a sound font"
)
FEW = [
    Note(Kind.KICK, True, 0, 36, 100),
    Note(Kind.CYMBAL, True, 0, 49, 100),
    Note(Kind.HAT, True, 0, 42, 100),
    Note(Kind.KEYS, False, 0, 60, 100),
]


def test_every_kind_but_loops_has_notes_and_no_note_has_two_kinds():
    every = list(notes())
    assert {note.kind for note in every} == set(Kind) - {Kind.DRUM_LOOP, Kind.TONAL_LOOP}
    places = [(note.is_drum, note.program, note.key, note.velocity) for note in every]
    assert len(set(places)) == len(places)
    assert all(0 <= note.key <= 127 and 1 <= note.velocity <= 127 for note in every)


def test_the_midi_file_plays_each_note_once_on_the_right_channel():
    drums = [note for note in FEW if note.is_drum]
    content = midi_file(drums)
    assert content.startswith(b"MThd")
    assert int.from_bytes(content[18:22], "big") == len(content) - 22
    for note in drums:
        assert content.count(bytes((0x99, note.key, note.velocity))) == 1
    assert b"\xc0\x00" in midi_file([FEW[-1]])


def test_a_missing_font_is_named(tmp_path):
    with pytest.raises(FileError) as refusal:
        list(soundfont_sounds(tmp_path / "missing.sf2"))
    assert "missing.sf2" in str(refusal.value)


def test_what_is_no_font_is_refused(tmp_path):
    font = tmp_path / "font.sf2"
    font.write_text("no sounds")
    maker = ExampleMaker(TaggerConfig())
    with pytest.raises(FileError) as refusal:
        add_soundfont(maker, font, dict.fromkeys(Kind, 0), np.random.default_rng(0), 1)
    assert "font.sf2" in str(refusal.value)


@pytest.mark.parametrize("n_frames", [2, 8115, 8116, 90_000])
def test_damped_sounds_are_no_longer_than_before_and_never_empty(n_frames):
    mono = np.ones(n_frames, np.float32)
    for seed in range(40):
        for kind in (Kind.HAT, Kind.CYMBAL, Kind.TOM):
            damped = _damped(np.random.default_rng(seed), mono, kind)
            assert 0 < damped.size <= n_frames
            assert np.abs(damped).max() <= 1.0


@needs_font
def test_notes_sound_as_what_they_are():
    sounds = {}
    for note, mono in soundfont_sounds(FONT, FEW):
        sounds.setdefault(note.kind, mono)
    assert set(sounds) == {Kind.KICK, Kind.CYMBAL, Kind.HAT, Kind.KEYS}

    def centre_hz(mono):
        power = np.abs(np.fft.rfft(mono)) ** 2
        return (np.fft.rfftfreq(mono.size, 1 / RATE_HZ) * power).sum() / power.sum()

    assert centre_hz(sounds[Kind.KICK]) < 400 < 3000 < centre_hz(sounds[Kind.HAT])
    assert sounds[Kind.HAT].size < sounds[Kind.CYMBAL].size
    for mono in sounds.values():
        assert mono.dtype == np.float32
        assert 0.02 * RATE_HZ < mono.size <= 4 * RATE_HZ
