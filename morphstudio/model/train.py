"""Training of the `studio` VAE: a run that can be stopped, killed, resumed, and shared among processes.

No files of sound are read here and nothing is printed; the command line does both.
"""

from __future__ import annotations

import copy
import json
import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import COLUMN_MULTIPLE
from morphstudio.errors import ParameterError
from morphstudio.model.augment import MaskSettings, SpectrogramMaker, SpectrogramMasks, latent_noise
from morphstudio.model.checkpoint import LatentStatistics, save_model, write_tensors
from morphstudio.model.dataset import N_COLUMNS, Batch, ExampleSampler
from morphstudio.model.feed import Feed
from morphstudio.model.learner import Learner
from morphstudio.model.losses import Figures, LossWeights, ReconstructionLoss, mel_error_db
from morphstudio.model.measure import evaluate, mean_figures
from morphstudio.model.progress import MeanTerms, MetricsLog, TrainProgress, held_out_entry
from morphstudio.model.state import part, resuming
from morphstudio.model.team import Team
from morphstudio.model.vae import StudioVae, VaeConfig, normalise, reference_level_db

_log = logging.getLogger(__name__)
_SAVE_EVERY_S = 50.0
"""With what measuring and writing take, less than a minute is lost to a kill."""
_REPORT_EVERY_S = 2.0
_N_DIRECTIONS = 8
_N_FOR_STATISTICS = 128


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How to train: for how long, and how.

    `seconds` is computing time over all resumed runs, `steps` a number of steps instead: a run by steps can
    be repeated exactly. The learning rate falls to nothing at the end. `batch_size` is that of all processes
    together.
    """

    seconds: float = math.inf
    steps: int | None = None
    batch_size: int = 16
    learning_rate: float = 1e-3
    warm_up_steps: int = 200
    ema_decay: float = 0.999
    seed: int = 0
    config: VaeConfig = field(default_factory=VaeConfig)
    weights: LossWeights = field(default_factory=LossWeights)
    masks: MaskSettings = field(default_factory=MaskSettings)


class Trainer:
    """One training run.

    Parameters
    ----------
    settings : TrainSettings
    clips, rendered : sequence of AudioClip
        What to learn from; see `ExampleSampler`.
    held_out : sequence of AudioClip
        Loops that nothing is learnt from; their error is reported, and decides which weights are kept. May be
        empty.
    out : Path
        Where the model goes; the state to resume from stands beside it until training is done, and the
        figures of the run for good.
    card : dict
        Facts for the model file.
    device : torch.device
    team : Team, optional
        The processes that share each batch.
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
        team: Team | None = None,
    ) -> None:
        if not clips and not rendered:
            raise ParameterError("Nothing to learn from", "There is no sound to train on.", "Name a folder.")
        self.settings = settings
        self._held_out = held_out
        self._out, self._card, self._device = out, card, device
        self._state_path = out.with_suffix(".state.safetensors")
        self._team = team or Team()
        self._share = self._team.share_of(settings.batch_size)
        self._sampler = ExampleSampler(clips, rendered, settings.seed)
        torch.manual_seed(settings.seed)
        self._learner = Learner(
            StudioVae(settings.config).to(device),
            ReconstructionLoss(settings.weights, device),
            ema_decay=settings.ema_decay,
            team=self._team,
        )
        self._spectrogram = SpectrogramMaker().to(device)
        self._masks = SpectrogramMasks(settings.masks)
        self._step = 0
        self._elapsed_s = 0.0
        self._first: Figures | None = None
        self._best: Figures | None = None
        self._best_weights: dict[str, Tensor] = {}

    def resume(self) -> bool:
        """Take up the run that was stopped or killed, if there is one of the same model."""
        if not self._state_path.is_file():
            return False
        with resuming(self._state_path) as (metadata, tensors):
            progress = json.loads(metadata["progress"])
            if json.loads(metadata["config"]) != asdict(self.settings.config):
                return False
            self._load_state(tensors)
            if progress.get("best"):
                self._first, self._best = Figures(**progress["first"]), Figures(**progress["best"])
        self._step, self._elapsed_s = int(progress["step"]), float(progress["elapsed_s"])
        return True

    def run(
        self,
        on_progress: Callable[[TrainProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Figures | None:
        """Train until the time or the steps are over or the run is cancelled; the model is saved either way.

        A cancelled run can be resumed: its state stays beside the model.

        Returns
        -------
        Figures or None
            Mean over the held-out loops of the model that was saved; None without such loops.
        """
        self._save_state()  # where that cannot be done, it should not be found out after hours
        metrics: MetricsLog | None = None
        if self._team.is_leader:
            metrics = MetricsLog(self._out.with_suffix(".metrics.jsonl"), self._step)
        feed = Feed(self._make_batch, self._step)
        try:
            self._learn(feed, metrics, on_progress, is_cancelled)
            self._save_state()
            if not self._team.is_leader:
                return self._best
            measured = self._measure()
            if metrics is not None and measured is not None:
                metrics.write(self._step, held_out_entry(measured))
        finally:
            feed.close()
            if metrics is not None:
                metrics.close()
        self._save_model()
        if self._fraction() >= 1.0:
            self._state_path.unlink(missing_ok=True)
        return self._best

    def _learn(
        self,
        feed: Feed[tuple[Batch, Tensor]],
        metrics: MetricsLog | None,
        on_progress: Callable[[TrainProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        began_s = time.monotonic() - self._elapsed_s
        saved_s, reported_s = self._elapsed_s, -math.inf
        sums = MeanTerms()
        latest = self._best
        while True:
            said = self._team.follow([time.monotonic() - began_s, float(is_cancelled())])
            self._elapsed_s = said[0]
            if said[1] or self._fraction() >= 1.0:
                break
            rate = self._learning_rate()
            sums.add(self._update(*feed.next(), rate))
            measured: Figures | None = None
            is_saving = self._elapsed_s - saved_s >= _SAVE_EVERY_S
            if is_saving:
                saved_s = self._elapsed_s
                measured = self._measure()
                latest = measured or latest
                self._save_state()
            if is_saving or self._fraction() >= 1.0 or self._elapsed_s - reported_s >= _REPORT_EVERY_S:
                reported_s = self._elapsed_s
                line = {"elapsed_s": round(reported_s, 3), "steps": sums.n_steps, "learning_rate": rate}
                terms = sums.take(self._team)
                loss = terms.pop("total")
                if metrics is not None:
                    entry = {**line, "loss": loss, "terms": terms, **held_out_entry(measured)}
                    metrics.write(self._step, entry)
                    on_progress(self._progress(loss, terms["mel"], latest))

    def _make_batch(self, step: int) -> tuple[Batch, Tensor]:
        share = self._share
        batch = self._sampler.batch(step * self.settings.batch_size + share.start, len(share))
        n_steps = N_COLUMNS // COLUMN_MULTIPLE
        return batch, latent_noise(batch.seeds, self.settings.config.n_latent, n_steps)

    def _normalised(self, batch: Batch) -> Tensor:
        level = self._spectrogram(batch.waves.to(self._device), batch.tilt_db.to(self._device))
        return normalise(level, reference_level_db(level[:, None])[:, 0])

    def _update(self, batch: Batch, noise: Tensor, rate: float) -> dict[str, Tensor]:
        x = self._normalised(batch)
        seen = self._masks(x, batch.seeds)
        terms = self._learner.update(x, seen, noise.to(self._device), rate, self._step)
        self._step += 1
        return terms

    def _progress(self, loss: float, mel: float, latest: Figures | None) -> TrainProgress:
        error_db = mel_error_db(mel)
        total_s = min(self.settings.seconds, self._elapsed_s / max(self._fraction(), 1e-9))
        return TrainProgress(
            self._step, self._elapsed_s, total_s, loss, error_db, latest, self._first, self._best
        )

    def _fraction(self) -> float:
        by_steps = self._step / self.settings.steps if self.settings.steps else 0.0
        return max(by_steps, self._elapsed_s / self.settings.seconds)

    def _learning_rate(self) -> float:
        warm_up = min(1.0, (self._step + 1) / self.settings.warm_up_steps)
        remaining = 1.0 - min(1.0, self._fraction())
        fall = 0.5 * (1.0 - math.cos(math.pi * min(1.0, remaining * 1.25)))
        return self.settings.learning_rate * warm_up * fall

    def _measure(self) -> Figures | None:
        """Measure the averaged weights on the held-out loops, and keep them if they are the best so far."""
        if not self._held_out or not self._team.is_leader:
            return None
        measured = mean_figures(evaluate(self._learner.average, self._held_out))
        _log.info("Step %d, held out %s", self._step, measured)
        self._first = self._first or measured
        if self._best is None or measured.log_mel_error_db < self._best.log_mel_error_db:
            self._best = measured
            state = self._learner.average.state_dict()
            self._best_weights = {name: value.half().cpu() for name, value in state.items()}
        return measured

    def _latent_statistics(self, vae: StudioVae) -> LatentStatistics:
        size = self.settings.batch_size
        with torch.inference_mode():
            parts = [
                vae.encode(self._normalised(self._sampler.batch(first, size)))[0]
                for first in range(0, _N_FOR_STATISTICS, size)
            ]
        return latent_statistics(torch.cat(parts))

    def _save_model(self) -> None:
        vae = copy.deepcopy(self._learner.average)
        if self._best_weights:
            vae.load_state_dict(self._best_weights)
        card = {
            **self._card,
            "steps": self._step,
            "training_s": round(self._elapsed_s),
            "held_out": [clip.name for clip in self._held_out],
            "figures": asdict(self._best) if self._best else {},
        }
        save_model(self._out, vae, self._latent_statistics(vae), card)

    def _save_state(self) -> None:
        if not self._team.is_leader:
            return
        tensors = {f"vae.{k}": v for k, v in self._learner.vae.state_dict().items()}
        tensors |= {f"ema.{k}": v for k, v in self._learner.average.state_dict().items()}
        tensors |= {f"best.{k}": v for k, v in self._best_weights.items()}
        tensors |= self._learner.moments()
        progress = {
            "step": self._step,
            "elapsed_s": self._elapsed_s,
            "first": asdict(self._first) if self._first else None,
            "best": asdict(self._best) if self._best else None,
        }
        metadata = {
            "progress": json.dumps(progress),
            "config": json.dumps(asdict(self.settings.config)),
        }
        write_tensors(self._state_path, {k: v.contiguous() for k, v in tensors.items()}, metadata)

    def _load_state(self, tensors: dict[str, Tensor]) -> None:
        self._learner.vae.load_state_dict(part(tensors, "vae."))
        self._learner.average.load_state_dict(part(tensors, "ema."))
        self._best_weights = part(tensors, "best.")
        self._learner.set_moments(tensors)


def latent_statistics(z: Tensor) -> LatentStatistics:
    """Statistics of latents of shape (examples, n_latent, steps)."""
    means = z.mean(dim=-1).cpu()
    flat = z.transpose(1, 2).reshape(-1, z.shape[1]).cpu()
    _, _, directions = torch.linalg.svd(means - means.mean(dim=0), full_matrices=False)
    return LatentStatistics(flat.mean(dim=0), flat.std(dim=0), directions[:_N_DIRECTIONS])
