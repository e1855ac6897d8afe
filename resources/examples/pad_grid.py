"""All sounds of a folder on a pad, a file from each point of a 3 x 3 grid, and one that goes round the pad.

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
way_round = [(0, 0, 0), (2, 1, 0), (4, 1, 1), (6, 0, 1)]  # beat, x, y; from the last it leads to the first
print(session.along(way_round, bars=2, is_smooth=True).save(folder / "round.wav"))
