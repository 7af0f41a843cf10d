"""How a person wants the picture: palettes that can be read, words in three sizes, and a picture that keeps still."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Final

import pygame
import pytest

import game.view
from game.audio.backend import NullAudio
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.content.units import Units
from game.cues.hud import hud_model
from game.cues.signs import Sign
from game.pilots.autopilot import Autopilot
from game.pilots.mixer import Hands
from game.pilots.pilot import Helm
from game.record.preferences import Pace, Palette, Preferences, TextSize
from game.scenes.brief import BriefScene
from game.scenes.controls import ControlsScene
from game.scenes.diary import DiaryScene
from game.scenes.flight import FlightScene
from game.scenes.help import HelpScene
from game.scenes.kit import Kit, use
from game.scenes.levels import LevelsScene
from game.scenes.pause import PauseScene
from game.scenes.settings import SettingsScene
from game.scenes.title import TitleScene
from game.sim.events import Reason
from game.sim.flight import Flight
from game.sim.snapshot import Nav, Outcome
from game.view import fonts, look
from game.view import palette as p
from game.view.camera import Camera, Shot
from game.view.checklist import Taught, TaughtRow, draw_taught
from game.view.hud import HudNotes, draw_hud
from game.view.layout import SCALES, layout_of
from game.view.palette import Rgb
from game.view.pen import Written
from game.view.signs import colour_of
from game.view.world import Studio
from game.view.zones import draw_zones
from tests.book.flights import NOW, made_up
from tests.view.test_pictures import _all_pages, _assert_inside, _landed

SIZES: Final = [(1920, 1080), (1024, 768), (720, 1280), (960, 540)]
# The brightest large field that a pane can stand on, and darkest space.
BEHIND: Final = (p.SKY_HORIZON, p.SPACE_TOP)

# What red-blind and green-blind people see, in linear light: Machado, Oliveira and Fernandes, "A Physiologically-based
# Model for Simulation of Color Vision Deficiency", 2009, severity 1.0.
BLIND: Final = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("window", "plain_look")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return Kit(load_texts(), Studio(), NullAudio())


def _prefer(kit: Kit, **preferences: object) -> None:
    use(kit, replace(kit.keeper.settings, preferences=replace(Preferences(), **preferences)))


def _linear(colour: Rgb) -> tuple[float, ...]:
    shares = [value / 255.0 for value in colour]
    return tuple(each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)


def _light(colour: Rgb) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG's contrast ratio, 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)), 2)
    21.0
    """
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _seen_by(blind: str, colour: Rgb) -> tuple[float, ...]:
    """Lightness and the two axes of hue (CIE L*a*b*, white D65) of what somebody so blind sees."""
    linear = _linear(colour)
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0.0), 1.0) for row in BLIND[blind]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in xyz)
    return 116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)


@pytest.mark.parametrize("palette", list(Palette))
def test_words_can_be_read_on_their_panes(palette: Palette) -> None:
    """4.5 to 1 for words and every coloured sign, 3 to 1 for what is chosen, on the pane that stands on space; words
    of the two palettes made for it also over the brightest sky, and 7 to 1 in high contrast.
    """
    scheme = p.SCHEMES[palette]
    words = (scheme.text, scheme.quiet, scheme.go, scheme.caution, scheme.stop)
    behind = BEHIND if palette is not Palette.STANDARD else BEHIND[1:]
    for picture in behind:
        pane = p.mixed(picture, scheme.panel, scheme.panel_alpha / 255.0)
        least = 7.0 if palette is Palette.HIGH_CONTRAST else 4.5
        assert all(contrast(each, pane) >= least for each in words), [contrast(each, pane) for each in words]
        assert contrast(scheme.accent, pane) >= 3.0
    assert contrast(scheme.panel, scheme.go) >= 4.5  # a lit key cap's name


@pytest.mark.parametrize("palette", [Palette.COLOUR_BLIND, Palette.HIGH_CONTRAST])
def test_signs_are_steps_of_light(palette: Palette) -> None:
    """Seen in grey, each of the three is another shade."""
    scheme = p.SCHEMES[palette]
    signs = (scheme.go, scheme.caution, scheme.stop)
    assert all(contrast(one, other) >= 1.35 for one, other in combinations(signs, 2))


@pytest.mark.parametrize("blind", list(BLIND))
def test_the_colour_blind_palette_keeps_its_signs_apart(blind: str) -> None:
    """For red-blind and green-blind people each pair is far apart, and a fifth farther than in the standard palette."""

    def nearest(palette: Palette) -> float:
        scheme = p.SCHEMES[palette]
        seen = [_seen_by(blind, each) for each in (scheme.go, scheme.caution, scheme.stop)]
        return min(
            sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 for one, other in combinations(seen, 2)
        )

    assert nearest(Palette.COLOUR_BLIND) > 30.0
    assert nearest(Palette.COLOUR_BLIND) > 1.2 * nearest(Palette.STANDARD)


def test_high_contrast_has_panes_that_nothing_shines_through() -> None:
    """Whatever a page asks for."""
    p.wear(Palette.HIGH_CONTRAST)
    surface = pygame.Surface((100, 60))
    surface.fill((255, 255, 255))
    from game.view.pen import Pen  # noqa: PLC0415

    Pen(surface, 1.0).panel(surface.get_rect(), 60)
    assert surface.get_at((50, 30))[:3] == (0, 0, 0)


@pytest.mark.slow
def test_nobody_keeps_a_colour_that_a_palette_changes() -> None:
    """No constant and no default of the drawing holds one: it would stay when another palette is worn."""
    worn = {"TEXT", "QUIET", "GO", "CAUTION", "STOP", "PANEL", "PANEL_ALPHA", "ACCENT", "ZONE_ALPHA", "BACKED"}
    wrong = []
    for path in sorted(Path(game.view.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        kept = [default for each in functions for default in (*each.args.defaults, *each.args.kw_defaults) if default]
        kept += [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
        for part in kept:
            for node in ast.walk(part):
                if isinstance(node, ast.Attribute) and node.attr in worn and ast.unparse(node.value) == "p":
                    wrong.append(f"{path.name}:{node.lineno}: keeps p.{node.attr}")
    assert not wrong, "\n".join(wrong)


def test_every_sign_and_page_wears_another_palette_at_once(kit: Kit) -> None:
    """Nothing that was drawn before is kept: signs, pause, zones and the HUD are other pictures, and the same again."""
    scene = FlightScene(kit, load_level("sky-crane"), Mode.GUIDED, 0)
    size = (480, 270)
    zone = (((0, 0, 200, 200), "ASSIST"),)

    def pictures() -> list[bytes]:
        found = []
        for draw in (
            lambda surface: scene.draw(surface, 1.0),
            lambda surface: PauseScene(kit, scene.again, scene.tempo).draw(surface, 1.0),
            lambda surface: ControlsScene(kit).draw(surface, 1.0),
            lambda surface: draw_zones(surface, zone),
        ):
            surface = pygame.Surface(size)
            draw(surface)
            found.append(pygame.image.tobytes(surface, "RGB"))
        return found

    _prefer(kit)
    plain, signs = pictures(), [colour_of(sign) for sign in Sign]
    _prefer(kit, palette=Palette.HIGH_CONTRAST)
    assert all(one != other for one, other in zip(plain, pictures(), strict=True))
    assert all(one != other for one, other in zip(signs, [colour_of(sign) for sign in Sign], strict=True))
    _prefer(kit)
    assert pictures() == plain


@cache
def _navs() -> tuple[Nav, ...]:
    """Nav at moments of a whole flight, so that every phase and most words are among them."""
    flight, helm = Flight(load_level("jezero").flight_spec(), 0), Helm(Autopilot())
    seen = []
    while not flight.over:
        if flight.tick % 900 == 0:
            seen.append(flight.nav())
        helm.hear(flight.step(helm.command(flight)))
    return tuple(seen)


def _assert_apart(written: list[Written], size: tuple[int, int], what: str) -> None:
    window = pygame.Rect((0, 0), size)
    for text in written:
        assert text.box.inflate(4, 4).contains(text.rect), f"{text.text!r} leaves its box: {what} at {size}"
        assert window.contains(text.rect), f"{text.text!r} leaves the window: {what} at {size}"
    for one, other in combinations(written, 2):
        apart = [each.rect.inflate(-2, -0.4 * each.rect.height) for each in (one, other)]
        assert not apart[0].colliderect(apart[1]), f"{one.text!r} covers {other.text!r}: {what} at {size}"


@pytest.mark.parametrize("text_size", [TextSize.LARGE, TextSize.LARGEST])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.slow
def test_larger_instruments_fit_and_leave_room_for_the_flight(size: tuple[int, int], text_size: TextSize) -> None:
    """Boxes apart and inside, words in their boxes, in both units; a quarter of the window and more for the flight."""
    look.wear(Preferences(text_size=text_size))
    layout, texts = layout_of(size), load_texts()
    boxes = layout.boxes()
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        assert not a.colliderect(b), f"{one} and {other} overlap at {size}"
    assert all(pygame.Rect((0, 0), size).contains(box) for box in boxes.values())
    left, top, right, bottom = layout.stage
    assert (right - left) * (bottom - top) > 0.25 * size[0] * size[1]
    notes = HudNotes(texts.get("mode.manual"), True, 2.0, texts.get("event.terrain_lock"))
    for index, nav in enumerate(_navs()):
        texts.units = list(Units)[index % 2]
        _assert_apart(draw_hud(pygame.Surface(size), layout, hud_model(nav), texts, notes), size, nav.phase)


@pytest.mark.slow
@pytest.mark.parametrize("size", [each if each in SIZES[1:3] else pytest.param(each, marks=pytest.mark.slow)
                                  for each in SIZES])  # fmt: skip
def test_larger_words_are_larger_and_none_is_smaller(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all that the HUD writes in a flight: half of it nearly as much larger as was asked for, nine tenths by a
    twentieth at least, in the narrow gauges of a 4:3 window too; nothing smaller, nor what is broken into two lines.
    """

    def heights(text_size: TextSize) -> dict[tuple[int, str], int]:
        look.wear(Preferences(text_size=text_size))
        return {
            (index, text): px
            for index, nav in enumerate(_navs()[::3])
            for text, px in _written_sizes(monkeypatch, nav, size).items()
        }

    plain = heights(TextSize.NORMAL)
    for text_size in (TextSize.LARGE, TextSize.LARGEST):
        larger = heights(text_size)
        for (index, words), px in plain.items():
            # In the order in which they are written, so that a line that is broken elsewhere is found again.
            lines = [text for at, text in larger if at == index]
            within = words if words in lines else " ".join(lines)
            assert words in within, words
            start, end = within.index(words), within.index(words) + len(words)
            place = 0
            for line in [words] if words in lines else lines:
                if place < end and place + len(line) > start:
                    assert larger[index, line] >= px, words
                place += len(line) + 1
        grown = sorted(larger[key] / plain[key] for key in plain if key in larger)
        assert grown[len(grown) // 2] > 0.95 * SCALES[text_size]
        assert grown[len(grown) // 10] >= 1.05


def _written_sizes(monkeypatch: pytest.MonkeyPatch, nav: Nav, size: tuple[int, int]) -> dict[str, int]:
    """How large, in pixels, each line of the HUD is written."""
    found: dict[str, int] = {}
    draw: Callable[..., pygame.Surface] = fonts.line

    def watched(text: str, face: fonts.Face, px: int, colour: Rgb) -> pygame.Surface:
        found[text] = px
        return draw(text, face, px, colour)

    with monkeypatch.context() as patched:
        patched.setattr(fonts, "line", watched)
        draw_hud(pygame.Surface(size), layout_of(size), hud_model(nav), load_texts(), HudNotes("Manual", False, 1.0))
    return found


def test_a_window_too_small_for_larger_words_keeps_its_own(kit: Kit) -> None:
    """The flight keeps its place in it, and the page of settings says so; a large one is not capped."""
    _prefer(kit, text_size=TextSize.LARGEST)
    small = layout_of((480, 360))
    assert small.capped
    assert small.unit == small.plain_unit
    assert not layout_of((1920, 1080)).capped
    for size, told in (((480, 360), True), ((1920, 1080), False)):
        scene = SettingsScene(kit)
        scene.draw(pygame.Surface(size), 0.0)
        words = load_texts().get("setting_about.text_size_capped")
        assert any(line.text in words for line in scene._written if line.text.startswith("As large")) is told


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_larger_pages_fit(kit: Kit, size: tuple[int, int]) -> None:
    """Title, pause with a word on an unplugged pad, controls, help, all flights, a brief, the diary: as large as they
    fit.
    """
    for seed in range(40):
        replay, report = made_up(9000, seed=seed, level=("jezero", "sky-crane")[seed % 2])
        lost = replace(report, outcome=Outcome.LOST, reason_code=list(Reason)[seed % len(Reason)])
        kit.book.add(replay, report if seed % 3 else lost, now=NOW)
    surface = pygame.display.set_mode(size)
    for text_size in TextSize:
        _prefer(kit, text_size=text_size)
        flight = FlightScene(kit, load_level("sky-crane"), Mode.GUIDED, 0)
        for scene in (
            PauseScene(kit, flight.again, flight.tempo, unplugged=True), ControlsScene(kit), HelpScene(kit),
            LevelsScene(kit, "jezero", Mode.GUIDED, 0), BriefScene(kit, load_level("jezero"), Mode.RAW, 0),
        ):  # fmt: skip
            scene.draw(surface, 1.0)
            written = scene.written if isinstance(scene, HelpScene | BriefScene) else scene._written
            _assert_apart(written, size, f"{type(scene).__name__} {text_size}")
        diary = DiaryScene(kit)
        diary.draw(surface, 1.0)
        assert diary.drawn is not None
        _assert_apart(diary.drawn.written, size, f"the diary {text_size}")
        title = TitleScene(kit)
        title.draw(surface, 1.0)
        assert all(surface.get_rect().contains(line.rect) for line in title._written)
    pygame.display.set_mode((64, 48))


@pytest.mark.parametrize("size", SIZES)
def test_a_result_in_larger_words_fits(size: tuple[int, int]) -> None:
    """Every page of it, landed and lost with the longest of reasons."""
    landed, texts = _landed(), load_texts()
    reason = max(Reason, key=lambda each: len(texts.raw(f"reason.{each}")) + len(texts.raw(f"real.{each}")))
    lost = replace(landed, reason_code=reason, outcome=Outcome.LOST)
    for text_size, report in product(TextSize, (landed, lost)):
        look.wear(Preferences(text_size=text_size))
        _assert_inside(_all_pages(size, texts, report, "Sky crane", texts.get("result.guided")), size)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_taught_in_larger_words_stays_in_its_corner(kit: Kit, size: tuple[int, int]) -> None:
    """A list of two controls and the longest hint: inside the box that no other box meets."""
    texts = kit.texts
    rows = tuple(TaughtRow("Left shift", texts.get(f"teach.{key}"), key == "lift") for key in ("lift", "assist"))
    hint = max((texts.raw(key) for key in texts.keys() if key.startswith("hint.")), key=len)  # noqa: SIM118
    for text_size in TextSize:
        look.wear(Preferences(text_size=text_size))
        layout = layout_of(size)
        for taught in (Taught("TRY IT", rows), Taught("", (), "HINT", hint)):
            written = draw_taught(pygame.Surface(size), layout, taught)
            assert written
            assert all(layout.taught.contains(line.rect) for line in written), (text_size, layout.taught)
            _assert_apart(written, size, f"taught {text_size}")


def _films(kit: Kit, scene: TitleScene | FlightScene, ticks: int) -> list[bytes]:
    """Two pictures, so many ticks apart."""
    found = []
    for _ in range(2):
        surface = pygame.Surface((320, 180))
        scene.draw(surface, 0.5)
        found.append(pygame.image.tobytes(surface, "RGB"))
        for _ in range(ticks):
            scene.tick()
    return found


def test_the_title_stands_still_when_motion_is_reduced(kit: Kit) -> None:
    """Half a second later it is the same to the pixel; without the setting it is not."""
    one, other = _films(kit, TitleScene(kit), 60)
    assert one != other
    _prefer(kit, reduced_motion=True)
    one, other = _films(kit, TitleScene(kit), 60)
    assert one == other


@pytest.mark.slow
def test_the_chart_gives_way_at_once_when_motion_is_reduced(kit: Kit) -> None:
    """With the first tick after the course there is no chart any more."""
    for reduced in (False, True):
        _prefer(kit, reduced_motion=reduced)
        scene = FlightScene(kit, load_level("jezero"), Mode.GUIDED, 0)
        helm = Helm(Autopilot())
        scene.cockpit._command = lambda flight, pace, helm=helm: (helm.command(flight), Hands.NONE)  # type: ignore[misc]
        while scene._truth.course is not None:
            scene.tick()
        assert (scene._chart.share == 0.0) is reduced


def test_the_camera_cuts_where_it_would_glide(kit: Kit) -> None:
    """A shot that is suddenly another one is there at once; one that moves on is followed as ever."""
    first, second = Shot(0.0, 0.0, 50.0, 50.0), Shot(200.0, 0.0, 5.0, 5.0)
    for reduced in (False, True):
        look.wear(Preferences(reduced_motion=reduced))
        camera = Camera(first)
        camera.tick(first, 1 / 120)
        camera.tick(second, 1 / 120)
        assert (camera.lens.x_m == 200.0) is reduced
        assert (camera.before == camera.lens) is reduced
        steady = Camera(first)
        for step in range(60):
            steady.tick(replace(first, x_m=0.02 * step), 1 / 120)
        assert 0.0 < steady.lens.x_m < 0.02 * 59


def test_engines_blow_no_dust_about_when_motion_is_reduced(kit: Kit) -> None:
    """Under the sky crane the air stays clear; a touchdown still stirs up some."""
    puffs = {}
    for reduced in (False, True):
        _prefer(kit, reduced_motion=reduced)
        scene = FlightScene(kit, load_level("sky-crane"), Mode.GUIDED, 0)
        for _ in range(240):
            scene.tick()
        scene.world.effects.dust.burst(0.0, 30, 2.0, 2.0)
        puffs[reduced] = len(scene.world.effects.puffs)
    assert puffs[True] == 10
    assert puffs[False] > 30


def test_looks_change_no_digit_of_a_flight(kit: Kit) -> None:
    """Any palette, any size, still or not: the digest is that of the plain look."""
    digests = set()
    for preferences in (
        {}, {"palette": Palette.HIGH_CONTRAST, "text_size": TextSize.LARGEST, "reduced_motion": True},
    ):  # fmt: skip
        _prefer(kit, **preferences)
        scene = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 6)
        for tick in range(240):
            scene.tick()
            if tick % 40 == 0:
                scene.draw(pygame.Surface((480, 360)), 0.5)
        digests.add(scene.flight.digest())
    assert len(digests) == 1


@pytest.mark.slow
def test_real_time_is_the_same_flight_at_one_second_a_second(kit: Kit) -> None:
    """The same script at both paces, from the course into the entry: never faster than true, tick by tick the same."""
    digests, longest = {}, {}
    for pace in Pace:
        _prefer(kit, pace=pace)
        scene = FlightScene(kit, load_level("jezero"), Mode.MANUAL, 2)
        helm = Helm(Autopilot())
        seen: dict[int, str] = {}
        fly = scene.cockpit.fly

        def flown(flight, rate, fly=fly, seen=seen):  # type: ignore[no-untyped-def]
            events = fly(flight, rate)
            if flight.tick % 1000 == 0:
                seen[flight.tick] = flight.digest()
            return events

        scene.cockpit.fly = flown  # type: ignore[method-assign]
        scene.cockpit._command = lambda flight, rate, helm=helm: (helm.command(flight), Hands.NONE)
        ticks, fastest = 0, 0.0
        while scene.flight.tick < 6_000:
            scene.tick()
            ticks, fastest = ticks + 1, max(fastest, scene.pace)
        digests[pace], longest[pace] = seen, (ticks, fastest)
    assert longest[Pace.REAL_TIME] == (6_000, 1.0)
    assert longest[Pace.AS_LEVEL][0] < 4_500
    for tick in (1000, 3000, 6000):
        assert digests[Pace.REAL_TIME][tick] == digests[Pace.AS_LEVEL][tick]


@pytest.mark.slow
def test_the_clock_says_that_time_is_real(kit: Kit) -> None:
    """In its panel, in the place of the pace, and not where the level decides."""
    texts, size = load_texts(), (1024, 768)
    nav = _navs()[len(_navs()) // 2]
    for real in (False, True):
        notes = HudNotes("Manual", False, 1.0, real_time=real)
        written = draw_hud(pygame.Surface(size), layout_of(size), hud_model(nav), texts, notes)
        assert (texts.get("hud.real_time") in [line.text for line in written]) is real
