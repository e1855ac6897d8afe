"""Which model plays, which were there before, and the tuning of new ones. It touches no sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import MorphStudioError
from morphstudio.tuning import TuneProgress, copy_model
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.model_panel import ModelPanel
from morphstudio.ui.render_worker import ModelChoice, RenderWorker
from morphstudio.ui.tuner import Tuner

_LEAST_GAIN_DB = 0.005
"""Less than this is not shown, so it is no gain."""


class ModelKeeper(QObject):
    """Connects the panel of the model to the process that renders and the one that tunes.

    Parameters
    ----------
    worker : RenderWorker
    tuner : Tuner
    panel : ModelPanel
    message_bar : MessageBar
    factory_path : Path
        File of the model that is there from the beginning.
    window : QWidget
        What dialogs stand before.
    """

    model_changed = Signal()
    """Another model renders from now on."""
    model_missing = Signal()
    """There is none that could render."""
    tuning_began = Signal()
    tuning_ended = Signal()

    def __init__(
        self,
        worker: RenderWorker,
        tuner: Tuner,
        panel: ModelPanel,
        message_bar: MessageBar,
        factory_path: Path,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._worker, self._tuner = worker, tuner
        self._panel, self._bar, self._window = panel, message_bar, window
        self._factory = ModelChoice(factory_path, self.tr("Factory"))
        self._known: list[ModelChoice] = []
        self._current: ModelChoice | None = None
        self._chosen = self._factory
        self._clips: tuple[AudioClip, ...] = ()
        self._errors: list[tuple[float, float]] = []
        self._best_db: float | None = None
        self._n_learnt = 0
        self._is_stopping = False
        self._loaded: tuple[str, float | None] = ("", None)
        panel.tune_requested.connect(self._on_tune_requested)
        panel.stop_requested.connect(self._on_stop_requested)
        panel.other_chosen.connect(self._on_other_chosen)
        panel.open_requested.connect(self._on_open_requested)
        panel.save_requested.connect(self._on_save_requested)
        worker.model_loaded.connect(self._on_model_loaded)
        worker.model_failed.connect(self._on_model_failed)
        tuner.progressed.connect(self._on_progressed)
        tuner.finished.connect(self._on_tuned)
        tuner.failed.connect(self._on_tuning_failed)

    def start(self) -> None:
        """Have the factory's model loaded."""
        self._panel.show_model(self.tr("Loading…"), "")
        self._use(self._factory)

    @property
    def choice(self) -> ModelChoice | None:
        """The model that plays, or is about to; None is the factory's."""
        return None if self._chosen is self._factory else self._chosen

    def choose(self, choice: ModelChoice | None) -> None:
        """Have a model play that belongs to a session; None is the factory's."""
        if choice != self.choice:
            self._use(choice or self._factory)

    def retranslate(self) -> None:
        """Make every text again."""
        if self._current is not None:
            self._show_model(self._current)

    def shut_down(self) -> None:
        """End a tuning; models that were not saved go with it."""
        self._tuner.shut_down()

    def set_clips(self, clips: Sequence[AudioClip]) -> None:
        """Say what is on the pad: a tuning learns that."""
        self._clips = tuple(clips)
        self._panel.set_tune_enabled(bool(clips) and self._current is not None)

    # --- tuning -------------------------------------------------------------------------------

    @Slot()
    def _on_tune_requested(self) -> None:
        if not self._clips or self._current is None or self._tuner.is_running:
            return
        self._errors, self._best_db, self._n_learnt = [], None, len(self._clips)
        self._is_stopping = False
        self._panel.show_tuning(self.tr("Getting ready…"))
        start = None if self._current is self._factory else self._current.path
        self._tuner.start(self._clips, start)
        self.tuning_began.emit()

    @Slot()
    def _on_stop_requested(self) -> None:
        self._is_stopping = True
        self._panel.show_stopping(self.tr("Stopping…"))
        self._tuner.stop()

    @Slot(object)
    def _on_progressed(self, progress: TuneProgress) -> None:
        if not self._errors and progress.first_error_db is not None:
            self._errors.append((0.0, progress.first_error_db))
        # Each line repeats what was measured last.
        if self._errors and progress.error_db not in (None, self._errors[-1][1]):
            self._errors.append((progress.elapsed_s, progress.error_db))
        self._best_db = progress.best_error_db
        if self._is_stopping:
            return
        share = min(1.0, progress.elapsed_s / max(progress.total_s, 1e-3))
        left_s = max(0, round(progress.total_s - progress.elapsed_s))
        self._panel.show_progress(self._status(left_s), share, self._errors, progress.total_s)

    @Slot(object)
    def _on_tuned(self, path: Path | None) -> None:
        self._panel.show_idle()
        self.tuning_ended.emit()
        first_db = self._errors[0][1] if self._errors else None
        best_db = self._best_db
        if path and first_db is not None and best_db is not None and first_db - best_db >= _LEAST_GAIN_DB:
            self._use(ModelChoice(path, self._tuned_name(), (first_db, best_db)))
        elif self._is_stopping:
            self._bar.show_message(
                "info", self.tr("Tuning stopped"), self.tr("Nothing was learnt yet; the model is as it was.")
            )
        else:
            self._bar.show_message(
                "info", self.tr("Nothing to gain"), self.tr("Tuning found no better model than this one.")
            )

    @Slot(object)
    def _on_tuning_failed(self, error: MorphStudioError) -> None:
        self._panel.show_idle()
        self.tuning_ended.emit()
        self._bar.show_error(error)

    def _status(self, left_s: int) -> str:
        text = self.tr("Learning 1 loop · %2 left")
        if self._n_learnt > 1:
            text = self.tr("Learning %1 loops · %2 left").replace("%1", str(self._n_learnt))
        return text.replace("%2", f"{left_s // 60}:{left_s % 60:02d}")

    def _tuned_name(self) -> str:
        name = self.tr("Tuned on 1 sound")
        if self._n_learnt > 1:
            name = self.tr("Tuned on %1 sounds").replace("%1", str(self._n_learnt))
        taken = {choice.name for choice in self._known}
        again = (f"{name} ({number})" for number in range(2, len(taken) + 3))
        return next(free for free in (name, *again) if free not in taken)

    def _gain(self, first_db: float, best_db: float) -> str:
        text = self.tr("spectral error %1 → %2 dB").replace("%1", f"{first_db:.1f}")
        return text.replace("%2", f"{best_db:.1f}")

    # --- models -------------------------------------------------------------------------------

    def _use(self, choice: ModelChoice) -> None:
        if choice not in self._known:  # now, for a newer choice may keep it from ever being loaded
            self._known.append(choice)
        self._chosen = choice
        self._worker.use_model(choice)

    @Slot(object, str, object)
    def _on_model_loaded(self, choice: ModelChoice, name: str, error_db: float | None) -> None:
        self._current, self._loaded = choice, (name, error_db)
        keeps = (choice, self._factory)  # a file that is opened anew takes the place of what it was
        self._known = [known for known in self._known if known in keeps or known.path != choice.path]
        self._show_model(choice)
        self._panel.set_save_enabled(True)
        self._panel.set_tune_enabled(bool(self._clips))
        self.model_changed.emit()

    def _show_model(self, choice: ModelChoice) -> None:
        name = self.tr("Factory") if choice is self._factory else choice.name
        self._panel.show_model(name, self._describe(choice))
        others = [known for known in self._known if known is not choice]
        self._panel.show_others([self._way_to(other) for other in others])

    def _describe(self, choice: ModelChoice) -> str:
        if choice.tuned_db is not None:
            return self._gain(*choice.tuned_db)
        name, error_db = self._loaded
        if error_db is None:
            return name
        text = self.tr("{model} · spectral\u00a0error\u00a0{error}\u00a0dB")
        return text.format(model=name, error=f"{error_db:.1f}")

    def _way_to(self, choice: ModelChoice) -> str:
        if choice is self._factory:
            return self.tr("Back to factory")
        return self.tr("Back to: %1").replace("%1", choice.name)

    @Slot(object, object)
    def _on_model_failed(self, choice: ModelChoice, error: MorphStudioError) -> None:
        if choice is not self._factory and choice in self._known:
            self._known.remove(choice)
        if choice is self._chosen:
            self._chosen = self._current or self._factory
        if choice is self._current:  # its file has gone since, and another process had to load it
            self._current = None
            if choice is not self._factory:
                self._use(self._factory)
        if self._current is None:
            self._panel.show_model(self.tr("No model"), self.tr("Nothing can be played."))
            self.model_missing.emit()
        self._bar.show_error(error)

    @Slot(int)
    def _on_other_chosen(self, index: int) -> None:
        others = [known for known in self._known if known is not self._current]
        self._use(others[index])

    @Slot()
    def _on_open_requested(self) -> None:
        dialog = self._dialog(self.tr("Open a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file_opened)
        dialog.open()

    @Slot(str)
    def _on_file_opened(self, name: str) -> None:
        path = Path(name)
        self._use(ModelChoice(path, path.name))

    @Slot()
    def _on_save_requested(self) -> None:
        dialog = self._dialog(self.tr("Save the model as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("safetensors")
        dialog.fileSelected.connect(self._on_save_chosen)
        dialog.open()

    @Slot(str)
    def _on_save_chosen(self, name: str) -> None:
        if self._current is None:
            return
        try:
            copy_model(self._current.path, Path(name))
        except MorphStudioError as error:
            self._bar.show_error(error)
        else:
            self._bar.show_message("info", self.tr("Model saved"), name)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilter(self.tr("Models") + " (*.safetensors)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
