"""The window in US units: every figure of it, on scales that are round in them, and back again at once."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from math import isclose

import pygame
import pytest

from game.audio.backend import NullAudio
from game.content.flown import load_flown
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import Texts, load_texts
from game.content.units import FOOT_M, MILE_M, MPH_MPS, Units
from game.cues.curves import panels_for
from game.cues.debrief import Debrief, Place
from game.cues.hud import HudModel, hud_model
from game.cues.lessons import Advice, Lesson
from game.cues.places import ground_map
from game.cues.prediction import predict
from game.cues.signs import Gauge
from game.cues.track import Stood, Track
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.scenes.title import TitleScene
from game.sim.events import Event, EventName
from game.sim.phases import Phase
from game.sim.snapshot import Part
from game.view import fonts
from game.view.hud import HudNotes, draw_hud
from game.view.layout import layout_of
from game.view.pen import Pen
from game.view.result_pages import _plot_of
from game.view.tapes import draw_tapes, scales
from game.view.world import Studio
from tests.unit.flown_navs import flown_navs

METRIC_UNITS = re.compile(r"(?:\d |^)(?:m|km|m/s|kg|N|kN|Pa|\N{DEGREE SIGN}C)\b")
US_UNITS = re.compile(r"(?:\d |^)(?:ft|mi|mph|lb|lbf|psf|\N{DEGREE SIGN}F)\b")
PREDICTED = (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE)


pytestmark = pytest.mark.usefixtures("window")


@pytest.fixture(scope="module")
def models() -> list[HudModel]:
    """From the course to the engines, thirty of each phase at most."""
    return [
        hud_model(nav, predict(nav) if phase in PREDICTED else None)
        for phase, navs in flown_navs().phases.items()
        for nav in navs[:: len(navs) // 30 + 1]
    ]


def hud_lines(texts: Texts, model: HudModel, size: tuple[int, int] = (1920, 1080)) -> list[str]:
    notes = HudNotes(
        "Manual", False, 1.0, texts.get("event.touchdown", vertical_mps=0.7, along_mps=0.1, distance_m=9.0)
    )
    return [line.text for line in draw_hud(pygame.Surface(size), layout_of(size), model, texts, notes)]


@pytest.mark.slow
def test_the_hud_speaks_one_language_of_units_at_a_time(models: list[HudModel]) -> None:
    """In US units nothing metric is left, from space to the engines; switched back, every line is what it was."""
    texts = load_texts()
    found = set()
    for model in models:
        before = hud_lines(texts, model)
        assert not [line for line in before if US_UNITS.search(line)]
        texts.units = Units.US
        us = hud_lines(texts, model)
        texts.units = Units.METRIC
        assert not [line for line in us if METRIC_UNITS.search(line)]
        found |= set(re.findall(r"(?<=\d )(?:ft|mi|mph|lbf?|psf|\N{DEGREE SIGN}F)\b", " ".join(us)))
        assert hud_lines(texts, model) == before
    assert found == {"ft", "mi", "mph", "lb", "lbf", "psf", "\N{DEGREE SIGN}F"}


def test_figures_of_the_hud_in_us_units() -> None:
    """Some moments, figure by figure, worked out from the metric ones."""
    navs, texts = flown_navs(), load_texts(units=Units.US)
    nav = navs.entry_at(4000.0)
    lines = hud_lines(texts, hud_model(nav, predict(nav)))
    assert f"{nav.speed_mps / MPH_MPS:,.0f}" in lines
    assert f"{nav.height_m / MILE_M:.1f}" in lines
    assert f"{nav.surface_c * 1.8 + 32.0:,.0f} \N{DEGREE SIGN}F" in lines
    nav = navs.parachute_at(3000.0)
    lines = hud_lines(texts, hud_model(nav, predict(nav)))
    assert f"{nav.height_m / FOOT_M:,.0f}" in lines, "under the parachute heights are in feet"
    assert f"{nav.height_m / FOOT_M:,.0f} ft" in lines, "as in the gauge for dropping out"
    assert f"{nav.propellant_kg / 0.45359237:.0f} lb" in lines
    assert any(line.endswith("drop out at 6,600 ft.") for line in lines)


def test_the_parachutes_box_tells_the_pressure_in_psf(models: list[HudModel]) -> None:
    """As the line of words above it does."""
    boxes = 0
    for model in models:
        deploy = model.arrival.deploy if model.arrival is not None else None
        if deploy is not None and model.assisted:
            boxes += 1
            lines = hud_lines(load_texts(units=Units.US), model)
            assert f"Q {deploy.q_pa / 47.88025898:.1f} psf" in lines
    assert boxes


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (720, 1280), (960, 540)])
@pytest.mark.slow
def test_every_us_figure_of_the_arrival_fits(
    models: list[HudModel], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """No line leaves its box or covers another, and at 1080 lines none is set below 20 px."""
    set_in, draw = {}, fonts.line

    def watched(text: str, face: fonts.Face, px: int, colour: tuple[int, int, int]) -> pygame.Surface:
        set_in[text] = px
        return draw(text, face, px, colour)

    monkeypatch.setattr(fonts, "line", watched)
    texts, surface, layout = load_texts(units=Units.US), pygame.Surface(size), layout_of(size)
    for model in models:
        written = draw_hud(surface, layout, model, texts, HudNotes("Manual", False, 1.0))
        for line in written:
            assert line.box.inflate(4, 4).contains(line.rect), f"{line.text!r} leaves its box at {size}"
        for one, other in combinations(written, 2):
            tight = [line.rect.inflate(-2, -0.4 * line.rect.height) for line in (one, other)]
            assert not tight[0].colliderect(tight[1]), f"{one.text!r} covers {other.text!r} at {size}"
    if size == (1920, 1080):
        assert {text: px for text, px in set_in.items() if px < 20} == {}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.COURSE])
def test_a_tape_shows_the_same_stretch_in_both_units(phase: Phase) -> None:
    """Marks rise, lie on the scale, are whole numbers; both ends are about the same height or speed, but under the
    parachute, where feet need not reach into space.
    """
    texts = {units: load_texts(units=units) for units in Units}
    for metric, us in zip(scales(phase, Units.METRIC), scales(phase, Units.US), strict=True):
        for scale in (metric, us):
            assert list(scale.marks) == sorted(set(scale.marks))
            assert [mark for mark in scale.marks if not scale.low <= mark <= scale.high or mark != round(mark)] == []
            shares = [scale.place(mark) for mark in scale.marks]
            assert 0.0 <= shares[0] < 0.05
            assert 0.9 < shares[-1] <= 1.0 or phase is Phase.CRUISE or scale.unit != "m/s"
            assert min(b - a for a, b in pairwise(shares)) > 0.04
        if metric.unit == us.unit:
            low, high = (texts[Units.US].figure(end, metric.unit) for end in (metric.low, metric.high))
            assert isclose(us.low, low, rel_tol=0.03, abs_tol=1e-9)
            assert isclose(us.high, high, rel_tol=0.03)
        else:
            assert (phase, metric.unit, us.unit) == (Phase.PARACHUTE, "km", "m")
            assert us.high * FOOT_M > 15_000.0


@pytest.mark.parametrize("units", Units)
def test_the_pointer_stands_at_the_mark_of_its_figure(
    units: Units, models: list[HudModel], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """A craft at 2,000 feet points at the mark of 2,000 ft, one at 2,000 m at that of 2,000 m; so do aim and band."""
    drawn: list[tuple[str, float]] = []
    monkeypatch.setattr("game.view.tapes._pointer", lambda _, __, y, ___: drawn.append(("pointer", y)))
    monkeypatch.setattr("game.view.tapes._aim_mark", lambda _, __, y: drawn.append(("aim", y)))
    foot, mph = (FOOT_M, MPH_MPS) if units is Units.US else (1.0, 1.0)
    falling = next(model for model in models if model.phase is Phase.FREE_FALL)
    model = replace(
        falling, assisted=True, height=Gauge(2000.0 * foot, aim=50.0 * foot), descent=Gauge(50.0 * mph, aim=10.0 * mph)
    )
    layout = layout_of((1920, 1080))
    pen = Pen(pygame.Surface(layout.size), layout.unit)
    draw_tapes(pen, layout, model, load_texts(units=units), cues=True)
    marks = {(line.box is layout.height, line.text): line.rect.centery for line in pen.written if line.text.isdigit()}
    wanted = [("aim", (True, "50")), ("pointer", (True, "2000")), ("aim", (False, "10")), ("pointer", (False, "50"))]
    assert [what for what, _ in drawn] == [what for what, _ in wanted]
    for (what, y), (_, mark) in zip(drawn, wanted, strict=True):
        assert y == pytest.approx(marks[mark], abs=2.0), (what, mark)


def test_curves_are_drawn_in_the_units_of_the_person() -> None:
    """Altitude in miles or, near the ground, in feet; speed in miles an hour; load and heat as they are."""
    hers = load_flown("perseverance")
    rows = [Stood(float(i), 10_000.0, 100.0, 1.0, 0.1, 9.0, 0.4, 0.0, 0.0, 50.0, 9.0) for i in range(300)]
    low = [Stood(float(i), 500.0, 100.0, 1.0, 0.1, 9.0, 0.4, 0.0, 0.0, 50.0, 9.0) for i in range(300)]
    texts, titles = load_texts(units=Units.US), []
    for stood in (rows, low):
        track = Track(stood)
        plots = [_plot_of(panel, texts, track, hers, (0.0, 300.0)) for panel in panels_for((track,))]
        titles += [plot.title for plot in plots]
        plain = [_plot_of(panel, load_texts(), track, hers, (0.0, 300.0)) for panel in panels_for((track,))]
        size = 0.001 * MILE_M if stood is rows else FOOT_M
        for plot, other, one in zip(plots, plain, (size, MPH_MPS, 1.0, 1.0), strict=True):
            assert [value * one for _, value in plot.curve] == pytest.approx([value for _, value in other.curve])
            assert [value * one for _, value in plot.points] == pytest.approx([value for _, value in other.points])
            assert all(-1e-9 <= plot.level(value) <= 1.0 for value in plot.lines)
            assert plot.level(1.0 / one) == pytest.approx(other.level(1.0)), "not the same axis"
            assert plot.lines == [round(value, 9) for value in plot.lines]
    assert [title.rpartition(", ")[2] for title in titles] == [
        "mi", "mph", "g of the earth", "W/cm2", "ft", "mph", "g of the earth", "W/cm2",
    ]  # fmt: skip


def test_the_map_has_round_marks_in_both_units() -> None:
    """Of whole km or of whole miles, the same on both sides."""
    where = ((Part.ROVER, 0.0), (Part.CRUISE_STAGE, -95_800.0), (Part.HEAT_SHIELD, 30_000.0))
    told = Debrief(
        (), (), tuple(Place(part, m) for part, m in where), 20.0, None, None, Lesson(Advice.PERFECT), "joke.landed"
    )
    texts = load_texts()
    shown = []
    for texts.units in Units:
        ticks = ground_map(told, units=texts.units).ticks
        shown.append([texts.distance(along_m, 0) for _, along_m in ticks])
        shares = [share for share, _ in ticks]
        assert shares == sorted(shares)
    assert shown == [
        ["10 km", "1 km", "100 m", "100 m", "1 km", "10 km"],
        ["10 mi", "1 mi", "300 ft", "300 ft", "1 mi", "10 mi"],
    ]


def test_a_switch_reaches_what_is_open_already() -> None:
    """The title's briefs, and what has just happened in a flight, as soon as the words of the kit are switched."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    title = TitleScene(kit)
    flight = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 0)
    flight._caption = Event(0, 0.0, EventName.MARK_CHOSEN, 0.0, 0.0, 0.0, 0.0, 0.0, figures=(("downrange_m", 300.0),))
    flight._caption_ticks = 100
    seen = []
    for kit.texts.units in (Units.METRIC, Units.US, Units.METRIC):
        surface = pygame.Surface((1280, 720))
        title.draw(surface, 0.0)
        seen.append((" ".join(line.text for line in title._written), flight._caption_words()))
    assert "Hover 21 m up on four engines." in seen[0][0]
    assert "Hover 69 ft up on four engines." in seen[1][0]
    assert METRIC_UNITS.search(seen[0][1])
    assert US_UNITS.search(seen[1][1])
    assert seen[2] == seen[0]
