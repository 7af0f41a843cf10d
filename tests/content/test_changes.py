"""A level may change keys of its site and its vehicle: a mission differs in one line, not in a copied file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.content.errors import ContentError
from game.content.identity import content_hash
from game.content.levels import Library, load_level
from tests.content.files import level_file, part_file, problems_of


def changed(folder: Path, text: str) -> Path:
    """The level for tests with these tables in front of its first one."""
    return level_file(folder, ("[air]", f"{text}\n[air]"))


def test_what_a_level_changes_is_other_and_all_else_as_in_the_files(tmp_path: Path) -> None:
    """One key of a table in a table, a list as a whole, and a key of the site: nothing else moves."""
    text = (
        "[vehicle_changes.radar]\nradar_lock_m = 900.0\n[vehicle_changes.descent_stage.engines]\nlag_s = 0.1\n"
        "[vehicle_changes.parachute]\ndrag_coefficient = [[0.5, 0.6]]\n[site_changes.ground]\nrock_abundance = 0.15"
    )
    plain, level = load_level("sky-crane"), load_level(str(changed(tmp_path, text)))
    radar, stage, chute = plain.vehicle.radar, plain.vehicle.descent_stage, plain.vehicle.parachute
    assert level.vehicle == replace(
        plain.vehicle,
        radar=replace(radar, radar_lock_m=900.0),
        descent_stage=replace(stage, engines=replace(stage.engines, lag_s=0.1)),
        parachute=replace(chute, drag_coefficient=((0.5, 0.6),)),
    )
    assert level.site == replace(plain.site, ground=replace(plain.site.ground, rock_abundance=0.15))


def test_the_hash_is_of_what_comes_of_the_changes(tmp_path: Path) -> None:
    """A change is as good as a file of its own that says the same; one to the value that stood there is none."""
    plain = content_hash(load_level(str(level_file(tmp_path))).flight_spec())
    same = changed(tmp_path, "[vehicle_changes.radar]\nradar_lock_m = 8000\n[site_changes]")
    assert content_hash(load_level(str(same)).flight_spec()) == plain
    by_level = content_hash(
        load_level(str(changed(tmp_path, "[vehicle_changes.radar]\nradar_lock_m = 900.0"))).flight_spec()
    )
    part_file(tmp_path, "vehicle", "perseverance", ("radar.radar_lock_m", "900.0"))
    by_file = content_hash(load_level(str(level_file(tmp_path))).flight_spec())
    assert by_level == by_file != plain


_KNOWN = "latitude_deg, track_azimuth_deg, reference_radius_m, areoid_radius_m, friction, ground"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vehicle_changes = 3", "vehicle_changes: must be a table of keys, not 3"),
        (
            "[vehicle_changes.radar]\nradr_lock_m = 900.0",
            "vehicle_changes.radar.radr_lock_m: is not a key here; did you mean radar_lock_m?",
        ),
        (
            "[vehicle_changes.raydar]\nradar_lock_m = 9.0",
            "vehicle_changes.raydar: is not a key here; did you mean radar?",
        ),
        ('[site_changes]\nid = "other"', f"site_changes.id: is not a key here; there is {_KNOWN}"),
        ("[vehicle_changes]\nradar = 900.0", "vehicle_changes.radar: must be a table of keys, not 900.0"),
        (
            '[vehicle_changes.radar]\nradar_lock_m = "low"',
            'vehicle_changes.radar.radar_lock_m: must be a number, not "low"',
        ),
        ("[vehicle_changes.radar]\nradar_lock_m = nan", "vehicle_changes.radar.radar_lock_m: must be a finite number"),
        ("[vehicle_changes.radar]\nradar_lock_m = 0.0", "vehicle_changes.radar.radar_lock_m: must be above 0, not 0"),
        (
            "[site_changes.ground]\nrock_abundance = 0.9",
            "site_changes.ground.rock_abundance: must be from 0 to 0.5, not 0.9",
        ),
        (
            "[site_changes.ground]\nroughness = [[180.0]]",
            "site_changes.ground.roughness, entry 1: has too few values",
        ),
        (
            "[site_changes.ground]\nsmallest_rock_m = 9.0",
            "site_changes.ground.smallest_rock_m: must be below largest_rock_m, which is 2.5, not 9",
        ),
        (
            "[vehicle_changes.bridle]\nlength_m = 0.5",
            "vehicle_changes: makes of bridle.brake_m what it cannot be: must be below length_m, which is 0.5, not 1",
        ),
        (
            "[vehicle_changes.descent_stage]\npropellant_kg = 100.0",
            "start.propellant_kg: must be at most 100, which is what the tanks hold, not 120",
        ),
        (
            "[site_changes.ground]\ntarget_east_km = 50.0",
            "start.downrange_m: must lie on the site's ground, from -117826 to 10711, not 15520",
        ),
    ],
)
def test_a_bad_change_is_told_by_the_levels_own_key(tmp_path: Path, text: str, said: str) -> None:
    """Name, type, range and fit: one sentence with the level's file and key, whatever the other file is called."""
    path = changed(tmp_path, text)
    if "15520" in said:
        path = level_file(tmp_path, ("[air]", f"{text}\n[air]"), ("= 1552.0", "= 15520.0"))
    assert problems_of(path) == [f"own.toml: {said}"]


def test_bad_changes_are_told_with_all_other_faults(tmp_path: Path) -> None:
    """Of the level, its site's file and its vehicle's changes, at once; a bad file is not blamed on a change."""
    part_file(tmp_path, "site", "jezero", ("friction", "-1.0"))
    text = "[vehicle_changes.radar]\nradr_lock_m = 1.0\n[site_changes]\nfriction = 0.5"
    assert problems_of(level_file(tmp_path, ("[air]", f"{text}\n[air]"), ("gust_mps", "gust_mph"))) == [
        "own.toml: air.gust_mph: is not a key here; did you mean gust_mps?",
        "sites/jezero.toml: friction: must be from 0 to 5, not -1",
        "own.toml: vehicle_changes.radar.radr_lock_m: is not a key here; did you mean radar_lock_m?",
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "must be from 1 to 999, not 0"),
        ("1000", "must be from 1 to 999, not 1000"),
        ("true", "must be a whole number, not true"),
        ("5.5", "must be a whole number, not 5.5"),
        ('"5"', 'must be a whole number, not "5"'),
    ],
)
def test_a_bad_rung_is_told(tmp_path: Path, value: str, said: str) -> None:
    """It is a whole number, and there is a highest."""
    assert problems_of(level_file(tmp_path, ("[air]", f"rung = {value}\n[air]"))) == [f"own.toml: rung: {said}"]
    assert load_level(str(level_file(tmp_path, ("[air]", "rung = 5\n[air]")))).rung == 5


def test_the_ladder_is_in_the_order_of_its_rungs() -> None:
    """Every level of the game has a place of its own: the skills, shortest first, then the flight they lead to."""
    rungs = [level.rung for level in Library().ladder()]
    assert None not in rungs
    assert len(set(rungs)) == len(rungs)
    assert rungs == sorted(rung for rung in rungs if rung is not None)
    first = [level.id for level in Library().ladder()][:6]
    assert first == ["sky-crane", "powered-descent", "parachute", "heat-shield", "course", "jezero"]


def test_the_ladder_is_what_each_level_is_by_itself() -> None:
    """Read together, with each site and vehicle read once, they are the same levels."""
    assert all(level == load_level(level.id) for level in Library().ladder())


def test_a_bad_level_on_the_ladder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its faults are told as when it is read alone, and those of a part that two levels name come as well."""
    own = tmp_path / "levels"
    own.mkdir()
    (tmp_path / "assets").mkdir()
    level_file(own, ('site = "jezero"', 'site = "mars"'))
    monkeypatch.setattr("game.content.levels.data_root", lambda: tmp_path)
    with pytest.raises(ContentError, match=r'^levels/own\.toml: site: there is no site "mars"'):
        Library().ladder()
