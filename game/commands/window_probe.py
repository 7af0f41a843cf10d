"""A window that times itself, for `skycrane bench --window`: a process of its own, because starting counts.

It prints a line when the title's first picture is shown, for whom the clock runs that started it; then, as JSON, how
many presses it takes to fly, and the seconds from them to the first picture of the flight, and of a flight again.
"""

from __future__ import annotations

import json
from importlib import import_module
from time import perf_counter
from typing import Final

import click

TITLE: Final = "title"
NO_DISPLAY: Final = 3  # exit code

_FLOWN_FRAMES: Final = 30  # before it is flown again
_MOST_PRESSES: Final = 9


def main(level: str, size: tuple[int, int]) -> int:
    """Open the window on the title, begin this level, begin it again, and go. Returns the exit code."""
    import_module("game.commands.play")  # whoever plays has waited for it, too
    from game.app import App, NoDisplay, run  # noqa: PLC0415  as the command does
    from game.content.levels import load_level  # noqa: PLC0415
    from game.input.actions import Action  # noqa: PLC0415
    from game.scenes.flight import FlightScene  # noqa: PLC0415
    from game.scenes.title import TitleScene  # noqa: PLC0415

    class TimedApp(App):
        def run(self) -> None:
            self.frame()
            click.echo(TITLE)  # at once
            title = self.stack[-1]
            if isinstance(title, TitleScene):
                title.level = load_level(level)
            presses, flying_s = 0, 0.0
            while not isinstance(self.stack[-1], FlightScene) and presses < _MOST_PRESSES:
                flying_s += self._until_shown(Action.CONFIRM)
                presses += 1
            for _ in range(_FLOWN_FRAMES):
                self.frame()
            restart_s = self._until_shown(Action.RESTART)
            click.echo(json.dumps({"presses": presses, "flying_s": flying_s, "restart_s": restart_s}))

        def _until_shown(self, action: Action) -> float:
            before, start_s = self.stack, perf_counter()
            self._change(self.stack[-1].handle(action))
            self.frame()
            if self.stack == before:
                raise RuntimeError(f"{action} led nowhere")
            return perf_counter() - start_s

    try:
        return run(size=size, make=TimedApp)
    except NoDisplay:
        return NO_DISPLAY
