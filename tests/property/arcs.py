"""Arcs: a day, hands, and how far they are flown; what a failure names, and from what it can be flown again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.events import Event
from game.sim.flight import Flight
from tests.property.days import Day
from tests.property.levers import SCRIPTS, Fingers, Held

_NO_END: Final = 10**9  # ticks


@dataclass(frozen=True)
class Arc:
    """So many ticks of a flight on this day: somebody who can fly until `taken_over`, then these hands."""

    day: Day
    holds: tuple[Held, ...]
    ticks: int
    taken_over: int = 0
    lift: float = 0.62

    def begin(self) -> tuple[Flight, Fingers]:
        guided = self.day.mode.value == "guided"
        return Flight(self.day.spec(), self.day.seed), Fingers(
            self.holds, self.taken_over, guided=guided, lift=self.lift
        )

    def fly(self, flight: Flight, hands: Fingers) -> Iterator[tuple[Event, ...]]:
        """Tick by tick, to the end of the arc or of the flight."""
        while not flight.over and flight.tick < self.ticks:
            yield flight.step(hands.command(flight))

    def at(self, flight: Flight) -> str:
        """Where a property does not hold."""
        return f"{self.day}: tick {flight.tick}, {flight.phase}"


def arcs(days: st.SearchStrategy[Day], longest: int, latest: int = 0) -> st.SearchStrategy[Arc]:
    """Arcs of up to `longest` ticks; some of them are taken over as late as `latest`."""
    taken_over = st.one_of(st.just(0), st.integers(0, latest)) if latest else st.just(0)

    def arc(day: Day, holds: tuple[Held, ...], ticks: int, over: int, lift: float) -> Arc:
        return Arc(day, holds, over + ticks, over, lift)

    return st.builds(
        arc, days, SCRIPTS, st.one_of(st.integers(1, longest), st.just(longest)), taken_over,
        st.sampled_from((0.62, 0.85, 1.0)),
    )  # fmt: skip


def flights(days: st.SearchStrategy[Day], latest: int = 0) -> st.SearchStrategy[Arc]:
    """The same, flown to the flight's own end."""
    return arcs(days, 1, latest).map(lambda arc: replace(arc, ticks=_NO_END))


def check(examples: int, strategy: st.SearchStrategy[Arc], holds: Callable[[Arc], None]) -> None:
    """Fly so many arcs; the smallest one that fails is told, and what it says names level, mode, seed and tick."""
    settings(max_examples=examples)(given(arc=strategy)(holds))()


def at_three_scales(examples: int) -> pytest.MarkDecorator:
    """A test's `examples`: this many, ten times as many in the slow tests, a hundred times in the nightly ones."""
    return pytest.mark.parametrize(
        "examples",
        [
            examples,
            pytest.param(10 * examples, marks=pytest.mark.slow),
            pytest.param(100 * examples, marks=pytest.mark.nightly),
        ],
    )
