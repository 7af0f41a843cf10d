"""Units: exact definitions, one other unit for each of ours, and as many decimals as a figure is worth."""

from __future__ import annotations

import pytest

from game.content import units as u
from game.content.units import KNOWN, Units, distance, quantity, unit_of, written_quantity


@pytest.mark.parametrize(
    ("value", "unit", "shown", "symbol"),
    [
        (0.3048, "m", 1.0, "ft"),
        (2.54, "cm", 1.0, "in"),
        (1.609344, "km", 1.0, "mi"),
        (0.44704, "m/s", 1.0, "mph"),
        (0.00044704, "km/s", 1.0, "mph"),
        (1.609344, "km/h", 1.0, "mph"),
        (9.80665, "m/s2", 32.17404855643044, "ft/s2"),
        (0.45359237, "kg", 1.0, "lb"),
        (4.4482216152605, "N", 1.0, "lbf"),
        (4.4482216152605, "kN", 1000.0, "lbf"),
        (47.88025898033584, "Pa", 1.0, "psf"),
        (101_325.0, "Pa", 14.695948775513 * 144.0, "psf"),  # an atmosphere; 144 square inches to the square foot
        (0.0, "\N{DEGREE SIGN}C", 32.0, "\N{DEGREE SIGN}F"),
        (100.0, "\N{DEGREE SIGN}C", 212.0, "\N{DEGREE SIGN}F"),
        (-40.0, "\N{DEGREE SIGN}C", -40.0, "\N{DEGREE SIGN}F"),
    ],
)
def test_us_units_are_what_they_are_defined_as(value: float, unit: str, shown: float, symbol: str) -> None:
    """The yard and pound of 1959, standard gravity, Fahrenheit's degree."""
    found = unit_of(unit, Units.US)
    assert found.symbol == symbol
    assert found.of(value) == pytest.approx(shown, rel=1e-12)


def test_metric_figures_are_left_alone() -> None:
    """To the last bit, and under their own name."""
    for unit in KNOWN:
        found = unit_of(unit, Units.METRIC)
        assert found.symbol == unit
        assert found.of(0.1 + 0.2) == 0.1 + 0.2


@pytest.mark.parametrize("unit", ["s", "h", "g", "\N{DEGREE SIGN}", "\N{DEGREE SIGN}/s", "W/cm2", "J/cm2", "%", ""])
def test_what_everybody_counts_alike_stays(unit: str) -> None:
    """Seconds, degrees of angle, g, and what only engineers know."""
    assert unit_of(unit, Units.US) == unit_of(unit, Units.METRIC)


def test_every_unit_is_told_in_both() -> None:
    """No figure of the game is without a unit in US units."""
    for unit in KNOWN:
        for units in Units:
            assert quantity(1.0, unit, units=units)
    with pytest.raises(KeyError):
        quantity(1.0, "ft", units=Units.US)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "metric", "us"),
    [
        (21.0, "m", None, "21 m", "69 ft"),
        (2.0, "m", None, "2.0 m", "6.6 ft"),
        (7.5, "m", 1, "7.5 m", "24.6 ft"),
        (2200.0, "m", None, "2,200 m", "7,218 ft"),
        (9.874, "km", None, "9.87 km", "6.14 mi"),
        (125.0, "km", None, "125 km", "77.7 mi"),
        (0.7471, "m/s", None, "0.75 m/s", "1.67 mph"),
        (80.96, "m/s", None, "81.0 m/s", "181 mph"),
        (-0.001, "m/s", None, "0.00 m/s", "0.00 mph"),
        (518.4, "Pa", 0, "518 Pa", "10.8 psf"),
        (14_870.0, "Pa", None, "14,870 Pa", "311 psf"),
        (295.0, "kg", 0, "295 kg", "650 lb"),
        (152_300.0, "N", None, "152,300 N", "34,238 lbf"),
        (152.3, "kN", None, "152 kN", "34,238 lbf"),
        (152.3, "kN", 1, "152.3 kN", "34,238 lbf"),
        (1280.0, "\N{DEGREE SIGN}C", 0, "1,280 \N{DEGREE SIGN}C", "2,336 \N{DEGREE SIGN}F"),
        (-17.9, "\N{DEGREE SIGN}C", None, "-18 \N{DEGREE SIGN}C", "0 \N{DEGREE SIGN}F"),
        (float("nan"), "kN", None, "? kN", "? lbf"),
    ],
)
def test_a_figure_in_both_units(value: float, unit: str, decimals: int | None, metric: str, us: str) -> None:
    """Decimals by the unit that is shown; those that are asked for hold for both, and psf are so coarse that they get
    one more.
    """
    assert quantity(value, unit, decimals) == metric
    assert quantity(value, unit, decimals, Units.US) == us


@pytest.mark.parametrize(
    ("written", "unit", "metric", "us"),
    [
        ("21", "m", "21 m", "69 ft"),
        ("2", "km", "2 km", "1.2 mi"),
        ("96000", "km", "96,000 km", "60,000 mi"),
        ("5.3", "km/s", "5.3 km/s", "12,000 mph"),
        ("0.75", "m/s", "0.75 m/s", "1.7 mph"),
        ("3", "m/s", "3 m/s", "6.7 mph"),
        ("694", "m", "694 m", "2,280 ft"),
        ("60", "cm", "60 cm", "24 in"),
        ("152300", "N", "152,300 N", "34,240 lbf"),
        ("1400", "\N{DEGREE SIGN}C", "1,400 \N{DEGREE SIGN}C", "2,600 \N{DEGREE SIGN}F"),
        ("-40", "\N{DEGREE SIGN}C", "-40 \N{DEGREE SIGN}C", "-40 \N{DEGREE SIGN}F"),
        ("1.00", "km/h", "1.00 km/h", "0.621 mph"),
        ("160", "km/h", "160 km/h", "99 mph"),
        ("160.9", "km/h", "160.9 km/h", "99.98 mph"),
        ("161", "km/h", "161 km/h", "100 mph"),
        ("0", "m", "0 m", "0 ft"),
        ("10.7", "g", "10.7 g", "10.7 g"),
    ],
)
def test_a_figure_that_somebody_wrote_keeps_as_many_digits_as_he_meant(
    written: str, unit: str, metric: str, us: str
) -> None:  # fmt: skip
    """In metric to the letter; in US units as many that count, two at least."""
    assert written_quantity(written, unit) == metric
    assert written_quantity(written, unit, Units.US) == us


def test_far_is_told_in_the_larger_unit() -> None:
    """From one whole km or mile on, on either side, and not a hair before."""
    assert [distance(value) for value in (999.4, 1000.0, -1000.0)] == ["999 m", "1.00 km", "1.00 km"]
    below, mile = 0.999 * u.MILE_M, u.MILE_M
    assert [distance(value, 0, Units.US) for value in (below, mile, -mile)] == ["5,275 ft", "1 mi", "1 mi"]
    assert distance(300.0 * u.FOOT_M, 0, Units.US) == "300 ft"
