"""Where cues go. There is no sound yet: the null backend takes everything and keeps still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from game.audio.cues import CUES, SILENCE, Cue, Levels
from game.sim.events import Event


@dataclass(frozen=True, slots=True)
class Volumes:
    """How loud a person wants it, each 0 silent to 1: everything, and of that music, effects and voices."""

    master: float = 1.0
    music: float = 1.0
    effects: float = 1.0
    voices: float = 1.0


class Audio(Protocol):
    """Something that can be told what to play."""

    def hear(self, events: Sequence[Event]) -> None:
        """What happened in a tick."""

    def set_levels(self, levels: Levels) -> None:
        """How loud what goes on is now."""

    def set_volumes(self, volumes: Volumes) -> None:
        """How loud everything may be from now on."""

    def silence(self) -> None:
        """Stop everything: the flight is paused or over."""


class NullAudio:
    """No device. Remembers the last cue and the levels, which is all that a picture of sound needs."""

    def __init__(self) -> None:
        self.last: Cue | None = None
        self.levels = SILENCE
        self.volumes = Volumes()

    def hear(self, events: Sequence[Event]) -> None:
        for event in events:
            self.last = CUES[event.name]

    def set_levels(self, levels: Levels) -> None:
        self.levels = levels

    def set_volumes(self, volumes: Volumes) -> None:
        self.volumes = volumes

    def silence(self) -> None:
        self.levels = SILENCE
