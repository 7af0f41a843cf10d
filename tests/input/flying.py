"""A flight in the window by a scripted person: eyes on the HUD, hands on a device, all of it through the real loop."""

from __future__ import annotations

from typing import Final

from game.content.modes import Mode
from game.cues.hud import hud_model
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.snapshot import Outcome
from tests.input.hands import LOOK_NS, Hand
from tests.input.person import wishes
from tests.input.player import Player

_MOST_LOOKS: Final = 4500  # five minutes of the person's time: no flight takes as long


def begin(player: Player, hand: Hand, level: str, mode: Mode) -> FlightScene:
    """From the title into a flight by presses of this hand's device."""
    player.app.open(TitleScene(player.app.kit))
    player.frame()
    hand.choose(level, mode)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert (scene.level.id, scene.mode) == (level, mode)
    return scene


def look_and_do(player: Player, hand: Hand, *, drawn: bool = False) -> None:
    """One look at what the HUD shows now, what the hand does about it, and the time until the next."""
    scene = player.scene
    assert isinstance(scene, FlightScene)
    hand.do(wishes(hud_model(scene.flight.nav(), scene.prediction)))
    assert player.frame(LOOK_NS, drawn=drawn)


def fly(player: Player, hand: Hand, *, drawn: bool = False) -> ResultScene:
    """The flight that has begun, to its result."""
    scene = player.scene
    for _ in range(_MOST_LOOKS):
        if player.scene is not scene:
            break
        look_and_do(player, hand, drawn=drawn)
    hand.let_go()
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


def assert_good(result: ResultScene, scene: FlightScene) -> None:
    """Landed, or at the level's goal, without ASSIST; and the record flies again to the last bit."""
    report, level = result.report, scene.level
    good = Outcome.LANDED if level.goal.ends_at is None else Outcome.COMPLETED
    assert report.outcome is good, report.reason_code
    assert report.score.total > 0
    assert not scene.cockpit.assisted
    assert report.mode == scene.mode.board
    assert verify(result.replay, level, level.id).verdict is Verdict.EXACT
