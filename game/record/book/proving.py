"""Proving an entry: its record is flown again, and what comes of that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.content.errors import InputError
from game.content.levels import level_ids, load_level
from game.record.book.entry import Proof, Values, flown_values
from game.record.replay import parse_replay
from game.record.verify import Verdict, verify

_LONGEST_DETAIL: Final = 400


@dataclass(frozen=True, slots=True)
class Proved:
    """How far a record proved its flight. `values` are the figures of the flight as it was flown here, by column; None
    when it was not flown to its end.
    """

    proof: Proof
    detail: str
    values: Values | None = None


def fly_again(text: str, name: str) -> Proved:
    """Fly the record in this text again, as fast as the machine can: a second or two for a whole mission.

    `name` stands for it in what is said about it. Never raises for what a text may hold: a record that cannot be read
    or flown here is not verified. Only the game's own levels are flown, whatever the record names.
    """
    try:
        replay = parse_replay(text, name)
        if replay.header.level not in level_ids():
            return not_verified(f"{name}: was flown on the level '{replay.header.level}', which this game has not")
        verification = verify(replay, load_level(replay.header.level), name)
    except InputError as error:
        return not_verified(str(error))
    except (ArithmeticError, ValueError, IndexError) as error:  # commands that tear the flight apart
        return not_verified(f"{name}: cannot be flown: {error}")
    values = None if verification.report is None else flown_values(verification.report)
    proof = _PROOFS.get(verification.verdict, Proof.NOT_VERIFIED)
    return Proved(proof, verification.sentence[:_LONGEST_DETAIL], values)


def not_verified(why: str) -> Proved:
    """What cannot be flown here."""
    return Proved(Proof.NOT_VERIFIED, why[:_LONGEST_DETAIL])


_PROOFS: Final = {
    Verdict.EXACT: Proof.EXACT,
    Verdict.WITHIN_TOLERANCE: Proof.WITHIN_TOLERANCE,
    Verdict.NOT_VERIFIED: Proof.NOT_VERIFIED,
    Verdict.DIFFERS: Proof.DIFFERS,
}
