"""What values make sense: a rule for every number by its name or the unit in it. What must fit together is in fits.py.

The rules keep a level from breaking the physics (a mass of nothing, a table that runs backwards); they do not judge
taste. They read the file's own keys, so that what is out of range is told together with what is misspelt. That every
number of a FlightSpec has a rule is held by a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, isfinite, pi
from typing import Any, Final, TypeGuard

from game.content.files import Misfit, Where, key_of

_LEAST_TURN_RAD: Final = 1e-3

Fault = tuple[str, str]  # key, what is wrong with it


@dataclass(frozen=True, slots=True)
class Bound:
    """A range of numbers; `above` excludes its lower end."""

    low: float
    high: float
    above: bool = False

    def fault(self, value: float) -> str | None:
        """What is wrong with a value, or None."""
        if (value > self.low if self.above else value >= self.low) and value <= self.high:
            return None
        if self.above and value <= self.low:
            return f"must be above {self.low:g}, not {value:g}"
        if not self.above:
            return f"must be from {self.low:g} to {self.high:g}, not {value:g}"
        return f"must be at most {self.high:g}, not {value:g}"


def _positive(most: float) -> Bound:
    return Bound(0.0, most, above=True)


def _not_negative(most: float) -> Bound:
    return Bound(0.0, most)


def _signed(most: float) -> Bound:
    return Bound(-most, most)


# By the whole name, where the unit alone does not say it.
_BY_NAME: Final[dict[str, Bound]] = {
    "rung": Bound(1.0, 999.0),
    # places and angles of a site
    "latitude_deg": _signed(90.0),
    "track_azimuth_deg": Bound(5.0, 175.0),  # the profile is read eastwards: the flight must go that way
    "reference_radius_m": Bound(3.3e6, 3.5e6),
    "areoid_radius_m": Bound(3.3e6, 3.5e6),
    "target_east_km": _signed(500.0),
    "rock_abundance": Bound(0.0, 0.5),
    # numbers without a unit
    "friction": _not_negative(5.0),
    "damping_ratio": _not_negative(5.0),
    "attitude_damping": _not_negative(5.0),
    "range_error": _not_negative(0.2),
    "lift": _signed(1.0),
    "aim": _signed(1e7),  # of a figure: what it is of says its unit
    "half_width": _positive(1e7),
    "emissivity": Bound(0.05, 1.0),
    "lee_share": _not_negative(0.5),
    "open_drag_coefficient": _positive(10.0),
    "backward_drag": _positive(10.0),
    "lift_slope": _not_negative(5.0),
    "stability": _not_negative(5.0),
    "overshoot": Bound(1.0, 3.0),
    "pulse": _not_negative(0.9),
    "pulse_hz": Bound(0.1, 20.0),
    "pulse_mach": _not_negative(50.0),
    "normal_force": _not_negative(5.0),
    "stretch_aside_deg": _signed(45.0),
    "low_mach": _not_negative(50.0),
    "high_mach": _positive(50.0),
    # how many masses there are pictures and places for
    "balance_masses": Bound(0.0, 2.0),
    "balance_pairs": Bound(1.0, 3.0),
    # heat and loads
    "thickness_m": Bound(0.002, 0.5),
    "diffusivity_m2_s": Bound(1e-9, 1e-3),
    "capacity_j_m2_k": Bound(100.0, 1e6),
    "start_c": _signed(200.0),
    "bond_limit_c": _positive(3000.0),
    "structure_g": Bound(1.0, 200.0),
    "guidance_g": Bound(0.01, 5.0),
    # how the parts leave each other
    "push_mps": Bound(0.05, 20.0),
    "balance_s": Bound(0.1, 60.0),
    "balance_first_s": _not_negative(60.0),
    "stretch_s": Bound(0.1, 20.0),
    "inflate_s": Bound(0.1, 20.0),
    "second_peak_s": Bound(0.1, 20.0),
    # seconds, metres and speeds that may be nothing
    "t_s": Bound(-864_000.0, 10_000.0),  # ten days out at most
    "max_time_s": Bound(1.0, 3600.0),
    "ignition_s": _not_negative(60.0),
    "rocker_free_s": _not_negative(60.0),
    "bogie_free_s": _not_negative(60.0),
    "settle_s": _positive(60.0),
    "gust_mps": _not_negative(60.0),
    "height_noise_m": _not_negative(1000.0),
    "speed_noise_mps": _not_negative(100.0),
    "inertial_height_error_m": _not_negative(10_000.0),
    "inertial_position_error_m": _not_negative(10_000.0),
    "position_error_m": _not_negative(10_000.0),
    "umbilical_slack_m": _not_negative(10.0),
    "stowed_lift_m": _not_negative(2.0),
    "stage_keep_out_m": _not_negative(10_000.0),
    "mark_reach_m": _not_negative(2000.0),
    # places on a part, which lie on either side of its middle
    "axle_y_m": _signed(10.0),
    "bogie_com_y_m": _signed(10.0),
    "pivot_x_m": _signed(10.0),
    "pivot_y_m": _signed(10.0),
    "stage_y_m": _signed(10.0),
    "rover_y_m": _signed(10.0),
    "riser_y_m": _signed(10.0),
    "wheel_x_m": _signed(10.0),
    # places and speeds of a flight, which have a direction
    "target_m": _signed(100_000.0),
    "downrange_m": Bound(-1_000_000.0, 100_000.0),
    "height_m": _positive(40_000.0),
    "speed_down_mps": _signed(6000.0),
    "speed_along_mps": _signed(6000.0),
    "approach_mps": Bound(500.0, 12_000.0),
    "interface_radius_m": Bound(3.42e6, 3.7e6),
    # angles with a direction
    "tilt_deg": _signed(90.0),
    "incidence_deg": _signed(180.0),
    "entry_angle_deg": Bound(-60.0, -5.0),
    "angle_error_deg": _signed(3.0),
    "error_spread_deg": _not_negative(3.0),
    "turn_deg_s": _signed(60.0),
    "tip_off_deg_s": _signed(60.0),
    "stowed_bogie_deg": _signed(90.0),
    "cant_azimuth_deg": _signed(180.0),
    "tipped_deg": _positive(180.0),
    # masses that a body of the engine can have; propellant may be next to nothing
    "mass_kg": Bound(1.0, 1e5),
    "dry_mass_kg": Bound(1.0, 1e5),
    "bogie_mass_kg": Bound(1.0, 1e5),
    "balance_mass_kg": Bound(1.0, 1000.0),
    # lengths with a scale of their own
    "diameter_m": Bound(0.5, 100.0),
    "nose_radius_m": Bound(0.05, 20.0),
    "above_backshell_m": _positive(10.0),
    "below_backshell_m": _positive(10.0),
    "smallest_rock_m": Bound(0.05, 10.0),
    "largest_rock_m": Bound(0.05, 10.0),
    "wheel_radius_m": Bound(0.01, 2.0),
    "radar_lock_m": _positive(1e5),
    "camera_lock_m": _not_negative(1e5),
    # angles that must be some
    "lean_deg": _positive(89.0),
    "hover_lean_deg": _positive(89.0),
    "flyaway_lean_deg": _positive(89.0),
    "splayed_deg": Bound(0.0, 60.0),  # further out the four engines of the sky crane hold nothing up
    # thrusters, beside which those that fly us are strong
    "moment_nm": _positive(1e5),
    "force_n": _positive(1e5),
    "isp_s": Bound(30.0, 5000.0),
    # springs that must pull
    "stiffness_n_m": _positive(1e8),
    # spreads
    "entry_speed_mps": _not_negative(50.0),
    "wind_mps": _not_negative(60.0),
    "start_speed_mps": _not_negative(100.0),
    "start_downrange_m": _not_negative(10_000.0),
}  # fmt: skip

# By the table and the name, where one name means two things.
_BY_PLACE: Final[dict[str, Bound]] = {
    "dispersions.entry_angle_deg": _not_negative(3.0),
    "cruise_stage.thrust_n": _positive(1000.0),
    "aeroshell.diameter_m": Bound(0.5, 12.0),
}

# By the unit at the end of the name, longest first.
_BY_UNIT: Final[tuple[tuple[str, Bound], ...]] = (
    ("_percent", _not_negative(90.0)),
    ("_kg_m2", Bound(1.0, 1e6)),
    ("_n_m_s", _not_negative(1e6)),
    ("_rad_s", _positive(100.0)),
    ("_w_cm2", Bound(1.0, 1e5)),
    ("_deg_s2", _positive(360.0)),
    ("_deg_s", _positive(360.0)),
    ("_n_m", _not_negative(1e8)),
    ("_mps", _positive(1000.0)),
    ("_deg", Bound(0.0, 89.0)),
    ("_kg", _positive(1e5)),
    ("_m2", _positive(1e4)),
    ("_pa", _positive(1e5)),
    ("_n", _positive(1e7)),
    ("_m", _positive(1000.0)),
    ("_s", _positive(1e4)),
)

_PARTS: Final = _signed(20.0)

# The columns of each table, and whether it is read as a function of its first column.
TABLES: Final[dict[str, tuple[tuple[Bound, ...], bool]]] = {
    "profile_east_km_elevation_m": ((_signed(500.0), Bound(-9000.0, 22_000.0)), True),
    "roughness": ((Bound(0.5, 1e5), _not_negative(100.0)), False),
    "rocks_m": ((_signed(500_000.0), _positive(10.0), _signed(100.0)), False),
    "density_factor": ((_signed(200.0), Bound(0.05, 5.0)), True),
    "temperature_factor": ((_signed(200.0), Bound(0.3, 3.0)), True),
    "wind": ((_signed(200_000.0), _signed(200.0)), True),
    "drag_coefficient": ((_not_negative(50.0), _not_negative(10.0)), True),
    "trim_deg": ((_not_negative(50.0), Bound(0.0, 45.0)), True),
    "pitch_damping": ((_not_negative(50.0), Bound(-5.0, 0.5)), True),
    "outline_m": ((_PARTS, _PARTS), False),
    "cords_m": ((_PARTS, _PARTS), False),
}
_LEAST_ROWS: Final = {"profile_east_km_elevation_m": 2, "outline_m": 3, "roughness": 0, "rocks_m": 0}
_MOST_ROWS: Final = {"roughness": 12, "outline_m": 64, "cords_m": 12}
_MANY_ROWS: Final = 2000
_LEAST_STEP: Final = 1e-3  # between the first numbers of a function's entries
_ORDINALS: Final = ("first", "second", "third")


def bound_of(key: str) -> Bound | None:
    """The rule for a number with this key, such as `start.arrival.approach_mps`."""
    table, _, name = key.rpartition(".")
    place = f"{table.rpartition('.')[2]}.{name}"
    if place in _BY_PLACE:
        return _BY_PLACE[place]
    if name in _BY_NAME:
        return _BY_NAME[name]
    return next((bound for unit, bound in _BY_UNIT if name.endswith(unit)), None)


def rows_of(name: str) -> tuple[int, int]:
    """How few and how many entries a table of TABLES may have."""
    return _LEAST_ROWS.get(name, 1), _MOST_ROWS.get(name, _MANY_ROWS)


def faults_in(table: Mapping[str, Any]) -> Iterator[Fault]:
    """The same as `misfits_in`, each by its key."""
    return ((key_of(where), fault) for where, fault in misfits_in(table))


def misfits_in(table: Mapping[str, Any], path: Where = ()) -> Iterator[Misfit]:
    """Every number of a file's table that is outside its rule. Unknown keys and wrong types are not our business."""
    for name, value in table.items():
        where = (*path, name)
        if isinstance(value, dict):
            yield from misfits_in(value, where)
        elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
            for index, part in enumerate(value):
                if isinstance(part, dict):
                    yield from misfits_in(part, (*where, index))
        elif name in TABLES and isinstance(value, list):
            yield from (((*where, *place), fault) for place, fault in _table_faults(name, value))
        else:
            bound = bound_of(".".join(part for part in where if isinstance(part, str)))
            values = value if isinstance(value, list) else [value]
            faults = (bound.fault(number) for number in values if bound and _is_number(number))
            yield from ((where, fault) for fault in faults if fault)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool) and isfinite(value)


def _is_row(value: object, columns: int) -> bool:
    return isinstance(value, list) and len(value) == columns and all(_is_number(number) for number in value)


def _table_faults(name: str, table: list[Any]) -> Iterator[Misfit]:
    """What is wrong in a table, by the place in it. A row that is none hides nothing of the others."""
    bounds, is_function = TABLES[name]
    rows = [(index, row) for index, row in enumerate(table) if _is_row(row, len(bounds))]
    least, most = rows_of(name)
    if len(table) < least:
        yield (), f"needs at least {least} {'entry' if least == 1 else 'entries'}"
    if len(table) > most:
        yield (), f"can have at most {most} entries, not {len(table)}"
        return
    if name == "outline_m" and len(rows) == len(table) >= least and not _is_convex(table):
        yield (), "must go round a convex shape: no dents, no crossings, no three corners in a line"
    for index, row in rows:
        for bound, value, word in zip(bounds, row, _ORDINALS, strict=False):
            fault = bound.fault(value)
            if fault:
                yield (index,), f"its {word} number {fault}"
    if is_function:
        for (_, (x0, *_)), (index, (x1, *_)) in pairwise(rows):
            if x1 < x0 + _LEAST_STEP:
                yield (index,), f"its first number must be above the one before: {x1:g} after {x0:g}"


def _is_convex(corners: list[list[float]]) -> bool:
    """Whether these corners, in order, go once round a convex shape."""
    turns = []
    for i, (x1, y1) in enumerate(corners):
        (x0, y0), (x2, y2) = corners[i - 1], corners[(i + 1) % len(corners)]
        turns.append(
            atan2((x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1), (x1 - x0) * (x2 - x1) + (y1 - y0) * (y2 - y1))
        )
    same_side = all(turn > _LEAST_TURN_RAD for turn in turns) or all(turn < -_LEAST_TURN_RAD for turn in turns)
    return same_side and abs(sum(turns)) < 2.5 * pi
