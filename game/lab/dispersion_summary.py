"""What a table of dispersed flights says: how many landed, by what the others were lost, and how figures spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import log, sqrt
from typing import Any, Final

from game.lab.dispersions import DRAWN, PEAKS, TOUCHDOWN, Job, Row
from game.lab.rates import End, Rate
from game.report import ALIVE
from game.sim.phases import Phase
from game.sim.snapshot import Outcome

PERCENTS: Final = (1, 5, 50, 95, 99)
_OF_LANDED: Final = (*TOUCHDOWN, "propellant_left_kg", "score")  # a wreck's would be of another kind
_OF_ALL: Final = (*(f"peak_{name}" for name in PEAKS), "mortar_t_s", "mortar_mach", "mortar_q_pa")
_NORMAL_99: Final = sqrt(2.0 * log(100.0))  # half an axis of an ellipse of two normal spreads, in sigmas
_LEAST_TO_RELATE: Final = 20  # flights: of fewer, chance alone makes strong relations


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over the flights that have it: how many those are, and its percentiles by PERCENTS."""

    flights: int
    percentiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where the rovers came down along the track, in m down-track of the target.

    half_99_m       99 in 100 lie within this of the mean, as counted
    ellipse_99_m    half of the long axis of a 99 per cent ellipse, if the spread were a normal one: 3.03 sigma
    """

    flights: int
    mean_m: float
    sigma_m: float
    half_99_m: float
    ellipse_99_m: float


@dataclass(frozen=True, slots=True)
class Drives:
    """By each input that was spread: the correlation of a figure with it, strongest first.

    figure   the column: the place along the track, or of a level that ends before the ground the first of its goal
    flights  that have it; of so many, chance alone passes `chance` for one input in twenty
    """

    figure: str
    flights: int
    inputs: dict[str, float]

    @property
    def chance(self) -> float:
        return 1.96 / sqrt(self.flights)


@dataclass(frozen=True, slots=True)
class Summary:
    """All of it. `footprint` and `drives` are None where too few flights have what they tell of."""

    rate: Rate
    spreads: dict[str, Spread]
    footprint: Footprint | None
    drives: Drives | None

    def as_json(self, job: Job, seeds: range) -> dict[str, Any]:
        """For --json: what was flown, and what came of it."""
        rate = self.rate
        low, high = rate.interval
        return {
            "level": job.level_label,
            "content": job.content,
            "rules": job.identity.rules,
            "pilot": job.label,
            "mode": job.mode.value,
            "first_seed": seeds[0],
            "last_seed": seeds[-1],
            "flights": rate.flights,
            "alive": rate.alive,
            "share": rate.share,
            "share_95": [low, high],
            "mean_points": rate.mean_points,
            "lost": [
                {"phase": phase.value, "reason_code": code, "times": len(lost), "seeds": lost}
                for (phase, code), lost in by_number(rate)
            ],
            "percents": list(PERCENTS),
            "percentiles": {name: asdict(spread) for name, spread in self.spreads.items()},
            "footprint": None if self.footprint is None else asdict(self.footprint),
            "drives": None if self.drives is None else asdict(self.drives),
        }


def summary_of(job: Job, rows: Sequence[Row]) -> Summary:
    """Of rows in the order of their seeds."""
    rate = Rate(job.level_label, job.mode, job.label)
    for row in rows:
        rate.add(_end_of(row))
    alive = [row for row in rows if row["outcome"] in ALIVE]
    goal = tuple(name for name in (rows[0] if rows else ()) if name.startswith("goal_"))
    spreads: dict[str, Spread] = {}
    for names, flights in ((_OF_LANDED, alive), (goal, rows), (_OF_ALL, rows)):
        for name in names:
            values = sorted(numbers(flights, name))
            if values:
                spreads[name] = Spread(len(values), tuple(percentile(values, percent) for percent in PERCENTS))
    landed = [row for row in alive if row["outcome"] == Outcome.LANDED]
    figure, flights = (goal[0], rows) if goal else ("along_track_m", landed)
    return Summary(rate, spreads, _footprint(numbers(landed, "along_track_m")), _drives(figure, flights))


def by_number(rate: Rate) -> list[tuple[tuple[Phase, str], list[int]]]:
    """The losses, the most frequent first."""
    return sorted(rate.seeds.items(), key=lambda item: -len(item[1]))


def numbers(rows: Sequence[Row], name: str) -> list[float]:
    """The figure of those flights that have it."""
    return [float(value) for row in rows if isinstance(value := row[name], int | float)]


def percentile(values: Sequence[float], percent: float) -> float:
    """Of sorted values, between two of them in proportion.

    >>> percentile([0.0, 10.0], 5), percentile([7.0], 99)
    (0.5, 7.0)
    """
    place = (len(values) - 1) * percent / 100.0
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Pearson's: 1 when one rises in proportion with the other, -1 when it falls, 0 when it does not matter.

    Not by ranks: of two hundred flights within three metres nobody asks which was nearer, but what carried a few away.

    >>> correlation([1.0, 2.0, 3.0], [10.0, 20.0, 30.0]), correlation([1.0, 1.0], [2.0, 3.0])
    (1.0, 0.0)
    """
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    product = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    size = sqrt(sum((x - x_mean) ** 2 for x in xs) * sum((y - y_mean) ** 2 for y in ys))
    return product / size if size > 0.0 else 0.0


def _end_of(row: Row) -> End:
    seed, points = row["seed"], row["score"]
    if not isinstance(seed, int) or not isinstance(points, int):
        raise TypeError("a row has a seed and a score")
    return End(seed, row["outcome"] in ALIVE, points, Phase(str(row["decided_in"])), str(row["reason_code"]))


def _footprint(along_m: Sequence[float]) -> Footprint | None:
    count = len(along_m)
    if count < 2:
        return None
    mean = sum(along_m) / count
    sigma = sqrt(sum((x - mean) ** 2 for x in along_m) / (count - 1))
    half = percentile(sorted(abs(x - mean) for x in along_m), 99.0)
    return Footprint(count, mean, sigma, half, _NORMAL_99 * sigma)


def _drives(figure: str, rows: Sequence[Row]) -> Drives | None:
    having = [row for row in rows if row[figure] is not None]
    if len(having) < _LEAST_TO_RELATE:
        return None
    values = numbers(having, figure)
    found = {}
    for name in DRAWN:
        given = numbers(having, name)
        # High up the density has the same draw as low down.
        if name != "high_density_factor" and len(given) == len(having) and min(given) < max(given):
            found[name] = correlation(given, values)
    return Drives(figure, len(having), dict(sorted(found.items(), key=lambda item: -abs(item[1]))))
