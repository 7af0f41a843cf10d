"""Units of measure: the game reckons in SI, and a person may read feet, miles and pounds instead.

One unit of ours always becomes one and the same other unit, so that two figures beside each other can be compared:
m become feet at every height, and every speed becomes miles an hour, as NASA tells it to its own public: "about 1.7
mph at touchdown". What has no other unit that anybody uses stays as it is: s, degrees of angle, g, %, W/cm2, J/cm2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

FOOT_M: Final = 0.3048
INCH_M: Final = 0.0254
MILE_M: Final = 1609.344
MPH_MPS: Final = MILE_M / 3600.0
POUND_KG: Final = 0.45359237
POUND_FORCE_N: Final = POUND_KG * 9.80665
PSF_PA: Final = POUND_FORCE_N / FOOT_M**2  # pounds of force on a square foot

DEGREE: Final = "\N{DEGREE SIGN}"


class Units(StrEnum):
    """In which units a person reads. The values are what a settings file holds."""

    METRIC = "metric"
    US = "us"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written, and how to get from ours to it: value / size + zero.

    small, middle, large   decimals that a figure below ten, below a hundred, and above is worth
    finer                  decimals that it needs more than ours does where these are asked for by number
    """

    symbol: str
    small: int
    middle: int
    large: int
    size: float = 1.0
    zero: float = 0.0
    finer: int = 0

    def of(self, value: float) -> float:
        """A value in SI in this unit."""
        return value if self.size == 1.0 and self.zero == 0.0 else value / self.size + self.zero

    def decimals(self, shown: float, asked: int | None = None) -> int:
        """How many decimals a figure in this unit has; `asked`, as many as it would have in ours."""
        if asked is not None:
            return max(asked + self.finer, 0)
        size = abs(shown)
        return self.small if size < 10.0 else self.middle if size < 100.0 else self.large


_METRIC: Final[dict[str, Unit]] = {
    unit.symbol: unit
    for unit in (
        Unit("cm", 1, 0, 0),
        Unit("m", 1, 0, 0),
        Unit("km", 2, 1, 0),
        Unit("m/s", 2, 1, 0),
        Unit("km/s", 2, 1, 0),
        Unit("km/h", 1, 0, 0),
        Unit("m/s2", 2, 1, 0),
        Unit("s", 1, 1, 0),
        Unit("h", 1, 1, 1),
        Unit("kg", 1, 0, 0),
        Unit("N", 0, 0, 0),
        Unit("kN", 1, 1, 0),
        Unit("Pa", 1, 0, 0),
        Unit("g", 2, 1, 0),
        Unit(DEGREE, 1, 0, 0),
        Unit(f"{DEGREE}C", 0, 0, 0),
        Unit(f"{DEGREE}/s", 1, 1, 0),
        Unit("W/cm2", 1, 1, 0),
        Unit("J/cm2", 1, 0, 0),
        Unit("%", 0, 0, 0),
        Unit("", 2, 1, 0),
    )
}
_US: Final[dict[str, Unit]] = {
    **_METRIC,
    "cm": Unit("in", 1, 0, 0, 100.0 * INCH_M),
    "m": Unit("ft", 1, 0, 0, FOOT_M),
    "km": Unit("mi", 2, 1, 0, 0.001 * MILE_M),
    "m/s": Unit("mph", 2, 1, 0, MPH_MPS),
    "km/s": Unit("mph", 2, 1, 0, 0.001 * MPH_MPS, finer=-3),
    "km/h": Unit("mph", 1, 0, 0, 0.001 * MILE_M),
    "m/s2": Unit("ft/s2", 2, 1, 0, FOOT_M),
    "kg": Unit("lb", 1, 0, 0, POUND_KG),
    "N": Unit("lbf", 0, 0, 0, POUND_FORCE_N),
    "kN": Unit("lbf", 0, 0, 0, 0.001 * POUND_FORCE_N, finer=-3),
    "Pa": Unit("psf", 1, 1, 0, PSF_PA, finer=1),
    f"{DEGREE}C": Unit(f"{DEGREE}F", 0, 0, 0, 5.0 / 9.0, 32.0),
}
_ALL: Final = {Units.METRIC: _METRIC, Units.US: _US}
# How the name of a figure or of a key ends, longest first, and what it is in.
_BY_NAME: Final = {
    "_percent": "%", "_j_m2_k": "J/(m2 K)", "_deg_s2": f"{DEGREE}/s2", "_kg_m2": "kg m2", "_w_cm2": "W/cm2",
    "_j_cm2": "J/cm2", "_n_m_s": "N m s", "_rad_s": "rad/s", "_deg_s": f"{DEGREE}/s", "_m2_s": "m2/s", "_n_m": "N/m",
    "_mps": "m/s", "_deg": DEGREE, "_nm": "N m", "_kg": "kg", "_km": "km", "_m2": "m2", "_pa": "Pa", "_hz": "Hz",
    "_n": "N", "_m": "m", "_s": "s", "_g": "g", "_c": f"{DEGREE}C",
}  # fmt: skip
_ATTACHED: Final = (DEGREE, "%", "")

UNKNOWN: Final = "?"  # stands for a figure that nobody gave or that is no number
KNOWN: Final = tuple(_METRIC)  # every unit that a figure can be given in


def unit_of(unit: str, units: Units) -> Unit:
    """What a figure in this unit of ours is shown in. Raises KeyError for a unit that has no rule."""
    return _ALL[units][unit]


def unit_in(name: str) -> str:
    """The unit that is part of the name of a figure or a key; nothing for one without, such as a Mach number.

    >>> unit_in("heat_flux_w_cm2"), unit_in("g"), unit_in("mach")
    ('W/cm2', 'g', '')
    """
    return next((unit for end, unit in _BY_NAME.items() if f"_{name}".endswith(end)), "")


def quantity(value: float, unit: str, decimals: int | None = None, units: Units = Units.METRIC) -> str:
    """A number with its unit, as every screen, log and result writes it.

    unit       what the value is in; it is shown in that or in what `units` make of it
    decimals   how many, in our units; by default as many as the shown unit and the size of the number are worth
    Raises KeyError for a unit that has no rule.

    >>> quantity(1240.4, "m"), quantity(0.747, "m/s"), quantity(-0.001, "m/s"), quantity(0.5, "%", 1)
    ('1,240 m', '0.75 m/s', '0.00 m/s', '0.5%')
    >>> quantity(1240.4, "m", units=Units.US), quantity(0.747, "m/s", units=Units.US)
    ('4,070 ft', '1.67 mph')
    """
    shown = unit_of(unit, units)
    if not isfinite(value):
        return _with(UNKNOWN, shown.symbol)
    number = shown.of(value)
    return _with(_number(number, shown.decimals(number, decimals)), shown.symbol)


def written_quantity(written: str, unit: str, units: Units = Units.METRIC) -> str:
    """A figure that somebody wrote down, such as 7.5: in our unit with his digits, in another with as many that count,
    two at least: who wrote 2 km did not mean 1.2427 miles. Raises KeyError and ValueError.

    >>> [written_quantity("2", "km", units) for units in Units]
    ['2 km', '1.2 mi']
    """
    shown = unit_of(unit, units)
    value = float(written)
    fraction = written.partition(".")[2]
    number = shown.of(value)
    if shown.symbol == unit or not number:
        return _with(_number(number, len(fraction)), shown.symbol)
    digits = written.lstrip("-").replace(".", "").lstrip("0")
    count = max(len(digits if fraction else digits.rstrip("0")), 2)
    power = int(f"{number:.{count - 1}e}".partition("e")[2])
    decimals = count - 1 - power
    return _with(_number(round(number, decimals), max(decimals, 0)), shown.symbol)


def distance(value_m: float, decimals: int | None = None, units: Units = Units.METRIC) -> str:
    """A distance of any size, without its direction: in m or ft, from a whole km or mile on in those.

    >>> distance(-999.0), distance(1000.0, 0), distance(1600.0, units=Units.US), distance(1700.0, 1, Units.US)
    ('999 m', '1 km', '5,249 ft', '1.1 mi')
    """
    value_m = abs(value_m)
    far = value_m >= (1000.0 if units is Units.METRIC else MILE_M)
    return quantity(0.001 * value_m, "km", decimals, units) if far else quantity(value_m, "m", decimals, units)


def _number(value: float, decimals: int) -> str:
    number = f"{value:,.{decimals}f}"
    return number[1:] if number.startswith("-") and not number.strip("-0.,") else number  # minus nothing is nothing


def _with(number: str, symbol: str) -> str:
    return f"{number}{symbol}" if symbol in _ATTACHED else f"{number} {symbol}"
