"""ah.turku.fi: a header table with one row for each handling, the title in ``p.ots``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec.structs import replace

from pykala.model import BlockKind
from pykala.read import descent
from pykala.read.draft import Draft, Statement
from pykala.read.facts import DAY, meeting_day
from pykala.read.heading import heading_of, opening
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.markup import names_of
from pykala.read.webpage import WebPage, parts_of

_CASE: Final = re.compile(r"\d{1,6}-\d{4}(?= ?\(|\Z)")
_SYSTEM: Final = "Esityslistat/pöytäkirjat"
_FOLDER: Final = re.compile(r"/\d{7}[a-z]/(?:welcome\.html?)?\Z", re.IGNORECASE)
_MATTER: Final = re.compile(r"/\d{6,8}\.html?\Z", re.IGNORECASE)
_HOST: Final = ".turku.fi"
# /BODY/YEAR/MMDDnnnx/NUMBER.htm; an index is called welcome.htm or goes without a name.
_PATH: Final = re.compile(
    r"/(?P<body>[a-zåäö]{2,12})/(?:(?P<year>\d{4})/(?:(?P<meeting>\d{4}\d{3}[a-z])/)?)?(?:(?P<matter>\d{4,10}\.html?)|welcome\.html?)?\Z",
    re.IGNORECASE,
)


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


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it is an index of bodies, of years, of meetings or of a meeting's matters."""
    return page.kind == "html" and descent.leads_down(page, _steps(page)) and not _is_item(page)


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """Bodies, years, meetings and matters; the day of a meeting stands in the address if nowhere else."""
    found = descent.links(page, address, _steps(page), heading_of(page))
    return tuple(replace(link, day=link.day or _day(link.address)) for link in found)


def _steps(page: WebPage) -> descent.Step:
    """Where an address stands, which a page of Turku's own tells even where its folders are not known."""
    title = page.root.find(".//title")
    own = title is not None and opening(title, 60) == _SYSTEM
    return lambda address: found if (found := _step(address)) is not None or not own else _loose(address)


def _loose(address: str) -> int | None:
    path = parts_of(address).path
    return descent.MEETING if _FOLDER.search(path) else descent.ITEM if _MATTER.search(path) else None


def _step(address: str) -> int | None:
    """Where an address stands: /kh/2017/0502011x/3540802.htm is a matter of the meeting of 2 May 2017.

    >>> [_step(f"http://ah.turku.fi{path}") for path in ("/kh/", "/kh/2017/", "/kh/2017/0502011x/welcome.htm")]
    [2, 3, 4]
    """
    parts = parts_of(address)
    found = _PATH.match(parts.path)
    if found is None:
        return None
    if found["meeting"]:
        return descent.ITEM if found["matter"] else descent.MEETING
    if found["matter"] or not (parts.hostname or "").endswith(_HOST):
        return None  # any site may have a folder of that form
    return descent.YEAR if found["year"] else descent.BODY


def _day(address: str) -> date | None:
    found = _PATH.match(parts_of(address).path)
    if found is None or not found["meeting"]:
        return None
    try:
        return date(int(found["year"]), int(found["meeting"][:2]), int(found["meeting"][2:4]))
    except ValueError:
        return None


def _is_item(page: WebPage) -> bool:
    """Whether it is a matter's page: a header table with one row for each handling."""
    return any("ytt" in names_of(node) for node in page.root.iter("table"))
