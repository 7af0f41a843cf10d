"""Every event has its beat, every loss its end: seen in the picture, within limits, without a trace in the sim."""

from __future__ import annotations

import pygame
import pytest

from game.pilots.autopilot import Autopilot
from game.record.preferences import Preferences
from game.sim.events import EventName, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part
from game.view import debris, look, particles
from game.view.effects import Effects
from game.view.endings import WAYS, Endings
from game.view.endings import Way as End
from game.view.layout import layout_of
from game.view.plumes import RIPPLE_S, lit
from game.view.world import Studio
from tests.scenario.world import world
from tests.view.films import LOSSES, NAMES, Frame, Way, film
from tests.view.flashes import FlashMeter

SIZE = (480, 270)
# What has no hit of its own: plans, instruments, and what the picture shows by itself.
WITHOUT_A_BEAT = {
    EventName.COURSE_SET, EventName.ENTRY_INTERFACE, EventName.GUIDANCE_START, EventName.PEAK_HEATING,
    EventName.PEAK_DECELERATION, EventName.STRAIGHTEN_UP, EventName.RADAR_LOCK, EventName.TERRAIN_LOCK,
    EventName.MARK_CHOSEN, EventName.WHEELS_READY, EventName.LANDED, EventName.COMPLETED,
}  # fmt: skip
ON_THE_GROUND = {EventName.TOUCHDOWN, EventName.PART_DOWN, EventName.STAGE_IMPACT, EventName.LOST}
WHOLE = Way(lambda: world("jezero"), None, Autopilot)


pytestmark = pytest.mark.usefixtures("window", "plain_look")


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


def drawn(frame: Frame, size: tuple[int, int] = SIZE, alpha: float = 1.0) -> pygame.Surface:
    surface = pygame.Surface(size)
    frame.world.draw(surface, layout_of(size), alpha, (), NAMES)
    return surface


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def until_lost(way: Way, studio: Studio, later_ticks: int) -> Frame:
    """The tick of the window so long after the loss."""
    since = None
    for frame in film(way, studio):
        if any(event.name is EventName.LOST for event in frame.events):
            since = 0
        if since is not None:
            if since == later_ticks:
                return frame
            since += 1
    raise AssertionError("it was not lost, or not for so long")


def test_every_event_has_a_beat_or_needs_none() -> None:
    """Nothing that happens is forgotten: an event is played near the craft, on the ground, or named as silent."""
    flight = Flight(world("sky-crane"), 0)
    effects = Effects(flight.spec.vehicle, flight.terrain)
    played = set(effects.beats.beats)
    assert played | ON_THE_GROUND | WITHOUT_A_BEAT == set(EventName)
    assert not played & (ON_THE_GROUND | WITHOUT_A_BEAT)


def test_every_reason_has_an_end_of_a_kind() -> None:
    """A dozen kinds; only what is no accident is quiet."""
    assert set(WAYS) == set(Reason)
    assert set(WAYS.values()) == set(End)
    quiet = {reason for reason, way in WAYS.items() if way is End.QUIET}
    assert quiet == {Reason.LANDED, Reason.COMPLETED, Reason.GOAL_MISSED, Reason.OUT_OF_TIME}


# High up, under the canopy, on the ground and after it in every run, the others with the slow tests.
FIRST = {
    Reason.BURNED_THROUGH, Reason.PARACHUTE_TORN, Reason.HIT_THE_GROUND, Reason.STAGE_ON_ROVER,
}  # fmt: skip
EACH = [
    pytest.param(reason, marks=() if reason in FIRST else (pytest.mark.slow,)) for reason in LOSSES
]  # fmt: skip


@pytest.mark.parametrize("reason", EACH)
def test_every_loss_shows_its_end(reason: Reason, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second after it the picture is not the one that it would be if nobody had told of the loss."""
    way = LOSSES[reason]
    told = until_lost(way, studio, 60)
    assert told.flight.reason is reason
    shown = pixels(drawn(told))
    for part in ("lose", "crash"):
        monkeypatch.setattr(Endings, part, lambda *_: None)
    silent = pixels(drawn(until_lost(way, studio, 60)))
    changed = sum(
        one != other for one, other in zip(memoryview(shown)[::3], memoryview(silent)[::3], strict=True)
    )  # fmt: skip
    assert changed > 0.0004 * SIZE[0] * SIZE[1], reason


def _assert_calm(meter: FlashMeter) -> None:
    """WCAG 2.3.1 allows three flashes, pairs of opposing changes, in any second, and more only where they are small."""
    assert meter.worst() < 6
    assert meter.widest(4) < 0.10


@pytest.mark.parametrize("reason", EACH)
def test_no_loss_flashes(reason: Reason, studio: Studio) -> None:
    """Nowhere three flashes, which are six opposing changes, in a second; and no tenth of the picture has four."""
    meter, since = FlashMeter(), None
    for tick, frame in enumerate(film(LOSSES[reason], studio)):
        if any(event.name is EventName.LOST for event in frame.events):
            since = tick
        if (since is not None or frame.flight.tick % 24 == 0) and tick % 2 == 0:
            meter.see(drawn(frame), tick / 120)
    assert since is not None
    _assert_calm(meter)


@pytest.mark.slow
def test_no_moment_of_a_whole_flight_flashes(studio: Studio) -> None:
    """From the cruise stage to the plume on the horizon, sixty pictures a second."""
    meter = FlashMeter()
    for tick, frame in enumerate(film(WHOLE, studio)):
        if tick % 2 == 0 and frame.flight.phase is not Phase.COURSE:
            meter.see(drawn(frame), tick / 120)
    _assert_calm(meter)


def test_the_meter_counts_what_flashes() -> None:
    """A light that goes on and off five times a second is ten opposing changes; a slow dusk is one."""
    flashing, dusk = FlashMeter(), FlashMeter()
    surface = pygame.Surface((64, 36))
    for frame in range(120):
        surface.fill((60, 60, 60))
        if frame // 6 % 2:
            surface.fill((230, 230, 230), (0, 0, 8, 8))
        flashing.see(surface, frame / 60)
        level = 255 - 2 * frame
        surface.fill((level, level, level))
        dusk.see(surface, frame / 60)
    assert flashing.worst() >= 9
    assert 0.0 < flashing.widest(9) < 0.1
    assert dusk.worst() <= 3
    assert flashing.widest(1) < dusk.widest(1) == 1.0


@pytest.mark.slow
@pytest.mark.parametrize("reason", [Reason.BURNED_THROUGH, Reason.HIT_THE_GROUND, Reason.DRAGGED])
def test_a_loss_drawn_twice_is_the_same_and_changes_no_digit(reason: Reason, studio: Studio) -> None:
    """Every third picture drawn, twice and to the same pixel: the flight ends in the digest of one that nobody saw."""
    digests = set()
    for watched in (False, True):
        since = None
        for tick, frame in enumerate(film(LOSSES[reason], studio)):
            if any(event.name is EventName.LOST for event in frame.events):
                since = tick
            if watched and since is not None and (tick - since) % 40 == 9:
                first = pixels(drawn(frame, alpha=0.5))
                assert pixels(drawn(frame, alpha=0.5)) == first
        digests.add(frame.flight.digest())
    assert len(digests) == 1


def test_a_hard_impact_shakes_the_picture_and_soon_stops() -> None:
    """By several pixels at once, never by more than the limit, and no more 0.6 s later."""
    moved, since = [], None
    for tick, frame in enumerate(film(LOSSES[Reason.HIT_THE_GROUND], Studio())):
        if any(event.name is EventName.LOST for event in frame.events):
            since = tick
        if since is not None:
            across, down = frame.world.effects.stock.jolt.offset_px(1080)
            moved.append(max(abs(across), abs(down)))
    assert 4 <= max(moved[:30]) <= 11
    assert moved[72:] == [0] * len(moved[72:])


def test_with_reduced_motion_a_loss_is_told_without_shaking_or_flashes(studio: Studio) -> None:
    """The dust of an impact is a third, nothing shines, nothing shakes; and still its end is seen."""
    seen = {}
    for reduced in (False, True):
        look.wear(Preferences(reduced_motion=reduced))
        most, lights, shakes = 0, 0, 0
        for frame in film(LOSSES[Reason.HIT_THE_GROUND], studio):
            stock = frame.world.effects.stock
            most = max(most, len(stock.puffs))
            lights += len(stock.flares) + len(stock.flares_aloft)
            shakes += stock.jolt.offset_px(1080) != (0, 0)
        seen[reduced] = (most, lights, shakes)
    assert seen[False][1] > 0
    assert seen[False][2] > 0
    assert seen[True][1:] == (0, 0)
    assert 8 < seen[True][0] < 0.5 * seen[False][0]


def test_a_wheel_that_comes_down_squeezes_dust_out(studio: Studio) -> None:
    """A few puffs to both sides of each wheel, in the tick in which it touches, and none where none does."""
    before: tuple[bool, ...] = (False, False, False)
    touched = set()
    for frame in film(Way(lambda: world("sky-crane"), level="sky-crane"), studio):
        truth, stock = frame.flight.snapshot(), frame.world.effects.stock
        rover = truth.parts[Part.ROVER]
        fresh = [puff for puff in stock.puffs.all() if puff.born_s == stock.now_s and puff.drag_s == 2.2]
        for index, wheel_x in enumerate(frame.flight.spec.vehicle.rover.wheel_x_m):
            near = [puff for puff in fresh if abs(puff.x_m - rover.x_m - wheel_x) < 0.5]
            if truth.wheel_contacts[index] and not before[index]:
                touched.add(index)
                assert {puff.vx_mps > 0.0 for puff in near} == {True, False}
        assert not fresh or any(now and not then for now, then in zip(truth.wheel_contacts, before, strict=True))
        before = truth.wheel_contacts
        if touched == {0, 1, 2}:
            return
    raise AssertionError("not every wheel came down")


def test_what_flies_about_has_a_budget(studio: Studio) -> None:
    """At the worst moment of the hardest impact there are no more puffs and shards than may be."""
    most = [0, 0]
    for frame in film(LOSSES[Reason.HIT_THE_GROUND], studio):
        stock = frame.world.effects.stock
        most = [max(most[0], len(stock.puffs)), max(most[1], len(stock.debris))]
    assert 30 < most[0] <= particles.BUDGET
    assert 30 < most[1] <= debris.BUDGET


@pytest.mark.slow
def test_who_leaves_mars_grows_small(studio: Studio) -> None:
    """Skipped out, the craft shrinks to less than a fifth along the limb; its place stays in the window."""
    sizes = []
    layout = layout_of(SIZE)
    for frame in film(LOSSES[Reason.SKIPPED_OUT], studio):
        if frame.flight.outcome is Outcome.LOST:
            view, now = frame.world.viewport(layout, 1.0), frame.world.moment(1.0)
            close = frame.world.effects.close(view, frame.world.close_px_per_m(layout, 1.0), now, 1.0)
            x, y = close.screen(now.stage.x_m, now.stage.y_m)
            assert 0.0 < x < SIZE[0]
            assert 0.0 < y < SIZE[1]
            sizes.append(close.px_per_m)
    assert sizes[-1] < 0.2 * sizes[0]


def test_engines_light_one_after_the_other() -> None:
    """A ripple: at first one burns, then two, and soon all, longer for a moment than they will be."""
    burning = [sum(lit(0.5, index, t_s) is not None for index in range(4)) for t_s in (0.01, 1.1 * RIPPLE_S, 1.0)]
    assert burning == [1, 2, 4]
    assert max(lit(0.3, 0, 0.01 * i) or 0.0 for i in range(40)) > 0.5
    assert lit(0.3, 3, 2.0) == 0.3


def test_dust_thickens_as_the_sky_crane_comes_down(studio: Studio) -> None:
    """Little at first, much at the end; and blown away from the craft to both sides."""
    thick: dict[int, int] = {}
    spread: list[float] = []
    for frame in film(Way(lambda: world("sky-crane"), level="sky-crane"), studio):
        truth, puffs = frame.world.moment(1.0).truth, frame.world.effects.puffs
        if truth.phase in (Phase.POWERED, Phase.SKY_CRANE):
            thick[round(truth.height_m / 5.0)] = len(puffs)
        if truth.phase is Phase.TOUCHDOWN:
            now_s, rover = frame.world.effects.stock.now_s, truth.parts[Part.ROVER]
            spread = [puff.place(now_s)[0] - rover.x_m for puff in puffs.all()]
            break
    low, *_, high = (thick[height] for height in sorted(thick))
    assert low > 60
    assert low > 2 * high
    assert min(spread) < -5.0
    assert max(spread) > 5.0


def test_a_stage_that_comes_down_far_away_is_seen_on_the_horizon(studio: Studio) -> None:
    """A plume rises on its side of the picture, and glows at first."""
    before = after = None
    for frame in film(Way(lambda: world("sky-crane"), level="sky-crane"), studio):
        if any(event.name is EventName.STAGE_IMPACT for event in frame.events):
            before = drawn(frame)
        after = frame
    assert before is not None
    assert after is not None
    effects = after.world.effects
    canvases = []
    for plume in (True, False):
        canvas = pygame.Surface(SIZE)
        canvas.fill((120, 90, 70))
        if plume:
            effects.draw_far(canvas, layout_of(SIZE).stage, 150.0, 1.0)
        canvases.append(canvas)
    changed = pygame.mask.from_threshold(canvases[0], (120, 90, 70), (4, 4, 4, 255))
    changed.invert()
    box = changed.get_bounding_rects()
    truth = after.world.moment(1.0).truth
    ahead = truth.parts[Part.DESCENT_STAGE].x_m > truth.parts[Part.ROVER].x_m
    assert changed.count() > 150
    assert all((rect.centerx > SIZE[0] // 2) is ahead for rect in box if rect.width * rect.height > 20)


@pytest.mark.slow
def test_what_is_lost_high_up_stays_in_the_picture(studio: Studio) -> None:
    """A second after the backshell has struck it, a kilometre up, the craft is still where people look."""
    told = until_lost(LOSSES[Reason.STRUCK_BY_BACKSHELL], studio, 120)
    layout = layout_of(SIZE)
    view, stage = told.world.viewport(layout, 1.0), told.flight.snapshot().parts[Part.DESCENT_STAGE]
    x, y = view.screen(stage.x_m, stage.y_m)
    left, top, right, bottom = layout.stage
    assert left < x < right
    assert top < y < bottom
