"""Where cues go. There is no sound yet: the null backend takes everything and keeps still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from game.audio.cues import CUES, SILENCE, Cue, Levels
from game.sim.events import Event


class Audio(Protocol):
    """Something that can be told what to play."""

    def hear(self, events: Sequence[Event]) -> None:
        """What happened in a tick."""

    def set_levels(self, levels: Levels) -> None:
        """How loud what goes on is now."""

    def silence(self) -> None:
        """Stop everything: the flight is paused or over."""


class NullAudio:
    """No device. Remembers the last cue and the levels, which is all that a picture of sound needs."""

    def __init__(self) -> None:
        self.last: Cue | None = None
        self.levels = SILENCE

    def hear(self, events: Sequence[Event]) -> None:
        for event in events:
            self.last = CUES[event.name]

    def set_levels(self, levels: Levels) -> None:
        self.levels = levels

    def silence(self) -> None:
        self.levels = SILENCE
