"""Posted key events through the real loop, on a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import MAX_FRAME_NS, SECOND_NS, App, Metronome, NoDisplay, Screenshots, run
from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import HudModel, hud_model
from game.cues.signs import Gauge
from game.cues.windows import Act, WindowState
from game.pilots.mixer import Hands
from game.record.replay import parse_replay
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.phases import Phase
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ
from game.view import fonts


class Metre:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.ns = 0

    def now_ns(self) -> int:
        return self.ns

    def rest(self) -> None:
        pass


class Player:
    """Presses keys on a window and lets its frames go by."""

    def __init__(self, size: tuple[int, int] = (480, 270)) -> None:
        self.clock = Metre()
        self.app = App(pygame.display.set_mode(size), self.clock)
        self._down: set[int] = set()

    def frame(self, ns: int = MAX_FRAME_NS) -> bool:
        self.clock.ns += ns
        return self.app.frame()

    def tap(self, key: int) -> None:
        self.hold(key, down=True)
        self.hold(key, down=False)

    def hold(self, key: int, *, down: bool) -> None:
        if down != (key in self._down):
            (self._down.add if down else self._down.discard)(key)
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN if down else pygame.KEYUP, key=key))

    @property
    def scene(self) -> object:
        return self.app.stack[-1]


@pytest.fixture
def player() -> Iterator[Player]:
    pygame.display.init()
    pygame.font.init()
    pygame.event.clear()
    yield Player()
    fonts.forget()
    pygame.display.quit()


def _error(gauge: Gauge) -> float:
    return gauge.value - (gauge.aim or 0.0)


def _fly_by_hand(player: Player, hud: HudModel) -> None:
    """What a person does who looks at the HUD: lean against the drift, press ACTION when the window is open."""
    flying_away = hud.window.act is Act.FLY_AWAY
    drift = _error(hud.along) + 0.25 * (0.0 if hud.swing is None else hud.swing.value)
    aside = -0.5 * hud.mark.value + 2.0 * drift
    player.hold(pygame.K_LEFT, down=not flying_away and aside > 0.35)
    player.hold(pygame.K_RIGHT, down=flying_away or aside < -0.35)
    player.hold(pygame.K_DOWN, down=hud.window.act is Act.PAY_OUT)
    player.hold(pygame.K_UP, down=flying_away)
    if hud.window.by_action and hud.window.state is WindowState.OPEN:
        player.tap(pygame.K_SPACE)


def test_posted_keys_fly_the_sky_crane_to_the_result(player: Player) -> None:
    """From the title with Manual chosen, by key events alone, to a landed rover; Space then leads back to the title."""
    player.app.open(TitleScene(player.app.kit))
    player.frame()
    player.tap(pygame.K_RIGHT)  # Guided -> Manual
    player.tap(pygame.K_SPACE)
    player.frame()
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert scene.mode is Mode.MANUAL
    for _ in range(1500):
        if not isinstance(player.scene, FlightScene):
            break
        _fly_by_hand(player, hud_model(scene.flight.nav()))
        assert player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.report.outcome is Outcome.LANDED, result.report.reason_code
    assert result.report.score.total > 6706
    for _ in range(12):
        player.frame()
    player.tap(pygame.K_SPACE)
    player.frame()
    assert isinstance(player.scene, TitleScene)


def test_guided_needs_only_the_moments(player: Player) -> None:
    """In Guided the person presses ACTION when the HUD says so and nothing else."""
    scene = FlightScene(player.app.kit, load_level("sky-crane"), Mode.GUIDED, 1)
    player.app.open(scene)
    for _ in range(1500):
        if not isinstance(player.scene, FlightScene):
            break
        window = hud_model(scene.flight.nav()).window
        if window.by_action and window.state is WindowState.OPEN:
            player.tap(pygame.K_SPACE)
        player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    assert result.report.outcome is Outcome.LANDED, result.report.reason_code


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
    player.tap(pygame.K_SPACE)
    player.frame()
    scene = player.scene
    assert isinstance(scene, FlightScene)
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
        side = _error(arrival.turn)  # degrees a second, + counter-clockwise: the right key turns the other way
    elif arrival.lift is not None and arrival.lift.aim is not None:
        side = -_error(arrival.lift) / 0.03
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


def test_the_record_of_a_window_flight_verifies(
    player: Player, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Letting the craft fall ends in a loss with a record; F2 keeps it, and flown again it is exactly the same."""
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
    (kept,) = (tmp_path / "data" / "flights").iterdir()
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


def test_losing_the_focus_pauses_and_escape_leaves(player: Player) -> None:
    """A window that loses the keyboard pauses; Esc then leads to the title, and Esc there leaves the game."""
    player.app.open(FlightScene(player.app.kit, load_level("sky-crane"), Mode.MANUAL, 0))
    player.frame()
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    player.frame()
    assert isinstance(player.scene, PauseScene)
    player.tap(pygame.K_ESCAPE)
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
    player.tap(pygame.K_SPACE)
    player.frame()
    player.frame()
    scene = player.scene
    assert isinstance(scene, FlightScene)
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
def test_any_window_size_works(player: Player, size: tuple[int, int]) -> None:
    """Title, flight and pause draw in a window of any shape; a tiny one shows a shrunk picture."""
    player.app = App(pygame.display.set_mode(size), player.clock)
    player.app.open(TitleScene(player.app.kit))
    assert player.frame()
    player.tap(pygame.K_SPACE)
    assert player.frame()
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


def test_run_ends_when_the_window_is_closed(tmp_path: Path) -> None:
    """The whole of `run` with a level, from opening the window to its close button."""
    pygame.display.init()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert run(load_level("sky-crane"), size=(640, 360), screenshot_every_s=1.0, out=tmp_path) == 0
    assert not pygame.display.get_init()
