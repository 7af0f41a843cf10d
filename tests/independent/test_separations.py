"""Every parting above the ground, as it happens in a flight: mass and momentum in the tick that brings it.

Flown without air, so that gravity alone changes the momentum. What each part weighs is this directory's own account of
the vehicle's figures, how it moves is read off the flight's poses; a part still on board moves with the backshell.
Rover release and bridle cut have theirs in tests/scenario/test_parting.py, where the engines push.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, sin

import pytest

from game.content.modes import Mode
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Part, Pose, Truth
from game.sim.spec import DT_S
from tests.independent.entry import Model
from tests.independent.given import MU_M3_S2, Piece, pieces_at_the_interface
from tests.scenario.world import world

AIRLESS = {"air__density_factor": ((0.0, 1e-15),), "air__wind": ((0.0, 0.0),), "goal__ends_at": None}

PARTS = {
    "rover": Part.ROVER, "stage": Part.DESCENT_STAGE, "backshell": Part.BACKSHELL, "canopy": Part.PARACHUTE,
    "heat shield": Part.HEAT_SHIELD, "ballast 1": Part.ENTRY_MASSES_1, "ballast 2": Part.ENTRY_MASSES_2,
    "ballast 3": Part.ENTRY_MASSES_3, "ring": Part.CRUISE_STAGE, "cruise mass 1": Part.CRUISE_MASS_1,
    "cruise mass 2": Part.CRUISE_MASS_2,
}  # fmt: skip


# the flight before a tick, what its capsule is made of, and whether ACTION is given
Story = Callable[[], Iterator[tuple[Flight, dict[str, Piece], bool]]]


def from_space() -> Iterator[tuple[Flight, dict[str, Piece], bool]]:
    """A minute before the interface: the cruise stage at once, its two balance masses by themselves."""
    spec = world("jezero", Mode.RAW, **AIRLESS, start__phase=Phase.CRUISE, start__t_s=-60.0)
    ring, shell = spec.vehicle.cruise_stage, spec.vehicle.backshell
    pieces = pieces_at_the_interface(spec.vehicle, spec.start.propellant_kg)
    pieces["ring"] = Piece(ring.mass_kg, ring.inertia_kg_m2, 0.0, shell.above_stage_m + ring.above_backshell_m)
    for name in ("cruise mass 1", "cruise mass 2"):
        pieces[name] = Piece(ring.balance_mass_kg, 0.0, 0.0, pieces["ballast 1"].y)
    flight = Flight(spec)
    while flight.t_s < -40.0:
        yield flight, pieces, flight.tick == 60


def under_the_canopy() -> Iterator[tuple[Flight, dict[str, Piece], bool]]:
    """Turning at 20 degrees a second: ballast by itself, mortar, heat shield, backshell."""
    spec = world(
        "parachute", Mode.RAW, **AIRLESS, goal__figures=(), start__turn_deg_s=20.0, start__speed_along_mps=440.0
    )
    pieces = pieces_at_the_interface(spec.vehicle, spec.start.propellant_kg)
    flight = Flight(spec)
    while flight.t_s < 240.0:
        yield flight, pieces, flight.tick in (1_200, 1_500, 1_800)


def momentum(truth: Truth, pieces: dict[str, Piece], vehicle_below_m: float) -> tuple[float, float]:
    """Of all parts together."""
    along = up = 0.0
    for name, piece in pieces.items():
        pose = truth.parts.get(PARTS[name])
        if pose is None:
            vx, vy = velocity_at(truth.parts[Part.BACKSHELL], piece.x, piece.y - pieces["backshell"].y)
        elif name == "rover":
            vx, vy = velocity_at(pose, piece.x, piece.y + vehicle_below_m)
        else:
            vx, vy = pose.vx_mps, pose.vy_mps
        along += piece.kg * vx
        up += piece.kg * vy
    return along, up


def velocity_at(pose: Pose, x: float, y: float) -> tuple[float, float]:
    c, s = cos(pose.angle_rad), sin(pose.angle_rad)
    dx, dy = c * x - s * y, s * x + c * y
    return pose.vx_mps - pose.omega_rad_s * dy, pose.vy_mps + pose.omega_rad_s * dx


def weight(model: Model, pose: Pose) -> tuple[float, float]:
    """Acceleration of a free body where this one is, as it moves."""
    x, up = pose.x_m, pose.y_m + model.zero_m
    r2 = x * x + up * up
    pull = MU_M3_S2 / r2**1.5 - model.spin**2
    return -pull * x - 2.0 * model.spin * pose.vy_mps, -pull * up + 2.0 * model.spin * pose.vx_mps


LEAVES = {
    "cruise_stage_separation": "ring", "balance_mass cruise_mass_1": "cruise mass 1",
    "balance_mass cruise_mass_2": "cruise mass 2", "balance_mass entry_masses_1": "ballast 1",
    "balance_mass entry_masses_2": "ballast 2", "balance_mass entry_masses_3": "ballast 3", "line_stretch": "canopy",
    "heat_shield_separation": "heat shield", "backshell_separation": "backshell",
}  # fmt: skip


@pytest.mark.parametrize(("story", "partings"), [(from_space, 3), (under_the_canopy, 6)])
def test_no_parting_gives_or_takes_mass_or_momentum(story: Story, partings: int) -> None:
    """Within five thousandths of a newton second, of tonnes at kilometres a second; springs hand over hundreds.

    The cruise stage leaves by command, before the tick's step, as a point mass that gravity has at its own next step.
    """
    seen = []
    out: dict[str, Piece] = {}  # the canopy, which still hangs on us
    for flight, body, action in story():
        before = flight.snapshot()
        events = flight.step(Command(action=action))
        names = [f"{event.name} {event.detail}".strip() for event in events]
        told = [name for name in names if name in LEAVES]
        if not told:
            continue
        assert len(told) == 1
        after = flight.snapshot()
        together = body | out
        leaves = LEAVES[told[0]]
        piece = body.pop(leaves)
        assert flight.craft.pushed.body.mass == pytest.approx(sum(p.kg for p in body.values()), rel=1e-12)
        if leaves == "canopy":
            out = {leaves: piece}
        model, below_m = Model(flight.spec), flight.spec.vehicle.descent_stage.rover_below_m
        pulled_kg = sum(p.kg for name, p in together.items() if name != "ring")
        gravity = weight(model, before.parts[Part.BACKSHELL])
        old, new = momentum(before, together, below_m), momentum(after, together, below_m)
        for axis in (0, 1):
            gained = new[axis] - old[axis] - pulled_kg * gravity[axis] * DT_S
            assert gained == pytest.approx(0.0, abs=0.005), (told, axis)
        seen += told
    assert len(seen) == partings
