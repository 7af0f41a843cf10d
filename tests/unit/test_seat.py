"""The seat: what the window gives a person, given to hands without a window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import HudModel
from game.cues.outlook import outlook
from game.cues.prediction import predict, predict_planned
from game.lab.fly import fly
from game.lab.roster import source_of
from game.pilots.autopilot import Autopilot
from game.pilots.levers import Controls
from game.pilots.pilot import Helm
from game.pilots.seat import Seat
from game.record.recorder import Recorder
from game.record.verify import Verdict, verify
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase


class Still:
    """A hand that does what it is told at a time, and keeps what it saw."""

    def __init__(self, press: Callable[[Controls, float], None] = lambda controls, now_s: None) -> None:
        self._press = press
        self.saw: list[tuple[float, HudModel]] = []

    def looks(self, now_s: float) -> bool:
        return not self.saw or now_s >= self.saw[-1][0] + 0.25

    def look(self, hud: HudModel, now_s: float) -> None:
        self.saw.append((now_s, hud))

    def move(self, controls: Controls, now_s: float) -> None:
        self._press(controls, now_s)


def flown(level: str, mode: Mode, hand: Still, ticks: int) -> tuple[list[Command], list[Command], Flight]:
    """What the seat commanded, and what the autopilot alone would have in the same moments."""
    chosen = load_level(level)
    flight = Flight(chosen.flight_spec(mode), 1)
    seat, autopilot = Seat(hand, mode, chosen.pace), Helm(Autopilot())
    ours, its = [], []
    for _ in range(ticks):
        ours.append(seat.command(flight))
        its.append(autopilot.command(flight))
        events = flight.step(ours[-1])
        seat.hear(events)
        autopilot.hear(events)
    return ours, its, flight


def test_guided_without_hands_is_the_autopilot_without_its_moments() -> None:
    """Every axis is the autopilot's; its ACTION is never taken, so the rover is not released."""
    ours, its, flight = flown("sky-crane", Mode.GUIDED, Still(), 1200)
    assert [command.held() for command in ours] == [command.held() for command in its]
    assert any(command.action for command in its)
    assert not any(command.action for command in ours)
    assert not flight.nav().rover_released


def test_guided_leaves_a_deflected_axis_to_the_hand() -> None:
    """Holding the right key tilts right whatever the autopilot wants; the throttle stays its own."""

    def hold_right(controls: Controls, now_s: float) -> None:
        controls.right = 1.0 <= now_s < 2.0

    ours, its, _ = flown("powered-descent", Mode.GUIDED, Still(hold_right), 330)
    assert all(command.tilt == 127 for command in ours[180:238])
    assert [command.throttle for command in ours] == [command.throttle for command in its]
    assert ours[60].tilt == its[60].tilt
    assert ours[300].tilt == its[300].tilt


def test_manual_has_nobody_else_on_board() -> None:
    """Hands off in Manual is no command at all."""
    ours, its, _ = flown("powered-descent", Mode.MANUAL, Still(), 600)
    assert set(ours) == {Command()}
    assert set(its) != {Command()}


def test_action_and_mark_are_pressed_once() -> None:
    """A press lasts one tick, also when the picture changes only every other one."""

    def press_once(controls: Controls, now_s: float, done: list[float] = []) -> None:  # noqa: B006  kept between calls
        if now_s >= 0.5 and not done:
            done.append(now_s)
            controls.action, controls.mark = True, 1

    ours, _, _ = flown("sky-crane", Mode.GUIDED, Still(press_once), 240)
    assert [command.action for command in ours].count(True) == 1
    assert [command.mark for command in ours].count(1) == 1


def test_the_hands_time_goes_by_the_pace_of_the_level() -> None:
    """A reaction costs as much flight as on the screen: the cruise of jezero is flown at up to ten times its time."""
    level = load_level("jezero")
    hand = Still(lambda controls, now_s: setattr(controls, "action", now_s < 3.0))
    _, _, flight = flown("jezero", Mode.GUIDED, hand, 9000)
    assert flight.phase in {Phase.APPROACH, Phase.ENTRY}
    own_s, flight_s = hand.saw[-1][0], flight.tick / 120.0
    assert 2.0 * own_s < flight_s < max(level.pace.values()) * own_s
    beats = [later[0] - one[0] for one, later in zip(hand.saw, hand.saw[1:], strict=False)]
    assert max(beats) < 0.25 + 0.05
    slow = Still()
    _, _, flight = flown("sky-crane", Mode.GUIDED, slow, 600)
    assert slow.saw[-1][0] == pytest.approx(flight.tick / 120.0, abs=0.3)


def test_the_outlook_is_that_of_who_flies() -> None:
    """The autopilot goes on with its plan, a hand holds its lever; on the engines nobody foretells."""
    flight = Flight(load_level("heat-shield").flight_spec())
    while flight.phase is not Phase.ENTRY:
        flight.step(Command())
    nav = flight.nav()
    assert outlook(nav, guided=True) == predict_planned(nav)
    assert outlook(nav, guided=False) == predict(nav)
    assert outlook(nav, guided=True) != outlook(nav, guided=False)
    assert outlook(Flight(load_level("sky-crane").flight_spec()).nav(), guided=True) is None


@pytest.mark.parametrize("mode", [Mode.GUIDED, Mode.MANUAL])
@pytest.mark.slow
def test_a_novices_flight_is_the_same_again_and_its_record_verifies(mode: Mode) -> None:
    """Level, mode and seed decide it; another seed is another person on another day."""
    level = load_level("sky-crane")
    digests = []
    for seed in (3, 3, 4):
        source, name = source_of("novice", level, mode=mode, seed=seed)
        recorder = Recorder(level=level.id, mode=mode.value, dispersed=False, pilot=name)
        report = fly(level, source, pilot=name, seed=seed, mode=mode, observers=[recorder])
        digests.append(report.digest)
        assert verify(recorder.finish(report), level, "record").verdict is Verdict.EXACT
    assert digests[0] == digests[1] != digests[2]
