"""A level's site and vehicle: where their files lie, what is in them, and what the level itself changes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from game.content.files import Source, is_id, key_of, read_toml
from game.content.fits import site_faults, vehicle_faults
from game.content.paths import data_root
from game.content.ranges import Fault, faults_in, misfits_in
from game.content.reading import is_key, read_record, record_of
from game.sim.spec import SiteSpec
from game.sim.vehicle_spec import VehicleSpec

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A level's site or vehicle, as it is there.

    source  its file; None where there is none
    record  None where something is wrong with it: that is told
    """

    source: Source | None = None
    record: T | None = None


def site_of(level: Source, written: Mapping[str, Any], problems: list[str]) -> Part[SiteSpec]:
    """The site that a level's keys name, with what they change of it; what is wrong goes to `problems`."""
    return _resolved("site", SiteSpec, site_faults, level, written, problems)


def vehicle_of(level: Source, written: Mapping[str, Any], problems: list[str]) -> Part[VehicleSpec]:
    """The same of its vehicle."""
    return _resolved("vehicle", VehicleSpec, vehicle_faults, level, written, problems)


def _resolved(
    kind: str, cls: type[T], misfits: Callable[[T], Iterable[Fault]], level: Source, written: Mapping[str, Any],
    problems: list[str],
) -> Part[T]:  # fmt: skip
    changes = written.get(f"{kind}_changes")
    if isinstance(changes, dict):
        beyond = [(where, fault) for where, fault in misfits_in(changes) if is_key(cls, where)]
        problems += sentences(level, ((key_of((f"{kind}_changes", *where)), fault) for where, fault in beyond))
    source = _find(level, kind, written, problems)
    if source is None:
        return Part()
    found = _part(source, kind, cls, misfits, problems)
    record, keys = found
    if record is not None and isinstance(changes, dict) and changes:
        return Part(source, _changed(keys, f"{kind}_changes", changes, cls, misfits, level, problems))
    return Part(source, record)


def _part(
    source: Source, kind: str, cls: type[T], misfits: Callable[[T], Iterable[Fault]], problems: list[str]
) -> tuple[T | None, Mapping[str, Any]]:
    """The site or vehicle in this file, checked, and its keys as written; None with the reasons in `problems`.

    One of the game's own is read once for all levels that name it, as long as it stays what it is: two thirds of the
    time that a level takes are its site's and its vehicle's.
    """
    raw = _raw_of(source.path) if source.path.is_relative_to(data_root()) else None
    known = _OWN_PARTS.get(source)
    if raw is not None and known and known[0] == raw:
        same: T = known[1]
        return same, known[2]
    before = len(problems)
    reading = read_record(source, kind, cls, problems)
    part, keys = reading.record, reading.keys
    problems += sentences(source, reading.unsaid(misfits_in(keys)))
    if part is not None and len(problems) == before:
        problems += sentences(source, misfits(part))
    if len(problems) > before:
        return None, keys
    if raw is not None:
        _OWN_PARTS[source] = (raw, part, keys)
    return part, keys


_OWN_PARTS: Final[dict[Source, tuple[bytes, Any, Mapping[str, Any]]]] = {}


def _raw_of(path: Path) -> bytes | None:
    """A file as it is; None for what cannot be read, which is told by who reads it as a table."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _changed(
    own: Mapping[str, Any], name: str, changes: Mapping[str, Any], cls: type[T],
    misfits: Callable[[T], Iterable[Fault]], level: Source, problems: list[str],
) -> T | None:  # fmt: skip
    """The part with these keys in the place of its own; None with what is wrong with them, by the level's own keys.

    What is out of range has been told by now, whatever else is wrong.
    """
    before = len(problems)
    record = record_of(_merged(own, changes), cls, f"{level.label}: {name}.", problems).record
    if record is None or any(faults_in(changes)):
        return None
    for key, fault in misfits(record):
        told = f"{name}.{key}: {fault}" if _says(changes, key) else f"{name}: makes of {key} what it cannot be: {fault}"
        problems.append(f"{level.label}: {told}")
    return record if len(problems) == before else None


def _merged(own: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a part with those of the level in their place: tables are merged, all else is taken whole."""
    merged = dict(own)
    for key, value in changes.items():
        here = own.get(key)
        merged[key] = _merged(here, value) if isinstance(here, dict) and isinstance(value, dict) else value
    return merged


def _says(changes: Mapping[str, Any], key: str) -> bool:
    """Whether these changes have this key, such as `radar.radar_lock_m`."""
    here: object = changes
    for name in key.split("."):
        if not isinstance(here, dict) or name not in here:
            return False
        here = here[name]
    return True


def _find(level: Source, kind: str, written: Mapping[str, Any], problems: list[str]) -> Source | None:
    """The file of the site or vehicle that a level names: beside the level, else among those that come with the game.

    What lies beside it under that name is taken, even if it cannot be read: that is told, not passed over. Right beside
    it, where a file of that name may be something else, one that says that it is another kind is passed over.
    """
    name = written.get(kind)
    if not isinstance(name, str):
        return None  # not named: told with the level's other keys
    for path, is_own in places(level.path, kind, name):
        if is_own and path.is_file():
            return Source(path, f"levels/{kind}s/{name}.toml")
        in_its_folder = path.parent != level.path.parent
        if not is_own and _lies_there(path) and (in_its_folder or _kind_of(path) in (kind, None)):
            return Source(path, str(path))
    problems.append(f"{level.label}: {kind}: {unknown(kind, name, _known(level.path, kind))}")
    return None


def _known(level: Path, kind: str) -> list[str]:
    """The names that a level can give its site or vehicle: the game's own, and what lies in the folder for them."""
    folders = (data_root() / "levels" / f"{kind}s", level.parent / f"{kind}s")
    return sorted({path.stem for folder in folders for path in _toml_files(folder) if is_id(path.stem)})


def _toml_files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob("*.toml") if path.is_file()]
    except (OSError, ValueError):
        return []


def places(level: Path, kind: str, name: object) -> Iterator[tuple[Path, bool]]:
    """Where a site or vehicle of this name is looked for, in order, and whether the file would be the game's own."""
    if not isinstance(name, str) or not is_id(name):
        return
    own, beside, folder = data_root() / "levels", level.parent, f"{kind}s"
    if not _same(beside, own):
        yield beside / folder / f"{name}.toml", False
        yield beside / f"{name}.toml", False
    yield own / folder / f"{name}.toml", True


def _kind_of(path: Path) -> object:
    """What kind of file this says it is; None where it does not say, which is told when it is read."""
    data = read_toml(Source(path, path.name), [])
    return data.get("kind") if data else None


def _lies_there(path: Path) -> bool:
    """Whether anything has this name: a file, a folder, a link to nothing, or what we may not look at."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def is_file(path: Path) -> bool:
    """Whether a file has this name, whatever else the name may be."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, or the working folder is gone
        return False


def sentences(source: Source, faults: Iterable[Fault]) -> list[str]:
    return [f"{source.label}: {key}: {fault}" for key, fault in faults]


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    names = tuple(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(names)}"
    return f'there is no {kind} "{name}"; {hint}'
