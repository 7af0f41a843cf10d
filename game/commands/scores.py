"""`skycrane scores`: the score book without a window."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from game.commands.answers import ALIVE, BAD_INPUT, LOST, BadInputError, complain, sentences
from game.commands.output import printable, say, say_table
from game.commands.targets import check_targets
from game.commands.words import PATH, FileToWrite, ModeName, WholeNumber
from game.content.daily import daily_of
from game.content.levels import level_ids
from game.content.modes import BOARDS, Mode
from game.content.paths import user_dirs
from game.content.texts import describe
from game.record.book.boards import ROWS, Period
from game.record.book.book import Book
from game.record.book.diary import Tally, diary_of
from game.record.book.entry import Entry
from game.record.book.exchange import ExchangeError, Fate, bring, csv_of, json_of
from game.record.book.opening import FILE_NAME, TroubleKind, retire
from game.record.files import file_behind, write_whole

_BOARD_HEAD: Final = (
    "level", "mode", "place", "initials", "points", "touchdown", "from target", "propellant", "flown (UTC)", "proof",
)  # fmt: skip
_DIARY_HEAD: Final = (
    "level", "flights", "alive", "lost", "practised", "best", "softest", "nearest", "flown for",
)  # fmt: skip


class _PeriodName(click.ParamType):
    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if value not in tuple(Period):
            raise BadInputError(f"there is no period '{value}', only {', '.join(Period)}")
        return Period(value)


@click.group(invoke_without_command=True)
@click.pass_context
def scores(ctx: click.Context) -> int:
    """Boards, the diary, and what goes in and out of the score book."""
    if ctx.invoked_subcommand is None:
        raise BadInputError("scores needs a command: skycrane scores list, diary, export, import or reset")
    return ALIVE


@scores.command("list")
@click.argument("level", required=False)
@click.option("--mode", type=ModeName(), help="guided, manual or raw; without it every board.")
@click.option("--period", type=_PeriodName(), help="all-time, week or day, by UTC; without it all-time.")
@click.option("--daily", is_flag=False, flag_value="today", metavar="[DATE]", help="The flight of today, or of a date.")
@click.option("--most", type=WholeNumber(1, ROWS), default=10, metavar="N", help="So many flights of each board.")
def list_boards(level: str | None, mode: Mode | None, period: Period | None, daily: str | None, most: int) -> int:
    """The boards, of a LEVEL or of all, or of a day's flight."""
    if level is not None and level not in level_ids():
        raise BadInputError(f"there is no level '{level}'; there is {', '.join(level_ids())}")
    if daily is not None and (level is not None or period is not None):
        raise BadInputError("--daily has its own level and day: leave LEVEL and --period out")
    modes = BOARDS if mode is None else (mode.board,)
    with sentences(), _own_book(reading=True, writing=False) as book:
        if daily is not None:
            date = daily_of(_now().date().isoformat() if daily == "today" else daily).date
            boards = [book.daily_board(date, board, most) for board in modes]
        else:
            ids = (level,) if level else level_ids()
            chosen = period or Period.ALL_TIME
            boards = [book.board(level_id, board, chosen, _now(), most) for level_id in ids for board in modes]
        rows = [_board_row(place, entry) for board in boards for place, entry in enumerate(board, start=1)]
        waiting = len(book.pending())
        if rows:
            say_table(_BOARD_HEAD, rows)
        else:
            say("no flight stands there yet")
        if waiting:
            say(f"{waiting} not proved yet: that follows when the game is started")
    return ALIVE


@scores.command()
def diary() -> int:
    """What was flown: landings, losses and their causes, the softest, the nearest."""
    with sentences(), _own_book(reading=True, writing=False) as book:
        found = diary_of(book.flights())
        say_table(_DIARY_HEAD, [_diary_row(name, tally) for name, tally in (*found.levels, ("all", found.overall))])
        causes = found.overall.causes
        if causes:
            say("")
            say_table(("times", "lost by"), [(str(times), describe(f"short.{reason}", {})) for reason, times in causes])
    return ALIVE


@scores.command()
@click.option("--csv", type=FileToWrite(), help="Write every flight's figures as a table.")
@click.option("--json", "as_json", type=FileToWrite(), help="Write the whole book, records included.")
def export(csv: Path | None, as_json: Path | None) -> int:
    """Write the whole book into files."""
    if csv is None and as_json is None:
        raise BadInputError("export writes --csv FILE or --json FILE, or both")
    with sentences(), _own_book(reading=True, writing=False) as book:
        written = [path for path in (csv, as_json) if path is not None]
        for path in written:
            if file_behind(path) == _path().resolve():
                raise BadInputError(f"{path}: is the score book itself; name another file")
        check_targets((), written)
        if csv is not None:
            write_whole(csv, csv_of(book))
        if as_json is not None:
            write_whole(as_json, json_of(book))
    return ALIVE


@scores.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
def bring_in(files: tuple[Path, ...]) -> int:
    """Take in flights from the JSON of another machine, each flown again first."""
    worst = ALIVE
    with sentences(), _own_book() as book:
        for path in files:
            counts = dict.fromkeys(Fate, 0)
            try:
                for brought in bring(book, path, _now()):
                    counts[brought.fate] += 1
                    if brought.why:
                        complain([brought.why])
                        worst = max(worst, LOST)
            except ExchangeError as error:
                complain(error.problems)
                worst = BAD_INPUT
                continue
            told = ", ".join(f"{count} {fate}" for fate, count in counts.items())
            say(printable(f"{path}: {told}"))
    return worst


@scores.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> int:
    """Begin a new book. The old one is set aside, not deleted."""
    with sentences():
        path = _path()
        with _own_book(reading=True) as book:
            flights = len(book.flights())
        if not path.exists():
            say("there is no score book yet")
            return ALIVE
        if not yes and not _agreed(path, flights):
            say("nothing was changed")
            return ALIVE
        try:
            aside = retire(path)
        except sqlite3.Error as error:
            raise BadInputError(f"{path}: is in use, perhaps by a game that is still open: {error}") from error
        except OSError as error:
            raise BadInputError(f"{path}: cannot be set aside: {error.strerror or error}") from error
        say(printable(f"the old book lies in {aside}; a new one begins with the next flight"))
    return ALIVE


def _agreed(path: Path, flights: int) -> bool:
    try:
        return click.confirm(f"Set the {flights} flights of {printable(str(path))} aside and begin anew?")
    except click.Abort:
        raise BadInputError("reset asks first; where nobody can answer, say --yes") from None


@contextmanager
def _own_book(*, reading: bool = False, writing: bool = True) -> Iterator[Book]:
    """The person's book. `reading`: where there is none yet, none is made. Not `writing`: it may be such as can only be
    read.

    Raises BadInputError when it cannot be used; what is wrong with one that can be used all the same is told.
    """
    path = _path()
    book = Book(None if reading and not path.exists() else path)
    try:
        if book.trouble is not None:
            if book.trouble.kind is not TroubleKind.SET_ASIDE and (writing or not book.trouble.read):
                raise BadInputError(book.trouble.sentence)
            complain([book.trouble.sentence])
        yield book
    finally:
        book.close()


def _path() -> Path:
    return user_dirs().data / FILE_NAME


def _now() -> datetime:
    return datetime.now(UTC)


def _board_row(place: int, entry: Entry) -> tuple[str, ...]:
    return (
        entry.level, entry.board.value, str(place), entry.initials, f"{entry.score:,}",
        _figure(entry.touchdown_mps, "{:.2f} m/s"), _figure(entry.distance_m, "{:,.1f} m"),
        f"{entry.propellant_kg:.0f} kg", f"{entry.flown_at:%Y-%m-%d %H:%M}", entry.proof.value,
    )  # fmt: skip


def _diary_row(name: str, tally: Tally) -> tuple[str, ...]:
    minutes, seconds = divmod(round(tally.flown_s), 60)
    return (
        printable(name), str(tally.flights), str(tally.alive), str(tally.lost), str(tally.practised),
        _figure(tally.best_points, "{:,}"), _figure(tally.softest_mps, "{:.2f} m/s"),
        _figure(tally.nearest_m, "{:,.1f} m"), f"{minutes} min {seconds:02} s",
    )  # fmt: skip


def _figure(value: float | None, form: str) -> str:
    return "-" if value is None else form.format(value)
