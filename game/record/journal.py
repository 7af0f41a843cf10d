"""A file that grows while a flight is flown: what is in it outlasts the program's end, and a power cut.

The flight hands over a text a second and goes on at once; a thread of the journal's own writes it and waits for the
disk. What such a file holds is told in replay.py (CutOff).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from game.content.errors import InputError


class Journal:
    """Appends to one file, made when there is something to write. Whatever the disk does, the flight goes on."""

    def __init__(self, make: Callable[[], tuple[Path, BinaryIO]]) -> None:
        """`make` opens a new file; it is called by the journal's own thread, and may raise OSError or InputError."""
        self._make = make
        self._texts: SimpleQueue[str | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._path: Path | None = None
        self._dropped = False
        self._ended = False  # the journal's own thread has been told that nothing follows

    def write(self, text: str) -> None:
        """Append this, as soon as the disk is ready for it."""
        if self._thread is None:
            # A daemon: a program that ends leaves the file as it is, instead of waiting for somebody to close it.
            self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
            self._thread.start()
        self._texts.put(text)

    def close(self) -> Path | None:
        """Write what is left and close the file, and wait until that is done.

        Where it lies; None when there is none.
        """
        self._end()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        return self._path

    def drop(self) -> None:
        """Close the file and delete it, as soon as the disk is ready for it: nobody waits. See `gone`."""
        self._dropped = True
        self._end()

    def gone(self, patience_s: float = 0.0) -> bool:
        """Whether what was dropped is deleted, or could not be, after waiting for it no longer than this."""
        if self._thread is not None:
            self._thread.join(patience_s)
        return self._thread is None or not self._thread.is_alive()

    def _end(self) -> None:
        if self._thread is not None:
            self._texts.put(None)

    def _run(self) -> None:
        # A full disk, or one that is gone: whoever keeps the whole replay at the flight's end finds out and says so.
        with suppress(OSError, InputError):
            self._path, file = self._make()
            with file:
                _hold(file)
                while not self._ended:
                    file.write("".join(self._due()).encode())
                    file.flush()
                    if not self._ended:
                        os.fsync(file.fileno())
        while not self._ended:
            self._due()
        if self._dropped and self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _due(self) -> list[str]:
        """Waits for something to write; what has gathered meanwhile, on a slow disk, is written at once."""
        texts = [self._texts.get()]
        with suppress(Empty):
            while True:
                texts.append(self._texts.get_nowait())
        self._ended = texts[-1] is None
        return [text for text in texts if text is not None]


def is_written(path: Path) -> bool:
    """Whether some program has this journal open, or it cannot be found out. Raises OSError when it cannot be opened.

    Windows knows no such mark; there a file that is open can be neither moved nor deleted.
    """
    with path.open("rb") as file:
        return not _hold(file)


def _hold(file: BinaryIO) -> bool:
    """Mark this file as ours until it is closed; False when it is somebody else's, or it cannot be marked."""
    try:
        import fcntl  # noqa: PLC0415  Windows has none
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody else's; or a file system without such marks
        return False
    return True
