"""Where the game's files lie and where it may write: found in a checkout and in a wheel, never created by looking."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.content import paths
from game.content.errors import ContentError


def test_a_checkout_has_its_data_at_the_top() -> None:
    """levels/ and assets/ beside the package."""
    root = paths.data_root()
    assert (root / "levels" / "sky-crane.toml").is_file()
    assert (root / "assets" / "texts" / "en.toml").is_file()


def test_a_wheel_has_its_data_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """_data/ wins over what may lie about beside the package."""
    package = tmp_path / "site-packages" / "game"
    for folder in ("levels", "assets"):
        (package / "_data" / folder).mkdir(parents=True)
        (package.parent / folder).mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.data_root() == package / "_data"


def test_a_damaged_installation_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No data at all: a sentence, not a traceback later."""
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "game")
    with pytest.raises(ContentError, match="levels and assets are missing; install it again"):
        paths.data_root()


def test_one_variable_moves_everything_that_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """SKYCRANE_DATA names the folder; asking for the folders makes none of them."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path / "mine"))
    dirs = paths.user_dirs()
    assert dirs == paths.UserDirs(tmp_path / "mine" / "data", tmp_path / "mine" / "config", tmp_path / "mine" / "state")
    assert list(tmp_path.iterdir()) == []


def test_a_relative_folder_is_where_the_game_was_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It does not wander when the working folder changes later."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKYCRANE_DATA", "mine")
    assert paths.user_dirs().data == tmp_path / "mine" / "data"


def test_without_it_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable counts as none."""
    monkeypatch.setenv("SKYCRANE_DATA", "  ")
    dirs = paths.user_dirs()
    assert dirs.data.is_absolute()
    assert "skycrane" in str(dirs.data)


def test_a_folder_of_nobody_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """~ and a name that no user has."""
    monkeypatch.setenv("SKYCRANE_DATA", "~no-such-user-here/x")
    with pytest.raises(ContentError, match="SKYCRANE_DATA: '~no-such-user-here/x' names no folder: "):
        paths.user_dirs()


def test_the_option_is_stronger_than_the_variable_and_for_as_long_as_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`--data DIR`: for this command and what it starts; afterwards all is as it was."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path / "theirs"))
    with paths.data_folder(str(tmp_path / "mine")):
        assert paths.user_dirs().data == tmp_path / "mine" / "data"
    with paths.data_folder(None):
        assert paths.user_dirs().data == tmp_path / "theirs" / "data"
    monkeypatch.delenv("SKYCRANE_DATA")
    with paths.data_folder(str(tmp_path / "mine")):
        assert os.environ["SKYCRANE_DATA"] == str(tmp_path / "mine")
    assert "SKYCRANE_DATA" not in os.environ
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" ", "--data names no folder"),
        ("~no-such-user-here/x", "--data: '~no-such-user-here/x' names no folder: "),
        (__file__, f"--data: {__file__!r} is a file, not a folder"),
    ],
)
def test_an_option_that_names_no_folder_gets_a_sentence(name: str, sentence: str) -> None:
    """Before anything else is done."""
    with pytest.raises(ContentError) as caught, paths.data_folder(name):
        pass
    assert str(caught.value).startswith(sentence)
