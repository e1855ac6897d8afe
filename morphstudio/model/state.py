"""What a training run resumes from: tensors and a few facts in one safetensors file, never a pickle."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from morphstudio.errors import ModelError


@contextlib.contextmanager
def resuming(path: Path) -> Iterator[tuple[dict[str, str], dict[str, Tensor]]]:
    """Metadata and tensors of a state file.

    Raises
    ------
    ModelError
        If it is damaged, or what is done with it within the context shows that it does not fit.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        yield metadata, tensors
    except (SafetensorError, OSError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"Can't resume from {path.name}", f"{path} is damaged.", "Delete it to start afresh."
        ) from error


def part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Tensors whose names begin with `prefix`, without it."""
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def moments_of(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """What an Adam has learnt of the gradients, under names that begin with `adam.`."""
    states = optimizer.state_dict()["state"].items()
    return {f"adam.{index}.{k}": v for index, state in states for k, v in state.items()}


def set_moments(optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    """Undo `moments_of`; other tensors are passed over."""
    moments: dict[int, dict[str, Tensor]] = {}
    for name, value in part(tensors, "adam.").items():
        index, key = name.split(".")
        moments.setdefault(int(index), {})[key] = value
    optimizer.load_state_dict({**optimizer.state_dict(), "state": moments})
