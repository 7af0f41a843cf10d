"""What falls by itself: long steps of a point mass against closed forms, and a part's three lives."""

from __future__ import annotations

from math import exp, hypot, sqrt

import pymunk
import pytest

from game.content.levels import load_level
from game.sim.atmosphere import Atmosphere
from game.sim.bodies import Lump
from game.sim.contacts import Touch
from game.sim.falling import FAR_S, FAR_TICKS, REACH_M, Falling, Motion, Where, fall, landfall_m
from game.sim.planet import Planet
from game.sim.snapshot import Part, Pose
from game.sim.spec import AirSpec
from game.sim.terrain import terrain_of

LEVEL = load_level("jezero")
PLANET = Planet(LEVEL.site)
TERRAIN = terrain_of(LEVEL.site)
CALM = Atmosphere(AirSpec(((0.0, 1.0),), ((0.0, 1.0),), ((0.0, 0.0),), 0.0, 1.0), PLANET.areoid_above_m)
WEIGHTLESS = (1.0, 240.0, 0.0, 0.0, 0.0, 0.0)  # surroundings of a density of one
BOX = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))


def fallen(motion: Motion, seconds: float, dt_s: float, drag_over_mass: float, wind_mps: float = 0.0) -> Motion:
    for _ in range(round(seconds / dt_s)):
        motion = fall(motion, (1.0, 240.0, wind_mps, 0.0, 0.0, -3.71), drag_over_mass, dt_s)
    return motion


def test_without_air_it_falls_as_galileo_says() -> None:
    """Speed exactly, the way within half a step."""
    _, y, vx, vy = fallen((0.0, 0.0, 10.0, 0.0), 20.0, FAR_S, 0.0)
    assert (vx, vy) == pytest.approx((10.0, -74.2))
    assert y == pytest.approx(-0.5 * 3.71 * 400.0, abs=0.5 * 74.2 * FAR_S + 1e-6)


@pytest.mark.parametrize("drag_over_mass", [1e-4, 1e-2, 1.0])
def test_it_comes_to_its_terminal_speed_and_stays(drag_over_mass: float) -> None:
    """sqrt(g / k), even for a rag so light that a simple step would throw it about."""
    _, _, vx, vy = fallen((0.0, 0.0, 300.0, 0.0), 400.0, FAR_S, drag_over_mass, wind_mps=12.0)
    assert -vy == pytest.approx(sqrt(3.71 / drag_over_mass), rel=0.01)
    assert vx == pytest.approx(12.0, abs=0.5)


def test_level_flight_is_slowed_by_the_closed_form() -> None:
    """Speed one over (1 / v + k t) without weight."""
    motion: Motion = (0.0, 0.0, 500.0, 0.0)
    for _ in range(round(10.0 / FAR_S)):
        motion = fall(motion, WEIGHTLESS, 1e-4, FAR_S)
    assert motion[2] == pytest.approx(1.0 / (1.0 / 500.0 + 1e-4 * 10.0), rel=0.005)


def part(pose: Pose, outline: tuple[tuple[float, float], ...] = ()) -> tuple[Falling, pymunk.Space]:
    space = pymunk.Space()
    thing = Falling(
        Part.HEAT_SHIELD, Lump(440.0, 560.0, 0.0, 0.0), 20.0, pose,
        outline_m=outline, space=space, planet=PLANET, air=CALM, terrain=TERRAIN, tick=0,
    )  # fmt: skip
    return thing, space


def test_without_an_outline_it_never_enters_the_space() -> None:
    """It leaves out of our plane, and touches nothing."""
    thing, space = part(Pose(0.0, 5_000.0, 0.0, 0.0, 0.0, 0.0))
    assert thing.where is Where.FAR
    assert not space.bodies


def test_with_an_outline_it_can_touch_us_until_it_is_out_of_reach() -> None:
    """Then its body is gone, and it flies on from where it was."""
    thing, space = part(Pose(0.0, 5_000.0, 0.3, 0.0, -10.0, 0.5), BOX)
    assert thing.where is Where.NEAR
    assert [shape.collision_type for shape in space.shapes] == [Touch.SHED]
    thing.after_step(1, 0.0, 0.0, 5_000.0 + REACH_M - 1.0)
    assert thing.where is Where.NEAR
    thing.after_step(2, 0.0, 0.0, 5_000.0 + REACH_M + 1.0)
    assert thing.where is Where.FAR
    assert not space.bodies
    assert not space.shapes
    assert (thing.x, thing.y, thing.vy) == (0.0, 5_000.0, -10.0)


def test_far_away_it_moves_every_twelfth_tick_and_is_drawn_in_between() -> None:
    """The pose goes on smoothly; the state does not change until its time."""
    thing, _ = part(Pose(0.0, 5_000.0, 0.0, 30.0, 0.0, 0.2))
    for tick in range(1, FAR_TICKS):
        assert not thing.after_step(tick, 0.0, 0.0, 0.0)
        assert thing.x == 0.0
        assert thing.pose(tick).x_m == pytest.approx(30.0 * tick / 120.0)
    thing.after_step(FAR_TICKS, 0.0, 0.0, 0.0)
    assert thing.x == pytest.approx(3.0, rel=0.01)
    assert thing.pose(FAR_TICKS).angle_rad == pytest.approx(0.02)


def test_it_comes_down_once_on_the_ground_and_stays() -> None:
    """True in that tick and never again; it lies on the terrain and is at rest."""
    thing, _ = part(Pose(2_000.0, TERRAIN.height_at(2_000.0) + 30.0, 0.0, 5.0, -60.0, 1.0))
    told = [tick for tick in range(1, 600) if thing.after_step(tick, 0.0, 0.0, 0.0)]
    assert len(told) == 1
    assert thing.where is Where.DOWN
    assert thing.y == TERRAIN.height_at(thing.x)
    assert (thing.vx, thing.vy) == (0.0, 0.0)
    assert thing.pose(1_000).on_ground
    assert thing.fly_down() == thing.downrange_m


def test_flying_down_at_once_comes_out_where_flying_on_does() -> None:
    """In calm air both are the same steps; and looking ahead moves nothing."""
    thing, _ = part(Pose(0.0, 3_000.0, 0.0, 40.0, -60.0, 0.0))
    ahead = thing.fly_down()
    assert (thing.x, thing.y) == (0.0, 3_000.0)
    tick = 0
    while thing.where is not Where.DOWN:
        tick += FAR_TICKS
        thing.after_step(tick, 0.0, 0.0, 0.0)
    assert ahead == pytest.approx(thing.downrange_m, abs=1.0)


def test_what_leaves_the_planet_never_comes_down() -> None:
    """Ten kilometres a second straight up: there is no place for it."""
    away = landfall_m((0.0, 200_000.0, 0.0, 10_000.0), 440.0, 20.0, planet=PLANET, air=CALM, terrain=TERRAIN)
    assert away is None


def test_a_fall_through_thin_air_follows_allen_and_eggers() -> None:
    """Speed falls with exp(-C rho H / sin(path)): a steep ballistic entry of a compact body, within two per cent."""
    height_m, speed, area_m2, mass_kg = 90_000.0, 5_000.0, 0.5, 500.0
    motion: Motion = (0.0, height_m, 0.0, -speed)
    while PLANET.altitude_m(motion[0], motion[1]) > 15_000.0:
        altitude_m = PLANET.altitude_m(motion[0], motion[1])
        thick = 0.5 * CALM.density_kg_m3(altitude_m) * area_m2 / mass_kg
        motion = fall(motion, WEIGHTLESS, thick, FAR_S)
    end_m = PLANET.altitude_m(motion[0], motion[1])
    column = sum(10.0 * CALM.density_kg_m3(end_m + 10.0 * i + 5.0) for i in range(7_500))  # kg/m2
    assert hypot(motion[2], motion[3]) == pytest.approx(speed * exp(-0.5 * column * area_m2 / mass_kg), rel=0.02)
