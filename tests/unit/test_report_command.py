"""`skycrane report`: a page or a picture from what `skycrane fly` wrote, and a sentence for everything else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.content.extras import how_to_install
from game.content.levels import load_level
from game.content.texts import describe, load_texts
from game.cues.debrief import debrief
from game.cues.places import ground_map
from game.cues.track import Track
from game.lab.fly import fly
from game.lab.roster import source_of
from game.record.flightlog import CsvLog
from game.record.results import MAX_BYTES, read_result
from game.record.trace import Trace
from game.report import FlightReport
from game.sim.snapshot import Part
from tests.content.files import level_file
from tests.unit.test_cli import refused

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def flown() -> tuple[FlightReport, str, Trace]:
    """The whole flight: its report, its CSV, its trace."""
    rows, trace = CsvLog(), Trace()
    report = fly(
        load_level("jezero"),
        source_of("autopilot", load_level("jezero"))[0],
        pilot="autopilot",
        observers=(rows, trace),
    )
    return report, rows.text(), trace


@pytest.fixture
def files(flown: tuple[FlightReport, str, Trace], tmp_path: Path) -> tuple[Path, Path]:
    """result.json and flight.csv as `skycrane fly` writes them."""
    result, course = tmp_path / "result.json", tmp_path / "flight.csv"
    result.write_text(json.dumps(flown[0].as_json(describe), indent=2), "utf-8")
    course.write_text(flown[1], "utf-8")
    return result, course


@pytest.mark.slow
def test_a_report_comes_back_from_its_json_as_it_was(
    files: tuple[Path, Path], flown: tuple[FlightReport, str, Trace]
) -> None:
    """Every figure, event and code; so the debrief of a file is that of the flight."""
    assert read_result(files[0]) == flown[0]


@pytest.mark.slow
def test_a_course_comes_back_from_its_csv(files: tuple[Path, Path], flown: tuple[FlightReport, str, Trace]) -> None:
    """From the pick-up on, to the decimals that the file has."""
    track = read_result(files[1])
    assert isinstance(track, Track)
    kept = [row for row in flown[2].rows if round(row.t_s, 3) <= track.rows[-1].t_s]
    assert len(track.rows) == len(kept)
    for ours, true in zip(track.rows[::50], kept[::50], strict=True):
        assert ours.altitude_m == pytest.approx(true.altitude_m, abs=1e-3)
        assert ours.surface_c == pytest.approx(true.surface_c, abs=0.01)


def test_the_page_has_everything_and_loads_nothing(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Points with their causes, advice, moments beside Perseverance's, curves and map as pictures inside it."""
    assert main(["report", str(files[0]), str(files[1])]) == 0
    page = files[0].with_suffix(".html")
    assert capsys.readouterr().out == f"written: {page}\n"
    text, texts = page.read_text("utf-8"), load_texts()
    for words in ("9,8", "Jezero", "from the target", "Perseverance, 18 February 2021", "Parachute fired", "240.6 s"):
        assert words in text
    for key in ("points", "try_next", "timeline", "map", "curves"):
        assert texts.get(f"report.{key}") in text
    assert "no curves" not in text
    pictures = re.findall(r'src="data:image/png;base64,([^"]+)"', text)
    assert len(pictures) == 2
    assert all(b64decode(picture).startswith(b"\x89PNG") for picture in pictures)
    assert not re.search(r"https?://|<script|<link|src=\"(?!data:)", text)


@pytest.mark.slow
def test_the_same_files_give_the_same_page_and_picture(files: tuple[Path, Path], tmp_path: Path) -> None:
    """To the byte, in any order of the files; the picture is a PNG with all of it."""
    outs = [tmp_path / name for name in ("a.html", "b.HTM", "a.png", "b.png")]
    for i, out in enumerate(outs):
        assert main(["report", *map(str, files[:: -1 if i % 2 else 1]), "--out", str(out)]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert outs[2].read_bytes() == outs[3].read_bytes()
    assert outs[2].read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_result_alone_says_that_it_has_no_curves(files: tuple[Path, Path], tmp_path: Path) -> None:
    """And has all the rest; a course alone says what that has not."""
    out, texts = tmp_path / "out.html", load_texts()
    assert main(["report", str(files[0]), "--out", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "There are no curves here" in text
    assert texts.get("report.timeline") in text
    assert text.count("data:image/png") == 1, "the map"
    assert main(["report", str(files[1]), "--out", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "There are no moments, points or places here" in text
    assert "Nothing lies beside it" in text
    assert texts.get("report.timeline") not in text
    assert main(["report", str(files[1]), "--level", "jezero", "--out", str(out)]) == 0
    assert "Nothing lies beside it" not in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("level", "pilot", "kind"),
    [
        ("sky-crane", "idle", "html"),
        pytest.param("parachute", "autopilot", "png", marks=pytest.mark.slow),
        pytest.param("parachute", "idle", "html", marks=pytest.mark.slow),
        pytest.param("course", "autopilot", "html", marks=pytest.mark.slow),
        pytest.param("powered-descent", "autopilot", "png", marks=pytest.mark.slow),
    ],
)
def test_every_kind_of_flight_can_be_reported(level: str, pilot: str, kind: str, tmp_path: Path) -> None:
    """Landed, lost, at a goal, long or short."""
    rows = CsvLog()
    report = fly(load_level(level), source_of(pilot, load_level(level))[0], pilot=pilot, seed=3, observers=(rows,))
    result, course, out = tmp_path / "r.json", tmp_path / "f.csv", tmp_path / f"out.{kind}"
    result.write_text(json.dumps(report.as_json(describe)), "utf-8")
    course.write_text(rows.text(), "utf-8")
    assert main(["report", str(result), str(course), "--out", str(out)]) == 0
    assert out.stat().st_size > 10_000
    if kind == "html":
        assert "?" not in re.sub(r"<style>.*?</style>|data:[^\"]*", "", out.read_text("utf-8"), flags=re.DOTALL)


def _set(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(report: dict[str, Any]) -> None:
        table: Any = report
        for key in path[:-1]:
            table = table[key]
        table[path[-1]] = value

    return change


BAD_REPORTS: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda r: r.pop("score"), "it has no score"),
    (lambda r: r["events"][3].pop("t_s"), "it has no events[3].t_s"),
    (lambda r: r.update(events=[]), "it has no events"),
    (_set("seed", value=-1), "seed must be a whole number of a flight"),
    (_set("seed", value=2**70), "seed must be a whole number of a flight"),
    (_set("time_s", value=float("nan")), "time_s must be a number of a flight"),
    (_set("time_s", value=True), "time_s must be a number of a flight"),
    (_set("touchdown", "speed_mps", value=float("inf")), "touchdown.speed_mps must be a number of a flight"),
    (_set("parts", 0, "downrange_m", value=1e300), "parts[0].downrange_m must be a number of a flight"),
    (_set("parts", 0, "name", value="wing"), "parts[0].name must be one of this game's codes"),
    (_set("outcome", value="lost"), "no flight is lost because of landed"),
    (_set("outcome", value="flying"), "no flight is flying because of landed"),
    (_set("reason_code", value="fuel_out"), "no flight is landed because of fuel_out"),
    (_set("score", "softness", value=5001), "score.softness must be a whole number of a flight"),
    (_set("reason_code", value="<b>bored</b>"), "reason_code must be one of this game's codes"),
    (_set("level", value="a\x1b[31m"), "level must be a text"),
    (_set("pilot", value="x" * 1000), "pilot must be a text"),
    (_set("events", value=[{}] * 5000), "events must be a list of at most 1,000"),
    (_set("peaks", value=[]), "peaks must be an object"),
]


@pytest.mark.parametrize(("change", "said"), BAD_REPORTS)
def test_a_damaged_report_is_told_by_its_key(
    change: Callable[[dict[str, Any]], object], said: str, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 2, and nothing is written."""
    report = json.loads(files[0].read_text("utf-8"))
    change(report)
    files[0].write_text(json.dumps(report), "utf-8")
    error = refused(capsys, "report", files[0])
    assert error.startswith(str(files[0]))
    assert said in error
    assert "\n" not in error
    assert not files[0].with_suffix(".html").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"hello", "is neither a report of"),
        (b"\xff\xfe{}", "is neither a report of"),
        (b"[1, 2]", "is neither a report of"),
        (b"{}", "it has no outcome"),
        (b'{"level": "jezero"', "is damaged or cut off"),
        (b'{"a":' * 100_000, "is damaged or cut off"),
        (b'{"seed": ' + b"9" * 9000 + b"}", "is damaged or cut off"),
        (b"t_s,phase\n1,entry\n", "it has no column downrange_m, x_m, altitude_m"),
        (b"x" * (MAX_BYTES + 1), "is larger than 32 megabytes"),
    ],
)
def test_what_is_no_result_gets_one_sentence(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not JSON, cut off, another JSON, another table, too deep, too large."""
    path = tmp_path / "strange"
    path.write_bytes(content)
    error = refused(capsys, "report", path)
    assert said in error
    assert "\n" not in error
    assert [each.name for each in tmp_path.iterdir()] == ["strange"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"\n[^\n]*\n$", "\n12.3,entry\n", "has 2 cells, not 14: it is damaged or cut off"),
        (r"(\n[^\n]*)\n$", r"\1\1\n", "is not later than the line before it"),
        (r"(\n[\d.]+,flyaway),[\d.]+", r"\1,nan", "downrange_m must be a number of a flight"),
        (r"(\n[\d.]+,flyaway),[\d.]+", r"\1,1e999", "downrange_m must be a number of a flight"),
        (r"(\n[\d.]+,flyaway),[\d.]+", r"\1,soon", "downrange_m must be a number of a flight"),
        (r"(?s)\n.*", "\n", "has too few lines"),
    ],
)
def test_a_damaged_course_is_told_by_its_line(
    old: str, new: str, said: str, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """No number, no cell, no order, no rows."""
    text, changes = re.subn(old, new, files[1].read_text("utf-8"), count=1)
    assert changes
    files[1].write_text(text, "utf-8")
    assert said in refused(capsys, "report", *files)
    assert not files[0].with_suffix(".html").exists()


@pytest.mark.slow
def test_files_of_two_flights_are_not_mixed(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither two of a kind, nor a report with another flight's course."""
    assert "is a second result" in refused(capsys, "report", files[0], files[0])
    assert "is a second course" in refused(capsys, "report", files[1], files[1])
    rows, other = CsvLog(), tmp_path / "other.csv"
    fly(
        load_level("jezero"),
        source_of("autopilot", load_level("jezero"))[0],
        pilot="autopilot",
        seed=2,
        observers=(rows,),
    )
    other.write_text(rows.text(), "utf-8")
    assert "are not of the same flight" in refused(capsys, "report", files[0], other)
    shifted, lines = tmp_path / "shifted.csv", files[1].read_text("utf-8").splitlines()
    at = lines[0].split(",").index("altitude_m")
    moved = [line.split(",") for line in lines[1:]]
    for cells in moved:
        cells[at] = str(float(cells[at]) + 50.0)
    shifted.write_text("\n".join([lines[0], *(",".join(cells) for cells in moved)]), "utf-8")
    assert re.search(r"one is [\d,]+ m up, the other [\d,]+ m", refused(capsys, "report", files[0], shifted))


def test_places_that_cannot_be_read_or_written_are_told(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder, nothing, an ending that nobody knows, the input itself, a page that is there already."""
    assert "is a folder, not a result" in refused(capsys, "report", tmp_path)
    assert "there is no such file" in refused(capsys, "report", tmp_path / "none.json")
    assert "is a page (.html) or a picture (.png)" in refused(capsys, "report", files[0], "--out", tmp_path / "a.pdf")
    assert "there is no folder" in refused(capsys, "report", files[0], "--out", tmp_path / "no" / "a.png")
    same = tmp_path / "same.html"
    files[0].rename(same)
    assert "is what the report is made from" in refused(capsys, "report", same, "--out", same)
    taken = files[1].with_suffix(".html")
    taken.write_text("mine", "utf-8")
    assert "is there already; name it by --out" in refused(capsys, "report", files[1])
    assert taken.read_text("utf-8") == "mine"
    assert "and the flight is of 'jezero'" in refused(capsys, "report", same, "--level", "gale", "--out", taken)


def test_names_in_a_result_are_words_and_no_code(files: tuple[Path, Path], tmp_path: Path) -> None:
    """A pilot may be called anything: on the page that is text. A level that the game has not is no path to open."""
    report = json.loads(files[0].read_text("utf-8"))
    report["pilot"] = "<script>alert(1)</script>"
    report["level"] = str(level_file(tmp_path, text="broken ="))
    report["mode"] = "<i>"
    report["events"][0]["detail"] = "<u>"
    files[0].write_text(json.dumps(report), "utf-8")
    out = tmp_path / "out.html"
    assert main(["report", str(files[0]), "--out", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in text
    assert not re.search("<script|<i>|<u>", text)
    assert "Nothing lies beside it" in text


def test_without_matplotlib_one_sentence_says_how_to_get_it(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is an extra, and nothing is written."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert how_to_install("plots") in refused(capsys, "report", *files)
    assert not files[0].with_suffix(".html").exists()


def test_a_refused_report_never_imports_matplotlib() -> None:
    """Only what is drawn pays for the means to draw it."""
    code = (
        "import sys\n"
        "from game.cli import main\n"
        "code = main(['report', 'none.json'])\n"
        "sys.exit(0 if code == 2 and 'matplotlib' not in sys.modules else 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_map_keeps_order_and_shows_all(flown: tuple[FlightReport, str, Trace]) -> None:
    """Up-track left, the rover alone on her spot, what lies together in one, every part once, all inside."""
    told = debrief(flown[0])
    found = ground_map(told)
    parts = [part for spot in found.spots for part in spot.parts]
    assert sorted(parts) == sorted(place.part for place in told.places)
    shares = [spot.share for spot in found.spots]
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < shares[-1] < 1.0
    assert (Part.ROVER,) in [spot.parts for spot in found.spots]
    assert any(len(spot.parts) == 3 for spot in found.spots), "the entry balance masses lie together"
    rover = next(spot for spot in found.spots if spot.parts == (Part.ROVER,))
    assert found.target_share == pytest.approx(rover.share, abs=0.02)
    assert (
        ground_map(debrief(fly(load_level("course"), source_of("autopilot", load_level("course"))[0], pilot="a"))).spots
        == ()
    )
