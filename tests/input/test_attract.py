"""The title, left alone: flights play by themselves, and any button of any device leads back to it, and no further."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import pygame
import pytest

from game.app import MAX_FRAME_NS, SECOND_NS
from game.content.errors import InputError
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.record.preferences import Preferences
from game.record.replay import Replay, read_replay
from game.scenes.attract import IDLE_TICKS, PAGE_TICKS, AttractScene, FlightAct, PageAct
from game.scenes.programme import BUNDLED, Bill, bests_of, programme
from game.scenes.settings import SettingsScene
from game.scenes.title import TitleScene
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ
from game.view import look
from tests.input.hands import Finger
from tests.input.player import Player, a_player
from tests.input.virtual_pad import VirtualPad, a_pad
from tests.replay.kept import FOLDER
from tests.tiers import some

SIZE = (480, 360)
FRAME_TICKS = 8
IDLE_FRAMES = IDLE_TICKS // FRAME_TICKS


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player(SIZE) as someone:
        someone.app.open(TitleScene(someone.app.kit))
        yield someone


@pytest.fixture
def pad(player: Player) -> Iterator[VirtualPad]:
    with a_pad() as one:
        one.plug()
        player.frame(drawn=False)
        yield one


def _wait(player: Player, frames: int) -> None:
    for _ in range(frames):
        assert player.frame(drawn=False)


def _shown(player: Player) -> AttractScene:
    """The title has been left alone for long enough."""
    for _ in range(IDLE_FRAMES + 2):
        if isinstance(player.scene, AttractScene):
            break
        player.frame(drawn=False)
    scene = player.scene
    assert isinstance(scene, AttractScene)
    return scene


def _post(kind: int, **what: object) -> None:
    pygame.event.post(pygame.event.Event(kind, **what))


def _click(button: int) -> None:
    _post(pygame.MOUSEBUTTONDOWN, pos=(240, 120), button=button, touch=False)


def _tap() -> None:
    Finger().tap((0.5, 0.5))


PRESSES: dict[str, Callable[[], None]] = {
    "a key that means nothing": lambda: _post(pygame.KEYDOWN, key=pygame.K_x),
    "ACTION": lambda: _post(pygame.KEYDOWN, key=pygame.K_SPACE),
    "Enter": lambda: _post(pygame.KEYDOWN, key=pygame.K_RETURN),
    "Esc": lambda: _post(pygame.KEYDOWN, key=pygame.K_ESCAPE),
    "ASSIST": lambda: _post(pygame.KEYDOWN, key=pygame.K_LSHIFT),
    "a mark key": lambda: _post(pygame.KEYDOWN, key=pygame.K_q),
    "the mouse": lambda: _click(1),
    "its middle button": lambda: _click(2),
    "its wheel": lambda: _post(pygame.MOUSEWHEEL, x=0, y=1, flipped=False),
    "a finger": _tap,
}


def test_it_begins_after_half_a_minute_alone(player: Player) -> None:
    """Not a tick before; and the flight that plays is a whole one, by the autopilot while nobody has flown."""
    _wait(player, IDLE_FRAMES - 1)
    assert isinstance(player.scene, TitleScene)
    _wait(player, 2)
    scene = player.scene
    assert isinstance(scene, AttractScene)
    assert isinstance(scene.act, FlightAct)
    assert scene.act.call() == (load_level("jezero").title, load_texts().get("watch.by_autopilot"))


@pytest.mark.parametrize("press", some([press for press in PRESSES if press not in {"ACTION", "Enter", "Esc"}], 2))
def test_any_press_puts_it_off(player: Player, press: str) -> None:
    """Half a minute from the last one, whatever was pressed that leads to no other page."""
    _wait(player, IDLE_FRAMES - 5)
    PRESSES[press]()
    _wait(player, IDLE_FRAMES - 5)
    assert isinstance(player.scene, TitleScene)
    _shown(player)


@pytest.mark.parametrize("press", some(PRESSES, 3))
def test_any_press_leads_to_the_title_and_no_further(player: Player, press: str) -> None:
    """As it was left, with its mode and its marked line; no flight begins and nobody leaves."""
    title = player.scene
    assert isinstance(title, TitleScene)
    for key in (pygame.K_RIGHT, pygame.K_DOWN):
        player.tap(key)
    player.frame()
    mode, index = title.mode, title._index
    _shown(player)
    player.frame()
    PRESSES[press]()
    assert player.frame()
    assert player.scene is title
    assert (title.mode, title._index) == (mode, index)
    _wait(player, 20)
    assert player.scene is title


@pytest.mark.parametrize("part", some(["button 0", "axis 3", "hat", "button 10", "axis 0", "trigger"], 3))
def test_any_part_of_a_pad_leaves(player: Player, pad: VirtualPad, part: str) -> None:
    """Bound or not, a button, a stick, the cross or a trigger."""
    scene = _shown(player)
    _wait(player, 30)
    assert player.scene is scene
    match part.split():
        case ["button", number]:
            pad.button(int(number), down=True)
        case ["axis", number]:
            pad.axis(int(number), -0.9)
        case ["hat"]:
            pad.hat("left")
        case _:
            pad.axis(5, 1.0)
    _wait(player, 3)
    assert isinstance(player.scene, TitleScene)


def test_two_buttons_at_once_do_not_start_a_flight(player: Player) -> None:
    """Who slaps a panel leaves the show with the first and means nothing by the second."""
    _shown(player)
    _post(pygame.KEYDOWN, key=pygame.K_x)
    _post(pygame.KEYDOWN, key=pygame.K_SPACE)
    player.frame()
    assert isinstance(player.scene, TitleScene)
    for key in (pygame.K_x, pygame.K_SPACE):
        _post(pygame.KEYUP, key=key)
    _wait(player, 10)
    player.tap(pygame.K_SPACE)  # now it is meant
    player.frame()
    assert not isinstance(player.scene, TitleScene)


def test_what_nobody_presses_does_not_end_it(player: Player, pad: VirtualPad) -> None:
    """A window that loses its focus, a mouse that is pushed, a trigger that trembles, a pad that is pulled out."""
    scene = _shown(player)
    _post(pygame.WINDOWFOCUSLOST)
    _post(pygame.MOUSEMOTION, pos=(100, 100), rel=(5, 5), buttons=(0, 0, 0), touch=False)
    player.frame()
    for value in (-0.97, -1.0, -0.95):
        pad.axis(5, value)
        player.frame()
    pad.unplug()
    player.frame()
    assert player.scene is scene


def test_nothing_plays_over_another_page(player: Player) -> None:
    """Only the title is left alone: who reads the settings is not disturbed."""
    kit = player.app.kit
    title = TitleScene(kit)
    player.app.open(title)
    player.app.stack = (title, SettingsScene(kit))
    _wait(player, 2 * IDLE_FRAMES)
    assert isinstance(player.scene, SettingsScene)


def _acts(player: Player, scene: AttractScene, count: int) -> list[object]:
    """The next acts of a show whose flights end at once."""
    found: list[object] = []
    for _ in range(200 * count):
        if not found or scene.act is not found[-1]:
            found.append(scene.act)
            if len(found) == count:
                break
            if isinstance(scene.act, FlightAct):
                _end(scene.act)
        player.frame(MAX_FRAME_NS, drawn=False)
    return found


def _end(act: FlightAct) -> None:
    """Fly on without showing it."""
    act._run.fly(10**6)


@pytest.mark.slow
def test_flights_and_pages_take_turns_without_end(player: Player) -> None:
    """Flight, page, flight, page; round again after the last; each of the autopilot's lands."""
    scene = _shown(player)
    names = []
    for act in _acts(player, scene, 8):
        names.append(act.call()[0])  # type: ignore[attr-defined]
        if isinstance(act, FlightAct):
            assert act._run.flight.outcome is not Outcome.LOST
        else:
            assert isinstance(act, PageAct)
    titles = [load_level(level).title for level, _ in BUNDLED]
    assert names[::2] == [*titles, titles[0]]
    boards, controls = load_texts().get("boards.heading"), load_texts().get("help.heading")
    assert names[1::2] == [boards, controls, boards, controls]


@pytest.mark.slow
def test_a_page_stands_as_long_as_it_takes_to_read(player: Player) -> None:
    """And is drawn, like everything in the show."""
    scene = _shown(player)
    _end(scene.act)  # type: ignore[arg-type]
    while isinstance(scene.act, FlightAct):
        player.frame(drawn=False)
    page = scene.act
    frames = 0
    while scene.act is page:
        frames += 1
        player.frame(drawn=frames % 30 == 1)
    assert frames == pytest.approx(PAGE_TICKS / FRAME_TICKS, abs=2)


def test_the_best_flights_come_first_and_as_many_others_as_are_needed() -> None:
    """With initials and points; a record that cannot be flown here any more is left out."""
    replay = read_replay(FOLDER / "sky-crane-autopilot.replay")
    level = load_level("sky-crane")
    stale = replace(replay, header=replace(replay.header, rules_version=1))
    best = Bill(level, Mode.MANUAL, 0, replay, "ABC", 9_640)
    shown = [bill for bill, _ in programme((replace(best, replay=stale), best))]
    assert shown[0] == best
    assert [bill.level.id for bill in shown[1:]] == [level_id for level_id, _ in BUNDLED[:2]]
    assert [bill for bill, _ in programme((best,) * 9)] == [best] * 6


def test_the_book_is_asked_for_the_best_of_every_board() -> None:
    """Whole missions first; a flight without a record is left out, and a book that cannot be read ends the list."""
    replay = read_replay(FOLDER / "sky-crane-autopilot.replay")

    @dataclass
    class Best:
        id: int
        initials: str = "ABC"
        seed: int = 0
        score: int = 9000

    class Scores:
        bests: ClassVar = {("jezero", Mode.GUIDED): 1, ("sky-crane", Mode.MANUAL): 2, ("course", Mode.RAW): 3}
        broken = False

        def best(self, level_id: str, mode: Mode) -> Best | None:
            if self.broken:
                raise InputError("the disk is gone")
            number = self.bests.get((level_id, mode))
            return None if number is None else Best(number)

        def replay(self, entry_id: int) -> Replay | None:
            return None if entry_id == 3 else replay

    scores = Scores()
    assert [(bill.level.id, bill.mode) for bill in bests_of(scores)] == [
        ("jezero", Mode.GUIDED), ("sky-crane", Mode.MANUAL),
    ]  # fmt: skip
    scores.broken = True
    assert bests_of(scores) == ()


def test_no_more_records_are_read_than_are_shown() -> None:
    """A whole mission's takes a while, and there may be a best of every board."""
    replay = read_replay(FOLDER / "sky-crane-autopilot.replay")
    read: list[int] = []

    @dataclass
    class Best:
        id: int = 7
        initials: str = "ABC"
        seed: int = 0
        score: int = 9000

    class Scores:
        def best(self, level_id: str, mode: Mode) -> Best:
            return Best()

        def replay(self, entry_id: int) -> Replay:
            read.append(entry_id)
            return replay

    assert len(bests_of(Scores())) == len(read) == 6


def test_a_record_plays_as_it_was_flown(player: Player) -> None:
    """Its end is the recorded one, and the strip says whose it is."""
    replay = read_replay(FOLDER / "sky-crane-autopilot.replay")
    best = Bill(load_level("sky-crane"), Mode.MANUAL, 0, replay, "ABC", 9_640)
    scene = AttractScene(player.app.kit, player.scene, lambda: (best,))  # type: ignore[arg-type]
    player.app.open(scene)
    act = scene.act
    assert isinstance(act, FlightAct)
    title, who = act.call()
    assert title.startswith(best.level.title)
    assert "ABC" in who
    assert "9,640" in who
    for number in range(3000):
        if scene.act is not act:
            break
        player.frame(drawn=number % 60 == 0)
    assert act._run.flight.tick == replay.end.ticks
    assert act._run.flight.digest() == replay.end.digest


@pytest.mark.slow
def test_it_makes_no_sound(player: Player) -> None:
    """However loud the settings are: a hall is quiet while nobody plays."""
    scene = _shown(player)
    before = player.app.kit.audio
    heard: list[object] = []
    player.app.kit.audio = _Ear(heard)
    _acts(player, scene, 2)
    _wait(player, 40)
    assert heard == []
    player.app.kit.audio = before


class _Ear:
    """Remembers whatever it is told to play."""

    def __init__(self, heard: list[object]) -> None:
        self._heard = heard

    def hear(self, events: object) -> None:
        self._heard.append(events)

    def set_levels(self, levels: object) -> None:
        self._heard.append(levels)

    def set_volumes(self, volumes: object) -> None:
        """Settings may."""

    def silence(self) -> None:
        """Nothing is playing."""


@pytest.mark.slow
def test_what_was_shown_is_let_go(player: Player) -> None:
    """After any number of flights only the one that plays is kept: it runs for weeks."""
    gc.collect()
    others = [each for each in gc.get_objects() if isinstance(each, Flight)]  # what earlier tests have left
    scene = _shown(player)
    _acts(player, scene, 9)
    _wait(player, 3)
    gc.collect()
    flights = [each for each in gc.get_objects() if isinstance(each, Flight)]
    assert len(flights) - len(others) <= 1


def test_the_call_stands_still_with_reduced_motion(player: Player) -> None:
    """It breathes, slower than anything that flashes; who wants nothing to move sees it as it is."""

    def seen(frames: int) -> set[bytes]:
        found = set()
        for _ in range(frames):
            player.frame(SECOND_NS // 8)
            surface = pygame.display.get_surface()
            strip = surface.subsurface((0, SIZE[1] - 44, SIZE[0], 44))
            found.add(pygame.image.tobytes(strip, "RGB"))
        return found

    _shown(player)
    assert len(seen(10)) > 4
    look.wear(replace(Preferences(), reduced_motion=True))
    try:
        assert len(seen(10)) == 1
    finally:
        look.wear(Preferences())


def test_the_same_show_every_time(player: Player) -> None:
    """Two titles left alone come to the same flight at the same tick."""
    states = []
    for _ in range(2):
        player.app.open(TitleScene(player.app.kit))
        scene = _shown(player)
        _wait(player, 3 * TICK_HZ // FRAME_TICKS)
        assert isinstance(scene.act, FlightAct)
        states.append((scene.act._run.flight.tick, scene.act._run.flight.digest()))
    assert states[0] == states[1]
