"""Where to compute: the choice on the command line, and the device that it comes to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from morphstudio.errors import ParameterError

if TYPE_CHECKING:
    import torch


class ComputeDevice(StrEnum):
    """Where networks and Griffin-Lim run."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


def compute_device(wanted: ComputeDevice) -> torch.device:
    """Device to compute on; `AUTO` takes a GPU where there is one.

    Raises
    ------
    ParameterError
        If the wanted one is not there.
    """
    import torch

    has = {
        ComputeDevice.CUDA: torch.cuda.is_available(),
        ComputeDevice.MPS: torch.backends.mps.is_available(),
        ComputeDevice.CPU: True,
    }
    if wanted is ComputeDevice.AUTO:
        return torch.device(next(name for name, there in has.items() if there))
    if not has[wanted]:
        raise ParameterError("No such device", f"This machine has no {wanted}.", "Use --device auto.")
    return torch.device(wanted)
