"""Flight modes and dispersions: how a level becomes easier, harder or less certain, without touching its file."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from game.sim.phases import Phase
from game.sim.spec import ControlLaw, DispersionsSpec


class Mode(StrEnum):
    """How much the craft does by itself, and how much the hand.

    GUIDED  the autopilot flies what you do not (the mixer in game/pilots); the craft holds what is set
    MANUAL  you fly; the craft holds what is set
    RAW     nothing is held, the day is dispersed, and no cues are given
    ONE_BUTTON  guided with the axes off: whatever is pressed is the next step, and there is nothing else to do
    """

    GUIDED = "guided"
    MANUAL = "manual"
    RAW = "raw"
    ONE_BUTTON = "one-button"

    @property
    def board(self) -> Mode:
        """The mode that the flight counts as, in reports and records: one button is a guided flight, by its `hands`."""
        return Mode.GUIDED if self is Mode.ONE_BUTTON else self


BOARDS: Final = tuple(dict.fromkeys(mode.board for mode in Mode))  # those that a flight can count as

# Three-sigma spreads of the mission's own kind of Monte Carlo: the whole way, and as far as they matter below the
# parachute. A flight that starts higher up starts where its arrival or its level says, errors included.
FULL_ENTRY: Final = DispersionsSpec(
    density_percent=12.0,  # up to 40 km, growing to
    high_density_percent=35.0,  # above 80 km
    wind_mps=25.0,
    entry_angle_deg=0.2,
    entry_speed_mps=2.0,
    capsule_drag_percent=3.0,
    lift_percent=5.0,
    parachute_drag_percent=10.0,
    thrust_percent=3.0,
    isp_percent=1.0,
    mass_percent=0.5,
    start_speed_mps=0.0,
    start_downrange_m=0.0,
)
FULL: Final = DispersionsSpec(
    density_percent=12.0,  # 12 % at 10 to 40 km; the same near the ground is on the safe side
    wind_mps=8.0,  # estimate: 25 m/s aloft, of which a third is left near the ground
    parachute_drag_percent=10.0,
    thrust_percent=3.0,
    isp_percent=1.0,
    mass_percent=0.5,
    start_speed_mps=4.0,  # what 10 % of drag changes at 80 m/s under the parachute
    start_downrange_m=137.0,  # the position error that the terrain camera finds, as flown
)
# Already hovering: the craft has measured and corrected where and how fast it is.
FULL_HOVERING: Final = replace(FULL, start_speed_mps=0.3, start_downrange_m=5.0)


def control_law_of(mode: Mode) -> ControlLaw:
    """The craft's own control law in this mode."""
    return ControlLaw.RAW if mode is Mode.RAW else ControlLaw.DAMPED


def full_dispersions(start: Phase) -> DispersionsSpec:
    """The full spreads for a flight that starts in this phase, where its level has none of its own."""
    if start is Phase.SKY_CRANE:
        return FULL_HOVERING
    return FULL if start is Phase.FREE_FALL else FULL_ENTRY
