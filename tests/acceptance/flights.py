"""Flights of the autopilot that are held against flown ones, each flown once."""

from __future__ import annotations

from functools import cache

from game.content.flown import load_flown
from game.content.levels import load_level
from game.cues.compare import Compared, compare
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.trace import Trace


@cache
def compared(flown_id: str, seed: int) -> tuple[Compared, ...]:
    """Every published figure of a flown flight beside that of its level's flight with this seed."""
    flown, trace = load_flown(flown_id), Trace()
    report = fly(load_level(flown.level), Helm(Autopilot()), pilot="autopilot", seed=seed, observers=(trace,))
    return compare(flown, report, trace)


def figures_of(flown_id: str) -> list[tuple[str, str]]:
    """(moment, quantity) of every figure of which something is claimed."""
    moments = load_flown(flown_id).moments
    return [(m.name, quantity) for m in moments for quantity, figure in m.figures() if figure.bounds is not None]
