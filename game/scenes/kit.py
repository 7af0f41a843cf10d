"""What every screen shares: the words, the pictures, the sound, the devices, the settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.audio.backend import Audio
from game.content.texts import Texts
from game.input.devices import Devices
from game.pilots.levers import Controls
from game.record.kept_file import KeptFile
from game.record.progress import Progress
from game.record.settings import Keeper
from game.view.world import Studio


@dataclass(frozen=True, slots=True)
class Kit:
    """Made once by the app. Who sets `texts.units` switches every figure of every scene at once: none keeps words that
    hold one from one frame to the next.
    """

    texts: Texts
    studio: Studio
    audio: Audio
    devices: Devices = field(default_factory=Devices)
    keeper: Keeper = field(default_factory=Keeper)
    progress: Progress = field(default_factory=Progress)

    @property
    def controls(self) -> Controls:
        return self.devices.controls


def progress_note(file: KeptFile, texts: Texts) -> str:
    """The same about the file of what was flown."""
    if not file.problems:
        return ""
    if file.set_aside is None:
        return texts.get("progress.unread", why=file.problems[0])
    return texts.get("progress.set_aside", name=str(file.set_aside), why=file.problems[0])


def settings_note(keeper: Keeper, texts: Texts) -> str:
    """What to tell about a settings file that could not be used; empty when all is well."""
    if not keeper.problems:
        return ""
    if keeper.set_aside is None:
        return texts.get("settings.unread", why=keeper.problems[0])
    return texts.get("settings.set_aside", name=str(keeper.set_aside), why=keeper.problems[0])
