"""Everything that has left us and still falls, and where it came down."""

from __future__ import annotations

from collections.abc import Callable

import pymunk

from game.sim.atmosphere import Atmosphere
from game.sim.backshell import Backshell
from game.sim.bodies import Lump
from game.sim.contacts import BACKSHELL, SOIL, Contacts
from game.sim.events import EventName, Figures
from game.sim.falling import FAR_TICKS, NEAR, Falling
from game.sim.parachute import Parachute
from game.sim.planet import Planet
from game.sim.records import Table
from game.sim.snapshot import Part, Pose
from game.sim.surroundings import Met
from game.sim.terrain import Terrain

Note = Callable[[EventName, str, Figures], None]


class Aloft:
    """The parts that are let go in the course of a flight, in that order, and the places where parts lie.

    down   where each part came to rest, m down-track of the frame's origin
    near   something lives in the Space with the craft: `push` and `after_step` have work at every tick
    """

    def __init__(
        self, space: pymunk.Space, planet: Planet, air: Atmosphere, terrain: Terrain, contacts: Contacts, note: Note
    ) -> None:
        self.space, self.planet, self.air, self.terrain = space, planet, air, terrain
        self._contacts, self._note = contacts, note
        self._falling: list[Falling] = []
        self._near: list[Falling] = []
        self.backshell: Backshell | None = None
        self.near = False
        self.down: dict[Part, float] = {}

    def throw(self, part: Part, lump: Lump, area_m2: float, pose: Pose, outline_m: Table, tick: int) -> None:
        """Let a part go."""
        thing = Falling(
            part, lump, area_m2, pose,
            outline_m=outline_m, space=self.space, planet=self.planet, air=self.air, terrain=self.terrain, tick=tick,
        )  # fmt: skip
        self._falling.append(thing)
        if thing.where is NEAR:
            self._near.append(thing)
            self.near = True

    def follow(self, backshell: Backshell) -> None:
        """The backshell has been left, and comes after us."""
        self.backshell = backshell
        self.near = True

    def throw_canopy(self, chute: Parachute, pose: Pose, share: float, tick: int) -> None:
        """Let a canopy go that has this share of its drag area left and nothing to carry."""
        lump = Lump(chute.mass_kg, chute.mass_kg, 0.0, 0.0)
        self.throw(Part.PARACHUTE, lump, share * chute.drag_area_m2(0.0), pose, (), tick)

    def push(self, here: Met, gust_mps: float) -> None:
        """Forces of the coming step on what is still near; `here` are the craft's surroundings."""
        for thing in self._near:
            thing.push(here)
        backshell = self.backshell
        if backshell and backshell.where is NEAR:
            backshell.push(gust_mps)

    def after_step(self, tick: int, gust_mps: float, places: tuple[tuple[float, float], ...]) -> None:
        """Read what is near, fly on what is far; `places` are those of the craft's bodies, the rover's first.

        Wanted at every tick while something is `near`, and else whenever FAR_TICKS have passed.
        """
        far = tick % FAR_TICKS == 0
        if self._near or (far and self._falling):
            x, y = places[0]
            for thing in self._falling if far else tuple(self._near):
                if thing.after_step(tick, gust_mps, x, y):
                    self.come_down(thing.part, thing.downrange_m, x)
            self._near = [thing for thing in self._near if thing.where is NEAR]
        backshell = self.backshell
        if backshell and (far or backshell.where is NEAR):
            if backshell.after_step(tick, gust_mps, places, self._contacts.met_any(BACKSHELL, SOIL)):
                self.come_down(Part.BACKSHELL, backshell.x, places[0][0])
            if backshell.canopy_down and Part.PARACHUTE not in self.down:
                self.down[Part.PARACHUTE] = backshell.canopy_x
        self.near = bool(self._near) or (backshell is not None and backshell.where is NEAR)

    def come_down(self, part: Part, downrange_m: float, craft_m: float, name: EventName = EventName.PART_DOWN) -> None:
        """A part has come to rest."""
        self.down[part] = downrange_m
        self._note(name, part, (("downrange_m", downrange_m), ("distance_m", abs(downrange_m - craft_m))))

    def fly_down(self) -> None:
        """Fly everything to the ground at once, in the mean wind: the flight is over. What never lands has no place."""
        for thing in self._falling:
            x_m = thing.fly_down()
            if x_m is not None:
                self.down[thing.part] = x_m
        if self.backshell:
            self.down[Part.BACKSHELL], self.down[Part.PARACHUTE] = self.backshell.fly_down()

    def parts(self, tick: int) -> dict[Part, Pose]:
        """Poses of all of them now."""
        poses = {thing.part: thing.pose(tick) for thing in self._falling}
        if self.backshell:
            poses[Part.BACKSHELL] = self.backshell.pose()
            poses[Part.PARACHUTE] = self.backshell.canopy_pose()
        return poses

    def strewn_m(self) -> float:
        """The sum of all their coordinates' sizes: if one of them is off the map or not finite, it shows here."""
        backshell = self.backshell
        strewn_m = abs(backshell.x) + abs(backshell.y) if backshell else 0.0
        for thing in self._falling:
            strewn_m += abs(thing.x) + abs(thing.y)
        return strewn_m

    def state(self) -> list[float]:
        """For the digest."""
        numbers = [number for thing in self._falling for number in thing.state()]
        if self.backshell:
            numbers += self.backshell.state()
        numbers += self.down.values()
        return numbers
