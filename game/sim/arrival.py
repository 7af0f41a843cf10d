"""The flight from deep space to the parachute: what happens to the capsule by command, by itself, and by breaking.

The judge of the last minute reads contacts; here it is heat, load and pressure that end a flight, and the ground.
"""

from __future__ import annotations

from math import ceil, cos, degrees, hypot, radians, sin
from operator import itemgetter
from typing import Final

import pymunk

from game.sim.aloft import Aloft, Note
from game.sim.capsule import Capsule, path_of, standing
from game.sim.command import TILT_MAX, Command
from game.sim.contacts import SHED, Contacts, Touch
from game.sim.course import Course
from game.sim.dispersions import Drawn, course_error_deg, tip_off_factor
from game.sim.events import EventName, Reason
from game.sim.judge import Verdict
from game.sim.navigation import UPDATE_TICKS
from game.sim.peaks import PeakWatch
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.snapshot import Canopy, CourseState, Part, Pose
from game.sim.spec import DT_S, TICK_HZ, FlightSpec
from game.sim.stowage import CRUISE_MASSES, ENTRY_MASSES
from game.sim.surroundings import Met

PICK_UP_S: Final = 60.0  # before the interface, where the flight goes on after the course is set
_UPDATE_S: Final = UPDATE_TICKS * DT_S
_INTERFACE_M: Final = 3_522_200.0  # from the planet's centre, for a flight that begins below it
_LEAST_TELLING_W_CM2: Final = 5.0
_LEAST_TELLING_G: Final = 1.0
_LEAST_TELLING_N: Final = 10_000.0
_LOW_M: Final = 300.0  # lower than this every tick looks for the ground, at up to six kilometres a second
_NEW_CANOPY_S: Final = 25.0  # a canopy that is younger when we hit the ground came too late
_TORN_SHARE: Final = 0.3  # of the canopy gone: more than that, and it is to blame for whatever follows
_TORN_TICKS: Final = TICK_HZ // 4  # without a further tear for so long, it is over
_RAGS: Final = 0.05  # of its drag area, is what is left of a canopy that burst
_WHOLE: Final = 1e-6  # of a tick: a sum of decimal seconds is no round number
_CRUISE, _ENTRY = Phase.CRUISE, Phase.ENTRY  # looking a member up on its Enum costs a per cent of a tick
_GONE: Final = Canopy.GONE
_IN_THE_AIR: Final = (Phase.ENTRY, Phase.PARACHUTE)  # as far as this capsule goes
_CLEAR_TICKS: Final = TICK_HZ // 10  # a heat shield that touches us later than this has come back


class Arrival:
    """The capsule's flight. `verdict` is set when something has ended it.

    course_set, stage_dropped, mortar_fired, backshell_off   guards of the phase table
    guided, straightened    what the capsule has begun by itself
    """

    __slots__ = (
        "_aloft", "_ballast", "_burn_mps2", "_contacts", "_flow_kg_s", "_heat", "_interface_m", "_limit_g", "_load",
        "_low", "_mortar_height_m", "_note", "_planet", "_shield_tick", "_snatch", "_spec", "_stage_tick",
        "_straighten2", "_straighten_tick", "_thrown", "_tip_off_rad_s", "_torn_n", "_torn_tick", "backshell_off",
        "burn_s", "capsule", "course", "course_set", "guided", "hottest_c", "mortar_fired", "stage_dropped",
        "straightened", "trim", "verdict"
    )  # fmt: skip

    def __init__(
        self, seed: int, spec: FlightSpec, drawn: Drawn, space: pymunk.Space, aloft: Aloft, contacts: Contacts,
        note: Note,
    ) -> None:  # fmt: skip
        self._spec, self._aloft, self._contacts, self._note = spec, aloft, contacts, note
        self._planet = aloft.planet
        start, arrival = spec.start, spec.start.arrival
        self.course: Course | None = None
        self._interface_m = (arrival.interface_radius_m if arrival else _INTERFACE_M) - self._planet.radius_m
        if arrival:
            error_deg = course_error_deg(arrival, seed) + drawn.entry_angle_deg
            self.course = Course(arrival, self._planet, -start.t_s, error_deg, drawn.entry_speed_mps)
        self.capsule = Capsule(spec, drawn, space, aloft, self._start_pose())
        ring = spec.vehicle.cruise_stage
        self._tip_off_rad_s = radians(ring.tip_off_deg_s) * tip_off_factor(seed)
        self.trim = self.burn_s = 0.0
        self._burn_mps2 = ring.thrust_n / self.capsule.mass_kg
        self._flow_kg_s = ring.thrust_n / (ring.isp_s * STANDARD_GRAVITY_MPS2)
        self.course_set = self.stage_dropped = self.mortar_fired = self.backshell_off = False
        self.guided = start.arrival is None  # late on its way down it has been steering for long
        self.straightened = False
        self._stage_tick: int | None = None
        self._shield_tick = self._straighten_tick = self._thrown = 0
        self._ballast: list[tuple[int, Part]] = []  # what goes by itself, and at which tick
        self._straighten2 = spec.vehicle.aeroshell.straighten_mps**2
        self._torn_tick = 0
        self._mortar_height_m = self._torn_n = 0.0
        self._heat = PeakWatch(_LEAST_TELLING_W_CM2)
        self._load = PeakWatch(_LEAST_TELLING_G)
        self._snatch = PeakWatch(_LEAST_TELLING_N)
        self.hottest_c = self.capsule.heat.surface_c
        self._low = False
        self._limit_g = spec.vehicle.aeroshell.structure_g
        self.verdict: Verdict | None = None

    # --- guards of the phase table ---

    @property
    def at_interface(self) -> bool:
        pushed = self.capsule.pushed
        return self._planet.altitude_m(pushed.x, pushed.y) <= self._interface_m

    # --- what the flight commands ---

    def correct(self, command: Command, tick: int) -> None:
        """One tick of the course phase: burn across the path, and see where that leads."""
        ring = self._spec.vehicle.cruise_stage
        lever = command.tilt / TILT_MAX
        left_s = ring.burn_most_s - self.burn_s
        burn_s = min(abs(lever) * DT_S, left_s)
        self.trim = lever if burn_s else 0.0
        if burn_s and self.course:
            self.burn_s += burn_s
            self.course.burn(self._burn_mps2 * (burn_s if lever > 0.0 else -burn_s))
            self.capsule.burn_cruise_fuel(self._flow_kg_s * burn_s)
            self.capsule.place(self._start_pose())
        if self.burn_s >= ring.burn_most_s or tick >= ring.window_s * TICK_HZ:
            self._set_course()

    def obey(self, phase: Phase, tick: int) -> None:
        """ACTION: the next event of the sequence, early or late."""
        capsule = self.capsule
        if phase is Phase.COURSE:
            self._set_course()
        elif phase is Phase.CRUISE:
            capsule.drop_cruise_stage(tick, self._tip_off_rad_s)
            self._stage_tick, self.stage_dropped = tick, True
            self._load_ballast(tick, CRUISE_MASSES, self._spec.vehicle.cruise_stage.balance_s)
            self._note(EventName.CRUISE_STAGE_SEPARATION, "", ())
        elif phase is Phase.ENTRY:
            capsule.chute.fire(tick)
            self.mortar_fired = True
            self._mortar_height_m = capsule.height_m
            self._note(EventName.MORTAR, "", (("mach", capsule.mach), ("q_pa", capsule.q_pa)))
        elif phase is Phase.PARACHUTE and capsule.carries(Part.HEAT_SHIELD):
            capsule.drop_heat_shield(tick)
            self._shield_tick = tick
            self._note(EventName.HEAT_SHIELD_SEPARATION, "", (("mach", capsule.mach),))
        elif phase is Phase.PARACHUTE:
            self.backshell_off = True

    def begin_entry(self) -> None:
        """The entry interface: from here on there is air to speak of."""
        capsule = self.capsule
        along, up = self._planet.local(capsule.x, capsule.y, capsule.vx, capsule.vy)
        self._note(
            EventName.ENTRY_INTERFACE,
            "",
            (("entry_angle_deg", degrees(path_of(along, up))), ("speed_mps", hypot(along, up))),
        )

    # --- one tick, after the step ---

    def push(
        self, command: Command, phase: Phase, tick: int, here: Met, *, gust_mps: float, vy_error_mps: float
    ) -> bool:
        """Steer, and all forces for the coming step. True in the tick that burns the last propellant."""
        self.capsule.steer(command, phase)
        return self.capsule.push(tick, here, gust_mps)

    def read(self, tick: int) -> None:
        """Take the new state over."""
        self.capsule.read(tick)

    def places(self) -> tuple[tuple[float, float], ...]:
        """Where the body is that something could strike."""
        pushed = self.capsule.pushed
        return ((pushed.x, pushed.y),)

    def judge(self, phase: Phase, tick: int, t_s: float, here: Met, *, touched: bool, decided: bool) -> Verdict | None:
        """What happens by itself in this tick, in these surroundings; `touched`: the engine has seen contacts."""
        capsule = self.capsule
        if capsule.at_rest:
            return self.verdict
        if self.mortar_fired:
            if capsule.chute.due(tick):
                capsule.stretch_lines(tick, here[2], here[3])
                self._note(EventName.LINE_STRETCH, "", ())
            if capsule.chute.out:
                self._feel_canopy(tick, t_s)
        if self.guided and not self.straightened:
            self._straighten_if_slow(phase, tick)
        while self._ballast and self._ballast[0][0] <= tick:
            self._throw_ballast(tick)
        load_g = capsule.load_g
        if phase is _ENTRY:
            self._feel_entry(load_g, t_s)
        if load_g > self._limit_g:
            self._end(Reason.BROKE_UP, ("g", load_g), ("limit_g", self._limit_g))
        if touched and self._contacts.met(Touch.CAPSULE, SHED) and tick - self._shield_tick > _CLEAR_TICKS:
            self._end(Reason.STRUCK_BY_HEAT_SHIELD)
        if self._low and capsule.height_m <= 0.0:
            self._hit_the_ground(tick)
        return self.verdict

    def update(self, phase: Phase, tick: int, t_s: float, density_kg_m3: float) -> None:
        """Twenty times a second: heat, and what is high or low."""
        capsule, vehicle = self.capsule, self._spec.vehicle
        if capsule.at_rest:
            return
        capsule.warm(density_kg_m3, _UPDATE_S)
        flux, back = capsule.flux_w_cm2, capsule.back_flux_w_cm2
        self.hottest_c = max(self.hottest_c, capsule.heat.surface_c)
        if (flux > self._heat.high or not self._heat.told) and self._heat.see(flux, t_s):
            figures = (("heat_flux_w_cm2", self._heat.high), ("peak_t_s", self._heat.high_t_s))
            self._note(EventName.PEAK_HEATING, "", figures)
        limit = vehicle.backshell.flux_limit_w_cm2
        if not capsule.shield_on:
            if flux > limit:
                self._end(Reason.BURNED_UNPROTECTED, ("heat_flux_w_cm2", flux), ("limit_w_cm2", limit))
        else:
            on_shield, shield = capsule.shield_flux_w_cm2, vehicle.heat_shield
            if on_shield > shield.flux_limit_w_cm2 or capsule.heat.bond_c > shield.bond_limit_c:
                self._end(Reason.BURNED_THROUGH, ("heat_flux_w_cm2", on_shield), ("bond_c", capsule.heat.bond_c))
        if back > limit:
            turned_deg = abs(degrees(capsule.incidence_rad))
            self._end(Reason.BACKSHELL_BURNED, ("heat_flux_w_cm2", back), ("limit_w_cm2", limit),
                      ("incidence_deg", turned_deg))  # fmt: skip
        if phase is _CRUISE and self.at_interface:
            self._end(Reason.CRUISE_STAGE_KEPT)
        x, y, vx, vy, height_m = capsule.placed()
        altitude_m = self._planet.altitude_m(x, y)
        if altitude_m > self._interface_m:
            _, climb_mps = self._planet.local(x, y, vx, vy)
            if climb_mps > 0.0:
                missed = phase in (_CRUISE, Phase.APPROACH)
                reason = Reason.MISSED_MARS if missed else Reason.SKIPPED_OUT
                self._end(reason, ("altitude_m", altitude_m), ("speed_mps", hypot(vx, vy)))
        self._low = height_m < _LOW_M

    def course_state(self) -> CourseState | None:
        """The course as it stands; None for a flight that does not come from space."""
        course, arrival = self.course, self._spec.start.arrival
        if course is None or arrival is None:
            return None
        left_s = max(self._spec.vehicle.cruise_stage.burn_most_s - self.burn_s, 0.0)
        return CourseState(
            course.entry_angle_deg, arrival.entry_angle_deg, course.shift_m, course.later_s, course.away_m,
            self.burn_s, left_s,
        )  # fmt: skip

    @property
    def parachute_peak_n(self) -> float:
        return self._snatch.high

    @property
    def heat_peak_w_cm2(self) -> float:
        return self._heat.high

    def state(self) -> list[float]:
        """For the digest."""
        decided = self.verdict is not None  # it is heard a tick later when heat has found it
        switches = (self.course_set, self.guided, self.straightened, self.backshell_off, decided)
        numbers = [*self.capsule.state(), self.burn_s, *(float(switch) for switch in switches)]
        stage_tick = -1.0 if self._stage_tick is None else float(self._stage_tick)
        numbers += [stage_tick, float(self._shield_tick), float(self._straighten_tick), float(self._thrown)]
        numbers += [float(due) for due, _ in self._ballast]
        numbers += [float(self._torn_tick), self._torn_n, self._mortar_height_m, float(self._low), self.hottest_c]
        for watch in (self._heat, self._load, self._snatch):
            numbers += watch.state()
        return numbers + list(self.course.state()) if self.course else numbers

    # --- inside ---

    def _set_course(self) -> None:
        if self.course_set or self.course is None:
            return
        self.course_set = True
        self.trim = 0.0
        self._note(
            EventName.COURSE_SET, "", (("entry_angle_deg", self.course.entry_angle_deg), ("burn_s", self.burn_s))
        )

    def _feel_canopy(self, tick: int, t_s: float) -> None:
        chute = self.capsule.chute
        watch = self._snatch
        if (chute.load_n > watch.high or not watch.told) and watch.see(chute.load_n, t_s):
            figures = (("load_n", self._snatch.high), ("mach", self.capsule.mach), ("peak_t_s", self._snatch.high_t_s))
            self._note(EventName.INFLATION_PEAK, "", figures)
        if chute.overloaded:
            whole_n = chute.load_n / (1.0 - chute.lost)
            if chute.tear():
                self._torn_tick, self._torn_n = tick, max(self._torn_n, whole_n)
        if chute.stage is _GONE or (self._torn_tick and tick - self._torn_tick >= _TORN_TICKS):
            self._tell_torn(tick)

    def _tell_torn(self, tick: int) -> None:
        """The tearing is over: what is left of the canopy, if anything."""
        chute, limit_n = self.capsule.chute, self._spec.vehicle.parachute.tear_n
        figures = (("load_n", self._torn_n), ("limit_n", limit_n))
        self._torn_tick = 0
        self._note(EventName.PARACHUTE_TORN, "", (*figures, ("lost", chute.lost)))
        if chute.stage is not Canopy.GONE:
            return
        rags = chute.release()
        if rags:
            self._aloft.throw_canopy(chute.chute, rags, _RAGS, tick)
        self._end(Reason.PARACHUTE_TORN, *figures, ("speed_mps", hypot(self.capsule.vx, self.capsule.vy)))

    def _feel_entry(self, load_g: float, t_s: float) -> None:
        """The first load tells the guidance to steer, the highest is told."""
        if not self.guided and load_g >= self._spec.vehicle.aeroshell.guidance_g:
            self.guided = True
            self._note(EventName.GUIDANCE_START, "", (("g", load_g),))
        watch = self._load
        if (load_g > watch.high or not watch.told) and watch.see(load_g, t_s):
            self._note(EventName.PEAK_DECELERATION, "", (("g", watch.high), ("peak_t_s", watch.high_t_s)))

    def _straighten_if_slow(self, phase: Phase, tick: int) -> None:
        """Slow enough: from here on the ballast goes that makes us fly at an angle, and the angle with it."""
        pushed = self.capsule.pushed
        if pushed.vx * pushed.vx + pushed.vy * pushed.vy >= self._straighten2 or phase not in _IN_THE_AIR:
            return
        aeroshell = self._spec.vehicle.aeroshell
        self.straightened, self._straighten_tick = True, tick
        self._note(EventName.STRAIGHTEN_UP, "", ())
        pairs = ENTRY_MASSES[: aeroshell.balance_pairs]
        self._load_ballast(tick, pairs, aeroshell.balance_s, aeroshell.balance_first_s - aeroshell.balance_s)

    def _load_ballast(self, tick: int, parts: tuple[Part, ...], every_s: float, after_s: float = 0.0) -> None:
        """These parts go one after the other, the first so long after `after_s` from now as the next after it."""
        for number, part in enumerate(parts, start=1):
            if self.capsule.carries(part):
                wait_ticks = ceil((after_s + number * every_s) * TICK_HZ - _WHOLE)
                self._ballast.append((tick + max(wait_ticks, 1), part))
        self._ballast.sort(key=itemgetter(0))

    def _throw_ballast(self, tick: int) -> None:
        _, part = self._ballast.pop(0)
        self.capsule.throw_balance(part, tick)
        if part in ENTRY_MASSES:
            # Each pair takes its share of the offset away that makes us fly at an angle.
            self._thrown += 1
            self.capsule.trim_share = 1.0 - self._thrown / self._spec.vehicle.aeroshell.balance_pairs
        self._note(EventName.BALANCE_MASS, part, ())

    def _hit_the_ground(self, tick: int) -> None:
        capsule, chute = self.capsule, self.capsule.chute
        speed = ("speed_mps", hypot(capsule.vx, capsule.vy))
        if chute.stage is Canopy.PACKED:
            self._end(Reason.NO_PARACHUTE, speed)
        elif chute.lost > _TORN_SHARE:
            limit_n = self._spec.vehicle.parachute.tear_n
            self._end(Reason.PARACHUTE_TORN, ("load_n", self._torn_n), ("limit_n", limit_n), speed)
        elif chute.since_s(tick) < _NEW_CANOPY_S:
            self._end(Reason.PARACHUTE_TOO_LATE, speed, ("height_m", self._mortar_height_m))
        elif capsule.carries(Part.HEAT_SHIELD):
            self._end(Reason.HEAT_SHIELD_KEPT, speed)
        else:
            self._end(Reason.BACKSHELL_KEPT, speed)
        capsule.crash()
        canopy = chute.release()
        if canopy:
            self._aloft.throw_canopy(chute.chute, canopy, 1.0 - chute.lost, tick)
        self._low = False

    def _end(self, reason: Reason, *figures: tuple[str, float]) -> None:
        if self.verdict is None:
            self.verdict = Verdict(reason, figures)

    def _start_pose(self) -> Pose:
        """Where the flight is picked up, or begins."""
        start, planet = self._spec.start, self._planet
        if self.course:
            before_s = PICK_UP_S if start.phase is Phase.COURSE else -start.t_s
            x, y, vx, vy = self.course.pick_up(before_s)
        else:
            angle = start.downrange_m / planet.radius_m
            ground_m = self._aloft.terrain.altitude_at(start.downrange_m)
            r_m = planet.radius_m + ground_m + start.height_m
            x, y = r_m * sin(angle), r_m * cos(angle) - planet.radius_m
            along, down = start.speed_along_mps, start.speed_down_mps
            vx, vy = along * cos(angle) - down * sin(angle), -along * sin(angle) - down * cos(angle)
        turned = standing(path_of(vx, vy), start.incidence_deg)
        return Pose(x, y, turned, vx, vy, radians(start.turn_deg_s))
