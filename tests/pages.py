"""Pages of docs/ with tables that code makes: each table stands between a pair of marks."""

from __future__ import annotations

import re
from pathlib import Path


def page_with(name: str, table: str, page: str) -> str:
    """The page with this table between the marks of its name. Raises ValueError for a page without them."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"there is no place for {name}")
    return pattern.sub(lambda _: f"{begin}{table}\n{end}", page)


def write_table(path: Path, name: str, table: str) -> bool:
    """Put this table into the page; whether it is another one than before."""
    old = path.read_text("utf-8")
    new = page_with(name, table, old)
    path.write_text(new, "utf-8")
    return new != old
