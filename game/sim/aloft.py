"""Everything that has left us and still falls, and where it came down."""

from __future__ import annotations

from collections.abc import Callable

import pymunk

from game.sim.atmosphere import Atmosphere
from game.sim.backshell import Backshell
from game.sim.bodies import Lump
from game.sim.contacts import BACKSHELL, SOIL, Contacts
from game.sim.events import EventName, Figures
from game.sim.falling import FAR_TICKS, Falling, Where
from game.sim.parachute import Parachute
from game.sim.planet import Planet
from game.sim.records import Table
from game.sim.snapshot import Part, Pose
from game.sim.terrain import Terrain

Note = Callable[[EventName, str, Figures], None]


class Aloft:
    """The parts that are let go in the course of a flight, in that order, and the places where parts lie.

    down   where each part came to rest, m down-track of the frame's origin
    """

    def __init__(
        self, space: pymunk.Space, planet: Planet, air: Atmosphere, terrain: Terrain, contacts: Contacts, note: Note
    ) -> None:
        self.space, self.planet, self.air, self.terrain = space, planet, air, terrain
        self._contacts, self._note = contacts, note
        self._falling: list[Falling] = []
        self._near: list[Falling] = []
        self.backshell: Backshell | None = None
        self.down: dict[Part, float] = {}

    def throw(self, part: Part, lump: Lump, area_m2: float, pose: Pose, outline_m: Table, tick: int) -> None:
        """Let a part go."""
        thing = Falling(
            part, lump, area_m2, pose,
            outline_m=outline_m, space=self.space, planet=self.planet, air=self.air, terrain=self.terrain, tick=tick,
        )  # fmt: skip
        self._falling.append(thing)
        if thing.where is Where.NEAR:
            self._near.append(thing)

    def throw_canopy(self, chute: Parachute, pose: Pose, share: float, tick: int) -> None:
        """Let a canopy go that has this share of its drag area left and nothing to carry."""
        lump = Lump(chute.mass_kg, chute.mass_kg, 0.0, 0.0)
        self.throw(Part.PARACHUTE, lump, share * chute.drag_area_m2(0.0), pose, (), tick)

    def push(self, density_kg_m3: float, wind_mps: float, gust_mps: float) -> None:
        """Forces of the coming step on what is still near."""
        for thing in self._near:
            thing.push(density_kg_m3, wind_mps)
        backshell = self.backshell
        if backshell and backshell.where is Where.NEAR:
            backshell.push(gust_mps)

    def after_step(self, tick: int, gust_mps: float, places: tuple[tuple[float, float], ...]) -> None:
        """Read what is near, fly on what is far; `places` are those of the craft's bodies, the rover's first."""
        far = tick % FAR_TICKS == 0
        if self._near or (far and self._falling):
            x, y = places[0]
            for thing in self._falling if far else tuple(self._near):
                if thing.after_step(tick, gust_mps, x, y):
                    self.come_down(thing.part, thing.downrange_m, x)
            self._near = [thing for thing in self._near if thing.where is Where.NEAR]
        backshell = self.backshell
        if backshell and (far or backshell.where is Where.NEAR):
            if backshell.after_step(tick, gust_mps, places, self._contacts.met_any(BACKSHELL, SOIL)):
                self.come_down(Part.BACKSHELL, backshell.x, places[0][0])
            if backshell.canopy_down and Part.PARACHUTE not in self.down:
                self.down[Part.PARACHUTE] = backshell.canopy_x

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

    def farthest_m(self) -> float:
        """The largest coordinate of them: what is not finite shows here."""
        backshell = self.backshell
        far_m = max((max(abs(thing.x), abs(thing.y)) for thing in self._falling), default=0.0)
        return max(far_m, abs(backshell.x), abs(backshell.y)) if backshell else far_m

    def state(self) -> list[float]:
        """For the digest."""
        numbers = [number for thing in self._falling for number in thing.state()]
        if self.backshell:
            numbers += self.backshell.state()
        numbers += self.down.values()
        return numbers
