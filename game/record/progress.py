"""What a person has done so far: the best of each level and board, and the controls that have been found.

Bests come from the score book. Controls are kept in a TOML file in the person's own folder, as settings are
(kept_file.py). Bests that stand there, from before there was a book, go into the book once: they have no record. As
long as there is no book that lasts (a later version's, one that cannot be written), new ones are kept there as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from game.content.errors import ContentError
from game.content.files import is_id
from game.content.levels import BEST_SCORE
from game.content.modes import BOARDS, Mode
from game.cues.lessons import Lesson
from game.record.book.book import Book
from game.record.book.store import BookError
from game.record.files import OutputError
from game.record.kept_file import KeptFile, table_of
from game.sim.events import Reason

FILE_NAME: Final = "progress.toml"
AGAIN: Final = 2  # so often the same way in a row, and a hint is due
_HEADING: Final = "# What you have done in SKYCRANE: the controls used. What you have flown stands in scores.sqlite.\n"
_BEST, _FOUND = "best", "controls"

Bests = dict[str, dict[Mode, int]]


class Progress:
    """Of one person. Controls come from a file and go back into it after every change, bests come from the book;
    without a path and without a book nothing outlasts the run.
    """

    def __init__(self, path: Path | None = None, book: Book | None = None) -> None:
        self.file = KeptFile(path)
        self._book = book or Book()
        self.unsaved = ""  # why the last change could not be kept
        self._bests: Bests = {}  # those that the file has
        self._of_this_run: Bests = {}  # these count also if the book could not be written
        self._found: set[str] = set()
        self._lost: dict[str, tuple[Reason, Lesson, int]] = {}
        read = self.file.load(parse_progress)
        if read is not None:
            self._bests, self._found = read
            self._take_over()

    def best(self, level_id: str, mode: Mode) -> int | None:
        """The most points of this level on the board of this mode; None while nobody has come down alive."""
        known = [bests[level_id][mode.board] for bests in self._all() if mode.board in bests.get(level_id, {})]
        return max(known, default=None)

    def completed(self, level_id: str) -> bool:
        """Whether the level was completed on any board."""
        return any(level_id in bests for bests in self._all())

    def alive(self, level_id: str, mode: Mode, points: int) -> bool:
        """Count a flight that was completed, before it goes into the book; True when it is the best on its board."""
        self._lost.pop(level_id, None)
        before = self.best(level_id, mode)
        if before is not None and points <= before:
            return False
        bests = self._of_this_run if self._book.lasting else self._bests
        bests.setdefault(level_id, {})[mode.board] = points
        if not self._book.lasting:
            self._save()
        return True

    def lost(self, level_id: str, reason: Reason, lesson: Lesson) -> None:
        """Count a flight that was lost, with what it taught, and how often in a row it was lost like that."""
        before = self._lost.get(level_id)
        times = before[2] + 1 if before is not None and before[0] is reason else 1
        self._lost[level_id] = (reason, lesson, times)

    def hint_for(self, level_id: str) -> Lesson | None:
        """What to do otherwise, if this level was lost the last AGAIN times or more alike, in this run of the game."""
        _, lesson, times = self._lost.get(level_id, (None, None, 0))
        return lesson if times >= AGAIN else None

    def found(self, control: str) -> bool:
        """Whether this control has been used in some flight."""
        return control in self._found

    def find(self, controls: Iterable[str]) -> None:
        """These controls have been used."""
        new = set(controls) - self._found
        if new:
            self._found |= new
            self._save()

    def _all(self) -> tuple[Bests, ...]:
        try:
            return self._bests, self._of_this_run, self._book.points()
        except BookError:
            return self._bests, self._of_this_run

    def _take_over(self) -> None:
        """Move the file's bests into the book. First they are there, then they are taken out here: nothing is lost."""
        if not self._bests or not self._book.lasting:
            return
        try:
            self._book.take_over(self._bests)
        except BookError as error:
            self.unsaved = str(error)
            return
        self._bests = {}
        self._save()

    def _save(self) -> None:
        try:
            self.file.save(progress_text(self._bests, self._found))
        except OutputError as error:
            self.unsaved = str(error)
        else:
            self.unsaved = ""


def progress_text(bests: Mapping[str, Mapping[Mode, int]], found: Iterable[str]) -> str:
    """The file of this progress."""
    lines = [_HEADING]
    names = ", ".join(f'"{name}"' for name in sorted(found))
    if names:
        lines.append(f"{_FOUND} = [{names}]\n")
    for level_id in sorted(bests):
        lines.append(f"\n[{_BEST}.{level_id}]\n")
        lines += [f"{mode} = {points}\n" for mode, points in bests[level_id].items()]
    return "".join(lines)


def parse_progress(text: str, name: str) -> tuple[Bests, set[str]]:
    """Bests and found controls of a file's text.

    Raises ContentError with a sentence for each thing that is wrong, each with the file's name and the key.
    """
    table = table_of(text, name)
    problems: list[str] = []
    found: set[str] = set()
    bests: Bests = {}
    for key, value in table.items():
        if key == _FOUND:
            if isinstance(value, list) and all(isinstance(each, str) and is_id(each) for each in value):
                found = set(value)
            else:
                problems.append(f"{name}: {key}: must be a list of controls")
        elif key == _BEST and isinstance(value, dict):
            bests = _bests(value, name, problems)
        else:
            problems.append(f"{name}: {key}: is nothing that progress is made of")
    if problems:
        raise ContentError(problems)
    return bests, found


def _bests(table: Mapping[str, Any], name: str, problems: list[str]) -> Bests:
    bests: Bests = {}
    for level_id, boards in table.items():
        place = f"{name}: {_BEST}.{level_id}"
        if not is_id(level_id) or not isinstance(boards, dict):
            problems.append(f"{place}: must be a level with a table of its boards")
            continue
        for board, points in boards.items():
            if board not in BOARDS:
                problems.append(f"{place}.{board}: there is no such board")
            elif type(points) is not int or not 0 <= points <= BEST_SCORE:
                problems.append(f"{place}.{board}: must be points, from 0 to {BEST_SCORE}")
            else:
                bests.setdefault(level_id, {})[Mode(board)] = points
    return bests
