"""Figures in the words: they stand in braces, and follow the units in which a person reads."""

from __future__ import annotations

import re
import string

import pytest

from game.content.flown import flown_ids, load_flown
from game.content.levels import level_ids, load_level
from game.content.texts import Texts, describe, fault_in, load_texts
from game.content.units import Units

_BARE = re.compile(
    r"\d[\d,.]*\s?(?:[cmk]?m|km/s|m/s2?|km/h|k?N|kg|t|Pa|\N{DEGREE SIGN}[CF]|ft|in|mi|mph|lbf?|psf)(?![\w/])", re.ASCII
)
_METRIC_WORDS = re.compile(r"\b(?:\w*met(?:re|er)s?|kilos?|kilograms?|tonnes?)\b")


def _all_texts() -> dict[str, str]:
    """By key; with the briefs of the levels and the titles of flown moments, which are texts from elsewhere."""
    texts = load_texts()
    found = {key: texts.raw(key) for key in texts.keys()}  # noqa: SIM118
    found |= {f"{level} brief": load_level(level).brief for level in level_ids()}
    for flown in flown_ids():
        found |= {f"{flown} {moment.name}": moment.title for moment in load_flown(flown).moments}
    return found


def test_no_text_has_a_figure_that_cannot_follow_the_units() -> None:
    """A figure with its unit stands in braces; a metric unit in words has its other form for US units."""
    for key, raw in _all_texts().items():
        plain = "".join(words for words, *_ in string.Formatter().parse(raw))
        assert not _BARE.search(plain), f"{key}: {raw}"
        if not key.startswith("us."):
            assert not _METRIC_WORDS.search(plain) or f"us.{key}" in load_texts(), f"{key}: {raw}"
    for found in (
        "21 m up",
        "0.75 m/s",
        "1,400 \N{DEGREE SIGN}C",
        "7.5m",
        "630 \N{DEGREE SIGN}C.",
        "12 km",
        "60 cm",
        "5 m.",
    ):
        assert _BARE.search(found), found
    for found in ("the last metre", "200 million kilometres", "a few tonnes"):
        assert _METRIC_WORDS.search(found), found


# The unit in a figure's name, and in what a text may write it.
_NAMED = {
    "_m": {"m", "distance"}, "_km": {"km"}, "_mps": {"m/s"}, "_kg": {"kg"}, "_n": {"N"}, "_pa": {"Pa"}, "_s": {"s"},
    "_g": {"g"}, "_c": {"\N{DEGREE SIGN}C"}, "_deg": {"\N{DEGREE SIGN}"}, "_deg_s": {"\N{DEGREE SIGN}/s"},
    "_w_cm2": {"W/cm2"}, "_j_cm2": {"J/cm2"}, "_percent": {"%"},
}  # fmt: skip


def test_a_figure_is_written_in_the_unit_of_its_name() -> None:
    """Metres as metres, not as so many kilometres: nothing is converted but to the units of a person."""
    told = 0
    for key, raw in _all_texts().items():
        for _, name, spec, _ in string.Formatter().parse(raw):
            endings = [ending for ending in _NAMED if name and name.endswith(ending)]
            if endings:
                told += 1
                assert (spec or "").rpartition(" ")[2] in _NAMED[max(endings, key=len)], f"{key}: {raw}"
    assert told > 80


def test_a_form_for_us_units_stands_for_a_text_and_is_needed() -> None:
    """Under the same key, without metric words in it."""
    metric, us = load_texts(), load_texts(units=Units.US)
    keys = [key for key in metric.keys() if key.startswith("us.")]  # noqa: SIM118
    assert keys
    for key in keys:
        plain = key.removeprefix("us.")
        assert plain in metric
        assert us.raw(plain) == metric.raw(key) != metric.raw(plain)
        assert not _METRIC_WORDS.search(metric.raw(key))


def test_the_same_words_in_other_units_and_back() -> None:
    """Switched while they are held, every text follows; switched back, each is to the letter what it was."""
    texts, others = load_texts(), load_texts()
    figures: dict[str, float | str] = {"paid_m": 3.2, "height_m": 21.4, "load_n": 152_300.0, "bond_c": 250.0}

    def said() -> dict[str, str]:
        return {key: texts.get(key, **figures) for key in texts.keys() if not key.startswith("us.")}  # noqa: SIM118

    before = said()
    assert before["cue.pay_out"] == "Let the bridle out: 3.2 m of 7.5 m"
    assert before["phase_help.parachute"].endswith("drop out at 2 km.")
    texts.units = Units.US
    us = said()
    assert us["cue.pay_out"] == "Let the bridle out: 10.5 ft of 24.6 ft"
    assert us["phase_help.powered"] == "Brake, move to the mark, and stop at 69 ft."
    assert us["phase_help.parachute"].endswith("drop out at 6,600 ft.")
    assert us["real.fuel_out"] == "Perseverance used about 650 lb of her 880 lb of propellant."
    assert us["real.parachute_torn"].startswith(
        "Perseverance's parachute opened at Mach 1.8 and 10.8 psf, with a pull of"
    )
    assert us["joke.fuel_out"].endswith("120 million miles away.")
    assert us["reason.wheels_broken"].endswith("and they hold 6.7 mph.")
    assert others.get("phase_help.powered").endswith("stop at 21 m."), "somebody else's words were switched"
    assert describe("phase_help.powered", {}).endswith("stop at 21 m."), "what is written without a window was switched"
    texts.units = Units.METRIC
    assert said() == before


def test_in_miles_what_metric_tells_in_thousands_of_metres() -> None:
    """Along the ground, from a mile on; what is nearer, and every height, in feet."""
    texts = load_texts(units=Units.US)
    aimed = {"value": 9469.0, "aim": 10_000.0, "half_width": 600.0}
    assert texts.get("figure_value.range_m", **aimed) == "5.88 mi (aim 6.21 mi, within 1,969 ft)"
    assert texts.get("figure_value.altitude_m", **aimed).startswith("31,066 ft (aim 32,808 ft")
    assert texts.get("event.part_down", detail="heat_shield", distance_m=12_500.0) == (
        "Heat shield down, 7.77 mi from the rover"
    )
    assert texts.get("event.part_down", distance_m="?") == "? down, ? from the rover"
    assert load_texts().get("event.part_down", detail="backshell", distance_m=12_500.0) == (
        "Backshell down, 12,500 m from the rover"
    )


def test_words_give_figures_for_scales_too() -> None:
    """The bare number and its unit are those of the quantity."""
    texts = load_texts()
    assert (texts.figure(2200.0, "m"), texts.unit("m")) == (2200.0, "m")
    assert (texts.quantity(21.0, "m"), texts.distance(-1200.0, 0)) == ("21 m", "1 km")
    texts.units = Units.US
    assert texts.figure(2200.0, "m") == pytest.approx(7217.8478, abs=1e-4)
    assert (texts.unit("m"), texts.quantity(21.0, "m"), texts.distance(-1200.0)) == ("ft", "69 ft", "3,937 ft")


def test_a_text_from_elsewhere_is_filled() -> None:
    """As a level's brief: its own figures and plain braces, nothing else."""
    texts = Texts({})
    assert texts.fill("Hover {21:m} up, {{so}} at {0.5:.2 m/s}.") == "Hover 21 m up, {so} at 0.50 m/s."
    texts.units = Units.US
    assert texts.fill("Hover {21:m} up, {{so}} at {0.5:.2 m/s}.") == "Hover 69 ft up, {so} at 1.12 mph."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hover {21:m} up, {{so}}, {0.5:.2 m/s}, {-40:\N{DEGREE SIGN}C}, {6706:.0 }.", None),
        ("Hover {21:m up.", "has a brace without its other one; a figure stands in two, such as {21:m}"),
        ("Hover 21 m} up.", "has a brace without its other one; a figure stands in two, such as {21:m}"),
        ("Hover {height_m:m} up.", "has {height_m}, but only a figure stands in braces, such as {21:m}"),
        ("Hover {} up.", "has {}, but only a figure stands in braces"),
        ("Hover {21!r:m} up.", "has {21}, but only a figure stands in braces"),
        ("Hover {0.real:m} up.", "has {0.real}, but only a figure stands in braces"),
        ("Hover {1e9:m} up.", "has {1e9}, but only a figure stands in braces"),
        (f"Hover {{{'9' * 400}:m}} up.", f"has {{{'9' * 400}}}, but only a figure stands in braces"),
        ("Hover {69:ft} up.", 'has {69:ft}, and there is no unit "ft"; there is cm, m, km, m/s,'),
        ("Hover {21:{21:m}} up.", 'has {21:{21:m}}, and there is no unit "{21:m}"'),
        ("Hover {21:.99 m} up.", 'has {21:.99 m}, and there is no unit ".99 m"'),
    ],
)
def test_what_is_wrong_with_a_text_from_elsewhere_is_one_sentence(text: str, said: str | None) -> None:
    """And one without a fault can be filled in all units."""
    fault = fault_in(text)
    if said is None:
        assert fault is None
        assert all("{2" not in Texts({}, units).fill(text) for units in Units)
    else:
        assert fault is not None
        assert fault.startswith(said)
