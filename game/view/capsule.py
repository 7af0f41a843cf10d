"""Draws what carries the rover down from space: cruise stage, capsule, canopy, the fire around it, and what leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, exp, pi, sin, tau
from typing import Final

import pygame

from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Part, Truth
from game.sim.vehicle_spec import VehicleSpec
from game.view import art, ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.canopy import Cloth, draw_bridles, draw_canopy, draw_rags, draw_stretching, riser_of
from game.view.look import decorative_s
from game.view.moment import Moment, Place
from game.view.pieces import Broken, Show, draw_pieces
from game.view.plasma import Flow, Plasma, glow_colour, heat_share
from game.view.sprites import Drawing, SpriteBank
from game.view.vehicle import VehicleArt
from game.view.veils import Shape

_HOT: Final = ((1.0, 0.50), (0.80, 0.55), (0.58, 0.65), (0.36, 0.75))  # share of the face, and how strong
_SWELL_M: Final = 0.05  # the face is rounder than the sim's outline
_WIND_PA: Final = 3000.0
_PUFF_HZ: Final = 9.0
_JET: Final = ((0.62, 3.3, 34), (0.40, 2.9, 46), (0.22, 2.2, 70), (0.09, 1.3, 150))  # half width, length (m), alpha
_JET_END: Final = tuple(0.25 * pi * (i - 2) for i in range(5))
_BEFORE_THE_FIRE: Final = (Phase.COURSE, Phase.CRUISE, Phase.APPROACH)
_CHARRED_MPS: Final = 5_000.0  # the flux is at its highest near this speed
CRUISE_MASSES: Final = (Part.CRUISE_MASS_1, Part.CRUISE_MASS_2)
MASSES: Final = (*CRUISE_MASSES, Part.ENTRY_MASSES_1, Part.ENTRY_MASSES_2, Part.ENTRY_MASSES_3)
FREE: Final = (Part.CRUISE_STAGE, *MASSES, Part.HEAT_SHIELD)


@dataclass(frozen=True, slots=True)
class Mortar:
    """When the mortar fired, which a snapshot does not tell."""

    t_s: float
    stretch_s: float

    def share(self, t_s: float) -> float:
        return min(max((t_s - self.t_s) / self.stretch_s, 0.0), 1.0)


def flow_of(truth: Truth, t_s: float, turn_rad: float, back_limit_w_cm2: float) -> Flow:
    """The stream around the capsule, on a screen that is turned so far; the limit is the backshell's."""
    shell = truth.parts[Part.BACKSHELL]
    angle = atan2(-shell.vy_mps, -(shell.vx_mps - truth.wind_mps)) + turn_rad
    wind = min(truth.q_pa / _WIND_PA, 1.0) ** 0.5 * min(truth.mach / 1.2, 1.0)
    back = min(truth.back_flux_w_cm2 / back_limit_w_cm2, 1.0)
    return Flow(angle, heat_share(truth.heat_flux_w_cm2), wind, truth.surface_c, back, decorative_s(t_s))


class CapsuleArt:
    """The capsule of one vehicle."""

    def __init__(self, spec: VehicleSpec, bank: SpriteBank, plasma: Plasma, vehicle: VehicleArt) -> None:
        self._spec, self._bank, self._plasma, self._vehicle = spec, bank, plasma, vehicle
        self._lenses = _lenses(spec.heat_shield.outline_m)

    def draw(
        self, surface: pygame.Surface, view: Viewport, now: Moment, mortar: Mortar | None,
        broken: tuple[Broken, float] | None = None,
    ) -> None:  # fmt: skip
        """Everything that is still joined, from back to front; or its pieces, and how old (s) the break is."""
        truth, shell = now.truth, now.places[Part.BACKSHELL]
        flow = self._flow(now, view)
        if broken is not None:
            how, age_s = broken
            self._plasma.draw_behind(surface, view, shell, flow.dying(age_s))
            show: Show = lambda at, drawing, place: self._bank.show(surface, at, drawing, place)  # noqa: E731
            draw_pieces(surface, view, shell, flow.angle_rad, age_s, how, self._vehicle.parts, show)
            return
        self._plasma.draw_behind(surface, view, shell, flow)
        self._draw_parachute(surface, view, now, shell, mortar)
        parts = self._vehicle.parts
        if truth.heat_shield_on and Part.HEAT_SHIELD in now.places:
            # Before the backshell, which covers its inside.
            shield = now.places[Part.HEAT_SHIELD]
            self._bank.show(surface, view, self.shield_of(truth), shield.at)
            self._glow_shield(surface, view, shield, truth.surface_c)
        else:
            self._bank.show(surface, view, parts.backshell_open, shell.at)
            self._vehicle.draw_rover(surface, view, now)
            self._vehicle.draw_stage(surface, view, now)
        self._bank.show(surface, view, parts.backshell, shell.at)
        if truth.cruise_stage_on and Part.CRUISE_STAGE in now.places:
            self._bank.show(surface, view, parts.cruise_stage, now.places[Part.CRUISE_STAGE].at)
        if flow.back > 0.1:
            self._glow_back(surface, view, shell, flow)
        if truth.thruster:
            self._puffs(surface, view, shell, truth.thruster, now.t_s)
        self._plasma.draw_front(surface, view, shell, flow)

    def _flow(self, now: Moment, view: Viewport) -> Flow:
        return flow_of(now.truth, now.t_s, view.turn_rad, self._spec.backshell.flux_limit_w_cm2)

    def draw_wreck(self, surface: pygame.Surface, view: Viewport, now: Moment) -> None:
        """What lies on the ground after a fall inside the backshell."""
        shell = now.places[Part.BACKSHELL]
        lean = 0.26 if shell.angle_rad < 0.0 else -0.26
        self._bank.show(surface, view, self._vehicle.parts.backshell_wreck, (shell.x_m, shell.y_m - 0.35, lean))

    def draw_streaks(self, surface: pygame.Surface, view: Viewport, now: Moment) -> None:
        shell = now.places[Part.BACKSHELL]
        flow = self._flow(now, view)
        self._plasma.draw_streaks(surface, view.screen(shell.x_m, shell.y_m), flow)

    def shield_of(self, truth: Truth) -> Drawing:
        """The heat shield, charred once it has been through the fire: the change is hidden by the glow."""
        burnt = truth.phase not in _BEFORE_THE_FIRE and truth.speed_mps < _CHARRED_MPS
        return self._vehicle.parts.heat_shield_scorched if burnt else self._vehicle.parts.heat_shield

    def drawing_of(self, part: Part) -> Drawing:
        """The picture of a part that flies alone."""
        parts = self._vehicle.parts
        if part is Part.CRUISE_STAGE:
            return parts.cruise_stage
        if part is Part.HEAT_SHIELD:
            return parts.heat_shield_scorched
        return parts.cruise_balance_mass if part in CRUISE_MASSES else parts.balance_mass

    def draw_free(self, surface: pygame.Surface, view: Viewport, part: Part, place: Place, surface_c: float) -> None:
        """A part that has left."""
        self._bank.show(surface, view, self.drawing_of(part), place.at)
        if part is Part.HEAT_SHIELD:
            self._glow_shield(surface, view, place, surface_c)

    def draw_rags(self, surface: pygame.Surface, view: Viewport, place: Place, t_s: float) -> None:
        draw_rags(surface, view, place, decorative_s(t_s))

    def _draw_parachute(
        self, surface: pygame.Surface, view: Viewport, now: Moment, shell: Place, mortar: Mortar | None
    ) -> None:  # fmt: skip
        truth, spec = now.truth, self._spec.parachute
        riser = riser_of(view, shell, self._spec.backshell)
        if truth.canopy is Canopy.FIRED:
            share = mortar.share(now.t_s) if mortar else 1.0
            draw_bridles(surface, view, shell, riser)
            bag = draw_stretching(surface, view, spec, shell, riser, share)
            self._bank.show(surface, view, self._vehicle.parts.bag, bag)
        elif truth.canopy in (Canopy.INFLATING, Canopy.OPEN) and Part.PARACHUTE in now.places:
            draw_bridles(surface, view, shell, riser)
            cloth = Cloth(truth.canopy_area, truth.canopy_lost, decorative_s(now.t_s))
            draw_canopy(surface, view, spec, riser, now.places[Part.PARACHUTE], cloth)

    def _glow_shield(self, surface: pygame.Surface, view: Viewport, shield: Place, surface_c: float) -> None:
        """The tiles by their temperature: the middle is hottest."""
        colour, share = glow_colour(surface_c)
        if share < 0.04:
            return
        lenses: list[Shape] = [
            (view.placed(*shield.at, lens), p.mixed(colour, p.PLASMA[3], (1.0 - size) * share),
             round(255 * share * strength))
            for (size, strength), lens in zip(_HOT, self._lenses, strict=True)
        ]  # fmt: skip
        self._plasma.veils.nest(surface, lenses)

    def _glow_back(self, surface: pygame.Surface, view: Viewport, shell: Place, flow: Flow) -> None:
        """The backshell where it feels the fire: for a capsule that flies the wrong way round."""
        outline = view.placed(*shell.at, self._spec.backshell.outline_m)
        ink.veil(surface, outline, p.PLASMA[1], round(150 * flow.back))
        x0, y0 = outline[0]
        ink.veil(surface, [(0.5 * (x + x0), 0.5 * (y + y0)) for x, y in outline], p.PLASMA[2], round(90 * flow.back))

    def _puffs(self, surface: pygame.Surface, view: Viewport, shell: Place, way: int, t_s: float) -> None:
        """A pair of thrusters: white jets from both sides of the backshell, that turn it the way they do."""
        anchors = art.part("backshell").anchors
        for side, key in ((-1.0, "thruster_left"), (1.0, "thruster_right")):
            from_x, from_y = anchors[key]
            # The jet leaves against the push: downwards on the side that goes up.
            out, down = 0.45 * side, -0.89 if way * side > 0.0 else 0.89
            beat = 0.86 + 0.14 * sin(tau * _PUFF_HZ * decorative_s(t_s) + 2.0 * side)
            for wide, long, alpha in _JET:
                # It fans out in the thin air, and ends round.
                reach, half = long * beat, wide * beat
                fan = ((reach * (0.80 + 0.20 * cos(bend)), half * sin(bend)) for bend in _JET_END)
                points = [
                    (from_x + along * out - across * down, from_y + along * down + across * out)
                    for along, across in ((0.0, -0.06), *fan, (0.0, 0.06))
                ]
                ink.veil(surface, view.placed(*shell.at, points), p.PUFF, alpha)


def _lenses(outline: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Where the face of a shield is how hot, largest first, in m of its frame.

    Each is a lens: its lower edge is the shield's own, its upper one bulges towards the rim.
    """
    half, rim = max(x for x, _ in outline), max(y for _, y in outline) - 0.10
    lenses: list[list[tuple[float, float]]] = []
    for size, _ in _HOT:
        along = [size * (i / 8.0 - 1.0) for i in range(17)]
        face = [(half * u, min(height_at(outline, half * u) - _SWELL_M, rim)) for u in along]
        lift = 0.0 if size == 1.0 else 0.16
        upper = [(half * u, min(face[0][1] + lift * (1.0 - (u / size) ** 2), rim)) for u in reversed(along)]
        lenses.append([*face, *upper])
    return lenses


def height_at(outline: Sequence[tuple[float, float]], x_m: float) -> float:
    """How high an outline that runs from left to right is at a place, in m of the part's frame."""
    for (x0, y0), (x1, y1) in pairwise(outline):
        if x_m <= x1:
            return y0 + (y1 - y0) * max(x_m - x0, 0.0) / (x1 - x0)
    return outline[-1][1]


def apart_px(true_px: float, magnified_px: float, reach_px: float) -> float:
    """How far from the craft a part is drawn: magnified while it is near, where it truly is when it is far.

    Rises all the way, so that nothing ever seems to come back.
    """
    extra = reach_px * (1.0 - exp(-max(magnified_px - true_px, 0.0) / reach_px))
    return true_px + extra * exp(-((true_px / reach_px) ** 2))
