"""Writer and host as two processes at full speed: a deck that is heard is never written."""

import json
import subprocess
import sys
import time

import numpy as np
import pytest

from morphstudio.audio.decks import PLAYING, DeckBank, SharedDecks
from morphstudio.audio.mixer import DeckMixer
from morphstudio.audio.shared import SharedBlock

RUN_S = 4.0


@pytest.mark.skipif(sys.platform == "win32", reason="the reader inherits a file descriptor")
@pytest.mark.parametrize("n_frames", [300, 20_000])
def test_never_torn(n_frames):
    block = SharedBlock(SharedDecks.N_BYTES)
    shared = SharedDecks(block.buffer)
    shared.prepare()
    bank = DeckBank(shared)
    command = [sys.executable, "-m", "tests.audio.stress_reader", block.attach_argument]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, pass_fds=block.pass_fds) as reader:
        try:
            assert reader.stdout.readline() == "ready\n"
            slowest_begin_s = 0.0
            publish(bank, n_frames)
            shared.words[PLAYING] = 1
            deadline_s = time.monotonic() + RUN_S
            while time.monotonic() < deadline_s:
                slowest_begin_s = max(slowest_begin_s, publish(bank, n_frames))
            shared.words[PLAYING] = 0
            found = json.loads(reader.communicate(timeout=20)[0])
        finally:
            reader.kill()
            block.close()
    assert found["faults"] == [], "\n".join(found["faults"])
    assert found["n_switches"] > 200
    assert bank.published_generation > 200
    assert slowest_begin_s < 0.5


@pytest.mark.skipif(sys.platform == "win32", reason="the writer inherits a file descriptor")
def test_another_process_writes_what_is_heard_here(player):
    code = """
import sys
import numpy as np
from morphstudio.audio.decks import DeckBank, SharedDecks
from morphstudio.audio.mixer import DeckMixer
from morphstudio.audio.shared import SharedBlock
bank = DeckBank(SharedDecks(SharedBlock(SharedDecks.N_BYTES, sys.argv[1]).buffer))
for value in (0.1, 0.2, 0.3):
    writer = bank.begin(500)
    writer.write(0, np.full((500, 1), value, np.float32))
    writer.publish()
"""
    memory = player.deck_memory
    shared = SharedDecks(memory.buffer)
    command = [sys.executable, "-c", code, memory.attach_argument]
    for n_runs in (1, 2):  # the second goes on where the first, which is gone, had stopped
        subprocess.run(command, pass_fds=memory.pass_fds, check=True)
        assert player.published_generation == 3 * n_runs
    mixer, out = DeckMixer(shared), np.zeros((500, 2), np.float32)
    player.play()
    mixer.mix(out)
    mixer.mix(out)
    assert (out == np.float32(0.3)).all()
    assert player.heard_generation == 6


def publish(bank, n_frames):
    """Publish a deck of the next value; returns how long it took to get the deck."""
    started_s = time.monotonic()
    writer = bank.begin(n_frames)
    took_s = time.monotonic() - started_s
    value = 1 + (bank.published_generation + 1) / 10_000
    third = n_frames // 3
    for start in (2 * third, 0, third):
        writer.write(start, np.full((n_frames - 2 * third, 2), value, np.float32))
    writer.publish()
    return took_s
