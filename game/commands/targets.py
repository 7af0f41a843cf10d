"""Files that a command writes: never over what it reads, nor among the game's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from game.commands.answers import BadInputError
from game.content.paths import data_root
from game.record.files import check_writable, file_behind


def check_targets(read: Sequence[Path | None], written: Sequence[Path]) -> None:
    """Refuse, before anything is flown, what cannot be written, would destroy what is read, or takes two results.

    Raises BadInputError or OutputError.
    """
    taken = {path.resolve() for path in read if path is not None}
    for path in written:
        target = file_behind(path)
        if target is None:
            continue
        check_place(path)
        if target in taken:
            raise BadInputError(f"{path}: is already used by this flight; name another file")
        taken.add(target)
    for path in written:
        check_writable(path)


def check_place(path: Path) -> None:
    """Refuse what lies among the game's own files. Raises BadInputError or OutputError."""
    ours = [Path(__file__).resolve().parents[1], *((data_root() / folder).resolve() for folder in ("levels", "assets"))]
    target = file_behind(path)
    if target is not None and any(target.is_relative_to(folder) for folder in ours):
        raise BadInputError(f"{path}: lies among the game's own files; name another place")
