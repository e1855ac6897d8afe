"""The window's end of the process that renders: requests go out, what became of them comes as signals.

No request waits for anything here. Where the process dies it is started again, with the model that rendered,
what was asked for last and the exports that it owes; what has killed it twice is left out.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.export import ExportOptions
from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.logs import log_path
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.render_client import RENDER_COMMAND, RenderClient
from morphstudio.morph.request import MorphRequest, RenderFigures

if TYPE_CHECKING:
    from morphstudio.morph.explore import Words

_log = logging.getLogger(__name__)
_N_REMEMBERED = 512
_MOST_DEATHS = 3
_DEATHS_WITHIN_S = 60.0
_END_MS = 5000
_EXPORT_MS = 60_000
"""So long an export may take before nobody waits for it any more, when the window has been closed."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelChoice:
    """A model file and what people call it; a file that is opened again is another choice.

    Parameters
    ----------
    path : Path
    name : str
    tuned_db : tuple of two floats or None
        Its spectral error before it was tuned here, and after.
    """

    path: Path
    name: str
    tuned_db: tuple[float, float] | None = None


class RenderWorker(QThread):
    """Has requests rendered and published to the player.

    The process starts with this object; the thread listens to it. Before the first `use_model` a request is
    answered by the sound that it has most of.

    Parameters
    ----------
    player : Player
    store : ClipStore
    command : sequence of str
        What renders.

    Signals carry: a `ModelChoice` that renders from now on, what its file calls it, and its spectral error
    in dB or None; one that cannot be loaded and why, a `MorphStudioError`; the id of an encoded sound; a
    `MorphRequest` and the deck generation of its draft; a `MorphRequest` and the `RenderFigures` of its
    final, once that is published; the number of an export and the share of it that is done; the number and
    path of one that is written; those of one that failed and why; the number of one that was cancelled; a
    `MorphStudioError`. `gave_up` is the last of them: nothing will be rendered any more.
    """

    model_loaded = Signal(object, str, object)
    model_failed = Signal(object, object)
    sound_prepared = Signal(str)
    draft_published = Signal(object, int)
    render_finished = Signal(object, object)
    export_progressed = Signal(int, float)
    export_finished = Signal(int, object)
    export_failed = Signal(int, object, object)
    export_cancelled = Signal(int)
    failed = Signal(object)
    gave_up = Signal()

    def __init__(
        self,
        player: Player,
        store: ClipStore,
        command: Sequence[str] = RENDER_COMMAND,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._player, self._store, self._command = player, store, command
        self._lock = threading.RLock()
        self._is_stopping = False
        self.explore_words: Words = (("", ""), ("", ""))
        self._serial = 0
        self._requests: OrderedDict[int, MorphRequest] = OrderedDict()
        self._choices: list[ModelChoice] = []
        self._chosen: int | None = None
        self._loaded: int | None = None
        self._exports: dict[int, tuple[MorphRequest | PathRequest, Path, ExportOptions]] = {}
        self._cancelled: set[int] = set()
        self._resent: set[int] = set()
        self._deaths: deque[float] = deque()
        self._client: RenderClient | None = self._new_client()

    @property
    def pid(self) -> int | None:
        """Of the process that renders; None when it is gone for good."""
        return self._client.pid if self._client else None

    def use_model(self, choice: ModelChoice) -> None:
        """Render with another model as soon as it is loaded; the newest choice counts.

        What plays goes on until something is rendered anew.
        """
        with self._lock:
            if choice not in self._choices:
                self._choices.append(choice)
            self._chosen = self._choices.index(choice)
            self._send("use_model", self._chosen, choice.path)

    def submit(self, request: MorphRequest, start: int | None = None) -> None:
        """Ask for a draft, then its final; replaces what waits.

        `start` is the frame at which it will be heard first, where that is not where the sound is now.
        """
        with self._lock:
            self._serial += 1
            self._requests[self._serial] = request
            if len(self._requests) > _N_REMEMBERED:
                self._requests.popitem(last=False)
            self._send("submit", self._serial, request, start)

    def submit_export(self, request: MorphRequest | PathRequest, path: Path, options: ExportOptions) -> int:
        """Ask for the final of a request, or a path, as a file; returns the number that signals name it by.

        One that cannot even be sent has failed before this returns: connect to these signals queued.
        """
        with self._lock:
            self._serial += 1
            number = self._serial
            self._exports[number] = export = (request, path, options)
            problem = self._problem_in_sending("submit_export", number, *export)
            if problem is not None:
                self._on_export_failed(number, problem)
            return number

    def cancel_export(self, number: int) -> None:
        """Give up an export; its file stays as it was, unless it was written just before."""
        with self._lock:
            if number in self._exports:
                self._cancelled.add(number)
                self._send("cancel_export", number)

    def prepare(self, sound_id: str, request: MorphRequest) -> None:
        """Encode the sound of a request when there is nothing better to do."""
        self._send("prepare", sound_id, request)

    def rehearse(self, requests: Iterable[MorphRequest]) -> None:
        """Find out what drafts between these sounds will need, when there is nothing else to do.

        Replaces what was to be rehearsed before.
        """
        self._send("rehearse", list(requests))

    def forget(self) -> None:
        """Drop all that waits, but exports, and play silence until the next request."""
        with self._lock:
            self._requests.clear()
            self._send("forget")

    def stop(self) -> None:
        """End the process and the thread: what runs is given up, waiting exports are finished."""
        with self._lock:
            self._is_stopping = True
            client = self._client
            self._send("stop")
        if client is None:
            return
        if self.isRunning():
            while True:
                n_owed = len(self._exports)
                if self.wait(_EXPORT_MS if n_owed else _END_MS):
                    break
                if not n_owed or len(self._exports) == n_owed:
                    _log.error("The process that renders did not end; %d exports are lost", n_owed)
                    client.kill()
                    self.wait()
                    break
        client.close()

    def run(self) -> None:
        """Thread body: listen."""
        while (client := self._client) is not None:
            while (event := client.next_event()) is not None:
                name, *values = event
                getattr(self, f"_on_{name}")(*values)
            with self._lock:
                if self._is_stopping:
                    return
                client.close()
                self._client = self._successor()

    def _send(self, name: str, *values: object) -> None:
        if (problem := self._problem_in_sending(name, *values)) is not None and self._client is not None:
            self.failed.emit(problem)

    def _problem_in_sending(self, name: str, *values: object) -> MorphStudioError | None:
        """Why a message was not sent: there is nobody to send it to, or no room for its clips."""
        with self._lock:
            if self._client is None:
                problem = "The part that renders has ended."
                return MorphStudioError("Rendering stopped", problem, "Start MorphStudio again.")
            try:
                self._client.send(name, *values)
            except MorphStudioError as error:
                return error
            return None

    def _new_client(self) -> RenderClient:
        return RenderClient(self._player.deck_memory, self._store, self._command)

    def _successor(self) -> RenderClient | None:
        """Start again what has died, or say that it is no use."""
        now_s = time.monotonic()
        self._deaths.append(now_s)
        while now_s - self._deaths[0] > _DEATHS_WITHIN_S:
            self._deaths.popleft()
        _log.error("The process that renders has died, %d times of late", len(self._deaths))
        if len(self._deaths) <= _MOST_DEATHS:
            try:
                return self._told_again(self._new_client())
            except (MorphStudioError, OSError):
                _log.exception("The process that renders cannot be started")
        problem = "The part that renders ended several times."
        hint = f"Start MorphStudio again; {log_path('render').name} may say why it ended."
        error = MorphStudioError("Rendering stopped", problem, hint)
        for number in list(self._exports):
            self._on_export_failed(number, error)
        self.failed.emit(error)
        self.gave_up.emit()
        return None

    def _told_again(self, client: RenderClient) -> RenderClient:
        """Tell a new process what the one before knew, but for what was told again before."""
        for key in dict.fromkeys((self._loaded, self._chosen)):
            if key is not None:
                client.send("use_model", key, self._choices[key].path)
        for number, export in list(self._exports.items()):
            if number in self._cancelled:
                self._on_export_cancelled(number)
            elif number not in self._resent:
                self._resent.add(number)
                client.send("submit_export", number, *export)
            else:
                problem = f"The part that renders ended twice while {export[1].name} was waiting."
                self._on_export_failed(
                    number, MorphStudioError("Export failed", problem, "Try it once more.")
                )
        if self._requests:
            serial = next(reversed(self._requests))
            if serial not in self._resent:
                self._resent.add(serial)
                client.send("submit", serial, self._requests[serial], None)
            else:
                problem = "The part that renders ended twice on what was asked for last."
                self.failed.emit(MorphStudioError("Rendering failed", problem, "Choose another point."))
        return client

    # --- what it says, in the thread ------------------------------------------------------------

    def _on_model_loaded(self, key: int, name: str, error_db: float | None, words: Words) -> None:
        self._loaded, self.explore_words = key, words
        self.model_loaded.emit(self._choices[key], name, error_db)

    def _on_model_failed(self, key: int, error: MorphStudioError) -> None:
        with self._lock:
            if self._chosen == key:
                self._chosen = self._loaded if self._loaded != key else None
        self.model_failed.emit(self._choices[key], error)

    def _on_sound_prepared(self, sound_id: str) -> None:
        self.sound_prepared.emit(sound_id)

    def _on_draft_published(self, serial: int, generation: int) -> None:
        if (request := self._requests.get(serial)) is not None:
            self.draft_published.emit(request, generation)

    def _on_render_finished(self, serial: int, figures: RenderFigures) -> None:
        if (request := self._requests.get(serial)) is not None:
            self.render_finished.emit(request, figures)

    def _on_export_progressed(self, number: int, share: float) -> None:
        if number in self._exports:
            self.export_progressed.emit(number, share)

    def _on_export_finished(self, number: int) -> None:
        if (path := self._settled(number)) is not None:
            self.export_finished.emit(number, path)

    def _on_export_failed(self, number: int, error: MorphStudioError) -> None:
        if (path := self._settled(number)) is not None:
            self.export_failed.emit(number, path, error)

    def _on_export_cancelled(self, number: int) -> None:
        if self._settled(number) is not None:
            self.export_cancelled.emit(number)

    def _settled(self, number: int) -> Path | None:
        """Path of an export of which the end was not told before."""
        with self._lock:
            self._cancelled.discard(number)
            export = self._exports.pop(number, None)
        return export[1] if export is not None else None

    def _on_failed(self, error: MorphStudioError) -> None:
        self.failed.emit(error)
