"""The parts of a matter in minutes and agendas, by the labels above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pykala.model import BlockKind, DocumentKind, Header, Part, PartKind, Value
from pykala.segment.cases import own_section
from pykala.segment.labels import Handling, Label, cell_label, handlings, label_of
from pykala.sentences import Line

_CLOSE = frozenset(("Sulje", "Stäng", "Close"))
# Parts that go on from line to line as long as no label came.
_OPENERS = (PartKind.HEADER, PartKind.TITLE, PartKind.BODY, PartKind.SUBHEADING)
# Words that are labels elsewhere stand as text in appeal instructions.
_NOT_IN_APPEAL = frozenset(("background", "votes", "pointer"))
_KINDS = {kind.value: kind for kind in PartKind}
#: A longer line above the first label is text, not the page's head.
_HEAD_LINE = 90


class Sheet(Value):
    """One matter's lines with what is known of the document."""

    text: str
    lines: Sequence[Line]
    kind: DocumentKind
    header: Header
    section: str | None


class _Stretch(Value):
    kind: PartKind
    first: int
    heading: tuple[int, int] | None = None


def labelled_parts(sheet: Sheet) -> tuple[Part, ...]:
    """The parts of a matter, without gaps.

    A label opens a part that ends at the next label. Reprinted handlings are history: of several rounds of proposal and
    decision only the last is this meeting's.
    """
    stretches: list[_Stretch] = []
    labelled = False
    handled = handlings(sheet.text, sheet.lines)
    for index, line in enumerate(sheet.lines):
        words = sheet.text[line.start : line.end]
        label = label_of(words) if line.kind is not BlockKind.TABLE else cell_label(words)
        if label is not None and stretches and stretches[-1].kind is PartKind.APPEAL and label.part in _NOT_IN_APPEAL:
            label = None
        if line.kind is BlockKind.PAGE_FURNITURE:
            stretches.append(_Stretch(PartKind.BOILERPLATE, index))
        elif label is not None:
            labelled = True
            heading = (line.start, line.start + len(words[: label.end].rstrip(" \u00a0:\t")))
            stretches.append(_Stretch(_part_kind(label, sheet), index, heading))
        elif stretches and stretches[-1].kind is PartKind.PRESENTER and _awaits_proposal(stretches, index):
            stretches.append(_Stretch(PartKind.PROPOSAL, index))
        elif words.strip() in _CLOSE or (labelled and index in handled):
            stretches.append(_Stretch(PartKind.BACKGROUND, index))
        elif not stretches or (not labelled and stretches[-1].kind in _OPENERS):
            stretches.append(_Stretch(_unlabelled(line, words, sheet), index))
        elif stretches[-1].kind is PartKind.BOILERPLATE:
            before = next((s.kind for s in reversed(stretches) if s.kind is not PartKind.BOILERPLATE), PartKind.HEADER)
            stretches.append(_Stretch(before, index))
    return _last_round(_joined(sheet, stretches, _history(sheet, handled)))


def _awaits_proposal(stretches: Sequence[_Stretch], index: int) -> bool:
    """Whether a proposal goes on below its presenter: *Ehdotus / Esittelijä / name, title / Lautakunta päättää …*"""
    if len(stretches) < 2:
        return False
    label, presenter = stretches[-2], stretches[-1]
    bare = label.kind is PartKind.PROPOSAL and label.heading is not None and presenter.first == label.first + 1
    return bare and index == presenter.first + 2


def _unlabelled(line: Line, words: str, sheet: Sheet) -> PartKind:
    if line.kind is BlockKind.HEADING:
        if sheet.header.title and words.strip() == sheet.header.title:
            return PartKind.TITLE
        return PartKind.SUBHEADING if sheet.kind is DocumentKind.BULLETIN else PartKind.HEADER
    is_text = len(words) > _HEAD_LINE or words.endswith(".") or line.kind is BlockKind.LIST_ITEM
    return PartKind.BODY if is_text else PartKind.HEADER


def _part_kind(label: Label, sheet: Sheet) -> PartKind:
    if label.part == "own_proposal":  # Helsinki's minutes head the board's own proposal to the council so
        own = sheet.header.municipality == "Helsinki" and sheet.kind is not DocumentKind.AGENDA
        return PartKind.DECISION if own else PartKind.PROPOSAL
    body = sheet.header.body
    if label.part == "decision" and label.owner and body and not _is_of(label.owner, body):
        return PartKind.HISTORY  # another body's decision, reprinted
    return _KINDS[label.part]


def _is_of(owner: str, body: str) -> bool:
    """Whether a genitive names the body: *kunnanhallituksen* and *Kunnanhallitus* share their beginning."""
    first, second = owner.rsplit(maxsplit=1)[-1].casefold(), body.rsplit(maxsplit=1)[-1].casefold()
    stem = min(len(first), len(second)) - 4
    return first[:stem] == second[:stem] or second.endswith(first[: max(4, len(first) - 3)])


def _joined(sheet: Sheet, stretches: Sequence[_Stretch], history: frozenset[int]) -> tuple[Part, ...]:
    parts: list[Part] = []
    edges = [*(s.first for s in stretches), len(sheet.lines)]
    for stretch, until in zip(stretches, edges[1:], strict=True):
        if until <= stretch.first:
            continue
        start = stretch.heading[0] if stretch.heading else sheet.lines[stretch.first].start
        end = sheet.lines[until - 1].end
        old = stretch.first in history and stretch.kind is not PartKind.BOILERPLATE
        kind = PartKind.HISTORY if old else stretch.kind
        last = parts[-1] if parts else None
        if last and last.kind is kind and stretch.heading is None and last.heading is None:
            parts[-1] = Part(kind, last.start, end)
        else:
            parts.append(Part(kind, start, end, stretch.heading))
    return tuple(parts)


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


# ---------------------------------------------------------------- reprinted handlings


def _history(sheet: Sheet, handled: Mapping[int, Handling]) -> frozenset[int]:
    """Indexes of the lines that reprint an earlier handling."""
    marks = [(i, handling) for i, handling in handled.items() if sheet.lines[i].kind is not BlockKind.TABLE]
    if not marks:
        return frozenset()
    current = _current(sheet, marks, decided_above=_decided_above(sheet, marks[0][0]))
    out: set[int] = set()
    for (index, _), until in zip(marks, [*(i for i, _ in marks[1:]), len(sheet.lines)], strict=True):
        if index not in current:
            out.update(range(index, until))
    return frozenset(out)


def _decided_above(sheet: Sheet, index: int) -> bool:
    """Whether a decision stands above a line."""
    above = (label_of(sheet.text[line.start : line.end]) for line in sheet.lines[:index])
    return any(label is not None and label.part == "decision" for label in above)


def _current(sheet: Sheet, marks: Sequence[tuple[int, Handling]], *, decided_above: bool) -> frozenset[int]:
    """The handling of this meeting: it bears the page's own section or date; where none does it is the last."""
    own = sheet.section.strip("§ ") if sheet.section else _own_section(sheet)
    meeting = sheet.header.meeting_date
    exact = {
        i
        for i, h in marks
        if (own and h.section == own and h.date in (None, meeting)) or (h.date and h.date == meeting)
    }
    found = exact or {i for i, h in marks if own and h.section == own}
    if not found and not decided_above:
        found = {marks[-1][0]}
    return frozenset(found)


def _own_section(sheet: Sheet) -> str | None:
    for line in sheet.lines[:20]:
        found = own_section(sheet.text[line.start : line.end])
        if found:
            return sheet.text[line.start + found[0] : line.start + found[1]]
    return None
