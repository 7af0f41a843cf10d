"""A reel: every moment of a replay at hand, the same as flown there, and proved on the way."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from functools import cache
from math import hypot

import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.playback import Playback
from game.record.reel import EVERY_TICKS, Reel
from game.record.replay import CutOff, Replay, ReplayError, Run, read_replay
from game.record.verify import Verdict, verify
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Part, Truth
from game.sim.spec import TICK_HZ
from tests.replay.kept import FOLDER
from tests.tiers import some

_MOST_MB = 30.0  # of a flight of nine minutes; 60 are allowed
_LONG_S = 540.0


@cache
def _kept(name: str) -> Replay:
    return read_replay(FOLDER / f"{name}.replay")


def _reel(name: str, *, slice_ticks: int = 997) -> Reel:
    replay = _kept(name)
    reel = Reel(replay, load_level(replay.header.level), name)
    while not reel.done:
        reel.fill(slice_ticks)
    return reel


@cache
def _whole(name: str) -> Reel:
    return _reel(name)


def _flown(name: str, *ticks: int) -> dict[int, tuple[Truth, Nav]]:
    """What is seen at these ticks by who flies there."""
    replay = _kept(name)
    header = replay.header
    flight = Flight(load_level(header.level).flight_spec(Mode(header.mode), header.dispersed), header.seed)
    playback, found = Playback(replay), {}
    for tick in sorted(ticks):
        while flight.tick < tick:
            flight.step(playback.command(flight))
        found[tick] = flight.snapshot(), flight.nav()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jezero-autopilot", "sky-crane-by-hand", "heat-shield-wild"])
def test_a_moment_is_the_same_as_flown_there(name: str) -> None:
    """Truth and nav to the last bit, at moments of every phase, whichever is looked at first: later ones, then earlier
    ones, and again.
    """
    reel = _whole(name)
    ticks = {-(-stretch.from_tick // 12) * 12 for stretch in reel.stretches()}
    ticks |= {event.tick for event in reel.events} | {0, reel.filled_ticks}
    there = _flown(name, *ticks)
    for tick in (*sorted(ticks, reverse=True), *sorted(ticks)):
        truth, nav = there[tick]
        assert reel.truth(tick) == truth, tick
        assert reel.nav(tick)._replace(onboard=nav.onboard) == nav, tick


def test_between_two_kept_moments_it_is_blended() -> None:
    """What moves is where it truly is, to a centimetre, in the last minute; what is switched is as it was."""
    reel, near = _whole("sky-crane-by-hand"), 0.01
    ticks = [EVERY_TICKS * i + 3 for i in range(20, reel.filled_ticks // EVERY_TICKS - 10, 7)]
    there = _flown("sky-crane-by-hand", *ticks)
    for tick in ticks:
        truth, seen = there[tick][0], reel.truth(tick)
        for part in (Part.ROVER, Part.DESCENT_STAGE):
            one, other = truth.parts[part], seen.parts[part]
            assert hypot(one.x_m - other.x_m, one.y_m - other.y_m) < near, (tick, part)
        assert seen.t_s == pytest.approx(truth.t_s, abs=1e-9)
        assert (seen.phase, seen.rover_released) == (truth.phase, truth.rover_released)


@pytest.mark.slow
def test_nothing_lies_between_the_course_and_the_last_minute() -> None:
    """Nine hours are jumped over in a tick: the moment before it stands until the moment after."""
    reel = _whole("jezero-autopilot")
    until = next(stretch.to_tick for stretch in reel.stretches() if stretch.phase is Phase.COURSE)
    for share in (0.1, 0.5, 0.9):
        assert reel.truth(until - 1 + share).phase is Phase.COURSE
    assert reel.truth(until).t_s < 0.0
    assert reel.truth(until).phase is Phase.CRUISE


@pytest.mark.parametrize("slice_ticks", [1, 64, 100_000])
def test_slices_change_nothing(slice_ticks: int) -> None:
    """However little is flown at once, what is kept and what is proved is the same."""
    reel, other = _reel("sky-crane-autopilot", slice_ticks=slice_ticks), _whole("sky-crane-autopilot")
    assert reel.events == other.events
    assert reel.stretches() == other.stretches()
    assert [reel.truth(at) for at in range(0, reel.filled_ticks, 501)] == [
        other.truth(at) for at in range(0, other.filled_ticks, 501)
    ]


@pytest.mark.parametrize("name", some(["powered-descent-wild", "jezero-autopilot"]))
def test_looking_changes_no_digest(name: str) -> None:
    """A reel that is looked at while it is filled proves the same as `verify`: every digest of every second."""
    replay = _kept(name)
    level = load_level(replay.header.level)
    reel = Reel(replay, level, name)
    while not reel.done:
        reel.fill(777)
        reel.truth(reel.filled_ticks / 3)
        reel.nav(reel.filled_ticks / 2)
        reel.happened(0, reel.filled_ticks)
    assert reel.verification == verify(replay, level, name)
    assert reel.filled_ticks == replay.end.ticks


def test_a_difference_ends_it_and_is_told() -> None:
    """What is shown is what is proved: up to the second that differs."""
    replay = _kept("sky-crane-autopilot")
    digests = list(replay.digests)
    digests[19] = "0" * len(digests[19])
    reel = Reel(replace(replay, digests=tuple(digests)), load_level("sky-crane"), "changed")
    while not reel.done:
        reel.fill(500)
    assert reel.verdict is Verdict.DIFFERS
    assert reel.verification is not None
    assert reel.verification.difference_s == 20
    assert reel.filled_ticks == 20 * TICK_HZ
    assert reel.truth(reel.total_ticks).tick == 20 * TICK_HZ


def test_other_commands_differ_too() -> None:
    """A run of other commands is another flight from the second on in which it is flown."""
    replay = _kept("sky-crane-autopilot")
    at = next(i for i, run in enumerate(replay.runs) if sum(r.ticks for r in replay.runs[:i]) > 5 * TICK_HZ)
    runs = list(replay.runs)
    runs[at] = Run(runs[at].ticks, replace(runs[at].command, throttle=runs[at].command.throttle ^ 96), runs[at].hands)
    reel = Reel(replace(replay, runs=tuple(runs)), load_level("sky-crane"), "changed")
    while not reel.done:
        reel.fill(500)
    assert reel.verdict is Verdict.DIFFERS
    assert 5 * TICK_HZ < reel.filled_ticks < 8 * TICK_HZ


def test_a_record_that_was_cut_off_is_shown_as_far_as_it_goes() -> None:
    """Proved up to its last whole second, and no further than that."""
    replay, seconds = _kept("sky-crane-autopilot"), 17
    runs, ticks = [], 0
    while ticks < seconds * TICK_HZ:
        runs.append(replay.runs[len(runs)])
        ticks += runs[-1].ticks
    assert ticks == seconds * TICK_HZ  # runs end at full seconds
    record = CutOff(replay.header, tuple(runs), replay.digests[:seconds], replay.frames[:1])
    reel = Reel(record, load_level("sky-crane"), "journal")
    while not reel.done:
        reel.fill(500)
    assert reel.verdict is Verdict.CUT_OFF
    assert reel.filled_ticks == reel.total_ticks == seconds * TICK_HZ
    assert reel.truth(500) == _whole("sky-crane-autopilot").truth(500)


def test_what_cannot_be_flown_here_is_refused() -> None:
    """Another level or other rules: a sentence, before anything is flown."""
    replay = _kept("sky-crane-autopilot")
    with pytest.raises(ReplayError, match="another version of the level"):
        Reel(replay, load_level("gale"), "file")
    with pytest.raises(ReplayError, match="by rules 999"):
        Reel(replace(replay, header=replace(replay.header, rules_version=999)), load_level("sky-crane"), "file")


def test_who_held_what() -> None:
    """The channels of each tick, from the runs of the record."""
    replay = _kept("sky-crane-autopilot")
    first = replay.runs[0]
    runs = (replace(first, hands=Hands.ALL), *replay.runs[1:])
    reel = Reel(replace(replay, runs=runs), load_level("sky-crane"), "held")
    assert reel.hands(0.0) == reel.hands(float(first.ticks)) == Hands.ALL
    assert reel.hands(first.ticks + 1.0) == replay.runs[1].hands


@pytest.mark.slow
def test_a_whole_flight_takes_little_memory() -> None:
    """Kept as often as the last minute is, nine minutes are a fraction of what a picture of the window takes."""
    _whole("sky-crane-autopilot")  # what is made once for all flights is not counted
    tracemalloc.start()
    try:
        reel = _reel("sky-crane-autopilot")
        each_s = tracemalloc.get_traced_memory()[0] * TICK_HZ / reel.filled_ticks
    finally:
        tracemalloc.stop()
    assert 0.0 < each_s * _LONG_S / 1e6 < _MOST_MB
