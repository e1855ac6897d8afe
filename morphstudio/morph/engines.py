"""Which engine plays a model."""

from __future__ import annotations

from typing import TypeAlias

import torch

from morphstudio.model.checkpoint import AnyModel, ClassicModel
from morphstudio.morph.classic_engine import ClassicEngine
from morphstudio.morph.engine import MorphEngine

Engine: TypeAlias = MorphEngine | ClassicEngine
"""What renders a `MorphRequest`: `has_room`, `prepare`, `draft`, `render`."""


def make_engine(model: AnyModel, device: torch.device) -> Engine:
    """Engine for a model of either preset."""
    if isinstance(model, ClassicModel):
        return ClassicEngine(model, device)
    return MorphEngine(model, device)
