"""Trains a tagger on labelled sounds for a given time, and measures it on others."""

from __future__ import annotations

import copy
import hashlib
import math
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from morphstudio.model.tagger import Tagger, TaggerConfig, TaggerNetwork
from morphstudio.model.tagger_examples import ExampleMaker, Examples, layered, levels_of, varied
from morphstudio.synth.one_shot_treatment import replayed, treated

_HELD_OUT_SHARE = 0.2
_LEARNING_RATE = 3e-3
_WARM_UP_SHARE = 0.05
_SMOOTHING = 0.05
_LAYERED = 0.3
_AVERAGING = 0.995
_CLIP_NORM = 2.0
_N_SETTLING = 24
_TEMPERATURES = np.geomspace(0.4, 4.0, 60)


@dataclass(frozen=True, slots=True)
class TagSettings:
    """How long and on what; see `TaggerTrainer`."""

    seconds: float
    max_steps: int = 1_000_000
    batch_size: int = 64
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TagProgress:
    """Where a run is."""

    elapsed_s: float
    total_s: float
    step: int
    loss: float


@dataclass(frozen=True, slots=True, eq=False)
class TagResult:
    """What came of it.

    Parameters
    ----------
    tagger : Tagger
    confusion : int, shape (n_labels, n_labels)
        How many held-out sounds of the label of the row were given that of the column.
    steps : int
    """

    tagger: Tagger
    confusion: NDArray[np.int64]
    steps: int

    @property
    def accuracy(self) -> float | None:
        """Share of held-out sounds that were given their own label; None where there were none."""
        n = int(self.confusion.sum())
        return float(np.trace(self.confusion)) / n if n else None


def held_out(names: Sequence[str], labels: Sequence[str]) -> list[bool]:
    """Which sounds to measure on: of each label a fifth, at least one of two, whatever order they come in.

    The order is by a hash of the name, so that it is the same in each run, and takes and layers of one
    instrument that stand side by side are spread.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, label in enumerate(labels):
        places[label].append(index)
    result = [False] * len(names)
    for indices in places.values():
        ordered = sorted(
            indices, key=lambda index: hashlib.sha1(names[index].encode(errors="replace")).digest()
        )
        n = 0 if len(ordered) < 2 else max(1, round(_HELD_OUT_SHARE * len(ordered)))
        for index in ordered[:n]:
            result[index] = True
    return result


def add_variants(
    maker: ExampleMaker,
    mono: NDArray[np.float32],
    target: int,
    rng: np.random.Generator,
    *,
    most: int,
    limit_s: float = math.inf,
) -> None:
    """Take a sound itself, and changed as waveform: pitch, room, equaliser, drive, noise, level, cuts.

    Parameters
    ----------
    most : int
        At most so many, the sound itself among them.
    limit_s : float
        No more are begun after that time.
    """
    began_s = time.monotonic()
    maker.add(mono, target)
    for _ in range(most - 1):
        if time.monotonic() - began_s > limit_s:
            return
        maker.add(treated(rng, replayed(rng, mono)), target)


class TaggerTrainer:
    """One run.

    Parameters
    ----------
    settings : TagSettings
    labels : sequence of str
    learnt, held_out : Examples
        To learn from; to measure on and to calibrate by, which may be empty.
    card : dict
        For the model's file.
    start : Tagger or None
        What it goes on from: its encoder, and what it knows of labels of the same names.
    """

    def __init__(
        self,
        settings: TagSettings,
        labels: Sequence[str],
        learnt: Examples,
        held_out: Examples,
        card: dict[str, Any],
        start: Tagger | None = None,
    ) -> None:
        self._settings, self._labels, self._card = settings, tuple(labels), card
        self._learnt, self._held_out = learnt, held_out
        torch.manual_seed(settings.seed)
        self._network = TaggerNetwork(TaggerConfig(), len(self._labels)).train()
        if start is not None:
            _take_over(self._network, self._labels, start)
        self._rng = np.random.default_rng(settings.seed)
        self._masks = torch.Generator().manual_seed(settings.seed)
        found = (np.flatnonzero(learnt.targets == index) for index in range(len(self._labels)))
        self._by_label = [places for places in found if places.size]
        # Rare labels are met more often than they are there, but not as often as others.
        n_each = np.sqrt([places.size for places in self._by_label])
        self._chances = n_each / n_each.sum()

    def run(self, show: Callable[[TagProgress], None], is_stopped: Callable[[], bool]) -> TagResult:
        """Train until the time is over or it is stopped; what was learnt so far is the result."""
        settings = self._settings
        optimizer = torch.optim.AdamW(self._network.parameters(), _LEARNING_RATE, weight_decay=0.02)
        average = copy.deepcopy(self._network).eval().requires_grad_(False)
        began_s, step = time.monotonic(), 0
        while not is_stopped() and step < settings.max_steps:
            elapsed_s = time.monotonic() - began_s
            share = max(elapsed_s / settings.seconds, step / settings.max_steps)
            if share >= 1.0 and step:
                break
            rise = min(1.0, (share + 1e-3) / _WARM_UP_SHARE)
            for group in optimizer.param_groups:
                group["lr"] = _LEARNING_RATE * rise * (0.5 + 0.5 * math.cos(math.pi * min(share, 1.0)))
            loss = self._step(optimizer)
            step += 1
            _follow(average, self._network, min(_AVERAGING, step / (step + 10.0)))
            show(TagProgress(elapsed_s, settings.seconds, step, loss))
        self._settle(average)
        return self._measured(average, step)

    def _step(self, optimizer: torch.optim.Optimizer) -> float:
        picked, others = self._picked()
        x = levels_of(self._learnt.levels[picked])
        x = varied(layered(x, levels_of(self._learnt.levels[others]), _LAYERED, self._masks), self._masks)
        durations_s = self._durations(picked)
        # Fades, cuts and rooms: how long a sound lasts is not known that well.
        durations_s = durations_s * torch.exp2(0.3 * torch.randn(durations_s.shape, generator=self._masks))
        targets = torch.from_numpy(self._learnt.targets[picked])
        with torch.autocast("cpu", torch.bfloat16):
            logits = self._logits(self._network, x, durations_s)
        loss = functional.cross_entropy(logits.float(), targets, label_smoothing=_SMOOTHING)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), _CLIP_NORM)
        optimizer.step()
        return float(loss.detach())

    def _settle(self, network: TaggerNetwork) -> None:
        """Find the mean and spread of each channel anew: those of an average are not the average of those."""
        norms = [module for module in network.modules() if isinstance(module, torch.nn.BatchNorm2d)]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # all batches count the same
            norm.train()
        with torch.inference_mode():
            for _ in range(_N_SETTLING):
                picked, _ = self._picked()
                x = varied(levels_of(self._learnt.levels[picked]), self._masks)
                self._logits(network, x, self._durations(picked))
        network.eval()

    def _picked(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places of a batch of examples, and for each that of another with the same label."""
        labels = self._rng.choice(len(self._by_label), self._settings.batch_size, p=self._chances)
        places = [self._rng.choice(self._by_label[label], 2) for label in labels]
        return np.array(places, np.int64)[:, 0], np.array(places, np.int64)[:, 1]

    def _durations(self, picked: NDArray[np.int64]) -> Tensor:
        return torch.from_numpy(self._learnt.durations_s[picked])

    def _measured(self, network: TaggerNetwork, steps: int) -> TagResult:
        logits = [np.zeros((0, len(self._labels)), np.float32)]
        with torch.inference_mode():
            for start in range(0, self._held_out.n, 256):
                piece = slice(start, start + 256)
                x = levels_of(self._held_out.levels[piece])
                durations_s = torch.from_numpy(self._held_out.durations_s[piece])
                logits.append(self._logits(network, x, durations_s).numpy())
        every = np.concatenate(logits)
        confusion = np.zeros((len(self._labels), len(self._labels)), np.int64)
        np.add.at(confusion, (self._held_out.targets, every.argmax(1)), 1)
        temperature = fitted_temperature(every, self._held_out.targets)
        return TagResult(Tagger(network, self._labels, temperature, self._card), confusion, steps)

    @staticmethod
    def _logits(network: TaggerNetwork, levels: Tensor, durations_s: Tensor) -> Tensor:
        return network.of_embedding(network.encoder.of_levels(levels, durations_s))


def fitted_temperature(logits: NDArray[np.float32], targets: NDArray[np.int64]) -> float:
    """What logits are best divided by, (n, n_labels) with the right ones (n,); 1 where there are few.

    >>> fitted_temperature(np.zeros((3, 2), np.float32), np.zeros(3, np.int64))
    1.0
    """
    if len(targets) < 10:
        return 1.0
    scaled = logits[None] / _TEMPERATURES[:, None, None]
    scaled = scaled - scaled.max(2, keepdims=True)
    surprise = np.log(np.exp(scaled).sum(2)) - scaled[:, np.arange(len(targets)), targets]
    return float(_TEMPERATURES[int(surprise.mean(1).argmin())])


def _take_over(network: TaggerNetwork, labels: tuple[str, ...], start: Tagger) -> None:
    network.encoder.load_state_dict(start.network.encoder.state_dict())
    with torch.no_grad():
        for index, label in enumerate(labels):
            if label in start.labels:
                known = start.labels.index(label)
                network.classifier.weight[index] = start.network.classifier.weight[known]
                network.classifier.bias[index] = start.network.classifier.bias[known]


def _follow(average: TaggerNetwork, network: TaggerNetwork, share: float) -> None:
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if kept.is_floating_point():
                kept.lerp_(new, 1.0 - share)
            else:
                kept.copy_(new)
