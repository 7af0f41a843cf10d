"""A new level from another: its text under a new name, with everything else, the comments too, as it was.

It flies exactly as the other does. What was said by whoever made that one goes: the author's medal and checks that it
is flown, its rung on the ladder, and checks by scripts or replays that do not lie beside the new file.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from game.content.errors import ContentError
from game.content.paths import data_root

SCHEMA_FILE: Final = "level.schema.json"  # what an editor knows a level by, if it lies beside (docs/levels.md)

_HEADER: Final = re.compile(r"^[ \t]*\[\[?([^\[\]\n]+)\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_TEXT: Final = r"""("(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_AUTHOR: Final = "# author =                       # above gold: what you have flown yourself"
_NOT_HERE: Final = "# left out, because what it flies by does not lie here:"
_NOT_YOURS: Final = "# left out, because it asks for the author's mark of the level that this one was made from:"


def template() -> Path:
    """The level that a new one begins with where no other is named."""
    return data_root() / "assets" / "templates" / "new-level.toml"


def title_of(level_id: str) -> str:
    """What a level of this id is called until somebody finds a better title.

    >>> title_of("my-first")
    'My first'
    """
    return level_id.replace("-", " ").capitalize()


def new_level_text(other: Path, level_id: str, folder: Path) -> str:
    """The text of the level in the file `other`, as a level of this id that is to lie in `folder`.

    Raises ContentError where it is written in such a way that this cannot be done by lines.
    """
    try:
        old = other.read_text("utf-8-sig")
        wanted = tomllib.loads(old)
    except (OSError, ValueError) as error:
        raise ContentError([f"{other}: cannot be read: {error}"]) from error
    text = _with_line(old, "id", f'"{level_id}"')
    text = _with_line(text, "title", f'"{title_of(level_id)}"')
    wanted |= {"id": level_id, "title": title_of(level_id)}
    if "rung" in wanted:  # a place among others is not for two
        text = _without_line(text, "rung")
        wanted.pop("rung")
    author = None
    if "author" in wanted.get("medals", ()):
        text = _without_author(text)
        author = wanted["medals"].pop("author")
    lost = {
        number: _NOT_YOURS if _is_here(check, folder) else _NOT_HERE
        for number, check in enumerate(_checks(wanted))
        if not _is_here(check, folder) or _asks_for(check, author)
    }
    if lost:
        text = _without_checks(text, lost)
        wanted["check"] = [check for number, check in enumerate(wanted["check"]) if number not in lost]
        if not wanted["check"]:
            del wanted["check"]
    if not text.startswith("#:schema") and (folder / SCHEMA_FILE).is_file():
        text = f"#:schema ./{SCHEMA_FILE}\n{text}"
    _hold(text, wanted, other)
    return text


def _hold(text: str, wanted: dict[str, Any], other: Path) -> None:
    """What came of the lines must be what was wanted of the keys."""
    try:
        made = tomllib.loads(text)
    except ValueError:
        made = {}
    if made != wanted:
        raise ContentError(
            [f"{other}: is written in a way that cannot be copied by lines; copy the file, and set its id"]
        )


def _with_line(text: str, key: str, value: str) -> str:
    """One of the level's own keys set to another text, what stands behind it left as it is."""
    first = _HEADER.search(text)
    end = first.start() if first else len(text)
    head = re.sub(
        rf"^({key}[ \t]*=[ \t]*){_TEXT}", lambda found: found[1] + value, text[:end], count=1, flags=re.MULTILINE
    )
    return head + text[end:]


def _without_line(text: str, key: str) -> str:
    """The text without this one of the level's own keys."""
    first = _HEADER.search(text)
    end = first.start() if first else len(text)
    head = re.sub(rf"^{key}[ \t]*=.*\n?", "", text[:end], count=1, flags=re.MULTILINE)
    return head + text[end:]


def _without_author(text: str) -> str:
    for start, end in _tables(text, "medals"):
        table = re.sub(r"^[ \t]*author[ \t]*=.*$", _AUTHOR, text[start:end], count=1, flags=re.MULTILINE)
        return text[:start] + table + text[end:]
    return text


def _checks(data: dict[str, Any]) -> list[dict[str, Any]]:
    checks = data.get("check", [])
    return checks if isinstance(checks, list) else []


def _is_here(check: dict[str, Any], folder: Path) -> bool:
    """Whether the file that a check is flown by, if there is one, lies in the folder too."""
    kind, colon, file = str(check.get("pilot", "")).partition(":")
    return not colon or kind not in {"script", "replay"} or (folder / file).is_file()


def _asks_for(check: dict[str, Any], author: int | None) -> bool:
    """Whether a check asks for the author's mark, or more."""
    bound = check
    for name in ("expect", "score", "total"):
        below = bound.get(name)
        bound = below if isinstance(below, dict) else {}
    return author is not None and bound.get("least", 0) >= author


def _without_checks(text: str, lost: dict[int, str]) -> str:
    """These checks, by their number, as comments, each below the line that says why."""
    blocks = _tables(text, "check")
    for number, why in sorted(lost.items(), reverse=True):
        if number < len(blocks):
            start, end = blocks[number]
            lines = text[start:end].rstrip("\n").split("\n")
            said = "\n".join([why, *(f"# {line}".rstrip() for line in lines)])
            text = f"{text[:start]}{said}\n{text[end:] and chr(10)}{text[end:]}"
    return text


def _tables(text: str, name: str) -> list[tuple[int, int]]:
    """Where each table of this name begins and ends, with the tables below it."""
    found: list[tuple[int, int]] = []
    heads = list(_HEADER.finditer(text))
    for number, head in enumerate(heads):
        if head[1].strip() != name:
            continue
        after = (other.start() for other in heads[number + 1 :] if not other[1].strip().startswith(f"{name}."))
        found.append((head.start(), next(after, len(text))))
    return found
