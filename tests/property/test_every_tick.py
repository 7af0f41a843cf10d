"""Whatever hands do on whatever day: every number is finite in every tick, and mass goes only where it is seen to go.

And the same inputs are the same flight.
"""

from __future__ import annotations

from game.sim.flight import Flight
from tests.property.arcs import Arc, arcs, at_three_scales, check
from tests.property.days import DAYS
from tests.property.sound import Scales, not_finite

LOOK_TICKS = 7  # in step with nothing that the flight does every so many ticks
_SHORT = arcs(DAYS, 400)
_LATE = arcs(DAYS, 200, latest=3000)


def flies_soundly(arc: Arc) -> None:
    """Every tick is weighed; events, and every seventh tick what can be seen of it, are read number by number."""
    flight, hands = arc.begin()
    scales = Scales(flight)
    for events in arc.fly(flight, hands):
        wrong = scales.weigh(events)
        wrong += not_finite(events, "events")
        if events or flight.tick % LOOK_TICKS == 0 or flight.tick == arc.ticks:
            wrong += not_finite((flight.snapshot(), flight.nav()), "seen")
            wrong += not_finite((flight.reason_figures, flight.peaks), "told")
        assert not wrong, f"{arc.at(flight)}: {'; '.join(wrong)}"


@at_three_scales(40)
def test_every_number_is_finite_and_no_mass_appears(examples: int) -> None:
    """From every kind of start."""
    check(examples, _SHORT, flies_soundly)


@at_three_scales(8)
def test_the_same_later_in_a_flight(examples: int) -> None:
    """After somebody who can fly has flown for up to 25 seconds."""
    check(examples, _LATE, flies_soundly)


def flies_again(arc: Arc) -> None:
    """Digests of both flights after every hundredth tick and at the end.

    One of them is looked at, and asks every guard of its phase at every tick: a guard that can come true by itself and
    is not `polled` (phases.py) would make two flights of them.
    """

    def digests(flight: Flight, looks: bool) -> list[str]:
        _, hands = arc.begin()
        found = []
        for _ in arc.fly(flight, hands):
            if looks:
                flight.snapshot(), flight.nav()
                flight._stirred = True
            if flight.tick % 100 == 0:
                found.append(flight.digest())
        return [*found, flight.digest()]

    one, two = (Flight(arc.day.spec(), arc.day.seed) for _ in range(2))
    first, second = digests(one, looks=False), digests(two, looks=True)
    assert first == second, f"{arc.at(one)}: another flight by the same inputs"


@at_three_scales(8)
def test_the_same_inputs_fly_the_same_flight(examples: int) -> None:
    """Spec, seed and commands decide, whoever looks on."""
    check(examples, arcs(DAYS, 300), flies_again)
