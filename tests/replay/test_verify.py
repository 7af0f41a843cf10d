"""A record flies again exactly, and nothing that was changed passes for exact."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from game.content.levels import load_level
from game.pilots.mixer import Hands
from game.record.recorder import Recorder
from game.record.replay import Replay, ReplayError, Run, parse_replay
from game.record.verify import Verdict, Verification, verify
from game.sim.command import Command
from game.sim.events import Reason
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from tests.replay.flights import RandomHands, recorded


@cache
def landing() -> Replay:
    return recorded("sky-crane", seed=3, dispersed=True)[1]


def verified(replay: Replay, level: str = "sky-crane") -> Verification:
    return verify(replay, load_level(level), "a.replay")


def with_header(**changes: Any) -> Replay:
    return replace(landing(), header=replace(landing().header, **changes))


def elsewhere(replay: Replay) -> Replay:
    """The same record as if it came from a machine with other last digits."""
    return replace(
        replay,
        header=replace(replay.header, platform="plan9-mips"),
        digests=tuple(digest[::-1] for digest in replay.digests),
        end=replace(replay.end, digest=replay.end.digest[::-1]),
    )


def test_a_record_read_from_its_text_flies_exactly() -> None:
    """Written, read, flown: the same flight to the last bit, with the same result."""
    result = verified(parse_replay(landing().text(), "a.replay"))
    assert (result.verdict, result.difference_s) == (Verdict.EXACT, None)
    assert result.report is not None
    assert result.report.digest == landing().end.digest
    assert result.sentence.startswith("exact: landed (landed) with ")


@pytest.mark.parametrize("seed", range(3))
def test_a_loss_by_random_hands_flies_exactly(seed: int) -> None:
    """Wild commands and a crash with its tumbling bodies are as repeatable as a landing."""
    report, replay = recorded("powered-descent", RandomHands(seed), seed=seed)
    assert report.outcome is Outcome.LOST
    assert verified(replay, "powered-descent").verdict is Verdict.EXACT


@pytest.mark.parametrize("level", ["course", "parachute"])
def test_a_flight_that_ends_before_the_ground_flies_exactly(level: str) -> None:
    """Goals completed and missed: no touchdown, and still the same to the last bit."""
    for pilot in (None, RandomHands(5)):
        report, replay = recorded(level, pilot, seed=2, dispersed=True)
        assert report.touchdown is None
        assert verified(parse_replay(replay.text(), "a.replay"), level).verdict is Verdict.EXACT


@pytest.mark.slow
def test_a_whole_flight_flies_exactly() -> None:
    """From the course to the wheels, the nine hours' jump included."""
    report, replay = recorded("jezero", seed=4)
    assert len(replay.digests) == report.ticks // 120
    assert verified(parse_replay(replay.text(), "a.replay"), "jezero").verdict is Verdict.EXACT


def test_the_first_second_that_differs_is_named() -> None:
    """One command changed in second 6: the digests agree up to second 5."""
    runs, tick = list(landing().runs), 0
    for index, run in enumerate(runs):
        if tick >= 5 * 120:
            runs[index] = replace(run, command=replace(run.command, tilt=min(run.command.tilt + 40, 127)))
            break
        tick += run.ticks
    result = verified(replace(landing(), runs=tuple(runs)))
    assert (result.verdict, result.difference_s) == (Verdict.DIFFERS, 6)
    assert result.sentence == "differs: the state is another; the first second that differs is 6"


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": Outcome.LOST},
        {"reason": Reason.FUEL_OUT},
        {"score": 10_000},
        {"digest": "0" * 32},
    ],
)
def test_a_changed_outcome_is_never_exact(changed: dict[str, Any]) -> None:
    """The commands are right, but what is claimed of them is not."""
    result = verified(replace(landing(), end=replace(landing().end, **changed)))
    assert result.verdict is Verdict.DIFFERS


def test_a_record_that_stops_early_differs() -> None:
    """Half a flight has no outcome, whatever it claims."""
    ticks = sum(run.ticks for run in landing().runs[:20])
    half = replace(
        landing(),
        runs=landing().runs[:20],
        digests=landing().digests[: ticks // 120],
        frames=landing().frames[: ticks // 1200],
        end=replace(landing().end, ticks=ticks),
    )
    result = verified(half)
    assert result.verdict is Verdict.DIFFERS
    assert "goes on after its recorded end" in result.detail


def test_a_record_that_goes_on_after_the_end_differs() -> None:
    """Commands after the flight is over were never flown."""
    extra = Run(120, Command(), Hands.NONE)
    end = landing().end
    rest = Run(120 - end.ticks % 120, Command(reel=1), Hands.NONE)
    longer = replace(
        landing(),
        runs=(*landing().runs, rest, extra),
        digests=(*landing().digests, "0" * 32, "0" * 32),
        end=replace(end, ticks=end.ticks + rest.ticks + extra.ticks),
    )
    assert verified(longer).verdict is Verdict.DIFFERS


def test_another_platform_within_bounds_says_so() -> None:
    """Other last digits, the same flight: not exact, not refused, and never silently ok."""
    result = verified(elsewhere(landing()))
    assert (result.verdict, result.difference_s) == (Verdict.WITHIN_TOLERANCE, 1)
    assert "recorded on plan9-mips" in result.sentence


def test_another_platform_out_of_bounds_is_not_verified() -> None:
    """A place two metres off or another score: the record may be right, but this machine cannot say so."""
    frame = landing().frames[1]
    moved = (landing().frames[0], replace(frame, rover_x_m=frame.rover_x_m + 2.0), *landing().frames[2:])
    assert verified(replace(elsewhere(landing()), frames=moved)).verdict is Verdict.NOT_VERIFIED
    scored = elsewhere(landing())
    scored = replace(scored, end=replace(scored.end, score=scored.end.score - 51))
    assert verified(scored).verdict is Verdict.NOT_VERIFIED


def test_another_platform_with_equal_digests_is_exact() -> None:
    """A platform tag is a suspicion; the digests are the proof."""
    assert verified(with_header(platform="plan9-mips")).verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda: with_header(rules_version=99), "was flown by rules 99, this game flies by rules"),
        (lambda: with_header(content="0" * 32), "was flown on another version of the level 'sky-crane'"),
        (lambda: with_header(dispersed=False), "was flown on another version of the level 'sky-crane'"),
        (lambda: with_header(mode="easy"), "there is no mode 'easy'"),
        (
            lambda: replace(landing(), end=replace(landing().end, ticks=10**8)),
            "is longer than the level 'sky-crane' allows",
        ),
    ],
)
def test_a_record_that_cannot_be_flown_here_is_refused(broken: Callable[[], Replay], said: str) -> None:
    """Other rules, another level, no such mode: a sentence, before anything is flown."""
    with pytest.raises(ReplayError) as caught:
        verified(broken())
    assert str(caught.value).startswith(f"a.replay: {said}")


def test_a_level_that_tears_the_flight_apart_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `fly` tells it: figures that are allowed, and together make no flight."""

    def torn(self: Flight, command: Command) -> None:
        raise ZeroDivisionError("float division by zero")

    monkeypatch.setattr(Flight, "step", torn)
    with pytest.raises(ReplayError, match="cannot be flown on the level 'sky-crane': float division by zero"):
        verified(landing())


def test_the_wrong_level_is_refused() -> None:
    """The content hash, not the name, says which level it was."""
    with pytest.raises(ReplayError, match="another version of the level 'sky-crane'"):
        verified(landing(), "powered-descent")


def test_mutated_commands_never_verify_with_a_changed_outcome() -> None:
    """Whatever is changed in the commands, the verdict is exact only when the outcome is the recorded one."""
    draw = random.Random("mutants").random
    for _ in range(12):
        runs = list(landing().runs)
        index = int(draw() * len(runs))
        run = runs[index]
        command = replace(run.command, throttle=int(256 * draw()), action=draw() < 0.5)
        runs[index] = replace(run, command=command)
        result = verified(replace(landing(), runs=tuple(runs)))
        if result.verdict is Verdict.EXACT:
            assert result.report is not None
            assert result.report.digest == landing().end.digest


def test_a_recording_begins_with_the_flight() -> None:
    """A replay is always from tick 0: a recorder that comes later is refused."""
    level = load_level("sky-crane")
    flight = Flight(level.flight_spec())
    flight.step(Command())
    recorder = Recorder(level=level.id, mode="manual", dispersed=False, pilot="idle")
    with pytest.raises(ValueError, match="begins with the flight"):
        recorder.begin(flight)


def test_frames_left_out_or_added_are_never_within_tolerance() -> None:
    """Without its places a record from elsewhere has nothing to be compared by."""
    frames = landing().frames
    for changed in ((), frames[:-1], (*frames, frames[-1])):
        result = verified(replace(elsewhere(landing()), frames=changed))
        assert result.verdict is Verdict.NOT_VERIFIED
        assert f"with {len(changed)} frames, flown here with {len(frames)}" in result.detail


def test_another_platform_must_end_at_about_the_same_tick() -> None:
    """A second more or less is the last digits' doing, more is another flight."""
    end = landing().end
    for ticks, verdict in ((end.ticks + 121, Verdict.NOT_VERIFIED), (end.ticks + 1, Verdict.WITHIN_TOLERANCE)):
        digests = (*landing().digests, *("0" * 32 for _ in range(ticks // 120 - len(landing().digests))))
        changed = replace(landing(), digests=digests, end=replace(end, ticks=ticks))
        assert verified(elsewhere(changed)).verdict is verdict


def test_frames_count_on_the_same_platform_too() -> None:
    """Whatever a record says of the flight must be so: a centimetre in a frame, or a frame too few."""
    frames = landing().frames
    moved = (replace(frames[0], rover_x_m=frames[0].rover_x_m + 0.01), *frames[1:])
    for changed in (moved, frames[:-1]):
        result = verified(replace(landing(), frames=changed))
        assert result.verdict is Verdict.DIFFERS
        assert result.detail.startswith("the frames are others")


def test_a_mode_that_is_another_craft_is_refused() -> None:
    """Raw has another control law, so another content hash; guided and manual are the same flight."""
    with pytest.raises(ReplayError, match="another version of the level"):
        verified(with_header(mode="raw"))
    assert verified(with_header(mode="guided")).verdict is Verdict.EXACT


def test_the_verdict_says_what_it_proves() -> None:
    """And what stands in the record as it was written down only."""
    assert "proved: commands, digests, frames, outcome, score" in verified(landing()).sentence
    assert "as recorded only: pilot, hands, mode" in verified(landing()).sentence
    assert "within bounds: frames, end, outcome, score" in verified(elsewhere(landing())).sentence
