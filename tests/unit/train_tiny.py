"""Training small enough for a test to kill it, alone or in a team: FOLDER OUT seconds=S|steps=N."""

import math
import sys
from pathlib import Path

import torch

import morphstudio.model.train as training
from morphstudio.audio.files import load_clip
from morphstudio.model.team import joined_team
from morphstudio.model.vae import VaeConfig


def train(folder: Path, out: Path, limit: str) -> None:
    limit, _, amount = limit.partition("=")
    settings = training.TrainSettings(
        seconds=float(amount) if limit == "seconds" else math.inf,
        steps=int(amount) if limit == "steps" else None,
        batch_size=4,
        learning_rate=1e-3,
        warm_up_steps=2,
        config=VaeConfig(full_width=16, half_width=16, latent_rate_width=16, n_latent=8),
    )
    clips = [load_clip(path)[0] for path in sorted(folder.iterdir())]
    with joined_team() as team:
        trainer = training.Trainer(settings, clips, [], [], out, {}, torch.device("cpu"), team)
        said = "resumed" if trainer.resume() else "fresh"
        if team.is_leader:
            print(said)
        trainer.run()


if __name__ == "__main__":
    training._SAVE_EVERY_S = 1.0
    torch.set_num_threads(1)
    train(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
