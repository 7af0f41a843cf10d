"""docs/first-level.md is done as it says, from an empty folder: each command, each change, each answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import game.app
from game.cli import main
from game.content.levels import load_level
from game.content.paths import data_root
from game.record.platform_tag import platform_tag
from tests.content.first_level import Step, difference, edited, steps_of
from tests.content.test_schema import marked
from tests.golden.logs import kept

LEVEL = Path("my-first.toml")
ROOT = data_root()
# The page's figures were printed where the golden logs were. Flights differ in their last digits on another platform
# (another C library or processor), and then those of the page are held to a hundredth only.
SAME_PLATFORM = kept("sky-crane")[-1].endswith(f" on {platform_tag()}")
STEPS = steps_of((ROOT / "docs" / "first-level.md").read_text("utf-8"))


class Person:
    """Does what the page says, and compares."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = monkeypatch

    def do(self, step: Step) -> None:
        """One command, and what follows it."""
        program, *words = step.command.split()
        if "--watch" in words:
            self._watch(words, step)
            return
        code, seen = self._run(words) if program == "skycrane" else _pytest(words)
        assert code == int("BROKEN" in seen), f"{step.command}: {seen}"
        for kind, block in step.then:
            if kind == "text":
                self._compare(step, block, seen)
            else:
                self._change(block)

    @staticmethod
    def _compare(step: Step, block: str, seen: str) -> None:
        wrong = difference(block, seen, exactly=SAME_PLATFORM)
        assert not wrong, f"{step.command}: {wrong}"

    def _run(self, words: list[str]) -> tuple[int, str]:
        return main(words), self._seen()

    def _seen(self) -> str:
        out, err = self._capsys.readouterr()
        told = [line for line in err.splitlines() if line and "waiting until" not in line]
        return "\n".join([*out.splitlines(), *told])

    def _change(self, block: str) -> None:
        saved_ns = LEVEL.stat().st_mtime_ns
        LEVEL.write_text(edited(LEVEL.read_text("utf-8"), block), "utf-8")
        os.utime(LEVEL, ns=(saved_ns + 10**9, saved_ns + 10**9))  # a second later, whatever the clock says

    def _watch(self, words: list[str], step: Step) -> None:
        """Changes are made while the command waits, and each answer is what it then says."""
        rest = iter(step.then)

        def wait(_: object) -> None:
            seen = self._seen()
            for kind, block in rest:
                if kind == "toml":
                    self._change(block)
                    return
                self._compare(step, block, seen)
            raise KeyboardInterrupt

        with self._patch.context() as patch:
            patch.setattr("game.commands.watching.FolderWatch", lambda: type("Watch", (), {"wait": staticmethod(wait)}))
            assert main(words) == 130
        assert next(rest, None) is None


def _pytest(words: list[str]) -> tuple[int, str]:
    """In a process of its own, with this plugin: the game may be installed from elsewhere."""
    command = [sys.executable, "-m", "pytest", "-p", "skycrane_pytest", *words]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'game' / 'plugin'}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_the_page_is_true_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In an empty folder, with nothing of the person's own; the window is open for a few pictures. What comes of it
    all is a level that the schema has nothing against.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path / "mine"))
    played: list[object] = []

    def a_few_pictures(app: game.app.App) -> None:
        played.append([app.frame() for _ in range(5)])

    monkeypatch.setattr(game.app.App, "run", a_few_pictures)
    person = Person(capsys, monkeypatch)
    for step in STEPS:
        person.do(step)
    assert played == [[True] * 5]
    assert load_level(str(LEVEL)).medals
    assert marked("level", LEVEL.read_text("utf-8")) == []


def test_the_page_asks_for_everything_that_it_should() -> None:
    """Each command for level makers stands in it."""
    asked = " ".join(step.command for step in STEPS)
    for words in (
        "new-level my-first",
        "fly my-first.toml --watch",
        "skycrane my-first.toml",
        "rates my-first.toml",
        "check my-first.toml",
        "pytest -v my-first.toml",
    ):
        assert words in asked


def test_what_differs_is_told() -> None:
    """The comparison with the page can fail: by a word, by the last digit of a figure, by a line too few or too many;
    on another platform by a figure that is farther off.
    """
    seen = "head\none 1.00\ntwo 2,000\nend"
    near = ("head\none 1.0\ntwo 2,010\nend", "...\none 0.99\n...")
    wrong = (
        "head\none 1.00",
        "head\n...\nthree\n...",
        "one 1.00\n...",
        "head\none 1.2\n...",
        "...\ntwo 2,050\nend",
        "head\n...\n end",
    )
    for shown in (
        "head\none 1.00\ntwo 2,000\nend",
        "head\n...\nend",
        "...\ntwo 2,000\n...",
        "...\none 1.00\n...\nend",
    ):
        assert difference(shown, seen, exactly=True) is None
        assert difference(shown, seen, exactly=False) is None
    for shown in near:
        assert difference(shown, seen, exactly=True)
        assert difference(shown, seen, exactly=False) is None
    for shown in wrong:
        assert difference(shown, seen, exactly=True)
        assert difference(shown, seen, exactly=False)
