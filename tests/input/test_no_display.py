"""A machine without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(
    sys.platform != "linux" or Path("/dev/dri").exists(), reason="this machine has a screen of some kind"
)
def test_without_a_display_there_is_one_sentence() -> None:
    """It names what flies without one; nothing else is printed, also not by the libraries underneath."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "XDG_RUNTIME_DIR")
    env = {name: value for name, value in os.environ.items() if name not in named}
    done = subprocess.run(
        [sys.executable, "-m", "game"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert sentence == "skycrane: there is no display to play on; 'skycrane fly sky-crane' flies without one"
