"""Ghosts: places of a flight ten times a second, and the published way of one that was really flown."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from game.content.flown import flown_beside, load_flown
from game.content.levels import load_level
from game.content.modes import Mode
from game.record.ghost import EVERY_TICKS, GhostError, GhostLog, GhostNote, GhostTrack, Source, read_track
from game.record.ghost_flown import Curve, craft_of, flown_track, has_way
from game.record.ghost_worker import Job, job_of, track_of
from game.sim.phases import Phase
from game.sim.planet import Planet
from game.sim.snapshot import Outcome, Part
from tests.unit.ghosts import LEVEL, flown


@pytest.mark.slow
def test_a_ghost_is_where_the_flight_was() -> None:
    """At every snapshot within a hand's breadth: between two rows it goes straight. A tenth of the rows are kept."""
    _, track, seen = flown()
    assert len(seen) // EVERY_TICKS <= len(track) <= len(seen) // EVERY_TICKS + 2
    for truth in seen[EVERY_TICKS:]:
        ghost = track.at(truth.t_s)
        assert ghost is not None
        for part, (x_m, y_m, angle) in ghost.places.items():
            pose = truth.parts[part]
            assert max(abs(x_m - pose.x_m), abs(y_m - pose.y_m)) < 0.2, (truth.t_s, part)
            assert abs(angle - pose.angle_rad) < 0.05
    assert track.note == GhostNote(Outcome.LANDED, flown()[0].end.score)


def test_a_ghost_tells_what_hangs_on_what() -> None:
    """Rover and stage; the cords between them from the release to the cut; nothing before it begins."""
    _, track, seen = flown()
    hung = [truth.t_s for truth in seen if truth.bridle_paid_m is not None]
    for t_s, hanging in (
        (hung[0] - 0.2, False),
        (hung[0] + 0.2, True),
        (hung[-1] - 0.2, True),
        (hung[-1] + 0.2, False),
    ):
        ghost = track.at(t_s)
        assert ghost is not None
        assert (ghost.hanging, set(ghost.places)) == (hanging, {Part.DESCENT_STAGE, Part.ROVER})
    assert track.at(seen[0].t_s - 1.0) is None
    end, later = track.at(track.last_s), track.at(track.last_s + 100.0)
    assert end is not None
    assert later is not None
    assert later.places == end.places


@pytest.mark.slow
def test_of_the_course_nothing_is_kept() -> None:
    """Nothing moves there, and the clock jumps after it."""
    _, _, seen = flown(level_id="course")
    log = GhostLog()
    for truth in seen:
        log.look(truth)
    track = log.track(GhostNote(Outcome.COMPLETED))
    assert track.first_s > -100.0 or not len(track)


def test_a_file_gives_the_same_ghost_back() -> None:
    """To the last bit, with all that is known of it."""
    _, track, _ = flown()
    again = read_track(track.data("a key"), "a key")
    assert again.columns() == track.columns()
    assert again.note == track.note


def test_a_file_that_is_not_that_ghost_is_refused() -> None:
    """Another key, a byte changed, cut off, made longer, or something else altogether: never a wrong ghost."""
    _, track, _ = flown()
    data = track.data("a key")
    draw = random.Random("ghost").random
    wrong = [data[:-1], data + b"x", b"", b"skycrane ghost\n", b"x" * 4000]
    for _ in range(200):
        at = int(draw() * len(data))
        wrong.append(data[:at] + bytes([data[at] ^ (1 + int(draw() * 255))]) + data[at + 1 :])
        wrong.append(data[:at])
    for each in wrong:
        with pytest.raises(GhostError):
            read_track(each, "a key")
    with pytest.raises(GhostError):
        read_track(data, "another key")


def test_a_replay_becomes_the_ghost_of_its_flight() -> None:
    """Flown once more, without its pilot: the same places, the recorded points."""
    replay, track, _ = flown()
    job = Job(Source.BEST, "key", LEVEL, replay=replay.text())
    assert job_of(job.text()) == job
    again = track_of(job)
    assert again.note == track.note
    one, other = again.at(track.last_s), track.at(track.last_s)
    assert one is not None
    assert other is not None
    assert one.places == other.places


def test_the_autopilots_ghost_flies_the_same_day() -> None:
    """Same level, mode and seed: it is exactly the flight that the autopilot makes of it."""
    track = track_of(Job(Source.AUTOPILOT, "key", LEVEL, Mode.MANUAL, seed=5))
    other = flown(seed=5)[1]
    assert track.last_s == other.last_s
    at = track.last_s - 20.0
    one, two = track.at(at), other.at(at)
    assert one is not None
    assert two is not None
    assert one.places[Part.ROVER] == pytest.approx(two.places[Part.ROVER], abs=0.02)


def test_a_curve_meets_its_points_and_overshoots_none() -> None:
    """So that nobody climbs between two published heights that fall."""
    points = [(0.0, 130.0), (47.0, 66.0), (74.0, 35.0), (85.0, 26.0), (142.0, 17.8), (224.0, 14.5), (241.0, 12.3)]
    curve = Curve(points)
    for x, y in points:
        assert curve.at(x) == pytest.approx(y)
    values = [curve.at(0.5 * step) for step in range(482)]
    assert all(one >= other for one, other in pairwise(values))
    assert (curve.at(-9.0), curve.at(999.0)) == (130.0, 12.3)


@pytest.fixture(scope="module")
def perseverance() -> GhostTrack:
    level = load_level("jezero")
    track = flown_track(load_flown("perseverance"), level.vehicle, level.site)
    assert track is not None
    return track


def test_perseverance_is_where_her_figures_say(perseverance: GhostTrack) -> None:
    """At every moment with a published time and altitude: within 1 % or 60 m of it, the frame's roundness included."""
    level, flight = load_level("jezero"), load_flown("perseverance")
    planet = Planet(level.site)
    checked = 0
    for moment in flight.moments:
        if moment.t_s is None or moment.altitude_m is None or moment.name == "radar_middle":
            continue
        ghost = perseverance.at(0.5 * sum(moment.t_s.span))
        assert ghost is not None
        x_m, y_m, _ = ghost.middle
        wanted = 0.5 * sum(moment.altitude_m.span)
        assert planet.altitude_m(x_m, y_m) == pytest.approx(wanted, rel=0.01, abs=60.0), moment.name
        checked += 1
    assert checked >= 12
    for t_s, along_m in flight.way:
        ghost = perseverance.at(t_s + 0.01)
        assert ghost is not None
        assert planet.downrange_m(*ghost.middle[:2]) == pytest.approx(along_m, abs=60.0)


def test_perseverance_lands_where_she_stands(perseverance: GhostTrack) -> None:
    """1,550 m down-track, on her wheels, without a jump at the touchdown, and alone after the cut."""
    level = load_level("jezero")
    standing = perseverance.at(500.0)
    before, after = perseverance.at(417.9), perseverance.at(418.4)
    assert standing is not None
    assert before is not None
    assert after is not None
    assert set(standing.places) == {Part.ROVER}
    x_m, y_m, angle = standing.places[Part.ROVER]
    assert x_m == pytest.approx(1550.0, abs=0.5)
    assert angle == pytest.approx(0.0, abs=0.01)
    assert abs(before.places[Part.ROVER][1] - after.places[Part.ROVER][1]) < 0.3
    assert y_m == pytest.approx(level.vehicle.rover.wheel_radius_m - level.vehicle.rover.axle_y_m, abs=1.5)


def test_perseverance_flies_her_phases(perseverance: GhostTrack) -> None:
    """Shield first, under the parachute, on the engines, on the bridle; the heat shield goes when hers went."""
    for t_s, phase, parts in (
        (100.0, Phase.ENTRY, {Part.BACKSHELL, Part.HEAT_SHIELD}),
        (250.0, Phase.PARACHUTE, {Part.BACKSHELL, Part.HEAT_SHIELD, Part.PARACHUTE}),
        (300.0, Phase.PARACHUTE, {Part.BACKSHELL, Part.PARACHUTE}),
        (380.0, Phase.POWERED, {Part.DESCENT_STAGE, Part.ROVER}),
        (410.0, Phase.SKY_CRANE, {Part.DESCENT_STAGE, Part.ROVER}),
    ):
        ghost = perseverance.at(t_s)
        assert ghost is not None
        assert (ghost.phase, set(ghost.places), ghost.hanging) == (phase, parts, t_s == 410.0)
    assert perseverance.at(-1.0) is None


def test_where_too_little_is_published_there_is_no_way() -> None:
    """Curiosity's heights are known at three moments; a level of one's own has nobody at all."""
    gale = load_level("gale")
    curiosity = flown_beside(gale)
    assert curiosity is not None
    assert flown_track(curiosity, gale.vehicle, gale.site) is None
    assert not has_way(curiosity)
    assert not has_way(None)
    assert craft_of(curiosity) == "Curiosity"
