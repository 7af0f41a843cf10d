"""Goals before the ground: the figures that a level ends with, and whether they are good enough."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from game.sim.events import Figures
from game.sim.spec import FigureName, GoalSpec

if TYPE_CHECKING:
    from game.sim.flight import Flight


def figures_of(flight: Flight) -> Figures:
    """The goal's figures as they are now, in its own order."""
    return tuple((wanted.name.value, _figure(flight, wanted.name)) for wanted in flight.spec.goal.figures)


def is_inside(goal: GoalSpec, found: Figures) -> bool:
    """Whether every figure lies within its half width of its aim."""
    return worst_miss(goal, found) <= 1.0


def worst_miss(goal: GoalSpec, found: Figures) -> float:
    """The largest distance of a figure from its aim, in half widths: 0 is perfect, above 1 is missed."""
    values = dict(found)
    return max(abs(values[wanted.name.value] - wanted.aim) / wanted.half_width for wanted in goal.figures)


def _figure(flight: Flight, name: FigureName) -> float:
    craft, arrival = flight.craft, flight.arrival
    altitude_m = flight.planet.altitude_m(craft.x, craft.y)
    airspeed = flight.airspeed_mps
    match name:
        case FigureName.ENTRY_ANGLE_DEG:
            return arrival.course.entry_angle_deg if arrival and arrival.course else 0.0
        case FigureName.MACH:
            return airspeed / flight.air.sound_speed_mps(altitude_m)
        case FigureName.Q_PA:
            return 0.5 * flight.air.density_kg_m3(altitude_m) * airspeed * airspeed
        case FigureName.ALTITUDE_M:
            return altitude_m
        case FigureName.HEIGHT_M:
            return craft.height_m
        case FigureName.SPEED_MPS:
            return hypot(craft.vx, craft.vy)
        case FigureName.RANGE_M:
            return flight.spec.goal.target_m - craft.downrange_m
        case FigureName.PARACHUTE_LOAD_N:
            return arrival.parachute_peak_n if arrival else 0.0
