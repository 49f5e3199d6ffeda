"""Ahjo, the case system of Helsinki: its decision documents name every part by a class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pykala.model import BlockKind
from pykala.read.draft import Draft, Statement
from pykala.read.facts import SECTION, dated, meeting_day, section_number
from pykala.read.html import HtmlPage

_STATUS: Final = {"paatos": "minutes", "viranhaltijapaatos": "minutes", "esitys": "agenda"}
_CASE: Final = re.compile(r"[A-ZÅÄÖ]{2,5} \d{4}-\d{6}")
_OWN_CLASSES: Final = frozenset(("asiaotsikko", "sisaltosektio", "dnrotmuoto", "asiapykala"))


def belongs(page: HtmlPage) -> bool:
    """Whether Ahjo made the page."""
    return any(not _OWN_CLASSES.isdisjoint(draft.marks) for draft in page.drafts)


def facts(page: HtmlPage) -> Iterator[Statement]:
    """What the classes state: title, section, case number, presenter, officer, status."""
    for index, draft in enumerate(page.drafts):
        marks = draft.marks
        if "asiapykala" in marks and (found := SECTION.search(draft.text)):
            yield Statement("section", f"§ {section_number(found[0])}", index, found.start(), found.end())
        elif "asiaotsikko" in marks:
            yield Statement("title", draft.text.replace("\n", " "), index, 0, len(draft.text))
        elif "dnrotmuoto" in marks and (found := _CASE.search(draft.text)):
            yield Statement("case_number", found[0], index, found.start(), found.end())
        elif "otsikonviite" in marks:
            yield from _header(draft, index)
        elif "puheenjohtajaotsikko" in marks and "viranhaltijapaatos" in marks:
            yield Statement("officer", draft.text, index, 0, len(draft.text))
        elif "esittelijatiedot" in marks and draft.kind is BlockKind.HEADING:
            yield from _presenter(page.drafts, index + 1)
    yield from _status(page.drafts)


def _header(draft: Draft, index: int) -> Iterator[Statement]:
    """*Kaupunginhallitus 13.05.2024* above the title."""
    found = dated(draft.text)
    if found is not None:
        body, when = found
        yield Statement("body", body, index, 0, len(body))
        yield from meeting_day(when, index, len(draft.text) - len(when))


def _presenter(drafts: Sequence[Draft], first: int) -> Iterator[Statement]:
    """The title and the name that stand in a row under the heading."""
    last = first
    while last < len(drafts) and last < first + 2 and drafts[last].kind is BlockKind.PARAGRAPH:
        last += 1
    if last > first:
        said = " ".join(draft.text.replace("\n", " ") for draft in drafts[first:last])
        yield Statement("presenter", said, first, 0, len(drafts[last - 1].text), last=last - 1)


def _status(drafts: Sequence[Draft]) -> Iterator[Statement]:
    for draft in drafts:
        for mark in draft.marks:
            if mark in _STATUS:
                yield Statement("status", _STATUS[mark])
                return
