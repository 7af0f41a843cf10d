"""Shaking and flashes stay within their limits, whatever happens and however often."""

from __future__ import annotations

import pygame
import pytest

from game.record.preferences import Preferences
from game.sim.spec import TICK_HZ
from game.view import look
from game.view import palette as p
from game.view.camera import Viewport
from game.view.jolt import FLASHES_A_SECOND, MOST_SHARE, SHAKE_S, FlashGuard, Jolt
from game.view.stock import Flare, Stock

pytestmark = pytest.mark.usefixtures("plain_look")


def _ticks(seconds: float) -> int:
    return round(seconds * TICK_HZ)


def test_a_hit_shakes_at_once_and_is_over_in_half_a_second() -> None:
    """It moves the picture within the first frames, and has died away before 0.6 s."""
    jolt = Jolt()
    jolt.hit(0.01)
    moved = []
    for _ in range(_ticks(0.8)):
        moved.append(jolt.offset_px(1080))
        jolt.tick()
    assert max(abs(y) for _, y in moved[: _ticks(0.1)]) >= 3
    assert SHAKE_S < 0.6
    assert set(moved[_ticks(SHAKE_S) :]) == {(0, 0)}


@pytest.mark.parametrize("share", [0.002, 0.01, 0.5])
def test_no_hit_and_no_number_of_hits_shakes_farther_than_the_limit(share: float) -> None:
    """A hundredth of the window's height, even when everything breaks at once."""
    jolt = Jolt()
    farthest = 0
    for tick in range(_ticks(2.0)):
        if tick % 7 == 0:
            jolt.hit(share)
        farthest = max(farthest, *(abs(way) for way in jolt.offset_px(1080)))
        jolt.tick()
    assert 0 < farthest <= round(MOST_SHARE * 1080)
    assert MOST_SHARE <= 0.01


def test_nothing_shakes_with_reduced_motion() -> None:
    """The setting is asked at every frame: it can be changed in a pause."""
    jolt = Jolt()
    jolt.hit(0.01)
    jolt.tick()
    assert jolt.offset_px(1080) != (0, 0)
    look.wear(Preferences(reduced_motion=True))
    assert jolt.offset_px(1080) == (0, 0)


def test_the_guard_allows_three_flashes_in_any_second() -> None:
    """However they are spread: no window of 120 ticks holds a fourth one."""
    guard = FlashGuard()
    allowed = []
    for tick in range(_ticks(6.0)):
        if tick % 11 < 2 and guard.allows():
            allowed.append(tick)
        guard.tick()
    assert len(allowed) > 12
    assert FLASHES_A_SECOND <= 3
    for first in allowed:
        assert sum(first <= tick <= first + TICK_HZ for tick in allowed) <= 3


def test_lights_of_one_window_share_one_guard() -> None:
    """Of ten lights in a tenth of a second three shine, wherever they are; and none with reduced motion."""
    stock = Stock()
    lights = (stock.flares, stock.flares_aloft)
    shone = 0
    for index in range(10):
        shone += lights[index % 2].add(Flare(stock.now_s, 0.3, 0.0, 0.0, 2.0, p.PLASMA[3]))
        stock.tick(0.01 * index)
    assert shone == 3
    look.wear(Preferences(reduced_motion=True))
    assert not Stock().flares.add(Flare(0.0, 0.3, 0.0, 0.0, 2.0, p.PLASMA[3]))


def test_a_flare_is_small_and_dies_away() -> None:
    """However large it would be, it covers less than a thirtieth of the window, and it never brightens again."""
    pygame.display.init()
    stock = Stock()
    stock.flares.add(Flare(0.0, 0.4, 0.0, 0.0, 1e6, p.PLASMA[3]))
    view = Viewport(0.0, 0.0, 1.0, 320, 180)
    lit = []
    for step in range(9):
        surface = pygame.Surface((320, 180))
        stock.flares.draw(surface, view, 0.05 * step)
        bright = pygame.mask.from_threshold(surface, (255, 255, 255), (230, 230, 230, 255)).count()
        lit.append(bright / (320 * 180))
    assert 0.0 < lit[0] < 1 / 30
    assert lit[-1] == 0.0
    total = [round(value, 4) for value in lit]
    assert total[2:] == sorted(total[2:], reverse=True)


def test_the_clock_follows_the_flight_but_never_faster_than_real_time() -> None:
    """At eight times the pace dust takes its time; while the flight stands still it settles; frozen, it hangs."""
    stock = Stock()
    for tick in range(1, 121):
        stock.tick(8.0 * tick / TICK_HZ)
    assert stock.now_s == pytest.approx(1.0)
    for _ in range(60):
        stock.tick(8.0)
    assert stock.now_s == pytest.approx(1.0)
    for _ in range(60):
        stock.tick(None)
    assert stock.now_s == pytest.approx(1.5)
    assert stock.at(0.0) == stock.at(1.0) == stock.now_s
