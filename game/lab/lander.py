"""Gymnasium's LunarLander-v3 beside ours: how much faster than its own real time it steps, where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from types import TracebackType
from typing import IO, Final, Self

from game.content.extras import how_to_install

LANDER_HZ: Final = 50  # steps of the environment in a second of its own time (FPS in its source)
NEEDED: Final = ("gymnasium", "Box2D")  # what gymnasium[box2d] installs; looked for, not imported

_PATIENCE_S: Final = 60.0  # a round takes a tenth of a second
_PROGRAM: Final = Path(__file__).with_name("lander_rounds.py")
_HOW_TO_GET_IT: Final = f"not measured: gymnasium is not installed; {how_to_install('bench')}"


@dataclass(frozen=True, slots=True)
class LanderSpeed:
    """Steps of the bare environment a second, in the best round."""

    steps_per_s: float

    @property
    def real_time_factor(self) -> float:
        return self.steps_per_s / LANDER_HZ


class LanderBench:
    """Rounds of the lander in a process of its own, which lives as long as this context.

    speed    None while nothing was measured
    why_not  why nothing can be measured, in a few words; empty while nothing stands against it
    """

    def __init__(self, *, cpu: bool = False) -> None:
        """`cpu`: by the processor's time, not the clock's."""
        self._words = ["cpu"] if cpu else []
        self.speed: LanderSpeed | None = None
        self.why_not = "" if all(find_spec(name) for name in NEEDED) else _HOW_TO_GET_IT
        self._process: subprocess.Popen[str] | None = None
        self._said: IO[str] | None = None

    def __enter__(self) -> Self:
        if not self.why_not:
            # A pipe that nobody reads would fill up.
            self._said = TemporaryFile("w+", encoding="utf-8", errors="replace")
            quiet = {**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}  # it imports pygame, which greets on stdout
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(  # noqa: S603  our own program, by this interpreter
                [sys.executable, "-P", str(_PROGRAM), *self._words],
                stdin=pipe, stdout=pipe, stderr=self._said, text=True, encoding="utf-8", env=quiet,
            )  # fmt: skip
        return self

    def round(self) -> None:
        """One round, if there is something to measure; `why_not` says if it did not answer."""
        process = self._process
        if self.why_not or process is None or process.stdin is None or process.stdout is None:
            return
        patience = Timer(_PATIENCE_S, process.kill)  # then its line is empty
        patience.start()
        try:
            process.stdin.write("round\n")
            process.stdin.flush()
            steps, spent_s = process.stdout.readline().split()
            steps_per_s = int(steps) / float(spent_s)
        except (ArithmeticError, OSError, ValueError):
            self.speed, self.why_not = None, f"not measured: it does not run: {self._last_words(process)}"
            return
        finally:
            patience.cancel()
        if self.speed is None or steps_per_s > self.speed.steps_per_s:
            self.speed = LanderSpeed(steps_per_s)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._end(self._process)
        if self._said is not None:
            self._said.close()

    def _last_words(self, process: subprocess.Popen[str]) -> str:
        self._end(process)
        lines: list[str] = []
        if self._said is not None:
            self._said.seek(0)
            lines = self._said.read().strip().splitlines()
        return lines[-1] if lines else f"it ended with {process.returncode}"

    def _end(self, process: subprocess.Popen[str]) -> None:
        """Let it go, however it is."""
        self._process = None
        try:
            process.communicate(timeout=_PATIENCE_S)  # the end of its input is its end
        except (OSError, ValueError, subprocess.TimeoutExpired):
            process.kill()
            process.communicate()
