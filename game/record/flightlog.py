"""A flight for people and for spreadsheets: the readable log, and a CSV at 10 Hz."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from game.record.observer import Observer
from game.report import Describe, FlightReport
from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.snapshot import Outcome, Part
from game.sim.spec import TICK_HZ

CSV_COLUMNS: Final = (
    "t_s", "phase", "downrange_m", "x_m", "altitude_m", "height_m", "speed_mps", "vertical_mps", "mach", "q_pa", "g",
    "heat_flux_w_cm2", "surface_temperature_c", "propellant_kg",
)  # fmt: skip
CSV_TICKS: Final = TICK_HZ // 10


class LiveLog(Observer):
    """The log of a flight, said line by line while it is flown: a head, then each event in the tick that it happens in.

    `finish` adds what is known at the end only: outcome, why, touchdown and score. `say` takes a line without its end;
    `describe` turns codes into words.
    """

    def __init__(
        self, say: Callable[[str], None], describe: Describe, *, level: str, pilot: str, mode: str, dispersed: bool
    ) -> None:
        self._say, self._describe = say, describe
        self._level = level
        self._how = f"{pilot}, {mode}{', dispersed' if dispersed else ''}"
        self._target_m = 0.0

    def begin(self, flight: Flight) -> None:
        self._target_m = flight.spec.goal.target_m
        self._say(f"{self._level}: seed {flight.seed}, {self._how}")
        self._say(f"{'E+ s':>7}  {'height m':>8}  {'speed m/s':>9}  event")

    def hear(self, events: Sequence[Event]) -> None:
        for event in events:
            height_m = round(event.height_m, 1) + 0.0  # minus nothing is nothing
            words = _words(event, self._describe)
            self._say(f"{event.t_s:7.1f}  {height_m:8.1f}  {event.speed_mps:9.2f}  {words}")

    def finish(self, report: FlightReport) -> None:
        for line in _closing_lines(report, self._describe, self._target_m):
            self._say(line)


def _closing_lines(report: FlightReport, describe: Describe, target_m: float) -> Iterator[str]:
    reason = describe(f"reason.{report.reason_code}", dict(report.reason_figures))
    yield f"outcome: {report.outcome} after {report.time_s:.1f} s"
    yield f"why: {reason}"
    if report.touchdown is None:
        yield "touchdown: none"
    else:
        touchdown = report.touchdown
        yield (
            f"touchdown: {touchdown.speed_mps:.2f} m/s ({touchdown.vertical_mps:.2f} down, "
            f"{touchdown.horizontal_mps:.2f} along), {touchdown.distance_m:.1f} m from the target, "
            f"slope {touchdown.slope_deg:.1f} deg, {report.propellant_left_kg:.0f} kg of propellant left"
        )
    if report.parts and report.outcome is not Outcome.COMPLETED:  # then it is still in the air
        yield f"down, km from the target, + past it: {', '.join(_places(report, describe, target_m))}"
    score = report.score
    if report.outcome is Outcome.COMPLETED:
        yield f"score: {score.total:,} (for the goal)"
    else:
        yield f"score: {score.total:,} ({score.softness:,} for softness, {score.accuracy:,} for accuracy)"


def _places(report: FlightReport, describe: Describe, target_m: float) -> Iterator[str]:
    """Every part that came down, as far from the target as the line of the touchdown counts it, not from the origin."""
    for part in report.parts:
        away_km = round((part.downrange_m - target_m) / 1000.0, 1) + 0.0  # minus nothing is nothing
        yield f"{describe(f'part.{part.name}', {})} {away_km:+.1f}"


class CsvLog(Observer):
    """Collects a row every tenth of a second, from tick 0 to the end; an observer of a flight.

    t_s counts from the entry interface, and jumps with the flight from the course to its last minute before that.
    All is of the craft that carries the rover: downrange_m along the ground, x_m along the frame's own axis, heat flux
    at the stagnation point, surface temperature of the heat shield, for as long as there is one.
    """

    def __init__(self) -> None:
        self._lines = [",".join(CSV_COLUMNS)]

    def begin(self, flight: Flight) -> None:
        self._row(flight)

    def after(self, flight: Flight, command: Command) -> None:
        if flight.tick % CSV_TICKS == 0:
            self._row(flight)

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def _row(self, flight: Flight) -> None:
        truth = flight.snapshot()
        self._lines.append(
            f"{truth.t_s:.3f},{truth.phase},{truth.downrange_m:.3f},{truth.parts[Part.ROVER].x_m:.3f},{truth.altitude_m:.3f},"
            f"{truth.height_m:.3f},{truth.speed_mps:.4f},{truth.vertical_mps:.4f},{truth.mach:.5f},{truth.q_pa:.3f},"
            f"{truth.g:.4f},{truth.heat_flux_w_cm2:.4f},{truth.surface_c:.2f},{truth.propellant_kg:.3f}"
        )


def _words(event: Event, describe: Describe) -> str:
    """The event's code, which a machine may look for, and what it means."""
    figures: dict[str, float | str] = dict(event.figures)
    figures["detail"] = event.detail
    return f"{event.name:<23}  {describe(f'event.{event.name}', figures)}"
