"""How dusty a day looks, from what its level says of its air."""

from __future__ import annotations

from game.sim.records import Table
from game.sim.spec import AirSpec


def dust_of(air: AirSpec) -> float:
    """How dusty a day is, 0 to 1, by what dust does to its air: it warms it, and the air swells.

    Where the tables say 30 to 45 km up that there is as much as the reference has, the day is clear enough (a third);
    with 1.3 times as much, as at Jezero in 2021, it is hazy (a half); with twice as much the hills are all but gone.
    """
    swollen = max(_at(air.density_factor, km) for km in (30.0, 45.0))
    return min(max(0.33 + 0.6 * (swollen - 1.0), 0.15), 1.0)


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
