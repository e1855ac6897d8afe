"""Training of the `classic` VAE as the literature does it: Adam, batches of 16, the epoch of the best loss.

It can be stopped, killed and resumed: what is drawn at random depends on the seed and the place in training
only, so a resumed run goes on as if nothing had happened. No files of sound are read and nothing is printed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import CircularStft
from morphstudio.errors import ParameterError
from morphstudio.model.checkpoint import LatentStatistics, save_model, write_tensors
from morphstudio.model.classic import (
    KL_WEIGHT,
    ClassicConfig,
    ClassicFigures,
    ClassicVae,
    evaluate_classic,
    to_level,
    training_loop,
)
from morphstudio.model.state import moments_of, part, resuming, set_moments

_log = logging.getLogger(__name__)
_SAVE_EVERY_S = 60.0
_N_DIRECTIONS = 8


@dataclass(frozen=True, slots=True)
class ClassicSettings:
    """How to train: at most for so many epochs and, where it is given, so many seconds.

    `seconds` is computing time over all resumed runs.
    """

    epochs: int = 500
    seconds: float | None = None
    batch_size: int = 16
    learning_rate: float = 3e-4
    seed: int = 0
    config: ClassicConfig = field(default_factory=ClassicConfig)


@dataclass(frozen=True, slots=True)
class ClassicProgress:
    """Where training is: what a progress bar shows.

    `loss` is that of the last batch, `best_loss` the mean of the best epoch so far, infinite before the first
    has ended; `share` runs from 0 to 1, by epochs or by seconds, whichever ends first.
    """

    epoch: int
    n_epochs: int
    elapsed_s: float
    loss: float
    best_loss: float
    share: float


@dataclass(slots=True)
class _Place:
    """Where training is, as it stands in the file of its state."""

    epoch: int = 0
    batch: int = 0
    elapsed_s: float = 0.0
    epoch_loss: float = 0.0
    best_loss: float = math.inf
    sounds: str = ""


def train_classic(
    clips: Sequence[AudioClip],
    out: Path,
    *,
    epochs: int = 500,
    seconds: float | None = None,
    seed: int = 0,
    device: torch.device,
    card: dict[str, Any],
    on_progress: Callable[[ClassicProgress], None] = lambda _: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ClassicFigures:
    """Train a model on clips, going on where an earlier run was stopped; see `ClassicTrainer`."""
    trainer = ClassicTrainer(ClassicSettings(epochs, seconds, seed=seed), clips, [], [], out, card, device)
    trainer.resume()
    return trainer.run(on_progress, is_cancelled)


class ClassicTrainer:
    """One training run.

    Parameters
    ----------
    settings : ClassicSettings
    clips, rendered : sequence of AudioClip
        What to learn from, alike; each is cut or repeated to the length of the model.
    held_out : sequence of AudioClip
        Loops that nothing is learnt from; where there are any, the figures are theirs.
    out : Path
        Where the model goes; the state to resume from stands beside it until training is done.
    card : dict
        Facts for the model file.
    device : torch.device
    """

    def __init__(
        self,
        settings: ClassicSettings,
        clips: Sequence[AudioClip],
        rendered: Sequence[AudioClip],
        held_out: Sequence[AudioClip],
        out: Path,
        card: dict[str, Any],
        device: torch.device,
    ) -> None:
        self._clips, self._held_out = [*clips, *rendered], held_out
        if not self._clips:
            raise ParameterError("Nothing to learn from", "There is no sound to train on.", "Name a folder.")
        if settings.epochs < 1:
            raise ParameterError(
                "Bad epochs", f"{settings.epochs} epochs are not possible.", "Give 1 or more."
            )
        self.settings = settings
        self._out, self._card, self._device = out, card, device
        self._state_path = out.with_suffix(".state.safetensors")
        torch.manual_seed(settings.seed)
        self._vae = ClassicVae(settings.config).to(device)
        self._optimizer = torch.optim.Adam(self._vae.parameters(), lr=settings.learning_rate)
        self._loops = torch.stack([training_loop(clip, settings.config) for clip in self._clips])
        self._transform = CircularStft(settings.config.n_frames, device)
        self._best: dict[str, Tensor] = {}
        self._is_best_saved = True
        together = "".join(clip.digest for clip in self._clips)
        self._place = _Place(sounds=hashlib.blake2b(together.encode(), digest_size=16).hexdigest())

    def resume(self) -> bool:
        """Take up the run that was stopped or killed, if there is one of the same settings."""
        if not self._state_path.is_file():
            return False
        with resuming(self._state_path) as (metadata, tensors):
            place = _Place(**json.loads(metadata["progress"]))
            if json.loads(metadata["config"]) != self._signature():
                return False
            self._load_state(tensors)
        if place.sounds != self._place.sounds:
            # What was best on other sounds says nothing about these.
            place = _Place(place.epoch, elapsed_s=place.elapsed_s, sounds=self._place.sounds)
            self._best = {}
        self._place = place
        return True

    def run(
        self,
        on_progress: Callable[[ClassicProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> ClassicFigures:
        """Train until the time is over or the run is cancelled; the model is saved either way.

        The model saved is that of the epoch with the least loss. A cancelled run can be resumed: its state
        stays beside the model.

        Returns
        -------
        ClassicFigures
            Of the model that was saved, on the held-out loops, or without any on those that it learnt from.
        """
        self._save_state()  # where that cannot be done, it should not be found out after hours
        place = self._place
        last_save_s, began_s = place.elapsed_s, time.monotonic() - place.elapsed_s
        while self._share() < 1.0 and not is_cancelled():
            loss = self._advance()
            place.elapsed_s = time.monotonic() - began_s
            if place.elapsed_s - last_save_s >= _SAVE_EVERY_S:
                self._save_state()
                if not self._is_best_saved:
                    self._save_model()
                last_save_s = place.elapsed_s
            on_progress(
                ClassicProgress(
                    place.epoch, self.settings.epochs, place.elapsed_s, loss, place.best_loss, self._share()
                )
            )
        self._save_state()
        figures = self._save_model()
        if self._share() >= 1.0:
            self._state_path.unlink(missing_ok=True)
        return figures

    def _share(self) -> float:
        by_epochs = self._place.epoch / self.settings.epochs
        seconds = self.settings.seconds
        by_time = 0.0 if seconds is None else self._place.elapsed_s / max(seconds, 1e-9)
        return min(1.0, max(by_epochs, by_time))

    def _advance(self) -> float:
        """One batch; at the end of an epoch, remember its weights if its loss was the least."""
        place, n_loops = self._place, len(self._loops)
        order = np.random.default_rng((self.settings.seed, place.epoch)).permutation(n_loops)
        # Evenly sized: 17 loops make 9 and 8, not 16 and one whose gradient is all noise.
        batches = np.array_split(order, math.ceil(n_loops / self.settings.batch_size))
        chosen = batches[place.batch]
        loss = self._update(chosen)
        place.epoch_loss += loss * len(chosen) / n_loops
        place.batch += 1
        if place.batch == len(batches):
            if place.epoch_loss < place.best_loss:
                place.best_loss, self._is_best_saved = place.epoch_loss, False
                self._best = {name: value.detach().clone() for name, value in self._vae.state_dict().items()}
            _log.debug("Epoch %d, loss %.4f, best %.4f", place.epoch, place.epoch_loss, place.best_loss)
            place.epoch, place.batch, place.epoch_loss = place.epoch + 1, 0, 0.0
        return loss

    def _update(self, chosen: np.ndarray[Any, np.dtype[np.int64]]) -> float:
        place = self._place
        rng = np.random.default_rng((self.settings.seed, place.epoch, place.batch))
        noise = rng.standard_normal((len(chosen), self.settings.config.n_latent), np.float32)
        x = self._magnitudes(torch.from_numpy(chosen))
        y, posterior = self._vae(x, torch.from_numpy(noise).to(self._device))
        loss: Tensor = (y - x).square().mean() + KL_WEIGHT * posterior.kl().mean()
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [p.grad for p in self._vae.parameters() if p.grad is not None]
        if all(bool(torch.isfinite(gradient).all()) for gradient in gradients):
            self._optimizer.step()
        else:
            _log.warning(
                "Batch %d of epoch %d left out: its gradient is not finite", place.batch, place.epoch
            )
        return float(loss.detach())

    def _magnitudes(self, chosen: Tensor) -> Tensor:
        return to_level(self._transform.forward(self._loops[chosen].to(self._device)).abs())[0]

    def _best_vae(self) -> ClassicVae:
        if not self._best:
            return self._vae
        vae = ClassicVae(self.settings.config).to(self._device)
        vae.load_state_dict(self._best)
        return vae

    def _save_model(self) -> ClassicFigures:
        vae = self._best_vae()
        figures = evaluate_classic(vae, self._held_out or self._clips)
        card = {
            **self._card,
            "epochs": self._place.epoch,
            "training_s": round(self._place.elapsed_s),
            "held_out": [clip.name for clip in self._held_out],
            "figures": asdict(figures),
        }
        save_model(self._out, vae, self._latent_statistics(vae), card)
        self._is_best_saved = True
        _log.info("Epoch %d, best loss %.4f, %s", self._place.epoch, self._place.best_loss, figures)
        return figures

    def _latent_statistics(self, vae: ClassicVae) -> LatentStatistics:
        with torch.inference_mode():
            n_batches = math.ceil(len(self._loops) / self.settings.batch_size)
            batches = torch.arange(len(self._loops)).tensor_split(n_batches)
            z = torch.cat([vae.encode(self._magnitudes(batch)).mean for batch in batches]).cpu()
            _, _, directions = torch.linalg.svd(z - z.mean(dim=0), full_matrices=False)
        return LatentStatistics(z.mean(dim=0), z.std(dim=0, correction=0), directions[:_N_DIRECTIONS])

    def _signature(self) -> dict[str, Any]:
        """What must be as it was for a run to be resumed; more epochs or seconds may be asked for."""
        settings = asdict(self.settings)
        return {key: settings[key] for key in ("batch_size", "learning_rate", "seed", "config")}

    def _save_state(self) -> None:
        tensors = {f"vae.{k}": v for k, v in self._vae.state_dict().items()}
        tensors |= {f"best.{k}": v for k, v in self._best.items()}
        tensors |= moments_of(self._optimizer)
        metadata = {"progress": json.dumps(asdict(self._place)), "config": json.dumps(self._signature())}
        write_tensors(self._state_path, {k: v.contiguous() for k, v in tensors.items()}, metadata)

    def _load_state(self, tensors: dict[str, Tensor]) -> None:
        self._vae.load_state_dict(part(tensors, "vae."))
        self._best = {name: value.to(self._device) for name, value in part(tensors, "best.").items()}
        if self._best:
            self._best_vae()  # raises here, not hours later, where its shapes are wrong
        set_moments(self._optimizer, tensors)
