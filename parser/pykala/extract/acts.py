"""Decisions: statements in which a body, or an office holder, acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pykala.extract.clauses import (
    Token,
    clause_start,
    is_body,
    is_coordinated,
    is_history,
    is_negated,
    is_reported,
    is_subjectless,
    is_subordinate,
    subject,
    tokens,
)
from pykala.extract.lexicon import FINITE, Form, Verb, forms, formulas
from pykala.extract.regions import Region, Sentence, Voice, bullet, regions, sentences_of
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
from pykala.outcomes import outcome_of
from pykala.sentences import is_sum_row, lines
from pykala.sentences import sentences as split_sentences

_PRESENTS = frozenset({Form.PRESENT, Form.PRESENT_PASSIVE})
# Nouns whose complement is an infinitive: *luvan aloittaa* is no act of starting.
_TAKES_INFINITIVE = re.compile(
    r"^(?:lu[pv]an?|oikeu(?:s|den|tta)|mahdollisuu(?:s|den|tta)|velvollisuu(?:s|den)|valtuu(?:det|den|ksia)|tarkoitus|tarkoituksena|aikeen|"
    r"voi|voisi|voisivat|voidaan|tulisi|pitäisi|voinut|joutuu|joutui|voitiin|voivat|saa|saavat|tulee|pitää|on|ovat|olisi|ei|eivät|aikoo|haluaa|tarpeen|velvolli\w+|syytä|käskyn|kehotuksen|tehtävän|tehtäväksi|"
    r"vallan|toimivallan|sitoumuksen|suostumuksen|valmis|valmiita|ehdotuksen|pyynnön|tahto|aikomus)$"
)
_THAT = frozenset(("että", "att", "that"))
# Words after which *että* opens a condition, not what was decided.
_CORRELATES = frozenset(
    ["sille", "siten", "niin", "siitä", "sitä", "ehdolla", "edellytyksellä", "perusteella", "siinä"]
)
_OPENS_FURTHER = re.compile(r"^(?:lisäksi|samalla|edelleen|samoin|dessutom|samtidigt|vidare)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What holds for all sentences of a document."""

    document: Document
    meeting: str | None
    year: int | None

    @property
    def text(self) -> str:
        return self.document.text


def find(document: Document) -> Reading[Act]:
    """Every act that the document reports as taken, each once for each place that tells it.

    Acts come from the sections where the document's kind lets them stand; proposals, handlings, reprinted history,
    reasons and appeal instructions give none.
    """
    header = document.header
    dated = header.meeting_date or header.published
    reader = _Reader(document, header.meeting_date, int(dated[:4]) if dated else None)
    out: list[Act] = []
    for region in regions(document):
        out += _read_region(reader, region)
    return Reading(tuple(sorted(out, key=lambda a: (a.start, a.verb))))


def find_in_text(text: str) -> Reading[Act]:
    """The acts of a plain text, read as if it stood in a section headed *Päätös*.

    >>> [(a.type, a.text) for a in find_in_text("Lautakunta myönsi Kylä ry:lle 500 euroa.").values]
    [('granted', 'Lautakunta myönsi Kylä ry:lle 500 euroa.')]
    """
    blocks = tuple(Block(m.start(), m.end(), BlockKind.PARAGRAPH) for m in re.finditer(r"\S(?:.*\S)?", text, re.DOTALL))
    bulletin = Bulletin(Source("-", "text/plain", "", 0), "text", text, "fi", blocks)
    part = Part(PartKind.DECISION, 0, len(text))
    document = Document(
        bulletin,
        DocumentKind.OFFICER,
        Header(),
        (Item(0, len(text), (part,)),),
        split_sentences(text, tuple(lines(text, blocks))),
    )
    return find(document)


# ---------------------------------------------------------------- one stretch


def _read_region(reader: _Reader, region: Region) -> list[Act]:
    out: list[Act] = []
    residue: list[Act] = []
    position = 0
    while position < len(region.sentences):
        sentence = region.sentences[position]
        formula = None if _introduces(reader.text, region.sentences, position) else _formula(reader, region, sentence)
        if formula is not None:
            if region.voice in (Voice.BULLETIN, Voice.PROSE) and out and _same_paragraph(region, out[-1], sentence):
                out[-1] = replace(out[-1], outcome=out[-1].outcome or formula[0].outcome)
            else:
                if _ACCEPTED.search(formula[0].text):
                    out = [a for a in out if not _is_proposal_text(region, a)]
                (residue if formula[1] else out).append(formula[0])
            position += 1
            continue
        acts = list(_read_sentence(reader, region, sentence, out))
        acts = [a for a in acts if a.type != "none"]
        following = _list_after(reader.text, region.sentences, position, bool(acts))
        if acts and following:
            acts = _with_list(reader, sentence, following, acts)
            position += len(following)
        if not acts and out and _tells_share(reader.text, region, sentence, out[-1]):
            out[-1] = replace(out[-1], scope=(*out[-1].scope, (sentence.start, sentence.end)))
        out += acts
        position += 1
        if acts and acts[-1].type in ("stated", "proposed") and following_is_statement(reader.text, sentence):
            position = _after_statement(reader.text, region.sentences, position)
    return out or residue[:1]


_ACCEPTED = re.compile(r"\b(?:esityksen|ehdotuksen|esitys|ehdotus|förslaget)\b", re.IGNORECASE)


def _same_paragraph(region: Region, act: Act, sentence: Sentence) -> bool:
    return any(s.block == sentence.block for s in region.sentences if s.start <= act.start < s.end)


def _is_proposal_text(region: Region, act: Act) -> bool:
    """In a bulletin without labels, what stands in the present above *hyväksyi esityksen* is the proposal."""
    return region.voice is Voice.BULLETIN and not act.formula and _in_present(act)


def _formula(reader: _Reader, region: Region, sentence: Sentence) -> tuple[Act, bool] | None:
    text = reader.text[sentence.start : sentence.end]
    if len(text) > 220:
        return None
    skip = re.match(r"(?:[\wåäöÅÄÖ.]{1,30}:\s+)?", text)
    offset = skip.end() if skip else 0
    for rule in formulas():
        if region.voice is Voice.PROSE and not rule.prose:
            continue
        match = rule.pattern.fullmatch(text, offset) or rule.pattern.fullmatch(text)
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
            officer=reader.document.kind is DocumentKind.OFFICER,
            scope=((start, sentence.end),),
        )
        return act, rule.residue
    return None


_SHARE = re.compile(
    r"\b(?:sai|saa|saavat|saivat|saavan|summasta|avustus on|avustuksen määrä on|osuus on|tästä|josta|får|fick|av summan|maksetaan)\b",
    re.IGNORECASE,
)


# Money that an approved agreement gives is told in the sentences after it.
_AGREEMENT = re.compile(r"sopimu|avtal", re.IGNORECASE)
_PAYS = re.compile(r"\b(?:maksaa|maksetaan|betalar|betalas|avustusta|tukee)\b.*\d", re.IGNORECASE | re.DOTALL)


def _tells_share(text: str, region: Region, sentence: Sentence, act: Act) -> bool:
    """Whether the sentence tells who gets what of the money that the act before it grants, or is a row of it."""
    if act.type == "approved" and _AGREEMENT.search(act.text):
        return sentence.table or bool(_PAYS.search(text[sentence.start : sentence.end]))
    if act.type != "granted":
        return False
    if sentence.table:
        return True
    words = text[sentence.start : sentence.end]
    return bool(re.search(r"\d", words)) and bool(
        _SHARE.search(words) or (sentence.listed and not words.endswith(".")) or is_sum_row(words)
    )


def following_is_statement(text: str, sentence: Sentence) -> bool:
    """Whether the words of a statement follow: *antaa seuraavan lausunnon:*."""
    head = text[sentence.start : sentence.end].rstrip()
    return head.endswith(":") or bool(
        re.search(r"\bseuraavan (?:lausunnon|vastineen|vastauksen|selityksen)|följande (?:utlåtande|svar)", head)
    )


def _after_statement(text: str, sentences: Sequence[Sentence], position: int) -> int:
    """The next sentence in which the body acts again: *Samalla kaupunginhallitus päätti …*."""
    for at in range(position, len(sentences)):
        if (
            _is_past(text, sentences[at])
            and _OPENS_FURTHER.match(text[sentences[at].start : sentences[at].end])
            and any(is_body(t) for t in tokens(text, sentences[at].start, sentences[at].end)[:4])
        ):
            return at
    return len(sentences)


def _is_past(text: str, sentence: Sentence) -> bool:
    past = (Form.PAST, Form.PASSIVE)
    return any(form in past for t in tokens(text, sentence.start, sentence.end) for _, form in forms().get(t.word, ()))


def _introduces(text: str, sentences: Sequence[Sentence], position: int) -> bool:
    """Whether the sentence breaks off and a list or a lower-case line goes on with it."""
    head = text[sentences[position].start : sentences[position].end].rstrip()
    if head.endswith((".", "!", "?")) or position + 1 >= len(sentences):
        return False
    following = sentences[position + 1]
    return (
        following.listed
        or text[following.start].islower()
        or bool(re.fullmatch(r"[A-Z1]\W?", text[following.start : following.end].split("\n", maxsplit=1)[0]))
    )


def _list_after(text: str, sentences: Sequence[Sentence], position: int, acting: bool) -> Sequence[Sentence]:
    """The list rows and tables that a sentence introduces."""
    head = text[sentences[position].start : sentences[position].end].rstrip()
    until = position + 1
    introduced = (
        head.endswith(":")
        or _introduces(text, sentences, position)
        or bool(re.search(r"\b(?:seuraavasti|seuraaville|seuraavat|seuraavaa|följande|enligt följande)\W*$", head))
    )
    if not acting:
        return ()
    block = sentences[position].block
    while until < len(sentences):
        s = sentences[until]
        if (
            s.listed
            or s.table
            or (
                introduced
                and (_indented(text, s) or _LETTER.fullmatch(text[s.start : s.end].split("\n", maxsplit=1)[0]))
            )
        ):
            until += 1
        elif until > position + 1 and s.block == sentences[until - 1].block and s.block != block:
            until += 1  # a list row goes on
        elif introduced and _is_row(text, s):
            until += 1
        else:
            break
    rows = sentences[position + 1 : until]
    return (
        rows
        if introduced or any(s.table for s in rows[:1]) or (rows and rows[0].listed and not head.endswith("."))
        else ()
    )


_LETTER = re.compile(r"[A-Z0-9]{1,2}[.)]?")


def _indented(text: str, sentence: Sentence) -> bool:
    return text[sentence.start].islower()


def _is_row(text: str, sentence: Sentence) -> bool:
    """A row of an unmarked list: a name and a sum, without a verb."""
    words = text[sentence.start : sentence.end]
    return is_sum_row(words) and not any(t.word in forms() for t in tokens(text, sentence.start, sentence.end))


def _with_list(reader: _Reader, sentence: Sentence, rows: Sequence[Sentence], acts: list[Act]) -> list[Act]:
    """Acts of the list rows that have verbs of their own; rows without extend the act before them."""
    head = acts[-1]
    deciding = _is_bare_decide(head)
    out = acts[:-1] if deciding else list(acts)
    seen: dict[tuple[str, str], int] = {(a.rule, a.type): i for i, a in enumerate(out)}
    nested = head.type in ("proposed", "stated")
    for row in rows:
        act = None if nested or row.table else _row_act(reader, row, head)
        if act is None:
            if out:
                out[-1] = replace(out[-1], scope=(*out[-1].scope, (row.start, row.end)))
            continue
        key = (act.rule, act.type)
        if key in seen:
            i = seen[key]
            out[i] = replace(out[i], scope=(*out[i].scope, *act.scope))
        else:
            seen[key] = len(out)
            out.append(act)
    return out or [replace(head, scope=(*head.scope, *((r.start, r.end) for r in rows)))]


def _is_bare_decide(act: Act) -> bool:
    return act.rule in ("verbs.paattaa", "verbs.sv-besluta", "verbs.en-decide")


_ROW_FORMS = frozenset(
    {
        Form.INFINITIVE,
        Form.PRESENT,
        Form.PRESENT_PASSIVE,
        Form.UNDER_PRESENT_PASSIVE,
        Form.PAST,
        Form.PASSIVE,
        Form.ABESSIVE,
        Form.NEGATED,
    }
)


def _row_act(reader: _Reader, row: Sentence, head: Act) -> Act | None:
    text = reader.text
    start = row.start + bullet(text[row.start : row.end])
    words = tokens(text, start, row.end)
    limit = 14 if _is_bare_decide(head) else 4
    for i, token in enumerate(words[:limit]):
        for verb, form in forms().get(token.word, ()):
            if verb.decides or form not in _ROW_FORMS:
                continue
            if i and any(w.word in ("joka", "jonka", "jota", "jossa", "joita") for w in words[:i]):
                return None
            if form is Form.NEGATED and not is_negated(words, i):
                continue
            negated = form is Form.NEGATED or (form is Form.ABESSIVE)
            return _act(
                reader, verb, words, i, (row.start, row.end), head.subject, negated=negated, officer=head.officer
            )
    return None


# ---------------------------------------------------------------- one sentence


def _read_sentence(reader: _Reader, region: Region, sentence: Sentence, before: Sequence[Act]) -> Iterator[Act]:
    """The acts of one sentence, from left to right, each with its stretch of it."""
    text = reader.text
    if sentence.table:
        return
    words = tokens(text, sentence.start, sentence.end)
    found: list[tuple[int, Verb, bool, tuple[int, int] | None, bool]] = []
    opens = sentence.listed or text[sentence.start - 1 : sentence.start] in ("", "\n")
    i = 0
    while i < len(words):
        meanings = forms().get(words[i].word)
        reading = _finite(reader, region, words, i, meanings, before, opens, found) if meanings else None
        if reading is None:
            i += 1
            continue
        verb, negated, subject_span, officer = reading
        if verb.decides:
            complements = list(_complements(text, words, i))
            for at, inner, denied in complements or [(i, verb, negated)]:
                found.append((at, inner, denied, subject_span, officer))
            i = max([i, *(at for at, _, _ in complements)]) + 1
            continue
        found.append((i, verb, negated, subject_span, officer))
        i += 1
        if verb.type == "proposed":  # what is proposed is no act of its own
            break
    yield from _spread(reader, region, sentence, words, found)


def _finite(
    reader: _Reader,
    region: Region,
    words: Sequence[Token],
    i: int,
    meanings: Sequence[tuple[Verb, Form]],
    before: Sequence[Act],
    opens: bool,
    found: Sequence[tuple[int, Verb, bool, tuple[int, int] | None, bool]],
) -> tuple[Verb, bool, tuple[int, int] | None, bool] | None:
    """The verb if it acts by itself here: (verb, negated, subject, officer)."""
    text = reader.text
    officer_document = reader.document.kind is DocumentKind.OFFICER
    for verb, form in meanings:
        if form not in FINITE and form is not Form.NEGATED:
            continue
        if form is Form.NEGATED and not is_negated(words, i, 3):
            continue
        if form is Form.PRESENT and i and _TAKES_INFINITIVE.match(words[i - 1].word):
            continue
        if not _tense_fits(region, form, words, i, before, opens, found):
            continue
        if is_subordinate(text, words, i) or (form in _PRESENTS | {Form.NEGATED} and is_reported(words, i)):
            return None
        first = clause_start(text, words, i)
        if form is Form.NEGATED and officer_document and words[max(0, i - 1)].word in ("en", "emme"):
            return verb, True, None, True
        if form is Form.FIRST_PERSON:
            if officer_document and (i == 0 or is_subjectless(words, i, first) or is_coordinated(words, i)):
                return verb, False, None, True
            continue
        who = subject(words, i)
        if not _may_act(reader, region, verb, form, words, i, who, before, found):
            continue
        if is_history(
            text,
            words[i if found else first].start,
            (words[i].start, words[i].end),
            words[-1].end,
            meeting=reader.meeting,
            year=reader.year,
        ):
            return None
        negated = form is Form.NEGATED or (verb.language == "sv" and is_negated(words, i, 1))
        passive = form in (Form.PASSIVE, Form.PRESENT_PASSIVE)
        span = (who.start, who.end) if who and not who.officer and not passive else None
        return verb, negated, span, officer_document or bool(who and who.officer and not passive)
    return None


def _tense_fits(
    region: Region,
    form: Form,
    words: Sequence[Token],
    i: int,
    before: Sequence[Act],
    opens: bool,
    found: Sequence[tuple[int, Verb, bool, tuple[int, int] | None, bool]],
) -> bool:
    """Present forms act only in decision sections and bulletins, and not after an act in the past tense (they are its content)."""
    if form not in _PRESENTS:
        return True
    has_body = any(is_body(w) for w in words[:i])
    if region.voice is Voice.BARE:
        return False
    if region.voice is Voice.PROSE:
        verbs = {verb.type for verb, _ in forms()[words[i].word]}
        return (form is Form.PRESENT and has_body and "proposed" in verbs) or (
            form is Form.PRESENT_PASSIVE and "instructed" in verbs
        )
    told_in_past = any(not _in_present(a) for a in before)
    further = has_body and bool(_OPENS_FURTHER.match(words[0].word)) and form is Form.PRESENT
    if region.voice is Voice.BULLETIN:
        return _fits_bulletin(form, words, i, has_body=has_body, opens=opens, told_in_past=told_in_past)
    if told_in_past:
        return further
    if form is Form.PRESENT_PASSIVE and (before or found):
        return bool(_OPENS_FURTHER.match(words[0].word)) or (bool(found) and is_coordinated(words, i))
    return True


def _fits_bulletin(
    form: Form, words: Sequence[Token], i: int, *, has_body: bool, opens: bool, told_in_past: bool
) -> bool:
    """In a bulletin the present tells an act of a named body, or, without one, opens a paragraph or goes on in the present."""
    if form is Form.PRESENT:
        return has_body or words[0].word in ("staden", "kommunen", "kaupunki", "kunta")
    if any(verb.type == "proposed" for verb, _ in forms()[words[i].word]):
        return i == 0
    return opens or not told_in_past


def _in_present(act: Act) -> bool:
    word = act.text[act.verb[0] - act.start : act.verb[1] - act.start].casefold() if act.start <= act.verb[0] else ""
    meanings = forms().get(word, ())
    past = {Form.PAST, Form.PASSIVE}
    if any(form in past for _, form in meanings):
        return False
    return not re.search(r"\b(?:päätti|päättivät|päätettiin|beslutade|beslöt|decided)\b", act.text)


def _may_act(
    reader: _Reader,
    region: Region,
    verb: Verb,
    form: Form,
    words: Sequence[Token],
    i: int,
    who: object,
    before: Sequence[Act],
    found: Sequence[tuple[int, Verb, bool, tuple[int, int] | None, bool]],
) -> bool:
    """Whether somebody who can decide is the subject, said or understood."""
    first = clause_start(reader.text, words, i)
    officer = getattr(who, "officer", False)
    english = verb.language == "en" and any(w.word in ("was", "were") for w in words[max(0, i - 2) : i])
    if _is_motion(words, i, verb):
        return False
    passive = (
        english
        or form in (Form.PASSIVE, Form.PRESENT_PASSIVE)
        or (
            form is Form.NEGATED
            and words[i].word.endswith(("tu", "ty", "ta", "tä", "dä", "da", "la", "lä", "na", "nä", "ra", "rä"))
        )
    )
    if passive:
        if region.voice is Voice.DECISION:
            return True
        if region.voice is Voice.BARE:
            return i <= 6 and (verb.decides or words[0].capital) and (i == 0 or verb.decides)
        return (
            verb.decides
            or region.voice is Voice.BULLETIN
            or verb.type_in(reader.text[words[first].start : words[-1].end]) != "decided"
        )
    if who is not None and not officer:
        return not _other_subject(words, i, first)
    if officer:
        return reader.document.kind is DocumentKind.OFFICER or (verb.decides and region.voice is not Voice.DECISION)
    if found and is_coordinated(words, i):
        return True
    if verb.rule == "verbs.tukea":
        return False
    if region.voice is Voice.DECISION:
        return is_subjectless(words, i, first)
    return bool(before) and bool(_OPENS_FURTHER.match(words[0].word)) and i <= 2


_MOTION = re.compile(r"^(?:muutos|vasta|palautus|hylkäys|lisäys)?(?:ehdotus|esitys)$")


def _is_motion(words: Sequence[Token], i: int, verb: Verb) -> bool:
    """*Vastaehdotus hylättiin*, *ehdotus peruttiin*: what became of a motion is no act of its own."""
    lost = verb.rule in ("verbs.hylata", "verbs.perua", "verbs.peruuttaa", "verbs.katsoa", "verbs.jattaa")
    return lost and any(_MOTION.match(w.word) for w in words[max(0, i - 4) : i])


def _other_subject(words: Sequence[Token], i: int, first: int) -> bool:
    """A body is named, but somebody else acts: *lautakunnan jäsen Virta esitti*, *valtuustoryhmä ehdotti*."""
    near = words[max(first, i - 3) : i]
    return any(re.search(r"(?:jäsen|valtuutettu|puheenjohtaja|ryhmä|ledamoten|hakija|edustaja)$", w.word) for w in near)


def _complements(text: str, words: Sequence[Token], i: int) -> Iterator[tuple[int, Verb, bool]]:
    """What was decided: the infinitives, or the verb of the *että* clause, that *päätti* governs."""
    that = next((j for j in range(i + 1, min(i + 6, len(words))) if words[j].word in _THAT), None)
    if that is not None and words[that - 1].word in _CORRELATES:
        that = None
    last: int | None = None
    for j in range(i + 1, len(words)):
        if that is not None and j > that and last is None:
            meaning = _clause_verb(words, j)
        else:
            meaning = _infinitive(words, j)
        if meaning is None:
            continue
        if last is not None and not _goes_on(text, words, last, j, that):
            continue
        if last is None and that is None and _relative_between(text, words, i, j):
            continue
        verb, negated = meaning
        last = j
        yield j, verb, negated
        if verb.type == "proposed":
            return


def _infinitive(words: Sequence[Token], j: int) -> tuple[Verb, bool] | None:
    for verb, form in forms().get(words[j].word, ()):
        if verb.decides:
            continue
        if form is Form.INFINITIVE and not (j and _TAKES_INFINITIVE.match(words[j - 1].word)):
            return verb, bool(j and words[j - 1].word in ("inte", "not"))
        if form is Form.ABESSIVE and any(w.word in ("olla", "jättää") for w in words[max(0, j - 4) : j]):
            return verb, True
    return None


_CLAUSE_FORMS = (Form.PRESENT_PASSIVE, Form.UNDER_PRESENT_PASSIVE, Form.PRESENT, Form.PASSIVE, Form.PAST, Form.NEGATED)


def _clause_verb(words: Sequence[Token], j: int) -> tuple[Verb, bool] | None:
    for verb, form in forms().get(words[j].word, ()):
        if verb.decides or form not in _CLAUSE_FORMS:
            continue
        if form is Form.NEGATED and not is_negated(words, j):
            continue
        return verb, form is Form.NEGATED
    return None


def _goes_on(text: str, words: Sequence[Token], last: int, j: int, that: int | None) -> bool:
    """Whether a further verb under the same *päätti* is a further act: coordinated, and not inside a clause of the first."""
    if that is not None and that < last:
        return any(words[k].word in _THAT for k in range(last + 1, j)) and is_coordinated(words, j)
    if any(
        words[k].word
        in ("joka", "jonka", "jota", "jossa", "jolla", "jotka", "joiden", "että", "jotta", "siten", "som", "att")
        for k in range(last + 1, j)
        if words[k].word not in ("att",)
    ):
        return False
    return is_coordinated(words, j)


def _relative_between(text: str, words: Sequence[Token], i: int, j: int) -> bool:
    return any(words[k].word in ("joka", "jonka", "jota", "jossa", "jolla", "jotka") for k in range(i + 1, j))


def _spread(
    reader: _Reader,
    region: Region,
    sentence: Sentence,
    words: Sequence[Token],
    found: Sequence[tuple[int, Verb, bool, tuple[int, int] | None, bool]],
) -> Iterator[Act]:
    """Give each verb of the sentence its stretch: from the conjunction before it to the next one's."""
    edges = [sentence.start]
    for (a, *_), (b, *_) in zip(found, found[1:], strict=False):
        cut = next(
            (k for k in range(b, max(a, b - 5), -1) if words[k].word in ("ja", "sekä", "että", "och", "samt", "and")), b
        )
        edges.append(words[cut].start)
    edges.append(sentence.end)
    for n, (i, verb, negated, who, officer) in enumerate(found):
        start, end = edges[n], edges[n + 1]
        while end > start and reader.text[end - 1] in " ,\u00a0\n":
            end -= 1
        yield _act(reader, verb, words, i, (start, end), who, negated=negated, officer=officer)


_ACCEPTS = re.compile(
    r"\b(?:hyväksyi|hyväksyä|hyväksyttiin)\s+(?:[\wåäö-]+n\s+){0,2}(?:päätös)?(?:ehdotuksen|esityksen)(?=\s+(?:muutettuna|äänin|yksimielisesti|seuraavin|siten)|[.,]|$)",
    re.IGNORECASE,
)


def _act(
    reader: _Reader,
    verb: Verb,
    words: Sequence[Token],
    i: int,
    span: tuple[int, int],
    who: tuple[int, int] | None,
    *,
    negated: bool,
    officer: bool,
) -> Act:
    text = reader.text[span[0] : span[1]]
    return Act(
        rule=verb.rule,
        start=span[0],
        end=span[1],
        text=text,
        type=verb.type_in(text, negated=negated),
        verb=(words[i].start, words[i].end),
        subject=who,
        outcome=outcome_of(text),
        formula=verb.type == "approved" and bool(_ACCEPTS.search(text)),
        officer=officer,
        scope=(span,),
    )


__all__ = ["find", "find_in_text", "sentences_of"]
