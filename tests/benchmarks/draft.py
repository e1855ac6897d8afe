"""What the first sound of a draft takes: 4 s stereo loops, mixed of two and of three sources.

On a machine with 2 cores (AMD EPYC), medians in ms, torch on one thread and, in brackets, on two:

| step | 2 sources | 3 sources | mixture of a pair nobody rehearsed |
|---|---|---|---|
| before, first regions of 16 384 frames | 19.9 (12.0) | 22.5 (14.4) | 33 to 51 |
| first regions of 4096 frames | 15.1 (12.8) | 17.2 (12.4) | same |
| decoding by packed rows what is needed; numpy for what is known of each column | 6.9 | 7.8 | 5 to 7 |
| decoding in bfloat16, and only the columns that sound | 5.7 (4.0) | 6.3 (5.0) | 5 to 7 |

Two threads are quicker only where both cores are free: beside other work their medians were 30 to 70 ms,
those of one thread 6 to 8 ms. Regions of 2048 frames would save 0.6 to 1 ms more.

The decoder alone, for five steps of two channels on one thread: as convolutions, with a context of eight
steps on each side, 9.2 ms; as products of overlapping rows, without what nothing depends on, 6.0 ms; with
weights in the order that oneDNN wants them 2.8 ms; in bfloat16 0.6 times that, levels being off by 0.06 dB
(RMS) and for one bin in a thousand by more than 0.18 dB. Leaving out context would save less than a tenth of
the multiplications, so none is left out, and regions join without a step.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time


def run(options) -> dict:
    import torch

    from morphstudio.audio.files import load_clip
    from morphstudio.model.checkpoint import load_model
    from morphstudio.morph.engine import MorphEngine
    from morphstudio.morph.request import MorphRequest
    from morphstudio.paths import demo_loops_dir, factory_model_path

    n_drafts = 60 if options.quick else 300
    clips = [load_clip(path)[0] for path in sorted(demo_loops_dir().glob("*.flac"))]
    n_frames = clips[0].n_frames
    engine = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    rng = random.Random(0)
    figures: dict = {"loop_s": round(clips[0].duration_s, 2), "drafts": n_drafts}
    prepared_ms, unknown_ms = [], []
    for clip in clips:
        prepared_ms.append(
            timed_ms(lambda clip=clip: engine.prepare(MorphRequest((clip,), (1.0,), n_frames)))
        )
    figures["prepare_ms"] = round(statistics.median(prepared_ms), 1)
    for pair in rng.sample(list(itertools.combinations(clips, 2)), 20):
        request = MorphRequest(pair, (0.5, 0.5), n_frames)
        unknown_ms.append(timed_ms(lambda request=request: engine.rehearse(request)))
    figures["unknown_pair_ms"] = round(statistics.median(unknown_ms), 1)
    n_given = torch.get_num_threads()
    try:
        for n_threads, n_sources in itertools.product((1, 2), (2, 3)):
            torch.set_num_threads(n_threads)
            first_ms, second_ms = drafts_ms(engine, clips, n_sources, n_drafts, rng)
            named = f"{n_sources}_sources_{n_threads}_threads"
            figures[f"first_region_p50_ms_{named}"] = round(statistics.median(first_ms), 2)
            figures[f"first_region_p95_ms_{named}"] = round(sorted(first_ms)[int(0.95 * n_drafts)], 2)
            figures[f"second_region_p50_ms_{named}"] = round(statistics.median(second_ms), 2)
    finally:
        torch.set_num_threads(n_given)
    return figures


def drafts_ms(engine, clips, n_sources: int, n_drafts: int, rng) -> tuple[list[float], list[float]]:
    """Times to the first region, and from there to the second; the sources change every 25 drafts."""
    from morphstudio.morph.request import MorphRequest

    n_frames = clips[0].n_frames
    first_ms, second_ms = [], []
    for index in range(n_drafts):
        if index % 25 == 0:
            heard = tuple(rng.sample(clips, n_sources))
            while engine.rehearse(MorphRequest(heard, (1 / n_sources,) * n_sources, n_frames)):
                pass
        parts = [rng.random() + 0.1 for _ in heard]
        weights = tuple(part / sum(parts) for part in parts)
        regions = engine.draft(MorphRequest(heard, weights, n_frames), rng.randrange(n_frames))
        first_ms.append(timed_ms(lambda regions=regions: next(regions)))
        second_ms.append(timed_ms(lambda regions=regions: next(regions)))
        regions.close()
    return first_ms, second_ms


def timed_ms(work) -> float:
    began = time.perf_counter()
    work()
    return 1000.0 * (time.perf_counter() - began)
