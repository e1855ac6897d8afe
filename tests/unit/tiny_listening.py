"""The real process that listens to files, but with a small network for the embedding."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import torchaudio

from morphstudio.library import embedding
from morphstudio.library.analysis_worker import make_analyse, serve
from tests.weights_server import TinyBundle, tiny_weights

if __name__ == "__main__":
    torchaudio.pipelines.WAV2VEC2_BASE = TinyBundle()
    embedding.Embedder = partial(embedding.Embedder, weights=tiny_weights()[1])
    folder = Path(sys.argv[2]) if sys.argv[1:] else None
    sys.exit(serve(partial(make_analyse, embedding_folder=folder)))
