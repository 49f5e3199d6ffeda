"""Bulletin → Document: its items, their parts, its sentences, and what it says of itself."""

from __future__ import annotations

import re
from functools import cache

from pykala import rules
from pykala.model import BlockKind, Bulletin, Document, DocumentKind
from pykala.rules.stems import Sought
from pykala.segment.days import TOP, fact
from pykala.segment.handlings import header_rows
from pykala.segment.header import header
from pykala.segment.items import items
from pykala.segment.labels import Label, cell_label, label_of
from pykala.sentences import Line, lines, sentences

__all__ = ["segment"]


def segment(bulletin: Bulletin) -> Document:
    """Find out what sort of bulletin it is, and which of its words are decision, proposal, history, appeal …

    Args:
        bulletin: a document as read.
    """
    all_lines = tuple(lines(bulletin.text, bulletin.blocks))
    kind = document_kind(bulletin, all_lines)
    rows = header_rows(bulletin.text, all_lines)
    head = header(bulletin, all_lines, kind, rows)
    return Document(
        bulletin=bulletin,
        kind=kind,
        header=head,
        items=items(bulletin, all_lines, kind, head, rows),
        sentences=sentences(bulletin.text, all_lines),
    )


def _spelt_out(phrase: str) -> str:
    """The words with which a pattern opens."""
    return re.split(r"[^a-zåäö ]", phrase, maxsplit=1)[0]


@cache
def _status() -> dict[str, Sought]:
    return {
        entry["id"]: Sought(
            rf"{'' if entry['id'] == 'preview' else '^[^.]{0,60}?'}\b(?:{'|'.join(entry['phrases'])})\b",
            map(_spelt_out, entry["phrases"]),
            re.MULTILINE,
        )
        for entry in rules.load("headings")["status"]
    }


_OFFICER = Sought(
    r"viranhaltijapäätös|viranhaltijan päätös|päätöksen ?tekijä(?![^\n]{0,60}(?:hallitus|valtuusto|lautakunta|jaosto))|tjänsteinnehavarbeslut|^päät(?:in|än)\b",
    ("viranhaltija", "tekijä", "tjänsteinnehavar", "päätin", "päätän"),
    re.MULTILINE,
)
_FIRST_PERSON = re.compile(r"(?:^(?:\d+[.)][ \u00a0]+)?|:\s+)(?:Päätin|Päätän|Myönnän|Hyväksyn)\b", re.MULTILINE)
_OWN_VERBS = ("Pääti", "Päätä", "Myönnän", "Hyväksyn")
_DECISION = ("Päätös", "Beslut")
_DECISION_BELOW = ("\nPäätös", "\nBeslut")
# An office holder's decision in the third person, right under its label: *Päätös / Kumppanuuspäällikkö päätti myöntää …*.
_OFFICER_ACTS = re.compile(
    r"(?:Päätös|Beslut)(?<![^\n].{6})[: \u00a0]*\n+(?:[\wåäöÅÄÖ-]+[ \u00a0])?[\wåäöÅÄÖ-]*(?:johtaja|päällikkö|pormestari|direktören|direktör|chefen|chef|rehtori)"
    r"[ \u00a0](?:päätti|päättää|myönsi|hyväksyi|valitsi|beslutade|beslöt|beslutar)\b"
)
# A result that stands alone where minutes bear no label: *Kunnanhallitus / Hyväksyttiin.*
_BARE_RESULT = re.compile(
    r"^(?:[\wåäöÅÄÖ.]{1,25}:[ \u00a0])?(?:Hyväksyttiin|Ehdotus hyväksyttiin|Päätösehdotus hyväksyttiin|Päätettiin|Todettiin|Merkittiin|Godkändes|Förslaget godkändes)\b",
    re.MULTILINE,
)
# What any such result says.
_RESULTS = ("yväksyttiin", "Päätettiin", "Todettiin", "Merkittiin", "odkändes")
_BULLETIN = Sought(
    r"päätöstiedote\b|päätösluettelo|päätöksiä\b|päätöksistä|stadsstyrelsens beslut|kommunstyrelsens beslut|fullmäktiges beslut|beslutsmeddelande|kokouksen päätökset|hallituksen päätökset|valtuuston päätökset|lautakunnan päätökset|päätösten? lyhennelmä|beslut i korthet",
    (
        *("päätöstiedote", "päätösluettelo", "päätöksi", "päätökset", "lyhennelmä"),
        *("styrelsens beslut", "fullmäktiges beslut", "beslutsmeddelande", "beslut i korthet"),
    ),
)
_BODY_AND_DAY = Sought(
    r"^[\w -]*(?:hallitus|valtuusto|lautakunta|jaosto) \d{1,2}\.\d{1,2}\.\d{4}$",
    ("hallitus ", "valtuusto ", "lautakunta ", "jaosto "),
    re.MULTILINE,
)


_LABELLED_BULLETIN = re.compile(
    r"päätöstiedote\b|päätösluettelo|beslutsmeddelande|päätösten? lyhennelmä", re.IGNORECASE
)


# In Helsinki's minutes the section *Esitys* is the body's own act.
_HELSINKI = re.compile(r"Helsingin kaupunki|Helsingfors stad|HEL \d{4}-\d{6}")
_OWN_PROPOSAL = re.compile(r"^Esitys[ \u00a0]*$", re.MULTILINE)
# *Kokouksen esityslista on luettavissa verkkosivuilla.*: a pointer, not a heading.
_POINTS = re.compile(r"luettavissa|löyty|nähtävillä|julkaist|verkkosivu|läsas på|finns på", re.IGNORECASE)


def _names_bulletin(opening: str) -> bool:
    """Whether a page opens by calling itself decisions in short, or with a body and its day."""
    return bool(_BULLETIN.search(opening) or _BODY_AND_DAY.search(opening))


def _tells_bare_result(text: str) -> bool:
    """Whether a line holds a result alone."""
    return any(map(text.__contains__, _RESULTS)) and _BARE_RESULT.search(text) is not None


def _speaks(text: str) -> bool:
    """Whether an office holder speaks in the first person."""
    return any(map(text.__contains__, _OWN_VERBS)) and _FIRST_PERSON.search(text) is not None


def _officer_acts(text: str) -> bool:
    """Whether a section headed *Päätös* opens with an office holder who acts."""
    headed = text.startswith(_DECISION) or any(map(text.__contains__, _DECISION_BELOW))
    return headed and _OFFICER_ACTS.search(text) is not None


def _is_agenda(head: str) -> bool:
    """Whether a line of the head says that this is an agenda."""
    if not _status()["agenda"].may_be_in(head):
        return False
    for match in _status()["agenda"].pattern.finditer(head):
        words = head[head.rfind("\n", 0, match.end()) + 1 : match.end() + 120]
        if not _POINTS.search(words.split("\n", maxsplit=1)[0]):
            return True
    return False


def _label(text: str, line: Line) -> Label | None:
    words = text[line.start : line.end]
    return cell_label(words) if line.kind is BlockKind.TABLE else label_of(words)


def document_kind(bulletin: Bulletin, all_lines: tuple[Line, ...]) -> DocumentKind:
    """What sort of bulletin it is, by its facts, its labels, then its own words."""
    text = bulletin.text
    labels = {label.part for x in all_lines if (label := _label(text, x)) is not None}
    head = "\n".join(text[x.start : min(x.end, x.start + 200)] for x in all_lines[:TOP])
    stated = fact(bulletin, "status")
    opening = (fact(bulletin, "title") or "") + "\n" + head[:300]
    bulletin_named = labels.isdisjoint(("decision", "proposal")) and _names_bulletin(opening)
    if stated is None and bulletin_named:
        return DocumentKind.BULLETIN
    if stated == "agenda" or (stated is None and "decision" not in labels and _is_agenda(head[:600])):
        return DocumentKind.AGENDA
    unproposed = "proposal" not in labels and (_OFFICER.search(head) or _officer_acts(text))
    if fact(bulletin, "officer") or unproposed or _speaks(text):
        return DocumentKind.OFFICER
    if "decision" in labels or stated == "minutes":
        return DocumentKind.BULLETIN if _LABELLED_BULLETIN.search(opening) else DocumentKind.MINUTES
    helsinki = _status()["minutes"].search(head[:400]) and _HELSINKI.search(head) and _OWN_PROPOSAL.search(text)
    if helsinki or ("proposal" in labels and _tells_bare_result(text)):
        return DocumentKind.MINUTES
    if "proposal" in labels:
        return DocumentKind.AGENDA
    return DocumentKind.BULLETIN if bulletin_named else _unlabelled_kind(text, head)


def _unlabelled_kind(text: str, head: str) -> DocumentKind:
    """The kind of a document that bears no label of minutes and does not call itself a bulletin."""
    if _status()["minutes"].search(head[:400]) and _tells_bare_result(text):
        return DocumentKind.MINUTES
    return DocumentKind.PREVIEW if _status()["preview"].search(text[:1500]) else DocumentKind.RELEASE
