"""The canopy as cloth: it grows as it fills, and what is torn is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.view import palette as p
from game.view.camera import Viewport
from game.view.canopy import Cloth, draw_canopy, draw_fallen_canopy, draw_rags, draw_stretching
from game.view.moment import Place

VIEW = Viewport(0.0, 30.0, 8.0, 800, 800)
SHELL = Place(0.0, 0.0, 0.0, 0.0, 0.0, False)
CANOPY = Place(0.0, 48.0, 0.0, 0.0, 0.0, False)
CLOTH = {p.CANOPY_ORANGE, p.CANOPY_ORANGE_SHADE, p.CANOPY_WHITE, p.CANOPY_WHITE_SHADE}


@pytest.fixture(autouse=True)
def window() -> Iterator[None]:
    pygame.display.init()
    yield
    pygame.display.quit()


def _cloth(area: float, lost: float = 0.0) -> pygame.mask.Mask:
    surface = pygame.Surface((800, 800))
    draw_canopy(surface, VIEW, load_level("jezero").vehicle.parachute, (400.0, 640.0), CANOPY, Cloth(area, lost, 0.4))
    return _mask(surface)


def _mask(surface: pygame.Surface) -> pygame.mask.Mask:
    whole = pygame.mask.Mask(surface.get_size())
    for colour in CLOTH:
        whole.draw(pygame.mask.from_threshold(surface, colour, (1, 1, 1, 255)), (0, 0))
    return whole


def test_the_canopy_grows_as_it_fills() -> None:
    """Its width follows the root of its drag area, up to the overshoot of the opening."""
    widths = [_cloth(area).get_bounding_rects() for area in (0.05, 0.3, 1.0, 1.3)]
    spans = [max(r.right for r in rects) - min(r.left for r in rects) for rects in widths]
    assert spans == sorted(spans)
    assert spans[2] == pytest.approx(0.7 * 21.53 * 8.0, rel=0.06)
    assert spans[0] < 0.35 * spans[2]


def test_a_torn_canopy_has_less_cloth() -> None:
    """The more is lost, the more sky shows through."""
    counts = [_cloth(1.0, lost).count() for lost in (0.0, 0.3, 0.7)]
    assert counts[0] > counts[1] > counts[2] > 0


def test_the_lines_run_out_with_the_bag() -> None:
    """Between mortar and line stretch the bag goes 46.5 m away from the backshell, along its axis."""
    chute = load_level("jezero").vehicle.parachute
    surface = pygame.Surface((800, 800))
    places = [draw_stretching(surface, VIEW, chute, SHELL, (400.0, 640.0), share) for share in (0.0, 0.5, 1.0)]
    highs = [y for _, y, _ in places]
    assert highs == sorted(highs)
    assert highs[2] - highs[0] == pytest.approx(chute.lines_m + chute.riser_m)


def test_rags_and_heaps_are_cloth_too() -> None:
    """What is left of a burst canopy, and one that lies on the ground, show their colours."""
    surface = pygame.Surface((800, 800))
    draw_rags(surface, VIEW, CANOPY, 1.0)
    rags = _mask(surface).count()
    draw_fallen_canopy(surface, VIEW, SHELL)
    assert 0 < rags < _mask(surface).count()
