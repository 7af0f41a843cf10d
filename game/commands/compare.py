"""`skycrane compare`: our flight of a level beside the one that was flown, figure by figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from game.commands.answers import ALIVE, LOST, BadInputError, sentences
from game.commands.output import say, say_table
from game.commands.targets import check_targets
from game.commands.words import FileToWrite, WholeNumber, seed_option
from game.content.flown import flown_ids, flown_on, load_flown
from game.content.levels import load_level
from game.content.seeds import LARGEST_SEED
from game.cues.compare import Compared
from game.cues.compare import compare as compare_flights
from game.lab.fly import fly
from game.lab.tables import HEAD, figure_rows, markdown
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.files import write_whole
from game.record.trace import Trace

_MOST_FLIGHTS: Final = 1000


@click.command()
@click.argument("level", default="jezero")
@seed_option
@click.option(
    "--flights", type=WholeNumber(1, _MOST_FLIGHTS), default=1, metavar="N", help="So many, with seeds from --seed on."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table as Markdown.")
@click.option("--plot", type=FileToWrite(), help="Write a picture (PNG) of ours over the flown one.")
def compare(level: str, seed: int, flights: int, as_json: bool, as_markdown: bool, plot: Path | None) -> int:
    """Hold the autopilot's flight of a LEVEL against the one that was flown (by default jezero).

    Ends with 0 when every figure is inside its bound, 1 when one is not.
    """
    with sentences():
        if as_json and as_markdown:
            raise BadInputError("--json and --markdown are two ways to print the same; choose one")
        if seed + flights - 1 > LARGEST_SEED:
            raise BadInputError(f"--seed and --flights go beyond the last seed, {LARGEST_SEED}")
        chosen = load_level(level)
        flown = flown_on(chosen.id)
        if flown is None:
            known = ", ".join(load_flown(flight_id).level for flight_id in flown_ids())
            raise BadInputError(f"nobody has flown '{chosen.id}'; there is a flown flight for {known}")
        if plot is not None:
            if plot.suffix.lower() != ".png":
                raise BadInputError(f"{plot}: the picture is a PNG; name it so")
            from game.lab.overlay import check_plots, overlay_png  # noqa: PLC0415  only a picture pays for its means

            check_plots()
            check_targets(chosen.files, (plot,))
        traces, found = [], []
        for number in range(flights):
            trace = Trace()
            report = fly(chosen, Helm(Autopilot()), pilot="autopilot", seed=seed + number, observers=(trace,))
            traces.append(trace)
            found.append(compare_flights(flown, report, trace))
        if plot is not None:
            write_whole(plot, overlay_png(flown, traces, level))
        if as_json:
            say(json.dumps([_as_json(each) for each in zip(*found, strict=True)], indent=2, allow_nan=False))
        elif as_markdown:
            say(markdown(found))
        else:
            say_table(HEAD, figure_rows(found))
    return ALIVE if all(each.inside for flight in found for each in flight) else LOST


def _as_json(each: tuple[Compared, ...]) -> dict[str, Any]:
    """One figure, and ours in every flight."""
    first = each[0]
    return {
        "moment": first.moment,
        "quantity": first.quantity,
        "flown": list(first.figure.span),
        "bounds": None if first.figure.bounds is None else list(first.figure.bounds),
        "source": first.figure.source,
        "ours": [compared.ours for compared in each],
        "inside": all(compared.inside for compared in each),
    }
