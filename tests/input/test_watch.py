"""A replay in the window, by keys, fingers and pads, through the real loop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from game.app import SECOND_NS
from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.signs import Sign
from game.input.devices import Hand
from game.record.playback import Playback
from game.record.reel import Reel
from game.record.replay import Replay, read_replay
from game.record.verify import Verdict
from game.scenes.result import ResultScene
from game.scenes.stack import Quit
from game.scenes.title import TitleScene
from game.scenes.watch import SPEEDS, STEP_TICKS, WatchScene
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.snapshot import Truth
from game.sim.spec import TICK_HZ
from game.view.shed import shed_parts
from game.view.timeline import Key, places_in
from tests.input.hands import Finger
from tests.input.player import Player, a_player
from tests.input.virtual_pad import a_pad
from tests.replay.kept import FOLDER
from tests.tiers import some

SIZE = (960, 540)
TICK_NS = -(-SECOND_NS // TICK_HZ)


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player(SIZE) as someone:
        yield someone


def _record(name: str) -> Replay:
    return read_replay(FOLDER / f"{name}.replay")


def _watching(player: Player, name: str = "sky-crane-autopilot", *, whole: bool = True) -> WatchScene:
    """A replay that is watched, flown again to its end unless otherwise said."""
    replay = _record(name)
    reel = Reel(replay, load_level(replay.header.level), name)
    while whole and not reel.done:
        reel.fill(1000)
    scene = WatchScene(player.app.kit, reel, Quit)
    player.app.open(scene)
    return scene


def _ticks(player: Player, count: int, *, drawn: bool = False) -> None:
    for _ in range(count):
        assert player.frame(TICK_NS, drawn=drawn)


def _press(player: Player, key: int) -> None:
    player.tap(key)
    player.frame(0)


def _flown_to(name: str, tick: int) -> Truth:
    replay = _record(name)
    header = replay.header
    flight = Flight(load_level(header.level).flight_spec(Mode(header.mode), header.dispersed), header.seed)
    playback = Playback(replay)
    while flight.tick < tick:
        flight.step(playback.command(flight))
    return flight.snapshot()


def _set_speed(player: Player, scene: WatchScene, speed: float | None) -> None:
    way = SPEEDS.index(speed) - SPEEDS.index(scene.speed)
    for _ in range(abs(way)):
        _press(player, pygame.K_UP if way > 0 else pygame.K_DOWN)
    assert scene.speed == speed


@pytest.mark.slow
def test_it_plays_to_its_end_at_the_levels_pace(player: Player) -> None:
    """While it is flown again; at the end it stands, proved exact, and ACTION begins anew."""
    scene = _watching(player, whole=False)
    for _ in range(6000):
        if scene.head >= scene.reel.total_ticks:
            break
        player.frame(drawn=False)
    assert scene.reel.verdict is Verdict.EXACT
    assert scene.theatre.truth == _flown_to("sky-crane-autopilot", scene.reel.total_ticks)
    _ticks(player, 30, drawn=True)
    assert scene.head == scene.reel.total_ticks
    _press(player, pygame.K_SPACE)
    _ticks(player, 12)
    assert 0.0 < scene.head < TICK_HZ


def test_action_stops_it_and_nothing_moves(player: Player) -> None:
    """Neither the head nor a pixel, whenever between two ticks it is drawn, until ACTION plays on."""
    scene = _watching(player)
    scene.jump(2400)
    _ticks(player, 5)
    _press(player, pygame.K_SPACE)
    _ticks(player, 1, drawn=True)
    at, seen = scene.head, pygame.image.tobytes(pygame.display.get_surface(), "RGB")
    for part in (0.1, 0.7, 1.0, 3.4):
        player.frame(round(part * TICK_NS))
        assert pygame.image.tobytes(pygame.display.get_surface(), "RGB") == seen
    assert scene.head == at
    _press(player, pygame.K_SPACE)
    _ticks(player, 3)
    assert scene.head > at


@pytest.mark.parametrize("speed", some([speed for speed in SPEEDS if speed is not None], 2))
def test_every_speed_is_what_it_says(player: Player, speed: float) -> None:
    """So many ticks of the flight for each of the window, a quarter of one too."""
    scene = _watching(player)
    _set_speed(player, scene, speed)
    before = scene.head
    _ticks(player, 40)
    assert scene.head - before == pytest.approx(40 * speed)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sky-crane-autopilot", "powered-descent-wild"])
def test_from_a_moment_it_plays_as_flown_there(player: Player, name: str) -> None:
    """Scrubbed to, later or earlier, and played on from: the snapshots are those of the flight itself."""
    scene = _watching(player, name)
    _set_speed(player, scene, 1.0)
    total = scene.reel.total_ticks
    for share in (0.7, 0.2, 0.9, 0.45):
        start = round(share * total / 12) * 12
        scene.jump(start)
        _ticks(player, 24)
        assert scene.head == start + 24
        assert scene.theatre.truth == _flown_to(name, start + 24)


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param("jezero-autopilot", marks=pytest.mark.slow), "powered-descent-wild"])
def test_a_jump_shows_what_lasts_of_the_past(player: Player, name: str) -> None:
    """Wherever it jumps to: what is shed, what is burnt, how long the engines burn, and what lies on the ground are as
    if it had been seen from the beginning.
    """
    scene, other = _watching(player, name), _watching(player, name)
    reel = scene.reel
    other.jump(0)
    at = 0.0
    for to in (0.08 * reel.total_ticks, 0.65 * reel.total_ticks, 0.93 * reel.total_ticks, float(reel.total_ticks)):
        while at < to:  # as it is seen at sixteen times the pace
            before, at = at, min(at + 16.0, to)
            other.theatre.show(reel.truth(at), reel.nav(at), reel.happened(before, at), guided=False)
        scene.jump(to)
        one, two = scene.theatre.world, other.theatre.world
        assert shed_parts(scene.theatre.truth) == shed_parts(other.theatre.truth)
        assert one.effects.crashed == two.effects.crashed
        t_s = scene.theatre.truth.t_s
        assert one.effects.engines_s(t_s) == two.effects.engines_s(t_s)
        assert one._mortar == two._mortar
        assert (len(one.trail._spots) > 5) == (len(two.trail._spots) > 5) or not scene.theatre.truth.backshell_on
        seen = {piece for piece, bare in two.traces.swept.items() if bare > 0.5}
        assert seen <= {piece for piece, bare in one.traces.swept.items() if bare > 0.2}
        assert two.traces.prints <= {piece + near for piece in one.traces.prints for near in (-1, 0, 1)}


@pytest.mark.slow
def test_left_and_right_go_from_event_to_event(player: Player) -> None:
    """While it plays: to shortly before each, in order, and back again."""
    scene = _watching(player)
    stops = list(scene._stops())
    assert len(stops) > 5
    for stop in stops:
        _press(player, pygame.K_RIGHT)
        assert scene.head == stop - TICK_HZ // 2
    _press(player, pygame.K_RIGHT)
    assert scene.head == scene.reel.total_ticks
    _press(player, pygame.K_LEFT)
    assert scene.head == stops[-1] - TICK_HZ // 2


def test_where_it_stands_left_and_right_are_steps(player: Player) -> None:
    """A tenth of a second on and back; the mark keys go to the very event, and N steps too."""
    scene = _watching(player)
    scene.jump(1200)
    _press(player, pygame.K_SPACE)
    _press(player, pygame.K_RIGHT)
    assert scene.head == 1200 + STEP_TICKS
    _press(player, pygame.K_LEFT)
    _press(player, pygame.K_LEFT)
    assert scene.head == 1200 - STEP_TICKS
    _press(player, pygame.K_n)
    assert scene.head == 1200
    player.tap(pygame.K_e)
    _ticks(player, 1)
    assert scene.head == next(stop for stop in scene._stops() if stop > 1200)
    player.tap(pygame.K_q)
    _ticks(player, 1)
    assert scene.head == max(stop for stop in scene._stops() if stop < 1200)


@pytest.mark.slow
def test_a_key_that_is_held_drags_the_head(player: Player) -> None:
    """And when it is let go, it plays on from there."""
    scene = _watching(player)
    scene.jump(1000)
    player.hold(pygame.K_RIGHT, down=True)
    _ticks(player, 45)
    began = scene.head
    _ticks(player, 120, drawn=True)
    assert scene.head - began == pytest.approx(scene.reel.total_ticks / 20, rel=0.05)
    player.hold(pygame.K_RIGHT, down=False)
    _ticks(player, 1)
    at = scene.head
    _ticks(player, 10)
    assert scene.head > at
    assert scene.theatre.truth == scene.reel.truth(scene.head)


def test_what_is_held_when_it_opens_is_not_meant(player: Player) -> None:
    """Whoever still leans on a key from the flight does not begin by scrubbing."""
    player.hold(pygame.K_RIGHT, down=True)
    player.frame()
    scene = _watching(player)
    _set_speed(player, scene, 1.0)
    _ticks(player, 100)
    assert scene.head == pytest.approx(100.0, abs=1.0)


def test_a_finger_drags_the_head(player: Player) -> None:
    """Anywhere on the bar and along it; lifted, it plays on. A tap on the flight stops and plays."""
    scene = _watching(player)
    player.frame(0)
    bar = places_in(SIZE).bar
    y = bar.centery / SIZE[1]

    def x(share: float) -> float:
        return (bar.left + share * bar.width) / SIZE[0]

    finger = Finger()
    finger.down((x(0.5), y))
    _ticks(player, 3, drawn=True)
    assert scene.head == pytest.approx(0.5 * scene.reel.total_ticks, abs=20)
    finger.move((x(0.25), y))
    _ticks(player, 6, drawn=True)
    assert scene.head == pytest.approx(0.25 * scene.reel.total_ticks, abs=20)
    finger.move((x(0.9), 0.1))  # it need not stay on the bar
    _ticks(player, 6)
    assert scene.head == pytest.approx(0.9 * scene.reel.total_ticks, abs=20)
    finger.up()
    _ticks(player, 10)
    assert scene.theatre.truth == scene.reel.truth(scene.head)
    assert scene.playing
    finger.tap((0.5, 0.4))
    player.frame(0)
    assert not scene.playing
    assert player.app.devices.hand is Hand.TOUCH


@pytest.mark.parametrize("key", some(Key, 3))
def test_every_key_on_the_screen_can_be_tapped(player: Player, key: Key) -> None:
    """Each does what it shows."""
    scene = _watching(player)
    scene.jump(1500)
    player.frame(0)
    rect, at, speed = places_in(SIZE).keys[key], scene.head, scene.speed
    Finger().tap((rect.centerx / SIZE[0], rect.centery / SIZE[1]))
    alive = player.frame(0)
    assert alive is (key is not Key.LEAVE)
    match key:
        case Key.BEFORE | Key.BACK:
            assert scene.head < at
        case Key.NEXT | Key.ON:
            assert scene.head > at
        case Key.SLOWER | Key.FASTER:
            assert SPEEDS.index(scene.speed) - SPEEDS.index(speed) == (1 if key is Key.FASTER else -1)
        case Key.PLAY:
            assert not scene.playing
        case _:
            pass


def test_a_stick_and_two_buttons_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play and stop, speed, events, steps, dragging, and back."""
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player(SIZE) as player, a_pad() as pad:
        pad.plug()
        player.frame(0)
        scene = _watching(player)

        def push(axis: int, value: float) -> None:
            for level in (value, 0.0):
                pad.axis(axis, level)
                player.frame(0)

        push(1, -1.0)
        assert scene.speed == 2.0
        push(0, 1.0)
        assert scene.head == next(scene._stops()) - TICK_HZ // 2
        pad.button(0, down=True)
        player.frame(0)
        pad.button(0, down=False)
        player.frame(0)
        assert not scene.playing
        at = scene.head
        push(0, 1.0)
        assert scene.head == at + STEP_TICKS
        pad.axis(0, 1.0)
        _ticks(player, 100)
        pad.axis(0, 0.0)
        _ticks(player, 2)
        assert scene.head > at + 10 * STEP_TICKS
        pad.button(1, down=True)
        assert not player.frame(0)


@pytest.mark.slow
def test_a_difference_is_told_and_what_is_proved_is_shown(player: Player) -> None:
    """The banner names the second; the head goes no further."""
    replay = _record("sky-crane-autopilot")
    digests = list(replay.digests)
    digests[9] = "0" * len(digests[9])
    scene = WatchScene(
        player.app.kit, Reel(replace(replay, digests=tuple(digests)), load_level("sky-crane"), "changed"), Quit
    )
    player.app.open(scene)
    _ticks(player, 150, drawn=True)
    _set_speed(player, scene, 16.0)
    _ticks(player, 150, drawn=True)
    assert scene.head == 10 * TICK_HZ
    told = player.app.kit.texts.get("watch.differs", time_s=10.0)
    assert told in {line.text for line in scene.written}


@pytest.mark.parametrize("verdict", some(Verdict, 2))
def test_every_verdict_has_words_and_a_sign(player: Player, verdict: Verdict) -> None:
    """Whatever comes of the proof, the banner can say it."""
    scene = _watching(player)
    found = scene.reel.verification
    assert found is not None
    scene.reel.verification = replace(found, verdict=verdict)
    player.frame(0)
    words, sign = scene._verdict()
    assert words in {line.text for line in scene.written}
    assert (sign is Sign.GO) == (verdict is Verdict.EXACT)


@pytest.mark.slow
def test_the_result_leads_to_it_and_back(player: Player) -> None:
    """Up watches what was just flown, exact; Esc leads back to the result."""
    player.app.open(TitleScene(player.app.kit))
    flight = player.start()
    for _ in range(9000):
        if player.scene is not flight:
            break
        player.frame(drawn=False)
    result = player.scene
    assert isinstance(result, ResultScene)
    _ticks(player, TICK_HZ)
    _press(player, pygame.K_UP)
    scene = player.scene
    assert isinstance(scene, WatchScene)
    while not scene.reel.done:
        _ticks(player, 60)
    assert scene.reel.verdict is Verdict.EXACT
    assert scene.reel.events[-1].name is EventName.LOST
    player.frame()
    _press(player, pygame.K_ESCAPE)
    assert player.scene is result
    player.frame()
