"""All sounds of a folder on a pad, and a file from each point of a 3 x 3 grid over it.

python pad_grid.py FOLDER_OF_SOUNDS FOLDER
"""

import sys
from pathlib import Path

import morphstudio

sounds, folder = Path(sys.argv[1]), Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
session = morphstudio.Session()
for path in sorted(sounds.glob("*.wav")):
    session.add(morphstudio.load_sound(path))
session.arrange()
for row in range(3):
    for column in range(3):
        morph = session.at(column / 2, row / 2)
        names = ", ".join(f"{name} {share:.0%}" for name, share in morph.weights.items())
        print(morph.save(folder / f"{row + 1}{column + 1}.wav"), names, sep=": ")
