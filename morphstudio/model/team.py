"""Processes that train one model together, as `torchrun` starts them; one process alone is a team too."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, distributed

from morphstudio.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Team:
    """Place of a process among `size`; the one of rank 0 leads: it decides, measures, writes and prints."""

    rank: int = 0
    size: int = 1

    @property
    def is_leader(self) -> bool:
        """Whether this process decides and writes."""
        return self.rank == 0

    def share_of(self, batch_size: int) -> range:
        """Places in a batch that this process computes.

        Raises
        ------
        ParameterError
            If the batch cannot be shared evenly.
        """
        if batch_size % self.size:
            raise ParameterError(
                "Bad batch size",
                f"A batch of {batch_size} can't be shared evenly by {self.size} processes.",
                f"Give a --batch-size that is a multiple of {self.size}.",
            )
        count = batch_size // self.size
        return range(self.rank * count, (self.rank + 1) * count)

    def follow(self, values: Sequence[float]) -> list[float]:
        """What the leader says, whatever this process says."""
        if self.size == 1:
            return list(values)
        said = torch.tensor(values, dtype=torch.float64)
        distributed.broadcast(said, src=0)
        return said.tolist()

    def mean(self, values: Tensor) -> Tensor:
        """Mean over the processes."""
        if self.size == 1:
            return values
        total = values.detach().clone()
        distributed.all_reduce(total)
        return total / self.size


@contextlib.contextmanager
def joined_team() -> Iterator[Team]:
    """Team that the environment names: `torchrun` sets it, without it the process is alone."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Team()
        return
    # Decisions travel as numbers of the CPU also where gradients are on the GPU.
    distributed.init_process_group("cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo")
    try:
        yield Team(distributed.get_rank(), size)
    finally:
        distributed.destroy_process_group()


def own_device(device: torch.device) -> torch.device:
    """Device of this process, where a machine has one for each."""
    if device.type != "cuda":
        return device
    index = int(os.environ.get("LOCAL_RANK", "0"))
    torch.cuda.set_device(index)
    return torch.device("cuda", index)
