"""Rows of a PDF → drafts: labels from the left column before the text beside them, lines joined to paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pykala.model import BlockKind, Origin, Value
from pykala.read import pdf_tables, shape, typeset
from pykala.read.draft import Draft
from pykala.read.pdf_rows import Margins, Row
from pykala.read.pdf_segments import Segment

_TITLE: Final = 1.15  # of the running text's height
_LABEL_ENDS: Final = ("-", "/", "\u00ad")


class _Entry(Value):
    """A row of running text, a label, or a table, at its height on its page."""

    page: int
    top: float
    kind: BlockKind
    rows: tuple[Row, ...]


def layout(rows: Sequence[Row], edges: Margins) -> list[Draft]:
    """The drafts of a document in reading order.

    Args:
        rows: without what every page repeats, page by page from the top down.
        edges: the margins of the running text.
    """
    drafts: list[Draft] = []
    alone: list[bool] = []
    pending: list[Row] = []
    for entry in _entries(rows, edges):
        if entry.kind is BlockKind.PARAGRAPH and (not pending or _continues(pending, entry.rows[0], edges)):
            pending.append(entry.rows[0])
            continue
        _settle(pending, drafts, alone, edges)
        if entry.kind is BlockKind.PARAGRAPH:
            pending.append(entry.rows[0])
        elif entry.kind is BlockKind.TABLE:
            drafts.append(pdf_tables.draft_of(entry.rows))
            alone.append(False)
        else:
            text = typeset.wrapped(row.text for row in entry.rows)
            drafts.append(Draft(text, BlockKind.HEADING, marks=("label",), origin=_origin(entry.rows)))
            alone.append(True)
    _settle(pending, drafts, alone, edges)
    return list(_kinds(drafts, alone))


def _settle(pending: list[Row], drafts: list[Draft], alone: list[bool], edges: Margins) -> None:
    if not pending:
        return
    text = typeset.wrapped(row.text for row in pending)
    kind, level = BlockKind.PARAGRAPH, 0
    if shape.may_head(text) and len(pending) <= 4:
        if min(row.height for row in pending) > edges.height * _TITLE:
            kind, level = BlockKind.HEADING, 1 if pending[0].page == 1 else 2
        elif all(row.bold for row in pending):
            kind = BlockKind.HEADING
    if text:
        drafts.append(Draft(text, kind, level, origin=_origin(pending)))
        alone.append(len(pending) == 1 and not pending[0].gapped)
    pending.clear()


def _kinds(drafts: list[Draft], alone: list[bool]) -> Iterator[Draft]:
    texts = [draft.text for draft in drafts]
    for index, draft in enumerate(drafts):
        if draft.kind is BlockKind.PARAGRAPH:
            yield replace(draft, kind=shape.kind_of(texts, index, alone=alone[index]))
        else:
            yield draft


def _origin(rows: Sequence[Row]) -> Origin:
    """The place of a block; of one that runs over a page break, its part on the first page."""
    first = [row for row in rows if row.page == rows[0].page]
    return Origin(page=first[0].page, box=pdf_tables.box(first))


def _entries(rows: Sequence[Row], edges: Margins) -> list[_Entry]:
    entries: list[_Entry] = []
    labels: list[Row] = []
    at = 0
    while at < len(rows):
        taken, after = pdf_tables.table_at(rows, at, edges.leading)
        if taken:
            entries.append(_Entry(taken[0].page, taken[0].top, BlockKind.TABLE, tuple(taken)))
            at = after
            continue
        row = rows[at]
        over = at > 0 and _reaches_over(rows[at - 1], row, edges)
        label, body = ((), row.segments) if over else _split(row, edges)
        if label:
            labels.append(Row(row.page, label))
        if body:
            entries.append(_Entry(row.page, row.top, BlockKind.PARAGRAPH, (Row(row.page, body),)))
        at += 1
    # A label comes before the line it stands beside, even where it is set a little lower.
    for group in _grouped(labels, edges):
        top = group[0].top + 0.5 * group[0].height
        entries.append(_Entry(group[0].page, top, BlockKind.HEADING, tuple(group)))
    return sorted(entries, key=lambda entry: (entry.page, -entry.top))


def _reaches_over(upper: Row, row: Row, edges: Margins) -> bool:
    """Whether the row ends a heading that starts in the label column and runs over the text's own margin."""
    wide = upper.left < edges.left - 45 and upper.segments[0].right > edges.left + 60
    return wide and _same_label(upper, row, edges) and upper.bold == row.bold


def _split(row: Row, edges: Margins) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The label of a row and its running text."""
    alone = len(row.segments) == 1
    label = tuple(segment for segment in row.segments if edges.is_label(segment, alone=alone))
    if label:
        return label, row.segments[len(label) :]
    first = row.segments[0]
    labels = shape.is_label(first.text) and not first.text.isupper()
    if len(row.segments) == 2 and labels and first.bold and not row.segments[1].bold:
        return (first,), row.segments[1:]
    return (), row.segments


def _grouped(labels: Sequence[Row], edges: Margins) -> Iterator[list[Row]]:
    """Lines that make up one label: broken words, and lower-case lines close below."""
    group: list[Row] = []
    for row in labels:
        if group and not _same_label(group[-1], row, edges):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _same_label(upper: Row, lower: Row, edges: Margins) -> bool:
    if upper.page != lower.page or upper.top - lower.top > edges.leading * 1.5:
        return False
    return upper.text.endswith(_LABEL_ENDS) or lower.text[:1].islower()


def _continues(pending: Sequence[Row], row: Row, edges: Margins) -> bool:
    """Whether the row goes on with the paragraph."""
    last = pending[-1]
    text = row.text
    if shape.is_bullet(text) or (shape.is_numbered(text) and not _is_amid(last, text)):
        return False
    if last.gapped or row.gapped or last.bold != row.bold or abs(last.height - row.height) > 0.12 * edges.height:
        return False
    if row.page != last.page:
        return _is_amid(last, text)
    if last.top - row.top > edges.leading * 1.35:
        return False
    if (
        row.left > pending[0].left + 12
        and len(pending) == 1
        and not shape.is_bullet(last.text)
        and last.left <= edges.left + 6
    ):
        return _is_amid(last, text)
    return _is_full(last, text, edges) or last.text[-1] in ",-" or (_is_amid(last, text) and text[0].islower())


def _is_amid(last: Row, text: str) -> bool:
    """Whether the sentence is not over at the end of the last row."""
    return last.text[-1] not in ".:!?" and (text[0].islower() or text[0].isdigit() or last.text[-1] in ",-–")


def _is_full(last: Row, text: str, edges: Margins) -> bool:
    """Whether the next row's first word would not have gone into the last row."""
    width = (last.right - last.left) / max(len(last.text), 1)
    return last.right + width * (1 + len(text.split(maxsplit=1)[0])) > edges.right - 2
