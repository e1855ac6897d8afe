"""A sound card without a sound card: the mixer, pulled by hand."""

import mmap

import numpy as np

from morphstudio.audio.decks import GAIN, PLAYING, SEEK, DeckBank, SharedDecks
from morphstudio.audio.mixer import DeckMixer


class FakeBackend:
    """The two sides of the shared memory in one thread, and a clock that counts frames."""

    def __init__(self, block_frames=512):
        self.shared = SharedDecks(mmap.mmap(-1, SharedDecks.N_BYTES))
        self.shared.prepare()
        self.bank = DeckBank(self.shared)
        self.n_pulled = 0
        self.mixer = DeckMixer(self.shared, now_ns=lambda: self.n_pulled)
        self.block_frames = block_frames

    def pull(self, n_frames):
        """The next frames, block by block, as the sound card would get them."""
        blocks = [np.zeros((0, 2), np.float32)]
        while n_frames > 0:
            out = np.full((min(self.block_frames, n_frames), 2), np.nan, np.float32)
            self.mixer.mix(out)
            self.n_pulled += len(out)
            n_frames -= len(out)
            blocks.append(out)
        return np.concatenate(blocks)

    def publish(self, samples, n_beats=0):
        writer = self.bank.begin(len(samples), n_beats)
        writer.write(0, samples)
        return writer.publish()

    def play(self, is_playing=True):
        self.shared.words[PLAYING] = is_playing

    def set_gain(self, gain):
        self.shared.values[GAIN] = gain

    def seek(self, frame):
        self.shared.words[SEEK] = ((int(self.shared.words[SEEK]) >> 32) + 1) << 32 | frame
