"""Who gets how much, from which fund, for which years."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pykala.link.cast import Cast
from pykala.link.roles import role_of
from pykala.link.rows import Row, row_at
from pykala.model import Amount, Decision, Document, Findings, Money, Name, PartKind, Years

_HEADS = (PartKind.TITLE, PartKind.SUBHEADING)
FUNDED = frozenset(("granted", "committed"))
_RECEIVERS = frozenset(
    ("company", "university", "school", "association", "foundation", "joint_authority", "parish", "other", "municipality", "office", "union", "state_agency",
     "wellbeing_county", "committee", "division", "board")
)  # fmt: skip
_TOTAL = re.compile(
    r"\b(?:yhteensä|kaikkiaan|yhteissumma\w*|sammanlagt|totalt|in total|kokonaissumma\w*)\b[^.\d]{0,40}$", re.IGNORECASE
)
_TOTAL_ROW = re.compile(r"^\W*(?:yhteensä|kaikki yhteensä|summa|sammanlagt|totalt|total)\b", re.IGNORECASE)


def money(document: Document, findings: Findings, decisions: Sequence[Decision], cast: Cast) -> tuple[Money, ...]:
    """Every sum in its role, tied to its decision, recipients, fund and years.

    Args:
        decisions: what was decided, with the spans whose values belong to each.
        cast: the document's entities.
    """
    tied = [_tie(document, findings, decisions, cast, amount) for amount in findings.amounts]
    return tuple(_spread_heads(document, decisions, tied))


def decision_at(decisions: Sequence[Decision], position: int) -> int | None:
    """The decision whose scope holds a position; of several, the one with the narrowest span around it."""
    best: tuple[int, int] | None = None
    for index, decision in enumerate(decisions):
        for start, end in decision.scope:
            if start <= position < end and (best is None or end - start < best[0]):
                best = (end - start, index)
    return best[1] if best else None


def clause_at(document: Document, start: int, end: int) -> tuple[int, int]:
    """The sentence or table row that holds a span."""
    starts = [s for s, _ in document.sentences]
    index = max(0, bisect_right(starts, start) - 1)
    if not starts:
        return start, end
    first, last = document.sentences[index]
    return (first, max(last, end)) if first <= start else (start, end)


def _tie(document: Document, findings: Findings, decisions: Sequence[Decision], cast: Cast, amount: Amount) -> Money:
    clause = clause_at(document, amount.start, amount.end)
    row = row_at(document, amount.start)
    if row is not None:
        clause = (row.start, max(row.end, amount.end))
    index = decision_at(decisions, amount.start)
    decision = decisions[index] if index is not None else None
    if decision is not None and row is None and decision.act.start <= amount.start < decision.act.end:
        clause = (max(clause[0], decision.act.start), min(clause[1], decision.act.end))
    role = role_of(document.text, amount, clause, decision, row)
    recipients: tuple[str, ...] = ()
    fund = None
    if decision is not None and role in FUNDED | {"loan", "guarantee", "price", "rent"}:
        recipients = _recipients(document, findings, cast, amount, clause, decision, row)
        fund = _fund(document, cast, clause, decision) if role in FUNDED else None
    years = _years(document, findings, amount, clause, decision, row) if decision is not None and role in FUNDED else ()
    if role in FUNDED and (amount.value == 0 or _is_split(document.text, findings, amount, clause)):
        role, years, fund, recipients = "other", (), None, ()
    return Money(amount, role, index, recipients=recipients, fund=fund, years=years)


# ---------------------------------------------------------------- recipients


def _recipients(
    document: Document,
    findings: Findings,
    cast: Cast,
    amount: Amount,
    clause: tuple[int, int],
    decision: Decision,
    row: Row | None,
) -> tuple[str, ...]:
    """Those to whom the sentence, row or list item gives the sum.

    Receivers stand in the allative; of several sums in a clause each takes the receivers since the sum before it, or, where
    there is none before the first, those after it.
    """
    text = document.text
    if row is not None:
        return _row_recipients(text, cast, amount, row, decision)
    others = [a for a in findings.amounts if clause[0] <= a.start < clause[1] and a is not amount]
    candidates = [n for n in cast.within(*clause) if _receives(text, n, decision)]
    if not candidates:
        return _share_company(cast, clause, decision) or _owner_of_project(cast, clause, text)
    previous = max((a.end for a in others if a.end <= amount.start), default=clause[0])
    following = min((a.start for a in others if a.start >= amount.end), default=clause[1])
    if others and _TOTAL.search(text[max(clause[0], amount.start - 60) : amount.start]) and len(candidates) > 1:
        return ()
    if _in_brackets(text, amount, clause):
        return ()
    before = [n for n in candidates if previous <= n.start < amount.start]
    after = [n for n in candidates if amount.end <= n.start < following]
    first_has_none = not any(n.start < min(a.start for a in (*others, amount)) for n in candidates)
    chosen = (after or before) if (others and first_has_none) or not before else before
    return tuple(dict.fromkeys(n.key for n in chosen))


def _share_company(cast: Cast, clause: tuple[int, int], decision: Decision) -> tuple[str, ...]:
    """The company whose new shares are paid: *merkitä Tuuli Oy:n osakkeita*."""
    if decision.act.rule not in ("verbs.merkita", "verbs.sv-teckna", "verbs.en-subscribe"):
        return ()
    spans = (clause, (decision.act.start, decision.act.end))
    companies = [n for s in spans for n in cast.within(*s) if n.kind == "company" and not n.bare]
    return (companies[0].key,) if companies else ()


def _is_split(text: str, findings: Findings, amount: Amount, clause: tuple[int, int]) -> bool:
    """A bracketed part of a sum that stands before the bracket: *4 000 euroa (vuokriin 1 500 euroa …)*."""
    if not _in_brackets(text, amount, clause):
        return False
    opening = text.rfind("(", clause[0], amount.start)
    return any(clause[0] <= a.start and a.end <= opening for a in findings.amounts)


def _in_brackets(text: str, amount: Amount, clause: tuple[int, int]) -> bool:
    return text.count("(", clause[0], amount.start) > text.count(")", clause[0], amount.start)


def _row_recipients(text: str, cast: Cast, amount: Amount, row: Row, decision: Decision) -> tuple[str, ...]:
    """The receiver of a row: whom its first cell names, or who stands before the sum."""
    if _TOTAL_ROW.match(text[row.start : row.end]):
        return ()
    where = row.first if row.first is not None else (row.start, amount.start)
    named = [n for n in cast.within(*where) if n.kind in _RECEIVERS and not n.bare and n.key in cast.keys]
    named = named or [
        n for n in cast.within(row.start, row.end) if n.kind in _RECEIVERS and not n.bare and n.key in cast.keys
    ]
    allative = [n for n in named if n.case == "allative"]
    if allative:
        return tuple(dict.fromkeys(n.key for n in allative))
    free = [n for n in named if n.key != decision.maker and n.case in ("nominative", "genitive", None)]
    return (free[0].key,) if free else ()


# Swedish and English receivers: *åt X*, *till X*, *to the X*, *beviljade X ett bidrag*.
_PREPOSED = re.compile(r"\b(?:åt|till|to|to the)[ \u00a0]$", re.IGNORECASE)
_AFTER_VERB = re.compile(r"\b(?:bevilja(?:de|r)?|granted|grants?)[ \u00a0](?:the[ \u00a0])?$", re.IGNORECASE)
_GETS = re.compile(
    r"^[ \u00a0,]*(?:jonka (?:avustus|osuus|tuki)\b|\([^)]*\)[ \u00a0]*)?(?:sai|saa|saavat|saivat|får|fick|receives?|received)\b",
    re.IGNORECASE,
)


def _receives(text: str, name: Name, decision: Decision) -> bool:
    if name.kind not in _RECEIVERS or name.bare or name.key == decision.maker:
        return False
    if _PREPOSED.search(text[max(0, name.start - 12) : name.start]) or _AFTER_VERB.search(
        text[max(0, name.start - 24) : name.start]
    ):
        return name.case in ("nominative", None)
    return name.case == "allative" or (
        name.case in ("nominative", None)
        and (_GETS.match(text[name.end : name.end + 40]) is not None or _shared_get(text, name))
    )


def _shared_get(text: str, name: Name) -> bool:
    """*A ry sai 5 000 euroa, B ry 4 000 euroa ja C ry 3 000 euroa*: the verb is said once."""
    before = text[max(0, name.start - 220) : name.start]
    before = before.rsplit(". ", 1)[-1]
    return bool(re.search(r"\b(?:sai|saa|saavat|saivat|får|fick)\b", before)) and bool(
        re.match(r"[ \u00a0]+\d", text[name.end : name.end + 3])
    )


_PROJECT = re.compile(
    r"[”\"»][^”\"»]{2,80}[”\"»]\s*-?\s*\w*(?:hankkeelle|projektille|hankkeeseen|tapahtumalle|festivaalille)|\w*hankkeelle\b|-\s?hankkeelle\b",
    re.IGNORECASE,
)


def _owner_of_project(cast: Cast, clause: tuple[int, int], text: str) -> tuple[str, ...]:
    """*Kylä ry:n ”Valo” -hankkeelle*: the genitive owner of the project receives."""
    project = _PROJECT.search(text, *clause)
    if project is None:
        return ()
    owners = [
        n
        for n in cast.within(clause[0], project.end())
        if n.case == "genitive" and n.kind in _RECEIVERS and project.start() - n.end < 40
    ]
    return tuple(dict.fromkeys(n.key for n in owners[-1:]))


# ---------------------------------------------------------------- fund and years


def _fund(document: Document, cast: Cast, clause: tuple[int, int], decision: Decision) -> str | None:
    """The fund that pays: named in the clause, in the act, or above both under the same heading."""
    heading = max(
        (p.start for i in document.items for p in i.parts if p.kind in _HEADS and p.start <= clause[0]), default=0
    )
    spans = [clause, (decision.act.start, decision.act.end)]
    if any(h.kind in _HEADS for i in document.items for h in i.parts):
        spans.append((heading, clause[0]))
    for start, end in spans:
        funds = [
            n
            for n in cast.within(start, end)
            if n.kind == "fund"
            and n.key in cast.keys
            and n.case in ("elative", "ablative", "inessive", "genitive", None)
        ]
        if funds:
            return funds[-1].key if start == heading else funds[0].key
    return None


_FOR = re.compile(
    r"\b(?:vuodelle|vuosille|vuodeksi|vuosiksi|vuosina|vuonna|vuosien|vuoden|kaudelle|kaudeksi|lukuvuodelle|lukuvuodeksi|för åren|för år|åren|år)\s*$",
    re.IGNORECASE,
)


def _years(
    document: Document, findings: Findings, amount: Amount, clause: tuple[int, int], decision: Decision, row: Row | None
) -> tuple[int, ...]:
    """The years nearest the sum in its clause, else those of its column or lead, of the decision, or of the heading above."""
    here = [(i, y) for i, y in enumerate(findings.years) if clause[0] <= y.start < clause[1]]
    if here:
        return _nearest_years(document, findings, amount, clause, here)
    spans = [row.column, row.lead] if row is not None else []
    act = decision.act
    for span in (*spans, (act.start, act.end)):
        if span is None:
            continue
        inside = [
            (i, y)
            for i, y in enumerate(findings.years)
            if span[0] <= y.start < span[1] and (span is spans[0] if spans else False or _frames(document, y))
        ]
        if not inside and span != (act.start, act.end):
            inside = [
                (i, y) for i, y in enumerate(findings.years) if span[0] <= y.start < span[1] and _frames(document, y)
            ]
        if inside:
            return (
                tuple(i for i, _ in _joined(document.text, inside, amount))
                if span != (act.start, act.end) or len(inside) == 1
                else (inside[0][0],)
            )
    return _heading_years(document, findings, decision)


def _nearest_years(
    document: Document, findings: Findings, amount: Amount, clause: tuple[int, int], here: Sequence[tuple[int, Years]]
) -> tuple[int, ...]:
    others = [a for a in findings.amounts if clause[0] <= a.start < clause[1] and a is not amount]
    if not others:
        framed = [(i, y) for i, y in here if _frames(document, y)] or list(here)
        return tuple(i for i, _ in _joined(document.text, framed, amount))
    scored = sorted(here, key=lambda p: _gap(document.text, p[1], amount))
    nearest = scored[0]
    rival = min((_gap(document.text, nearest[1], a) for a in others), default=10**6)
    if rival < _gap(document.text, nearest[1], amount) and len(here) > 1:
        return (nearest[0],)
    return tuple(i for i, _ in _joined(document.text, [nearest], amount, pool=here))


def _gap(text: str, years: Years, amount: Amount) -> int:
    """How far apart they stand; a conjunction or comma between them weighs as fifty characters."""
    first, last = (amount.end, years.start) if years.start >= amount.end else (years.end, amount.start)
    return last - first + (50 if re.search(r",|\b(?:ja|sekä|och|and)\b", text[first:last]) else 0)


def _frames(document: Document, years: Years) -> bool:
    return bool(_FOR.search(document.text[max(0, years.start - 20) : years.start]))


def _joined(
    text: str, years: Sequence[tuple[int, Years]], amount: Amount, pool: Sequence[tuple[int, Years]] | None = None
) -> list[tuple[int, Years]]:
    """The nearest year with those coordinated to it: *vuosina 2026 ja 2027*."""
    nearest = min(years, key=lambda p: _gap(text, p[1], amount))
    out = [nearest]
    for i, y in pool or years:
        if i == nearest[0]:
            continue
        first, last = (y, nearest[1]) if y.start < nearest[1].start else (nearest[1], y)
        if re.fullmatch(r"\s*(?:,|ja|sekä|och|and)?\s*(?:vuonna|vuodelle)?\s*", text[first.end : last.start]):
            out.append((i, y))
    return sorted(out)


_ABOUT_GRANTS = re.compile(r"avustu|tue[nt]|tuki|tukea|bidrag|understöd|stipend|apuraha|grant", re.IGNORECASE)


def _heading_years(document: Document, findings: Findings, decision: Decision) -> tuple[int, ...]:
    """*Avustukset vuodelle 2024* in the heading, title or lead covers every sum below it."""
    text = document.text
    titles = [t for t in (decision.title, document.header.title) if t]
    spans = [(at, at + len(t)) for t in dict.fromkeys(titles) if (at := text.find(t)) >= 0]
    spans += [(p.start, p.end) for i in document.items for p in i.parts if p.kind in (PartKind.TITLE, PartKind.LEAD)]
    for start, end in spans:
        inside = [
            i
            for i, y in enumerate(findings.years)
            if start <= y.start < end and (_frames(document, y) or _ABOUT_GRANTS.search(text[start:end]))
        ]
        if len(inside) == 1:
            return tuple(inside)
    return ()


def _spread_heads(document: Document, decisions: Sequence[Decision], tied: Sequence[Money]) -> list[Money]:
    """Keep one of several tellings of the same money: the one that says to whom, else the one in the quoted statement."""
    out = list(tied)
    seen: dict[tuple[object, ...], int] = {}
    for index, entry in enumerate(tied):
        if entry.role not in FUNDED:
            continue
        amount = entry.amount
        key = (entry.decision, amount.value, amount.value_max, amount.currency, amount.per)
        rivals = [i for k, i in seen.items() if k[:5] == key and _told_twice(tied[i], entry)]
        if not rivals:
            seen[(*key, entry.recipients, entry.years)] = index
            continue
        other = rivals[0]
        worse = index if _detail(decisions, tied[other]) >= _detail(decisions, entry) else other
        out[worse] = replace(out[worse], role="other", recipients=(), fund=None, years=())
        if worse == other:
            seen = {k: i for k, i in seen.items() if i != other} | {(*key, entry.recipients, entry.years): index}
    return out


def _told_twice(first: Money, second: Money) -> bool:
    same_people = first.recipients == second.recipients or not first.recipients or not second.recipients
    same_years = first.years == second.years or not first.years or not second.years
    return same_people and same_years


def _detail(decisions: Sequence[Decision], entry: Money) -> tuple[int, int, int]:
    decision = decisions[entry.decision] if entry.decision is not None else None
    quoted = decision is not None and decision.act.start <= entry.amount.start < decision.act.end
    return (len(entry.recipients), int(quoted), len(entry.years))
