"""Listens to one sound file and tells all that an `Analysis` holds. Loads torch and librosa.

Of long files the first minute is read: see `audio.files.load_clip`. One STFT serves tempo, brightness and
whether it is a loop; the parts that need longer columns make their own.
"""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

import librosa
import numpy as np
import torch
from numpy.typing import NDArray

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ, AudioClip, Samples
from morphstudio.audio.files import load_clip
from morphstudio.errors import MorphStudioError
from morphstudio.library.analysis import PITCH_CLASSES, Analysis
from morphstudio.library.headers import read_header, told_duration_s
from morphstudio.library.kinds import Kind
from morphstudio.library.looping import sounds_like_loop, told_by_name
from morphstudio.library.loudness import LoudnessMeter
from morphstudio.library.naming import facts_of_file
from morphstudio.library.pitch import PitchClasses, find_note
from morphstudio.library.sounds import outline
from morphstudio.library.tempo import HOP, estimate_tempo, find_onsets
from morphstudio.library.tonality import estimate_key, with_sharps
from morphstudio.library.vectors import sound_vector
from morphstudio.model.pitch_class import PitchClassifier
from morphstudio.model.tagger import Tagger
from morphstudio.paths import resources_dir

_SURE: Final = 0.6
_NOISES: Final = frozenset({Kind.SNARE, Kind.CLAP, Kind.HAT, Kind.CYMBAL})
"""Kinds that have neither note nor key, whatever rings in them."""
_HITS: Final = _NOISES | {Kind.KICK, Kind.TOM}
_N_FFT = 2048
_log = logging.getLogger(__name__)


class Kinds(Protocol):
    """Who tells the kind of a sound at 44.1 kHz, and how sure that is, 0 to 1."""

    def kind(self, mono: Samples) -> tuple[Kind, float]: ...


class Embeddings(Protocol):
    """Who turns a sound at 44.1 kHz into a vector, shape (`EMBEDDING_VALUES`,), of length 1."""

    def vector(self, mono: Samples) -> NDArray[np.float32]: ...


class Analyser:
    """Listens to files, one at a time.

    Parameters
    ----------
    tagger : Kinds, optional
        Without one, no kind is told.
    pitch_classes : PitchClasses, optional
        Without one, fewer notes are told.
    embedder : Embeddings, optional
        Without one, there is no embedding.
    """

    def __init__(
        self,
        tagger: Kinds | None = None,
        pitch_classes: PitchClasses | None = None,
        embedder: Embeddings | None = None,
    ) -> None:
        self._tagger = tagger
        self._pitch_classes = pitch_classes
        self._embedder = embedder
        self._meter = LoudnessMeter()
        self._window = torch.hann_window(_N_FFT)

    def analyse(self, path: Path) -> Analysis:
        """Tell what a file sounds like. Never raises: what cannot be read is told in `Analysis.error`."""
        known = Analysis()
        try:
            header = read_header(path)
            known = Analysis(channels=header.channels, rate_hz=header.rate_hz)
            clip, _ = load_clip(path)
            is_whole = clip.duration_s < MAX_LOOP_S
            duration_s = clip.duration_s if is_whole else told_duration_s(path) or clip.duration_s
            return self._listened(replace(known, duration_s=duration_s), path, clip)
        except MorphStudioError as error:
            told_s = told_duration_s(path) if known.rate_hz else None
            return replace(known, duration_s=told_s, error=error.message)
        except Exception:  # noqa: BLE001 one strange file must not end a scan of ten thousand
            _log.exception("Analysis failed: %s", path)
            return replace(known, error=f"{path.name} cannot be analysed.")

    def _listened(self, known: Analysis, path: Path, clip: AudioClip) -> Analysis:
        mono = np.ascontiguousarray(clip.samples.mean(axis=1))
        facts = facts_of_file(path)
        power = self._power(mono)
        onsets = find_onsets(power, len(mono))
        kind, kind_confidence = self._tagger.kind(mono) if self._tagger else (None, None)
        sure_kind = kind if (kind_confidence or 0.0) >= _SURE else None
        is_loop = told_by_name(path.stem)
        if is_loop is None:
            is_hit = sure_kind in _HITS  # a ride that rings is struck several times
            is_loop = facts.bpm is not None or (not is_hit and sounds_like_loop(mono, onsets))
        bpm, bpm_confidence = (facts.bpm, 1.0) if facts.bpm is not None else (None, None)
        if is_loop and bpm is None and (tempo := estimate_tempo(onsets)) is not None:
            bpm, bpm_confidence = tempo.bpm, tempo.confidence
        is_noise = sure_kind in _NOISES or (is_loop and kind is Kind.DRUM_LOOP)
        note = None if is_noise else find_note(mono, self._pitch_classes, is_loop=is_loop)
        has_no_key = is_noise or (note is not None and not is_loop)
        key = with_sharps(facts.key) or ("" if has_no_key else estimate_key(mono))
        return replace(
            known,
            is_loop=is_loop,
            bpm=bpm,
            bpm_confidence=bpm_confidence,
            key=key,
            midi_note=note.midi_note if note else None,
            cents=note.cents if note else None,
            pitch_class=PITCH_CLASSES[note.midi_note % 12] if note else "",
            kind=kind,
            kind_confidence=kind_confidence,
            centroid_hz=_centroid_hz(power),
            loudness_lufs=self._meter.integrated_lufs(clip.samples),
            vector=sound_vector(mono),
            embedding=self._embedding(mono, path),
            peaks=outline(clip),
        )

    def _embedding(self, mono: Samples, path: Path) -> NDArray[np.float32] | None:
        if self._embedder is None:
            return None
        try:
            return self._embedder.vector(mono)
        except Exception:  # noqa: BLE001 it needs much memory; all else is told without it
            _log.exception("No embedding: %s", path)
            return None

    def _power(self, mono: Samples) -> NDArray[np.float32]:
        stft = torch.stft(
            torch.from_numpy(mono), _N_FFT, HOP, window=self._window, pad_mode="constant", return_complex=True
        )
        power: NDArray[np.float32] = (stft.real.square() + stft.imag.square()).numpy()
        return power


def shipped_analyser() -> Analyser:
    """An analyser with the models that the application ships, as far as they are there.

    Raises
    ------
    ModelError
        If one is damaged.
    """
    models = resources_dir() / "models"
    kinds, pitch_classes = models / "kinds.safetensors", models / "pitch_class.safetensors"
    return Analyser(
        Tagger.load(kinds) if kinds.is_file() else None,
        PitchClassifier.load(pitch_classes) if pitch_classes.is_file() else None,
    )


def _centroid_hz(power: NDArray[np.float32]) -> float | None:
    weights = power.sum(axis=0)
    total = float(weights.sum())
    if total <= 0.0:
        return None
    centroids = librosa.feature.spectral_centroid(S=np.sqrt(power), sr=RATE_HZ)[0]
    mean_hz = float(centroids @ weights) / total
    return mean_hz if math.isfinite(mean_hz) else None
