"""The tuning process seen from the window: started, listened to, stopped. It knows no widget."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QThread, QTimer, Signal, Slot

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import MorphStudioError
from morphstudio.logs import log_path
from morphstudio.tuning import parse_failure, parse_progress, tune_arguments, write_missing

_log = logging.getLogger(__name__)
_NICENESS = 10
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000
_PROCESS_SET_INFORMATION = 0x0200
_MAX_STOPPING_MS = 4000
"""It writes the best so far when told to end; whoever takes longer than this hangs."""
_MAX_KILLING_MS = 2000


class _Preparation(QThread):
    """Writes what has no file: that may take a while."""

    def __init__(self, clips: Sequence[AudioClip], folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._clips, self._folder = clips, folder
        self.paths: list[Path] = []
        self.error: MorphStudioError | None = None

    def run(self) -> None:
        """Thread body."""
        try:
            self.paths = write_missing(self._clips, self._folder)
        except MorphStudioError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 nobody hears what a thread raises
            _log.exception("Sounds could not be handed to the tuning process")
            self.error = MorphStudioError("Can't tune", f"Writing the loops ended with {error!r}.")


class Tuner(QObject):
    """Runs one tuning at a time, at low priority.

    Parameters
    ----------
    seconds : float
        How long a tuning learns.
    command : sequence of str
        What stands before the arguments of `morphstudio`.
    """

    progressed = Signal(object)
    """`TuneProgress`."""
    finished = Signal(object)
    """Path of the tuned model; None where it was stopped before there was one."""
    failed = Signal(object)
    """`MorphStudioError`."""

    def __init__(
        self,
        seconds: float,
        command: Sequence[str] = (sys.executable, "-m", "morphstudio"),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._command = tuple(command)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = count(1)
        self._start: Path | None = None
        self._out = Path()
        self._preparation: _Preparation | None = None
        self._process: QProcess | None = None
        self._is_stopping = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_MAX_STOPPING_MS)
        self._patience.timeout.connect(self._on_patience_ended)

    @property
    def is_running(self) -> bool:
        """Whether a tuning goes on."""
        return self._preparation is not None or self._process is not None

    @property
    def process_id(self) -> int:
        """Of the process that learns; 0 where there is none."""
        return self._process.processId() if self._process is not None else 0

    def start(self, clips: Sequence[AudioClip], start: Path | None) -> None:
        """Tune the model `start` (None is the factory's) on these clips; one of the signals ends it."""
        if self.is_running:
            return
        self._is_stopping = False
        self._start = start
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="morphstudio-")
            folder = Path(self._folder.name) / f"tuning {next(self._numbers)}"
            folder.mkdir()
            sounds = folder / "sounds"
            sounds.mkdir()
        except OSError as error:
            reason = error.strerror or repr(error)
            self.failed.emit(
                MorphStudioError("Can't tune", f"There is no room for a temporary file ({reason}).")
            )
            return
        self._out = folder / "tuned.safetensors"
        self._preparation = _Preparation(clips, sounds, self)
        self._preparation.finished.connect(self._on_prepared)
        self._preparation.start()

    def stop(self) -> None:
        """End the tuning; `finished` brings the best so far."""
        self._is_stopping = True
        if self._process is not None:
            self._process.terminate()
            self._patience.start()

    def shut_down(self) -> None:
        """End everything at once and remove what was written, tuned models too."""
        self._patience.stop()
        preparation, self._preparation = self._preparation, None
        if preparation is not None:
            preparation.wait()
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(_MAX_KILLING_MS)
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    @Slot()
    def _on_prepared(self) -> None:
        preparation, self._preparation = self._preparation, None
        if preparation is None:
            return
        preparation.wait()
        preparation.deleteLater()
        if preparation.error is not None:
            self.failed.emit(preparation.error)
        elif self._is_stopping:
            self.finished.emit(None)
        else:
            self._launch(tune_arguments(preparation.paths, self._start, self._seconds, self._out))

    def _launch(self, arguments: list[str]) -> None:
        program, *command = [*self._command, *arguments]
        if sys.platform != "win32":  # there it is set once the process runs
            program, *command = ["nice", "-n", str(_NICENESS), program, *command]
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8:replace")
        process = QProcess(self)
        process.setProcessEnvironment(environment)
        process.setStandardInputFile(QProcess.nullDevice())
        process.started.connect(self._on_started)
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error_occurred)
        self._process = process
        process.start(program, command)

    @Slot()
    def _on_started(self) -> None:
        if self._process is not None:
            _lower_priority(self._process.processId())
            if self._is_stopping:
                self.stop()

    @Slot()
    def _on_output(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode("utf-8", "replace")
            progress = parse_progress(line)
            if progress is not None:
                self.progressed.emit(progress)

    @Slot(QProcess.ProcessError)
    def _on_error_occurred(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # of every other error `finished` tells
            process = self._forget_process()
            if process is not None:
                self.failed.emit(
                    MorphStudioError(
                        "Can't tune", f"{self._command[0]} could not be started.", "Reinstall it."
                    )
                )

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, exit_code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        process = self._forget_process()
        if process is None:
            return
        said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        if said.strip():
            _log.info("The tuning process said: %s", said.strip())
        is_well = exit_code == 0 and status is QProcess.ExitStatus.NormalExit
        if self._out.is_file() and (is_well or self._is_stopping):
            self.finished.emit(self._out)
        elif self._is_stopping:
            self.finished.emit(None)
        else:
            _log.warning("The tuning process ended with %s, %s", exit_code, status)
            sentence = parse_failure(said) or "The process that tunes ended unexpectedly."
            hint = "" if parse_failure(said) else f"The details are in {log_path()}."
            self.failed.emit(MorphStudioError("Can't tune", sentence, hint))

    @Slot()
    def _on_patience_ended(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _forget_process(self) -> QProcess | None:
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        return process


def _lower_priority(process_id: int) -> None:
    """Put a process that has just begun behind the window and the sound."""
    if sys.platform == "linux":
        # Nice alone lets it finish its slice before the audio callback: three times as many came too late.
        with contextlib.suppress(OSError):
            os.sched_setscheduler(process_id, os.SCHED_IDLE, os.sched_param(0))
    elif sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_PROCESS_SET_INFORMATION, False, process_id)
        if handle:
            kernel.SetPriorityClass(handle, _BELOW_NORMAL_PRIORITY_CLASS)
            kernel.CloseHandle(handle)
