"""The viewport and the camera: arithmetic, without a window."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.levels import load_level
from game.sim.terrain import terrain_of
from game.view.camera import FOOT, Camera, Shot, Viewport
from game.view.globe import Globe
from game.view.shed import apart_px

VIEW = Viewport(100.0, 50.0, 2.0, 800, 600)
places = st.tuples(st.floats(-3000.0, 3000.0), st.floats(-500.0, 3000.0))


@given(places)
def test_there_and_back(place: tuple[float, float]) -> None:
    """`world` undoes `screen`."""
    assert VIEW.world(*VIEW.screen(*place)) == pytest.approx(place, abs=1e-6)


@given(places, st.floats(-0.4, 0.4))
def test_there_and_back_in_a_turned_picture(place: tuple[float, float], turn: float) -> None:
    """`world` undoes `screen` also where up is not the frame's up."""
    view = replace(VIEW, turn_rad=turn)
    assert view.world(*view.screen(*place)) == pytest.approx(place, abs=1e-6)


def test_far_from_the_target_the_local_vertical_points_up_on_the_screen() -> None:
    """At -600 km the place a kilometre above another is straight above it; a part's own angle turns along."""
    globe = Globe(terrain_of(load_level("jezero").site), 3.392e6)
    low, high = globe.place(-600_000.0, 0.0), globe.place(-600_000.0, 1_000.0)
    view = Viewport(*low, 0.1, 800, 600, globe.turn_at(low[0]))
    (x0, y0), (x1, y1) = view.screen(*low), view.screen(*high)
    assert x1 == pytest.approx(x0, abs=0.2)
    assert y0 - y1 == pytest.approx(100.0, abs=0.01)
    (tip,) = view.placed(*low, -view.turn_rad, [(0.0, 50.0)])
    assert tip == pytest.approx((x0, y0 - 5.0))
    assert globe.turn_at(0.0) == globe.turn_at(2_000.0) == 0.0


def test_a_globe_knows_where_a_place_lies() -> None:
    """`place` undoes `downrange_m` and `altitude_m`."""
    globe = Globe(terrain_of(load_level("jezero").site), 3.392e6)
    x, y = globe.place(-480_000.0, 62_000.0)
    assert globe.downrange_m(x, y) == pytest.approx(-480_000.0)
    assert globe.altitude_m(x, y) == pytest.approx(62_000.0)


@given(st.floats(0.0, 5e5), st.floats(1.0, 1e5), st.floats(10.0, 500.0))
def test_a_part_that_goes_away_never_comes_back_on_the_screen(apart: float, larger: float, reach: float) -> None:
    """Near it is magnified, far it is where it is, and in between it only goes outwards."""
    true_px = 1e-3 * apart
    here, there = apart_px(true_px, larger * true_px, reach), apart_px(1.01 * true_px, larger * 1.01 * true_px, reach)
    assert here >= true_px - 1e-9
    assert there >= here - 1e-9
    far = 4.0 * reach
    assert apart_px(far, larger * far, reach) == pytest.approx(far, rel=1e-5)


def test_up_is_up() -> None:
    """What is higher in the world is nearer to the top of the screen."""
    assert VIEW.screen(0.0, 10.0)[1] < VIEW.screen(0.0, 0.0)[1]


def test_a_part_is_placed_and_turned_about_its_own_frame() -> None:
    """A quarter turn counter-clockwise takes a point on the part's right to above it."""
    (point,) = VIEW.placed(100.0, 50.0, 1.5707963267948966, [(5.0, 0.0)])
    assert point == pytest.approx((400.0, 290.0))


@given(st.lists(places, min_size=1, max_size=4), st.floats(0.0, 120.0))
def test_keep_visible_keeps_visible(points: list[tuple[float, float]], margin: float) -> None:
    """Afterwards every point is inside the margin, and the picture was never zoomed in."""
    kept = VIEW.keep_visible(points, margin)
    assert kept.px_per_m <= VIEW.px_per_m
    for x, y in (kept.screen(*point) for point in points):
        assert margin - 1e-6 <= x <= 800 - margin + 1e-6
        assert margin - 1e-6 <= y <= 600 - margin + 1e-6


def test_what_is_visible_already_is_left_alone() -> None:
    """A point inside the margin moves nothing."""
    assert VIEW.keep_visible([(100.0, 50.0)], 40.0) == VIEW


def test_magnified_leaves_its_anchor_in_place() -> None:
    """A craft that is drawn larger than it is stays where it is."""
    large = VIEW.magnified(20.0, 130.0, 70.0)
    assert large.screen(130.0, 70.0) == pytest.approx(VIEW.screen(130.0, 70.0))
    assert large.px_per_m == 20.0
    assert VIEW.magnified(1.0, 130.0, 70.0) == VIEW


def test_the_camera_settles_without_overshooting() -> None:
    """Critically damped: it comes nearer all the time, passes nothing, and arrives."""
    camera = Camera(Shot(0.0, 0.0, 50.0, 100.0, 2.0))
    aim = Shot(30.0, 5.0, 5.0, 10.0, 2.0)
    last = 0.0
    for _ in range(960):
        camera.tick(aim, 1.0 / 120.0)
        assert last - 1e-12 <= camera.lens.x_m <= 30.0 + 1e-9
        last = camera.lens.x_m
    assert camera.lens.x_m == pytest.approx(30.0, abs=0.01)
    assert exp(camera.lens.log_half_high) == pytest.approx(10.0, rel=0.01)


def test_a_camera_that_rides_along_does_not_lag() -> None:
    """Following a craft that brakes hard it stays on it from the first tick to the last, and stops when it stops."""
    camera, x_m = Camera(Shot(0.0, 0.0, 10.0, 10.0)), 0.0
    for tick in range(1, 601):
        speed_mps = max(800.0 - 2.0 * tick, 0.0)
        x_m += speed_mps / 120.0
        camera.tick(Shot(x_m, 0.0, 10.0, 10.0), 1.0 / 120.0, (speed_mps / 120.0, 0.0, 0.0))
        assert camera.lens.x_m == pytest.approx(x_m, abs=1e-6)


@pytest.mark.parametrize("size", [(1920, 1080), (720, 1280)])
def test_the_ground_stands_at_the_foot_of_the_free_part(size: tuple[int, int]) -> None:
    """Whatever the window's shape, the box is inside the free part and the ground is FOOT above its bottom."""
    stage = (100.0, 80.0, size[0] - 100.0, size[1] - 200.0)
    lens = Camera(Shot(10.0, 3.0, 40.0, 60.0)).lens
    view = lens.viewport(*size, stage)
    assert lens.log_half_high == log(60.0)
    x, y = view.screen(10.0, 3.0)
    assert x == pytest.approx(0.5 * size[0])
    assert y == pytest.approx(stage[3] - 120.0 * FOOT * view.px_per_m)
    for corner in ((-30.0, 3.0 - 120.0 * FOOT), (50.0, 3.0 + 120.0 * (1.0 - FOOT))):
        px, py = view.screen(*corner)
        assert stage[0] - 0.01 <= px <= stage[2] + 0.01
        assert stage[1] - 0.01 <= py <= stage[3] + 0.01
