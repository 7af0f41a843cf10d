"""The prediction on the window's display: in slices of a few steps, and the same as at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import SupportsIndex, overload

import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues import prediction, under_canopy
from game.cues.air_tables import Tables, tables_of
from game.cues.outlook import LOOK_TICKS, SLICE_STEPS, Outlook, outlook
from game.cues.plan import Plan
from game.cues.prediction import foretell, predict_plan
from game.cues.slices import whole
from game.cues.under_canopy import MOST_LOAD, PLANNED_LOAD
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.aerodynamics import Aerodynamics
from game.sim.atmosphere import Atmosphere
from game.sim.flight import Flight
from game.sim.parachute import Parachute
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from tests.unit.flown_navs import flown_navs

FORETOLD = (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE)


@dataclass
class Counted:
    """The predictor's steps: each looks once at the wind where it is."""

    steps: int = 0
    tables: dict[int, Tables] = field(default_factory=dict)

    def tables_of(self, air: Atmosphere, aerodynamics: Aerodynamics, chute: Parachute) -> Tables:
        plain = tables_of(air, aerodynamics, chute)
        return self.tables.setdefault(id(plain), plain._replace(wind=Wind(plain.wind, self)))


class Wind(list[float]):
    def __init__(self, winds: list[float], counted: Counted) -> None:
        super().__init__(winds)
        self._counted = counted

    @overload
    def __getitem__(self, at: SupportsIndex) -> float: ...
    @overload
    def __getitem__(self, at: slice) -> list[float]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> float | list[float]:
        self._counted.steps += 1
        return super().__getitem__(at)


@contextmanager
def counting() -> Iterator[Counted]:
    counted = Counted()
    with pytest.MonkeyPatch.context() as patch:
        for module in (prediction, under_canopy):
            patch.setattr(module, "tables_of", counted.tables_of)
        yield counted


def foretold_navs() -> list[Nav]:
    """Some of every phase of a nominal flight for which something is foretold."""
    return [nav for phase in FORETOLD for nav in flown_navs().phases[phase][::9]]


def ticks_until_shown(display: Outlook, nav: Nav, *, guided: bool = False) -> int:
    """How many ticks it takes until what is shown is what belongs to this moment."""
    wanted = outlook(nav, guided=guided)
    ticks = 1
    while display.tick(nav, guided=guided) != wanted:
        ticks += 1
        assert ticks < 100, "it is never shown"
    return ticks


@pytest.mark.parametrize("slice_steps", [1, 7, SLICE_STEPS])
def test_in_slices_is_the_same_to_the_last_bit(slice_steps: int) -> None:
    """However often the reckoning stops, it comes to what it comes to at once: also of a dive, and of lift held up."""
    for nav in foretold_navs():
        for plan, load_share in ((Plan(-0.4, 0.4, 0.9), PLANNED_LOAD), (Plan(1.0, 1.0, 1.0), MOST_LOAD)):
            sliced = whole(foretell(nav, plan, load_share, slice_steps=slice_steps))
            assert repr(sliced) == repr(predict_plan(nav, plan, load_share))


def test_one_that_leaves_the_planet_is_given_up_at_the_same_step() -> None:
    """Much too fast the capsule skips out: sliced or not, the reckoning ends after the same time, at the same place."""
    nav = flown_navs().phases[Phase.APPROACH][-1]
    nav = nav._replace(vx_mps=1.4 * nav.vx_mps, vy_mps=0.0, speed_mps=1.4 * nav.speed_mps)
    plan = Plan(1.0, 1.0, 1.0)
    at_once = predict_plan(nav, plan)
    assert not at_once.opens
    for slice_steps in (1, 50, SLICE_STEPS):
        assert whole(foretell(nav, plan, PLANNED_LOAD, slice_steps=slice_steps)) == at_once


@pytest.mark.slow
def test_a_whole_flight_is_foretold_in_slices() -> None:
    """On a real flight through every phase, for who steers and for who lets the autopilot: at most so many steps a
    tick; what appears was begun at most three ticks ago, in this phase; and it never goes missing.
    """
    flight, helm = Flight(load_level("jezero").flight_spec(Mode.MANUAL), 0), Helm(Autopilot())
    while flight.phase is Phase.COURSE:
        helm.hear(flight.step(helm.command(flight)))
    displays = {guided: Outlook(flight.nav(), guided=guided) for guided in (False, True)}
    navs, appeared = [flight.nav()], dict.fromkeys(FORETOLD, 0)
    with counting() as counted:
        while flight.phase is not Phase.POWERED:
            helm.hear(flight.step(helm.command(flight)))
            if flight.tick % 5:  # as in the window, where several ticks of the flight pass in one of the display
                continue
            navs = [*navs[-2:], flight.nav()]
            phase = navs[-1].phase
            for guided, display in displays.items():
                before, counted.steps = display.shown, 0
                shown = display.tick(navs[-1], guided=guided)
                assert counted.steps <= SLICE_STEPS
                assert (shown is not None) == (phase in FORETOLD)
                if shown is not None and shown != before:
                    appeared[phase] += 1
                    assert shown in [outlook(nav, guided=guided) for nav in navs if nav.phase is phase]
    assert all(appeared.values())


def test_each_is_of_one_moment() -> None:
    """While one is being reckoned the flight goes on: what is shown in the end belongs to the moment it was begun."""
    first, *later = flown_navs().phases[Phase.ENTRY][:40]
    display = Outlook(first, guided=False)
    old = display.shown
    for nav in later[: LOOK_TICKS - 1]:
        assert display.tick(nav, guided=False) == old
    begun = later[LOOK_TICKS - 1]
    for nav in later[LOOK_TICKS - 1 :]:
        shown = display.tick(nav, guided=False)
        if shown != old:
            break
    assert shown == outlook(begun, guided=False)
    assert nav is not begun


def test_the_first_is_there_with_the_screen() -> None:
    """The first picture need not do without: it is reckoned when the display is made."""
    for nav in foretold_navs()[::5]:
        assert Outlook(nav, guided=True).shown == outlook(nav, guided=True)


def test_a_new_phase_begins_anew() -> None:
    """The reckoning of a phase that is over is dropped half-way; what it would have foretold is never shown."""
    entry, canopy = flown_navs().phases[Phase.ENTRY][30], flown_navs().phases[Phase.PARACHUTE][0]
    display = Outlook(flown_navs().phases[Phase.ENTRY][0], guided=False)
    for _ in range(LOOK_TICKS):
        display.tick(entry, guided=False)  # the last of these begins one
    shown = display.tick(canopy, guided=False)
    assert shown == outlook(canopy, guided=False)  # under the canopy one slice is enough
    assert display.tick(flown_navs().phases[Phase.FREE_FALL][0], guided=False) is None


def test_into_the_entry_the_display_does_not_blink() -> None:
    """From the approach to the entry it is one fall: what was foretold stands until the entry's own is there."""
    approach, entry = flown_navs().phases[Phase.APPROACH][-1], flown_navs().phases[Phase.ENTRY][0]
    display = Outlook(approach, guided=True)
    last = display.shown
    assert display.tick(entry, guided=True) == last
    assert ticks_until_shown(display, entry, guided=True) <= 3


def test_before_the_first_burn_nothing_is_foretold() -> None:
    """On course nothing is shown; with the cruise it begins at once."""
    course = Flight(load_level("jezero").flight_spec(Mode.MANUAL), 0).nav()
    display = Outlook(course, guided=False)
    assert display.shown is None
    assert display.tick(course, guided=False) is None
    assert ticks_until_shown(display, flown_navs().phases[Phase.CRUISE][0]) <= 3
