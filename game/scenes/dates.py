"""Dates in words."""

from __future__ import annotations

from datetime import datetime

from game.content.daily import date_parts
from game.content.texts import Texts


def date_words(texts: Texts, date: str) -> str:
    """A date such as 2026-11-26 as people say it."""
    year, month, day = date_parts(date)
    return texts.get("date.day", day=str(day), month=texts.get(f"date.month_{month}"), year=str(year))


def date_of(moment: datetime) -> str:
    """The date of a moment as the daily flight and the score book write it; the moment is in UTC."""
    return moment.date().isoformat()
