"""The controls that a first flight ticks off: asked for where they do something, once, and then gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hints import hint_phase
from game.cues.lessons import OF_LOSS, Advice
from game.pilots.autopilot import Autopilot
from game.pilots.checklist import MARKS_ABOVE_M, TICKED_TICKS, Checklist, Known, Row, asked, used_in
from game.pilots.mixer import Hands
from game.pilots.pilot import Helm
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav


def _nobody(_: str) -> bool:
    return False


def _navs() -> Iterator[Nav]:
    """The autopilot's whole flight, a moment of every second."""
    flight = Flight(load_level("jezero").flight_spec(), 0)
    helm = Helm(Autopilot())
    while not flight.over:
        if flight.tick % 120 == 0 or flight.phase in (Phase.TOUCHDOWN, Phase.SKY_CRANE):
            yield flight.nav()
        helm.hear(flight.step(helm.command(flight)))


@pytest.fixture(scope="module")
def navs() -> list[Nav]:
    return list(_navs())


@pytest.mark.slow
def test_every_control_is_asked_for_somewhere_in_a_whole_flight(navs: list[Nav]) -> None:
    """And the reel only while the bridle can be let out, the lift only in the entry, the throttle only on engines, a
    mark only while there is propellant to reach another.
    """
    assert {known for nav in navs for known in asked(nav)} == set(Known)
    assert {nav.phase for nav in navs if Known.LIFT in asked(nav)} == {Phase.ENTRY}
    assert {nav.phase for nav in navs if Known.THROTTLE in asked(nav)} == {Phase.POWERED, Phase.FLYAWAY}
    reeling = [nav for nav in navs if Known.REEL in asked(nav)]
    assert all(nav.rover_released and not nav.bridle_full for nav in reeling)
    with_mark = [nav for nav in navs if Known.MARK in asked(nav)]
    assert all(len(nav.marks) > 1 and nav.height_m > MARKS_ABOVE_M for nav in with_mark)
    assert any(len(nav.marks) > 1 and nav.height_m <= MARKS_ABOVE_M for nav in navs)


def test_a_used_control_is_ticked_stands_a_moment_and_is_not_asked_again(navs: list[Nav]) -> None:
    """In this flight, and not in the next one that knows of it."""
    nav = next(nav for nav in navs if nav.phase is Phase.POWERED)
    checklist = Checklist(Mode.MANUAL, _nobody)
    assert Row(Known.LEAN, False) in checklist.rows(nav)
    checklist.hear(used_in(Phase.POWERED, Command(tilt=30), Hands.TILT))
    assert checklist.rows(nav)[0] == Row(Known.LEAN, True)
    for _ in range(TICKED_TICKS):
        checklist.tick()
    assert all(row.known is not Known.LEAN for row in checklist.rows(nav))
    assert checklist.new == {Known.LEAN}
    later = Checklist(Mode.MANUAL, lambda name: name == "lean")
    assert all(row.known is not Known.LEAN for row in later.rows(nav))


def test_what_the_autopilot_does_ticks_nothing_off() -> None:
    """Only the axes that the hands hold count, and moments only when something was pressed."""
    busy = Command(tilt=50, throttle=200, reel=90, mark=1, action=True)
    assert used_in(Phase.POWERED, busy, Hands.NONE) == frozenset()
    assert used_in(Phase.POWERED, Command(tilt=50, throttle=200), Hands.MOMENTS) == frozenset()
    assert used_in(Phase.POWERED, busy, Hands.ALL) == {
        Known.LEAN, Known.THROTTLE, Known.REEL, Known.ACTION, Known.MARK,
    }  # fmt: skip


def test_each_mode_is_taught_what_it_has(navs: list[Nav]) -> None:
    """One button has one thing to learn, in Guided only the moments are asked for, and in Raw nothing is told."""
    taught = {
        mode: {row.known for nav in navs for row in Checklist(mode, _nobody).rows(nav)} for mode in Mode
    }  # fmt: skip
    assert taught[Mode.GUIDED] == {Known.ACTION, Known.MARK}
    assert taught[Mode.MANUAL] == set(Known)
    assert taught[Mode.RAW] == set()
    assert taught[Mode.ONE_BUTTON] == {Known.ACTION}


@pytest.mark.parametrize(
    "advice", sorted({*OF_LOSS.values(), Advice.DROP_OUT_LATER, Advice.MARK_EARLIER, Advice.RELEASE_SOONER})
)
def test_a_hint_is_given_in_a_phase_that_the_flight_has(advice: Advice) -> None:
    """In its own phase, or at the start of a level that begins later; never after the flight."""
    order = list(Phase)
    for first in (Phase.COURSE, Phase.APPROACH, Phase.FREE_FALL, Phase.SKY_CRANE):
        phase = hint_phase(advice, first)
        assert order.index(first) <= order.index(phase) < order.index(Phase.OVER)
