"""A device at another rate: same pitch, same level, no seams."""

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.converted import ConvertedMixer
from morphstudio.audio.decks import TAP_COUNT
from tests.audio.backend import FakeBackend


@pytest.mark.parametrize("rate_hz", [8000, 32000, 48000, 96000, 192000])
@pytest.mark.parametrize("block_frames", [64, 512])
def test_pitch_and_level_are_right(rate_hz, block_frames):
    backend = FakeBackend()
    turns = np.arange(4410) / 4410
    wave = 0.5 * np.sin(2 * np.pi * 100 * turns)
    backend.publish(np.stack([wave, -wave], axis=1).astype(np.float32))
    backend.play()
    mixer = ConvertedMixer(backend.mixer, rate_hz, 512)
    blocks = [np.full((block_frames, 2), np.nan, np.float32) for _ in range(rate_hz // block_frames)]
    for block in blocks:
        mixer.mix(block)
    played = np.concatenate(blocks)[-rate_hz // 2 :]
    spectrum = np.abs(np.fft.rfft(played * np.hanning(len(played))[:, None], axis=0))
    peak_hz = spectrum.argmax(axis=0) * rate_hz / len(played)
    assert peak_hz == pytest.approx([1000, 1000], abs=2)
    assert np.abs(played).max(axis=0) == pytest.approx([0.5, 0.5], abs=0.005)
    # A sine is its own second difference: a seam anywhere would stand out.
    residual = played[2:] - 2 * np.cos(2 * np.pi * 1000 / rate_hz) * played[1:-1] + played[:-2]
    assert np.abs(residual).max() < 2e-3
    n_ahead = backend.shared.words[TAP_COUNT] - sum(map(len, blocks)) * RATE_HZ / rate_hz
    assert 0 <= n_ahead < 0.1 * RATE_HZ
