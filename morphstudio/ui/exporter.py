"""Exports from the question to the message: where to, then what became of it. Renders nothing itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import MorphRequest
from morphstudio.ui.export_dialog import ExportDialog
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.render_worker import RenderWorker


class Exporter(QObject):
    """Asks where an export goes and has it rendered.

    Parameters
    ----------
    worker : RenderWorker
    message_bar : MessageBar
    window : QWidget
        What the dialog stands before.
    """

    def __init__(self, worker: RenderWorker, message_bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._worker, self._bar, self._window = worker, message_bar, window
        self._folder: Path | None = None
        self._waiting: set[Path] = set()
        worker.export_finished.connect(self._on_export_finished)
        worker.export_failed.connect(self._on_export_failed)

    def ask(self, request: MorphRequest, name: str) -> None:
        """Open the dialog for what is heard now; what is heard when it closes does not matter."""
        n_channels = max(c.n_channels for c, w in zip(request.clips, request.weights, strict=True) if w > 0)
        dialog = ExportDialog(name, request.n_frames, n_channels, self._folder, self._waiting, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._export, request, dialog))
        dialog.open()

    def _export(self, request: MorphRequest, dialog: ExportDialog) -> None:
        choice = dialog.chosen()
        self._folder = choice.path.parent
        self._waiting.add(choice.path)
        self._bar.show_message("info", self.tr("Exporting"), str(choice.path))
        self._worker.submit_export(request, choice.path, choice.bits, choice.rate_hz)

    @Slot(object)
    def _on_export_finished(self, path: Path) -> None:
        self._waiting.discard(path)
        self._bar.show_message(
            "info", self.tr("Exported"), str(path), self.tr("The loop repeats without a seam.")
        )

    @Slot(object, object)
    def _on_export_failed(self, path: Path, error: MorphStudioError) -> None:
        self._waiting.discard(path)
        self._bar.withdraw(self.tr("Exporting"))
        self._bar.show_message("error", error.title, error.message, error.hint)
