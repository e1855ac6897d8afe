"""`python -m morphstudio.model.pitch_class_train OUT`: learns pitch classes from rendered notes.

Notes are rendered once and kept as levels beside the model until it is done, so that a run that was killed
does not render them again.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from morphstudio.model.checkpoint import write_tensors
from morphstudio.model.pitch_class import (
    LOWEST_MIDI,
    N_BANDS,
    N_CLASSES,
    N_SEMITONES,
    BandLevels,
    PitchNet,
    PitchNetConfig,
    class_logits,
    excerpt,
    probabilities,
    save_pitch_class_model,
)
from morphstudio.synth.random_notes import random_note

_log = logging.getLogger(__name__)
_BATCH = 128
_CHUNK = 64
_FLOOR_DB = -80.0
_N_KNOTS = 8
_MAX_SHIFT = 2
_HELD_OUT_SHARE = 0.08
_NO_PITCH = -1
_NOTE_TERM = 0.5
_LICENCE = "CC0-1.0"


@dataclass(frozen=True, slots=True)
class PitchTrainSettings:
    """How long, on how many notes, and of which dice."""

    n_notes: int = 24_000
    seconds: float = 300.0
    learning_rate: float = 2e-3
    seed: int = 1
    config: PitchNetConfig = field(default_factory=PitchNetConfig)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Levels (notes, windows, N_BANDS) as float16, and each one's MIDI note, -1 without pitch."""

    levels: Tensor
    midi: Tensor


@dataclass(frozen=True, slots=True)
class PitchFigures:
    """Of rendered notes that were not learnt from: share of right classes, and mean confidence."""

    accuracy: float
    confidence: float


def rendered_pool(n_notes: int, seed: int, is_cancelled: Callable[[], bool] = lambda: False) -> Pool:
    """Render notes and keep their levels; each note is drawn from its number alone."""
    levels_of, levels, midi = BandLevels(), [], []
    for start in range(0, n_notes, _CHUNK):
        if is_cancelled():
            break
        notes = [
            random_note(np.random.default_rng((seed, number)))
            for number in range(start, min(start + _CHUNK, n_notes))
        ]
        waves = torch.from_numpy(np.stack([excerpt(note.samples) for note in notes]))
        with torch.inference_mode():
            levels.append(levels_of(waves).half())
        midi += [_NO_PITCH if note.midi is None else note.midi for note in notes]
    return Pool(torch.cat(levels), torch.tensor(midi))


def train_pitch_class(
    out: Path,
    settings: PitchTrainSettings,
    on_progress: Callable[[int, float, float], None] = lambda step, share, loss: None,
) -> PitchFigures:
    """Render notes, learn from most of them, calibrate on the rest, and write the model.

    Parameters
    ----------
    out : Path
    settings : PitchTrainSettings
    on_progress : callable
        Gets the step, the share of the time that is over, and the loss.

    Raises
    ------
    FileError
        If the folder of `out` is missing or cannot be written.
    """
    pool = _kept_pool(out.with_suffix(".notes.safetensors"), settings)
    n_held_out = max(1, round(_HELD_OUT_SHARE * len(pool.midi)))
    held_out = Pool(pool.levels[:n_held_out], pool.midi[:n_held_out])
    learnt = Pool(pool.levels[n_held_out:], pool.midi[n_held_out:])
    torch.manual_seed(settings.seed)
    net = PitchNet(settings.config)
    n_steps = _learn(net, learnt, settings, on_progress)
    figures = calibrate(net.eval(), held_out)
    card = {
        "name": "Pitch class",
        "training_data": f"{len(learnt.midi)} notes rendered by morphstudio/synth/random_notes.py",
        "licence": _LICENCE,
        "steps": n_steps,
        "settings": asdict(settings),
        "figures": asdict(figures),
    }
    save_pitch_class_model(out, net, card)
    out.with_suffix(".notes.safetensors").unlink(missing_ok=True)
    return figures


def calibrate(net: PitchNet, held_out: Pool) -> PitchFigures:
    """Set the temperature at which confidences fit best (Guo et al., 2017), on notes that have a pitch."""
    is_note = held_out.midi != _NO_PITCH
    levels, classes = held_out.levels[is_note].float(), held_out.midi[is_note] % N_CLASSES
    with torch.inference_mode():
        logits = torch.cat([class_logits(net(part)) for part in torch.split(levels, _BATCH)])
        choices = torch.logspace(-1, 1, 81)
        losses = [torch.nn.functional.cross_entropy(logits / t, classes) for t in choices]
    net.get_buffer("temperature").copy_(choices[int(torch.stack(losses).argmin())])
    with torch.inference_mode():
        shares = torch.cat([probabilities(net, part) for part in torch.split(levels, _BATCH)])
    is_right = shares.argmax(dim=1) == classes
    return PitchFigures(float(is_right.float().mean()), float(shares.amax(dim=1).mean()))


def augmented(levels: Tensor, midi: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Levels through random equalisers and into random noise, moved by a semitone or two.

    Parameters
    ----------
    levels : float32, shape (batch, windows, N_BANDS)
    midi : int64, shape (batch,)
    generator : Generator

    Returns
    -------
    tuple of Tensor
        New levels and notes, of the same shapes.
    """
    n = len(levels)
    shift = int(torch.randint(-_MAX_SHIFT, _MAX_SHIFT + 1, (), generator=generator))
    is_inside = (midi + shift >= LOWEST_MIDI) & (midi + shift < LOWEST_MIDI + N_SEMITONES)
    steps = shift * (N_BANDS // N_SEMITONES)
    moved = torch.nn.functional.pad(levels, (steps, -steps), value=_FLOOR_DB)
    moves = is_inside | (midi == _NO_PITCH)
    result = torch.where(moves[:, None, None], moved, levels)
    notes = torch.where(is_inside & (midi != _NO_PITCH), midi + shift, midi)
    result = result + _curves(n, 5.0, generator)
    floor = torch.rand(n, 1, 1, generator=generator) * 60.0 + _FLOOR_DB + _curves(n, 6.0, generator)
    floor = floor + torch.randn(result.shape, generator=generator) * 1.5
    result = torch.logaddexp(result * (math.log(10.0) / 10.0), floor * (math.log(10.0) / 10.0))
    result = result * (10.0 / math.log(10.0))
    return (result - result.amax(dim=2, keepdim=True)).clamp_min(_FLOOR_DB), notes


def _curves(n: int, spread_db: float, generator: torch.Generator) -> Tensor:
    knots = torch.randn(n, 1, _N_KNOTS, generator=generator) * spread_db
    return torch.nn.functional.interpolate(knots, N_BANDS, mode="linear", align_corners=True)


def _learn(
    net: PitchNet,
    pool: Pool,
    settings: PitchTrainSettings,
    on_progress: Callable[[int, float, float], None],
) -> int:
    optimizer = torch.optim.AdamW(net.parameters(), settings.learning_rate, weight_decay=0.02)
    generator = torch.Generator().manual_seed(settings.seed)
    began_s, step, share = time.monotonic(), 0, 0.0
    while share < 1.0:
        chosen = torch.randint(len(pool.midi), (_BATCH,), generator=generator)
        levels, midi = augmented(pool.levels[chosen].float(), pool.midi[chosen], generator)
        for group in optimizer.param_groups:
            warm = min(1.0, (step + 1) / 50)
            group["lr"] = settings.learning_rate * warm * (0.5 + 0.5 * math.cos(math.pi * share))
        loss = _loss(net(levels), midi)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        share = min(1.0, (time.monotonic() - began_s) / settings.seconds)
        on_progress(step, share, float(loss.detach()))
    return step


def _loss(notes: Tensor, midi: Tensor) -> Tensor:
    """Of the class; of the note too, which says where to look; of no pitch: all classes alike."""
    is_note = midi != _NO_PITCH
    classes = torch.nn.functional.one_hot(midi.clamp_min(0) % N_CLASSES, N_CLASSES).float()
    wanted = torch.where(is_note[:, None], classes, torch.full_like(classes, 1.0 / N_CLASSES))
    of_classes = torch.nn.functional.cross_entropy(class_logits(notes), wanted)
    of_notes = torch.nn.functional.cross_entropy(notes[is_note], midi[is_note] - LOWEST_MIDI)
    return of_classes + _NOTE_TERM * of_notes


def _kept_pool(path: Path, settings: PitchTrainSettings) -> Pool:
    """What an earlier run rendered for the same settings, or rendered now."""
    key = json.dumps([settings.n_notes, settings.seed])
    try:
        with safe_open(path, framework="pt") as file:
            if (file.metadata() or {}).get("pool") == key:
                return Pool(file.get_tensor("levels"), file.get_tensor("midi"))
    except (SafetensorError, OSError):
        _log.debug("No notes from an earlier run in %s", path)
    write_tensors(path, {}, {})  # where that cannot be done, it should not be found out after minutes
    pool = rendered_pool(settings.n_notes, settings.seed)
    write_tensors(path, {"levels": pool.levels.contiguous(), "midi": pool.midi}, {"pool": key})
    return pool


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m morphstudio.model.pitch_class_train", description=__doc__
    )
    parser.add_argument("out", type=Path, help="model file to write")
    parser.add_argument("--notes", type=int, default=PitchTrainSettings().n_notes, help="notes to render")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long to learn, after rendering")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    settings = replace(
        PitchTrainSettings(), n_notes=options.notes, seconds=60.0 * options.minutes, seed=options.seed
    )
    losses: list[float] = []

    def report(step: int, share: float, loss: float) -> None:
        losses.append(loss)
        if step % 50 == 0:
            _log.info("Step %d, %.0f %%, loss %.3f", step, 100 * share, np.mean(losses[-50:]))

    figures = train_pitch_class(options.out, settings, report)
    _log.info("Held out: %.1f %% right, mean confidence %.3f", 100 * figures.accuracy, figures.confidence)


if __name__ == "__main__":
    main()
