"""The descent stage: its engines' thrust and appetite, and its mass.

Eight engines in two groups of four, uprange (left) and downrange (right) of the middle. In each group two are
canted a little and two are splayed clear of the rover; under the sky crane only the splayed ones burn. Outward cants
push inwards: with both groups alike they cancel, with differential thrust they take from the moment.
"""

from __future__ import annotations

from math import cos, exp, radians, sin
from typing import Final

from game.sim.bodies import Lump
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.spec import DT_S
from game.sim.vehicle_spec import DescentStageSpec, EnginesSpec

ALL_ENGINES: Final = 8
SKY_CRANE_ENGINES: Final = 4
_EACH_KIND: Final = 2  # of each cant in a group


class Engines:
    """The throttled engines as two groups; what a group's engine pushes is `uprange_n` and `downrange_n`."""

    __slots__ = (
        "_arm_m",
        "_centre_y_m",
        "_ease",
        "_flow",
        "_lateral",
        "_spec",
        "_thrust_factor",
        "axial",
        "downrange_n",
        "lit",
        "max_axial_n",
        "min_axial_n",
        "uprange_n",
        "want_downrange_n",
        "want_uprange_n",
    )

    def __init__(self, spec: EnginesSpec, thrust_factor: float = 1.0, isp_factor: float = 1.0) -> None:
        """The factors are what a dispersed vehicle differs by; nobody who steers knows them."""
        self._spec = spec
        self._thrust_factor = thrust_factor
        self._ease = 1.0 - exp(-DT_S / spec.lag_s)
        # Specific impulse over thrust is a straight line: (at no thrust, per newton), times standard gravity.
        gravity = STANDARD_GRAVITY_MPS2 * isp_factor
        per_n = (spec.isp_high_s - spec.isp_low_s) / (spec.max_thrust_n - spec.min_thrust_n)
        self._flow = (gravity * (spec.isp_low_s - per_n * spec.min_thrust_n), gravity * per_n)
        self.lit = 0
        self.axial = 0.0  # axial thrust of a group per newton of each of its engines
        self.min_axial_n = self.max_axial_n = 0.0  # nominal, of the engines that burn
        self._lateral = self._arm_m = self._centre_y_m = 0.0
        self.uprange_n = self.downrange_n = 0.0
        self.want_uprange_n = self.want_downrange_n = 0.0

    def light(self, engines: int) -> None:
        """Burn on all eight engines, on the four splayed ones, or on none."""
        splayed = radians(self._spec.splayed_deg)
        cants = {0: (), SKY_CRANE_ENGINES: (splayed,), ALL_ENGINES: (splayed, radians(self._spec.canted_deg))}[engines]
        before_n = self.axial_n
        self.axial = _EACH_KIND * sum(cos(cant) for cant in cants)
        self.min_axial_n = 2.0 * self.axial * self._spec.min_thrust_n
        self.max_axial_n = 2.0 * self.axial * self._spec.max_thrust_n
        self._lateral = _EACH_KIND * sum(sin(cant) for cant in cants) * cos(radians(self._spec.cant_azimuth_deg))
        self.lit = engines
        each_n = 0.0
        if engines and before_n:
            # Switching engines off throttles up the others at once: the sum of the thrust carries over.
            each_n = min(max(0.5 * before_n / self.axial, self._spec.min_thrust_n), self._spec.max_thrust_n)
        self.uprange_n = self.downrange_n = self.want_uprange_n = self.want_downrange_n = each_n
        self.balance(self._centre_y_m)

    def balance(self, centre_y_m: float) -> None:
        """Hear where the centre of mass is now, as a height in the stage's frame: it sets the lever arm."""
        self._centre_y_m = centre_y_m
        self._arm_m = self._spec.arm_m * self.axial - (self._spec.drop_m + centre_y_m) * self._lateral

    @property
    def axial_n(self) -> float:
        """Nominal thrust along the stage's axis now."""
        return self.axial * (self.uprange_n + self.downrange_n)

    def levels(self) -> tuple[float, float]:
        """Thrust of an uprange and a downrange engine as a share of the maximum."""
        return self.uprange_n / self._spec.max_thrust_n, self.downrange_n / self._spec.max_thrust_n

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        return float(self.lit), self.uprange_n, self.downrange_n, self.want_uprange_n, self.want_downrange_n

    def demand(self, axial_n: float, moment_nm: float) -> None:
        """Split a wanted thrust and a wanted counter-clockwise moment over the two groups.

        Attitude comes first: where both cannot be had, the thrust gives way.
        """
        low, high = self._spec.min_thrust_n, self._spec.max_thrust_n
        half_range = 0.5 * (high - low)
        difference = 0.5 * moment_nm / self._arm_m
        if abs(difference) > half_range:
            difference = min(max(difference, -half_range), half_range)
        spread = abs(difference)
        middle = 0.5 * axial_n / self.axial
        if not low + spread <= middle <= high - spread:
            middle = min(max(middle, low + spread), high - spread)
        self.want_uprange_n = middle - difference
        self.want_downrange_n = middle + difference

    def step(self) -> tuple[float, float, float, float]:
        """Let the thrust follow for one tick: (axial N, lateral N in the stage's axes, moment N m, mass flow kg/s)."""
        ease = self._ease
        self.uprange_n = uprange = self.uprange_n + ease * (self.want_uprange_n - self.uprange_n)
        self.downrange_n = downrange = self.downrange_n + ease * (self.want_downrange_n - self.downrange_n)
        # Propellant of an engine: thrust over exhaust speed, which rises with the throttle.
        slowest, per_n = self._flow
        flow = uprange / (slowest + per_n * uprange) + downrange / (slowest + per_n * downrange)
        factor = self._thrust_factor
        return (
            self.axial * (uprange + downrange) * factor,
            self._lateral * (uprange - downrange) * factor,
            self._arm_m * (downrange - uprange) * factor,
            0.5 * self.lit * flow * factor,
        )


def stage_lump(spec: DescentStageSpec, mass_factor: float, propellant_kg: float) -> Lump:
    """The stage in its own frame, with what is left in its tanks; `mass_factor` is what a dispersed one differs by."""
    inertia = spec.dry_inertia_kg_m2 * mass_factor + propellant_kg * spec.propellant_radius_m**2
    return Lump(spec.dry_mass_kg * mass_factor + propellant_kg, inertia, 0.0, 0.0)
