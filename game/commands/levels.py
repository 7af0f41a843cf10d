"""`skycrane levels`: what there is to fly."""

from __future__ import annotations

import click

from game.commands.answers import ALIVE, sentences
from game.commands.output import say_table
from game.content.levels import Library
from game.content.texts import load_texts


@click.command()
def levels() -> int:
    """List the levels, from the first rung of the ladder up."""
    with sentences():
        texts = load_texts()
        say_table(
            ("level", "title", "brief"),
            [(level.id, level.title, texts.fill(level.brief)) for level in Library().ladder()],
        )
    return ALIVE
