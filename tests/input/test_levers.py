"""Levers, presses and keys, without a window."""

from __future__ import annotations

import pygame
import pytest

from game.input.actions import Action
from game.input.keyboard import Keyboard
from game.pilots.levers import HOVER_LEVER, LIFT_TRAVEL_S, TILT_FULL_S, TRAVEL_S, Controls, Levers
from game.pilots.mixer import Hands
from game.sim.command import Command
from game.sim.phases import Phase
from game.sim.spec import TICK_HZ


def ticks(
    levers: Levers, controls: Controls, count: int, phase: Phase = Phase.POWERED, *, reeling: bool = False
) -> Command:
    command = Command()
    for _ in range(count):
        command, _ = levers.tick(controls, phase, reeling=reeling)
    return command


def press(keyboard: Keyboard, key: int) -> Action | None:
    return keyboard.feed(pygame.event.Event(pygame.KEYDOWN, key=key))


def let_go(keyboard: Keyboard, key: int) -> None:
    keyboard.feed(pygame.event.Event(pygame.KEYUP, key=key))


def test_the_throttle_lever_travels_in_its_time_and_stays_where_it_is_left() -> None:
    """Full travel takes TRAVEL_S; let go, the lever does not move."""
    levers, controls = Levers(Phase.POWERED), Controls(up=True)
    assert ticks(levers, controls, round(0.5 * TRAVEL_S * TICK_HZ)).throttle == pytest.approx(127, abs=2)
    controls.up = False
    before = levers.throttle
    ticks(levers, controls, 200)
    assert levers.throttle == before


def test_the_tilt_ramps_up_and_springs_back() -> None:
    """A tap is a nudge, a held key is a full tilt, and a released one is upright again."""
    levers, controls = Levers(Phase.POWERED), Controls(right=True)
    assert 0 < ticks(levers, controls, 6).tilt < 30
    assert ticks(levers, controls, round(TILT_FULL_S * TICK_HZ)).tilt == 127
    controls.right = False
    assert ticks(levers, controls, TICK_HZ).tilt == 0


@pytest.mark.parametrize("pace", [1.0, 8.0])
def test_a_doubled_press_of_action_is_one(pace: float) -> None:
    """A finger that is not sure presses twice: within half a second of its own time, at any pace, it is one step."""
    levers, controls, pressed = Levers(Phase.PARACHUTE), Controls(), []
    ticks_a_second = round(TICK_HZ * pace)
    for tick in range(2 * ticks_a_second):
        controls.action = tick in {0, round(0.25 * ticks_a_second), round(0.8 * ticks_a_second)}
        command, hands = levers.tick(controls, Phase.PARACHUTE, reeling=False, pace=pace)
        assert bool(hands & Hands.MOMENTS) == command.action
        if command.action:
            pressed.append(tick / ticks_a_second)
    assert pressed == pytest.approx([0.0, 0.8], abs=0.01)


def test_the_lever_goes_to_the_middle_when_the_sky_crane_begins() -> None:
    """In the powered descent it is thrust, under the sky crane it is vertical speed: 127 sinks at 0.75 m/s."""
    levers, controls = Levers(Phase.POWERED), Controls(up=True)
    ticks(levers, controls, 300)
    controls.up = False
    assert ticks(levers, controls, 1, Phase.SKY_CRANE).throttle == 127
    assert Levers(Phase.SKY_CRANE).throttle == HOVER_LEVER


def test_down_is_the_reel_while_the_bridle_is_not_full_and_the_lever_only_after_it_was_let_go() -> None:
    """The key that paid the bridle out must not make the craft sink faster in the same breath."""
    levers, controls = Levers(Phase.SKY_CRANE), Controls(down=True)
    command = ticks(levers, controls, 10, Phase.SKY_CRANE, reeling=True)
    assert (command.reel, command.throttle) == (127, 127)
    command = ticks(levers, controls, 60, Phase.SKY_CRANE)
    assert (command.reel, command.throttle) == (0, 127)
    controls.down = False
    ticks(levers, controls, 1, Phase.SKY_CRANE)
    controls.down = True
    assert ticks(levers, controls, 60, Phase.SKY_CRANE).throttle < 127


def test_the_lift_lever_stays_where_it_is_left() -> None:
    """In the entry it starts where the level has it, moves while a key is down, and keeps what it was given."""
    levers, controls = Levers(Phase.ENTRY, 0.62), Controls()
    assert ticks(levers, controls, 5, Phase.ENTRY).tilt == round(0.62 * 127)
    controls.left = True
    ticks(levers, controls, round(0.5 * LIFT_TRAVEL_S * TICK_HZ), Phase.ENTRY)
    controls.left = False
    assert ticks(levers, controls, 300, Phase.ENTRY).tilt == pytest.approx(-0.38 * 127, abs=2)
    controls.right = True
    assert ticks(levers, controls, round(LIFT_TRAVEL_S * TICK_HZ), Phase.ENTRY).tilt == 127


def test_what_turned_the_capsule_is_no_lift() -> None:
    """A turn in the approach springs back; the entry begins with the level's lift, the parachute with nothing."""
    levers, controls = Levers(Phase.APPROACH, 0.3), Controls(right=True)
    assert ticks(levers, controls, TICK_HZ, Phase.APPROACH).tilt == 127
    controls.right = False
    assert ticks(levers, controls, 1, Phase.ENTRY).tilt == round(0.3 * 127)
    assert ticks(levers, controls, 1, Phase.PARACHUTE).tilt == 0


def test_with_the_raw_law_tilt_is_a_moment_also_in_the_entry() -> None:
    """It springs back: nobody holds what a raw hand let go."""
    levers, controls = Levers(Phase.ENTRY, 0.62, raw=True), Controls(left=True)
    assert ticks(levers, controls, TICK_HZ, Phase.ENTRY).tilt == -127
    controls.left = False
    assert ticks(levers, controls, TICK_HZ, Phase.ENTRY).tilt == 0


def test_the_lift_lever_goes_along_with_the_autopilot() -> None:
    """Taking over starts from what the capsule was last told, not from where a hand left the lever."""
    levers = Levers(Phase.ENTRY, 0.62)
    levers.tick(Controls(), Phase.ENTRY, reeling=False)
    levers.follow(Command(tilt=-50), Hands.MOMENTS)
    assert levers.tick(Controls(), Phase.ENTRY, reeling=False)[0].tilt == -50


def test_only_deflected_axes_are_held() -> None:
    """What the person does not touch is the autopilot's, when one helps."""
    levers = Levers(Phase.POWERED)
    assert levers.tick(Controls(), Phase.POWERED, reeling=False)[1] == Hands.NONE
    assert levers.tick(Controls(left=True, up=True), Phase.POWERED, reeling=False)[1] == Hands.TILT | Hands.THROTTLE
    assert levers.tick(Controls(down=True), Phase.SKY_CRANE, reeling=True)[1] == Hands.REEL


def test_a_lever_that_somebody_else_moves_goes_along() -> None:
    """Taking over from the autopilot starts from where its throttle is."""
    levers = Levers(Phase.POWERED)
    levers.follow(Command(throttle=200), Hands.NONE)
    assert ticks(levers, Controls(), 1).throttle == 200


def test_a_press_between_frames_waits_for_the_next_tick_and_fires_once() -> None:
    """A frame without a tick loses nothing; a frame with three fires in the first of them only."""
    keyboard = Keyboard()
    levers = Levers(Phase.SKY_CRANE)
    press(keyboard, pygame.K_SPACE)
    let_go(keyboard, pygame.K_SPACE)
    press(keyboard, pygame.K_e)
    # no tick here: the frame was too short
    fired = [levers.tick(keyboard.controls, Phase.SKY_CRANE, reeling=False)[0] for _ in range(3)]
    assert [command.action for command in fired] == [True, False, False]
    assert [command.mark for command in fired] == [1, 0, 0]


def test_a_tap_shorter_than_a_frame_still_nudges() -> None:
    """Down and up between two ticks counts as one tick of deflection."""
    keyboard = Keyboard()
    press(keyboard, pygame.K_LEFT)
    let_go(keyboard, pygame.K_LEFT)
    assert ticks(Levers(Phase.POWERED), keyboard.controls, 1).tilt < 0


def test_arrows_and_letters_are_the_same_keys() -> None:
    """Either of two keys holds a control, and it is held until both are up."""
    keyboard = Keyboard()
    press(keyboard, pygame.K_a)
    press(keyboard, pygame.K_LEFT)
    let_go(keyboard, pygame.K_a)
    assert keyboard.controls.left
    let_go(keyboard, pygame.K_LEFT)
    assert not keyboard.controls.left


def test_a_repeating_key_is_one_press() -> None:
    """A keyboard that repeats a held key does not fire ACTION again."""
    keyboard = Keyboard()
    assert press(keyboard, pygame.K_SPACE) is Action.CONFIRM
    keyboard.controls.forget_presses()
    assert press(keyboard, pygame.K_SPACE) is None
    assert not keyboard.controls.action


def test_losing_the_keyboard_lets_everything_go() -> None:
    """Keys that were down when the window lost the focus may never come up."""
    keyboard = Keyboard()
    press(keyboard, pygame.K_UP)
    press(keyboard, pygame.K_LSHIFT)
    assert keyboard.feed(pygame.event.Event(pygame.WINDOWFOCUSLOST)) is Action.LOST_FOCUS
    assert not keyboard.controls.up
    assert not keyboard.controls.assist


def test_the_lift_lever_moves_with_the_hand_at_any_pace() -> None:
    """A tap of a tenth of a second is the same small nudge when the flight runs eight times as fast."""
    moved = []
    for pace in (1.0, 8.0):
        levers = Levers(Phase.ENTRY, 0.5)
        for _ in range(round(12 * pace)):
            levers.tick(Controls(right=True), Phase.ENTRY, reeling=False, pace=pace)
        moved.append(levers.lift - 0.5)
    assert moved[0] == pytest.approx(0.083, abs=0.002)
    assert moved[1] == pytest.approx(moved[0])
