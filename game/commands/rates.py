"""`skycrane rates`: how often a pilot lands a level, and what the others are lost by."""

from __future__ import annotations

import json
from typing import Any, Final

import click

from game.commands.answers import ALIVE, sentences
from game.commands.output import say, say_table
from game.commands.words import WholeNumber, mode_option
from game.content.levels import load_level
from game.content.modes import Mode
from game.lab.rates import Rate, rate_of
from game.lab.runners import MOST_JOBS, runner_of

_MOST_FLIGHTS: Final = 10_000
_HEAD: Final = ("level", "mode", "flights", "alive", "points", "lost in", "by", "times")


@click.command()
@click.argument("names", nargs=-1, metavar="[LEVEL]...")
@click.option("--pilot", default="novice", help="autopilot, idle, novice or script:FILE.")
@mode_option
@click.option("--seed", type=WholeNumber(0, 2**62), default=1, metavar="N", help="The first flight's.")
@click.option("--flights", type=WholeNumber(1, _MOST_FLIGHTS), default=20, metavar="N", help="So many of each LEVEL.")
@click.option("--jobs", type=WholeNumber(1, MOST_JOBS), default=1, metavar="J", help="So many at a time.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def rates(names: tuple[str, ...], pilot: str, mode: Mode, seed: int, flights: int, jobs: int, as_json: bool) -> int:
    """Count how often a pilot lands.

    Each LEVEL is flown once by every seed from --seed on; when none is named, jezero, which is the whole flight.
    """
    with sentences():
        levels = [load_level(name) for name in names or ("jezero",)]
        found = [rate_of(level, mode.board, pilot, range(seed, seed + flights), runner_of(jobs)) for level in levels]
        if as_json:
            say(json.dumps([_as_json(rate) for rate in found], indent=2))
        else:
            say_table(_HEAD, [row for rate in found for row in _rows(rate)])
    return ALIVE


def _rows(rate: Rate) -> list[tuple[str, ...]]:
    first = (rate.level, str(rate.mode), str(rate.flights), f"{rate.share:.1%}", f"{rate.mean_points:,.0f}")
    lost = [(str(phase), code, str(times)) for (phase, code), times in rate.lost.most_common()] or [("", "", "")]
    return [(first if index == 0 else ("",) * len(first)) + row for index, row in enumerate(lost)]


def _as_json(rate: Rate) -> dict[str, Any]:
    return {
        "level": rate.level,
        "mode": rate.mode.value,
        "pilot": rate.pilot,
        "flights": rate.flights,
        "alive": rate.alive,
        "share": rate.share,
        "mean_points": rate.mean_points,
        "lost": [
            {"phase": phase.value, "reason_code": code, "times": times}
            for (phase, code), times in rate.lost.most_common()
        ],
        "lost_seeds": rate.lost_seeds,
    }
