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
from game.sim.spec import DT_S, ControlLaw, ControlSpec

_LEAST_COS: Final = 0.5  # beyond 60 degrees more thrust does not hold the height: it only pushes sideways


class Control:
    """The control law of one flight; its only memory is the filtered bridle load."""

    __slots__ = ("_damped", "_ease", "_lean", "_spec", "load_n")

    def __init__(self, spec: ControlSpec, law: ControlLaw) -> None:
        self._spec = spec
        self._damped = law is ControlLaw.DAMPED
        self._ease = 1.0 - exp(-DT_S / spec.load_filter_s)
        self._lean = {
            Phase.FREE_FALL: radians(spec.lean_deg),
            Phase.POWERED: radians(spec.lean_deg),
            Phase.SKY_CRANE: radians(spec.hover_lean_deg),
            Phase.TOUCHDOWN: radians(spec.hover_lean_deg),
            Phase.FLYAWAY: radians(spec.flyaway_lean_deg),
            Phase.OVER: 0.0,
        }
        self.load_n = 0.0

    def full_lean_rad(self, phase: Phase) -> float:
        """The lean that a full tilt asks of the damped law."""
        return self._lean[phase]

    def hear_load(self, load_n: float) -> None:
        """Filter the bridle's load cell for one tick."""
        self.load_n += self._ease * (load_n - self.load_n)

    def moment_nm(
        self, command: Command, phase: Phase, tilt_rad: float, rate_rad_s: float, inertia_kg_m2: float
    ) -> float:
        """Wanted counter-clockwise moment; tilt and its rate are + when leaning down-track."""
        spec = self._spec
        lever = command.tilt / TILT_MAX
        if self._damped:
            error = lever * self._lean[phase] - tilt_rad
            stiffness = spec.attitude_rad_s**2
            turn = stiffness * error - 2.0 * spec.attitude_damping * spec.attitude_rad_s * rate_rad_s
        else:
            turn = 2.0 * spec.attitude_rad_s * (lever * radians(spec.raw_rate_deg_s) - rate_rad_s)
        return -inertia_kg_m2 * turn

    def thrust_n(
        self,
        command: Command,
        phase: Phase,
        *,
        tilt_rad: float,
        vy_mps: float,
        gravity_mps2: float,
        pushed_kg: float,
        moved_kg: float,
        least_n: float,
        most_n: float,
    ) -> float:
        """Wanted thrust along the axis.

        vy_mps is the estimated vertical speed; pushed_kg what the engines carry themselves, moved_kg with what hangs
        on the bridle; least_n and most_n the engines' range.
        """
        lever = command.throttle / THROTTLE_MAX
        if not (self._damped and phase in (Phase.SKY_CRANE, Phase.TOUCHDOWN)):
            return least_n + lever * (most_n - least_n)
        spec = self._spec
        wanted_mps = lever * (spec.climb_mps + spec.descent_mps) - spec.descent_mps
        hold = moved_kg * spec.vertical_rad_s * (wanted_mps - vy_mps)
        return (pushed_kg * gravity_mps2 + self.load_n + hold) / max(cos(tilt_rad), _LEAST_COS)
