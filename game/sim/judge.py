"""The rules of living and losing: from who touched whom, and how fast, to an outcome.

Physics decides what happens; the judge only names it. Rules by figures are few and stand in the level's limits:
wheels break over one speed, the suspension over another along the ground. Tipping, dragging and striking are seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import degrees, hypot, radians
from typing import Final

from game.sim.contacts import BACKSHELL, ROVER, SOIL, STACK, Contacts, Touch
from game.sim.events import Figures, Reason
from game.sim.spec import TICK_HZ, LimitsSpec

FIRST_CONTACT_TICKS: Final = TICK_HZ  # the touchdown speed is the largest approach within this of first contact
_LIFTED_TICKS: Final = TICK_HZ // 4  # off the ground for so long, the rover comes down anew
_RECENT_TICKS: Final = 3 * TICK_HZ  # a rock touched this long ago may still be what tipped us
_STEEP_RAD: Final = radians(10.0)  # a slope that is to blame for a rover that tips


@dataclass(frozen=True, slots=True)
class Touchdown:
    """How the rover met the ground: speeds of its centre relative to the ground just before a contact impulse.

    speed_mps       of the hardest touch of the first second
    vertical_mps    its share downwards
    horizontal_mps  its share along the ground
    distance_m      from the target
    slope_deg       of the ground there
    """

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
    """Watches the contacts of one flight; remembers the touchdown and how long the rover has stood.

    first_tick  of the rover's contact with the ground; wheels: front, middle, rear pair on it now
    """

    __slots__ = (
        "_all_wheels_tick",
        "_cut_in_air",
        "_cut_seen",
        "_ground_tick",
        "_hull_tick",
        "_limits",
        "_rock_tick",
        "_steepest_rad",
        "_stood",
        "_touching",
        "_window_tick",
        "first_tick",
        "touchdown",
        "wheels",
    )

    def __init__(self, limits: LimitsSpec) -> None:
        self._limits = limits
        self.touchdown: Touchdown | None = None
        self.first_tick: int | None = None
        self.wheels = (False, False, False)
        self._touching = 0  # which of wheels and hull touched in the last tick, a bit each
        self._rock_tick = self._hull_tick = self._all_wheels_tick = -_RECENT_TICKS
        self._ground_tick = self._window_tick = 0
        self._stood = 0
        self._steepest_rad = 0.0
        self._cut_seen = self._cut_in_air = False

    @property
    def standing(self) -> bool:
        """The rover has stood on the ground by itself, still, for long enough."""
        return self._stood >= self._limits.settle_s * TICK_HZ

    def judge(self, now: Situation) -> Verdict | None:
        """The verdict of this tick, or None while the flight is alive."""
        # After the cut the stage is nobody's but its own: only the rover can still be lost.
        if now.contacts.met_any(BACKSHELL, ROVER if now.cut else STACK):
            return Verdict(Reason.STRUCK_BY_BACKSHELL, (("speed_mps", now.speed_mps),))
        return self._judge_released(now) if now.released else self._judge_stowed(now)

    def held_up(self) -> bool:
        """Whether a standing rover rests on its belly instead of its wheels."""
        return self._hull_tick > self._all_wheels_tick

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        ticks = (self._rock_tick, self._hull_tick, self._all_wheels_tick, self._ground_tick, self._window_tick)
        first = -1 if self.first_tick is None else self.first_tick
        return *ticks, first, self._touching, self._stood, self._steepest_rad, float(self._cut_in_air)

    def _judge_stowed(self, now: Situation) -> Verdict | None:
        if not now.contacts.met_any(SOIL, STACK):
            return None
        figures = _speeds(now)
        if now.fuel_out:
            return Verdict(Reason.FUEL_OUT, figures)
        soft = _speed(now) <= self._limits.wheel_speed_mps
        return Verdict(Reason.ROVER_NOT_RELEASED if soft else Reason.HIT_THE_GROUND, figures)

    def _judge_released(self, now: Situation) -> Verdict | None:
        if self.standing:
            # At rest it is ground itself and touches none; only what falls on it can still end the flight badly.
            return self._judge_stage(now)
        if now.cut and not self._cut_seen:
            self._cut_seen = True
            self._cut_in_air = self.first_tick is None or now.tick - self._ground_tick > _LIFTED_TICKS
        on_ground = self._feel_ground(now)
        if on_ground:
            verdict = self._approach(now)
            if verdict:
                return verdict
        verdict = self._judge_stage(now)
        if verdict or self.first_tick is None:
            return verdict
        if abs(now.lean_rad) > radians(self._limits.tipped_deg):
            return self._tipped(now)
        if on_ground and self._tied_after_touchdown(now) and abs(now.vx_mps) > self._limits.along_speed_mps:
            return Verdict(Reason.DRAGGED, _speeds(now))
        still = now.speed_mps < self._limits.settle_speed_mps
        self._stood = self._stood + 1 if still and on_ground and now.cut else 0
        return None

    def _judge_stage(self, now: Situation) -> Verdict | None:
        """A stage that comes down while it is tied, or on the rover."""
        on_rover = now.contacts.met(Touch.STAGE, ROVER) and self.first_tick is not None
        if now.cut:
            return Verdict(Reason.STAGE_ON_ROVER) if on_rover else None
        if not (on_rover or now.contacts.met(Touch.STAGE, SOIL)):
            return None
        if now.fuel_out:
            return Verdict(Reason.FUEL_OUT, _speeds(now))
        return Verdict(Reason.HIT_THE_GROUND if self.first_tick is None else Reason.BRIDLE_NOT_CUT, _speeds(now))

    def _feel_ground(self, now: Situation) -> bool:
        """Take in what touches the ground in this tick."""
        contacts = now.contacts
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
        return on_ground

    def _approach(self, now: Situation) -> Verdict | None:
        """What has newly touched arrived at some speed: it breaks what it breaks, and may be the touchdown's."""
        front, middle, rear = self.wheels
        touching = front + 2 * middle + 4 * rear + 8 * (self._hull_tick == now.tick)
        new = touching & ~self._touching or now.tick - self._ground_tick > 1
        lifted = now.tick - self._ground_tick > _LIFTED_TICKS
        self._touching, self._ground_tick = touching, now.tick
        first = self.first_tick is None
        if first or lifted:
            self._window_tick = now.tick
        if first:
            self.first_tick = now.tick
        if not new:
            return None
        touching_down = now.tick - self._window_tick < FIRST_CONTACT_TICKS
        if touching_down:
            self._record(now)
        broken = self._broken(now, touching_down)
        if broken or not first:
            return broken
        if not now.wheels_ready:
            return Verdict(Reason.WHEELS_NOT_READY, _speeds(now))
        if not now.cut and not now.bridle_full:
            return Verdict(Reason.BRIDLE_NOT_FULL, (("paid_m", now.paid_m),))
        return None

    def _record(self, now: Situation) -> None:
        """Keep the hardest touch of the touchdown."""
        speed_mps = _speed(now)
        if self.touchdown is None or speed_mps > self.touchdown.speed_mps:
            self.touchdown = Touchdown(
                speed_mps, abs(now.vy_mps), abs(now.vx_mps), abs(now.distance_m), degrees(abs(now.slope_rad))
            )

    def _broken(self, now: Situation, touching_down: bool) -> Verdict | None:
        if _speed(now) > self._limits.wheel_speed_mps:
            reason = Reason.WHEELS_BROKEN
        elif touching_down and abs(now.vx_mps) > self._limits.along_speed_mps:
            reason = Reason.SUSPENSION_BROKEN  # later it slides: that is for slope and friction to settle
        else:
            return None
        if self._cut_in_air:
            reason = Reason.CUT_TOO_EARLY
        elif now.fuel_out:
            reason = Reason.FUEL_OUT
        return Verdict(reason, _speeds(now))

    def _tied_after_touchdown(self, now: Situation) -> bool:
        """The bridle still holds a rover that should have been let go."""
        return not now.cut and self.first_tick is not None and now.tick - self.first_tick >= FIRST_CONTACT_TICKS

    def _tipped(self, now: Situation) -> Verdict:
        figures: Figures = (("slope_deg", degrees(self._steepest_rad)),)
        if self._tied_after_touchdown(now):
            return Verdict(Reason.DRAGGED, _speeds(now))
        if now.tick - self._rock_tick < _RECENT_TICKS:
            return Verdict(Reason.TIPPED_ON_ROCK, figures)
        if self._steepest_rad > _STEEP_RAD:
            return Verdict(Reason.TIPPED_ON_SLOPE, figures)
        return Verdict(Reason.TIPPED_BY_SPEED, _speeds(now))


def _speed(now: Situation) -> float:
    return hypot(now.vx_mps, now.vy_mps)


def _speeds(now: Situation) -> Figures:
    """The approach, for the sentence that says what happened."""
    return (
        ("speed_mps", _speed(now)),
        ("vertical_mps", abs(now.vy_mps)),
        ("along_mps", abs(now.vx_mps)),
    )
