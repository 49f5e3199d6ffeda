"""To whom a sum is given."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pykala.link.enumerations import enumerated, getting, supported
from pykala.link.layout import Row
from pykala.link.spot import Spot
from pykala.model import Amount, Name

# Kinds that can receive money. A fund pays, a council or a court decides.
RECEIVERS = frozenset(
    ("company", "university", "school", "association", "foundation", "joint_authority", "parish", "other", "municipality", "office", "union",
     "state_agency", "wellbeing_county", "committee", "division", "board")
)  # fmt: skip
_TOTAL = re.compile(
    r"\b(?:yhteensä|kaikkiaan|yhteissumma\w*|sammanlagt|totalt|in total|kokonaissumma\w*)\b[^.\d]{0,40}$", re.IGNORECASE
)
# A whole that is shared out in the same sentence: *7 000 euroa, josta Kylä ry saa 4 000 euroa*.
_SPLITS = re.compile(r",?[ \u00a0](?:josta|joista|jotka jaetaan|av vilka|varav)\b")
_TOTAL_HERE = re.compile(r"\b(?:Yhteensä|Sammanlagt|Totalt)[ \u00a0]+$")
_TOTAL_ROW = re.compile(r"^\W*(?:yhteensä|kaikki yhteensä|summa|sammanlagt|totalt|total)\b", re.IGNORECASE)


def recipients(spot: Spot) -> tuple[str, ...]:
    """Keys of those to whom the sentence, row or list item gives the sum.

    Receivers stand in the allative; of several sums in a clause each takes the receivers since the sum before it, or,
    where there is none before the first, those after it. A whole that is split among several belongs to none of them.
    """
    maker = spot.decision.maker if spot.decision else None
    able = [n for n in spot.names() if _may_receive(spot, n) and n.key != maker]
    listed = enumerated(spot, able)
    if listed:
        return _keys(listed)
    if spot.row is not None:
        return _of_row(spot, spot.row)
    candidates = [n for n in able if _receives(spot, n)]
    if not candidates:
        told = getting(spot, able) or supported(spot, able, by_year=_by_year(spot))
        return _keys(told) or _company_of_shares(spot) or _owner_of_project(spot) or _named_before(spot)
    amount, others = spot.amount, spot.others()
    if _SPLITS.match(spot.text, amount.end) and not any(n.end <= amount.start for n in candidates):
        return ()
    if spot.in_brackets or (
        others
        and len(candidates) > 1
        and _TOTAL.search(spot.text, max(spot.clause[0], amount.start - 60), amount.start)
    ):
        return ()
    previous = max((a.end for a in others if a.end <= amount.start), default=spot.clause[0])
    following = min((a.start for a in others if a.start >= amount.end), default=spot.clause[1])
    before = [n for n in candidates if previous <= n.start < amount.start]
    if not before and len(candidates) == 1 and _by_year(spot):
        return _keys(candidates)  # *Kylä ry saa vuonna 2025 500 euroa ja vuonna 2026 600 euroa*
    after = [n for n in candidates if amount.end <= n.start < following]
    parts = [a for a in (*others, amount) if not _is_whole(spot.text, a)]
    if parts and amount not in parts and not any(n.end <= amount.start for n in candidates):
        return ()
    first = min(a.start for a in parts or (*others, amount))
    sums_lead = bool(others) and not any(n.start < first for n in candidates)
    chosen = (after or before) if sums_lead or not before else before
    return _keys(_with_joined(spot.text, chosen, able))


_YEAR_BEFORE = re.compile(r"(?:vuonna|vuodelle|år)[ \u00a0](?:19|20)\d\d[ \u00a0](?:enintään[ \u00a0])?$")
_YEAR_AFTER = re.compile(r"[ \u00a0](?:vuonna|vuodelle|år)[ \u00a0](?:19|20)\d\d")


def year_follows(spot: Spot) -> bool:
    """Whether a sum is followed by its year: *500 euroa vuodelle 2025*."""
    return _YEAR_AFTER.match(spot.text, spot.amount.end) is not None


def _by_year(spot: Spot) -> bool:
    """Whether a sum is the part of one year."""
    text, amount = spot.text, spot.amount
    return year_follows(spot) or _YEAR_BEFORE.search(text[max(0, amount.start - 30) : amount.start]) is not None


def _with_joined(text: str, chosen: list[Name], able: list[Name]) -> list[Name]:
    """The receivers with those whom *och* joins to the last: *åt Byarådet rf och Kören rf*."""
    if not chosen:
        return chosen
    following = [n for n in able if n.start > chosen[-1].start and n.case in ("nominative", None)]
    joined = _joint(text, [chosen[-1], *following[:1]])[1:] if chosen[-1].case in ("nominative", None) else []
    return [*chosen, *(n for n in joined if not re.match(r"[ \u00a0]+\d", text[n.end : n.end + 3]))]


def _is_whole(text: str, amount: Amount) -> bool:
    """Whether a sum is shared out by those after it: *yhteensä 900 euroa: A:lle 500 euroa ja B:lle 400 euroa*."""
    if text.startswith(":", amount.end) or _SPLITS.match(text, amount.end):
        return True
    return _TOTAL.search(text, max(0, amount.start - 60), amount.start) is not None


def is_paired(spot: Spot) -> bool:
    """Whether running text pairs the sum with the name right before it: *Saajat ovat Kylä ry (900 euroa …)*."""
    return bool(enumerated(spot, [n for n in spot.names() if _may_receive(spot, n)]))


def _keys(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.key for n in names))


def _may_receive(spot: Spot, name: Name) -> bool:
    return name.kind in RECEIVERS and not name.bare and name.key in spot.scene.cast.keys


def _of_row(spot: Spot, row: Row) -> tuple[str, ...]:
    """The receiver of a row: whom its first cell names, or who stands between the sum before and the sum."""
    before = spot.text[max(row.start, spot.amount.start - 40) : spot.amount.start]
    if _TOTAL_ROW.match(spot.text[row.start : row.end]) or _TOTAL_HERE.search(before):
        return ()
    if row.first is not None:
        where = row.first
    else:
        where = (
            max((a.end for a in spot.others() if a.end <= spot.amount.start), default=row.start),
            spot.amount.start,
        )
    named = [n for n in spot.names(where) if _may_receive(spot, n)]
    named = named or [n for n in spot.names((row.start, row.end)) if _may_receive(spot, n)]
    allative = [n for n in named if n.case == "allative"]
    if allative:
        return _keys(allative)
    again = _named_before(spot) if not named else ()
    if again:
        return again
    maker = spot.decision.maker if spot.decision else None
    free = [n for n in named if n.key != maker and n.case in ("nominative", "genitive", None)]
    return _keys(_joint(spot.text, free))


def _joint(text: str, names: list[Name]) -> list[Name]:
    """The first name with those that *ja* joins to it: *Kylä ry ja Seura ry 900 euroa kummallekin*."""
    out = names[:1]
    for name in names[1:]:
        between = text[out[-1].end : name.start].strip()
        if between == "," and out[-1].kind == "municipality":
            return [name]  # *Helsingin kaupunki, kaupunginkanslia*: the part receives
        if between not in ("ja", "och", "sekä", "and"):
            break
        out.append(name)
    return out


# Swedish and English receivers: *åt X*, *till X*, *to the X*, *beviljade X ett bidrag*.
_PREPOSED = re.compile(
    r"\b(?:(?:åt|till|to|to the)|(?:bevilja(?:des|de|r|s)?|granted|grants?)(?:[ \u00a0]the)?)[ \u00a0]$", re.IGNORECASE
)
_GETS = re.compile(
    r"[ \u00a0,]*(?:jonka (?:avustus|osuus|tuki)|(?:\([^)]*\)[ \u00a0]*)?(?:sai|saa|saavat|saivat|får|fick|receives?|received))\b",
    re.IGNORECASE,
)
_GOT = re.compile(r"\b(?:sai|saa|saavat|saivat|får|fick)\b")


def _receives(spot: Spot, name: Name) -> bool:
    if not _may_receive(spot, name) or (spot.decision and name.key == spot.decision.maker):
        return False
    text = spot.text
    if name.case == "allative" or text.startswith(":lle", name.end):
        return True
    if name.case not in ("nominative", None):
        return False
    preposed = _PREPOSED.search(text[max(0, name.start - 24) : name.start])
    return preposed is not None or _GETS.match(text, name.end) is not None or _shares_verb(text, name)


def _shares_verb(text: str, name: Name) -> bool:
    """*A ry sai 5 000 euroa, B ry 4 000 euroa ja C ry 3 000 euroa*: the verb is said once."""
    before = text[max(0, name.start - 220) : name.start].rsplit(". ", 1)[-1]
    return _GOT.search(before) is not None and re.match(r"[ \u00a0]+\d", text[name.end : name.end + 3]) is not None


def _company_of_shares(spot: Spot) -> tuple[str, ...]:
    """The company whose new shares are paid: *merkitä Tuuli Oy:n osakkeita*."""
    decision = spot.decision
    if decision is None or not decision.act.subscribes:
        return ()
    spans = (spot.clause, (decision.act.start, decision.act.end))
    return _keys([n for s in spans for n in spot.names(s) if n.kind == "company" and not n.bare][:1])


_PROJECT = re.compile(
    r"[”\"»][^”\"»]{2,80}[”\"»]\s*-?\s*\w*(?:hankkeelle|projektille|hankkeeseen|tapahtumalle|festivaalille)|"
    r"\w*hankkee(?:lle|seen)\b|-\s?hankkee(?:lle|seen)\b|\btoimin(?:taan|taa|nan)\b|\b\w*avustu(?:s|kse(?:ksi|n))\b|\bkustannuksiin\b|\bhakemuksen mukai\w+|\btueksi\b|\bpääomittami\w+|\b(?!lain|luot)[a-zåäö]{4,}lle\b|\bsijoitetun vapaan oman pääoman|\bpääomaa?\b|\bsvop-\w+",
    re.IGNORECASE,
)


def _owner_of_project(spot: Spot) -> tuple[str, ...]:
    """*Kylä ry:n ”Valo” -hankkeelle*: the genitive owner of the project receives."""
    owners = [n for n in spot.names(spot.clause) if n.case == "genitive" and _may_receive(spot, n)]
    project = _PROJECT.search(spot.text, *spot.clause) if owners else None
    if project is None:
        return ()
    near = [n for n in owners if n.start < project.end() and project.start() - n.end < 40]
    return _keys(near[-1:])


# A receiver that was named before: *ja sitoi yhdistykselle 5 000 euroa vuodelle 2026*.
_AGAIN = re.compile(
    r"\b(?:(?:yhdistys|yhtiö|säätiö|seura|osuuskunta|föreningen|bolaget) (?:saa|sai|får|fick)|yhdistykselle|yhtiölle|säätiölle|seuralle|osuuskunnalle|sille|samalle|föreningen|bolaget)\b",
    re.IGNORECASE,
)
_LEGAL = frozenset(("company", "association", "foundation", "university"))
#: How far before its clause such a receiver was named, in characters.
_BACK = 300


def _named_before(spot: Spot) -> tuple[str, ...]:
    sentence = spot.scene.layout.sentence(spot.amount.start)
    if sentence[0] < spot.clause[0] and _by_year(
        spot
    ):  # *myönsi Kylä ry:lle 500 euroa ja sitoi 400 euroa vuodelle 2026*
        given = [n for n in spot.names((sentence[0], spot.clause[0])) if n.case == "allative" and _may_receive(spot, n)]
        return _keys(given[-1:])
    if not _AGAIN.search(spot.text, *spot.clause):
        return ()
    line = 0 if spot.row is not None else spot.text.rfind("\n", 0, spot.clause[0]) + 1
    near = spot.names((max(line, spot.clause[0] - _BACK), spot.clause[0]))
    return _keys([n for n in near if n.kind in _LEGAL and _may_receive(spot, n)][-1:])
