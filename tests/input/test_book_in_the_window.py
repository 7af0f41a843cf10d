"""What is flown in the window goes into the score book, is proved meanwhile, and is not lost when the window closes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import App, run
from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import hud_model
from game.cues.windows import WindowState
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.entry import Proof, board_of
from game.record.book.prover import Prover
from game.record.progress import Progress
from game.scenes.flight import FlightScene
from game.scenes.keeping import own_book, put_down
from game.scenes.kit import LANDING_DAY
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.snapshot import Outcome
from tests.book.flights import NOW, flown, made_up
from tests.input.player import Player, a_player

LEVEL = "sky-crane"


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    """With a book of his own."""
    with a_player() as someone:
        _give_book(someone, tmp_path / "scores.sqlite")
        yield someone


def _give_book(player: Player, path: Path) -> Book:
    book = Book(path)
    player.app = App(
        pygame.display.get_surface(), player.clock, progress=Progress(book=book), book=book, now=lambda: NOW
    )
    return book


def _flown(player: Player, mode: Mode, *, assisted: bool = False, slowed: bool = False) -> ResultScene:
    """A flight by its moments, or with nothing done at all, to its result."""
    player.app.open(FlightScene(player.app.kit, load_level(LEVEL), mode, 0))
    if slowed:
        for _ in range(5):  # slower and slower, one step, and on at full speed
            player.tap(pygame.K_t)
            player.frame()
    player.hold(pygame.K_LSHIFT, down=assisted)
    for _ in range(1500):
        scene = player.scene
        if not isinstance(scene, FlightScene):
            break
        window = hud_model(scene.flight.nav()).window
        if (assisted or mode is Mode.GUIDED) and window.by_action and window.state is WindowState.OPEN:
            player.tap(pygame.K_SPACE)
        player.frame(drawn=False)
    player.hold(pygame.K_LSHIFT, down=False)
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


@pytest.mark.slow
def test_every_flight_is_in_the_book_as_soon_as_its_result_is_seen(player: Player) -> None:
    """Lost or not, with its figures and its record; what may stand on a board waits to be proved."""
    landed = _flown(player, Mode.GUIDED)
    lost = _flown(player, Mode.MANUAL)
    helped = _flown(player, Mode.MANUAL, assisted=True)
    practised = _flown(player, Mode.GUIDED, slowed=True)
    book = player.app.kit.book
    found = book.flights()
    assert [entry.id for entry in found] == [
        scene.entry.id for scene in (landed, lost, helped, practised) if scene.entry
    ]
    assert [(entry.outcome, entry.board, entry.practised, entry.proof) for entry in found] == [
        (Outcome.LANDED, Mode.GUIDED, False, Proof.PENDING),
        (Outcome.LOST, Mode.MANUAL, False, Proof.NOT_NEEDED),
        (Outcome.LANDED, Mode.GUIDED, False, Proof.PENDING),
        (Outcome.LANDED, Mode.GUIDED, True, Proof.NOT_NEEDED),
    ]
    for scene, entry in zip((landed, lost, helped, practised), found, strict=True):
        assert (entry.score, entry.flown_at) == (scene.report.score.total, NOW)
        assert book.replay(entry.id) == scene.replay
        assert board_of(scene.replay) == scene.report.mode
        assert scene.seen.note == ""
    for entry in book.pending():
        assert book.prove(entry.id).proof is Proof.EXACT
    assert len(book.board(LEVEL, Mode.GUIDED, Period.DAY, NOW)) == 2


def test_it_is_proved_by_another_process_while_the_window_goes_on(player: Player) -> None:
    """The window asks for it and draws on; what was found stands in the book."""
    kit = player.app.kit
    kit.prover = Prover(kit.book)
    result = _flown(player, Mode.GUIDED)
    assert result.entry is not None
    player.frame()
    kit.prover.finish()
    assert kit.book.entry(result.entry.id).proof is Proof.EXACT
    assert kit.book.rank(result.entry.id, Period.ALL_TIME, NOW) == 1


@pytest.mark.slow
def test_closing_the_window_gives_up_what_is_being_proved_and_the_next_start_proves_it(tmp_path: Path) -> None:
    """Nothing hangs and nothing is lost: the flight is pending until then."""
    path = tmp_path / "scores.sqlite"
    with own_book(path, NOW) as (book, prover):
        ids = [book.add(*flown(seed=seed), now=NOW).id for seed in (0, 1)]
        prover.prove(ids)
    kept = Book(path)
    assert [entry.id for entry in kept.flights()] == ids
    assert {entry.proof for entry in kept.flights()} <= {Proof.PENDING, Proof.EXACT}
    kept.close()
    with own_book(path, NOW) as (book, prover):
        prover.finish()
        assert [entry.proof for entry in book.flights()] == [Proof.EXACT, Proof.EXACT]
        prover.prove([book.add(*flown(seed=2), now=NOW).id])  # what was finished can be asked again
        prover.finish()
        assert book.pending() == ()


@pytest.mark.slow
def test_a_forged_record_is_found_out_by_the_other_process(tmp_path: Path) -> None:
    """And a record that is gone, or a book that is closed, stops nobody."""
    with own_book(tmp_path / "scores.sqlite", NOW) as (book, prover):
        entry = book.add(*made_up(9999, seed=0), now=NOW)
        prover.prove([entry.id, 4711])
        prover.finish()
        assert book.entry(entry.id).proof is Proof.DIFFERS
        book.close()
        prover.prove([entry.id])
        prover.finish()
    prover.prove([entry.id])  # after the end: nothing
    prover.finish()


def test_a_book_that_cannot_be_written_is_told_on_the_result(player: Player) -> None:
    """The flight is over and counts; only the book has it not."""
    player.app.kit.book.close()
    result = _flown(player, Mode.GUIDED)
    assert result.entry is None
    assert result.seen.note.startswith("This flight could not be put into the score book. ")
    player.frame()
    assert player.app.kit.progress.best(LEVEL, Mode.GUIDED) == result.report.score.total
    replay, report = flown()
    entry, told = put_down(player.app.kit, replay, report)
    assert entry is None
    assert told


def test_what_was_wrong_with_the_book_is_told_on_the_title(player: Player, tmp_path: Path) -> None:
    """A damaged one lies under another name; one of a later game is left alone."""
    damaged, newer = tmp_path / "damaged.sqlite", tmp_path / "newer.sqlite"
    damaged.write_text("no book", "utf-8")
    Book(newer).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    for path, words in (
        (damaged, ("damaged.bad.sqlite", "a new one begins")),
        (newer, ("newer.sqlite", "later version")),
    ):
        _give_book(player, path)
        player.app.open(TitleScene(player.app.kit))
        player.frame()
        assert all(word in player.app._notes[0] for word in words)


def test_skycrane_opens_the_persons_own_book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Below the folder for data, with the machine's date; it is closed again, so that it can be moved."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    seen: list[App] = []

    class Looking(App):
        def run(self) -> None:
            seen.append(self)
            put_down(self.kit, *flown())

    assert run(size=(480, 270), make=Looking) == 0
    kit = seen[0].kit
    assert kit.now() > LANDING_DAY
    assert kit.book.path == tmp_path / "data" / "scores.sqlite"
    book = Book(kit.book.path)
    assert len(book.flights()) == 1
    assert not book.path.with_name("scores.bad.sqlite").exists() if book.path else False
    book.close()
    assert [each.name for each in (tmp_path / "data").iterdir()] == ["scores.sqlite"]
