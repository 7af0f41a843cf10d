"""The descent under the canopy: two masses on lines that do not stretch, by Newton, their pull taken out.

A capsule that can turn, and a point mass at the end of a line of fixed length from the place where its riser is made
fast. Four coordinates: distance to the centre and angle about it, attitude, angle of the line. The pull T of the line
is no force law but what keeps its length, from the constraint differentiated twice; the flight itself has two bodies
and the engine's joint between them. Positions are of the capsule, polar as in entry.py; vectors are (along, up) there.

The canopy: its drag acts against the flow at the canopy itself. When its line leans out of the flow by an angle d, the
air also pushes it aside, with all of drag x sin(d) but for `normal_force` of it: the pull follows the lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, exp, hypot, pi, radians, sin
from typing import Any, Final

import numpy as np
from scipy.integrate import solve_ivp

from game.sim.vehicle_spec import ParachuteSpec
from tests.independent.entry import RTOL, Entry, Model
from tests.independent.given import MU_M3_S2, Columns, Piece, whole

# r m, theta, up m/s, along m/s, attitude, turn rate, line angle, its rate
ATOL: Final = (1e-4, 1e-11, 1e-6, 1e-6, 1e-8, 1e-8, 1e-8, 1e-8)
Vector = Any
Two = tuple[float, float]

# The opening, as the flight has it: area over that of the open canopy. Estimates of the game, none of them measured.
FIRST_AREA: Final = 0.02
DIP: Final = 0.78
SECOND_PEAK: Final = 1.12
SETTLES_S: Final = 0.6
FADE_MACH: Final = 0.2


def opened(spec: ParachuteSpec, since_s: float, mach: float) -> float:
    """Share of the area: a parabola up, two half waves down and up again, then it settles, pulsing when supersonic."""
    if since_s <= spec.inflate_s:
        return FIRST_AREA + (spec.overshoot - FIRST_AREA) * (since_s / spec.inflate_s) ** 2
    wave = (since_s - spec.inflate_s) / spec.second_peak_s
    if wave <= 1.0:
        top = spec.overshoot if wave <= 0.5 else SECOND_PEAK
        return DIP + (top - DIP) * cos(pi * wave) ** 2
    settled_s = since_s - spec.inflate_s - spec.second_peak_s
    fade = exp(-settled_s / SETTLES_S)
    strong = min(max(1.0 - (spec.pulse_mach - mach) / FADE_MACH, 0.0), 1.0)
    pulse = spec.pulse * strong * (1.0 - fade) * sin(2.0 * pi * spec.pulse_hz * settled_s)
    return 1.0 + (SECOND_PEAK - 1.0) * fade + pulse


@dataclass
class Tied:
    """What one set of equations of motion is made of."""

    body: Piece
    anchor: Two  # from the body's centre of mass, in its axes
    shield_on: bool
    stretched_s: float


@dataclass
class Hanging:
    start_s: float
    end_s: float
    at: Callable[[float], Vector]
    tied: Tied


class Descent:
    """From the mortar of an entry to the backshell, the heat shield let go on the way."""

    def __init__(self, entry: Entry, mortar_s: float, shield_s: float, end_s: float) -> None:
        self.model: Model = entry.model
        vehicle = self.model.spec.vehicle
        self.chute, shell = vehicle.parachute, vehicle.backshell
        self.length_m = self.chute.lines_m + self.chute.riser_m
        self._drag = Columns(self.chute.drag_coefficient)
        self._riser_y = shell.above_stage_m + shell.riser_y_m
        self.legs: list[Hanging] = []
        stretched_s = mortar_s + self.chute.stretch_s
        pieces = {name: piece for name, piece in entry.pieces.items() if name != "canopy"}
        assert not any(name.startswith("ballast") for name in pieces)
        tied = self._tie(pieces, stretched_s, shield_on=True)
        state = self._stretch(entry, tied)
        first_s = stretched_s + self.chute.inflate_s
        half_s = 0.5 * self.chute.second_peak_s
        now_s = stretched_s
        for next_s in (first_s, first_s + half_s, first_s + 2.0 * half_s, shield_s):
            state = self._fly(now_s, next_s, state, tied)
            now_s = next_s
        shield = pieces.pop("heat shield")
        after = self._tie(pieces, stretched_s, shield_on=False)
        state = self._part(state, tied, after, shield, vehicle.heat_shield.push_mps)
        self.end = self._fly(now_s, end_s, state, after)
        self.tied = after

    # --- what can be asked ---

    def leg(self, t_s: float) -> Hanging:
        return next(leg for leg in self.legs if t_s <= leg.end_s)

    def rover(self, t_s: float) -> Two:
        """Distance to the centre, and speed, of the stowed rover's frame."""
        leg = self.leg(t_s)
        r, theta, up, along, attitude, turn, _, _ = leg.at(t_s).tolist()
        down_m = self.model.spec.vehicle.descent_stage.rover_below_m
        dx, dy = _turned(attitude + theta, (-leg.tied.body.x, -down_m - leg.tied.body.y))
        return hypot(r + dy, dx), hypot(along - turn * dy, up + turn * dx)

    def pull_n(self, t_s: float) -> Two:
        """(drag of the canopy, pull of its lines)."""
        leg = self.leg(t_s)
        parts = self._forces(t_s, leg.at(t_s).tolist(), leg.tied)
        return parts.drag_n, parts.pull_n

    # --- the equations ---

    def _forces(self, t_s: float, state: list[float], tied: Tied) -> Forces:
        r, theta, up, along, attitude, turn, line, line_rate = state
        model, body, spin = self.model, tied.body, self.model.spin
        a = _turned(attitude + theta, tied.anchor)
        e = (cos(line + theta), sin(line + theta))
        n = (-e[1], e[0])
        # capsule
        push = model.push(r, theta, along, up, attitude, turn, 0.0, shield_on=tied.shield_on)
        gravity = _gravity(r, 0.0, 0.0, along, up, spin)
        f = (push.along_n / body.kg + gravity[0], push.up_n / body.kg + gravity[1])
        moment = push.moment_nm - self.chute.swing_damping_n_m_s * turn
        # canopy
        dx, dy = a[0] + self.length_m * e[0], a[1] + self.length_m * e[1]
        swing = self.length_m * line_rate
        vx, vy = along - turn * a[1] + swing * n[0], up + turn * a[0] + swing * n[1]
        far = hypot(r + dy, dx)
        here = model.air.at(far - model.zero_m)
        # Along the ground below the canopy, seen in the axes of the place below the capsule.
        wx, wy = here.wind_mps * (r + dy) / far, -here.wind_mps * dx / far
        airspeed = hypot(vx - wx, vy - wy)
        mach = airspeed / here.sound_mps
        area = self.chute.reference_area_m2 * self._drag.at(mach)[0] * opened(self.chute, t_s - tied.stretched_s, mach)
        drag = 0.5 * here.density * airspeed**2 * area
        back = (-(vx - wx) / airspeed, -(vy - wy) / airspeed)
        left = (-back[1], back[0])
        aside = e[0] * left[0] + e[1] * left[1]  # sine of the lean
        side = (1.0 - self.chute.normal_force) * drag * aside
        c_kg = self.chute.mass_kg
        gravity = _gravity(r, dx, dy, vx, vy, spin)
        g = (
            (drag * back[0] + side * left[0]) / c_kg + gravity[0],
            (drag * back[1] + side * left[1]) / c_kg + gravity[1],
        )
        # The line keeps its length: along e both ends must accelerate alike, but for what turning takes.
        lever = a[0] * e[1] - a[1] * e[0]
        turning = turn * turn * (a[0] * e[0] + a[1] * e[1]) + self.length_m * line_rate**2
        wanted = _dot(g, e) - _dot(f, e) - moment * lever / body.kg_m2 + turning
        pull = wanted / (1.0 / c_kg + 1.0 / body.kg + lever * lever / body.kg_m2)
        return Forces(f, g, moment, pull, drag, a, e, n, lever)

    def _rates(self, tied: Tied) -> Callable[[float, Vector], list[float]]:
        def of(t_s: float, vector: Vector) -> list[float]:
            state = vector.tolist()
            r, _, up, along, _, turn, _, line_rate = state
            p = self._forces(t_s, state, tied)
            ax, ay = (p.f[i] + p.pull_n * p.e[i] / tied.body.kg for i in (0, 1))
            spin_up = (p.moment + p.pull_n * p.lever) / tied.body.kg_m2
            across = _dot(p.g, p.n) - _dot(p.f, p.n) - spin_up * _dot((-p.a[1], p.a[0]), p.n)
            across += turn * turn * _dot(p.a, p.n)
            return [
                up, along / r, ay + along * along / r, ax - along * up / r, turn, spin_up, line_rate,
                across / self.length_m,
            ]  # fmt: skip

        return of

    # --- what happens at once ---

    def _tie(self, pieces: dict[str, Piece], stretched_s: float, *, shield_on: bool) -> Tied:
        body = whole(pieces)
        return Tied(body, (-body.x, self._riser_y - body.y), shield_on, stretched_s)

    def _stretch(self, entry: Entry, tied: Tied) -> Vector:
        """The canopy leaves its can, and stands where the flow at the riser holds it, but for some degrees aside."""
        state = entry.end
        old = whole(entry.pieces)
        r, theta, speed, path, attitude, turn, _ = state.tolist()
        dx, dy = _turned(attitude + theta, (tied.body.x - old.x, tied.body.y - old.y))
        along, up = speed * cos(path) - turn * dy, speed * sin(path) + turn * dx
        ax, ay = _turned(attitude + theta, tied.anchor)
        wind = self.model.air.at(r - self.model.zero_m).wind_mps
        back = atan2(-(up + turn * ax), -(along - turn * ay - wind))
        line = back + radians(self.chute.stretch_aside_deg) - theta
        return np.array([hypot(r + dy, dx), theta + dx / r, up, along, attitude, turn, line, 0.0])

    def _part(self, state: Vector, old: Tied, new: Tied, piece: Piece, push_mps: float) -> Vector:
        """Springs push the piece off along the axis; what is left takes the blow together with its canopy."""
        r, theta, up, along, attitude, turn, line, line_rate = state.tolist()
        dx, dy = _turned(attitude + theta, (new.body.x - old.body.x, new.body.y - old.body.y))
        along, up = along - turn * dy, up + turn * dx
        r2 = hypot(r + dy, dx)
        blow = push_mps * piece.kg * new.body.kg / (piece.kg + new.body.kg)
        axis = _turned(attitude + theta, (0.0, 1.0))
        beside = piece.x - new.body.x
        a, e = _turned(attitude + theta, new.anchor), (cos(line + theta), sin(line + theta))
        n = (-e[1], e[0])
        lever = a[0] * e[1] - a[1] * e[0]
        # free: what the blow alone would do; then the pull that keeps the line's ends at their distance
        f = (blow * axis[0] / new.body.kg, blow * axis[1] / new.body.kg)
        spun = blow * beside / new.body.kg_m2
        stray = -_dot(f, e) - spun * lever
        jerk = stray / (1.0 / self.chute.mass_kg + 1.0 / new.body.kg + lever * lever / new.body.kg_m2)
        spun += jerk * lever / new.body.kg_m2
        fx, fy = (f[i] + jerk * e[i] / new.body.kg for i in (0, 1))
        # across the line the canopy goes on as it did
        swing = self.length_m * line_rate - _dot((fx, fy), n) - spun * _dot((-a[1], a[0]), n)
        return np.array([r2, theta + dx / r, up + fy, along + fx, attitude, turn + spun, line, swing / self.length_m])

    def _fly(self, start_s: float, end_s: float, state: Vector, tied: Tied) -> Vector:
        found = solve_ivp(
            self._rates(tied), (start_s, end_s), state, method="DOP853", rtol=RTOL, atol=ATOL, dense_output=True
        )
        assert found.success
        self.evaluations = getattr(self, "evaluations", 0) + found.nfev
        self.legs.append(Hanging(start_s, end_s, found.sol, tied))
        return found.y[:, -1]


@dataclass
class Forces:
    """Accelerations of capsule (f) and canopy (g) without the lines, and the geometry of these."""

    f: Two
    g: Two
    moment: float
    pull_n: float
    drag_n: float
    a: Two
    e: Two
    n: Two
    lever: float


def _gravity(r: float, dx: float, dy: float, along: float, up: float, spin: float) -> Two:
    """Newton, centrifugal and Coriolis, (dx, dy) beside a spot at this distance, in the axes of that spot."""
    own = hypot(r + dy, dx)
    pull = (MU_M3_S2 / own**2 - spin * spin * own) / own
    return -pull * dx - 2.0 * spin * up, -pull * (r + dy) + 2.0 * spin * along


def _turned(angle: float, arm: Two) -> Two:
    c, s = cos(angle), sin(angle)
    return c * arm[0] - s * arm[1], s * arm[0] + c * arm[1]


def _dot(a: Two, b: Two) -> float:
    return a[0] * b[0] + a[1] * b[1]
