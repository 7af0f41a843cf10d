"""`skycrane bench`: how fast this machine flies, beside Gymnasium's LunarLander where that is installed."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any, Final

import click

from game.commands.answers import ALIVE, BadInputError, sentences
from game.commands.output import printable, say, say_table
from game.commands.words import Size, WholeNumber
from game.content.levels import level_ids, load_level
from game.lab.bench import Bench, LevelSpeed, Speed
from game.lab.lander import LanderBench, LanderSpeed

_WHOLE_FLIGHT: Final = "jezero"  # every phase is in it
_SHORT: Final = ("sky-crane", "powered-descent")  # of --gym
_SIZE: Final = (1280, 720)  # of --window
_FRAME_SIZE: Final = (1920, 1080)
_HEAD: Final = ("level", "phase", "ticks", "ticks/s", "us/tick", "real time", "engine")


@click.command()
@click.argument("names", nargs=-1, metavar="[LEVEL]...")
@click.option("--rounds", type=WholeNumber(1, 100), default=5, metavar="N", help="Rounds of each; the best counts.")
@click.option("--window", is_flag=True, help="Measure instead how long a person waits: start, restart, prediction.")
@click.option("--frames", is_flag=True, help="Measure instead what each picture of the flight costs.")
@click.option("--verify", is_flag=True, help="Measure instead how fast records are verified, of every level.")
@click.option("--gym", is_flag=True, help="Measure instead how fast the Gymnasium environment steps.")
@click.option("--size", type=Size(), help="The window's size in pixels, WxH; by itself 1280x720, of frames 1920x1080.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def bench(
    names: tuple[str, ...], rounds: int, window: bool, frames: bool, verify: bool, gym: bool,
    size: tuple[int, int] | None, as_json: bool,
) -> int:  # fmt: skip
    """Measure how fast this machine flies.

    Each LEVEL by itself; when none is named, jezero, which is the whole flight. Gymnasium's LunarLander is measured
    beside them where it is installed.
    """
    if size is not None and not (window or frames):
        raise BadInputError("--size is the window's: it belongs to --window or --frames")
    if window + frames + verify + gym > 1:
        raise BadInputError("--window, --frames, --verify and --gym are measured one at a time")
    with sentences():
        if verify:
            from game.commands.bench_verify import measure_verify  # noqa: PLC0415  nobody else needs it

            measure_verify(names or level_ids(), rounds=rounds, as_json=as_json)
            return ALIVE
        if gym:
            from game.commands.bench_gym import measure_gym  # noqa: PLC0415  nobody else needs it

            measure_gym(names or _SHORT, rounds=rounds, as_json=as_json)
            return ALIVE
        if frames:
            from game.commands.bench_frames import measure_frames  # noqa: PLC0415  nobody else needs it

            measure_frames(names or (_WHOLE_FLIGHT,), size or _FRAME_SIZE, as_json=as_json)
            return ALIVE
        if window:
            from game.commands.bench_window import measure_window  # noqa: PLC0415  nobody else needs it

            measure_window(names or (_WHOLE_FLIGHT,), size or _SIZE, rounds=rounds, as_json=as_json)
            return ALIVE
        ours = [Bench(load_level(name), perf_counter) for name in names or (_WHOLE_FLIGHT,)]
        with LanderBench() as lander:
            for _ in range(rounds):  # in turn: whatever else the machine does disturbs both alike
                for level in ours:
                    level.round()
                lander.round()
        speeds = [level.speed() for level in ours]
        if as_json:
            say(json.dumps(_as_json(speeds, lander.speed), indent=2))
        else:
            say_table(_HEAD, [row for speed in speeds for row in _rows(speed)])
            for line in _beside(speeds, lander):
                say(printable(line))
    return ALIVE


def _rows(speed: LevelSpeed) -> Iterator[tuple[str, ...]]:
    for name, part in (*speed.phases, ("whole flight", speed.whole)):
        yield (
            speed.level,
            str(name),
            f"{part.ticks:,}",
            f"{part.ticks_per_s:,.0f}",
            f"{part.us_per_tick:.1f}",
            f"{part.real_time_factor:,.0f}x",
            f"{part.engine_share:.0%}",
        )


def _beside(speeds: Sequence[LevelSpeed], lander: LanderBench) -> Iterator[str]:
    """The lander's speed and what ours is of it; or why there is none."""
    its = lander.speed
    if its is None:
        yield f"LunarLander-v3: {lander.why_not}"
        return
    yield f"LunarLander-v3: {its.steps_per_s:,.0f} steps/s, {its.real_time_factor:,.0f}x real time"
    for speed in speeds:
        factor = speed.whole.real_time_factor
        yield f"{speed.level}: {factor:,.0f}x real time, {factor / its.real_time_factor:.2f} times LunarLander's"


def _as_json(speeds: Sequence[LevelSpeed], lander: LanderSpeed | None) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "levels": [
            {
                "level": speed.level,
                "whole": _part(speed.whole),
                "phases": {phase.value: _part(part) for phase, part in speed.phases},
            }
            for speed in speeds
        ],
        "lunar_lander": None
        if lander is None
        else {"steps_per_s": round(lander.steps_per_s), "real_time_factor": round(lander.real_time_factor, 1)},
    }


def _part(speed: Speed) -> dict[str, int | float]:
    return {
        "ticks": speed.ticks,
        "ticks_per_s": round(speed.ticks_per_s),
        "us_per_tick": round(speed.us_per_tick, 2),
        "real_time_factor": round(speed.real_time_factor, 1),
        "engine_share": round(speed.engine_share, 3),
    }
