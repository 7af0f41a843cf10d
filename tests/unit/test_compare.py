"""Our flight beside a flown one: what is read where, the table, the picture and the command."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from game.cli import main
from game.content.flown import SOUGHT, FlownFigure, FlownFlight, Moment
from game.content.levels import load_level
from game.content.paths import data_root
from game.cues.compare import _SOUGHT, Compared, compare
from game.lab.fly import fly
from game.lab.overlay import NoPlotsError, overlay_png
from game.lab.tables import HEAD, figure_rows, markdown
from game.pilots.autopilot import Autopilot
from game.pilots.idle import Idle
from game.pilots.pilot import Helm
from game.record.trace import Trace
from game.report import FlightReport
from game.sim.events import EventName

FIGURE = FlownFigure(100.0, "x", within=10.0)


@cache
def flight(level: str = "parachute", pilot: str = "autopilot") -> tuple[FlightReport, Trace]:
    trace = Trace()
    source = Helm(Autopilot() if pilot == "autopilot" else Idle())
    return fly(load_level(level), source, pilot=pilot, observers=(trace,)), trace


def read(moment: str, *quantities: str, pilot: str = "autopilot") -> list[Compared]:
    """Those quantities of our flight at that moment."""
    wanted = Moment(moment, "A moment", **dict.fromkeys(quantities, FIGURE))  # type: ignore[arg-type]
    return list(compare(FlownFlight("A flight", "parachute", (wanted,)), *flight(pilot=pilot)))


def test_a_trace_has_a_row_each_tenth_of_a_second() -> None:
    """In order, from the first tick to the last, and between two rows along a straight line."""
    report, trace = flight()
    times = [row.t_s for row in trace.rows]
    assert times == sorted(set(times))
    assert max(b - a for a, b in pairwise(times)) < 0.1001
    assert times[-1] == report.events[-1].t_s
    one, other = trace.rows[100], trace.rows[101]
    middle = trace.at(0.5 * (one.t_s + other.t_s))
    assert middle.speed_mps == pytest.approx(0.5 * (one.speed_mps + other.speed_mps))
    assert trace.at(-1e9) == trace.rows[0]
    assert trace.at(1e9) == trace.rows[-1]


def test_what_an_event_tells_is_read_from_it() -> None:
    """Time, place and speed of its own tick, and its own figures."""
    event = next(e for e in flight()[0].events if e.name is EventName.MORTAR)
    told = dict(event.figures)
    wanted = [event.t_s, event.altitude_m, event.speed_mps, told["mach"], told["q_pa"]]
    assert [c.ours for c in read("mortar", "t_s", "altitude_m", "speed_mps", "mach", "q_pa")] == wanted


def test_a_peak_is_read_where_it_was_and_not_where_it_is_told() -> None:
    """The event comes when the load has fallen again: faster is how it flew at the peak."""
    event = next(e for e in flight()[0].events if e.name is EventName.INFLATION_PEAK)
    told = dict(event.figures)
    time, speed, load = read("inflation_peak", "t_s", "speed_mps", "parachute_load_n")
    assert time.ours == told["peak_t_s"] < event.t_s
    assert speed.ours == pytest.approx(flight()[1].at(told["peak_t_s"]).speed_mps)
    assert speed.ours > event.speed_mps
    assert load.ours == told["load_n"]


def test_a_flight_that_was_lost_has_no_later_moments() -> None:
    """They are missing, and not inside any bound."""
    (missing,) = read("mortar", "t_s", pilot="idle")
    assert (missing.ours, missing.difference, missing.inside) == (None, None, False)
    assert figure_rows([[missing]])[0][3:5] == ("none", "-")


def test_what_a_flight_never_did_has_no_figure() -> None:
    """No stage away from a rover that never left it, no hottest moment without an entry."""
    distance, hottest = read("whole_flight", "stage_distance_m", "surface_temperature_c")
    assert (distance.ours, hottest.ours) == (None, None)


def test_every_moment_that_is_sought_is_known_to_the_files() -> None:
    """And the other way round."""
    assert set(SOUGHT) == {*_SOUGHT, "whole_flight"}


def test_a_difference_counts_from_the_nearer_end() -> None:
    """Nothing between the two ends of what was flown; the bound is what decides."""
    span = FlownFigure((10.0, 20.0), "x", within=5.0)
    found = [Compared("m", "M", "t_s", span, ours, 0.0) for ours in (4.0, 8.0, 15.0, 23.0, 26.0)]
    assert [c.difference for c in found] == [-6.0, -2.0, 0.0, 3.0, 6.0]
    assert [c.inside for c in found] == [False, True, True, True, False]
    assert replace(found[0], figure=FlownFigure(10.0, "x")).inside


def test_the_table_shows_units_bounds_and_what_is_outside() -> None:
    """A moment's name once; of several flights the two ends; nothing where they agree."""
    one = [
        Compared("m", "Mortar", "altitude_m", FIGURE, 12_340.0, 0.0),
        Compared("m", "Mortar", "t_s", FIGURE, 95.0, 0.0),
    ]
    other = [replace(one[0], ours=12_000.0), one[1]]
    rows = figure_rows([one, other])
    assert rows[0] == (
        "Mortar",
        "altitude, km",
        "0.10",
        "12.34 (12.00 to 12.34)",
        "+12.24",
        "0.09 to 0.11",
        "x",
        "OUTSIDE",
    )
    assert rows[1] == ("", "time, s", "100.0", "95.0", "-5.0", "90.0 to 110.0", "x", "")
    lines = markdown([one, other]).splitlines()
    assert lines[0] == f"| {' | '.join(HEAD)} |"
    assert {line.count("|") for line in lines} == {len(HEAD) + 1}


@pytest.mark.slow
def test_the_picture_is_a_png_and_the_same_twice() -> None:
    """A line for each flight over the published points."""
    _, trace = flight()
    moment = Moment("mortar", "Mortar", t_s=FlownFigure(240.0, "x", within=5.0), speed_mps=FIGURE, altitude_m=FIGURE)
    flown = FlownFlight("A flight", "parachute", (moment,))
    picture = overlay_png(flown, [trace, trace])
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 20_000
    assert overlay_png(flown, [trace, trace]) == picture


def test_without_matplotlib_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is an extra; and it is said before anything is flown."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(NoPlotsError, match=r"pip install .* -e \"\.\[plots\]\""):
        overlay_png(FlownFlight("A flight", "jezero", ()), [])
    assert main(["compare", "--plot", "flown.png"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.count("\n") == 1


def test_the_command_prints_every_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """As JSON, with a picture beside it; 0 when all are inside."""
    plot = tmp_path / "jezero.png"
    assert main(["compare", "jezero", "--json", "--plot", str(plot)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert ("mortar", "mach") in {(figure["moment"], figure["quantity"]) for figure in found}
    assert all(figure["inside"] and len(figure["ours"]) == 1 for figure in found)
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["parachute"], "nobody has flown 'parachute'; there is a flown flight for gale, jezero"),
        (["jezro"], 'there is no level "jezro"; did you mean jezero?'),
        (["--flights", "0"], "--flights must be a whole number from 1 to 1000, not '0'"),
        (["--plot", "/nowhere/at/all.png"], "there is no folder /nowhere/at"),
        (["--plot", "flown.jpg"], "flown.jpg: the picture is a PNG; name it so"),
        (["--plot", str(data_root() / "assets" / "flown.png")], "lies among the game's own files; name another place"),
        (["--json", "--markdown"], "choose one"),
        (["--seed", str(2**63 - 1), "--flights", "2"], "go beyond the last seed"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is flown."""
    assert main(["compare", *words]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert sentence in error
    assert error.count("\n") == 1
