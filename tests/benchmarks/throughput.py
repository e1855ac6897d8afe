"""How many times faster than real time a 4 s stereo loop is decoded, and decoded and rendered to its final.

`render_x` is the whole of a final: mixing, decoding, choosing the start phase, Griffin-Lim, level. Medians of
twenty, of loops that are known to the engine.
"""

from __future__ import annotations

import statistics
import time

N_RUNS, N_RUNS_QUICK = 20, 5


def run(options) -> dict:
    n_runs = N_RUNS_QUICK if options.quick else N_RUNS
    import torch

    from morphstudio.audio.files import load_clip
    from morphstudio.memory import keep_freed_memory
    from morphstudio.model.checkpoint import load_model
    from morphstudio.morph.engines import make_engine
    from morphstudio.morph.request import MorphRequest
    from morphstudio.paths import demo_loops_dir, factory_model_path

    keep_freed_memory()  # as the process that renders does
    paths = sorted(demo_loops_dir().glob("*.flac"))[:2]
    clips = tuple(load_clip(path)[0] for path in paths)
    model = load_model(factory_model_path())
    engine = make_engine(model, torch.device("cpu"))
    request = MorphRequest(clips, (0.5, 0.5), clips[0].n_frames)
    duration_s = clips[0].duration_s
    render_s, region_s = [], []
    for _ in range(n_runs + 2):
        began = time.perf_counter()
        next(iter(engine.draft(request, 0)))
        region_s.append(time.perf_counter() - began)
        render_s.append(engine.render(request).render_ms / 1000.0)
    latent = torch.randn(2, model.vae.config.n_latent, 87)
    decode_s = []
    with torch.inference_mode():
        for _ in range(n_runs + 2):
            began = time.perf_counter()
            model.vae.decode(latent)
            decode_s.append(time.perf_counter() - began)
    return {
        "render_x": round(duration_s / statistics.median(render_s[2:]), 1),
        "decode_x": round(duration_s / statistics.median(decode_s[2:]), 1),
        "render_ms": round(1000 * statistics.median(render_s[2:]), 1),
        "decode_ms": round(1000 * statistics.median(decode_s[2:]), 1),
        "first_draft_region_ms": round(1000 * statistics.median(region_s[2:]), 1),
    }
