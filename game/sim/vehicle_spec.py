"""The spacecraft as figures: one record for each part of the exploded view, its keys those of a vehicle file."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.records import Record, Table


@dataclass(frozen=True, slots=True)
class EnginesSpec(Record):
    """Eight throttled engines in two groups of four, up-track and down-track of the middle.

    canted_deg       outward cant of the two nearly upright engines of each group; off in the sky crane
    splayed_deg      outward cant of the other two, which alone burn in the sky crane
    cant_azimuth_deg direction of both cants, away from the plane of flight
    arm_m, drop_m    nozzles' distance from the stage's middle line, and below its centre of mass
    isp_low_s, isp_high_s  specific impulse at minimum and maximum thrust, linear between
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

    propellant_radius_m  radius of gyration of the propellant
    outline_m    convex hull of its side view, for contacts
    drag_area_m2 of the stage alone, coefficient times area
    rover_below_m  from the stage's centre of mass down to the stowed rover's
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

    cords_m        (x on the stage, x on the rover) of each cord
    stage_y_m, rover_y_m  heights of their ends in the two frames
    length_m       paid out when full
    stiffness_n_m  of all cords together; damping_ratio for the reduced mass of stage and rover
                   and full length; a shorter cord is stiffer in proportion
    reel_mps, reel_lag_s  fastest pay-out and how slowly it gathers speed; over the last brake_m the brake slows it
    umbilical_slack_m, umbilical_stiffness_n_m  longer than the cords by this, and how hard it pulls when taut
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

    mass_kg, inertia_kg_m2  of the whole; the chassis is what the bogie leaves over
    outline_m      convex hull of the body's side view, mast stowed
    wheel_x_m      axles of the front, middle and rear pair; axle_y_m their height in the rover's frame
    stowed_lift_m  how far the rockers hold the wheels up until they are free
    stowed_bogie_deg  how far the folded bogie is turned until it is free
    pivot_x_m, pivot_y_m  the bogie's pivot on the rocker
    bogie_com_y_m  height of the bogie's centre of mass, straight below the pivot
    bogie_limit_deg, bogie_stiffness_n_m, bogie_damping_n_m_s  stop, spring (per radian) and damper at the pivot
    rocker_free_s, bogie_free_s  from release until the rockers and the bogies unlock
    swing_down_s   how long each then takes to swing down
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

    mass_kg        with what is left of its fuel
    above_backshell_m  from the backshell's centre of mass up to its own, while they are joined
    thrust_n, isp_s  of all its thrusters that burn across the path, for the last correction of the course
    burn_most_s    burn that this correction may take
    window_s       how long the correction can wait for a decision; then the flight goes on with the course as it is
    push_mps       speed with which springs part it from us
    tip_off_deg_s  turn rate that the parting leaves us with, + counter-clockwise
    balance_mass_kg, balance_masses  thrown off after it, one after the other, so that the capsule trims at an angle
    balance_s      from its separation to the first of them, and between them
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

    moment_nm, force_n  of a pair that turns us, and the thrust behind it that eats propellant
    rate_deg_s          turn rate at full tilt in the approach, damped law
    attitude_rad_s      how eagerly an attitude error is turned into a rate
    rate_band_deg_s     rate error that they leave alone; hold_band_deg_s where they let go again
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

    drag_coefficient, trim_deg, pitch_damping  against Mach number, heat shield first
    open_drag_coefficient  of the capsule without its heat shield
    backward_drag    drag coefficient with the backshell ahead
    lift_slope       lift over drag per sine of the incidence
    stability        pitching moment coefficient per radian away from trim
    bank_rate_deg_s, bank_accel_deg_s2  how fast the capsule rolls its lift around
    structure_g      load at which it breaks
    guidance_g       load from which the guidance steers
    straighten_mps   below this speed it straightens up for the parachute: lift and trim go to nothing while
    balance_mass_kg, balance_pairs   entry balance masses leave in pairs, the first after balance_first_s, then every
    balance_s        so many seconds
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

    below_backshell_m  from the backshell's centre of mass down to its own, while they are joined
    push_mps           speed with which springs part it from us
    drag_area_m2       when it falls by itself
    thickness_m, diffusivity_m2_s  of the material, for the temperature at its back
    emissivity, capacity_j_m2_k    of its surface
    start_c            temperature of the whole after months in space
    flux_limit_w_cm2, bond_limit_c where it fails: in front, and where it is glued on
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

    above_stage_m  from the stage's centre of mass up to the backshell's, while they are joined
    riser_y_m      where the parachute's riser ends, and the bridles to the shell begin
    flux_limit_w_cm2  heat flux at which it fails; lee_share of the heat at the stagnation point reaches it in the
                   lee of the heat shield
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

    reference_area_m2, drag_coefficient  S0, and the open canopy's coefficient against Mach
    stretch_s        from the mortar to stretched lines; inflate_s from there to the first peak of the load
    second_peak_s    from the first peak to the second
    overshoot        of the opening: the first peak over the steady load
    pulse, pulse_hz  share by which the area oscillates above pulse_mach, and how often
    normal_force     that pulls leaning lines back into the flow, per radian, over the drag; with none, the pull is
                     along the lines, and what hangs on them is a pendulum
    stretch_aside_deg  out of the flow, + counter-clockwise, when the lines are stretched
    swing_damping_n_m_s  of the three bridles under the riser, against the capsule's turning
    tear_n, burst_n  load above which area is lost in proportion, and from which nothing is left
    low_mach, high_mach, high_q_pa  the box in which it is qualified to open
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

    radar_lock_m, camera_lock_m  heights below which they have locked; 0: there is no camera
    inertial_height_error_m, inertial_position_error_m  of what the craft believes before
    range_error     scale error of the radar's range
    height_noise_m, speed_noise_mps, noise_time_s  of the filtered estimates
    position_error_m  along the track after the terrain camera has locked
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

    lean_deg, hover_lean_deg, flyaway_lean_deg  at full tilt: powered, under the sky crane, after the cut
    attitude_rad_s, attitude_damping  natural frequency and damping ratio of the attitude loop
    raw_rate_deg_s   turn rate at full tilt with the raw law
    descent_mps, climb_mps  vertical speed at the ends of the lever under the sky crane, damped law
    vertical_rad_s   stiffness of the vertical speed hold
    load_filter_s    filter of the bridle load that is fed forward to the thrust
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
    """The whole spacecraft, one room of game/sim for each part."""

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
