"""The phase table: everything can be reached, everything but the end has an exit, every edge is flown."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game.content.modes import Mode
from game.pilots.pilot import Helm
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.phases import ARRIVING, TRANSITIONS, Phase, diagram
from game.sim.snapshot import Nav
from tests.scenario.hands import PlainHand
from tests.scenario.world import Hand, HandOnTop, world

Edge = tuple[Phase, Phase]


def test_every_phase_can_be_reached_and_only_the_last_has_no_exit() -> None:
    """The course is where the whole flight begins."""
    targets = {go.to for exits in TRANSITIONS.values() for go in exits}
    assert targets | {Phase.COURSE} == set(Phase)
    assert [phase for phase, exits in TRANSITIONS.items() if not exits] == [Phase.OVER]


def test_the_diagram_has_a_line_for_every_exit() -> None:
    """What the docs print is the table."""
    lines = diagram().splitlines()
    assert len(lines) == 1 + sum(len(exits) for exits in TRANSITIONS.values())
    assert "    powered --> sky_crane: slow_and_low" in lines


def edges_of(level: str, hand: Hand | None = None, mode: Mode = Mode.MANUAL, **changes: object) -> set[Edge]:
    """The changes of phase in one flight, looked for after every tick."""
    flight = Flight(world(level, mode, **changes))
    helm = Helm(HandOnTop(hand, pilot=PlainHand(0.85 if level == "heat-shield" else 0.62)))
    phases = [flight.phase]
    while not flight.over:
        helm.hear(flight.step(helm.command(flight)))
        if flight.phase is not phases[-1]:
            phases.append(flight.phase)
    return set(pairwise(phases))


def ends_at(name: EventName) -> dict[str, object]:
    """A goal that nobody reaches, at this event: a loss in a phase in which nothing else can happen."""
    goal = world("course").goal.figures[0]
    return {"goal__ends_at": name, "goal__figures": (type(goal)(goal.name, 0.0, 0.1),)}


def cut_high(nav: Nav, auto: Command) -> Command:
    early = nav.phase is Phase.SKY_CRANE and nav.bridle_full
    return Command(auto.tilt, auto.throttle, auto.reel, action=auto.action or early)


def never_cut(nav: Nav, auto: Command) -> Command:
    return Command(auto.tilt, auto.throttle, auto.reel, action=auto.action and nav.phase is Phase.SKY_CRANE)


def shut_down(nav: Nav, auto: Command) -> Command:
    return Command() if nav.phase is Phase.FLYAWAY else auto


def nothing(nav: Nav, auto: Command) -> Command:
    return Command()


def drops_but(phase: Phase) -> Hand:
    """The plain hand until this phase, and nothing in it."""

    def hand(nav: Nav, auto: Command) -> Command:
        return Command() if nav.phase is phase else auto

    return hand


def early_edges() -> set[Edge]:
    """From the course to the parachute, each phase flown through and each left by a loss."""
    flown = edges_of("course", **ends_at(EventName.COURSE_SET))
    flown |= edges_of("course", drops_but(Phase.CRUISE))
    flown |= edges_of("heat-shield", **ends_at(EventName.BALANCE_MASS), start__phase=Phase.CRUISE, start__t_s=-40.0)
    flown |= edges_of("parachute", nothing)
    flown |= edges_of("parachute", drops_but(Phase.PARACHUTE))
    return flown | edges_of("parachute", goal__ends_at=None, goal__figures=(), limits__max_time_s=150.0)


def of_the_table(phases: frozenset[Phase]) -> set[Edge]:
    return {(phase, go.to) for phase, exits in TRANSITIONS.items() if phase in phases for go in exits}


@pytest.mark.slow
def test_every_edge_before_the_engines_is_flown() -> None:
    """The phases in which the capsule is what flies."""
    flown = early_edges() | edges_of("course", limits__max_time_s=100.0, goal__ends_at=None, goal__figures=())
    assert {edge for edge in flown if edge[0] in ARRIVING} == of_the_table(ARRIVING)


@pytest.mark.slow
def test_every_edge_of_the_table_is_flown() -> None:
    """By plain hands, by idle hands, and by hands that cut too early, too late, or never land."""
    whole = edges_of("jezero")
    assert {phase for edge in whole for phase in edge} == set(Phase) - {Phase.OVER}
    flown = whole | early_edges()
    flown |= edges_of("powered-descent")
    flown |= edges_of("powered-descent", nothing)
    flown |= edges_of("powered-descent", start__height_m=30.0)
    flown |= edges_of("sky-crane", nothing)
    flown |= edges_of("sky-crane", cut_high)
    flown |= edges_of("sky-crane", never_cut)
    flown |= edges_of("sky-crane", shut_down)
    assert flown == of_the_table(frozenset(Phase))
