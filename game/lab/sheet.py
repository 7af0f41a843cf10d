"""What a debrief outside of the game consists of, ready to be written as a page or a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.content.flown import FlownFlight, flown_beside
from game.content.levels import Level
from game.content.texts import Texts
from game.cues.debrief import Debrief, debrief
from game.cues.places import Spot
from game.cues.told import cost_words, flown_words
from game.cues.track import Track
from game.report import FlightReport
from game.sim.snapshot import Outcome, Part


@dataclass(frozen=True, slots=True)
class Sheet:
    """One flight. Of report and track there is at least one; told is there with the report; title of its level."""

    texts: Texts
    title: str
    report: FlightReport | None
    told: Debrief | None
    track: Track | None
    flown: FlownFlight | None

    def head(self) -> tuple[str, str]:
        """What became of it, and which flight it is."""
        report = self.report
        if report is None:
            return self.texts.get("report.curves_alone"), self.title
        points = float(report.score.total)
        return (
            self.texts.get("report.outcome", outcome=report.outcome.value, points=points),
            self.texts.get(
                "report.flight", level=self.title, mode=report.mode, seed=str(report.seed), pilot=report.pilot
            ),
        )

    def story(self) -> Iterator[str]:
        """How it ended, in sentences."""
        report, told = self.report, self.told
        if report is None or told is None:
            return
        yield self.texts.get(f"reason.{report.reason_code}", **dict(report.reason_figures))
        if report.outcome is Outcome.LOST:
            yield flown_words(self.texts, report, told)
        yield self.texts.get(f"real.{report.reason_code}")

    def points(self) -> tuple[str, ...]:
        """What the points were lost by, a line for each cause."""
        if self.report is None or self.told is None:
            return ()
        if self.told.costs:
            return tuple(cost_words(self.texts, cost) for cost in self.told.costs)
        good = self.report.outcome is not Outcome.LOST and self.report.score.total > 0
        return (self.texts.get("report.nothing_lost" if good else "report.no_points"),)

    def notes(self) -> tuple[str, ...]:
        """What is not on this sheet, and why."""
        lacking = {
            "no_curves": self.track is None,
            "no_result": self.report is None,
            "not_beside": self.flown is None,
        }
        return tuple(self.texts.get(f"report.{key}") for key, is_so in lacking.items() if is_so)


def sheet_of(texts: Texts, report: FlightReport | None, track: Track | None, level: Level | None) -> Sheet:
    """level  None for one that nobody knows: then nothing lies beside the flight."""
    flown = None if level is None else flown_beside(level)
    told = None
    if report is not None:
        told = debrief(report, flown=flown, goal=None if level is None else level.goal, track=track)
    title = level.title if level is not None else report.level if report is not None else ""
    return Sheet(texts, title, report, told, track, flown)


def spot_words(texts: Texts, spot: Spot) -> str:
    """The parts at a place and how far from the rover it is, a line each."""
    names = [texts.get(f"part.{part}") for part in spot.parts]
    return "\n".join(names if Part.ROVER in spot.parts else [*names, texts.distance(spot.from_rover_m)])
