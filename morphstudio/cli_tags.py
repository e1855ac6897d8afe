"""The `tags` commands: a model of kinds, or of any labels, trained on one's own folders."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from morphstudio.cli_input import check_model_file, check_seed, training_seconds
from morphstudio.cli_progress import RunReport, stopping_signals
from morphstudio.errors import FileError, ParameterError
from morphstudio.library.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from morphstudio.model.tagger_train import TagProgress, TagResult

_TRAIN_S = 180.0
_LISTENING_SHARE = 0.5
_MOST_FILES = 20_000
_MOST_VARIANTS = 24
_WANTED_PER_LABEL = 400
_MOST_LABELS = 200
_MAX_RENDERED = 10_000
_READ_S = 4.0

tags = typer.Typer(
    name="tags",
    help="What kind a sound is: train the model on one's own folders.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@tags.callback()
def _tags() -> None:
    """Keep `train` a command of its own."""


@tags.command(name="train")
def train_tags(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Sounds, sorted into folders or by name.")],
    label_regex: Annotated[
        str | None,
        typer.Option(help="Pattern with one group, which is the label, found in the file's name."),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Model file (.safetensors).")] = Path(
        "kinds.safetensors"
    ),
    seconds: Annotated[float, typer.Option(help="Computing time, half of it for listening.")] = _TRAIN_S,
    rendered: Annotated[
        int, typer.Option(help="Start from nothing, with so many rendered sounds of each kind.")
    ] = 0,
    soundfont: Annotated[
        Path | None, typer.Option(help="Learn from a General MIDI sound font (.sf2) too, by fluidsynth.")
    ] = None,
    licence: Annotated[str, typer.Option(help="Licence of the sounds.")] = "unknown",
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
) -> None:
    """Train a model that tells sounds apart; the label is the folder's name, or what --label-regex finds.

    It goes on from the model that ships. A fifth of each label's files is held out, chosen by a hash of their
    names; the accuracy printed and the picture of the confusion matrix, beside the model, are of those.
    """
    began_s = time.monotonic()
    limit_s = training_seconds(None, seconds, None) or _TRAIN_S
    check_model_file(out)
    check_seed(seed)
    if not 0 <= rendered <= _MAX_RENDERED:
        raise ParameterError(
            "Bad number", f"--rendered {rendered} is not possible.", f"Give 0 to {_MAX_RENDERED}."
        )
    files = _labelled(folder, None if label_regex is None else _pattern(label_regex))
    with_kinds = rendered > 0 or soundfont is not None
    labels = sorted({label for _, label in files} | (set(map(str, Kind)) if with_kinds else set()))
    _check_labels(folder, labels, label_regex)
    report = RunReport("training", as_json=as_json)
    with stopping_signals() as stopped, report:
        run = _Run(files, labels, (rendered, soundfont), seed, report, stopped.is_set)
        run.listen(began_s, limit_s)
        result = run.train(
            max(limit_s - (time.monotonic() - began_s), (1 - _LISTENING_SHARE) * limit_s), licence
        )
    _finish(report, out, labels, run, result)


class _Run:
    """Listens, then trains."""

    def __init__(
        self,
        files: list[tuple[Path, str]],
        labels: list[str],
        made: tuple[int, Path | None],
        seed: int,
        report: RunReport,
        is_stopped: Callable[[], bool],
    ) -> None:
        import numpy as np

        from morphstudio.model.tagger import TaggerConfig
        from morphstudio.model.tagger_examples import ExampleMaker
        from morphstudio.model.tagger_train import held_out

        self._files, self._labels, self._seed = files, labels, seed
        self._rendered, self._soundfont = made
        self._report, self._is_stopped = report, is_stopped
        self._rng = np.random.default_rng(seed)
        self._learnt, self._held_out = ExampleMaker(TaggerConfig()), ExampleMaker(TaggerConfig())
        self._is_held_out = held_out([path.name for path, _ in files], [label for _, label in files])
        self.skipped: list[FileError] = []
        self.n_learnt = self.n_held_out = self._n_soundfont = 0

    def listen(self, began_s: float, limit_s: float) -> None:
        """Read each file once; for what time is left, learn each in several changed forms."""
        from morphstudio.model.tagger_train import add_variants

        counts = Counter(label for _, label in self._files)
        end_s = began_s + _LISTENING_SHARE * limit_s
        self._render()
        self._play()
        for index, (path, label) in enumerate(self._files):
            if self._is_stopped():
                break
            self._report.show_share(index, len(self._files), f"listening to {path.name}")
            mono = self._read(path)
            if mono is None:
                continue
            target = self._labels.index(label)
            if self._is_held_out[index]:
                self._held_out.add(mono, target)
                self.n_held_out += 1
                continue
            self.n_learnt += 1
            slot_s = max(0.0, end_s - time.monotonic()) / (len(self._files) - index)
            most = min(_MOST_VARIANTS, 1 + _WANTED_PER_LABEL // counts[label])
            add_variants(self._learnt, mono, target, self._rng, most=most, limit_s=slot_s)

    def train(self, limit_s: float, licence: str) -> TagResult:
        """Train on what was heard."""
        from morphstudio.model.tagger import Tagger, factory_tagger_path
        from morphstudio.model.tagger_train import TaggerTrainer, TagSettings

        learnt, held_out = self._learnt.examples(), self._held_out.examples()
        if len(set(learnt.targets.tolist())) < 2:
            raise self._nothing_to_learn()
        card = {
            "licence": licence,
            "training_data": {
                "sounds": self.n_learnt,
                "held_out": self.n_held_out,
                "rendered_of_each_kind": self._rendered,
                "of_a_sound_font": self._n_soundfont,
            },
        }
        settings = TagSettings(limit_s, seed=self._seed)
        start = None if self._rendered else Tagger.load(factory_tagger_path())
        trainer = TaggerTrainer(settings, self._labels, learnt, held_out, card, start)
        return trainer.run(self._show, self._is_stopped)

    def _show(self, progress: TagProgress) -> None:
        note = f"step {progress.step}, loss {progress.loss:.2f}"
        self._report.show_share(progress.elapsed_s, progress.total_s, note)

    def _render(self) -> None:
        if not self._rendered:
            return
        import numpy as np

        from morphstudio.synth.one_shots import random_sound

        for number, kind in enumerate(Kind):
            for index in range(self._rendered):
                if self._is_stopped():
                    return
                done = number * self._rendered + index
                self._report.show_share(done, len(Kind) * self._rendered, f"rendering {kind}")
                sound = random_sound(np.random.default_rng([self._seed, index, number]), kind)
                self._learnt.add(sound, self._labels.index(str(kind)))

    def _play(self) -> None:
        if self._soundfont is None or self._is_stopped():
            return
        from morphstudio.model.tagger_soundfont import add_soundfont

        targets = {kind: self._labels.index(str(kind)) for kind in Kind}
        self._report.show_share(0, 1, f"playing {self._soundfont.name}")
        n_each = self._rendered or _WANTED_PER_LABEL
        self._n_soundfont = add_soundfont(self._learnt, self._soundfont, targets, self._rng, n_each)

    def _read(self, path: Path) -> NDArray[np.float32] | None:
        import numpy as np

        from morphstudio.audio.clip import RATE_HZ
        from morphstudio.audio.files import load_clip

        try:
            clip, _ = load_clip(path)
        except FileError as error:
            self.skipped.append(error)
            return None
        return np.ascontiguousarray(clip.samples[: int(_READ_S * RATE_HZ)].mean(axis=1), np.float32)

    def _nothing_to_learn(self) -> FileError:
        title = "Nothing to learn"
        if not self.skipped:
            return FileError(title, "Sounds of two labels are needed, and the run was stopped before.")
        n_more = f" (and {len(self.skipped) - 1} more)" if len(self.skipped) > 1 else ""
        return FileError(
            title, f"Too few sounds can be read to tell two labels apart: {self.skipped[0].message}{n_more}"
        )


def _pattern(text: str) -> re.Pattern[str]:
    title = "Bad pattern"
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ParameterError(
            title, f"--label-regex {text} is no regular expression: {error}.", "Give one such as ^([a-z]+)_."
        ) from error
    if pattern.groups != 1:
        raise ParameterError(
            title,
            f"--label-regex {text} has {pattern.groups or 'no'} groups.",
            "Put the label, and only that, in brackets, as in ^([a-z]+)_.",
        )
    return pattern


def _labelled(folder: Path, pattern: re.Pattern[str] | None) -> list[tuple[Path, str]]:
    """Sound files below a folder with their labels; what has none is left out."""
    from morphstudio.audio.files import find_audio_files

    if not folder.is_dir():
        raise FileError("No such folder", f"There is no folder {folder}.", "Name a folder of sounds.")
    paths = find_audio_files([folder], _MOST_FILES)
    if not paths:
        raise FileError("Nothing to learn", f"There is no sound in {folder}.", "Name a folder of sounds.")
    if pattern is None:
        return [(path, path.absolute().parent.name.lower()) for path in paths]
    found = ((path, pattern.search(path.name)) for path in paths)
    return [(path, match[1].lower()) for path, match in found if match is not None and match[1]]


def _check_labels(folder: Path, labels: Sequence[str], label_regex: str | None) -> None:
    if 2 <= len(labels) <= _MOST_LABELS:
        return
    hint = "Sort the sounds into folders named by what they are, or give --label-regex."
    if label_regex is not None:
        hint = f"Give another pattern than {label_regex}."
    if len(labels) > _MOST_LABELS:
        message = f"The sounds in {folder} have {len(labels)} labels, more than {_MOST_LABELS}."
    elif labels:
        message = f"All sounds in {folder} have one label, {labels[0]}; two are needed to tell apart."
    else:
        message = f"No file in {folder} has a name that --label-regex finds a label in."
    raise FileError("Nothing to tell apart", message, hint)


def _finish(report: RunReport, out: Path, labels: list[str], run: _Run, result: TagResult) -> None:
    from morphstudio.model.confusion import save_confusion

    result.tagger.save(out)
    accuracy = result.accuracy
    facts: dict[str, Any] = {
        "labels": labels,
        "sounds": run.n_learnt,
        "held_out": run.n_held_out,
        "skipped": len(run.skipped),
        "steps": result.steps,
        "accuracy": None if accuracy is None else round(accuracy, 4),
    }
    for error in run.skipped:
        sys.stderr.write(f"morphstudio: skipped: {error}\n")
    if accuracy is None:
        report.console.print("No label has two files, so none was held out to measure on.")
        report.finish(str(out), facts)
        return
    picture = out.with_suffix(".svg")
    n_right = int(result.confusion.trace())
    title = f"{n_right} of {run.n_held_out} held-out sounds right ({100 * accuracy:.0f} %)"
    save_confusion(picture, labels, result.confusion, title)
    facts["confusion"] = result.confusion.tolist()
    facts["picture"] = str(picture)
    table = Table("label", "held out", "right", "most often taken for", title=title)
    for index, label in enumerate(labels):
        row = result.confusion[index]
        others = [(int(n), labels[place]) for place, n in enumerate(row) if place != index and n]
        wrong = f"{max(others)[1]} ({max(others)[0]})" if others else ""
        table.add_row(label, str(int(row.sum())), str(int(row[index])), wrong)
    report.console.print(table)
    report.console.print(f"The picture is {picture}.")
    report.finish(str(out), facts)
