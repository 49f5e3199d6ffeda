"""JSON → drafts: Ahjo's open interface, and any other object whose strings hold the text of a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace

from pykala.errors import TooLarge
from pykala.model import BlockKind, Origin
from pykala.read import facts, platforms, typeset
from pykala.read.draft import Draft, Page, Statement
from pykala.read.html import open_html
from pykala.read.text import plain_drafts
from pykala.settings import Limits

_MARKUP: Final = re.compile(
    r"<(?:p|div|html|body|h[1-6]|br|table|ul|ol|span|strong|section)\b[^>]{0,2000}>", re.IGNORECASE
)
# Keys of which the object says the same in other words, or that lead to other documents.
_SKIPPED: Final = frozenset((
    "attachment", "attachments", "caseid", "classification", "classificationcode", "classificationtitle", "composition",
    "decisionhistorypdf", "existing", "id", "language", "languages", "link", "links", "meetingid", "minutespdf", "nativeid",
    "participants", "pdf", "permalink", "previousdecisions", "publicityclass", "records", "resource_uri", "signatures", "slug",
    "type", "typeid", "uri", "url", "versionseriesid", "votingresults",
))  # fmt: skip
_MOTION: Final = frozenset(("motion", "proposal"))
_HISTORY: Final = frozenset(("decisionhistoryhtml", "decisionhistory"))
_FACTS: Final = {
    "title": ("title", "agendaitem", "subject"),
    "case_number": ("caseidlabel", "register_id", "diarynumber"),
    "section": ("section",),
    "body": ("decisionmaker", "decision_maker", "policymaker_name"),
    "meeting_date": ("datedecision", "decisiondate", "datemeeting", "meetingdate"),
    "meeting_number": ("sequencenumber", "meetingsequencenumber"),
    "meeting_place": ("location",),
    "presenter": ("presenter", "introducer"),
}
_NAMED: Final = {key: name for name, keys in _FACTS.items() for key in keys}
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROSE: Final = 40  # characters from which on a string under an unknown key is text
_CASE: Final = re.compile(r"(?P<case>[A-ZÅÄÖ]{2,5} \d{4}-\d{6})(?: T [\d ]+)?\Z")


_OF_EACH: Final = frozenset(("title", "section", "case_number", "presenter"))  # the rest is the whole document's


@dataclass(slots=True)
class _Part:
    """What one object of the document gives; its statements count its own drafts."""

    drafts: list[Draft] = field(default_factory=list)
    said: dict[str, Statement] = field(default_factory=dict)

    def state(self, statement: Statement) -> None:
        self.said.setdefault(statement.name, statement)

    def head(self, draft: Draft) -> None:
        """Put a heading before the rest."""
        self.drafts.insert(0, draft)
        self.said = {name: _moved(statement, 1) for name, statement in self.said.items()}


@dataclass(slots=True)
class _Reading:
    limits: Limits
    drafts: list[Draft] = field(default_factory=list)
    said: dict[tuple[str, int], Statement] = field(default_factory=dict)
    decision: int = 0

    def take(self, part: _Part) -> None:
        """Add a part; what is said first holds, of its own decision or of the whole document."""
        for statement in part.said.values():
            key = statement.name, self.decision if statement.name in _OF_EACH else 0
            self.said.setdefault(key, _moved(statement, len(self.drafts)))
        self.drafts += part.drafts


def _moved(statement: Statement, by: int) -> Statement:
    if statement.draft is None:
        return statement
    return replace(statement, draft=statement.draft + by, last=None if statement.last is None else statement.last + by)


def read(data: object, limits: Limits) -> Page:
    """The drafts and facts of a JSON document.

    Args:
        data: the value of the JSON.
        limits: how deep it may nest.

    Raises:
        TooLarge: it nests deeper than the limits allow.
    """
    reading = _Reading(limits)
    for pointer, record in _records(data, limits):
        _read(record, pointer, reading)
    statements = tuple(reading.said.values())
    return Page("ahjo_json", "application/json", tuple(reading.drafts), statements)


def _records(data: object, limits: Limits) -> Iterator[tuple[str, Any]]:
    """The objects that hold text of their own, in the document's order, each with its JSON pointer."""
    stack: list[tuple[str, Any, int]] = [("", data, 0)]
    while stack:
        pointer, value, depth = stack.pop()
        if depth > limits.depth:
            raise TooLarge(f"it nests deeper than {limits.depth:,} levels (depth)")
        if isinstance(value, dict):
            yield pointer, value
            inner = [(f"{pointer}/{_escaped(key)}", held) for key, held in value.items() if key.lower() not in _SKIPPED]
        elif isinstance(value, list):
            if any(isinstance(held, str) for held in value):
                yield pointer, {str(at): held for at, held in enumerate(value) if isinstance(held, str)}
            inner = [(f"{pointer}/{at}", held) for at, held in enumerate(value)]
        else:
            if depth == 0 and isinstance(value, str):
                yield "", {"": value}
            continue
        stack.extend((path, held, depth + 1) for path, held in reversed(inner) if isinstance(held, dict | list))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _read(record: dict[str, Any], pointer: str, reading: _Reading) -> None:
    part = _Part()
    held = {key: value for key, value in record.items() if isinstance(value, str) and value.strip()}
    bodies = {key: value for key, value in held.items() if _is_body(key, value)}
    decided = any(key.lower() not in _MOTION | _HISTORY for key in bodies)
    reading.decision += bool(bodies)
    for key, value in bodies.items():
        if key.lower() in _MOTION and decided:
            continue  # what was proposed, once more; the decision says what came of it
        _add(part, value, f"{pointer}/{_escaped(key)}" if key else pointer, key.lower(), reading.limits)
    if bodies and not decided and any(key.lower() in _MOTION for key in bodies):
        part.state(Statement("status", "agenda"))
    _state(record, pointer, part)
    reading.take(part)


def _is_body(key: str, value: str) -> bool:
    if key.lower() in _SKIPPED or key.lower() in _NAMED:
        return False
    return bool(_MARKUP.search(value)) or (len(value) >= _PROSE and value.count(" ") >= 3 and "://" not in value[:12])


def _add(part: _Part, value: str, pointer: str, key: str, limits: Limits) -> None:
    """The drafts of one string, with the facts that its own markup states."""
    if not _MARKUP.search(value):
        part.drafts += (replace(draft, marks=(key,), origin=Origin(path=pointer)) for draft in plain_drafts(value))
        return
    page = platforms.read_page(open_html(value, limits))
    if key not in _HISTORY:
        for statement in page.statements:
            part.state(_moved(statement, len(part.drafts)))
    part.drafts += (
        replace(draft, marks=(*draft.marks, key), origin=Origin(path=f"{pointer}#{draft.origin.path or ''}"))
        for draft in page.drafts
    )


def _state(record: dict[str, Any], pointer: str, part: _Part) -> None:
    """The facts of an object's own keys; a title that its text does not repeat becomes its heading."""
    for key, value in record.items():
        name = _NAMED.get(key.lower())
        if name is None and key.lower() == "name" and pointer.lower().endswith(("organization", "meeting")):
            name = "body"
        if name is None or not isinstance(value, str | int) or not str(value).strip():
            continue
        said = _value(name, str(value).strip())
        if said is None:
            continue
        if name == "title" and part.drafts and not _is_told(said, part.drafts):
            origin = Origin(path=f"{pointer}/{_escaped(key)}")
            part.head(Draft(said, BlockKind.HEADING, 1, (key.lower(),), origin))
            part.state(Statement("title", said, 0, 0, len(said)))
        part.state(Statement(name, said))


def _value(name: str, said: str) -> str | None:
    if name == "meeting_date":
        found = _ISO_DAY.match(said)
        return found[0] if found else facts.day(said)
    if name == "section":
        number = facts.section_number(said) or (said if said.isdigit() else None)
        return f"§ {number}" if number else None
    if name == "case_number":
        case = _CASE.match(said)
        return case["case"] if case else said
    return typeset.line(typeset.characters(said.replace("\n", " "))) or None


def _is_told(title: str, drafts: list[Draft]) -> bool:
    return any(title == draft.text.replace("\n", " ") for draft in drafts)
