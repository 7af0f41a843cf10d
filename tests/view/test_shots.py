"""What a few pictures look like, held against references: `python -m tests.view.shots` renews them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from tests.view.shots import FLOWN, FOLDER, SCREENS, compared, reference, renew, side_by_side, taken

HEAVIEST_BYTES = 600_000


@pytest.fixture(autouse=True)
def window() -> Iterator[None]:
    pygame.display.init()
    pygame.display.set_mode((64, 48))
    yield
    pygame.display.quit()


@pytest.fixture(scope="module")
def screens_now() -> dict[str, pygame.Surface]:
    return taken(SCREENS)


@pytest.fixture(scope="module")
def flown_now() -> dict[str, pygame.Surface]:
    return taken(FLOWN)


def assert_alike(name: str, got: pygame.Surface, folder: Path) -> None:
    expected = reference(name)
    found = compared(expected, got)
    if found.tiles:
        path = folder / f"{name}.png"
        pygame.image.save(side_by_side(expected, got), path)
        pytest.fail(
            f"{name} differs by {found.worst:.0f} of 255 in {len(found.tiles)} places; expected, got and difference: "
            f"{path}; if it was meant to change: python -m tests.view.shots"
        )


@pytest.mark.parametrize("name", SCREENS)
def test_screens_look_as_they_did(name: str, screens_now: dict[str, pygame.Surface], tmp_path: Path) -> None:
    """Title and brief."""
    assert_alike(name, screens_now[name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOWN)
def test_a_flight_looks_as_it_did(name: str, flown_now: dict[str, pygame.Surface], tmp_path: Path) -> None:
    """Six moments from space to the flyaway, and the result."""
    assert_alike(name, flown_now[name], tmp_path)


def test_a_picture_that_lies_a_pixel_aside_is_the_same() -> None:
    """A pixel of those that are drawn is half of one as they are kept: more than edges differ by between platforms."""
    for name in (*SCREENS, *FLOWN):
        drawn = pygame.transform.smoothscale(reference(name), (960, 540))
        aside = drawn.copy()
        aside.scroll(1, 0)
        one, other = (pygame.transform.smoothscale(picture, (480, 270)) for picture in (drawn, aside))
        assert not compared(one, other).tiles, name


def test_a_missing_part_is_seen() -> None:
    """The rover's wheels, 20 pixels wide, and one line of small words."""
    name = "flight-sky-crane-rover-on-the-bridle"
    for part in ((229, 131, 20, 6), (135, 257, 158, 6)):
        without = reference(name)
        box = pygame.Rect(part)
        without.fill(without.get_at((box.left - 2, box.top)), box)
        assert compared(reference(name), without).tiles, part


def test_a_failure_shows_expected_got_and_difference(tmp_path: Path) -> None:
    """In one picture, whose name is told; black where nothing differs."""
    name = "screen-title"
    other = reference(name)
    other.fill((0, 0, 0), pygame.Rect(300, 60, 40, 40))
    with pytest.raises(pytest.fail.Exception, match=rf"{name}\.png.*python -m tests\.view\.shots"):
        assert_alike(name, other, tmp_path)
    sheet = pygame.image.load(tmp_path / f"{name}.png")
    assert sheet.get_size() == (1440, 270)
    assert sheet.get_at((100, 100)) == reference(name).get_at((100, 100))
    assert sheet.get_at((480 + 320, 80)) == (0, 0, 0, 255)
    assert sheet.get_at((960 + 100, 200)) == (0, 0, 0, 255)
    assert max(sheet.get_at((960 + 320, 80))[:3]) > 200


def test_the_references_are_what_is_compared_and_are_small() -> None:
    """No file that nobody looks at, and none that weighs on the repository."""
    files = [*FOLDER.iterdir()]
    assert sorted(file.stem for file in files) == sorted((*SCREENS, *FLOWN))
    assert sum(file.stat().st_size for file in files) < HEAVIEST_BYTES


@pytest.mark.slow
def test_renewing_says_what_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """New, changed, the same, taken away."""
    monkeypatch.setattr("tests.view.shots.FOLDER", tmp_path)
    monkeypatch.setattr("tests.view.shots.FLOWN", ())
    renew()
    assert [line.split(", ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "screen-title.jpg: new", "screen-brief.jpg: new",
    ]  # fmt: skip
    black = pygame.Surface((480, 270))
    pygame.image.save(black, tmp_path / "screen-title.jpg")
    pygame.image.save(black, tmp_path / "gone.jpg")
    renew()
    title, brief, gone = capsys.readouterr().out.splitlines()
    assert title.startswith("screen-title.jpg: changed by up to 2")
    assert brief.startswith("screen-brief.jpg: the same")
    assert gone == "gone.jpg: taken away"
