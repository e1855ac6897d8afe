"""Documents and loops to save, for tests of sessions' files and journals."""

from __future__ import annotations

import json

import numpy as np

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import write_wav
from morphstudio.audio.files import load_clip
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.session import MorphOptions
from morphstudio.session_document import (
    LoopReference,
    ModelReference,
    PlacedLoop,
    SessionDocument,
    reference_of,
)

NAMES = ("kick", "Überdub ✓", "bass [128]")


def make_clips(folder, names=NAMES, bits=24, n_frames=4410):
    """Loops that were read from files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    clips = []
    for number, name in enumerate(names):
        samples = np.random.default_rng(number).normal(0, 0.1, (n_frames, 1 + number % 2)).astype(np.float32)
        path = folder / f"{name}.wav"
        write_wav(path, samples, bits=bits)
        clips.append(load_clip(path)[0])
    return clips


def by_digest(clips):
    return {clip.digest: clip for clip in clips}


def make_model(path, size=4000):
    """A file that begins as models do."""
    header = json.dumps({"__metadata__": {"morphstudio": "{}"}}).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(size))
    return path


def make_document(clips, model=None):
    """A session in which nothing is as it is at first."""
    dots = [
        PlacedLoop(
            reference_of(clip), PadPoint(0.1 + 0.2 * number, 1.0 - 0.3 * number), LoopTime(90.5, 7, -3), 90.0
        )
        for number, clip in enumerate(clips)
    ]
    return SessionDocument(
        dots=tuple(dots),
        options=MorphOptions(0.25, False, False, False, -7),
        side_a=clips[0].digest,
        side_b=clips[-1].digest,
        n_frames=165_375,
        is_laid_by_hand=True,
        picked=PadPoint(0.5, 0.125),
        time=MusicalTime(127.5, 4, 3),
        keeps_pitch=False,
        paths=(
            GesturePath(
                (PathPoint(0.0, 0.1, 0.2), PathPoint(3.5, 0.3, 1.0), PathPoint(3.5, 0.0, 0.0)), 4, "A ✓", True
            ),
            GesturePath((), 1),
        ),
        model=None if model is None else ModelReference(model, "tuned"),
    )


def numbered_document(number, n_dots=3):
    """A session of which each can be told from the others, whose loops are nowhere."""
    dots = [
        PlacedLoop(
            LoopReference(f"{dot:032x}", f"loop {dot}", None), PadPoint(dot / (n_dots + 1), number % 97 / 96)
        )
        for dot in range(n_dots)
    ]
    return SessionDocument(dots=tuple(dots), n_frames=number)


def silent_clip(digest, n_frames=441):
    return AudioClip.known(np.zeros((n_frames, 1), np.float32), "silent", None, digest)
