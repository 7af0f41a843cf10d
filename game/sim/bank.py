"""The bank: which way the capsule's lift points, of which our plane shows the cosine."""

from __future__ import annotations

from math import acos, cos, radians, sqrt

from game.sim.spec import DT_S
from game.sim.vehicle_spec import AeroshellSpec


class Bank:
    """Rolls towards the wanted lift as fast as the thrusters let it; `lift` is the in-plane share now, -1 to 1.

    turning   False when `step` has nothing to do
    """

    __slots__ = ("_angle", "_most_accel", "_most_rate", "_rate", "_wanted", "lift", "turning", "wanted_lift")

    def __init__(self, spec: AeroshellSpec, lift: float) -> None:
        self._most_rate = radians(spec.bank_rate_deg_s)
        self._most_accel = radians(spec.bank_accel_deg_s2)
        self._angle = self._wanted = acos(lift)
        self._rate = 0.0
        self.turning = False
        self.lift = self.wanted_lift = lift

    def want(self, lift: float) -> None:
        if lift != self.wanted_lift:
            self.wanted_lift = lift
            self._wanted = acos(lift)
            self.turning = True

    def step(self) -> None:
        """One tick: speed up, and brake in time."""
        left = self._wanted - self._angle
        if not left and not self._rate:
            self.turning = False
            return
        kick = self._most_accel * DT_S
        size = abs(left)
        if size < kick * DT_S and abs(self._rate) <= kick:
            self._angle, self._rate = self._wanted, 0.0
        else:
            # The largest rate from which it still stops there, with the tick that it takes to notice.
            rate = min(sqrt(2.0 * self._most_accel * size + 0.25 * kick * kick) - 0.5 * kick, self._most_rate)
            rate = rate if left > 0.0 else -rate
            self._rate += min(max(rate - self._rate, -kick), kick)
            self._angle += self._rate * DT_S
        self.lift = cos(self._angle)

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        return self._angle, self._rate, self._wanted
