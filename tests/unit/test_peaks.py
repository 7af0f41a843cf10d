"""Peaks: told once they are past, with the moment at which they were."""

from __future__ import annotations

from math import sin

from game.sim.peaks import PeakWatch


def told(values: list[float], least: float = 0.0) -> list[tuple[int, float, float]]:
    """(when it was told, the peak, when that was) for a value a second."""
    watch, found = PeakWatch(least), []
    for second, value in enumerate(values):
        if watch.see(value, float(second)):
            found.append((second, watch.high, watch.high_t_s))
    return found


def test_a_peak_is_told_when_it_has_fallen_by_two_per_cent() -> None:
    """Not at once, and with the moment of the maximum."""
    assert told([1.0, 50.0, 100.0, 99.0, 98.1, 97.9, 90.0]) == [(5, 100.0, 2.0)]


def test_a_value_that_only_rises_has_no_peak_yet() -> None:
    """It may rise on."""
    assert told([float(i) for i in range(50)]) == []


def test_a_lower_peak_later_is_none() -> None:
    """Only the largest counts."""
    assert told([0.0, 10.0, 5.0, 9.0, 5.0]) == [(2, 10.0, 1.0)]


def test_a_higher_peak_later_is_told_again() -> None:
    """With its own moment."""
    assert told([0.0, 10.0, 5.0, 12.0, 5.0]) == [(2, 10.0, 1.0), (4, 12.0, 3.0)]


def test_a_peak_too_small_to_matter_is_kept_quiet() -> None:
    """But remembered."""
    watch = PeakWatch(5.0)
    assert not any(watch.see(value, 0.0) for value in (1.0, 4.0, 1.0))
    assert watch.high == 4.0
    assert told([1.0, 4.0, 1.0, 6.0, 1.0], least=5.0) == [(4, 6.0, 3.0)]


def test_trembling_at_the_top_is_one_peak() -> None:
    """One per cent up and down is no new maximum."""
    values = [100.0 * sin(0.03 * i) + 0.4 * (-1) ** i for i in range(100)]
    assert len(told(values)) == 1
