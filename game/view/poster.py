"""The title as a travel poster: Mars in the last light, the sky crane with its rover, a few large words."""

from __future__ import annotations

from dataclasses import dataclass
from math import sin
from typing import Final

import pygame

from game.content.texts import Texts
from game.scoring import landing_score
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Outcome, Part, Pose, Truth
from game.sim.vehicle_spec import VehicleSpec
from game.view import fonts, ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.look import decorative_s
from game.view.moment import blended
from game.view.particles import Puff, Puffs
from game.view.pen import Pen, Written
from game.view.rows import draw_modes, lines_of, mark_row, paragraph
from game.view.vehicle import VehicleArt
from game.view.world import Studio

_PAID_M: Final = 4.0
_STAGE_M: Final = 7.7  # height of the stage above the ground
_TALL_M: Final = 11.6  # of the picture
_GROUND: Final = 0.80  # of the window's height, from the top
_ALONG_M, _ALONG_UPRIGHT_M = -7_000.0, 1_560.0  # so that the delta stands beside the words
_GROUND_UPRIGHT: Final = 0.57
_DUST: Final = 70
_ROW: Final = 50  # units: of the list
_TRUE_SPEED_MPS: Final = 0.771  # what Perseverance herself did
_TRUE_DISTANCE_M: Final = 1700.0


@dataclass(frozen=True, slots=True)
class TitleCard:
    """The ways on and which is marked, with a line about it and the best of its flight (or nothing); the modes, which
    is chosen and what it means; the keys.
    """

    rows: tuple[str, ...]
    index: int
    line: str
    best: str
    modes: tuple[str, ...]
    mode: int
    mode_help: str
    hint: str


class Poster:
    """Draws the title at any moment; the only things that move are a slow swing, the flames and some dust."""

    def __init__(self, vehicle: VehicleSpec, studio: Studio) -> None:
        self._vehicle, self._studio = vehicle, studio
        self._art = VehicleArt(vehicle, studio.bank, studio.plumes)
        self._dust = Puffs("poster")
        draw = self._dust.draw_number
        # Dust that has always been blowing: each puff comes round again after its life.
        self._seeds = [(draw(), draw(), draw(), draw()) for _ in range(_DUST)]

    def draw(self, surface: pygame.Surface, texts: Texts, card: TitleCard, t_s: float) -> list[Written]:
        t_s = decorative_s(t_s)
        layout = layout_of(surface.get_size())
        wide, high = layout.size
        ground_px = (_GROUND_UPRIGHT if layout.upright else _GROUND) * high
        backdrop = self._studio.backdrop(layout.size)
        backdrop.look_at(jezero=True)
        backdrop.draw(surface, (_ALONG_UPRIGHT_M if layout.upright else _ALONG_M) + 3.0 * t_s, ground_px)
        scale = high * (0.44 if layout.upright else 0.90) / _TALL_M
        middle = wide * (0.5 if layout.upright else 0.70)
        view = Viewport((0.5 * wide - middle) / scale, (ground_px - 0.5 * high) / scale, scale, wide, high)
        _ground(surface, view, ground_px)
        truth = posed(self._vehicle, t_s)
        now = blended(truth, truth, 1.0)
        for centre, wide_m in ((4.9, 2.8),):
            x, _ = view.screen(centre, 0.0)
            y = _dune(view, x, ground_px) + 0.10 * scale
            ink.fill(surface, [(x + wide_m * scale * a, y + 0.16 * scale * b) for a, b in ink.circle_points(0, 0, 0.5)],
                     p.SHADOW)  # fmt: skip
        self._art.draw(surface, view, now, frozenset())
        self._blow(surface, view, t_s)
        backdrop.draw_haze(surface, 1.0)
        pen = Pen(surface, layout.plain_unit)
        if layout.upright:
            _words(pen, pygame.Rect(0, 0, wide, high), texts, card, layout.unit, upright=True)
        else:
            _words(pen, pygame.Rect(0, 0, round(0.52 * wide), high), texts, card, layout.unit, upright=False)
        return pen.written

    def _blow(self, surface: pygame.Surface, view: Viewport, t_s: float) -> None:
        puffs = self._dust
        puffs.clear()
        for a, b, c, d in self._seeds:
            life = 2.0 + 2.0 * a
            born = t_s - (t_s + 10.0 * b) % life
            side = 1.0 if c > 0.5 else -1.0
            puffs.add(
                Puff(
                    born_s=born, life_s=life, x_m=side * (2.2 + 1.2 * d), y_m=0.05 + 0.2 * d,
                    vx_mps=side * (1.0 + 4.0 * a), vy_mps=0.15 + 0.5 * d, drag_s=0.7, from_m=0.3, to_m=1.1 + 1.3 * b,
                    colour=p.DUST if d < 0.6 else p.DUST_LIT, alpha=0.34,
                )
            )  # fmt: skip
        puffs.draw(surface, view, t_s)


def posed(vehicle: VehicleSpec, t_s: float) -> Truth:
    """A made-up snapshot: the rover on its bridle, swinging a little, a moment before the wheels touch."""
    swing = 0.16 * sin(0.64 * t_s)
    stage = Pose(-0.3 * swing, _STAGE_M + 0.05 * sin(0.9 * t_s), -0.05 * swing, 0.0, 0.0, 0.0)
    bridle, rover = vehicle.bridle, vehicle.rover
    gap_m = vehicle.descent_stage.rover_below_m - bridle.rover_y_m + bridle.stage_y_m
    low_m = stage.y_m + bridle.stage_y_m - gap_m - _PAID_M - bridle.rover_y_m
    body = Pose(swing, low_m, 0.12 * swing, 0.0, 0.0, 0.0)
    bogie = Pose(swing + rover.pivot_x_m, low_m + rover.pivot_y_m, 0.12 * swing, 0.0, 0.0, 0.0)
    return Truth(
        tick=0, t_s=t_s, phase=Phase.SKY_CRANE, outcome=Outcome.FLYING, reason=None,
        parts={Part.ROVER: body, Part.BOGIE: bogie, Part.DESCENT_STAGE: stage},
        altitude_m=0.0, height_m=2.0, speed_mps=0.0, vertical_mps=0.0, mach=0.0, q_pa=0.0, g=0.38, wind_mps=0.0,
        propellant_kg=100.0, thrust=(0.62, 0.62), engines_lit=4, rover_released=True, bridle_paid_m=_PAID_M,
        bridle_load_n=3800.0, wheels_out=1.0, wheels_ready=True, wheel_contacts=(False, False, False),
        mark_m=0.0, distance_m=0.0, downrange_m=0.0, cruise_stage_on=False, heat_shield_on=False, backshell_on=False,
        incidence_rad=0.0, lift=0.0, thruster=0, heat_flux_w_cm2=0.0, surface_c=0.0, back_flux_w_cm2=0.0,
        canopy=Canopy.PACKED, canopy_area=0.0, parachute_load_n=0.0, canopy_lost=0.0, trim=0.0, course=None,
    )  # fmt: skip


def _dune(view: Viewport, x_px: float, ground_px: float) -> float:
    x = x_px / view.px_per_m
    return ground_px + view.px_per_m * (0.10 * sin(0.42 * x) + 0.05 * sin(1.1 * x + 1.0))


def _ground(surface: pygame.Surface, view: Viewport, ground_px: float) -> None:
    wide, high = view.width_px, view.height_px
    line = [(float(x), _dune(view, x, ground_px)) for x in range(-8, wide + 16, 8)]
    ink.fill(surface, [*line, (wide + 8.0, high), (-8.0, high)], p.GROUND)
    unit = view.px_per_m
    for depth, colour in ((0.28, p.STRATA[1]), (0.75, p.STRATA[3]), (1.4, p.GROUND_SHADE), (2.3, p.GROUND_DEEP)):
        top = [(x, y + depth * unit * (1.0 + 0.22 * sin(x / (1.7 * unit) + 5.0 * depth))) for x, y in line]
        ink.fill(surface, [*top, (wide + 8.0, high), (-8.0, high)], colour)
    lower = [(x, y + 0.055 * unit) for x, y in reversed(line)]
    ink.fill(surface, [*line, *lower], p.GROUND_LIT)


def _words(pen: Pen, box: pygame.Rect, texts: Texts, card: TitleCard, unit: float, *, upright: bool) -> None:
    """The name of the game as ever; what there is to choose in the unit of the words."""
    left = box.left + pen.px(64)
    room = box.width - pen.px(100)
    name = texts.get("game.name")
    size = 250 if upright else 236
    px = fonts.fitting(name, Face.TITLE, pen.px(size), room)
    picture = fonts.line(name, Face.TITLE, px, p.SPACE)
    top = pen.px(44)
    pen.surface.blit(picture, (left, top))
    y = top + picture.get_height() - pen.px(20)
    ink.bar(pen.surface, (left + 4, y), (left + min(picture.get_width(), room) - 4, y), pen.px(8), p.ACCENT)
    pen.text(texts.get("game.subtitle").upper(), box, (left, y + pen.px(42)), face=Face.TITLE, size=54, colour=p.SPACE,
             room=room)  # fmt: skip
    _choices(pen.sized(unit), box, texts, card, left, (round(0.62 * box.height) if upright else y + pen.px(112)))


def _choices(pen: Pen, box: pygame.Rect, texts: Texts, card: TitleCard, left: int, top: float) -> None:
    """The ways on, what the marked one is, the mode, and the keys, on one dark pane below the title."""
    inner = box.width - 2 * (left - box.left)
    wide = max(min(inner, pen.px(820)), pen.px(300))
    most = box.height - top - pen.px(26)
    while _needed(pen, card, wide) > most and pen.unit > 0.4:
        pen.unit *= 0.97  # all of it alike, so that the title above stays free
    high = _needed(pen, card, wide)
    pad = pen.px(30)
    room = wide - 2 * pad
    row, size = pen.px(_ROW), 46
    pane = pygame.Rect(left, round(top), wide, high)
    pen.panel(pane, 205)
    at = pane.left + pad
    y = float(pane.top + pen.px(22)) + row / 2
    for index, label in enumerate(card.rows):
        chosen = index == card.index
        if chosen:
            mark_row(pen, pane.left, y, row, at + pen.px(4))
        pen.text(label, pane, (at + pen.px(30), y), face=Face.TITLE, size=size, colour=p.TEXT if chosen else p.QUIET,
                 room=room - pen.px(30))  # fmt: skip
        y += row
    y += pen.px(4)
    low = paragraph(pen, pane, card.line, (at, y), room=room, size=23, step=31)
    pen.text(card.best, pane, (at, low), face=Face.BOLD, size=20, colour=p.CAUTION, room=room)
    low = pane.bottom - pen.px(30)
    true = landing_score(_TRUE_SPEED_MPS, _TRUE_DISTANCE_M).total
    pen.text(texts.get("title.record", points=true), pane, (at, low), face=Face.BOLD, size=20, colour=p.CAUTION,
             room=room)  # fmt: skip
    low -= pen.px(28) * lines_of(pen, card.hint, room, 20) + pen.px(4)
    paragraph(pen, pane, card.hint, (at, low), room=room, size=20, step=28, colour=p.QUIET)
    low -= pen.px(29) * max(lines_of(pen, card.mode_help, room, 21), 2) + pen.px(8)
    paragraph(pen, pane, card.mode_help, (at, low), room=room, size=21, step=29)
    draw_modes(pen, pane, card.modes, card.mode, (at, low - pen.px(46)), room)


def _needed(pen: Pen, card: TitleCard, wide: int) -> int:
    """How high the pane must be for its words."""
    room = wide - 2 * pen.px(30)
    return (
        pen.px(44) + pen.px(_ROW) * len(card.rows) + pen.px(31) * max(lines_of(pen, card.line, room, 23), 3)
        + pen.px(104) + pen.px(29) * max(lines_of(pen, card.mode_help, room, 21), 2)
        + pen.px(28) * lines_of(pen, card.hint, room, 20) + pen.px(58)
    )  # fmt: skip
