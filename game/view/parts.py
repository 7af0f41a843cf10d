"""The spacecraft's parts as drawings, to scale, each in the frame that its pose in a snapshot has (m, y up).

Sizes that the vehicle's file gives are taken from it; what the file does not know (tanks, mast, arm) is composed
after the published pictures of the real thing, inside the same outlines.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Final

from game.sim.vehicle_spec import DescentStageSpec, RoverSpec, VehicleSpec
from game.view import art
from game.view import palette as p
from game.view.ink import arc_points, circle_points
from game.view.sprites import Area, Dot, Drawing, Mark, Rod, area, box

_CHASSIS: Final = "chassis_stowed"  # the mast comes up days after the landing
_ROCKER: Final = ("rocker_front", "rocker_rear", "rocker_leg")


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that is drawn as a picture. The bogie's frame is its pivot; the wheel's is its axle.

    rocker   front arm and rear arm about the hub, and the front wheel's leg about the axle; empty without files
    """

    stage: Drawing
    stage_wreck: Drawing
    chassis: Drawing
    chassis_wreck: Drawing
    rocker: tuple[Drawing, ...]
    bogie: Drawing
    wheel: Drawing
    backshell: Drawing
    backshell_open: Drawing
    backshell_wreck: Drawing
    heat_shield: Drawing
    heat_shield_scorched: Drawing
    cruise_stage: Drawing
    balance_mass: Drawing
    cruise_balance_mass: Drawing
    bag: Drawing

    def all(self) -> tuple[Drawing, ...]:
        """What flies in the last minute."""
        return (
            self.stage, self.stage_wreck, self.chassis, self.chassis_wreck, *self.rocker, self.bogie, self.wheel
        )  # fmt: skip

    def shells(self) -> tuple[Drawing, ...]:
        """What hangs on the parachute behind us."""
        return self.backshell, self.backshell_open

    def carriers(self) -> tuple[Drawing, ...]:
        """What is gone before the last minute."""
        return (
            *self.shells(), self.heat_shield, self.heat_shield_scorched, self.cruise_stage, self.balance_mass,
            self.cruise_balance_mass, self.bag,
        )  # fmt: skip


def parts_of(vehicle: VehicleSpec) -> Parts:
    """The drawings of one vehicle."""
    stage = stage_marks(vehicle.descent_stage)
    chassis = chassis_marks(vehicle.rover)
    return Parts(
        stage=Drawing("stage", stage, p.WHITE_SHADE),
        stage_wreck=Drawing("stage_wreck", stage, p.METAL, of="stage", burnt=True),
        chassis=Drawing("chassis", chassis, p.WHITE, of=_CHASSIS),
        chassis_wreck=Drawing("chassis_wreck", chassis, p.METAL, of=_CHASSIS, burnt=True),
        rocker=tuple(map(Drawing, _ROCKER)) if set(_ROCKER) <= set(art.parts()) else (),
        bogie=Drawing("bogie", bogie_marks(vehicle.rover), p.METAL),
        wheel=Drawing(
            "wheel", wheel_marks(vehicle.rover.wheel_radius_m), p.WHEEL, stretch=_wheel_stretch(vehicle.rover)
        ),
        backshell=Drawing("backshell"),
        backshell_open=Drawing("backshell_open"),
        backshell_wreck=Drawing("backshell_wreck", of="backshell", burnt=True),
        heat_shield=Drawing("heat_shield"),
        heat_shield_scorched=Drawing("heat_shield_scorched"),
        cruise_stage=Drawing("cruise_stage"),
        balance_mass=Drawing("balance_mass"),
        cruise_balance_mass=Drawing("cruise_balance_mass"),
        bag=Drawing("parachute_bag"),
    )


def _wheel_stretch(spec: RoverSpec) -> float:
    """How much larger than the file's this vehicle's wheels are: Curiosity's are smaller."""
    file = art.parts().get("wheel")
    return 1.0 if file is None else 2.0 * spec.wheel_radius_m / file.size_m[0]


def nozzles(spec: DescentStageSpec) -> tuple[tuple[float, float, float, bool], ...]:
    """The engines as seen from the side, two of each corner behind one another: x, y of the nozzle's mouth (m),
    the angle of its plume from straight down (rad, + outwards down-track), and whether it burns in the sky crane."""
    engines = spec.engines
    turn = cos(radians(engines.cant_azimuth_deg))
    seen = []
    for side in (-1.0, 1.0):
        for cant, out_m, crane in ((engines.canted_deg, -0.17, False), (engines.splayed_deg, 0.13, True)):
            angle = side * radians(cant) * turn
            seen.append((side * (engines.arm_m + out_m), -engines.drop_m, angle, crane))
    return tuple(seen)


def stage_marks(spec: DescentStageSpec) -> tuple[Mark, ...]:
    """The descent stage: frame, tanks, boxes, radar, eight engines in pairs at the corners."""
    marks: list[Mark] = []
    # Back row: helium and propellant tanks behind the frame
    marks += _ball(0.0, 0.34, 0.34, p.METAL_LIT, p.METAL, p.METAL_SHADE)
    for x in (-0.42, 0.42):
        marks += _ball(x, 0.24, 0.33, p.GOLD, p.GOLD_SHADE, p.METAL_SHADE)
    # Top ring that held the backshell
    marks += [
        Rod((-0.62, 0.76), (0.62, 0.76), 0.07, p.WHITE_SHADE),
        Rod((-0.60, 0.74), (-0.86, 0.10), 0.05, p.METAL),
        Rod((0.60, 0.74), (0.86, 0.10), 0.05, p.METAL),
        Rod((-0.56, 0.74), (-0.20, 0.0), 0.045, p.METAL_LIT),
        Rod((0.56, 0.74), (0.20, 0.0), 0.045, p.METAL),
    ]
    # Engine arms
    for x, y, angle, _ in nozzles(spec):
        side = 1.0 if x > 0 else -1.0
        head = (x - 0.34 * sin(angle), y + 0.34 * cos(angle))
        marks += [
            Rod((side * 0.80, 0.06), head, 0.08, p.METAL),
            Rod((side * 0.80, -0.22), head, 0.06, p.METAL_SHADE),
        ]
    # Deck: a flat white box, lit from the left
    marks += [
        area(p.WHITE_SHADE, (-1.02, -0.34), (1.02, -0.34), (1.12, -0.04), (-1.12, -0.04)),
        area(p.WHITE, (-1.10, -0.20), (1.02, -0.20), (1.10, -0.03), (-1.12, -0.03)),
        area(p.WHITE_LIT, (-1.12, -0.09), (-0.20, -0.09), (-0.10, -0.02), (-1.12, -0.02)),
        box(p.GOLD, -0.34, -0.32, 0.30, -0.06),
        box(p.GOLD_LIT, -0.34, -0.15, -0.02, -0.06),
        box(p.GOLD_SHADE, 0.14, -0.32, 0.30, -0.06),
        # Bridle drum in the belly
        box(p.METAL_SHADE, -0.34, -0.52, 0.40, -0.34),
        Dot(0.02, -0.44, 0.10, p.METAL_LIT),
        Dot(0.04, -0.45, 0.06, p.METAL),
    ]
    # Front tanks
    for x in (-0.82, 0.82):
        marks += _ball(x, 0.24, 0.37, p.GOLD_LIT, p.GOLD, p.GOLD_SHADE)
        marks.append(Rod((x - 0.36, 0.22), (x + 0.36, 0.22), 0.05, p.WHITE_SHADE))
    # Low-gain antenna and the radar's dishes on their arm, down-track side
    marks += [
        Rod((0.10, 0.76), (0.10, 0.98), 0.05, p.METAL),
        Dot(0.10, 1.0, 0.07, p.WHITE_LIT),
        Rod((-1.02, -0.10), (-1.34, -0.02), 0.07, p.METAL),
        area(p.WHITE_SHADE, (-1.52, -0.16), (-1.24, -0.24), (-1.18, -0.04), (-1.46, 0.06)),
        area(p.WHITE_LIT, (-1.52, -0.16), (-1.40, -0.19), (-1.34, 0.02), (-1.46, 0.06)),
    ]
    for x, y, angle, _ in nozzles(spec):
        marks += _nozzle(x, y, angle)
    return tuple(marks)


def chassis_marks(spec: RoverSpec) -> tuple[Mark, ...]:
    """The rover's body as it lands: mast and arm folded, power source at the back, front down-track."""
    belly, deck = min(y for _, y in spec.outline_m), 0.36
    marks: list[Mark] = [
        # Power source at the back with its fins
        Rod((-0.86, 0.10), (-1.16, 0.22), 0.10, p.METAL),
        area(p.METAL_SHADE, (-1.40, -0.02), (-1.00, 0.10), (-1.14, 0.50), (-1.52, 0.36)),
    ]
    marks += [
        Rod((-1.46 + 0.085 * i, -0.01 + 0.03 * i), (-1.58 + 0.085 * i, 0.34 + 0.03 * i), 0.045, colour)
        for i, colour in enumerate((p.WHITE_LIT, p.WHITE, p.WHITE, p.WHITE_SHADE, p.WHITE_SHADE, p.METAL))
    ]
    marks += [
        # Body
        area(p.WHITE_SHADE, (-0.92, belly), (0.92, belly), (1.02, -0.12), (1.02, deck), (-0.98, deck), (-0.98, -0.15)),
        area(p.WHITE, (-0.96, -0.16), (1.00, -0.16), (1.02, deck), (-0.98, deck)),
        area(p.WHITE_LIT, (-0.98, 0.02), (-0.10, 0.02), (0.04, deck), (-0.98, deck)),
        box(p.METAL_SHADE, -0.88, belly, 0.88, belly + 0.05),
        # Panels and the plate with the shade line
        box(p.WHITE_SHADE, 0.34, -0.08, 0.78, 0.20),
        box(p.WHITE, 0.36, -0.05, 0.76, 0.18),
        box(p.GOLD, -0.64, -0.10, -0.34, 0.10),
        box(p.GOLD_LIT, -0.64, 0.0, -0.46, 0.10),
        box(p.GOLD_SHADE, -0.40, -0.10, -0.34, 0.10),
        # Deck with antenna, mast folded forward, its head at the front
        box(p.METAL, -1.02, deck, 1.06, deck + 0.05),
        box(p.METAL_LIT, -1.02, deck + 0.025, 0.0, deck + 0.05),
        area(p.WHITE_SHADE, (-0.86, deck + 0.05), (-0.46, deck + 0.05), (-0.40, deck + 0.20), (-0.80, deck + 0.20)),
        area(p.GOLD, (-0.84, deck + 0.07), (-0.56, deck + 0.07), (-0.52, deck + 0.18), (-0.79, deck + 0.18)),
        Rod((-0.12, deck + 0.11), (0.72, deck + 0.11), 0.10, p.WHITE_SHADE),
        Rod((-0.12, deck + 0.125), (0.50, deck + 0.125), 0.06, p.WHITE_LIT),
        Dot(-0.14, deck + 0.09, 0.10, p.METAL),
        area(p.WHITE, (0.66, deck + 0.04), (1.02, deck + 0.04), (1.02, deck + 0.28), (0.66, deck + 0.28)),
        area(p.WHITE_LIT, (0.66, deck + 0.18), (0.86, deck + 0.18), (0.90, deck + 0.28), (0.66, deck + 0.28)),
        Dot(0.95, deck + 0.16, 0.065, p.METAL_SHADE),
        # Arm folded across the front with its turret
        Rod((1.00, -0.02), (1.22, 0.16), 0.12, p.METAL_LIT),
        Rod((1.22, 0.16), (1.16, -0.16), 0.10, p.METAL),
        Dot(1.18, -0.14, 0.17, p.METAL_SHADE),
        Dot(1.15, -0.11, 0.10, p.METAL),
        Dot(1.22, 0.16, 0.08, p.WHITE_SHADE),
    ]
    return tuple(marks)


def bogie_marks(spec: RoverSpec) -> tuple[Mark, ...]:
    """The bogie's legs from its pivot down to the middle and the rear axle."""
    drop = spec.axle_y_m - spec.pivot_y_m
    middle, rear = spec.wheel_x_m[1] - spec.pivot_x_m, spec.wheel_x_m[2] - spec.pivot_x_m
    marks: list[Mark] = []
    for x in (middle, rear):
        knee = (0.78 * x, 0.42 * drop)
        marks += [
            Rod((0.0, 0.0), knee, 0.10, p.METAL),
            Rod(knee, (x, drop), 0.09, p.METAL),
            Rod((0.0, 0.02), (knee[0], knee[1] + 0.02), 0.045, p.WHITE_SHADE),
        ]
    marks += [Dot(0.0, 0.0, 0.10, p.METAL_LIT), Dot(0.0, 0.0, 0.05, p.METAL_SHADE)]
    return tuple(marks)


def wheel_marks(radius: float) -> tuple[Mark, ...]:
    """A wheel: dark tyre with its tread, curved spokes, hub."""
    marks: list[Mark] = []
    for i in range(24):
        a = i * pi / 12.0
        out, inner = radius * 1.0, radius * 0.9
        marks.append(Rod((inner * cos(a), inner * sin(a)), (out * cos(a), out * sin(a)), 0.026, p.METAL))
    marks += [
        Dot(0.0, 0.0, radius * 0.95, p.WHEEL),
        Area(tuple(arc_points(0.0, 0.0, radius * 0.95, 0.55 * pi, 1.2 * pi, 14)), p.WHEEL_LIT),
        Dot(0.0, 0.0, radius * 0.84, p.METAL),
        Dot(0.02, -0.02, radius * 0.80, p.METAL_SHADE),
    ]
    for i in range(6):
        a = i * pi / 3.0 + 0.2
        knee = (0.45 * radius * cos(a + 0.35), 0.45 * radius * sin(a + 0.35))
        marks += [
            Rod((0.0, 0.0), knee, 0.03, p.METAL_LIT),
            Rod(knee, (0.82 * radius * cos(a), 0.82 * radius * sin(a)), 0.03, p.METAL_LIT),
        ]
    marks += [Dot(0.0, 0.0, 0.32 * radius, p.METAL_LIT), Dot(0.01, -0.01, 0.2 * radius, p.METAL_SHADE)]
    return tuple(marks)


def _ball(x: float, y: float, radius: float, lit: p.Rgb, body: p.Rgb, shade: p.Rgb) -> list[Mark]:
    """A tank lit from the upper left."""
    return [
        Dot(x, y, radius, shade),
        Dot(x - 0.10 * radius, y + 0.08 * radius, 0.88 * radius, body),
        Area(tuple(circle_points(x - 0.32 * radius, y + 0.30 * radius, 0.46 * radius)), lit),
    ]


def _nozzle(x: float, y: float, angle: float) -> list[Mark]:
    """An engine's bell with its mouth at (x, y), pointing `angle` outwards from straight down."""

    def at(across: float, up: float) -> tuple[float, float]:
        return x + across * cos(angle) - up * sin(angle), y + across * sin(angle) + up * cos(angle)

    return [
        Area((at(-0.06, 0.34), at(0.06, 0.34), at(0.07, 0.22), at(-0.07, 0.22)), p.METAL_SHADE),
        Area((at(-0.05, 0.24), at(0.05, 0.24), at(0.13, 0.0), at(-0.13, 0.0)), p.METAL),
        Area((at(-0.05, 0.24), at(-0.01, 0.24), at(-0.05, 0.0), at(-0.13, 0.0)), p.METAL_LIT),
        Rod(at(-0.13, 0.0), at(0.13, 0.0), 0.03, p.METAL_SHADE),
    ]
