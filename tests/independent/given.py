"""What both sides are given: the air's tables, the vehicle's figures, read from the data and interpolated by numpy.

Nothing in this directory but the flights themselves calls a force function of game/sim: data only.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, pi, radians, sin, sqrt
from typing import Final, NamedTuple

import numpy as np

from game.sim.atmosphere import REFERENCE
from game.sim.spec import AirSpec, SiteSpec
from game.sim.vehicle_spec import AeroshellSpec, RoverSpec, VehicleSpec

MU_M3_S2: Final = 4.282837e13  # Mars, as in docs/physics.md
ROTATION_RAD_S: Final = 7.0882e-5
SOUND_M2_S2_K: Final = 247.0  # squared speed of sound over temperature, carbon dioxide at Mars temperatures
EARTH_MPS2: Final = 9.80665
SUTTON_GRAVES: Final = 1.9027e-4  # docs/physics.md

Pairs = tuple[tuple[float, float], ...]


class Columns:
    """Several tables against one variable, on the union of their knots: linear between them, held at both ends."""

    def __init__(self, *tables: Pairs) -> None:
        knots = sorted({x for table in tables for x, _ in table})
        self.knots = np.array(knots)
        self.rows = np.column_stack([np.interp(knots, *zip(*table, strict=True)) for table in tables])
        self.slopes = np.diff(self.rows, axis=0) / np.diff(self.knots)[:, None]

    def at(self, x: float) -> list[float]:
        index = min(max(int(self.knots.searchsorted(x)) - 1, 0), len(self.slopes) - 1)
        inside = min(max(x, self.knots[0]), self.knots[-1])
        return (self.rows[index] + self.slopes[index] * (inside - self.knots[index])).tolist()


class Here(NamedTuple):
    """The air at one altitude."""

    density: float
    sound_mps: float
    wind_mps: float


class Air:
    """The reference table, each row scaled by the day's factors; the logarithm of the density is what is linear.

    Above and below the table the density goes on with the scale height of the last layer.
    """

    def __init__(self, spec: AirSpec, site: SiteSpec) -> None:
        up_m = site.areoid_radius_m - site.reference_radius_m
        km, kelvin, rho = (np.array(column) for column in zip(*REFERENCE, strict=True))
        altitude = (1000.0 * km + up_m).tolist()
        logs = np.log(rho * np.interp(km, *zip(*spec.density_factor, strict=True)))
        warm = kelvin * np.interp(km, *zip(*spec.temperature_factor, strict=True))
        self._columns = Columns(
            tuple(zip(altitude, logs.tolist(), strict=True)),
            tuple(zip(altitude, warm.tolist(), strict=True)),
            spec.wind,
        )
        self._low, self._high = altitude[0], altitude[-1]
        self._low_slope = float((logs[1] - logs[0]) / (altitude[1] - altitude[0]))
        self._high_slope = float((logs[-1] - logs[-2]) / (altitude[-1] - altitude[-2]))

    def at(self, altitude_m: float) -> Here:
        log_density, kelvin, wind_mps = self._columns.at(altitude_m)
        if altitude_m > self._high:
            log_density += self._high_slope * (altitude_m - self._high)
        elif altitude_m < self._low:
            log_density += self._low_slope * (altitude_m - self._low)
        return Here(exp(log_density), sqrt(SOUND_M2_S2_K * kelvin), wind_mps)


class Coefficients:
    """Of the capsule with its heat shield ahead: what does not depend on Mach number as it is, the rest as tables."""

    def __init__(self, spec: AeroshellSpec) -> None:
        self.diameter_m = spec.diameter_m
        self.area_m2 = pi * spec.diameter_m**2 / 4.0
        self.open_drag, self.lift_slope, self.stability = spec.open_drag_coefficient, spec.lift_slope, spec.stability
        trim = tuple((mach, radians(deg)) for mach, deg in spec.trim_deg)
        self.by_mach = Columns(spec.drag_coefficient, trim, spec.pitch_damping)  # -> drag, size of the trim, damping


@dataclass(frozen=True)
class Piece:
    """Mass, moment of inertia about its own centre, and where that is on the vehicle: in the descent stage's frame."""

    kg: float
    kg_m2: float
    x: float
    y: float


PAIRS_OF_BALLAST: Final = ("ballast 1", "ballast 2", "ballast 3")


def stowed_rover(spec: RoverSpec, below_m: float) -> Piece:
    """The rover with its wheels folded: as deployed, less the bogie where it will be, and with it where it is."""
    leg = spec.bogie_com_y_m - spec.pivot_y_m
    turn = radians(spec.stowed_bogie_deg)
    out = (spec.pivot_x_m, spec.bogie_com_y_m)
    folded = (spec.pivot_x_m - leg * sin(turn), spec.pivot_y_m + spec.stowed_lift_m + leg * cos(turn))
    share = spec.bogie_mass_kg / spec.mass_kg
    x, y = share * (folded[0] - out[0]), share * (folded[1] - out[1])
    moved = spec.bogie_mass_kg * (folded[0] ** 2 + folded[1] ** 2 - out[0] ** 2 - out[1] ** 2)
    return Piece(spec.mass_kg, spec.inertia_kg_m2 + moved - spec.mass_kg * (x * x + y * y), x, y - below_m)


def pieces_at_the_interface(vehicle: VehicleSpec, propellant_kg: float) -> dict[str, Piece]:
    """What the capsule is made of when the cruise stage and its two balance masses are gone."""
    stage, shell, shield, canopy = vehicle.descent_stage, vehicle.backshell, vehicle.heat_shield, vehicle.parachute
    ballast_kg = 2.0 * vehicle.aeroshell.balance_mass_kg
    rim_y = shell.above_stage_m + min(y for _, y in shell.outline_m)
    return {
        "rover": stowed_rover(vehicle.rover, stage.rover_below_m),
        "stage": Piece(
            stage.dry_mass_kg + propellant_kg,
            stage.dry_inertia_kg_m2 + propellant_kg * stage.propellant_radius_m**2,
            0.0,
            0.0,
        ),
        "backshell": Piece(shell.mass_kg, shell.inertia_kg_m2, 0.0, shell.above_stage_m),
        "canopy": Piece(canopy.mass_kg, 0.0, 0.0, shell.above_stage_m + shell.riser_y_m),
        "heat shield": Piece(shield.mass_kg, shield.inertia_kg_m2, 0.0, shell.above_stage_m - shield.below_backshell_m),
        **{name: Piece(ballast_kg, 0.0, 0.0, rim_y) for name in PAIRS_OF_BALLAST},
    }


def whole(pieces: dict[str, Piece]) -> Piece:
    """All of them as one rigid piece: first and second moments about the stage, and Steiner back to the centre."""
    kg = sum(p.kg for p in pieces.values())
    x, y = (sum(p.kg * getattr(p, axis) for p in pieces.values()) / kg for axis in ("x", "y"))
    about_stage = sum(p.kg_m2 + p.kg * (p.x**2 + p.y**2) for p in pieces.values())
    return Piece(kg, about_stage - kg * (x * x + y * y), x, y)
