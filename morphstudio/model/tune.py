"""Tuning: a model learns the session's loops for a minute, so that it knows them better than any other.

Only the decoder learns. Loops then keep their places among the latents, and what lies between two of them is
still decoded from between. The best weights so far are at hand at any moment.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.dsp.stft import COLUMN_MULTIPLE, HOP, N_FFT
from morphstudio.errors import ParameterError
from morphstudio.model.augment import SpectrogramMaker
from morphstudio.model.checkpoint import LoadedModel, save_model
from morphstudio.model.learner import Learner
from morphstudio.model.losses import Figures, LossWeights, ReconstructionLoss, mel_error_db
from morphstudio.model.progress import MeanTerms, TrainProgress
from morphstudio.model.team import Team
from morphstudio.model.train import evaluate_inputs, loop_input, mean_figures
from morphstudio.model.vae import normalise

_REPORT_EVERY_S = 0.5
_MEASURED_S = 150.0
"""Sound that is measured: of more, the beginnings, so that measuring leaves time for learning."""
_LEARNING_PER_MEASURING = 10.0
_FIRST_LEARNING_S = 3.0
_STEP_RESERVE_S = 1.0


@dataclass(frozen=True, slots=True)
class TuneSettings:
    """How to tune: for how long, and how.

    `n_columns` are those of one example. The log-mel error, which a tuning is judged by, counts three times
    what it does in training.
    """

    seconds: float = 60.0
    batch_size: int = 16
    n_columns: int = 64
    learning_rate: float = 1e-3
    constant_share: float = 0.3
    warm_up_steps: int = 10
    ema_decay: float = 0.98
    seed: int = 0
    weights: LossWeights = field(default_factory=lambda: LossWeights(mel=3.0))


@dataclass(frozen=True, slots=True)
class TuneResult:
    """Means over the loops, decoder alone; None where the run was stopped before it could measure."""

    before: Figures | None
    after: Figures | None
    steps: int


class _CancelledError(Exception):
    """Whoever asked for a figure wants to stop instead."""


class Tuner:
    """One tuning.

    Parameters
    ----------
    settings : TuneSettings
    model : LoadedModel
        Where to start from; it stays as it is.
    clips : sequence of AudioClip
        What to learn, exactly.
    out : Path
        Where the best model goes.
    card : dict
        Facts for the model file, besides what is measured.
    device : torch.device
    """

    def __init__(
        self,
        settings: TuneSettings,
        model: LoadedModel,
        clips: Sequence[AudioClip],
        out: Path,
        card: dict[str, Any],
        device: torch.device,
    ) -> None:
        if not clips:
            raise ParameterError("Nothing to learn from", "There is no sound to tune on.", "Name a loop.")
        self.settings = settings
        self._model, self._clips, self._out, self._card, self._device = model, clips, out, card, device
        vae = copy.deepcopy(model.vae).to(device)
        vae.decoder.requires_grad_(True)
        self._learner = Learner(
            vae,
            ReconstructionLoss(settings.weights, device),
            betas=(0.9, 0.99),
            weight_decay=0.0,
            ema_decay=settings.ema_decay,
        )
        self._rng = np.random.default_rng(settings.seed)
        self._noise = torch.Generator().manual_seed(settings.seed)
        self._spectrogram = SpectrogramMaker().to(device)
        self._loops = [torch.from_numpy(clip.samples.T.copy()) for clip in clips]
        lengths = np.array([clip.n_frames for clip in clips], float)
        self._shares = lengths / lengths.sum()
        self._step = 0
        self._measuring_s = 0.0
        self._latest: Figures | None = None
        self._first: Figures | None = None
        self._best: Figures | None = None
        self._best_weights = {name: value.clone() for name, value in vae.state_dict().items()}
        self._is_saved = False

    def run(
        self,
        on_progress: Callable[[TrainProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
        began_s: float | None = None,
    ) -> TuneResult:
        """Learn until the time is over or the run is cancelled, then save the best of what was measured.

        Parameters
        ----------
        began_s : float, optional
            When the time began to run, by `time.monotonic`; now if it is not given.
        """
        self._began_s = time.monotonic() if began_s is None else began_s
        try:
            self._save()  # where that cannot be done, it should be known at once
            self._report(on_progress, math.nan, math.nan)
            inputs, references = self._prepared(is_cancelled)
            self._measure(inputs, is_cancelled)
            self._report(on_progress, math.nan, math.nan)
            self._learn(inputs, references, on_progress, is_cancelled)
            self._measure(inputs, is_cancelled)
        except _CancelledError:
            pass
        self._save()
        self._report(on_progress, math.nan, math.nan)
        return TuneResult(self._first, self._best, self._step)

    @property
    def _elapsed_s(self) -> float:
        return time.monotonic() - self._began_s

    def _prepared(self, is_cancelled: Callable[[], bool]) -> tuple[list[Tensor], list[Tensor]]:
        """Spectrograms to measure on, and each loop's reference level of shape (1, 1, 1)."""
        total_s = sum(clip.duration_s for clip in self._clips)
        limit_s = _MEASURED_S / len(self._clips)
        inputs, references = [], []
        for clip in self._clips:
            if is_cancelled():
                raise _CancelledError
            measured = clip
            if total_s > _MEASURED_S and clip.duration_s > limit_s:
                measured = AudioClip(clip.samples[: int(limit_s * RATE_HZ)].copy(), clip.name)
            x, reference = loop_input(measured, self._device)
            inputs.append(x)
            references.append(reference)
        return inputs, references

    def _measure(self, inputs: Sequence[Tensor], is_cancelled: Callable[[], bool]) -> None:
        """Measure the averaged weights on the loops, and keep them if they are the best so far.

        Before the end they are far better than those that learn, and at the end as good.
        """
        vae = self._learner.average
        began_s = time.monotonic()
        entries: list[Figures] = []
        for x in inputs:
            if is_cancelled():
                raise _CancelledError
            entries += evaluate_inputs(vae, [x])
        self._measuring_s = time.monotonic() - began_s
        self._latest = mean_figures(entries)
        self._first = self._first or self._latest
        if self._best is None or self._latest.log_mel_error_db < self._best.log_mel_error_db:
            self._best, self._is_saved = self._latest, False
            self._best_weights = {name: value.clone() for name, value in vae.state_dict().items()}

    def _learn(
        self,
        inputs: Sequence[Tensor],
        references: Sequence[Tensor],
        on_progress: Callable[[TrainProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        start_s = self._elapsed_s
        end_s = self.settings.seconds - self._measuring_s - _STEP_RESERVE_S
        reported_s, measured_s, wait_s = start_s, start_s, _FIRST_LEARNING_S
        sums = MeanTerms()
        while (now_s := self._elapsed_s) < end_s:
            if is_cancelled():
                raise _CancelledError
            x = self._examples(references)
            shape = (len(x), self._learner.vae.config.n_latent, self.settings.n_columns // COLUMN_MULTIPLE)
            noise = torch.randn(shape, generator=self._noise).to(self._device)
            rate = self._learning_rate((now_s - start_s) / (end_s - start_s))
            sums.add(self._learner.update(x, x, noise, rate, self._step))
            self._step += 1
            is_due = self._elapsed_s - measured_s >= wait_s
            if is_due and end_s - self._elapsed_s > 2.0 * self._measuring_s:
                self._measure(inputs, is_cancelled)
                self._save()  # for whoever ends the process without asking
                wait_s = max(_FIRST_LEARNING_S, _LEARNING_PER_MEASURING * self._measuring_s)
                measured_s = self._elapsed_s
            if self._elapsed_s - reported_s >= _REPORT_EVERY_S:
                reported_s = self._elapsed_s
                terms = sums.take(Team())
                self._report(on_progress, terms["total"], terms["mel"])

    def _learning_rate(self, share: float) -> float:
        settings = self.settings
        warm_up = min(1.0, (self._step + 1) / settings.warm_up_steps)
        falling = max(0.0, (share - settings.constant_share) / (1.0 - settings.constant_share))
        return settings.learning_rate * warm_up * 0.5 * (1.0 + math.cos(math.pi * min(1.0, falling)))

    def _examples(self, references: Sequence[Tensor]) -> Tensor:
        """Pieces of the loops, from any frame on; normalised levels (batch, bins, columns)."""
        settings, rng = self.settings, self._rng
        n_frames = N_FFT + HOP * (settings.n_columns - 1)
        waves, levels = [], []
        for index in rng.choice(len(self._loops), settings.batch_size, p=self._shares):
            loop = self._loops[index]
            places = torch.arange(n_frames) + int(rng.integers(loop.shape[1]))
            waves.append(loop[int(rng.integers(len(loop)))][places % loop.shape[1]])
            levels.append(references[index])
        level = self._spectrogram(torch.stack(waves).to(self._device))
        return normalise(level, torch.cat(levels))

    def _report(self, on_progress: Callable[[TrainProgress], None], loss: float, mel: float) -> None:
        error_db = mel_error_db(mel)
        now_s, total_s = self._elapsed_s, self.settings.seconds
        on_progress(
            TrainProgress(self._step, now_s, total_s, loss, error_db, self._latest, self._first, self._best)
        )

    def _save(self) -> None:
        if self._is_saved:
            return
        vae = copy.deepcopy(self._model.vae)
        vae.load_state_dict({name: value.cpu() for name, value in self._best_weights.items()})
        base = self._model.card
        learnt = {clip.name for clip in self._clips}
        card = {
            **{name: value for name, value in base.items() if name not in ("figures", "tuned")},
            **self._card,
            "held_out": [name for name in base.get("held_out", []) if name not in learnt],
            "tuned": {
                "from": self._model.name,
                "loops": [clip.name for clip in self._clips],
                "steps": self._step,
                "seconds": round(self._elapsed_s, 1),
                "before": asdict(self._first) if self._first else {},
                "after": asdict(self._best) if self._best else {},
            },
        }
        # The encoder is the old one, so the latents' statistics still hold.
        save_model(self._out, vae, self._model.statistics, card)
        self._is_saved = True
