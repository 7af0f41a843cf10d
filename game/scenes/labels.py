"""What controls are called on the device in hand, as they are bound now."""

from __future__ import annotations

from typing import Final

from game.input.devices import Hand
from game.input.keys import key_label
from game.input.touch import zones
from game.record.settings import Control, Device
from game.scenes.kit import Kit
from game.scenes.tempo import SLOWNESS, Tempo
from game.view.zones import Named

# The lines of the pause's list: a text of `controls`, and the controls that it is about.
LINES: Final[tuple[tuple[str, tuple[Control, ...]], ...]] = (
    ("tilt", (Control.LEFT, Control.RIGHT)),
    ("throttle", (Control.UP, Control.DOWN)),
    ("reel", (Control.UP, Control.DOWN)),
    ("action", (Control.ACTION,)),
    ("assist", (Control.ASSIST,)),
    ("mark", (Control.MARK_UP_TRACK, Control.MARK_DOWN_TRACK)),
)
_TEMPI: Final = dict(zip((*SLOWNESS, 0.0), ("level", "half", "quarter", "eighth", "steps"), strict=True))
# What the words of lessons and hints may name (LESSON_KEYS).
_SENTENCE: Final[dict[str, tuple[Control, ...]]] = {**dict(LINES), "reel": (Control.DOWN,), "thrust": (Control.UP,)}
_BOTH: Final = frozenset({"tilt", "throttle", "reel"})  # arrows and letters; of the others one key is enough to know


def label(kit: Kit, device: Device, name: str) -> str:
    """One key, button, hat or axis in words."""
    if device is Device.KEYBOARD:
        return key_label(name)
    kind, number, *way = name.split()
    if kind == "axis":
        sides = ("left", "right") if number.startswith(("0", "2")) else ("up", "down")
        stick = "stick" if number[:-1] in {"0", "1"} else "axis"
        side = kit.texts.get(f"parts.{sides[number[-1] == '+']}")
        return kit.texts.get(f"parts.{stick}", number=float(number[:-1]), way=side)
    return kit.texts.get(
        f"parts.{kind}", number=float(number) + 1.0, way=kit.texts.get(f"parts.{way[0]}") if way else ""
    )


def device_in_hand(kit: Kit) -> Device:
    """The one that words on the screen speak of."""
    return Device.PAD if kit.devices.hand is Hand.PAD else Device.KEYBOARD


def keys_of(kit: Kit, *controls: Control, most: int = 2) -> str:
    """What to press for these controls, on the device in hand: "Left, Right or A, D"."""
    if kit.devices.hand is Hand.TOUCH:
        return kit.texts.get("touch.action_key")
    device = device_in_hand(kit)
    bound = [kit.devices.bindings(device).get(control, ()) for control in controls]
    ways = list(zip(*bound, strict=False))[: most if device is Device.KEYBOARD else 1]
    either = kit.texts.get("parts.or")
    return f" {either} ".join(dict.fromkeys(", ".join(label(kit, device, name) for name in way) for way in ways))


def control_lines(kit: Kit) -> tuple[str, ...]:
    """Every control of a flight in a line: what to press, and what it does."""
    if kit.devices.hand is Hand.TOUCH:
        return tuple(kit.texts.get(f"controls.{key}", keys=kit.texts.get(f"touch.{key}")) for key, _ in LINES)
    return tuple(
        kit.texts.get(f"controls.{key}", keys=keys_of(kit, *controls, most=2 if key in _BOTH else 1))
        for key, controls in LINES
    )


def in_words(kit: Kit) -> dict[str, str]:
    """What to press for each of LESSON_KEYS, short enough to stand in a sentence: "Left/Right", "a tap below"."""
    if kit.devices.hand is Hand.TOUCH:
        return {key: kit.texts.get(f"touch_words.{key}") for key in _SENTENCE}
    device = device_in_hand(kit)
    bound = kit.devices.bindings(device)
    found = {}
    for key, controls in _SENTENCE.items():
        labels = [label(kit, device, bound[control][0]) for control in controls if bound.get(control)]
        found[key] = joined(labels) or kit.texts.get("parts.nothing")
    return found


def sentence(kit: Kit, text: str) -> str:
    """A line of a lesson or a hint, with what to press filled in."""
    words = kit.texts.fill(text, **in_words(kit))
    return words[:1].upper() + words[1:]


def joined(labels: list[str]) -> str:
    """A few keys in as few words as they need.

    >>> joined(["Stick left", "Stick right"]), joined(["A", "D"]), joined([])
    ('Stick left/right', 'A/D', '')
    """
    if len(labels) == 2:
        one, other = (each.split() for each in labels)
        if len(one) == len(other) == 2 and one[0] == other[0]:
            return f"{one[0]} {one[1]}/{other[1]}"
    return "/".join(labels)


def hint(kit: Kit, key: str, **words: str) -> str:
    """The line of this key about what to press, for the device in hand; `words` for what else it names."""
    ending = {Hand.KEYBOARD: "", Hand.PAD: "_pad", Hand.TOUCH: "_touch"}[kit.devices.hand]
    return kit.texts.get(f"{key}{ending}", **words | buttons(kit))


def buttons(kit: Kit) -> dict[str, str]:
    """What takes and what goes back in menus, as they are bound now."""
    return {"action": keys_of(kit, Control.ACTION, most=1), "assist": keys_of(kit, Control.ASSIST, most=1)}


def tempo_words(kit: Kit, tempo: Tempo) -> str:
    """What time does in practice, for the pause's list."""
    return kit.texts.get("menu.practice", tempo=_TEMPI[tempo.slow])


def tempo_tag(kit: Kit, tempo: Tempo) -> str:
    """The same for the HUD; nothing at the level's own pace."""
    return "" if tempo.slow >= 1.0 else kit.texts.get(f"tempo.{_TEMPI[tempo.slow]}_tag")


def watch_hint(kit: Kit, *, playing: bool) -> str:
    """What to press for a replay that plays, or that stands."""
    return hint(kit, "watch.playing" if playing else "watch.standing", **in_words(kit))


def flown_by(kit: Kit, pilot: str) -> str:
    """Who flew, in words: a pilot of ours by what it is, anybody else by the name that the record gives."""
    key = f"watch.by_{pilot}"
    if key in kit.texts:
        return kit.texts.get(key)
    return kit.texts.get("watch.by", pilot=pilot.encode("latin-1", "replace").decode("latin-1"))


def zones_of(kit: Kit, size: tuple[int, int]) -> tuple[Named, ...]:
    """The zones of a touch screen of this size in pixels, each with its word."""
    wide, high = size
    found = []
    for zone in zones(size):
        left, top = round(zone.left * wide), round(zone.top * high)
        right, bottom = round(min(zone.right, 1.0) * wide), round(min(zone.bottom, 1.0) * high)
        found.append(((left, top, right - left, bottom - top), kit.texts.get(f"zone.{zone.name}")))
    return tuple(found)
