"""One document's verdicts: every field of its record against its gold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from pykala.evaluate.context import place_of_date, place_of_name, place_of_sum, place_of_words, place_of_years
from pykala.evaluate.counts import Field
from pykala.evaluate.decisions import decisions
from pykala.evaluate.found import Found, FoundInstitution
from pykala.evaluate.fundings import fundings
from pykala.evaluate.gold import Gold
from pykala.evaluate.record_file import Span
from pykala.evaluate.values import Names, Years, digits, fold, years_in_words
from pykala.evaluate.verdicts import Verdict, extra, missed, right, wrong

T = TypeVar("T")


def verdicts(gold: Gold, found: Found) -> Iterator[Verdict]:
    """What is right, missing and too many in one record."""
    yield from decisions(gold, found)
    for part in (_amounts, _qualifiers, _years, _dates, _institutions, fundings, _numbers, _header):
        yield from part(gold, found)


def _set(
    field: Field,
    gold: Mapping[T, str],
    found: Mapping[T, str],
    *,
    sought: Callable[[T], Span | None],
    at: Callable[[T], Span | None],
) -> Iterator[Verdict]:
    """Verdicts on values each of which counts once.

    Args:
        field: which field.
        gold: the right values with how they are shown.
        found: the record's values likewise.
        sought: where the text may speak of a value that is missing.
        at: where the record has a value.
    """
    for value, shown in gold.items():
        yield right(field) if value in found else missed(field, shown, sought(value))
    for value, shown in found.items():
        if value not in gold:
            yield extra(field, shown, at(value))


def _amounts(gold: Gold, found: Found) -> Iterator[Verdict]:
    return _set(
        Field.AMOUNTS,
        {one: str(one) for one in gold.qualifiers},
        {one: str(one) for one in found.sums},
        sought=lambda one: place_of_sum(found.text, one),
        at=lambda one: found.sums[one],
    )


def _qualifiers(gold: Gold, found: Found) -> Iterator[Verdict]:
    """Only of sums that are found; one right qualifier is enough where a sum is told more than once."""
    for one, wanted in gold.qualifiers.items():
        named = found.qualifiers.get(one)
        if named is None:
            continue
        if wanted & named:
            yield right(Field.QUALIFIERS)
        else:
            told, read = ("/".join(sorted(map(str, some))) for some in (wanted, named))
            yield wrong(Field.QUALIFIERS, f"{told}: {one}", read, found.sums[one])


def _years(gold: Gold, found: Found) -> Iterator[Verdict]:
    wanted: dict[Years, str] = {span: years_in_words(span) for span in gold.years}
    return _set(
        Field.YEARS,
        wanted,
        {span: years_in_words(span) for span in found.years},
        sought=lambda span: place_of_years(found.text, span),
        at=lambda span: found.years[span],
    )


def _dates(gold: Gold, found: Found) -> Iterator[Verdict]:
    wanted: dict[str | None, str] = {date: date for date in gold.dates}
    return _set(
        Field.DATES,
        wanted,
        {date: str(date) for date in found.dates},
        sought=lambda date: place_of_date(found.text, str(date)),
        at=lambda date: found.dates[date],
    )


def _institutions(gold: Gold, found: Found) -> Iterator[Verdict]:
    answering = named(gold, found)
    for wanted, one in zip(map(Names, gold.institutions), answering, strict=True):
        place = place_of_name(found.text, wanted.written) if one is None else None
        yield missed(Field.INSTITUTIONS, wanted, place) if one is None else right(Field.INSTITUTIONS)
    for one in found.institutions:
        if not any(one is other for other in answering):
            yield extra(Field.INSTITUTIONS, one.names, one.span)


def named(gold: Gold, found: Found) -> tuple[FoundInstitution | None, ...]:
    """For each institution of the gold the entry that shares a name with it; each entry answers to one."""
    left = list(found.institutions)
    answering = []
    for wanted in map(Names, gold.institutions):
        one = next((one for one in left if wanted.folded & one.names.folded), None)
        left = [other for other in left if other is not one]
        answering.append(one)
    return tuple(answering)


def _numbers(gold: Gold, found: Found) -> Iterator[Verdict]:
    """Case numbers and sections."""
    for field, compared, wanted, had in (
        (Field.CASE_NUMBERS, fold, gold.case_numbers, found.case_numbers),
        (Field.SECTIONS, digits, gold.sections, found.sections),
    ):
        shown = {compared(one): one for one in wanted}

        def place(key: str, names: Mapping[str, str] = {**shown, **had}) -> Span | None:
            return place_of_words(found.text, (names[key],))

        yield from _set(field, shown, had, sought=place, at=place)


def _header(gold: Gold, found: Found) -> Iterator[Verdict]:
    told, read = ({fact: ": ".join(fact) for fact in sorted(facts)} for facts in (gold.header, found.header))
    return _set(Field.HEADER, told, read, sought=lambda _: None, at=lambda _: None)
