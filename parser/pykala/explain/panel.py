"""The list beside the text: decisions with their sums, years and institutions; then everything else that was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pykala.explain.marks import Kind, Mark, amount_in_words, years_in_words
from pykala.explain.shell import safe
from pykala.record import AmountEntry, Decision, Institution, Record


@dataclass(frozen=True, slots=True)
class _Index:
    """The record by id, and the number of the mark that an entry's link jumps to."""

    amounts: dict[str, AmountEntry]
    years: dict[str, str]
    dates: dict[str, str]
    institutions: dict[str, Institution]
    first: dict[str, int]

    def link(self, entry: str, words: str) -> str:
        """The words as a link to where the entry first stands."""
        number = self.first.get(entry)
        return safe(words) if number is None else f'<a href="#m{number}">{safe(words)}</a>'


def panel(record: Record, marked: Iterable[Mark]) -> str:
    """The panel's content."""
    marked = tuple(marked)
    first: dict[str, int] = {}
    for mark in marked:
        if mark.entry is not None:
            first.setdefault(mark.entry, mark.number)
    index = _Index(
        amounts={entry.id: entry for entry in record.amounts},
        years={entry.id: years_in_words(entry) for entry in record.years},
        dates={entry.id: entry.value for entry in record.dates},
        institutions={entry.id: entry for entry in record.institutions},
        first=first,
    )
    return "\n".join(
        (*_decisions(record, index), *_loose_sums(record, index), *_lists(record, index), *_rest(record, marked))
    )


def _decisions(record: Record, index: _Index) -> Iterator[str]:
    yield f'<section id="decisions" tabindex="-1"><h2>Decisions <b>{len(record.decisions)}</b></h2>'
    if not record.decisions:
        yield "<p>The bulletin reports no act as taken.</p>"
    yield "<ol>"
    for decision in record.decisions:
        yield _card(decision, index, heading=decision.title if decision.title != record.title else None)
    yield "</ol></section>"


def _card(decision: Decision, index: _Index, heading: str | None) -> str:
    maker = decision.decision_maker
    rows = (
        ("decided by", index.link(maker, index.institutions[maker].name) if maker else safe(decision.officer or "")),
        ("title", safe(heading or "")),
        ("matter", safe(" · ".join(part for part in (decision.section, decision.case_number) if part))),
        ("vote", safe(decision.votes.text if decision.votes else "")),
        ("sums", _items(_sum(index.amounts[key], index) for key in decision.amounts)),
        ("years", _items(index.link(key, index.years[key]) for key in decision.years)),
        ("dates", _items(index.link(key, index.dates[key]) for key in decision.dates)),
        (
            "institutions",
            _items(
                f"{index.link(one.id, index.institutions[one.id].name)} <i>{safe(one.role.replace('_', ' '))}</i>"
                for one in decision.institutions
                if one.role != "decision_maker"
            ),
        ),
    )
    outcome = f" <em>{safe(decision.outcome.replace('_', ' '))}</em>" if decision.outcome else ""
    return (
        f'<li class="card"><h3>{index.link(decision.id, decision.type)}{outcome}</h3>'
        f"<blockquote>{safe(decision.text)}</blockquote><dl>{_described(rows)}</dl></li>"
    )


def _sum(entry: AmountEntry, index: _Index) -> str:
    to = ", ".join(index.link(key, index.institutions[key].name) for key in entry.recipients)
    fund = index.link(entry.fund, index.institutions[entry.fund].name) if entry.fund else ""
    years = ", ".join(index.link(key, index.years[key]) for key in entry.years)
    return (
        f"{index.link(entry.id, amount_in_words(entry))} <i>{safe(entry.role)}</i>"
        + (f" to {to}" if to else "")
        + (f" from {fund}" if fund else "")
        + (f" for {years}" if years else "")
    )


def _loose_sums(record: Record, index: _Index) -> Iterator[str]:
    loose = [_sum(entry, index) for entry in record.amounts if entry.decision is None]
    if loose:
        yield f"<section><h2>Sums of no decision <b>{len(loose)}</b></h2>{_items(loose)}</section>"


def _lists(record: Record, index: _Index) -> Iterator[str]:
    institutions = [
        f"{index.link(entry.id, entry.name)} <i>{safe(entry.kind.replace('_', ' '))}</i>"
        + (f" also {safe(', '.join(entry.aliases))}" if entry.aliases else "")
        for entry in record.institutions
    ]
    for title, items in (
        ("Institutions", institutions),
        ("Years", [index.link(key, words) for key, words in index.years.items()]),
        ("Dates", [index.link(key, words) for key, words in index.dates.items()]),
    ):
        if items:
            yield f"<details><summary>{title} <b>{len(items)}</b></summary>{_items(items)}</details>"


def _rest(record: Record, marked: Iterable[Mark]) -> Iterator[str]:
    rejected = [
        f'<a href="#m{mark.number}">{safe(record.text[mark.start : mark.end])}</a> <i>{safe(mark.value)}</i>'
        for mark in marked
        if mark.kind is Kind.REJECTED
    ]
    if rejected:
        yield f"<details><summary>Read as no value <b>{len(rejected)}</b></summary>{_items(rejected)}</details>"
    warnings = [f"<code>{safe(warning.code)}</code> {safe(warning.message)}" for warning in record.warnings]
    if warnings:
        yield f"<section><h2>Warnings <b>{len(warnings)}</b></h2>{_items(warnings)}</section>"


def _described(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<div><dt>{label}</dt><dd>{content}</dd></div>" for label, content in rows if content)


def _items(items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{listed}</ul>" if listed else ""
