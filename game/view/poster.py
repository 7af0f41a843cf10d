"""The title as a travel poster: Mars in the last light, the sky crane with its rover, a few large words."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sin
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
from game.view.moment import blended
from game.view.particles import Puff, Puffs
from game.view.pen import Pen, Written
from game.view.vehicle import VehicleArt
from game.view.world import Studio

_PAID_M: Final = 4.0
_STAGE_M: Final = 7.7  # height of the stage above the ground
_TALL_M: Final = 11.6  # of the picture
_GROUND: Final = 0.80  # of the window's height, from the top
_GROUND_UPRIGHT: Final = 0.57
_DUST: Final = 70
_TRUE_SPEED_MPS: Final = 0.771  # what Perseverance herself did
_TRUE_DISTANCE_M: Final = 1700.0


@dataclass(frozen=True, slots=True)
class TitleCard:
    """What there is to choose, and what is chosen: levels and what else leads on as (title, brief), modes as codes;
    and the keys.
    """

    levels: tuple[tuple[str, str], ...]
    index: int
    modes: tuple[str, ...]
    mode: str
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
        layout = layout_of(surface.get_size())
        wide, high = layout.size
        ground_px = (_GROUND_UPRIGHT if layout.upright else _GROUND) * high
        backdrop = self._studio.backdrop(layout.size)
        backdrop.draw(surface, 1560.0 + 3.0 * t_s, ground_px)
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
        surface.blit(backdrop.haze, (0, high - backdrop.haze.get_height()))
        pen = Pen(surface, layout.unit)
        if layout.upright:
            _words(pen, pygame.Rect(0, 0, wide, high), texts, card, upright=True)
        else:
            _words(pen, pygame.Rect(0, 0, round(0.52 * wide), high), texts, card, upright=False)
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


def _words(pen: Pen, box: pygame.Rect, texts: Texts, card: TitleCard, *, upright: bool) -> None:
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
    _choices(pen, box, texts, card, left, (round(0.62 * box.height) if upright else y + pen.px(112)))


def _choices(pen: Pen, box: pygame.Rect, texts: Texts, card: TitleCard, left: int, top: float) -> None:
    """The flights, the mode, what they are, and the keys, on one dark pane."""
    inner = box.width - 2 * (left - box.left)
    wide = max(min(inner, pen.px(820)), pen.px(300))
    pad, text_wide = pen.px(30), wide - 2 * pen.px(30)
    brief = fonts.wrapped(card.levels[card.index][1], Face.TEXT, pen.px(23), text_wide)
    help_ = fonts.wrapped(texts.get(f"mode_help.{card.mode}"), Face.TEXT, pen.px(21), text_wide)
    hints = fonts.wrapped(card.hint, Face.TEXT, pen.px(20), text_wide)
    # Many flights stand in two columns, so that the title above them stays free and a finger finds each.
    columns = 1 if len(card.levels) <= 6 else 2
    rows = ceil(len(card.levels) / columns)
    step, size = (62, 50) if rows <= 4 else (47, 42) if rows <= 6 else (36, 34)
    row = pen.px(step)
    room = wide // columns - pad - pen.px(40)
    # The longest title decides for all: a list in two sizes looks like a mistake.
    size_px = min(fonts.fitting(title, Face.TITLE, pen.px(size), room) for title, _ in card.levels)
    high = (
        pen.px(74) + row * rows + pen.px(31) * len(brief) + pen.px(84) + pen.px(29) * len(help_)
        + pen.px(30) + pen.px(28) * len(hints) + pen.px(28)
    )  # fmt: skip
    pane = pygame.Rect(left, round(min(top, box.height - high - pen.px(26))), wide, high)
    pen.panel(pane, 205)
    y = float(pane.top + pen.px(34))
    pen.text(texts.get("title.pick").upper(), pane, (pane.left + pad, y), face=Face.HEADING, size=26, colour=p.QUIET)
    y += pen.px(52)
    for index, (title, _) in enumerate(card.levels):
        column = pygame.Rect(pane.left + index // rows * wide // columns, pane.top, wide // columns, high)
        at, line_y = column.left + pad, y + index % rows * row
        chosen = index == card.index
        if chosen:
            pygame.draw.rect(pen.surface, p.ACCENT, (column.left, line_y - row / 2, pen.px(8), row))
            pen.arrow(at + pen.px(4), line_y, 12, 1.0, p.ACCENT)
        pen.text(title, column, (at + pen.px(30), line_y), face=Face.TITLE, size=size_px / pen.unit,
                 colour=p.TEXT if chosen else p.QUIET, room=room)  # fmt: skip
    y += rows * row
    y += pen.px(10) if rows > 4 else -pen.px(8)
    y = _lines(pen, pane, brief, y, size=23, step=31, colour=p.TEXT)
    y += pen.px(28)
    _modes(pen, pane, texts, card, pane.left + pad, y)
    y += pen.px(44)
    y = _lines(pen, pane, help_, y, size=21, step=29, colour=p.TEXT)
    y += pen.px(18)
    y = _lines(pen, pane, hints, y, size=20, step=28, colour=p.QUIET)
    true = landing_score(_TRUE_SPEED_MPS, _TRUE_DISTANCE_M).total
    pen.text(texts.get("title.record", points=true), pane, (pane.left + pad, y + pen.px(4)), face=Face.BOLD, size=20,
             colour=p.CAUTION, room=text_wide)  # fmt: skip


def _modes(pen: Pen, pane: pygame.Rect, texts: Texts, card: TitleCard, left: float, y: float) -> None:
    x = left
    pen.arrow(x + pen.px(8), y, 11, -1.0, p.ACCENT)
    x += pen.px(30)
    for mode in card.modes:
        words = texts.get(f"mode.{mode}").upper()
        chosen = mode == card.mode
        wide = fonts.width(words, Face.TITLE, pen.px(32)) + pen.px(28)
        if chosen:
            pygame.draw.rect(pen.surface, p.ACCENT, (x, y - pen.px(23), wide, pen.px(46)), 0, pen.px(6))
        pen.text(words, pane, (x + pen.px(14), y), face=Face.TITLE, size=32, colour=p.SPACE if chosen else p.QUIET,
                 room=wide)  # fmt: skip
        x += wide + pen.px(6)
    pen.arrow(x + pen.px(12), y, 11, 1.0, p.ACCENT)


def _lines(
    pen: Pen, pane: pygame.Rect, lines: tuple[str, ...], y: float, *, size: float, step: float, colour: p.Rgb
) -> float:  # fmt: skip
    for words in lines:
        pen.text(words, pane, (pane.left + pen.px(30), y), size=size, colour=colour, room=pane.width - pen.px(40))
        y += pen.px(step)
    return y
