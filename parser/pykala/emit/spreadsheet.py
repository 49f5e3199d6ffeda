"""CSV for a spreadsheet: one row for each sum of each decision, or one for each decision.

It opens with a double click where the spreadsheet is set to Finnish or Swedish: fields parted by semicolons, numbers with a
decimal comma, UTF-8 with a byte order mark. A text that would pass for a formula stands behind an apostrophe, as OWASP advises.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pykala.emit.encoded import Encoded
from pykala.emit.files import Bytes
from pykala.emit.forms import Unit
from pykala.record import AmountEntry, Decision, Record

_BULLETIN: Final = (
    *("bulletin", "uri", "kind", "language", "municipality", "municipality_code", "body", "meeting_date", "published"),
    "bulletin_title",
)
_DECISION: Final = (
    *("decision", "type", "outcome", "decision_maker", "officer", "title", "section", "case_number"),
    *("votes_yes", "votes_no", "decision_text"),
)
_AMOUNT: Final = (
    *("amount", "value", "value_max", "currency", "per", "qualifier", "role", "recipients", "fund", "payer"),
    *("amount_years", "amount_text"),
)
_JOINED: Final = ("amounts", "years", "dates", "institutions")
COLUMNS: Final[Mapping[Unit, tuple[str, ...]]] = {
    "bulletin": (*_BULLETIN, *_DECISION, *_AMOUNT),
    "decision": (*_BULLETIN, *_DECISION, *_JOINED),
}

_FORMULA: Final = tuple("=+-@＝＋－＠")  # the full-width forms too, which some programs fold
_MARK: Final = "\ufeff"
_LONGEST: Final = 32_767  # characters that a cell of a spreadsheet holds
_NUMBERS: Final = frozenset({"value", "value_max"})

Cells = dict[str, str | int | None]


class CsvSink:
    """Rows of a CSV file, its heading first.

    Args:
        stream: where they go.
        unit: ``bulletin`` for all that a bulletin says of money and decisions, ``decision`` for one row a decision.
    """

    def __init__(self, stream: Bytes, unit: Unit) -> None:
        self._stream = stream
        self._unit = unit
        self._stream.write(f"{_MARK}{_line(COLUMNS[unit])}".encode())

    def write(self, name: str, record: Encoded) -> None:
        """Write the record's rows."""
        del name
        names = COLUMNS[self._unit]
        for cells in rows(record.decoded(), self._unit):
            self._stream.write(_line(_cell(key, cells.get(key)) for key in names).encode())


def rows(record: Record, unit: Unit) -> Iterator[Cells]:
    """The record's rows by column; what is not there is empty.

    Args:
        record: the record.
        unit: ``bulletin`` for a row for each sum of each decision, for each decision without sums, for each sum without a
            decision, and for a bulletin without either, so that none is missing; ``decision`` for a row a decision, its sums,
            years, dates and institutions each in one cell.
    """
    head = _head(record)
    amounts = {one.id: one for one in record.amounts}
    if unit == "decision":
        yield from (head | _decision(one, record) | _joined(one, record) for one in record.decisions)
        return
    for decision in record.decisions:
        row = head | _decision(decision, record)
        yield from (row | _amount(amounts[key], record) for key in decision.amounts)
        if not decision.amounts:
            yield row
    yield from (head | _amount(one, record) for one in record.amounts if one.decision is None)
    if not record.decisions and not record.amounts:
        yield head


def _head(record: Record) -> Cells:
    municipality, meeting = record.municipality, record.meeting
    return {
        "bulletin": record.id,
        "uri": record.source.uri,
        "kind": record.kind,
        "language": record.language,
        "municipality": municipality.name if municipality else None,
        "municipality_code": municipality.code if municipality else None,
        "body": meeting.body if meeting else None,
        "meeting_date": meeting.date if meeting else None,
        "published": record.published,
        "bulletin_title": record.title,
    }


def _decision(one: Decision, record: Record) -> Cells:
    return {
        "decision": one.id,
        "type": one.type,
        "outcome": one.outcome,
        "decision_maker": _names(record, [one.decision_maker]),
        "officer": one.officer,
        "title": one.title,
        "section": one.section,
        "case_number": one.case_number,
        "votes_yes": one.votes.yes if one.votes else None,
        "votes_no": one.votes.no if one.votes else None,
        "decision_text": one.text,
    }


def _amount(one: AmountEntry, record: Record) -> Cells:
    return {
        "amount": one.id,
        "value": one.value,
        "value_max": one.value_max,
        "currency": one.currency,
        "per": one.per,
        "qualifier": one.qualifier,
        "role": one.role,
        "recipients": _names(record, one.recipients),
        "fund": _names(record, [one.fund]),
        "payer": _names(record, [one.payer]),
        "amount_years": _years(record, one.years),
        "amount_text": one.text,
    }


def _joined(one: Decision, record: Record) -> Cells:
    return {
        "amounts": "; ".join(amount.text for amount in record.amounts if amount.id in one.amounts),
        "years": _years(record, one.years),
        "dates": "; ".join(date.value for date in record.dates if date.id in one.dates),
        "institutions": "; ".join(f"{_names(record, [link.id])} ({link.role})" for link in one.institutions),
    }


def _names(record: Record, keys: Iterable[str | None]) -> str:
    names = {one.id: one.name for one in record.institutions}
    return "; ".join(names[key] for key in keys if key is not None)


def _years(record: Record, keys: Iterable[str]) -> str:
    spans = {one.id: (one.start, one.end) for one in record.years}
    return "; ".join(str(first) if first == last else f"{first}–{last}" for first, last in map(spans.__getitem__, keys))


def _cell(name: str, value: str | int | None) -> str:
    r"""The content of a cell as it is written.

    >>> _cell("title", "=HYPERLINK(0)"), _cell("value", "-949.2"), _cell("title", "two\nlines")
    ("'=HYPERLINK(0)", '-949,2', 'two lines')
    """
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    if name in _NUMBERS:
        return value.replace(".", ",")
    text = " ".join("".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in value).split())
    text = f"'{text}" if text.startswith(_FORMULA) else text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(cells)
    return written.getvalue()
