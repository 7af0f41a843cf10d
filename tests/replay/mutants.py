"""Records that were changed: by accident, and by somebody who knows the format and reckons the checksum anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import Final

from game.pilots.mixer import Hands
from game.record.replay import Replay, parse_replay
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ
from tests.replay.kept import FOLDER

Draw = Callable[[], float]


@dataclass(frozen=True)
class Mutant:
    """A text that pretends to be a record, and the record that it was made of."""

    how: str
    source: Replay
    text: str


@cache
def source(name: str) -> Replay:
    return parse_replay((FOLDER / f"{name}.replay").read_text("utf-8"), name)


def mutant(seed: int, names: tuple[str, ...]) -> Mutant:
    """One of them, the same for the same seed; its checksum fits where the way of changing it is a deceiver's."""
    draw = random.Random(f"mutant/{seed}").random
    of = source(names[int(draw() * len(names))])
    how = list(_WAYS)[seed % len(_WAYS)]  # each way as often as any other
    return Mutant(how, of, _WAYS[how](of, draw))


def resealed(text: str) -> str:
    """With a checksum that fits."""
    body = text[: text.rindex("sum ")]
    return f"{body}sum {blake2b(body.encode(), digest_size=8).hexdigest()}\n"


def _pick(count: int, draw: Draw) -> int:
    return int(draw() * count)


def _damaged(of: Replay, draw: Draw) -> str:
    """A byte changed, taken out or put in."""
    text, at = of.text(), _pick(len(of.text()), draw)
    byte = chr(_pick(128, draw))
    after = text[at + _pick(2, draw) :]
    changed = text[:at] + byte + after
    return changed if changed != text else text[:at] + text[at + 1 :]


def _cut(of: Replay, draw: Draw) -> str:
    return of.text()[: _pick(len(of.text()), draw)]


def _lines_moved(of: Replay, draw: Draw) -> str:
    """A line dropped, doubled, or changed for another one."""
    lines = of.text().splitlines()
    one, other = _pick(len(lines) - 1, draw), _pick(len(lines) - 1, draw)
    way = _pick(3, draw)
    if way == 0:
        del lines[one]
    elif way == 1:
        lines.insert(one, lines[other])
    else:
        lines[one], lines[other] = lines[other], lines[one]
    return resealed("\n".join(lines) + "\n")


def _number_changed(of: Replay, draw: Draw) -> str:
    """Any number anywhere, by a little or by much."""
    lines = of.text().splitlines()
    at = 1 + _pick(len(lines) - 2, draw)
    words = lines[at].split(" ")
    place = 1 + _pick(len(words) - 1, draw)
    words[place] = str(_pick(3, draw) - 1 if draw() < 0.5 else _pick(10**6, draw) - 500_000)
    lines[at] = " ".join(words)
    return resealed("\n".join(lines) + "\n")


def _commands_changed(of: Replay, draw: Draw) -> str:
    """Other levers for a while, or the moment of an ACTION moved."""
    runs = list(of.runs)
    at = _pick(len(runs), draw)
    for index in range(at, min(at + 1 + _pick(20, draw), len(runs))):
        run = runs[index]
        command = run.command
        tilt = max(-127, min(127, command.tilt + _pick(41, draw) - 20))
        runs[index] = replace(run, command=replace(command, tilt=tilt, action=command.action ^ (draw() < 0.2)))
    return _merged(replace(of, runs=tuple(runs))).text()


def _result_changed(of: Replay, draw: Draw) -> str:
    """The commands are right; what is claimed of them is not."""
    end, way = of.end, _pick(4, draw)
    if way == 0:
        points = 1 + _pick(50, draw)
        end = replace(end, score=end.score - points if end.score >= points and draw() < 0.5 else end.score + points)
    elif way == 1:
        end = replace(end, outcome=[each for each in Outcome if each is not end.outcome][_pick(2, draw)])
    elif way == 2:
        end = replace(end, reason=[each for each in Reason if each is not end.reason][_pick(20, draw)])
    else:
        end = replace(end, digest=end.digest[::-1])
    return replace(of, end=end).text()


def _proof_changed(of: Replay, draw: Draw) -> str:
    """A digest or a place of another flight."""
    if of.frames and draw() < 0.5:
        at = _pick(len(of.frames), draw)
        moved = replace(of.frames[at], rover_x_m=of.frames[at].rover_x_m + 0.01)
        return replace(of, frames=(*of.frames[:at], moved, *of.frames[at + 1 :])).text()
    at = _pick(len(of.digests), draw)
    return replace(of, digests=(*of.digests[:at], of.digests[at][::-1], *of.digests[at + 1 :])).text()


def _header_changed(of: Replay, draw: Draw) -> str:
    """Another day, another level, other rules, another machine, another person."""
    header = of.header
    ways = (
        {"seed": header.seed + 1 + _pick(1000, draw)},
        {"mode": ("guided", "raw", "one-button", "easy")[_pick(4, draw)]},
        {"dispersed": not header.dispersed},
        {"level": ("course", "gale", "../../../etc/passwd", "nowhere")[_pick(4, draw)]},
        {"rules_version": header.rules_version + 1},
        {"content": header.content[::-1]},
        {"platform": "plan9-mips"},
        {"pilot": "somebody else", "game_version": "9.9.9"},
    )
    return replace(of, header=replace(header, **ways[_pick(len(ways), draw)])).text()  # type: ignore[arg-type]


def _hands_changed(of: Replay, draw: Draw) -> str:
    """Who held what is no part of the flight."""
    return _merged(replace(of, runs=tuple(replace(run, hands=Hands.ALL) for run in of.runs))).text()


def _ended_early(of: Replay, draw: Draw) -> str:
    """Up to a whole second, with all that belongs there, and a landing claimed of it."""
    seconds = 1 + _pick(len(of.digests) - 1, draw)
    ticks, runs, flown = TICK_HZ * seconds, [], 0
    for run in of.runs:
        if flown < ticks:
            runs.append(run)
            flown += run.ticks
    end = replace(
        of.end, ticks=ticks, outcome=Outcome.LANDED, reason=Reason.LANDED, score=10_000, digest=of.digests[seconds - 1]
    )
    return replace(
        of, runs=tuple(runs), digests=of.digests[:seconds], frames=of.frames[: seconds // 10], end=end
    ).text()


def _from_elsewhere(of: Replay, draw: Draw) -> str:
    """A better result, and a machine named whose digests nobody can check here."""
    other = replace(of.header, platform="plan9-mips")
    end = replace(of.end, score=of.end.score + 1 + _pick(60, draw), digest=of.end.digest[::-1])
    return replace(of, header=other, digests=tuple(digest[::-1] for digest in of.digests), end=end).text()


def _as_a_journal(of: Replay, draw: Draw) -> str:
    """The first line of a flight that was cut off, so that no checksum is needed; then anything changed in it."""
    text = of.text().replace("skycrane replay 1\n", "skycrane replay 1 journal\n", 1)
    text = text[: text.rindex("\nend ") + 1]
    if draw() < 0.5:
        at = _pick(len(text), draw)
        text = text[:at] + "01 \nab"[_pick(6, draw)] + text[at + 1 :]
    return text[: len(text) - _pick(len(text) // 2, draw)]


def _merged(of: Replay) -> Replay:
    """Equal runs of a second made one again, as there is one way to write a flight."""
    runs = [of.runs[0]]
    ticks = of.runs[0].ticks
    for run in of.runs[1:]:
        last = runs[-1]
        if ticks % TICK_HZ and (last.command, last.hands) == (run.command, run.hands):
            runs[-1] = replace(last, ticks=last.ticks + run.ticks)
        else:
            runs.append(run)
        ticks += run.ticks
    return replace(of, runs=tuple(runs))


_WAYS: Final[dict[str, Callable[[Replay, Draw], str]]] = {
    "damaged": _damaged,
    "cut": _cut,
    "lines moved": _lines_moved,
    "number changed": _number_changed,
    "commands changed": _commands_changed,
    "result changed": _result_changed,
    "proof changed": _proof_changed,
    "header changed": _header_changed,
    "hands changed": _hands_changed,
    "ended early": _ended_early,
    "from elsewhere": _from_elsewhere,
    "as a journal": _as_a_journal,
}
WAYS: Final = tuple(_WAYS)
