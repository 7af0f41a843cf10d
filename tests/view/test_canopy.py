"""The canopy as cloth: it grows as it fills, and what is torn is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.view import art
from game.view import palette as p
from game.view.camera import Viewport
from game.view.canopy import (
    Cloth,
    draw_bridles,
    draw_canopy,
    draw_fallen_canopy,
    draw_rags,
    draw_stretching,
    riser_of,
)
from game.view.cloth import FRAMES, FRAMES_A_S, GORES, is_orange
from game.view.moment import Place

VIEW = Viewport(0.0, 30.0, 8.0, 800, 800)
SHELL = Place(0.0, 0.0, 0.0, 0.0, 0.0, False)
CANOPY = Place(0.0, 48.0, 0.0, 0.0, 0.0, False)
CLOTH = {
    p.CANOPY_ORANGE_LIT, p.CANOPY_ORANGE, p.CANOPY_ORANGE_SHADE, p.CANOPY_ORANGE_INSIDE,
    p.CANOPY_WHITE, p.CANOPY_WHITE_BODY, p.CANOPY_WHITE_SHADE, p.CANOPY_WHITE_INSIDE,
}  # fmt: skip


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
    """What shows cloth: its colours, or nearly so, for the cloth is turned and shrunk when it is shown."""
    whole = pygame.mask.Mask(surface.get_size())
    for colour in CLOTH:
        whole.draw(pygame.mask.from_threshold(surface, colour, (6, 6, 6, 255)), (0, 0))
    return whole


def test_the_canopy_grows_as_it_fills() -> None:
    """Its width follows the root of its drag area, up to the overshoot of the opening."""
    widths = [_cloth(area).get_bounding_rects() for area in (0.05, 0.3, 1.0, 1.3)]
    spans = [max(r.right for r in rects) - min(r.left for r in rects) for rects in widths]
    assert spans == sorted(spans)
    assert spans[2] == pytest.approx(0.7 * 21.53 * 8.0, rel=0.06)
    assert spans[0] < 0.35 * spans[2]


def test_the_gores_spell_what_they_spelt_on_mars() -> None:
    """Ten gores make a number, orange for one: the letters of three words, and the place where the canopy was drawn."""
    rings = [[is_orange(ring, gore) for gore in range(GORES)] for ring in range(4)]
    numbers = [
        [int("".join("01"[gore] for gore in ring[first : first + 10]), 2) for first in range(0, GORES, 10)]
        for ring in rings
    ]
    words = ["".join(chr(64 + number) for number in ring if 0 < number <= 26) for ring in numbers[:3]]
    assert words == ["DARE", "MIGHTY", "THINGS"]
    assert numbers[3] == [34, 11, 58, ord("N") - 64, 118, 10, 31, ord("W") - 64]


def test_another_missions_canopy_does_not_speak() -> None:
    """Curiosity's is smaller and has plain gores."""
    diameter_m = load_level("gale").vehicle.parachute.diameter_m
    ring = [is_orange(0, gore, diameter_m) for gore in range(GORES)]
    assert ring == ring[10:] + ring[:10]
    assert sum(ring) == GORES // 2


def test_the_canopy_breathes_and_comes_round() -> None:
    """The cloth of two moments differs; after a whole breath it is the same to the pixel."""
    chute = load_level("jezero").vehicle.parachute
    seen = []
    for t_s in (0.02, 0.32, 0.02 + FRAMES / FRAMES_A_S):
        surface = pygame.Surface((800, 800))
        draw_canopy(surface, VIEW, chute, (400.0, 640.0), CANOPY, Cloth(1.0, 0.0, t_s))
        seen.append(pygame.image.tobytes(surface, "RGB"))
    assert seen[0] != seen[1]
    assert seen[0] == seen[2]


def test_three_bridles_hold_the_backshell() -> None:
    """From the riser's end to the three fittings: the cord's colour lies half-way along each."""
    view = Viewport(0.0, 0.0, 100.0, 400, 600)
    surface = pygame.Surface((400, 600))
    riser = riser_of(view, SHELL, load_level("jezero").vehicle.backshell)
    draw_bridles(surface, view, SHELL, riser)
    anchors = art.part("backshell").anchors
    assert anchors["riser"][1] == load_level("jezero").vehicle.backshell.riser_y_m
    for name in ("bridle_left", "bridle_middle", "bridle_right"):
        x, y = view.screen(*anchors[name])
        assert surface.get_at((round(0.5 * (x + riser[0])), round(0.5 * (y + riser[1]))))[:3] == p.CORD


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
