"""A training process small enough to be killed in a test: FOLDER OUT SECONDS."""

import sys
from pathlib import Path

import torch

import morphstudio.model.train as training
from morphstudio.audio.files import load_clip
from morphstudio.model.vae import VaeConfig

folder, out, seconds = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
training._SAVE_EVERY_S = 1.0
config = VaeConfig(full_width=16, half_width=16, latent_rate_width=16, n_latent=8)
settings = training.TrainSettings(seconds=seconds, batch_size=2, config=config)
clips = [load_clip(path)[0] for path in sorted(folder.iterdir())]
trainer = training.Trainer(settings, clips, [], [], out, {}, torch.device("cpu"))
print("resumed" if trainer.resume() else "fresh")
trainer.run()
