"""One step of learning: forward, backward, optimizer, running average. When to stop is not known here."""

from __future__ import annotations

import copy
import logging

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from morphstudio.model.losses import ReconstructionLoss
from morphstudio.model.team import Team
from morphstudio.model.vae import StudioVae

_log = logging.getLogger(__name__)
_MAX_GRADIENT_NORM = 1.0


class _SampledPass(nn.Module):
    """The VAE through a latent sampled with the noise that it is given."""

    def __init__(self, vae: StudioVae) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, x: Tensor, noise: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mean, log_variance = self.vae.encode(x)
        return self.vae.decode(mean + noise * torch.exp(0.5 * log_variance)), mean, log_variance


class Learner:
    """A model under training.

    Parameters
    ----------
    vae : StudioVae
        On its device; what of it requires gradients learns in place.
    loss : ReconstructionLoss
    betas, weight_decay : of AdamW
    ema_decay : float
        Of the running average of the weights; the first steps average over fewer.
    team : Team
        Gradients are averaged over it.
    """

    def __init__(
        self,
        vae: StudioVae,
        loss: ReconstructionLoss,
        *,
        betas: tuple[float, float] = (0.9, 0.98),
        weight_decay: float = 1e-4,
        ema_decay: float = 0.999,
        team: Team | None = None,
    ) -> None:
        self.vae = vae
        self.average = copy.deepcopy(vae).requires_grad_(False)
        self.device = next(vae.parameters()).device
        self._loss, self._ema_decay = loss, ema_decay
        pairs = zip(self.average.parameters(), vae.parameters(), strict=True)
        learning = [(mean, current) for mean, current in pairs if current.requires_grad]
        self._means: list[Tensor] = [mean for mean, _ in learning]
        self._parameters: list[Tensor] = [current for _, current in learning]
        self.optimizer = torch.optim.AdamW(self._parameters, lr=0.0, betas=betas, weight_decay=weight_decay)
        self._pass: nn.Module = _SampledPass(vae)
        if team is not None and team.size > 1:
            devices = [self.device.index] if self.device.type == "cuda" else None
            self._pass = DistributedDataParallel(self._pass, device_ids=devices)

    def update(
        self, x: Tensor, seen: Tensor, noise: Tensor, learning_rate: float, n_before: int
    ) -> dict[str, Tensor]:
        """Learn from one batch.

        Parameters
        ----------
        x : float32, shape (batch, bins, columns)
            Normalised levels to reconstruct.
        seen : float32, same shape
            What the encoder sees of them.
        noise : float32, shape (batch, n_latent, columns / 4)
            Standard normal.
        learning_rate : float
        n_before : int
            Steps made before this one.

        Returns
        -------
        dict of str to scalar
            Terms of the loss and their `total`, not differentiable.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type != "mps"):
            y, mean, log_variance = self._pass(seen, noise)
        terms = self._loss(y.float(), x, mean.float(), log_variance.float())
        self.optimizer.zero_grad(set_to_none=True)
        terms["total"].backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, _MAX_GRADIENT_NORM)
        if bool(torch.isfinite(norm)):
            self.optimizer.step()
            decay = min(self._ema_decay, (n_before + 1) / (n_before + 11.0))
            with torch.no_grad():
                torch._foreach_lerp_(self._means, self._parameters, 1.0 - decay)
        else:
            _log.warning("A step was left out: its gradient is not finite")
        return {name: term.detach() for name, term in terms.items()}
