"""The demo loops that MorphStudio ships, by name; the same bytes every time they are rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import soundfile

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.synth import demo_bass, demo_chords, demo_drums, demo_textures
from morphstudio.synth.desk import mastered
from morphstudio.synth.effects import Signal


def demo_makers() -> dict[str, Callable[[], Signal]]:
    """What renders each loop's track, by the loop's name; the name tells the kind."""
    return {
        "House drums": demo_drums.house,
        "Boom bap beat": demo_drums.boom_bap,
        "Techno drums": demo_drums.techno,
        "Electro drums": demo_drums.electro,
        "Garage drums": demo_drums.garage,
        "Funk break": demo_drums.funk,
        "Conga perc": demo_drums.conga,
        "Shaker clave perc": demo_drums.shaker_clave,
        "Tabla perc": demo_drums.tabla,
        "Latin perc": demo_drums.latin,
        "Acid bass": demo_bass.acid_bass,
        "Sub bass": demo_bass.sub_bass,
        "Reese bass": demo_bass.reese_bass,
        "Funk bass": demo_bass.funk_bass,
        "Techno bass": demo_bass.techno_bass,
        "Pad chords": demo_chords.pad_chords,
        "Electric piano": demo_chords.electric_piano,
        "Dub chords": demo_chords.dub_chords,
        "Glass arp": demo_chords.glass_arp,
        "Night arp": demo_chords.night_arp,
        "Vinyl texture": demo_textures.vinyl_drone,
        "Shimmer texture": demo_textures.shimmer,
        "Noise texture": demo_textures.noise_field,
    }


def demo_loop(name: str) -> Samples:
    """Render one demo loop: float32, shape (176400, 2), two bars at 120 beats a minute."""
    return mastered(demo_makers()[name]())


def demo_loops() -> Iterator[tuple[str, Samples]]:
    """Render every demo loop in turn, with its name."""
    for name in demo_makers():
        yield name, demo_loop(name)


def write_loop(path: Path, samples: Samples) -> None:
    """Write a loop as a 16-bit FLAC, dithered so that fades stay clean; the same bytes every time."""
    rng = np.random.default_rng(samples.shape[0])
    dither = rng.random(samples.shape) - rng.random(samples.shape)
    steps = np.clip(np.round(samples * 32_767.0 + dither), -32_768, 32_767).astype(np.int16)
    soundfile.write(path, steps, RATE_HZ, subtype="PCM_16", format="FLAC", compression_level=1.0)
