"""What a long run says while it goes on: a bar for people, JSON lines for programs. And how it is stopped."""

from __future__ import annotations

import contextlib
import json
import math
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from morphstudio.model.losses import Figures
    from morphstudio.model.progress import TrainProgress


class RunReport:
    """Shows one run; a context, so that the bar ends with it.

    Parameters
    ----------
    stage : str
        "training" or "tuning".
    as_json : bool
        Print JSON, one object a line, instead of the bar.
    is_silent : bool
        Say nothing: another process speaks for this one.
    """

    def __init__(self, stage: str, *, as_json: bool, is_silent: bool = False) -> None:
        self._stage = stage
        self._is_json = as_json and not is_silent
        self._is_silent = is_silent
        self.console = Console(stderr=True, quiet=as_json or is_silent)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, TextColumn("{task.fields[note]}"), console=self.console)
        self._task = self._bar.add_task(stage.capitalize(), total=None, note="")

    def __enter__(self) -> RunReport:
        if not self._is_json and not self._is_silent:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, progress: TrainProgress) -> None:
        """Show where training is."""
        if self._is_json:
            self._print_line(_as_line(self._stage, progress))
            return
        note = f"step {progress.step}"
        if progress.latest is not None and progress.first is not None:
            note += f", log-mel {progress.latest.log_mel_error_db:.2f} dB"
            note += f" (at first {progress.first.log_mel_error_db:.2f})"
        elif math.isfinite(progress.training_error_db):
            note += f", log-mel {progress.training_error_db:.2f} dB on what it learns from"
        self.show_share(progress.elapsed_s, progress.total_s, note)

    def show_share(self, done: float, total: float, note: str) -> None:
        """Set the bar."""
        self._bar.update(self._task, total=total, completed=done, note=note)

    def tell_figures(self, what: str, figures: Figures) -> None:
        """Print the three figures of a decoder, for people."""
        self.console.print(
            f"{what}: log-mel error {figures.log_mel_error_db:.2f} dB, log-spectral distance "
            f"{figures.log_spectral_distance_db:.2f} dB, cosine {figures.cosine:.3f}"
        )

    def finish(self, out: str, facts: dict[str, Any]) -> None:
        """Print where the model is, and for programs how good."""
        if self._is_json:
            self._print_line({"stage": "done", "out": out, **facts})
        elif not self._is_silent:
            sys.stdout.write(f"{out}\n")

    def _print_line(self, line: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _as_line(stage: str, progress: TrainProgress) -> dict[str, Any]:
    def error_db(figures: Figures | None) -> float | None:
        return None if figures is None else round(figures.log_mel_error_db, 3)

    return {
        "stage": stage,
        "elapsed_s": round(progress.elapsed_s, 2),
        "total_s": round(progress.total_s, 2),
        "step": progress.step,
        "loss": round(progress.loss, 4) if math.isfinite(progress.loss) else None,
        "log_mel_error_db": error_db(progress.latest),
        "first_log_mel_error_db": error_db(progress.first),
        "best_log_mel_error_db": error_db(progress.best),
    }


@contextlib.contextmanager
def stopping_signals() -> Iterator[threading.Event]:
    """Event that Ctrl+C, or being told to end, sets: what was computed so far is kept."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopped.set()

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
