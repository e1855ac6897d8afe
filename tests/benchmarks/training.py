"""What a training step of the real model is made of, measured in one run, part by part.

Examples are made in a thread of their own, so their time counts only where the network waits for them.
"""

from __future__ import annotations

import statistics
import time

N_WARM_UP = 3
N_STEPS = 20


def run(options) -> dict:
    import torch

    from morphstudio.audio.files import find_audio_files, load_clip
    from morphstudio.memory import keep_freed_memory
    from morphstudio.model.feed import Feed
    from morphstudio.model.team import Team
    from morphstudio.model.train import Trainer, TrainSettings

    if options.loops is None:
        raise SystemExit("training: name a folder of sounds with --loops")
    keep_freed_memory()  # as the command does
    clips = [load_clip(path)[0] for path in find_audio_files([options.loops])]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    settings = TrainSettings(steps=N_WARM_UP + N_STEPS)
    trainer = Trainer(settings, clips, [], [], options.loops / "unused.safetensors", {}, device, Team())
    feed = Feed(trainer._make_batch, 0)
    parts: dict[str, list[float]] = {"waiting": [], "spectrograms": [], "masks": [], "learning": []}
    try:
        for step in range(N_WARM_UP + N_STEPS):
            marks = [now(device)]
            batch, noise = feed.next()
            marks.append(now(device))
            x = trainer._normalised(batch)
            marks.append(now(device))
            seen = trainer._masks(x, batch.seeds)
            marks.append(now(device))
            trainer._learner.update(x, seen, noise.to(device), 1e-4, step)
            marks.append(now(device))
            if step >= N_WARM_UP:
                for name, first, last in zip(parts, marks, marks[1:], strict=False):
                    parts[name].append(1000.0 * (last - first))
    finally:
        feed.close()
    ms = {name: statistics.median(times) for name, times in parts.items()}
    on_the_fly_ms = ms["spectrograms"] + ms["masks"]
    step_ms = on_the_fly_ms + ms["learning"]
    return {
        "device": str(device),
        "batch_size": settings.batch_size,
        "examples_in_their_thread_ms": round(1000.0 * feed.seconds_per_batch, 1),
        **{f"{name}_ms": round(value, 1) for name, value in ms.items()},
        "step_without_waiting_ms": round(step_ms, 1),
        "spectrograms_percent": round(100.0 * ms["spectrograms"] / step_ms, 1),
        "spectrograms_and_masks_percent": round(100.0 * on_the_fly_ms / step_ms, 1),
    }


def now(device) -> float:
    import torch

    if device.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()
