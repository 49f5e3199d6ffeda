"""ah.turku.fi: a header table with one row for each handling, the title in ``p.ots``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pykala.model import BlockKind
from pykala.read.draft import Draft, Statement
from pykala.read.facts import DAY, meeting_day
from pykala.read.html import HtmlPage

_CASE: Final = re.compile(r"\d{1,6}-\d{4}(?= ?\(|\Z)")


def belongs(page: HtmlPage) -> bool:
    """Whether Turku's system made the page."""
    return any("ytt" in draft.marks for draft in page.drafts)


def headed(draft: Draft) -> Draft:
    """A block with the title's class is the title, whatever its tag."""
    if draft.marks[:1] == ("ots",) and draft.kind is BlockKind.PARAGRAPH:
        return replace(draft, kind=BlockKind.HEADING, level=1)
    return draft


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Town, body, section, day, case number and title."""
    titled = False
    for index, draft in enumerate(page.drafts):
        if "ytt" in draft.marks and draft.cells:
            yield from _header(draft, index)
        elif draft.level == 1 and not titled:
            titled = True
            yield Statement("title", draft.text.replace("\n", " "), index, 0, len(draft.text))
        elif not titled and (found := _CASE.match(draft.text)):
            yield Statement("case_number", found[0], index, found.start(), found.end())


def _header(draft: Draft, index: int) -> Iterator[Statement]:
    """The last row is this meeting; rows above it are earlier handlings."""
    owner = draft.cells[0][0]
    if owner.end > owner.start:
        yield Statement("municipality", draft.text[owner.start : owner.end], index, owner.start, owner.end)
    if len(draft.cells) < 2:
        return
    for column, cell in enumerate(draft.cells[-1]):
        text = draft.text[cell.start : cell.end]
        if column == 0 and text:
            yield Statement("body", text, index, cell.start, cell.end)
        elif DAY.fullmatch(text):
            yield from meeting_day(text, index, cell.start)
        elif column == 1 and text.isdigit():
            yield Statement("section", f"§ {text}", index, cell.start, cell.end)
