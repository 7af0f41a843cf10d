"""Every way to lose the last minute, flown into: each by its physics, none by setting a flag."""

from __future__ import annotations

from dataclasses import replace

from game.content.modes import Mode
from game.sim.command import Command
from game.sim.events import EventName, Reason
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Part
from tests.scenario.world import Flown, fly, world

FLAT = ((-60.0, -2569.9), (60.0, -2569.9))
BARE = {"site__ground__roughness": (), "site__ground__rock_abundance": 0.0}


def lost(flown: Flown, reason: Reason) -> Flown:
    assert flown.flight.reason is reason, (flown.flight.reason, flown.flight.reason_figures)
    assert flown.flight.outcome is Outcome.LOST
    assert flown.events[-1].name is EventName.LOST or flown.first(EventName.LOST).detail == reason
    return flown


def hands_off(nav: Nav, auto: Command) -> Command:
    return Command()


def test_doing_nothing_in_the_powered_descent_hits_the_ground() -> None:
    """Eight engines at minimum thrust do not even slow the fall."""
    flown = lost(fly(world("powered-descent"), hands_off), Reason.HIT_THE_GROUND)
    assert dict(flown.flight.reason_figures)["speed_mps"] > 100.0


def test_doing_nothing_under_the_sky_crane_sets_the_stowed_rover_down() -> None:
    """The craft sinks as the lever says, softly enough to survive, and the rover is still stowed."""
    lost(fly(world(), hands_off), Reason.ROVER_NOT_RELEASED)


def test_the_backshell_strikes_a_craft_that_waits_under_it() -> None:
    """Who hovers below the parachute is caught up by the backshell."""

    def wait_below(nav: Nav, auto: Command) -> Command:
        if nav.phase is not Phase.POWERED or nav.backshell_dx_m is None or nav.height_m < 300.0:
            return auto
        below = 0.03 * nav.backshell_dx_m + 0.3 * (10.4 - nav.stage_vx_mps)
        hover = nav.total_mass_kg * (nav.gravity_mps2 + 0.8 * (-8.0 - nav.vy_mps))
        lever = (hover - nav.thrust_min_n) / (nav.thrust_max_n - nav.thrust_min_n)
        return Command(tilt=round(127 * min(max(below, -0.6), 0.6)), throttle=round(255 * min(max(lever, 0.0), 1.0)))

    flown = lost(fly(world("powered-descent"), wait_below), Reason.STRUCK_BY_BACKSHELL)
    assert flown.flight.snapshot().height_m > 10.0


def test_running_out_of_propellant_is_told_as_such() -> None:
    """The engines stop in mid-air, and the ground does the rest."""
    flown = lost(fly(world("powered-descent", start__propellant_kg=150.0)), Reason.FUEL_OUT)
    assert EventName.FUEL_OUT in flown.names()
    assert flown.flight.propellant_kg == 0.0


def test_wheels_that_touch_before_they_are_ready_lose_the_rover() -> None:
    """Released ten metres up, the rover is down before its bogies are free."""
    spec = world(start__height_m=10.0, start__downrange_m=1560.0, start__speed_along_mps=0.0)
    lost(fly(spec), Reason.WHEELS_NOT_READY)


def test_a_bridle_that_is_not_fully_paid_out_loses_the_rover() -> None:
    """With the stage too near above it, touching down does not count."""

    def half_a_bridle(nav: Nav, auto: Command) -> Command:
        return replace(auto, reel=0) if nav.bridle_paid_m > 4.0 else auto

    flown = lost(fly(world(), half_a_bridle), Reason.BRIDLE_NOT_FULL)
    assert 4.0 < dict(flown.flight.reason_figures)["paid_m"] < 5.0


def test_cutting_in_the_air_drops_the_rover() -> None:
    """Five metres of free fall on Mars are 6 m/s at the ground."""

    def cut_early(nav: Nav, auto: Command) -> Command:
        if nav.phase is Phase.SKY_CRANE and nav.wheels_ready and nav.height_m < 3.5:
            return replace(auto, action=True)
        return auto

    flown = lost(fly(world(start__height_m=24.0), cut_early), Reason.CUT_TOO_EARLY)
    assert flown.flight.touchdown is not None
    assert flown.flight.touchdown.speed_mps > 3.0


def test_wheels_break_over_three_metres_a_second() -> None:
    """Raw throttle cut back in the last metres: the rover comes down on its bridle too hard."""

    def drop(nav: Nav, auto: Command) -> Command:
        return replace(auto, throttle=60) if nav.wheels_ready and nav.height_m < 5.0 else auto

    flown = lost(fly(world(mode=Mode.RAW, start__height_m=26.0), drop), Reason.WHEELS_BROKEN)
    assert flown.flight.touchdown is not None
    assert flown.flight.touchdown.speed_mps > 3.0


def test_sliding_in_breaks_the_suspension() -> None:
    """Soft enough downwards, too fast along the ground."""

    def drift(nav: Nav, auto: Command) -> Command:
        return replace(auto, tilt=110) if nav.wheels_ready and nav.height_m < 3.5 else auto

    flown = lost(fly(world(start__height_m=24.0), drift), Reason.SUSPENSION_BROKEN)
    assert flown.flight.touchdown is not None
    assert flown.flight.touchdown.horizontal_mps > 1.0


def test_not_cutting_lets_the_stage_down_on_the_rover() -> None:
    """The stage goes on sinking above slack cords until it sits on the rover."""

    def never_cut(nav: Nav, auto: Command) -> Command:
        return replace(auto, action=False) if nav.phase is Phase.TOUCHDOWN else auto

    lost(fly(world(), never_cut), Reason.BRIDLE_NOT_CUT)


def test_a_stage_that_stays_tied_and_leaves_drags_the_rover() -> None:
    """Full lean without a cut pulls the rover over the ground or off its wheels."""

    def leave_tied(nav: Nav, auto: Command) -> Command:
        if nav.phase is not Phase.TOUCHDOWN or nav.phase_s < 1.1:
            return replace(auto, action=auto.action and nav.phase is Phase.SKY_CRANE)
        return Command(tilt=127, throttle=185)

    lost(fly(world(), leave_tied), Reason.DRAGGED)


def test_a_stage_shut_down_after_the_cut_falls_on_the_rover() -> None:
    """Cut, then nothing: the engines go out and the stage comes down where it hangs."""

    def give_up(nav: Nav, auto: Command) -> Command:
        return Command() if nav.phase is Phase.FLYAWAY else auto

    lost(fly(world(), give_up), Reason.STAGE_ON_ROVER)


def test_a_stage_that_hops_aside_comes_down_too_close() -> None:
    """Ten metres away is not away."""

    def hop(nav: Nav, auto: Command) -> Command:
        if nav.phase is not Phase.FLYAWAY:
            return auto
        if nav.phase_s < 1.6:
            return Command(tilt=50, throttle=130)
        return Command(tilt=-20)

    flown = lost(fly(world(), hop), Reason.STAGE_TOO_CLOSE)
    assert dict(flown.flight.reason_figures)["distance_m"] < 30.0


def test_a_steep_slope_tips_the_rover() -> None:
    """On thirty-seven degrees locked wheels slide, and at the foot of the slope the rover goes over."""
    site = {
        "site__ground__profile_east_km_elevation_m": (
            (-60.0, -2569.9),
            (0.0, -2569.9),
            (0.1, -2489.0),
            (60.0, -2489.0),
        ),
        **BARE,
    }
    lost(fly(world(start__height_m=24.0, **site)), Reason.TIPPED_ON_SLOPE)


def test_a_boulder_under_one_end_tips_the_rover() -> None:
    """The front wheels come down on a boulder as high as the rover itself."""
    site = {"site__ground__profile_east_km_elevation_m": FLAT, "site__ground__rocks_m": ((1561.6, 3.2, 1.2),), **BARE}
    lost(fly(world(start__height_m=26.0, **site), mark_m=1560.0), Reason.TIPPED_ON_ROCK)


def test_a_rock_under_the_belly_holds_the_rover_up() -> None:
    """A rock higher than the belly's 0.6 m stands between the left and the right wheels."""
    site = {"site__ground__profile_east_km_elevation_m": FLAT, "site__ground__rocks_m": ((1560.2, 1.5, 0.0),), **BARE}
    lost(fly(world(start__height_m=24.0, **site), mark_m=1560.0), Reason.HELD_UP_BY_ROCK)


def test_speed_along_the_ground_tips_a_rover_whose_suspension_would_hold() -> None:
    """Without the suspension's limit, and on ground that grips, a fast arrival on locked wheels rolls it over."""

    def charge(nav: Nav, auto: Command) -> Command:
        if nav.phase is Phase.TOUCHDOWN:
            return replace(auto, action=True)
        return replace(auto, tilt=100) if nav.wheels_ready and nav.height_m < 12.0 else auto

    spec = world(
        start__height_m=40.0,
        site__friction=1.6,
        limits__along_speed_mps=50.0,
        limits__wheel_speed_mps=50.0,
        vehicle__control__hover_lean_deg=25.0,
        site__ground__profile_east_km_elevation_m=FLAT,
        **BARE,
    )
    lost(fly(spec, charge), Reason.TIPPED_BY_SPEED)


def test_a_flight_that_never_ends_is_ended() -> None:
    """Hovering on is no way out: time runs out."""

    def hover(nav: Nav, auto: Command) -> Command:
        return replace(auto, throttle=191, action=False)

    flown = lost(fly(world(limits__max_time_s=10.0), hover), Reason.OUT_OF_TIME)
    assert flown.first(EventName.LOST).tick == flown.flight.spec.max_ticks


def test_after_a_loss_every_part_is_told_where_it_lies() -> None:
    """The flight flies down at once whatever was still in the air."""
    flight = fly(world("powered-descent"), hands_off).flight
    assert list(flight.parts_down) == [Part.ROVER, Part.DESCENT_STAGE, Part.BACKSHELL, Part.PARACHUTE]
    assert flight.parts_down[Part.BACKSHELL] > flight.parts_down[Part.ROVER] + 100.0


def test_a_wreck_stays_on_the_ground() -> None:
    """At 120 m/s a body moves a metre a tick: it must not come out of the ground on the other side."""
    flight = fly(world("powered-descent"), hands_off).flight
    truth = flight.snapshot()
    assert abs(truth.height_m) < 2.0
    assert truth.speed_mps < 5.0
