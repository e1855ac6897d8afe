"""Model files: one `.safetensors` with a JSON header. Nothing is ever unpickled."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.stft import HOP, N_FFT
from morphstudio.errors import ModelError, ParameterError
from morphstudio.model.classic import CLASSIC_RATE_HZ, ClassicConfig, ClassicVae
from morphstudio.model.vae import StudioVae, VaeConfig
from morphstudio.saving import saving

FORMAT_VERSION = 1
MAX_FILE_BYTES = 512 * 1024 * 1024
_HEADER_KEY = "morphstudio"
_MAX_WIDTH = 8192
Shapes: TypeAlias = dict[str, tuple[int, ...]]
_HINT = "Choose a .safetensors file that MorphStudio saved."


@dataclass(frozen=True, slots=True, eq=False)
class LatentStatistics:
    """Of the training data's latents: mean and spread (n_latent,), principal directions (n, n_latent)."""

    mean: Tensor
    spread: Tensor
    directions: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class LoadedModel:
    """A model of the preset `studio` with what its file says of it."""

    vae: StudioVae
    name: str
    statistics: LatentStatistics
    card: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ClassicModel:
    """A model of the preset `classic` with what its file says of it."""

    vae: ClassicVae
    name: str
    statistics: LatentStatistics
    card: dict[str, Any] = field(default_factory=dict)


AnyModel: TypeAlias = LoadedModel | ClassicModel
"""What a model file may hold."""


def save_model(
    path: Path, vae: StudioVae | ClassicVae, statistics: LatentStatistics, card: dict[str, Any]
) -> None:
    """Write a model file beside its place, then rename it there.

    Parameters
    ----------
    path : Path
    vae : StudioVae or ClassicVae
        Weights are stored as float16.
    statistics : LatentStatistics
    card : dict
        What people want to know: `name`, `training_data`, `licence`, `figures` ...

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    """
    tensors = {f"vae.{name}": value.detach().half().contiguous() for name, value in vae.state_dict().items()}
    tensors["latent.mean"] = statistics.mean.float().contiguous()
    tensors["latent.spread"] = statistics.spread.float().contiguous()
    tensors["latent.directions"] = statistics.directions.float().contiguous()
    preset = "studio" if isinstance(vae, StudioVae) else "classic"
    header = {
        "format": FORMAT_VERSION,
        "preset": preset,
        "arguments": vae.config.as_dict(),
        "stft": _stft_of(preset),
        "card": card,
    }
    write_tensors(path, tensors, {_HEADER_KEY: json.dumps(header)})


def _stft_of(preset: str) -> dict[str, Any]:
    rate_hz = CLASSIC_RATE_HZ if preset == "classic" else RATE_HZ
    return {"n_fft": N_FFT, "hop": HOP, "window": "hann", "rate_hz": rate_hz}


def read_tensors(
    path: Path, most_bytes: int, hint: str, described: Callable[[dict[str, str], Shapes], Shapes]
) -> dict[str, Tensor]:
    """Read a safetensors file; nothing of it is used before its header and its shapes were checked.

    Parameters
    ----------
    path : Path
    most_bytes : int
        A larger file is none of these.
    hint : str
        What to do where it cannot be read.
    described : callable
        Called with the header and the shapes in the file: returns those that there must be, or raises
        `ModelError`.

    Returns
    -------
    dict of float32 tensors, all finite

    Raises
    ------
    ModelError
        If the file is missing, is something else, or is damaged.
    """
    title = f"Can't load {path.name}"
    if not path.is_file():
        raise ModelError(title, f"There is no model file {path}.", hint)
    if path.stat().st_size > most_bytes:
        raise ModelError(title, f"{path.name} is larger than a model can be.", hint)
    try:
        with safe_open(path, framework="pt") as file:
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
            wanted = described(file.metadata() or {}, shapes)
            wrong = next((name for name in wanted | shapes if shapes.get(name) != wanted.get(name)), None)
            if wrong is not None:
                fault = "is missing" if wrong not in shapes else "has the wrong shape"
                fault = fault if wrong in wanted else "does not belong there"
                raise ModelError(title, f"{path.name} is damaged: {wrong} {fault}.", hint)
            tensors = {name: file.get_tensor(name).float() for name in shapes}
    except (SafetensorError, OSError) as error:
        raise ModelError(title, f"{path.name} is not a safetensors file.", hint) from error
    damaged = [name for name, value in tensors.items() if not bool(torch.isfinite(value).all())]
    if damaged:
        raise ModelError(title, f"{path.name} is damaged: {damaged[0]} holds NaN or Inf.", hint)
    return tensors


def write_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str]) -> None:
    """Write a safetensors file so that a half-written one never stands at `path`.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    MorphStudioError
        If the disk is full.
    """
    with saving(path) as file:
        file.write(save(tensors, metadata))


def load_model(path: Path) -> LoadedModel:
    """Read a model file of the preset `studio`; see `load_any_model`.

    Raises
    ------
    ModelError
        If the file is missing, is not such a model, or is damaged.
    """
    model = load_any_model(path)
    if isinstance(model, ClassicModel):
        raise ModelError(
            f"Can't use {path.name}",
            f"{path.name} is a model of the preset classic.",
            "Choose one of the preset studio.",
        )
    return model


def load_any_model(path: Path) -> AnyModel:
    """Read a model file; header and shapes are checked before any weight is used.

    Raises
    ------
    ModelError
        If the file is missing, is not a MorphStudio model, or is damaged.
    """
    found: list[tuple[StudioVae | ClassicVae, dict[str, Any]]] = []

    def described(metadata: dict[str, str], shapes: Shapes) -> Shapes:
        header = _read_header(path, metadata)
        found.append((_network(path, header["preset"], header["arguments"]), header["card"]))
        return _shapes_of(found[0][0], shapes)

    tensors = read_tensors(path, MAX_FILE_BYTES, _HINT, described)
    vae, card = found[0]
    weights = {name.removeprefix("vae."): t for name, t in tensors.items() if name.startswith("vae.")}
    vae.load_state_dict(weights, assign=True)
    vae.eval().requires_grad_(False)
    statistics = LatentStatistics(
        tensors["latent.mean"], tensors["latent.spread"], tensors["latent.directions"]
    )
    name = str(card.get("name", path.stem))
    if isinstance(vae, ClassicVae):
        return ClassicModel(vae, name, statistics, card)
    return LoadedModel(vae, name, statistics, card)


def _read_header(path: Path, metadata: dict[str, str]) -> dict[str, Any]:
    title = f"Can't load {path.name}"
    try:
        header = json.loads(metadata[_HEADER_KEY])
        version, preset, _ = header["format"], header["preset"], header["arguments"]
        stft, card = header["stft"], header["card"]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(title, f"{path.name} is not a MorphStudio model.", _HINT) from error
    if version != FORMAT_VERSION:
        raise ModelError(
            title,
            f"{path.name} has format {version}; this version reads {FORMAT_VERSION}.",
            "Update MorphStudio.",
        )
    is_known = preset in ("studio", "classic") and isinstance(stft, dict) and isinstance(card, dict)
    # The first models, all of the preset studio, did not name their rate.
    if not is_known or {"rate_hz": RATE_HZ, **stft} != _stft_of(preset):
        raise ModelError(title, f"{path.name} is of another kind of model ({preset}).", _HINT)
    result: dict[str, Any] = header
    return result


def _network(path: Path, preset: str, arguments: object) -> StudioVae | ClassicVae:
    """The network that a header describes, its weights without memory yet."""
    title = f"Can't load {path.name}"
    refusal = ModelError(title, f"{path.name} describes a network that cannot be built.", _HINT)
    known = (ClassicConfig() if preset == "classic" else VaeConfig()).as_dict()
    if not isinstance(arguments, dict) or set(arguments) != set(known):
        raise refusal
    if not all(type(v) is int and 0 < v <= _MAX_WIDTH for v in arguments.values()):
        raise refusal
    with torch.device("meta"):
        if preset == "studio":
            return StudioVae(VaeConfig(**arguments))
        try:
            return ClassicVae(ClassicConfig(**arguments))
        except ParameterError as error:
            raise refusal from error


def _shapes_of(vae: StudioVae | ClassicVae, shapes: Shapes) -> Shapes:
    """What a file of this network holds; of how many directions there are, the file decides."""
    wanted = {f"vae.{name}": tuple(value.shape) for name, value in vae.state_dict().items()}
    n = vae.config.n_latent
    wanted |= {"latent.mean": (n,), "latent.spread": (n,)}
    directions = shapes.get("latent.directions", ())
    wanted["latent.directions"] = (directions[0] if directions else 0, n)
    return wanted
