"""Where horizon and ground stand on the screen at one moment, and how much of far and near is seen."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final

from game.view.camera import Viewport
from game.view.farground import LIMB_SHARE, Eye, eye_of
from game.view.globe import Globe
from game.view.ground import FAR_PX_M
from game.view.moment import Moment
from game.view.sky import HORIZON

_MELT_M: Final = (9_500.0, 3_200.0)  # from the far ground to the near one


@dataclass(frozen=True, slots=True)
class Setting:
    """near 0: the planet's face; 1: the cut through the ground before the plain. eye: None when only near is seen."""

    height_m: float
    horizon_px: float
    near: float
    eye: Eye | None


def _ground_in_the_middle(view: Viewport, globe: Globe) -> tuple[float, float]:
    """The ground's place in the middle of the picture, by the tiles only where they are drawn too."""
    x_m = view.centre_x_m
    if view.px_per_m > FAR_PX_M:
        return x_m, globe.terrain.height_at(x_m)
    downrange_m = globe.downrange_m(x_m, view.centre_y_m)
    return globe.place(downrange_m, globe.ground_altitude_m(downrange_m))


def setting_of(view: Viewport, now: Moment, globe: Globe) -> Setting:
    """The setting of one picture."""
    stage = now.stage
    downrange_m = globe.downrange_m(stage.x_m, stage.y_m)
    height_m = max(globe.altitude_m(stage.x_m, stage.y_m) - globe.ground_altitude_m(downrange_m), 1.0)
    top, foot = _MELT_M
    near = min(max(log(top / height_m) / log(top / foot), 0.0), 1.0)
    near *= near * (3.0 - 2.0 * near)
    craft_px = view.screen(stage.x_m, stage.y_m)
    high_px = view.px_per_m * height_m
    horizon = craft_px[1] + LIMB_SHARE * high_px
    if near > 0.0:
        middle_px = min(view.screen(*_ground_in_the_middle(view, globe))[1], 1.2 * view.height_px)
        horizon += near * (middle_px - HORIZON * view.height_px - horizon)
    if near >= 1.0:
        return Setting(height_m, horizon, 1.0, None)
    share = min(max((horizon - craft_px[1]) / high_px, 0.15), 0.97)
    return Setting(height_m, horizon, near, eye_of(view, craft_px, downrange_m, height_m, globe.radius_m, share))
