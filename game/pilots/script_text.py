"""The text of a script, line by line: what each line waits for and what it then sets.

    # comment
    TRIGGER... SETTING...

TRIGGER, one or more; a line fires at the first tick at which all of its triggers hold, and then never again:
    at start | at 12.5 s          from this time after the first tick on
    on EVENT | on EVENT + 1.2 s   from the event, or so long after it, on; the event's first time counts
    when TEST [and TEST...]       while it is so
TEST:
    FIELD < NUMBER                any number of Nav, with < <= > >= == or !=; false while it is not known
    FIELD | not FIELD             any yes-or-no of Nav
SETTING, one or more:
    tilt -1..1   throttle 0..1   reel 0..1     levels, held until a later line changes them
    mark left | mark right | action            moments, one tick long
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, get_type_hints

from game.content.errors import InputError
from game.sim.command import Command, quantised
from game.sim.events import EventName
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ

_TOKEN: Final = re.compile(r"\s*([A-Za-z_][A-Za-z_0-9]*|[-+]?(?:\d+\.?\d*|\.\d+)|[<>=!]=|[<>+]|\S)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,9}\.?\d{0,9}|\.\d{1,9})")
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_KINDS: Final = get_type_hints(Nav, localns={"Onboard": object})  # what a script cannot ask for needs no import
NUMBERS: Final = tuple(name for name, kind in _KINDS.items() if kind in {float, int, float | None})
YES_OR_NO: Final = tuple(name for name, kind in _KINDS.items() if kind is bool)
_LEVELS: Final[dict[str, tuple[float, float]]] = {"tilt": (-1.0, 1.0), "throttle": (0.0, 1.0), "reel": (0.0, 1.0)}
_SIDES: Final = {"left": -1, "right": 1}
_TRIGGERS: Final = ("at", "on", "when")
_SETTINGS: Final = (*_LEVELS, "mark", "action")
_MOST_LINES: Final = 2000  # each is asked at every tick


class ScriptError(InputError):
    """A script that cannot be read. `problems` has one sentence for each bad line, all of them at once."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__(*problems)


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison with a field of Nav; a yes-or-no is compared with 1."""

    __test__ = False  # not a test case

    field: str
    compare: Callable[[float, float], bool]
    number: float

    def holds(self, nav: Nav) -> bool:
        value = getattr(nav, self.field)
        return value is not None and self.compare(value, self.number)


@dataclass(frozen=True, slots=True)
class Line:
    """What one line waits for, and what it then sets; a level that is None stays as it is."""

    at_tick: int = 0
    event: EventName | None = None
    event_delay_ticks: int = 0
    tests: tuple[Test, ...] = ()
    tilt: int | None = None
    throttle: int | None = None
    reel: int | None = None
    mark: int = 0
    action: bool = False

    def due(self, nav: Nav, heard_at: Mapping[EventName, int]) -> bool:
        """Whether every trigger holds at this tick; `heard_at` has the tick of each event that was heard."""
        if nav.tick < self.at_tick:
            return False
        if self.event is not None:
            heard = heard_at.get(self.event)
            if heard is None or nav.tick < heard + self.event_delay_ticks:
                return False
        return all(test.holds(nav) for test in self.tests)


def parse_lines(text: str, name: str) -> tuple[Line, ...]:
    """The lines of a script; `name` stands for the file in what is said about it.

    Raises ScriptError with every bad line, each as `name: line 3: ...`.
    """
    lines: list[Line] = []
    problems: list[str] = []
    texts = text.splitlines()
    if len(texts) > _MOST_LINES:
        raise ScriptError([f"{name}: has {len(texts):,} lines; a script may have {_MOST_LINES:,}"])
    for number, written in enumerate(texts, start=1):
        tokens = _TOKEN.findall(written.partition("#")[0].rstrip())
        if not tokens:
            continue
        try:
            lines.append(_Reader(tokens).line())
        except _WrongLineError as wrong:
            problems.append(f"{name}: line {number}: {wrong}")
    if not lines and not problems:
        problems.append(f"{name}: has no line that does anything")
    if problems:
        raise ScriptError(problems)
    return tuple(lines)


class _WrongLineError(Exception):
    """What is wrong with a line."""


class _Reader:
    """Reads the tokens of one line from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._next = 0

    def line(self) -> Line:
        at_tick: int | None = None
        event: EventName | None = None
        delay = 0
        tests: tuple[Test, ...] = ()
        while self._peek() in _TRIGGERS:
            trigger = self._take()
            if trigger == "at" and at_tick is None:
                at_tick = self._moment()
            elif trigger == "on" and event is None:
                event, delay = self._event()
            elif trigger == "when" and not tests:
                tests = self._tests()
            else:
                raise _WrongLineError(f"has two '{trigger}'; write two lines, or join tests with 'and'")
        if self._next == 0:
            raise _WrongLineError(f"begins with '{self._peek()}', not with {_nearest_of(self._peek(), _TRIGGERS)}")
        levels: dict[str, float] = {}
        mark, action = 0, False
        while self._next < len(self._tokens):
            setting = self._take()
            if setting in levels or (setting == "mark" and mark) or (setting == "action" and action):
                raise _WrongLineError(f"sets {setting} twice")
            if setting in _LEVELS:
                levels[setting] = self._level(setting)
            elif setting == "mark":
                mark = _SIDES[self._one_of("a side", tuple(_SIDES))]
            elif setting == "action":
                action = True
            else:
                raise _WrongLineError(f"'{setting}' is nothing to set; there is {_nearest_of(setting, _SETTINGS)}")
        if not (levels or mark or action):
            raise _WrongLineError("waits, but then sets nothing")
        full: Command = quantised(levels.get("tilt", 0.0), levels.get("throttle", 0.0), levels.get("reel", 0.0))
        return Line(
            at_tick=at_tick or 0,
            event=event,
            event_delay_ticks=delay,
            tests=tests,
            tilt=full.tilt if "tilt" in levels else None,
            throttle=full.throttle if "throttle" in levels else None,
            reel=full.reel if "reel" in levels else None,
            mark=mark,
            action=action,
        )

    def _moment(self) -> int:
        if self._peek() == "start":
            self._take()
            return 0
        return self._ticks("a time such as 12.5 s, or start")

    def _event(self) -> tuple[EventName, int]:
        event = EventName(self._one_of("an event", tuple(EventName)))
        delay = 0
        if self._peek() == "+":
            self._take()
            delay = self._ticks("a time such as 1.2 s")
        elif self._peek().startswith("+"):
            delay = self._ticks("a time such as 1.2 s")
        return event, delay

    def _tests(self) -> tuple[Test, ...]:
        tests = [self._test()]
        while self._peek() == "and":
            self._take()
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Test:
        if self._peek() == "not":
            self._take()
            return Test(self._one_of("a yes-or-no", YES_OR_NO), operator.ne, 1.0)
        field = self._one_of("a measured value", (*NUMBERS, *YES_OR_NO))
        if field in YES_OR_NO:
            if self._peek() in _COMPARE:
                raise _WrongLineError(f"{field} is yes or no: write '{field}' or 'not {field}'")
            return Test(field, operator.eq, 1.0)
        compare = _COMPARE.get(self._peek())
        if compare is None:
            raise _WrongLineError(f"{field} must be compared by one of {' '.join(_COMPARE)}, not by '{self._peek()}'")
        self._take()
        return Test(field, compare, self._number("a number"))

    def _level(self, name: str) -> float:
        low, high = _LEVELS[name]
        value = self._number(f"a number from {low:g} to {high:g}")
        if not low <= value <= high:
            raise _WrongLineError(f"{name} must be from {low:g} to {high:g}, not {value:g}")
        return value

    def _ticks(self, wanted: str) -> int:
        seconds = self._number(wanted)
        if seconds < 0.0:
            raise _WrongLineError(f"a time cannot be negative: {seconds:g} s")
        if self._peek() != "s":
            raise _WrongLineError(f"a time needs its unit: {seconds:g} s")
        self._take()
        return round(seconds * TICK_HZ)

    def _number(self, wanted: str) -> float:
        token = self._peek()
        if not _NUMBER.fullmatch(token):
            raise _WrongLineError(f"'{token}' is not {wanted}" if token else f"ends where {wanted} should stand")
        return float(self._take())

    def _one_of(self, kind: str, words: tuple[str, ...]) -> str:
        token = self._peek()
        if token not in words:
            raise _WrongLineError(f"'{token}' is not {kind}; there is {_nearest_of(token, words)}")
        return self._take()

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._next += 1
        return token


def _nearest_of(word: str, words: tuple[str, ...]) -> str:
    """The word that was probably meant, or all of them when none is near and they are few."""
    near = get_close_matches(word, words, n=1, cutoff=0.5)
    if near:
        return str(near[0])
    return ", ".join(words) if len(words) <= 6 else f"{', '.join(words[:6])} and more"
