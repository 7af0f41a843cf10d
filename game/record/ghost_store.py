"""Where ghosts come from: what was flown in this run, what lies in the person's state folder, or a worker process.

Nothing here is needed to fly: whatever cannot be read, written or made means that there is no ghost, and is no error.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import IO, Final, Protocol

from game.content.errors import InputError
from game.content.flown import flown_beside
from game.content.identity import content_hash
from game.content.levels import Level
from game.content.modes import Mode
from game.record.book.entry import board_of
from game.record.files import OutputError, write_whole
from game.record.ghost import GhostError, GhostTrack, Source, read_track
from game.record.ghost_flown import has_way
from game.record.ghost_worker import Job
from game.record.replay import Replay
from game.report import ALIVE
from game.sim.flight import RULES_VERSION

FOLDER: Final = "ghosts"
MOST_FILES: Final = 60  # about 20 MB; the oldest go first
_MOST_BYTES: Final = 8_000_000
_MOST_HELD: Final = 12  # in memory, 0.3 MB each
_MODULE: Final = "game.record.ghost_worker"
_PACKAGES: Final = Path(__file__).resolve().parents[2]


class Records(Protocol):
    """Where kept replays come from: the score book. It may raise InputError, which means that there is none."""

    def best_replay(self, level_id: str, mode: Mode) -> Replay | None:
        """Of the best proved flight of a board."""

    def last_replay(self, level_id: str) -> Replay | None:
        """Of the last flight of a level, however it ended."""


class Ghost:
    """One that was asked for. `track` is None until it is there, and stays so if it cannot be made.

    source     whose it is, which may be another than was asked for: nobody published a way for every level
    """

    def __init__(self, source: Source | None, track: GhostTrack | None = None, work: Work | None = None) -> None:
        self.source, self.track, self._work = source, track, work

    @property
    def coming(self) -> bool:
        return self._work is not None

    def poll(self) -> None:
        """Look whether it is there now; costs next to nothing."""
        if self._work is not None and self._work.done:
            self.track, self._work = self._work.take(), None


class Ghosts:
    """Of one person. Without a folder nothing outlasts the run."""

    def __init__(self, folder: Path | None = None, records: Records | None = None) -> None:
        """records: kept replays, to fly again whoever is not remembered."""
        self._folder = None if folder is None else folder / FOLDER
        self._records = records
        self._made_before: dict[str, GhostTrack] = {}
        self._last: dict[str, GhostTrack] = {}  # of this run, by level
        self._best: dict[tuple[str, Mode], GhostTrack] = {}
        self._work: Work | None = None

    def ask(self, wanted: Source, level: Level, mode: Mode, seed: int, *, dispersed: bool = False) -> Ghost:
        """The ghost to fly beside a flight. What was asked for before and is not ready yet is given up."""
        self.close()
        if wanted is Source.FLOWN:
            flown = flown_beside(level)
            if has_way(flown):
                return self._make(Job(wanted, f"flown {level.vehicle!r} {level.site!r} {flown!r}", str(level.file)))
            wanted = Source.AUTOPILOT
        if wanted is Source.AUTOPILOT:
            spec = level.flight_spec(mode, dispersed)
            key = f"autopilot {content_hash(spec)} {seed} {RULES_VERSION}"
            return self._make(Job(wanted, key, str(level.file), mode, dispersed, seed))
        track = self._last.get(level.id) if wanted is Source.LAST else self._best.get((level.id, mode.board))
        if wanted is Source.LAST and track is not None:
            return Ghost(wanted, track)
        replay = self._replay(wanted, level, mode)
        if replay is None or (track is not None and track.note.points >= replay.end.score):
            return Ghost(wanted, track)
        return self._make(Job(wanted, _replay_key(replay), str(level.file), replay=replay.text()))

    def _replay(self, wanted: Source, level: Level, mode: Mode) -> Replay | None:
        """The kept one, if it is of this very level: another version of its ground would be flown through."""
        if self._records is None:
            return None
        with suppress(InputError):
            best = wanted is Source.BEST
            replay = self._records.best_replay(level.id, mode) if best else self._records.last_replay(level.id)
            if replay is not None and replay.header.rules_version == RULES_VERSION:
                specs = (level.flight_spec(Mode(replay.header.mode), dispersed) for dispersed in (False, True))
                if replay.header.content in map(content_hash, specs):
                    return replay
        return None

    def flown(self, level: Level, replay: Replay, track: GhostTrack, *, counted: bool = True) -> None:
        """A flight of this run is over: it is the last one now, and perhaps the best; not if it does not count."""
        if not len(track):
            return
        self._last[level.id] = track
        good = counted and track.note.outcome in ALIVE
        board = level.id, board_of(replay)
        if good and (board not in self._best or track.note.points > self._best[board].note.points):
            self._best[board] = track
        self._keep(_short(_replay_key(replay)), track)

    def close(self) -> None:
        """Give up what is still being made."""
        if self._work is not None:
            self._work.close()
            self._work = None

    def _make(self, job: Job) -> Ghost:
        """At once if it has been made before, else by and by."""
        job = replace(job, key=_short(job.key))
        track = self._found(job.key)
        if track is not None:
            return Ghost(job.source, track)
        self._work = Work(job, self._keep)
        return Ghost(job.source, None, self._work)

    def _found(self, key: str) -> GhostTrack | None:
        if key not in self._made_before and self._folder is not None:
            with suppress(OSError, ValueError, GhostError):
                with (self._folder / f"{key}.ghost").open("rb") as file:
                    data = file.read(_MOST_BYTES)
                self._made_before[key] = read_track(data, key)
        return self._made_before.get(key)

    def _keep(self, key: str, track: GhostTrack) -> None:
        while len(self._made_before) >= _MOST_HELD:
            del self._made_before[next(iter(self._made_before))]
        self._made_before[key] = track
        if self._folder is None:
            return
        with suppress(OSError, OutputError):
            self._folder.mkdir(parents=True, exist_ok=True)
            files = sorted(self._folder.glob("*.ghost"), key=lambda path: path.stat().st_mtime)
            for path in files[: max(len(files) - MOST_FILES + 1, 0)]:
                path.unlink()
            # Not waited for until it is on the disk: a flight may be under way, and what is lost is made again.
            write_whole(self._folder / f"{key}.ghost", track.data(key), lasting=False)


class Work:
    """A worker process on one job. It is asked and never waited for."""

    def __init__(self, job: Job, keep: Callable[[str, GhostTrack], None]) -> None:
        self._job, self._keep = job, keep
        self._process: subprocess.Popen[bytes] | None = None
        self._out: IO[bytes] | None = None
        self._begin()

    def _begin(self) -> None:
        environment = dict(os.environ)
        before = environment.get("PYTHONPATH")
        # A Python looks for modules in the folder that it stands in first, and would run whatever lies there.
        environment["PYTHONSAFEPATH"] = "1"
        environment["PYTHONPATH"] = str(_PACKAGES) if not before else os.pathsep.join((str(_PACKAGES), before))
        # Files, not pipes: nobody has to read along, and nobody can wait for a reader.
        with suppress(OSError), tempfile.TemporaryFile() as asked:
            asked.write(self._job.text().encode())
            asked.seek(0)
            self._out = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
            self._process = subprocess.Popen(  # noqa: S603  a module of this game, by this Python
                [sys.executable, "-m", _MODULE], stdin=asked, stdout=self._out, stderr=subprocess.DEVNULL,
                env=environment,
            )  # fmt: skip

    @property
    def done(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def take(self) -> GhostTrack | None:
        """What was made, once it is done."""
        track = None
        if self._process is not None and self._out is not None and self._process.returncode == 0:
            with suppress(OSError, ValueError, GhostError):
                self._out.seek(0)
                track = read_track(self._out.read(_MOST_BYTES), self._job.key)
                self._keep(self._job.key, track)
        self.close()
        return track

    def close(self) -> None:
        """End the process, if it still runs, and drop what it wrote."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._out is not None:
            self._out.close()
            self._out = None


def _replay_key(replay: Replay) -> str:
    return f"replay {replay.header.content} {replay.header.rules_version} {replay.end.digest}"


def _short(key: str) -> str:
    """A key as a file's name."""
    return blake2b(key.encode(), digest_size=16).hexdigest()
