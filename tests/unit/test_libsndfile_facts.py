"""What libsndfile, which most programs read WAV with, finds in the chunks of files that were exported."""

import struct

import numpy as np
import pytest
import soundfile

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.export import ExportOptions, write_loop

_GET_INSTRUMENT, _GET_LOOP_INFO = 0x10D0, 0x10E0  # of sndfile.h
_FORWARD = 801
_N_FRAMES = 44_100


def asked(path, command, layout):
    """What `sf_command` puts into a structure of this layout."""
    content = bytearray(struct.calcsize(layout))
    with soundfile.SoundFile(path) as file:
        data = soundfile._ffi.from_buffer(content)
        found = soundfile._snd.sf_command(file._file, command, data, len(content))
    assert found, "it is not there"
    return struct.unpack(layout, bytes(content))


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_libsndfile_finds_loop_points_root_tempo_and_beats(tmp_path, bits):
    path = tmp_path / "loop.wav"
    samples = np.random.default_rng(0).normal(0.0, 0.1, (_N_FRAMES, 2)).astype(np.float32)
    write_loop(path, samples, ExportOptions(bits=bits, facts=LoopFacts(120.0, 2, 4, 66)))
    # SF_INSTRUMENT: gain, base note, detune, velocities, keys, number of loops, 16 loops.
    told = asked(path, _GET_INSTRUMENT, "@i6bi" + "iIII" * 16)
    assert (told[1], told[7]) == (66, 1)
    assert told[8:11] == (_FORWARD, 0, _N_FRAMES)
    # SF_LOOP_INFO: time signature, loop mode, beats, tempo, root.
    upper, lower, _, n_beats, bpm, root = asked(path, _GET_LOOP_INFO, "@hhiifi24x")
    assert (upper, lower, n_beats, bpm, root) == (4, 4, 2, 120.0, 66)
