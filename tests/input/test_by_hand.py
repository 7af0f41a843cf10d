"""What the HUD tells is enough, and every device can do it: a person who sees nothing else flies through the real loop.

Nothing is drawn on the way: cues are values, and a flight needs no picture to be flown.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.content.levels import level_ids
from game.content.modes import Mode
from game.record.book.initials import LENGTH
from game.scenes.flight import FlightScene
from game.scenes.initials import InitialsScene
from game.scenes.ladder import ladder
from game.scenes.title import TitleScene
from tests.input import person
from tests.input.flying import assert_good, begin, fly
from tests.input.hands import Fingers, Keys, OneButton, PadHands
from tests.input.player import Player, a_player
from tests.input.virtual_pad import a_pad

SKILLS = ("sky-crane", "powered-descent", "parachute", "heat-shield", "course")  # in the order of the ladder
QUICK = frozenset({"course"})  # of the others the sky crane is flown in every run where a device has its other tests
_MAY_SEE = ("__future__.", "dataclasses.", "typing.", "game.cues.", "game.sim.phases.Phase")


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    # The dummy screen has no focus, without which SDL keeps a pad's events to itself.
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player((800, 600)) as someone:
        yield someone


def _foreign(source: str) -> list[str]:
    """What a module imports beyond cues, and the phase that stands in them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names]
    return [name for name in found if not name.startswith(_MAY_SEE)]


def test_the_person_sees_nothing_but_cues() -> None:
    """No flight, no estimates, no truth and no other module of the tests is within its reach."""
    assert _foreign(Path(person.__file__).read_text("utf-8")) == []
    cheats = "import game.sim.flight\nfrom game.sim.snapshot import Nav\nfrom tests.input.player import Player\n"
    assert len(_foreign(cheats)) == 3


@pytest.mark.parametrize(
    "level", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in level_ids()]
)
def test_keys_complete_every_level(player: Player, level: str) -> None:
    """In Manual, from the title to the ground or the level's goal, undrawn; the record verifies to the last bit."""
    hand = Keys(player)
    scene = begin(player, hand, level, Mode.MANUAL)
    assert_good(fly(player, hand), scene)


@pytest.mark.slow
@pytest.mark.parametrize("level", SKILLS)
def test_a_gamepad_completes_every_skill(player: Player, level: str) -> None:
    """In Manual by stick, trigger, cross and buttons, through the menu and the flight."""
    with a_pad() as pad:
        pad.plug()
        player.frame()
        hand = PadHands(player, pad)
        scene = begin(player, hand, level, Mode.MANUAL)
        assert_good(fly(player, hand), scene)


@pytest.mark.slow
@pytest.mark.parametrize("level", SKILLS)
def test_touch_completes_every_skill(player: Player, level: str) -> None:
    """In Manual by holding, dragging, tapping and swiping, through the menu and the flight."""
    hand = Fingers(player)
    scene = begin(player, hand, level, Mode.MANUAL)
    assert_good(fly(player, hand), scene)


@pytest.mark.slow
def test_one_button_leads_up_all_skills(player: Player) -> None:
    """From the title: a press begins a flight, another takes its brief, the moments complete it, and the next press
    takes the points and leads on to the next skill; nothing else is ever pressed. Who stands on a board is asked whose
    flight it was first, and presses on.
    """
    assert tuple(level.id for level in ladder()[: len(SKILLS)]) == SKILLS
    hand = OneButton(player)
    player.app.open(TitleScene(player.app.kit, SKILLS[0], Mode.ONE_BUTTON))
    for level in SKILLS:
        player.frame()
        hand.take()
        for _ in range(LENGTH):
            if isinstance(player.scene, InitialsScene):
                hand.take()
        scene = player.scene
        assert isinstance(scene, FlightScene)
        assert (scene.level.id, scene.mode) == (level, Mode.ONE_BUTTON)
        result = fly(player, hand)
        assert_good(result, scene)
        for _ in range(12):  # a result takes no press at once
            player.frame(drawn=False)
    assert result.following == "jezero"
