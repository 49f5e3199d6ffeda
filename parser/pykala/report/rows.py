"""Every sum as a row of the page's table, in the order of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pykala.explain.marks import plain
from pykala.pages.words import PageLanguage, Words
from pykala.report.counted import Counted
from pykala.report.money import as_told, money
from pykala.report.totals import By, Total, folded, label_of, span

_SCRIPT_WORDS: Final = (
    "found",
    "found_none",
    "only",
    "show_more",
    "counts_as",
    "none-recipients",
    "source",
    "head-funds",
)
_LINKS: Final = ("http://", "https://")


def rows(
    sums: Sequence[Counted], of: Mapping[By, Sequence[Total]], words: Words, language: PageLanguage
) -> dict[str, Any]:
    """What the page's script shows and filters.

    Args:
        sums: in the order of the records.
        of: the totals, to whose numbers each row refers.
        words: the page's own.
        language: of the page.
    """
    numbers = {
        by: {(folded(one.label), one.currency): number for number, one in enumerate(found)} for by, found in of.items()
    }
    names = {by.value: [[part or "" for part in one.label] for one in found] for by, found in of.items()}
    whys = {why: words["total-why" if why == "total" else why] for one in sums if (why := one.why)}
    return {
        "words": {name: words[name] for name in _SCRIPT_WORDS},
        "none": {by.value: words[f"none-{by.value}"] for by in By},
        "whys": whys,
        "names": names,
        "language": language.value,
        "rows": [_row(one, numbers, words, language) for one in sums],
    }


def _row(one: Counted, numbers: Mapping[By, Mapping[Any, int]], words: Words, language: PageLanguage) -> dict[str, Any]:
    told = one.sum
    matter = " ".join(filter(None, (told.case_number, told.section)))
    return {
        "told": as_told(told, words, language),
        "value": str(told.value),
        "counts": str(one.counts),
        "counted": money(one.counts, told.currency, language),
        "currency": told.currency,
        "why": one.why or "",
        "decided": told.decided or "",
        "body": plain(
            ", ".join(filter(None, (told.body, told.publisher if told.publisher not in (told.body or "") else None)))
        ),
        "recipients": plain(" + ".join(told.recipients)),
        "fund": plain(told.fund or ""),
        "years": ", ".join(map(span, told.years)),
        "quote": [plain(told.quote.before), plain(told.quote.words), plain(told.quote.after)],
        "title": plain(told.title or told.uri),
        "uri": plain(told.uri),
        "link": told.uri if told.uri.startswith(_LINKS) else "",
        "matter": plain(matter),
        "rule": told.rule,
        "of": {
            by.value: numbers[by].get((folded(label_of(told, by)), told.currency), -1) if one.counts else -1
            for by in By
        },
    }
