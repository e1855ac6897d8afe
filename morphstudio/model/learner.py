"""One step of learning: forward, backward, optimizer, running average. When to stop is not known here."""

from __future__ import annotations

import copy
import logging

import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx
from torch.nn.parallel import DistributedDataParallel
from torch.optim.adamw import adamw

from morphstudio.model.losses import ReconstructionLoss
from morphstudio.model.state import part
from morphstudio.model.team import Team
from morphstudio.model.vae import StudioVae

_log = logging.getLogger(__name__)
_MAX_GRADIENT_NORM = 1.0
_EXAMPLES_AT_ONCE = 4

Betas = tuple[float, float]


class _AdamW:
    """AdamW (Loshchilov and Hutter, 2019) on tensors whose gradients are there.

    torch's own class imports torch's compiler: 110 MB and two seconds, which is much of a tuning.
    """

    def __init__(self, parameters: list[Tensor], betas: Betas, weight_decay: float) -> None:
        self._parameters, self._betas, self._weight_decay = parameters, betas, weight_decay
        self._first = [torch.zeros_like(p) for p in parameters]
        self._second = [torch.zeros_like(p) for p in parameters]
        self._steps = [torch.zeros((), device=p.device) for p in parameters]

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        adamw(
            self._parameters,
            [p.grad for p in self._parameters if p.grad is not None],
            self._first,
            self._second,
            [],
            self._steps,
            fused=True,
            amsgrad=False,
            beta1=self._betas[0],
            beta2=self._betas[1],
            lr=learning_rate,
            weight_decay=self._weight_decay,
            eps=1e-8,
            maximize=False,
        )

    @property
    def state(self) -> dict[str, Tensor]:
        """The very tensors, by names."""
        lists = {"step": self._steps, "exp_avg": self._first, "exp_avg_sq": self._second}
        return {f"{index}.{key}": value for key, found in lists.items() for index, value in enumerate(found)}


class _WithGradient(torch.autograd.Function):
    """A scalar of which a tensor has the gradient that is given.

    `torch.autograd.backward` takes gradients too, but imports a library for symbols to look at them: 40 MB
    and two seconds.
    """

    @staticmethod
    def forward(ctx: FunctionCtx, result: Tensor, gradient: Tensor) -> Tensor:
        ctx.save_for_backward(gradient.to(result.dtype))
        return torch.zeros((), device=result.device)

    @staticmethod
    def backward(ctx: FunctionCtx, *gradients: Tensor) -> tuple[Tensor, None]:
        (gradient,) = ctx.saved_tensors  # type: ignore[attr-defined]
        return gradient, None


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
        betas: Betas = (0.9, 0.98),
        weight_decay: float = 1e-4,
        ema_decay: float = 0.999,
        team: Team | None = None,
    ) -> None:
        self.vae = vae
        # What does not learn is shared.
        frozen = {id(value): value for value in vae.parameters() if not value.requires_grad}
        self.average = copy.deepcopy(vae, frozen).requires_grad_(False)
        self.device = next(vae.parameters()).device
        self._loss, self._ema_decay = loss, ema_decay
        pairs = zip(self.average.parameters(), vae.parameters(), strict=True)
        learning = [(mean, current) for mean, current in pairs if current.requires_grad]
        self._means: list[Tensor] = [mean for mean, _ in learning]
        self._parameters: list[Tensor] = [current for _, current in learning]
        self._optimizer = _AdamW(self._parameters, betas, weight_decay)
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
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type != "mps"):
            y, mean, log_variance = self._pass(seen, noise)
        for parameter in self._parameters:
            parameter.grad = None
        terms = self._backward(x, y, mean, log_variance)
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, _MAX_GRADIENT_NORM)
        if bool(torch.isfinite(norm)):
            self._optimizer.step(learning_rate)
            decay = min(self._ema_decay, (n_before + 1) / (n_before + 11.0))
            with torch.no_grad():
                torch._foreach_lerp_(self._means, self._parameters, 1.0 - decay)
        else:
            _log.warning("A step was left out: its gradient is not finite")
        return terms

    def _backward(self, x: Tensor, *results: Tensor) -> dict[str, Tensor]:
        """Have gradients of the loss of reconstruction, mean and log-variance; returns its terms.

        The loss is a mean over examples and takes a dozen tensors of the size of those it sees, so on the CPU
        it sees a few examples at a time.
        """
        leaves = [result.detach().requires_grad_(result.requires_grad) for result in results]
        size = _EXAMPLES_AT_ONCE if self.device.type == "cpu" else len(x)
        terms: dict[str, Tensor] = {}
        for first in range(0, len(x), size):
            part_of = slice(first, first + size)
            y, mean, log_variance = (leaf[part_of].float() for leaf in leaves)
            found = self._loss(y, x[part_of], mean, log_variance)
            share = len(x[part_of]) / len(x)
            (found["total"] * share).backward()  # type: ignore[no-untyped-call]
            for name, term in found.items():
                terms[name] = terms.get(name, 0.0) + share * term.detach()
        pairs = zip(results, leaves, strict=True)
        learnt = [(result, leaf.grad) for result, leaf in pairs if leaf.grad is not None]
        known = torch.stack([_WithGradient.apply(result, gradient) for result, gradient in learnt])  # type: ignore[no-untyped-call]
        known.sum().backward()  # type: ignore[no-untyped-call]
        return terms

    def moments(self) -> dict[str, Tensor]:
        """What the optimizer has learnt of the gradients, under names that begin with `adam.`."""
        return {f"adam.{name}": value for name, value in self._optimizer.state.items()}

    def set_moments(self, tensors: dict[str, Tensor]) -> None:
        """Undo `moments`; other tensors are passed over.

        Raises
        ------
        KeyError, RuntimeError
            If they are another network's.
        """
        moments = part(tensors, "adam.")
        for name, value in self._optimizer.state.items():
            value.copy_(moments[name])
