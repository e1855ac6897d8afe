"""Follows a path in real time, with requests as the pad sends them, and keeps what a device played then."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import torch

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.sounds import Sound, outline
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.metrics import Listener, mel_distance_db
from morphstudio.morph.musical_time import LoopTime
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import PadPoint
from morphstudio.session import Session
from morphstudio.session_paths import path_beats, path_frames

MOVES_PER_S = 60
DOTS = (PadPoint(0.1, 0.1), PadPoint(0.9, 0.1), PadPoint(0.5, 0.9))


def session_of(clips, musical_time, bpm) -> Session:
    """Three loops, all of one tempo, on the pad."""
    session = Session()
    for place, clip in zip(DOTS, clips, strict=True):
        session.learn(Sound(clip.name, clip, "", outline(clip)), np.zeros(3, np.float32))
        session.place(clip.name, place)
    session.choose_time(musical_time)
    for clip in clips:
        session.choose_loop_time(clip.name, LoopTime(bpm))
    return session


def way_round(bars) -> GesturePath:
    """From dot to dot and back within so many bars, resting at none."""
    step = 4.0 * bars / 6
    corners = ((0.2, 0.15), (0.55, 0.12), (0.8, 0.2), (0.65, 0.5), (0.5, 0.8), (0.35, 0.5))
    points = tuple(PathPoint(n * step, x, y) for n, (x, y) in enumerate(corners))
    return GesturePath(points, bars, "round", is_smooth=True)


def request_at(session, path, beat):
    return session.request(session.blend_at(path.place_at(beat, path_beats(session, path))))


def recorded(player, worker, session, path, wait) -> np.ndarray:
    """What the device plays while somebody follows a path once: float32 (frames, 2), from its beginning on.

    Parameters
    ----------
    wait : callable
        Lets events be handled for so many seconds.
    """
    n_frames, n_loop, n_beats = path_frames(session, path), session.n_frames, path_beats(session, path)
    out = np.full((n_frames, 2), np.nan, np.float32)
    # A round of the loop ahead, so that the sound at the beginning is that of the way there.
    before, at = player.playhead, None
    while player.read_tap():
        pass
    rounds = 0
    while np.isnan(out).any():
        wait(1.0 / MOVES_PER_S)
        now = player.playhead
        if now < before - n_loop // 2:
            rounds += 1
        before = now
        frame = (rounds - 1) * n_loop + now
        worker.submit(request_at(session, path, frame / n_frames * n_beats))
        while chunk := player.read_tap():
            if at is None:
                # What is heard is a little behind what was mixed: in the same round, or in the one before.
                at = frame + (chunk.loop_start - frame + n_loop // 2) % n_loop - n_loop // 2
            at += (chunk.loop_start - at + n_loop // 2) % n_loop - n_loop // 2
            frames = at + np.arange(len(chunk.samples))
            inside = (frames >= 0) & (frames < n_frames)
            out[frames[inside]] = chunk.samples[inside]
            at += len(chunk.samples)
        if frame > n_frames + RATE_HZ:
            break
    return out


def late(request: PathRequest, late_s: float) -> PathRequest:
    """A path on which everything comes so much later, while the loops under it stay where they are."""
    n_knots = round(late_s * RATE_HZ * len(request.weights) / request.n_frames)
    return replace(request, weights=np.roll(request.weights, n_knots, axis=0))


def path_error_db(heard, rendered) -> float:
    """Log-mel distance of what was heard to a rendered path."""
    listener = Listener(len(rendered))
    played, wanted = listener.hear(heard), listener.hear(rendered)
    return mel_distance_db(played, wanted, wanted)


def draft_error_db(engine, session, path, n_points=12) -> float:
    """Log-mel distance of drafts to their finals at places on a path, RMS."""
    listener = Listener(session.n_frames)
    found = []
    for beat in np.arange(n_points) / n_points * path_beats(session, path):
        request = request_at(session, path, float(beat))
        draft = np.zeros((request.n_frames, 2), np.float32)
        for first, samples in engine.draft(request, 0):
            draft[first : first + len(samples)] = samples
        final = listener.hear(engine.render(request).samples)
        found.append(mel_distance_db(listener.hear(draft), final, final))
    return float(np.sqrt(np.mean(np.square(found))))


def made_engine():
    from morphstudio.model.checkpoint import load_model
    from morphstudio.morph.engine import MorphEngine
    from morphstudio.paths import factory_model_path

    return MorphEngine(load_model(factory_model_path()), torch.device("cpu"))


def ready_worker(player, session, path, wait, make_worker):
    """A worker that has rendered the beginning of a path, which plays."""
    from morphstudio.paths import factory_model_path
    from morphstudio.ui.render_worker import ModelChoice

    worker = make_worker(player)
    finals = []
    worker.render_finished.connect(lambda request, figures: finals.append(request))
    worker.start()
    worker.use_model(ModelChoice(factory_model_path(), "factory"))
    player.play()
    for corner in (0.0, 0.25, 0.5, 0.75):
        request = request_at(session, path, corner * path_beats(session, path))
        worker.submit(request)
        deadline_s = time.monotonic() + 60.0
        while not any(known is request for known in finals) and time.monotonic() < deadline_s:
            wait(0.02)
    return worker
