"""The matters of a meeting, each in its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pykala.model import BlockKind, Bulletin, DocumentKind, Header, Item, Part, PartKind, Value
from pykala.segment.cases import is_case_label, may_state_section, own_cases, own_section
from pykala.segment.days import fact
from pykala.segment.handlings import HEAD, HeaderRow
from pykala.segment.labels import handling_of, handlings, label_of
from pykala.segment.prose import prose_parts
from pykala.segment.sections import Sheet, labelled_parts
from pykala.sentences import Line

Span = tuple[int, int]

_NEWS = (DocumentKind.RELEASE, DocumentKind.PREVIEW)
#: A longer line is no title.
_TITLE = 300
#: How far apart consecutive sections of one meeting's page may be; a fall by more starts the count anew.
_STEP, _RESET = 30, 20
# Lines above a number that is not the case's but the document's.
_NUMBERED = frozenset(("pöytäkirja", "esityslista", "päätöstiedote", "protokoll", "kokousnumero", "kokous"))


def items(
    bulletin: Bulletin,
    lines: Sequence[Line],
    kind: DocumentKind,
    header: Header,
    rows: Sequence[tuple[int, HeaderRow]],
) -> tuple[Item, ...]:
    """Split the lines into items, and each item into parts that cover it without gaps.

    Args:
        lines: every line of the text in order.
        kind: what sort of document it is: news prose has parts of its own.
        rows: the handlings that the page's head names, the last of them this meeting's.
    """
    if not lines:
        return ()
    starts = [] if kind in _NEWS else _item_starts(bulletin.text, lines, kind)
    edges = [*starts, len(lines)] if starts and starts[0] == 0 else [0, *starts, len(lines)]
    groups = [lines[a:b] for a, b in pairwise(edges) if b > a]
    only = len(groups) == 1
    maker = _Maker(bulletin, kind, header, only, rows[-1][1] if only and rows else None)
    return tuple(maker.item(group, first=n == 0) for n, group in enumerate(groups))


def _item_starts(text: str, lines: Sequence[Line], kind: DocumentKind) -> list[int]:
    """Lines that open an item of a whole meeting's minutes; none where the page holds a single item.

    They bear rising section numbers and a title. A title does not end in a full stop, which tells it from quoted
    statutes (*7 § Valtuusto valitsee …*); in a bulletin the result may follow on the same line.
    """
    if not may_state_section(text):
        return []
    found: list[tuple[int, int]] = []
    numbered = list(_numbered(text, lines, kind))
    last = {number: index for index, number in numbered}  # a table of contents names each number before its item does
    for index, number in numbered:
        if index != last[number]:
            continue
        while found and number <= found[-1][1] and found[-1][1] - number > _RESET:
            found.pop()
        if not found or 0 < number - found[-1][1] <= _STEP:
            found.append((index, number))
    return [index for index, _ in found] if len(found) > 1 else _by_marks(text, lines)


def _numbered(text: str, lines: Sequence[Line], kind: DocumentKind) -> Iterator[tuple[int, int]]:
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        section = own_section(words) if line.kind is not BlockKind.TABLE else None
        if section is None:
            continue
        long = len(words) > _TITLE or words.rstrip().endswith((".", ",", ";"))
        if not long or kind is DocumentKind.BULLETIN:
            yield index, int(words[section[0] : section[1]])


def _by_marks(text: str, lines: Sequence[Line]) -> list[int]:
    """Items told by *Kh § 143*, *Kh § 144* …: one body's consecutive sections, which no reprinted history bears.

    The heading above such a mark is the item's title.
    """
    marks = list(handlings(text, lines).items())
    numbers = [int(h.section) for _, h in marks]
    one_body = len({h.body.casefold() for _, h in marks}) == 1
    if len(marks) < 2 or not one_body or any(b - a != 1 for a, b in pairwise(numbers)):
        return []
    return [i - 1 if i and lines[i - 1].kind is BlockKind.HEADING else i for i, _ in marks]


class _Maker(Value):
    """Makes items of one document.

    Attributes:
        only: the document holds a single item, so that what the page says of itself holds for it.
        glued: the row of its head that names this handling of a single item.
    """

    bulletin: Bulletin
    kind: DocumentKind
    header: Header
    only: bool
    glued: HeaderRow | None

    def item(self, lines: Sequence[Line], *, first: bool) -> Item:
        """One item of consecutive lines."""
        text = self.bulletin.text
        section, cases = self._numbers(lines)
        parts = self._parts(lines, first=first)
        return Item(
            start=lines[0].start,
            end=lines[-1].end,
            parts=parts,
            title=self._title(lines, section),
            section=section,
            case_numbers=cases,
            presenter=_presenter(text, parts),
        )

    def _parts(self, lines: Sequence[Line], *, first: bool) -> tuple[Part, ...]:
        text = self.bulletin.text
        if self.kind in _NEWS:
            return prose_parts(text, lines)
        if self.kind is DocumentKind.BULLETIN:
            labels = (label_of(text[x.start : x.end]) for x in lines if x.kind is not BlockKind.TABLE)
            if not any(x is not None and x.part in ("decision", "proposal") for x in labels):
                return prose_parts(text, lines, lead=first)
        stated = fact(self.bulletin, "section")
        section = text[slice(*self.glued.section)] if stated is None and self.glued else stated
        return labelled_parts(Sheet(text, lines, self.kind, self.header, section))

    def _numbers(self, lines: Sequence[Line]) -> tuple[Span | None, tuple[Span, ...]]:
        """The item's own section and case numbers, from its head or from what the markup states."""
        text = self.bulletin.text
        section = self.glued.section if self.glued else self._stated("section")
        cases: list[Span] = []
        labelled, previous = False, ""
        for line in lines[:HEAD]:
            words = text[line.start : line.end]
            stated_here = section is None and may_state_section(words)
            found = (own_section(words) or _marked_section(words)) if stated_here else None
            if found and not words.rstrip().endswith(";"):
                section = (line.start + found[0], line.start + found[1])
            stated = own_cases(words, labelled=labelled)
            if stated and previous.strip().casefold() not in _NUMBERED:
                cases += [(line.start + a, line.start + b) for a, b in stated]
            labelled, previous = is_case_label(words), words
        elsewhere = self._stated("case_number")
        return section, tuple(dict.fromkeys(cases)) or ((elsewhere,) if elsewhere else ())

    def _stated(self, name: str) -> Span | None:
        facts = self.bulletin.facts if self.only else ()
        return next(
            ((f.start, f.end) for f in facts if f.name == name and f.start is not None and f.end is not None), None
        )

    def _title(self, lines: Sequence[Line], section: Span | None) -> Span | None:
        text = self.bulletin.text
        if self.only and self.header.title:
            at = text.find(self.header.title)
            return (at, at + len(self.header.title)) if at >= 0 else None
        index = next((i for i, x in enumerate(lines) if section and x.start <= section[0] < x.end), None)
        return _title_at(text, lines, index) if index is not None else None


def _title_at(text: str, lines: Sequence[Line], index: int) -> Span | None:
    """The title beside the section: on its line, above a mark such as *Kh § 143*, or on the line below."""
    line = lines[index]
    words = text[line.start : line.end]
    found = own_section(words)
    if found and found[2] < len(words):
        start = line.start + found[2]
        colon = text.find(": ", start, line.end)
        return start, colon if colon > 0 else line.end
    if _marked_section(words) and index and lines[index - 1].kind is BlockKind.HEADING:
        return lines[index - 1].start, lines[index - 1].end
    following = lines[index + 1] if index + 1 < len(lines) else None
    return (following.start, following.end) if following and following.end - following.start <= _TITLE else None


def _marked_section(words: str) -> tuple[int, int, int] | None:
    """The section in *Kh § 143*."""
    handling = handling_of(words)
    if handling is None or handling.date is not None:
        return None
    at = words.rindex(handling.section)
    return at, at + len(handling.section), len(words)


_ROLE = re.compile(
    r"[a-zåäöA-ZÅÄÖ][\wåäöÅÄÖ-]*(?:johtaja|päällikkö|sihteeri|johtajan sijainen|pormestari|direktör|chef|lakimies|arkkitehti|"
    r"insinööri|rehtori)\b",
    re.IGNORECASE,
)


def _presenter(text: str, parts: tuple[Part, ...]) -> str | None:
    """The presenter's title, never the name: *kansliapäällikkö*."""
    for part in parts:
        label = text[slice(*part.heading)].casefold() if part.heading else ""
        if part.kind is PartKind.PRESENTER and part.heading and label.startswith(("esittelij", "föredragande")):
            match = _ROLE.search(text, part.heading[1], part.end)
            if match:
                return match[0]
    return None
