"""The bridle: three cords and an umbilical that a braked reel pays out between stage and rover.

Each cord is a one-sided spring and damper. The reel's rate stands inside the damper: a cord that is being paid out
does not pull for it, where a joint whose length is moved jerks. A shorter cord of the same stuff is stiffer.
"""

from __future__ import annotations

from math import cos, exp, sin, sqrt
from typing import Final

from game.sim.bodies import Mover
from game.sim.spec import DT_S
from game.sim.vehicle_spec import BridleSpec

_UMBILICAL: Final = 0.0  # no share of the cords' stiffness: it has its own
_STOWED_STRETCH: Final = 0.5  # no cord is stowed shorter than this: at 5 km/s the load would leave nothing of it
_CREEP_MPS: Final = 0.05  # the brake lets the last centimetres creep, or the reel would never be full


class Bridle:
    """What hangs between stage and rover from release to cut.

    paid_m   paid out so far, 0 to spec.length_m
    load_n   pull of all cords, as the stage's load cell reads it
    stretch  longest cord's stretch as a share of its length
    """

    __slots__ = ("_cords", "_damping", "_ease", "_gap_m", "_hidden_m", "_rate_mps", "_spec", "full", "load_n", "paid_m",
                 "stretch")  # fmt: skip

    def __init__(self, spec: BridleSpec, gap_m: float, stage_kg: float, rover_kg: float, load_n: float) -> None:
        """`gap_m` from the cords' upper to their lower ends at release; `load_n` is what they take over then."""
        self._spec = spec
        self._gap_m = gap_m
        # Cords that lie over each other in our plane act as one stronger cord.
        pairs: dict[tuple[float, float], int] = {}
        for stage_x_m, rover_x_m in spec.cords_m:
            pairs[stage_x_m, rover_x_m] = pairs.get((stage_x_m, rover_x_m), 0) + 1
        # (x on the stage, x on the rover, their distance squared, share of the stiffness); the umbilical comes last
        self._cords = [(a, b, (a - b) ** 2, n / len(spec.cords_m)) for (a, b), n in pairs.items()]
        self._cords.append((0.0, 0.0, 0.0, _UMBILICAL))
        reduced_kg = stage_kg * rover_kg / (stage_kg + rover_kg)
        self._damping = 2.0 * spec.damping_ratio * sqrt(reduced_kg)
        self._ease = 1.0 - exp(-DT_S / spec.reel_lag_s)
        # The cords leave their stowage taut: they take the load over without a drop, as far as they can be stretched.
        taken_m = load_n * gap_m / (spec.stiffness_n_m * (gap_m + spec.length_m))
        self._hidden_m = min(taken_m, _STOWED_STRETCH * gap_m)
        self._rate_mps = 0.0
        self.paid_m = 0.0
        self.full = False
        self.load_n = load_n
        self.stretch = 0.0

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        return self.paid_m, self._rate_mps, self.load_n

    def reel(self, share: float) -> bool:
        """Pay out for one tick at this share of the fastest rate, as far as the brake lets it.

        True in the tick that pays the last of it out.
        """
        if self.full:
            self._rate_mps = 0.0
            return False
        left_m = self._spec.length_m - self.paid_m
        allowed = max(self._spec.reel_mps * sqrt(min(max(left_m, 0.0) / self._spec.brake_m, 1.0)), _CREEP_MPS)
        self._rate_mps += self._ease * (share * self._spec.reel_mps - self._rate_mps)
        self._rate_mps = min(self._rate_mps, allowed)
        self.paid_m = min(self.paid_m + self._rate_mps * DT_S, self._spec.length_m)
        self.full = self.paid_m >= self._spec.length_m
        return self.full

    def pull(self, stage: Mover, rover: Mover, rover_x_m: float, rover_y_m: float) -> tuple[float, float, float, float]:
        """Force on the stage (x, y) and the torques on stage and rover; the rover feels the opposite force.

        (rover_x_m, rover_y_m) is the rover's frame seen from the centre of mass of its body.
        """
        spec = self._spec
        drop_m = self._gap_m + self.paid_m
        stiff_nm = spec.stiffness_n_m * (self._gap_m + spec.length_m)
        # The bodies' axes, the line between their centres and its rate: the same for every cord.
        sc, ss, rc, rs = cos(stage.pangle), sin(stage.pangle), cos(rover.pangle), sin(rover.pangle)
        stage_y, rover_y = spec.stage_y_m, spec.rover_y_m + rover_y_m
        x, y = rover.px - stage.px, rover.py - stage.py
        vx, vy = rover.vx - stage.vx, rover.vy - stage.vy
        total_x = total_y = stage_torque = rover_torque = load = stretch = 0.0
        for stage_x, cord_x, spread2, share in self._cords:
            rover_x = cord_x + rover_x_m
            ax, ay = sc * stage_x - ss * stage_y, ss * stage_x + sc * stage_y
            bx, by = rc * rover_x - rs * rover_y, rs * rover_x + rc * rover_y
            dx, dy = x + bx - ax, y + by - ay
            span_m = sqrt(dx * dx + dy * dy)
            if share == _UMBILICAL:
                over_m = span_m - drop_m - spec.umbilical_slack_m
                if over_m <= 0.0:
                    continue
                pull = spec.umbilical_stiffness_n_m * over_m
            else:
                length_m = sqrt(spread2 + drop_m * drop_m) - self._hidden_m
                over_m = span_m - length_m
                if over_m <= 0.0:
                    continue
                stiffness = stiff_nm / length_m
                rate = (
                    dx * (vx - rover.omega * by + stage.omega * ay) + dy * (vy + rover.omega * bx - stage.omega * ax)
                ) / span_m
                pull = share * (stiffness * over_m + self._damping * sqrt(stiffness) * (rate - self._rate_mps))
                if pull <= 0.0:
                    continue
                load += pull
                stretch = max(stretch, over_m / length_m)
            fx, fy = pull * dx / span_m, pull * dy / span_m
            total_x += fx
            total_y += fy
            stage_torque += ax * fy - ay * fx
            rover_torque -= bx * fy - by * fx
        self.load_n, self.stretch = load, stretch
        return total_x, total_y, stage_torque, rover_torque
