"""Dispersed flights as rows of a table: what was drawn for each, and what became of it.

A row is a flight that `skycrane fly LEVEL --dispersed --seed SEED` flies again, to its digest. Its columns are the same
for every level, but for the figures of a goal.
"""

from __future__ import annotations

import re
import shlex
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from hashlib import blake2b
from math import copysign
from pathlib import Path
from typing import Final

from game.content.errors import InputError
from game.content.identity import content_hash
from game.content.levels import Level
from game.content.modes import Mode
from game.lab.fly import fly
from game.lab.rates import Decided
from game.lab.roster import source_of
from game.record.names import as_name
from game.record.platform_tag import platform_tag
from game.record.version import GAME_VERSION
from game.report import FlightReport
from game.sim.command import Command
from game.sim.dispersions import Drawn, course_error_deg, draw, tip_off_factor
from game.sim.events import Event, EventName, Reason
from game.sim.flight import RULES_VERSION, Flight
from game.sim.navigation import draw_errors
from game.sim.phases import ARRIVING, Phase
from game.sim.snapshot import Outcome
from game.sim.spec import FlightSpec
from game.sim.streams import stream

Cell = int | float | str | None  # None: this flight has no such figure
Row = dict[str, Cell]

_FACTORS: Final = frozenset({
    "density", "parachute_drag", "thrust", "isp", "mass", "high_density", "capsule_drag", "lift",
})  # fmt: skip
_DRAWN: Final = {
    field.name: f"{field.name}_factor" if field.name in _FACTORS else field.name for field in fields(Drawn)
} | {"wind_mps": "wind_aloft_mps"}
DRAWN: Final = (
    *_DRAWN.values(), "course_error_deg", "tip_off_deg_s", "inertial_height_error_m", "inertial_place_error_m",
    "radar_scale_error", "camera_place_error_m",
)  # fmt: skip
TOUCHDOWN: Final = (
    "touchdown_t_s", "touchdown_mps", "touchdown_vertical_mps", "touchdown_along_mps", "along_track_m", "distance_m",
    "slope_deg",
)  # fmt: skip
PEAKS: Final = ("g", "heat_flux_w_cm2", "surface_temperature_c", "dynamic_pressure_pa", "parachute_load_n")
# Columns of words, and what is one.
TEXTS: Final[dict[str, Callable[[str], object]]] = {
    "outcome": tuple(Outcome).__contains__,
    "reason_code": tuple(Reason).__contains__,
    "decided_in": tuple(Phase).__contains__,
    "digest": re.compile("[0-9a-f]{32}").fullmatch,
}
WHOLE: Final = frozenset({"seed", "score"})


def columns_of(level: Level) -> tuple[str, ...]:
    """The columns of the level's table, in their order."""
    goal = [f"goal_{figure.name}" for figure in level.goal.figures]
    return (
        "seed", "outcome", "reason_code", "decided_in", *DRAWN, *TOUCHDOWN, *(f"peak_{name}" for name in PEAKS),
        "mortar_t_s", "mortar_mach", "mortar_q_pa", *goal, "flown_s", "propellant_left_kg", "score", "digest",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Which arithmetic flies: only where all of it is the same are figures the same to the last digit.

    code   a hash of the source of everything that decides a flight
    """

    game: str
    rules: int
    code: str
    platform: str


@cache
def identity() -> Identity:
    """What flies in this process."""
    return Identity(GAME_VERSION, RULES_VERSION, _code(), platform_tag())


@dataclass(frozen=True, slots=True)
class Job:
    """What is flown by every seed: all that a process elsewhere needs to know.

    name     what the level was called when it was asked for: its id or its file
    script   what stands in the file of a pilot `script:FILE`
    """

    name: str
    level: Level
    mode: Mode
    pilot: str
    script: str | None
    identity: Identity

    @property
    def label(self) -> str:
        """The pilot's name as reports have it."""
        return as_name(f"script:{Path(self.pilot.partition(':')[2]).name}" if self.script is not None else self.pilot)

    @property
    def level_label(self) -> str:
        """The level's id as one line has it: a file may be called anything."""
        return as_name(self.level.id)

    @property
    def script_hash(self) -> str:
        """Of the script, if one flies; else empty."""
        return "" if self.script is None else blake2b(self.script.encode(), digest_size=8).hexdigest()

    @property
    def spec(self) -> FlightSpec:
        return self.level.flight_spec(self.mode, dispersed=True)

    @property
    def content(self) -> str:
        """The content hash, which a replay of one of these flights has too."""
        return content_hash(self.spec)

    def again(self, seed: int) -> str:
        """The command that flies one of them again, alone."""
        words = ["skycrane", "fly", self.name, "--dispersed"]
        if self.pilot != "autopilot":
            words += ["--pilot", self.pilot]
        if self.mode is not Mode.MANUAL:
            words += ["--mode", self.mode.value]
        return shlex.join([*words, "--seed", str(seed)])


@dataclass(frozen=True, slots=True)
class NotFlown:
    """Why a seed could not be flown, in sentences. It is given back: not every exception can be sent."""

    problems: tuple[str, ...]


def fly_row(job: Job, seed: int) -> Row | NotFlown:
    """Fly one seed to its row, wherever this runs."""
    ours = identity()
    if ours != job.identity:
        return NotFlown((f"a worker on {socket.gethostname()} {_differs(ours, job.identity)}; install the same there",))
    try:
        source, _ = source_of(job.pilot, job.level, mode=job.mode, seed=seed, script=job.script)
        watch = _Watch(job.level.goal.target_m)
        report = fly(job.level, source, pilot=job.label, seed=seed, mode=job.mode, dispersed=True, observers=[watch])
    except InputError as error:
        return NotFlown(tuple(f"seed {seed}: {problem}" for problem in error.problems))
    return _row_of(job.spec, report, watch)


def drawn_for(spec: FlightSpec, seed: int) -> Row:
    """What a flight of this spec and seed draws before its first tick, by the functions that it draws by itself.

    Factors are of the nominal value; errors are what is added to the truth. None for what it does not meet.
    """
    drawn = draw(spec.dispersions, stream(seed, "dispersions"))
    # + 0.0: minus nothing is nothing
    row: Row = {column: getattr(drawn, name) + 0.0 for name, column in _DRAWN.items()}
    arrival, capsule = spec.start.arrival, spec.start.phase in ARRIVING
    for names, met in (
        (("entry_angle_deg", "entry_speed_mps"), arrival is not None),
        (("capsule_drag_factor", "lift_factor"), capsule),
        (("start_speed_mps", "start_downrange_m"), not capsule),
    ):
        if not met:
            row |= dict.fromkeys(names)
    row["course_error_deg"] = None if arrival is None else course_error_deg(arrival, seed)
    rate_deg_s = spec.vehicle.cruise_stage.tip_off_deg_s
    row["tip_off_deg_s"] = rate_deg_s * tip_off_factor(seed) if arrival is not None else None
    errors = draw_errors(spec.vehicle.radar, stream(seed, "sensors"))
    row["inertial_height_error_m"], row["inertial_place_error_m"] = errors.inertial_height_m, errors.inertial_x_m
    row["radar_scale_error"] = errors.radar_scale
    row["camera_place_error_m"] = errors.camera_x_m if spec.vehicle.radar.camera_lock_m > 0.0 else None
    return row


class _Watch(Decided):
    """Also keeps on which side of the target the rover came down, and the moments that a row has."""

    def __init__(self, target_m: float) -> None:
        super().__init__()
        self._target_m = target_m
        self.side_m: float | None = None
        self.moments: dict[EventName, Event] = {}

    def hear(self, events: Sequence[Event]) -> None:
        for event in events:
            self.moments.setdefault(event.name, event)

    def after(self, flight: Flight, command: Command) -> None:
        super().after(flight, command)
        if self.side_m is None and flight.touchdown is not None:
            self.side_m = flight.craft.x - self._target_m


def _row_of(spec: FlightSpec, report: FlightReport, watch: _Watch) -> Row:
    down, mortar = report.touchdown, watch.moments.get(EventName.MORTAR)
    touched = watch.moments.get(EventName.TOUCHDOWN)
    row: Row = {
        "seed": report.seed,
        "outcome": report.outcome.value,
        "reason_code": report.reason_code.value,
        "decided_in": watch.phase.value,
        **drawn_for(spec, report.seed),
        "touchdown_t_s": touched.t_s if touched else None,
        "touchdown_mps": down.speed_mps if down else None,
        "touchdown_vertical_mps": down.vertical_mps if down else None,
        "touchdown_along_mps": down.horizontal_mps if down else None,
        "along_track_m": copysign(down.distance_m, watch.side_m or 0.0) if down else None,
        "distance_m": down.distance_m if down else None,
        "slope_deg": down.slope_deg if down else None,
    }
    fire = spec.start.phase in ARRIVING
    for name in PEAKS:
        has = name in {"g", "dynamic_pressure_pa"} or (mortar is not None if name == "parachute_load_n" else fire)
        row[f"peak_{name}"] = getattr(report.peaks, name) if has else None
    row["mortar_t_s"] = mortar.t_s if mortar else None
    row["mortar_mach"] = mortar.mach if mortar else None
    row["mortar_q_pa"] = mortar.q_pa if mortar else None
    reached = dict(report.reason_figures) if report.reason_code in {Reason.COMPLETED, Reason.GOAL_MISSED} else {}
    for figure in spec.goal.figures:
        row[f"goal_{figure.name}"] = reached.get(figure.name)
    row["flown_s"] = report.time_s
    row["propellant_left_kg"] = report.propellant_left_kg
    row["score"] = report.score.total
    row["digest"] = report.digest
    return row


def _differs(theirs: Identity, ours: Identity) -> str:
    """What is other about another's game, as half a sentence."""
    if theirs.game != ours.game:
        return f"has skycrane {theirs.game}, not {ours.game}"
    if theirs.rules != ours.rules:
        return f"flies by rules version {theirs.rules}, not {ours.rules}"
    if theirs.code != ours.code:
        return f"has other code ({theirs.code}, not {ours.code})"
    return f"reckons as {theirs.platform}, not as {ours.platform}, and would differ in the last digits"


def _code() -> str:
    """A hash of the rooms that decide a flight: between two releases the version does not change, but they may."""
    game = Path(__file__).parents[1]
    files = [game / "scoring.py", game / "lab" / Path(__file__).name]
    for room in ("sim", "content", "cues", "pilots"):
        files += sorted((game / room).glob("*.py"))
    found = blake2b(digest_size=4)
    for file in files:
        found.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()
