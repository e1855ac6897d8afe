"""What kind a sound is: a small network that hears the waveform as a mel spectrogram in dB. And its file.

Nothing here trains; see `tagger_train`.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torchaudio
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ModelError
from morphstudio.library.kinds import Kind
from morphstudio.model.checkpoint import Shapes, read_tensors, write_tensors
from morphstudio.paths import resources_dir

FORMAT_VERSION = 1
MAX_LABELS = 1000
_HEADER_KEY = "morphstudio"
_NETWORK = "tagger"
_MAX_FILE_BYTES = 64 * 1024 * 1024
_MAX_SIZES = {"n_mels": 128, "n_columns": 1024, "width": 96, "n_embedding": 1024}
_HINT = "Choose a file that `morphstudio tags train` wrote."
_N_FFT, _WINDOW, _HOP = 2048, 1024, 512
_LOWEST_HZ, _HIGHEST_HZ = 30.0, 16_000.0
_RANGE_DB = 60.0
_POWER_FLOOR = 1e-10
_ONSET_BLOCK = 64
_ONSET_DB, _END_DB = -40.0, -45.0
_BEFORE_ONSET_S = 0.005
_LONGEST_S = 2.5


@dataclass(frozen=True, slots=True)
class TaggerConfig:
    """Sizes of the network, as its file has them.

    Parameters
    ----------
    n_mels, n_columns : int
        Of the spectrogram, one column each 11.6 ms.
    width : int
        Channels of the first layer; the last has six times as many.
    n_embedding : int
    """

    n_mels: int = 64
    n_columns: int = 160
    width: int = 16
    n_embedding: int = 96

    @property
    def n_frames(self) -> int:
        """How much of a sound is heard, in frames."""
        return self.n_columns * _HOP


def factory_tagger_path() -> Path:
    """File of the model of kinds that the application ships."""
    return resources_dir() / "models" / "kinds.safetensors"


def mel_parameters(config: TaggerConfig) -> dict[str, Any]:
    """What the spectrogram is made with, for the file's header."""
    return {
        "rate_hz": RATE_HZ,
        "n_fft": _N_FFT,
        "win_length": _WINDOW,
        "hop": _HOP,
        "n_mels": config.n_mels,
        "f_min_hz": _LOWEST_HZ,
        "f_max_hz": _HIGHEST_HZ,
        "range_db": _RANGE_DB,
    }


class MelLevels(nn.Module):
    """Waveforms to what the network sees: (batch, n_frames) -> (batch, 1, n_mels, n_columns), -1 to 1.

    1 is the loudest place of each sound, -1 is `_RANGE_DB` below: how loud a file is makes no difference.
    """

    def __init__(self, config: TaggerConfig) -> None:
        super().__init__()
        self._mel = torchaudio.transforms.MelSpectrogram(
            RATE_HZ,
            _N_FFT,
            win_length=_WINDOW,
            hop_length=_HOP,
            f_min=_LOWEST_HZ,
            f_max=_HIGHEST_HZ,
            n_mels=config.n_mels,
            center=True,
            pad_mode="constant",
        )
        self._to_db = torchaudio.transforms.AmplitudeToDB("power")
        self._n_columns = config.n_columns

    def forward(self, waves: Tensor) -> Tensor:
        peak = waves.abs().amax(1, keepdim=True).clamp_min(1e-9)
        level = self._to_db(self._mel(waves / peak).clamp_min(_POWER_FLOOR))[:, None, :, : self._n_columns]
        level = level - level.amax((2, 3), keepdim=True)
        result: Tensor = level.clamp_min(-_RANGE_DB) / (0.5 * _RANGE_DB) + 1.0
        return result


def _layer(n_in: int, n_out: int, size: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(n_in, n_out, size, stride, size // 2, bias=False), nn.BatchNorm2d(n_out), nn.ReLU()
    )


class SpectrogramEncoder(nn.Module):
    """Mel spectrogram in dB, made on the fly, then convolutions: (batch, n_frames) -> (batch, n_embedding).

    The encoder that automatic tagging settled on (Choi et al., 2016, "Automatic tagging using deep
    convolutional neural networks"; Pons & Serra, 2019, "musicnn") and that neural drum samplers call by this
    name. Time is pooled away, by mean and by maximum; frequency is not: a kick is no hat. How long the sound
    lasts comes in beside the convolutions.
    """

    def __init__(self, config: TaggerConfig) -> None:
        super().__init__()
        w = config.width
        self.levels = MelLevels(config)
        self.layers = nn.Sequential(
            _layer(1, w, 5, 2),
            _layer(w, 2 * w, 3, 2),
            _layer(2 * w, 4 * w, 3, 1),
            _layer(4 * w, 6 * w, 3, 2),
            _layer(6 * w, 6 * w, 3, 2),
        )
        n_rows = math.ceil(config.n_mels / 16)
        self.dropout = nn.Dropout(0.3)
        self.head = nn.Linear(2 * n_rows * 6 * w + 1, config.n_embedding)
        for weight in self.layers.parameters():
            if weight.ndim == 4:  # three times as fast on a CPU
                weight.data = weight.data.contiguous(memory_format=torch.channels_last)

    def forward(self, waves: Tensor, durations_s: Tensor) -> Tensor:
        """Embed excerpts of sounds that last (batch,) seconds."""
        return self.of_levels(self.levels(waves), durations_s)

    def of_levels(self, levels: Tensor, durations_s: Tensor) -> Tensor:
        """The same of spectrograms that were made before."""
        x = self.layers(levels.contiguous(memory_format=torch.channels_last))
        pooled = torch.cat((x.mean(3).flatten(1), x.amax(3).flatten(1)), 1)
        length = durations_s.clamp(0.03, _LONGEST_S).log2()[:, None] / 2.0
        result: Tensor = self.head(torch.cat((self.dropout(pooled), length.to(pooled.dtype)), 1))
        return result


class TaggerNetwork(nn.Module):
    """The encoder, and a line for each label: (batch, n_frames) -> logits (batch, n_labels)."""

    def __init__(self, config: TaggerConfig, n_labels: int) -> None:
        super().__init__()
        self.config = config
        self.encoder = SpectrogramEncoder(config)
        self.classifier = nn.Linear(config.n_embedding, n_labels)

    def forward(self, waves: Tensor, durations_s: Tensor) -> Tensor:
        return self.of_embedding(self.encoder(waves, durations_s))

    def of_embedding(self, embedding: Tensor) -> Tensor:
        """Logits of what the encoder says."""
        result: Tensor = self.classifier(functional.relu(embedding))
        return result


def excerpt_of(mono: NDArray[np.float32], config: TaggerConfig) -> tuple[NDArray[np.float32], float]:
    """What the network hears of a sound: its begin, silence cut off before and put on after.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz, of any length, empty too.
    config : TaggerConfig

    Returns
    -------
    excerpt : float32, shape (n_frames,)
    duration_s : float
        From the first to the last moment that is not as good as silent.
    """
    result = np.zeros(config.n_frames, np.float32)
    n_blocks = -(-mono.size // _ONSET_BLOCK)
    levels = np.zeros(n_blocks * _ONSET_BLOCK, np.float32)
    np.abs(mono, out=levels[: mono.size])
    peaks = np.nan_to_num(levels.reshape(n_blocks, _ONSET_BLOCK).max(1)) if n_blocks else levels
    loudest = float(peaks.max(initial=0.0))
    if loudest <= 0.0:
        return result, 0.0
    first = int(np.argmax(peaks >= loudest * 10 ** (_ONSET_DB / 20)))
    last = n_blocks - int(np.argmax(peaks[::-1] >= loudest * 10 ** (_END_DB / 20)))
    start = max(0, first * _ONSET_BLOCK - int(_BEFORE_ONSET_S * RATE_HZ))
    piece = mono[start : start + config.n_frames]
    result[: piece.size] = np.nan_to_num(piece)
    return result, (last - first) * _ONSET_BLOCK / RATE_HZ


class Tagger:
    """Says what kind a sound is.

    Parameters
    ----------
    network : TaggerNetwork
    labels : sequence of str
        One for each of the network's outputs.
    temperature : float
        By which logits are divided, so that of what is said with a confidence of 0.8 four in five are right
        (Guo et al., 2017, "On calibration of modern neural networks").
    card : dict
        What the file says of the model.
    """

    def __init__(
        self, network: TaggerNetwork, labels: tuple[str, ...], temperature: float, card: dict[str, Any]
    ) -> None:
        self.network = network.eval().requires_grad_(False)
        self._temperature = temperature
        self._kinds = [(index, Kind(label)) for index, label in enumerate(labels) if label in set(Kind)]
        self.labels = labels
        self.card = card

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """Read a model file; header and shapes are checked before any weight is used.

        Raises
        ------
        ModelError
            If the file is missing, is not such a model, or is damaged.
        """
        return _loaded(path)

    def save(self, path: Path) -> None:
        """Write a model file, its weights as 16-bit floats.

        Raises
        ------
        FileError
            If the folder is missing or cannot be written.
        """
        header = {
            "format": FORMAT_VERSION,
            "network": _NETWORK,
            "labels": list(self.labels),
            "arguments": asdict(self.network.config),
            "mel": mel_parameters(self.network.config),
            "temperature": self._temperature,
            "card": self.card,
        }
        tensors = {
            name: value.half().contiguous() if value.is_floating_point() else value
            for name, value in _weights(self.network).items()
        }
        write_tensors(path, tensors, {_HEADER_KEY: json.dumps(header)})

    def kind(self, mono: NDArray[np.float32]) -> tuple[Kind, float]:
        """Most likely kind of a sound, and how sure that is, 0 to 1.

        Parameters
        ----------
        mono : float32, shape (frames,)
            At 44.1 kHz, of any length.

        Raises
        ------
        ModelError
            If none of the model's labels is a kind.
        """
        if not self._kinds:
            raise ModelError(
                "No kinds", "The model was trained on other labels than kinds.", "Use another model."
            )
        chances = self.chances(mono)
        index, kind = max(self._kinds, key=lambda pair: chances[pair[0]])
        return kind, float(chances[index])

    def label(self, mono: NDArray[np.float32]) -> tuple[str, float]:
        """Most likely label of a sound, and how sure that is, 0 to 1."""
        chances = self.chances(mono)
        index = int(np.argmax(chances))
        return self.labels[index], float(chances[index])

    def chances(self, mono: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of each of `labels`, summing to 1."""
        with torch.inference_mode():
            logits = self.network.of_embedding(self._embedded(mono))[0]
            result: NDArray[np.float32] = (logits / self._temperature).softmax(0).numpy()
        return result

    def embedding(self, mono: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the encoder says of a sound, shape (n_embedding,), of length 1: near is alike."""
        with torch.inference_mode():
            result: NDArray[np.float32] = functional.normalize(self._embedded(mono)[0], dim=0).numpy()
        return result

    def _embedded(self, mono: NDArray[np.float32]) -> Tensor:
        excerpt, duration_s = excerpt_of(mono, self.network.config)
        result: Tensor = self.network.encoder(torch.from_numpy(excerpt)[None], torch.tensor([duration_s]))
        return result


def _weights(network: TaggerNetwork) -> dict[str, Tensor]:
    """What the file holds: the spectrogram's window and filters are made anew."""
    left_out = ("encoder.levels.", "num_batches_tracked")
    return {
        name: value
        for name, value in network.state_dict().items()
        if not name.startswith(left_out[0]) and not name.endswith(left_out[1])
    }


def _loaded(path: Path) -> Tagger:
    found: list[tuple[TaggerNetwork, dict[str, Any]]] = []

    def described(metadata: dict[str, str], _: Shapes) -> Shapes:
        header = _read_header(path, metadata)
        network = TaggerNetwork(TaggerConfig(**header["arguments"]), len(header["labels"]))
        found.append((network, header))
        return {name: tuple(value.shape) for name, value in _weights(network).items()}

    tensors = read_tensors(path, _MAX_FILE_BYTES, _HINT, described)
    network, header = found[0]
    network.load_state_dict(tensors, strict=False)
    return Tagger(network, tuple(header["labels"]), float(header["temperature"]), header["card"])


def _read_header(path: Path, metadata: dict[str, str]) -> dict[str, Any]:
    title = f"Can't load {path.name}"
    foreign = ModelError(title, f"{path.name} is not a model of kinds.", _HINT)
    try:
        header: dict[str, Any] = json.loads(metadata[_HEADER_KEY])
        version, network, labels = header["format"], header["network"], header["labels"]
        arguments, mel = header["arguments"], header["mel"]
        temperature, card = header["temperature"], header["card"]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise foreign from error
    if network != _NETWORK:
        raise foreign
    if version != FORMAT_VERSION:
        raise ModelError(
            title,
            f"{path.name} has format {version}; this version reads {FORMAT_VERSION}.",
            "Update MorphStudio.",
        )
    are_labels = isinstance(labels, list) and 2 <= len(labels) <= MAX_LABELS
    if not are_labels or not all(isinstance(label, str) and label for label in labels):
        raise foreign
    if len(set(labels)) != len(labels) or not isinstance(card, dict):
        raise foreign
    if not isinstance(arguments, dict) or set(arguments) != set(asdict(TaggerConfig())):
        raise foreign
    if not all(type(size) is int and 0 < size <= _MAX_SIZES[name] for name, size in arguments.items()):
        raise foreign
    if type(temperature) not in (int, float) or not 0.01 <= temperature <= 100.0:
        raise foreign
    if mel != mel_parameters(TaggerConfig(**arguments)):
        raise ModelError(title, f"{path.name} hears sounds in another way than this version.", _HINT)
    return header
