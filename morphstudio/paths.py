"""Where things are: shipped resources and the user's own folders. Nothing here reads a file."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP_NAME = "MorphStudio"


def resources_dir() -> Path:
    """Folder of icons, themes, fonts, demo loops and the factory model."""
    packaged = Path(__file__).parent / "resources"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "resources"


def demo_loops_dir() -> Path:
    """Folder of the loops that the application ships."""
    return resources_dir() / "loops"


def factory_model_path() -> Path:
    """File of the model that the application ships."""
    return resources_dir() / "models" / "studio.safetensors"


def user_dir() -> Path:
    """Folder of settings, logs and work files; `MORPHSTUDIO_HOME` overrides it."""
    return _overridden() or Path(platformdirs.user_data_dir(APP_NAME, False))


def music_dir() -> Path:
    """The user's folder of music, which need not be there; `MORPHSTUDIO_HOME` overrides it."""
    return _overridden() or Path(platformdirs.user_music_dir())


def _overridden() -> Path | None:
    override = os.environ.get("MORPHSTUDIO_HOME")
    return Path(override) if override else None
