"""KTweb: pages laid out in tables; the first names town, paper, body, section and day, the next begins with the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pykala.model import BlockKind
from pykala.read.draft import Draft, DraftCell, Statement
from pykala.read.facts import DAY, SECTION, meeting_day
from pykala.read.heading import body_in
from pykala.read.html import HtmlPage

_TITLE: Final = re.compile(
    r"\A(?P<owner>[^:]{3,80}) : (?:Pykälän tiedot|Viranhaltijapäätös|Pöytäkirja|Esityslista|Pöytäkirjan asia|Kokousasian tiedot|"
    r"Paragrafens uppgifter|Protokoll|Föredragningslista)\Z"
)
_PROGRAM: Final = re.compile(r"\AKTweb: (?P<owner>[^,]{3,80}),")
_AGENDA: Final = re.compile(r"(?:esityslista|föredragningslista)\b", re.IGNORECASE)
_MINUTES: Final = re.compile(r"(?:pöytäkirja|protokoll)\b", re.IGNORECASE)
_OFFICERS: Final = re.compile(r"(?:viranhaltijapäätös|tjänsteinnehavarbeslut)\Z", re.IGNORECASE)
_NAMED: Final = re.compile(r"(?:otsikko|rubrik)\Z", re.IGNORECASE)
_HEAD: Final = 6  # drafts among which the table of the meeting stands


class _Cell(NamedTuple):
    """One cell of the header table, with its place."""

    text: str
    draft: int
    start: int
    end: int


def belongs(page: HtmlPage) -> bool:
    """Whether KTweb made the page: its title says so, and a table of town and paper opens it."""
    return bool(_TITLE.match(page.title) or _PROGRAM.match(page.title)) and _header(page.drafts) is not None


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Town, body or office holder, section, day, title, and whether it is an agenda."""
    found = _header(page.drafts)
    if found is None:
        return
    index, rows = found
    owner = _TITLE.match(page.title) or _PROGRAM.match(page.title)
    if owner:
        yield Statement("municipality", owner["owner"].strip())
    yield from _meeting(rows)
    yield from _title(page.drafts, index + 1)


def _header(drafts: list[Draft]) -> tuple[int, list[list[_Cell]]] | None:
    """The first table with a day in it."""
    for index, draft in enumerate(drafts[:_HEAD]):
        if draft.cells and DAY.search(draft.text):
            return index, [[_cell(draft, index, cell) for cell in row] for row in draft.cells]
    return None


def _cell(draft: Draft, index: int, cell: DraftCell) -> _Cell:
    return _Cell(draft.text[cell.start : cell.end], index, cell.start, cell.end)


def _meeting(rows: list[list[_Cell]]) -> Iterator[Statement]:
    """The last row with a day is this meeting's; rows above it are earlier handlings."""
    cells = [cell for row in rows for cell in row]
    own = next(row for row in reversed(rows) if any(DAY.search(cell.text) for cell in row))
    officer = any(_OFFICERS.match(cell.text) for cell in cells)
    for cell in own:
        day = DAY.search(cell.text)
        if day and not officer:
            yield from meeting_day(day[0], cell.draft, cell.start + day.start())
        elif not day and officer and cell.text:
            yield Statement("officer", cell.text, *cell[1:])
        elif not officer and body_in(cell.text) == cell.text:
            yield Statement("body", cell.text, *cell[1:])
    for cell in (*own, *cells):
        found = SECTION.search(cell.text)
        if found and (len(rows) <= 2 or cell in own):
            start, end = found.span("number" if found["number"] else "turned")
            yield Statement("section", f"§ {cell.text[start:end]}", cell.draft, cell.start + start, cell.start + end)
            break
    if any(_AGENDA.match(cell.text) for cell in cells):
        yield Statement("status", "agenda")
    elif any(_MINUTES.match(cell.text) for cell in cells):
        yield Statement("status", "minutes")


def _title(drafts: list[Draft], first: int) -> Iterator[Statement]:
    """The bold cell that opens the table of the matter, or the cell beside *Otsikko*."""
    if len(drafts) <= first:
        return
    draft = drafts[first]
    if draft.kind is BlockKind.HEADING:
        yield Statement("title", draft.text.replace("\n", " "), first, 0, len(draft.text))
    for row in draft.cells:
        label, *rest = (draft.text[cell.start : cell.end] for cell in row)
        if rest and rest[0] and _NAMED.match(label):
            yield Statement("title", rest[0], first, row[1].start, row[1].end)
