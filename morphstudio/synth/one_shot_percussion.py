"""One-shots of hand drums, wood, metal and grains by dice."""

from __future__ import annotations

import numpy as np

from morphstudio.synth import drums, voices
from morphstudio.synth.effects import Signal, saturate
from morphstudio.synth.one_shot_parts import Strike, added, chance, cloud, later, skin
from morphstudio.synth.random_voices import between, drum_sound

_SORTS: dict[str, float] = {
    "drawn": 0.13,
    "hand drum": 0.2,
    "wood": 0.14,
    "stick": 0.08,
    "bell": 0.16,
    "triangle": 0.05,
    "shaker": 0.1,
    "tambourine": 0.1,
    "snap": 0.04,
}


def percussion(rng: np.random.Generator) -> Signal:
    """Conga, bongo, djembe, tabla, cowbell, agogo, clave, wood block, side stick, shaker, tambourine ..."""
    sort = str(rng.choice(list(_SORTS), p=list(_SORTS.values())))
    if sort == "drawn":
        names = ["conga", "conga_low", "slap", "rim", "clave", "cowbell", "tabla_low", "tabla_high", "shaker"]
        return drum_sound(rng, str(rng.choice(names)))
    if sort == "hand drum":
        return _hand_drum(rng)
    if sort in ("wood", "stick"):
        return _wood(rng, is_stick=sort == "stick")
    if sort == "bell":
        return _bell(rng)
    if sort == "triangle":
        decay_s, stretch = between(rng, 0.4, 4), between(rng, 1.0, 1.3)
        ratios = tuple(float(r) for r in np.sort(rng.uniform(1, 9, 9)) ** stretch)
        return voices.partials(
            rng,
            between(rng, 1200, 4500),
            min(decay_s, 3.0),
            ratios,
            decay_s=decay_s,
            tilt=rng.uniform(0, 0.8),
        )
    if sort == "shaker":
        return _grains(rng, between(rng, 2500, 9500), n_strokes=int(rng.choice([1, 1, 2, 3])))
    if sort == "tambourine":
        return _tambourine(rng)
    strike = Strike(400, between(rng, 1200, 3200), 9000, 9, 5, decay_s=between(rng, 0.02, 0.12), tonal=0.6)
    return cloud(rng, 0.25, strike)


def _hand_drum(rng: np.random.Generator) -> Signal:
    pitch_hz = between(rng, 75, 600)
    decay_s = between(rng, 0.06, 0.7) * min(1.0, (300 / pitch_hz) ** 0.4)
    body = skin(
        rng,
        pitch_hz,
        decay_s=decay_s,
        bend=float(rng.uniform(0, 0.25)) * chance(rng, 0.6),
        bend_s=between(rng, 0.01, 0.06),
        overtones=between(rng, 0.3, 2.5),
        duration_s=1.1 * decay_s + 0.05,
    )
    hand = Strike(200, between(rng, 600, 4500), 11_000, 4, 6, decay_s=between(rng, 0.008, 0.08), tonal=0.4)
    out = added(body, cloud(rng, 0.15, hand) * between(rng, 0.05, 1.2))
    return saturate(out, between(rng, 0.6, 2))


def _wood(rng: np.random.Generator, *, is_stick: bool) -> Signal:
    pitch_hz = between(rng, 350, 1900) if is_stick else between(rng, 450, 3200)
    decay_s = between(rng, 0.02, 0.18)
    ratios = (1.0, *np.sort(rng.uniform(1.3, 8, 5)).tolist())
    body = voices.partials(rng, pitch_hz, decay_s * 1.3, ratios, decay_s=decay_s, tilt=rng.uniform(0.4, 2))
    tick = Strike(600, between(rng, 1500, 6500), 13_000, 4, 5, decay_s=between(rng, 0.004, 0.03), tonal=0.5)
    out = added(body, cloud(rng, 0.08, tick) * between(rng, 0.05, 0.9))
    if is_stick and chance(rng, 0.4):  # laid on a drum, whose shell answers
        shell = Strike(120, between(rng, 180, 450), 2500, decay_s=between(rng, 0.03, 0.15), tonal=0.6)
        out = added(out, cloud(rng, 0.25, shell) * between(rng, 0.05, 0.4))
    return out


def _bell(rng: np.random.Generator) -> Signal:
    if chance(rng, 0.3):
        return drums.cowbell(rng, between(rng, 400, 1100), decay_s=between(rng, 0.08, 0.8))
    pitch_hz, decay_s = between(rng, 400, 1800), between(rng, 0.08, 1.2)
    ratios = (1.0, rng.uniform(1.3, 1.65), *np.sort(rng.uniform(1.8, 7, 6)).tolist())
    body = voices.partials(
        rng, pitch_hz, min(1.2 * decay_s, 2.0), ratios, decay_s=decay_s, tilt=rng.uniform(0.2, 1.3)
    )
    tick = Strike(800, between(rng, 2000, 6500), decay_s=between(rng, 0.005, 0.04), tonal=0.7)
    return added(body, cloud(rng, 0.1, tick) * between(rng, 0.02, 0.4))


def _grains(rng: np.random.Generator, centre_hz: float, n_strokes: int) -> Signal:
    step_s = between(rng, 0.07, 0.2)
    parts = []
    for index in range(n_strokes):
        strike = Strike(
            low_hz=centre_hz * 0.5,
            peak_hz=centre_hz,
            low_slope_db=between(rng, 8, 18),
            high_slope_db=between(rng, 4, 12),
            decay_s=between(rng, 0.04, 0.25),
            attack_s=between(rng, 0.004, 0.06),
        )
        sound = cloud(rng, 0.4, strike)
        sound = sound * np.where(rng.random(sound.size) < rng.uniform(0.05, 1), 1.0, 0.1)
        parts.append(later(sound, index * step_s))
    return added(*parts)


def _tambourine(rng: np.random.Generator) -> Signal:
    n_clashes, out = int(rng.integers(2, 9)), []
    for _ in range(n_clashes):
        strike = Strike(
            low_hz=between(rng, 2500, 5000),
            peak_hz=between(rng, 6000, 11_000),
            low_slope_db=12,
            high_slope_db=between(rng, 2, 8),
            decay_s=between(rng, 0.08, 0.45),
            tonal=float(rng.uniform(0.6, 1)),
            modes_per_octave=between(rng, 5, 20),
        )
        out.append(later(cloud(rng, 0.5, strike) * rng.uniform(0.2, 1), float(rng.exponential(0.03))))
    if chance(rng, 0.4):
        out.append(_hand_drum(rng) * between(rng, 0.1, 1.0))
    return added(*out)
