"""The ways to lose that `skycrane shots` pictures: each Reason has one, and flies into it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from game.content.levels import Level
from game.lab.fly import fly
from game.report import FlightReport
from game.sim.events import EventName, Reason
from game.sim.snapshot import Outcome
from game.stage.losses import LOSSES, Loss
from tests.content.names import EVENT_FIGURES, OF_REASON, REASON_FIGURES

ALIVE = {Reason.LANDED, Reason.COMPLETED}


def test_every_way_to_lose_is_flown_into_once() -> None:
    """A new reason needs a way into it, or nobody will ever see what it looks like."""
    assert [loss.reason for loss in LOSSES if loss.reason not in ALIVE] == [loss.reason for loss in LOSSES]
    assert sorted(loss.reason for loss in LOSSES) == sorted(set(Reason) - ALIVE)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.reason.value)
def test_it_ends_as_it_says(loss: Loss) -> None:
    """By its level and its commands alone."""
    report = fly(loss.flown_level(), loss.helm(), pilot="script", mode=loss.mode)
    assert (report.outcome, report.reason_code) == (Outcome.LOST, loss.reason), report.reason_figures
    assert any(event.name is EventName.LOST and event.detail == loss.reason for event in report.events)
    _hold_names(report)


def _hold_names(report: FlightReport) -> None:
    """Its reason and its events have the figures of their own that docs/flight-names.md says."""
    own = tuple(name for name, _ in report.reason_figures)
    assert report.reason_code is Reason.GOAL_MISSED or own == REASON_FIGURES.get(report.reason_code, ())
    for event in report.events:
        if event.name not in OF_REASON:
            assert tuple(name for name, _ in event.figures) == EVENT_FIGURES.get(event.name, ()), event.name


def test_only_what_is_named_is_other_than_in_the_level() -> None:
    """A loss begun elsewhere changes that figure and leaves every other one, and the game's own level, as it is."""
    loss = next(loss for loss in LOSSES if loss.reason is Reason.OUT_OF_TIME)
    level, changed = Loss(loss.reason, loss.level, loss.script).flown_level(), loss.flown_level()
    other = [field.name for field in fields(Level) if getattr(level, field.name) != getattr(changed, field.name)]
    assert other == ["limits"]
    assert changed.limits.max_time_s == 20.0 < level.limits.max_time_s


def test_the_autopilot_flies_until_the_script_begins() -> None:
    """And never again afterwards: the same script with a line that is due at once leaves the capsule tumbling."""
    steep = next(loss for loss in LOSSES if loss.reason is Reason.BROKE_UP)
    at_once = Loss(Reason.BACKSHELL_BURNED, steep.level, f"at start throttle 0 \n {steep.script}")
    assert fly(at_once.flown_level(), at_once.helm(), pilot="script").reason_code is Reason.BACKSHELL_BURNED
