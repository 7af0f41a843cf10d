"""What every screen shares: the words, the pictures, the sound, the devices, the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from game.audio.backend import Audio, Volumes
from game.content.texts import DEFAULT_LANGUAGE, Texts, load_texts
from game.input.devices import Devices
from game.pilots.levers import Controls
from game.record.book.book import Book
from game.record.book.prover import Prover
from game.record.files import OutputError
from game.record.ghost_store import Ghosts
from game.record.kept_file import KeptFile
from game.record.kept_flights import KeptFlights
from game.record.preferences import LOUDEST, VOLUMES
from game.record.progress import Progress
from game.record.settings import Keeper, Settings
from game.view import look
from game.view.world import Studio

LANDING_DAY: Final = datetime(2021, 2, 18, 20, 55, tzinfo=UTC)  # what time it is where nobody says


@dataclass(slots=True)
class Kit:
    """Made once by the app. Who sets `texts.units` switches every figure of every scene at once, and another language
    other `texts`: none keeps words from one frame to the next.
    """

    texts: Texts
    studio: Studio
    audio: Audio
    devices: Devices = field(default_factory=Devices)
    keeper: Keeper = field(default_factory=Keeper)
    progress: Progress = field(default_factory=Progress)
    flights: KeptFlights = field(default_factory=KeptFlights)
    book: Book = field(default_factory=Book)
    prover: Prover | None = None  # what goes into the book stays pending without one
    now: Callable[[], datetime] = lambda: LANDING_DAY  # in UTC; the app gives the machine's
    language: str = DEFAULT_LANGUAGE
    ghosts: Ghosts = field(default_factory=Ghosts)

    @property
    def controls(self) -> Controls:
        return self.devices.controls


def file_note(file: KeptFile, kind: str, texts: Texts) -> str:
    """What to tell about a file of the person's own that could not be used; empty when all is well.

    kind  `settings` or `progress`
    """
    if not file.problems:
        return ""
    if file.set_aside is None:
        return texts.get(f"{kind}.unread", why=file.problems[0])
    return texts.get(f"{kind}.set_aside", name=str(file.set_aside), why=file.problems[0])


def flights_note(flights: KeptFlights, texts: Texts) -> str:
    """What to tell about flights that the program's end has cut off; empty when there are none."""
    cut_off = flights.recover()
    return texts.get("flights.cut_off", name=str(cut_off[-1])) if cut_off else ""


def book_note(book: Book, texts: Texts) -> str:
    """What to tell about a score book that could not be used; empty when all is well."""
    trouble = book.trouble
    if trouble is None:
        return ""
    return texts.get(f"book.{trouble.kind}", name=str(trouble.aside or trouble.path), why=trouble.why)


def apply(kit: Kit, settings: Settings) -> None:
    """What these preferences change, from now on: the look, the words, the sound. Pace is read by the flight itself.

    Bindings are not among it: changing them lets go of what is held (`Devices.bind`).
    """
    preferences = settings.preferences
    look.wear(preferences)
    if kit.language != preferences.language:
        kit.language, kit.texts = preferences.language, load_texts(preferences.language)
    kit.texts.units = preferences.units
    kit.audio.set_volumes(Volumes(**{name: getattr(preferences, name) / LOUDEST for name in VOLUMES}))


def use(kit: Kit, settings: Settings) -> str:
    """Apply these settings and keep them; what to tell when they cannot be kept, and nothing when all is well."""
    apply(kit, settings)
    try:
        kit.keeper.save(settings)
    except OutputError as error:
        return kit.texts.get("settings.unsaved", why=str(error))
    return ""
