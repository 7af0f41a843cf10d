"""One flight: `Flight(spec, seed)`, then `step(command)` until it is over.

The order of one tick, and why:

1. phase     between ticks, by the first guard that is true of the last state; so a phase never changes inside a tick
2. command   the edges (mark, action) act at once; the levels go to the control law
3. air       gusts once for all; density, wind and gravity where the craft will be, and each other body
4. control   from the craft's own estimates to wanted thrust and moment; actuators follow with their lags
5. forces    at the predicted pose (bodies.py says why), each body's sum set once
6. step      pymunk moves the bodies and solves joints and contacts
7. read      every body's state once; the contacts from the queue, as masks; then the parts that fly outside the Space
8. judge     contacts, loads, heat and heights: the judges may end the flight
9. estimates navigation errors at their own rate; events carry the figures of this tick's end

In the course phase there is no tick of the Space: nothing moves but the plan (arrival.py). The capsule's flight is
Arrival's, the last minute is Landing's; here stands what they share.

After a loss the bodies tumble on for AFTERMATH_TICKS, so that a person sees what happened; nothing counts any more.
"""

from __future__ import annotations

from math import hypot, isfinite
from typing import Final

import pymunk

from game.sim.aerodynamics import Aerodynamics
from game.sim.aloft import Aloft
from game.sim.arrival import PICK_UP_S, Arrival
from game.sim.atmosphere import Atmosphere, Gusts
from game.sim.backshell import Backshell
from game.sim.bodies import step_space
from game.sim.capsule import Capsule
from game.sim.command import IDLE, Command
from game.sim.contacts import Contacts
from game.sim.craft import Craft
from game.sim.digest import digest_of
from game.sim.dispersions import draw
from game.sim.events import Event, EventName, Figures, Reason
from game.sim.falling import FAR_TICKS
from game.sim.goal import figures_of, is_inside
from game.sim.judge import Touchdown, Verdict
from game.sim.landing import Landing
from game.sim.navigation import (
    UPDATE_TICKS,
    Navigation,
    clear_of_m,
    hazard_at,
    landing_marks,
    nearest_mark,
    reachable_m,
)
from game.sim.observe import nav_of, truth_of
from game.sim.onboard import Onboard
from game.sim.parachute import Parachute
from game.sim.peaks import Peaks
from game.sim.phases import ARRIVING, TRANSITIONS, Go, Phase
from game.sim.planet import Planet
from game.sim.snapshot import Mark, Nav, Outcome, Part, Pose, Truth
from game.sim.spec import DT_S, TICK_HZ, FlightSpec
from game.sim.streams import stream
from game.sim.surroundings import WEIGHT, Surroundings
from game.sim.terrain import Terrain, terrain_of

RULES_VERSION: Final = 3
AFTERMATH_TICKS: Final = 2 * TICK_HZ

_SOLVER_ITERATIONS: Final = 12
_SLOP_M: Final = 0.01  # pymunk's default of 0.1 is for pixels
_OFF_THE_MAP_M: Final = 1e8  # nothing flies this far: what is here has been torn apart by its own numbers
_HOVER_HEIGHT_M: Final = 21.0  # of the stowed rover's wheels, as flown at E+399.7
_HOVER_SPEED_MPS: Final = 1.5


class Flight:
    """One flight from its spec, a seed and a command per tick. Equal inputs give equal flights, to the last bit.

    over      True when nothing more will happen; stepping on raises RuntimeError
    outcome   FLYING until it is decided; `reason` and `reason_figures` say why
    craft     what is flown now: the arrival's capsule, then the landing's craft
    parts_down where each part came to rest, m down-track; complete when the flight is over
    """

    __slots__ = (
        "_drawn", "_exits", "_gusts", "_half", "_last_tick", "_nav", "_on_course", "_peak_g", "_peak_q_pa", "_peaks",
        "_pending", "_polled", "_space", "_stirred", "_surroundings", "_t0_s", "_t0_tick", "air", "aloft",
        "arrival", "contacts", "craft", "decided", "forecast", "gust_mps", "landing", "mark_index", "marks",
        "navigation", "onboard", "outcome", "over", "phase", "phase_tick", "planet", "reason", "reason_figures",
        "seed", "spec", "terrain", "tick", "weight_mps2",
    )  # fmt: skip

    def __init__(self, spec: FlightSpec, seed: int = 0) -> None:
        self.spec, self.seed = spec, seed
        self.tick = 0
        self.over = self._stirred = self._polled = False
        self.outcome = Outcome.FLYING
        self.decided = False
        self.reason: Reason | None = None
        self.reason_figures: Figures = ()
        self._last_tick = spec.max_ticks
        self._pending: list[tuple[EventName, str, Figures]] = []
        self._t0_s, self._t0_tick = spec.start.t_s, 0

        self.planet = Planet(spec.site)
        self.terrain: Terrain = terrain_of(spec.site)
        self._drawn = drawn = draw(spec.dispersions, stream(seed, "dispersions"))
        areoid_m = self.planet.areoid_above_m
        self.air = Atmosphere(spec.air, areoid_m, drawn.density, drawn.wind_mps, drawn.high_density)
        self._surroundings = Surroundings(self.planet, self.air)
        self._gusts = Gusts(spec.air, stream(seed, "wind"), DT_S)
        # What the pilot is told of the day: the mean of it, without what a dispersed day adds.
        self.forecast = Atmosphere(spec.air, areoid_m) if drawn.moves_air else self.air
        self.gust_mps = 0.0

        self._space = pymunk.Space()
        self._space.iterations = _SOLVER_ITERATIONS
        self._space.collision_slop = _SLOP_M
        self.contacts = Contacts(self._space)
        self.aloft = Aloft(self._space, self.planet, self.air, self.terrain, self.contacts, self._note)
        self.arrival: Arrival | None = None
        self.landing: Landing | None = None
        self.craft: Capsule | Craft
        self._half: Arrival | Landing  # whose part of the flight it is now: both have the same face
        parts = (spec, drawn, self._space, self.aloft, self.contacts, self._note)
        if spec.start.phase in ARRIVING:
            self._half = self.arrival = Arrival(seed, *parts)
            self.craft = self.arrival.capsule
        else:
            self._half = self.landing = Landing(*parts)
            self.craft = self.landing.craft
            self.craft.control.enter(spec.start.phase)
        self._enter(spec.start.phase)
        self.navigation = Navigation(
            spec.vehicle.radar, stream(seed, "sensors"), self.craft.height_m, looking=self.arrival is None
        )
        self.marks: tuple[Mark, ...] = landing_marks(self.terrain, spec.goal.target_m, spec.goal.mark_reach_m)
        self.mark_index = nearest_mark(self.marks, spec.goal.target_m)
        if self.landing and self.phase is Phase.FREE_FALL:
            chute = Parachute(spec.vehicle.parachute, drawn.parachute_drag)
            self._leave_backshell(chute, self.landing.craft.above_stage(spec.vehicle.backshell.above_stage_m))
        self.onboard = self._load_computer()
        self._peak_g = self._peak_q_pa = 0.0
        self._peaks: Peaks | None = None  # once the flight is decided
        self._nav: Nav | None = None  # of this tick, once somebody has asked
        x, y = self.craft.x, self.craft.y
        self.weight_mps2 = -self.planet.gravity(x, y, self.craft.vx, self.craft.vy)[1]

    @property
    def t_s(self) -> float:
        """Seconds from the entry interface."""
        return self._t0_s + (self.tick - self._t0_tick) / TICK_HZ

    @property
    def wind_mps(self) -> float:
        """Down-track along the ground, gust included, where the craft is."""
        return self.air.mean_wind_mps(self.planet.altitude_m(self.craft.x, self.craft.y)) + self.gust_mps

    @property
    def airspeed_mps(self) -> float:
        """Of the craft, through the air."""
        craft = self.craft
        along_mps, climb_mps = self.planet.local(craft.x, craft.y, craft.vx, craft.vy)
        return hypot(along_mps - self.wind_mps, climb_mps)

    @property
    def propellant_kg(self) -> float:
        return self.craft.propellant_kg

    @property
    def touchdown(self) -> Touchdown | None:
        return self.landing.referee.touchdown if self.landing else None

    @property
    def backshell(self) -> Backshell | None:
        """The backshell once it is off."""
        return self.aloft.backshell

    @property
    def peaks(self) -> Peaks:
        arrival = self.arrival
        if self._peaks:
            return self._peaks
        if arrival is None:
            return Peaks(g=self._peak_g, dynamic_pressure_pa=self._peak_q_pa)
        return Peaks(
            g=self._peak_g,
            heat_flux_w_cm2=arrival.heat_peak_w_cm2,
            surface_temperature_c=arrival.hottest_c,
            dynamic_pressure_pa=self._peak_q_pa,
            parachute_load_n=arrival.parachute_peak_n,
        )

    @property
    def parts_down(self) -> dict[Part, float]:
        """Where each part lies, in the order of Part."""
        return {part: self.aloft.down[part] for part in Part if part in self.aloft.down}

    def step(self, command: Command) -> tuple[Event, ...]:
        """Fly one tick under this command; what happened in it, in order."""
        if self.over:
            raise RuntimeError("this flight is over")
        self._nav = None
        if self._stirred or self._polled:
            self._stirred = False
            for go in self._exits:
                if go.when(self):
                    self._leave(go)
                    break
        if self.decided:
            command = IDLE
        elif command.mark or command.action:
            self._obey_edges(command)
        if self._on_course and self.arrival:
            self.tick += 1
            self.arrival.correct(command, self.tick)
        else:
            self._fly(command)
        if self.tick >= self._last_tick:
            self._end()
        return self._tell() if self._pending else ()

    def snapshot(self) -> Truth:
        """The state as it is: for cameras, effects and logs."""
        return truth_of(self)

    def nav(self) -> Nav:
        """What the craft knows: for everyone who flies. Everyone asks, but it is reckoned once a tick."""
        if self._nav is None:
            self._nav = nav_of(self)
        return self._nav

    def digest(self) -> str:
        """Hash of everything that the coming ticks depend on."""
        numbers = [self.gust_mps, *self.navigation.state(), self.phase_tick, self.mark_index, self._t0_s]
        if self.landing:
            numbers += self.landing.state()
        elif self.arrival:
            numbers += self.arrival.state()
        numbers += self.aloft.state()
        numbers += [mark.downrange_m for mark in self.marks[:1]]
        return digest_of(self.tick, (self.phase, self.outcome, self.reason or ""), numbers)

    # --- guards of the phase table (phases.PhaseFacts) ---

    @property
    def course_set(self) -> bool:
        return self.arrival is not None and self.arrival.course_set

    @property
    def stage_dropped(self) -> bool:
        return self.arrival is not None and self.arrival.stage_dropped

    @property
    def at_interface(self) -> bool:
        return self.arrival is not None and self.arrival.at_interface

    @property
    def mortar_fired(self) -> bool:
        return self.arrival is not None and self.arrival.mortar_fired

    @property
    def backshell_off(self) -> bool:
        return self.arrival is not None and self.arrival.backshell_off

    @property
    def ignition_due(self) -> bool:
        return self.tick - self.phase_tick >= self.spec.vehicle.descent_stage.engines.ignition_s * TICK_HZ

    @property
    def slow_and_low(self) -> bool:
        craft, errors = self.craft, self.navigation
        if hypot(craft.vx + errors.vx_mps, craft.vy + errors.vy_mps) >= _HOVER_SPEED_MPS:
            return False
        return craft.height_m + errors.height_error_m(craft.height_m) <= _HOVER_HEIGHT_M

    @property
    def wheels_on_ground(self) -> bool:
        return self.landing is not None and self.landing.referee.first_tick is not None

    @property
    def bridle_cut(self) -> bool:
        return self.craft.is_cut

    # --- the parts of a tick ---

    def _enter(self, phase: Phase) -> None:
        self.phase, self.phase_tick = phase, self.tick
        self._on_course = phase is Phase.COURSE  # looking a member up on its Enum costs a per cent of a tick
        self._exits = TRANSITIONS[phase]
        # Guards are asked when something may have made them true, which for most is a command or a verdict.
        self._stirred, self._polled = True, any(go.polled for go in self._exits)

    def _leave(self, go: Go) -> None:
        """Go on to the next phase, with what that switches on the craft."""
        self._enter(go.to)
        if go.to is Phase.CRUISE:
            # The hours between are a jump: the flight is picked up a minute before the interface.
            self._t0_s, self._t0_tick = -PICK_UP_S, self.tick
        elif go.to is Phase.ENTRY and self.arrival:
            self.arrival.begin_entry()
        elif go.to is Phase.FREE_FALL:
            self._drop_out()
        elif self.landing:
            self.landing.begin(go.to)

    def _drop_out(self) -> None:
        """The powered vehicle falls out of its backshell, and is a craft of its own."""
        arrival = self.arrival
        if arrival is None:
            return
        capsule = arrival.capsule
        deployment, propellant_kg = capsule.chute, capsule.propellant_kg
        stage, shell, canopy = capsule.leave(self.tick)
        self._half = self.landing = landing = Landing(
            self.spec, self._drawn, self._space, self.aloft, self.contacts, self._note, stage, propellant_kg
        )
        self.craft = landing.craft
        landing.begin(Phase.FREE_FALL)
        deployment.chute.tear(deployment.lost)
        self._leave_backshell(deployment.chute, shell, canopy)

    def _obey_edges(self, command: Command) -> None:
        """Early or late, an edge is obeyed, with its consequences."""
        self._stirred = True
        if command.mark and self.navigation.terrain_locked and not self.craft.rover:
            index = min(max(self.mark_index + command.mark, 0), len(self.marks) - 1)
            if index != self.mark_index:
                self.mark_index = index
                self._note(EventName.MARK_CHOSEN, figures=(("downrange_m", self.marks[index].downrange_m),))
        if not command.action:
            return
        if self.landing:
            self.landing.obey(self.phase)
        elif self.arrival:
            self.arrival.obey(self.phase, self.tick)

    def _fly(self, command: Command) -> None:
        """One tick of the Space, with everything around it."""
        craft = self.craft
        pushed = craft.pushed
        self.gust_mps = gust_mps = self._gusts.step()
        here = self._surroundings.at(pushed.px, pushed.py, pushed.vx, pushed.vy, gust_mps)
        self.weight_mps2 = -here[WEIGHT]
        half, aloft = self._half, self.aloft
        if half.push(command, self.phase, self.tick, here, gust_mps=gust_mps, vy_error_mps=self.navigation.vy_mps):
            self._note(EventName.FUEL_OUT)
        if aloft.near:
            aloft.push(here, gust_mps)

        step_space(self._space, DT_S)
        self.tick = tick = self.tick + 1

        half.read(tick)
        if not isfinite(pushed.x + pushed.y + pushed.angle):
            raise FloatingPointError(f"the state is no longer finite at tick {tick}")
        touched = self.contacts.stirred and self.contacts.gather()
        if aloft.near or not tick % FAR_TICKS:
            aloft.after_step(tick, gust_mps, half.places())
        t_s = self._t0_s + (tick - self._t0_tick) / TICK_HZ
        verdict = half.judge(self.phase, tick, t_s, here, touched=touched, decided=self.decided)
        if craft.load_g > self._peak_g and not self.decided:
            self._peak_g = craft.load_g
        if tick % UPDATE_TICKS == 0:
            self._update()
        if verdict and not self.decided:
            self._decide(verdict)

    def _update(self) -> None:
        """Twenty times a second: the instruments, the ground that comes near, the peak of dynamic pressure."""
        craft = self.craft
        x, y, vx, vy, height_m = craft.placed()
        lost = not (abs(x) < _OFF_THE_MAP_M and abs(y) < _OFF_THE_MAP_M)
        if lost or (not self.tick % FAR_TICKS and not self.aloft.strewn_m() < _OFF_THE_MAP_M):
            raise FloatingPointError(f"something is off the map at {self.tick / TICK_HZ:.1f} s")
        density, _, wind_x, wind_y, _, _ = self._surroundings.at(x, y, vx, vy, self.gust_mps)
        airspeed_mps = hypot(vx - wind_x, vy - wind_y)
        if self.landing:
            self.landing.prepare_ground(height_m)
            looking = True
            hard = None if self.decided else self.landing.endure(density, airspeed_mps)
            if hard:
                self._decide(hard)
        elif self.arrival:
            self.arrival.update(self.phase, self.tick, self.t_s, density)
            looking = not self.arrival.capsule.shield_on
        radar, camera = self.navigation.update(height_m, looking=looking)
        if radar:
            self._note(EventName.RADAR_LOCK)
        if camera:
            self._offer_marks()
            self._note(EventName.TERRAIN_LOCK)
        q_pa = 0.5 * density * airspeed_mps * airspeed_mps
        if q_pa > self._peak_q_pa and not self.decided:
            self._peak_q_pa = q_pa

    def _offer_marks(self) -> None:
        """The camera has matched the ground: offer the places around the nearest to the target that we can reach."""
        goal = self.spec.goal
        x_m = self.craft.x + self.navigation.x_error_m
        centre_m = reachable_m(goal.target_m, x_m, self.craft.vx, self.craft.height_m)
        self.marks = landing_marks(self.terrain, centre_m, goal.mark_reach_m)
        self.mark_index = nearest_mark(self.marks, goal.target_m)

    def _leave_backshell(self, chute: Parachute, shell: Pose, canopy: Pose | None = None) -> None:
        self._note(EventName.BACKSHELL_SEPARATION)
        self.aloft.follow(
            Backshell(
                self.spec.vehicle.backshell, chute, shell, canopy,
                space=self._space, planet=self.planet, air=self.air, terrain=self.terrain,
            )
        )  # fmt: skip
        if not self.navigation.has_camera:
            self._make_for_clear_ground()

    def _make_for_clear_ground(self) -> None:
        """Nobody has seen where we are: the one mark is the place below us, or beside our backshell's."""
        craft = self.craft
        wind_mps = self.forecast.mean_wind_mps(self.planet.altitude_m(craft.x, craft.y))
        x_m = clear_of_m(craft.x, craft.vx, craft.height_m, wind_mps)
        self.marks = (Mark(x_m, hazard_at(self.terrain, x_m)),)
        self.mark_index = 0
        self.navigation.mark_error_m = self.navigation.x_error_m

    def _load_computer(self) -> Onboard:
        """What the craft is told before it flies: the forecast, and itself as it should be."""
        vehicle = self.spec.vehicle
        stage, shell = vehicle.descent_stage, vehicle.aeroshell
        hanging_kg = (
            stage.dry_mass_kg + self.spec.start.propellant_kg + vehicle.rover.mass_kg + vehicle.backshell.mass_kg
        )
        hanging_kg += vehicle.heat_shield.mass_kg
        entry_kg = hanging_kg + vehicle.parachute.mass_kg + 2.0 * shell.balance_pairs * shell.balance_mass_kg
        return Onboard(
            self.planet, self.forecast, Aerodynamics(shell), Parachute(vehicle.parachute), vehicle, entry_kg,
            hanging_kg, self.spec.start.arrival,
        )  # fmt: skip

    def _end(self) -> None:
        """The last tick: of the time that a flight may take, or of what follows its outcome."""
        if not self.decided:
            self._decide(Verdict(Reason.OUT_OF_TIME, (("time_s", self.tick / TICK_HZ),)))
        self._finish()

    def _decide(self, verdict: Verdict) -> None:
        self.reason, self.reason_figures = verdict.reason, verdict.figures
        self.outcome = _OUTCOMES.get(verdict.reason, Outcome.LOST)
        self._peaks = self.peaks
        self.decided = self._stirred = True
        self._note(EventName(self.outcome), verdict.reason, verdict.figures)
        tumble_ticks = AFTERMATH_TICKS if self.outcome is Outcome.LOST else 0
        self._last_tick = min(self.tick + tumble_ticks, self.spec.max_ticks)

    def _finish(self) -> None:
        """The flight is over: fly down at once whatever is still in the air."""
        self.over = True
        if self.landing:
            self.landing.fly_down()
        elif self.arrival:
            self.aloft.down.update(self.arrival.capsule.fly_down())
        self.aloft.fly_down()

    def _note(self, name: EventName, detail: str = "", figures: Figures = ()) -> None:
        self._pending.append((name, detail, figures))
        if name is self.spec.goal.ends_at and not self.decided:
            found = figures_of(self)
            reason = Reason.COMPLETED if is_inside(self.spec.goal, found) else Reason.GOAL_MISSED
            self._decide(Verdict(reason, found))

    def _tell(self) -> tuple[Event, ...]:
        """This tick's events, with the figures at its end."""
        truth = self.snapshot()
        told = tuple(
            Event(
                self.tick, truth.t_s, name, truth.altitude_m, truth.height_m, truth.speed_mps, truth.mach, truth.q_pa,
                detail, figures,
            )
            for name, detail, figures in self._pending
        )  # fmt: skip
        self._pending.clear()
        return told


_OUTCOMES: Final = {Reason.LANDED: Outcome.LANDED, Reason.COMPLETED: Outcome.COMPLETED}
