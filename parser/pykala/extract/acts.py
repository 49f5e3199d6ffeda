"""Decisions: statements in which a body, or an office holder, acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from pykala.extract.clauses import WORD, is_coordinated, tokens
from pykala.extract.complements import THAT, complements
from pykala.extract.formulas import formula_at, is_proposal, repeats
from pykala.extract.lexicon import FINITE, PRESENTS, Form, Verb, forms
from pykala.extract.listed import (
    after_lead,
    after_quotation,
    ends_in_rows,
    heads_receivers,
    introduces,
    leading_rows,
    names_body_alone,
    quotes_after,
    rows_after,
    tells_share,
    told_by_rows,
    with_rows,
)
from pykala.extract.predicates import predicate
from pykala.extract.regions import Region, Sentence, Voice, regions
from pykala.extract.statements import Found, Reader, Situation, spread
from pykala.model import (
    Act,
    Block,
    BlockKind,
    Bulletin,
    Document,
    DocumentKind,
    Header,
    Item,
    Part,
    PartKind,
    Reading,
    Source,
)
from pykala.sentences import lines, sentences

#: What news tell in the present as well.
_TOLD_IN_PRESENT = frozenset(("proposed", "instructed"))
#: So many words of a sentence are read; a longer one is no sentence.
_LONGEST = 800


def find(document: Document) -> Reading[Act]:
    """Every act that the document reports as taken, once for each place that tells it.

    Acts come from the sections where the document's kind lets them stand; proposals, handlings, reprinted history,
    reasons and appeal instructions give none.
    """
    reader = Reader.of(document)
    out: list[Act] = []
    open_list = False  # the last act ended in a colon, and nothing but rows came since
    last = PartKind.BODY
    for region in _with_bodies(reader.text, regions(document)):
        if last is PartKind.LEAD and region.part is PartKind.BODY and out:
            out[-1] = _with_shares(reader, region, out[-1])
        last = region.part
        acts = _read_region(reader, region)
        if open_list:
            rows = leading_rows(reader.text, after_lead(reader.text, region.sentences))
            out[-1] = replace(out[-1], scope=(*out[-1].scope, *((s.start, s.end) for s in rows)))
            if len(rows) == len(region.sentences):
                continue
        out += acts
        if not acts and out and out[-1].type == "granted" and heads_receivers(reader.text, region):
            open_list = True
            continue
        open_list = bool(acts) and acts[-1].type == "granted" and ends_in_rows(reader.text, region.sentences, acts[-1])
    return Reading(tuple(sorted(out, key=lambda a: (a.start, a.verb))))


def _with_bodies(text: str, stretches: Sequence[Region]) -> Iterator[Region]:
    """The stretches; a heading that is a body's name alone goes with the rows below it, which tell what it did."""
    body: Sentence | None = None
    for region in stretches:
        if region.part is PartKind.SUBHEADING and names_body_alone(text, region.sentences):
            body = region.sentences[0]
            continue
        yield replace(region, sentences=(body, *region.sentences)) if body is not None else region
        body = None


def find_in_text(text: str) -> Reading[Act]:
    """The acts of a plain text, read as if it stood in a section headed *Päätös*.

    >>> [(a.type, a.text) for a in find_in_text("Lautakunta myönsi Kylä ry:lle 500 euroa.").values]
    [('granted', 'Lautakunta myönsi Kylä ry:lle 500 euroa.')]
    """
    blocks = tuple(Block(m.start(), m.end(), BlockKind.PARAGRAPH) for m in re.finditer(r"\S(?:.*\S)?", text, re.DOTALL))
    bulletin = Bulletin(Source("-", "text/plain", "", 0), "text", text, "fi", blocks)
    item = Item(0, len(text), (Part(PartKind.DECISION, 0, len(text)),))
    spans = sentences(text, tuple(lines(text, blocks)))
    return find(Document(bulletin, DocumentKind.OFFICER, Header(), (item,), spans))


def _read_region(reader: Reader, region: Region) -> list[Act]:
    """The acts of one stretch; where none is spelt out, what a formula leaves over."""
    text, run = reader.text, region.sentences
    out: list[Act] = []
    residue: list[Act] = []
    position = 0
    while position < len(run):
        sentence = run[position]
        position += 1
        breaks_off = introduces(text, run, position - 1)
        formula = None if breaks_off else formula_at(reader, region, sentence)
        if formula is not None and out and repeats(region, out[-1], formula.act, sentence):
            out[-1] = replace(out[-1], outcome=out[-1].outcome or formula.act.outcome)
            continue
        if formula is not None:
            out = [a for a in out if not is_proposal(region, a, formula.act)]
            (residue if formula.residue and region.voice is not Voice.BULLETIN else out).append(formula.act)
            continue
        acts = _read_sentence(reader, region, sentence, tuple(out))
        may_head = breaks_off and not acts and region.voice is not Voice.DECISION
        told = told_by_rows(reader, run, position - 1) if may_head else []
        if told:
            out += told
            position += len(rows_after(text, run, position - 1))
            continue
        rows = rows_after(text, run, position - 1) if acts else ()
        if rows:
            acts = with_rows(reader, rows, acts)
            position += len(rows)
        accepting = next((a for a in acts if a.formula), None)
        if accepting is not None:
            out = [a for a in out if not is_proposal(region, a, accepting)]
        if not acts and out and tells_share(text, sentence, out[-1]):
            out[-1] = replace(out[-1], scope=(*out[-1].scope, (sentence.start, sentence.end)))
        out += acts
        if acts and quotes_after(text, sentence, acts[-1]):
            position = after_quotation(text, run, position)
    if out and residue and region.voice is Voice.DECISION:
        left = residue[0].outcome
        out = [replace(a, outcome=a.outcome or left) for a in out]
    return out or residue[:1]


def _with_shares(reader: Reader, region: Region, act: Act) -> Act:
    """A grant of a lead with the sentences that open the body by telling who gets what of it."""
    shares = [(s.start, s.end) for s in region.sentences if tells_share(reader.text, s, act)]
    if not shares:
        return act
    others = (s for s in region.sentences if (s.start, s.end) not in shares)
    until = next((s.start for s in others if _read_sentence(reader, region, s, ())), len(reader.text))
    return replace(act, scope=(*act.scope, *(share for share in shares if share[0] < until)))


def _read_sentence(reader: Reader, region: Region, sentence: Sentence, before: tuple[Act, ...]) -> list[Act]:
    """The acts of one sentence, from left to right, each with its stretch of it."""
    if sentence.table:
        return []
    text, known = reader.text, _telling(region.voice, by_officer=reader.by_officer)
    if not _may_tell(text[sentence.start : sentence.end], known):
        return []
    words = tokens(text, sentence.start, sentence.end)[:_LONGEST]
    opens = sentence.listed or text[sentence.start - 1 : sentence.start] in ("", "\n")
    situation = Situation(reader, region, sentence, words, opens, before)
    after, proposed = 0, False
    for i in [place for place, token in enumerate(words) if token.word in known]:
        if i < after:
            continue
        found = predicate(situation, i)
        if found is None or (proposed and not _goes_on(situation, i)):
            continue
        under = [replace(found, index=j, verb=v, negated=n) for j, v, n in _governed(found, situation)]
        situation = replace(situation, found=(*situation.found, *(under or [found])))
        after = max([i, *(f.index for f in under)]) + 1
        proposed = proposed or (not under and found.verb.type == "proposed")  # what is proposed is no act of its own
    return [act for act in spread(situation) if act.type != "none"] if situation.found else []


@cache
def _telling(voice: Voice, *, by_officer: bool) -> frozenset[str]:
    """The word forms that may tell an act by themselves: infinitives do not, and news tell little in the present."""
    words = set()
    for word, meanings in forms().items():
        types = {verb.type for verb, _ in meanings}
        for _, form in meanings:
            if form in PRESENTS:
                tells = voice is not Voice.BARE and (voice is not Voice.PROSE or not types.isdisjoint(_TOLD_IN_PRESENT))
            else:
                tells = form is Form.NEGATED or (form in FINITE and (by_officer or form is not Form.FIRST_PERSON))
            if tells:
                words.add(word)
    return frozenset(words)


def _may_tell(words: str, known: frozenset[str]) -> bool:
    """Whether a verb stands among the words; those that are all letters need no pattern to be told apart."""
    pieces = words.casefold().split()
    return not (
        known.isdisjoint(pieces)
        and known.isdisjoint(WORD.findall(" ".join([piece for piece in pieces if not piece.isalpha()])))
    )


def _goes_on(situation: Situation, i: int) -> bool:
    """Whether a verb after a proposal is a further act: *esitti lainaa ja valtuutti johtajan*."""
    words = situation.words
    past = any(form is Form.PAST for _, form in forms()[words[i].word])
    return past and is_coordinated(words, i) and not any(w.word in THAT for w in words[:i])


def _governed(found: Found, situation: Situation) -> list[tuple[int, Verb, bool]]:
    return list(complements(situation.text, situation.words, found.index)) if found.verb.decides else []
