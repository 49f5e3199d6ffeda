"""Formulas: sentences that accept what was proposed without spelling it out."""

from __future__ import annotations

import re

from pykala.extract.clauses import is_body, tokens
from pykala.extract.lexicon import formulas
from pykala.extract.regions import Region, Sentence, Voice
from pykala.extract.statements import Reader, is_in_present
from pykala.model import Act, Value

#: A longer sentence spells something out.
_LONGEST = 220
# What any formula holds; looked for first, because most sentences hold none. The word *edelleen* counts beside another.
_WORDS = (
    *("ehdotu", "esity", "hyväksyttiin", "hyväksytään", "pöydälle", "otto-oikeutta", "listalta", "edelleen"),
    *("förslage", "godkändes"),
)
_STEMS = ("ehdotu", "esity", "hyväks", "päät", "pöydäl", "otto-oik", "listal", "förslag", "godkän", "beslu", "proposed")
# Minutes may name the body before its result: *Kvalt: Todettiin.*
_SPEAKER = re.compile(r"(?:[\wåäöÅÄÖ.]{1,30}:\s+)?")
_ACCEPTS_PROPOSAL = re.compile(r"\b(?:esityksen|ehdotuksen|esitys|ehdotus|förslaget)\b", re.IGNORECASE)


class FormulaAct(Value):
    """An act told by a formula.

    Attributes:
        residue: it says only an outcome where the section spells acts out as well.
    """

    act: Act
    residue: bool


def formula_at(reader: Reader, region: Region, sentence: Sentence) -> FormulaAct | None:
    """The formula that a sentence is, if it is nothing else."""
    text = reader.text[sentence.start : sentence.end]
    if len(text) > _LONGEST:
        return None
    lower = text.lower()
    if not (any(map(lower.__contains__, _WORDS)) and any(map(lower.__contains__, _STEMS))):
        return None
    speaker = _SPEAKER.match(text)
    offset = speaker.end() if speaker else 0
    for rule in formulas():
        if rule.stem not in lower:
            continue
        if region.voice is Voice.PROSE and not rule.prose:
            continue
        match = rule.pattern.fullmatch(text, offset) or (rule.pattern.fullmatch(text) if offset else None)
        if match is None:
            continue
        start = sentence.start + match.start()
        body = next((t for t in tokens(reader.text, start, sentence.end) if is_body(t)), None)
        act = Act(
            rule=rule.rule,
            start=start,
            end=sentence.end,
            text=reader.text[start : sentence.end],
            type=rule.type,
            verb=(start, sentence.end),
            subject=(body.start, body.end) if body else None,
            outcome=rule.outcome,
            formula=True,
            officer=reader.by_officer,
            scope=((start, sentence.end),),
        )
        return FormulaAct(act, rule.residue)
    return None


_OTHER_MATTERS = re.compile(r"(?:muut|muissa|kaikki muut|övriga|i övriga)\b", re.IGNORECASE)


def repeats(region: Region, act: Act, formula: Act, sentence: Sentence) -> bool:
    """Whether a formula says again, in the same paragraph of news, what the act before it told."""
    if region.voice not in (Voice.BULLETIN, Voice.PROSE) or _OTHER_MATTERS.match(formula.text):
        return False
    return any(s.block == sentence.block for s in region.sentences if s.start <= act.start < s.end)


def is_proposal(region: Region, act: Act, formula: Act) -> bool:
    """Whether what was read above a formula is the proposal that it accepts: in a bulletin, told in the present."""
    if region.voice is not Voice.BULLETIN or act.formula:
        return False
    return _ACCEPTS_PROPOSAL.search(formula.text) is not None and is_in_present(act)
