"""One morph in several pitches, formats and tempos; and its samples, for whatever you do with numpy.

python one_morph_in_many_ways.py A.wav B.wav FOLDER
"""

import sys
from pathlib import Path

import numpy as np

import morphstudio
from morphstudio.audio.export import ExportOptions

folder = Path(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
session = morphstudio.Session()
a, b = (session.add(morphstudio.load_sound(path)) for path in sys.argv[1:3])
morph = session.between([a, b], [1, 1])
for semitones in (-5, 0, 7):
    morph.shifted(semitones).save(folder / f"{semitones:+d}.flac", ExportOptions(format="flac"))
morph.save(folder / "louder.wav", ExportOptions(bits=16, normalise="loudness", repeats=2))
samples = morph.render().samples
print(f"{len(samples)} frames, {samples.shape[1]} channels, peak {np.abs(samples).max():.3f}")
session.set_time(128, bars=2)  # from here on every sound is brought to 128 beats a minute
print(session.between([a, b], [1, 1]).save(folder / "two bars at 128.wav"))
