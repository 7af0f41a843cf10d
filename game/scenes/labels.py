"""What controls are called on the device in hand, as they are bound now."""

from __future__ import annotations

from typing import Final

from game.input.devices import Hand
from game.input.keys import key_label
from game.record.settings import Control, Device
from game.scenes.kit import Kit

# The lines of the pause's list: a text of `controls`, and the controls that it is about.
LINES: Final[tuple[tuple[str, tuple[Control, ...]], ...]] = (
    ("tilt", (Control.LEFT, Control.RIGHT)),
    ("throttle", (Control.UP, Control.DOWN)),
    ("reel", (Control.UP, Control.DOWN)),
    ("action", (Control.ACTION,)),
    ("assist", (Control.ASSIST,)),
    ("mark", (Control.MARK_UP_TRACK, Control.MARK_DOWN_TRACK)),
)


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
    device = device_in_hand(kit)
    bound = [kit.devices.bindings(device).get(control, ()) for control in controls]
    ways = list(zip(*bound, strict=False))[: most if device is Device.KEYBOARD else 1]
    either = kit.texts.get("parts.or")
    return f" {either} ".join(dict.fromkeys(", ".join(label(kit, device, name) for name in way) for way in ways))


def control_lines(kit: Kit) -> tuple[str, ...]:
    """Every control of a flight in a line: what to press, and what it does."""
    return tuple(kit.texts.get(f"controls.{key}", keys=keys_of(kit, *controls)) for key, controls in LINES)
