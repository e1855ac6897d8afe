"""How training goes: what a progress bar shows, and the file of figures beside the model."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from morphstudio.model.losses import Figures
from morphstudio.model.team import Team
from morphstudio.saving import saving


@dataclass(frozen=True, slots=True)
class TrainProgress:
    """Where training is.

    `loss` and `training_error_db` (log-mel, on the examples learnt from) are means since the last report;
    `latest`, `first` and `best` are what was measured on whole loops, None as long as nothing was.
    """

    step: int
    elapsed_s: float
    total_s: float
    loss: float
    training_error_db: float
    latest: Figures | None
    first: Figures | None
    best: Figures | None


class MeanTerms:
    """Terms of the loss, averaged from report to report."""

    def __init__(self) -> None:
        self.n_steps = 0
        self._names: tuple[str, ...] = ()
        self._sum: Tensor | None = None

    def add(self, terms: dict[str, Tensor]) -> None:
        """Add those of one step."""
        values = torch.stack([*terms.values()])
        self._names = tuple(terms)
        self._sum = values if self._sum is None else self._sum + values
        self.n_steps += 1

    def take(self, team: Team) -> dict[str, float]:
        """Means over the steps since the last call and over the processes; all of them must call."""
        if self._sum is None:
            return {}
        values = (team.mean(self._sum) / self.n_steps).tolist()
        self.n_steps, self._sum = 0, None
        return dict(zip(self._names, values, strict=True))


class _Board(Protocol):
    def add_scalar(self, tag: str, scalar_value: float, global_step: int) -> None: ...
    def close(self) -> None: ...


class MetricsLog:
    """Figures of a run, one JSON object a line; for TensorBoard too where it is installed.

    Parameters
    ----------
    path : Path
        What earlier runs wrote stays as far as this run takes up from there.
    first_step : int
        Steps already made; lines from beyond were lost with the process that wrote them.

    Raises
    ------
    FileError
        If the file cannot be written.
    """

    def __init__(self, path: Path, first_step: int) -> None:
        kept = "".join(_lines_up_to(path, first_step)) if first_step else ""
        with saving(path) as file:
            file.write(kept.encode("utf-8"))
        self._file = path.open("a", encoding="utf-8")
        self._board = _board(path.with_suffix(".tensorboard"))

    def write(self, step: int, figures: dict[str, Any]) -> None:
        """Add a line; it stands in the file at once."""
        self._file.write(json.dumps({"step": step, **_as_json(figures)}) + "\n")
        self._file.flush()
        if self._board is not None:
            for name, value in _flat(figures).items():
                self._board.add_scalar(name, value, step)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        if self._board is not None:
            self._board.close()


def held_out_entry(measured: Figures | None) -> dict[str, Any]:
    """Entry of a line for what was just measured, if anything was."""
    return {} if measured is None else {"held_out": asdict(measured)}


def _lines_up_to(path: Path, last_step: int) -> list[str]:
    kept = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            # A killed process may leave half a line.
            if line.endswith("}\n") and int(json.loads(line)["step"]) <= last_step:
                kept.append(line)
    except (OSError, ValueError, KeyError, TypeError):
        return kept
    return kept


def _as_json(figures: dict[str, Any]) -> dict[str, Any]:
    """What is no number is null: JSON knows no NaN."""
    return {
        name: _as_json(value)
        if isinstance(value, dict)
        else (value if not isinstance(value, float) or math.isfinite(value) else None)
        for name, value in figures.items()
    }


def _flat(figures: dict[str, Any]) -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            flat |= {f"{name}/{key}": number for key, number in _flat(value).items()}
        elif isinstance(value, int | float):
            flat[name] = value
    return flat


def _board(folder: Path) -> _Board | None:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    board: _Board = SummaryWriter(str(folder))
    return board
