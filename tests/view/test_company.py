"""A ghost and what earlier flights left, as they are drawn: faint, in their place, and for the picture alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pygame
import pytest

from game.content.levels import load_level
from game.record.ghost import GhostLog, GhostNote, GhostTrack
from game.record.landings import EarlierLanding, Fate
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part, Truth
from game.view.camera import Viewport
from game.view.earlier import MOST, EarlierView, Hers
from game.view.ghost import GhostView
from game.view.layout import layout_of
from game.view.markers import Tags
from game.view.moment import Moment, blended
from game.view.silhouette import COARSE_M, outlines_of, stowed_rover

SIZE = (960, 540)
LEVEL = load_level("sky-crane")
SINCE = datetime(2021, 2, 18, tzinfo=UTC)


@pytest.fixture
def surface() -> Iterator[pygame.Surface]:
    pygame.display.init()
    pygame.font.init()
    made = pygame.display.set_mode(SIZE)
    made.fill((170, 110, 70))
    yield made
    pygame.display.quit()


@pytest.fixture(scope="module")
def truth() -> Truth:
    """Twenty metres up, on four engines."""
    return Flight(LEVEL.flight_spec(), 0).snapshot()


@pytest.fixture(scope="module")
def now(truth: Truth) -> Moment:
    return blended(truth, truth, 1.0)


def _view(truth: Truth, px_per_m: float = 24.0) -> Viewport:
    stage = truth.parts[Part.DESCENT_STAGE]
    return Viewport(stage.x_m, stage.y_m - 8.0, px_per_m, *SIZE)


def _track(truth: Truth, off_m: Sequence[tuple[float, float]], note: GhostNote | None = None) -> GhostTrack:
    """A ghost that stands so far off, a row a second."""
    log = GhostLog()
    for second, (x_m, y_m) in enumerate(off_m):
        places = {
            part: (truth.parts[part].x_m + x_m, truth.parts[part].y_m + y_m, 0.0)
            for part in (Part.DESCENT_STAGE, Part.ROVER)
        }
        log.add(truth.t_s + second, Phase.SKY_CRANE, places, hanging=False)
    return log.track(note or GhostNote(Outcome.LANDED))


def _ghost(track: GhostTrack | None, *, told: bool = True) -> GhostView:
    view = GhostView(LEVEL.vehicle, lambda along_m, up_m: "Ghost", told=told)
    view.track = track
    return view


def _changed(before: bytes, surface: pygame.Surface) -> list[tuple[int, int]]:
    """Which pixels are others."""
    now = pygame.image.tobytes(surface, "RGB")
    wide = surface.get_width()
    return [(i % wide, i // wide) for i in range(len(now) // 3) if now[3 * i : 3 * i + 3] != before[3 * i : 3 * i + 3]]


def _drawn(surface: pygame.Surface, ghost: GhostView, view: Viewport, now: Moment) -> list[tuple[int, int]]:
    before = pygame.image.tobytes(surface, "RGB")
    ghost.draw(surface, view, view.px_per_m, now)
    return _changed(before, surface)


def test_a_ghost_is_drawn_where_it_was(surface: pygame.Surface, truth: Truth, now: Moment) -> None:
    """Eight metres ahead: its outline there, and nothing anywhere else; a little light, not a second craft."""
    view = _view(truth)
    ghost = _ghost(_track(truth, [(8.0, 0.0), (8.0, 0.0)]))
    places = _drawn(surface, ghost, view, now)
    x, y = view.screen(truth.parts[Part.DESCENT_STAGE].x_m + 8.0, truth.parts[Part.DESCENT_STAGE].y_m)
    assert len(places) > 500
    assert all(abs(place[0] - x) < 60 and -60 < place[1] - y < 90 for place in places)
    inside = surface.get_at((round(x), round(y)))
    assert 5 < inside.r - 170 < 60
    assert 5 < inside.g - 110 < 60


def test_drawing_twice_changes_nothing(surface: pygame.Surface, truth: Truth, now: Moment) -> None:
    """A picture depends on its moment alone."""
    ghost = _ghost(_track(truth, [(8.0, 3.0), (9.0, 3.0)]))
    pictures = []
    for _ in range(2):
        surface.fill((170, 110, 70))
        ghost.draw(surface, _view(truth), 24.0, now)
        ghost.write(surface, layout_of(SIZE), _view(truth), 24.0, now, Tags(layout_of(SIZE)))
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]


def test_a_ghost_that_is_where_we_are_is_not_seen(surface: pygame.Surface, truth: Truth, now: Moment) -> None:
    """It never hides the craft, and never looks like a part of it."""
    assert not _drawn(surface, _ghost(_track(truth, [(0.4, 0.2), (0.4, 0.2)])), _view(truth), now)


def test_without_a_track_before_its_time_and_after_the_flight_nothing_is_drawn(
    surface: pygame.Surface, truth: Truth, now: Moment
) -> None:
    """Neither words nor lines."""
    later = replace(now, t_s=now.t_s - 10.0)
    over = replace(now, truth=replace(truth, phase=Phase.OVER))
    for ghost, moment in (
        (_ghost(None), now), (_ghost(_track(truth, [(8.0, 0.0)])), later), (_ghost(_track(truth, [(8.0, 0.0)])), over),
    ):  # fmt: skip
        before = pygame.image.tobytes(surface, "RGB")
        ghost.draw(surface, _view(truth), 24.0, moment)
        ghost.write(surface, layout_of(SIZE), _view(truth), 24.0, moment, Tags(layout_of(SIZE)))
        assert not _changed(before, surface)


def test_a_lost_ghost_fades(surface: pygame.Surface, truth: Truth, now: Moment) -> None:
    """Within three seconds of its end; one that landed stays."""
    lost = _track(truth, [(8.0, 0.0), (8.0, 0.0)], GhostNote(Outcome.LOST))
    landed = _track(truth, [(8.0, 0.0), (8.0, 0.0)])
    after = replace(now, t_s=now.t_s + 5.0)
    assert not _drawn(surface, _ghost(lost), _view(truth), after)
    assert _drawn(surface, _ghost(landed), _view(truth), after)


def test_high_up_the_ghost_stands_off_as_far_as_the_craft_is_large(truth: Truth, now: Moment) -> None:
    """A metre is a twentieth of a pixel: magnified they would cover each other. The farther, the farther off; never
    nearer than it truly is, and always to its own side.
    """
    view = Viewport(truth.parts[Part.ROVER].x_m, truth.parts[Part.ROVER].y_m, 0.05, *SIZE)
    found = []
    for off_m in (60.0, 400.0, 3_000.0, 40_000.0):
        seen = _ghost(_track(truth, [(off_m, 0.0), (off_m, 0.0)]))._seen(view, 24.0, now)
        assert seen is not None
        found.append(seen[1][0] - 0.5 * SIZE[0])
        assert found[-1] >= 0.05 * off_m - 1.0
    assert found[0] > 0.7 * 4.6 * 24.0
    assert found == sorted(found)
    behind = _ghost(_track(truth, [(-400.0, 0.0), (-400.0, 0.0)]))._seen(view, 24.0, now)
    assert behind is not None
    assert behind[1][0] < 0.5 * SIZE[0] - 0.7 * 4.6 * 24.0


def test_a_ghost_outside_is_pointed_at(surface: pygame.Surface, truth: Truth, now: Moment) -> None:
    """By an arrow with its name; who flies without cues gets neither."""
    track = _track(truth, [(500.0, 0.0), (500.0, 0.0)])
    for told in (True, False):
        before = pygame.image.tobytes(surface, "RGB")
        view = _view(truth)
        _ghost(track, told=told).write(surface, layout_of(SIZE), view, 24.0, now, Tags(layout_of(SIZE)))
        places = _changed(before, surface)
        assert bool(places) is told
        assert all(x > SIZE[0] // 2 for x, _ in places)


def _earlier(things: Sequence[EarlierLanding], hers: Hers | None = None, days: float = 0.0) -> EarlierView:
    terrain = Flight(LEVEL.flight_spec(), 0).terrain
    return EarlierView(LEVEL.vehicle, terrain, things, lambda thing: days, lambda thing: thing.initials, hers)


def _lying(x_m: float, fate: Fate = Fate.LANDED, part: Part = Part.ROVER) -> EarlierLanding:
    return EarlierLanding(x_m, fate, part, "JPL", SINCE)


def _ground_view(x_m: float, px_per_m: float = 24.0) -> Viewport:
    terrain = Flight(LEVEL.flight_spec(), 0).terrain
    return Viewport(x_m, terrain.height_at(x_m), px_per_m, *SIZE)


@pytest.mark.parametrize("fate", Fate)
def test_earlier_things_lie_on_the_ground(surface: pygame.Surface, truth: Truth, now: Moment, fate: Fate) -> None:
    """Each in its place and its size, standing on the ground or sunk into it."""
    x_m = truth.mark_m + 12.0
    view = _ground_view(x_m)
    before = pygame.image.tobytes(surface, "RGB")
    part = Part.DESCENT_STAGE if fate is Fate.PART else Part.ROVER
    _earlier([_lying(x_m, fate, part)]).draw(surface, view, 24.0, now)
    places = _changed(before, surface)
    assert len(places) > 800
    assert max(x for x, _ in places) - min(x for x, _ in places) < 5.0 * 24.0
    lowest, highest = max(y for _, y in places), min(y for _, y in places)
    assert -8 <= lowest - 270 <= 24
    assert 24 < lowest - highest < 80


def test_old_things_are_fainter_and_those_at_our_mark_step_back(
    surface: pygame.Surface, truth: Truth, now: Moment
) -> None:
    """They fade into the plain: nobody takes them for a mark, or for our rover."""
    plain = pygame.Color(154, 90, 58)

    def apart(x_m: float, days: float) -> float:
        surface.fill(plain)
        _earlier([_lying(x_m)], days=days).draw(surface, _ground_view(x_m), 24.0, now)
        x, y = _ground_view(x_m).screen(x_m, _ground_view(x_m).centre_y_m + 1.1)
        return float(surface.get_at((round(x), round(y))).r - plain.r)

    new, old, ours = apart(truth.mark_m + 12.0, 0.0), apart(truth.mark_m + 12.0, 90.0), apart(truth.mark_m, 0.0)
    assert new > 1.5 * old > 0.0
    assert new > 1.8 * ours > 0.0


def test_at_most_a_dozen_are_drawn_the_nearest(truth: Truth) -> None:
    """Of a hundred in the picture."""
    things = [_lying(truth.mark_m + 4.0 * step) for step in range(-50, 50)]
    near = _earlier(things)._near(_ground_view(truth.mark_m, 2.0))
    assert len(near) == MOST
    assert max(abs(thing.x_m - truth.mark_m) for thing, _ in near) <= 4.0 * MOST / 2


def test_from_high_up_nothing_of_it_is_seen(surface: pygame.Surface, truth: Truth, now: Moment) -> None:
    """Specks would look like marks."""
    before = pygame.image.tobytes(surface, "RGB")
    earlier = _earlier([_lying(truth.mark_m + 12.0)], Hers(1550.0, lambda: "Perseverance stands here"))
    earlier.draw(surface, _ground_view(truth.mark_m, 0.8), 24.0, now)
    earlier.write(surface, layout_of(SIZE), _ground_view(truth.mark_m, 0.8), 24.0, now, Tags(layout_of(SIZE)))
    assert not _changed(before, surface)


def test_perseverances_own_place_is_an_outline_with_her_name(
    surface: pygame.Surface, truth: Truth, now: Moment
) -> None:
    """At 1,550 m, and nothing inside of it."""
    before = pygame.image.tobytes(surface, "RGB")
    view = _ground_view(1550.0)
    earlier = _earlier([], Hers(1550.0, lambda: "Perseverance stands here"))
    earlier.draw(surface, view, 24.0, now)
    outline = _changed(before, surface)
    assert 100 < len(outline) < 900
    assert all(abs(x - SIZE[0] / 2) < 60 for x, _ in outline)
    earlier.write(surface, layout_of(SIZE), view, 24.0, now, Tags(layout_of(SIZE)))
    assert len(_changed(before, surface)) > len(outline) + 200


def test_outlines_are_as_large_as_their_parts() -> None:
    """Within a few centimetres, of both vehicles; and few enough points to be drawn in every picture."""
    for name in ("sky-crane", "gale"):
        vehicle = load_level(name).vehicle
        outlines = outlines_of(vehicle)
        shell = max(x for x, _ in vehicle.backshell.outline_m)
        assert max(x for x, _ in outlines[Part.BACKSHELL]) == pytest.approx(shell, abs=0.12)
        wheels = -(vehicle.rover.axle_y_m - vehicle.rover.wheel_radius_m)
        assert -min(y for _, y in outlines[Part.ROVER]) == pytest.approx(wheels, abs=0.08)
        assert -min(y for _, y in stowed_rover(vehicle)) < wheels - 0.2
        assert all(8 <= len(outline) <= 90 for outline in outlines.values())
        coarse = outlines_of(vehicle, COARSE_M)
        assert len(coarse[Part.ROVER]) < len(outlines[Part.ROVER])
