"""The ceiling of a loop: where what goes beyond full scale is bent."""

from __future__ import annotations

import torch
from torch import Tensor

_KNEE = 0.9


def bent_below(loop: Tensor, ceiling: float) -> Tensor:
    """Bend what comes near the ceiling of a loop that goes beyond it; others are returned as they are.

    Parameters
    ----------
    loop : float32, any shape
    ceiling : float
        Largest sample of the result, above 0.

    Returns
    -------
    float32, same shape
    """
    if float(loop.abs().max()) <= ceiling:
        return loop
    knee, room = _KNEE * ceiling, (1.0 - _KNEE) * ceiling
    over = (loop.abs() - knee).clamp_min(0.0)
    return torch.where(over > 0.0, torch.sign(loop) * (knee + room * torch.tanh(over / room)), loop)
