"""Similarity by a pretrained network of `torchaudio.pipelines`, its weights fetched before. Loads torch."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import soxr
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ModelError
from morphstudio.library.analysis import EMBEDDING_VALUES
from morphstudio.library.embedding_weights import WAV2VEC2, EmbeddingWeights, is_there

_LONGEST_S = 5.0
_SHORTEST_S = 0.2
"""What is shorter is followed by silence: the network needs some columns to look at."""
_SILENCE = 1e-5

Mono = NDArray[np.float32]


class EmbeddingModel(Protocol):
    """What torchaudio's wav2vec 2.0 models have."""

    def extract_features(
        self, waveforms: Tensor, lengths: Tensor | None = None, num_layers: int | None = None
    ) -> tuple[list[Tensor], Tensor | None]:
        """(batch, frames) to one (batch, columns, values) a layer."""
        ...


class EmbeddingBundle(Protocol):
    """What a bundle of `torchaudio.pipelines` has, such as `WAV2VEC2_BASE`."""

    @property
    def sample_rate(self) -> float:
        """In Hz."""
        ...

    def get_model(self, *, dl_kwargs: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
        """Model with its weights."""
        ...


class Embedder:
    """Turns sounds into vectors that lie near each other where the network hears them alike.

    Parameters
    ----------
    bundle : EmbeddingBundle
    folder : Path
        Where its weights are; nothing is fetched.
    weights : EmbeddingWeights

    Raises
    ------
    ModelError
        If the weights are not there or cannot be used.
    """

    def __init__(self, bundle: EmbeddingBundle, folder: Path, weights: EmbeddingWeights = WAV2VEC2) -> None:
        title = f"Can't load {weights.name}"
        if not is_there(weights, folder):
            sentence = f"{weights.file_name} is not in {folder}."
            raise ModelError(title, sentence, "Fetch it in the settings, under Similarity.")
        try:
            self._model: EmbeddingModel = bundle.get_model(dl_kwargs=loading_options(folder, weights))
        except (pickle.UnpicklingError, RuntimeError, OSError, EOFError, KeyError, ValueError) as error:
            sentence = f"{folder / weights.file_name} is damaged."
            raise ModelError(title, sentence, "Fetch it again in the settings, under Similarity.") from error
        self._rate_hz = round(bundle.sample_rate)
        with torch.inference_mode():
            silence = torch.zeros(1, round(_SHORTEST_S * self._rate_hz))
            layers = self._model.extract_features(silence)[0]
        self._n_layers = max(1, len(layers) // 2)
        self._projection = _projection(2 * int(layers[0].shape[-1]))

    def vector(self, mono: Mono) -> Mono:
        """Mean and spread over time of a middle layer: lower ones hear timbre, the highest ones words.

        Of these 1536 values, 128 sums are kept, each with signs drawn once for all: distances stay as they
        are but for some percent, and a library takes a twelfth of the memory (Achlioptas, 2003).

        Parameters
        ----------
        mono : float32, shape (frames,)
            At 44.1 kHz; of more than 5 s the loudest 5 are heard.

        Returns
        -------
        float32, shape (`EMBEDDING_VALUES`,)
            Of length 1.
        """
        wave = torch.from_numpy(_heard(mono, self._rate_hz))[None]
        with torch.inference_mode():
            layer = self._model.extract_features(wave, num_layers=self._n_layers)[0][-1][0]
            both = torch.cat([layer.mean(dim=0), layer.std(dim=0, correction=0)])
            both = torch.nn.functional.normalize(torch.nan_to_num(both), dim=0)
            found: Mono = torch.nn.functional.normalize(both @ self._projection, dim=0).numpy()
        return found


def loading_options(folder: Path, weights: EmbeddingWeights) -> dict[str, Any]:
    """What a bundle hands on to torch's hub: from where the file is read, and to where it is fetched."""
    return {
        "model_dir": str(folder),
        "file_name": weights.file_name,
        "map_location": "cpu",
        "progress": False,
        "weights_only": True,  # tensors alone: nothing in the file is run
    }


def _projection(n_values: int) -> Tensor:
    """Signs, shape (n_values, `EMBEDDING_VALUES`): by a hash, the same on each computer for ever."""
    bits = hashlib.shake_128(b"MorphStudio").digest(n_values * EMBEDDING_VALUES // 8)
    signs = np.unpackbits(np.frombuffer(bits, np.uint8)).reshape(n_values, EMBEDDING_VALUES)
    return torch.from_numpy(2.0 * signs.astype(np.float32) - 1.0)


def _heard(mono: Mono, rate_hz: int) -> Mono:
    """Loudest 5 s at another rate, peak 1, at least 0.2 s long."""
    sound = np.nan_to_num(np.asarray(mono, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    n_longest = round(_LONGEST_S * RATE_HZ)
    if sound.size > n_longest:
        energy = np.concatenate(([0.0], np.cumsum(np.square(sound, dtype=np.float64))))
        start = int(np.argmax(energy[n_longest:] - energy[:-n_longest]))
        sound = sound[start : start + n_longest]
    peak = float(np.max(np.abs(sound), initial=0.0))
    if peak > _SILENCE:
        sound = sound / peak
    if sound.size:
        sound = soxr.resample(sound, RATE_HZ, rate_hz)
    missing = max(0, round(_SHORTEST_S * rate_hz) - sound.size)
    return np.pad(sound, (0, missing)).astype(np.float32)
