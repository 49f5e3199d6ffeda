"""Who gets how much, from which fund, for which years."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pykala.link.cast import Cast
from pykala.link.roles import role_of
from pykala.model import Amount, Decision, Document, Findings, Money, Name, Years

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
    return tuple(_spread_heads(document, findings, decisions, tied))


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
    index = decision_at(decisions, amount.start)
    decision = decisions[index] if index is not None else None
    role = role_of(document.text, amount, clause, decision)
    recipients: tuple[str, ...] = ()
    fund = None
    if decision is not None and role in FUNDED | {"loan", "guarantee", "price", "rent"}:
        recipients = _recipients(document, findings, cast, amount, clause, decision)
        fund = _fund(cast, clause, decision)
    years = _years(document, findings, amount, clause, decision) if decision is not None and role in FUNDED else ()
    return Money(amount, role, index, recipients=recipients, fund=fund, years=years)


# ---------------------------------------------------------------- recipients


def _recipients(
    document: Document, findings: Findings, cast: Cast, amount: Amount, clause: tuple[int, int], decision: Decision
) -> tuple[str, ...]:
    """Those to whom the sentence, row or list item gives the sum.

    Receivers stand in the allative; of several sums in a clause each takes the receivers since the sum before it, or, where
    there is none before the first, those after it.
    """
    text = document.text
    others = [a for a in findings.amounts if clause[0] <= a.start < clause[1] and a is not amount]
    row = _is_row(document, clause, decision)
    candidates = [n for n in cast.within(*clause) if _receives(n, row, decision)]
    if not candidates:
        return _owner_of_project(cast, clause, text) if not row else ()
    previous = max((a.end for a in others if a.end <= amount.start), default=clause[0])
    following = min((a.start for a in others if a.start >= amount.end), default=clause[1])
    if others and _TOTAL.search(text[max(clause[0], amount.start - 60) : amount.start]) and len(candidates) > 1:
        return ()
    before = [n for n in candidates if previous <= n.start < amount.start]
    after = [n for n in candidates if amount.end <= n.start < following]
    first_has_none = not any(n.start < min(a.start for a in (*others, amount)) for n in candidates)
    chosen = (after or before) if (others and first_has_none) or not before else before
    if not chosen and not others:
        chosen = candidates
    return tuple(dict.fromkeys(n.key for n in chosen))


def _is_row(document: Document, clause: tuple[int, int], decision: Decision) -> bool:
    """A list or table row of the decision, not its own sentence."""
    return (
        not (clause[0] <= decision.act.verb[0] < clause[1])
        and any(s <= clause[0] < e for s, e in decision.scope)
        and decision.act.formula is False
    )


def _receives(name: Name, row: bool, decision: Decision) -> bool:
    if name.kind not in _RECEIVERS or name.bare or name.key == decision.maker:
        return False
    return name.case == "allative" or (row and name.case in ("nominative", "allative", None))


_PROJECT = re.compile(
    r"[”\"»][^”\"»]{2,80}[”\"»]\s*-?\s*\w*(?:hankkeelle|projektille|hankkeeseen|tapahtumalle|festivaalille)|\w+hankkeelle\b|-\s?hankkeelle\b",
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


def _fund(cast: Cast, clause: tuple[int, int], decision: Decision) -> str | None:
    spans = (clause, (decision.act.start, decision.act.end))
    for start, end in spans:
        funds = [
            n
            for n in cast.within(start, end)
            if n.kind == "fund" and n.case in ("elative", "ablative", "inessive", "genitive", None)
        ]
        if funds:
            return funds[0].key
    return None


_FOR = re.compile(
    r"\b(?:vuodelle|vuosille|vuodeksi|vuosiksi|vuosina|vuonna|vuosien|vuoden|kaudelle|kaudeksi|lukuvuodelle|lukuvuodeksi|för åren|för år|åren|år)\s*$",
    re.IGNORECASE,
)


def _years(
    document: Document, findings: Findings, amount: Amount, clause: tuple[int, int], decision: Decision
) -> tuple[int, ...]:
    """The years nearest the sum in its clause, else those of the decision, else those that its title sets for all."""
    here = [(i, y) for i, y in enumerate(findings.years) if clause[0] <= y.start < clause[1]]
    if here:
        return _nearest_years(document, findings, amount, clause, here)
    act = decision.act
    whole = [(i, y) for i, y in enumerate(findings.years) if act.start <= y.start < act.end and _frames(document, y)]
    if whole:
        return (whole[0][0],)
    return _title_years(document, findings, decision)


def _nearest_years(
    document: Document, findings: Findings, amount: Amount, clause: tuple[int, int], here: Sequence[tuple[int, Years]]
) -> tuple[int, ...]:
    others = [a for a in findings.amounts if clause[0] <= a.start < clause[1] and a is not amount]
    if not others:
        framed = [(i, y) for i, y in here if _frames(document, y)] or list(here)
        return tuple(i for i, _ in _joined(document.text, framed, amount))
    scored = sorted(here, key=lambda p: _gap(p[1], amount))
    nearest = scored[0]
    rival = min((_gap(nearest[1], a) for a in others), default=10**6)
    if rival < _gap(nearest[1], amount) and len(here) > 1:
        return (nearest[0],)
    return tuple(i for i, _ in _joined(document.text, [nearest], amount, pool=here))


def _gap(years: Years, amount: Amount) -> int:
    return years.start - amount.end if years.start >= amount.end else amount.start - years.end


def _frames(document: Document, years: Years) -> bool:
    return bool(_FOR.search(document.text[max(0, years.start - 20) : years.start]))


def _joined(
    text: str, years: Sequence[tuple[int, Years]], amount: Amount, pool: Sequence[tuple[int, Years]] | None = None
) -> list[tuple[int, Years]]:
    """The nearest year with those coordinated to it: *vuosina 2026 ja 2027*."""
    nearest = min(years, key=lambda p: _gap(p[1], amount))
    out = [nearest]
    for i, y in pool or years:
        if i == nearest[0]:
            continue
        first, last = (y, nearest[1]) if y.start < nearest[1].start else (nearest[1], y)
        if re.fullmatch(r"\s*(?:,|ja|sekä|och|and)?\s*(?:vuonna|vuodelle)?\s*", text[first.end : last.start]):
            out.append((i, y))
    return sorted(out)


def _title_years(document: Document, findings: Findings, decision: Decision) -> tuple[int, ...]:
    title = decision.title
    at = document.text.find(title) if title else -1
    if title is None or at < 0:
        return ()
    inside = [i for i, y in enumerate(findings.years) if at <= y.start < at + len(title) and _frames(document, y)]
    return tuple(inside[:1])


def _spread_heads(
    document: Document, findings: Findings, decisions: Sequence[Decision], tied: Sequence[Money]
) -> list[Money]:
    """A total row of a list has no receiver."""
    out = []
    for entry in tied:
        clause = clause_at(document, entry.amount.start, entry.amount.end)
        if entry.recipients and _TOTAL_ROW.match(document.text[clause[0] : clause[1]]):
            entry = replace(entry, recipients=())
        out.append(entry)
    return out
