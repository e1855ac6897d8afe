"""Drafts, finals and exports, one at a time, in the order that a player of the instrument needs them.

Drafts conflate: the running one is finished as far as its next region, of those waiting only the newest is
kept. A final is superseded by the next draft. Exports queue up, and give way to drafts twice at most; where
drafts never end, as along a path that plays, they have a third of the time. A model is loaded beside all
that; until there is one, the sound that a request has most of is heard by itself.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from morphstudio.audio.decks import DeckBank
from morphstudio.audio.export import ExportOptions
from morphstudio.errors import MorphStudioError
from morphstudio.logs import log_path
from morphstudio.morph.exports import ExportQueue
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import MorphRequest, RenderFigures

if TYPE_CHECKING:
    from morphstudio.morph.engines import Engine

_log = logging.getLogger(__name__)
_REFINE_AFTER_S = 0.08
"""A final is started once no gesture came for this long, so that drags never wait for one."""
_PREPARE_AFTER_S = 0.3
"""Encoding a sound takes as long as several drafts: no gesture is to wait for one that nobody asked for."""
_RELAX_AFTER_S, _RELAX_EVERY_S = 0.2, 1.0
"""What was read and freed is given back, some 10 ms, in a pause, or now and then where a drag has none."""
_DRAFTS_PER_EXPORT = 2.0
"""While both are wanted, drafts have so many times as long as the step of an export before took."""
_SILENT_FRAMES = 4410
_LONG_S, _MOST_PATIENT_S = 0.05, 1.0
"""What takes so long to get ready would leave holes in silence; for so long it is drafted whole instead."""


class Renderer:
    """Renders what is asked for and publishes it. Any thread may ask; one thread calls `run`.

    Parameters
    ----------
    make_engine : callable
        Called with a model file, in a thread of its own; imports torch and loads the model.
    decks : DeckBank
        Where renders go; nobody else may write there.
    tell : callable
        Called with the name of what happened, and its values: `model_loaded` (key, name, error in dB or
        None, words of the ways on which sounds are explored), `model_failed` (key, MorphStudioError),
        `sound_prepared` (id), `draft_published` (serial, generation), `render_finished` (serial,
        RenderFigures), `export_progressed` (number, share up to 1), `export_finished` (number),
        `export_failed` (number, MorphStudioError), `export_cancelled` (number), `failed` (MorphStudioError).
    relax : callable
        Called now and then to give back memory that is not needed.
    """

    def __init__(
        self,
        make_engine: Callable[[Path], Engine],
        decks: DeckBank,
        tell: Callable[..., None],
        relax: Callable[[], None],
    ) -> None:
        self._make_engine = make_engine
        self._decks = decks
        self._tell = tell
        self._relax = relax
        self._wake = threading.Condition()
        self._request: tuple[int, MorphRequest, int | None] | None = None
        self._stood_in = -1
        self._asked_s = self._worked_s = 0.0
        self._untidy_since_s = math.inf
        self._refine: tuple[int, MorphRequest, float] | None = None
        self._exports = ExportQueue(tell, self._is_draft_wanted)
        self._exports_due_s = 0.0
        self._sounds: dict[str, MorphRequest] = {}
        self._rehearsals: deque[MorphRequest] = deque()
        self._choice: tuple[int, Path] | None = None
        self._loader: threading.Thread | None = None
        # One: with what another knows of loops it would take 200 MB more, and loading takes half a second.
        self._engine: Engine | None = None
        self._has_failed = False
        self._has_given_way = False
        self._is_over_sound = False
        self._is_forgetting = False
        self._is_stopping = False

    # --- what may be asked for ----------------------------------------------------------------

    def use_model(self, key: int, path: Path) -> None:
        """Render with another model as soon as it is loaded; the newest choice counts.

        What plays goes on until something is rendered anew.
        """
        with self._wake:
            self._choice = (key, path)
            self._wake.notify()

    def submit(self, serial: int, request: MorphRequest, start: int | None = None) -> None:
        """Ask for a draft, then its final; replaces what waits.

        `start` is where in the loop it will be heard first, where that is not where the sound is now.
        """
        with self._wake:
            self._request, self._asked_s = (serial, request, start), time.monotonic()
            self._wake.notify()

    def submit_export(
        self, number: int, request: MorphRequest | PathRequest, path: Path, options: ExportOptions
    ) -> None:
        """Ask for the final of a request, or for a path, as a file."""
        with self._wake:
            self._exports.add(number, request, path, options)
            self._wake.notify()

    def cancel_export(self, number: int) -> None:
        """Give up an export that waits or is at work; one that has ended stays as it is."""
        self._exports.cancel(number)

    def prepare(self, sound_id: str, request: MorphRequest) -> None:
        """Encode the sound of a request when there is nothing better to do."""
        with self._wake:
            self._sounds[sound_id] = request
            self._wake.notify()

    def rehearse(self, requests: Sequence[MorphRequest]) -> None:
        """Find out what drafts between these sounds will need, when there is nothing else to do.

        Replaces what was to be rehearsed before.
        """
        with self._wake:
            self._rehearsals = deque(requests)
            self._wake.notify()

    def forget(self) -> None:
        """Drop all that waits, but exports, and play silence until the next request."""
        with self._wake:
            self._request = self._refine = None
            self._sounds.clear()
            self._rehearsals.clear()
            self._is_forgetting = True
            self._wake.notify()

    def stop(self) -> None:
        """End `run`: what runs is given up, waiting exports are finished."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()

    # --- the thread that renders --------------------------------------------------------------

    def run(self) -> None:
        """Render until `stop`."""
        while (job := self._next_job()) is not None:
            try:
                job()
            except MorphStudioError as error:
                self._tell("failed", error)
            except Exception as error:  # noqa: BLE001 a fault in one render must not end all sound
                self._tell("failed", _fault("Rendering failed", "A render", error))
            self._worked_s = time.monotonic()
            is_tidy = job == self._relax
            self._untidy_since_s = math.inf if is_tidy else min(self._untidy_since_s, self._worked_s)

    def _next_job(self) -> Callable[[], None] | None:
        with self._wake:
            while True:
                engine = self._engine
                is_loading = self._choice is not None or self._loader is not None
                if self._exports and engine is None and self._has_failed and not is_loading:
                    return self._exports.refuse
                is_free = self._is_stopping or self._request is None
                if engine is not None and self._exports and (is_free or self._is_export_due()):
                    return partial(self._export, engine)
                if self._is_stopping and not (self._exports and is_loading):
                    return None
                if self._choice is not None and self._loader is None:
                    return self._begin_loading
                if self._is_forgetting:
                    self._is_forgetting = False
                    return self._silence
                if self._worked_s - self._untidy_since_s > _RELAX_EVERY_S:
                    return self._relax
                wait_s = None
                if engine is None:
                    if self._request is not None and self._request[0] != self._stood_in:
                        return partial(self._stand_in, *self._request)
                elif self._request is not None:
                    (serial, request, start), self._request, self._refine = self._request, None, None
                    return partial(self._draft, engine, serial, request, start)
                elif self._refine is not None:
                    serial, waiting, due_s = self._refine
                    wait_s = due_s - time.monotonic()
                    if wait_s <= 0.0:
                        self._refine = None
                        return partial(self._finish, engine, serial, waiting)
                elif self._rehearsals:
                    return partial(self._rehearse, engine, self._rehearsals.popleft())
                elif self._sounds:
                    wait_s = self._asked_s + _PREPARE_AFTER_S - time.monotonic()
                    if wait_s <= 0.0:
                        sound_id = next(iter(self._sounds))
                        return partial(self._prepare, engine, sound_id, self._sounds.pop(sound_id))
                elif self._untidy_since_s < math.inf:
                    wait_s = self._worked_s + _RELAX_AFTER_S - time.monotonic()
                    if wait_s <= 0.0:
                        return self._relax
                self._wake.wait(wait_s)

    def _begin_loading(self) -> None:
        with self._wake:
            choice, self._choice = self._choice, None
            if choice is not None:
                # Beside the rendering: importing torch takes seconds.
                self._loader = threading.Thread(target=self._load, args=choice, name="model", daemon=True)
                self._loader.start()

    def _load(self, key: int, path: Path) -> None:
        """Let the engine of a model take over; where that fails, nothing changes."""
        engine: Engine | None = None
        problem = None
        try:
            engine = self._make_engine(path)
        except MorphStudioError as error:
            problem = error
        except Exception as error:  # noqa: BLE001 without a model the window still opens and says why
            problem = _fault("No model", f"Loading {path.name}", error)
        with self._wake:
            self._loader = None
            self._has_failed = engine is None
            if engine is not None:
                self._engine = engine
                self._untidy_since_s = min(self._untidy_since_s, time.monotonic())
            self._wake.notify()
        if engine is None:
            self._tell("model_failed", key, problem)
        else:
            error_db = _error_db(engine.model.card)
            self._tell("model_loaded", key, engine.model.name, error_db, engine.explore_words)

    def _stand_in(self, serial: int, request: MorphRequest, start: int | None) -> None:
        """Play the sound that a request has most of, as long as nothing can be rendered."""
        del start
        self._stood_in = serial
        with self._wake:
            if self._request is not None and self._request[0] == serial:
                self._request = (serial, request, None)  # by then the sound is elsewhere
        most = max(range(len(request.weights)), key=request.weights.__getitem__)
        writer = self._decks.begin(request.n_frames, request.n_beats)
        writer.write(0, request.clips[most].fitted(request.n_frames).samples)
        generation = writer.publish()
        self._is_over_sound = True
        if request.weights[most] == 1.0:
            self._tell("draft_published", serial, generation)

    def _draft(self, engine: Engine, serial: int, request: MorphRequest, start: int | None) -> None:
        begun_s = time.monotonic()
        # Before looking where the sound is: the first region must not be over when it comes.
        # Once only: a tempo that is turned asks faster than loops are stretched, and none would be heard.
        is_patient = self._has_given_way
        self._has_given_way = not engine.get_ready(
            request, lambda: self._is_superseded() and not (is_patient and self._is_draft_wanted())
        )
        if self._has_given_way:
            return
        ready_s = time.monotonic()
        whole_until_s = ready_s + _MOST_PATIENT_S
        if self._is_over_sound or ready_s - begun_s < _LONG_S:
            whole_until_s = ready_s
        generation = 0
        if start is None:
            start = self._decks.position_in(request.n_frames, request.n_beats)
        for at, samples in engine.draft(request, start):
            # Each region is published on top of those before it, so that even the longest loop sounds
            # at once; a crossfade between equal samples changes nothing.
            writer = self._decks.begin(request.n_frames, request.n_beats)
            writer.write(at, samples)
            gives_way = self._is_stopping or self._is_forgetting or time.monotonic() >= whole_until_s
            if generation and gives_way and self._is_superseded():
                return
            published = writer.publish()
            if not generation:
                generation = published
                self._tell("draft_published", serial, generation)
            if gives_way and self._is_superseded():
                return
        self._is_over_sound = True
        with self._wake:
            if not self._is_superseded():
                self._refine = (serial, request, time.monotonic() + _REFINE_AFTER_S)

    def _silence(self) -> None:
        # Or the next press would begin with what was heard last, a sound that is gone.
        self._is_over_sound = False
        writer = self._decks.begin(_SILENT_FRAMES)
        writer.write(0, np.zeros((_SILENT_FRAMES, 1), np.float32))
        writer.publish()

    def _finish(self, engine: Engine, serial: int, request: MorphRequest) -> None:
        result = engine.render(request, self._is_superseded)
        if self._is_superseded():
            return
        writer = self._decks.begin(request.n_frames, request.n_beats)
        writer.write(0, result.samples)
        generation = writer.publish()
        point = engine.measured(request, result.samples, self._is_superseded)
        figures = RenderFigures(generation, result.render_ms, result.spectral_convergence_db, point)
        self._tell("render_finished", serial, figures)

    def _export(self, engine: Engine) -> None:
        begun_s = time.monotonic()
        self._exports.advance(engine)
        ended_s = time.monotonic()
        self._exports_due_s = ended_s + _DRAFTS_PER_EXPORT * (ended_s - begun_s)

    def _is_export_due(self) -> bool:
        return time.monotonic() >= self._exports_due_s

    def _is_draft_wanted(self) -> bool:
        return self._request is not None and not self._is_stopping

    def _is_superseded(self) -> bool:
        return self._request is not None or self._is_forgetting or self._is_stopping

    def _prepare(self, engine: Engine, sound_id: str, request: MorphRequest) -> None:
        if engine.has_room:
            engine.prepare(request)
        self._tell("sound_prepared", sound_id)

    def _rehearse(self, engine: Engine, request: MorphRequest) -> None:
        try:
            if engine.rehearse(request):
                with self._wake:
                    self._rehearsals.appendleft(request)
        except Exception:  # noqa: BLE001 nobody asked for it; who does will be told
            _log.warning("A rehearsal failed", exc_info=True)


def _fault(title: str, what: str, error: Exception) -> MorphStudioError:
    _log.error("%s", title, exc_info=error)
    return MorphStudioError(title, f"{what} ended with {error!r}.", f"See {log_path('render')}.")


def _error_db(card: dict[str, Any]) -> float | None:
    figures = card.get("figures")
    error_db = figures.get("log_mel_error_db") if isinstance(figures, dict) else None
    return error_db if isinstance(error_db, float) else None
