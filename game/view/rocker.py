"""Where the rocker's arms stand: both turn about the hub on the body's side as the wheels come down."""

from __future__ import annotations

from math import atan2
from typing import Final

from game.sim.vehicle_spec import RoverSpec

Point = tuple[float, float]

HUB_M: Final = (0.30, -0.10)  # in the rover's frame
_HINGE_M: Final = (-0.02, 0.4175)  # of the front wheel's leg, from the axle


def arm_ends(spec: RoverSpec, lift_m: float) -> tuple[Point, Point]:
    """The hinge above the front wheel and the bogie's pivot, from the hub (m), with the wheels lifted so far."""
    x0, y0 = HUB_M
    hinge = (spec.wheel_x_m[0] + _HINGE_M[0] - x0, spec.axle_y_m + _HINGE_M[1] + lift_m - y0)
    return hinge, (spec.pivot_x_m - x0, spec.pivot_y_m + lift_m - y0)


def arm_turns(spec: RoverSpec, lift_m: float) -> tuple[float, float]:
    """How far the front and the rear arm are turned from where they are with the wheels out, rad counter-clockwise."""
    out, now = arm_ends(spec, 0.0), arm_ends(spec, lift_m)
    front = atan2(now[0][1], now[0][0]) - atan2(out[0][1], out[0][0])
    # The rear arm points backwards: measured from there, no turn passes half a circle.
    return front, atan2(-now[1][1], -now[1][0]) - atan2(-out[1][1], -out[1][0])
