"""`skycrane fly LEVEL --watch`: fly, and fly again whenever what is flown is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from game.commands.answers import BadInputError, complain
from game.commands.output import NoOutputError
from game.commands.targets import check_targets
from game.content.errors import InputError
from game.content.levels import files_of
from game.lab.check import files_of_checks
from game.lab.roster import UnknownPilotError
from game.lab.watch import FolderWatch, rounds


def fly_again(
    fly: Callable[[], object], level: str, pilot_file: Callable[[], Path | None], written: Sequence[Path]
) -> NoReturn:
    """Fly again and again. Ctrl-C ends it, as KeyboardInterrupt.

    fly         one flight; what it says of its files is told, and they are waited for
    pilot_file  what its pilot flies by, if anything, asked each time: the level may come to name another
    written     files that it writes: none of those that it reads

    Raises InputError or BadInputError for what no saving could mend.
    """

    def files() -> tuple[Path, ...]:
        own, by = files_of(level), pilot_file()
        read = (*own, *files_of_checks(own[0]))  # the last because it is told what is wrong with them
        return read if by is None else (*read, by)

    check_targets(files(), written)
    changes = FolderWatch()
    each = rounds(files, changes.wait)
    while True:
        next(each)
        by = pilot_file()
        names = ["its site", "its vehicle"] if by is None else ["its site", "its vehicle", by.name]
        try:
            fly()
        except (InputError, BadInputError) as error:
            if isinstance(error, NoOutputError) or (isinstance(error, UnknownPilotError) and by is None):
                raise
            complain(error.problems)
        complain([f"waiting until {', '.join([level, *names[:-1]])} or {names[-1]} is saved; Ctrl-C ends"])
