"""The parts that are drawn as pictures, each in the frame that its pose in a snapshot has (m, y up)."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Final

from game.sim.vehicle_spec import DescentStageSpec, RoverSpec, VehicleSpec
from game.view import art
from game.view.sprites import Drawing

_CHASSIS: Final = "chassis_stowed"  # the mast comes up days after the landing


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that is drawn as a picture. The bogie's frame is its pivot; the wheel's is its axle.

    rocker   front arm and rear arm about the hub, and the front wheel's leg about the axle
    """

    stage: Drawing
    stage_wreck: Drawing
    chassis: Drawing
    chassis_wreck: Drawing
    rocker: tuple[Drawing, Drawing, Drawing]
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
    return Parts(
        stage=Drawing("stage"),
        stage_wreck=Drawing("stage_wreck", of="stage", burnt=True),
        chassis=Drawing("chassis", of=_CHASSIS),
        chassis_wreck=Drawing("chassis_wreck", of=_CHASSIS, burnt=True),
        rocker=(Drawing("rocker_front"), Drawing("rocker_rear"), Drawing("rocker_leg")),
        bogie=Drawing("bogie"),
        wheel=Drawing("wheel", stretch=_wheel_stretch(vehicle.rover)),
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
    return 2.0 * spec.wheel_radius_m / art.part("wheel").size_m[0]


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
