"""A flight as a Gymnasium environment: `gymnasium.make("game.lab.gym_env:skycrane/Landing-v0", level="sky-crane")`.

It needs the extra `gym`. docs/gymnasium.md has the spaces, the reward and how to train.
"""

from __future__ import annotations

import os
from copy import deepcopy
from importlib import import_module
from math import ceil
from pathlib import Path
from struct import Struct
from typing import Any, ClassVar, Final, Protocol

from game.content.extras import how_to_install

try:
    import gymnasium
    import numpy as np
except ImportError as missing:
    raise ImportError(f"the environment needs gymnasium, which is not installed: {how_to_install('gym')}") from missing

from game.content.errors import ContentError
from game.content.levels import Level, load_level
from game.content.modes import Mode
from game.lab.gym_action import Hand, action_space
from game.lab.gym_observation import Numbers, observation_space, observe
from game.lab.gym_options import RENDER_MODE, flag_of, gamma_of, mode_of, options_of, render_mode_of, size_of, ticks_of
from game.lab.gym_reward import DEFAULT_GAMMA, potential
from game.pilots.pilot import EVERY_TICKS
from game.report import FlightReport, report_of
from game.scoring import HALF_POINTS
from game.sim.command import IDLE, Command
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.snapshot import Nav, Truth
from game.sim.spec import TICK_HZ, FlightSpec

ENV_ID: Final = "skycrane/Landing-v0"
PILOT: Final = "agent"  # what reports call whoever flies here
SEEDS: Final = 2**31  # flights are drawn from 1 up to this; 0 is the nominal one, and is asked for

_UNSEEN_TICKS: Final = 20 * TICK_HZ  # kept for a picture that is not asked for
_PICTURE: Final = "game.stage.flight_picture"  # the one thing with a screen in it, and only `render` asks for it

_MADE_ANEW: Final = ("_flight", "_commands", "_events", "_specs", "_picture", "_looking", "_unseen")  # in a copy
_PACKED: Final = Struct("=bBbb?")  # a command

Step = tuple[Numbers, float, bool, bool, dict[str, Any]]


class Picture(Protocol):
    """Draws flights; see game/stage/flight_picture.py."""

    def begin(self, flight: Flight, mode: Mode) -> None: ...
    def show(self, truth: Truth, nav: Nav, events: tuple[Event, ...]) -> None: ...
    def rgb(self) -> bytes: ...


class LandingEnv(gymnasium.Env[Any, Any]):
    """One level, flown again and again. A step holds one command for `ticks_per_step` ticks of 1/120 s."""

    metadata: ClassVar[dict[str, Any]] = {"render_modes": [RENDER_MODE], "render_fps": TICK_HZ // EVERY_TICKS}  # type: ignore[misc]

    def __init__(
        self, level: str | Path = "powered-descent", *, mode: str = "manual", dispersed: bool = False,
        ticks_per_step: int = EVERY_TICKS, marks: bool = False, shaping: bool = True, gamma: float = DEFAULT_GAMMA,
        render_mode: str | None = None, render_size: tuple[int, int] = (960, 540),
    ) -> None:  # fmt: skip
        """
        level      a level's name, or a path to one
        mode       `manual`: the craft holds what is set; `raw`: it holds nothing, and every day is dispersed
        dispersed  masses, thrust, air and start differ too, by the flight's seed
        ticks_per_step  that a command is held; 6 are as often as the instruments tell something new
        marks      an action has a fifth number, which chooses the landing mark
        shaping    the reward has the potential's differences in it (gym_reward.py), else it is the score alone
        gamma      the learner's own discount of a step, for the shaping
        render_size  width and height of a picture, in pixels

        Raises ContentError for a level that cannot be used, ValueError for the rest.
        """
        self._mode, self._dispersed = mode_of(mode), flag_of("dispersed", dispersed)
        self._ticks, self._marks = ticks_of(ticks_per_step), flag_of("marks", marks)
        self._shaping, self._gamma = flag_of("shaping", shaping), gamma_of(gamma)
        self.render_mode, self._size = render_mode_of(render_mode), size_of(render_size)
        self._level: Level = load_level(str(level))
        self._specs: dict[tuple[Mode, bool], FlightSpec] = {}
        fps = TICK_HZ / self._ticks
        self.metadata = {**self.metadata, "render_fps": int(fps) if fps.is_integer() else fps}  # type: ignore[misc]
        self.action_space = action_space(self._marks)
        self.observation_space = observation_space()
        self._flight: Flight | None = None
        self._flown: tuple[Mode, bool] = (self._mode, self._dispersed)
        self._hand = Hand(self._marks)
        self._commands: list[Command] = []  # of each step so far, from which a copy is flown
        self._events: list[Event] = []
        self._phi = 0.0
        self._picture: Picture | None = None
        self._looking = False  # the picture is of this flight
        self._unseen: list[tuple[Truth, Nav, tuple[Event, ...]]] = []

    @property
    def most_steps(self) -> int:
        """That an episode can have, until the level is out of time."""
        return ceil(self._spec().max_ticks / self._ticks)

    @property
    def nav(self) -> Nav:
        """What the observation is made of: for a pilot that flies through the environment. Raises ResetNeeded."""
        return self._begun().nav()

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Numbers, dict[str, Any]]:
        """Begin a flight.

        seed     begins the sequence of flights anew; without it the next one is drawn
        options  for this flight alone: `seed`, the flight's own, `mode`, `dispersed`. Raises ValueError for others.
        """
        asked = options_of(options)
        mode: Mode = asked.get("mode", self._mode)
        dispersed = asked.get("dispersed", self._dispersed) or mode is Mode.RAW
        super().reset(seed=seed)
        flight_seed = asked["seed"] if "seed" in asked else int(self.np_random.integers(1, SEEDS))
        self._flown = mode, dispersed
        self._flight = flight = Flight(self._spec(), flight_seed)
        self._hand = Hand(self._marks)
        self._commands, self._events = [], []
        self._look_away()
        nav = flight.nav()
        self._phi = potential(nav) if self._shaping else 0.0
        return observe(nav, flight.spec.max_ticks), {"seed": flight_seed}

    def step(self, action: Any) -> Step:
        """Hold an action for a step, or until the flight is decided: what follows then is flown down at once.

        `terminated` when it is decided, by landing, goal, loss, or the level's time, which is a loss by its rules and
        told by the observation; `truncated` is left to wrappers. Then the info has the report, and its main figures.

        Raises ValueError for what is no action, ResetNeeded for a flight that has ended, ContentError when the level's
        figures tear the flight apart, which ends it.
        """
        flight, hand = self._begun(), self._hand
        if flight.over:
            raise gymnasium.error.ResetNeeded("this flight is over: reset() begins another")
        command = hand.command(action)
        self._commands.append(command)
        try:
            over = self._fly(flight, command)
        except (ArithmeticError, ValueError, IndexError) as error:  # as game/lab/fly.py has it
            broke = f"{self._level.id}: its figures do not make a flight: {error} ({flight.tick / TICK_HZ:.1f} s)"
            self._let_go()
            raise ContentError([broke]) from error
        nav = flight.nav()
        seen = observe(nav, flight.spec.max_ticks, hand.action_down)
        if over:
            report = self._report(flight)
            paid = report.score.total / (2.0 * HALF_POINTS) - self._phi
            self._phi = 0.0
            return seen, paid, True, False, _told(report)
        if not self._shaping:
            return seen, 0.0, False, False, {}
        before, self._phi = self._phi, potential(nav)
        return seen, self._gamma * self._phi - before, False, False, {}

    def render(self) -> np.ndarray[Any, np.dtype[np.uint8]] | None:
        """The flight as the window shows it, (height, width, 3); it is only looked at, and no window is opened."""
        if self.render_mode is None:
            gymnasium.logger.warn('render() draws nothing without a mode: make(..., render_mode="rgb_array")')
            return None
        flight = self._begun()
        picture, mode = self._picture, self._flown[0]
        if picture is None:
            os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it would greet on stdout
            picture = self._picture = _new_picture(self._level, self._size, flight, mode)
        elif not self._looking:
            picture.begin(flight, mode)
        self._looking = True
        for truth, nav, events in self._unseen:
            picture.show(truth, nav, events)
        self._unseen.clear()
        wide, high = self._size
        return np.frombuffer(picture.rgb(), np.uint8).reshape(high, wide, 3).copy()

    def close(self) -> None:
        """Let the flight and its picture go; may be called again."""
        self._let_go()
        self._picture = None

    def __copy__(self) -> LandingEnv:
        """A whole one: two environments cannot share a flight."""
        return deepcopy(self)

    def __getstate__(self) -> dict[str, Any]:
        """For copy.deepcopy and pickle: all but the flight itself, which is flown again from what was done in it."""
        state = {name: value for name, value in self.__dict__.items() if name not in _MADE_ANEW}
        state["_commands"] = b"".join(
            _PACKED.pack(each.tilt, each.throttle, each.reel, each.mark, each.action) for each in self._commands
        )
        flight = self._flight
        state["_flight"] = None if flight is None else (flight.seed, flight.digest())
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Fly to the same moment again, which takes as long as it took at first, without what the agent took.

        Raises RuntimeError for another flight than the one that was copied: pickled by another version of the game, or
        on another kind of machine.
        """
        commands = [Command(*each) for each in _PACKED.iter_unpack(state["_commands"])]
        begun: tuple[int, str] | None = state["_flight"]
        self.__dict__.update(state)
        self._specs, self._commands, self._events = {}, commands, []
        self._flight = self._picture = None
        self._looking, self._unseen = False, []
        if begun is None:
            return
        seed, digest = begun
        flight = Flight(self._spec(), seed)
        for command in commands:
            self._fly(flight, command)
        if flight.digest() != digest:
            raise RuntimeError(
                f"{self._level.id}: flown again, its flight of seed {seed} is another one: an environment can be copied"
                " by the version of the game and on the kind of machine that it was begun with"
            )
        self._flight = flight

    def _let_go(self) -> None:
        self._flight = None
        self._commands, self._events = [], []
        self._look_away()

    def _begun(self) -> Flight:
        if self._flight is None:
            raise gymnasium.error.ResetNeeded("there is no flight yet: reset() begins one")
        return self._flight

    def _spec(self) -> FlightSpec:
        spec = self._specs.get(self._flown)
        if spec is None:
            spec = self._specs[self._flown] = self._level.flight_spec(*self._flown)
        return spec

    def _fly(self, flight: Flight, command: Command) -> bool:
        """A step's ticks, and once the flight is decided all that are left; whether it is over."""
        step, events = flight.step, self._events
        for left in range(self._ticks, 0, -1):
            happened = step(command)
            if happened:
                events += happened
            if self._looking:
                self._note(flight, happened)
            if flight.decided:
                break
            if left == self._ticks:
                command = command.held()
        while flight.decided and not flight.over:
            happened = step(IDLE)
            if happened:
                events += happened
            if self._looking:
                self._note(flight, happened)
        return flight.over

    def _note(self, flight: Flight, happened: tuple[Event, ...]) -> None:
        """For the picture, when it is next asked for. If it is not for long, it begins anew then."""
        self._unseen.append((flight.snapshot(), flight.nav(), happened))
        if len(self._unseen) > _UNSEEN_TICKS:
            self._look_away()

    def _look_away(self) -> None:
        self._looking = False
        self._unseen.clear()

    def _report(self, flight: Flight) -> FlightReport:
        mode, dispersed = self._flown
        return report_of(flight, self._events, level=self._level.id, pilot=PILOT, mode=mode.value, dispersed=dispersed)


def _new_picture(level: Level, size: tuple[int, int], flight: Flight, mode: Mode) -> Picture:
    """The one place where a room without a screen asks for a picture, by name, and only when one is asked for."""
    made: Picture = import_module(_PICTURE).FlightPicture(level, size, flight, mode)
    return made


def _told(report: FlightReport) -> dict[str, Any]:
    """The last info of a flight. `is_success` is what other tools look for."""
    return {
        "seed": report.seed,
        "outcome": report.outcome.value,
        "reason_code": report.reason_code.value,
        "is_success": report.alive,
        "score": report.score.total,
        "time_s": report.time_s,
        "digest": report.digest,
        "report": report,
    }


if ENV_ID not in gymnasium.registry:
    gymnasium.register(id=ENV_ID, entry_point=f"{__name__}:LandingEnv")
