"""`skycrane replay watch`: what cannot be watched gets a sentence and no window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import game.app
from game.cli import main
from game.record.replay import read_replay
from game.scenes.watch import WatchScene
from tests.input.player import a_player
from tests.replay.kept import FOLDER
from tests.unit.test_cli import refused

FILE = FOLDER / "sky-crane-autopilot.replay"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the window was asked to open, which it does not."""
    found: list[dict[str, Any]] = []

    def run(**asked: Any) -> int:
        found.append(asked)
        return 0

    monkeypatch.setattr(game.app, "run", run)
    return found


def _changed(tmp_path: Path, change: Callable[[str], str]) -> Path:
    path = tmp_path / "changed.replay"
    path.write_text(change(FILE.read_text("utf-8")), "utf-8")
    return path


def test_a_record_opens_the_window(opened: list[dict[str, Any]]) -> None:
    """On the replay itself, in the size that was asked for."""
    assert main(["replay", "watch", str(FILE), "--size", "800x600"]) == 0
    (asked,) = opened
    assert asked["size"] == (800, 600)
    with a_player() as player:
        scene = asked["first"](player.app.kit)
        assert isinstance(scene, WatchScene)
        assert scene.reel.record == read_replay(FILE)
        player.app.open(scene)
        player.frame()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("seed 0", "seed 1", 1), "is damaged"),
        (lambda text: text[: len(text) // 2], "is cut off before its end"),
        (lambda _: "hello", "is not a replay of this game"),
    ],
)
def test_a_damaged_record_opens_none(
    change: Callable[[str], str], said: str, tmp_path: Path, opened: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """One sentence that names the file, exit code 2."""
    path = _changed(tmp_path, change)
    told = refused(capsys, "replay", "watch", path)
    assert said in told
    assert path.name in told
    assert opened == []


def test_another_level_opens_none(opened: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    """The level's own file must be the one that was flown."""
    assert "was flown on another version of the level" in refused(capsys, "replay", "watch", FILE, "--level", "gale")
    assert "cannot be read" in refused(capsys, "replay", "watch", "nowhere.replay")
    assert opened == []


def test_without_a_display_it_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence, and the command that needs none."""

    def run(**_: Any) -> int:
        raise game.app.NoDisplay("none")

    monkeypatch.setattr(game.app, "run", run)
    assert "skycrane replay verify" in refused(capsys, "replay", "watch", FILE)
