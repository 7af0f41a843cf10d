"""Where ghosts come from: this run, the state folder, the score book, a process of their own."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from game.content.errors import InputError
from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.ghost import GhostTrack, Source
from game.record.ghost_store import FOLDER, MOST_FILES, Ghost, Ghosts
from game.record.replay import Replay
from game.sim.snapshot import Outcome
from tests.unit.ghosts import LEVEL, flown

_PATIENCE_S = 120.0  # for a process on a busy machine


class _Records:
    """A score book with one flight in it, or with none that can be read."""

    def __init__(self, replay: Replay | None, *, broken: bool = False) -> None:
        self._replay, self._broken = replay, broken

    def best_replay(self, level_id: str, mode: Mode) -> Replay | None:
        if self._broken:
            raise InputError("the book cannot be read")
        return self._replay

    def last_replay(self, level_id: str) -> Replay | None:
        return self.best_replay(level_id, Mode.MANUAL)


def _made(ghost: Ghost) -> GhostTrack | None:
    """Wait for its process: a test may, the game never does."""
    work = ghost._work
    if work is not None and work._process is not None:
        work._process.wait(_PATIENCE_S)
    ghost.poll()
    assert not ghost.coming
    return ghost.track


def test_before_anything_was_flown_there_is_no_ghost() -> None:
    """Neither a best nor a last flight: nothing is made, and nobody is asked to wait."""
    ghosts, level = Ghosts(), load_level(LEVEL)
    for wanted in (Source.BEST, Source.LAST):
        ghost = ghosts.ask(wanted, level, Mode.MANUAL, 0)
        assert (ghost.track, ghost.coming, ghost.source) == (None, False, wanted)


def test_the_last_flight_is_the_last_and_the_best_the_best() -> None:
    """Lost flights are last ones too; what does not count, or is worse, is no best; each board has its own."""
    ghosts, level = Ghosts(), load_level(LEVEL)
    good, track, _ = flown()
    lost, lost_track, _ = flown("idle")
    worse = GhostTrack(*track.columns(), replace(track.note, points=track.note.points - 1))
    ghosts.flown(level, good, track)
    ghosts.flown(level, good, worse)
    ghosts.flown(level, lost, lost_track)
    assert ghosts.ask(Source.BEST, level, Mode.MANUAL, 1).track is track
    assert ghosts.ask(Source.LAST, level, Mode.MANUAL, 1).track is lost_track
    assert ghosts.ask(Source.BEST, level, Mode.GUIDED, 1).track is None
    better = GhostTrack(*track.columns(), replace(track.note, points=track.note.points + 1))
    ghosts.flown(level, good, better, counted=False)
    assert ghosts.ask(Source.BEST, level, Mode.MANUAL, 1).track is track
    assert ghosts.ask(Source.BEST, load_level("jezero"), Mode.MANUAL, 1).track is None


def test_who_had_help_is_the_best_guided_flight_of_the_run() -> None:
    """As on the boards: by the record, not by the mode that it was begun in."""
    ghosts, level = Ghosts(), load_level(LEVEL)
    replay, track, _ = flown()
    helped = replace(replay, runs=(replace(replay.runs[0], hands=Hands.MOMENTS), *replay.runs[1:]))
    better = GhostTrack(*track.columns(), replace(track.note, points=track.note.points + 1))
    ghosts.flown(level, replay, track)
    ghosts.flown(level, helped, better)
    assert ghosts.ask(Source.BEST, level, Mode.MANUAL, 1).track is track
    assert ghosts.ask(Source.BEST, level, Mode.GUIDED, 1).track is better


def test_no_flight_waits_for_the_disk_to_keep_a_ghost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes while one flies; and what a power cut leaves of it is made anew."""

    def waited(number: int) -> None:
        raise AssertionError("a flight stood still")

    monkeypatch.setattr("os.fsync", waited)
    replay, track, _ = flown()
    Ghosts(tmp_path).flown(load_level(LEVEL), replay, track)
    (path,) = (tmp_path / FOLDER).glob("*.ghost")
    path.write_bytes(b"")
    again = Ghosts(tmp_path, _Records(replay))
    assert again.ask(Source.BEST, load_level(LEVEL), Mode.MANUAL, 0).coming
    again.close()


def test_a_kept_flight_is_flown_again_once_and_then_remembered(tmp_path: Path) -> None:
    """By a process of its own; the next run of the game finds it in the folder, and starts none."""
    replay, track, _ = flown()
    level = load_level(LEVEL)
    ghosts = Ghosts(tmp_path, _Records(replay))
    ghost = ghosts.ask(Source.BEST, level, Mode.MANUAL, 0)
    assert ghost.track is None
    assert ghost.coming
    made = _made(ghost)
    assert made is not None
    assert made.note == track.note
    assert len(list((tmp_path / FOLDER).glob("*.ghost"))) == 1
    later = Ghosts(tmp_path, _Records(replay)).ask(Source.LAST, level, Mode.MANUAL, 0)
    assert later.track is not None
    assert later.track.columns() == made.columns()


def test_a_flight_of_this_run_needs_no_process_when_the_book_has_it(tmp_path: Path) -> None:
    """It was kept under its record's name as it was flown."""
    replay, track, _ = flown()
    level = load_level(LEVEL)
    Ghosts(tmp_path).flown(level, replay, track)
    ghost = Ghosts(tmp_path, _Records(replay)).ask(Source.BEST, level, Mode.MANUAL, 0)
    assert ghost.track is not None
    assert not ghost.coming


def test_a_record_of_other_rules_or_another_level_is_no_ghost() -> None:
    """It would fly through another ground."""
    replay, _, _ = flown()
    level = load_level(LEVEL)
    for header in (replace(replay.header, rules_version=999), replace(replay.header, content="0" * 32)):
        other = replace(replay, header=header)
        ghost = Ghosts(None, _Records(other)).ask(Source.BEST, level, Mode.MANUAL, 0)
        assert (ghost.track, ghost.coming) == (None, False)
    ghost = Ghosts(None, _Records(replay, broken=True)).ask(Source.LAST, level, Mode.MANUAL, 0)
    assert (ghost.track, ghost.coming) == (None, False)


def test_the_autopilot_flies_beside_where_nobodys_way_is_published(tmp_path: Path) -> None:
    """Perseverance at Jezero in every level; at Gale the autopilot instead, and the ghost says whose it is."""
    ghosts = Ghosts(tmp_path)
    ghost = ghosts.ask(Source.FLOWN, load_level(LEVEL), Mode.MANUAL, 0)
    track = _made(ghost)
    assert ghost.source is Source.FLOWN
    assert track is not None
    assert track.note.title == "Perseverance"
    again = ghosts.ask(Source.FLOWN, load_level("powered-descent"), Mode.RAW, 7)
    assert again.track is track
    gale = ghosts.ask(Source.FLOWN, load_level("gale"), Mode.MANUAL, 0)
    assert gale.source is Source.AUTOPILOT
    assert gale.coming
    ghosts.close()


def test_the_autopilots_ghost_is_of_the_same_day(tmp_path: Path) -> None:
    """Another seed, another mode or a dispersed flight is another ghost."""
    ghosts, level = Ghosts(tmp_path), load_level(LEVEL)
    track = _made(ghosts.ask(Source.AUTOPILOT, level, Mode.MANUAL, 3))
    assert track is not None
    assert track.note.outcome is Outcome.LANDED
    assert ghosts.ask(Source.AUTOPILOT, level, Mode.GUIDED, 3).track is track  # the craft is the same
    for mode, seed, dispersed in ((Mode.MANUAL, 4, False), (Mode.RAW, 3, False), (Mode.MANUAL, 3, True)):
        other = ghosts.ask(Source.AUTOPILOT, level, mode, seed, dispersed=dispersed)
        assert other.track is None
        assert other.coming
    ghosts.close()


def test_the_process_runs_nothing_that_lies_in_the_folder_we_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Whoever starts the game in a folder of downloads starts the game, not what is called like a module."""
    ran = tmp_path / "ran"
    for name in ("json", "dataclasses", "contextlib", "game"):
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write(__name__)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    track = _made(Ghosts().ask(Source.AUTOPILOT, load_level(LEVEL), Mode.MANUAL, 3))
    assert not ran.exists()
    assert track is not None


def test_asking_anew_ends_what_is_being_made() -> None:
    """One process at a time, and none after the game."""
    ghosts, level = Ghosts(), load_level("jezero")
    first = ghosts.ask(Source.AUTOPILOT, level, Mode.MANUAL, 1)
    process = first._work._process if first._work else None
    assert process is not None
    second = ghosts.ask(Source.AUTOPILOT, level, Mode.MANUAL, 2)
    assert process.returncode is not None
    ghosts.close()
    for ghost in (first, second):
        ghost.poll()
        assert ghost.track is None


def test_where_no_process_can_be_started_there_is_no_ghost(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no error: nobody needs one to fly."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    ghost = Ghosts().ask(Source.AUTOPILOT, load_level(LEVEL), Mode.MANUAL, 0)
    ghost.poll()
    assert (ghost.track, ghost.coming) == (None, False)


def test_files_that_are_damaged_are_made_anew_and_old_ones_go(tmp_path: Path) -> None:
    """Whatever lies in the folder; it does not grow without end."""
    replay, track, _ = flown()
    level = load_level(LEVEL)
    ghosts = Ghosts(tmp_path)
    ghosts.flown(level, replay, track)
    (path,) = (tmp_path / FOLDER).glob("*.ghost")
    path.write_bytes(path.read_bytes()[:-7])
    again = Ghosts(tmp_path, _Records(replay)).ask(Source.BEST, level, Mode.MANUAL, 0)
    assert again.track is None
    assert again.coming
    assert _made(again) is not None
    for number in range(MOST_FILES + 5):
        (tmp_path / FOLDER / f"{number:03d}.ghost").write_bytes(b"x")
    ghosts.flown(level, replay, track)
    assert len(list((tmp_path / FOLDER).glob("*.ghost"))) <= MOST_FILES


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / FOLDER).write_text("no folder")
    replay, track, _ = flown()
    ghosts = Ghosts(tmp_path)
    ghosts.flown(load_level(LEVEL), replay, track)
    assert ghosts.ask(Source.LAST, load_level(LEVEL), Mode.MANUAL, 0).track is track
