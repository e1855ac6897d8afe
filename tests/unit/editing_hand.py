"""A hand that edits all that a session keeps, for processes that are killed while it does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import numpy as np

from morphstudio.errors import ParameterError
from morphstudio.library.sounds import Sound
from morphstudio.morph.gesture import GesturePath, PathPoint, PathRecorder
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.session import MorphOptions, Session
from morphstudio.session_document import document_of
from morphstudio.session_json import to_json
from tests.unit.session_examples import silent_clip

N_LOOPS = 3
MOST_PATHS = 4
WAYS = ("move", "options", "time", "keep pitch", "loop time", "record", "edit")


class EditingHand:
    """Edits a session at random; each edit is told from all others by the place that was heard last.

    Parameters
    ----------
    chance : random.Random
    """

    def __init__(self, chance):
        self._chance = chance
        self._session = Session()
        self.clips = {}
        for number in range(N_LOOPS):
            clip = silent_clip(f"{number:032x}")
            self.clips[clip.digest] = clip
            self._session.learn(Sound(clip.digest, clip, "", b""), np.zeros(3, np.float32))
            self._session.place(clip.digest, PadPoint(0.2 + 0.3 * number, 0.5))

    def edit(self, number, model=None):
        """Do something; returns the document of what the session is then."""
        way = self._chance.choice(WAYS)
        getattr(self, f"_{way.replace(' ', '_')}")()
        return document_of(self._session, picked=PadPoint(number / 1e6, 0.5), model=model)

    def _move(self):
        sound_id = self._chance.choice(list(self.clips))
        self._session.place(sound_id, PadPoint(self._chance.random(), self._chance.random()))

    def _options(self):
        options = MorphOptions(detail=self._chance.random(), pitch_st=self._chance.randint(-12, 12))
        self._session.choose_options(options)

    def _time(self):
        try:
            time = MusicalTime(
                self._chance.uniform(60, 180), self._chance.randint(1, 8), self._chance.randint(2, 5)
            )
        except ParameterError:
            time = None
        self._session.choose_time(time)

    def _keep_pitch(self):
        self._session.choose_keeps_pitch(not self._session.keeps_pitch)

    def _loop_time(self):
        bpm = self._chance.choice((None, self._chance.uniform(60, 180)))
        own = LoopTime(bpm, self._chance.randrange(441), self._chance.randint(-12, 12))
        self._session.choose_loop_time(self._chance.choice(list(self.clips)), own)

    def _record(self):
        """A take over some bars, as the clock hands it over; the oldest of many goes."""
        recorder = PathRecorder(self._chance.randint(1, 4))
        for step in range(16 * recorder.bars):
            recorder.add(step / 4, self._chance.random(), self._chance.random())
        take = recorder.path(f"take {self._chance.randrange(1000)} ✓", is_smooth=self._chance.random() < 0.5)
        self._session.choose_paths((*self._session.paths[1 - MOST_PATHS :], take))

    def _edit(self):
        paths = list(self._session.paths)
        if not paths:
            return
        which = self._chance.randrange(len(paths))
        paths[which] = self._edited(paths[which])
        self._session.choose_paths(paths)

    def _edited(self, path: GesturePath) -> GesturePath:
        n_beats = path.n_beats()
        point = PathPoint(self._chance.uniform(0, n_beats), self._chance.random(), self._chance.random())
        index = self._chance.randrange(len(path.points))
        return self._chance.choice(
            (
                lambda: path.inserted(point),
                lambda: path.moved(index, point, n_beats),
                lambda: path.removed([index]),
                lambda: path.quantised(0.5, n_beats),
                lambda: path.smoothed(1.0, n_beats),
                lambda: replace(path, is_smooth=not path.is_smooth),
            )
        )()


def digest_of(document):
    """Of all that a document says but where its loops and its model are, which is another place each time."""
    told = to_json(replace(document, model=None))
    for loop in told["loops"]:
        del loop["path"], loop["relative"], loop["member"], loop["n_bytes"]
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()
