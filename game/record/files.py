"""Reading and writing files: whole or not at all, and knowing before a flight whether that will be possible."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from game.content.errors import InputError

_STREAMS: Final = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTOR: Final = re.compile(r"(?:/dev/fd|/proc/(?:self|thread-self|\d+)(?:/task/\d+)?/fd)/(\d{1,9})", re.ASCII)
_MOST_LINKS: Final = 40
_PIECE_BYTES: Final = 65_536
_UNBLOCKED: Final = getattr(os, "O_NONBLOCK", 0)  # Windows has none, and no pipes among its files


class OutputError(InputError):
    """A file that cannot be written; str() is one sentence that names it."""


class UnreadableError(InputError):
    """A file that cannot be read; str() is one sentence that names it."""


def read_whole(path: Path, most_bytes: int) -> bytes | None:
    """All of a file; None when it is longer than that, in which case no more of it is read.

    A pipe or a device is refused without waiting for what might come out of it. Raises UnreadableError.
    """
    try:
        # A pipe that nobody writes into would otherwise not even open.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _UNBLOCKED)) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(f"{path}: cannot be read: it is a pipe or a device, not a file")
            if status.st_size > most_bytes:
                return None
            # Room for as much as is asked for is made before the first byte is read: ask for what there is.
            data = file.read(status.st_size + 1)
            while len(data) <= most_bytes and (more := file.read(_PIECE_BYTES)):  # as in /proc, where none has a size
                data += more
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableError(f"{path}: cannot be read: {reason}") from error
    return data if len(data) <= most_bytes else None


def check_writable(path: Path) -> None:
    """Raise OutputError unless a file can be put there now. What is there already is not touched.

    A device or a pipe is not opened: who reads at the other end would take that for the whole of it.
    """
    with _sentences(path):
        number = _descriptor(path)
        if number is not None:
            os.write(number, b"")
            return
        if path.is_dir():
            raise OutputError(f"{path}: is a folder, not a file")
        if not _is_device(path):
            folder = path.resolve().parent
            if not folder.is_dir():
                raise OutputError(f"{path}: there is no folder {path.parent}")
            handle, trial = tempfile.mkstemp(prefix=".skycrane-", dir=folder)
            os.close(handle)
            Path(trial).unlink()
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "Permission denied")


def write_whole(path: Path, content: str | bytes, *, lasting: bool = True) -> None:
    """Write through a temporary file, fsync and rename: a reader sees the old file or the new one, never a part.

    Without `lasting` the disk is not waited for, and a power cut may leave an empty file: for what can be made again.
    A device, a pipe or a stream of ours (/dev/stdout) has no such thing and is written straight. Raises OutputError.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with _sentences(path):
        number = _descriptor(path)
        if number is not None:  # opened anew, a file behind it would be written from its beginning
            with os.fdopen(os.dup(number), "wb") as stream:
                stream.write(data)
            return
        if _is_device(path):
            with path.open("ab") as device:
                device.write(data)
            return
        target = path.resolve()
        handle, temporary = tempfile.mkstemp(prefix=".skycrane-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
            mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
            Path(temporary).chmod(mode)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def file_behind(path: Path) -> Path | None:
    """The file that writing here would replace, links followed; None for a device, a pipe or a stream.

    Raises OutputError when the path leads nowhere.
    """
    with _sentences(path):
        return None if _is_device(path) or _descriptor(path) is not None else path.resolve()


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Whatever the system says of a path (too long, a loop of links, no folder to stand in) becomes one sentence."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f"{path}: cannot be written: {reason or type(error).__name__}") from error


def _is_device(path: Path) -> bool:
    """Also another process's open file, which has a name below /proc only."""
    return path.exists() and (not path.is_file() or _DESCRIPTOR.fullmatch(str(path)) is not None)


def _descriptor(path: Path) -> int | None:
    """The number of our own open file that a path such as /dev/stdout means, also through links; else None."""
    here = os.path.abspath(path)  # noqa: PTH100, without following a link: what it leads to would look like any file
    for _ in range(_MOST_LINKS):
        if here in _STREAMS:
            return _STREAMS[here]
        found = _DESCRIPTOR.fullmatch(here)
        if found:
            return int(found[1]) if _is_ours(here) else None
        if not os.path.islink(here):  # noqa: PTH114
            return None
        here = os.path.abspath(os.path.join(os.path.dirname(here), os.readlink(here)))  # noqa: PTH100, PTH115, PTH118, PTH120
    return None


def _is_ours(descriptor: str) -> bool:
    parts = descriptor.split("/")
    return parts[1] == "dev" or parts[2] in {"self", "thread-self", str(os.getpid())}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
