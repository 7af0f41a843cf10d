"""What to try next: from how a flight ended, and where it lost most, to one piece of advice as a code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from game.report import FlightReport
from game.sim.events import EventName, Reason
from game.sim.spec import TICK_HZ

LOW_DROP_M: Final = 1200.0  # out of the backshell lower than this, braking is what was short; as flown: 2.2 km
HIGH_DROP_M: Final = 3000.0  # higher than this, propellant was
LATE_MARK_M: Final = 500.0  # estimate: a mark chosen lower than this costs more propellant than there is
LONG_HOVER_S: Final = 20.0  # on the sky crane; as flown, 18 s from its start to the wheels on the ground


class Advice(StrEnum):
    """One thing to do otherwise. The words are `advice.<code>` in the texts."""

    DROP_STAGE = "drop_stage"
    TRIM_COURSE = "trim_course"
    DIVE = "dive"
    FLOAT = "float"
    SHIELD_FORWARD = "shield_forward"
    KEEP_SHIELD = "keep_shield"
    FIRE_PARACHUTE = "fire_parachute"
    WAIT_FOR_BOX = "wait_for_box"
    DROP_SHIELD = "drop_shield"
    FULL_CANOPY = "full_canopy"
    DROP_OUT = "drop_out"
    DROP_OUT_LATER = "drop_out_later"
    SIDESTEP = "sidestep"
    SAVE_PROPELLANT = "save_propellant"
    BRAKE = "brake"
    RELEASE = "release"
    RELEASE_HIGHER = "release_higher"
    RELEASE_SOONER = "release_sooner"
    REEL = "reel"
    WAIT_FOR_SLACK = "wait_for_slack"
    SOFTER = "softer"
    STEADIER = "steadier"
    CHOOSE_MARK = "choose_mark"
    MARK_EARLIER = "mark_earlier"
    CUT = "cut"
    FLY_AWAY = "fly_away"
    HURRY = "hurry"
    AIM = "aim"
    CLOSER = "closer"
    STEER_ENTRY = "steer_entry"
    NEARER = "nearer"
    LIKE_HER = "like_her"
    PERFECT = "perfect"


# What every loss asks for. A landing or a goal reached has its own: there it depends on the points.
OF_LOSS: Final[dict[Reason, Advice]] = {
    Reason.GOAL_MISSED: Advice.AIM,
    Reason.CRUISE_STAGE_KEPT: Advice.DROP_STAGE,
    Reason.MISSED_MARS: Advice.TRIM_COURSE,
    Reason.SKIPPED_OUT: Advice.DIVE,
    Reason.BACKSHELL_BURNED: Advice.SHIELD_FORWARD,
    Reason.BURNED_THROUGH: Advice.FLOAT,
    Reason.BURNED_UNPROTECTED: Advice.KEEP_SHIELD,
    Reason.BROKE_UP: Advice.FLOAT,
    Reason.NO_PARACHUTE: Advice.FIRE_PARACHUTE,
    Reason.PARACHUTE_TORN: Advice.WAIT_FOR_BOX,
    Reason.PARACHUTE_TOO_LATE: Advice.FIRE_PARACHUTE,
    Reason.STRUCK_BY_HEAT_SHIELD: Advice.FULL_CANOPY,
    Reason.HEAT_SHIELD_KEPT: Advice.DROP_SHIELD,
    Reason.BACKSHELL_KEPT: Advice.DROP_OUT,
    Reason.STRUCK_BY_BACKSHELL: Advice.SIDESTEP,
    Reason.FUEL_OUT: Advice.SAVE_PROPELLANT,
    Reason.HIT_THE_GROUND: Advice.BRAKE,
    Reason.ROVER_NOT_RELEASED: Advice.RELEASE,
    Reason.WHEELS_NOT_READY: Advice.RELEASE_HIGHER,
    Reason.BRIDLE_NOT_FULL: Advice.REEL,
    Reason.CUT_TOO_EARLY: Advice.WAIT_FOR_SLACK,
    Reason.WHEELS_BROKEN: Advice.SOFTER,
    Reason.SUSPENSION_BROKEN: Advice.STEADIER,
    Reason.TIPPED_ON_SLOPE: Advice.CHOOSE_MARK,
    Reason.TIPPED_ON_ROCK: Advice.CHOOSE_MARK,
    Reason.TIPPED_BY_SPEED: Advice.STEADIER,
    Reason.HELD_UP_BY_ROCK: Advice.CHOOSE_MARK,
    Reason.DRAGGED: Advice.CUT,
    Reason.BRIDLE_NOT_CUT: Advice.CUT,
    Reason.STAGE_ON_ROVER: Advice.FLY_AWAY,
    Reason.STAGE_TOO_CLOSE: Advice.FLY_AWAY,
    Reason.OUT_OF_TIME: Advice.HURRY,
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Advice with the figures that its sentence needs; worst names the figure of a goal that was furthest off."""

    advice: Advice
    figures: tuple[tuple[str, float], ...] = ()
    worst: str = ""


def lesson_of_loss(report: FlightReport) -> Lesson:
    """By the reason; and where dropping out at the wrong height began it all, that is what is told. Tanks that ran dry
    on the way to a mark chosen too late were emptied by that, and in a long hover by waiting there, whatever the
    braking was like.

    Raises KeyError for a flight that was not lost.
    """
    advice = OF_LOSS[report.reason_code]
    late = [e for e in report.events if e.name is EventName.MARK_CHOSEN and e.height_m < LATE_MARK_M]
    if advice is Advice.SAVE_PROPELLANT and late:
        return Lesson(Advice.MARK_EARLIER, (("height_m", late[-1].height_m),))
    if advice is Advice.SAVE_PROPELLANT and _hovered_s(report) > LONG_HOVER_S:
        released = any(event.name is EventName.ROVER_RELEASE for event in report.events)
        return Lesson(Advice.HURRY if released else Advice.RELEASE_SOONER)
    dropped = next((e for e in report.events if e.name is EventName.BACKSHELL_SEPARATION), None)
    if dropped is not None:
        figures = (("height_m", dropped.height_m),)
        if advice is Advice.BRAKE and dropped.height_m < LOW_DROP_M:
            return Lesson(Advice.DROP_OUT, figures)
        if advice is Advice.SAVE_PROPELLANT and dropped.height_m > HIGH_DROP_M:
            return Lesson(Advice.DROP_OUT_LATER, figures)
    return Lesson(advice)


def _hovered_s(report: FlightReport) -> float:
    """From the start of the sky crane to dry tanks; a flight that lit no engines began on it."""
    when = {event.name: event.t_s for event in report.events}
    dry_s = when.get(EventName.FUEL_OUT)
    if dry_s is None:
        return 0.0
    if EventName.SKY_CRANE_START in when:
        return dry_s - when[EventName.SKY_CRANE_START]
    began_s = report.events[-1].t_s - report.events[-1].tick / TICK_HZ
    return 0.0 if {EventName.ENGINE_START, EventName.BACKSHELL_SEPARATION} & set(when) else dry_s - began_s
