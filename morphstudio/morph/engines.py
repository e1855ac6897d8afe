"""Which engine plays a model."""

from __future__ import annotations

from typing import TypeAlias

import torch

from morphstudio.model.checkpoint import AnyModel, ClassicModel
from morphstudio.morph.classic_engine import ClassicEngine
from morphstudio.morph.engine import MorphEngine

Engine: TypeAlias = MorphEngine | ClassicEngine
"""What renders a `MorphRequest`: `has_room`, `prepare`, `rehearse`, `get_ready`, `draft`, `render`; what says
something of it: `measured`, and `explore_words` of the ways on which it explores a sound."""


def make_engine(model: AnyModel, device: torch.device) -> Engine:
    """Engine for a model of either preset.

    From here on each step of torch in this process runs on one thread. A step takes as long as its slowest
    part, so that on a machine whose other cores paint and play two threads are slower than one; and how a
    convolution is split decides its last bits, which are to be the same in every process.
    """
    torch.set_num_threads(1)
    if isinstance(model, ClassicModel):
        return ClassicEngine(model, device)
    return MorphEngine(model, device)
