"""Proving entries while something else goes on: each record is flown again in a process of its own.

A thread would hold the interpreter back for a second or two, and the window's pictures with it. Here a thread only
waits for the process, and then writes down what it has found. Whatever ends the game ends the process; what was not
proved by then is pending still, and is proved at the next start.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Final

from game.record.book.apart import fly_apart
from game.record.book.book import Book
from game.record.book.proving import Proved
from game.record.book.store import BookError

_PATIENCE_S: Final = 2.0
_SAFE_PATH: Final = "PYTHONSAFEPATH"


class Prover:
    """Of one book. `prove` returns at once; the entry's `proof` tells what has come of it. Without a prover, entries
    stay pending.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._wanted: SimpleQueue[int | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._child: BaseProcess | None = None
        self._closing = False
        self._lock = Lock()

    def prove(self, entry_ids: Iterable[int]) -> None:
        """Prove these, one after the other, behind those that were asked for before."""
        if self._closing:
            return
        for entry_id in entry_ids:
            self._wanted.put(entry_id)
        if self._thread is None:
            self._thread = Thread(target=self._work, name="prover", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait until all that was asked for is proved."""
        self._end()

    def close(self) -> None:
        """At once: what is being flown is given up, and stays pending."""
        with self._lock:
            self._closing = True
            if self._child is not None:
                self._child.terminate()
        self._end(_PATIENCE_S)

    def _end(self, patience_s: float | None = None) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._wanted.put(None)
            thread.join(patience_s)

    def _work(self) -> None:
        while (entry_id := self._wanted.get()) is not None and not self._closing:
            with suppress(BookError, OSError):  # it stays pending; the next start tries again
                text = self._book.text(entry_id)
                proved = None if text is None else self._flown(text, f"flight {entry_id}")
                if proved is not None:
                    self._book.judge(entry_id, proved)

    def _flown(self, text: str, name: str) -> Proved | None:
        """What another process has found; None when it came to no end."""
        context = multiprocessing.get_context("spawn")  # nothing of the window is carried over
        ours, theirs = context.Pipe(duplex=False)
        with ours:
            child = context.Process(target=fly_apart, args=(theirs, text, name), name=name, daemon=True)
            with self._lock:
                if self._closing:
                    theirs.close()
                    return None
                with _nothing_from_the_folder_we_stand_in():
                    child.start()
                self._child = child
            theirs.close()
            try:
                found: Proved | None = ours.recv()
            except (EOFError, OSError):
                found = None
            with self._lock:
                self._child = None
            child.join()
            child.close()
        return found


@contextmanager
def _nothing_from_the_folder_we_stand_in() -> Iterator[None]:
    """A Python that is started now does not look for its first modules there, and run whatever bears such a name."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before
