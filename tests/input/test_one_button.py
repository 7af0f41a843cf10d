"""The one-button mode through the real loop: whatever is pressed is the next step, and nothing else is needed."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.commands.fly import fly as fly_command
from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.replay import parse_replay
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from tests.input.flying import assert_good, fly
from tests.input.hands import Finger, OneButton
from tests.input.player import Player, a_player
from tests.input.virtual_pad import a_pad


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player() as someone:
        yield someone


class _Anywhere(OneButton):
    """The same finger, where no key is: it clicks into the sky, or taps on it."""

    def __init__(self, player: Player, way: str) -> None:
        super().__init__(player)
        self._way = way

    def press(self) -> None:
        if self._way == "click":
            for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
                pygame.event.post(pygame.event.Event(kind, pos=(240, 60), button=1, touch=False))
        else:
            Finger().tap((0.1, 0.3))


def _hand(player: Player, way: str) -> OneButton:
    return _Anywhere(player, way) if way in ("click", "tap") else OneButton(player, pygame.key.key_code(way))


@pytest.mark.parametrize(
    "way", ["tap", *(pytest.param(way, marks=pytest.mark.slow) for way in ("return", "left", "click"))]
)
def test_anything_that_is_pressed_lands_the_sky_crane(player: Player, way: str) -> None:
    """Enter, an arrow, a click or a tap anywhere: the rover stands, on the Guided board, and the record says whose
    hands held what."""
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.ONE_BUTTON, 0)
    player.app.open(scene)
    result = fly(player, _hand(player, way))
    assert_good(result, scene)
    assert (result.report.mode, result.replay.header.mode) == ("guided", "guided")
    assert {run.hands for run in result.replay.runs} == {Hands.MOMENTS}
    kept = parse_replay(result.replay.text(), "kept.replay")
    assert verify(kept, load_level("sky-crane"), "kept.replay").verdict is Verdict.EXACT


def test_the_axes_are_off(player: Player) -> None:
    """A stick held over changes no digit of the flight, and neither does a held ASSIST."""
    digests = []
    with a_pad() as pad:
        pad.plug()
        for value in (0.0, 1.0):
            scene = FlightScene(player.app.kit, load_level("powered-descent"), Mode.ONE_BUTTON, 4)
            player.app.open(scene)
            for index in range(30):
                pad.axis(0, value if index > 1 else 0.0)
                player.frame()
            assert player.app.kit.controls.tilt == value
            digests.append((scene.flight.tick, scene.flight.digest()))
    assert digests[0] == digests[1]


def test_without_a_hand_it_is_a_guided_flight(capsys: pytest.CaptureFixture[str]) -> None:
    """`skycrane fly --mode one-button` has no button: its report says guided."""
    assert fly_command.main(["sky-crane", "--mode", "one-button", "--json"], standalone_mode=False) == 0
    assert '"mode": "guided"' in capsys.readouterr().out
