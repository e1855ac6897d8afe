"""The render thread: models, drafts, finals and exports, one at a time. Imports torch only once it runs.

Drafts conflate: the running one is finished, of those waiting only the newest is kept. A final is
superseded by the next draft. Exports queue up. Until another model is ready, the one before renders.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import write_wav
from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.logs import log_path
from morphstudio.morph.request import MorphRequest

if TYPE_CHECKING:
    from morphstudio.morph.engines import Engine

_log = logging.getLogger(__name__)
_REFINE_AFTER_S = 0.08
"""A final is started once no gesture came for this long, so that drags never wait for one."""
_SILENT_FRAMES = 4410


_N_KEPT_ENGINES = 2
"""The one that renders and the one before it, so that going back takes no time."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelChoice:
    """A model file and what people call it; a file that is opened again is another choice."""

    path: Path
    name: str
    description: str = ""


class RenderWorker(QThread):
    """Renders requests and publishes them to the player.

    Nothing is rendered before the first `use_model`.

    Parameters
    ----------
    make_engine : callable
        Called with a model file, in the thread; imports torch and loads the model.
    player : Player

    Signals carry: a `ModelChoice` that renders from now on, and what its file says of it; one that cannot
    be loaded and why, a `MorphStudioError`; the id of an encoded sound; a `MorphRequest` and the deck
    generation of its draft; a `MorphRequest` and its final `MorphResult`; the path of an export; a
    `MorphStudioError`.
    """

    model_loaded = Signal(object, str)
    model_failed = Signal(object, object)
    sound_prepared = Signal(str)
    draft_published = Signal(object, int)
    render_finished = Signal(object, object)
    export_finished = Signal(object)
    failed = Signal(object)

    def __init__(
        self, make_engine: Callable[[Path], Engine], player: Player, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_engine = make_engine
        self._player = player
        self._wake = threading.Condition()
        self._request: MorphRequest | None = None
        self._refine: tuple[MorphRequest, float] | None = None
        self._exports: deque[tuple[MorphRequest, Path, int, int]] = deque()
        self._sounds: deque[tuple[str, AudioClip, int]] = deque()
        self._rehearsals: deque[MorphRequest] = deque()
        self._choice: ModelChoice | None = None
        self._engines: OrderedDict[ModelChoice, Engine] = OrderedDict()
        self._is_forgetting = False
        self._is_stopping = False

    def use_model(self, choice: ModelChoice) -> None:
        """Render with another model as soon as it is loaded; the newest choice counts.

        What plays goes on until something is rendered anew.
        """
        with self._wake:
            self._choice = choice
            self._wake.notify()

    def submit(self, request: MorphRequest) -> None:
        """Ask for a draft, then its final; replaces what waits."""
        with self._wake:
            self._request = request
            self._wake.notify()

    def submit_export(self, request: MorphRequest, path: Path, bits: int, rate_hz: int) -> None:
        """Ask for the final of a request as a file."""
        with self._wake:
            self._exports.append((request, path, bits, rate_hz))
            self._wake.notify()

    def prepare(self, sound_id: str, clip: AudioClip, n_frames: int) -> None:
        """Encode a sound when there is nothing better to do."""
        with self._wake:
            self._sounds.append((sound_id, clip, n_frames))
            self._wake.notify()

    def rehearse(self, requests: Iterable[MorphRequest]) -> None:
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
        """End the thread: what runs is given up, waiting exports are finished."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        """Thread body."""
        while (job := self._next_job()) is not None:
            try:
                job()
            except MorphStudioError as error:
                self.failed.emit(error)
            except Exception as error:  # noqa: BLE001 a fault in one render must not end all sound
                _log.exception("A render failed")
                self.failed.emit(
                    MorphStudioError(
                        "Rendering failed", f"A render ended with {error!r}.", f"See {log_path()}."
                    )
                )

    def _next_job(self) -> Callable[[], None] | None:
        with self._wake:
            while True:
                engine = next(reversed(self._engines.values()), None)
                if engine is not None and self._exports:
                    return partial(self._export, engine, *self._exports.popleft())
                if self._is_stopping:
                    return None
                if self._choice is not None:
                    choice, self._choice = self._choice, None
                    return partial(self._load, choice)
                if self._is_forgetting:
                    self._is_forgetting = False
                    return self._silence
                wait_s = None
                if engine is None:
                    pass  # what was asked for waits for a model
                elif self._request is not None:
                    request, self._request, self._refine = self._request, None, None
                    return partial(self._draft, engine, request)
                elif self._refine is not None:
                    waiting, due_s = self._refine
                    wait_s = due_s - time.monotonic()
                    if wait_s <= 0.0:
                        self._refine = None
                        return partial(self._finish, engine, waiting)
                elif self._sounds:
                    return partial(self._prepare, engine, *self._sounds.popleft())
                elif self._rehearsals:
                    return partial(self._rehearse, engine, self._rehearsals.popleft())
                self._wake.wait(wait_s)

    def _load(self, choice: ModelChoice) -> None:
        """Put the engine of a model in front of the others; where that fails, nothing changes."""
        try:
            if choice not in self._engines:
                self._engines[choice] = self._make_engine(choice.path)
        except MorphStudioError as error:
            self.model_failed.emit(choice, error)
            return
        except Exception as error:  # noqa: BLE001 without a model the window still opens and says why
            _log.exception("The model could not be loaded")
            problem = f"Loading {choice.path.name} ended with {error!r}."
            self.model_failed.emit(choice, MorphStudioError("No model", problem, f"See {log_path()}."))
            return
        self._engines.move_to_end(choice)
        while len(self._engines) > _N_KEPT_ENGINES:
            self._engines.popitem(last=False)
        model = self._engines[choice].model
        self.model_loaded.emit(choice, _described(model.name, model.card))

    def _draft(self, engine: Engine, request: MorphRequest) -> None:
        for clip, weight in zip(request.clips, request.weights, strict=True):
            if weight > 0.0:
                # Before looking where the playhead is: the first region must not be over when it comes.
                engine.prepare(clip, request.n_frames)
        is_first = True
        for start, samples in engine.draft(request, self._player.playhead):
            # Each region is published on top of those before it, so that even the longest loop sounds
            # at once; a crossfade between equal samples changes nothing.
            writer = self._player.begin(request.n_frames)
            writer.write(start, samples)
            generation = writer.publish()
            if is_first:
                self.draft_published.emit(request, generation)
                is_first = False
            if self._is_superseded():
                return
        with self._wake:
            if not self._is_superseded():
                self._refine = (request, time.monotonic() + _REFINE_AFTER_S)

    def _silence(self) -> None:
        # Or the next press would begin with what was heard last, a sound that is gone.
        writer = self._player.begin(_SILENT_FRAMES)
        writer.write(0, np.zeros((_SILENT_FRAMES, 1), np.float32))
        writer.publish()

    def _finish(self, engine: Engine, request: MorphRequest) -> None:
        result = engine.render(request, lambda: self._is_superseded() or self._choice is not None)
        if self._is_superseded():
            return
        if self._choice is not None:
            self._refine = (request, time.monotonic())  # with the other model, or once that is refused
            return
        writer = self._player.begin(request.n_frames)
        writer.write(0, result.samples)
        writer.publish()
        self.render_finished.emit(request, result)

    def _is_superseded(self) -> bool:
        return self._request is not None or self._is_forgetting or self._is_stopping

    def _export(self, engine: Engine, request: MorphRequest, path: Path, bits: int, rate_hz: int) -> None:
        result = engine.render(request)
        write_wav(path, result.samples, bits=bits, rate_hz=rate_hz, seed=request.seed)
        self.export_finished.emit(path)

    def _prepare(self, engine: Engine, sound_id: str, clip: AudioClip, n_frames: int) -> None:
        if engine.has_room:
            engine.prepare(clip, n_frames)
        self.sound_prepared.emit(sound_id)

    def _rehearse(self, engine: Engine, request: MorphRequest) -> None:
        try:
            engine.rehearse(request)
        except Exception:  # noqa: BLE001 nobody asked for it; who does will be told
            _log.warning("A rehearsal failed", exc_info=True)


def _described(name: str, card: dict[str, object]) -> str:
    figures = card.get("figures")
    error_db = figures.get("log_mel_error_db") if isinstance(figures, dict) else None
    return (
        f"{name} · spectral\u00a0error\u00a0{error_db:.1f}\u00a0dB" if isinstance(error_db, float) else name
    )
