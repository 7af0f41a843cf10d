"""What a person's hands do on each device, by the events that it sends: keys, gamepad, touch, and one button.

A hand takes `Wishes` and knows nothing of the flight. Each can also find its way from the title into a flight.
"""

from __future__ import annotations

from typing import Final, Protocol

import pygame

from game.app import MAX_FRAME_NS, SECOND_NS
from game.content.modes import Mode
from game.content.texts import load_texts
from game.pilots.levers import TILT_BACK_S, TILT_FULL_S, TRAVEL_S
from game.scenes.brief import BriefScene
from game.scenes.ladder import ladder, level_of
from game.scenes.title import TitleScene
from tests.input.person import Wishes
from tests.input.player import Player
from tests.input.virtual_pad import VirtualPad

LOOK_NS: Final = MAX_FRAME_NS  # fifteen looks a second
_LOOK_S: Final = LOOK_NS / SECOND_NS
_STEP: Final = _LOOK_S / TRAVEL_S  # a finger moves a lever no faster than a key does


class Hand(Protocol):
    """A person's hands on one device."""

    def do(self, wanted: Wishes) -> None:
        """Send what they do until the next look."""

    def let_go(self) -> None:
        """Nothing is held any longer."""

    def choose(self, level: str, mode: Mode) -> None:
        """From the title into a flight, by presses of this device alone."""


class _Spring:
    """A finger that has learnt how far a key has gone that springs back, and holds it there by tapping."""

    _OUT, _BACK = _LOOK_S / TILT_FULL_S, _LOOK_S / TILT_BACK_S

    def __init__(self) -> None:
        self._felt = 0.0

    def way(self, wanted: float) -> int:
        """-1, 0 or 1: which of two keys is down until the next look. All of a key is held, not tapped."""
        more = wanted - self._felt
        way = (wanted > 0.0) - (wanted < 0.0)
        if abs(wanted) < 1.0 and way * more < 0.5 * self._OUT:
            way = 0
        if way:
            self._felt = min(max(self._felt + way * self._OUT, -1.0), 1.0)
        else:
            self._felt -= min(max(self._felt, -self._BACK), self._BACK)
        return way


class _Taps:
    """A finger that moves a lever slowly by keys that move it fast: so many looks down, so many up."""

    def __init__(self) -> None:
        self._owed = 0.0

    def way(self, wanted: float) -> int:
        """-1, 0 or 1: which of two keys is down until the next look."""
        self._owed = self._owed + wanted if self._owed * wanted >= 0.0 else wanted
        way = (self._owed >= 0.5) - (self._owed <= -0.5)
        self._owed -= way
        return way


class _Menus:
    """The way from the title into a flight for whoever can go down, go right and take."""

    def __init__(self, player: Player) -> None:
        self._player = player

    def down(self) -> None:
        raise NotImplementedError

    def right(self) -> None:
        raise NotImplementedError

    def take(self) -> None:
        raise NotImplementedError

    def choose(self, level: str, mode: Mode) -> None:
        title, rungs = self._player.scene, [*(each.id for each in ladder()), "the diary"]
        assert isinstance(title, TitleScene)
        for _ in range(list(Mode).index(mode)):
            self.right()
        if title.level.id != level:
            for _ in range(2):  # past the flight of the day
                self.down()
            self.take()
            for _ in range((rungs.index(level) - rungs.index(title.level.id)) % len(rungs)):
                self.down()
        self.take()
        if isinstance(self._player.scene, BriefScene):
            self.take()


class Keys(_Menus):
    """Two hands on the keyboard: a key is down or up."""

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        self._lean, self._lever = _Spring(), _Taps()

    def do(self, wanted: Wishes) -> None:
        lean, lever, hold = self._lean.way(wanted.lean), self._lever.way(wanted.lever), self._player.hold
        hold(pygame.K_LEFT, down=lean < 0)
        hold(pygame.K_RIGHT, down=lean > 0)
        hold(pygame.K_UP, down=lever > 0)
        hold(pygame.K_DOWN, down=lever < 0 or wanted.reel)
        if wanted.press:
            self._player.tap(pygame.K_SPACE)
        if wanted.mark:
            self._player.tap(pygame.K_e if wanted.mark > 0 else pygame.K_q)

    def let_go(self) -> None:
        self.do(Wishes())

    def down(self) -> None:
        self._press(pygame.K_DOWN)

    def right(self) -> None:
        self._press(pygame.K_RIGHT)

    def take(self) -> None:
        self._press(pygame.K_SPACE)

    def _press(self, key: int) -> None:
        self._player.tap(key)
        self._player.frame()


class PadHands(_Menus):
    """Two hands on a gamepad: the stick leans, the trigger is the throttle, the cross lets the bridle out."""

    _LEAN, _LEVER, _TRIGGER = 0, 1, 5  # axes
    _ACTION, _MARKS = 0, {-1: 4, 1: 5}  # buttons

    def __init__(self, player: Player, pad: VirtualPad) -> None:
        super().__init__(player)
        self._pad = pad
        self._pull = 0.0
        self._down: set[int] = set()

    def do(self, wanted: Wishes) -> None:
        self._pad.axis(self._LEAN, _push(wanted.lean))
        self._squeeze(wanted.lever)
        self._pad.hat("down" if wanted.reel else "centre")
        self._press(self._ACTION, wanted.press)
        for way, button in self._MARKS.items():
            self._press(button, wanted.mark == way)

    def _squeeze(self, lever: float) -> None:
        """More or less of the trigger; when it is all the way out, the stick lowers the lever."""
        self._pull = min(max(self._pull + _STEP * lever, 0.0), 1.0)
        self._pad.axis(self._TRIGGER, 2.0 * (0.06 + 0.86 * self._pull) - 1.0 if self._pull else -1.0)
        self._pad.axis(self._LEVER, _push(-lever) if lever < 0.0 and not self._pull else 0.0)

    def _press(self, button: int, wanted: bool) -> None:
        """A thumb that wants it again comes up in between."""
        down = wanted and button not in self._down
        (self._down.add if down else self._down.discard)(button)
        self._pad.button(button, down=down)

    def let_go(self) -> None:
        self._pull = 0.0
        self.do(Wishes())

    def down(self) -> None:
        for way in ("down", "centre"):
            self._pad.hat(way)
            self._player.frame()

    def right(self) -> None:
        for value in (1.0, 0.0):
            self._pad.axis(self._LEAN, value)
            self._player.frame()

    def take(self) -> None:
        for down in (True, False):
            self._pad.button(self._ACTION, down=down)
            self._player.frame()


class Finger:
    """One finger on the glass; where it is, in shares of the window."""

    def __init__(self, number: int = 0) -> None:
        self.number, self.at = number, (0.0, 0.0)
        self.on = False

    def _post(self, kind: int) -> None:
        x, y = self.at
        pygame.event.post(pygame.event.Event(kind, touch_id=1, finger_id=self.number, x=x, y=y, dx=0.0, dy=0.0))

    def down(self, at: tuple[float, float]) -> None:
        self.at, self.on = at, True
        self._post(pygame.FINGERDOWN)

    def move(self, at: tuple[float, float]) -> None:
        self.at = at
        self._post(pygame.FINGERMOTION)

    def up(self) -> None:
        if self.on:
            self.on = False
            self._post(pygame.FINGERUP)

    def tap(self, at: tuple[float, float]) -> None:
        self.down(at)
        self.up()


class Fingers:
    """Three fingers: one leans, one drags the lever, one taps and swipes."""

    LEFT, MIDDLE, RIGHT, ACTION = (0.1, 0.5), (0.5, 0.5), (0.9, 0.5), (0.7, 0.95)
    _WAY = 0.45  # of the window's height, for all of the lever
    _HIGHEST, _LOWEST = 0.05, 0.95

    def __init__(self, player: Player) -> None:
        self._player = player
        self._leans, self._drags, self._taps = Finger(0), Finger(1), Finger(2)
        self._spring = _Spring()
        self._reels = False

    def do(self, wanted: Wishes) -> None:
        self._lean((None, self.RIGHT, self.LEFT)[self._spring.way(wanted.lean)])
        self._drag(wanted.lever, wanted.reel)
        if wanted.press:
            self._taps.tap(self.ACTION)
        if wanted.mark:
            self._taps.down(self.MIDDLE)
            self._taps.move((self.MIDDLE[0] + 0.15 * wanted.mark, self.MIDDLE[1]))
            self._taps.up()

    def _lean(self, where: tuple[float, float] | None) -> None:
        if self._leans.on and self._leans.at != where:
            self._leans.up()
        if where is not None and not self._leans.on:
            self._leans.down(where)

    def _drag(self, lever: float, reel: bool) -> None:
        """A finger that lies below where it came down reels, so one that moves the lever is lifted first."""
        finger = self._drags
        if reel != self._reels:
            finger.up()
        self._reels = reel
        if reel:
            if not finger.on:
                finger.down(self.MIDDLE)
                finger.move((self.MIDDLE[0], self.MIDDLE[1] + 0.1))
        elif not lever:
            finger.up()
        else:
            y = finger.at[1] - self._WAY * _STEP * lever
            if not (finger.on and self._HIGHEST < y < self._LOWEST):
                finger.up()
                finger.down(self.MIDDLE)
                y = self.MIDDLE[1] - self._WAY * _STEP * lever
            finger.move((self.MIDDLE[0], y))

    def let_go(self) -> None:
        self.do(Wishes())

    def choose(self, level: str, mode: Mode) -> None:
        """What is touched is taken; among the flights what is touched once is chosen, and flown when touched again."""
        title, texts = self._player.scene, load_texts()
        assert isinstance(title, TitleScene)
        self.touch(texts.get(f"mode.{mode}").upper())
        if title.level.id == level:
            self.touch(texts.get("title.fly", level=title.level.title))
        else:
            self.touch(texts.get("title.flights"))
            for _ in range(2):
                self.touch(level_of(level).title)
        if isinstance(self._player.scene, BriefScene):
            self._taps.tap(self.MIDDLE)
            self._player.frame()

    def touch(self, words: str) -> None:
        """Tap where these words stand on the screen."""
        wide, high = pygame.display.get_window_size()
        (line,) = [each for each in self._player.scene._written if each.text == words]  # type: ignore[attr-defined]
        self._taps.tap((line.rect.centerx / wide, line.rect.centery / high))
        self._player.frame()


class OneButton:
    """One finger on one key, whichever it is; what else is wanted, it cannot do."""

    def __init__(self, player: Player, key: int = pygame.K_SPACE) -> None:
        self._player, self._key = player, key

    def press(self) -> None:
        self._player.tap(self._key)

    def do(self, wanted: Wishes) -> None:
        if wanted.press:
            self.press()

    def let_go(self) -> None:
        pass

    def choose(self, level: str, mode: Mode) -> None:
        """It takes what is chosen, so that must be this."""
        title = self._player.scene
        assert isinstance(title, TitleScene)
        assert (title.level.id, title.mode) == (level, mode)
        self.take()

    def take(self) -> None:
        """The flight that is next, and its brief."""
        self.press()
        self._player.frame()
        if isinstance(self._player.scene, BriefScene):
            self.press()
            self._player.frame()


def _push(level: float) -> float:
    """How far a stick is to be pushed for this, past where nothing happens; a hand soon knows."""
    if not level:
        return 0.0
    return (0.2 + 0.72 * abs(level)) * (1.0 if level > 0.0 else -1.0)
