"""How hard a hit shakes the picture, and how often anything may flash: both have limits that nothing can pass.

Both count ticks of the window, not of the flight: eyes live in real time, whatever the pace.
"""

from __future__ import annotations

from collections import deque
from math import sin, tau
from typing import Final

from game.sim.spec import TICK_HZ
from game.view.look import still

MOST_SHARE: Final = 0.01  # of the window's height: no hit moves the picture further
SHAKE_S: Final = 0.5  # and none for longer
FLASHES_A_SECOND: Final = 3  # WCAG 2.3.1, three flashes or below threshold
_LEAST_PX: Final = 0.5
_HZ: Final = ((9.0, 0.9), (13.0, 0.0), (23.0, 2.1))  # three frequencies at once, and where in its turn each starts


class Jolt:
    """The picture's shaking: hits add up to a limit and die away. With reduced motion nothing shakes."""

    def __init__(self) -> None:
        self._tick = 0
        self._hits: deque[tuple[int, float]] = deque(maxlen=4)

    def tick(self) -> None:
        self._tick += 1
        while self._hits and self._tick - self._hits[0][0] > SHAKE_S * TICK_HZ:
            self._hits.popleft()

    def hit(self, share: float) -> None:
        """A hit that moves the picture by this share of its height at first."""
        self._hits.append((self._tick, min(share, MOST_SHARE)))

    def offset_px(self, height_px: int) -> tuple[int, int]:
        """How far the picture is from where it belongs, to the right and down."""
        size, since = 0.0, 0.0
        for at, share in self._hits:
            age = (self._tick - at) / TICK_HZ
            if age < SHAKE_S:
                size, since = size + share * (1.0 - age / SHAKE_S) ** 2, max(since, age)
        far = min(size, MOST_SHARE) * height_px
        if still() or far < _LEAST_PX:
            return 0, 0
        (f0, a0), (f1, a1), (f2, a2) = _HZ
        across = 0.7 * sin(tau * f0 * since + a0) + 0.3 * sin(tau * f2 * since)
        down = 0.7 * sin(tau * f1 * since + a1 + 1.2) + 0.3 * sin(tau * f2 * since + a2)
        return round(0.6 * far * across), round(far * down)


class FlashGuard:
    """Counts flashes and refuses the one that would be too many in a second."""

    def __init__(self) -> None:
        self._tick = 0
        self._flashed: deque[int] = deque(maxlen=FLASHES_A_SECOND)

    def tick(self) -> None:
        self._tick += 1

    def allows(self) -> bool:
        """Whether there may be a flash now; it is counted if there may."""
        full = len(self._flashed) == FLASHES_A_SECOND
        if full and self._tick - self._flashed[0] <= TICK_HZ:
            return False
        self._flashed.append(self._tick)
        return True
