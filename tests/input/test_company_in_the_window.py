"""A flight in company: whose ghost flies beside it, what is said of it, and that it changes no digit of the flight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.record.ghost import Source
from game.record.ghost_store import Ghost
from game.record.preferences import GhostChoice
from game.scenes.company import Company, rounded_m
from game.scenes.flight import FlightScene
from game.scenes.kit import LANDING_DAY
from game.scenes.result import ResultScene
from game.view.ghost import GhostView
from tests.book.flights import flown as in_a_book
from tests.input.player import Player, a_player
from tests.unit.ghosts import LEVEL, flown

_PATIENCE_S = 120.0


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player((640, 360)) as someone:
        yield someone
        someone.app.kit.ghosts.close()


def _choose(player: Player, choice: GhostChoice) -> None:
    settings = player.app.kit.keeper.settings
    player.app.kit.keeper.settings = replace(settings, preferences=replace(settings.preferences, ghost=choice))


def _open(player: Player, level: str = LEVEL, mode: Mode = Mode.MANUAL) -> FlightScene:
    """A flight whose ghost is there: a test waits for it, the game never does."""
    scene = FlightScene(player.app.kit, load_level(level), mode, 0)
    player.app.open(scene)
    ghost = scene.company._ghost
    if ghost is not None and ghost._work is not None and ghost._work._process is not None:
        ghost._work._process.wait(_PATIENCE_S)
    return scene


def _ghost_of(scene: FlightScene) -> tuple[Ghost, GhostView]:
    company: Company = scene.company
    assert company._ghost is not None
    assert company._view is not None
    return company._ghost, company._view


def _frames(player: Player, count: int, *, drawn: bool = False) -> None:
    for _ in range(count):
        player.frame(drawn=drawn)


@pytest.mark.slow
def test_a_flight_is_the_same_with_any_ghost(player: Player) -> None:
    """With none, and with every one of them drawn: the same digest at the same tick, to the last bit."""
    replay, track, _ = flown()
    player.app.kit.ghosts.flown(load_level(LEVEL), replay, track)
    digests = set()
    for choice in GhostChoice:
        _choose(player, choice)
        scene = _open(player)
        player.hold(pygame.K_RIGHT, down=True)
        _frames(player, 40, drawn=True)
        player.hold(pygame.K_RIGHT, down=False)
        _frames(player, 40, drawn=True)
        assert (scene.company._view is not None and scene.company._view.track is not None) is (
            choice is not GhostChoice.NONE
        )
        digests.add((scene.flight.tick, scene.flight.digest()))
    assert len(digests) == 1


def test_a_ghost_comes_when_it_is_made(player: Player) -> None:
    """The flight begins without it, and nobody waits."""
    _choose(player, GhostChoice.AUTOPILOT)
    scene = FlightScene(player.app.kit, load_level(LEVEL), Mode.MANUAL, 0)
    player.app.open(scene)
    ghost, view = _ghost_of(scene)
    assert view.track is None
    assert ghost.coming
    _frames(player, 2)
    assert scene.flight.tick > 0
    assert ghost._work is not None
    assert ghost._work._process is not None
    ghost._work._process.wait(_PATIENCE_S)
    _frames(player, 10)
    assert view.track is not None
    assert not ghost.coming


@pytest.mark.slow
def test_ones_own_flight_is_ones_next_ghost(player: Player) -> None:
    """Flown to its end and looked at: now it flies beside the next one of this level, without a process."""
    _choose(player, GhostChoice.LAST)
    first = _open(player)
    assert first.company._view is None
    for _ in range(900):
        if isinstance(player.scene, ResultScene):
            break
        player.frame(drawn=False)
    assert isinstance(player.scene, ResultScene)
    second = _open(player)
    ghost, view = _ghost_of(second)
    assert ghost.source is Source.LAST
    assert view.track is not None
    assert view.track.note.outcome is first.flight.outcome
    assert view.track.last_s == pytest.approx(first.flight.t_s, abs=0.1)


@pytest.mark.slow
def test_it_is_said_that_perseverances_way_is_interpolated(player: Player) -> None:
    """In words on the screen, for some seconds, and not over what happens meanwhile."""
    _choose(player, GhostChoice.PERSEVERANCE)
    scene = _open(player)
    _frames(player, 10)
    words = scene.company.note
    assert words == "The outline is Perseverance, 18 February 2021 (published figures, between them interpolated)"
    assert scene._caption_words() == words
    _frames(player, 200)
    assert scene.company.note == ""


def test_where_nobodys_way_is_published_the_autopilot_comes_with_a_word(player: Player) -> None:
    """At Gale: Curiosity's heights are known at three moments only."""
    _choose(player, GhostChoice.PERSEVERANCE)
    scene = FlightScene(player.app.kit, load_level("gale"), Mode.MANUAL, 0)
    ghost, view = _ghost_of(scene)
    assert ghost.source is Source.AUTOPILOT
    _, view.track, _ = flown()
    scene.company.tick(flown()[2][20])
    assert scene.company.note.startswith("Of the real flight here too little is published: the autopilot")


@pytest.mark.parametrize(
    ("along_m", "up_m", "words"),
    [
        (3.0, -5.0, "Last flight"),
        (322.0, 40.0, "Last flight: 320 m ahead"),
        (-2_345.0, 40.0, "Last flight: 2.30 km behind"),
        (12.0, 48.0, "Last flight: 48 m higher"),
        (-12.0, -48.0, "Last flight: 48 m lower"),
    ],
)
def test_its_words_say_where_it_is(player: Player, along_m: float, up_m: float, words: str) -> None:
    """By the larger of the two distances, rounded so that the figure stands still long enough to be read."""
    replay, track, _ = flown()
    player.app.kit.ghosts.flown(load_level(LEVEL), replay, track)
    _choose(player, GhostChoice.LAST)
    scene = _open(player)
    assert scene.company._say(along_m, up_m) == words
    assert rounded_m(999.4) == 1000.0


@pytest.mark.slow
def test_in_raw_a_ghost_says_nothing(player: Player) -> None:
    """No cues are given there: it is seen, and not told."""
    _choose(player, GhostChoice.PERSEVERANCE)
    _, view = _ghost_of(_open(player, mode=Mode.RAW))
    assert not view._told
    _, view = _ghost_of(_open(player))
    assert view._told


def test_earlier_flights_lie_on_the_ground_of_this_one(player: Player) -> None:
    """From the book, of every level of the site, with whose they were and since when; her own place is told too."""
    replay, report = in_a_book()
    player.app.kit.book.add(replay, report, now=LANDING_DAY, initials="JPL")
    scene = _open(player, "powered-descent")
    earlier = scene.world.company[0]
    things = [thing for thing, _ in getattr(earlier, "_things")]  # noqa: B009  a room of its own
    assert round(things[0].x_m) == 1560
    assert scene.company._left_by(things[0]) == "JPL, 18 February 2021"
    assert scene.company._left_by(None) == "Perseverance stands here"
    _frames(player, 3, drawn=True)
