"""Tempo and key, read from names and from acid chunks: what is written there and nothing else."""

from __future__ import annotations

import random
import struct

import numpy as np
import pytest
import soundfile as sf

from morphstudio.library.acid import AcidFacts, parse_acid, read_acid
from morphstudio.library.naming import LoopFacts, facts_of_file, facts_of_name


@pytest.mark.parametrize(
    ("name", "bpm", "key"),
    [
        ("kick_140bpm", 140, ""),
        ("140_Am", 140, "Am"),
        ("Loop 128 F#m", 128, "F#m"),
        ("x 97.5 BPM Ebmin", 97.5, "Ebm"),
        ("loop 90,5bpm", 90.5, ""),
        ("BPM 174 c#m", 174, "C#m"),
        ("Bass - 124 - Dm", 124, "Dm"),
        ("Am-140", 140, "Am"),
        ("loop_140_am", 140, "Am"),
        ("loop-128bpm-Cmaj", 128, "C"),
        ("DJ_F_125BPM", 125, "F"),
        ("Lead_C♯_128", 128, "C#"),
        ("Loop_Bb_95", 95, "Bb"),
        ("E minor groove", None, "Em"),
        ("F sharp minor", None, "F#m"),
    ],
)
def test_what_a_name_says_is_read(name, bpm, key):
    assert facts_of_name(name) == LoopFacts(bpm, key)


@pytest.mark.parametrize(
    "name",
    ["Amen 01", "TB-303", "909 beat", "Drone G", "I am here", "AB mix", "take 101 A", "4bpm", "999bpm",
     "120bpm 140bpm", "Gm7 chord", "A", "100% A", "", " ", "bpm", "E-101", "TR_808_BD"],
)  # fmt: skip
def test_what_a_name_does_not_say_is_not_guessed(name):
    assert facts_of_name(name) == LoopFacts()


def test_a_name_of_anything_is_read_without_an_error():
    letters = "AbcGm#♭♯_- .,0123456789bpm\0\n💥"
    for seed in range(500):
        rng = random.Random(seed)
        facts_of_name("".join(rng.choices(letters, k=rng.randrange(30))))


def acid(flags=0, root=0, n_beats=8, bpm=126.0):
    return struct.pack("<IHHfIHHf", flags, root, 0x8000, 0.0, n_beats, 4, 4, bpm)


def wav_with(path, *chunks):
    sf.write(path, np.zeros(2000), 44_100)
    content = path.read_bytes()
    for name, body in chunks:
        content += name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    path.write_bytes(content)
    return path


def test_an_acid_chunk_tells_what_the_name_does_not(tmp_path):
    body = acid(flags=2, root=66)
    path = wav_with(tmp_path / "loop.wav", (b"odd ", b"123"), (b"acid", body))
    assert read_acid(path) == AcidFacts(126.0, 8, "F#")
    assert facts_of_file(path) == LoopFacts(126.0, "F#")
    named = path.rename(tmp_path / "loop 140_Am.wav")
    assert facts_of_file(named) == LoopFacts(140.0, "Am")


def test_a_single_shot_has_no_tempo_and_a_root_counts_where_it_is_said_to():
    assert parse_acid(acid(flags=1 | 2, root=60)) == AcidFacts(None, 0, "C")
    assert parse_acid(acid(root=60)) == AcidFacts(126.0, 8, "")


@pytest.mark.parametrize("bpm", [float("nan"), float("inf"), -3.0, 0.0, 1e30])
def test_an_impossible_tempo_is_none(bpm):
    assert parse_acid(acid(bpm=bpm)).bpm is None


def test_a_damaged_file_says_nothing(tmp_path):
    whole = wav_with(tmp_path / "whole.wav", (b"acid", acid())).read_bytes()
    path = tmp_path / "damaged.wav"
    for length in (0, 3, 12, 17, 40, len(whole) - 10):
        path.write_bytes(whole[:length])
        assert facts_of_file(path) == LoopFacts()
    rng = random.Random(1)
    for _ in range(200):
        content = bytearray(whole)
        for _ in range(5):
            content[rng.randrange(12, 60)] = rng.randrange(256)
        path.write_bytes(content)
        facts_of_file(path)
    assert facts_of_file(tmp_path / "gone.wav") == LoopFacts()
    assert facts_of_file(tmp_path) == LoopFacts()
