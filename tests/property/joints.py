"""What the engine's joints give. One that is off by some length or angle is drawn back by a share of it in each tick.

The share comes in as a speed (the joint's bias), so that the joint's impulse works along it. Both are known: the engine
tells the impulse, and the bias follows from where the bodies are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, dist, hypot, sin

import pymunk

from game.sim.spec import DT_S
from tests.property.energy import Motion


@dataclass(frozen=True)
class Joint:
    """Where a joint is fastened, and between what it holds, at the end of a tick."""

    anchors: tuple[tuple[float, float], ...]
    low: float
    high: float


def joint_of(constraint: pymunk.Constraint) -> Joint:
    if isinstance(constraint, pymunk.RotaryLimitJoint):
        return Joint((), constraint.min, constraint.max)
    if isinstance(constraint, pymunk.SlideJoint):
        return Joint((constraint.anchor_a, constraint.anchor_b), constraint.min, constraint.max)
    if isinstance(constraint, pymunk.PivotJoint):
        return Joint((constraint.anchor_a, constraint.anchor_b), 0.0, 0.0)
    return Joint((), 0.0, 0.0)  # a spring: its energy is reckoned


def bias_of(constraint: pymunk.Constraint, joint: Joint, bodies: dict[pymunk.Body, Motion]) -> float:
    """The speed (m/s or rad/s) with which the joint drew in the last step, fastened as it was then."""
    if isinstance(constraint, pymunk.DampedRotarySpring):
        return 0.0
    a, b = bodies[constraint.a], bodies[constraint.b]
    if a.fixed and b.fixed:
        return 0.0
    if joint.anchors:
        (ax, ay), (bx, by) = _place(a, joint.anchors[0]), _place(b, joint.anchors[1])
        size = hypot(bx - ax, by - ay)
    else:
        size = b.angle_rad - a.angle_rad
    off = max(size - joint.high, joint.low - size, 0.0)
    return (1.0 - constraint.error_bias**DT_S) * off / DT_S


def shifted_mps(constraint: pymunk.Constraint, was: Joint, joint: Joint, bodies: dict[pymunk.Body, Motion]) -> float:
    """What a joint that is fastened elsewhere than a tick ago sees of its bodies' turning, and did not before."""
    moved_m = max((dist(one, other) for one, other in zip(was.anchors, joint.anchors, strict=True)), default=0.0)
    return moved_m * (abs(bodies[constraint.a].omega_rad_s) + abs(bodies[constraint.b].omega_rad_s))


def _place(at: Motion, anchor: tuple[float, float]) -> tuple[float, float]:
    c, s = cos(at.angle_rad), sin(at.angle_rad)
    return at.x_m + c * anchor[0] - s * anchor[1], at.y_m + s * anchor[0] + c * anchor[1]
