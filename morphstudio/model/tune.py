"""Tuning: a model learns the session's loops for a minute, so that it knows them better than any other.

Only the decoder learns. Loops then keep their places among the latents, and what lies between two of them is
still decoded from between. The best weights so far are in the file at any moment.

It runs beside the instrument, so it keeps little: what it reads of the loops is gone after each step, so that
hundreds take no more memory than one, and the best weights are nowhere else but in the file.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.dsp.stft import COLUMN_MULTIPLE, HOP, N_FFT
from morphstudio.errors import ParameterError
from morphstudio.memory import give_back_freed_memory
from morphstudio.model.augment import SpectrogramMaker
from morphstudio.model.checkpoint import LoadedModel, save_model
from morphstudio.model.learner import Learner
from morphstudio.model.losses import Figures, LossWeights, ReconstructionLoss, mel_error_db
from morphstudio.model.measure import evaluate, mean_figures
from morphstudio.model.progress import MeanTerms, TrainProgress
from morphstudio.model.team import Team
from morphstudio.model.vae import StudioVae, normalise

_REPORT_EVERY_S = 0.5
_MEASURED_S = 150.0
"""Sound that is measured: of more, the beginnings, so that measuring leaves time for learning."""
_MOST_MEASURED = 75
"""Loops that are measured; of more, some of each part of the list."""
_LONGEST_MEASURED_S = 16.0
_PIECE_COLUMNS = 128
"""A long loop is looked through in pieces of this size."""
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
        Where to start from; it stays as it is, and of its decoder nothing is kept.
    clips : sequence of AudioClip
        What to learn, exactly. Their samples may be mapped from a file.
    out : Path
        Where the best model goes.
    card : dict
        Facts for the model file, besides what is measured.
    device : torch.device
    relax : callable
        Called for each step and each loop: what was read of mapped samples need not stay in memory.
    """

    def __init__(
        self,
        settings: TuneSettings,
        model: LoadedModel,
        clips: Sequence[AudioClip],
        out: Path,
        card: dict[str, Any],
        device: torch.device,
        relax: Callable[[], None] = lambda: None,
    ) -> None:
        if not clips:
            raise ParameterError("Nothing to learn from", "There is no sound to tune on.", "Name a loop.")
        self.settings = settings
        self._clips, self._out, self._card, self._device = clips, out, card, device
        self._base_name, self._base_card, self._statistics = model.name, model.card, model.statistics
        self._relax = relax
        fixed = [value for value in model.vae.encoder.parameters() if value.device == device]
        vae = _sharing(model.vae, fixed).to(device)
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
        self._references: dict[int, float] = {}
        lengths = np.array([clip.n_frames for clip in clips], float)
        self._shares = lengths / lengths.sum()
        self._step = 0
        self._measuring_s = 0.0
        self._latest: Figures | None = None
        self._first: Figures | None = None
        self._best: Figures | None = None

    def run(
        self,
        on_progress: Callable[[TrainProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
        began_s: float | None = None,
    ) -> TuneResult:
        """Learn until the time is over or the run is cancelled; the best of what was measured is saved.

        Parameters
        ----------
        began_s : float, optional
            When the time began to run, by `time.monotonic`; now if it is not given.
        """
        self._began_s = time.monotonic() if began_s is None else began_s
        try:
            self._save()  # where that cannot be done, it should be known at once
            self._report(on_progress, math.nan, math.nan)
            self._measure(is_cancelled)
            self._report(on_progress, math.nan, math.nan)
            self._learn(on_progress, is_cancelled)
            self._measure(is_cancelled)
        except _CancelledError:
            pass
        self._report(on_progress, math.nan, math.nan)
        return TuneResult(self._first, self._best, self._step)

    @property
    def _elapsed_s(self) -> float:
        return time.monotonic() - self._began_s

    def _measured_clips(self) -> Iterator[AudioClip]:
        clips = self._clips[:: math.ceil(len(self._clips) / _MOST_MEASURED)]
        is_long = sum(clip.duration_s for clip in self._clips) > _MEASURED_S
        limit_s = min(_LONGEST_MEASURED_S, _MEASURED_S / len(clips) if is_long else math.inf)
        for clip in clips:
            yield AudioClip(clip.samples[: int(limit_s * RATE_HZ)], clip.name)

    def _measure(self, is_cancelled: Callable[[], bool]) -> None:
        """Measure the averaged weights on the loops, and save them if they are the best so far.

        Before the end they are far better than those that learn, and at the end as good. Saved at once, they
        are there for whoever ends the process without asking.
        """
        began_s = time.monotonic()
        entries: list[Figures] = []
        for clip in self._measured_clips():
            if is_cancelled():
                raise _CancelledError
            entries += evaluate(self._learner.average, [clip])
            self._relax()
        self._latest = mean_figures(entries)
        self._first = self._first or self._latest
        if self._best is None or self._latest.log_mel_error_db < self._best.log_mel_error_db:
            self._best = self._latest
            self._save()
        # Whole loops and a file's content are larger than anything that a step takes.
        give_back_freed_memory()
        self._measuring_s = time.monotonic() - began_s

    def _learn(self, on_progress: Callable[[TrainProgress], None], is_cancelled: Callable[[], bool]) -> None:
        start_s = self._elapsed_s
        end_s = self.settings.seconds - self._measuring_s - _STEP_RESERVE_S
        reported_s, measured_s, wait_s = start_s, start_s, _FIRST_LEARNING_S
        sums = MeanTerms()
        while (now_s := self._elapsed_s) < end_s:
            if is_cancelled():
                raise _CancelledError
            x = self._examples()
            self._relax()
            shape = (len(x), self._learner.vae.config.n_latent, self.settings.n_columns // COLUMN_MULTIPLE)
            noise = torch.randn(shape, generator=self._noise).to(self._device)
            rate = self._learning_rate((now_s - start_s) / (end_s - start_s))
            sums.add(self._learner.update(x, x, noise, rate, self._step))
            self._step += 1
            is_due = self._elapsed_s - measured_s >= wait_s
            if is_due and end_s - self._elapsed_s > 2.0 * self._measuring_s:
                self._measure(is_cancelled)
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

    def _examples(self) -> Tensor:
        """Pieces of the loops, from any frame on; normalised levels (batch, bins, columns)."""
        settings, rng = self.settings, self._rng
        examples = []
        for index in rng.choice(len(self._clips), settings.batch_size, p=self._shares):
            clip = self._clips[index]
            start, channel = int(rng.integers(clip.n_frames)), int(rng.integers(clip.n_channels))
            wave = _piece(clip, start, settings.n_columns)[channel : channel + 1]
            level = self._spectrogram(wave.to(self._device))
            examples.append(normalise(level, torch.tensor(self._reference(index))))
        return torch.cat(examples)

    def _reference(self, index: int) -> float:
        """Level of the loudest bin of a loop, in dB; found when it is asked for first."""
        if index not in self._references:
            clip = self._clips[index]
            starts = range(0, clip.n_frames, HOP * _PIECE_COLUMNS)
            pieces = (_piece(clip, start, _PIECE_COLUMNS).to(self._device) for start in starts)
            # A number: hundreds of small tensors would keep freed memory in pieces.
            self._references[index] = max(float(self._spectrogram(piece).max()) for piece in pieces)
        return self._references[index]

    def _report(self, on_progress: Callable[[TrainProgress], None], loss: float, mel: float) -> None:
        error_db = mel_error_db(mel)
        now_s, total_s = self._elapsed_s, self.settings.seconds
        on_progress(
            TrainProgress(self._step, now_s, total_s, loss, error_db, self._latest, self._first, self._best)
        )

    def _save(self) -> None:
        learnt = {clip.name for clip in self._clips}
        card = {
            **{name: value for name, value in self._base_card.items() if name not in ("figures", "tuned")},
            **self._card,
            "held_out": [name for name in self._base_card.get("held_out", []) if name not in learnt],
            "tuned": {
                "from": self._base_name,
                "loops": [clip.name for clip in self._clips],
                "steps": self._step,
                "seconds": round(self._elapsed_s, 1),
                "before": asdict(self._first) if self._first else {},
                "after": asdict(self._best) if self._best else {},
            },
        }
        # The encoder is the old one, so the latents' statistics still hold.
        save_model(self._out, self._learner.average, self._statistics, card)


def _sharing(vae: StudioVae, weights: Iterable[Tensor]) -> StudioVae:
    """Copy that shares these weights instead of copying them."""
    return copy.deepcopy(vae, {id(value): value for value in weights})


def _piece(clip: AudioClip, start: int, n_columns: int) -> Tensor:
    """What columns of a loop from a frame on are made of, round its end: (channels, frames)."""
    places = (start + np.arange(N_FFT + HOP * (n_columns - 1))) % clip.n_frames
    return torch.from_numpy(clip.samples[places].T.copy())
