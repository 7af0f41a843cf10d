"""The phase table: everything can be reached, everything but the end has an exit, every edge is flown."""

from __future__ import annotations

import pytest

from game.sim.command import Command
from game.sim.phases import TRANSITIONS, Phase, diagram
from game.sim.snapshot import Nav
from tests.scenario.world import Hand, fly, world

Edge = tuple[Phase, Phase]


def test_every_phase_can_be_reached_and_only_the_last_has_no_exit() -> None:
    """Free fall and sky crane are where a level may begin."""
    targets = {go.to for exits in TRANSITIONS.values() for go in exits}
    assert targets | {Phase.FREE_FALL} == set(Phase)
    assert [phase for phase, exits in TRANSITIONS.items() if not exits] == [Phase.OVER]


def test_the_diagram_has_a_line_for_every_exit() -> None:
    """What the docs print is the table."""
    lines = diagram().splitlines()
    assert len(lines) == 1 + sum(len(exits) for exits in TRANSITIONS.values())
    assert "    powered --> sky_crane: slow_and_low" in lines


def edges_of(level: str, hand: Hand | None = None, **changes: object) -> set[Edge]:
    spec = world(level, **changes)
    edges: set[Edge] = set()
    last = spec.start.phase

    def watch(nav: Nav, auto: Command) -> Command:
        nonlocal last
        if nav.phase is not last:
            edges.add((last, nav.phase))
            last = nav.phase
        return hand(nav, auto) if hand else auto

    fly(spec, watch)
    return edges


def cut_high(nav: Nav, auto: Command) -> Command:
    early = nav.phase is Phase.SKY_CRANE and nav.bridle_full
    return Command(auto.tilt, auto.throttle, auto.reel, action=auto.action or early)


def never_cut(nav: Nav, auto: Command) -> Command:
    return Command(auto.tilt, auto.throttle, auto.reel, action=auto.action and nav.phase is Phase.SKY_CRANE)


def shut_down(nav: Nav, auto: Command) -> Command:
    return Command() if nav.phase is Phase.FLYAWAY else auto


def nothing(nav: Nav, auto: Command) -> Command:
    return Command()


@pytest.mark.slow
def test_every_edge_of_the_table_is_flown() -> None:
    """By the autopilot, by idle hands, and by hands that cut too early, too late, or never land."""
    flown = edges_of("powered-descent")
    flown |= edges_of("powered-descent", nothing)
    flown |= edges_of("powered-descent", start__height_m=30.0)
    flown |= edges_of("sky-crane", nothing)
    flown |= edges_of("sky-crane", cut_high)
    flown |= edges_of("sky-crane", never_cut)
    flown |= edges_of("sky-crane", shut_down)
    expected = {(phase, go.to) for phase, exits in TRANSITIONS.items() for go in exits}
    assert flown == expected
