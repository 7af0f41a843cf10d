"""The name of the arithmetic that a flight was flown with: where it is the same, replays must agree to the last bit.

The last digits of libm and of the physics engine differ between processors, C libraries and builds, so the tag ends
in a fingerprint of both rather than trust their names.
"""

from __future__ import annotations

import math
import platform
import sys
from functools import cache
from hashlib import blake2b
from struct import pack
from typing import Final

import pymunk

_PROBES: Final = 64
_STEPS: Final = 90


@cache
def platform_tag() -> str:
    """For example `linux-x86_64-py3.11-pymunk7.3.1-5f1c20ab`; a few milliseconds, once a process."""
    numbers = [*_libm(), *_engine()]
    fingerprint = blake2b(pack(f"<{len(numbers)}d", *numbers), digest_size=4).hexdigest()
    python = f"py{sys.version_info.major}.{sys.version_info.minor}"
    return f"{sys.platform}-{platform.machine().lower()}-{python}-pymunk{pymunk.version}-{fingerprint}"


def _libm() -> list[float]:
    """Values of the functions that the sim uses, at places where their last digit is not obvious."""
    numbers = []
    for i in range(1, _PROBES + 1):
        x = 0.37 * i
        numbers += [math.sin(x), math.cos(x), math.atan2(x, 3.1), math.exp(-x), math.log(x), x**0.7, math.hypot(x, 1.9)]
    return numbers


def _engine() -> list[float]:
    """Where a tilted box ends that falls on a slope and slides: contacts, friction and rotation."""
    space = pymunk.Space()
    space.gravity = (0.0, -3.7)
    ground = pymunk.Segment(space.static_body, (-50.0, 5.0), (50.0, -5.0), 0.05)
    body = pymunk.Body(900.0, 700.0)
    body.position, body.angle, body.velocity = (0.3, 2.1), 0.4, (1.7, -2.3)
    box = pymunk.Poly.create_box(body, (2.3, 1.1), 0.02)
    ground.friction = box.friction = 0.6
    space.add(ground, body, box)
    for _ in range(_STEPS):
        space.step(1.0 / 120.0)
    return [*body.position, body.angle, *body.velocity, body.angular_velocity]
