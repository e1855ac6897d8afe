"""Exports that wait, are rendered and are written, a step at a time, so that drafts come in between."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from morphstudio.audio.clip import Samples
from morphstudio.audio.export import ExportOptions, writing_loop
from morphstudio.errors import MorphStudioError
from morphstudio.logs import log_path
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import MorphRequest, MorphResult

if TYPE_CHECKING:
    from morphstudio.morph.engines import Engine

_log = logging.getLogger(__name__)
_MOST_INTERRUPTIONS = 2
_TOLD_EVERY_S = 0.05
_RENDERING_IN_PIECES = 8
"""A render takes about as long as writing the loop so many times."""


@dataclass(frozen=True, slots=True, eq=False)
class _Export:
    number: int
    request: MorphRequest | PathRequest
    path: Path
    options: ExportOptions


class ExportQueue:
    """Exports in the order in which they were asked for. Any thread may ask; one thread calls `advance`.

    Each export ends in one of `export_finished`, `export_failed` and `export_cancelled`.

    Parameters
    ----------
    tell : callable
        As of the `Renderer`.
    is_needed_elsewhere : callable
        Whether the render of a loop is to be given up, to be begun again later; that happens twice at most.
        The render of a path is not given up, but goes on a step at a time.
    """

    def __init__(self, tell: Callable[..., None], is_needed_elsewhere: Callable[[], bool]) -> None:
        self._tell = tell
        self._is_needed_elsewhere = is_needed_elsewhere
        self._lock = threading.Lock()
        self._waiting: deque[_Export] = deque()
        self._at_work: _Export | None = None
        self._is_cancelled = False
        self._pieces: Generator[float] | None = None
        self._n_interrupted = 0
        self._told_s = 0.0

    def __bool__(self) -> bool:
        """Whether there is anything left to do."""
        return bool(self._waiting) or self._at_work is not None

    def add(
        self, number: int, request: MorphRequest | PathRequest, path: Path, options: ExportOptions
    ) -> None:
        """Put an export behind the others."""
        with self._lock:
            self._waiting.append(_Export(number, request, path, options))

    def cancel(self, number: int) -> None:
        """Give up an export; one that has ended stays as it is."""
        with self._lock:
            if self._at_work is not None and self._at_work.number == number:
                self._is_cancelled = True  # told by who works at it
                return
            found = next((export for export in self._waiting if export.number == number), None)
            if found is None:
                return
            self._waiting.remove(found)
        self._tell("export_cancelled", number)

    def advance(self, engine: Engine) -> None:
        """Render the next export, or write another piece of the one that is rendered."""
        if (export := self._taken()) is None:
            return
        try:
            if not self._is_cancelled and self._pieces is None:
                self._pieces = self._pieces_of(engine, export)
            is_written = not self._is_cancelled and self._pieces is not None and self._has_gone_on(export)
        except MorphStudioError as error:
            self._end("export_failed", error)
        except Exception as error:  # noqa: BLE001 whoever waits for the file has to be told
            _log.exception("Export failed")
            problem = f"Exporting {export.path.name} ended with {error!r}."
            self._end(
                "export_failed", MorphStudioError("Export failed", problem, f"See {log_path('render')}.")
            )
        else:
            if is_written:
                self._end("export_finished")
            elif self._is_cancelled:
                self._end("export_cancelled")

    def refuse(self) -> None:
        """Tell that the next export cannot be rendered, as there is no model."""
        if (export := self._taken()) is not None:
            problem = f"There is no model that could render {export.path.name}."
            hint = "Open a model and export again."
            self._end("export_failed", MorphStudioError("Export failed", problem, hint))

    def _taken(self) -> _Export | None:
        with self._lock:
            if self._at_work is None and self._waiting:
                self._at_work, self._is_cancelled = self._waiting.popleft(), False
                self._n_interrupted = 0
            return self._at_work

    def _pieces_of(self, engine: Engine, export: _Export) -> Generator[float] | None:
        """What is left to do, each piece saying how much is done then; None where a render was given up."""
        request = export.request
        if isinstance(request, PathRequest):
            return _path_pieces(engine, request, export)
        samples = self._rendered(engine, export, request)
        return None if samples is None else _written(export, samples)

    def _rendered(self, engine: Engine, export: _Export, request: MorphRequest) -> Samples | None:
        """Samples, or None where the render was given up, for now or for good."""
        may_yield = self._n_interrupted < _MOST_INTERRUPTIONS
        is_interrupted = False
        n_asked = 0

        def gives_way() -> bool:
            nonlocal is_interrupted, n_asked
            n_asked += 1  # once for each channel and iteration, roughly
            n_channels = max(clip.n_channels for clip in request.clips)
            share = min(1.0, n_asked / max(1, request.n_iterations * n_channels))
            self._tell_share(export, share * _share_of_rendering(export))
            is_interrupted = is_interrupted or (may_yield and self._is_needed_elsewhere())
            return is_interrupted or self._is_cancelled

        result = engine.render(request, gives_way)
        if is_interrupted:
            self._n_interrupted += 1
            return None
        return None if self._is_cancelled else result.samples

    def _has_gone_on(self, export: _Export) -> bool:
        """Do the next piece; tells whether that was the last."""
        assert self._pieces is not None
        for share in self._pieces:
            self._tell_share(export, share)
            if share < 1.0:
                return False
        return True

    def _tell_share(self, export: _Export, share: float) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s > _TOLD_EVERY_S:
            self._told_s = now_s
            self._tell("export_progressed", export.number, share)

    def _end(self, name: str, *values: object) -> None:
        pieces, self._pieces = self._pieces, None
        if pieces is not None:
            pieces.close()
        with self._lock:
            export, self._at_work = self._at_work, None
        assert export is not None
        self._tell(name, export.number, *values)


def _path_pieces(engine: Engine, request: PathRequest, export: _Export) -> Generator[float]:
    """Render a path and write it: renders take so long that drafts have to come in between."""
    rendering = engine.rendering(request)
    while True:
        try:
            share = next(rendering)
        except StopIteration as ended:
            result: MorphResult = ended.value
            break
        yield share * _share_of_rendering(export)
    yield from _written(export, result.samples)


def _written(export: _Export, samples: Samples) -> Generator[float]:
    rendering = _share_of_rendering(export)
    for share in writing_loop(export.path, samples, export.options, export.request.seed):
        yield 1.0 if share == 1.0 else rendering + share * (1.0 - rendering)


def _share_of_rendering(export: _Export) -> float:
    """Of the time that an export takes."""
    n_pieces = export.options.repeats + bool(export.options.n_tail_frames)
    return _RENDERING_IN_PIECES / (_RENDERING_IN_PIECES + n_pieces)
