"""One act told twice is one decision: heading, lead and body of a bulletin say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pykala.link.cast import Cast
from pykala.link.layout import HEADS, PROSE, Layout
from pykala.model import Act, Part, PartKind

_RANK = {PartKind.TITLE: 0, PartKind.SUBHEADING: 1, PartKind.LEAD: 2}
# A sentence that grants a whole, whose parts the next ones tell.
_WHOLE = re.compile(
    r"\b(?:yhteensä|kaikkiaan|sammanlagt|in total|\w+lle \w*(?:hankkeelle|yhdistykselle|hakijalle|seuralle|yhteisölle|toimijalle)|yhdistyksille|seuroille)\b",
    re.IGNORECASE,
)
# A lead that grants a sum to nobody by name sums up what the body tells.
_WHOLE_SUM = re.compile(
    r"\d[\d \u00a0.,]*(?:milj\w*|€|euro\w*|M€)|\b(?:\w*avustuksia|\w*avustukset|tukea|\w*tukia|\w*tuet|bidrag)\b",
    re.IGNORECASE,
)
# A lead that refuses applicants without naming them.
_SOME = re.compile(r"\bhakij\w+|\bhakemuk?s", re.IGNORECASE)
#: Shares of common content words at which two statements are one act: between body sentences, and of a lead with the body.
ALIKE, LEAD_ALIKE = 0.7, 0.35


def group(layout: Layout, acts: Sequence[Act], cast: Cast) -> list[list[Act]]:
    """Sort the statements by the act that they tell, in order of their first.

    Only bulletins and news tell an act twice; minutes state each once, in its own section.
    """
    if layout.document.kind not in PROSE:
        return [[act] for act in acts if len(acts) == 1 or not _ANNOUNCES.search(act.text)]
    ranked = [(a, layout.part(a.start)) for a in acts]
    spoken = Counter(map(_language, acts))
    groups: list[list[Act]] = []
    foreign: list[tuple[Act, Part]] = []
    for act, part in ranked:
        if part.kind in _RANK:
            continue
        if 2 * spoken[_language(act)] < len(acts):  # a summary in another language
            foreign.append((act, part))
            continue
        near = [g for g in groups[-_WINDOW:] if g[0].type == act.type and not _apart(layout, g[0], act)]
        home = next((g for g in near if _same(g[0], act, cast) or any(_is_share(layout, w, act) for w in g)), None)
        if home is None:
            groups.append([act])
        else:
            home.append(act)
    heads = sorted((r for r in ranked if r[1].kind in _RANK), key=lambda r: -_RANK[r[1].kind])  # leads before headings
    for act, part in (*foreign, *heads):
        _settle(layout, groups, act, part, cast, acts)
    budget = any(g[0].type == "approved" and _BUDGET.search(g[0].text) for g in groups)
    kept = [g for g in groups if not _sums_up(g, groups) and not (budget and _is_budget_detail(g[0]))]
    return sorted(kept, key=lambda g: min(a.start for a in g))


def _apart(layout: Layout, first: Act, second: Act) -> bool:
    """Whether two acts stand in two numbered sections: those are never one."""
    one, other = layout.item(first.start), layout.item(second.start)
    return one is not other and one.section is not None and other.section is not None


# *Kunnanhallitus päätti seuraavaa:* above matters that are told one by one.
_ANNOUNCES = re.compile(r"\bpäätti (?:seuraavaa|seuraavasti|seuraavista asioista)\W*$")
#: How many acts back the same act may have been told.
_WINDOW = 200


def best(layout: Layout, statements: Sequence[Act]) -> Act:
    """The most detailed statement: body before lead, lead before heading, then the first that is not shorter."""
    if len(statements) == 1:
        return statements[0]
    whole = {a.start: _WHOLE.search(a.text) is not None for a in statements}
    wholes = [a for a in statements if whole[a.start] and layout.part(a.start).kind not in HEADS]
    ranked = max(statements, key=lambda a: (_RANK.get(layout.part(a.start).kind, 3), whole[a.start], -a.start))
    is_share = ranked.type == "granted" and ranked.subject is None and ranked not in wholes
    return wholes[0] if is_share and wholes else ranked  # the whole is the act, a share is its part


def _settle(layout: Layout, groups: list[list[Act]], act: Act, part: Part, cast: Cast, acts: Sequence[Act]) -> None:
    """Put a statement of a heading or a lead beside the act that the body tells, or let it stand alone."""
    rivals = [g for g in groups if g[0].type == act.type and not _conflict(g[0], act, cast)]
    scored = sorted(rivals, key=lambda g: -max(_likeness(a, act) for a in g))
    sentence = layout.sentence(act.verb[0])
    several = sum(1 for a in acts if sentence[0] <= a.start < sentence[1]) > 1
    if rivals and _language(act) != _language(rivals[0][0]):
        rivals[0].append(act)
        return
    alike = max((_likeness(a, act) for a in scored[0]), default=0.0) if scored else 0.0
    unnamed = not any(n.case == "allative" for n in cast.within(act.start, act.end))
    if scored and (
        part.kind in HEADS
        or (several and alike > 0)
        or alike >= LEAD_ALIKE
        or (unnamed and (_WHOLE_SUM.search(act.text) or (act.type == "denied" and _SOME.search(act.text))))
    ):
        scored[0].append(act)
    elif part.kind in HEADS and any(_likeness(a, act) >= 0.34 for g in groups for a in g):
        return  # a heading words it otherwise
    else:
        groups.append([act])


_FOREIGN = {f"{rules}.{language}-": language for language in ("sv", "en") for rules in ("verbs", "formulas")}


def _language(act: Act) -> str:
    head, hyphen, _ = act.rule.partition("-")
    return _FOREIGN.get(head + hyphen, "fi")


def _same(first: Act, second: Act, cast: Cast) -> bool:
    if first.type != second.type or first.formula or second.formula or _conflict(first, second, cast):
        return False
    if first.scope and second.scope and first.scope[0] == second.scope[0]:
        return False
    numbers = [frozenset(_NUMBERS.findall(a.text)) for a in (first, second)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return False
    return _likeness(first, second) >= ALIKE


def _is_share(layout: Layout, whole: Act, act: Act) -> bool:
    """*Helsingin yliopistolle myönnettiin …* after *myönsi viidelle hankkeelle yhteensä …* under the same heading."""
    if whole.type != act.type or act.type not in ("granted", "transacted", "reserved") or act.subject is not None:
        return False
    if not (_WHOLE.search(whole.text) or act.text.startswith(("Yhteensä", "Kaikkiaan"))) or act.start <= whole.start:
        return False
    return layout.section_start(whole.start) == layout.section_start(act.start)


def _conflict(first: Act, second: Act, cast: Cast) -> bool:
    return len({m for a in (first, second) if (m := cast.maker_of(a)) is not None}) > 1


_BUDGET = re.compile(r"talousarvio|budget", re.IGNORECASE)
_APPROPRIATION = re.compile(r"talousarvio|tuloarvio|menoarvio|määräraha|anslag|budget|investointi", re.IGNORECASE)


def _is_budget_detail(act: Act) -> bool:
    """What changed in a budget is no act beside its approval."""
    return act.type == "amended" and act.subject is None and _APPROPRIATION.search(act.text) is not None


_DECIDES = re.compile(r"päätti|päättivät|päätettiin|beslutade|beslöt|decided")


def _sums_up(statements: Sequence[Act], groups: Sequence[Sequence[Act]]) -> bool:
    """*Lautakunta päätti avustuksista* beside acts told one by one."""
    act = statements[0]
    word = act.text[act.verb[0] - act.start : act.verb[1] - act.start].casefold()
    bare = act.type == "decided" and _DECIDES.fullmatch(word) is not None
    return bare and re.search(r"\b(?:että|ettei|att)\b", act.text) is None and len(statements) == 1 and len(groups) > 1


_CONTENT = re.compile(r"[^\W\d_]{4,}")
_NUMBERS = re.compile(r"\d[\d \u00a0.,]*\d")
# Words of the trade that say nothing of what is acted on.
_COMMON = (
    "kaupung", "kunnanh", "kunta", "päätt", "päätö", "lautak", "jaost", "valtuust", "kokouk", "aluehal", "yhteens", "euro", "vuode", "vuosi",
    "vuonn", "lisäksi", "samalla", "myön", "hyväks", "maanant", "tiistai", "keskiv", "torsta", "perjant", "kunnanv",
)  # fmt: skip


def _content(act: Act) -> frozenset[str]:
    """Beginnings of the content words, so that cases and derivations of one word meet."""
    words = (w.casefold() for w in _CONTENT.findall(act.text))
    return frozenset(w[:4] for w in words if not w.startswith(_COMMON))


def _likeness(first: Act, second: Act) -> float:
    a, b = _content(first), _content(second)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
