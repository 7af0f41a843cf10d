"""Parts that have left the craft: near by drawn as large as it, far off where they truly are, and named while small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, hypot
from typing import Final

import pygame

from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Part, Truth
from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.capsule import MASSES, CapsuleArt, apart_px
from game.view.look import still
from game.view.markers import LEAST_SHARE, Tags
from game.view.moment import Moment
from game.view.vehicle import VehicleArt

_OUT_M: Final = 4.0  # from the stage's middle to the backshell's: farther apart neither hides the other
_REACH: Final = 0.30  # of the window's height: nearer than this a part is drawn magnified
_SIZE_M: Final = {
    Part.CRUISE_STAGE: 2.95, Part.HEAT_SHIELD: 4.5, Part.BACKSHELL: 4.5,
    Part.CRUISE_MASS_1: 0.44, Part.CRUISE_MASS_2: 0.44,
}  # fmt: skip
_MASS_M: Final = 0.28
_FIRE_W_CM2: Final = 10.0
_MASS_SEEN_M: Final = 4_000.0  # small things that fall fast are out of sight when they are far
_SEEN_M: Final = {Part.CRUISE_STAGE: 7_000.0, Part.HEAT_SHIELD: 1e9, Part.BACKSHELL: 1e9, Part.PARACHUTE: 1e9}
_GLINT_RAD: Final = 0.55
_GLINT_FROM: Final = 0.86  # of the brightest
_SECOND: Final = (Part.CRUISE_MASS_2, Part.ENTRY_MASSES_2, Part.ENTRY_MASSES_3)
_LEAST_PX: Final = {Part.HEAT_SHIELD: 17.0, Part.CRUISE_STAGE: 12.0}  # at 1080 lines
_LEAST_MASS_PX: Final = 6.0
_SHELL_SHARE: Final = 0.0008  # of the window's height for a metre: the canopy is a dozen pixels wide


@dataclass(frozen=True, slots=True)
class Shed:
    """What is needed to draw one: the true picture and the magnified one about the craft."""

    view: Viewport
    close: Viewport
    art: VehicleArt
    capsule: CapsuleArt


def shed_parts(truth: Truth) -> tuple[Part, ...]:
    """All that have left and are still worth a look, farthest back first."""
    gone: list[Part] = []
    if not truth.cruise_stage_on:
        gone += [part for part in (Part.CRUISE_STAGE, *MASSES) if part in truth.parts and _left(truth, part)]
    if not truth.heat_shield_on and Part.HEAT_SHIELD in truth.parts:
        gone.append(Part.HEAT_SHIELD)
    if not truth.backshell_on and Part.BACKSHELL in truth.parts:
        gone.append(Part.BACKSHELL)
    elif truth.canopy is Canopy.GONE and Part.PARACHUTE in truth.parts:
        gone.append(Part.PARACHUTE)
    return tuple(gone)


def _left(truth: Truth, part: Part) -> bool:
    """Whether it flies alone: a mass that is still bolted on rides inside the backshell."""
    if part is Part.CRUISE_STAGE:
        return True
    shell, mass = truth.parts[Part.BACKSHELL], truth.parts[part]
    return not truth.backshell_on or hypot(mass.x_m - shell.x_m, mass.y_m - shell.y_m) > 2.6


def inside_backshell(now: Moment) -> bool:
    """Whether the stage has been let go, but the backshell's side still hides some of it."""
    shell = now.places.get(Part.BACKSHELL)
    if now.truth.backshell_on or shell is None or now.truth.phase is not Phase.FREE_FALL:
        return False
    return hypot(shell.x_m - now.stage.x_m, shell.y_m - now.stage.y_m) < _OUT_M


def _glint(surface: pygame.Surface, at: tuple[float, float], angle_rad: float, size_px: float) -> None:
    """The low sun in a shield that turns: a star whenever one of its faces throws it to us."""
    shine = cos(2.0 * (angle_rad - _GLINT_RAD)) ** 2
    if still() or shine < _GLINT_FROM:
        return
    reach = 0.9 * size_px * (shine - _GLINT_FROM) / (1.0 - _GLINT_FROM)
    x, y = at
    thin = 0.09 * reach
    for dx, dy in ((reach, 0.0), (0.0, 0.72 * reach)):
        ray = (
            (x - dx, y - dy),
            (x + dy * 0.12 + thin, y - dx * 0.09),
            (x + dx, y + dy),
            (x - dy * 0.12, y + dx * 0.09),
        )
        ink.veil(surface, ray, p.PLASMA[4], 215)
    ink.disc(surface, x, y, max(0.16 * reach, 1.0), p.PLASMA[4])


def draw_shed(
    surface: pygame.Surface, how: Shed, now: Moment, part: Part, names: Mapping[Part, str], tags: Tags | None, *,
    side: bool = False,
) -> None:  # fmt: skip
    """One part, and its name while it is small; of the backshell, if wished, only the side that we see."""
    view, high = how.view, how.view.height_px
    place, anchor = now.places[part], now.stage
    here, there = view.screen(anchor.x_m, anchor.y_m), view.screen(place.x_m, place.y_m)
    apart = hypot(there[0] - here[0], there[1] - here[1])
    larger = how.close.px_per_m / view.px_per_m
    reach = _REACH * high
    drawn = apart_px(apart, apart * larger, reach) if larger > 1.0 else apart
    at = there
    if apart > 0.0:
        at = (here[0] + (there[0] - here[0]) * drawn / apart, here[1] + (there[1] - here[1]) * drawn / apart)
    size_m = _SIZE_M.get(part, _MASS_M)
    least = (
        _SHELL_SHARE * high if part is Part.BACKSHELL else _LEAST_PX.get(part, _LEAST_MASS_PX) * high / 1080.0 / size_m
    )
    # What goes away grows smaller, as if it went into the picture too.
    scale = max(how.close.px_per_m / (1.0 + apart * larger / (3.0 * reach)), view.px_per_m, least)
    x_m, y_m = view.world(*at)
    moved = view.scaled(scale, x_m, y_m)
    far_m = hypot(place.x_m - anchor.x_m, place.y_m - anchor.y_m)
    if far_m > _SEEN_M.get(part, _MASS_SEEN_M):
        return
    margin = 0.2 * high
    if not (-margin < at[0] < view.width_px + margin and -margin < at[1] < high + margin):
        return
    if part is Part.BACKSHELL:
        both = now.shifted((Part.BACKSHELL, Part.PARACHUTE), x_m - place.x_m, y_m - place.y_m)
        if side:
            how.art.draw_shell(surface, moved, both.places[Part.BACKSHELL])
            return
        how.art.draw_backshell(surface, moved, both)
    elif part is Part.PARACHUTE:
        how.capsule.draw_rags(surface, moved, replace(place, x_m=x_m, y_m=y_m), now.t_s)
    else:
        how.capsule.draw_free(surface, moved, part, replace(place, x_m=x_m, y_m=y_m), now.truth.surface_c)
        if part is Part.HEAT_SHIELD and not place.on_ground:
            _glint(surface, at, place.angle_rad, max(size_m * scale, 14.0 * high / 1080.0))
    small = size_m * scale / high
    if tags is None or place.on_ground or part is Part.PARACHUTE or small > 2.0 * LEAST_SHARE or larger <= 1.0:
        return
    if part in _SECOND or now.truth.heat_flux_w_cm2 > _FIRE_W_CM2:  # one name for a pair, none behind the fire
        return
    fade = min(max(2.0 - small / LEAST_SHARE, 0.0), 1.0) * min(max((drawn - 0.05 * high) / (0.05 * high), 0.0), 1.0)
    tags.tag(surface, at, names.get(part, ""), 0.5 * size_m * scale, fade)
