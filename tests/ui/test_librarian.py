"""The thread that keeps the library: what it tells, in which order, and what it survives."""

from __future__ import annotations

import pytest

from morphstudio.errors import MorphStudioError
from morphstudio.library.analysis import Analysis
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import IndexedFile, fingerprint_of, stamp_of
from morphstudio.library.kinds import Kind
from morphstudio.library.marks import Marks
from morphstudio.ui.librarian import Librarian

KICK = Analysis(duration_s=0.5, is_loop=False, kind=Kind.KICK, kind_confidence=0.9)


@pytest.fixture
def folder(tmp_path):
    """A folder of three files; nobody opens one."""
    place = tmp_path / "Samples"
    place.mkdir()
    for number, name in enumerate(("boom", "clap", "hat")):
        (place / f"{name}.wav").write_bytes(b"x" * (number + 1))
    return place


class Told:
    """All that a librarian told."""

    def __init__(self, librarian):
        self.entries, self.wanted, self.reports, self.notices, self.moved = {}, [], [], [], {}
        self.n_ends = 0
        librarian.entries_found.connect(lambda found: self.entries.update((e.entry_id, e) for e in found))
        librarian.listening_wanted.connect(lambda files: self.wanted.extend(file.path for file in files))
        librarian.place_scanned.connect(self.reports.append)
        librarian.noticed.connect(self.notices.append)
        librarian.files_moved.connect(self.moved.update)


@pytest.fixture
def make_librarian(qtbot, qapp, tmp_path):
    """Returns a function that starts one, and gives what it tells as well."""
    started = []

    def make(path=tmp_path / "library.sqlite"):
        librarian = Librarian(path)
        told = Told(librarian)
        librarian.start()
        started.append(librarian)
        return librarian, told

    yield make
    for librarian in started:
        librarian.stop()


def idle(qtbot, librarian, ask):
    with qtbot.waitSignal(librarian.scan_ended):
        ask()


def keep(tmp_path, path, analysis=KICK):
    with LibraryIndex(tmp_path / "library.sqlite") as index:
        index.put([IndexedFile(str(path), stamp_of(path.stat()), 1.0, analysis=analysis, fingerprint=b"1")])


def test_a_folder_is_told_and_only_what_nobody_has_heard_is_to_be_listened_to(
    qtbot, make_librarian, folder, tmp_path
):
    keep(tmp_path, folder / "boom.wav")
    librarian, told = make_librarian()
    librarian.tell_known([str(folder)])
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    assert {entry.name for entry in told.entries.values()} == {"boom", "clap", "hat"}
    assert told.entries[str(folder / "boom.wav")].kind is Kind.KICK
    assert told.wanted == [str(folder / "clap.wav"), str(folder / "hat.wav")]
    assert [report.is_there for report in told.reports] == [True]


def test_what_somebody_says_is_kept_though_it_stops_at_once(make_librarian, folder, tmp_path):
    librarian, _ = make_librarian()
    librarian.mark({str(folder / "hat.wav"): Marks(True, ("dusty",), Kind.SNARE)})
    librarian.stop()
    with LibraryIndex(tmp_path / "library.sqlite") as index:
        assert index.marks() == {str(folder / "hat.wav"): Marks(True, ("dusty",), Kind.SNARE)}


def test_what_is_liked_is_told_wherever_it_lies_and_what_is_only_tagged_with_its_folder(
    qtbot, make_librarian, folder, tmp_path
):
    librarian, told = make_librarian()
    liked, tagged, gone = (str(folder / f"{name}.wav") for name in ("boom", "clap", "gone"))
    librarian.mark({liked: Marks(True), tagged: Marks(False, ("dusty",)), gone: Marks(True)})
    idle(qtbot, librarian, lambda: librarian.tell_known([]))
    assert told.entries.keys() == {liked, gone}
    assert told.entries[liked].is_favourite
    assert told.entries[gone].is_missing
    assert told.wanted == [liked]
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    assert told.entries[tagged].tags == ("dusty",)


def test_a_file_that_moved_takes_along_what_was_heard(qtbot, make_librarian, folder, tmp_path):
    librarian, told = make_librarian()
    old, new = folder / "boom.wav", folder / "low boom.wav"
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    with LibraryIndex(tmp_path / "library.sqlite") as index:
        stamp = stamp_of(old.stat())
        index.put([IndexedFile(str(old), stamp, 1.0, analysis=KICK, fingerprint=fingerprint_of(str(old)))])
    old.rename(new)
    told.wanted.clear()
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    assert told.moved == {str(old): str(new)}
    assert told.entries[str(new)].kind is Kind.KICK
    assert str(new) not in told.wanted


def test_a_folder_that_is_gone_is_told_in_one_sentence_and_keeps_what_is_known(
    qtbot, make_librarian, folder, tmp_path
):
    keep(tmp_path, folder / "boom.wav")
    folder.rename(tmp_path / "elsewhere")
    librarian, told = make_librarian()
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    (report,) = told.reports
    assert not report.is_there
    assert len(report.problems) == 1
    assert str(folder) in report.problems[0]
    assert report.vanished == (str(folder / "boom.wav"),)


def test_a_folder_that_goes_while_it_is_looked_through_ends_with_a_report(qtbot, make_librarian, tmp_path):
    place = tmp_path / "large"
    place.mkdir()
    for number in range(1200):
        (place / f"{number}.wav").write_bytes(b"x")
    librarian, told = make_librarian()
    librarian.progressed.connect(
        lambda _, count: place.exists() and count and place.rename(tmp_path / "elsewhere"),
    )
    idle(qtbot, librarian, lambda: librarian.scan([place]))
    assert len(told.reports) == 1


def test_what_a_hand_does_is_done_while_a_large_folder_is_looked_through(qtbot, make_librarian, tmp_path):
    place = tmp_path / "large"
    place.mkdir()
    for number in range(2000):
        (place / f"{number}.wav").write_bytes(b"x")
    librarian, told = make_librarian()
    order = []
    librarian.entries_found.connect(lambda found: order.extend(e.name for e in found))
    asked = tmp_path / "asked.wav"
    asked.write_bytes(b"x")
    librarian.progressed.connect(lambda _, count: librarian.look_at([asked]) if count == 500 else None)
    idle(qtbot, librarian, lambda: librarian.scan([place]))
    assert str(asked) in told.entries
    assert order.index("asked") < 2000


def test_an_index_that_cannot_be_written_is_told_once_and_the_next_thing_is_done(
    qtbot, monkeypatch, make_librarian, folder
):
    librarian, told = make_librarian()
    is_full = [True]
    change = LibraryIndex.change

    def fail(self, *args, **kwargs):
        if is_full[0]:
            raise MorphStudioError("The library is not kept", "The disk is full.")
        return change(self, *args, **kwargs)

    monkeypatch.setattr(LibraryIndex, "change", fail)
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    assert len(told.notices) == 1
    is_full[0] = False
    idle(qtbot, librarian, lambda: librarian.scan([folder]))
    assert len(told.reports) == 1


def test_what_somebody_says_while_the_disk_is_full_is_kept_once_there_is_room(
    qtbot, monkeypatch, make_librarian, folder, tmp_path
):
    librarian, told = make_librarian()
    boom, hat = str(folder / "boom.wav"), str(folder / "hat.wav")

    def fail(self, marks):
        raise MorphStudioError("Marks are not kept", "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(LibraryIndex, "set_marks", fail)
        idle(qtbot, librarian, lambda: librarian.mark({boom: Marks(True), hat: Marks(True)}))
        idle(qtbot, librarian, lambda: librarian.mark({hat: Marks(False, ("dusty",))}))
        assert len(told.notices) == 2
    librarian.stop()
    with LibraryIndex(tmp_path / "library.sqlite") as index:
        assert index.marks() == {boom: Marks(True), hat: Marks(False, ("dusty",))}
