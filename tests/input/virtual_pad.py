"""A gamepad without hardware: SDL's own virtual joystick, made in the very library that pygame uses."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame
import pytest

AXES, BUTTONS, HATS = 6, 11, 1  # a usual pad's
_GAMEPAD = 1
_END = 32767
HAT = {"centre": 0, "up": 1, "right": 2, "down": 4, "left": 8}


def _library() -> ctypes.CDLL:
    found = sorted((Path(pygame.__file__).parents[1] / "pygame_ce.libs").glob("libSDL2-2*.so*"))
    if not found:
        pytest.skip("this build of pygame does not bring SDL along as a shared library")
    sdl = ctypes.CDLL(str(found[0]))
    sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
    for name in ("SetVirtualAxis", "SetVirtualButton", "SetVirtualHat", "Close"):
        getattr(sdl, f"SDL_Joystick{name}").argtypes = {
            "SetVirtualAxis": [ctypes.c_void_p, ctypes.c_int, ctypes.c_int16],
            "SetVirtualButton": [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint8],
            "SetVirtualHat": [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint8],
            "Close": [ctypes.c_void_p],
        }[name]
    return sdl


class VirtualPad:
    """Plugged in by `plug`; what is set arrives as true events when pygame next looks."""

    def __init__(self) -> None:
        self._sdl = _library()
        self._index = -1
        self._joystick: int | None = None

    def plug(self, buttons: int = BUTTONS, hats: int = HATS) -> None:
        self._index = self._sdl.SDL_JoystickAttachVirtual(_GAMEPAD, AXES, buttons, hats)
        assert self._index >= 0
        self._joystick = self._sdl.SDL_JoystickOpen(self._index)
        assert self._joystick
        self.axis(5, -1.0)  # a trigger rests at its end

    def unplug(self) -> None:
        if self._index >= 0:
            self._sdl.SDL_JoystickDetachVirtual(self._index)
            self._sdl.SDL_JoystickClose(self._joystick)
            self._index, self._joystick = -1, None

    def axis(self, number: int, value: float) -> None:
        assert self._sdl.SDL_JoystickSetVirtualAxis(self._joystick, number, round(value * _END)) == 0

    def button(self, number: int, *, down: bool) -> None:
        assert self._sdl.SDL_JoystickSetVirtualButton(self._joystick, number, int(down)) == 0

    def hat(self, way: str) -> None:
        assert self._sdl.SDL_JoystickSetVirtualHat(self._joystick, 0, HAT[way]) == 0


@contextmanager
def a_pad() -> Iterator[VirtualPad]:
    """Within an open window; unplugged afterwards."""
    pygame.joystick.init()
    pad = VirtualPad()
    try:
        yield pad
    finally:
        pad.unplug()
        pygame.event.clear()
        pygame.joystick.quit()
