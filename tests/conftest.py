"""Every test runs without a screen and without a loudspeaker: the drivers are chosen before pygame is imported.

Every property is tried with the same examples in every run: derandomised, without a memory and without a clock.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

import pytest
from hypothesis import settings

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

settings.register_profile("same-every-time", derandomize=True, deadline=None, database=None, print_blob=False)
settings.load_profile("same-every-time")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Whoever runs us in the background may have us deaf to Ctrl-C; tests send it, to us and to our children.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs by night may take as long as it takes (`timeout` in pyproject.toml is for all others)."""
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.timeout(0))


def pytest_sessionfinish() -> None:
    """Let go of the flights that tests keep in caches, while there is still an interpreter to do it.

    pymunk frees a Space through callbacks. The interpreter takes those down before it clears the modules that hold the
    caches, and the process would end in a crash, whatever the tests have found.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("tests."):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    clear()
    gc.collect()
