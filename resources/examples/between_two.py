"""Nine loops from one sound to another, evenly spaced to the ear.

python between_two.py A.wav B.wav FOLDER
"""

import sys
from pathlib import Path

import morphstudio

first, second, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
session = morphstudio.Session()
a = session.add(morphstudio.load_sound(first))
b = session.add(morphstudio.load_sound(second))
for step in range(9):
    share = step / 8
    print(session.between([a, b], [1 - share, share]).save(folder / f"step {step + 1}.wav"))
