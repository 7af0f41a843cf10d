"""The flight of the day: which level, and which day's weather and errors. A pure function of the UTC date.

Everybody in the world flies the same one, without a network: the date is hashed, and nothing else is asked. Each level
comes once in a round of as many days as there are levels, in an order that every round draws anew, and never on two
days running. The flight is dispersed: its seed draws air, wind, errors and figures of the craft.

EDITION is part of what is hashed. Whoever changes LEVELS or the rule raises it, so that a day never half changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from game.content.errors import InputError

EDITION: Final = 1
LEVELS: Final = ("gale", "heat-shield", "jezero", "parachute", "powered-descent", "sky-crane")
LARGEST_DAILY_SEED: Final = 999_999  # short enough to be read out

_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_FIRST_YEAR: Final = 1970
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DateError(InputError):
    """What should be a date is none; str() is one sentence."""


@dataclass(frozen=True, slots=True)
class Daily:
    """date  as 2026-11-26; the flight is of this level, dispersed, by this seed, in whichever mode is chosen."""

    date: str
    level: str
    seed: int


def daily_of(date: str) -> Daily:
    """The flight of a date such as 2026-11-26. Raises DateError.

    >>> daily_of("2026-11-26").date
    '2026-11-26'
    """
    day = day_number(date)
    round_number, place = divmod(day, len(LEVELS))
    return Daily(date, _order(round_number)[place], 1 + _number(f"seed {date}") % LARGEST_DAILY_SEED)


def day_number(date: str) -> int:
    """Days from the first of January 1970. Raises DateError for what is no date from there on.

    >>> day_number("1970-01-01"), day_number("2000-03-01")
    (0, 11017)
    """
    year, month, day = date_parts(date)
    years = range(_FIRST_YEAR, year)
    return sum(365 + _leaps(each) for each in years) + sum(_month_days(year, m) for m in range(1, month)) + day - 1


def date_parts(date: str) -> tuple[int, int, int]:
    """Year, month and day. Raises DateError.

    >>> date_parts("2026-11-26")
    (2026, 11, 26)
    """
    found = _DATE.fullmatch(date)
    if found:
        year, month, day = (int(part) for part in found.groups())
        if year >= _FIRST_YEAR and 1 <= month <= 12 and 1 <= day <= _month_days(year, month):
            return year, month, day
    raise DateError(f"'{date[:20]}' is no date; one is written as 2026-11-26, from {_FIRST_YEAR} on")


def _month_days(year: int, month: int) -> int:
    return _DAYS[month - 1] + (_leaps(year) if month == 2 else 0)


def _leaps(year: int) -> int:
    return int(year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _order(round_number: int) -> tuple[str, ...]:
    """The levels in the order of this round; its first is not the last of the round before."""
    order = _shuffled(round_number)
    if round_number > 0 and order[0] == _shuffled(round_number - 1)[-1]:
        # The last stays where it is, so that this asks for no more than one round back.
        return order[1], order[0], *order[2:]
    return order


def _shuffled(round_number: int) -> tuple[str, ...]:
    return tuple(_shuffle(round_number, list(LEVELS)))


def _shuffle(round_number: int, left: list[str]) -> Iterator[str]:
    for draw in range(len(LEVELS)):
        yield left.pop(_number(f"order {round_number} {draw}") % len(left))


def _number(what: str) -> int:
    """A number that is the same on every machine and in every process."""
    return int.from_bytes(blake2b(f"skycrane daily {EDITION} {what}".encode(), digest_size=8).digest(), "big")
