"""The one-button mode through the real loop: whatever is pressed is the next step, and nothing else is needed."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.commands.fly import fly
from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import hud_model
from game.cues.windows import WindowState
from game.pilots.mixer import Hands
from game.record.replay import parse_replay
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.snapshot import Outcome
from tests.input.player import Player, a_player
from tests.input.virtual_pad import a_pad


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player() as someone:
        yield someone


def _press(player: Player, way: str) -> None:
    """Some key, a click into the sky, or a tap on it."""
    if way == "click":
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            pygame.event.post(pygame.event.Event(kind, pos=(240, 60), button=1, touch=False))
    elif way == "tap":
        for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
            pygame.event.post(pygame.event.Event(kind, touch_id=1, finger_id=0, x=0.1, y=0.3, dx=0.0, dy=0.0))
    else:
        player.tap(pygame.key.key_code(way))


def _fly(player: Player, level: str, way: str) -> ResultScene:
    scene = FlightScene(player.app.kit, load_level(level), Mode.ONE_BUTTON, 0)
    player.app.open(scene)
    for _ in range(2500):
        if not isinstance(player.scene, FlightScene):
            break
        window = hud_model(scene.flight.nav(), scene.prediction).window
        if window.by_action and window.state is WindowState.OPEN:
            _press(player, way)
        player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


@pytest.mark.parametrize(
    "way", ["tap", *(pytest.param(way, marks=pytest.mark.slow) for way in ("return", "left", "click"))]
)
def test_anything_that_is_pressed_lands_the_sky_crane(player: Player, way: str) -> None:
    """Enter, an arrow, a click or a tap anywhere: the rover stands, on the Guided board, and the record says whose
    hands held what."""
    result = _fly(player, "sky-crane", way)
    assert result.report.outcome is Outcome.LANDED, result.report.reason_code
    assert (result.report.mode, result.replay.header.mode) == ("guided", "guided")
    assert {run.hands for run in result.replay.runs} == {Hands.MOMENTS}
    kept = parse_replay(result.replay.text(), "kept.replay")
    assert verify(kept, load_level("sky-crane"), "kept.replay").verdict is Verdict.EXACT


@pytest.mark.parametrize(
    "level",
    [
        "course",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("heat-shield", "parachute", "powered-descent")),
    ],
)
def test_one_button_completes_every_skill(player: Player, level: str) -> None:
    """The moments alone are enough for each."""
    result = _fly(player, level, "space")
    assert result.report.outcome in {Outcome.LANDED, Outcome.COMPLETED}, result.report.reason_code


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


@pytest.mark.slow
def test_the_same_button_leads_on_to_the_next_flight_of_the_same_kind(player: Player) -> None:
    """One press leads from the result to the title, the next into another flight in the same mode."""
    _fly(player, "sky-crane", "space")
    for _ in range(12):
        player.frame()
    player.tap(pygame.K_SPACE)
    player.frame()
    assert isinstance(player.scene, TitleScene)
    player.tap(pygame.K_SPACE)
    player.frame()
    again = player.scene
    assert isinstance(again, FlightScene)
    assert again.mode is Mode.ONE_BUTTON


def test_without_a_hand_it_is_a_guided_flight(capsys: pytest.CaptureFixture[str]) -> None:
    """`skycrane fly --mode one-button` has no button: its report says guided."""
    assert fly.main(["sky-crane", "--mode", "one-button", "--json"], standalone_mode=False) == 0
    assert '"mode": "guided"' in capsys.readouterr().out
