"""What is marked in the text, whatever it is shown on: marks, the pieces that they cut the text into, sums in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol

from pykala.model import Document, Findings, Rejected
from pykala.record import AmountEntry, DateEntry, Institution, Record, YearsEntry

# Unicode's categories Cc, Cf and Cs, less tab and line break: escape codes, direction overrides, halves of characters.
_COMMANDS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


class Kind(StrEnum):
    """What a mark is, in the order of the legend."""

    DECISION = "decision"
    AMOUNT = "amount"
    YEARS = "years"
    DATE = "date"
    INSTITUTION = "institution"
    REJECTED = "rejected"


class Explained(Protocol):
    """What an analysis has to hold to be shown."""

    @property
    def record(self) -> Record:
        """The record."""

    @property
    def findings(self) -> Findings:
        """What the extractors found and refused."""

    @property
    def document(self) -> Document:
        """The bulletin in its parts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text that something is said about.

    Attributes:
        number: counts the marks in order of their start, from 1.
        entry: id of the record's entry; None for what was read as no value.
        value: what was read, in short.
        facts: what else is known, each with its label.
    """

    number: int
    kind: Kind
    start: int
    end: int
    rule: str
    entry: str | None
    value: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks, values and then the narrowest first, and the decision that tells it."""

    start: int
    end: int
    over: tuple[Mark, ...]
    decision: str | None


def marks(record: Record, rejected: Iterable[Rejected]) -> tuple[Mark, ...]:
    """All marks of the record and of what was rejected, in order of their start."""
    names = {entry.id: entry.name for entry in record.institutions}
    years = {entry.id: years_in_words(entry) for entry in record.years}
    numbers = {decision.id: str(number) for number, decision in enumerate(record.decisions, 1)}
    found = [
        *_decisions(record, names),
        *(_amount(entry, names, years, numbers) for entry in record.amounts),
        *(_dated(entry, Kind.YEARS, years_in_words(entry), numbers) for entry in record.years),
        *(_dated(entry, Kind.DATE, entry.value, numbers) for entry in record.dates),
        *(mark for entry in record.institutions for mark in _institution(entry, record)),
        *(Mark(0, Kind.REJECTED, r.start, r.end, r.rule, None, r.reason) for r in rejected),
    ]
    ordered = sorted(found, key=lambda mark: (mark.start, -mark.end, list(Kind).index(mark.kind)))
    return tuple(replace(mark, number=number) for number, mark in enumerate(ordered, 1))


def paragraphs(text: str, marked: tuple[Mark, ...]) -> Iterator[tuple[int, int, list[Mark]]]:
    """The spans between empty lines, each with the marks, given in order of their start, that reach into it."""
    waiting, reaching = 0, list[Mark]()
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        start, end = match.span()
        while waiting < len(marked) and marked[waiting].start < end:
            reaching.append(marked[waiting])
            waiting += 1
        reaching = [mark for mark in reaching if mark.end > start]
        yield start, end, reaching


def pieces(start: int, end: int, marked: Iterable[Mark], record: Record) -> Iterator[Piece]:
    """The text from ``start`` to ``end``, cut wherever a mark or a decision's clause begins or ends."""
    inside = [mark for mark in marked if mark.start < end and mark.end > start]
    covering = [d for d in record.decisions if d.span[0] < end and d.span[1] > start]
    cuts = {start, end}
    for low, high in [*((mark.start, mark.end) for mark in inside), *(decision.span for decision in covering)]:
        cuts |= {max(low, start), min(high, end)}
    edges = sorted(cuts)
    for low, high in pairwise(edges):
        over = sorted((mark for mark in inside if mark.start <= low and mark.end >= high), key=_order)
        decision = next((d.id for d in covering if d.span[0] <= low and d.span[1] >= high), None)
        yield Piece(low, high, tuple(over), decision)


def _order(mark: Mark) -> tuple[bool, int, int]:
    return mark.kind is Kind.REJECTED, mark.end - mark.start, mark.number


def years_in_words(entry: YearsEntry) -> str:
    """A year, or both ends of a span."""
    return str(entry.start) if entry.start == entry.end else f"{entry.start}–{entry.end}"


def amount_in_words(entry: AmountEntry) -> str:
    r"""A sum as people write it: thousands apart, the unit and how exact it is.

    >>> entry = AmountEntry(text="", span=(0, 0), id="a-1", rule="units.euro", value="1500000", value_max=None,
    ...     currency="EUR", per="year", qualifier="at_most", role="granted", decision=None, recipients=(), payer=None,
    ...     fund=None, years=())
    >>> amount_in_words(entry).replace("\u00a0", " ")
    'at most 1 500 000 EUR per year'
    """
    qualifier = "" if entry.qualifier == "exact" else f"{entry.qualifier.replace('_', ' ')} "
    number = _grouped(entry.value) + (f"–{_grouped(entry.value_max)}" if entry.value_max else "")
    return f"{qualifier}{number} {entry.currency}" + (f" per {entry.per}" if entry.per else "")


def plain(text: str) -> str:
    """The text with every control character replaced, so that no terminal or page takes it for a command.

    Offsets stay as they are.
    """
    return _COMMANDS.sub("\ufffd", text)


def _grouped(number: str) -> str:
    return f"{Decimal(number):,}".replace(",", "\u00a0")


def _decisions(record: Record, names: dict[str, str]) -> Iterator[Mark]:
    for decision in record.decisions:
        facts = (
            ("outcome", (decision.outcome or "").replace("_", " ")),
            ("decided by", names.get(decision.decision_maker or "", decision.officer or "")),
        )
        yield Mark(0, Kind.DECISION, *decision.verb.span, decision.rule, decision.id, decision.type, _known(*facts))


def _amount(entry: AmountEntry, names: dict[str, str], years: dict[str, str], numbers: dict[str, str]) -> Mark:
    facts = (
        ("role", entry.role),
        ("to", ", ".join(names[key] for key in entry.recipients)),
        ("from", names.get(entry.fund or "", "")),
        ("payer", names.get(entry.payer or "", "")),
        ("for", entry.purpose.text if entry.purpose else ""),
        ("years", ", ".join(years[key] for key in entry.years)),
        ("total (worked out)", _grouped(entry.derived_total) if entry.derived_total else ""),
        ("decision", numbers.get(entry.decision or "", "")),
    )
    return Mark(0, Kind.AMOUNT, *entry.span, entry.rule, entry.id, amount_in_words(entry), _known(*facts))


def _dated(entry: YearsEntry | DateEntry, kind: Kind, value: str, numbers: dict[str, str]) -> Mark:
    facts = _known(("decision", numbers.get(entry.decision or "", "")))
    return Mark(0, kind, *entry.span, entry.rule, entry.id, value, facts)


def _institution(entry: Institution, record: Record) -> Iterator[Mark]:
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for number, decision in enumerate(record.decisions, 1):
        for link in decision.institutions:
            if link.id == entry.id:
                roles[link.role.replace("_", " ")].append(str(number))
    facts = _known(
        ("kind", entry.kind.replace("_", " ")),
        ("role", "; ".join(f"{role} in decision {', '.join(numbers)}" for role, numbers in roles.items())),
        ("also", ", ".join(entry.aliases)),
        ("business id", entry.identifiers.get("business_id", "")),
    )
    for mention in entry.mentions:
        yield Mark(0, Kind.INSTITUTION, *mention.span, mention.rule, entry.id, entry.name, facts)


def _known(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(fact for fact in facts if fact[1])
