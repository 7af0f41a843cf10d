"""The viewport and the camera: arithmetic, without a window."""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.view.camera import FOOT, Camera, Shot, Viewport

VIEW = Viewport(100.0, 50.0, 2.0, 800, 600)
places = st.tuples(st.floats(-3000.0, 3000.0), st.floats(-500.0, 3000.0))


@given(places)
def test_there_and_back(place: tuple[float, float]) -> None:
    """`world` undoes `screen`."""
    assert VIEW.world(*VIEW.screen(*place)) == pytest.approx(place, abs=1e-6)


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


def test_a_camera_that_knows_the_drift_does_not_lag() -> None:
    """Following a craft at a steady speed it stays on it from the first tick."""
    camera = Camera(Shot(0.0, 0.0, 10.0, 10.0))
    for tick in range(1, 601):
        camera.tick(Shot(80.0 * tick / 120.0, 0.0, 10.0, 10.0), 1.0 / 120.0, (80.0, 0.0))
    assert abs(camera.lens.x_m - 80.0 * 5.0) < 1.5


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
