"""Drawings of what carries the rover from deep space: cruise stage, heat shield, masses, the parachute's bag."""

from __future__ import annotations

from game.sim.vehicle_spec import BackshellSpec, HeatShieldSpec
from game.view import palette as p
from game.view.ink import circle_points
from game.view.sprites import Area, Dot, Mark, Rod, area, box


def cruise_stage_marks() -> tuple[Mark, ...]:
    """The ring that flew us here, from the side: solar array on top, tanks and thrusters below, adapter underneath."""
    marks: list[Mark] = [
        # Adapter to the backshell
        area(p.METAL_SHADE, (-0.78, -0.52), (0.78, -0.52), (0.98, -0.12), (-0.98, -0.12)),
        area(p.METAL, (-0.78, -0.52), (-0.10, -0.52), (-0.14, -0.12), (-0.98, -0.12)),
    ]
    for x in (-0.62, 0.0, 0.62):
        marks += [
            Dot(x, -0.06, 0.24, p.GOLD_SHADE),
            Dot(x - 0.03, -0.04, 0.20, p.GOLD),
            Area(tuple(circle_points(x - 0.08, 0.02, 0.10)), p.GOLD_LIT),
        ]
    marks += [
        # Drum with its radiators: white blinds all around
        box(p.WHITE_SHADE, -1.18, -0.02, 1.18, 0.26),
        box(p.WHITE, -1.18, -0.02, 0.50, 0.26),
        box(p.WHITE_LIT, -1.18, -0.02, -0.40, 0.26),
    ]
    marks += [Rod((-1.0 + 0.25 * i, 0.0), (-1.0 + 0.25 * i, 0.24), 0.02, p.WHITE_SHADE) for i in range(9)]
    # Thruster clusters at both ends
    for side in (-1.0, 1.0):
        marks += [
            box(p.METAL, side * 1.27 - 0.10, -0.06, side * 1.27 + 0.10, 0.14),
            area(p.METAL_SHADE, (side * 1.32, -0.04), (side * 1.54, -0.20), (side * 1.54, -0.02), (side * 1.34, 0.10)),
        ]
    marks += [
        # Solar array: a thin dark plate, its cells seen from the edge
        area(p.ARRAY_SHADE, (-1.33, 0.26), (1.33, 0.26), (1.28, 0.40), (-1.28, 0.40)),
        area(p.ARRAY, (-1.32, 0.31), (1.10, 0.31), (1.08, 0.40), (-1.28, 0.40)),
        area(p.ARRAY_LIT, (-1.30, 0.35), (-0.30, 0.35), (-0.34, 0.40), (-1.28, 0.40)),
    ]
    marks += [Rod((-1.05 + 0.42 * i, 0.27), (-1.04 + 0.42 * i, 0.39), 0.02, p.METAL_SHADE) for i in range(6)]
    marks += [
        # Antennas on top
        box(p.WHITE_SHADE, -0.16, 0.40, 0.16, 0.56),
        box(p.WHITE_LIT, -0.16, 0.40, -0.02, 0.56),
        Rod((0.02, 0.56), (0.02, 0.70), 0.06, p.METAL),
        Dot(0.02, 0.72, 0.07, p.WHITE_LIT),
        Rod((0.62, 0.40), (0.62, 0.58), 0.04, p.METAL),
        Dot(0.62, 0.58, 0.05, p.WHITE),
    ]
    return tuple(marks)


def heat_shield_marks(spec: HeatShieldSpec) -> tuple[Mark, ...]:
    """The blunt cone: the tiles' face below, its gold rim above, dark inside."""
    outline = spec.outline_m
    rim = max(y for _, y in outline)
    wide = max(x for x, _ in outline)
    nose = min(y for _, y in outline)
    face = [(-wide, rim - 0.06), (-0.50 * wide, 0.62 * nose), (-0.20 * wide, nose), (0.20 * wide, nose),
            (0.50 * wide, 0.62 * nose), (wide, rim - 0.06)]  # fmt: skip
    marks: list[Mark] = [
        Area((*face, (wide, rim), (-wide, rim)), p.TILE),
        area(p.TILE_LIT, (-wide, rim), (-wide, rim - 0.06), (-0.50 * wide, 0.62 * nose), (-0.20 * wide, nose),
             (-0.26 * wide, nose + 0.22), (-0.52 * wide, 0.10)),
        area(p.TILE_SHADE, (wide, rim), (wide, rim - 0.06), (0.50 * wide, 0.62 * nose), (0.20 * wide, nose),
             (0.22 * wide, nose + 0.16), (0.50 * wide, 0.0)),
        area(p.GOLD, (-wide, rim), (wide, rim), (0.985 * wide, rim - 0.11), (-0.985 * wide, rim - 0.11)),
        area(p.GOLD_LIT, (-wide, rim), (-0.35 * wide, rim), (-0.35 * wide, rim - 0.11), (-0.985 * wide, rim - 0.11)),
        area(p.GOLD_SHADE, (0.42 * wide, rim), (wide, rim), (0.985 * wide, rim - 0.11), (0.42 * wide, rim - 0.11)),
    ]  # fmt: skip
    # Seams of the tiles
    for x in (-0.7, -0.35, 0.0, 0.35, 0.7):
        marks.append(Rod((x * wide, 0.18), (0.72 * x * wide, 0.55 * nose), 0.018, p.TILE_SHADE))
    return tuple(marks)


def mass_marks() -> tuple[Mark, ...]:
    """A tungsten weight."""
    return (
        area(p.METAL_SHADE, (-0.30, -0.13), (0.30, -0.13), (0.30, 0.13), (-0.30, 0.13)),
        area(p.METAL, (-0.30, -0.02), (0.22, -0.02), (0.22, 0.13), (-0.30, 0.13)),
        area(p.METAL_LIT, (-0.30, 0.05), (-0.05, 0.05), (-0.05, 0.13), (-0.30, 0.13)),
    )


def bag_marks() -> tuple[Mark, ...]:
    """The parachute in its bag, as the mortar throws it."""
    return (
        area(p.CANOPY_WHITE_SHADE, (-0.34, -0.5), (0.34, -0.5), (0.38, 0.5), (-0.38, 0.5)),
        area(p.CANOPY_WHITE, (-0.34, -0.5), (0.06, -0.5), (0.06, 0.5), (-0.38, 0.5)),
        area(p.CANOPY_ORANGE, (-0.36, -0.10), (0.36, -0.10), (0.37, 0.16), (-0.37, 0.16)),
    )


def open_shell_marks(spec: BackshellSpec) -> tuple[Mark, ...]:
    """What is seen below the rim once the heat shield is gone: the dark inside."""
    low = min(y for _, y in spec.outline_m)
    wide = max(x for x, _ in spec.outline_m)
    return (area(p.METAL_SHADE, (-0.97 * wide, low + 0.02), (0.97 * wide, low + 0.02), (0.93 * wide, low - 0.10),
                 (-0.93 * wide, low - 0.10)),)  # fmt: skip
