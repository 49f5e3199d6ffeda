"""A bulletin's own case numbers and sections, told from those that it only refers to."""

from __future__ import annotations

import re

# The forms in which Finnish registries write a matter's number; the class in brackets or after T is not part of it.
_CASE = (
    r"HEL[ \u00a0]\d{4}-\d{6}"
    r"|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,12}[Dd]n?ro?-\d{4}-\d{1,6}"
    r"|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,12}[Dd]no-\d{4}-\d{1,6}"
    r"|[A-ZÅÄÖ]{2,6}/\d{1,6}(?:/\d\d(?:\.\d\d){1,3})?/\d{4}"
    r"|[A-ZÅÄÖ]{2,6}:[ \u00a0]?\d{1,6}/\d\d(?:\.\d\d){1,3}/\d{4}"
    r"|\d{1,6}/\d\d(?:\.\d\d){1,3}(?:/\d\d)?[ \u00a0]?/[ \u00a0]?(?:19|20)\d\d"
    r"|\d{1,6}-(?:19|20)\d\d(?=[ \u00a0]\(\d)"
    r"|(?:19|20)\d\d-\d{4,6}"
)
CASE = re.compile(rf"(?<![\w/.-])(?:{_CASE})(?![\w/]|\.\d)")
_SHORT = re.compile(r"(?<![\w/.-])\d{1,6}/(?:19|20)\d\d(?![\w/.-])")
_LABEL = re.compile(
    r"^(?:d(?:ia)?a?a?r?i?n(?:ume)?ro|dno|dnro|asianumero|asianro|asiatunnus|diaarinumero|ärendenummer|dnr|diarienummer|asian numero|"
    r"asiatunniste|diaari|asiakohta|case number|ärende nr|asia nro)\s*:?\s*",
    re.IGNORECASE,
)
_LABEL_INITIALS = frozenset("adäcADÄC")
# What may stand beside a case number on a line of its own: class codes, brackets, commas, pages.
_RESIDUE = re.compile(
    r"[\s\u00a0,;:()./TtDd\d-]*|.*\b(?:dno|dnro|asianro|diaarinumero|asianumero|dnr|ärendenummer)\b[\s:]*",
    re.IGNORECASE,
)

_SECTION = (
    re.compile(r"^§[ \u00a0]*(\d{1,4})(?![\d.,]*[ \u00a0]*(?:momentti|mom))(?:/(?:19|20)\d\d)?\.?(?=\s|$|[A-ZÅÄÖ])"),
    re.compile(r"^(\d{1,4})[ \u00a0]*§(?!:)(?:/(?:19|20)\d\d)?\.?(?=\s|$|[A-ZÅÄÖ])"),
    re.compile(
        r"^(?:Pöytäkirja|Protokoll)[ \u00a0]\d{1,2}\.\d{1,2}\.\d{4}[ \u00a0]?/[ \u00a0]?(?:Pykälä|Paragraf)[ \u00a0](\d{1,4})"
    ),
    re.compile(r"^[^§.]{3,40}:[ \u00a0]*§[ \u00a0]*(\d{1,4})(?=\s|$)"),
    re.compile(r"^(?:Pykälä|Paragraf|Section)[ \u00a0](\d{1,4})$"),
    re.compile(r"^(?:Asia|Ärende|Case)[ \u00a0]\d{1,3}\.[ \u00a0]?/[ \u00a0]?(\d{1,4})[ \u00a0]*§"),
    re.compile(r"^\d{1,3}\.[ \u00a0]?/[ \u00a0]?(\d{1,4})[ \u00a0]*§"),
)


_DIGIT = re.compile(r"\d")
# What any case number but the short ones holds.
_JOINT = re.compile(r"[-/]\d")
#: A longer line does more than state its case numbers.
_LONGEST = 160


def own_cases(line: str, *, labelled: bool) -> list[tuple[int, int]]:
    """Spans of the case numbers of a line that does nothing but state them.

    Args:
        line: one line of the text.
        labelled: the line above is a label such as *Dno*, so that a bare ``5316/2016`` counts too.

    >>> [(a, b) for a, b in own_cases("HEL 2024-009117 T 00 00 03", labelled=False)]
    [(0, 15)]
    >>> own_cases("Päätös koskee asiaa HEL 2024-009117 ja kaavaa.", labelled=False)
    []
    """
    if len(line) > _LONGEST or not ("/" in line or "-" in line) or _DIGIT.search(line) is None:
        return []
    label = _LABEL.match(line) if line[:1] in _LABEL_INITIALS else None
    spans = [m.span() for m in CASE.finditer(line)] if _JOINT.search(line) else []
    if not spans and (labelled or (label and label.end() < len(line))):
        spans = [m.span() for m in _SHORT.finditer(line)]
    elif not spans:
        alone = _SHORT.fullmatch(line.strip()) if "/" in line else None
        return [(line.index(alone[0]), line.index(alone[0]) + len(alone[0]))] if alone else []
    if not spans:
        return []
    rest, last = "", 0
    for start, end in spans:
        rest += line[last:start]
        last = end
    rest += line[last:]
    return spans if labelled or label or _RESIDUE.fullmatch(rest) else []


def is_case_label(line: str) -> bool:
    """Whether the line is a registry label alone, such as *Dno* or *Diaarinumero:*."""
    match = _LABEL.match(line) if line[:1] in _LABEL_INITIALS else None
    return match is not None and match.end() == len(line)


def may_state_section(text: str) -> bool:
    """Whether a section may be stated in a line, or in a whole text."""
    return "§" in text or "Pykälä" in text or "Paragraf" in text or "Section" in text


def own_section(line: str) -> tuple[int, int, int] | None:
    """Span of the section number that opens a line, and where the words after it start.

    >>> own_section("§ 12 Avustukset vuodelle 2024")
    (2, 4, 5)
    >>> own_section("124 § Talousarvio")
    (0, 3, 6)
    """
    if not may_state_section(line):
        return None
    for pattern in _SECTION:
        match = pattern.match(line)
        if match:
            end = match.end()
            while end < len(line) and line[end] in " \u00a0\t.":
                end += 1
            return match.start(1), match.end(1), end
    return None
