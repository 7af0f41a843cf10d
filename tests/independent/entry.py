"""The entry by the textbook: speed, path angle, distance to the centre, angle about it, attitude and its rate.

Equations of planar flight over a turning planet after Vinh, Busemann and Culp, Hypersonic and Planetary Entry Flight
Mechanics, 1980, chapter 2, in the plane of the flight (theirs of the equator, prograde):

    dr/dt     = V sin g                 dtheta/dt = V cos g / r
    dV/dt     = T/m - (mu/r2 - w2 r) sin g
    V dg/dt   = N/m - (mu/r2 - w2 r - V2/r) cos g + 2 w V
    I dq/dt   = M

with T and N the air's force along the path and to its left. The flight itself is Cartesian, of first order and in
steps of 1/120 s; this is polar, of eighth order, and as fine as it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.integrate import solve_ivp

from game.sim.spec import FlightSpec
from tests.independent.given import (
    EARTH_MPS2,
    MU_M3_S2,
    PAIRS_OF_BALLAST,
    ROTATION_RAD_S,
    SUTTON_GRAVES,
    Air,
    Coefficients,
    Piece,
    pieces_at_the_interface,
    whole,
)

RTOL: Final = 1e-9
# r m, theta, V m/s, path angle, attitude, turn rate, heat load J/m2
ATOL: Final = (1e-4, 1e-11, 1e-6, 1e-9, 1e-8, 1e-8, 1.0)
Vector = Any  # a numpy array of floats


class Push(NamedTuple):
    """What the air does to the capsule, and in which state of the flow."""

    along_n: float
    up_n: float
    moment_nm: float
    q_pa: float
    mach: float
    airspeed_mps: float
    incidence_rad: float
    density: float


@dataclass
class Leg:
    """One stretch of flight without a jump in it."""

    start_s: float
    end_s: float
    at: Callable[[float], Vector]
    pieces: dict[str, Piece]
    trim_share: float


@dataclass
class Model:
    """The planet, the air and the vehicle of one spec, and the equations of motion of the capsule in them."""

    spec: FlightSpec
    lift: float = field(init=False)

    def __post_init__(self) -> None:
        site = self.spec.site
        self.air = Air(self.spec.air, site)
        self.shape = Coefficients(self.spec.vehicle.aeroshell)
        self.zero_m = site.reference_radius_m
        self.spin = ROTATION_RAD_S * cos(radians(site.latitude_deg)) * sin(radians(site.track_azimuth_deg))
        self.lift = self.spec.start.lift

    def push(
        self, r: float, theta: float, along: float, up: float, attitude: float, turn: float, trim_share: float,
        *, shield_on: bool = True,
    ) -> Push:  # fmt: skip
        """Axial force along the flow, lift across it in proportion to the incidence's sine, moment towards trim."""
        here, shape = self.air.at(r - self.zero_m), self.shape
        air_along = along - here.wind_mps
        airspeed = hypot(air_along, up)
        mach = airspeed / here.sound_mps
        q_pa = here.density * airspeed * airspeed / 2.0
        # Counter-clockwise from the attitude that has the heat shield straight ahead; the attitude is measured in the
        # frame, the path on the spot, whose horizon is turned clockwise by theta.
        flow = atan2(up, air_along)
        incidence = (attitude - pi / 2.0 - (flow - theta) + pi) % (2.0 * pi) - pi
        drag_coefficient, trim, damping = shape.by_mach.at(mach)
        if not shield_on:
            drag_coefficient = shape.open_drag
        seek = -trim * self.lift * trim_share
        drag = q_pa * shape.area_m2 * drag_coefficient
        lift = -shape.lift_slope * sin(incidence) * drag
        moment = -shape.stability * sin(incidence - seek) + damping * turn * shape.diameter_m / (2.0 * airspeed)
        ca, sa = air_along / airspeed, up / airspeed
        return Push(
            -drag * ca - lift * sa, -drag * sa + lift * ca, q_pa * shape.area_m2 * shape.diameter_m * moment,
            q_pa, mach, airspeed, incidence, here.density,
        )  # fmt: skip

    def heat_w_m2(self, push: Push) -> float:
        """Sutton and Graves, all of it on the shield as long as that flies ahead."""
        nose_m = self.spec.vehicle.aeroshell.nose_radius_m
        return SUTTON_GRAVES * sqrt(push.density / nose_m) * push.airspeed_mps**3

    def load_g(self, push: Push, kg: float) -> float:
        return hypot(push.along_n, push.up_n) / kg / EARTH_MPS2

    def rates(self, trim_share: float, body: Piece) -> Callable[[float, Vector], list[float]]:
        """The equations above."""
        spin, kg, kg_m2 = self.spin, body.kg, body.kg_m2

        def of(_: float, state: Vector) -> list[float]:
            r, theta, speed, path, attitude, turn, _ = state.tolist()
            c, s = cos(path), sin(path)
            push = self.push(r, theta, speed * c, speed * s, attitude, turn, trim_share)
            tangential = push.along_n * c + push.up_n * s
            normal = push.up_n * c - push.along_n * s
            pull = MU_M3_S2 / (r * r) - spin * spin * r
            return [
                speed * s,
                speed * c / r,
                tangential / kg - pull * s,
                (normal / kg - (pull - speed * speed / r) * c + 2.0 * spin * speed) / speed,
                turn,
                push.moment_nm / kg_m2,
                self.heat_w_m2(push),
            ]

        return of

    def at_the_interface(self) -> Vector:
        """From the arrival's figures, which are of axes that do not turn."""
        start, arrival = self.spec.start, self.spec.start.arrival
        assert arrival is not None
        r = arrival.interface_radius_m
        inertial = sqrt(arrival.approach_mps**2 + 2.0 * MU_M3_S2 / r)
        angle = radians(arrival.entry_angle_deg)
        along, up = inertial * cos(angle) - self.spin * r, inertial * sin(angle)
        theta = arrival.downrange_m / self.zero_m
        path = atan2(up, along)
        attitude = pi / 2.0 + path - theta + radians(start.incidence_deg)
        return np.array([r, theta, hypot(along, up), path, attitude, radians(start.turn_deg_s), 0.0])


def moved(state: Vector, attitude: float, turn: float, dx: float, dy: float) -> Vector:
    """The state of another point of the same rigid body, (dx, dy) away in its axes: r, theta, V and path follow."""
    r, theta, speed, path = state[:4]
    # the body's axes in those of the place: its x axis stands at attitude + theta from the horizon
    c, s = cos(attitude + theta), sin(attitude + theta)
    along_m, up_m = c * dx - s * dy, s * dx + c * dy
    along, up = speed * cos(path) - turn * up_m, speed * sin(path) + turn * along_m
    r2 = hypot(r + up_m, along_m)
    turned = atan2(along_m, r + up_m)
    # the new place's horizon is turned clockwise by that angle
    state = state.copy()
    state[:4] = r2, theta + turned, hypot(along, up), atan2(up, along) + turned
    return state


class Entry:
    """The flight from the interface on, with its ballast thrown at the times that the spec says."""

    def __init__(self, model: Model, end_s: float) -> None:
        self.model = model
        self.legs: list[Leg] = []
        shell = model.spec.vehicle.aeroshell
        pieces = pieces_at_the_interface(model.spec.vehicle, model.spec.start.propellant_kg)

        def slow(_: float, state: Vector) -> float:
            return float(state[2]) - shell.straighten_mps

        slow.terminal, slow.direction = True, -1.0  # type: ignore[attr-defined]
        state = self._fly(0.0, end_s, model.at_the_interface(), pieces, 1.0, [slow])
        self.straighten_s = now_s = self.legs[-1].end_s
        for number, name in enumerate(PAIRS_OF_BALLAST[: shell.balance_pairs]):
            due_s = self.straighten_s + shell.balance_first_s + number * shell.balance_s
            if due_s >= end_s or now_s >= end_s:
                break
            share = 1.0 - number / shell.balance_pairs
            state = self._fly(now_s, due_s, state, pieces, share)
            old = whole(pieces)
            pieces = {key: piece for key, piece in pieces.items() if key != name}
            new = whole(pieces)
            state = moved(state, state[4], state[5], new.x - old.x, new.y - old.y)
            now_s = due_s
        else:
            number = shell.balance_pairs
        if now_s < end_s:
            state = self._fly(now_s, end_s, state, pieces, 1.0 - number / shell.balance_pairs)
        self.end = state
        self.pieces = pieces

    def _fly(
        self, start_s: float, end_s: float, state: Vector, pieces: dict[str, Piece], trim_share: float,
        events: Sequence[Any] = (),
    ) -> Vector:  # fmt: skip
        rates = self.model.rates(trim_share, whole(pieces))
        found = solve_ivp(
            rates, (start_s, end_s), state, method="DOP853", rtol=RTOL, atol=ATOL, events=list(events),
            dense_output=True,
        )  # fmt: skip
        assert found.success
        self.legs.append(Leg(start_s, float(found.t[-1]), found.sol, pieces, trim_share))
        self.evaluations = getattr(self, "evaluations", 0) + found.nfev
        return found.y[:, -1]

    def leg(self, t_s: float) -> Leg:
        return next(leg for leg in self.legs if t_s <= leg.end_s)

    def push(self, t_s: float) -> tuple[Push, float]:
        """(forces, mass) at this time."""
        leg = self.leg(t_s)
        r, theta, speed, path, attitude, turn, _ = leg.at(t_s).tolist()
        along, up = speed * cos(path), speed * sin(path)
        return self.model.push(r, theta, along, up, attitude, turn, leg.trim_share), whole(leg.pieces).kg

    def rover(self, t_s: float) -> Vector:
        """r, theta, speed and path of the stowed rover's frame, which is where a flight says that it is."""
        leg = self.leg(t_s)
        state, body = leg.at(t_s), whole(leg.pieces)
        down_m = self.model.spec.vehicle.descent_stage.rover_below_m
        return moved(state, state[4], state[5], -body.x, -down_m - body.y)[:4]
