"""`skycrane play`, and `skycrane` alone: the window."""

from __future__ import annotations

import os
from pathlib import Path

import click

from game.commands.answers import BadInputError, sentences
from game.commands.words import PATH, Seconds, Size, mode_option, seed_option
from game.content.levels import load_level
from game.content.modes import Mode


@click.command()
@click.argument("level", required=False)
@mode_option
@seed_option
@click.option("--size", type=Size(), help="The window's size in pixels, WxH.")
@click.option("--fullscreen", is_flag=True, help="Fill the screen.")
@click.option("--screenshot-every", "every_s", type=Seconds(0.05, 3600.0), help="Save a picture every S seconds.")
@click.option("--out", type=PATH, help="The folder for the pictures.")
def play(
    level: str | None,
    mode: Mode,
    seed: int,
    size: tuple[int, int] | None,
    fullscreen: bool,
    every_s: float | None,
    out: Path | None,
) -> int:
    """Play a LEVEL, or what the title screen offers."""
    if (every_s is None) != (out is None):
        raise BadInputError("--screenshot-every S and --out DIR belong together")
    with sentences():
        chosen = load_level(level) if level else None
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it greets on stdout
        from game.app import NoDisplay, run  # noqa: PLC0415  a level that cannot be read needs no pygame

        try:
            return run(
                chosen, mode=mode, seed=seed, size=size, fullscreen=fullscreen, screenshot_every_s=every_s, out=out
            )
        except NoDisplay as error:
            name = level or "sky-crane"
            raise BadInputError(f"there is no display to play on; 'skycrane fly {name}' flies without one") from error
