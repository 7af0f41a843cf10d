"""The capsule in the flow: drag, lift and pitching moment from Mach number and incidence, right side first or not.

Plain functions of numbers, so that the flight, the predictor on board and an independent integrator fly the same.

The real capsule has one fixed lift and rolls it; what shows in our plane is the cosine of the bank. Its component
across the track is taken as cancelled by the bank reversals. The total incidence stays at trim whichever way the
lift points, so that drag does not depend on the incidence until that is well past trim.
"""

from __future__ import annotations

from math import pi, radians, sin
from typing import Final

from game.sim.tables import stretch_at, stretches
from game.sim.vehicle_spec import AeroshellSpec

# The heat shield's coefficients hold so far, and are gone here; between, they fade into the backshell's.
_AHEAD_RAD: Final = radians(40.0)
_ABEAM_RAD: Final = radians(120.0)
_TAIL_FIRST_STABILITY: Final = 0.1  # of the heat shield's, an estimate: the cone behind hardly turns us round


class Aerodynamics:
    """Coefficients of one capsule. The factors are what a dispersed one differs by; nobody who steers knows them."""

    __slots__ = ("_backward", "_here", "_lift", "_open", "_stability", "_stretches", "area_m2", "diameter_m")

    def __init__(self, spec: AeroshellSpec, drag_factor: float = 1.0, lift_factor: float = 1.0) -> None:
        self.diameter_m = spec.diameter_m
        self.area_m2 = 0.25 * pi * spec.diameter_m**2 * drag_factor
        trim = tuple((mach, radians(trim_deg)) for mach, trim_deg in spec.trim_deg)
        self._stretches = stretches(spec.drag_coefficient, trim, spec.pitch_damping)
        self._here = self._stretches[0]
        self._open, self._backward = spec.open_drag_coefficient, spec.backward_drag
        self._lift = spec.lift_slope * lift_factor
        self._stability = spec.stability

    def at(self, mach: float) -> tuple[float, float, float]:
        """All that goes by the Mach number, in one: (drag coefficient, trim rad, pitch damping), heat shield first."""
        low, high, start, drag, drag_slope, trim, trim_slope, damping, damping_slope = self._here
        if not low <= mach < high:
            self._here = here = stretch_at(self._stretches, mach)
            _, _, start, drag, drag_slope, trim, trim_slope, damping, damping_slope = here
        past = mach - start
        return drag + drag_slope * past, trim + trim_slope * past, damping + damping_slope * past

    def trim_rad(self, mach: float) -> float:
        """Size of the incidence at which the capsule flies steadily."""
        return self.at(mach)[1]

    def drag_coefficient(self, mach: float) -> float:
        """Heat shield first, near trim."""
        return self.at(mach)[0]

    def forces(
        self, q_pa: float, mach: float, incidence_rad: float, seek_rad: float, *, rate_over_2v: float, shield_on: bool
    ) -> tuple[float, float, float]:
        """(drag N, lift N, counter-clockwise moment N m).

        seek_rad      incidence of the trim that is held, + counter-clockwise like the incidence itself
        rate_over_2v  turn rate over twice the airspeed, rad/m
        Lift is + to the left of the flight, which is up in a flight to the right: a blunt capsule that is turned
        counter-clockwise is pushed down, because its axial force is what leans.
        """
        drag, _, damping = self.at(mach)
        return self.forces_with(
            drag if shield_on else self._open, damping * rate_over_2v, q_pa * self.area_m2, incidence_rad, seek_rad
        )

    @property
    def open_drag_coefficient(self) -> float:
        """Without the heat shield, at any Mach number."""
        return self._open

    def forces_with(
        self, drag: float, damping_over_m: float, q_area_n: float, incidence_rad: float, seek_rad: float
    ) -> tuple[float, float, float]:
        """The same with what `at` gave: the drag coefficient, the damping times the rate over twice the airspeed.

        q_area_n  dynamic pressure times area
        """
        lift, stability = self._lift, self._stability
        size = abs(incidence_rad)
        if size > _AHEAD_RAD:
            share = shield_first(size)
            drag = share * drag + (1.0 - share) * self._backward
            lift *= share
            stability *= share + _TAIL_FIRST_STABILITY * (1.0 - share)
        drag_n, diameter_m = q_area_n * drag, self.diameter_m
        turning = damping_over_m * diameter_m - stability * sin(incidence_rad - seek_rad)
        return drag_n, -lift * drag_n * sin(incidence_rad), q_area_n * diameter_m * turning


def shield_first(incidence_rad: float) -> float:
    """How much of a capsule at this incidence, without its sign, behaves as one that flies heat shield first.

    >>> shield_first(0.3), shield_first(3.0)
    (1.0, 0.0)
    """
    share = (_ABEAM_RAD - incidence_rad) / (_ABEAM_RAD - _AHEAD_RAD)
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
