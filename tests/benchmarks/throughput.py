"""How many times faster than real time a 4 s stereo loop is decoded, and rendered to its final."""

from __future__ import annotations

import statistics
import time

N_RUNS = 20


def run(options) -> dict:
    del options
    import torch

    from morphstudio.audio.files import load_clip
    from morphstudio.model.checkpoint import load_model
    from morphstudio.morph.engine import MorphEngine
    from morphstudio.morph.request import MorphRequest
    from morphstudio.paths import demo_loops_dir, factory_model_path

    paths = sorted(demo_loops_dir().glob("*.flac"))[:2]
    clips = tuple(load_clip(path)[0] for path in paths)
    model = load_model(factory_model_path())
    engine = MorphEngine(model, torch.device("cpu"))
    request = MorphRequest(clips, (0.5, 0.5), clips[0].n_frames)
    duration_s = clips[0].duration_s
    render_s, region_s = [], []
    for _ in range(N_RUNS + 2):
        began = time.perf_counter()
        next(iter(engine.draft(request, 0)))
        region_s.append(time.perf_counter() - began)
        render_s.append(engine.render(request).render_ms / 1000.0)
    latent = torch.randn(2, model.vae.config.n_latent, 87)
    decode_s = []
    with torch.inference_mode():
        for _ in range(N_RUNS + 2):
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
