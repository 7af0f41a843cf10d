"""The script pilot: what its lines mean, and what is said about those that mean nothing."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from game.pilots.script import Script
from game.pilots.script_text import ScriptError
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ


def nav(second: float = 0.0, **known: Any) -> Nav:
    """A Nav at this time, zero in everything but what is given."""
    blank: dict[Any, Any] = {float: 0.0, int: 0, bool: False, float | None: None, Phase: Phase.SKY_CRANE}
    values = {name: blank.get(kind, ()) for name, kind in get_type_hints(Nav, localns={"Onboard": object}).items()}
    return Nav(**{**values, "tick": round(second * TICK_HZ), **known})


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ScriptError) as caught:
        Script.parse(text, "land.txt")
    return caught.value.problems


def test_levels_hold_until_a_later_line_changes_them() -> None:
    """A level stays where it was put; a line changes only what it names."""
    script = Script.parse("at start throttle 1 tilt -1\nat 2 s throttle 0.5", "land.txt")
    assert script.command(nav(0.0), ()) == Command(tilt=-127, throttle=255)
    assert script.command(nav(1.9), ()) == Command(tilt=-127, throttle=255)
    assert script.command(nav(2.0), ()) == Command(tilt=-127, throttle=128)


def test_moments_last_one_tick_and_a_line_fires_once() -> None:
    """ACTION is an edge: the next tick does not repeat it, though the condition still holds."""
    script = Script.parse("when height_m < 20  action mark left", "land.txt")
    assert script.command(nav(0.0, height_m=21.0), ()) == Command()
    assert script.command(nav(1.0, height_m=19.0), ()) == Command(mark=-1, action=True)
    assert script.command(nav(2.0, height_m=18.0), ()) == Command()


def test_an_event_starts_a_line_now_or_after_a_delay() -> None:
    """`on EVENT + S s` counts from the tick on which the event was first heard."""
    script = Script.parse("on touchdown throttle 0.2\non touchdown + 1.5 s action", "land.txt")
    assert script.command(nav(3.0), (EventName.TOUCHDOWN,)) == Command(throttle=51)
    assert script.command(nav(4.0), (EventName.TOUCHDOWN,)) == Command(throttle=51)
    assert not script.command(nav(4.49), ()).action
    assert script.command(nav(4.5), ()).action


def test_all_triggers_of_a_line_must_hold() -> None:
    """Time and event hold from their moment on, a `when` only while it is so."""
    script = Script.parse("at 5 s on rover_release when bridle_paid_m >= 7 and not wheels_down  reel 1", "land.txt")
    released = (EventName.ROVER_RELEASE,)
    assert script.command(nav(1.0, bridle_paid_m=7.5), released) == Command()
    assert script.command(nav(5.0, bridle_paid_m=6.9), ()) == Command()
    assert script.command(nav(5.1, bridle_paid_m=7.5, wheels_down=True), ()) == Command()
    assert script.command(nav(5.2, bridle_paid_m=7.5), ()) == Command(reel=127)


def test_what_is_not_known_meets_no_condition() -> None:
    """A None of Nav is neither below nor above anything, nor equal or unequal to it."""
    script = Script.parse("when backshell_dx_m != 5 action", "land.txt")
    assert not script.command(nav(0.0), ()).action
    assert script.command(nav(0.1, backshell_dx_m=40.0), ()).action


def test_lines_due_together_are_obeyed_in_the_order_of_the_file() -> None:
    """The last one's level stays, whatever the order of the triggers."""
    script = Script.parse("at 1 s throttle 1\nat start throttle 0.5", "land.txt")
    assert script.command(nav(1.0), ()).throttle == 128


def test_comments_and_spaces_mean_nothing() -> None:
    """Layout is free: only the words count."""
    script = Script.parse("\n# all\n  at 0.5s\taction # go\n\n", "land.txt")
    assert script.command(nav(0.5), ()).action


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("on tuchdown action", "'tuchdown' is not an event; there is touchdown"),
        ("when heigth_m < 3 action", "'heigth_m' is not a measured value; there is height_m"),
        ("when height_m 3 action", "height_m must be compared by one of < <= > >= == !=, not by '3'"),
        ("when wheels_ready > 0 action", "wheels_ready is yes or no: write 'wheels_ready' or 'not wheels_ready'"),
        ("at 5 action", "a time needs its unit: 5 s"),
        ("at -5 s action", "a time cannot be negative: -5 s"),
        ("at 1e400 s action", "a time needs its unit: 1 s"),
        (f"at {'9' * 400} s action", f"'{'9' * 400}' is not a time such as 12.5 s, or start"),
        ("at nan s action", "'nan' is not a time such as 12.5 s, or start"),
        ("throttle 0.5", "begins with 'throttle', not with at, on, when"),
        ("at start", "waits, but then sets nothing"),
        ("at start throttle", "ends where a number from 0 to 1 should stand"),
        ("at start throttle 1.5", "throttle must be from 0 to 1, not 1.5"),
        ("at start throtle 1", "'throtle' is nothing to set; there is throttle"),
        ("at start tilt 0 tilt 1", "sets tilt twice"),
        ("at start mark up", "'up' is not a side; there is left, right"),
        ("at start at 2 s action", "has two 'at'; write two lines, or join tests with 'and'"),
        ("at start \N{SNOWMAN}", "'\N{SNOWMAN}' is nothing to set; there is tilt, throttle, reel, mark, action"),
    ],
)
def test_a_bad_line_is_named_with_the_nearest_word(line: str, said: str) -> None:
    """One sentence with file and line, and what was probably meant."""
    assert problems_of(f"# first\n{line}\n") == (f"land.txt: line 2: {said}",)


def test_every_bad_line_is_named_at_once() -> None:
    """Mending a script takes one try, not one for each mistake."""
    assert [text.split(":")[1] for text in problems_of("foo\nat start action\nat 3 action")] == [" line 1", " line 3"]


def test_an_empty_script_is_a_mistake() -> None:
    """A file without orders is probably the wrong file."""
    assert problems_of("# nothing yet\n") == ("land.txt: has no line that does anything",)


def test_equal_lines_each_fire_once() -> None:
    """Two lines that say the same are two lines, and thousands take no noticeable time."""
    script = Script.parse("at start action\n" * 2000, "land.txt")
    assert script.command(nav(0.0), ()).action
    assert not script.command(nav(0.1), ()).action


def test_a_script_without_end_is_refused() -> None:
    """By one sentence, before its lines are read."""
    assert problems_of("at start nonsense\n" * 25_000) == ("land.txt: has 25,000 lines; a script may have 2,000",)
