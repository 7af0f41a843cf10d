"""Every flight that is flown in the window is kept, and nothing that the disk does stops one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pygame
import pytest

from game.app import MAX_FRAME_NS, App, Metronome, run
from game.content.levels import load_level
from game.content.modes import Mode
from game.record.kept_flights import KeptFlights
from game.record.replay import CutOff, read_record, read_replay
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.result import ResultScene
from game.scenes.tempo import SLOWNESS
from game.scenes.title import TitleScene
from tests.input.player import Metre, Player, a_player

NAME = "20261126T071051.000Z-sky-crane.replay"


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player((960, 540)) as someone:
        yield someone


def opened(player: Player, folder: Path) -> FlightScene:
    """A game that keeps its flights there, and a flight in it, two seconds old."""
    flights = KeptFlights(folder, lambda: datetime(2026, 11, 26, 7, 10, 51, tzinfo=UTC))
    player.app = App(pygame.display.get_surface(), player.clock, flights=flights)
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 2)
    player.app.open(scene)
    for _ in range(31):
        player.frame(drawn=False)
    return scene


def lost(player: Player) -> ResultScene:
    """The lever down until nothing more happens."""
    player.hold(pygame.K_DOWN, down=True)
    for _ in range(600):
        player.frame(drawn=False)
        if isinstance(player.scene, ResultScene):
            break
    player.hold(pygame.K_DOWN, down=False)
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_flight_is_kept_without_being_asked_for(tmp_path: Path, player: Player) -> None:
    """The same replay as the result has, exact, under a name that says when and what; nothing is said about it."""
    folder = tmp_path / "replays"
    opened(player, folder)
    result = lost(player)
    assert names(folder) == [NAME]
    replay = read_replay(folder / NAME)
    assert replay == result.replay
    assert verify(replay, load_level("sky-crane"), NAME).verdict is Verdict.EXACT
    assert "kept" not in result.seen.remark


def test_practice_is_kept_too(tmp_path: Path, player: Player) -> None:
    """It is not counted, but it was flown."""
    opened(player, tmp_path)
    for _ in range(len(SLOWNESS) + 1):  # through all of slow motion, and back to the level's pace
        player.tap(pygame.K_t)
        player.frame(drawn=False)
    assert "Practice" in lost(player).seen.remark
    assert names(tmp_path) == [NAME]


@pytest.mark.parametrize("way", ["again", "title"])
def test_a_flight_that_is_broken_off_is_not_kept(tmp_path: Path, player: Player, way: str) -> None:
    """Flown again, or left for the title: its journal goes."""
    scene = opened(player, tmp_path)
    assert scene.flight.tick > 120
    if way == "again":
        player.tap(pygame.K_r)
        player.frame()
        assert player.scene is not scene
    else:
        player.app.kit.controls.forget_presses()
        player.tap(pygame.K_ESCAPE)
        player.frame()
        player.tap(pygame.K_UP)
        player.frame()
        player.tap(pygame.K_RETURN)
        player.frame()
        assert isinstance(player.scene, TitleScene)
    player.app.kit.flights.settle()
    assert names(tmp_path) == []


class Ended(App):
    """The program's own app, on a clock that is turned: two seconds of flight, and then its end."""

    crashes = False

    def run(self) -> None:
        clock = Metre()
        self._clock, self._metronome = clock, Metronome(0)
        for _ in range(31):
            clock.ns += MAX_FRAME_NS
            assert self.advance()
        if self.crashes:
            raise ZeroDivisionError
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        super().run()


class Crashed(Ended):
    crashes = True

    def run(self) -> None:
        try:
            super().run()
        finally:
            assert self.kit.flights._journal is not None
            self.kit.flights._journal.close()  # the disk has it; a program that ends would not wait for that


def test_whoever_closes_the_window_has_broken_it_off_and_a_crash_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder of the person: nothing after the one, two seconds of flight after the other."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path))
    folder = tmp_path / "data" / "replays"
    assert run(load_level("sky-crane"), size=(640, 360), make=Ended) == 0
    assert names(folder) == []
    with pytest.raises(ZeroDivisionError):
        run(load_level("sky-crane"), size=(640, 360), make=Crashed)
    (found,) = KeptFlights(folder).recover()
    record = read_record(found)
    assert isinstance(record, CutOff)
    assert len(record.digests) == 2
    assert verify(record, load_level("sky-crane"), found.name).verdict is Verdict.CUT_OFF


def test_a_flight_that_cannot_be_kept_says_so_and_is_flown_all_the_same(tmp_path: Path, player: Player) -> None:
    """One sentence under the reason, and the next flight begins as ever."""
    folder = tmp_path / "replays"
    folder.write_text("a file", "utf-8")
    opened(player, folder)
    result = lost(player)
    assert result.seen.remark.endswith("The replay of this flight could not be kept: File exists.")
    player.frame()
    player.tap(pygame.K_r)
    player.frame()
    assert isinstance(player.scene, FlightScene)


def test_what_a_crash_has_left_is_told_at_the_next_start(tmp_path: Path, player: Player) -> None:
    """With its name; at the start after that it is nothing new."""
    opened(player, tmp_path)
    journal = player.app.kit.flights._journal
    assert journal is not None
    assert journal.close() is not None  # all that is written; the program ends here
    opened(player, tmp_path)
    (note,) = player.app._notes
    assert note == (
        "The game ended in mid-flight last time. The flight is kept up to its last second, as "
        f"{tmp_path / '20261126T071051.000Z-sky-crane-cut-off.replay'}"
    )
    player.app.kit.flights.drop()
    player.app.kit.flights.settle()
    opened(player, tmp_path)
    assert player.app._notes == []
