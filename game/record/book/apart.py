"""What a prover's other process does. What takes long to import waits until it has stepped back behind the window."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

_NICENESS: Final = 15  # nearly whatever is left over


def fly_apart(answer: Connection, text: str, name: str) -> None:
    """Fly a record again (proving.py), and send what was found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the game, which ends us
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICENESS)
    from game.record.book.proving import fly_again  # noqa: PLC0415  see above: it takes half a second to import

    with answer, suppress(OSError):  # nobody is there any more: the flight is proved at the next start
        answer.send(fly_again(text, name))
