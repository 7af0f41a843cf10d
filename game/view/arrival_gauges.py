"""Which readings matter before the backshell is off: five for each phase, heat and load with their limits."""

from __future__ import annotations

from typing import Final

from game.content.texts import Texts
from game.cues.arrival import Arrival
from game.cues.hud import HudModel
from game.cues.signs import Gauge, Sign
from game.sim.phases import Phase
from game.sim.snapshot import Canopy
from game.view.dial import Dial
from game.view.readings import Reading, fuel_reading, mark_reading
from game.view.strips import landing_strip

_KM: Final = 1e-3
_MOST_RANGE_KM: Final = 60.0
_NEAR_RANGE_KM: Final = 8.0
_ERROR_DEG: Final = 0.3
_TURN_DEG_S: Final = 10.0
_INTERFACE_S: Final = 60.0


def arrival_readings(model: HudModel, arrival: Arrival, texts: Texts) -> tuple[Reading, ...]:
    """Five readings, in the order in which they stand."""
    fuel = fuel_reading(model, texts)
    match model.phase:
        case Phase.COURSE:
            return _course(arrival, texts)
        case Phase.CRUISE:
            return (
                _interface(arrival, texts), _path(arrival, texts), _range(model, arrival, texts),
                _to_go(arrival, texts), fuel,
            )  # fmt: skip
        case Phase.APPROACH:
            return (
                _interface(arrival, texts), _incidence(arrival, texts), _turn(arrival, texts),
                _range(model, arrival, texts), fuel,
            )  # fmt: skip
        case Phase.ENTRY:
            return (
                _heat(arrival, texts), _load(arrival, texts), _lift(arrival, texts), _range(model, arrival, texts),
                _to_go(arrival, texts),
            )  # fmt: skip
        case _:
            aim = mark_reading(model, texts, 1000.0) if model.marks else _range(model, arrival, texts)
            return _pull(arrival, texts), _mach(arrival, texts), aim, _drop_out(model, arrival, texts), fuel


def _course(arrival: Arrival, texts: Texts) -> tuple[Reading, ...]:
    course = arrival.course
    if course is None:
        return ()
    angle, left = course.entry_angle, course.burn_left
    aim = angle.aim if angle.aim is not None else angle.value
    way = texts.get("hud.shallower" if course.error_deg > 0.0 else "hud.steeper")
    plan = f"{texts.get('hud.planned')} {texts.quantity(aim, '°', 2)}"
    return (
        Reading(
            texts.get("hud.entry_angle"), texts.quantity(angle.value, "°", 2), plan, angle.value - aim,
            (-_ERROR_DEG, _ERROR_DEG), 0.0, None, angle.sign,
        ),
        Reading(
            texts.get("hud.error"), texts.quantity(abs(course.error_deg), "°", 2), way, course.error_deg,
            (-_ERROR_DEG, _ERROR_DEG), 0.0, None, angle.sign,
        ),
        Reading(
            texts.get("hud.to_burn"), texts.quantity(abs(course.burn_s), "s", 1), "", course.burn_s,
            (-left.high if left.high else -60.0, left.high or 60.0), 0.0, None, left.sign,
        ),
        Reading(
            texts.get("hud.burn_left"), texts.quantity(left.value, "s", 1), "", left.value, (0.0, left.high or 60.0),
            left.aim, None, left.sign,
        ),
        Reading(
            texts.get("hud.time_left"), texts.quantity(course.left_s, "s", 0), "", course.left_s, (0.0, 90.0), None,
            10.0, Sign.QUIET if course.left_s > 10.0 else Sign.CAUTION,
        ),
    )  # fmt: skip


def _interface(arrival: Arrival, texts: Texts) -> Reading:
    left = arrival.interface_s or 0.0
    return Reading(
        texts.get("hud.interface"), texts.quantity(left, "s", 0), "", left, (0.0, _INTERFACE_S), None, None, Sign.QUIET
    )  # fmt: skip


def _path(arrival: Arrival, texts: Texts) -> Reading:
    return Reading(
        texts.get("hud.path_angle"), texts.quantity(arrival.path_deg, "°", 1), "", arrival.path_deg, (-30.0, 30.0),
        None, None, Sign.QUIET,
    )  # fmt: skip


def _incidence(arrival: Arrival, texts: Texts) -> Reading:
    gauge = arrival.incidence or Gauge(0.0)
    # Shown as it leans: + counter-clockwise is to the left, and a push to the right mends it.
    rate = None if arrival.turn is None else -arrival.turn.value
    return Reading(
        texts.get("hud.incidence"), texts.quantity(abs(gauge.value), "°"), "", -gauge.value, (-90.0, 90.0), 0.0, None,
        gauge.sign, places="000", dial=Dial(-gauge.value, None, rate),
    )  # fmt: skip


def _turn(arrival: Arrival, texts: Texts) -> Reading:
    gauge = arrival.turn or Gauge(0.0)
    aim = None if gauge.aim is None else -gauge.aim
    return Reading(
        texts.get("hud.turn"), texts.quantity(abs(gauge.value), "°/s"), "", -gauge.value, (-_TURN_DEG_S, _TURN_DEG_S),
        aim, None, gauge.sign,
    )  # fmt: skip


def _heat(arrival: Arrival, texts: Texts) -> Reading:
    """The heat shield, or the backshell as soon as that is in danger; near its limit with the limit."""
    back = arrival.back_heat
    if back.sign is not Sign.GO:
        return _limited(texts, "hud.back_heat", back, "W/cm2", texts.quantity(back.high or 0.0, "W/cm2"))
    note = texts.quantity(arrival.surface_c, "°C", 0)
    if arrival.heat.sign is not Sign.GO:
        note = f"{texts.get('hud.limit')} {texts.quantity(arrival.heat.high or 0.0, 'W/cm2', 0)}"
    return _limited(texts, "hud.heat", arrival.heat, "W/cm2", note)


def _load(arrival: Arrival, texts: Texts) -> Reading:
    gauge = arrival.g
    note = f"{texts.get('hud.limit')} {texts.quantity(gauge.high or 0.0, 'g', 0)}"
    peak = arrival.peak_g if arrival.peak_g > gauge.value + 0.2 else None
    return Reading(
        texts.get("hud.g"), texts.quantity(gauge.value, "g", 1), note, gauge.value, (0.0, 1.2 * (gauge.high or 15.0)),
        peak, gauge.high, gauge.sign,
    )  # fmt: skip


def _limited(texts: Texts, key: str, gauge: Gauge, unit: str, note: str) -> Reading:
    high = gauge.high or 1.0
    figure = texts.quantity(gauge.value, unit)
    return Reading(texts.get(key), figure, note, gauge.value, (0.0, 1.2 * high), None, high, gauge.sign)


def _lift(arrival: Arrival, texts: Texts) -> Reading:
    gauge = arrival.lift or Gauge(arrival.lift_now)
    way = texts.get("hud.lift_up" if gauge.value >= 0.0 else "hud.lift_down")
    note = f"{texts.get('hud.lift_down')} - {texts.get('hud.lift_up')}" if gauge.aim is None else way
    return Reading(
        texts.get("hud.lift"), texts.quantity(100.0 * gauge.value, "%", 0), note, gauge.value, (-1.0, 1.0), gauge.aim,
        None, gauge.sign, arrival.lift_now,
    )  # fmt: skip


def _range(model: HudModel, arrival: Arrival, texts: Texts) -> Reading:
    """Where we come down if nobody changes anything: too far is to the right."""
    gauge = arrival.range
    if gauge is None:
        return Reading(texts.get("hud.range"), "-", "", 0.0, (-1.0, 1.0), None, None, Sign.QUIET)
    miss_km = _KM * gauge.value
    exact = abs(gauge.value) >= 10.0  # nearer than that nobody can reckon
    figure = texts.distance(gauge.value) if exact else texts.quantity(abs(gauge.value), "m", 0)
    most = _NEAR_RANGE_KM if abs(miss_km) < 0.8 * _NEAR_RANGE_KM else _MOST_RANGE_KM
    note = texts.get("hud.long" if miss_km > 0.0 else "hud.short")
    return Reading(
        texts.get("hud.landing"), figure, note, miss_km, (-most, most), 0.0, None, gauge.sign, places="0.00",
        strip=None if model.spread is None else landing_strip(model.spread, gauge.sign),
    )  # fmt: skip


def _to_go(arrival: Arrival, texts: Texts) -> Reading:
    km = max(arrival.target_km, 0.0)
    return Reading(
        texts.get("hud.to_go"), texts.quantity(arrival.target_km, "km"), "", 800.0 - km, (0.0, 800.0), None, None,
        Sign.QUIET, places="000",
    )  # fmt: skip


def _pull(arrival: Arrival, texts: Texts) -> Reading:
    gauge = arrival.load or Gauge(0.0, high=222_000.0)
    note = texts.get(f"canopy.{arrival.canopy}")
    if arrival.canopy_lost > 0.0 and arrival.canopy is not Canopy.GONE:
        note = texts.get("hud.torn", lost_percent=100.0 * arrival.canopy_lost)
    kilo = Gauge(_KM * gauge.value, high=_KM * (gauge.high or 222_000.0), sign=gauge.sign)
    return _limited(texts, "hud.pull", kilo, "kN", note)


def _mach(arrival: Arrival, texts: Texts) -> Reading:
    limit = 0.8 if arrival.leaving is None else None
    return Reading(
        texts.get("hud.mach"), texts.quantity(arrival.mach, "", 2), texts.quantity(arrival.q_pa, "Pa", 0), arrival.mach,
        (0.0, 2.0), None, limit, Sign.QUIET,
    )  # fmt: skip


def _drop_out(model: HudModel, arrival: Arrival, texts: Texts) -> Reading:
    """Height against the band in which to drop out of the backshell."""
    leaving, height = arrival.leaving, model.height.value
    if leaving is None:
        return Reading(
            texts.get("hud.to_go"), texts.quantity(arrival.target_km, "km"), "", arrival.target_km, (-10.0, 10.0), 0.0,
            None, Sign.QUIET,
        )  # fmt: skip
    sign = Sign.STOP if height < leaving.late_m else Sign.GO if height < leaving.high_m else Sign.QUIET
    note = texts.quantity(leaving.best_m, "m", 0)
    return Reading(
        texts.get("hud.drop_out"), texts.quantity(height, "m", 0), note, height, (0.0, 8000.0), leaving.best_m,
        leaving.late_m, sign, places="0,000",
    )  # fmt: skip
