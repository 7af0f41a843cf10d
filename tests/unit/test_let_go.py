"""Where the engines set us down if the tilt is let go: against flights in which it is let go."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import hud_model
from game.cues.let_go import let_go_gauge, let_go_m, time_down_s
from game.cues.profile import descent_aim_mps
from game.cues.signs import Sign
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav


@cache
def let_go_at(height_m: float) -> tuple[Nav, Nav]:
    """What the craft knows when the tilt is let go on the way to a far mark, and when the descent has ended. The
    throttle goes on as the autopilot has it.
    """
    flight, helm = Flight(load_level("powered-descent").flight_spec(Mode.MANUAL), 0), Helm(Autopilot())
    let_go: Nav | None = None
    while (nav := flight.nav()).phase is Phase.FREE_FALL or nav.height_m > 21.3:
        command = helm.command(flight)
        if let_go is None and nav.phase is Phase.POWERED and nav.height_m <= height_m:
            let_go = nav
        helm.hear(flight.step(command if let_go is None else replace(command, tilt=0)))
    assert let_go is not None
    return let_go, nav


@pytest.mark.parametrize("height_m", [1500.0, 300.0, 60.0])
def test_it_is_where_a_craft_comes_down_that_is_let_go(height_m: float) -> None:
    """Leaning either way and fast, or nearly still: within 6 % of the way, or 6 m near the ground."""
    let_go, landed = let_go_at(height_m)
    way_m = landed.x_m - let_go.x_m
    assert let_go_m(let_go) - let_go.x_m == pytest.approx(way_m, rel=0.06, abs=6.0)


def test_the_lean_counts() -> None:
    """A craft that leans has some of its speed along the ground still to come: without that the place would be off by
    as much as marks are apart.
    """
    let_go, landed = let_go_at(300.0)
    assert abs(let_go.tilt_rad) > 0.2
    upright = let_go._replace(tilt_rad=0.0, tilt_rate_rad_s=0.0)
    assert abs(let_go_m(upright) - landed.x_m) > 2.0 * abs(let_go_m(let_go) - landed.x_m)


@pytest.mark.parametrize("height_m", [2000.0, 700.0, 260.0, 240.0, 150.0, 60.0, 35.0])
def test_the_time_down_is_that_of_the_profile(height_m: float) -> None:
    """Summed up in small steps at the profile's own speed, to where the sky crane takes over."""
    spent_s, left_m, step_m = 0.0, height_m, 0.05
    while (speed := descent_aim_mps(left_m)) > 1.5:
        spent_s += step_m / descent_aim_mps(left_m - 0.5 * step_m)
        left_m -= step_m
    assert time_down_s(height_m) == pytest.approx(spent_s, abs=0.05)
    assert speed <= 1.5


def test_it_is_told_while_hands_steer_on_engines() -> None:
    """In the powered descent with the damped law; not in free fall, not when nothing stands the craft upright, and not
    under the sky crane.
    """
    let_go, _ = let_go_at(300.0)
    told = hud_model(let_go).let_go
    assert told is not None
    assert told.value == pytest.approx(let_go.mark_m - let_go_m(let_go))
    assert let_go_gauge(let_go._replace(damped=False)) is None
    for phase in Phase:
        assert (let_go_gauge(let_go._replace(phase=phase)) is not None) == (phase is Phase.POWERED)


def test_at_the_mark_it_says_so() -> None:
    """Within 25 m of the chosen mark it is good; elsewhere it warns of nothing, it only tells."""
    let_go, _ = let_go_at(300.0)
    for off_m, sign in ((0.0, Sign.GO), (24.0, Sign.GO), (-24.0, Sign.GO), (26.0, Sign.QUIET), (-300.0, Sign.QUIET)):
        gauge = let_go_gauge(let_go._replace(mark_m=let_go_m(let_go) + off_m))
        assert gauge is not None
        assert gauge.value == pytest.approx(off_m)
        assert gauge.sign is sign
