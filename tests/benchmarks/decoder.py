"""Decoder alone, on recorded loops that the model never met: encode, decode, compare."""

from __future__ import annotations

from dataclasses import asdict


def run(options) -> dict:
    from morphstudio.audio.files import find_audio_files, load_clip
    from morphstudio.model.checkpoint import load_model
    from morphstudio.model.measure import evaluate, mean_figures
    from morphstudio.paths import factory_model_path

    if options.loops is None:
        raise SystemExit("decoder: name a folder of recorded loops with --loops")
    loaded = load_model(options.model or factory_model_path())
    held_out = set(loaded.card.get("held_out", []))
    paths = [path for path in find_audio_files([options.loops]) if path.stem in held_out]
    if not paths:
        raise SystemExit(f"decoder: {options.loops} holds none of the model's held-out loops")
    clips = [load_clip(path)[0] for path in paths]
    figures = evaluate(loaded.vae, clips)
    return {
        "loops": len(clips),
        **asdict(mean_figures(figures)),
        "each": {clip.name: asdict(entry) for clip, entry in zip(clips, figures, strict=True)},
    }
