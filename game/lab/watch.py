"""Something that is done again whenever one of its files is saved.

What says that something has happened is passed in, and is only a reason to look: whether one of the files is other than
it was is decided here, by what the system tells of each. So what else happens in the same folders is no reason, neither
is a flight's own log; a file is found by its name, however an editor puts it there; and what is saved during a round is
not missed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from game.content.errors import InputError
from game.content.extras import how_to_install

_LOOK_MS = 1000  # where the system tells nothing, as on some network folders, we look so often by ourselves

Wait = Callable[[tuple[Path, ...]], None]
State = tuple[int, int, int] | None


class WatchError(InputError):
    """Files cannot be watched here; str() is one sentence."""


def rounds(files: Callable[[], Iterable[Path]], wait: Wait) -> Iterator[None]:
    """Begins a round at once, and another each time that one of the files has been saved, has come or has gone.

    files   those that count, asked before each round: a level may have come to name another site
    wait    returns when something in one of these folders may have happened
    """
    while True:
        before = {path: _state(path) for path in files()}
        yield
        while (now := _states(before)) == before:
            wait(_folders(before))
        if any(state is None and before[path] is not None for path, state in now.items()):
            wait(_folders(before))  # gone: an editor that puts its new file in the old one's place needs a moment


def _states(files: Iterable[Path]) -> dict[Path, State]:
    return {path: _state(path) for path in files}


def _state(path: Path) -> State:
    """What changes when a file is saved, in place or by putting another there; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _folders(files: Iterable[Path]) -> tuple[Path, ...]:
    """Where to look for these files: their folders, and where a link leads; of a folder that is missing, the one that
    it would come into.
    """
    found = set()
    for path in files:
        for name in (os.path.abspath(path), os.path.realpath(path)):  # noqa: PTH100, of a link, both ends are wanted
            folder = Path(name).parent
            while not folder.is_dir() and folder != folder.parent:
                folder = folder.parent
            found.add(folder)
    return tuple(sorted(found))


class FolderWatch:
    """Waits for the system to tell that something in some folders has happened. Needs watchfiles.

    Raises WatchError: at once when that is not installed, later when the system watches no more.
    """

    def __init__(self) -> None:
        try:
            from watchfiles import watch  # noqa: PLC0415  an extra, and only for who watches
        except ImportError as error:
            raise WatchError(f"--watch needs watchfiles, which is not installed: {how_to_install('levels')}") from error
        self._watch = watch
        self._folders: tuple[Path, ...] = ()
        self._changes: Iterator[object] = iter(())

    def wait(self, folders: tuple[Path, ...]) -> None:
        """Return after the next change in one of these folders, not below it; or after a second. Changes between two
        calls for the same folders are not missed.
        """
        if folders != self._folders:
            self._folders = folders
            self._changes = self._watch(
                *folders, watch_filter=None, recursive=False, rust_timeout=_LOOK_MS, yield_on_timeout=True
            )
        try:
            next(self._changes)
        except FileNotFoundError:  # a folder went while we turned to it: look again where the files are
            self._folders = ()
        except (OSError, RuntimeError) as error:
            raise WatchError(f"the folders of these files cannot be watched: {error}") from error
