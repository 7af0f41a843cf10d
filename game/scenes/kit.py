"""What every screen shares: the words, the pictures, the sound, the controls."""

from __future__ import annotations

from dataclasses import dataclass

from game.audio.backend import Audio
from game.content.texts import Texts
from game.pilots.levers import Controls
from game.view.world import Studio


@dataclass(frozen=True, slots=True)
class Kit:
    """Made once by the app."""

    texts: Texts
    studio: Studio
    audio: Audio
    controls: Controls
