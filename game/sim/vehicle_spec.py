"""The spacecraft as figures: one record for each part of the exploded view, its keys those of a vehicle file."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.records import Record, Table


@dataclass(frozen=True, slots=True)
class EnginesSpec(Record):
    """Eight throttled engines in two groups of four, up-track and down-track of the middle.

    min_thrust_n     least thrust of one engine that burns
    max_thrust_n     most thrust of one engine
    isp_low_s        specific impulse at the least thrust; linear between the two
    isp_high_s       specific impulse at the most thrust
    canted_deg       outward cant of the two nearly upright engines of each group, which are off in the sky crane
    splayed_deg      outward cant of the other two, which alone burn in the sky crane
    cant_azimuth_deg  direction of both cants, away from the plane of flight
    arm_m            nozzles' distance from the stage's middle line
    drop_m           nozzles' distance below the stage's centre of mass
    lag_s            time constant of the thrust
    ignition_s       from the start of free fall to automatic ignition
    """

    min_thrust_n: float
    max_thrust_n: float
    isp_low_s: float
    isp_high_s: float
    canted_deg: float
    splayed_deg: float
    cant_azimuth_deg: float
    arm_m: float
    drop_m: float
    lag_s: float
    ignition_s: float


@dataclass(frozen=True, slots=True)
class DescentStageSpec(Record):
    """The rocket jetpack that carries the rover; its frame's origin is its centre of mass.

    dry_mass_kg          mass without propellant
    propellant_kg        what the tanks hold
    dry_inertia_kg_m2    moment of inertia without propellant
    propellant_radius_m  radius of gyration of the propellant
    outline_m            convex hull of the side view, for contacts, as corners (x, y)
    drag_area_m2         coefficient times area, of the stage alone
    friction             of the stage's hull on the ground
    rover_below_m        from the stage's centre of mass down to the stowed rover's
    engines              the eight engines
    """

    dry_mass_kg: float
    propellant_kg: float
    dry_inertia_kg_m2: float
    propellant_radius_m: float
    outline_m: Table
    drag_area_m2: float
    friction: float
    rover_below_m: float
    engines: EnginesSpec


@dataclass(frozen=True, slots=True)
class BridleSpec(Record):
    """Three cords and an umbilical between stage and rover, paid out by a braked reel.

    cords_m              pairs of x on the stage and x on the rover, one for each cord
    stage_y_m            height of the cords' upper ends, in the stage's frame
    rover_y_m            height of the cords' lower ends, in the rover's frame
    length_m             length that is paid out when the bridle is full
    stiffness_n_m        spring of all cords together, at full length; a shorter cord is stiffer in proportion
    damping_ratio        of the cords, for the reduced mass of stage and rover, at full length
    reel_mps             fastest pay-out
    reel_lag_s           how slowly the reel gathers speed
    brake_m              over the last so many metres the brake slows the reel
    umbilical_slack_m    how much longer than the cords the umbilical is
    umbilical_stiffness_n_m  how hard the umbilical pulls when taut
    """

    cords_m: Table
    stage_y_m: float
    rover_y_m: float
    length_m: float
    stiffness_n_m: float
    damping_ratio: float
    reel_mps: float
    reel_lag_s: float
    brake_m: float
    umbilical_slack_m: float
    umbilical_stiffness_n_m: float


@dataclass(frozen=True, slots=True)
class RoverSpec(Record):
    """The rover; its frame's origin is its centre of mass with the wheels deployed.

    mass_kg              mass of the whole; the chassis is what the bogie leaves over
    inertia_kg_m2        moment of inertia of the whole
    outline_m            convex hull of the body's side view, mast stowed, as corners (x, y)
    wheel_radius_m       radius of each of the six wheels
    wheel_x_m            axles of the front, middle and rear pair
    axle_y_m             height of the axles in the rover's frame
    stowed_lift_m        how far the rockers hold the wheels up until they are free
    stowed_bogie_deg     how far the folded bogie is turned until it is free
    bogie_mass_kg        mass of the bogies with their wheels
    bogie_inertia_kg_m2  moment of inertia of the bogies with their wheels
    bogie_com_y_m        height of the bogie's centre of mass, straight below the pivot
    pivot_x_m            the bogie's pivot on the rocker, along
    pivot_y_m            the bogie's pivot on the rocker, up
    bogie_limit_deg      how far the bogie turns before it meets its stop
    bogie_stiffness_n_m  spring at the pivot, per radian
    bogie_damping_n_m_s  damper at the pivot
    rocker_free_s        from release until the rockers unlock
    bogie_free_s         from release until the bogies unlock
    swing_down_s         how long rockers and bogies then take to swing down
    friction             of wheels and body on the ground
    drag_area_m2         coefficient times area
    """

    mass_kg: float
    inertia_kg_m2: float
    outline_m: Table
    wheel_radius_m: float
    wheel_x_m: tuple[float, float, float]
    axle_y_m: float
    stowed_lift_m: float
    stowed_bogie_deg: float
    bogie_mass_kg: float
    bogie_inertia_kg_m2: float
    bogie_com_y_m: float
    pivot_x_m: float
    pivot_y_m: float
    bogie_limit_deg: float
    bogie_stiffness_n_m: float
    bogie_damping_n_m_s: float
    rocker_free_s: float
    bogie_free_s: float
    swing_down_s: float
    friction: float
    drag_area_m2: float


@dataclass(frozen=True, slots=True)
class CruiseStageSpec(Record):
    """The ring that has carried us from earth: solar array, antennas, tanks; its frame's origin is its centre of mass.

    mass_kg            mass with what is left of its fuel
    inertia_kg_m2      moment of inertia
    drag_area_m2       coefficient times area, when it falls by itself
    above_backshell_m  from the backshell's centre of mass up to its own, while they are joined
    thrust_n           thrust of all its thrusters that burn across the path, for the last correction of the course
    isp_s              specific impulse of these thrusters
    burn_most_s        burn that the last correction may take
    window_s           how long it can wait for a decision; then the flight goes on with the course as it is
    push_mps           speed with which springs part it from us
    tip_off_deg_s      turn rate that the parting leaves us with, + counter-clockwise
    balance_mass_kg    mass of each weight that is thrown off after it, so that the capsule trims at an angle
    balance_masses     how many such weights there are, one after the other
    balance_s          from its separation to the first of these weights, and between them
    """

    mass_kg: float
    inertia_kg_m2: float
    drag_area_m2: float
    above_backshell_m: float
    thrust_n: float
    isp_s: float
    burn_most_s: float
    window_s: float
    push_mps: float
    tip_off_deg_s: float
    balance_mass_kg: float
    balance_masses: int
    balance_s: float


@dataclass(frozen=True, slots=True)
class ThrustersSpec(Record):
    """The backshell's attitude thrusters, which fire in pairs on the descent stage's propellant.

    moment_nm        moment of a pair that turns us
    force_n          thrust behind that moment, which eats propellant
    isp_s            specific impulse of the thrusters
    rate_deg_s       turn rate at full tilt in the approach, damped law
    attitude_rad_s   how eagerly an attitude error is turned into a rate
    rate_band_deg_s  rate error that the thrusters leave alone
    hold_band_deg_s  rate error at which they let go again
    """

    moment_nm: float
    force_n: float
    isp_s: float
    rate_deg_s: float
    attitude_rad_s: float
    rate_band_deg_s: float
    hold_band_deg_s: float


@dataclass(frozen=True, slots=True)
class AeroshellSpec(Record):
    """The capsule in the flow: heat shield first, backshell behind (aerodynamics.py).

    diameter_m             diameter of the heat shield
    nose_radius_m          radius of the heat shield's nose, for the heat flux
    drag_coefficient       pairs of Mach number and drag coefficient, heat shield first
    open_drag_coefficient  drag coefficient of the capsule without its heat shield
    backward_drag          drag coefficient with the backshell ahead
    lift_slope             lift over drag per sine of the incidence
    trim_deg               pairs of Mach number and the angle at which it trims
    stability              pitching moment coefficient per radian away from trim
    pitch_damping          pairs of Mach number and pitch damping coefficient; above 0 it swings itself up
    bank_rate_deg_s        how fast the capsule rolls its lift around
    bank_accel_deg_s2      how fast it gathers its bank rate
    structure_g            load at which it breaks
    guidance_g             load from which the guidance steers
    straighten_mps         below this speed it straightens up for the parachute: lift and trim go to nothing
    balance_mass_kg        mass of each entry balance mass; they leave in pairs while it straightens up
    balance_pairs          how many pairs of them there are
    balance_first_s        from the beginning of the straightening to the first pair
    balance_s              from one pair of balance masses to the next
    thrusters              the attitude thrusters
    """

    diameter_m: float
    nose_radius_m: float
    drag_coefficient: Table
    open_drag_coefficient: float
    backward_drag: float
    lift_slope: float
    trim_deg: Table
    stability: float
    pitch_damping: Table
    bank_rate_deg_s: float
    bank_accel_deg_s2: float
    structure_g: float
    guidance_g: float
    straighten_mps: float
    balance_mass_kg: float
    balance_pairs: int
    balance_first_s: float
    balance_s: float
    thrusters: ThrustersSpec


@dataclass(frozen=True, slots=True)
class HeatShieldSpec(Record):
    """The heat shield (heating.py); its frame's origin is its centre of mass.

    mass_kg            mass of the shield alone
    inertia_kg_m2      moment of inertia
    outline_m          convex hull of the side view, for contacts, as corners (x, y)
    friction           of the shield's hull on the ground
    drag_area_m2       coefficient times area, when it falls by itself
    below_backshell_m  from the backshell's centre of mass down to its own, while they are joined
    push_mps           speed with which springs part it from us
    thickness_m        thickness of the material, for the temperature at its back
    diffusivity_m2_s   thermal diffusivity of the material
    emissivity         of the surface
    capacity_j_m2_k    heat capacity of the surface
    start_c            temperature of the whole after months in space
    flux_limit_w_cm2   heat flux at which it fails in front
    bond_limit_c       temperature at which it fails where it is glued on
    """

    mass_kg: float
    inertia_kg_m2: float
    outline_m: Table
    friction: float
    drag_area_m2: float
    below_backshell_m: float
    push_mps: float
    thickness_m: float
    diffusivity_m2_s: float
    emissivity: float
    capacity_j_m2_k: float
    start_c: float
    flux_limit_w_cm2: float
    bond_limit_c: float


@dataclass(frozen=True, slots=True)
class BackshellSpec(Record):
    """The cone that the powered vehicle drops out of; its frame's origin is its centre of mass.

    mass_kg           mass of the shell alone
    inertia_kg_m2     moment of inertia
    outline_m         convex hull of the side view, for contacts, as corners (x, y)
    friction          of the shell's hull on the ground
    drag_area_m2      coefficient times area, when it falls without a parachute
    above_stage_m     from the stage's centre of mass up to the backshell's, while they are joined
    riser_y_m         where the parachute's riser ends, and the bridles to the shell begin
    flux_limit_w_cm2  heat flux at which it fails
    lee_share         share of the heat at the stagnation point that reaches it in the lee of the heat shield
    """

    mass_kg: float
    inertia_kg_m2: float
    outline_m: Table
    friction: float
    drag_area_m2: float
    above_stage_m: float
    riser_y_m: float
    flux_limit_w_cm2: float
    lee_share: float


@dataclass(frozen=True, slots=True)
class ParachuteSpec(Record):
    """The disk-gap-band canopy, from the mortar to the ground.

    mass_kg            mass of canopy, lines and riser
    diameter_m         nominal diameter; the open canopy is seven tenths of it wide
    reference_area_m2  area that the drag coefficient refers to, S0
    drag_coefficient   pairs of Mach number and the open canopy's drag coefficient
    lines_m            length of the suspension lines
    riser_m            length of the riser
    stretch_s          from the mortar to stretched lines
    inflate_s          from stretched lines to the first peak of the load
    second_peak_s      from the first peak of the load to the second
    overshoot          first peak of the load over the steady load
    pulse              share by which the area oscillates above pulse_mach
    pulse_hz           how often the area oscillates
    pulse_mach         Mach number above which the area oscillates
    normal_force       pulls leaning lines back into the flow, per radian, over the drag; with none, the pull is along
                       the lines, and what hangs on them is a pendulum
    stretch_aside_deg  how far out of the flow it is when the lines are stretched, + counter-clockwise
    swing_damping_n_m_s  damping by the three bridles under the riser, against the capsule's turning
    tear_n             load above which area is lost in proportion
    burst_n            load from which nothing is left of the canopy
    low_mach           lowest Mach number at which it is qualified to open
    high_mach          highest Mach number at which it is qualified to open
    high_q_pa          highest dynamic pressure at which it is qualified to open
    """

    mass_kg: float
    diameter_m: float
    reference_area_m2: float
    drag_coefficient: Table
    lines_m: float
    riser_m: float
    stretch_s: float
    inflate_s: float
    second_peak_s: float
    overshoot: float
    pulse: float
    pulse_hz: float
    pulse_mach: float
    normal_force: float
    stretch_aside_deg: float
    swing_damping_n_m_s: float
    tear_n: float
    burst_n: float
    low_mach: float
    high_mach: float
    high_q_pa: float


@dataclass(frozen=True, slots=True)
class RadarSpec(Record):
    """The landing radar and the terrain camera: what they are good for (navigation.py). Errors are standard deviations.

    radar_lock_m             height below which the radar has locked
    camera_lock_m            height below which the terrain camera has locked; 0: no camera, and no marks to choose
    inertial_height_error_m  error of the height that the craft believes in before the radar has locked
    inertial_position_error_m  error of the place along the track that it believes in before the camera has locked
    range_error              scale error of the radar's range
    height_noise_m           noise of the filtered height
    speed_noise_mps          noise of the filtered speed
    noise_time_s             correlation time of both noises
    position_error_m         error of the place along the track, after the terrain camera has locked
    """

    radar_lock_m: float
    camera_lock_m: float
    inertial_height_error_m: float
    inertial_position_error_m: float
    range_error: float
    height_noise_m: float
    speed_noise_mps: float
    noise_time_s: float
    position_error_m: float


@dataclass(frozen=True, slots=True)
class ControlSpec(Record):
    """The craft's own control laws: how far a full deflection leans it, how stiffly it holds.

    lean_deg          lean at full tilt, in the powered descent
    hover_lean_deg    lean at full tilt, under the sky crane
    flyaway_lean_deg  lean at full tilt, after the cut
    attitude_rad_s    natural frequency of the attitude loop
    attitude_damping  damping ratio of the attitude loop
    raw_rate_deg_s    turn rate at full tilt with the raw law
    descent_mps       vertical speed at the lower end of the lever under the sky crane, damped law
    climb_mps         vertical speed at the upper end of that lever
    vertical_rad_s    stiffness of the vertical speed hold
    load_filter_s     filter of the bridle load that is fed forward to the thrust
    """

    lean_deg: float
    hover_lean_deg: float
    flyaway_lean_deg: float
    attitude_rad_s: float
    attitude_damping: float
    raw_rate_deg_s: float
    descent_mps: float
    climb_mps: float
    vertical_rad_s: float
    load_filter_s: float


@dataclass(frozen=True, slots=True)
class VehicleSpec(Record):
    """The whole spacecraft, one room of game/sim for each part.

    cruise_stage   the ring that has carried us from earth
    aeroshell      the capsule in the flow
    heat_shield    what faces the fire
    descent_stage  the rocket jetpack that carries the rover
    bridle         what the rover hangs on
    rover          what all this is for
    backshell      the cone that the powered vehicle drops out of
    parachute      the canopy and its lines
    radar          radar and terrain camera
    control        how the craft answers
    """

    cruise_stage: CruiseStageSpec
    aeroshell: AeroshellSpec
    heat_shield: HeatShieldSpec
    descent_stage: DescentStageSpec
    bridle: BridleSpec
    rover: RoverSpec
    backshell: BackshellSpec
    parachute: ParachuteSpec
    radar: RadarSpec
    control: ControlSpec
