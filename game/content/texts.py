"""The words: every string that a player sees, by key, from assets/texts; with the figures in them in his units.

A text may hold figures: `{speed_mps:m/s}` is written as a quantity, `{speed_mps:.2 m/s}` with two decimals, and
`{distance_m:distance}` in m or ft, from a km or mile on in those; `{detail:part}` is the text `part.<detail>`. A figure
that is always the same stands there itself, so that it follows the units: `{21:m}` is 21 m or 69 ft. Where that does
not do, as where words speak of a unit, a text has another form for US units, under `us.` and its own key. Sentences for
engineers on stderr stand in the code instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from typing import Any, Final

from game.content.errors import ContentError
from game.content.paths import data_root
from game.content.units import KNOWN, UNKNOWN, Units, distance, quantity, unit_of, written_quantity

DEFAULT_LANGUAGE: Final = "en"

_DISTANCE: Final = "distance"
_WRITTEN: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_SPEC: Final = re.compile(r"(?:\.(?P<decimals>[0-9]) )?(?P<unit>.*)")


class Texts:
    """The words of one language, and the units that their figures are in.

    Whoever draws asks these words for every figure. `units` may be set at any time: the next word that is asked for
    follows, on every screen that holds the same words. SI goes in, whatever they are.
    """

    __slots__ = ("_formatter", "_texts", "units")

    def __init__(self, texts: Mapping[str, str], units: Units = Units.METRIC) -> None:
        """`texts` maps full keys such as `reason.fuel_out` to texts."""
        self.units = units
        self._texts = texts
        self._formatter = _Formatter(self)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> Iterator[str]:
        return iter(self._texts)

    def raw(self, key: str) -> str:
        """The text with its places for figures still in it, in the form for these units. Raises KeyError."""
        if self.units is not Units.METRIC:
            other = self._texts.get(f"{self.units}.{key}")
            if other is not None:
                return other
        return self._texts[key]

    def get(self, key: str, /, **figures: float | str) -> str:
        """The text of this key with the figures in their places; figures that it does not need are ignored.

        Raises KeyError for a key that has no text. A figure that is missing is written as a question mark.
        """
        text = self.raw(key)
        return self._formatter.vformat(text, (), figures) if "{" in text or "}" in text else text

    def fill(self, text: str, /, **figures: float | str) -> str:
        """A text from elsewhere, such as a level's brief, with its own figures in these units and others in place."""
        return self._formatter.vformat(text, (), figures)

    def describe(self, code: str, figures: Mapping[str, float | str]) -> str:
        """The same with the figures as a mapping, and a code without words given back as it is: for reports."""
        return self.get(code, **figures) if code in self._texts else code

    def quantity(self, value: float, unit: str, decimals: int | None = None) -> str:
        """A number in `unit`, one of SI, written with the unit that these words use for it (see units.quantity)."""
        return quantity(value, unit, decimals, self.units)

    def distance(self, value_m: float, decimals: int | None = None) -> str:
        """A distance of any size, in the smaller or the larger unit (see units.distance)."""
        return distance(value_m, decimals, self.units)

    def figure(self, value: float, unit: str) -> float:
        """The bare number that `quantity` would round and write: for scales and axes."""
        return unit_of(unit, self.units).of(value)

    def unit(self, unit: str) -> str:
        """What `quantity` would write behind it."""
        return unit_of(unit, self.units).symbol


class _Written(str):
    """A figure as it stands in a text."""

    __slots__ = ()


class _Formatter(Formatter):
    """Figures as quantities, codes as their words."""

    def __init__(self, texts: Texts) -> None:
        self._words = texts

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        if _WRITTEN.fullmatch(field_name):
            return _Written(field_name), field_name
        return super().get_field(field_name, args, kwargs)

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), UNKNOWN)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str) and not isinstance(value, _Written):
            key = f"{format_spec}.{value}"
            return self._words.raw(key) if format_spec and value != UNKNOWN and key in self._words else value
        if format_spec == _DISTANCE:
            return self._words.distance(float(value))
        decimals, unit = _spec(format_spec)
        if isinstance(value, _Written) and decimals is None:
            return written_quantity(value, unit, self._words.units)
        return self._words.quantity(float(value), unit, decimals)


def _spec(spec: str) -> tuple[int | None, str]:
    """Decimals, if any are asked for, and unit."""
    found = _SPEC.fullmatch(spec)
    if found is None or found["decimals"] is None:
        return None, spec
    return int(found["decimals"]), found["unit"]


def fault_in(text: str, names: tuple[str, ...] = ()) -> str | None:
    """What is wrong with a text from elsewhere that `Texts.fill` is to be given with `names`; None if nothing is."""
    try:
        places = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        return "has a brace without its other one; a figure stands in two, such as {21:m}; a plain one is {{ or }}"
    for name, spec, conversion in places:
        if name in names and not spec and not conversion:
            continue
        if not _WRITTEN.fullmatch(name) or conversion:
            what = f"{', '.join(f'{{{each}}}' for each in names)} or a figure" if names else "a figure"
            return f"has {{{name}}}, but only {what} stands in braces, such as {{21:m}}; a plain one is {{{{ or }}}}"
        _, unit = _spec(spec or "")
        if unit not in KNOWN:
            return f'has {{{name}:{spec}}}, and there is no unit "{unit}"; there is {", ".join(filter(None, KNOWN))}'
    return None


def load_texts(language: str = DEFAULT_LANGUAGE, units: Units = Units.METRIC) -> Texts:
    """The words of this language, whose file is read once. Each call gives words of its own: whoever switches the
    units of his switches nobody else's, and what is written without a window stays metric.

    Raises ContentError when the file is missing or damaged.
    """
    return Texts(_read(language), units)


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are words in, each the name of a file of texts; the default first."""
    found = {path.stem for path in (data_root() / "assets" / "texts").glob("*.toml")}
    return (DEFAULT_LANGUAGE, *sorted(found - {DEFAULT_LANGUAGE}))


@cache
def _read(language: str) -> Mapping[str, str]:
    name = f"assets/texts/{language}.toml"
    try:
        nested = tomllib.loads((data_root() / "assets" / "texts" / f"{language}.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError([f"{name}: cannot be read: {error}"]) from error
    return dict(_flat(nested, name))


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
