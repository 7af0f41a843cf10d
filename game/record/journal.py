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

    def write(self, text: str) -> None:
        """Append this, as soon as the disk is ready for it."""
        if self._thread is None:
            # A daemon: a program that ends leaves the file as it is, instead of waiting for somebody to close it.
            self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
            self._thread.start()
        self._texts.put(text)

    def close(self) -> Path | None:
        """Write what is left and close the file. The disk is not waited for: who closes it has no more need of it.

        Where it lies; None when there is none.
        """
        if self._thread is not None:
            self._texts.put(None)
            self._thread.join()
            self._thread = None
        return self._path

    def _run(self) -> None:
        # A full disk, or one that is gone: whoever keeps the whole replay at the flight's end finds out and says so.
        with suppress(OSError, InputError):
            self._path, file = self._make()
            with file:
                _hold(file)
                open_still = True
                while open_still:
                    texts = self._due()
                    open_still = texts[-1] is not None
                    file.write("".join(text for text in texts if text is not None).encode())
                    file.flush()
                    if open_still:
                        os.fsync(file.fileno())

    def _due(self) -> list[str | None]:
        """Waits for something to write; what has gathered meanwhile, on a slow disk, is written at once."""
        texts = [self._texts.get()]
        with suppress(Empty):
            while True:
                texts.append(self._texts.get_nowait())
        return texts


def is_written(path: Path) -> bool:
    """Whether some program has this journal open, or it cannot be found out. Raises OSError when it cannot be opened.

    Windows knows no such mark; there a file that is open can be neither moved nor deleted.
    """
    with path.open("rb") as file:
        return not _hold(file)


def _hold(file: BinaryIO) -> bool:
    """Mark this file as ours until it is closed; False when it is somebody else's."""
    try:
        import fcntl  # noqa: PLC0415  Windows has none
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without such marks
        return True
    return True
