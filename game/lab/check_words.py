"""What checks have found, in the words of who makes levels: figure, value, bound, seed, second, and how to see it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

from game.content.checks import Bound, Check
from game.content.figures import Missing
from game.content.files import quoted
from game.content.texts import describe
from game.content.units import Units, quantity, unit_in, unit_of, written_quantity
from game.lab.check import END, PEAK, TOUCHDOWN, Broken, Flown, Result

MOST_SEEDS: Final = 10  # of a broken check are told one by one
_FINEST: Final = 9  # decimals
_SLIP: Final = 0.25  # of the way to the bound may be lost in rounding


def sentences(result: Result) -> Iterator[str]:
    """What is broken of a check, seed by seed; nothing of one that passed."""
    if result.passed:
        return
    seeds, check = len(result.flown), result.check
    head = f"{result.subject.label}: {quoted(check.name)}"
    lost = [flight for flight in result.flown if not flight.kept]
    if seeds > 1:
        asked = "all" if check.at_least == seeds else str(check.at_least)
        yield f"{head}: {result.kept} of {seeds} seeds, {asked} are asked"
    for flight in lost[:MOST_SEEDS]:
        told = list(_of_flight(flight))
        told[-1] += f". {_again(result, flight.seed)}"
        yield from (f"{head}, seed {flight.seed}: {words}" for words in told)
    rest = [str(flight.seed) for flight in lost[MOST_SEEDS:]]
    if rest:
        yield f"{head}: and {len(rest)} more: seed {', '.join(rest[:MOST_SEEDS])}{', ...' * (len(rest) > MOST_SEEDS)}"


def row(result: Result) -> tuple[str, ...]:
    """Level, check, flights, kept, verdict."""
    check = result.check
    return (
        result.subject.label, check.name, str(len(result.flown)), kept_cell(result.kept, check),
        "kept" if result.passed else "BROKEN",
    )  # fmt: skip


def kept_cell(kept: int, check: Check) -> str:
    """How many flights of a check kept every bound, and how many have to where that is not all."""
    return f"{kept}" if check.at_least == len(check.seeds) else f"{kept} ({check.at_least} asked)"


def as_json(result: Result) -> dict[str, Any]:
    """A check as plain data, with every seed that broke a bound."""
    check = result.check
    return {
        "level": result.subject.label,
        "check": check.name,
        "pilot": check.pilot,
        "mode": check.mode.value,
        "dispersed": check.dispersed,
        "flights": len(result.flown),
        "kept": result.kept,
        "at_least": check.at_least,
        "passed": result.passed,
        "broken": [_flight_json(flight) for flight in result.flown if not flight.kept],
    }


def _flight_json(flight: Flown) -> dict[str, Any]:
    return {
        "seed": flight.seed,
        "reason_code": None if flight.reason is None else flight.reason.value,
        "fault": flight.fault or None,
        "bounds": [
            {
                "figure": broken.bound.figure,
                "value": None if isinstance(broken.value, Missing) else broken.value,
                "least": broken.bound.least,
                "most": broken.bound.most,
                "words": list(broken.bound.words),
                "t_s": broken.t_s,
                "moment": broken.moment,
            }
            for broken in flight.broken
        ],
    }


def _of_flight(flight: Flown) -> Iterator[str]:
    if flight.fault:
        yield flight.fault
    for broken in flight.broken:
        moment = broken.moment
        if moment == END and flight.reason is not None:
            moment = f"{END}: {describe(f'reason.{flight.reason}', dict(flight.figures)).rstrip('.')}"
        elif moment not in {PEAK, TOUCHDOWN, END}:
            moment = f"event {moment}"
        yield f"{_had(broken)}, {_asked(broken.bound)} is asked; at E{broken.t_s:+,.1f} s ({moment})"


def _had(broken: Broken) -> str:
    bound, value = broken.bound, broken.value
    if isinstance(value, Missing):
        return f"{bound.figure}: {_nothing(value)}"
    return f"{bound.figure} was {value if isinstance(value, str) else _number(value, bound)}"


def _nothing(missing: Missing) -> str:
    """Why there is no such figure in a flight."""
    *table, name = missing.place
    if table == ["events"]:
        return f"{name} did not happen"
    if table == ["parts"]:
        return f"nothing is known of {name} on the ground"
    if not table:
        return f"there was no {name}"
    near = get_close_matches(name, missing.known, n=1)
    others = (
        f" (did you mean {near[0]}?)" if near else f" (there is {', '.join(missing.known)})" if missing.known else ""
    )
    return f"{table[-2] if len(table) > 1 else 'the reason of its end'} has no {name}{others}"


def _number(value: float, bound: Bound) -> str:
    """The value with its unit, and with so many decimals that it is seen by how much it lies outside."""
    unit = unit_in(bound.path[-1])
    if isinstance(value, int):
        return quantity(value, unit, 0)
    first = unit_of(unit, Units.METRIC).decimals(value)
    off = min(abs(value - limit) for limit in (bound.least, bound.most) if limit is not None)
    for decimals in range(first, _FINEST):
        told = round(value, decimals)
        if not bound.kept(told) and abs(told - value) <= _SLIP * off:
            return quantity(value, unit, decimals)
    return quantity(value, unit, _FINEST)


def _asked(bound: Bound) -> str:
    if bound.words:
        return " or ".join(bound.words)
    least, most = (None if limit is None else _limit(limit, bound) for limit in (bound.least, bound.most))
    if least is not None and most is not None:
        return f"{least} to {most}" if least != most else least
    return f"at least {least}" if most is None else f"at most {most}"


def _limit(limit: float, bound: Bound) -> str:
    """A bound as it is written in the file, with its unit."""
    written, unit = repr(limit), unit_in(bound.path[-1])
    return written_quantity(written, unit) if "e" not in written else f"{limit:g} {unit}".rstrip()


def _again(result: Result, seed: int) -> str:
    """How the maker sees this flight with his own eyes."""
    level, name = result.subject.name, result.check.name
    # Names have blanks and apostrophes in them; double quotes are the ones that every shell knows.
    called = shlex.quote(name) if set(name) & set('"$`\\!%') else f'"{name}"'
    seeds = f" --seed {seed}" if len(result.check.seeds) > 1 else ""
    return f"Fly it again: skycrane fly {shlex.quote(level)} --check {called}{seeds}"
