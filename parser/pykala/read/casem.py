"""CaseM's open interface (OData): nodes for bodies and meetings, contents for matters, a matter's sections as properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urljoin

from msgspec.structs import replace

from pykala.model import BlockKind, Origin
from pykala.read import facts, typeset
from pykala.read.draft import Draft, Page, Statement
from pykala.read.heading import body_in, day_in
from pykala.read.html import html_drafts
from pykala.read.links import Link
from pykala.read.markup import tree
from pykala.read.text import plain_drafts
from pykala.read.webpage import WebPage, absolute
from pykala.settings import Limits

_ROOT: Final = re.compile(r"https?://[^?#]{1,300}?/api/opennc/v\d{1,2}/(?:ContentLanguages\(\d{1,4}\)/)?")
_NODES: Final = re.compile(r"(?P<above>.{0,400}?Nodes\(\d{1,9}\)/)(?:SubNodes\(\)|Contents\(\))?/?\Z")
_MARKUP: Final = re.compile(r"<[a-z][^>]{0,2000}>", re.IGNORECASE)
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_CAMEL: Final = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|_")
#: What the interface calls a matter's facts.
_FACTS: Final = {
    "title": ("title", "otsikko", "name", "nimi"),
    "section": ("section", "sectionnumber", "articlenumber", "pykälä", "pykala", "pykälänumero"),
    "case_number": ("dno", "diarynumber", "diaarinumero", "dnro", "casenumber", "asianumero"),
    "body": ("organ", "organisation", "toimielin", "decisionmaker", "boardname"),
    "meeting_date": ("meetingdate", "kokouspäivä", "kokouspvm", "kokousaika"),
}
#: What the interface calls a matter's sections, and what bulletins head them with.
_HEADINGS: Final = {
    "description": "Kuvaus", "casetext": "Kuvaus", "proposal": "Päätösehdotus", "decisionproposal": "Päätösehdotus",
    "handling": "Käsittely", "meetinghandling": "Kokouskäsittely", "decision": "Päätös", "reasons": "Perustelut",
    "grounds": "Perustelut", "preparers": "Valmistelijat", "preparer": "Valmistelija", "presenters": "Esittelijät",
    "presenter": "Esittelijä", "appeal": "Muutoksenhaku", "distribution": "Tiedoksi", "attachments": "Liitteet",
    "history": "Aikaisempi käsittely",
}  # fmt: skip
_NAMED: Final = {key: name for name, keys in _FACTS.items() for key in keys}


def belongs(data: object) -> bool:
    """Whether the value of some JSON is a matter: a content with its properties, or the properties alone."""
    return bool(_properties(data)) and not (isinstance(data, dict) and _rows(data))


def read(data: object, limits: Limits) -> Page:
    """The drafts and facts of one matter.

    Args:
        data: the value of the JSON, for which :func:`belongs` holds.
        limits: how deep the markup of a section may nest.

    Raises:
        ReadError: the markup of a section cannot be read.
    """
    drafts: list[Draft] = []
    said: dict[str, Statement] = {}
    title = data.get("Title") if isinstance(data, dict) else None
    if isinstance(title, str) and title.strip():
        _head(_line(title), "/Title", drafts, said)
    published = _day(data.get("PublicDate")) if isinstance(data, dict) else None
    if published:
        said["published"] = Statement("published", published.isoformat())
    kinds = set()
    for pointer, entry in _properties(data):
        key = _folded(str(entry["Name"]))
        words = _words(entry)
        if key in _NAMED:
            _state(_NAMED[key], words, pointer, drafts, said)
        elif words:
            heading = _HEADINGS.get(key) or " ".join(_CAMEL.sub(" ", str(entry["Name"])).split()).capitalize()
            kinds.add(heading.casefold())
            drafts.append(Draft(heading, BlockKind.HEADING, 3, (key,), Origin(path=f"{pointer}/Name")))
            drafts += _section(words, f"{pointer}/Text", key, limits)
    if "päätös" in kinds or "päätösehdotus" in kinds:
        said["status"] = Statement("status", "minutes" if "päätös" in kinds else "agenda")
    return Page("casem", "application/json", tuple(drafts), tuple(said.values()))


def _head(title: str, pointer: str, drafts: list[Draft], said: dict[str, Statement]) -> None:
    if "title" not in said:
        said["title"] = Statement("title", title, len(drafts), 0, len(title))
        drafts.append(Draft(title, BlockKind.HEADING, 1, ("title",), Origin(path=pointer)))


def _state(name: str, words: str, pointer: str, drafts: list[Draft], said: dict[str, Statement]) -> None:
    """One fact, with a line of the text that says it."""
    line = _line(words)
    if name == "title" and line:
        _head(line, f"{pointer}/Text", drafts, said)
        return
    value = _value(name, line)
    if not value or name in said:
        return
    if name == "meeting_date":
        said[name] = Statement(name, value)
        return
    written = value if name == "section" else line
    drafts.append(Draft(written, BlockKind.PARAGRAPH, 0, (name,), Origin(path=pointer)))
    start = written.find(value)
    said[name] = Statement(name, value, len(drafts) - 1, start, start + len(value))


def _value(name: str, line: str) -> str | None:
    if name == "meeting_date":
        found = _ISO_DAY.search(line)
        return found[0] if found else facts.day(line)
    if name == "section":
        number = facts.section_number(line) or (line if line.isdigit() else None)
        return f"§ {number}" if number else None
    return line or None


def _section(words: str, pointer: str, key: str, limits: Limits) -> Iterator[Draft]:
    """The drafts of a section, whose text is markup or plain."""
    if not _MARKUP.search(words):
        yield from (replace(draft, marks=(key,), origin=Origin(path=pointer)) for draft in plain_drafts(words))
        return
    for draft in html_drafts(tree(words, limits), limits):
        yield replace(draft, marks=(*draft.marks, key), origin=Origin(path=f"{pointer}#{draft.origin.path or ''}"))


def _line(words: str) -> str:
    return typeset.line(typeset.characters(" ".join(words.split())))


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _words(entry: Mapping[str, Any]) -> str:
    """What a property holds: a text, a day or a number."""
    for key in ("Text", "Date", "Number"):
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value) if isinstance(value, int) else f"{value:g}"
    return ""


def _properties(data: object) -> list[tuple[str, dict[str, Any]]]:
    """The properties of a matter, each with its JSON pointer."""
    if not isinstance(data, dict):
        return []
    for key in ("ExtendedProperties", "value"):
        held = data.get(key)
        if isinstance(held, list):
            found = [(f"/{key}/{at}", one) for at, one in enumerate(held) if isinstance(one, dict)]
            named = [(pointer, one) for pointer, one in found if isinstance(one.get("Name"), str) and "Text" in one]
            if named:
                return named
    return []


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it is a collection of nodes or of contents."""
    return page.kind == "json" and isinstance(page.data, dict) and bool(_rows(page.data))


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """A node's own nodes and contents, a collection's matters with their properties, and the collection's next part."""
    data = page.data
    if not isinstance(data, dict):
        return ()
    known = _ROOT.match(address) or _ROOT.match(str(data.get("odata.metadata", "")))
    root = known[0] if known else urljoin(address, "/api/opennc/v1/")
    found = [link for row in _rows(data) for link in _links(row, root, address)]
    following = data.get("odata.nextLink", data.get("@odata.nextLink"))
    further = absolute(following, root) if isinstance(following, str) and following else None
    if further:
        found.append(Link(further, "listing"))
    return tuple(found)


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes and contents of a collection."""
    held = data.get("value")
    rows = [row for row in held if isinstance(row, dict)] if isinstance(held, list) else []
    return [row for row in rows if ("ContentId" in row or "NodeId" in row) and not ("Name" in row and "Text" in row)]


def _links(row: Mapping[str, Any], root: str, address: str) -> Iterator[Link]:
    title = next((_line(row[key]) for key in ("Title", "Name", "NodeName") if isinstance(row.get(key), str)), "")
    content, node = row.get("ContentId"), row.get("NodeId")
    if _is_number(content):
        day = day_in(title) or _day(row.get("MeetingDate", row.get("PublicDate")))
        yield Link(
            f"{root}Contents({content})?$expand=ExtendedProperties&$format=json", "bulletin", title, day, body_in(title)
        )
    elif _is_number(node):
        above = _NODES.match(address.partition("?")[0])
        place = f"{above['above']}SubNodes({node})/" if above else f"{root}Nodes({node})/"
        for part in ("SubNodes()", "Contents()"):
            yield Link(f"{place}{part}?$format=json", "listing", title, day_in(title), body_in(title))


def _is_number(value: object) -> bool:
    return isinstance(value, int | str) and str(value).isdecimal() and len(str(value)) < 10


def _day(written: object) -> date | None:
    found = _ISO_DAY.match(written) if isinstance(written, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
