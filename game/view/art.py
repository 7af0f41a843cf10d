"""The real spacecraft's parts as vector files under assets/art: what the manifest says of each, and their pictures.

One unit in a file is one centimetre of the real part, its origin is that of the part's frame in the sim, y down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil, isfinite
from pathlib import Path
from typing import Any, Final

import pygame

from game.content.errors import ContentError
from game.content.files import Source, read_toml
from game.content.paths import data_root

Point = tuple[float, float]

UNITS_PER_M: Final = 100.0
SCHEMA: Final = 1
KIND: Final = "art"
_KEYS: Final = frozenset({"file", "what", "size_m", "anchors"})
_VIEW_BOX: Final = re.compile(r'\bviewBox="([^"]*)"')
_OVER: Final = 2  # small pictures are drawn this much larger, then shrunk: where shapes meet, nothing shines through
_OVER_PX: Final = 700  # as large as they may become by that; larger ones are smooth by themselves
_PAD_PX: Final = 2  # an empty edge, so that a turned picture melts into what is behind it


@dataclass(frozen=True, slots=True)
class ArtPart:
    """One part of the manifest.

    label    the file as sentences call it
    size_m   of the silhouette, wide and high
    anchors  where something attaches, m in the part's own frame, y up
    """

    name: str
    path: Path
    label: str
    what: str
    size_m: Point
    anchors: Mapping[str, Point]


@cache
def parts() -> Mapping[str, ArtPart]:
    """Every part of the game's own manifest, by name. Raises ContentError with a sentence for each fault."""
    return read_manifest(data_root() / "assets" / "art" / "manifest.toml")


def part(name: str) -> ArtPart:
    """One part. Raises ContentError if the manifest has no such part."""
    try:
        return parts()[name]
    except KeyError:
        raise ContentError([f"assets/art/manifest.toml: part.{name}: there is no such part"]) from None


def read_manifest(path: Path) -> dict[str, ArtPart]:
    """Read a manifest; its files lie beside it. Raises ContentError with a sentence for each fault."""
    label = f"assets/art/{path.name}"
    problems: list[str] = []
    table = read_toml(Source(path, label), problems)
    found: dict[str, ArtPart] = {}
    if table is not None:
        for key, wanted in (("schema", SCHEMA), ("kind", KIND)):
            if table.get(key) != wanted:
                problems.append(f"{label}: {key}: must be {wanted!r}")
        entries = table.get("part")
        if not isinstance(entries, dict) or not entries:
            problems.append(f"{label}: part: there must be a table for each part")
            entries = {}
        problems += [f"{label}: {key}: there is no such key" for key in table.keys() - {"schema", "kind", "part"}]
        for name, entry in entries.items():
            seen = _part_of(name, entry, path.parent, label, problems)
            if seen is not None:
                found[name] = seen
    if problems:
        raise ContentError(problems)
    return found


def _part_of(name: str, entry: object, folder: Path, label: str, problems: list[str]) -> ArtPart | None:
    where, before = f"{label}: part.{name}", len(problems)
    if not isinstance(entry, dict):
        problems.append(f"{where}: must be a table")
        return None
    problems += [f"{where}.{key}: there is no such key" for key in sorted(entry.keys() - _KEYS)]
    for key in ("file", "what"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            problems.append(f"{where}.{key}: must be a text")
    size = _pair(entry.get("size_m"))
    if size is None or min(size) <= 0.0:
        problems.append(f"{where}.size_m: must be two lengths in m, wide and high")
    anchors: Any = entry.get("anchors", {})
    places: dict[str, Point] = {}
    if not isinstance(anchors, dict):
        problems.append(f"{where}.anchors: must be a table")
        anchors = {}
    for key, value in anchors.items():
        place = _pair(value)
        if place is None:
            problems.append(f"{where}.anchors.{key}: must be x and y in m")
        else:
            places[key] = place
    if len(problems) > before or size is None:
        return None
    path = folder / entry["file"]
    if path.parent != folder or not path.is_file():
        problems.append(f"{where}.file: there is no file assets/art/{entry['file']}")
        return None
    return ArtPart(name, path, f"assets/art/{entry['file']}", entry["what"], size, places)


def _pair(value: object) -> Point | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in value):
        return None
    return (float(value[0]), float(value[1])) if all(isfinite(number) for number in value) else None


@cache
def view_box(path: Path, label: str) -> tuple[float, float, float, float]:
    """Left, top, width and height of what the file shows, in its units. Raises ContentError if it does not say."""
    try:
        found = _VIEW_BOX.search(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([f"{label}: cannot be read: {error}"]) from error
    try:
        box = [float(number) for number in found[1].split()] if found else []
    except ValueError:
        box = []
    if len(box) != 4 or not all(isfinite(number) for number in box) or not all(0.0 < n < 1e5 for n in box[2:]):
        raise ContentError([f"{label}: viewBox: must be four numbers: left, top, width, height"])
    return box[0], box[1], box[2], box[3]


def picture_of(art: ArtPart, px_per_m: float) -> tuple[pygame.Surface, Point]:
    """The part at this scale, its colours multiplied by their alpha, and the picture's middle in the part's frame (m).

    Raises ContentError if the file is no picture.
    """
    left, top, wide, high = view_box(art.path, art.label)
    scale = px_per_m / UNITS_PER_M
    size = max(ceil(wide * scale), 1), max(ceil(high * scale), 1)
    over = max(min(_OVER, _OVER_PX // max(size)), 1)
    try:
        large = pygame.image.load_sized_svg(art.path, (size[0] * over, size[1] * over))
    except (pygame.error, OSError) as error:
        raise ContentError([f"{art.label}: is no SVG picture: {error}"]) from error
    # Multiplied first: what is shrunk or turned then mixes with nothing, and no dark seam shows around it.
    fitted = pygame.transform.smoothscale(large.premul_alpha(), size)
    picture = pygame.Surface((size[0] + 2 * _PAD_PX, size[1] + 2 * _PAD_PX), pygame.SRCALPHA, 32)
    picture.blit(fitted, (_PAD_PX, _PAD_PX), special_flags=pygame.BLEND_RGBA_ADD)
    return picture, ((left + 0.5 * wide) / UNITS_PER_M, -(top + 0.5 * high) / UNITS_PER_M)


def scorched(picture: pygame.Surface) -> pygame.Surface:
    """A picture (multiplied by its alpha) after fire: half of its colour gone, and dark; its outline stays."""
    burnt = picture.copy()
    burnt.fill((96, 90, 90, 255), special_flags=pygame.BLEND_RGBA_MULT)
    grey = pygame.transform.grayscale(picture)
    grey.fill((58, 54, 56, 0), special_flags=pygame.BLEND_RGBA_MULT)
    burnt.blit(grey, (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    return burnt
