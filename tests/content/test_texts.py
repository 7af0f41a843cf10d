"""The words: everything that can be said has them, their figures are ones that are given, and numbers look alike."""

from __future__ import annotations

import string
from enum import StrEnum
from pathlib import Path

import pytest

from game.content.errors import ContentError
from game.content.flown import QUANTITIES
from game.content.lessons import LESSON_KEYS
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import Texts, describe, fault_in, load_texts
from game.content.units import UNKNOWN, quantity
from game.cues.debrief import JOKES, Cause
from game.cues.hud import hud_model
from game.cues.lessons import OF_LOSS, Advice
from game.cues.signs import Cue, Sign
from game.cues.windows import Act, CheckName, WindowState
from game.lab.fly import fly
from game.lab.roster import source_of
from game.pilots.checklist import Known
from game.record.settings import Control
from game.sim.command import IDLE
from game.sim.events import EventName, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Outcome, Part
from game.sim.spec import FigureName
from tests.rungs import each_level
from tests.tiers import some

_SPEEDS = {"speed_mps", "vertical_mps", "along_mps"}
# What game/sim gives with each reason; a text may use these and no others.
_FIGURES: dict[Reason, set[str]] = {
    Reason.MISSED_MARS: {"altitude_m", "speed_mps"},
    Reason.SKIPPED_OUT: {"altitude_m", "speed_mps"},
    Reason.BURNED_UNPROTECTED: {"heat_flux_w_cm2", "limit_w_cm2"},
    Reason.BACKSHELL_BURNED: {"heat_flux_w_cm2", "limit_w_cm2", "incidence_deg"},
    Reason.BURNED_THROUGH: {"heat_flux_w_cm2", "bond_c"},
    Reason.BROKE_UP: {"g", "limit_g"},
    Reason.NO_PARACHUTE: {"speed_mps"},
    Reason.PARACHUTE_TORN: {"load_n", "limit_n", "speed_mps"},
    Reason.PARACHUTE_TOO_LATE: {"speed_mps", "height_m"},
    Reason.HEAT_SHIELD_KEPT: {"speed_mps"},
    Reason.BACKSHELL_KEPT: {"speed_mps"},
    Reason.STRUCK_BY_BACKSHELL: {"speed_mps"},
    Reason.BRIDLE_NOT_FULL: {"paid_m"},
    Reason.TIPPED_ON_SLOPE: {"slope_deg"},
    Reason.TIPPED_ON_ROCK: {"slope_deg"},
    Reason.STAGE_TOO_CLOSE: {"distance_m"},
    Reason.OUT_OF_TIME: {"time_s"},
    **dict.fromkeys(
        (
            Reason.FUEL_OUT, Reason.HIT_THE_GROUND, Reason.ROVER_NOT_RELEASED, Reason.WHEELS_NOT_READY,
            Reason.CUT_TOO_EARLY, Reason.WHEELS_BROKEN, Reason.SUSPENSION_BROKEN, Reason.TIPPED_BY_SPEED,
            Reason.DRAGGED,
        ),
        _SPEEDS,
    ),
}  # fmt: skip


def _is_written(name: str) -> bool:
    """Whether it is a figure of the text itself."""
    return name.replace(".", "").isdigit()


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("event", EventName), ("reason", Reason), ("joke", Reason), ("joke_2", Reason), ("real", Reason),
        ("short", Reason), ("phase", Phase), ("phase_help", Phase), ("part", Part), ("outcome", Outcome),
        ("cue", Cue), ("sign", Sign),
        ("act", Act), ("window", WindowState), ("check", CheckName), ("check_short", CheckName), ("mode", Mode),
        ("mode_help", Mode), ("canopy", Canopy), ("figure", FigureName), ("figure_value", FigureName),
        ("advice", Advice), ("cause", Cause), ("moment", EventName), ("control", Control), ("teach", Known),
    ],
)  # fmt: skip
def test_every_code_has_words_and_no_words_are_left_over(section: str, codes: type[StrEnum]) -> None:
    """Neither a code without a text, nor a text that no code asks for."""
    texts = load_texts()
    said = {key.removeprefix(f"{section}.") for key in texts.keys() if key.startswith(f"{section}.")}  # noqa: SIM118
    assert said == {code.value for code in codes}
    empty = {key for key in said if not texts.raw(f"{section}.{key}").strip()}
    assert empty <= {Cue.NONE.value, Sign.QUIET.value}


def test_every_loss_has_a_hint() -> None:
    """For the second time it happens: as many hints as there are ways to lose, each a sentence or two."""
    texts = load_texts()
    said = {key.removeprefix("hint.") for key in texts.keys() if key.startswith("hint.")}  # noqa: SIM118
    assert said == {*OF_LOSS.values(), Advice.DROP_OUT_LATER, Advice.MARK_EARLIER, Advice.RELEASE_SOONER}
    for key in said:
        assert texts.raw(f"hint.{key}")[-1] == "."
        assert fault_in(texts.raw(f"hint.{key}").replace("{worst:figure}", ""), LESSON_KEYS) is None


def test_every_text_can_be_shown() -> None:
    """Latin-1 only, no stray spaces, no braces left over, and every unit in a text has a rule."""
    texts = load_texts()
    for key in texts.keys():  # noqa: SIM118
        raw = texts.raw(key)
        raw.encode("latin-1")
        assert raw == raw.strip(), key
        places = [(name, spec) for _, name, spec, _ in string.Formatter().parse(raw) if name]
        figures: dict[str, float | str] = {
            name: "rover" if spec in {"part", "short", "figure", "outcome", "mode", "tempo", ""} else 1.5
            for name, spec in places
        }
        shown = texts.get(key, **figures)
        assert "{" not in shown, key
        assert UNKNOWN not in shown, key


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_uses_only_the_figures_that_come_with_it(reason: Reason) -> None:
    """And is one or two whole sentences; so are the joke and what the real mission did."""
    texts = load_texts()
    for section in ("reason", *JOKES, "real"):
        raw = texts.raw(f"{section}.{reason}")
        assert raw[-1] == "."
        assert len(raw) < 160
        used = {name for _, name, _, _ in string.Formatter().parse(raw) if name and not _is_written(name)}
        assert used <= (_FIGURES.get(reason, set()) if section == "reason" else set())


@pytest.mark.parametrize("pilot", some(["autopilot", "idle"]))
@pytest.mark.parametrize("level", each_level())
def test_a_whole_flight_can_be_told(level: str, pilot: str) -> None:
    """Every event and reason of real flights has its words with all their figures."""
    chosen = load_level(level)
    source, label = source_of(pilot, chosen, seed=1)
    flown = fly(chosen, source, pilot=label, seed=1, mode=Mode.MANUAL, dispersed=False, observers=[])
    report = flown.as_json(describe)
    for told in (report["reason"], *(event["why"] for event in report["events"])):
        assert told
        assert UNKNOWN not in told


def test_everything_the_hud_says_has_its_figures() -> None:
    """Idle from the backshell to the ground: each line of words comes with the figures that it uses."""
    texts, flight = load_texts(), Flight(load_level("powered-descent").flight_spec(), seed=1)
    said = set()
    while not flight.over:
        hud = hud_model(flight.nav())
        line = texts.get(f"cue.{hud.say.cue}", **dict(hud.say.figures))
        assert UNKNOWN not in line
        said.add(hud.say.cue)
        for _ in range(30):
            if not flight.over:
                flight.step(IDLE)
    assert {Cue.IGNITION_SOON, Cue.BURN_NOW} <= said


def test_every_published_quantity_can_be_written_beside_ours() -> None:
    """With its unit, and both figures in it."""
    texts = load_texts()
    for quantity_name in QUANTITIES:
        shown = texts.get(f"flown_value.{quantity_name}", ours=3.0, flown=7.0)
        assert "3" in shown
        assert "7" in shown


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_needs_all_its_own_figures_and_no_others(reason: Reason) -> None:
    """With the figures that the sim gives, no question mark is left in the sentence."""
    figures = dict.fromkeys(_FIGURES.get(reason, set()), 1.0)
    assert UNKNOWN not in load_texts().get(f"reason.{reason}", **figures)


@pytest.mark.parametrize("name", FigureName)
def test_a_figure_of_a_goal_is_written_with_its_aim(name: FigureName) -> None:
    """How it came out, what was aimed at, and how far off it may be."""
    shown = load_texts().get(f"figure_value.{name}", value=16.0, aim=15.0, half_width=2.0)
    assert shown.startswith("16")
    assert "aim 15" in shown
    assert "within 2" in shown
    assert UNKNOWN not in shown


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [
        (1240.4, "m", None, "1,240 m"),
        (7.46, "m", None, "7.5 m"),
        (0.747, "m/s", None, "0.75 m/s"),
        (81.04, "m/s", None, "81.0 m/s"),
        (-12.34, "m/s", 1, "-12.3 m/s"),
        (-0.004, "m/s", None, "0.00 m/s"),
        (35.0, "\N{DEGREE SIGN}", None, "35\N{DEGREE SIGN}"),
        (-2.5, "\N{DEGREE SIGN}/s", None, "-2.5 \N{DEGREE SIGN}/s"),
        (2317.4, "J/cm2", None, "2,317 J/cm2"),
        (97.5, "%", None, "98%"),
        (6706.0, "", 0, "6,706"),
        (float("nan"), "m", None, "? m"),
        (float("inf"), "s", None, "? s"),
    ],
)
def test_one_formatter_writes_all_numbers(value: float, unit: str, decimals: int | None, shown: str) -> None:
    """Thousands with commas, decimals by unit and size, no minus zero, a question mark for what is no number."""
    assert quantity(value, unit, decimals) == shown


def test_a_unit_without_a_rule_is_an_error() -> None:
    """Units are spelt in one way."""
    with pytest.raises(KeyError):
        quantity(1.0, "mps")


def test_figures_and_codes_in_a_text() -> None:
    """Quantities, decimals, codes looked up; a figure too many is ignored, one that is missing is a question mark."""
    texts = Texts({"a": "{x:m}, {y:.2 m/s}, {part:part}, {name}", "part.rover": "Rover"})
    assert texts.get("a", x=1200.0, y=1.0, part="rover", name="n", key=3.0) == "1,200 m, 1.00 m/s, Rover, n"
    assert texts.get("a", part="wing") == "?, ?, wing, ?"
    with pytest.raises(KeyError):
        texts.get("b")
    assert texts.describe("event.unheard_of", {}) == "event.unheard_of"


def test_a_missing_language_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A damaged installation gets a sentence with the file's name."""
    with pytest.raises(ContentError, match=r"assets/texts/xx\.toml: cannot be read"):
        load_texts("xx")
    (tmp_path / "assets" / "texts").mkdir(parents=True)
    (tmp_path / "assets" / "texts" / "yy.toml").write_text("[a]\nb = 3\n")
    monkeypatch.setattr("game.content.texts.data_root", lambda: tmp_path)
    with pytest.raises(ContentError, match=r"assets/texts/yy\.toml: a\.b: must be text"):
        load_texts("yy")
