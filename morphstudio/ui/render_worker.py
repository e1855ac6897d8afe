"""The window's end of the process that renders: requests go out, what became of them comes as signals.

No request waits for anything here. Where the process dies it is started again, with the same model, what was
asked for last and the exports that it owes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.logs import log_path
from morphstudio.morph.render_client import RENDER_COMMAND, RenderClient
from morphstudio.morph.request import MorphRequest, RenderFigures

_log = logging.getLogger(__name__)
_N_REMEMBERED = 512
_MOST_DEATHS = 3
_DEATHS_WITHIN_S = 60.0
_END_S = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class ModelChoice:
    """A model file and what people call it; a file that is opened again is another choice."""

    path: Path
    name: str
    description: str = ""


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

    Signals carry: a `ModelChoice` that renders from now on, and what its file says of it; one that cannot
    be loaded and why, a `MorphStudioError`; the id of an encoded sound; a `MorphRequest` and the deck
    generation of its draft; a `MorphRequest` and the `RenderFigures` of its final, once that is published;
    the path of an export; the path of an export that failed and why; a `MorphStudioError`.
    """

    model_loaded = Signal(object, str)
    model_failed = Signal(object, object)
    sound_prepared = Signal(str)
    draft_published = Signal(object, int)
    render_finished = Signal(object, object)
    export_finished = Signal(object)
    export_failed = Signal(object, object)
    failed = Signal(object)

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
        self._serial = 0
        self._requests: OrderedDict[int, MorphRequest] = OrderedDict()
        self._choices: list[ModelChoice] = []
        self._chosen: int | None = None
        self._exports: dict[int, tuple[MorphRequest, Path, int, int]] = {}
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

    def submit_export(self, request: MorphRequest, path: Path, bits: int, rate_hz: int) -> None:
        """Ask for the final of a request as a file."""
        with self._lock:
            self._serial += 1
            self._exports[self._serial] = (request, path, bits, rate_hz)
            self._send("submit_export", self._serial, request, path, bits, rate_hz)

    def prepare(self, sound_id: str, clip: AudioClip, n_frames: int) -> None:
        """Encode a sound when there is nothing better to do."""
        self._send("prepare", sound_id, clip, n_frames)

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
        if client is not None:
            if not self.isRunning():  # nobody listens: what it says must not block it
                client.close(0.0)
            self.wait()
            client.close(_END_S)

    def run(self) -> None:
        """Thread body: listen."""
        while (client := self._client) is not None:
            while (event := client.next_event()) is not None:
                name, *values = event
                getattr(self, f"_on_{name}")(*values)
            with self._lock:
                if self._is_stopping:
                    return
                client.close(0.0)
                self._client = self._successor()

    def _send(self, name: str, *values: object) -> None:
        with self._lock:
            if self._client is None:
                return
            try:
                self._client.send(name, *values)
            except MorphStudioError as error:
                self.failed.emit(error)

    def _new_client(self) -> RenderClient:
        return RenderClient(self._player.deck_memory, self._store, self._command)

    def _successor(self) -> RenderClient | None:
        """Start again what has died, or say that it is no use."""
        now_s = time.monotonic()
        self._deaths.append(now_s)
        while now_s - self._deaths[0] > _DEATHS_WITHIN_S:
            self._deaths.popleft()
        _log.error("The process that renders has died, %d times of late", len(self._deaths))
        if len(self._deaths) > _MOST_DEATHS:
            problem = "The part that renders ended several times."
            hint = f"Save what you have and start MorphStudio again; {log_path('render').name} may say why."
            self.failed.emit(MorphStudioError("Rendering stopped", problem, hint))
            return None
        client = self._new_client()
        if self._chosen is not None:
            client.send("use_model", self._chosen, self._choices[self._chosen].path)
        for number, export in self._exports.items():
            client.send("submit_export", number, *export)
        if self._requests:
            serial, request = next(reversed(self._requests.items()))
            client.send("submit", serial, request, None)
        return client

    # --- what it says, in the thread ------------------------------------------------------------

    def _on_model_loaded(self, key: int, name: str, error_db: float | None) -> None:
        text = name if error_db is None else f"{name} · spectral\u00a0error\u00a0{error_db:.1f}\u00a0dB"
        self.model_loaded.emit(self._choices[key], text)

    def _on_model_failed(self, key: int, error: MorphStudioError) -> None:
        self.model_failed.emit(self._choices[key], error)

    def _on_sound_prepared(self, sound_id: str) -> None:
        self.sound_prepared.emit(sound_id)

    def _on_draft_published(self, serial: int, generation: int) -> None:
        if (request := self._requests.get(serial)) is not None:
            self.draft_published.emit(request, generation)

    def _on_render_finished(self, serial: int, figures: RenderFigures) -> None:
        if (request := self._requests.get(serial)) is not None:
            self.render_finished.emit(request, figures)

    def _on_export_finished(self, number: int) -> None:
        _, path, *_ = self._exports.pop(number)
        self.export_finished.emit(path)

    def _on_export_failed(self, number: int, error: MorphStudioError) -> None:
        _, path, *_ = self._exports.pop(number)
        self.export_failed.emit(path, error)

    def _on_failed(self, error: MorphStudioError) -> None:
        self.failed.emit(error)
