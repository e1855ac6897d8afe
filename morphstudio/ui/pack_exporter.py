"""Packs from the choice to the message: one file after the other into a folder of their own.

Each file is whole or not there, so a pack that is stopped, by a hand or a full disk, keeps what was finished.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from morphstudio.audio.export import ExportOptions
from morphstudio.audio.naming import make_free_folder
from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import MorphRequest
from morphstudio.ui.file_manager import reveal
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.pack_dialog import PackChoice
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.work import Work


@dataclass(frozen=True, slots=True)
class Pack:
    """Files that were written, in their order, into a folder of their own."""

    folder: Path
    paths: tuple[Path, ...]


@dataclass(slots=True, eq=False)
class _Run:
    """A pack that is being written."""

    folder: Path
    n_files: int
    waiting: deque[tuple[MorphRequest, Path, ExportOptions]]
    work: Work
    under_way: dict[int, Path] = field(default_factory=dict)
    done: list[Path] = field(default_factory=list)
    error: MorphStudioError | None = None
    is_cancelled: bool = False


class PackExporter(QObject):
    """Has packs rendered and written.

    Parameters
    ----------
    worker : RenderWorker
    message_bar : MessageBar
    parent : QObject
    """

    pack_written = Signal(object)
    """`Pack`, all of it or what there was when it was stopped."""

    def __init__(self, worker: RenderWorker, message_bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._bar = worker, message_bar
        self._runs: list[_Run] = []
        queued = Qt.ConnectionType.QueuedConnection  # one that cannot be sent fails while it is submitted
        worker.export_progressed.connect(self._on_progressed, queued)
        worker.export_finished.connect(self._on_finished, queued)
        worker.export_failed.connect(self._on_failed, queued)
        worker.export_cancelled.connect(self._on_cancelled, queued)

    def export(self, choice: PackChoice) -> None:
        """Write a pack; what is asked for by itself meanwhile comes in between."""
        try:
            folder = make_free_folder(choice.parent, choice.folder)
        except OSError as error:
            self._bar.show_error(self._folder_error(choice.parent / choice.folder, error))
            return
        waiting = deque(
            (file.request, folder / name, replace(choice.options, facts=file.facts))
            for file, name in zip(choice.files, choice.names, strict=True)
        )
        title = self.tr("Exporting {count} loops: {folder}").format(count=len(waiting), folder=folder.name)
        run = _Run(folder, len(waiting), waiting, self._bar.begin_work(title, lambda: self._cancel(run)))
        self._runs.append(run)
        self._submit_next(run)

    @Slot()
    def hand_over(self) -> None:
        """Submit all that waits: the window closes, and the worker finishes what it has been given."""
        for run in self._runs:
            while run.waiting:
                self._submit_next(run)

    def _submit_next(self, run: _Run) -> None:
        request, path, options = run.waiting.popleft()
        run.under_way[self._worker.submit_export(request, path, options)] = path

    def _cancel(self, run: _Run) -> None:
        run.is_cancelled = True
        run.waiting.clear()
        for number in run.under_way:
            self._worker.cancel_export(number)

    # --- what the worker says -----------------------------------------------------------------

    @Slot(int, float)
    def _on_progressed(self, number: int, share: float) -> None:
        if (run := self._run_of(number)) is not None:
            run.work.set_progress(len(run.done) + share, run.n_files, run.under_way[number].name)

    @Slot(int, object)
    def _on_finished(self, number: int, path: Path) -> None:
        if (run := self._run_of(number)) is not None:
            run.done.append(path)
            run.work.set_progress(len(run.done), run.n_files, path.name)
            self._go_on(run, number)

    @Slot(int, object, object)
    def _on_failed(self, number: int, path: Path, error: MorphStudioError) -> None:
        if (run := self._run_of(number)) is not None:
            run.error = error
            run.waiting.clear()  # what stops one stops the others
            self._go_on(run, number)

    @Slot(int)
    def _on_cancelled(self, number: int) -> None:
        if (run := self._run_of(number)) is not None:
            self._go_on(run, number)

    def _run_of(self, number: int) -> _Run | None:
        return next((run for run in self._runs if number in run.under_way), None)

    def _go_on(self, run: _Run, ended: int) -> None:
        del run.under_way[ended]
        if run.waiting:
            self._submit_next(run)
        elif not run.under_way:
            self._end(run)

    def _end(self, run: _Run) -> None:
        self._runs.remove(run)
        run.work.finish()
        if run.done:
            self.pack_written.emit(Pack(run.folder, tuple(run.done)))
        else:
            _remove_empty(run.folder)
        show_text = self.tr("Show in folder") if run.done else ""
        show = partial(reveal, run.done[0]) if run.done else None
        kept = self._kept_text(run)
        if run.error is not None:
            said = " ".join(filter(None, (run.error.message, kept)))
            self._bar.show_message("error", run.error.title, said, run.error.hint, show_text, show)
        elif run.is_cancelled and len(run.done) < run.n_files:
            said = kept or self.tr("Nothing was written.")
            self._bar.show_message("info", self.tr("Pack cancelled"), said, "", show_text, show)
        else:
            self._bar.show_message("info", self.tr("Pack exported"), kept, "", show_text, show)

    def _kept_text(self, run: _Run) -> str:
        """What there is of a pack, and where; empty where there is nothing."""
        if not run.done:
            return ""
        if len(run.done) == run.n_files:
            return self.tr("{count} loops are in {folder}.").format(count=run.n_files, folder=run.folder)
        text = self.tr("{count} of {wanted} loops are finished, in {folder}.")
        return text.format(count=len(run.done), wanted=run.n_files, folder=run.folder)

    def _folder_error(self, folder: Path, error: OSError) -> MorphStudioError:
        text = self.tr("The folder {folder} cannot be made ({reason}).")
        return MorphStudioError(
            self.tr("Can't export the pack"),
            text.format(folder=folder, reason=error.strerror),
            self.tr("Choose another folder."),
        )


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:  # somebody else has put something there, or taken it away
        return
