"""What the engine's callback finds, and what becomes of an error in it."""

from __future__ import annotations

import pymunk
import pytest

from game.sim.contacts import SOIL, STAGE, Contacts, Touch
from game.sim.spec import DT_S


def touching_space() -> tuple[pymunk.Space, Contacts]:
    """A wheel that lies in the ground."""
    space = pymunk.Space()
    contacts = Contacts(space)
    ground = pymunk.Segment(space.static_body, (-5.0, 0.0), (5.0, 0.0), 0.1)
    ground.collision_type = Touch.GROUND
    body = pymunk.Body(1.0, 1.0)
    body.position = (0.0, 0.2)
    wheel = pymunk.Circle(body, 0.25)
    wheel.collision_type = Touch.REAR_WHEEL
    space.add(ground, body, wheel)
    return space, contacts


def test_who_touched_whom_is_known_after_the_step() -> None:
    """From either side, and only until the next step finds nothing."""
    space, contacts = touching_space()
    space.step(DT_S)
    assert contacts.gather()
    assert contacts.met(Touch.REAR_WHEEL, SOIL)
    assert contacts.met_any(SOIL, 1 << Touch.REAR_WHEEL)
    assert not contacts.met_any(SOIL, STAGE)
    assert not contacts.gather()
    assert not contacts.met(Touch.REAR_WHEEL, SOIL)


def test_an_error_in_the_callback_is_raised_after_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine swallows it: the flight must not go on as if nothing had touched."""

    def broken(self: pymunk.Arbiter) -> None:
        raise RuntimeError("no shapes")

    space, contacts = touching_space()
    monkeypatch.setattr(pymunk.Arbiter, "shapes", property(broken))
    space.step(DT_S)
    with pytest.raises(RuntimeError, match="no shapes"):
        contacts.gather()
