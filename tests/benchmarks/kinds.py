"""How often the kind of a sound is told right: on drum kits of makers whose sounds trained nothing.

`--loops` names a folder of kits as Hydrogen has them (each with its `drumkit.xml`), such as
/usr/share/hydrogen/data/drumkits, or a folder of sounds whose names begin as those of the Sonic Pi sample
set. A kit's sounds have the kind that the file's name and the instrument's say (`KIT_RULES`): where they
disagree, and where neither says one, the sound is left out; so are side sticks and rim clicks, which some
folders call snares and some percussion. The same bytes count once.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from morphstudio.audio.files import find_audio_files, load_clip
from morphstudio.errors import FileError, ParameterError
from morphstudio.library.kinds import Kind

MEASURED = (Kind.KICK, Kind.SNARE, Kind.HAT, Kind.TOM, Kind.CYMBAL)
DEVELOPMENT_KITS = {
    "GMRockKit",
    "Gimme A Hand 1.0",
    "The Black Pearl 1.0",
    "VariBreaks",
    "rumpf_kit_z01_h2",
    "Millo-Drums_v.1",
    "Millo_MultiLayered2",
    "Millo_MultiLayered3",
}
"""Measured on while the training was made up: all kits of four makers. The others are held out."""
_LEFT_OUT = "left out"
KIT_RULES: tuple[tuple[str, str], ...] = (
    (
        r"conga|bongo|djembe|cow ?bell|agogo|tambourine|shake|maraca|clave|wood ?block|cajon|sangban|dununba"
        r"|kenkeni|glass",
        Kind.PERCUSSION,
    ),
    (r"clap", Kind.CLAP),
    (r"snare|\bsn\b", Kind.SNARE),
    (r"stick|\brim|click|snap|empty", _LEFT_OUT),
    (r"hat|\b[co]?hh|\bho\b", Kind.HAT),
    (r"crash|ride|splash|china|cymbal|\bbell\b", Kind.CYMBAL),
    (r"kick|bass ?drum|\bbd\b", Kind.KICK),
    (r"\btom|tom\b", Kind.TOM),
)
"""The first whose pattern is found counts, in small letters with digits and signs made blanks."""
SOUND_RULES: tuple[tuple[str, str], ...] = (
    (r"^bd_|^drum_heavy_kick|^drum_bass|_kick$", Kind.KICK),
    (r"^sn_|_snare$|^drum_snare", Kind.SNARE),
    (r"^drum_cymbal_(closed|open|pedal)", Kind.HAT),
    (r"^drum_cymbal|^drum_splash|^elec_cymbal", Kind.CYMBAL),
    (r"^drum_tom|_tom$", Kind.TOM),
    (
        r"^tabla_|cowbell|^perc_(bell|snap|impact|door|till)|^elec_(wood|triangle)|^glitch_perc",
        Kind.PERCUSSION,
    ),
    (r"^bass_|^glitch_bass", Kind.BASS),
    (r"^guit_", Kind.GUITAR),
    (r"^ambi_piano", Kind.KEYS),
    (r"^ambi_choir", Kind.VOCAL),
    (r"^elec_(beep|bell|blip|blup|bong|chime|ping|plip|twang|twip)", Kind.SYNTH),
    (r"^ambi_|^vinyl_hiss|^perc_(swash|swoosh)", Kind.TEXTURE),
    (
        r"^loop_(amen|breakbeat|compus|industrial|mehackit|mika|perc|safari|tabla)",
        Kind.DRUM_LOOP,
    ),
    (r"^loop_drone", Kind.TONAL_LOOP),
)


def run(options: argparse.Namespace) -> dict[str, Any]:
    import torch

    from morphstudio.model.tagger import Tagger, factory_tagger_path

    if options.loops is None or not options.loops.is_dir():
        raise ParameterError(
            "No sounds", "The benchmark needs a folder of drum kits.", "Give --loops FOLDER."
        )
    torch.set_num_threads(1)
    tagger = Tagger.load(options.model or factory_tagger_path())
    sounds = labelled_sounds(options.loops)
    heard = []
    spent_s = 0.0
    for path, kind in sounds:
        try:
            clip, _ = load_clip(path)
        except FileError:
            continue
        mono = np.ascontiguousarray(clip.samples.mean(axis=1), np.float32)
        began_s = time.thread_time()
        said, confidence = tagger.kind(mono)
        spent_s += time.thread_time() - began_s
        heard.append((path, kind, said, confidence))
    figures: dict[str, Any] = {"ms_per_sound": round(1000 * spent_s / max(1, len(heard)), 2)}
    groups = {"all": heard}
    if any(path.parent.name in DEVELOPMENT_KITS for path, *_ in heard):
        groups["held_out"] = [sound for sound in heard if sound[0].parent.name not in DEVELOPMENT_KITS]
        groups["development"] = [sound for sound in heard if sound[0].parent.name in DEVELOPMENT_KITS]
    for name, group in groups.items():
        figures[name] = _figures(group)
    return figures


def labelled_sounds(folder: Path) -> list[tuple[Path, Kind]]:
    """Files whose kind is known, each content once."""
    instruments: dict[Path, dict[str, str]] = {}
    sounds: list[tuple[Path, Kind]] = []
    seen: set[bytes] = set()
    for path in find_audio_files([folder]):
        if path.parent not in instruments:
            instruments[path.parent] = _instruments(path.parent / "drumkit.xml")
        kit = instruments[path.parent]
        label = kit_label(path.stem, kit.get(path.name, "")) if kit else _first(SOUND_RULES, path.stem)
        content = hashlib.sha1(path.read_bytes()).digest()
        if label in set(Kind) and content not in seen:
            seen.add(content)
            sounds.append((path, Kind(label)))
    return sounds


def kit_label(stem: str, instrument: str) -> str:
    """Kind that two names agree on; what has none is empty."""
    labels = {_first(KIT_RULES, _words(name)) for name in (stem, instrument)} - {""}
    return labels.pop() if len(labels) == 1 else ""


def _words(name: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r"[\W\d_]+", " ", parted).strip().lower()


def _first(rules: tuple[tuple[str, str], ...], name: str) -> str:
    return next((label for pattern, label in rules if re.search(pattern, name)), "")


def _instruments(kit: Path) -> dict[str, str]:
    """Name of the instrument of each file; of several the first."""
    if not kit.is_file():
        return {}
    text = re.sub(r'\sxmlns="[^"]*"', "", kit.read_text(encoding="utf-8", errors="replace"))
    found: dict[str, str] = {}
    for instrument in ElementTree.fromstring(text).iter("instrument"):
        for file in instrument.iter("filename"):
            found.setdefault(file.text or "", instrument.findtext("name") or "")
    return found


def _figures(heard: list[tuple[Path, Kind, Kind, float]]) -> dict[str, Any]:
    drums = [sound for sound in heard if sound[1] in MEASURED]
    confusion: dict[str, dict[str, int]] = {}
    for kind in Kind:
        said = Counter(str(sound[2]) for sound in heard if sound[1] is kind)
        if said:
            confusion[str(kind)] = dict(said.most_common())
    by_folder = {
        name: _right([sound for sound in drums if sound[0].parent.name == name])
        for name in sorted({sound[0].parent.name for sound in drums})
    }
    return {
        "n_sounds": len(heard),
        "right": _right(heard),
        "n_drums": len(drums),
        "drums_right": _right(drums),
        "drums_right_by_kind": {
            str(kind): _right([sound for sound in drums if sound[1] is kind]) for kind in MEASURED
        },
        "drums_right_by_folder": by_folder,
        "calibration_error": _calibration_error(heard),
        "confusion": confusion,
    }


def _right(heard: list[tuple[Path, Kind, Kind, float]]) -> float | None:
    return round(sum(kind is said for _, kind, said, _ in heard) / len(heard), 4) if heard else None


def _calibration_error(heard: list[tuple[Path, Kind, Kind, float]], n_bins: int = 10) -> float | None:
    """Expected calibration error: mean distance of confidence and share right, over tenths of confidence."""
    if not heard:
        return None
    confidence = np.array([sound[3] for sound in heard])
    right = np.array([sound[1] is sound[2] for sound in heard])
    place = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    gaps = [
        abs(confidence[place == index].mean() - right[place == index].mean()) * (place == index).mean()
        for index in np.unique(place)
    ]
    return round(float(sum(gaps)), 4)
