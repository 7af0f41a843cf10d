"""Writing a file whole or not at all, and knowing before a flight whether that will be possible."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class OutputError(Exception):
    """A file that cannot be written; str() is one sentence that names it."""


def check_writable(path: Path) -> None:
    """Raise OutputError unless a file can be put there now. What is there already is not touched."""
    if path.is_dir():
        raise OutputError(f"{path}: is a folder, not a file")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}")
    try:
        if _is_device(path):
            with path.open("a", encoding="utf-8"):
                return
        handle, trial = tempfile.mkstemp(prefix=".skycrane-", dir=folder)
        os.close(handle)
        Path(trial).unlink()
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {_why(error)}") from error


def write_whole(path: Path, text: str) -> None:
    """Write through a temporary file, fsync and rename: a reader sees the old file or the new one, never a part.

    A device or a pipe (/dev/stdout) has no such thing and is written straight. Raises OutputError.
    """
    try:
        if _is_device(path):
            with path.open("w", encoding="utf-8", newline="") as device:
                device.write(text)
            return
        target = path.resolve()
        handle, temporary = tempfile.mkstemp(prefix=".skycrane-", dir=target.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
            Path(temporary).chmod(mode)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {_why(error)}") from error


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
