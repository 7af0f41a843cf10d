"""What the HUD tells beside its gauges: what comes next and how soon, rates, the landing's spread, the flown flight."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from game.content.flown import load_flown
from game.content.levels import load_level
from game.cues.beside import JUST_S, beside_of, hers_at
from game.cues.coming import Next
from game.cues.hud import hud_model
from game.cues.outlook import outlook
from game.cues.prediction import predict
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from tests.unit.flown_navs import flown_navs


@cache
def _flown() -> tuple[tuple[Nav, ...], tuple[Event, ...]]:
    """Twice a second of a whole nominal flight, and its events."""
    flight, helm = Flight(load_level("jezero").flight_spec(), 0), Helm(Autopilot())
    navs, events = [], []
    while not flight.over:
        if flight.tick % 60 == 0:
            navs.append(flight.nav())
        happened = flight.step(helm.command(flight))
        helm.hear(happened)
        events += happened
    return tuple(navs), tuple(events)


def _when(name: EventName) -> float:
    return next(event.t_s for event in _flown()[1] if event.name is name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("phase", "event", "happens", "share", "slack_s"),
    [
        (Phase.APPROACH, Next.AIR, EventName.ENTRY_INTERFACE, 0.0, 0.6),
        (Phase.ENTRY, Next.PARACHUTE, EventName.MORTAR, 0.15, 2.0),
        (Phase.PARACHUTE, Next.CAMERA, EventName.TERRAIN_LOCK, 0.25, 3.0),
        (Phase.FREE_FALL, Next.ENGINES, EventName.ENGINE_START, 0.0, 0.1),
        (Phase.POWERED, Next.SKY_CRANE, EventName.SKY_CRANE_START, 0.25, 4.0),
        (Phase.SKY_CRANE, Next.WHEELS, EventName.TOUCHDOWN, 0.3, 1.5),
    ],
)
def test_what_comes_next_comes_as_soon_as_is_told(
    phase: Phase, event: Next, happens: EventName, share: float, slack_s: float
) -> None:
    """Counted down to the moment itself, within a share of what is left and a little more."""
    at_s, told = _when(happens), 0
    for nav in _flown()[0]:
        if nav.phase is not phase:
            continue
        coming = hud_model(nav, outlook(nav, guided=True)).coming
        if coming.event is event and coming.left_s is not None:
            told += 1
            left_s = at_s - nav.t_s
            assert coming.left_s == pytest.approx(left_s, rel=share, abs=slack_s), nav.t_s
    assert told >= 2


@pytest.mark.slow
def test_nobody_tells_the_parachute_before_the_hardest_braking() -> None:
    """Two speeds tell nothing of the way between them while we are fast: then only its name is shown."""
    nav = flown_navs().entry_at(5000.0)
    coming = hud_model(nav, predict(nav)).coming
    assert (coming.event, coming.left_s) == (Next.PARACHUTE, None)


@pytest.mark.slow
def test_every_phase_has_something_to_come() -> None:
    """In the order of the flight, none before what it follows."""
    order = list(Next)
    seen = [order.index(hud_model(nav).coming.event) for nav in _flown()[0]]
    assert seen == sorted(seen)
    assert {order[index] for index in seen} >= {
        Next.JUMP, Next.AIR, Next.PARACHUTE, Next.HEAT_SHIELD, Next.CAMERA, Next.DROP_OUT, Next.SKY_CRANE, Next.RELEASE,
        Next.BRIDLE, Next.WHEELS, Next.AWAY,
    }  # fmt: skip


@pytest.mark.parametrize(("phase", "most"), [(Phase.ENTRY, 8.0), (Phase.PARACHUTE, 6.0), (Phase.POWERED, 2.0)])
def test_rates_are_those_of_the_gauges(phase: Phase, most: float) -> None:
    """Height and speed half a second later are what their rates make of them, but where something opens or lights."""
    off, speeds_off = [], []
    for one, other in pairwise(nav for nav in _flown()[0] if nav.phase is phase):
        if other.tick - one.tick != 60:
            continue
        model, later = hud_model(one), hud_model(other)
        trends = model.trends
        assert trends.height_mps is not None
        assert trends.speed_mps2 is not None
        if phase is not Phase.ENTRY:  # the ground below passes by faster than it is fallen to
            off.append(abs(model.height.value + 0.5 * trends.height_mps - later.height.value))
        speed = model.arrival.speed if model.arrival else model.descent
        then = later.arrival.speed if later.arrival else later.descent
        speeds_off.append(abs(speed.value + 0.5 * trends.speed_mps2 - then.value))
    for found in (off, speeds_off):
        assert not found or sorted(found)[len(found) * 9 // 10] < most


def test_the_trend_of_a_drawer_belongs_to_its_phase() -> None:
    """Nothing is told where nothing asks for it: no slowing in space, no rate of a stage that stands on its bridle."""
    for nav in _flown()[0]:
        trends = hud_model(nav).trends
        if nav.phase in (Phase.COURSE, Phase.CRUISE, Phase.APPROACH):
            assert trends.speed_mps2 is None
        if nav.phase is Phase.SKY_CRANE and nav.rover_released:
            assert trends.speed_mps2 is None
            assert trends.height_mps is not None


def test_the_landings_spread_shrinks_as_speed_is_lost() -> None:
    """It holds where we come down, is some 150 km either way at the interface, and nothing under the parachute."""
    beside = beside_of(load_flown("perseverance"))
    widths = []
    for nav in _flown()[0]:
        if nav.phase not in (Phase.ENTRY, Phase.PARACHUTE):
            continue
        spread = hud_model(nav, outlook(nav, guided=True), beside).spread
        assert spread is not None
        assert spread.short_m <= spread.miss_m <= spread.long_m
        assert spread.ellipse_m == 3850.0
        widths.append((nav, spread.long_m - spread.short_m))
    assert widths[0][1] == pytest.approx(300_000.0, rel=0.05)
    assert all(width == 0.0 for nav, width in widths if nav.straightened or nav.phase is Phase.PARACHUTE)
    in_entry = [width for nav, width in widths if nav.phase is Phase.ENTRY]
    assert all(other <= 1.01 * one for one, other in pairwise(in_entry))


def test_diving_and_floating_reach_about_what_is_told() -> None:
    """The predictor, with the lever at either end, comes down within a factor of two of the spread's short end while
    there is range to give away; the long end is never promised in the dive's place.
    """
    for speed in (5300.0, 4500.0, 3000.0, 2000.0, 1300.0):
        nav = flown_navs().entry_at(speed)
        foretold = outlook(nav, guided=True)
        spread = hud_model(nav, foretold).spread
        assert spread is not None
        assert foretold is not None
        dive_m = predict(nav, -1.0).miss_m - foretold.miss_m
        float_m = predict(nav, 1.0).miss_m - foretold.miss_m
        assert 0.5 < (spread.short_m - spread.miss_m) / dive_m < 2.0, speed
        assert float_m > 0.0
        assert spread.long_m > spread.miss_m


def test_hers_is_told_at_our_time_of_hers() -> None:
    """The next of her moments with the seconds to it, then for a little as it happens; after the last one nothing."""
    beside = beside_of(load_flown("perseverance"))
    before = hers_at(beside, 228.6)
    assert before is not None
    assert before.event == "mortar"
    assert before.left_s == pytest.approx(12.0)
    for t_s in (240.6, 240.6 + 0.5):
        now = hers_at(beside, t_s)
        assert now is not None
        assert (now.event, now.left_s) == ("mortar", None)
    assert hers_at(beside, 419.6 + JUST_S + 0.1) is None
    assert hers_at(None, 100.0) is None
    model = hud_model(flown_navs().entry_at(1000.0), None, beside)
    assert model.hers is not None


def test_a_moment_between_two_ends_is_told_in_their_middle() -> None:
    """And one without a published time is not told, nor one that no event of ours has the name of."""
    flown = load_flown("perseverance")
    beside = beside_of(flown)
    assert beside is not None
    times = dict(beside.moments)
    assert times["radar_lock"] == 290.0
    assert "slower_than_1100" not in times
    untimed = replace(flown, moments=tuple(replace(moment, t_s=None) for moment in flown.moments), ellipse_km=None)
    assert beside_of(untimed) == replace(beside, moments=(), ellipse_m=None)
