"""The parachute's box as a small chart: Mach number against dynamic pressure, with where we come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.deploy import Deploy
from game.cues.windows import WindowState
from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Pen
from game.view.signs import colour_of

_MOST_MACH: Final = 3.6
_LEAST_MACH: Final = 0.8
_MOST_PA: Final = 1300.0
BoxTrail = Sequence[tuple[float, float]]


def draw_box_chart(pen: Pen, box: pygame.Rect, deploy: Deploy, trail: BoxTrail, texts: Texts) -> None:
    """Slower is to the right, as the flight goes; the pressure grows upwards."""
    pen.panel(box)
    pad = pen.px(14)
    colour = colour_of(deploy.sign)
    pen.text(texts.get("hud.box"), box, (box.left + pad, box.top + pen.px(22)), face=Face.HEADING, size=24,
             colour=p.QUIET, room=box.width - pen.px(60))  # fmt: skip
    pen.sign(deploy.sign, box.right - pen.px(26), box.top + pen.px(22), 10)
    area = pygame.Rect(box.left + pad, box.top + pen.px(44), box.width - 2 * pad, box.height - pen.px(44 + 68))

    def at(mach: float, q_pa: float) -> tuple[float, float]:
        u = (_MOST_MACH - min(max(mach, _LEAST_MACH), _MOST_MACH)) / (_MOST_MACH - _LEAST_MACH)
        return area.left + u * area.width, area.bottom - min(max(q_pa, 0.0), _MOST_PA) / _MOST_PA * area.height

    left, top = at(deploy.high_mach, deploy.q_limit_pa)
    right, bottom = at(deploy.low_mach, 0.0)
    inside = pygame.Rect(round(left), round(top), round(right - left), round(bottom - top))
    pen.panel(inside, 110 if deploy.state is WindowState.OPEN else 60, p.GO)
    pen.rect(p.GO, inside, pen.px(3 if deploy.state is WindowState.OPEN else 2))
    pen.line(p.QUIET, area.bottomleft, area.bottomright, pen.px(2))
    pen.line(p.QUIET, area.topleft, area.bottomleft, pen.px(2))
    way = p.mixed(p.PANEL, p.TEXT, 0.6)
    for mach, q_pa in trail:
        if mach < _MOST_MACH:
            pen.disc(*at(mach, q_pa), pen.px(2.5), way)
    x, y = at(deploy.mach, deploy.q_pa)
    pen.disc(x, y, pen.px(9), p.PANEL)
    pen.disc(x, y, pen.px(7), colour)
    low = box.bottom - pen.px(48)
    pen.text(f"{texts.get('hud.mach')} {deploy.mach:.2f}", box, (box.left + pad, low), face=Face.BOLD, size=22,
             room=0.5 * box.width - pad)  # fmt: skip
    pressure = f"{texts.get('hud.pressure')} {texts.quantity(deploy.q_pa, 'Pa', 0)}"
    pen.text(pressure, box, (box.right - pad, low), face=Face.BOLD, size=22, align=1.0, room=0.5 * box.width - pad)
    words = ""
    if deploy.closes_s is not None:
        words = texts.get("hud.closes", closes_s=deploy.closes_s)
    elif deploy.opens_s is not None:
        words = texts.get("hud.opens", opens_s=deploy.opens_s)
    pen.text(words, box, (box.left + pad, box.bottom - pen.px(19)), size=20, colour=colour, room=box.width - 2 * pad)
