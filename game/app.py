"""The window and the loop: integer nanoseconds in, integer ticks out, a picture of the moment between two ticks."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import pygame

from game.audio.backend import NullAudio
from game.content.errors import ContentError
from game.content.levels import Level
from game.content.modes import Mode
from game.content.paths import user_dirs
from game.content.texts import load_texts
from game.input.actions import Action
from game.input.devices import Devices, understood
from game.record.book.book import Book
from game.record.book.opening import FILE_NAME as BOOK_NAME
from game.record.book.prover import Prover
from game.record.files import OutputError
from game.record.ghost_store import Ghosts
from game.record.kept_flights import FOLDER as FLIGHTS_NAME
from game.record.kept_flights import KeptFlights
from game.record.progress import FILE_NAME as PROGRESS_NAME
from game.record.progress import Progress
from game.record.settings import FILE_NAME as SETTINGS_NAME
from game.record.settings import Keeper
from game.scenes.flight import FlightScene
from game.scenes.keeping import own_book
from game.scenes.kit import LANDING_DAY, Kit, apply, book_note, file_note, flights_note
from game.scenes.stack import (
    SMALLEST,
    Change,
    Replace,
    Scene,
    Stack,
    applied,
    draw_stack,
    drawn_size,
    heard_below,
)
from game.scenes.title import TitleScene
from game.sim.spec import TICK_HZ
from game.view import fonts
from game.view.notes import draw_note
from game.view.world import Studio

_STDERR: Final = 2  # its descriptor: libraries in C know no sys.stderr
SECOND_NS: Final = 1_000_000_000
MAX_FRAME_NS: Final = -(-SECOND_NS // 15)  # a slower machine gets slow motion, not ever more ticks to catch up
FIRST_SIZE: Final = (1280, 720)
_FALLBACK_HZ: Final = 60
_NOTE_TICKS: Final = 12 * TICK_HZ  # long enough to read two sentences, and a file's name
_NO_MOUSE: Final = frozenset({pygame.KEYDOWN, pygame.JOYBUTTONDOWN, pygame.FINGERDOWN})
_OF_THE_PAD: Final = frozenset({Action.UNPLUGGED, Action.PLUGGED})
_UNSEEN: Final = frozenset({"dummy", "offscreen", "evdev"})


class NoDisplay(Exception):
    """There is no screen to open a window on; str() says what SDL said."""


class Clock(Protocol):
    """Where time comes from: the machine's, or a test's own."""

    def now_ns(self) -> int:
        """Nanoseconds since some moment; never runs back."""

    def rest(self) -> None:
        """Wait until the next frame is due."""


class MachineClock:
    """The machine's clock, one frame for each refresh of the screen."""

    def __init__(self, frames_hz: int) -> None:
        self._clock = pygame.time.Clock()
        self._frames_hz = frames_hz

    def now_ns(self) -> int:
        return time.perf_counter_ns()

    def rest(self) -> None:
        self._clock.tick(self._frames_hz)


class Metronome:
    """Nanoseconds of time become ticks; what is left over is how far the next one is, 0 to 1.

    The debt is kept in nanoseconds times ticks per second, so that 120 ticks are exactly one second.

    >>> metronome = Metronome(0)
    >>> [metronome.ticks_until(now) for now in (SECOND_NS // 60, SECOND_NS // 60 + 1, 10 * SECOND_NS)]
    [1, 1, 8]
    """

    def __init__(self, now_ns: int) -> None:
        self._last_ns = now_ns
        self._debt = 0

    def ticks_until(self, now_ns: int) -> int:
        """How many ticks are due; a frame counts for MAX_FRAME_NS at most."""
        self._debt += min(max(now_ns - self._last_ns, 0), MAX_FRAME_NS) * TICK_HZ
        self._last_ns = now_ns
        ticks, self._debt = divmod(self._debt, SECOND_NS)
        return ticks

    @property
    def alpha(self) -> float:
        return self._debt / SECOND_NS


class Screenshots:
    """Saves what the window shows every so many seconds of the clock."""

    def __init__(self, every_s: float, out: Path, now_ns: int) -> None:
        """Raises OutputError when the folder cannot be made."""
        self._every_ns, self._out, self._due_ns, self._count = round(every_s * SECOND_NS), out, now_ns, 0
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{out}: cannot be made: {error.strerror}") from error

    def after_frame(self, surface: pygame.Surface, now_ns: int) -> None:
        if now_ns < self._due_ns:
            return
        self._due_ns += self._every_ns * (1 + (now_ns - self._due_ns) // self._every_ns)
        self._count += 1
        path = self._out / f"skycrane-{self._count:04d}.png"
        try:
            pygame.image.save(surface, path)
        except (OSError, pygame.error) as error:
            raise OutputError(f"{path}: cannot be written: {error}") from error


class App:
    """The scenes and what drives them. A test makes one with its own clock and calls `frame`."""

    def __init__(
        self, surface: pygame.Surface, clock: Clock, screenshots: Screenshots | None = None,
        keeper: Keeper | None = None, progress: Progress | None = None, flights: KeptFlights | None = None,
        book: Book | None = None, prover: Prover | None = None, now: Callable[[], datetime] = lambda: LANDING_DAY,
        ghosts: Ghosts | None = None,
    ) -> None:  # fmt: skip
        """`keeper`: the person's settings, read from their file here; without one they are the defaults.

        `progress`, `book`: what the person has flown so far; without one it begins here and ends with the app.

        `prover`: who proves what goes into the book; without one it stays pending. `now`: the date, in UTC.

        `flights`: where every flight is kept; without one none is. `ghosts`: where those are that were made before.
        """
        keeper = keeper or Keeper()
        keeper.load(understood)
        self.devices = Devices(keeper.settings)
        book = book or Book()
        texts, progress = load_texts(), progress or Progress(book=book)
        flights = flights or KeptFlights()
        self.kit = Kit(texts, Studio(), NullAudio(), self.devices, keeper, progress, flights, book, prover, now)
        self.kit.ghosts = ghosts or Ghosts(records=book)
        apply(self.kit, keeper.settings)
        self.stack: Stack = ()
        files = {"settings": keeper.file, "progress": progress.file}
        notes = (file_note(file, kind, texts) for kind, file in files.items())
        told = (book_note(book, texts), *notes, flights_note(flights, texts))
        self._notes = [note for note in told if note]
        self._note_ticks = _NOTE_TICKS
        self._surface, self._clock, self._screenshots = surface, clock, screenshots
        self._windowed = surface.get_size()
        self._metronome = Metronome(clock.now_ns())

    def open(self, scene: Scene) -> None:
        """Begin with this scene."""
        self.stack = applied((), Replace(scene))
        self._metronome = Metronome(self._clock.now_ns())

    def advance(self) -> bool:
        """Events and the ticks that are due, without a picture; False when the game is over."""
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                self.stack = ()
                return False
            self._hear(event)
        for _ in range(self._metronome.ticks_until(self._clock.now_ns())):
            if not self.stack:
                return False
            self._note_passes()
            self._change(self.stack[-1].tick())
        return bool(self.stack)

    def frame(self) -> bool:
        """Events, ticks, picture; False when the game is over."""
        if not self.advance():
            return False
        self._surface = pygame.display.get_surface() or self._surface
        self._draw()
        if self._screenshots:
            self._screenshots.after_frame(self._surface, self._clock.now_ns())
        pygame.display.flip()
        return True

    def _draw(self) -> None:
        """The scenes; a window too small for words shows a shrunk picture of a larger one."""
        size = self._surface.get_size()
        room = drawn_size(size)
        if room == size:
            self._draw_on(self._surface)
            return
        canvas = pygame.Surface(room)
        self._draw_on(canvas)
        pygame.transform.smoothscale(canvas, size, self._surface)

    def _draw_on(self, canvas: pygame.Surface) -> None:
        draw_stack(self.stack, canvas, self._metronome.alpha)
        if self._notes:
            draw_note(canvas, self._notes[0])

    def _note_passes(self) -> None:
        """What is told stands for a while, then makes room for the next."""
        if self._notes:
            self._note_ticks -= 1
            if self._note_ticks <= 0:
                self._notes.pop(0)
                self._note_ticks = _NOTE_TICKS

    def run(self) -> None:
        """Until the last scene is gone."""
        try:
            while self.frame():
                self._clock.rest()
        finally:
            self.kit.ghosts.close()

    def _hear(self, event: pygame.Event) -> None:
        if event.type == pygame.MOUSEMOTION:
            pygame.mouse.set_visible(True)
        elif event.type in _NO_MOUSE:  # a pointer that nobody holds is in the way of a full screen
            pygame.mouse.set_visible(not pygame.display.is_fullscreen())
        action = self.devices.feed(event)
        if action is Action.FULL_SCREEN:
            self._toggle_full_screen()
        elif action is not None and self.stack:
            if action in _OF_THE_PAD:
                heard_below(self.stack, action)
            self._change(self.stack[-1].handle(action))

    def _change(self, change: Change) -> None:
        self.stack = applied(self.stack, change)

    def _toggle_full_screen(self) -> None:
        full = bool(pygame.display.get_surface() and pygame.display.is_fullscreen())
        if not full:
            self._windowed = self._surface.get_size()
        self._surface = _open_window(self._windowed, full_screen=not full)


def _open_window(size: tuple[int, int], *, full_screen: bool) -> pygame.Surface:
    """Full screen takes the desktop's own size. Raises NoDisplay."""
    try:
        pygame.mouse.set_visible(not full_screen)
        if full_screen:
            return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        wide, high = max(size[0], SMALLEST[0]), max(size[1], SMALLEST[1])
        return pygame.display.set_mode((wide, high), pygame.RESIZABLE)
    except pygame.error as error:
        raise NoDisplay(str(error)) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep quiet what SDL's libraries print while they look for a screen: without one, we say so in one sentence."""
    try:
        kept = os.dup(_STDERR)
    except OSError:  # there is nothing to be hushed
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)


def _start_display() -> None:
    """pygame's parts one by one: what is not used is not started, and what fails says so."""
    try:
        with _hushed():
            pygame.display.init()
    except pygame.error as error:
        raise NoDisplay(str(error)) from error
    driver = pygame.display.get_driver()
    if driver in _UNSEEN and os.environ.get("SDL_VIDEODRIVER", "") != driver:
        # SDL would rather draw where nobody looks than fail: only who asks for that gets it.
        pygame.display.quit()
        raise NoDisplay(driver)
    pygame.font.init()
    with suppress(pygame.error):  # without gamepads there is the keyboard
        pygame.joystick.init()


def _desktop_size() -> tuple[int, int]:
    """Most of the desktop, at most the usual first size times what the desktop allows."""
    desktop: Iterable[tuple[int, int]] = pygame.display.get_desktop_sizes()
    wide, high = next(iter(desktop), FIRST_SIZE)
    share = min(0.85 * wide / FIRST_SIZE[0], 0.85 * high / FIRST_SIZE[1])
    return max(int(FIRST_SIZE[0] * share), SMALLEST[0]), max(int(FIRST_SIZE[1] * share), SMALLEST[1])


class _OwnFiles(NamedTuple):
    """Where what is the person's own is kept; None: nowhere."""

    settings: Path | None = None
    progress: Path | None = None
    book: Path | None = None
    flights: Path | None = None
    state: Path | None = None


def _own_files() -> _OwnFiles:
    """Nowhere when SKYCRANE_DATA leads nowhere."""
    try:
        dirs = user_dirs()
    except ContentError:
        return _OwnFiles()
    data = dirs.data
    return _OwnFiles(
        dirs.config / SETTINGS_NAME, data / PROGRESS_NAME, data / BOOK_NAME, data / FLIGHTS_NAME, dirs.state
    )


def _machine_now() -> datetime:
    return datetime.now(UTC)


def run(
    level: Level | None = None,
    *,
    mode: Mode = Mode.MANUAL,
    seed: int = 0,
    size: tuple[int, int] | None = None,
    fullscreen: bool = False,
    screenshot_every_s: float | None = None,
    out: Path | None = None,
    make: type[App] = App,
    first: Callable[[Kit], Scene] | None = None,
) -> int:
    """Open the window and play: the title, or at once this level, or `first`. Returns the exit code.

    `make`: by this app.

    Raises NoDisplay without a screen, OutputError when the pictures cannot be written.
    """
    _start_display()
    try:
        surface = _open_window(size or _desktop_size(), full_screen=fullscreen)
        pygame.display.set_caption(load_texts().get("game.name"))
        clock = MachineClock(pygame.display.get_current_refresh_rate() or _FALLBACK_HZ)
        screenshots = None
        if screenshot_every_s is not None and out is not None:
            screenshots = Screenshots(screenshot_every_s, out, clock.now_ns())
        own = _own_files()
        with own_book(own.book, _machine_now()) as (book, prover):
            app = make(
                surface, clock, screenshots, Keeper(own.settings), Progress(own.progress, book),
                KeptFlights(own.flights, _machine_now), book, prover, _machine_now, Ghosts(own.state, book),
            )  # fmt: skip
            if first is not None:
                app.open(first(app.kit))
            else:
                app.open(FlightScene(app.kit, level, mode, seed) if level else TitleScene(app.kit, seed=seed))
            app.run()
            app.kit.flights.drop()  # the person has left; a flight that a crash ends stays as its journal
            app.kit.flights.settle()
    finally:
        fonts.forget()
        pygame.joystick.quit()
        pygame.font.quit()
        pygame.display.quit()
    return 0
