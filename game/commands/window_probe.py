"""A window that times itself, for `skycrane bench --window`: a process of its own, because starting counts.

It takes a level's id and the size, and prints a line when the title's first picture is shown, for whom the clock runs
that started it; then, as JSON, the seconds from a press to the first picture of the flight, and of a flight again.
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


def main(level_id: str, size: tuple[int, int]) -> int:
    """Open the window on the title, begin this level, begin it again, and go. Returns the exit code."""
    import_module("game.commands.play")  # whoever plays has waited for it, too
    from game.app import App, NoDisplay, run  # noqa: PLC0415  as the command does
    from game.input.actions import Action  # noqa: PLC0415
    from game.scenes.ladder import ladder  # noqa: PLC0415

    class TimedApp(App):
        def run(self) -> None:
            self.frame()
            click.echo(TITLE)  # at once
            for _ in range([level.id for level in ladder()].index(level_id)):
                self._act(Action.DOWN)
            times = {"flying_s": self._until_shown(Action.CONFIRM)}
            for _ in range(_FLOWN_FRAMES):
                self.frame()
            times["restart_s"] = self._until_shown(Action.RESTART)
            click.echo(json.dumps(times))

        def _act(self, action: Action) -> None:
            self._change(self.stack[-1].handle(action))

        def _until_shown(self, action: Action) -> float:
            before, start_s = self.stack, perf_counter()
            self._act(action)
            self.frame()
            if self.stack == before:
                raise RuntimeError(f"{action} began no flight")
            return perf_counter() - start_s

    try:
        return run(size=size, make=TimedApp)
    except NoDisplay:
        return NO_DISPLAY
