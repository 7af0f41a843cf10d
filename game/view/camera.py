"""The only place where metres meet pixels and y turns over; and the camera that decides what is in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, exp, log, sin
from typing import Final

from game.view.look import still

Point = tuple[float, float]

FOOT: Final = 0.10  # of a shot's height: how much ground is seen below its surface
CLOSE_M: Final = 72.0  # of a window's height: the craft by itself is then a twentieth of it
CLOSE_WIDE_M: Final = 36.0
_JUMP: Final = 0.04  # of a shot's size, within a tick: nothing that is followed moves so fast


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window on the world: the place in its middle (m), how many pixels a metre is, and its size in pixels.

    turn_rad  how far the local vertical leans down-track of the frame's own: far from the target up is another way

    >>> Viewport(100.0, 50.0, 2.0, 800, 600).screen(110.0, 60.0)
    (420.0, 280.0)
    """

    centre_x_m: float
    centre_y_m: float
    px_per_m: float
    width_px: int
    height_px: int
    turn_rad: float = 0.0
    _across: float = field(init=False, default=1.0, repr=False, compare=False)
    _along: float = field(init=False, default=0.0, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.turn_rad:
            object.__setattr__(self, "_across", cos(self.turn_rad))
            object.__setattr__(self, "_along", sin(self.turn_rad))

    def screen(self, x_m: float, y_m: float) -> Point:
        """Where a place of the world is on the screen."""
        dx, dy = x_m - self.centre_x_m, y_m - self.centre_y_m
        return (
            0.5 * self.width_px + (dx * self._across - dy * self._along) * self.px_per_m,
            0.5 * self.height_px - (dx * self._along + dy * self._across) * self.px_per_m,
        )

    def world(self, x_px: float, y_px: float) -> Point:
        """Which place of the world is at this pixel: the inverse of `screen`."""
        along, up = (x_px - 0.5 * self.width_px) / self.px_per_m, (0.5 * self.height_px - y_px) / self.px_per_m
        return (
            self.centre_x_m + along * self._across + up * self._along,
            self.centre_y_m - along * self._along + up * self._across,
        )

    def placed(self, x_m: float, y_m: float, angle_rad: float, points: Iterable[Point]) -> list[Point]:
        """Points of a part's own frame (m) on the screen; the frame is at (x_m, y_m), turned counter-clockwise."""
        angle_rad += self.turn_rad
        c, s = cos(angle_rad) * self.px_per_m, sin(angle_rad) * self.px_per_m
        x_px, y_px = self.screen(x_m, y_m)
        return [(x_px + c * x - s * y, y_px - s * x - c * y) for x, y in points]

    def magnified(self, px_per_m: float, x_m: float, y_m: float) -> Viewport:
        """The same picture at least this large, about a place that stays where it is on the screen."""
        return self if self.px_per_m >= px_per_m else self.scaled(px_per_m, x_m, y_m)

    def scaled(self, px_per_m: float, x_m: float, y_m: float) -> Viewport:
        """The same picture at this scale, about a place that stays where it is on the screen."""
        shrink = self.px_per_m / px_per_m
        x, y = x_m + (self.centre_x_m - x_m) * shrink, y_m + (self.centre_y_m - y_m) * shrink
        return Viewport(x, y, px_per_m, self.width_px, self.height_px, self.turn_rad)

    def keep_visible(self, points: Iterable[Point], margin_px: float) -> Viewport:
        """The nearest viewport, moved and if it must be zoomed out, that has every point inside its margin.

        After it, `margin_px <= x <= width - margin_px` and the same for y holds for every point's place on the
        screen, to a millionth of a pixel, provided that the margin leaves a picture at all.
        """
        # Along and up from the middle of the picture, in m.
        seen = [self._off(*point) for point in points]
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
        along, up = min(max(0.0, right - half_w), left + half_w), min(max(0.0, high - half_h), low + half_h)
        if along == 0.0 and up == 0.0 and scale == self.px_per_m:
            return self
        x_m = self.centre_x_m + along * self._across + up * self._along
        y_m = self.centre_y_m - along * self._along + up * self._across
        return Viewport(x_m, y_m, scale, self.width_px, self.height_px, self.turn_rad)

    def keep_between(self, x_m: float, y_m: float, left_px: float, right_px: float) -> Viewport:
        """The nearest viewport, moved along, that has this place between two pixels across the screen.

        >>> Viewport(0.0, 0.0, 2.0, 800, 600).keep_between(-190.0, 0.0, 100.0, 700.0).screen(-190.0, 0.0)
        (100.0, 300.0)
        """
        x_px, _ = self.screen(x_m, y_m)
        aside_px = min(max(x_px, left_px), right_px) - x_px
        if not aside_px:
            return self
        centre_x_m, centre_y_m = self.world(0.5 * self.width_px - aside_px, 0.5 * self.height_px)
        return Viewport(centre_x_m, centre_y_m, self.px_per_m, self.width_px, self.height_px, self.turn_rad)

    def _off(self, x_m: float, y_m: float) -> Point:
        dx, dy = x_m - self.centre_x_m, y_m - self.centre_y_m
        return dx * self._across - dy * self._along, dx * self._along + dy * self._across

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of all that the picture shows, in m of the frame."""
        half_w, half_h = 0.5 * self.width_px / self.px_per_m, 0.5 * self.height_px / self.px_per_m
        lean = abs(self._along)
        x_m, y_m = half_w * self._across + half_h * lean, half_h * self._across + half_w * lean
        return (self.centre_x_m - x_m, self.centre_x_m + x_m, self.centre_y_m - y_m, self.centre_y_m + y_m)


@dataclass(frozen=True, slots=True)
class Shot:
    """What must be in the picture: a box that stands on the ground, in m, and how briskly the camera follows (1/s).

    ground_m  the ground's y at x_m; FOOT of the box lies below it
    close_m, close_wide_m  the craft is drawn as large as if the whole window were so many metres high, or wide if
              that is smaller; never smaller than true
    aside     the box stands so far left of the middle, as a share of half of the free part: more room ahead
    """

    x_m: float
    ground_m: float
    half_wide_m: float
    half_high_m: float
    rate_s: float = 2.0
    close_m: float = CLOSE_M
    close_wide_m: float = CLOSE_WIDE_M
    aside: float = 0.0


@dataclass(frozen=True, slots=True)
class Lens:
    """Where the camera is at one tick; two of them blend, and one makes a Viewport of a window of any shape."""

    x_m: float
    ground_m: float
    log_half_wide: float
    log_half_high: float
    log_close: float = log(CLOSE_M)
    log_close_wide: float = log(CLOSE_WIDE_M)
    aside: float = 0.0

    def blended(self, later: Lens, alpha: float) -> Lens:
        return Lens(
            self.x_m + (later.x_m - self.x_m) * alpha,
            self.ground_m + (later.ground_m - self.ground_m) * alpha,
            self.log_half_wide + (later.log_half_wide - self.log_half_wide) * alpha,
            self.log_half_high + (later.log_half_high - self.log_half_high) * alpha,
            self.log_close + (later.log_close - self.log_close) * alpha,
            self.log_close_wide + (later.log_close_wide - self.log_close_wide) * alpha,
            self.aside + (later.aside - self.aside) * alpha,
        )

    def viewport(
        self, width_px: int, height_px: int, stage: tuple[float, float, float, float], turn_rad: float = 0.0
    ) -> Viewport:
        """The viewport that fits the box into the part of the window that the HUD leaves free.

        stage   left, top, right, bottom of that part, in pixels
        """
        left, top, right, bottom = stage
        scale = min((right - left) / (2.0 * exp(self.log_half_wide)), (bottom - top) / (2.0 * exp(self.log_half_high)))
        # The box's bottom stands on the free part's bottom: in a tall window what is left over becomes sky.
        along_m = -(0.5 * (left + right) - 0.5 * width_px - 0.5 * self.aside * (right - left)) / scale
        up_m = (bottom - 0.5 * height_px) / scale - 2.0 * FOOT * exp(self.log_half_high)
        c, s = cos(turn_rad), sin(turn_rad)
        x_m, y_m = self.x_m + along_m * c + up_m * s, self.ground_m - along_m * s + up_m * c
        return Viewport(x_m, y_m, scale, width_px, height_px, turn_rad)

    def close_px_per_m(self, width_px: float, height_px: float) -> float:
        """The least scale at which the craft is drawn."""
        return min(height_px / exp(self.log_close), width_px / exp(self.log_close_wide))


class Camera:
    """Follows a Shot, critically damped in place and in the logarithm of the zoom. Moves in `tick` only.

    With reduced motion it cuts to a Shot that is suddenly another one.
    """

    __slots__ = ("_aim", "_now", "_velocity", "before")

    def __init__(self, shot: Shot) -> None:
        self._aim = _aim(shot)
        self._now = list(self._aim)
        self._velocity = [0.0] * len(self._now)
        self.before = self.lens

    @property
    def lens(self) -> Lens:
        return Lens(*self._now)

    def tick(self, shot: Shot, dt_s: float, moved: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> None:
        """One step towards the shot.

        moved   how far what is followed went by itself (m, along x and y) and how the logarithm of its size changed:
                the camera rides along, and only what is left is eased; so nothing lags, however hard it brakes
        """
        self.before = self.lens
        rate = shot.rate_s
        ease = exp(-rate * dt_s)
        rides = (moved[0], moved[1], moved[2], moved[2], 0.0, 0.0, 0.0)
        expected, self._aim = [aim + ride for aim, ride in zip(self._aim, rides, strict=True)], _aim(shot)
        if still() and _jumps(expected, self._aim):
            self._now, self._velocity = list(self._aim), [0.0] * len(rides)
            self.before = self.lens
            return
        for i, aim in enumerate(self._aim):
            # The closed form of a critically damped spring, exact for any step.
            offset = self._now[i] + rides[i] - aim
            pull = (self._velocity[i] + rate * offset) * dt_s
            self._now[i] = aim + (offset + pull) * ease
            self._velocity[i] = (self._velocity[i] - rate * pull) * ease


def _jumps(expected: Sequence[float], aim: Sequence[float]) -> bool:
    """Whether a shot is another one, and not the same a tick later: its place by its size, all else by itself."""
    wide_m, high_m = exp(aim[2]), exp(aim[3])
    return any(
        abs(new - old) > _JUMP * size
        for old, new, size in zip(expected, aim, (wide_m, high_m, 1.0, 1.0, 1.0, 1.0, 1.0), strict=True)
    )


def _aim(shot: Shot) -> tuple[float, float, float, float, float, float, float]:
    return (
        shot.x_m, shot.ground_m, log(max(shot.half_wide_m, 0.1)), log(max(shot.half_high_m, 0.1)),
        log(max(shot.close_m, 1.0)), log(max(shot.close_wide_m, 1.0)), shot.aside,
    )  # fmt: skip
