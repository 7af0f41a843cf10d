"""What keeps the book small: records that nobody can want any more are dropped, their figures stay.

A record is kept as long as
- its flight stands among the first hundred of its board, or of the board of its daily flight,
- it was flown this week or last week (so it may stand on the boards of a week or a day),
- it still waits to be proved,
- or it is one of the newest two hundred of the book: one's own last flights, and what can be looked into. The newest
  are those that came in last, whatever the clock said then; what was brought along comes behind one's own.

Everything else about the flight stays for ever: some 400 bytes each.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from game.record.book.boards import ROWS, Period, span_of
from game.record.book.entry import ACCEPTED, PERSON, Proof
from game.record.book.store import Store

NEWEST: Final = 200
EVERY: Final = 50  # flights

_ACCEPTED: Final = ", ".join(f"'{proof}'" for proof in sorted(ACCEPTED))
# By partition, because a board is of a level, a mode and one version of the level's content and of the rules; the
# autopilot's flights have places of their own, for they are raced and watched.
_OUTRANKED: Final = f"""
SELECT id FROM (
    SELECT id, row_number() OVER (
        PARTITION BY level, board, pilot = '{PERSON}', practised, rules, content, daily
        ORDER BY score DESC, propellant_kg DESC, flown_at, id
    ) AS place FROM flights WHERE proof IN ({_ACCEPTED})
) WHERE place > ?
"""


def thin(store: Store, now: datetime) -> int:
    """Drop the records that may be dropped at this moment; how many there were. Raises BookError."""
    week, _ = span_of(Period.WEEK, now - timedelta(days=7))
    with store.writing() as connection:
        done = connection.execute(
            "UPDATE flights SET replay = NULL WHERE replay IS NOT NULL AND flown_at < ? AND proof <> ? "
            "AND id NOT IN (SELECT id FROM flights ORDER BY brought, id DESC LIMIT ?) "
            f"AND (proof NOT IN ({_ACCEPTED}) OR id IN ({_OUTRANKED}))",
            (week, Proof.PENDING.value, NEWEST, ROWS),
        )
        return done.rowcount
