"""One flight: `Flight(spec, seed)`, then `step(command)` until it is over.

The order of one tick, and why:

1. phase     between ticks, by the first guard that is true of the last state; so a phase never changes inside a tick
2. command   the edges (mark, action) act at once; the levels go to the control law
3. control   from the craft's own estimates to wanted thrust and moment; actuators follow with their lags
4. air       density and wind at the craft, gusts once for all
5. forces    at the predicted pose (bodies.py says why), each body's sum set once
6. step      pymunk moves the bodies and solves joints and contacts
7. read      every body's state once; then the parts that fly outside the Space
8. contacts  from the queue, sorted; then the judge, who may end the flight
9. estimates navigation errors at their own rate; events carry the figures of this tick's end

After a loss the bodies tumble on for AFTERMATH_TICKS, so that a person sees what happened; nothing counts any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, isfinite
from typing import Final

import pymunk

from game.sim.atmosphere import Atmosphere, Gusts
from game.sim.backshell import FAR_TICKS, Backshell, Where
from game.sim.bodies import step_space
from game.sim.command import IDLE, Command
from game.sim.contacts import BACKSHELL, SOIL, STACK, STAGE, Contacts, Touch
from game.sim.craft import Craft
from game.sim.digest import digest_of
from game.sim.dispersions import draw
from game.sim.events import Event, EventName, Reason
from game.sim.judge import Figures, Judge, Situation, Touchdown, Verdict
from game.sim.navigation import UPDATE_TICKS, Navigation, landing_marks, nearest_mark
from game.sim.observe import nav_of, truth_of
from game.sim.parachute import Parachute
from game.sim.phases import TRANSITIONS, Go, Phase
from game.sim.planet import Planet
from game.sim.snapshot import Mark, Nav, Outcome, Part, Truth
from game.sim.spec import DT_S, TICK_HZ, FlightSpec
from game.sim.streams import stream
from game.sim.terrain import TILE_M, Terrain, terrain_of

RULES_VERSION: Final = 1
AFTERMATH_TICKS: Final = 2 * TICK_HZ

_SOLVER_ITERATIONS: Final = 12
_SLOP_M: Final = 0.01  # pymunk's default of 0.1 is for pixels
_NEAR_GROUND_M: Final = 60.0  # below this a body's tile of ground is made ready: many updates ahead of any contact
_OFF_THE_MAP_M: Final = 1e6  # nothing flies this far: what is here has been torn apart by its own numbers
_SWEEP_M: Final = 30.0  # bodies lower than this and faster than the next are looked after by the ground's height too
_SWEEP_MPS: Final = 15.0
_SUNK_M: Final = 0.5  # a released rover this deep has passed the ground
_HOVER_HEIGHT_M: Final = 21.0  # of the stowed rover's wheels, as flown at E+399.7
_HOVER_SPEED_MPS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Peaks:
    """Largest values of a flight. `g` leaves contacts out: on rigid wheels one tick's impact says nothing."""

    g: float = 0.0
    heat_flux_w_cm2: float = 0.0
    surface_temperature_c: float = 0.0
    dynamic_pressure_pa: float = 0.0
    parachute_load_n: float = 0.0


class Flight:
    """One flight from its spec, a seed and a command per tick. Equal inputs give equal flights, to the last bit.

    over      True when nothing more will happen; stepping on raises RuntimeError
    outcome   FLYING until it is decided; `reason` and `reason_figures` say why
    parts_down where each part came to rest, m down-track; complete when the flight is over
    """

    def __init__(self, spec: FlightSpec, seed: int = 0) -> None:
        self.spec, self.seed = spec, seed
        self.tick = 0
        self.over = False
        self.outcome = Outcome.FLYING
        self.decided = False
        self.reason: Reason | None = None
        self.reason_figures: Figures = ()
        self._down: dict[Part, float] = {}
        self._last_tick = spec.max_ticks
        self._events: list[Event] = []
        self._pending: list[tuple[EventName, str, Figures]] = []

        self.planet = Planet(spec.site)
        self.terrain: Terrain = terrain_of(spec.site)
        drawn = draw(spec.dispersions, stream(seed, "dispersions"))
        self.air = Atmosphere(spec.air, self.planet.areoid_above_m, drawn.density, drawn.wind_mps)
        self._gusts = Gusts(spec.air, stream(seed, "wind"), DT_S)
        # What the pilot is told of the day: the mean of it, without what a dispersed day adds.
        self.forecast = Atmosphere(spec.air, self.planet.areoid_above_m) if drawn.moves_air else self.air
        self.gust_mps = 0.0

        self._space = pymunk.Space()
        self._space.iterations = _SOLVER_ITERATIONS
        self._space.collision_slop = _SLOP_M
        self._tiles: set[int] = set()
        self.contacts = Contacts(self._space)
        self.judge = Judge(spec.limits)
        self.craft = Craft(spec, drawn, self._space, self.planet, self.terrain)
        self._enter(spec.start.phase)
        self.navigation = Navigation(spec.vehicle.radar, stream(seed, "sensors"), self.craft.height_m)
        self.marks: tuple[Mark, ...] = landing_marks(self.terrain, spec.goal)
        self.mark_index = nearest_mark(self.marks, spec.goal.target_m)
        self.backshell: Backshell | None = None
        if self.phase is Phase.FREE_FALL:
            self.backshell = self._leave_backshell(Parachute(spec.vehicle.parachute, drawn.parachute_drag))
        self._peak_g = self._peak_q_pa = 0.0
        x, y = self.craft.x, self.craft.y
        self.wind_mps = self.air.mean_wind_mps(self.planet.altitude_m(x, y))
        self.weight_mps2 = -self.planet.gravity(x, y, self.craft.vx, self.craft.vy)[1]
        self._sweep = False
        self._prepare_ground(self.craft.height_m)

    @property
    def t_s(self) -> float:
        """Seconds from the entry interface."""
        return self.spec.start.t_s + self.tick / TICK_HZ

    @property
    def propellant_kg(self) -> float:
        return self.craft.propellant_kg

    @property
    def touchdown(self) -> Touchdown | None:
        return self.judge.touchdown

    @property
    def peaks(self) -> Peaks:
        return Peaks(g=self._peak_g, dynamic_pressure_pa=self._peak_q_pa)

    @property
    def parts_down(self) -> dict[Part, float]:
        """Where each part lies, in the order of Part."""
        return {part: self._down[part] for part in Part if part in self._down}

    def step(self, command: Command) -> tuple[Event, ...]:  # noqa: C901, PLR0912  the order of a tick in one place
        """Fly one tick under this command; what happened in it, in order."""
        if self.over:
            raise RuntimeError("this flight is over")
        craft = self.craft
        for go in self._exits:
            if go.when(self):
                self._leave(go)
                break
        if self.decided:
            command = IDLE
        elif command.mark or command.action:
            self._obey_edges(command)
        pushed = craft.pushed
        gravity = self.planet.gravity(pushed.px, pushed.py, pushed.vx, pushed.vy)
        self.weight_mps2 = -gravity[1]
        if craft.steer(command, pushed.vy + self.navigation.vy_mps, -gravity[1]):
            self._note(EventName.BRIDLE_FULL)

        self._sample_air()
        if craft.push(self._density, self.wind_mps, gravity):
            self._note(EventName.FUEL_OUT)
        backshell = self.backshell
        if backshell and backshell.where is Where.NEAR:
            backshell.push(self.gust_mps)

        step_space(self._space, DT_S)
        self.tick += 1

        if craft.read():
            self._note(EventName.WHEELS_READY)
        if not isfinite(craft.y + pushed.y + pushed.angle):  # what is not finite along the ground is so here next tick
            raise FloatingPointError(f"the state is no longer finite at tick {self.tick}")
        if self._sweep:
            self._catch_tunnellers()
        touched = self.contacts.gather()
        if backshell and (backshell.where is Where.NEAR or self.tick % FAR_TICKS == 0):
            self._follow_backshell(backshell)
        if touched or (self.judge.first_tick is not None and not craft.at_rest):
            self._touch()
        if craft.load_g > self._peak_g and not self.decided:
            self._peak_g = craft.load_g
        if self.tick % UPDATE_TICKS == 0:
            self._update()
        if self.tick >= self._last_tick:
            self._end()
        return self._tell() if self._pending else ()

    def snapshot(self) -> Truth:
        """The state as it is: for cameras, effects and logs."""
        return truth_of(self)

    def nav(self) -> Nav:
        """What the craft knows: for everyone who flies."""
        return nav_of(self)

    def digest(self) -> str:
        """Hash of everything that the coming ticks depend on."""
        numbers = [*self.craft.state(), self.gust_mps, *self.navigation.state(), *self.judge.state()]
        numbers += [self.phase_tick, self.mark_index]
        if self.backshell:
            numbers += self.backshell.state()
        numbers += self._down.values()
        return digest_of(self.tick, (self.phase, self.outcome, self.reason or ""), numbers)

    # --- guards of the phase table (phases.PhaseFacts) ---

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
        return self.judge.first_tick is not None

    @property
    def bridle_cut(self) -> bool:
        return self.craft.is_cut

    # --- the parts of a tick ---

    def _enter(self, phase: Phase) -> None:
        self.phase, self.phase_tick = phase, self.tick
        self._exits = TRANSITIONS[phase]
        self.craft.control.enter(phase)

    def _leave(self, go: Go) -> None:
        """Go on to the next phase, with what that switches on the craft."""
        self._enter(go.to)
        if go.to is Phase.POWERED:
            self.craft.ignite()
            self._note(EventName.ENGINE_START)
        elif go.to is Phase.SKY_CRANE:
            self.craft.hover()
            self._note(EventName.SKY_CRANE_START)

    def _obey_edges(self, command: Command) -> None:
        """Early or late, an edge is obeyed, with its consequences."""
        craft = self.craft
        if command.mark and not craft.rover and self.navigation.terrain_locked:
            index = min(max(self.mark_index + command.mark, 0), len(self.marks) - 1)
            if index != self.mark_index:
                self.mark_index = index
                self._note(EventName.MARK_CHOSEN, figures=(("downrange_m", self.marks[index].downrange_m),))
        if not command.action or self.phase not in (Phase.SKY_CRANE, Phase.TOUCHDOWN):
            return
        if craft.rover is None:
            craft.release()
            self._note(EventName.ROVER_RELEASE)
        elif not craft.is_cut:
            craft.cut()
            self._note(EventName.BRIDLE_CUT)

    def _sample_air(self) -> None:
        """Air at the craft, where its forces are evaluated; the gusts go on once a tick."""
        pushed = self.craft.pushed
        altitude_m = self.planet.altitude_m(pushed.px, pushed.py)
        self.gust_mps = gust_mps = self._gusts.step()
        self._density = self.air.density_kg_m3(altitude_m)
        self.wind_mps = self.air.mean_wind_mps(altitude_m) + gust_mps

    def _leave_backshell(self, chute: Parachute) -> Backshell:
        spec = self.spec.vehicle.backshell
        pose = self.craft.above_stage(spec.above_stage_m)
        self._note(EventName.BACKSHELL_SEPARATION)
        return Backshell(spec, chute, pose, space=self._space, planet=self.planet, air=self.air, terrain=self.terrain)

    def _follow_backshell(self, backshell: Backshell) -> None:
        craft = self.craft
        near_m = hypot(backshell.x - craft.pushed.x, backshell.y - craft.pushed.y)
        if craft.rover:
            near_m = min(near_m, hypot(backshell.x - craft.x, backshell.y - craft.y))
        if backshell.after_step(self.tick, self.gust_mps, near_m, self.contacts.met_any(BACKSHELL, SOIL)):
            self._come_down(Part.BACKSHELL, backshell.x)
        if backshell.canopy_down and Part.PARACHUTE not in self._down:
            self._down[Part.PARACHUTE] = backshell.canopy_x

    def _prepare_ground(self, height_m: float) -> None:
        """Make the tiles of ground that bodies are about to reach, in the order in which they come near."""
        craft = self.craft
        low_m = height_m
        if height_m < _NEAR_GROUND_M and not craft.at_rest:
            self._lay(craft.x)
        if craft.rover and not craft.stage_down:
            stage_height_m = craft.stage_height_m
            low_m = min(low_m, stage_height_m)
            if stage_height_m < _NEAR_GROUND_M:
                self._lay(craft.pushed.x)
        self._sweep = low_m < _SWEEP_M and max(-craft.vy, -craft.pushed.vy) > _SWEEP_MPS

    def _catch_tunnellers(self) -> None:
        """A body that falls half a metre a tick can pass a thin segment: see to it by the height of the ground."""
        craft = self.craft
        if craft.rover is None:
            if craft.height_m < 0.0:
                self.contacts.add(Touch.STAGE, Touch.GROUND)
            return
        if not craft.stage_down and craft.stage_height_m < 0.0:
            self.contacts.add(Touch.STAGE, Touch.GROUND)
        if not craft.at_rest and craft.height_m < -_SUNK_M:
            self.contacts.add(Touch.HULL, Touch.GROUND)

    def _lay(self, x_m: float) -> None:
        middle = int(x_m // TILE_M)
        if middle in self._tiles and middle - 1 in self._tiles and middle + 1 in self._tiles:
            return
        ground = self._space.static_body
        for tile in (middle - 1, middle, middle + 1):
            if tile in self._tiles:
                continue
            self._tiles.add(tile)
            shapes = self.terrain.shapes_of(tile, ground)
            for shape in shapes:
                shape.friction = self.spec.site.friction
                shape.collision_type = Touch.GROUND if isinstance(shape, pymunk.Segment) else Touch.ROCK
            self._space.add(*shapes)

    def _touch(self) -> None:
        """Judge this tick's contacts; see the stage's end and the rover's rest."""
        craft, judge = self.craft, self.judge
        first = judge.first_tick
        verdict = None if self.decided else judge.judge(self._situation())
        # What carries the engines: the stack, whose wheels come first, or the stage alone.
        down = self.contacts.met_any(SOIL, STACK if craft.rover is None else STAGE)
        if down and not craft.stage_down:
            stack_crashed = craft.rover is None
            craft.crash_stage()
            if not stack_crashed:
                self._come_down(Part.DESCENT_STAGE, craft.pushed.x, EventName.STAGE_IMPACT)
        if self.decided:
            return
        if first is None and judge.first_tick is not None and judge.touchdown:
            self._note(
                EventName.TOUCHDOWN,
                figures=(
                    ("vertical_mps", judge.touchdown.vertical_mps),
                    ("along_mps", judge.touchdown.horizontal_mps),
                    ("distance_m", judge.touchdown.distance_m),
                ),
            )
        if verdict is None and craft.is_cut and judge.standing:
            if not craft.at_rest:
                craft.rest()
            if craft.stage_down:
                verdict = self._final_verdict()
        if verdict:
            self._decide(verdict)

    def _situation(self) -> Situation:
        craft, bridle = self.craft, self.craft.bridle
        vx, vy = craft.before
        return Situation(
            tick=self.tick,
            contacts=self.contacts,
            released=craft.rover is not None,
            cut=craft.is_cut,
            bridle_full=bridle is not None and bridle.full,
            paid_m=bridle.paid_m if bridle else 0.0,
            wheels_ready=craft.rover is not None and craft.rover.wheels_ready,
            fuel_out=craft.propellant_kg <= 0.0,
            vx_mps=vx,
            vy_mps=vy,
            speed_mps=hypot(craft.vx, craft.vy),
            lean_rad=craft.rover.chassis.angle if craft.rover else craft.pushed.angle,
            slope_rad=self.terrain.slope_at(craft.x),
            distance_m=craft.x - self.spec.goal.target_m,
        )

    def _final_verdict(self) -> Verdict:
        """The rover stands and the stage is down: alive, unless one of them is in the wrong place."""
        craft = self.craft
        if self.judge.held_up():
            return Verdict(Reason.HELD_UP_BY_ROCK)
        apart_m = abs(craft.pushed.x - craft.x)
        if apart_m < self.spec.limits.stage_keep_out_m:
            return Verdict(Reason.STAGE_TOO_CLOSE, (("distance_m", apart_m),))
        return Verdict(Reason.LANDED)

    def _update(self) -> None:
        """Twenty times a second: the instruments, the ground that comes near, the peak of dynamic pressure."""
        craft, backshell = self.craft, self.backshell
        farthest_m = max(abs(craft.x), abs(craft.y), abs(craft.pushed.x), abs(craft.pushed.y))
        if backshell:
            farthest_m = max(farthest_m, abs(backshell.x), abs(backshell.y))
        if not farthest_m < _OFF_THE_MAP_M:
            raise FloatingPointError(f"something is off the map at {self.tick / TICK_HZ:.1f} s")
        height_m = craft.height_m
        radar, camera = self.navigation.update(height_m)
        if radar:
            self._note(EventName.RADAR_LOCK)
        if camera:
            self._note(EventName.TERRAIN_LOCK)
        self._prepare_ground(height_m)
        along = craft.vx - self.wind_mps
        q_pa = 0.5 * self._density * (along * along + craft.vy * craft.vy)
        if self.outcome is Outcome.FLYING:
            self._peak_q_pa = max(self._peak_q_pa, q_pa)

    def _end(self) -> None:
        """The last tick: of the time that a flight may take, or of what follows its outcome."""
        if not self.decided:
            self._decide(Verdict(Reason.OUT_OF_TIME, (("time_s", self.tick / TICK_HZ),)))
        self._finish()

    def _decide(self, verdict: Verdict) -> None:
        self.reason, self.reason_figures = verdict.reason, verdict.figures
        landed = verdict.reason is Reason.LANDED
        self.outcome = Outcome.LANDED if landed else Outcome.LOST
        self.decided = True
        self._note(EventName.LANDED if landed else EventName.LOST, verdict.reason, verdict.figures)
        tumble_ticks = 0 if landed else AFTERMATH_TICKS
        self._last_tick = min(self.tick + tumble_ticks, self.spec.max_ticks)

    def _finish(self) -> None:
        """The flight is over: fly down at once whatever is still in the air."""
        self.over = True
        rover_x_m, stage_x_m = self.craft.fly_down(self.air)
        self._down[Part.ROVER] = rover_x_m
        self._down.setdefault(Part.DESCENT_STAGE, stage_x_m)
        if self.backshell:
            self._down[Part.BACKSHELL], self._down[Part.PARACHUTE] = self.backshell.fly_down()

    def _come_down(self, part: Part, x_m: float, name: EventName = EventName.PART_DOWN) -> None:
        self._down[part] = x_m
        apart_m = abs(x_m - self.craft.x)
        self._note(name, part, (("downrange_m", x_m), ("distance_m", apart_m)))

    def _note(self, name: EventName, detail: str = "", figures: Figures = ()) -> None:
        self._pending.append((name, detail, figures))

    def _tell(self) -> tuple[Event, ...]:
        """This tick's events, with the figures at its end."""
        if not self._pending:
            return ()
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
