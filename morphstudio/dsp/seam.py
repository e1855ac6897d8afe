"""The seam of a loop: where its last frame meets its first."""

from __future__ import annotations

import math

import torch
from torch import Tensor

_NEAR_FRAMES = 16
_SPARE = 0.9
_FADE_FRAMES = 128
"""3 ms: long enough not to click, short enough not to be heard as a change of the loop."""


def close_seam(loop: Tensor) -> Tensor:
    """Take the click out of a loop's seam; a loop that closes is returned as it is.

    Where the step from the last frame to the first is larger than any step near it, what it is too much is
    split between both sides and faded out over 3 ms.

    Parameters
    ----------
    loop : float32, shape (channels, frames)

    Returns
    -------
    float32, same shape
    """
    n_fade = min(_FADE_FRAMES, loop.shape[-1] // 2)
    if n_fade < 2:
        return loop
    step = loop[:, :1] - loop[:, -1:]
    near = torch.cat([loop[:, : _NEAR_FRAMES + 1].diff(), loop[:, -_NEAR_FRAMES - 1 :].diff()], dim=-1)
    largest = near.abs().amax(dim=-1, keepdim=True)
    is_open = step.abs() > largest
    if not bool(is_open.any()):
        return loop
    # The fades add to the steps beside the seam, and may take from the largest of them.
    excess = torch.where(is_open, step - step.clamp(-_SPARE * largest, _SPARE * largest), 0.0)
    turn = torch.arange(n_fade, device=loop.device) * (math.pi / n_fade)
    fade = excess * 0.25 * (1.0 + torch.cos(turn))
    closed = loop.clone()
    closed[:, :n_fade] -= fade
    closed[:, -n_fade:] += fade.flip(-1)
    return closed
