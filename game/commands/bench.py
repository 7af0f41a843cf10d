"""`skycrane bench`: how fast this machine flies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import perf_counter

import click

from game.commands.answers import ALIVE, sentences
from game.commands.output import say, say_table
from game.commands.words import WholeNumber
from game.content.levels import level_ids, load_level
from game.lab.bench import LevelSpeed, measure


@click.command()
@click.argument("names", nargs=-1, metavar="[LEVEL]...")
@click.option(
    "--rounds", type=WholeNumber(1, 100), default=3, metavar="N", help="Flights of each level; the best counts."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def bench(names: tuple[str, ...], rounds: int, as_json: bool) -> int:
    """Measure how fast this machine flies."""
    with sentences():
        chosen = [load_level(name) for name in names or level_ids()]
        rows = [row for level in chosen for row in _speed_rows(measure(level, rounds, perf_counter))]
        if as_json:
            keys = ("level", "phase", "ticks", "ticks_per_s", "real_time_factor")
            say(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        else:
            table = [
                (level, phase, f"{ticks:,}", f"{rate:,}", f"{factor:,.0f}x")
                for level, phase, ticks, rate, factor in rows
            ]
            say_table(("level", "phase", "ticks", "ticks/s", "real time"), table)
    return ALIVE


def _speed_rows(speed: LevelSpeed) -> Iterator[tuple[str, str, int, int, float]]:
    for name, part in (*speed.phases, ("whole flight", speed.whole)):
        yield speed.level, str(name), part.ticks, round(part.ticks_per_s), round(part.real_time_factor, 1)
