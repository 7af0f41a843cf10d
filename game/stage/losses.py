"""Every way to lose, flown into: a level, the figures of it that are other, and a script that does the wrong thing.

The autopilot flies until the first line of the script is due; from then on the script has every lever and every
moment, and nobody helps. Nothing here decides how a flight ends: the flight does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from game.content.levels import Level, load_level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import EVERY_TICKS, Helm
from game.pilots.script import Script
from game.pilots.script_text import parse_lines
from game.sim.command import Command
from game.sim.events import EventName, Reason
from game.sim.phases import Phase
from game.sim.snapshot import Nav


class Relay:
    """The autopilot until the first line of a script is due, then the script alone."""

    every_ticks: int = 1  # a script is obeyed on the tick

    def __init__(self, text: str, name: str) -> None:
        lines = parse_lines(text, name)
        self._first, self._script, self._autopilot = lines[0], Script(lines), Autopilot()
        self._heard_at: dict[EventName, int] = {}
        self._missed: list[EventName] = []  # what the script has not been told yet
        self._held = Command()
        self._taken = False

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        self._missed += heard
        for name in heard:
            self._heard_at.setdefault(name, nav.tick)
        if self._taken or self._first.due(nav, self._heard_at):
            self._taken = True
            heard = tuple(self._missed)
            self._missed.clear()
            return self._script.command(nav, heard)
        if nav.tick % EVERY_TICKS:
            return self._held
        command = self._autopilot.command(nav, heard)
        self._held = command.held()
        return command


@dataclass(frozen=True, slots=True)
class Loss:
    """One way to lose.

    script   who does the wrong thing, and when (script_text.py)
    changes  figures that are not the level's own, each by the path to it
    """

    reason: Reason
    level: str
    script: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    mode: Mode = Mode.MANUAL

    def flown_level(self) -> Level:
        """The level as it is flown here."""
        level = load_level(self.level)
        for path, value in self.changes.items():
            level = _changed(level, path.split("."), value)
        return level

    def helm(self) -> Helm:
        """Somebody who flies into it; for one flight."""
        return Helm(Relay(self.script, self.reason.value))


def _changed(part: Any, path: list[str], value: Any) -> Any:
    name, *rest = path
    return replace(part, **{name: _changed(getattr(part, name), rest, value) if rest else value})


# Levels of the game, begun a little later or on other ground.
_LATE: Final = {"start.phase": Phase.APPROACH, "start.t_s": -20.0}  # twenty seconds before the air, stage long gone
_BARE: Final = {"site.ground.roughness": (), "site.ground.rock_abundance": 0.0}
_FLAT: Final = _BARE | {"site.ground.profile_east_km_elevation_m": ((-60.0, -2569.9), (60.0, -2569.9))}
_STEEP: Final = _BARE | {  # 39 degrees
    "site.ground.profile_east_km_elevation_m": ((-60.0, -2569.9), (0.0, -2569.9), (0.1, -2489.0), (60.0, -2489.0)),
}  # fmt: skip
_HOVER: Final = {"start.downrange_m": 1560.0, "start.speed_along_mps": 0.0, "start.height_m": 24.0}

# Down on the bridle as the checklist says, and away.
_LOWER: Final = """
    at start                            throttle 0.75
    at 1 s                              action  # release the rover
    on rover_release + 0.5 s            reel 1
    when bridle_full and wheels_ready   throttle 0.5
"""
_LEAVE: Final = """
    on touchdown + 0.8 s                action  # cut
    on bridle_cut                       throttle 1
    on bridle_cut + 1 s                 tilt 0.8
"""

LOSSES: Final = (
    # Too shallow, and left like that; the cruise stage is dropped in time.
    Loss(Reason.GOAL_MISSED, "course", "at start action \n on course_set + 3 s action"),
    Loss(Reason.CRUISE_STAGE_KEPT, "course", "at start action"),
    Loss(
        Reason.MISSED_MARS, "course", "at start tilt 1",
        {"start.arrival.entry_angle_deg": -5.0, "vehicle.cruise_stage.thrust_n": 1000.0},
    ),
    Loss(Reason.SKIPPED_OUT, "jezero", "on entry_interface tilt 1", _LATE | {"start.arrival.entry_angle_deg": -9.8}),
    # It arrives tumbling, and nobody turns the shield ahead.
    Loss(Reason.BACKSHELL_BURNED, "heat-shield", "at start tilt 0"),
    Loss(
        Reason.BURNED_THROUGH, "heat-shield", "on entry_interface tilt 1", {"vehicle.heat_shield.thickness_m": 0.008}
    ),
    Loss(
        Reason.BURNED_UNPROTECTED, "jezero", """
            on peak_heating             action  # parachute, heat shield and backshell, all in the fire
            on mortar + 0.1 s           action
            on heat_shield_separation + 0.1 s  action
        """, _LATE,
    ),
    Loss(Reason.BROKE_UP, "heat-shield", "on entry_interface tilt -1"),
    Loss(Reason.NO_PARACHUTE, "parachute", "at start tilt 0"),
    Loss(Reason.PARACHUTE_TORN, "jezero", "when mach < 4.5 action", _LATE),
    Loss(Reason.PARACHUTE_TOO_LATE, "parachute", "at start tilt 0.62 \n when height_m < 900 action"),
    Loss(Reason.STRUCK_BY_HEAT_SHIELD, "parachute", "on mortar + 0.3 s action"),
    Loss(Reason.HEAT_SHIELD_KEPT, "parachute", "on mortar tilt 0"),
    Loss(Reason.BACKSHELL_KEPT, "parachute", "on heat_shield_separation tilt 0"),
    # Full thrust at once, and just so far up-track that we wait where the backshell comes down.
    Loss(
        Reason.STRUCK_BY_BACKSHELL, "powered-descent",
        "on engine_start throttle 1 tilt -0.27 \n on engine_start + 2 s tilt 0",
    ),
    Loss(Reason.HIT_THE_GROUND, "powered-descent", "at start throttle 0"),
    Loss(Reason.FUEL_OUT, "sky-crane", "at start throttle 0.75"),
    Loss(Reason.ROVER_NOT_RELEASED, "sky-crane", "at start throttle 0.5"),
    Loss(Reason.WHEELS_NOT_READY, "sky-crane", "at start throttle 0.5 \n when height_m < 10 action reel 1"),
    Loss(
        Reason.BRIDLE_NOT_FULL, "sky-crane", """
            at start                    throttle 0.75
            at 1 s                      action
            on rover_release + 0.5 s    reel 1
            when bridle_paid_m > 4      reel 0  throttle 0.5
        """,
    ),
    Loss(Reason.CUT_TOO_EARLY, "sky-crane", _LOWER + "when wheels_ready and height_m < 3.5 action"),
    Loss(
        Reason.WHEELS_BROKEN, "sky-crane", "when wheels_ready and height_m < 5 throttle 0.235",
        {"start.height_m": 26.0}, Mode.RAW,
    ),
    Loss(Reason.SUSPENSION_BROKEN, "sky-crane", _LOWER + "when wheels_ready and height_m < 3.5 tilt 0.87"),
    Loss(Reason.TIPPED_ON_SLOPE, "sky-crane", _LOWER + _LEAVE, _HOVER | _STEEP),
    # The front wheels come down on a boulder as high as the rover itself.
    Loss(
        Reason.TIPPED_ON_ROCK, "sky-crane", _LOWER + _LEAVE,
        _HOVER | _FLAT | {"site.ground.rocks_m": ((1560.2, 3.2, 1.2),)},
    ),
    # On ground that grips, with a suspension that would hold.
    Loss(
        Reason.TIPPED_BY_SPEED, "sky-crane",
        "when wheels_ready and height_m < 5 throttle 0.5 tilt 0.6 \n on touchdown action",
        _FLAT | {
            "start.height_m": 24.0, "site.friction": 1.6, "limits.along_speed_mps": 50.0,
            "limits.wheel_speed_mps": 50.0, "vehicle.control.hover_lean_deg": 25.0,
        },
    ),
    # A rock higher than the belly stands between the wheels.
    Loss(
        Reason.HELD_UP_BY_ROCK, "sky-crane", _LOWER + _LEAVE,
        _HOVER | _FLAT | {"site.ground.rocks_m": ((1558.6, 1.5, 0.0),)},
    ),
    Loss(Reason.DRAGGED, "sky-crane", _LOWER + "on touchdown + 1.1 s tilt 1 throttle 0.73"),
    Loss(Reason.BRIDLE_NOT_CUT, "sky-crane", _LOWER),
    Loss(Reason.STAGE_ON_ROVER, "sky-crane", _LOWER + "on touchdown + 1 s action throttle 0"),
    Loss(
        Reason.STAGE_TOO_CLOSE, "sky-crane", _LOWER + """
            on touchdown + 1 s          action  throttle 0.51  tilt 0.39
            on bridle_cut + 1.6 s       throttle 0  tilt -0.16
        """,
    ),
    Loss(Reason.OUT_OF_TIME, "sky-crane", "at start throttle 0.75", {"limits.max_time_s": 20.0}),
)  # fmt: skip
