"""Every test runs without a screen and without a loudspeaker: the drivers are chosen before pygame is imported.

Every property is tried with the same examples in every run: derandomised, without a memory and without a clock.
"""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

settings.register_profile("same-every-time", derandomize=True, deadline=None, database=None, print_blob=False)
settings.load_profile("same-every-time")
