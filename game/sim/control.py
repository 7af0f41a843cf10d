"""The craft's own control laws: from a command to the thrust and the moment that the engines are asked for.

Damped: tilt is the lean to hold and springs back to upright; under the sky crane the throttle lever is the vertical
speed to hold. Raw: tilt is a turn rate, the throttle is thrust, nothing is held. The law works on the craft's own
estimates, never on the truth.
"""

from __future__ import annotations

from math import cos, exp, radians
from typing import Final

from game.sim.command import THROTTLE_MAX, TILT_MAX, Command
from game.sim.phases import Phase
from game.sim.spec import DT_S, ControlLaw
from game.sim.vehicle_spec import ControlSpec

_LEAST_COS: Final = 0.5  # beyond 60 degrees more thrust does not hold the height: it only pushes sideways


class Control:
    """The control law of one flight; its only memory is the filtered bridle load."""

    __slots__ = ("_ease", "_full_lean", "_spec", "damped", "full_lean_rad", "holds_speed", "load_n")

    def __init__(self, spec: ControlSpec, law: ControlLaw) -> None:
        self._spec = spec
        self.damped = law is ControlLaw.DAMPED
        self._ease = 1.0 - exp(-DT_S / spec.load_filter_s)
        self._full_lean = {
            Phase.FREE_FALL: radians(spec.lean_deg),
            Phase.POWERED: radians(spec.lean_deg),
            Phase.SKY_CRANE: radians(spec.hover_lean_deg),
            Phase.TOUCHDOWN: radians(spec.hover_lean_deg),
            Phase.FLYAWAY: radians(spec.flyaway_lean_deg),
        }
        self.load_n = 0.0
        self.full_lean_rad = 0.0
        self.holds_speed = False

    def enter(self, phase: Phase) -> None:
        """A new phase: what a full tilt asks for, and whether the lever is a vertical speed."""
        self.full_lean_rad = self._full_lean.get(phase, 0.0)
        self.holds_speed = self.damped and phase in (Phase.SKY_CRANE, Phase.TOUCHDOWN)

    def hear_load(self, load_n: float) -> None:
        """Filter the bridle's load cell for one tick."""
        self.load_n += self._ease * (load_n - self.load_n)

    def moment_nm(self, command: Command, tilt_rad: float, rate_rad_s: float, inertia_kg_m2: float) -> float:
        """Wanted counter-clockwise moment; tilt and its rate are + when leaning down-track."""
        spec = self._spec
        lever, omega = command.tilt / TILT_MAX, spec.attitude_rad_s
        if self.damped:
            error = lever * self.full_lean_rad - tilt_rad
            turn = omega * (omega * error - 2.0 * spec.attitude_damping * rate_rad_s)
        else:
            turn = 2.0 * omega * (lever * radians(spec.raw_rate_deg_s) - rate_rad_s)
        return -inertia_kg_m2 * turn

    def hold_n(self, command: Command, tilt_rad: float, vy_mps: float, *, weight_n: float, moved_kg: float) -> float:
        """Thrust along the axis that holds the vertical speed of the lever.

        vy_mps is the estimated vertical speed, weight_n that of what the engines carry themselves, moved_kg the mass
        with what hangs on the bridle, whose pull comes in by the load cell.
        """
        spec = self._spec
        wanted_mps = command.throttle / THROTTLE_MAX * (spec.climb_mps + spec.descent_mps) - spec.descent_mps
        hold_n = moved_kg * spec.vertical_rad_s * (wanted_mps - vy_mps)
        return (weight_n + self.load_n + hold_n) / max(cos(tilt_rad), _LEAST_COS)
