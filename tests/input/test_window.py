"""Posted key events through the real loop, on a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import SECOND_NS, App, Metronome, NoDisplay, Screenshots, run
from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.replay import parse_replay
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.ladder import ladder, level_after
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ
from tests.input.flying import assert_good, begin, fly
from tests.input.hands import Keys, OneButton
from tests.input.player import Player, a_player


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player() as someone:
        yield someone


def test_posted_keys_fly_the_sky_crane_to_the_result(player: Player) -> None:
    """From the title with Manual chosen, by key events alone, to a landed rover; left and right turn the
    pages of the result, and Space leads to the title with the next level chosen.
    """
    hand = Keys(player)
    begin(player, hand, "sky-crane", Mode.MANUAL)
    result = fly(player, hand, drawn=True)
    assert result.report.outcome is Outcome.LANDED, result.report.reason_code
    assert result.report.score.total > 6706
    for _ in range(12):
        player.frame()
    for _ in result.seen.pages:
        pages = list(result.seen.pages)
        at = pages.index(result.seen.page)
        player.tap(pygame.K_RIGHT)
        player.frame()
        assert result.seen.page is pages[(at + 1) % len(pages)]
    player.tap(pygame.K_LEFT)
    player.frame()
    assert result.seen.page is result.seen.pages[-1]
    for _ in range(3):  # his initials are asked for, and he has none to change
        player.tap(pygame.K_SPACE)
        player.frame()
    following = player.start()
    assert following.level.id == level_after("sky-crane") == "powered-descent"


@pytest.mark.slow
def test_a_lost_flight_leads_back_to_its_own_level(player: Player) -> None:
    """Nobody is sent on to the next level by a loss; and the last rung of the ladder has none."""
    player.app.open(FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 2))
    player.hold(pygame.K_DOWN, down=True)
    for _ in range(600):
        player.frame()
        if isinstance(player.scene, ResultScene):
            break
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.following is None
    for _ in range(12):
        player.frame()
    player.tap(pygame.K_SPACE)
    player.frame()
    again = player.start()
    assert again.level.id == "sky-crane"
    assert level_after(ladder()[-1].id) is None
    assert level_after("own") is None


@pytest.mark.slow
def test_guided_needs_only_the_moments(player: Player) -> None:
    """In Guided the person presses ACTION when the HUD says so and nothing else."""
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.GUIDED, 1)
    player.app.open(scene)
    assert_good(fly(player, OneButton(player)), scene)


def test_a_turn_of_the_loop_without_a_picture_is_the_same_turn(player: Player) -> None:
    """Undrawn, no pixel of the window changes, and not one digit of the flight is another."""
    digests = []
    for drawn in (True, False):
        scene = FlightScene(player.app.kit, load_level("powered-descent"), Mode.MANUAL, 5)
        player.app.open(scene)
        screen = pygame.display.get_surface()
        screen.fill("magenta")
        untouched = pygame.image.tobytes(screen, "RGB")
        player.hold(pygame.K_UP, down=True)
        for _ in range(20):
            assert player.frame(drawn=drawn)
        player.hold(pygame.K_UP, down=False)
        assert player.frame(drawn=drawn)
        assert (pygame.image.tobytes(screen, "RGB") == untouched) is not drawn
        digests.append((scene.flight.tick, scene.flight.digest()))
    assert digests[0] == digests[1]


@pytest.mark.slow
def test_the_record_of_a_window_flight_verifies(
    player: Player, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Letting the craft fall ends in a loss with a record; F2 keeps it and a picture; flown again it is the same."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path))
    level = load_level("sky-crane")
    player.app.open(FlightScene(player.app.kit, level, Mode.MANUAL, 2))
    player.hold(pygame.K_DOWN, down=True)
    for _ in range(600):
        player.frame()
        if isinstance(player.scene, ResultScene):
            break
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.report.outcome is Outcome.LOST
    player.tap(pygame.K_F2)
    player.frame()
    kept, picture = sorted((tmp_path / "data" / "flights").iterdir(), key=lambda path: path.suffix, reverse=True)
    assert picture.name == f"{kept.stem}-points.png"
    assert pygame.image.load(picture).get_size() == pygame.display.get_surface().get_size()
    assert str(kept) in result.seen.note
    replay = parse_replay(kept.read_text(encoding="utf-8"), kept.name)
    assert verify(replay, level, kept.name).verdict is Verdict.EXACT
    assert replay.header.pilot == "person"


def test_pausing_changes_no_digit(player: Player) -> None:
    """A flight that was paused, drawn and resumed has the digest of one that was not; while paused nothing ticks."""
    digests = []
    for pauses in (False, True):
        scene = FlightScene(player.app.kit, load_level("powered-descent"), Mode.MANUAL, 5)
        player.app.open(scene)
        for index in range(20):
            if pauses and index == 10:
                player.tap(pygame.K_p)
                player.frame(1)
                assert isinstance(player.scene, PauseScene)
                before = scene.flight.digest()
                for _ in range(30):
                    player.frame()
                assert scene.flight.digest() == before
                player.tap(pygame.K_p)
                player.frame(1)
            player.frame()
        digests.append((scene.flight.tick, scene.flight.digest()))
    assert digests[0] == digests[1]


def test_losing_the_focus_pauses_and_escape_goes_back(player: Player) -> None:
    """A window that loses the keyboard pauses; Esc goes on with the flight, and never throws it away however often it
    is pressed; the last line leads to the title, and Esc there leaves the game.
    """
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 0)
    player.app.open(scene)
    player.frame()
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    player.frame()
    assert isinstance(player.scene, PauseScene)
    for _ in range(3):
        player.tap(pygame.K_ESCAPE)
        player.frame()
    assert player.scene is scene
    for key in (pygame.K_ESCAPE, pygame.K_UP, pygame.K_SPACE):
        player.tap(key)
        player.frame()
    assert isinstance(player.scene, TitleScene)
    player.tap(pygame.K_ESCAPE)
    assert not player.frame()


def test_restart_is_the_same_flight_from_tick_zero(player: Player) -> None:
    """R flies again at once: same level, mode and seed."""
    player.app.open(FlightScene(player.app.kit, load_level("sky-crane"), Mode.RAW, 9))
    for _ in range(10):
        player.frame()
    player.tap(pygame.K_r)
    player.frame(1)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert (scene.flight.tick, scene.mode, scene.seed) == (0, Mode.RAW, 9)


def test_assist_counts_as_guided_and_is_in_the_record(player: Player) -> None:
    """While Shift is held the autopilot has every axis that the person leaves alone, and the flight says so."""
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 0)
    player.app.open(scene)
    player.hold(pygame.K_LSHIFT, down=True)
    player.frame()
    assert scene.cockpit.assisted
    assert not scene.cockpit.levers.tick(player.app.kit.controls, scene.flight.phase, reeling=False)[1] & Hands.TILT


def test_the_press_that_starts_a_flight_is_no_action_in_it(player: Player) -> None:
    """Space on the title starts the flight and does not release the rover in its first tick."""
    player.app.open(TitleScene(player.app.kit))
    scene = player.start()
    player.frame()
    assert not scene.flight.nav().rover_released


def test_time_becomes_ticks_exactly_and_a_slow_frame_is_slow_motion() -> None:
    """A second in odd pieces is 120 ticks; a frame of ten seconds is worth one fifteenth of a second."""
    metronome, now, count = Metronome(0), 0, 0
    while now < SECOND_NS:
        now = min(now + 16_666_667, SECOND_NS)
        count += metronome.ticks_until(now)
        assert 0.0 <= metronome.alpha < 1.0
    assert count == TICK_HZ
    assert metronome.ticks_until(now + 10 * SECOND_NS) == TICK_HZ // 15
    assert metronome.ticks_until(now) == 0


def test_screenshots_are_saved_at_their_times(player: Player, tmp_path: Path) -> None:
    """Every half second of the clock one picture of the window."""
    player.app = App(pygame.display.get_surface(), player.clock, Screenshots(0.5, tmp_path / "shots", 0))
    player.app.open(TitleScene(player.app.kit))
    for _ in range(16):
        player.frame()
    names = sorted(path.name for path in (tmp_path / "shots").iterdir())
    assert names == ["skycrane-0001.png", "skycrane-0002.png", "skycrane-0003.png"]
    assert pygame.image.load(tmp_path / "shots" / names[0]).get_size() == (480, 270)


@pytest.mark.parametrize("size", [(480, 360), (1600, 360), (360, 900), (120, 90)])
@pytest.mark.slow
def test_any_window_size_works(player: Player, size: tuple[int, int]) -> None:
    """Title, flight and pause draw in a window of any shape; a tiny one shows a shrunk picture."""
    player.app = App(pygame.display.set_mode(size), player.clock)
    player.app.open(TitleScene(player.app.kit))
    assert player.frame()
    player.start()
    player.tap(pygame.K_p)
    assert player.frame()
    assert pygame.display.get_surface().get_size() == size


def test_f11_fills_the_screen_and_comes_back(player: Player) -> None:
    """Full screen takes the desktop's size; the second press gives the window its own size again."""
    player.app.open(TitleScene(player.app.kit))
    player.tap(pygame.K_F11)
    player.frame()
    assert pygame.display.is_fullscreen()
    player.tap(pygame.K_F11)
    player.frame()
    assert not pygame.display.is_fullscreen()
    assert pygame.display.get_surface().get_size() == (480, 360)


def test_no_screen_is_one_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a display, or with one that nobody can see, `run` raises NoDisplay and leaves nothing running."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    with pytest.raises(NoDisplay):
        run()
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "offscreen")
    with pytest.raises(NoDisplay):
        run()
    assert not pygame.display.get_init()


def test_run_ends_when_the_window_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole of `run` with a level, from opening the window to its close button."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path / "mine"))
    pygame.display.init()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert run(load_level("sky-crane"), size=(640, 360), screenshot_every_s=1.0, out=tmp_path) == 0
    assert not pygame.display.get_init()
