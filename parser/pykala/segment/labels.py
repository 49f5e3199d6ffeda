"""Section labels: what a line such as *Päätösehdotus* or *Khall 12.6.2023 § 127* says of the lines below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from pykala import rules
from pykala.model import Value
from pykala.sentences import Line

_LETTERS = "A-Za-zÅÄÖåäö"
#: How long a label can be; a longer line is prose.
LONGEST = 60


class Label(Value):
    """A label at the start of a line.

    Attributes:
        part: the kind of part that it opens (``own_proposal`` is Helsinki's *Esitys*).
        end: offset in the line where the words after the label start.
        alone: nothing follows on the line.
        owner: whose proposal or decision it is, in the genitive, where it says so.
    """

    part: str
    end: int
    alone: bool
    owner: str | None = None


@cache
def _parts() -> dict[str, str]:
    return {label: entry["part"] for entry in rules.load("headings")["heading"] for label in entry["labels"]}


@cache
def _inline() -> re.Pattern[str]:
    labels = sorted(_parts(), key=len, reverse=True)
    return re.compile(rf"((?i:{'|'.join(map(re.escape, labels))}))(?:\s*:\s*|[ \u00a0]+(?=[A-ZÅÄÖ§”\"]))")


@cache
def _openings() -> frozenset[str]:
    """The first words of all labels."""
    return frozenset(label.split()[0] for label in _parts())


#: So many letters tell most lines from those that open with a label; no label is shorter.
_BEGINNING = 2


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:_BEGINNING] for word in _openings())


# Labels that may stand before running text with nothing but a space between.
_OPEN_INLINE = {"decision", "proposal", "handling", "presenter", "background", "reasons"}
_NEVER_INLINE = {
    "asia",
    "liite",
    "ote",
    "ehdot",
    "hakemus",
    "lausunto",
    "puheenjohtaja",
    "jaa",
    "ei",
    "selvitys",
    "handling",
}
# *Kaupunginhallituksen päätös:*, *Toimialajohtajan ehdotus*, *Nämndens beslut*
_OWNER = (
    r"(?:hallituksen|valtuuston|lautakunnan|jaoston|johtokunnan|toimikunnan|neuvoston|johtajan|päällikön|sihteerin|pormestarin|"
    r"esittelijän|puheenjohtajan|toimielimen|kokouksen|styrelsens|nämndens|fullmäktiges|sektionens|direktörens|chefens|föredragandens)"
)
_OWNED = re.compile(
    rf"(?P<owner>(?:[{_LETTERS}-]+,? ){{0,5}}?[{_LETTERS}-]*{_OWNER}) "
    r"(?P<what>(?:muutettu )?(?:päätösehdotus|päätösesitys|ehdotus|esitys)|päätös|beslutsförslag|förslag|beslut)\s*:?$",
    re.IGNORECASE,
)
_OWNED_INLINE = re.compile(_OWNED.pattern.removesuffix(r"\s*:?$") + r"\s*:[ \u00a0]+(?=[A-ZÅÄÖ])")
# *Ehdotus sivistysjohtaja*: the label with its presenter's title after it.
_PRESENTED = re.compile(
    rf"(?:muutettu )?(?:päätös)?(?:ehdotus|esitys)[,:]? (?:[{_LETTERS}-]+ ){{0,2}}?[{_LETTERS}-]*"
    r"(?:johtaja|päällikkö|sihteeri|pormestari|insinööri|rehtori|arkkitehti|jurist|direktör|chef)\s*:?$",
    re.IGNORECASE,
)
_OWNED_PART = {"päätös": "decision", "beslut": "decision"}


# What an owned label ends in.
_WHAT = ("ehdotus", "esitys", "päätös", "förslag", "beslut")
#: How far into a line its label may reach.
_REACH = 160


@lru_cache(maxsize=4096)
def label_of(line: str) -> Label | None:
    """The label that a line bears or opens with, if any.

    >>> label_of("Päätösehdotus:")
    Label(part='proposal', end=14, alone=True, owner=None)
    >>> label_of("Päätös Hyväksyttiin yksimielisesti.")
    Label(part='decision', end=7, alone=False, owner=None)
    >>> label_of("Päätös on ehdotuksen mukainen.") is None
    True
    """
    stripped = line.rstrip(" \u00a0:–-")
    short = len(stripped) <= LONGEST
    part = _parts().get(stripped.casefold()) if short else None
    if part is not None:
        return Label(part, len(line), True)
    if short or ":" in line[:_REACH]:
        owned = _owned_label(line, short=short) if _says_what(line[:_REACH].lower()) else None
        if owned is not None:
            return owned
    return _inline_label(line)


def _says_what(words: str) -> bool:
    """Whether words hold one of which somebody may be the owner: looked for first, because most lines hold none."""
    return "ehdotus" in words or "esitys" in words or "päätös" in words or "förslag" in words or "beslut" in words


def _ends_in_what(line: str) -> bool:
    """Whether a line ends in such a word, a colon aside."""
    return line.rstrip().removesuffix(":").rstrip().lower().endswith(_WHAT)


def _owned_label(line: str, *, short: bool) -> Label | None:
    """The label that says whose it is, or who presents it: alone on a short line, or with a colon before running text."""
    owned = _OWNED.fullmatch(line.strip()) if short and _ends_in_what(line) else None
    if owned:
        return Label(_OWNED_PART.get(owned["what"].casefold(), "proposal"), len(line), True, owned["owner"])
    if short and _PRESENTED.fullmatch(line.strip()):
        return Label("proposal", len(line), True)
    owned = _OWNED_INLINE.match(line) if ":" in line[:_REACH] else None
    if owned:
        return Label(_OWNED_PART.get(owned["what"].casefold(), "proposal"), owned.end(), False, owned["owner"])
    return None


def _inline_label(line: str) -> Label | None:
    """The label before running text."""
    if line[:_BEGINNING].casefold() not in _beginnings():
        return None
    if not line[:1].isupper() or line.split(maxsplit=1)[0].partition(":")[0].casefold() not in _openings():
        return None
    match = _inline().match(line)
    if match is None or match[1].casefold() in _NEVER_INLINE:
        return None
    part = _parts()[match[1].casefold()]
    if ":" not in match[0][len(match[1]) :] and part not in _OPEN_INLINE:
        return None
    return Label(part, match.end(), False) if match.end() < len(line) else Label(part, len(line), True)


#: A cell this long beside a label is running text.
_PROSE_CELL = 40
_CELL_PARTS = frozenset(
    ("decision", "proposal", "handling", "history", "presenter", "contact", "attachments", "distribution")
)


def cell_label(row: str) -> Label | None:
    r"""The label in the first of a table row's two cells: *Päätös ⇥ Päätösehdotus hyväksyttiin.*

    >>> cell_label("Päätös\tPäätösehdotus hyväksyttiin.").part
    'decision'
    >>> cell_label("Päätös\tHaettu\tMyönnetty") is None
    True
    """
    first, _, rest = row.partition("\t")
    label = label_of(first) if rest and ("\t" not in rest or len(rest.split("\t", 1)[0]) >= _PROSE_CELL) else None
    if label is None or not label.alone or label.part not in _CELL_PARTS:
        return None
    return Label(label.part, len(first) + 1, False, label.owner)


class Handling(Value):
    """A line that opens one body's handling of the matter: *Ksylk § 84*, *Kunnanhallitus 1.6.2015 184 §*."""

    body: str
    date: str | None
    section: str


_DATE = r"(?P<date>\d{1,2}\.\d{1,2}\.\d{4})"
_BODY = r"(?P<body>[A-ZÅÄÖ][A-Za-zÅÄÖåäö/ ,-]{1,70}?)"
_HANDLINGS = (
    re.compile(rf"{_BODY},?[ \u00a0\t]+(?:{_DATE},?[ \u00a0\t]+)?§[ \u00a0]*(?P<section>\d{{1,4}})(?:/\d{{4}})?\.?"),
    re.compile(rf"{_BODY},?[ \u00a0\t]+(?:{_DATE},?[ \u00a0\t]+)?(?P<section>\d{{1,4}})[ \u00a0]*§(?:/\d{{4}})?"),
    re.compile(rf"{_BODY},?[ \u00a0\t]+§[ \u00a0]*(?P<section>\d{{1,4}})[ \u00a0,\t]+{_DATE}"),
)
# A number of the registry glued to the section: *§ 1481893/10.03.02.01/2025* (its own number taken as four digits).
_GLUED = re.compile(
    rf"{_BODY},?[ \u00a0\t]+{_DATE},?[ \u00a0\t]+§[ \u00a0]*(?P<section>\d{{1,4}})\d{{4}}/\d\d(?:\.\d\d)+/\d{{4}}"
)
_NO_BODY = re.compile(
    r"^(?:Pykälä|Asia|Kokous|Liite|Sivu|Pöytäkirja|Paragraf|Kuntalaki|Kuntalain|Hallintolaki|Laki|Asetus|MRL|Hallintosääntö|Viite)\b|laki$|lain$|säännön$|sääntö$"
)


def handling_of(line: str) -> Handling | None:
    """The handling that a line opens, if it is nothing but a body, perhaps a date, and a section.

    >>> handling_of("Khall 12.06.2023 § 127")
    Handling(body='Khall', date='2023-06-12', section='127')
    >>> handling_of("Kaupunginhallitus 1.6.2015 184 §").section
    '184'
    >>> handling_of("Kuntalaki 136 §") is None
    True
    """
    if "§" not in line:
        return None
    line = line.strip().rstrip(",:")
    if len(line) > 110:
        return None
    for pattern in (*_HANDLINGS, _GLUED):
        match = pattern.fullmatch(line)
        if match and not _NO_BODY.search(match["body"]):
            return Handling(match["body"].strip(" ,"), iso_day(match.groupdict().get("date")), match["section"])
    return None


def handlings(text: str, lines: Sequence[Line]) -> dict[int, Handling]:
    """The handlings that lines of a text open, each with the index of its line."""
    found: dict[int, Handling] = {}
    sign = text.find("§", lines[0].start)
    for index, line in enumerate(lines):
        if sign < 0:
            break
        if sign >= line.end:
            continue
        handling = handling_of(text[line.start : line.end])
        if handling is not None:
            found[index] = handling
        sign = text.find("§", line.end)
    return found


_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()


def iso_day(written: str | None) -> str | None:
    """``d.m.yyyy`` or ``d. kuukautta yyyy`` as an ISO day, None where it is no day.

    >>> iso_day("4.12.2023"), iso_day("4. joulukuuta 2023")
    ('2023-12-04', '2023-12-04')
    """
    match = re.fullmatch(r"(\d{1,2})\.(?:(\d{1,2})\.|[ \u00a0](\w+)kuuta[ \u00a0])(\d{4})", written or "")
    if not match or (match[3] and match[3].casefold() not in _MONTHS):
        return None
    month = int(match[2]) if match[2] else _MONTHS.index(match[3].casefold()) + 1
    day, year = int(match[1]), int(match[4])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
