"""`skycrane daily`: the flight of the day."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from game.commands.answers import ALIVE, sentences
from game.commands.output import say
from game.content.daily import daily_of
from game.content.levels import load_level
from game.content.texts import load_texts


def utc_today() -> str:
    """This day's date, by the machine's clock and UTC."""
    return datetime.now(UTC).date().isoformat()


@click.command()
@click.option("--date", metavar="YYYY-MM-DD", help="Another day's; without it today's, by UTC.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def daily(date: str | None, as_json: bool) -> int:
    """Tell which flight it is today: the same for everybody, without a network."""
    with sentences():
        flight = daily_of(utc_today() if date is None else date)
        level = load_level(flight.level)
        command = f"skycrane fly {level.id} --seed {flight.seed} --dispersed"
        if as_json:
            told = {"date": flight.date, "level": level.id, "seed": flight.seed, "dispersed": True, "fly": command}
            say(json.dumps(told, indent=2))
        else:
            say(f"{flight.date}: {level.title}, weather no. {flight.seed}\n{load_texts().fill(level.brief)}\n{command}")
    return ALIVE
