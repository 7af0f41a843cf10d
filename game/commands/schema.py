"""`skycrane schema`: what a file may say, for editors."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any

import click

from game.commands.answers import ALIVE, BadInputError, sentences
from game.commands.output import say
from game.content.files import KINDS


class Kind(click.ParamType):
    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in KINDS:
            near = get_close_matches(value, KINDS, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise BadInputError(f"there is no kind of file '{value}', only {', '.join(KINDS)}{meant}")
        return str(value)


@click.command()
@click.argument("kind", type=Kind(), default="level", metavar="[level|site|vehicle]")
def schema(kind: str) -> int:
    """Print the JSON Schema of a level, a site or a vehicle, for your editor."""
    with sentences():
        from game.content.schema import schema_of  # noqa: PLC0415  a wrong word is told without reading it

        say(json.dumps(schema_of(kind), indent=2))
    return ALIVE
