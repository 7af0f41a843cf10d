"""Where the HUD's boxes stand in a window of any size and shape; the middle stays free for the flight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.record.preferences import TextSize

CELLS: Final = 5
CHIPS: Final = 4
_LEAST_UNIT: Final = 0.55
_MARGIN: Final = 18.0
_CELL: Final = 104  # units: the height of a gauge
CELL_TALL: Final = 128  # with room for a line more
_ROW: Final = 78  # of the phase line
_ROW_TALL: Final = 104
_SHORT_ROW: Final = (1600, 800)  # units across, and down: a low window has no line to give
SCALES: Final[Mapping[TextSize, float]] = {TextSize.NORMAL: 1.0, TextSize.LARGE: 1.15, TextSize.LARGEST: 1.3}
_STEP: Final = 1.05  # between the units that a page tries
# Units that a window must keep, across and down, for larger words to leave the flight its place.
_LEAST_WIDE: Final = (1100, 750)
_LEAST_UPRIGHT: Final = (820, 1400)


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes in pixels. plain_unit is one pixel of a window 1080 high (or wide, if it stands upright); unit is that
    times the size of words that a person has chosen, as far as the window has room. Everything in words and
    instruments is measured by unit.

    stage   left, top, right, bottom of the part that the flight may fill
    """

    size: tuple[int, int]
    unit: float
    plain_unit: float
    upright: bool
    stage: tuple[float, float, float, float]
    say: pygame.Rect
    chips: tuple[pygame.Rect, ...]
    caption: pygame.Rect
    height: pygame.Rect
    descent: pygame.Rect
    cells: tuple[pygame.Rect, ...]
    phase: pygame.Rect
    action: pygame.Rect
    clock: pygame.Rect
    chart: pygame.Rect
    taught: pygame.Rect

    @property
    def foot(self) -> pygame.Rect:
        """All that stands at the window's foot: the gauges, and the line below them."""
        return self.phase.unionall((*self.cells, self.action, self.clock))

    @property
    def capped(self) -> bool:
        """Whether the window is too small for the size of words that was chosen."""
        return self.unit < self.plain_unit * SCALES[_Worn.text_size] * 0.995

    def largest_unit(self, fits: Callable[[float], bool]) -> float:
        """For a page that is full: the largest unit, from the chosen one down to the plain one, in which it fits."""
        unit = self.unit
        while unit > self.plain_unit and not fits(unit):
            unit = max(unit / _STEP, self.plain_unit)
        return unit

    def boxes(self) -> dict[str, pygame.Rect]:
        """Every box by name: none overlaps another, all are inside the window."""
        named = {
            "say": self.say, "caption": self.caption, "height": self.height, "descent": self.descent,
            "phase": self.phase, "action": self.action, "clock": self.clock,
            "chart": self.chart, "taught": self.taught,
        }  # fmt: skip
        named |= {f"chip_{i}": chip for i, chip in enumerate(self.chips)}
        named |= {f"cell_{i}": cell for i, cell in enumerate(self.cells)}
        return named


class _Worn:
    """What the person has chosen."""

    text_size = TextSize.NORMAL


def wear(text_size: TextSize) -> None:
    """Words and instruments of this size from now on."""
    _Worn.text_size = text_size


def layout_of(size: tuple[int, int]) -> Layout:
    """The layout for a window of this size and the chosen size of words."""
    return _layout(size, SCALES[_Worn.text_size])


def layout_within(size: tuple[int, int], unit: float) -> Layout:
    """The layout for a part of a window, whose words are as large as the window's own unit says, if there is room."""
    return _layout(size, max(unit / _plain_unit(size), 1.0))


def _plain_unit(size: tuple[int, int]) -> float:
    return max(min(size) / 1080.0, _LEAST_UNIT)


@lru_cache(maxsize=8)
def _layout(size: tuple[int, int], scale: float) -> Layout:
    wide, high = size
    upright = high > wide
    plain_unit = _plain_unit(size)
    least = _LEAST_UPRIGHT if upright else _LEAST_WIDE
    unit = max(min(plain_unit * scale, wide / least[0], high / least[1]), plain_unit)
    margin = round(_MARGIN * unit)
    inner = wide - 2 * margin
    tape_wide = round((168 if upright else 178) * unit)

    # Larger words need a second line where a plain one was enough: of what to do, and in the gauges.
    larger = unit > plain_unit
    say_high = round((84 if upright else 80 if larger else 54) * unit)
    side = 0 if upright else tape_wide + margin
    say = pygame.Rect(margin + side, margin, inner - 2 * side, say_high)
    chip_gap = round(10 * unit)
    chip_wide = min(round(196 * unit), (say.width - (CHIPS - 1) * chip_gap) // CHIPS)
    chip_left = (wide - CHIPS * chip_wide - (CHIPS - 1) * chip_gap) // 2
    chips = tuple(
        pygame.Rect(chip_left + i * (chip_wide + chip_gap), say.bottom + chip_gap, chip_wide, round(40 * unit))
        for i in range(CHIPS)
    )

    caption = pygame.Rect(say.left, chips[0].bottom + chip_gap // 2, say.width, round(36 * unit))
    # Where a row is short, gauges and what to do in a phase take a line more.
    short = not upright and wide < _SHORT_ROW[0] * unit and high > _SHORT_ROW[1] * unit
    tall = (CELL_TALL if larger or short else _CELL, _ROW_TALL if short else _ROW)
    bottom_top, cells, phase, action, clock = _bottom(size, unit, margin, upright, tall)
    tape_top = caption.bottom + margin if upright else margin
    tape_high = bottom_top - margin - tape_top
    if upright:
        tape_high = min(tape_high, round((660 if larger else 700) * plain_unit))
    height = pygame.Rect(margin, tape_top, tape_wide, tape_high)
    descent = pygame.Rect(wide - margin - tape_wide, tape_top, tape_wide, tape_high)
    stage = (
        height.right + margin,
        caption.bottom + margin,
        descent.left - margin,
        bottom_top - margin,
    )
    # In the flight's own part, ahead of the craft: shown only while the parachute's box is near.
    chart_wide, chart_high = round(330 * (plain_unit if upright else unit)), round(300 * unit)
    chart = pygame.Rect(0, 0, chart_wide, chart_high)
    if upright:
        chart.bottomright = (round(stage[2]), round(stage[3]))
    else:
        chart.topright = (round(stage[2]), round(stage[1]))
    # In the other corner: what a first flight is told. It grows upwards from the box's foot.
    left, top = (margin, height.bottom + margin) if upright else (round(stage[0]), round(stage[1]))
    taught = pygame.Rect(left, 0, min(round(420 * unit), chart.left - left - margin), round(430 * unit))
    taught.height = min(taught.height, max(round(stage[3]) - top, 0))
    taught.bottom = round(stage[3])
    return Layout(
        size, unit, plain_unit, upright, stage, say, chips, caption, height, descent, cells, phase, action, clock,
        chart, taught,
    )  # fmt: skip


def _bottom(
    size: tuple[int, int], unit: float, margin: int, upright: bool, tall: tuple[int, int]
) -> tuple[int, tuple[pygame.Rect, ...], pygame.Rect, pygame.Rect, pygame.Rect]:
    """The gauges and the phase line, so many units tall; returns the top of it all first."""
    wide, high = size
    inner, gap = wide - 2 * margin, round(10 * unit)
    cell_high, row_high = round(tall[0] * unit), round(tall[1] * unit)
    if upright:
        action = pygame.Rect(margin, high - margin - row_high, inner, row_high)
        top_row = action.top - gap - row_high
        half = (inner - gap) * 3 // 5
        phase = pygame.Rect(margin, top_row, half, row_high)
        clock = pygame.Rect(phase.right + gap, top_row, inner - half - gap, row_high)
        low = top_row - gap - cell_high
        cells = (
            *_row(margin, low - gap - cell_high, inner, cell_high, gap, 3),
            *_row(margin, low, inner, cell_high, gap, 2),
        )
        return low - gap - cell_high, cells, phase, action, clock
    row_top = high - margin - row_high
    side, other = round(inner * 0.26), round(inner * 0.21)
    phase = pygame.Rect(margin, row_top, side, row_high)
    clock = pygame.Rect(wide - margin - other, row_top, other, row_high)
    action = pygame.Rect(phase.right + gap, row_top, clock.left - phase.right - 2 * gap, row_high)
    cell_top = row_top - gap - cell_high
    return cell_top, _row(margin, cell_top, inner, cell_high, gap, CELLS), phase, action, clock


def _row(left: int, top: int, wide: int, high: int, gap: int, count: int) -> tuple[pygame.Rect, ...]:
    each = (wide - (count - 1) * gap) // count
    return tuple(pygame.Rect(left + i * (each + gap), top, each, high) for i in range(count))
