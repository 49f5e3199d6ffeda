"""The matters of a meeting, each in its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pykala.model import BlockKind, Bulletin, DocumentKind, Header, Item, Part, PartKind
from pykala.segment.cases import is_case_label, own_cases, own_section
from pykala.segment.header import fact
from pykala.segment.labels import Handling, handling_of, label_of
from pykala.sentences import Line

_PROSE = (DocumentKind.RELEASE, DocumentKind.PREVIEW)
_POINTER = re.compile(
    r"(?:löytyvät|löytyy|luettavissa|nähtävillä|nähtävissä|julkaistaan|julkaistu|tutustu|lue lisää|katso).{0,80}"
    r"(?:päätöstiedot|pöytäkirj|esityslist|asiakirj|verkkosivu|sivu)|"
    r"(?:kan läsas|finns).{0,60}(?:beslutsmeddelande|protokoll|föredragningslist)|^(?:lue lisää|läs mer|read more)\b",
    re.IGNORECASE,
)
_OPENERS = (PartKind.HEADER, PartKind.TITLE, PartKind.BODY, PartKind.SUBHEADING)
# A receiver with its sum, which a reader may take for a heading.
_ROW = re.compile(r"(?:ry|sr|Oy|rf|r\.f\.|osk|säätiö|seura|yhdistys)\b[^.]{0,60}\d[ \u00a0]?(?:euroa|€|e)\b")
_SHARE = frozenset(("jaa", "jaa sivu", "dela", "share"))
_CLOSE = re.compile(r"(?:Sulje|Stäng|Close)")
#: Where a title may be followed by a label, it is at most this long.
_TITLE = 300


def items(bulletin: Bulletin, lines: Sequence[Line], kind: DocumentKind, header: Header) -> tuple[Item, ...]:
    """Split the lines into items, and each item into parts that cover it without gaps.

    Args:
        lines: every line of the text in order.
        kind: what sort of document it is: news prose has parts of its own.
    """
    if not lines:
        return ()
    if kind in _PROSE:
        parts = _prose_parts(bulletin.text, lines)
        return (_item(bulletin, lines, parts, header),)
    starts = _item_starts(bulletin.text, lines, kind)
    edges = [*starts, len(lines)] if starts else [0, len(lines)]
    if edges[0] > 0:
        edges.insert(0, 0)
    groups = [lines[a:b] for a, b in zip(edges, edges[1:], strict=False) if b > a]
    single = len(groups) == 1
    return tuple(
        _item(bulletin, group, _parts(bulletin, group, kind, header, first=n == 0), header, only=single)
        for n, group in enumerate(groups)
    )


def _item_starts(text: str, lines: Sequence[Line], kind: DocumentKind) -> list[int]:
    """Lines that open an item of a whole meeting's minutes; none where the page holds a single item.

    They bear rising section numbers and a title. A title does not end in a full stop, which tells it from quoted
    statutes (*7 § Valtuusto valitsee …*); in a bulletin the result may follow on the same line.
    """
    found: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        section = own_section(words) if len(words) <= _TITLE or kind is DocumentKind.BULLETIN else None
        ends = words.rstrip().endswith((".", ",", ";")) and kind is not DocumentKind.BULLETIN
        if section is None or line.kind is BlockKind.TABLE or ends:
            continue
        number = int(words[section[0] : section[1]])
        while found and number <= found[-1][1] and found[-1][1] - number > 20:
            found.pop()
        if not found or 0 < number - found[-1][1] <= 30:
            found.append((index, number))
    return [index for index, _ in found] if len(found) > 1 else _by_marks(text, lines)


def _by_marks(text: str, lines: Sequence[Line]) -> list[int]:
    """Items told by *Kh § 143*, *Kh § 144* …: one body's consecutive sections, which no reprinted history bears.

    The heading above such a mark is the item's title.
    """
    marks = [(i, h) for i, x in enumerate(lines) if (h := handling_of(text[x.start : x.end])) is not None]
    if len(marks) < 2 or len({h.body.casefold() for _, h in marks}) > 1:
        return []
    numbers = [int(h.section) for _, h in marks]
    if any(b - a != 1 for a, b in zip(numbers, numbers[1:], strict=False)):
        return []
    return [i - 1 if i and lines[i - 1].kind is BlockKind.HEADING else i for i, _ in marks]


@dataclass(frozen=True, slots=True)
class _Stretch:
    kind: PartKind
    first: int
    heading: tuple[int, int] | None = None
    body_start: int | None = None


def _prose_parts(text: str, lines: Sequence[Line], *, lead: bool = True) -> tuple[Part, ...]:
    """Title, lead, body and pointers of news text.

    Args:
        lead: the first paragraph sums up the rest.
    """
    out: list[Part] = []
    seen_title = pointer = False
    seen_lead = not lead
    for line in lines:
        words = text[line.start : line.end]
        label = label_of(words)
        if label is not None and label.alone and label.part in ("pointer", "contact", "attachments", "appeal"):
            pointer = pointer or (seen_lead and words.strip().casefold() not in _SHARE)
        if words.strip().casefold() in _SHARE or line.kind is BlockKind.PAGE_FURNITURE:
            kind = PartKind.BOILERPLATE
        elif pointer:
            kind = PartKind.BOILERPLATE
        elif (
            not seen_lead
            and line.kind is BlockKind.PARAGRAPH
            and len(words) < 60
            and not words.endswith((".", "!", ":"))
        ):
            kind = PartKind.HEADER
        elif line.kind is BlockKind.HEADING and _ROW.search(words):
            kind = PartKind.BODY
        elif line.kind is BlockKind.HEADING and not seen_title and not seen_lead:
            kind, seen_title = PartKind.TITLE, True
        elif line.kind is BlockKind.HEADING:
            kind = PartKind.SUBHEADING
        elif _POINTER.search(words):
            kind = PartKind.POINTER
        elif not seen_lead:
            kind, seen_lead = PartKind.LEAD, True
        else:
            kind = PartKind.BODY
        if out and out[-1].kind is kind and kind in (PartKind.BODY, PartKind.POINTER, PartKind.BOILERPLATE):
            out[-1] = replace(out[-1], end=line.end)
        else:
            out.append(Part(kind, line.start, line.end))
    return tuple(out)


def _parts(
    bulletin: Bulletin, lines: Sequence[Line], kind: DocumentKind, header: Header, *, first: bool
) -> tuple[Part, ...]:
    if kind is DocumentKind.BULLETIN:
        labels = (label_of(bulletin.text[x.start : x.end]) for x in lines if x.kind is not BlockKind.TABLE)
        if not any(x is not None and x.part in ("decision", "proposal") for x in labels):
            return _prose_parts(bulletin.text, lines, lead=first)
    return _labelled_parts(bulletin, lines, kind, header)


def _labelled_parts(bulletin: Bulletin, lines: Sequence[Line], kind: DocumentKind, header: Header) -> tuple[Part, ...]:
    text = bulletin.text
    history = _history(text, lines, header, fact(bulletin, "section"))
    stretches: list[_Stretch] = []
    labelled = False
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        label = label_of(words) if line.kind is not BlockKind.TABLE else None
        if line.kind is BlockKind.PAGE_FURNITURE:
            stretches.append(_Stretch(PartKind.BOILERPLATE, index))
        elif label is not None and not (
            label.part in ("background", "votes", "pointer") and _within(stretches, PartKind.APPEAL)
        ):
            labelled = True
            part = _part_kind(label.part, bulletin, kind, header)
            heading = (line.start, line.start + len(words[: label.end].rstrip(" \u00a0:\t")))
            stretches.append(_Stretch(part, index, heading, None if label.alone else line.start + label.end))
        elif _CLOSE.fullmatch(words.strip()) or (handling_of(words) is not None and labelled):
            stretches.append(_Stretch(PartKind.BACKGROUND, index))
        elif not stretches or (not labelled and stretches[-1].kind in _OPENERS):
            stretches.append(_Stretch(_unlabelled(line, words, kind, header), index))
        elif stretches[-1].kind is PartKind.BOILERPLATE:
            before = next((s.kind for s in reversed(stretches) if s.kind is not PartKind.BOILERPLATE), PartKind.HEADER)
            stretches.append(_Stretch(before, index))
    return _last_round(_parts_of(lines, stretches, history))


def _last_round(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Where one matter has several rounds of proposal and decision, the last is this meeting's, the others are history."""
    rounds: list[int] = []  # where each round's proposal stands
    proposal: int | None = None
    for index, part in enumerate(parts):
        if part.kind is PartKind.PROPOSAL:
            proposal = index if proposal is None else proposal
        elif part.kind is PartKind.DECISION and proposal is not None:
            rounds.append(proposal)
            proposal = None
    if len(rounds) < 2:
        return parts
    over = (PartKind.DECISION, PartKind.PROPOSAL, PartKind.HANDLING)
    return tuple(
        replace(p, kind=PartKind.HISTORY) if i < rounds[-1] and p.kind in over else p for i, p in enumerate(parts)
    )


def _within(stretches: Sequence[_Stretch], kind: PartKind) -> bool:
    return bool(stretches) and stretches[-1].kind is kind


def _unlabelled(line: Line, words: str, kind: DocumentKind, header: Header) -> PartKind:
    if line.kind is BlockKind.HEADING:
        return (
            PartKind.TITLE
            if header.title and words.strip() == header.title
            else PartKind.SUBHEADING
            if kind is DocumentKind.BULLETIN
            else PartKind.HEADER
        )
    return (
        PartKind.BODY if len(words) > 90 or words.endswith(".") or line.kind is BlockKind.LIST_ITEM else PartKind.HEADER
    )


def _part_kind(label: str, bulletin: Bulletin, kind: DocumentKind, header: Header) -> PartKind:
    if label == "own_proposal":  # Helsinki's minutes head the board's own proposal to the council so
        own = header.municipality == "Helsinki" and kind is not DocumentKind.AGENDA
        return PartKind.DECISION if own else PartKind.PROPOSAL
    return PartKind(label)


def _parts_of(lines: Sequence[Line], stretches: Sequence[_Stretch], history: frozenset[int]) -> tuple[Part, ...]:
    parts: list[Part] = []
    edges = [*(s.first for s in stretches), len(lines)]
    for stretch, until in zip(stretches, edges[1:], strict=True):
        if until <= stretch.first:
            continue
        start = stretch.heading[0] if stretch.heading else lines[stretch.first].start
        kind = (
            PartKind.HISTORY if stretch.first in history and stretch.kind is not PartKind.BOILERPLATE else stretch.kind
        )
        part = Part(kind, start, lines[until - 1].end, stretch.heading)
        last = parts[-1] if parts else None
        if last and last.kind is kind and part.heading is None and last.heading is None:
            parts[-1] = replace(last, end=part.end)
        else:
            parts.append(part)
    return tuple(parts)


def _history(text: str, lines: Sequence[Line], header: Header, section: str | None) -> frozenset[int]:
    """Indexes of the lines that reprint an earlier handling.

    The handling of this meeting bears the page's own section or date; where none does it is the last one, unless a
    decision stands above all of them.
    """
    marks: list[tuple[int, Handling]] = []
    decided_above = False
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        handling = handling_of(words)
        if handling is not None:
            marks.append((index, handling))
        elif not marks:
            label = label_of(words)
            decided_above = decided_above or (label is not None and label.part == "decision")
    if not marks:
        return frozenset()
    own = section.strip("§ ") if section else _own_section(text, lines)
    current = {
        i
        for i, h in marks
        if (own and h.section == own and h.date in (None, header.meeting_date))
        or (h.date and h.date == header.meeting_date)
    }
    if not current and own:
        current = {i for i, h in marks if h.section == own}
    if not current and not decided_above:
        current = {marks[-1][0]}
    out: set[int] = set()
    for (index, _), until in zip(marks, [*(i for i, _ in marks[1:]), len(lines)], strict=True):
        if index not in current:
            out.update(range(index, until))
    return frozenset(out)


def _own_section(text: str, lines: Sequence[Line]) -> str | None:
    for line in lines[:20]:
        found = own_section(text[line.start : line.end])
        if found:
            return text[line.start + found[0] : line.start + found[1]]
    return None


def _item(
    bulletin: Bulletin, lines: Sequence[Line], parts: tuple[Part, ...], header: Header, *, only: bool = True
) -> Item:
    text = bulletin.text
    section = _fact_span(bulletin, "section") if only else None
    cases: list[tuple[int, int]] = []
    labelled = False
    previous = ""
    for line in lines[:40]:
        words = text[line.start : line.end]
        found = (own_section(words) or _marked_section(words)) if section is None else None
        if found and not words.rstrip().endswith(";"):
            section = (line.start + found[0], line.start + found[1])
        if previous.strip().casefold() not in ("pöytäkirja", "esityslista", "päätöstiedote", "protokoll"):
            cases += [(line.start + a, line.start + b) for a, b in own_cases(words, labelled=labelled)]
        labelled = is_case_label(words)
        previous = words
    return Item(
        start=lines[0].start,
        end=lines[-1].end,
        parts=parts,
        title=_title(text, lines, section, header, only=only),
        section=section,
        case_numbers=tuple(dict.fromkeys(cases))
        or ((_fact_span(bulletin, "case_number"),) if only and _fact_span(bulletin, "case_number") else ()),  # type: ignore[arg-type]
        presenter=_presenter(text, parts),
    )


def _marked_section(words: str) -> tuple[int, int, int] | None:
    """The section in *Kh § 143*."""
    handling = handling_of(words)
    if handling is None or handling.date is not None:
        return None
    at = words.rindex(handling.section)
    return at, at + len(handling.section), len(words)


def _fact_span(bulletin: Bulletin, name: str) -> tuple[int, int] | None:
    for item in bulletin.facts:
        if item.name == name and item.start is not None and item.end is not None:
            return item.start, item.end
    return None


def _title(
    text: str, lines: Sequence[Line], section: tuple[int, int] | None, header: Header, *, only: bool
) -> tuple[int, int] | None:
    if only and header.title:
        at = text.find(header.title)
        return (at, at + len(header.title)) if at >= 0 else None
    for index, line in enumerate(lines):
        if section and line.start <= section[0] < line.end:
            found = own_section(text[line.start : line.end])
            rest = line.start + found[2] if found else line.end
            if rest < line.end:
                colon = text.find(": ", rest, line.end)
                return rest, colon if colon > 0 else line.end
            if _marked_section(text[line.start : line.end]) and index and lines[index - 1].kind is BlockKind.HEADING:
                return lines[index - 1].start, lines[index - 1].end
            following = lines[index + 1] if index + 1 < len(lines) else None
            return (following.start, following.end) if following and following.end - following.start <= _TITLE else None
    return None


_ROLE = re.compile(
    r"[a-zåäöA-ZÅÄÖ][\wåäöÅÄÖ-]*(?:johtaja|päällikkö|sihteeri|johtajan sijainen|pormestari|direktör|chef|lakimies|arkkitehti|insinööri|rehtori)\b",
    re.IGNORECASE,
)


def _presenter(text: str, parts: tuple[Part, ...]) -> str | None:
    """The presenter's title, never the name: *kansliapäällikkö*."""
    for part in parts:
        if (
            part.kind is PartKind.PRESENTER
            and part.heading
            and text[part.heading[0] : part.heading[1]].casefold().startswith(("esittelij", "föredragande"))
        ):
            match = _ROLE.search(text, part.heading[1], part.end)
            if match:
                return match[0]
    return None
