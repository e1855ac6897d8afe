"""What each part of the program may load, proved in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

BELOW_UI = ("audio", "control", "dsp", "model", "morph", "synth", "library")
IMPORT_ALL = """
import importlib, json, sys
forbidden, modules = json.loads(sys.argv[1])
for module in modules:
    importlib.import_module(module)
    loaded = sorted(set(forbidden) & set(sys.modules))
    if loaded:
        sys.exit(f"{module} loads {', '.join(loaded)}")
"""
LIBRARIES_OF = """
import importlib, sys
before = set(sys.modules)
importlib.import_module(sys.argv[1])
for name in sorted(set(sys.modules) - before):
    if "." not in name and "site-packages" in str(getattr(sys.modules[name], "__file__", "")):
        print(name)
"""


def modules_of(*packages):
    """Every module in these packages of morphstudio, whoever adds it and whenever."""
    files = [
        file for package in packages for file in sorted((REPOSITORY / "morphstudio" / package).rglob("*.py"))
    ]
    names = [".".join(file.relative_to(REPOSITORY).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def run_python(script, argument):
    done = subprocess.run(
        [sys.executable, "-c", script, argument], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize(
    ("packages", "forbidden"),
    [
        (BELOW_UI, ("PySide6",)),
        (("audio", "control", "ui"), ("torch", "torchaudio", "librosa", "rtmidi", "mido")),
    ],
    ids=["no Qt below the window", "no torch in the window and the audio process"],
)
def test_packages_load_only_what_their_layer_may(packages, forbidden):
    modules = modules_of(*packages)
    assert len(modules) > len(packages)
    run_python(IMPORT_ALL, json.dumps([forbidden, modules]))


def test_the_audio_host_loads_numpy_and_sounddevice_alone():
    loaded = set(run_python(LIBRARIES_OF, "morphstudio.audio.playing").split())
    # The latter are what sounddevice itself is made of.
    assert loaded <= {"numpy", "sounddevice", "_sounddevice", "_cffi_backend", "cffi"}


def test_a_forbidden_library_is_noticed():
    """The proof above can fail."""
    with pytest.raises(AssertionError, match=r"morphstudio.paths loads platformdirs"):
        run_python(IMPORT_ALL, json.dumps([["platformdirs"], ["morphstudio.paths"]]))
