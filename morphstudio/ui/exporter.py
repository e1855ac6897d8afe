"""Exports from the question to the message: where to, then what became of it. Renders nothing itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.naming import NameFields
from morphstudio.errors import MorphStudioError
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import MorphRequest
from morphstudio.settings import SettingsFile
from morphstudio.ui.export_dialog import ExportDialog, LoopLength
from morphstudio.ui.file_manager import reveal
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.work import Work


class Exporter(QObject):
    """Asks where an export goes and has it rendered.

    Parameters
    ----------
    worker : RenderWorker
    message_bar : MessageBar
    settings : SettingsFile
        Knows what was chosen last, and is told what is chosen now.
    window : QWidget
        What the dialog stands before.
    """

    def __init__(
        self, worker: RenderWorker, message_bar: MessageBar, settings: SettingsFile, window: QWidget
    ) -> None:
        super().__init__(window)
        self._worker, self._bar, self._settings, self._window = worker, message_bar, settings, window
        self._running: dict[int, tuple[Path, Work]] = {}
        queued = Qt.ConnectionType.QueuedConnection  # one that cannot be sent fails while it is submitted
        worker.export_progressed.connect(self._on_progressed, queued)
        worker.export_finished.connect(self._on_finished, queued)
        worker.export_failed.connect(self._on_failed, queued)
        worker.export_cancelled.connect(self._on_cancelled, queued)

    def ask(
        self,
        request: MorphRequest | PathRequest,
        fields: NameFields,
        bar_s: float,
        facts: LoopFacts | None = None,
    ) -> None:
        """Open the dialog for what is heard now; what is heard when it closes does not matter.

        Parameters
        ----------
        request : MorphRequest or PathRequest
        fields : NameFields
            What its file may be named by.
        bar_s : float
            How long one of its bars takes.
        facts : LoopFacts or None
            What its file tells a DAW.
        """
        length = LoopLength(request.n_frames, request.n_channels, bar_s)
        taken = {path for path, _ in self._running.values()}
        dialog = ExportDialog(fields, length, self._settings.settings.export, taken, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._export, request, dialog, facts))
        dialog.open()

    def _export(
        self, request: MorphRequest | PathRequest, dialog: ExportDialog, facts: LoopFacts | None
    ) -> None:
        choice = dialog.chosen()
        try:
            self._settings.save(replace(self._settings.settings, export=choice.settings))
        except MorphStudioError as error:
            self._bar.show_error(error, "warning")
        number = self._worker.submit_export(request, choice.path, replace(choice.options, facts=facts))
        title = self.tr("Exporting {file}").format(file=choice.path.name)
        work = self._bar.begin_work(title, partial(self._worker.cancel_export, number))
        self._running[number] = (choice.path, work)

    @Slot(int, float)
    def _on_progressed(self, number: int, share: float) -> None:
        if number in self._running:
            self._running[number][1].set_progress(share, 1.0)

    @Slot(int, object)
    def _on_finished(self, number: int, path: Path) -> None:
        if self._is_over(number):
            show = partial(reveal, path)
            self._bar.show_message(
                "info", self.tr("Exported"), str(path), "", self.tr("Show in folder"), show
            )

    @Slot(int, object, object)
    def _on_failed(self, number: int, path: Path, error: MorphStudioError) -> None:
        if self._is_over(number):
            self._bar.show_error(error)

    @Slot(int)
    def _on_cancelled(self, number: int) -> None:
        if number in self._running:
            text = self.tr("{file} was not written.").format(file=self._running[number][0].name)
            self._is_over(number)
            self._bar.show_message("info", self.tr("Export cancelled"), text)

    def _is_over(self, number: int) -> bool:
        """Take note that an export has ended; tells whether it was one of these."""
        if number not in self._running:
            return False
        self._running.pop(number)[1].finish()
        return True
