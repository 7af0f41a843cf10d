"""Heat of the entry: what the flow brings, who of the capsule gets it, and how hot the heat shield becomes of it.

Plain functions of numbers, and one small state: the heat shield's surface, and the slab of its material below.
"""

from __future__ import annotations

from math import cos, radians, sqrt
from typing import Final

from game.sim.vehicle_spec import HeatShieldSpec

W_CM2: Final = 1e-4  # of one W/m2
_SUTTON_GRAVES: Final = 1.9027e-4  # kg^0.5/m, for Mars' air (Sutton and Graves, NASA TR R-376, 1971)
_STEFAN_BOLTZMANN: Final = 5.670374e-8
_ZERO_C_K: Final = 273.15
_J_M2_PER_J_CM2: Final = 1e4

# The capsule trims at up to 20 degrees and swings about that: so far the shield has the whole heat somewhere on it.
_FULL_TO: Final = cos(radians(30.0))

_SLICES: Final = 12
_SLAB_S: Final = 1.0  # step of the slab, whose own time is minutes: implicit, so stable for any material


def stagnation_flux_w_m2(density_kg_m3: float, airspeed_mps: float, nose_radius_m: float) -> float:
    """Convective heat flux where the flow comes to rest, by Sutton and Graves: laminar, on a cold wall."""
    return _SUTTON_GRAVES * sqrt(density_kg_m3 / nose_radius_m) * airspeed_mps * airspeed_mps * airspeed_mps


def shield_share(incidence_rad: float, lee_share: float) -> float:
    """Share of that flux on the hottest place of the heat shield: all of it well past trim, lee_share backwards."""
    ahead = (1.0 + cos(incidence_rad)) / (1.0 + _FULL_TO)
    return 1.0 if ahead >= 1.0 else lee_share + (1.0 - lee_share) * ahead * ahead


def back_share(incidence_rad: float, lee_share: float) -> float:
    """Share of that flux on the hottest place of the backshell: lee_share shield first, all of it backwards.

    A quarter more sideways: between these ends it is an estimate.
    """
    ahead = 0.5 * (1.0 - cos(incidence_rad))
    return lee_share + (1.0 - lee_share) * ahead * ahead


class ShieldHeat:
    """How hot the heat shield is, outside and where it is glued on.

    The surface has one heat capacity and radiates to a cold sky; what the slab takes in is part of that capacity. The
    slab follows the surface by conduction in one dimension and is insulated at its back, the bond line: that is on the
    safe side, for the structure behind it would take some heat away.
    """

    __slots__ = (
        "_capacity_j_m2_k",
        "_factors",
        "_links",
        "_radiation",
        "_slab_k",
        "_surface_k",
        "_wait_s",
        "load_j_cm2",
    )

    def __init__(self, spec: HeatShieldSpec) -> None:
        self._capacity_j_m2_k = spec.capacity_j_m2_k
        self._radiation = spec.emissivity * _STEFAN_BOLTZMANN
        self._surface_k = spec.start_c + _ZERO_C_K
        self._slab_k = [self._surface_k] * _SLICES
        self._wait_s = 0.0
        self.load_j_cm2 = 0.0
        slice_m = spec.thickness_m / _SLICES
        link = spec.diffusivity_m2_s * _SLAB_S / (slice_m * slice_m)
        # Backward Euler: (1 + 2 link) T[i] - link (T[i-1] + T[i+1]) = T[i] before. The surface is T[-1]; beyond the
        # last, where it is insulated, T is as before it: 2 link there. Thomas' elimination depends on the links alone.
        self._links = (*[link] * (_SLICES - 1), 2.0 * link)
        factors: list[float] = []
        above = 0.0
        for here in self._links:
            factors.append(1.0 / (1.0 + 2.0 * link - here * above))
            above = link * factors[-1]
        self._factors = tuple(factors)

    @property
    def surface_c(self) -> float:
        return self._surface_k - _ZERO_C_K

    @property
    def bond_c(self) -> float:
        """At the bond line, at the back of the material."""
        return self._slab_k[-1] - _ZERO_C_K

    def step(self, flux_w_m2: float, dt_s: float) -> None:
        """Heat it with this flux for so long."""
        self.load_j_cm2 += flux_w_m2 * dt_s / _J_M2_PER_J_CM2
        surface_k, radiation = self._surface_k, self._radiation
        cubed = radiation * surface_k * surface_k * surface_k
        # One Newton step of backward Euler. It can overshoot in one way only, upwards past equilibrium.
        rise_k = dt_s * (flux_w_m2 - cubed * surface_k) / (self._capacity_j_m2_k + 4.0 * dt_s * cubed)
        surface_k += rise_k
        if rise_k > 0.0 and radiation * surface_k**4 > flux_w_m2:
            surface_k = sqrt(sqrt(flux_w_m2 / radiation))
        self._surface_k = surface_k
        self._wait_s += dt_s
        while self._wait_s >= _SLAB_S - 1e-6:  # a sum of many small steps is no round number
            self._wait_s -= _SLAB_S
            self._conduct()

    def state(self) -> tuple[float, ...]:
        """Everything that changes, for the digest."""
        return self._surface_k, self.load_j_cm2, self._wait_s, *self._slab_k

    def _conduct(self) -> None:
        """One step of the slab: Thomas' algorithm, surface to back and back again."""
        slab_k, factors = self._slab_k, self._factors
        link = self._links[0]
        carried_k = self._surface_k
        for i, here in enumerate(self._links):
            carried_k = slab_k[i] = (slab_k[i] + here * carried_k) * factors[i]
        for i in range(_SLICES - 2, -1, -1):
            carried_k = slab_k[i] = slab_k[i] + link * factors[i] * carried_k
