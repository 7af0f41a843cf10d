"""The moment that is drawn: two snapshots blended, and what of them the drawing needs again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from game.sim.snapshot import Part, Pose, Truth


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part's frame is drawn, and how it moves."""

    x_m: float
    y_m: float
    angle_rad: float
    vx_mps: float
    vy_mps: float
    on_ground: bool

    @property
    def at(self) -> tuple[float, float, float]:
        return self.x_m, self.y_m, self.angle_rad


@dataclass(frozen=True, slots=True)
class Moment:
    """A snapshot with its parts moved back to the moment between two ticks that is on the screen.

    engines_s  how long ago the engines were lit, which a snapshot does not tell
    """

    truth: Truth
    t_s: float
    places: dict[Part, Place]
    engines_s: float = inf

    def shifted(self, parts: tuple[Part, ...], x_m: float, y_m: float) -> Moment:
        """The same with these parts moved."""
        moved = {
            part: replace(place, x_m=place.x_m + x_m, y_m=place.y_m + y_m) if part in parts else place
            for part, place in self.places.items()
        }
        return replace(self, places=moved)

    @property
    def stage(self) -> Place:
        return self.places[Part.DESCENT_STAGE]

    @property
    def rover(self) -> Place:
        return self.places[Part.ROVER]


def blended(before: Truth, now: Truth, alpha: float) -> Moment:
    """`alpha` of the way from one snapshot to the next. A part that has just appeared is drawn where it is."""
    places = {part: _between(before.parts.get(part, pose), pose, alpha) for part, pose in now.parts.items()}
    return Moment(now, before.t_s + (now.t_s - before.t_s) * alpha, places)


def _between(one: Pose, other: Pose, alpha: float) -> Place:
    return Place(
        one.x_m + (other.x_m - one.x_m) * alpha,
        one.y_m + (other.y_m - one.y_m) * alpha,
        one.angle_rad + (other.angle_rad - one.angle_rad) * alpha,
        other.vx_mps,
        other.vy_mps,
        other.on_ground,
    )
