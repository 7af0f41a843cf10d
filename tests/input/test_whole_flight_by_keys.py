"""The flight from space by posted key events: through the real loop, in Guided and by a hand that looks at the HUD."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.app import MAX_FRAME_NS
from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import HudModel, hud_model
from game.cues.windows import WindowState
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.phases import Phase
from game.sim.snapshot import Outcome
from tests.input.player import Player, a_player, error_of


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player() as someone:
        yield someone


def _press_when_open(player: Player, scene: FlightScene) -> None:
    """What a person does in Guided: ACTION when the HUD says that the moment has come, and nothing else."""
    window = hud_model(scene.flight.nav(), scene.prediction).window
    if window.by_action and window.state is WindowState.OPEN:
        player.tap(pygame.K_SPACE)


@pytest.mark.slow
def test_posted_keys_fly_the_whole_flight_to_the_result(player: Player) -> None:
    """`jezero` from the title in Guided: course, cruise stage, mortar, heat shield, backshell, release, cut; with a
    pause in the entry. The rover stands, and the record flown again without a window ends in the same digest."""
    player.app.open(TitleScene(player.app.kit, "jezero"))
    player.frame()
    scene = player.start()
    phases, paused = [scene.flight.phase], False
    for _ in range(6000):
        if not isinstance(player.scene, FlightScene):
            break
        if scene.flight.phase is not phases[-1]:
            phases.append(scene.flight.phase)
        if scene.flight.phase is Phase.ENTRY and not paused:
            paused = True
            for _ in range(2):
                player.tap(pygame.K_p)
                player.frame()
            assert player.scene is scene
        _press_when_open(player, scene)
        assert player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.report.outcome is Outcome.LANDED, result.report.reason_code
    assert phases == [phase for phase in Phase if phase is not Phase.OVER]
    assert verify(result.replay, load_level("jezero"), "jezero").verdict is Verdict.EXACT


@pytest.mark.parametrize("name", ["course", pytest.param("parachute", marks=pytest.mark.slow)])
def test_the_early_skills_end_at_their_goal(player: Player, name: str) -> None:
    """Guided, by ACTION alone, a level that ends before the ground shows that its goal is reached."""
    scene = FlightScene(player.app.kit, load_level(name), Mode.GUIDED, 0)
    player.app.open(scene)
    for _ in range(3000):
        if not isinstance(player.scene, FlightScene):
            break
        _press_when_open(player, scene)
        player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.report.outcome is Outcome.COMPLETED, result.report.reason_code
    assert result.report.score.total > 0
    assert player.frame()


def _arrive_by_hand(player: Player, hud: HudModel) -> None:
    """What a person does before the last minute: follow the course, the turn and the lift gauges, press when open."""
    arrival, side = hud.arrival, 0.0
    if arrival is None:
        return
    if arrival.course is not None:
        side = -arrival.course.error_deg / 0.015
    elif arrival.turn is not None:
        side = error_of(arrival.turn)  # degrees a second, + counter-clockwise: the right key turns the other way
    elif arrival.lift is not None and arrival.lift.aim is not None:
        side = -error_of(arrival.lift) / 0.03
    player.hold(pygame.K_LEFT, down=side < -1.0)
    player.hold(pygame.K_RIGHT, down=side > 1.0)
    if hud.window.by_action and hud.window.state is WindowState.OPEN:
        player.tap(pygame.K_SPACE)


@pytest.mark.slow
def test_a_hand_that_looks_at_the_hud_arrives_in_manual(player: Player) -> None:
    """`jezero` from the course to the drop out of the backshell, by keys alone: alive, and near enough to land."""
    scene = FlightScene(player.app.kit, load_level("jezero"), Mode.MANUAL, 0)
    player.app.open(scene)
    for _ in range(5000):
        if scene.flight.phase is Phase.FREE_FALL or scene.flight.over:
            break
        _arrive_by_hand(player, hud_model(scene.flight.nav(), scene.prediction))
        player.frame(MAX_FRAME_NS // 2)
    nav = scene.flight.nav()
    assert nav.phase is Phase.FREE_FALL
    assert abs(nav.mark_m - nav.x_m) < 1500.0
    assert not scene.cockpit.assisted


def test_a_hand_trims_the_course(player: Player) -> None:
    """Too shallow: the left key burns steeper until the HUD says that the course is good; Space keeps it."""
    scene = FlightScene(player.app.kit, load_level("jezero"), Mode.MANUAL, 0)
    player.app.open(scene)
    for _ in range(1200):
        arrival = hud_model(scene.flight.nav()).arrival
        if arrival is None or arrival.course is None:
            break
        course = arrival.course
        player.hold(pygame.K_LEFT, down=course.error_deg > 0.015)
        player.hold(pygame.K_RIGHT, down=course.error_deg < -0.015)
        _press_when_open(player, scene)
        player.frame()
        if scene.flight.phase is not Phase.COURSE:
            break
    assert scene.flight.phase is Phase.CRUISE
    assert player.frame()
