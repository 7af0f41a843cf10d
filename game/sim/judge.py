"""The rules of living and losing: from who touched whom, and how fast, to an outcome.

Physics decides what happens; the judge only names it. Rules by figures are few and stand in the level's limits:
wheels break over one speed, the suspension over another along the ground. Tipping, dragging and striking are seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import degrees, radians
from typing import Final

from game.sim.contacts import ROVER, SOIL, STACK, Contacts, Touch
from game.sim.events import Reason
from game.sim.spec import TICK_HZ, LimitsSpec

FIRST_CONTACT_TICKS: Final = TICK_HZ  # the touchdown speed is the largest approach within this of first contact
_RECENT_TICKS: Final = 3 * TICK_HZ  # a rock touched this long ago may still be what tipped us
_STEEP_RAD: Final = radians(10.0)  # a slope that is to blame for a rover that tips

Figures = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Touchdown:
    """How the rover met the ground: speeds of its centre relative to the ground just before a contact impulse."""

    speed_mps: float
    vertical_mps: float
    horizontal_mps: float
    distance_m: float
    slope_deg: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why the flight is lost, with the figures that the sentence needs."""

    reason: Reason
    figures: Figures = ()


@dataclass(slots=True)
class Situation:
    """What the judge sees of one tick. Velocities are the rover's: `vx, vy` before the step, `speed` after it."""

    tick: int
    contacts: Contacts
    released: bool
    cut: bool
    hovering: bool
    bridle_full: bool
    paid_m: float
    wheels_ready: bool
    fuel_out: bool
    vx_mps: float
    vy_mps: float
    speed_mps: float
    lean_rad: float
    slope_rad: float
    distance_m: float


class Judge:
    """Watches the contacts of one flight; remembers the touchdown and how long the rover has stood."""

    __slots__ = (
        "_all_wheels_tick",
        "_cut_in_air",
        "_hull_tick",
        "_limits",
        "_rock_tick",
        "_steepest_rad",
        "_stood",
        "first_tick",
        "touchdown",
        "wheels",
    )

    def __init__(self, limits: LimitsSpec) -> None:
        self._limits = limits
        self.touchdown: Touchdown | None = None
        self.first_tick: int | None = None
        self.wheels = (False, False, False)
        self._rock_tick = self._hull_tick = self._all_wheels_tick = -_RECENT_TICKS
        self._stood = 0
        self._steepest_rad = 0.0
        self._cut_in_air = False

    @property
    def standing(self) -> bool:
        """The rover has been still for long enough."""
        return self._stood >= self._limits.settle_s * TICK_HZ

    def judge(self, now: Situation) -> Verdict | None:
        """The verdict of this tick, or None while the flight is alive."""
        contacts = now.contacts
        if contacts.met(Touch.BACKSHELL, STACK):
            return Verdict(Reason.STRUCK_BY_BACKSHELL, (("speed_mps", now.speed_mps),))
        return self._judge_released(now) if now.released else self._judge_stowed(now)

    def held_up(self) -> bool:
        """Whether a standing rover rests on its belly instead of its wheels."""
        return self._hull_tick > self._all_wheels_tick

    def _judge_stowed(self, now: Situation) -> Verdict | None:
        if not now.contacts.met_any(SOIL, STACK):
            return None
        figures = _speeds(now)
        if now.fuel_out:
            return Verdict(Reason.FUEL_OUT, figures)
        if now.hovering or -now.vy_mps < self._limits.wheel_speed_mps:
            return Verdict(Reason.ROVER_NOT_RELEASED, figures)
        return Verdict(Reason.HIT_THE_GROUND, figures)

    def _judge_released(self, now: Situation) -> Verdict | None:
        contacts = now.contacts
        if not self.standing:  # a rover at rest is ground itself, and touches none
            self.wheels = (
                contacts.met(Touch.FRONT_WHEEL, SOIL),
                contacts.met(Touch.MIDDLE_WHEEL, SOIL),
                contacts.met(Touch.REAR_WHEEL, SOIL),
            )
        hull = contacts.met(Touch.HULL, SOIL)
        if hull:
            self._hull_tick = now.tick
        if all(self.wheels):
            self._all_wheels_tick = now.tick
        if contacts.met(Touch.ROCK, ROVER):
            self._rock_tick = now.tick
        on_ground = hull or any(self.wheels)

        if on_ground:
            # A rover that slides tips at the foot of the slope that is to blame.
            self._steepest_rad = max(self._steepest_rad, abs(now.slope_rad))
            verdict = self._approach(now)
            if verdict:
                return verdict
        if self.first_tick is None:
            return self._judge_hanging(now)
        if contacts.met(Touch.STAGE, ROVER):
            return Verdict(Reason.STAGE_ON_ROVER if now.cut else Reason.BRIDLE_NOT_CUT)
        if not now.cut and contacts.met(Touch.STAGE, SOIL):
            return Verdict(Reason.BRIDLE_NOT_CUT)
        if abs(now.lean_rad) > radians(self._limits.tipped_deg):
            return self._tipped(now)
        if not now.cut and on_ground and self._settling_done(now) and abs(now.vx_mps) > self._limits.along_speed_mps:
            return Verdict(Reason.DRAGGED, _speeds(now))
        still = now.speed_mps < self._limits.settle_speed_mps
        self._stood = self._stood + 1 if still else 0
        return None

    def _judge_hanging(self, now: Situation) -> Verdict | None:
        if not now.contacts.met(Touch.STAGE, SOIL):
            return None
        return Verdict(Reason.FUEL_OUT if now.fuel_out else Reason.HIT_THE_GROUND, _speeds(now))

    def _approach(self, now: Situation) -> Verdict | None:
        """The first second of contact: the fastest approach counts, and it breaks what it breaks."""
        if self.first_tick is None:
            self.first_tick = now.tick
            self._cut_in_air = now.cut
            if not now.wheels_ready:
                return self._record(now) or Verdict(Reason.WHEELS_NOT_READY, _speeds(now))
            if not now.cut and not now.bridle_full:
                return self._record(now) or Verdict(Reason.BRIDLE_NOT_FULL, (("paid_m", now.paid_m),))
        if now.tick - self.first_tick >= FIRST_CONTACT_TICKS:
            return None
        return self._record(now)

    def _record(self, now: Situation) -> Verdict | None:
        speed_mps = (now.vx_mps**2 + now.vy_mps**2) ** 0.5
        if self.touchdown is not None and speed_mps <= self.touchdown.speed_mps:
            return None
        self.touchdown = Touchdown(
            speed_mps, abs(now.vy_mps), abs(now.vx_mps), abs(now.distance_m), degrees(abs(now.slope_rad))
        )
        if speed_mps > self._limits.wheel_speed_mps:
            reason = Reason.WHEELS_BROKEN
        elif abs(now.vx_mps) > self._limits.along_speed_mps:
            reason = Reason.SUSPENSION_BROKEN
        else:
            return None
        if now.fuel_out:
            reason = Reason.FUEL_OUT
        elif self._cut_in_air:
            reason = Reason.CUT_TOO_EARLY
        return Verdict(reason, _speeds(now))

    def _settling_done(self, now: Situation) -> bool:
        return self.first_tick is not None and now.tick - self.first_tick >= FIRST_CONTACT_TICKS

    def _tipped(self, now: Situation) -> Verdict:
        figures: Figures = (("slope_deg", degrees(self._steepest_rad)),)
        if not now.cut and self._settling_done(now):
            return Verdict(Reason.DRAGGED, _speeds(now))
        if now.tick - self._rock_tick < _RECENT_TICKS:
            return Verdict(Reason.TIPPED_ON_ROCK, figures)
        if self._steepest_rad > _STEEP_RAD:
            return Verdict(Reason.TIPPED_ON_SLOPE, figures)
        return Verdict(Reason.TIPPED_BY_SPEED, _speeds(now))


def _speeds(now: Situation) -> Figures:
    """The approach, for the sentence that says what happened."""
    return (
        ("speed_mps", (now.vx_mps**2 + now.vy_mps**2) ** 0.5),
        ("vertical_mps", abs(now.vy_mps)),
        ("along_mps", abs(now.vx_mps)),
    )
