"""The words: every string that a player sees, by key, from assets/texts; and the one formatter of numbers.

A text may hold figures: `{speed_mps:m/s}` is written as a quantity, `{speed_mps:.2 m/s}` with two decimals, and
`{detail:part}` is the text `part.<detail>`. Sentences for engineers on stderr stand in the code instead.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from math import isfinite
from string import Formatter
from typing import Any, Final

from game.content.errors import ContentError
from game.content.paths import data_root

UNKNOWN: Final = "?"  # stands for a figure that nobody gave or that is no number

# Decimals of a quantity below ten, below a hundred, and above.
_DECIMALS: Final[dict[str, tuple[int, int, int]]] = {
    "m": (1, 0, 0),
    "km": (2, 1, 0),
    "m/s": (2, 1, 0),
    "km/h": (1, 0, 0),
    "m/s2": (2, 1, 0),
    "s": (1, 1, 0),
    "kg": (1, 0, 0),
    "N": (0, 0, 0),
    "kN": (1, 1, 0),
    "Pa": (1, 0, 0),
    "g": (2, 1, 0),
    "\N{DEGREE SIGN}": (1, 0, 0),
    "\N{DEGREE SIGN}C": (0, 0, 0),
    "\N{DEGREE SIGN}/s": (1, 1, 0),
    "W/cm2": (1, 1, 0),
    "J/cm2": (1, 0, 0),
    "%": (0, 0, 0),
    "": (2, 1, 0),
}
_ATTACHED: Final = ("\N{DEGREE SIGN}", "%", "")


def quantity(value: float, unit: str, decimals: int | None = None) -> str:
    """A number with its unit, as every screen, log and result writes it.

    decimals   how many; by default as many as the unit and the size of the number are worth
    Raises KeyError for a unit that has no rule.

    >>> quantity(1240.4, "m"), quantity(0.747, "m/s"), quantity(-0.001, "m/s"), quantity(0.5, "%", 1)
    ('1,240 m', '0.75 m/s', '0.00 m/s', '0.5%')
    """
    if not isfinite(value):
        number = UNKNOWN
    else:
        if decimals is None:
            small, middle, large = _DECIMALS[unit]
            size = abs(value)
            decimals = small if size < 10.0 else middle if size < 100.0 else large
        number = f"{value:,.{decimals}f}"
        if number.startswith("-") and not number.strip("-0.,"):
            number = number[1:]  # minus nothing is nothing
    return f"{number}{unit}" if unit in _ATTACHED else f"{number} {unit}"


class Texts:
    """The words of one language."""

    __slots__ = ("_formatter", "_texts")

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` maps full keys such as `reason.fuel_out` to texts."""
        self._texts = texts
        self._formatter = _Formatter(texts)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> Iterator[str]:
        return iter(self._texts)

    def raw(self, key: str) -> str:
        """The text with its places for figures still in it. Raises KeyError."""
        return self._texts[key]

    def get(self, key: str, /, **figures: float | str) -> str:
        """The text of this key with the figures in their places; figures that it does not need are ignored.

        Raises KeyError for a key that has no text. A figure that is missing is written as a question mark.
        """
        return self._formatter.vformat(self._texts[key], (), figures)

    def fill(self, text: str, /, **figures: float | str) -> str:
        """A line that does not stand among the texts, such as one of a level's lesson, with the figures in place."""
        return self._formatter.vformat(text, (), figures)

    def describe(self, code: str, figures: Mapping[str, float | str]) -> str:
        """The same with the figures as a mapping, and a code without words given back as it is: for reports."""
        return self.get(code, **figures) if code in self._texts else code


class _Formatter(Formatter):
    """Figures as quantities, codes as their words."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), UNKNOWN)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return value if not format_spec or value == UNKNOWN else self._texts.get(f"{format_spec}.{value}", value)
        decimals, _, unit = format_spec.rpartition(" ") if format_spec.startswith(".") else ("", "", format_spec)
        return quantity(float(value), unit, int(decimals[1:]) if decimals else None)


@cache
def load_texts(language: str = "en") -> Texts:
    """The words of this language, read once.

    Raises ContentError when its file is missing or damaged.
    """
    name = f"assets/texts/{language}.toml"
    try:
        nested = tomllib.loads((data_root() / "assets" / "texts" / f"{language}.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError([f"{name}: cannot be read: {error}"]) from error
    return Texts(dict(_flat(nested, name)))


def describe(code: str, figures: Mapping[str, float | str]) -> str:
    """The English words of a code of the sim, for reports and logs (game.report.Describe)."""
    return load_texts().describe(code, figures)


def _flat(table: Mapping[str, Any], name: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        full = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(value, name, f"{full}.")
        elif isinstance(value, str):
            yield full, value
        else:
            raise ContentError([f"{name}: {full}: must be text"])
