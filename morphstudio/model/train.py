"""Training of the `studio` VAE: a loop that can be stopped, killed and resumed.

No files of sound are read here and nothing is printed; the command line does both.
"""

from __future__ import annotations

import json
import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import CircularStft, log_magnitude
from morphstudio.errors import ModelError, ParameterError
from morphstudio.model.checkpoint import LatentStatistics, save_model, write_tensors
from morphstudio.model.dataset import ExampleSampler, random_tilt_db, spectrogram
from morphstudio.model.losses import Figures, LossWeights, ReconstructionLoss, figures
from morphstudio.model.vae import StudioVae, VaeConfig, normalise, reference_level_db

_log = logging.getLogger(__name__)
_SAVE_EVERY_S = 60.0
_N_DIRECTIONS = 8


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How to train: for how long, and how.

    `seconds` is computing time over all resumed runs; the learning rate falls to nothing at its end.
    """

    seconds: float
    batch_size: int = 16
    learning_rate: float = 1e-3
    warm_up_steps: int = 200
    ema_decay: float = 0.999
    seed: int = 0
    config: VaeConfig = field(default_factory=VaeConfig)
    weights: LossWeights = field(default_factory=LossWeights)


@dataclass(frozen=True, slots=True)
class TrainProgress:
    """Where training is: what a progress bar shows."""

    step: int
    elapsed_s: float
    total_s: float
    loss: float
    validation: Figures | None


def evaluate(vae: StudioVae, clips: Sequence[AudioClip]) -> list[Figures]:
    """Decoder alone: encode and decode whole loops, without sampling or detail; one entry a clip."""
    device = next(vae.parameters()).device
    results = []
    with torch.inference_mode():
        for clip in clips:
            x, _ = loop_input(clip, device)
            results.append(figures(vae.decode(vae.encode(x)[0]), x))
    return results


def mean_figures(entries: Sequence[Figures]) -> Figures:
    """Mean over clips."""
    n = len(entries)
    return Figures(
        sum(e.log_mel_error_db for e in entries) / n,
        sum(e.log_spectral_distance_db for e in entries) / n,
        sum(e.cosine for e in entries) / n,
    )


def loop_input(clip: AudioClip, device: torch.device) -> tuple[Tensor, Tensor]:
    """Normalised spectrogram (channels, bins, columns) of a whole loop, and its reference level in dB."""
    loop = torch.from_numpy(clip.samples.T.copy()).to(device)
    level = log_magnitude(CircularStft(clip.n_frames, device).forward(loop))
    reference = reference_level_db(level)
    return normalise(level, reference), reference


class Trainer:
    """One training run.

    Parameters
    ----------
    settings : TrainSettings
    clips, rendered : sequence of AudioClip
        What to learn from; see `ExampleSampler`.
    held_out : sequence of AudioClip
        Loops that nothing is learnt from; their error is reported. May be empty.
    out : Path
        Where the model goes; the state to resume from stands beside it until training is done.
    card : dict
        Facts for the model file.
    device : torch.device
    """

    def __init__(
        self,
        settings: TrainSettings,
        clips: Sequence[AudioClip],
        rendered: Sequence[AudioClip],
        held_out: Sequence[AudioClip],
        out: Path,
        card: dict[str, Any],
        device: torch.device,
    ) -> None:
        if not clips and not rendered:
            raise ParameterError("Nothing to learn from", "There is no sound to train on.", "Name a folder.")
        self.settings = settings
        self._clips, self._rendered, self._held_out = clips, rendered, held_out
        self._out, self._card, self._device = out, card, device
        self._state_path = out.with_suffix(".state.safetensors")
        torch.manual_seed(settings.seed)
        self._vae = StudioVae(settings.config).to(device)
        self._ema = StudioVae(settings.config).to(device).requires_grad_(False)
        self._ema.load_state_dict(self._vae.state_dict())
        self._optimizer = torch.optim.AdamW(
            self._vae.parameters(), lr=0.0, betas=(0.9, 0.98), weight_decay=1e-4
        )
        self._loss = ReconstructionLoss(settings.weights, device)
        self._step = 0
        self._elapsed_s = 0.0

    def resume(self) -> bool:
        """Take up the run that was stopped or killed, if there is one of the same settings."""
        if not self._state_path.is_file():
            return False
        try:
            with safe_open(self._state_path, framework="pt") as file:
                metadata = file.metadata() or {}
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            progress = json.loads(metadata["progress"])
            if json.loads(metadata["config"]) != asdict(self.settings.config):
                return False
            self._load_state(tensors)
        except (SafetensorError, OSError, KeyError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"Can't resume from {self._state_path.name}",
                f"{self._state_path} is damaged.",
                "Delete it to start afresh.",
            ) from error
        self._step, self._elapsed_s = int(progress["step"]), float(progress["elapsed_s"])
        return True

    def run(
        self,
        on_progress: Callable[[TrainProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Figures | None:
        """Train until the time is over or the run is cancelled; the model is saved either way.

        A cancelled run can be resumed: its state stays beside the model.

        Returns
        -------
        Figures or None
            Mean over the held-out loops of the model that was saved; None without such loops.
        """
        self._save_state()  # where that cannot be done, it should not be found out after hours
        feed = _Feed(self._clips, self._rendered, self.settings.batch_size, self.settings.seed + self._step)
        validation: Figures | None = None
        last_save_s = self._elapsed_s
        began_s = time.monotonic() - self._elapsed_s
        tilt_generator = torch.Generator().manual_seed(self.settings.seed + self._step)
        try:
            while self._elapsed_s < self.settings.seconds and not is_cancelled():
                x = self._prepare(feed.next(), tilt_generator)
                loss = self._update(x)
                self._elapsed_s = time.monotonic() - began_s
                if self._elapsed_s - last_save_s >= _SAVE_EVERY_S:
                    self._save_state()
                    validation = self._validate()
                    _log.info("Step %d, loss %.4f, held out %s", self._step, loss, validation)
                    last_save_s = self._elapsed_s
                on_progress(
                    TrainProgress(self._step, self._elapsed_s, self.settings.seconds, loss, validation)
                )
        finally:
            feed.close()
        self._save_state()
        validation = self._validate()
        self._save_model(validation)
        if self._elapsed_s >= self.settings.seconds:
            self._state_path.unlink(missing_ok=True)
        return validation

    def _prepare(self, batch: Tensor, generator: torch.Generator) -> Tensor:
        tilt = random_tilt_db(len(batch), generator).to(self._device)
        level = spectrogram(batch.to(self._device), tilt)
        return normalise(level, reference_level_db(level[:, None])[:, 0])

    def _update(self, x: Tensor) -> float:
        settings = self.settings
        warm_up = min(1.0, (self._step + 1) / settings.warm_up_steps)
        remaining = max(0.0, 1.0 - self._elapsed_s / settings.seconds)
        rate = settings.learning_rate * warm_up * 0.5 * (1.0 - math.cos(math.pi * min(1.0, remaining * 1.25)))
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._device.type != "mps"):
            y, mean, log_variance = self._vae(x)
        terms = self._loss(y.float(), x, mean.float(), log_variance.float())
        self._optimizer.zero_grad(set_to_none=True)
        terms["total"].backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self._vae.parameters(), 1.0)
        self._step += 1
        if not bool(torch.isfinite(norm)):
            _log.warning("Step %d left out: its gradient is not finite", self._step)
            return float("nan")
        self._optimizer.step()
        decay = min(settings.ema_decay, self._step / (self._step + 10.0))
        with torch.no_grad():
            average: list[Tensor] = list(self._ema.parameters())
            current: list[Tensor] = list(self._vae.parameters())
            torch._foreach_lerp_(average, current, 1.0 - decay)
        return float(terms["total"].detach())

    def _validate(self) -> Figures | None:
        return mean_figures(evaluate(self._ema, self._held_out)) if self._held_out else None

    def _latent_statistics(self) -> LatentStatistics:
        sampler = ExampleSampler(self._clips, self._rendered, self.settings.seed)
        generator = torch.Generator().manual_seed(self.settings.seed)
        with torch.inference_mode():
            z = torch.cat(
                [self._ema.encode(self._prepare(sampler.batch(16), generator))[0] for _ in range(16)]
            )
            means = z.mean(dim=-1).cpu()
            flat = z.transpose(1, 2).reshape(-1, z.shape[1]).cpu()
            _, _, directions = torch.linalg.svd(means - means.mean(dim=0), full_matrices=False)
        return LatentStatistics(flat.mean(dim=0), flat.std(dim=0), directions[:_N_DIRECTIONS])

    def _save_model(self, validation: Figures | None) -> None:
        card = {
            **self._card,
            "steps": self._step,
            "training_s": round(self._elapsed_s),
            "held_out": [clip.name for clip in self._held_out],
            "figures": asdict(validation) if validation else {},
        }
        save_model(self._out, self._ema, self._latent_statistics(), card)

    def _save_state(self) -> None:
        tensors = {f"vae.{k}": v for k, v in self._vae.state_dict().items()}
        tensors |= {f"ema.{k}": v for k, v in self._ema.state_dict().items()}
        for index, state in self._optimizer.state_dict()["state"].items():
            tensors |= {f"adam.{index}.{k}": v for k, v in state.items()}
        progress = {"step": self._step, "elapsed_s": self._elapsed_s}
        metadata = {
            "progress": json.dumps(progress),
            "config": json.dumps(asdict(self.settings.config)),
        }
        write_tensors(self._state_path, {k: v.contiguous() for k, v in tensors.items()}, metadata)

    def _load_state(self, tensors: dict[str, Tensor]) -> None:
        def part(prefix: str) -> dict[str, Tensor]:
            return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}

        self._vae.load_state_dict(part("vae."))
        self._ema.load_state_dict(part("ema."))
        state = self._optimizer.state_dict()
        moments: dict[int, dict[str, Tensor]] = {}
        for name, value in part("adam.").items():
            index, key = name.split(".")
            moments.setdefault(int(index), {})[key] = value
        self._optimizer.load_state_dict({**state, "state": moments})


class _Feed:
    """Makes batches in a thread of its own, a few ahead."""

    def __init__(
        self, clips: Sequence[AudioClip], rendered: Sequence[AudioClip], batch_size: int, seed: int
    ) -> None:
        self._sampler = ExampleSampler(clips, rendered, seed)
        self._batch_size = batch_size
        self._batches: queue.Queue[Tensor | Exception] = queue.Queue(maxsize=4)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._fill, name="training-examples", daemon=True)
        self._thread.start()

    def next(self) -> Tensor:
        batch = self._batches.get()
        if isinstance(batch, Exception):
            raise batch
        return batch

    def close(self) -> None:
        self._closed.set()
        while self._thread.is_alive():
            try:
                self._batches.get(timeout=0.05)
            except queue.Empty:
                continue

    def _fill(self) -> None:
        try:
            while not self._closed.is_set():
                self._batches.put(self._sampler.batch(self._batch_size))
        except Exception as error:  # noqa: BLE001 raised where the batch is waited for
            self._batches.put(error)
