"""Flights drawn frame by frame at the window's pace: a whole one, and one for each way of losing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import pi

from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.pilot import Helm, Pilot
from game.scenes.tempo import Tempo
from game.sim.command import Command
from game.sim.events import Event, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome
from game.sim.spec import FlightSpec
from game.view.world import Names, Studio, WorldView
from tests.scenario.hands import PlainHand
from tests.scenario.test_losing import BARE, FLAT, hands_off
from tests.scenario.test_losing_arrival import FAST, NEAR, everything_at, hold
from tests.scenario.test_losing_parachute import drop_shield_after, fast, fire_at_once, fire_below
from tests.scenario.world import Hand, HandOnTop, world

NAMES = Names("CRAFT", "BACKSHELL", "STAGE", "TARGET")


@dataclass(frozen=True)
class Way:
    """How to fly into a loss."""

    spec: Callable[[], FlightSpec]
    hand: Hand | None = None
    pilot: Callable[[], Pilot] | None = None
    mark_m: float | None = None
    level: str = "jezero"


@dataclass(frozen=True)
class Frame:
    """One tick of the window: where the picture is now, and what has happened."""

    world: WorldView
    flight: Flight
    events: list[Event]
    over: bool


def _low(hand: Hand | None, mark_m: float | None = None, mode: Mode = Mode.MANUAL, **changes: object) -> Way:
    return Way(lambda: world("sky-crane", mode, **changes), hand, None, mark_m, "sky-crane")


def _cut_early(nav: Nav, auto: Command) -> Command:
    low = nav.phase is Phase.SKY_CRANE and nav.wheels_ready and nav.height_m < 3.5
    return replace(auto, action=True) if low else auto


def _half_a_bridle(nav: Nav, auto: Command) -> Command:
    return replace(auto, reel=0) if nav.bridle_paid_m > 4.0 else auto


def _drop(nav: Nav, auto: Command) -> Command:
    return replace(auto, throttle=60) if nav.wheels_ready and nav.height_m < 5.0 else auto


def _drift(nav: Nav, auto: Command) -> Command:
    return replace(auto, tilt=110) if nav.wheels_ready and nav.height_m < 3.5 else auto


def _never_cut(nav: Nav, auto: Command) -> Command:
    return replace(auto, action=False) if nav.phase is Phase.TOUCHDOWN else auto


def _leave_tied(nav: Nav, auto: Command) -> Command:
    if nav.phase is not Phase.TOUCHDOWN or nav.phase_s < 1.1:
        return replace(auto, action=auto.action and nav.phase is Phase.SKY_CRANE)
    return Command(tilt=127, throttle=185)


def _give_up(nav: Nav, auto: Command) -> Command:
    return Command() if nav.phase is Phase.FLYAWAY else auto


def _hop(nav: Nav, auto: Command) -> Command:
    if nav.phase is not Phase.FLYAWAY:
        return auto
    return Command(tilt=50, throttle=130) if nav.phase_s < 1.6 else Command(tilt=-20)


def _wait_below(nav: Nav, auto: Command) -> Command:
    if nav.phase is not Phase.POWERED or nav.backshell_dx_m is None or nav.height_m < 300.0:
        return auto
    below = 0.03 * nav.backshell_dx_m + 0.3 * (10.4 - nav.stage_vx_mps)
    hover = nav.total_mass_kg * (nav.gravity_mps2 + 0.8 * (-8.0 - nav.vy_mps))
    lever = (hover - nav.thrust_min_n) / (nav.thrust_max_n - nav.thrust_min_n)
    return Command(tilt=round(127 * min(max(below, -0.6), 0.6)), throttle=round(255 * min(max(lever, 0.0), 1.0)))


def _keep_all(nav: Nav, auto: Command) -> Command:
    return Command() if nav.phase is Phase.PARACHUTE else auto


def _keep_shell(nav: Nav, auto: Command) -> Command:
    return auto if nav.phase is not Phase.PARACHUTE or nav.heat_shield_on else Command()


def _keep_stage(nav: Nav, auto: Command) -> Command:
    return Command() if nav.phase is Phase.CRUISE else auto


_FLAT = {"site__ground__profile_east_km_elevation_m": FLAT, **BARE}
LOSSES = {
    Reason.CRUISE_STAGE_KEPT: Way(
        lambda: world("jezero", start__phase=Phase.CRUISE, start__t_s=-20.0), _keep_stage, PlainHand
    ),
    Reason.SKIPPED_OUT: Way(
        lambda: world("jezero", **NEAR, start__arrival__entry_angle_deg=-9.8), None, lambda: PlainHand(1.0)
    ),
    Reason.BACKSHELL_BURNED: Way(
        lambda: world("jezero", Mode.RAW, start__phase=Phase.APPROACH, start__t_s=-45.0), hold(pi), PlainHand
    ),
    Reason.BURNED_THROUGH: Way(
        lambda: world(
            "jezero", **FAST, vehicle__aeroshell__structure_g=60.0, vehicle__backshell__flux_limit_w_cm2=20.0
        ),
        None,
        PlainHand,
    ),
    Reason.BURNED_UNPROTECTED: Way(lambda: world("jezero", **NEAR), everything_at(70.0), PlainHand),
    Reason.BROKE_UP: Way(lambda: world("heat-shield"), None, lambda: PlainHand(-1.0), None, "heat-shield"),
    Reason.NO_PARACHUTE: Way(lambda: world("parachute"), hands_off, None, None, "parachute"),
    Reason.PARACHUTE_TORN: Way(lambda: fast(900.0), fire_at_once, PlainHand, None, "parachute"),
    Reason.PARACHUTE_TOO_LATE: Way(lambda: world("parachute"), fire_below(900.0), PlainHand, None, "parachute"),
    Reason.STRUCK_BY_HEAT_SHIELD: Way(lambda: world("parachute"), drop_shield_after(0.3), PlainHand, None, "parachute"),
    Reason.HEAT_SHIELD_KEPT: Way(lambda: world("parachute"), _keep_all, PlainHand, None, "parachute"),
    Reason.BACKSHELL_KEPT: Way(lambda: world("parachute"), _keep_shell, PlainHand, None, "parachute"),
    Reason.STRUCK_BY_BACKSHELL: Way(
        lambda: world("powered-descent"), _wait_below, None, None, "powered-descent"
    ),
    Reason.FUEL_OUT: Way(
        lambda: world("powered-descent", start__propellant_kg=150.0), None, None, None, "powered-descent"
    ),
    Reason.HIT_THE_GROUND: Way(lambda: world("powered-descent"), hands_off, None, None, "powered-descent"),
    Reason.ROVER_NOT_RELEASED: _low(hands_off),
    Reason.WHEELS_NOT_READY: _low(
        None, start__height_m=10.0, start__downrange_m=1560.0, start__speed_along_mps=0.0
    ),
    Reason.BRIDLE_NOT_FULL: _low(_half_a_bridle),
    Reason.CUT_TOO_EARLY: _low(_cut_early, start__height_m=24.0),
    Reason.WHEELS_BROKEN: _low(_drop, mode=Mode.RAW, start__height_m=26.0),
    Reason.SUSPENSION_BROKEN: _low(_drift, start__height_m=24.0),
    Reason.HELD_UP_BY_ROCK: _low(
        None, 1560.0, start__height_m=24.0, site__ground__rocks_m=((1560.2, 1.5, 0.0),), **_FLAT
    ),
    Reason.TIPPED_ON_ROCK: _low(
        None, 1560.0, start__height_m=26.0, site__ground__rocks_m=((1561.6, 3.2, 1.2),), **_FLAT
    ),
    Reason.DRAGGED: _low(_leave_tied),
    Reason.BRIDLE_NOT_CUT: _low(_never_cut),
    Reason.STAGE_ON_ROVER: _low(_give_up),
    Reason.STAGE_TOO_CLOSE: _low(_hop),
}  # fmt: skip


def film(way: Way, studio: Studio) -> Iterator[Frame]:
    """Every tick of the window, from the first to two seconds of standing still after the end."""
    flight = Flight(way.spec(), 0)
    helm = Helm(HandOnTop(way.hand, way.mark_m, way.pilot() if way.pilot else None))
    seen = WorldView(flight.spec, flight.terrain, flight.snapshot(), studio)
    tempo, pace = Tempo(), load_level(way.level).pace
    while not flight.over:
        due, events = tempo.due(flight.nav(), pace), list[Event]()
        while due > 0 and not flight.over:
            due -= 1
            happened = flight.step(helm.command(flight))
            helm.hear(happened)
            events += happened
        seen.tick(flight.snapshot(), events)
        yield Frame(seen, flight, events, flight.over)
    # As the flight's scene does: a loss has had its aftermath, a landing gets a look.
    for _ in range(1 if flight.outcome is Outcome.LOST else 240):
        seen.hold()
        yield Frame(seen, flight, [], True)
