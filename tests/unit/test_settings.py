"""Settings in a file: strict reading, whole writing, and what becomes of a file that cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.content.errors import ContentError
from game.record.files import OutputError
from game.record.settings import DEFAULTS, Control, Device, Keeper, Settings, parse_settings, settings_text

CHANGED = DEFAULTS.binding(Device.KEYBOARD, Control.ACTION, ("x", "code 252"))


def letters(device: Device, name: str) -> bool:
    """A device of one-letter keys, and one that has a number only."""
    return len(name) == 1 or name == "code 252"


def test_what_is_written_is_read_again() -> None:
    """Only what differs from the defaults stands in the file; the defaults are a heading alone."""
    assert parse_settings(settings_text(CHANGED), "settings.toml", letters) == CHANGED
    assert parse_settings(settings_text(DEFAULTS), "settings.toml", letters) == DEFAULTS
    assert "left" not in settings_text(CHANGED)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[keyboard", "settings.toml: is no TOML"),
        ("volume = 3", "settings.toml: volume: there is no such setting"),
        ("keyboard = 3", "settings.toml: keyboard: must be a table of controls"),
        ('[keyboard]\nwarp = ["x"]', "settings.toml: keyboard.warp: there is no such control"),
        ('[keyboard]\naction = "x"', "settings.toml: keyboard.action: must be a list of names"),
        ("[keyboard]\naction = [3]", "settings.toml: keyboard.action: must be a list of names"),
        ("[keyboard]\naction = []", "settings.toml: keyboard.action: must have 1 to 8 names, not 0"),
        ('[keyboard]\naction = ["warp"]', "settings.toml: keyboard.action: there is no 'warp' that could be"),
    ],
)
def test_a_bad_file_is_told_with_file_and_key(text: str, told: str) -> None:
    """One sentence for each fault."""
    with pytest.raises(ContentError) as error:
        parse_settings(text, "settings.toml", letters)
    assert error.value.problems[0].startswith(told)


def test_all_faults_are_told_at_once() -> None:
    """Nobody mends a file one fault at a time."""
    with pytest.raises(ContentError) as error:
        parse_settings('volume = 3\n[keyboard]\naction = ["warp", "x"]\nwarp = 1', "settings.toml", letters)
    assert len(error.value.problems) == 3


def test_a_bad_file_is_set_aside_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    """It lies beside under another name, also the second time, to the byte; the defaults are used and can be saved."""
    path = tmp_path / "settings.toml"
    for number, (content, name) in enumerate(
        [(b"\xff\x00", "settings.bad.toml"), (b"x = 1", "settings.bad-2.toml"), (b"#" * 70_000, "settings.bad-3.toml")]
    ):
        path.write_bytes(content)
        keeper = Keeper(path)
        keeper.load(letters)
        assert keeper.settings == DEFAULTS
        assert keeper.file.set_aside == tmp_path / name
        assert keeper.file.problems
        assert (tmp_path / name).read_bytes() == content
        assert not path.exists()
        assert len(list(tmp_path.iterdir())) == number + 1
    keeper.save(CHANGED)
    again = Keeper(path)
    again.load(letters)
    assert (again.settings, again.file.problems) == (CHANGED, ())


def test_saving_makes_the_folder_and_an_interrupted_save_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails in the middle of writing leaves the settings of before, and no scraps."""
    path = tmp_path / "config" / "settings.toml"
    Keeper(path).save(CHANGED)
    before = path.read_bytes()

    def fails(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    keeper = Keeper(path)
    with pytest.raises(OutputError, match="No space left"):
        keeper.save(Settings())
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]
    assert keeper.settings == Settings()


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    """A folder of that name, say: it is told, left alone, and saving says why it does not."""
    path = tmp_path / "settings.toml"
    path.mkdir()
    keeper = Keeper(path)
    keeper.load(letters)
    assert keeper.file.problems[0].endswith("cannot be read: Is a directory")
    assert keeper.file.set_aside is None
    with pytest.raises(OutputError, match="left as it is"):
        keeper.save(CHANGED)
    assert path.is_dir()


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    """The first start finds none; reading makes none."""
    keeper = Keeper(tmp_path / "settings.toml")
    keeper.load(letters)
    assert (keeper.settings, keeper.file.problems) == (DEFAULTS, ())
    assert list(tmp_path.iterdir()) == []
