"""The debrief as one HTML page: words as words, charts as pictures inside it, nothing loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Final

from game.cues.debrief import Beside
from game.cues.told import later_words, lesson_words, moment_words, time_words
from game.lab.sheet import Sheet
from game.lab.sheet_charts import curves_png, map_png
from game.scoring import HALF_POINTS

_NOTHING_FROM_ELSEWHERE: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.2rem 4rem; background: #f7f1e4; color: #2b1d18;
       font: 1.05rem/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 2.4rem; line-height: 1.1; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .6rem; }
.flight { color: #1f4e6b; margin: 0 0 1.2rem; }
.note { border-left: .3rem solid #c8541f; padding: .5rem .9rem; background: #efe3cd; }
.try { border-left: .3rem solid #1f4e6b; padding: .5rem .9rem; background: #efe3cd; font-size: 1.15rem; }
.joke { font-style: italic; color: #6b4a35; }
.bar { display: flex; height: .8rem; background: #e2d3ba; margin: .2rem 0 .8rem; }
.bar span { background: #c8541f; }
img { width: 100%; height: auto; display: block; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: right; color: #1f4e6b; font-weight: 600; }
th:first-child, td:first-child { text-align: left; }
td { text-align: right; border-top: 1px solid #e2d3ba; padding: .15rem .4rem; }
.never td { color: #8a7462; }
.end td { font-weight: 700; }
footer { margin-top: 3rem; color: #6b4a35; font-size: .9rem; }
"""


def sheet_html(sheet: Sheet) -> str:
    """The page. The same sheet gives the same text. Raises NoPlotsError when there are charts to draw and no means."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    texts = sheet.texts
    title, flight = sheet.head()
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FROM_ELSEWHERE}">'
    yield f"<title>{escape(texts.get('game.name'))}: {escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f'<h1>{escape(title)}</h1>\n<p class="flight">{escape(flight)}</p>'
    yield from (f"<p>{escape(line)}</p>" for line in sheet.story())
    yield from (f'<p class="note">{escape(line)}</p>' for line in sheet.notes())
    if sheet.told is not None:
        yield f"<h2>{escape(texts.get('report.points'))}</h2>"
        yield from _points(sheet)
        yield f"<h2>{escape(texts.get('report.try_next'))}</h2>"
        yield f'<p class="try">{escape(lesson_words(texts, sheet.told))}</p>'
        yield f'<p class="joke">{escape(texts.get(sheet.told.joke))}</p>'
    if sheet.track is not None:
        over = texts.get("report.curves" if sheet.flown else "report.curves_alone")
        yield f"<h2>{escape(over)}</h2>\n{_picture(curves_png(sheet), over)}"
    if sheet.told is not None:
        yield from _timeline(sheet, sheet.told.moments)
        if sheet.told.places:
            name = texts.get("report.map")
            yield f"<h2>{escape(name)}</h2>\n{_picture(map_png(sheet), name)}"
    yield f"<footer>{escape(texts.get('report.footer'))} {escape(texts.get('game.credit'))}</footer>\n</body>\n</html>"


def _points(sheet: Sheet) -> Iterator[str]:
    """Each line with a bar of what it took of the ten thousand."""
    costs = sheet.told.costs if sheet.told else ()
    for i, words in enumerate(sheet.points()):
        yield f"<div>{escape(words)}</div>"
        if costs:
            share = 100.0 * costs[i].points / (2.0 * HALF_POINTS)
            yield f'<div class="bar"><span style="width: {share:.2f}%"></span></div>'


def _timeline(sheet: Sheet, moments: tuple[Beside, ...]) -> Iterator[str]:
    texts = sheet.texts
    heads = [texts.get("report.moment"), texts.get("report.this_flight")]
    if sheet.flown:
        heads += [texts.get("report.flown", title=sheet.flown.title), texts.get("report.difference")]
    yield f"<h2>{escape(texts.get('report.timeline'))}</h2>\n<table>"
    yield f"<tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>"
    for moment in moments:
        cells = [moment_words(texts, moment), time_words(moment.ours_s)]
        if sheet.flown:
            cells += [time_words(moment.flown_s), later_words(moment)]
        kind = ' class="never"' if moment.ours_s is None else ' class="end"' if moment.detail else ""
        yield f"<tr{kind}>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</table>"


def _picture(png: bytes, name: str) -> str:
    return f'<img alt="{escape(name, quote=True)}" src="data:image/png;base64,{b64encode(png).decode("ascii")}">'
