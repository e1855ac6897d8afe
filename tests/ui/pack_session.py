"""A session with loops, sides and a path, for tests of packs."""

from __future__ import annotations

import numpy as np

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.library.sounds import Family, Sound, outline
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.packs import PackAsk
from morphstudio.morph.request import PadPoint
from morphstudio.session import Session
from morphstudio.settings import ExportSettings
from morphstudio.ui.blend_facts import BlendFacts
from morphstudio.ui.pack_dialog import PackDialog
from morphstudio.ui.pack_source import PackSource

PLACES = {"Amen": (0.1, 0.1), "Bass": (0.9, 0.2), "Choir": (0.5, 0.9)}
TEMPLATE = "{index} {a} {b} {share}"


class NoShelf:
    """Knows nothing of any sound."""

    def entry_of_sound(self, _sound_id):
        return None


def tone(index, n_frames):
    times_s = np.arange(n_frames) / RATE_HZ
    turns = round((110, 440, 1760)[index] * n_frames / RATE_HZ)
    wave = 0.3 * np.sin(2 * np.pi * turns * times_s * RATE_HZ / n_frames)
    return wave.astype(np.float32)[:, None]


def session_of(clips=None, places=None, n_frames=2000):
    """A session of three loops, from the first to the second one, with a path by all of them."""
    places = places or PLACES
    clips = clips or {n: AudioClip(tone(i, n_frames), n) for i, n in enumerate(places)}
    session = Session()
    for index, (name, clip) in enumerate(clips.items()):
        sound = Sound(f"id {name}", clip, Family.DRUMS, outline(clip))
        session.learn(sound, np.eye(len(clips), dtype=np.float32)[index])
        session.place(sound.sound_id, PadPoint(*places[name]))
    first, second, *_ = session.dots
    session.choose_side("a", first)
    session.choose_side("b", second)
    points = tuple(PathPoint(float(i), *place) for i, place in enumerate(places.values()))
    session.choose_paths([GesturePath(points, 2, "Sweep")])
    return session


def source_of(session):
    return PackSource(session, BlendFacts(session, NoShelf()), PadPoint(0.5, 0.4))


def choice_of(theme, session, folder, ask=None, template=TEMPLATE, **settings):
    """What the dialog gives when it is accepted as it opens."""
    settings = ExportSettings(folder=str(folder), **settings)
    dialog = PackDialog(theme, source_of(session), ask or PackAsk(), template, settings)
    choice = dialog.chosen()
    dialog.deleteLater()
    return choice
