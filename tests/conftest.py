"""Every test runs without a screen and without a loudspeaker: the drivers are chosen before pygame is imported.

Every property is tried with the same examples in every run: derandomised, without a memory and without a clock.
"""

from __future__ import annotations

import gc
import os
import sys

from hypothesis import settings

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

settings.register_profile("same-every-time", derandomize=True, deadline=None, database=None, print_blob=False)
settings.load_profile("same-every-time")


def pytest_unconfigure() -> None:
    """Let go of the flights that tests keep: a Space that outlives the engine's own module ends in a crash at exit."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("tests."):
            for value in tuple(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()
    gc.collect()
