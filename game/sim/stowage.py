"""What is on board: every part of the spacecraft as a rigid piece, in the frame of the descent stage."""

from __future__ import annotations

from typing import Final

from game.sim.bodies import Lump, joined
from game.sim.descent_stage import stage_lump
from game.sim.phases import Phase
from game.sim.rover import rover_lumps
from game.sim.snapshot import Part
from game.sim.vehicle_spec import VehicleSpec

CRUISE_MASSES: Final = (Part.CRUISE_MASS_1, Part.CRUISE_MASS_2)
ENTRY_MASSES: Final = (Part.ENTRY_MASSES_1, Part.ENTRY_MASSES_2, Part.ENTRY_MASSES_3)

_POINT_KG_M2: Final = 1e-3  # moment of inertia of what is small


def on_board(vehicle: VehicleSpec, start: Phase, mass_factor: float, propellant_kg: float) -> dict[Part, Lump]:
    """Everything that a flight starting in this phase still carries, in a fixed order.

    `mass_factor` is what a dispersed craft differs by: rover and descent stage, not what is thrown away.

    The balance masses sit beside the axis, which is what makes the capsule fly at an angle; as the bank turns that
    offset out of our plane and back, they stand on the axis here, and the trim angle is a figure of the aeroshell.
    """
    shell, ring, shield = vehicle.backshell, vehicle.cruise_stage, vehicle.heat_shield
    shell_y = shell.above_stage_m
    rim_y = shell_y + min(y for _, y in shell.outline_m)
    rover = rover_lumps(vehicle.rover, mass_factor, stowed=True)
    below_m = vehicle.descent_stage.rover_below_m
    stowed = [Lump(p.mass_kg, p.inertia_kg_m2, p.x_m, p.y_m - below_m) for p in (rover.chassis, rover.bogie)]
    pieces = {
        Part.ROVER: joined(stowed),
        Part.DESCENT_STAGE: stage_lump(vehicle.descent_stage, mass_factor, propellant_kg),
        Part.BACKSHELL: Lump(shell.mass_kg, shell.inertia_kg_m2, 0.0, shell_y),
        Part.PARACHUTE: Lump(vehicle.parachute.mass_kg, _POINT_KG_M2, 0.0, shell_y + shell.riser_y_m),
        Part.HEAT_SHIELD: Lump(shield.mass_kg, shield.inertia_kg_m2, 0.0, shell_y - shield.below_backshell_m),
    }
    for part in ENTRY_MASSES[: vehicle.aeroshell.balance_pairs]:
        pieces[part] = Lump(2.0 * vehicle.aeroshell.balance_mass_kg, _POINT_KG_M2, 0.0, rim_y)
    if start in (Phase.COURSE, Phase.CRUISE):
        for part in CRUISE_MASSES[: ring.balance_masses]:
            pieces[part] = Lump(ring.balance_mass_kg, _POINT_KG_M2, 0.0, rim_y)
        pieces[Part.CRUISE_STAGE] = Lump(ring.mass_kg, ring.inertia_kg_m2, 0.0, shell_y + ring.above_backshell_m)
    return pieces
