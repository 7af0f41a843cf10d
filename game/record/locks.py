"""A lock for the life of a file that grows: one writer at a time, also of two processes.

The system holds it, so a writer that was killed, by whatever, leaves none behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

from game.record.files import OutputError, file_behind

_MOST_TRIES: Final = 100


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Nobody else who asks in this way writes there in here; a device or a pipe can have many.

    The lock is a small file beside it, because the file itself is replaced while it is held. Raises OutputError, one
    sentence, when another one writes.
    """
    target = file_behind(path)
    if target is None:
        yield
        return
    lock = target.parent / f".skycrane-{blake2b(os.fsencode(target.name), digest_size=8).hexdigest()}.lock"
    handle = _locked(path, lock)
    try:
        yield
    finally:
        # First without a name and then free: whoever has opened it in between sees that. Windows does not take away
        # what is open, so there it goes afterwards, unless another one has it by then.
        with suppress(OSError):
            lock.unlink()
        os.close(handle)
        with suppress(OSError):
            if os.name == "nt":
                lock.unlink()


def _locked(path: Path, lock: Path) -> int:
    """The descriptor of the lock's file, which is ours now. Raises OutputError."""
    for _ in range(_MOST_TRIES):
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror or type(error).__name__}") from error
        if not _take(handle):
            os.close(handle)
            raise OutputError(f"{path}: another run writes it; wait for its end, or name another file")
        try:
            if os.path.samestat(os.fstat(handle), os.stat(lock)):  # noqa: PTH116  beside its like
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)  # who had it before has just taken it away: ask for a new one
    raise OutputError(f"{path}: cannot be written: its lock {lock.name} does not stay")


def _take(handle: int) -> bool:
    """Lock it, unless another process has: then False. A disk that knows of no locks lets everybody."""
    try:
        import fcntl  # noqa: PLC0415  Windows has none
    except ImportError:
        return _take_there(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _take_there(handle: int) -> bool:
    """The same on Windows."""
    import msvcrt  # noqa: PLC0415

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
