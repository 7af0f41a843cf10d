"""The vector parts: what the files may hold, and that their sizes and anchors are the spacecraft's."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from math import cos, hypot, sin
from pathlib import Path

import pygame
import pytest

from game.content.errors import ContentError
from game.content.levels import load_level
from game.content.paths import data_root
from game.sim.vehicle_spec import VehicleSpec
from game.view import art
from game.view.camera import Viewport
from game.view.parts import parts_of
from game.view.rocker import arm_ends, arm_turns
from game.view.sprites import Drawing, SpriteBank

FOLDER = data_root() / "assets" / "art"
NAMES = sorted(art.parts())
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "circle", "rect", "ellipse", "polygon"}
ALLOWED = SHAPES | {"svg", "g", "defs", "linearGradient", "stop"}
COLOUR = re.compile(r"#[0-9a-f]{6}|none|url\(#(\w+)\)")
SHELLS = ("backshell", "backshell_open", "heat_shield", "heat_shield_scorched")


@pytest.fixture(scope="module", autouse=True)
def window() -> Iterator[None]:
    pygame.display.init()
    pygame.display.set_mode((64, 48))
    yield
    pygame.display.quit()


def _tree(name: str) -> ET.Element:
    return ET.fromstring(art.part(name).path.read_text("utf-8"))  # noqa: S314  our own files


def _silhouette(name: str, px_per_m: float) -> tuple[pygame.mask.Mask, float, float]:
    """What the picture covers, and where the part's origin lies in it (px)."""
    picture, (x_m, y_m) = art.picture_of(art.part(name), px_per_m)
    wide, high = picture.get_size()
    return pygame.mask.from_surface(picture), 0.5 * wide - x_m * px_per_m, 0.5 * high + y_m * px_per_m


def _covered(name: str, point: art.Point, within_m: float = 0.0) -> bool:
    """Whether a point of the part's frame is painted, or one so near."""
    scale = 100.0 if name != "parachute" else 20.0
    mask, left, top = _silhouette(name, scale)
    x, y, reach = left + point[0] * scale, top - point[1] * scale, round(within_m * scale)
    return any(
        mask.get_at((round(x + dx), round(y + dy)))
        for dx in range(-reach, reach + 1)
        for dy in range(-reach, reach + 1)
        if 0 <= round(x + dx) < mask.get_size()[0] and 0 <= round(y + dy) < mask.get_size()[1]
    )


def test_every_file_is_a_part_and_every_part_a_file() -> None:
    """The manifest names each SVG of the folder once."""
    assert sorted(path.name for path in FOLDER.glob("*.svg")) == sorted(part.path.name for part in art.parts().values())


@pytest.mark.parametrize("name", NAMES)
def test_only_what_pygame_can_draw(name: str) -> None:
    """Shapes, groups and gradients in user space; plain colours; closed paths; ids in snake case, each once."""
    tree = _tree(name)
    tags = [element.tag.removeprefix(SVG) for element in tree.iter()]
    assert set(tags) <= ALLOWED
    ids = [element.get("id", "") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in ids)
    gradients = {element.get("id") for element in tree.iter(f"{SVG}linearGradient")}
    for element in tree.iter():
        tag = element.tag.removeprefix(SVG)
        assert not {"style", "class", "clip-path", "mask", "filter"} & set(element.keys())
        if tag == "linearGradient":
            assert element.get("gradientUnits") == "userSpaceOnUse"
        if tag == "path" and element.get("fill") != "none":
            strokes = re.findall(r"[Mm][^Mm]*", element.get("d", ""))
            assert strokes
            assert all(stroke.strip()[-1] in "Zz" for stroke in strokes)
        for key in ("fill", "stroke", "stop-color"):
            found = COLOUR.fullmatch(element.get(key, "none"))
            assert found, (key, element.get(key))
            assert found[1] is None or found[1] in gradients


@pytest.mark.parametrize("name", NAMES)
def test_a_comment_says_what_it_is_and_one_unit_is_a_centimetre(name: str) -> None:
    """Name, size and source stand at the top; width and height are those of the view box."""
    text = art.part(name).path.read_text("utf-8")
    head = " ".join(text[: text.index("<g ")].split())
    assert "<!--" in head
    assert "1 unit = 1 cm" in head
    assert re.search(r"origin", head)
    assert re.search(r"press kit|reconstruction|litres", head)
    _, _, wide, high = art.view_box(art.part(name).path, name)
    assert (float(_tree(name).get("width", "0")), float(_tree(name).get("height", "0"))) == (wide, high)


@pytest.mark.parametrize("name", NAMES)
def test_the_silhouette_has_the_size_that_the_manifest_says(name: str) -> None:
    """To two centimetres, or half a pixel where the part is as long as the parachute; nothing is cut off."""
    part = art.part(name)
    scale = min(100.0, 2000.0 / max(part.size_m))
    mask, _, _ = _silhouette(name, scale)
    rects = mask.get_bounding_rects()
    seen = rects[0].unionall(rects[1:])
    assert seen.width / scale == pytest.approx(part.size_m[0], abs=max(0.021, 2.0 / scale))
    assert seen.height / scale == pytest.approx(part.size_m[1], abs=max(0.021, 2.0 / scale))
    # An empty edge all around: the two pixels of the picture's own, and something of the file's.
    assert pygame.Rect((3, 3), (mask.get_size()[0] - 6, mask.get_size()[1] - 6)).contains(seen)


def _known(vehicle: VehicleSpec) -> dict[tuple[str, str], art.Point]:
    """Where the vehicle's own figures put each anchor."""
    shell, shield, ring = vehicle.backshell, vehicle.heat_shield, vehicle.cruise_stage
    half, rim, floor = 0.5 * vehicle.aeroshell.diameter_m, shield.outline_m[0][1], shell.outline_m[0][1]
    chute = vehicle.parachute
    known = {
        ("cruise_stage", "backshell"): (0.0, -ring.above_backshell_m),
        ("backshell", "riser"): (0.0, shell.riser_y_m),
        ("backshell", "cruise_stage"): (0.0, ring.above_backshell_m),
        ("backshell", "descent_stage"): (0.0, -shell.above_stage_m),
        ("backshell", "heat_shield"): (0.0, -shield.below_backshell_m),
        ("backshell_open", "descent_stage"): (0.0, -shell.above_stage_m),
    }
    for name in SHELLS[:2]:
        known |= {(name, "rim_left"): (-half, floor), (name, "rim_right"): (half, floor)}
    for name in SHELLS[2:]:
        known |= {
            (name, "rim_left"): (-half, rim),
            (name, "rim_right"): (half, rim),
            (name, "nose"): (0.0, min(y for _, y in shield.outline_m)),
            (name, "backshell"): (0.0, shield.below_backshell_m),
        }
    if chute.diameter_m == load_level("jezero").vehicle.parachute.diameter_m:
        known[("parachute", "joint")] = (0.0, -chute.lines_m)
        known[("parachute", "riser")] = (0.0, -chute.lines_m - chute.riser_m)
    return known


@pytest.mark.parametrize("level", ["jezero", "gale"])
def test_every_anchor_is_where_the_vehicle_has_it(level: str) -> None:
    """The sim's geometry is the truth, for Perseverance and for Curiosity, whose aeroshell is the same."""
    known = _known(load_level(level).vehicle)
    for (name, anchor), place in known.items():
        assert art.part(name).anchors[anchor] == pytest.approx(place, abs=1e-9), (name, anchor)


def test_every_other_anchor_of_the_carriers_is_on_the_part() -> None:
    """What the vehicle does not know (antennas, fittings) lies on what is painted, or a hand's breadth beside it."""
    known = _known(load_level("jezero").vehicle)
    names = ("cruise_stage", *SHELLS, "parachute_bag")
    loose = [(name, key) for name in names for key in art.part(name).anchors if (name, key) not in known]
    assert len(loose) >= 8
    for name, key in loose:
        assert _covered(name, art.part(name).anchors[key], within_m=0.10), (name, key)


def test_sizes_that_the_vehicle_knows() -> None:
    """Heat shield and backshell are as wide as the aeroshell, the array 2.65 m, the canopy as wide as it flies."""
    vehicle = load_level("jezero").vehicle
    for name in SHELLS:
        assert art.part(name).size_m[0] == pytest.approx(vehicle.aeroshell.diameter_m, abs=0.02)
    anchors = art.part("cruise_stage").anchors
    assert anchors["array_right"][0] - anchors["array_left"][0] == pytest.approx(2.65)
    assert art.part("parachute").size_m[0] == pytest.approx(0.7 * vehicle.parachute.diameter_m, abs=0.01)


@pytest.mark.parametrize("level", ["jezero", "gale"])
@pytest.mark.parametrize("name", SHELLS)
def test_the_art_covers_what_the_sim_touches_with(level: str, name: str) -> None:
    """Every corner of the outline is painted (to a centimetre inwards), so that contacts look like contacts."""
    vehicle = load_level(level).vehicle
    outline = vehicle.backshell.outline_m if name.startswith("backshell") else vehicle.heat_shield.outline_m
    for x, y in outline:
        inwards = 1.0 - 0.015 / hypot(x, y)
        assert _covered(name, (x * inwards, y * inwards)), (x, y)


def test_curiositys_wheels_are_drawn_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file serves both: it is scaled by the wheel's own radius."""
    wheel = art.ArtPart("wheel", FOLDER / "wheel.svg", "wheel.svg", "wheel", (0.525, 0.525), {})
    monkeypatch.setattr(art, "parts", lambda: {"wheel": wheel})
    assert parts_of(load_level("jezero").vehicle).wheel.stretch == pytest.approx(1.0)
    assert parts_of(load_level("gale").vehicle).wheel.stretch == pytest.approx(0.25 / 0.2625)


@pytest.mark.parametrize("level", ["jezero", "gale"])
def test_the_rockers_arms_reach_their_ends_all_the_way_down(level: str) -> None:
    """Turned about the hub, arms of one length meet leg and bogie to within 4 cm: the joints' discs of 8 cm hide it."""
    spec = load_level(level).vehicle.rover
    assert arm_turns(spec, 0.0) == (0.0, 0.0)
    out = arm_ends(spec, 0.0)
    for step in range(9):
        lift_m = spec.stowed_lift_m * step / 8.0
        for (x0, y0), (x1, y1), turn in zip(out, arm_ends(spec, lift_m), arm_turns(spec, lift_m), strict=True):
            c, s = cos(turn), sin(turn)
            assert hypot(c * x0 - s * y0 - x1, s * x0 + c * y0 - y1) < 0.04
            assert abs(turn) < 0.7


def test_a_stretched_part_is_so_much_larger() -> None:
    """Picture and middle both: the origin stays where it is."""
    (small, at), (large, far) = (
        SpriteBank().picture(Drawing("backshell", stretch=stretch), 32.0)[:2] for stretch in (1.0, 1.5)
    )
    assert (large.get_width() - 4) / (small.get_width() - 4) == pytest.approx(1.5, abs=0.02)
    assert far == pytest.approx((1.5 * at[0], 1.5 * at[1]))


def test_what_has_burnt_is_darker_and_has_the_same_outline() -> None:
    """A wreck is the part's own picture: scorched, greyer, not a pixel larger or smaller."""
    bank = SpriteBank()
    whole, _, _ = bank.picture(Drawing("backshell"), 64.0)
    burnt, _, _ = bank.picture(Drawing("backshell_wreck", of="backshell", burnt=True), 64.0)
    alphas = [pygame.mask.from_surface(picture, 0) for picture in (whole, burnt)]
    assert alphas[0].count() == alphas[1].count() == alphas[0].overlap_area(alphas[1], (0, 0)) > 1000
    lights = [sum(pygame.transform.average_color(picture)[:3]) for picture in (whole, burnt)]
    assert 0.2 * lights[0] < lights[1] < 0.7 * lights[0]


def test_edges_are_clean_on_any_background() -> None:
    """Colours are multiplied by alpha: no channel is above it, so nothing dark or bright rims a part."""
    for scale in (8.0, 32.0, 128.0):
        picture, _ = art.picture_of(art.part("backshell"), scale)
        for x in range(0, picture.get_width(), 3):
            for y in range(0, picture.get_height(), 3):
                red, green, blue, alpha = picture.get_at((x, y))
                assert max(red, green, blue) <= alpha


def test_a_part_without_a_file_is_an_error() -> None:
    """It names the manifest and the key."""
    with pytest.raises(ContentError, match=r"assets/art/manifest\.toml: part\.nothing: there is no such part"):
        SpriteBank().picture(Drawing("nothing"), 16.0)


@pytest.mark.parametrize("turn_rad", [0.0, 0.18])
def test_parts_stay_joined_where_the_picture_is_turned(turn_rad: float) -> None:
    """Far from the target up is another way: each part is turned as much as its place is, to the pixel."""
    view = Viewport(0.0, 0.0, 60.0, 600, 600, turn_rad)
    surface, bank = pygame.Surface((600, 600)), SpriteBank()
    bank.show(surface, view, Drawing("backshell"), (0.0, 0.0, 0.0))
    anchors = art.part("backshell").anchors
    for x, y in view.placed(0.0, 0.0, 0.0, [(0.97 * anchors[key][0], anchors[key][1] + 0.05) for key in RIMS]):
        assert surface.get_at((round(x), round(y)))[:3] != (0, 0, 0)
    for x, y in view.placed(0.0, 0.0, 0.0, [(1.04 * anchors[key][0], anchors[key][1] - 0.05) for key in RIMS]):
        assert surface.get_at((round(x), round(y)))[:3] == (0, 0, 0)


RIMS = ("rim_left", "rim_right")
GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 8 8"><rect width="2" height="2"/></svg>'


def _manifest(folder: Path, text: str, svg: str = GOOD) -> Path:
    (folder / "a.svg").write_text(svg, "utf-8")
    path = folder / "manifest.toml"
    path.write_text(text, "utf-8")
    return path


HEAD = 'schema = 1\nkind = "art"\n[part.a]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = ", "assets/art/manifest.toml: is not valid TOML"),
        ('schema = 2\nkind = "art"\n[part.a]\nfile="a.svg"\nwhat="a"\nsize_m=[1,1]', "schema: must be 1"),
        ('schema = 1\nkind = "level"\n[part.a]\nfile="a.svg"\nwhat="a"\nsize_m=[1,1]', "kind: must be 'art'"),
        ('schema = 1\nkind = "art"', "part: there must be a table for each part"),
        ('schema = 1\nkind = "art"\nmore = 1\n[part.a]\nfile="a.svg"\nwhat="a"\nsize_m=[1,1]', "more: there is no"),
        ('schema = 1\nkind = "art"\npart.a = 3', "part.a: must be a table"),
        (HEAD + 'file="b.svg"\nwhat="a"\nsize_m=[1,1]', "part.a.file: there is no file assets/art/b.svg"),
        (HEAD + 'file="../a.svg"\nwhat="a"\nsize_m=[1,1]', "part.a.file: there is no file"),
        (HEAD + 'file=3\nwhat="a"\nsize_m=[1,1]', "part.a.file: must be a text"),
        (HEAD + 'file="a.svg"\nsize_m=[1,1]', "part.a.what: must be a text"),
        (HEAD + 'file="a.svg"\nwhat="a"\nsize_m=[1,0]', "part.a.size_m: must be two lengths in m"),
        (HEAD + 'file="a.svg"\nwhat="a"\nsize_m=[1,nan]', "part.a.size_m: must be two lengths in m"),
        (HEAD + 'file="a.svg"\nwhat="a"\nsize_m=[1,1]\nwide=3', "part.a.wide: there is no such key"),
        (HEAD + 'file="a.svg"\nwhat="a"\nsize_m=[1,1]\nanchors=4', "part.a.anchors: must be a table"),
        (HEAD + 'file="a.svg"\nwhat="a"\nsize_m=[1,1]\nanchors.top=[true,1]', "part.a.anchors.top: must be x and y"),
    ],
)  # fmt: skip
def test_a_bad_manifest_gets_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    """It names the file and the key."""
    with pytest.raises(ContentError) as caught:
        art.read_manifest(_manifest(tmp_path, text))
    assert any(
        problem.startswith("assets/art/manifest.toml: ") and said in problem for problem in caught.value.problems
    )


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        ("nothing", "assets/art/a.svg: viewBox: must be four numbers"),
        ('<svg viewBox="0 0 1 x">', "assets/art/a.svg: viewBox: must be four numbers"),
        ('<svg viewBox="0 0 0 1">', "assets/art/a.svg: viewBox: must be four numbers"),
        ('viewBox="0 0 4 4" and no picture', "assets/art/a.svg: is no SVG picture"),
    ],
)
def test_a_broken_picture_gets_a_sentence(tmp_path: Path, svg: str, said: str) -> None:
    """It names the file."""
    manifest = _manifest(tmp_path, HEAD + 'file="a.svg"\nwhat="a"\nsize_m=[1,1]', svg)
    with pytest.raises(ContentError, match=said):
        art.picture_of(art.read_manifest(manifest)["a"], 32.0)
