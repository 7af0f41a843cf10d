"""The capsule in the flow: drag, lift and pitching moment from Mach number and incidence, right side first or not.

Plain functions of numbers, so that the flight, the predictor on board and an independent integrator fly the same.

The real capsule has one fixed lift and rolls it; what shows in our plane is the cosine of the bank. Its component
across the track is taken as cancelled by the bank reversals. The total incidence stays at trim whichever way the
lift points, so that drag does not depend on the incidence until that is well past trim.
"""

from __future__ import annotations

from math import pi, radians, sin
from typing import Final

from game.sim.tables import Lookup
from game.sim.vehicle_spec import AeroshellSpec

# The heat shield's coefficients hold so far, and are gone here; between, they fade into the backshell's.
_AHEAD_RAD: Final = radians(40.0)
_ABEAM_RAD: Final = radians(120.0)
_TAIL_FIRST_STABILITY: Final = 0.1  # of the heat shield's, an estimate: the cone behind hardly turns us round


class Aerodynamics:
    """Coefficients of one capsule. The factors are what a dispersed one differs by; nobody who steers knows them."""

    __slots__ = ("_backward", "_damping", "_drag", "_lift", "_open", "_stability", "_trim", "area_m2", "diameter_m")

    def __init__(self, spec: AeroshellSpec, drag_factor: float = 1.0, lift_factor: float = 1.0) -> None:
        self.diameter_m = spec.diameter_m
        self.area_m2 = 0.25 * pi * spec.diameter_m**2 * drag_factor
        self._drag = Lookup(spec.drag_coefficient)
        self._open, self._backward = spec.open_drag_coefficient, spec.backward_drag
        self._lift = spec.lift_slope * lift_factor
        self._trim = Lookup(tuple((mach, radians(trim_deg)) for mach, trim_deg in spec.trim_deg))
        self._stability = spec.stability
        self._damping = Lookup(spec.pitch_damping)

    def trim_rad(self, mach: float) -> float:
        """Size of the incidence at which the capsule flies steadily."""
        return self._trim(mach)

    def drag_coefficient(self, mach: float) -> float:
        """Heat shield first, near trim."""
        return self._drag(mach)

    def forces(
        self, q_pa: float, mach: float, incidence_rad: float, seek_rad: float, *, rate_over_2v: float, shield_on: bool
    ) -> tuple[float, float, float]:
        """(drag N, lift N, counter-clockwise moment N m).

        seek_rad      incidence of the trim that is held, + counter-clockwise like the incidence itself
        rate_over_2v  turn rate over twice the airspeed, rad/m
        Lift is + to the left of the flight, which is up in a flight to the right: a blunt capsule that is turned
        counter-clockwise is pushed down, because its axial force is what leans.
        """
        drag = self._drag(mach) if shield_on else self._open
        lift = self._lift
        stability = self._stability
        size = abs(incidence_rad)
        if size > _AHEAD_RAD:
            share = shield_first(size)
            drag = share * drag + (1.0 - share) * self._backward
            lift *= share
            stability *= share + _TAIL_FIRST_STABILITY * (1.0 - share)
        drag_n = q_pa * self.area_m2 * drag
        turning = self._damping(mach) * self.diameter_m * rate_over_2v - stability * sin(incidence_rad - seek_rad)
        return drag_n, -lift * drag_n * sin(incidence_rad), q_pa * self.area_m2 * self.diameter_m * turning


def shield_first(incidence_rad: float) -> float:
    """How much of a capsule at this incidence, without its sign, behaves as one that flies heat shield first.

    >>> shield_first(0.3), shield_first(3.0)
    (1.0, 0.0)
    """
    share = (_ABEAM_RAD - incidence_rad) / (_ABEAM_RAD - _AHEAD_RAD)
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
