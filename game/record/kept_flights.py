"""The folder in which every flight is kept that was flown in the window, each as a replay of its own.

    20261126T071051.123Z-jezero.replay           named by when it began, by the world's clock (UTC), and the level
    20261126T071051.123Z-jezero.replay.journal   the same while it is flown
    20261126T071051.123Z-jezero-cut-off.replay   what there is of one during which the program was ended

The names sort by time. When there are too many, or they are too large together, the oldest go. Only files with such
names are touched: one that is to stay for good needs another name, or another folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from game.content.errors import InputError
from game.record.files import OutputError, read_whole, write_whole
from game.record.journal import Journal, is_written
from game.record.replay import MAX_BYTES, Replay

FOLDER: Final = "replays"  # in the person's data folder
MOST_FLIGHTS: Final = 500
MOST_BYTES: Final = 100_000_000
PATIENCE_S: Final = 2.0

_NAME: Final = re.compile(r"\d{8}T\d{6}\.\d{3}Z-[a-z0-9-]{1,80}\.replay", re.ASCII)
_JOURNAL: Final = ".journal"
_TRIES: Final = 1000

Now = Callable[[], datetime]


class KeptFlights:
    """Keeps one flight at a time: `begin`, then `finish` or `drop`. Without a folder or a clock nothing is kept."""

    def __init__(
        self, folder: Path | None = None, now: Now | None = None, *,
        most_flights: int = MOST_FLIGHTS, most_bytes: int = MOST_BYTES,
    ) -> None:  # fmt: skip
        """`now` tells the world's time, with its zone. The folder is made with the first flight."""
        self.unkept = ""  # why the last flight is not in the folder, in the system's words
        self._folder, self._now = folder, now
        self._most_flights, self._most_bytes = most_flights, most_bytes
        self._level_id, self._began = "", datetime.min.replace(tzinfo=UTC)
        self._journal: Journal | None = None
        self._dropped: list[Journal] = []  # that may not be gone yet

    def begin(self, level_id: str) -> Callable[[str], None] | None:
        """A flight of this level begins. One that was begun before and neither finished nor dropped is dropped.

        What is returned takes the flight's journal, a text a second (recorder.Recorder); None where nothing is kept.
        """
        self.drop()
        if self._folder is None or self._now is None:
            return None
        self._level_id, self._began = level_id, self._now()
        self._journal = Journal(self._claim)
        return self._journal.write

    def finish(self, replay: Replay) -> Path | None:
        """The flight that was begun is over: the whole of it takes its journal's place. Never raises.

        Where it is kept; None when it is not, and `unkept` says why when it could not be.
        """
        journal, self._journal, self.unkept = self._journal, None, ""
        if journal is None:
            return None
        written = journal.close()
        try:
            path = written or self._claimed()
            whole = path.with_suffix("")
            write_whole(whole, replay.text())
            path.unlink(missing_ok=True)
        except (OSError, OutputError) as error:
            self.unkept = _reason(error)
            return None
        self._make_room(whole)
        return whole

    def drop(self) -> None:
        """The flight that was begun is broken off by the person: nothing of it is kept. The disk is not waited for."""
        journal, self._journal = self._journal, None
        self._dropped = [each for each in self._dropped if not each.gone()]
        if journal is not None:
            journal.drop()
            self._dropped.append(journal)

    def settle(self, patience_s: float = PATIENCE_S) -> None:
        """Before the program ends: wait for what was dropped to be gone, but no longer than this for each."""
        for journal in self._dropped:
            journal.gone(patience_s)
        self._dropped = []

    def paths(self) -> tuple[Path, ...]:
        """All that are kept, the oldest first."""
        return tuple(path for path in self._all() if _NAME.fullmatch(path.name))

    def recover(self) -> tuple[Path, ...]:
        """Give the journals of programs that were ended in mid-flight their lasting names, and tell these.

        Those of a program that still flies are left alone. One without a whole second holds nothing, and goes. Never
        raises.
        """
        found: list[Path] = []
        for journal in self._all():
            whole = journal.with_suffix("")
            if journal.suffix != _JOURNAL or not _NAME.fullmatch(whole.name):
                continue
            with suppress(OSError, InputError):  # what cannot be moved is left: it can be read under this name as well
                data = read_whole(journal, MAX_BYTES)
                if is_written(journal):
                    continue
                if whole.exists() or (data is not None and b"\ndigest " not in data):
                    journal.unlink()
                    continue
                target = whole.with_name(f"{whole.stem}-cut-off{whole.suffix}")
                journal.rename(target)
                found.append(target)
        return tuple(found)

    def _all(self) -> list[Path]:
        try:
            return sorted(self._folder.iterdir()) if self._folder is not None else []
        except OSError:  # there is none yet, or it cannot be read
            return []

    def _claimed(self) -> Path:
        """For a flight too short to have a journal."""
        path, file = self._claim()
        file.close()
        return path

    def _claim(self) -> tuple[Path, BinaryIO]:
        """A journal that nobody else has, opened; the next free thousandth of a second. Raises OSError."""
        folder, began = self._folder or Path(), self._began.astimezone(UTC)
        folder.mkdir(parents=True, exist_ok=True)
        for later in range(_TRIES):
            at = began + timedelta(milliseconds=later)
            stamp = f"{at:%Y%m%dT%H%M%S}.{at.microsecond // 1000:03d}Z"
            path = folder / f"{stamp}-{self._level_id}.replay{_JOURNAL}"
            if path.with_suffix("").exists():
                continue
            with suppress(FileExistsError):
                return path, path.open("xb")
        raise FileExistsError(17, "too many flights began at the same time")

    def _make_room(self, newest: Path) -> None:
        """The oldest go; never the one that was just flown, whatever the clock says. What is later than that was flown
        when the clock was ahead: nobody knows how old it is, and it goes first, or it would push out all that follow.
        """
        flights = used_bytes = 0
        others = [path for path in reversed(self.paths()) if path != newest]
        known = [path for path in others if path < newest]
        ahead = [path for path in others if path > newest]
        for path in (newest, *known, *ahead):
            with suppress(OSError):
                flights += 1
                used_bytes += path.stat().st_size
                if path != newest and (flights > self._most_flights or used_bytes > self._most_bytes):
                    path.unlink()


def _reason(error: OSError | OutputError) -> str:
    """Without the file's name: it is the folder that matters, and a page has little room."""
    cause = error if isinstance(error, OSError) else error.__cause__
    return (cause.strerror if isinstance(cause, OSError) else None) or str(error)
