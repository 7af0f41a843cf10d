"""`skycrane disperse`: a level flown by many seeds with everything spread, as a table, a summary and a picture."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Final

import click

from game.commands.answers import ALIVE, INTERRUPTED, BadInputError, complain, sentences
from game.commands.output import say, say_table
from game.commands.targets import check_targets
from game.commands.words import SEED, FileToWrite, WholeNumber, mode_option
from game.content.errors import InputError
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.seeds import LARGEST_SEED
from game.content.texts import load_texts
from game.lab.dispersion_summary import PERCENTS, Summary, by_number, summary_of
from game.lab.dispersion_table import Table
from game.lab.dispersion_words import name_of, shown_of
from game.lab.dispersions import Job, NotFlown, Row, fly_row, identity
from game.lab.roster import file_of, script_of, source_of
from game.lab.runners import MOST_JOBS, Runner, cores, runner_of, serial
from game.record.files import write_whole
from game.record.locks import only_writer
from game.report import ALIVE as LIVING

_MOST_RUNS: Final = 100_000
_SHOWN_SEEDS: Final = 6
_PILOTS: Final = ("autopilot", "idle", "novice", "script:FILE")


@click.command()
@click.argument("level")
@click.option("--runs", type=WholeNumber(1, _MOST_RUNS), required=True, metavar="N", help="So many flights.")
@click.option("--jobs", type=WholeNumber(1, MOST_JOBS), metavar="J", help="So many at a time; by itself, all cores.")
@click.option("--seed", type=SEED, default=1, metavar="S", help="The first flight's; the others follow it.")
@click.option("--pilot", default="autopilot", help=f"{', '.join(_PILOTS[:-1])} or {_PILOTS[-1]}.")
@mode_option
@click.option("--csv", type=FileToWrite(), help="Keep each flight as a row, and go on from what is there.")
@click.option("--plot", type=FileToWrite(), help="Write a picture (PNG) of it.")
@click.option("--cluster", metavar="tcp://HOST:PORT", help="Fly on the workers of a Dask scheduler.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def disperse(
    level: str,
    runs: int,
    jobs: int | None,
    seed: int,
    pilot: str,
    mode: Mode,
    csv: Path | None,
    plot: Path | None,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Fly a LEVEL by many seeds with everything spread that no pilot knows before.

    Each is `skycrane fly LEVEL --dispersed --seed N`. Ends with 0 when all are flown, whatever became of them.
    """
    with sentences():
        if seed + runs - 1 > LARGEST_SEED:
            raise BadInputError(f"--seed and --runs go beyond the last seed, {LARGEST_SEED}")
        if cluster is not None and jobs is not None:
            raise BadInputError("--jobs are processes of this machine and --cluster has its own workers; choose one")
        if cluster is not None:
            from game.lab.cluster import check_address  # noqa: PLC0415  only who has a cluster

            check_address(cluster)
        job = _job(level, pilot, mode.board)
        if plot is not None:
            if plot.suffix.lower() != ".png":
                raise BadInputError(f"{plot}: the picture is a PNG; name it so")
            from game.lab.overlay import check_plots  # noqa: PLC0415  only a picture pays for its means

            check_plots()
        check_targets((*job.level.files, file_of(pilot)), [path for path in (csv, plot) if path is not None])
        seeds = range(seed, seed + runs)
        with nullcontext() if csv is None else only_writer(csv):
            table = Table(job, seeds, csv)
            todo = len(table.missing)
            try:
                with _stoppable(), _runner(jobs, cluster, todo) as runner:
                    _fly(job, table, runner)
            except KeyboardInterrupt:
                complain([f"interrupted: {_kept(table, csv, len(seeds))}"])
                return INTERRUPTED
            except InputError as error:
                kept = (_kept(table, csv, len(seeds)),) if table.rows else ()
                raise BadInputError(*error.problems, *kept) from error
            if csv is not None and table.path is None:
                write_whole(csv, table.text)
        summary = summary_of(job, table.rows)
        if as_json:
            say(json.dumps(summary.as_json(job, seeds), indent=2, allow_nan=False))
        else:
            _tell(job, summary)
        if plot is not None:
            _draw(plot, job, table, summary)
    return ALIVE


def _job(level: str, pilot: str, mode: Mode) -> Job:
    """What is to be flown. Raises InputError with all that is wrong about it."""
    if pilot.startswith("replay:"):
        raise BadInputError(f"a replay's commands belong to its own flight; --pilot is {', '.join(_PILOTS)} here")
    chosen = load_level(level)
    script = script_of(pilot)
    source_of(pilot, chosen, mode=mode, script=script)
    return Job(level, chosen, mode, pilot, script, identity())


@contextmanager
def _runner(jobs: int | None, cluster: str | None, todo: int) -> Iterator[Runner]:
    if (todo <= 1 and cluster is None) or not todo:
        yield serial
        return
    if cluster is None:
        yield runner_of(min(cores() if jobs is None else jobs, todo))
        return
    from game.lab.cluster import cluster as cluster_at  # noqa: PLC0415  an extra

    with cluster_at(cluster, lambda sentence: complain([sentence])) as runner:
        yield runner


def _fly(job: Job, table: Table, runner: Runner) -> None:
    """Fly what is missing; each flight is kept as soon as it is over."""
    table.begin()
    try:
        with _progress(job, table) as see, closing(runner(partial(fly_row, job), table.missing)) as found:
            for _, row in found:
                if isinstance(row, NotFlown):
                    raise InputError(*row.problems)
                table.add(row)
                see(row)
    finally:
        table.close()


def _draw(plot: Path, job: Job, table: Table, summary: Summary) -> None:
    """The picture. Raises BadInputError when it cannot be written, which says what became of the flights."""
    from game.lab.dispersion_plot import plot_png  # noqa: PLC0415

    try:
        write_whole(plot, plot_png(load_texts(), job, table.rows, summary))
    except InputError as error:
        kept = f"all {len(table.rows)} flights are in {table.path}; the same command draws them without flying"
        lost = "the flights were not kept; with --csv FILE they are"
        raise BadInputError(*error.problems, lost if table.path is None else kept) from error


@contextmanager
def _stoppable() -> Iterator[None]:
    """A first Ctrl-C or kill is a KeyboardInterrupt, and while that is seen to, no second one disturbs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = (signal.SIGINT, signal.SIGTERM)

    def stop(*_: object) -> None:
        for each in asked:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in asked}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _kept(table: Table, csv: Path | None, runs: int) -> str:
    """What is left of a dispersion that was not flown to its end."""
    flown = f"{len(table.rows)} of {runs} flights"
    if table.path is None:
        return f"{flown} had been flown; with --csv FILE they are kept"
    command = "the same command" if table.path == csv else f"with --csv {table.path} the same command"
    return f"{flown} are in {table.path}; {command} goes on from there"


@contextmanager
def _progress(job: Job, table: Table) -> Iterator[Callable[[Row], None]]:
    """A bar on a terminal's stderr, with how many are alive so far; elsewhere nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  a pipe needs no ornament
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    rows = table.rows
    alive = sum(row["outcome"] in LIVING for row in rows)
    word = "reached" if job.level.goal.ends_at else "landed"
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[alive]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(stderr=True, markup=False)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(
            job.level_label, total=len(rows) + len(table.missing), completed=len(rows), alive=f"{alive} {word}"
        )

        def see(row: Row) -> None:
            nonlocal alive
            alive += row["outcome"] in LIVING
            progress.update(task, advance=1, alive=f"{alive} {word}")

        yield see


def _tell(job: Job, summary: Summary) -> None:
    """The summary for people."""
    texts, rate = load_texts(), summary.rate
    low, high = rate.interval
    alive = "reached the goal" if job.level.goal.ends_at else "landed"
    say(f"{job.level_label}, dispersed, {job.label}, {job.mode}: {rate.flights} flights")
    say(f"{alive}: {rate.alive}, {rate.share:.1%} (95 % certain: {low:.1%} to {high:.1%})")
    if rate.seeds:
        say("")
        head = ("lost in", "by", "times", "seeds")
        say_table(head, [(str(phase), code, str(len(lost)), _some(lost)) for (phase, code), lost in by_number(rate)])
        say(f"fly one again: {job.again(by_number(rate)[0][1][0])}")
    say("")
    columns = ("figure", "unit", "flights", *(f"{percent} %" for percent in PERCENTS))
    rows = []
    for name, spread in summary.spreads.items():
        shown = shown_of(name)
        cells = (shown.text(value) for value in spread.percentiles)
        rows.append((name_of(texts, name), shown.unit, str(spread.flights), *cells))
    say_table(columns, rows)
    if summary.footprint is not None:
        foot = summary.footprint
        say("")
        say(
            f"down along the track: mean {foot.mean_m:+,.1f} m, sigma {foot.sigma_m:,.1f} m; 99 of 100 within "
            f"{foot.half_99_m:,.0f} m of it (3.03 sigma, a normal spread's 99 % ellipse: {foot.ellipse_99_m:,.0f} m)"
        )
        say("across the track nothing is flown: the simulation is of one plane")


def _some(seeds: list[int]) -> str:
    more = len(seeds) - _SHOWN_SEEDS
    return ", ".join(map(str, seeds[:_SHOWN_SEEDS])) + (f" and {more} more" if more > 0 else "")
