"""How dusty a day looks, from what its level says of its air; and the storm that hides what is far."""

from __future__ import annotations

from typing import Final

import pygame

from game.sim.records import Table
from game.sim.spec import AirSpec
from game.view import palette as p

_WARM_KM: Final = (28.0, 45.0)  # where the dust of a storm takes up the sunlight
_WARM: Final = (1.05, 1.15)  # times the reference's temperature there: a hazy day, and a regional storm
_STORM_M: Final = (48_000.0, 6_000.0)  # above the first it is seen from outside, below the second from inside
_HIDES: Final = (0.58, 0.16)  # of what is far, and of what is near
_STORMY: Final = 0.45  # dustier by that: a storm's air is swollen higher up than the haze is read from


def dust_of(air: AirSpec) -> float:
    """How dusty a day is, 0 to 1, by what dust does to its air: it warms it, and the air swells; a storm adds to it.

    Where the tables say 30 to 45 km up that there is as much as the reference has, the day is clear enough (a third);
    with 1.3 times as much, as at Jezero in 2021, it is hazy (a half); in a storm the hills are all but gone.
    """
    swollen = max(_at(air.density_factor, km) for km in (30.0, 45.0))
    return min(max(0.33 + 0.6 * (swollen - 1.0), 0.15) + _STORMY * storm_of(air), 1.0)


def storm_of(air: AirSpec) -> float:
    """How much of a dust storm it is, 0 to 1, by the warmth of the air in which the dust hangs.

    A regional storm is up to 205 K warm at 50 Pa, some 28 km up, where the reference has 177 K (Kass and others, Mars
    Climate Sounder observation of Mars' 2018 global dust storm, Geophysical Research Letters 47, 2020).
    """
    warm = max(_at(air.temperature_factor, km) for km in _WARM_KM)
    return min(max((warm - _WARM[0]) / (_WARM[1] - _WARM[0]), 0.0), 1.0)


class Storm:
    """Dust in the air between us and everything: it hides what is far, the more of it the deeper we are in it."""

    def __init__(self, air: AirSpec) -> None:
        self._thick = storm_of(air)

    def hide_far(self, surface: pygame.Surface, height_m: float) -> None:
        """Sky, sun, hills and plain, before anything near is drawn."""
        self._lay(surface, _HIDES[0] * self._depth(height_m))

    def hide_near(self, surface: pygame.Surface, height_m: float) -> None:
        """A breath of it over the ground and all else that is drawn before the vehicles."""
        self._lay(surface, _HIDES[1] * self._depth(height_m))

    def _depth(self, height_m: float) -> float:
        outside, inside = _STORM_M
        share = min(max((outside - height_m) / (outside - inside), 0.0), 1.0)
        return self._thick * share * share * (3.0 - 2.0 * share)

    def _lay(self, surface: pygame.Surface, share: float) -> None:
        grey = round(255 * (1.0 - share))
        if grey < 255:
            surface.fill((grey,) * 3, None, pygame.BLEND_RGB_MULT)
            red, green, blue = (round(share * part) for part in p.STORM)
            surface.fill((red, green, blue), None, pygame.BLEND_RGB_ADD)


def _at(table: Table, place: float) -> float:
    """The table's value there: a line between its points, its ends beyond them."""
    before, after = table[0], table[-1]
    for point in table:
        if point[0] <= place:
            before = point
        if point[0] >= place:
            after = point
            break
    if after[0] <= before[0] or not before[0] <= place <= after[0]:
        return after[1] if place > after[0] else before[1]
    return before[1] + (after[1] - before[1]) * (place - before[0]) / (after[0] - before[0])
