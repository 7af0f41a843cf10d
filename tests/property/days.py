"""Days as hypothesis makes them: a level of the game's own with other figures, as far as the content lets them pass."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from pydantic import TypeAdapter

from game.content.fits import level_faults, start_faults, vehicle_faults
from game.content.levels import LevelFile, load_level
from game.content.modes import Mode
from game.content.paths import data_root
from game.content.ranges import bound_of, faults_in
from game.sim.spec import FlightSpec
from game.sim.vehicle_spec import VehicleSpec
from tests.rungs import SEVEN

LEVELS: Final = SEVEN
CALM: Final = {"air.wind": [[0.0, 0.0]], "air.gust_mps": 0.0}
_LEVEL_FILE: Final = TypeAdapter(LevelFile)
_HEADER: Final = ("schema", "kind", "id")

Changes = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Day:
    """A level, a mode, a seed, and the figures that are not the level's own; `vehicle` are factors on figures.

    `str()` is what a failure says: the flight can be made again from it.
    """

    level: str
    mode: Mode = Mode.MANUAL
    dispersed: bool = False
    seed: int = 0
    changes: Changes = ()
    vehicle: tuple[tuple[str, float], ...] = ()
    calm: bool = False

    def __str__(self) -> str:
        flown = f"{self.level}, {self.mode}{', dispersed' if self.dispersed else ''}, seed {self.seed}"
        if self.calm:
            flown += ", calm"
        figures = [f"{key}={value}" for key, value in self.changes]
        figures += [f"{key} x {factor}" for key, factor in self.vehicle]
        return f"{flown} ({', '.join(figures)})" if figures else flown

    @property
    def faults(self) -> list[str]:
        """What the content's own validation has against these figures."""
        written = self._written()
        found = [*faults_in(written), *start_faults(written)]
        if found:
            return [f"{key}: {fault}" for key, fault in found]
        spec, vehicle = self._read(), self._vehicle()
        found = list(vehicle_faults(vehicle))
        for key, _ in self.vehicle:
            bound = bound_of(key)
            fault = bound.fault(_figure(vehicle, key)) if bound else "has no rule"
            found += [(key, fault)] if fault else []
        site = load_level_once(self.level).site
        return [
            f"{key}: {fault}" for key, fault in (*found, *level_faults(spec.start, spec.goal, spec.air, site, vehicle))
        ]

    def spec(self) -> FlightSpec:
        """What is flown."""
        level, read = load_level_once(self.level), self._read()
        own = replace(
            level, air=read.air, start=read.start, goal=read.goal, limits=read.limits, vehicle=self._vehicle()
        )
        if read.dispersions:
            own = replace(own, dispersions=read.dispersions)
        spec = own.flight_spec(self.mode, self.dispersed)
        if not self.calm:
            return spec
        return replace(spec, dispersions=replace(spec.dispersions, wind_mps=0.0, thrust_percent=0.0))

    def _written(self) -> dict[str, Any]:
        """The level's file with the changes in it."""
        written = deepcopy(_file_of(self.level))
        for key, value in (*self.changes, *(CALM.items() if self.calm else ())):
            table, _, name = key.rpartition(".")
            here = written
            for part in table.split(".") if table else ():
                here = here.setdefault(part, {})
            if value is None:
                here.pop(name, None)
            else:
                here[name] = value
        return written

    def _read(self) -> LevelFile:
        return _LEVEL_FILE.validate_json(json.dumps(self._written()))

    def _vehicle(self) -> VehicleSpec:
        vehicle = load_level_once(self.level).vehicle
        for key, factor in self.vehicle:
            vehicle = _scaled(vehicle, key.split("."), factor)
        return vehicle


load_level_once = cache(load_level)


@cache
def _file_of(level: str) -> dict[str, Any]:
    text = (data_root() / "levels" / f"{level}.toml").read_text("utf-8")
    return {key: value for key, value in tomllib.loads(text).items() if key not in _HEADER}


def _figure(part: Any, key: str) -> float:
    for name in key.split("."):
        part = getattr(part, name)
    return part


def _scaled(part: Any, path: list[str], factor: float) -> Any:
    name, *rest = path
    value = getattr(part, name)
    return replace(part, **{name: _scaled(value, rest, factor) if rest else value * factor})


# --- strategies: figures from calm ones to the ends of what the content allows ---

_Ranges = dict[str, tuple[float, float]]

# Between these, figures make a flight.
_FALLING: Final[_Ranges] = {
    "start.height_m": (2.0, 4000.0), "start.speed_down_mps": (-20.0, 200.0), "start.speed_along_mps": (-80.0, 80.0),
    "start.tilt_deg": (-90.0, 90.0), "start.turn_deg_s": (-60.0, 60.0), "start.propellant_kg": (1.0, 400.0),
}  # fmt: skip
_HOVERING: Final[_Ranges] = {
    "start.height_m": (1.0, 60.0), "start.speed_down_mps": (-5.0, 12.0), "start.speed_along_mps": (-8.0, 8.0),
    "start.tilt_deg": (-40.0, 40.0), "start.turn_deg_s": (-60.0, 60.0), "start.propellant_kg": (1.0, 400.0),
}  # fmt: skip
_CAPSULE: Final[_Ranges] = {
    "start.incidence_deg": (-180.0, 180.0), "start.turn_deg_s": (-60.0, 60.0), "start.lift": (-1.0, 1.0),
    "start.propellant_kg": (1.0, 400.0),
}  # fmt: skip
_LATE: Final[_Ranges] = _CAPSULE | {
    "start.height_m": (50.0, 30_000.0), "start.speed_down_mps": (-100.0, 600.0),
    "start.speed_along_mps": (-500.0, 1500.0), "start.downrange_m": (-90_000.0, 90_000.0),
}  # fmt: skip
_FROM_SPACE: Final[_Ranges] = _CAPSULE | {
    "start.arrival.approach_mps": (1000.0, 6000.0), "start.arrival.entry_angle_deg": (-40.0, -9.0),
    "start.arrival.angle_error_deg": (-3.0, 3.0), "start.arrival.error_spread_deg": (0.0, 1.0),
    "start.arrival.interface_radius_m": (3.495e6, 3.56e6),
}  # fmt: skip
_STARTS: Final = {"powered-descent": _FALLING, "sky-crane": _HOVERING, "parachute": _LATE}
_DAY: Final[_Ranges] = {
    "air.gust_mps": (0.0, 20.0), "air.gust_time_s": (0.05, 10.0), "limits.wheel_speed_mps": (0.5, 10.0),
    "limits.along_speed_mps": (0.1, 5.0), "limits.tipped_deg": (5.0, 120.0), "limits.settle_s": (0.1, 5.0),
    "limits.settle_speed_mps": (0.01, 0.5), "limits.stage_keep_out_m": (0.0, 200.0), "goal.mark_reach_m": (0.0, 600.0),
    "goal.target_m": (-3000.0, 8000.0),
}  # fmt: skip


def _value(key: str, span: tuple[float, float], *, wild: bool) -> st.SearchStrategy[float]:
    """Mostly between these two; if `wild`, now and then anywhere that the content allows."""
    bound = bound_of(key)
    assert bound is not None, key
    low, high = span
    usual = st.integers(0, 20).map(lambda n: low + (high - low) * n / 20.0)
    if not wild:
        return usual
    least = bound.low + 1e-3 if bound.above else bound.low
    anywhere = st.integers(0, 100).map(lambda n: least + (bound.high - least) * n / 100.0)
    return st.one_of(usual, usual, usual, usual, usual, usual, anywhere)


def _figures(ranges: _Ranges, *, wild: bool) -> st.SearchStrategy[Changes]:
    """Some of these keys with a value each."""
    pairs = [st.tuples(st.just(key), _value(key, span, wild=wild)) for key, span in ranges.items()]
    return st.lists(st.one_of(pairs), max_size=4, unique_by=lambda pair: pair[0]).map(tuple)


_WIND = st.lists(
    st.tuples(st.sampled_from((0.0, 500.0, 3000.0, 12_000.0, 60_000.0)), st.integers(-8, 8).map(lambda n: 25.0 * n)),
    min_size=1, max_size=4, unique_by=lambda row: row[0],
).map(lambda rows: (("air.wind", [list(row) for row in sorted(rows)]),))  # fmt: skip
_VEHICLE = st.tuples(
    st.sampled_from((
        "aeroshell.stability", "aeroshell.lift_slope", "aeroshell.structure_g", "aeroshell.thrusters.moment_nm",
        "backshell.mass_kg", "backshell.inertia_kg_m2", "bridle.damping_ratio", "bridle.length_m", "bridle.reel_mps",
        "bridle.stiffness_n_m", "bridle.umbilical_stiffness_n_m", "cruise_stage.push_mps", "cruise_stage.tip_off_deg_s",
        "descent_stage.dry_mass_kg", "descent_stage.dry_inertia_kg_m2", "descent_stage.engines.lag_s",
        "descent_stage.engines.max_thrust_n", "descent_stage.engines.splayed_deg", "descent_stage.rover_below_m",
        "heat_shield.mass_kg", "heat_shield.push_mps", "parachute.mass_kg", "parachute.normal_force",
        "parachute.reference_area_m2", "parachute.riser_m", "parachute.swing_damping_n_m_s", "parachute.tear_n",
        "rover.bogie_stiffness_n_m", "rover.inertia_kg_m2", "rover.mass_kg", "rover.stowed_lift_m", "rover.friction",
    )),
    st.sampled_from((0.8, 1.25, 0.5, 2.0)),
)  # fmt: skip

# Starts that no level has: the same place in another phase. None takes a key of the level's own start away.
_OTHER_STARTS: Final[dict[str, tuple[Changes, ...]]] = {
    "jezero": (
        (("start.phase", "cruise"), ("start.t_s", -20.0)),
        (("start.phase", "approach"), ("start.t_s", -10.0)),
        (("start.phase", "entry"), ("start.t_s", 0.0)),
    ),
    "course": ((("start.phase", "cruise"), ("start.t_s", -10.0)),),
    "heat-shield": ((("start.phase", "entry"), ("start.t_s", 0.0)), (("start.phase", "cruise"),)),
    "parachute": (
        # Low and slow enough for mortar and canopy at once.
        (("start.height_m", 9000.0), ("start.speed_down_mps", 100.0), ("start.speed_along_mps", 250.0)),
        (("start.height_m", 2500.0), ("start.speed_down_mps", 90.0), ("start.speed_along_mps", 60.0)),
    ),
    "powered-descent": ((("start.height_m", 150.0), ("start.speed_down_mps", 20.0)), (("start.height_m", 30.0),)),
    "sky-crane": ((("start.height_m", 9.0),), (("start.height_m", 4.0), ("start.propellant_kg", 5.0))),
}  # fmt: skip


@st.composite
def _days(draw: st.DrawFn, *, calm: bool, seconds: float | None = None, levels: tuple[str, ...] = LEVELS) -> Day:
    level = draw(st.sampled_from(levels))
    other: Changes = draw(st.sampled_from(((), *_OTHER_STARTS.get(level, _OTHER_STARTS["jezero"]))))
    changed = dict(other) | dict(draw(_figures(_STARTS.get(level, _FROM_SPACE), wild=not calm)))
    if draw(st.booleans()):
        changed |= dict(draw(_figures(_DAY, wild=not calm)))
    if not calm and draw(st.booleans()):
        changed |= dict(draw(_WIND))
    if seconds is not None:
        changed["limits.max_time_s"] = draw(st.integers(1, 20).map(lambda n: seconds * n / 20.0))
    vehicle = draw(st.lists(_VEHICLE, max_size=2, unique_by=lambda pair: pair[0])) if draw(st.booleans()) else []
    return Day(
        level, draw(st.sampled_from((Mode.MANUAL, Mode.RAW, Mode.GUIDED))), draw(st.booleans()),
        draw(st.one_of(st.just(0), st.integers(1, 9999))), tuple(changed.items()), tuple(vehicle), calm,
    )  # fmt: skip


def _passes(day: Day) -> bool:
    return not day.faults


# Calm days keep to figures that make a flight: at kilometres a second into the ground, the engine's contacts pay back.
DAYS: Final = _days(calm=False).filter(_passes)
CALM_DAYS: Final = _days(calm=True).filter(_passes)
CALM_HOVERING: Final = _days(calm=True, levels=("sky-crane",)).filter(_passes)


def short_days(seconds: float) -> st.SearchStrategy[Day]:
    """Days whose flights may last so long at most."""
    return _days(calm=False, seconds=seconds).filter(_passes)
