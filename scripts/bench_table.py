"""What bench.py found, as a Markdown table with its sentences, and its place in the README."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench_contestants import CONTESTANTS, SHORT, Documents, Figures, is_short

BEGIN = "<!-- bench: begin -->"
END = "<!-- bench: end -->"
HEADINGS = (
    "",
    "documents/s",
    "MB/s",
    "words/s",
    "times spaCy with NER",
    "short: documents/s",
    "short: times spaCy",
    "peak MB",
)
UNKNOWN = "–"


class NoPlace(ValueError):
    """A README that does not say where the table goes."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How large a set of documents is.

    Attributes:
        texts: how many of the documents have a text of their own.
        size: bytes of plain text in UTF-8 of one document on the mean; `files` those of its file.
        words: of one document on the mean, as white space parts them.
        short: how many are as long as a short news bulletin.
    """

    documents: int
    texts: int
    size: float
    files: float
    words: float
    short: int


def measured(documents: Documents, files: int) -> Measure:
    """The measure of a set whose files have so many bytes."""
    texts, number = [text for _, text in documents], len(documents)
    return Measure(
        documents=number,
        texts=len(set(texts)),
        size=sum(len(text.encode()) for text in texts) / number,
        files=files / number,
        words=sum(len(text.split()) for text in texts) / number,
        short=sum(map(is_short, texts)),
    )


def about(measure: Measure) -> str:
    """The sentence on the documents; copies of a PDF differ in their bytes and not in their text, so both are counted."""
    return (
        f"{measure.documents:,} bulletins, {measure.texts:,} different texts, of {measure.size / 1e3:.1f} kB of plain text "
        f"({measure.words:,.0f} words) on the mean, in files of {measure.files / 1e3:.1f} kB. *Short* are the {measure.short:,} "
        f"of them with {SHORT.start:,} to {SHORT.stop - 1:,} characters of text, the size of a short news bulletin. Megabytes "
        "are those of the plain text in every row. pykala makes whole records, by its rules alone unless a model is named, "
        "whatever is installed."
    )


def table(results: Mapping[str, Figures], measure: Measure) -> str:
    """A row for each contestant, aligned so that it can be read as it is; then who is missing."""
    ner = results.get("ner")
    rows = [HEADINGS, *(_row(name, one, ner, measure) for name, one in results.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|")
    return "\n".join(lines)


def missing(names: Sequence[str]) -> list[str]:
    """A sentence for each contestant that has no row."""
    return [
        f"{CONTESTANTS[name].title}: no row, since the package {CONTESTANTS[name].needs} is not installed "
        "(`pip install 'pykala[bench]'`)."
        for name in names
    ]


def _row(name: str, one: Figures, ner: Figures | None, measure: Measure) -> tuple[str, ...]:
    return (
        CONTESTANTS[name].title,
        f"{1 / one.seconds:.1f}",
        f"{measure.size / one.seconds / 1e6:.2f}",
        f"{measure.words / one.seconds:,.0f}",
        f"{ner.seconds / one.seconds:.1f}" if ner else UNKNOWN,
        f"{1 / one.short:.1f}" if one.short else UNKNOWN,
        f"{ner.short / one.short:.1f}" if ner and one.short else UNKNOWN,
        f"{one.peak:.0f}",
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
    return f"| {' | '.join(cells)} |"


def wrapped(paragraph: str) -> str:
    """A paragraph in lines as the README has them; a table as it is."""
    if paragraph.startswith("|"):
        return paragraph
    return textwrap.fill(paragraph, 120, break_long_words=False, break_on_hyphens=False)


def within(readme: str, text: str) -> str:
    """The README with this text between its markers, whatever stood there.

    Raises:
        NoPlace: a marker is missing, or they stand in the wrong order.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoPlace(f"the README has no place for the table: it needs a line {BEGIN} and below it a line {END}")
    return f"{before}{BEGIN}\n{text.strip()}\n{END}{after}"
