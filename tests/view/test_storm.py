"""A dust storm hides what is far, the more the deeper the craft is in it; on any other day there is none."""

from __future__ import annotations

from itertools import pairwise

import pygame
import pytest

from game.content.levels import level_ids, load_level
from game.sim.spec import AirSpec
from game.view.dust import Storm, dust_of, storm_of

pytestmark = pytest.mark.usefixtures("window")

STORMS = ("dust-season", "worst-day")


def _air(level: str) -> AirSpec:
    return load_level(level).flight_spec().air


def _contrast(storm: Storm, height_m: float) -> int:
    """What is left of black beside white."""
    surface = pygame.Surface((2, 1))
    surface.set_at((1, 0), (255, 255, 255))
    storm.hide_far(surface, height_m)
    return int(surface.get_at((1, 0))[0]) - int(surface.get_at((0, 0))[0])


@pytest.mark.parametrize("level", level_ids())
def test_there_is_a_storm_where_the_level_says_so(level: str) -> None:
    """By the warmth of the air that holds the dust: all of it in the two that have one, none elsewhere."""
    assert storm_of(_air(level)) == pytest.approx(1.0 if level in STORMS else 0.0)


def test_a_stormy_day_is_the_dustiest() -> None:
    dust = {level: dust_of(_air(level)) for level in level_ids()}
    assert min(dust[level] for level in STORMS) > max(dust[level] for level in dust if level not in STORMS) + 0.2


def test_it_grows_on_the_way_down() -> None:
    """From outside nothing is hidden; inside less than half of what is far is seen, and nothing jumps on the way."""
    storm = Storm(_air("dust-season"))
    seen = [_contrast(storm, 1_000.0 * km) for km in range(60, -1, -1)]
    assert seen[0] == 255
    assert all(0 <= before - now <= 9 for before, now in pairwise(seen))
    assert 0.3 * 255 < seen[-1] < 0.5 * 255


def test_a_clear_day_is_left_as_it_is() -> None:
    surface = pygame.Surface((2, 1))
    surface.set_at((0, 0), (12, 200, 7))
    storm = Storm(_air("jezero"))
    storm.hide_far(surface, 0.0)
    storm.hide_near(surface, 0.0)
    assert tuple(surface.get_at((0, 0)))[:3] == (12, 200, 7)
