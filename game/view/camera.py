"""The only place where metres meet pixels and y turns over; and the camera that decides what is in the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, exp, log, sin
from typing import Final

Point = tuple[float, float]

FOOT: Final = 0.10  # of a shot's height: how much ground is seen below its surface


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window on the world: the place in its middle (m), how many pixels a metre is, and its size in pixels.

    >>> Viewport(100.0, 50.0, 2.0, 800, 600).screen(110.0, 60.0)
    (420.0, 280.0)
    """

    centre_x_m: float
    centre_y_m: float
    px_per_m: float
    width_px: int
    height_px: int

    def screen(self, x_m: float, y_m: float) -> Point:
        """Where a place of the world is on the screen."""
        return (
            0.5 * self.width_px + (x_m - self.centre_x_m) * self.px_per_m,
            0.5 * self.height_px - (y_m - self.centre_y_m) * self.px_per_m,
        )

    def world(self, x_px: float, y_px: float) -> Point:
        """Which place of the world is at this pixel: the inverse of `screen`."""
        return (
            self.centre_x_m + (x_px - 0.5 * self.width_px) / self.px_per_m,
            self.centre_y_m - (y_px - 0.5 * self.height_px) / self.px_per_m,
        )

    def placed(self, x_m: float, y_m: float, angle_rad: float, points: Iterable[Point]) -> list[Point]:
        """Points of a part's own frame (m) on the screen; the frame is at (x_m, y_m), turned counter-clockwise."""
        c, s = cos(angle_rad) * self.px_per_m, sin(angle_rad) * self.px_per_m
        x_px, y_px = self.screen(x_m, y_m)
        return [(x_px + c * x - s * y, y_px - s * x - c * y) for x, y in points]

    def magnified(self, px_per_m: float, x_m: float, y_m: float) -> Viewport:
        """The same picture at least this large, about a place that stays where it is on the screen."""
        if self.px_per_m >= px_per_m:
            return self
        shrink = self.px_per_m / px_per_m
        x, y = x_m + (self.centre_x_m - x_m) * shrink, y_m + (self.centre_y_m - y_m) * shrink
        return Viewport(x, y, px_per_m, self.width_px, self.height_px)

    def keep_visible(self, points: Iterable[Point], margin_px: float) -> Viewport:
        """The nearest viewport, moved and if it must be zoomed out, that has every point inside its margin.

        After it, `margin_px <= x <= width - margin_px` and the same for y holds for every point's place on the
        screen, to a millionth of a pixel, provided that the margin leaves a picture at all.
        """
        seen = list(points)
        if not seen:
            return self
        wide_px = max(self.width_px - 2.0 * margin_px, 1.0)
        high_px = max(self.height_px - 2.0 * margin_px, 1.0)
        left, right = min(x for x, _ in seen), max(x for x, _ in seen)
        low, high = min(y for _, y in seen), max(y for _, y in seen)
        scale = self.px_per_m
        if right - left > 0.0:
            scale = min(scale, wide_px / (right - left))
        if high - low > 0.0:
            scale = min(scale, high_px / (high - low))
        half_w, half_h = 0.5 * wide_px / scale, 0.5 * high_px / scale
        x_m = min(max(self.centre_x_m, right - half_w), left + half_w)
        y_m = min(max(self.centre_y_m, high - half_h), low + half_h)
        return Viewport(x_m, y_m, scale, self.width_px, self.height_px)

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of the picture in m."""
        half_w, half_h = 0.5 * self.width_px / self.px_per_m, 0.5 * self.height_px / self.px_per_m
        return (
            self.centre_x_m - half_w,
            self.centre_x_m + half_w,
            self.centre_y_m - half_h,
            self.centre_y_m + half_h,
        )


@dataclass(frozen=True, slots=True)
class Shot:
    """What must be in the picture: a box that stands on the ground, in m, and how briskly the camera follows (1/s).

    ground_m  height of the ground; FOOT of the box lies below it
    """

    x_m: float
    ground_m: float
    half_wide_m: float
    half_high_m: float
    rate_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Lens:
    """Where the camera is at one tick; two of them blend, and one makes a Viewport of a window of any shape."""

    x_m: float
    ground_m: float
    log_half_wide: float
    log_half_high: float

    def blended(self, later: Lens, alpha: float) -> Lens:
        return Lens(
            self.x_m + (later.x_m - self.x_m) * alpha,
            self.ground_m + (later.ground_m - self.ground_m) * alpha,
            self.log_half_wide + (later.log_half_wide - self.log_half_wide) * alpha,
            self.log_half_high + (later.log_half_high - self.log_half_high) * alpha,
        )

    def viewport(self, width_px: int, height_px: int, stage: tuple[float, float, float, float]) -> Viewport:
        """The viewport that fits the box into the part of the window that the HUD leaves free.

        stage   left, top, right, bottom of that part, in pixels
        """
        left, top, right, bottom = stage
        scale = min((right - left) / (2.0 * exp(self.log_half_wide)), (bottom - top) / (2.0 * exp(self.log_half_high)))
        # The box's bottom stands on the free part's bottom: in a tall window what is left over becomes sky.
        x_off = 0.5 * (left + right) - 0.5 * width_px
        low_m = self.ground_m - 2.0 * FOOT * exp(self.log_half_high)
        y_m = low_m + (bottom - 0.5 * height_px) / scale
        return Viewport(self.x_m - x_off / scale, y_m, scale, width_px, height_px)


class Camera:
    """Follows a Shot, critically damped in place and in the logarithm of the zoom. Moves in `tick` only."""

    __slots__ = ("_now", "_velocity", "before")

    def __init__(self, shot: Shot) -> None:
        self._now = list(_aim(shot))
        self._velocity = [0.0, 0.0, 0.0, 0.0]
        self.before = self.lens

    @property
    def lens(self) -> Lens:
        x, y, wide, high = self._now
        return Lens(x, y, wide, high)

    def tick(self, shot: Shot, dt_s: float, drift: Point = (0.0, 0.0)) -> None:
        """One step towards the shot; `drift` is how the box moves (m/s) and grows (1/s): nothing lags behind it."""
        self.before = self.lens
        rate = shot.rate_s
        ease = exp(-rate * dt_s)
        drifts = (drift[0], 0.0, drift[1], drift[1])
        for i, aim in enumerate(_aim(shot)):
            # The closed form of a critically damped spring, exact for any step, about a target that moves.
            offset = self._now[i] - (aim - drifts[i] * dt_s)
            speed = self._velocity[i] - drifts[i]
            pull = (speed + rate * offset) * dt_s
            self._now[i] = aim + (offset + pull) * ease
            self._velocity[i] = drifts[i] + (speed - rate * pull) * ease


def _aim(shot: Shot) -> tuple[float, float, float, float]:
    return shot.x_m, shot.ground_m, log(max(shot.half_wide_m, 0.1)), log(max(shot.half_high_m, 0.1))
