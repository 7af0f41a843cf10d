"""What the craft knew along one nominal flight to Jezero: for tests that take a true `Nav` and change a little."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ


@dataclass
class FlownNavs:
    """One `Nav` a second, by phase."""

    phases: dict[Phase, list[Nav]] = field(default_factory=dict)

    def entry_at(self, speed_mps: float) -> Nav:
        """The first one in the entry that is slower than this."""
        return next(nav for nav in self.phases[Phase.ENTRY] if nav.speed_mps <= speed_mps)

    def parachute_at(self, height_m: float) -> Nav:
        return next(nav for nav in self.phases[Phase.PARACHUTE] if nav.height_m <= height_m)


@cache
def flown_navs() -> FlownNavs:
    """Seed 0, flown by the autopilot down to the engines' start."""
    flight = Flight(load_level("jezero").flight_spec(Mode.MANUAL, False), 0)
    helm = Helm(Autopilot())
    flown = FlownNavs()
    while flight.phase is not Phase.POWERED:
        if flight.tick % TICK_HZ == 0:
            flown.phases.setdefault(flight.phase, []).append(flight.nav())
        helm.hear(flight.step(helm.command(flight)))
    return flown
