"""The HUD as kept panes: what is shown is what would be drawn anew, it is redrawn when it changes, and it fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pygame
import pytest

from game.audio.backend import NullAudio
from game.content.flown import load_flown
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.content.units import Units
from game.cues.beside import beside_of
from game.cues.hud import HudModel, hud_model
from game.cues.outlook import outlook
from game.cues.signs import OF_AXES, Gauge, Sign
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.preferences import Palette, Preferences, TextSize
from game.scenes.flight import FlightScene
from game.scenes.instruments import LOOK_TICKS
from game.scenes.kit import Kit
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Outcome
from game.view import look
from game.view import palette as p
from game.view.checklist import Taught, TaughtRow
from game.view.gauges import draw_cell, readings
from game.view.hud import Hud, HudNotes, Shown, draw_hud
from game.view.layout import layout_of
from game.view.markers import Tags
from game.view.pen import Pen, Written
from game.view.readings import Reading
from game.view.strips import MarkStrip, mark_strip
from game.view.tapes import tapes_of
from game.view.world import Studio
from tests.tiers import some

SIZES = [(960, 540), (1280, 720), (1920, 1080), (3840, 2160), (1024, 768), (720, 1280), (1080, 1920)]


pytestmark = pytest.mark.usefixtures("window", "plain_look")


@cache
def _models() -> tuple[HudModel, ...]:
    """Of a whole nominal flight, every fourth second, with what is foretold and the flown flight beside it."""
    beside = beside_of(load_flown("perseverance"))
    flight, helm = Flight(load_level("jezero").flight_spec(), 0), Helm(Autopilot())
    found = []
    while not flight.over:
        if flight.tick % 480 == 0:
            nav = flight.nav()
            found.append(hud_model(nav, outlook(nav, guided=True), beside))
        helm.hear(flight.step(helm.command(flight)))
    return tuple(found)


def _notes() -> HudNotes:
    rows = (TaughtRow("Space", "the next step", True), TaughtRow("Left, Right", "move the lift: it stays", False))
    trail = tuple((3.5 - 0.06 * i, 1200.0 - 30.0 * i) for i in range(25))
    return HudNotes(
        "One button", False, 10.0, load_texts().get("event.guidance_start", g=0.2), trail, "Left shift",
        taught=Taught("Try it", rows),
    )  # fmt: skip


def _bytes(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def _picture(hud: Hud, shown: Shown, size: tuple[int, int], share: float = 1.0) -> bytes:
    surface = pygame.Surface(size)
    surface.fill(p.SKY_MIDDLE)
    texts = _TEXTS
    hud.draw(surface, layout_of(size), shown, texts, _NOTES, share)
    return _bytes(surface)


_TEXTS = load_texts()
_NOTES = HudNotes("Manual", False, 2.0)


def test_what_is_kept_is_what_would_be_drawn_anew() -> None:
    """To the pixel, through a whole flight, and through other colours, sizes of words and units on the way."""
    kept, size = Hud(), (960, 540)
    worn = [Preferences(), Preferences(palette=Palette.HIGH_CONTRAST), Preferences(text_size=TextSize.LARGE)]
    pictures = []
    for index, model in enumerate(_models()[::3]):
        look.wear(worn[index // 5 % 3])
        _TEXTS.units = list(Units)[index // 4 % 2]
        pictures.append(_picture(kept, Shown(model), size))
        assert pictures[-1] == _picture(Hud(), Shown(model), size), index
        assert pictures[-1] == _picture(kept, Shown(model), size), index
    _TEXTS.units = Units.METRIC
    assert len(set(pictures)) == len(pictures)


def test_a_palette_changes_the_panes_of_the_same_moment() -> None:
    """Also a pane with nothing on it but its sign and its colour: everything is drawn in the new ones at once."""
    hud, model, size = Hud(), _models()[len(_models()) // 2], (960, 540)
    found = []
    for palette in (Palette.STANDARD, Palette.HIGH_CONTRAST, Palette.COLOUR_BLIND, Palette.STANDARD):
        look.wear(Preferences(palette=palette))
        found.append(_picture(hud, Shown(model), size))
    assert len(set(found)) == 3
    assert found[0] == found[3]


def test_a_kept_pane_looks_as_if_drawn_on_the_picture() -> None:
    """Nothing on it is brighter than its brightest colour, as where an edge carries a wrong alpha; in all it is what
    the same strokes would be on the picture itself.
    """
    model, size, texts = _models()[-20], (1280, 720), load_texts()
    layout = layout_of(size)
    kept, direct = pygame.Surface(size), pygame.Surface(size)
    for surface in (kept, direct):
        surface.fill(p.SKY_MIDDLE)
    draw_hud(kept, layout, model, texts, _NOTES)
    for box, reading in zip(layout.cells, readings(model, texts), strict=True):
        draw_cell(Pen(direct, layout.unit), box, reading)
        one, other = (pygame.surfarray.array3d(each.subsurface(box)).astype(int) for each in (kept, direct))
        assert (one.max(axis=(0, 1)) <= other.max(axis=(0, 1)) + 2).all()
        assert abs(one - other).mean() < 2.5
        assert (abs(one - other).max(axis=2) > 100).mean() < 0.006  # smooth edges of another kind


def test_only_what_changes_is_drawn_anew() -> None:
    """Twice the same look: nothing. Some metres lower: the tape and its gauges, not what stands as it was."""
    hud, size = Hud(), (1280, 720)
    models = [model for model in _models() if model.phase is Phase.PARACHUTE]
    _picture(hud, Shown(models[-2]), size)
    first = hud.redrawn
    _picture(hud, Shown(models[-2]), size)
    assert hud.redrawn == first
    _picture(hud, Shown(models[-1]), size)
    assert 0 < hud.redrawn - first < first - 3


def test_the_instruments_are_looked_at_twelve_times_a_second() -> None:
    """By the scene's ticks, however many pictures are drawn; drawing between two looks redraws no pane."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 0)
    looks, surface = [], pygame.Surface((480, 270))
    for tick in range(240):
        scene.tick()
        looks.append(scene._instruments.now.model)
        if tick % 40 == 0:
            scene.draw(surface, 0.0)
            before = scene._instruments._hud.redrawn
            picture = _bytes(surface)
            scene.draw(surface, 0.0)
            assert _bytes(surface) == picture
            scene.draw(surface, 0.9)
            assert scene._instruments._hud.redrawn == before
    changes = sum(one is not other for one, other in pairwise(looks))
    assert changes == pytest.approx(240 / LOOK_TICKS, abs=2)


def test_no_picture_waits_for_the_whole_hud(monkeypatch: pytest.MonkeyPatch) -> None:
    """Head, gauges and line are each written in a picture of their own, sixty of them a second."""
    scene = FlightScene(Kit(load_texts(), Studio(), NullAudio()), load_level("powered-descent"), Mode.GUIDED, 0)
    surface, written = pygame.Surface((480, 270)), Counter[str]()
    parts = ("_write_head", "_write_gauges", "_write_line")
    for name in parts:
        write = getattr(Hud, name)

        def noted(*what: object, _write: Callable[..., None] = write, _name: str = name, **how: object) -> None:
            written[_name] += 1
            _write(*what, **how)

        monkeypatch.setattr(Hud, name, noted)
    scene.draw(surface, 0.0)
    assert written.total() == 3
    together = Counter[str]()
    for _ in range(120):
        phase = scene.flight.phase
        scene.tick()
        scene.tick()
        written.clear()
        scene.draw(surface, 0.0)
        if scene.flight.phase is phase:  # with another phase all of it is another
            assert written.total() <= 1
        together += written
    assert all(together[name] >= 20 for name in parts)


def test_who_steps_sees_this_very_moment() -> None:
    """In single steps the instruments are those of the tick at which the flight stands, and its pointers stand."""
    scene = FlightScene(Kit(load_texts(), Studio(), NullAudio()), load_level("powered-descent"), Mode.MANUAL, 0)
    for _ in range(9):
        scene.tick()
    for _ in range(3):
        scene.tempo.step()
        scene.tick()
        assert scene._instruments.now.nav.tick == scene.flight.tick
        assert scene._instruments.share(0.1) == scene._instruments.share(0.9) == 1.0


def test_heat_near_its_limit_shows_it() -> None:
    """Beside the figure, in the place of the surface's temperature."""
    model = next(each for each in _models() if each.phase is Phase.ENTRY)
    assert model.arrival is not None
    for sign, words in ((Sign.GO, "\N{DEGREE SIGN}C"), (Sign.CAUTION, "LIMIT 75 W/cm2")):
        heat = Gauge(70.0, high=75.0, sign=sign)
        hot = replace(model, arrival=replace(model.arrival, heat=heat, back_heat=Gauge(0.1, high=9.0, sign=Sign.GO)))
        assert readings(hot, _TEXTS)[0].note.endswith(words)


def test_pointers_move_between_two_looks() -> None:
    """From where they were to where they are, in proportion; from another phase they jump."""
    models = [model for model in _models() if model.phase is Phase.PARACHUTE]
    layout = layout_of((1280, 720))
    before, now = (tapes_of(layout, model, _TEXTS, cues=True)[0].points for model in models[3:5])
    assert now.value < before.value
    middle = before.between(now, 0.25)
    assert middle.value == pytest.approx(0.75 * before.value + 0.25 * now.value)
    assert before.between(now, 1.0) is now
    pictures = {_picture(Hud(), Shown(models[4], models[3]), (1280, 720), share) for share in (0.0, 0.5, 1.0)}
    assert len(pictures) == 3
    other = next(model for model in _models() if model.phase is Phase.ENTRY)
    assert _picture(Hud(), Shown(models[4], other), (1280, 720), 0.0) == _picture(Hud(), Shown(models[4]), (1280, 720))


def _assert_apart(written: list[Written], size: tuple[int, int], what: str) -> None:
    window = pygame.Rect((0, 0), size)
    for text in written:
        assert text.box.inflate(4, 4).contains(text.rect), f"{text.text!r} leaves its box: {what} at {size}"
        assert window.contains(text.rect), f"{text.text!r} leaves the window: {what} at {size}"
    for one, other in combinations(written, 2):
        apart = [each.rect.inflate(-2, -0.4 * each.rect.height) for each in (one, other)]
        assert not apart[0].colliderect(apart[1]), f"{one.text!r} covers {other.text!r}: {what} at {size}"


@pytest.mark.parametrize("text_size", some((TextSize.NORMAL, TextSize.LARGE, TextSize.LARGEST)))
@pytest.mark.parametrize("size", some(SIZES, 3))
def test_every_word_of_the_flight_has_its_place(size: tuple[int, int], text_size: TextSize) -> None:
    """With what is taught, the flown flight, strips and dial: in every size of window and of words, in both units."""
    look.wear(Preferences(text_size=text_size))
    layout, hud, notes, texts = layout_of(size), Hud(), _notes(), load_texts()
    boxes = layout.boxes()
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        assert not a.colliderect(b), f"{one} and {other} overlap at {size}"
    surface = pygame.Surface(size)
    for index, model in enumerate(_models()[::2]):
        texts.units = list(Units)[index % 2]
        _assert_apart(hud.draw(surface, layout, Shown(model), texts, notes), size, model.phase)


@pytest.mark.parametrize("size", SIZES)
def test_no_stroke_leaves_its_pane(size: tuple[int, int]) -> None:
    """What a gauge draws, dial and strip with it, ends inside its box: painted without a clip, nothing is outside."""
    layout, texts = layout_of(size), load_texts()
    box = layout.cells[0]
    for model in _models()[::5]:
        for reading in readings(model, texts):
            surface = pygame.Surface(box.inflate(60, 60).size)
            place = pygame.Rect(30, 30, *box.size)
            surface.fill((1, 2, 3))
            draw_cell(Pen(surface, layout.unit), place, reading)
            surface.fill((1, 2, 3), place.inflate(2, 2))
            mask = pygame.mask.from_threshold(surface, (1, 2, 3), (1, 1, 1, 255))
            assert mask.count() == surface.get_width() * surface.get_height(), (model.phase, reading.label)


def test_the_hud_is_drawn_at_the_windows_own_size() -> None:
    """On a 4K screen words are twice as large in pixels as on 1080 lines: not a small picture made larger."""
    model = _models()[40]
    small, large = (
        {line.text: line.rect for line in draw_hud(pygame.Surface(size), layout_of(size), model, _TEXTS, _NOTES)}
        for size in ((1920, 1080), (3840, 2160))
    )
    assert small.keys() == large.keys()
    for text, rect in small.items():
        assert large[text].height == pytest.approx(2 * rect.height, abs=3), text


def test_a_number_that_grows_keeps_its_last_digit_where_it_is() -> None:
    """From 0.5 to 99.5 m/s the unit behind the figure does not move."""
    size, ends = (1920, 1080), set()
    box = layout_of(size).cells[0]
    for value in (0.5, 5.0, 9.9, 10.0, 50.0, 99.5):
        pen = Pen(pygame.Surface(size), 1.0)
        reading = Reading("ALONG", _TEXTS.quantity(value, "m/s", 1), "", value, (-100.0, 100.0), 0.0, None, Sign.GO)
        draw_cell(pen, box, reading)
        ends.add(next(line.rect.right for line in pen.written if line.text.endswith("m/s")))
    assert len(ends) == 1


def test_the_marks_stand_on_their_strip_in_their_order() -> None:
    """Up-track to the left, each with its own sign, the chosen one among them, as soon as they are offered."""
    seen = 0
    for model in _models():
        strip = mark_strip(model)
        assert (strip is None) is (len(model.marks) < 2)
        if strip is None:
            continue
        seen += 1
        shares = [spot.share for spot in strip.spots]
        assert shares == sorted(shares)
        assert min(shares) > 0.0
        assert max(shares) < 1.0
        assert sum(spot.chosen for spot in strip.spots) == 1
        chosen = next(spot for spot in strip.spots if spot.chosen)
        cue = next(mark for mark in model.marks if mark.chosen)
        assert chosen.sign is cue.sign
        assert (strip.craft < chosen.share) is (cue.away_m > 0.0) or abs(cue.away_m) < 0.5
    assert seen > 5
    told = {type(reading.strip) for model in _models() for reading in readings(model, _TEXTS)}
    assert MarkStrip in told


def test_the_last_burn_is_told_in_words_and_by_its_bar() -> None:
    """Seconds before full thrust is due its tape says so; when it is, it says what to do, as a danger."""
    model = next(each for each in _models() if each.phase is Phase.POWERED and each.burn is not None)
    layout = layout_of((1920, 1080))
    assert model.burn is not None
    for margin_s, sign, words in ((4.0, Sign.CAUTION, "BURN IN 4 s"), (-1.0, Sign.STOP, "FULL THRUST")):
        burn = replace(model.burn, margin_s=margin_s, margin_m=80.0 * margin_s, height_m=500.0, sign=sign)
        told = replace(model, burn=burn, height=Gauge(800.0, aim=21.0))
        tape = tapes_of(layout, told, _TEXTS, cues=True)[0]
        assert (tape.note, tape.note_sign) == (words, sign)
        assert tape.points.burn is not None
        assert 0.0 < tape.points.burn < tape.points.value


def test_names_of_parts_keep_clear_of_the_panes_in_the_stage() -> None:
    """A tag that would come under the parachute's chart or the list of controls stands elsewhere, or not at all."""
    for size in SIZES:
        layout = layout_of(size)
        for pane in (layout.chart, layout.taught):
            for at in ((pane.left - 20, pane.centery), pane.center, (pane.right + 20, pane.bottom)):
                surface = pygame.Surface(size)
                Tags(layout).tag(surface, at, "FIRST PAIR OF BALANCE MASSES", 6.0, 1.0)
                inside = surface.subsurface(pane.clip(surface.get_rect()).inflate(-40, -40))
                assert not inside.get_bounding_rect().width or _dark(inside), (size, at)


def _dark(surface: pygame.Surface) -> bool:
    mask = pygame.mask.from_threshold(surface, (0, 0, 0), (2, 2, 2, 255))
    return mask.count() == surface.get_width() * surface.get_height()


def test_what_the_autopilot_does_is_no_order() -> None:
    """Where the axes are its own, what asks for an axis is told as its doing; a moment is still the person's."""
    texts = load_texts()
    falling = next(model for model in _models() if model.say.cue in OF_AXES)
    moment = next(model for model in _models() if model.window.by_action and model.say.cue not in OF_AXES)
    for model, marked in ((falling, True), (moment, False)):
        words = texts.get(f"cue.{model.say.cue}", **dict(model.say.figures))
        for by_autopilot in (False, True):
            notes = replace(_NOTES, by_autopilot=by_autopilot)
            size = (1920, 1080)
            written = " ".join(
                line.text for line in draw_hud(pygame.Surface(size), layout_of(size), model, texts, notes)
            )
            assert words in written
            assert (texts.get("hud.autopilot", words=words) in written) is (marked and by_autopilot)


@pytest.mark.slow
def test_a_lost_flight_keeps_what_its_instruments_said_last() -> None:
    """There is no signal any more: nothing of the sky crane on the HUD of a craft that burned in the air."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("heat-shield"), Mode.MANUAL, 0)
    last = scene._instruments.now
    while not scene.flight.over:
        last = scene._instruments.now
        scene.tick()
    scene.tick()
    assert scene.flight.outcome is Outcome.LOST
    assert scene._instruments.now.model.phase is last.model.phase is not Phase.OVER
