"""`skycrane bench --gym`: how fast the Gymnasium environment steps, beside its bare flight and LunarLander.

In CPU time: other programs on the machine take nothing from it.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from game.commands.output import printable, say, say_table
from game.content.errors import InputError
from game.content.extras import how_to_install
from game.content.levels import load_level
from game.lab.lander import LanderBench

if TYPE_CHECKING:
    from game.lab.gym_bench import GymSpeed

_HEAD: Final = ("level", "steps", "steps/s", "ticks/s", "of the bare flight", "own us/step")


class NoGymError(InputError):
    """Gymnasium is not installed; str() is one sentence that says how it is."""


def measure_gym(names: Sequence[str], *, rounds: int, as_json: bool) -> None:
    """Step each level so often by the autopilot's commands and print the best round of each."""
    levels = [load_level(name) for name in names]
    try:
        from game.lab.gym_bench import GymBench  # noqa: PLC0415  an extra
    except ImportError as error:
        raise NoGymError(f"--gym needs gymnasium, which is not installed: {how_to_install('gym')}") from error
    ours = [GymBench(level, process_time) for level in levels]
    with LanderBench(cpu=True) as lander:
        for _ in range(rounds):  # in turn: whatever else the machine does disturbs both alike
            for level in ours:
                level.round()
            lander.round()
    speeds, its = [level.speed() for level in ours], lander.speed
    if as_json:
        say(json.dumps(_as_json(speeds, its.steps_per_s if its else None), indent=2))
        return
    say_table(_HEAD, [_row(speed) for speed in speeds])
    if its is None:
        say(printable(f"LunarLander-v3: {lander.why_not}"))
        return
    say(f"LunarLander-v3: {its.steps_per_s:,.0f} steps/s")
    for speed in speeds:
        say(f"{speed.level}: {speed.steps_per_s / its.steps_per_s:.2f} times LunarLander's steps/s")


def _row(speed: GymSpeed) -> tuple[str, ...]:
    return (
        speed.level, f"{speed.steps:,}", f"{speed.steps_per_s:,.0f}", f"{speed.ticks_per_s:,.0f}",
        f"{speed.share:.0%}", f"{speed.own_us:.1f}",
    )  # fmt: skip


def _as_json(speeds: Sequence[GymSpeed], lander_per_s: float | None) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "levels": [
            {
                "level": speed.level,
                "steps": speed.steps,
                "ticks": speed.ticks,
                "steps_per_s": round(speed.steps_per_s),
                "ticks_per_s": round(speed.ticks_per_s),
                "share_of_bare": round(speed.share, 3),
                "own_us_per_step": round(speed.own_us, 2),
            }
            for speed in speeds
        ],
        "lunar_lander_steps_per_s": None if lander_per_s is None else round(lander_per_s),
    }
