"""What teaches, through the real loop: brief, list of controls, hint, help, practice, medals and bests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.content.levels import Medal, load_level
from game.content.modes import Mode
from game.cues.hud import hud_model
from game.cues.windows import WindowState
from game.input.devices import Hand
from game.pilots.checklist import Known
from game.record.progress import Progress
from game.record.verify import Verdict, verify
from game.scenes.brief import BriefScene
from game.scenes.flight import FlightScene
from game.scenes.help import HelpScene
from game.scenes.levels import LevelsScene
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.snapshot import Outcome
from tests.input.player import Player, a_player


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player() as someone:
        yield someone


def _crash(player: Player) -> ResultScene:
    """Let the sky crane sink with the rover on board, in the flight that is open or begins now."""
    player.hold(pygame.K_DOWN, down=True)
    for _ in range(600):
        player.frame()
        if isinstance(player.scene, ResultScene):
            break
    player.hold(pygame.K_DOWN, down=False)
    for _ in range(12):  # the result is deaf for a moment
        player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.report.outcome is Outcome.LOST
    return result


def _land(player: Player) -> ResultScene:
    """The flight that is open, in Guided, by its moments."""
    for _ in range(1500):
        scene = player.scene
        if not isinstance(scene, FlightScene):
            break
        window = hud_model(scene.flight.nav()).window
        if window.by_action and window.state is WindowState.OPEN:
            player.tap(pygame.K_SPACE)
        player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


def test_two_presses_lead_from_the_title_into_the_air(player: Player) -> None:
    """The first shows the brief, below which the flight waits on its first tick; the second flies."""
    player.app.open(TitleScene(player.app.kit))
    player.tap(pygame.K_SPACE)
    for _ in range(20):
        player.frame()
    assert isinstance(player.scene, BriefScene)
    flight = player.app.stack[0]
    assert isinstance(flight, FlightScene)
    assert flight.flight.tick == 0
    player.tap(pygame.K_SPACE)
    player.frame()
    assert player.scene is flight
    player.frame()
    assert flight.flight.tick > 0


def test_a_brief_leads_back_and_is_not_shown_of_what_was_completed(player: Player) -> None:
    """Esc goes to the title with the same flight marked; a completed one starts at once; R shows none."""
    player.app.open(TitleScene(player.app.kit, "powered-descent", Mode.MANUAL))
    player.tap(pygame.K_SPACE)
    player.frame()
    player.tap(pygame.K_ESCAPE)
    player.frame()
    title = player.scene
    assert isinstance(title, TitleScene)
    assert (title.level.id, title.mode) == ("powered-descent", Mode.MANUAL)
    player.app.kit.progress.alive("powered-descent", Mode.RAW, 1)
    player.tap(pygame.K_SPACE)
    player.frame()
    assert isinstance(player.scene, FlightScene)
    player.app.open(FlightScene(player.app.kit, load_level("jezero"), Mode.GUIDED, 0))
    player.tap(pygame.K_r)
    player.frame()
    assert isinstance(player.scene, FlightScene)


def test_a_completed_flight_is_kept_with_its_medal_and_leads_to_the_next_brief(tmp_path: Path, player: Player) -> None:
    """The best stands in the file and in the ladder; Space goes on to the next level's brief."""
    path = tmp_path / "progress.toml"
    player.app = App(pygame.display.get_surface(), player.clock, progress=Progress(path))
    player.app.open(FlightScene(player.app.kit, load_level("sky-crane"), Mode.GUIDED, 0))
    result = _land(player)
    points = result.report.score.total
    assert Progress(path).best("sky-crane", Mode.GUIDED) == points
    medals = load_level("sky-crane").medals
    assert medals is not None
    assert result.seen.medal is medals.earned(points) is not None
    for _ in range(12):
        player.frame()
    for _ in range(4):  # his three initials stand between
        player.tap(pygame.K_SPACE)
        player.frame()
    assert isinstance(player.scene, BriefScene)
    flight = player.app.stack[0]
    assert isinstance(flight, FlightScene)
    assert (flight.level.id, flight.mode) == ("powered-descent", Mode.GUIDED)
    ladder = LevelsScene(player.app.kit, "sky-crane", Mode.GUIDED, 0)
    assert ladder._row(load_level("sky-crane")).medal is result.seen.medal
    ladder.mode = Mode.MANUAL
    assert ladder._row(load_level("sky-crane")).medal is None


@pytest.mark.slow
def test_a_level_of_ones_own_is_flown_but_not_put_on_the_ladder(player: Player) -> None:
    """A copy with the id of the game's own and an easier goal wins nothing."""
    level = replace(load_level("sky-crane"), file=Path("sky-crane.toml"), limits=load_level("gale").limits)
    player.app.open(FlightScene(player.app.kit, level, Mode.GUIDED, 0))
    assert _land(player).report.outcome is Outcome.LANDED
    assert not player.app.kit.progress.completed("sky-crane")


def test_controls_are_ticked_off_and_remembered(player: Player) -> None:
    """The list asks for the lean until it is used, ticks it, and later flights do not ask for it any more."""
    scene = FlightScene(player.app.kit, load_level("powered-descent"), Mode.MANUAL, 0)
    player.app.open(scene)
    for _ in range(20):
        player.frame()
    rows = {row.words: row.done for row in scene.coach.taught(scene.flight.nav()).rows}
    lean = player.app.kit.texts.get("teach.lean")
    assert rows[lean] is False
    player.hold(pygame.K_LEFT, down=True)
    player.frame()
    player.hold(pygame.K_LEFT, down=False)
    rows = {row.words: row.done for row in scene.coach.taught(scene.flight.nav()).rows}
    assert rows[lean] is True
    player.tap(pygame.K_r)
    player.frame()
    again = player.scene
    assert isinstance(again, FlightScene)
    for _ in range(20):
        player.frame()
    assert lean not in {row.words for row in again.coach.taught(again.flight.nav()).rows}
    assert player.app.kit.progress.found(Known.LEAN)


@pytest.mark.slow
def test_the_second_same_failure_brings_a_hint_into_the_next_flight(player: Player) -> None:
    """Not the first; in Raw never; and a landing takes it away."""
    player.app.open(FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 2))
    for expected in (False, True):
        result = _crash(player)
        player.tap(pygame.K_r)
        player.frame()
        scene = player.scene
        assert isinstance(scene, FlightScene)
        words = scene.coach.taught(scene.flight.nav()).hint
        assert bool(words) is expected, result.report.reason_code
    assert "Space" in words
    raw = FlightScene(player.app.kit, load_level("sky-crane"), Mode.RAW, 2)
    assert not raw.coach.taught(raw.flight.nav()).hint
    player.app.kit.progress.alive("sky-crane", Mode.MANUAL, 1)
    landed = FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 2)
    assert not landed.coach.taught(landed.flight.nav()).hint


def test_the_help_names_what_is_bound_on_the_device_in_hand(player: Player) -> None:
    """From the pause, over it, and back to it; for keys, pad and fingers another page."""
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 0)
    player.app.open(scene)
    player.tap(pygame.K_p)
    for _ in range(3):
        player.tap(pygame.K_DOWN)
    player.tap(pygame.K_SPACE)
    player.frame()
    page = player.scene
    assert isinstance(page, HelpScene)
    pages = {}
    for hand in Hand:
        player.app.kit.devices.hand = hand
        pages[hand] = {row.keys for row in page._rows()}
    assert "Space or Left ctrl" in pages[Hand.KEYBOARD]
    assert "Button 1" in pages[Hand.PAD]
    assert player.app.kit.texts.get("touch.action") in pages[Hand.TOUCH]
    player.tap(pygame.K_ESCAPE)
    player.frame()
    assert isinstance(player.scene, PauseScene)


def _ticks_of(player: Player, frames: int) -> int:
    scene = player.scene
    assert isinstance(scene, FlightScene)
    before = scene.flight.tick
    for _ in range(frames):
        player.frame()
    return scene.flight.tick - before


def test_slow_motion_halves_and_steps_are_a_tenth_of_a_second(player: Player) -> None:
    """T: a half, a quarter, an eighth, then it stands; N, or anything that is pressed, is twelve ticks; T again: on."""
    player.app.open(FlightScene(player.app.kit, load_level("powered-descent"), Mode.MANUAL, 0))
    full = _ticks_of(player, 4)
    for share in (2, 4, 8):
        player.tap(pygame.K_t)
        player.frame()
        assert _ticks_of(player, 8) == 2 * full // share
    player.tap(pygame.K_t)
    player.frame()
    assert _ticks_of(player, 4) == 0
    for key in (pygame.K_n, pygame.K_SPACE, pygame.K_LEFT):
        player.tap(key)
        assert _ticks_of(player, 4) == 12
    player.tap(pygame.K_t)
    player.frame()
    assert _ticks_of(player, 4) == full


@pytest.mark.slow
def test_a_practised_flight_is_the_same_flight_but_is_not_counted(player: Player) -> None:
    """Its record verifies to the last digit; no best, no medal, and the result says why."""
    level = load_level("sky-crane")
    player.app.open(FlightScene(player.app.kit, level, Mode.GUIDED, 0))
    player.tap(pygame.K_t)
    for _ in range(3):
        player.frame()
    for _ in range(4):
        player.tap(pygame.K_t)
    result = _land(player)
    assert result.report.outcome is Outcome.LANDED
    assert verify(result.replay, level, "practised").verdict is Verdict.EXACT
    assert not player.app.kit.progress.completed("sky-crane")
    assert result.seen.medal is None
    assert player.app.kit.texts.get("result.practice") in result.seen.remark


def test_the_pause_slows_time_for_a_stick_and_two_buttons(player: Player) -> None:
    """Its line says what time does, and changes with every press."""
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 0)
    player.app.open(scene)
    player.tap(pygame.K_p)
    player.tap(pygame.K_DOWN)
    player.tap(pygame.K_DOWN)
    player.frame()
    said = []
    for _ in range(5):
        player.tap(pygame.K_SPACE)
        player.frame()
        pause = player.scene
        assert isinstance(pause, PauseScene)
        said.append((scene.tempo.slow, pause._menu.items[2].label))
    assert [slow for slow, _ in said] == [0.5, 0.25, 0.125, 0.0, 1.0]
    assert len({label for _, label in said}) == 5


def test_medals_rise_with_the_points() -> None:
    """Of the game's own levels each medal is earned at its points and not a point below."""
    for name in ("sky-crane", "jezero", "parachute"):
        medals = load_level(name).medals
        assert medals is not None
        assert [medal for medal, _ in medals.marks] == list(Medal)
        for medal, points in medals.marks:
            assert medals.earned(points) is medal is not medals.earned(points - 1)
