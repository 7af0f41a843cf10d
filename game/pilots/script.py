"""A pilot that reads its orders from a small text; the language is described in script_text.py.

# Land the sky crane by hand.
at start                           throttle 0.25
on rover_release                   reel 1.0
on touchdown + 0.5 s               action        # cut
on bridle_cut                      throttle 1.0  tilt 0.6
"""

from __future__ import annotations

from game.pilots.script_text import Line, parse_lines
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.snapshot import Nav


class Script:
    """One reading of a script: it remembers what has fired, so a new flight needs a new one."""

    every_ticks: int = 1  # a script says when; it is obeyed on the tick

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._waiting = list(lines)
        self._heard_at: dict[EventName, int] = {}
        self._levels = Command()

    @classmethod
    def parse(cls, text: str, name: str) -> Script:
        """Raises ScriptError, which names every bad line of the file `name`."""
        return cls(parse_lines(text, name))

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        """Lines that come due on the same tick are obeyed in the order of the file: the last one's level stays."""
        for name in heard:
            self._heard_at.setdefault(name, nav.tick)
        due: list[Line] = []
        later: list[Line] = []
        for line in self._waiting:
            (due if line.due(nav, self._heard_at) else later).append(line)
        if not due:
            return self._levels
        self._waiting = later
        tilt, throttle, reel = self._levels.tilt, self._levels.throttle, self._levels.reel
        mark, action = 0, False
        for line in due:
            tilt = tilt if line.tilt is None else line.tilt
            throttle = throttle if line.throttle is None else line.throttle
            reel = reel if line.reel is None else line.reel
            mark = line.mark or mark
            action = line.action or action
        self._levels = Command(tilt, throttle, reel)
        return Command(tilt, throttle, reel, mark, action)
