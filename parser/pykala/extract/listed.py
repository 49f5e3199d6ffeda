"""Rows that a sentence introduces: acts of their own, receivers, or the parts of a grant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from pykala.extract.clauses import CONJUNCTIONS, Token, is_body, is_negated, is_subordinate, tokens
from pykala.extract.complements import TAKES_INFINITIVE, complements
from pykala.extract.lexicon import Form, forms
from pykala.extract.predicates import OPENS_FURTHER
from pykala.extract.regions import Region, Sentence, bullet
from pykala.extract.statements import Found, Reader, is_bare_decide, is_in_present, is_past, statement
from pykala.model import Act, PartKind
from pykala.rules.stems import Sought
from pykala.sentences import is_sum_row

_FOLLOWS = re.compile(r"\b(?:seuraavasti|seuraaville|seuraavat|seuraavaa|följande|enligt följande)\W*$", re.IGNORECASE)
_FIRST = re.compile(r"[A1][.)]?")
_LETTER = re.compile(r"[A-Z0-9]{1,2}[.)]?")
_RELATIVES = frozenset(("joka", "jonka", "jota", "jossa", "joita"))
_JOINED = frozenset((Form.PAST, Form.PASSIVE, Form.INFINITIVE))
_ROW_FORMS = frozenset(Form) - {Form.FIRST_PERSON}
#: How far into a row its verb may stand: under a bare *päätti* far, else near the start.
_FAR, _NEAR = 14, 4
#: How many words, and characters, the name of a body alone on its line has at most.
_NAME_WORDS, _NAME_LENGTH = 4, 70


def introduces(text: str, sentences: Sequence[Sentence], position: int) -> bool:
    """Whether the sentence breaks off and a list or a lower-case line goes on with it."""
    if position + 1 >= len(sentences):
        return False
    head, following = sentences[position], sentences[position + 1]
    if text[head.end - 1] in ".!?" or text[head.start : head.end].rstrip().endswith((".", "!", "?")):
        return False
    return following.listed or _carries_on(text, following, _FIRST)


def _carries_on(text: str, sentence: Sentence, mark: re.Pattern[str]) -> bool:
    """A line in lower case, or a letter or number alone that marks a point."""
    first = text[sentence.start : sentence.end].split("\n", maxsplit=1)[0]
    return text[sentence.start].islower() or mark.fullmatch(first) is not None


def rows_after(text: str, sentences: Sequence[Sentence], position: int) -> Sequence[Sentence]:
    """The list rows and tables that a sentence introduces."""
    head = text[sentences[position].start : sentences[position].end].rstrip()
    breaks_off = introduces(text, sentences, position)
    introduced = head.endswith(":") or breaks_off or _FOLLOWS.search(head) is not None
    until = position + 1
    while until < len(sentences) and _is_row(text, sentences, position, until, introduced=introduced):
        until += 1
    rows = sentences[position + 1 : until]
    if introduced or (rows and (rows[0].table or (rows[0].listed and not head.endswith(".")))):
        return rows
    return ()


def _is_row(text: str, sentences: Sequence[Sentence], head: int, at: int, *, introduced: bool) -> bool:
    row = sentences[at]
    if row.listed or row.table or (introduced and _carries_on(text, row, _LETTER)):
        return True
    if at > head + 1 and row.block == sentences[at - 1].block and row.block != sentences[head].block:
        return True  # a row goes on with a second sentence
    words = text[row.start : row.end]
    return introduced and is_sum_row(words) and not any(t.word in forms() for t in tokens(text, row.start, row.end))


def with_rows(reader: Reader, rows: Sequence[Sentence], acts: Sequence[Act]) -> list[Act]:
    """The acts of a sentence and of the rows that it introduces.

    A row with a verb of its own is an act (one for each verb under one *päätti*); a row without belongs to the act above.
    """
    head = acts[-1]
    out = list(acts[:-1]) if is_bare_decide(head) else list(acts)
    seen = {(a.rule, a.type): i for i, a in enumerate(out)}
    nested = head.type in ("proposed", "stated")
    for row in rows:
        own = [] if nested or row.table else _row_acts(reader, row, head)
        for act in own:
            at = seen.get((act.rule, act.type))
            if at is None or not is_in_present(act):
                seen[(act.rule, act.type)] = len(out)
                out.append(act)
            else:
                out[at] = replace(out[at], scope=(*out[at].scope, *act.scope))
        if not own and out:
            out[-1] = replace(out[-1], scope=(*out[-1].scope, (row.start, row.end)))
    return out or [replace(head, scope=(*head.scope, *((r.start, r.end) for r in rows)))]


def names_body_alone(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether the first of the sentences is nothing but a body's name."""
    first = sentences[0]
    if len(sentences) > 1 or first.end - first.start > _NAME_LENGTH:
        return False
    words = tokens(text, first.start, first.end)
    return 0 < len(words) <= _NAME_WORDS and is_body(words[-1])


def told_by_rows(reader: Reader, sentences: Sequence[Sentence], position: int) -> list[Act]:
    """The acts of rows that a body's name alone introduces: *Kaupunginvaltuusto • valitsi … • hyväksyi …*."""
    sentence = sentences[position]
    words = tokens(reader.text, sentence.start, sentence.end)
    if not words or len(words) > _NAME_WORDS or not is_body(words[-1]):
        return []
    span = (sentence.start, sentence.end)
    verb = next(verb for meanings in forms().values() for verb, _ in meanings if verb.decides)
    found = Found(len(words) - 1, verb, subject=(words[0].start, words[-1].end))
    head = statement(reader, words, found, span)
    rows = rows_after(reader.text, sentences, position)
    own = [act for row in rows if not row.table for act in _row_acts(reader, row, head)]
    return [act for act in own if not is_in_present(act)]


def _row_acts(reader: Reader, row: Sentence, head: Act) -> list[Act]:
    """The acts of a row: its first verb and those coordinated with it."""
    words = tokens(reader.text, row.start + bullet(reader.text[row.start : row.end]), row.end)
    first = _row_verb(reader, words, head)
    if first is None:
        return []
    found = [first, *_joined(reader, words, first)]
    edges = [row.start]
    for verb in found[1:]:
        near = range(verb.index - 1, max(-1, verb.index - 4), -1)
        edges.append(words[next((k for k in near if words[k].word in CONJUNCTIONS), verb.index)].start)
    edges.append(row.end)
    spans = ((a, a + len(reader.text[a:b].rstrip(" ,\u00a0\n"))) for a, b in pairwise(edges))
    return [statement(reader, words, verb, span) for verb, span in zip(found, spans, strict=True)]


def _row_verb(reader: Reader, words: Sequence[Token], head: Act) -> Found | None:
    for i, token in enumerate(words[: _FAR if is_bare_decide(head) else _NEAR]):
        for verb, form in forms().get(token.word, ()):
            if verb.decides and form is Form.PAST and i <= _NEAR:
                governed = next(iter(complements(reader.text, words, i)), None)
                return Found(*governed, head.subject, head.officer) if governed else None
            if (
                verb.decides
                or verb.rule == "verbs.tukea"
                or form not in _ROW_FORMS
                or (form is Form.NEGATED and not is_negated(words, i))
            ):
                continue
            if any(w.word in _RELATIVES for w in words[:i]):
                return None
            return Found(i, verb, form in (Form.NEGATED, Form.ABESSIVE), head.subject, head.officer)
    return None


def _joined(reader: Reader, words: Sequence[Token], first: Found) -> Iterator[Found]:
    """Verbs that *ja* joins to the first in its own form: *valitsi A:n ja totesi B:n jatkavan*."""
    alike = {form for _, form in forms()[words[first.index].word]} & _JOINED
    for i in range(first.index + 1, len(words)):
        joined = any(words[k].word in CONJUNCTIONS for k in range(max(first.index + 1, i - 3), i))
        if not joined or is_subordinate(reader.text, words, i) or TAKES_INFINITIVE.match(words[i - 1].word):
            continue
        meaning = next((v for v, form in forms().get(words[i].word, ()) if form in alike and not v.decides), None)
        if meaning is not None:
            yield Found(i, meaning, False, first.subject, first.officer)


# ---------------------------------------------------------------- what belongs to the act above


_SHARE = Sought(
    r"\b(?:(?:avustukset|avustuksia|avustusten|tukea|tuet)\b[^.]{0,40}\byhteensä|sai|saa|saavat|saivat|saavan|meni|menivät|menee|summasta|siitä|näistä|loput[^.]{0,30}\bjaetaan \w+ (?:yhdistykselle|seuralle|hakijalle|toimijalle)|avustus on|avustuksen määrä on|osuus on|tästä|josta|får|fick|av summan|"
    r"\w+lle maksetaan|saajat? (?:ovat|on)|saajia ovat|mottagarna är)\b",
    (
        *("avustu", "tukea", "tuet", "sai", "saa", "meni", "menee", "maksetaan", "loput", "osuus on"),
        *("summasta", "siitä", "näistä", "tästä", "josta", "får", "fick", "av summan", "mottagarna är"),
    ),
)
_SHARE_CAPITAL = re.compile(
    r"(?:maksetaan|merkintähin|osakkei|osakkeesta|aktie|shares?\b).*\d", re.IGNORECASE | re.DOTALL
)
# *Hyväksyn Kylä ry:n hakemuksen. Avustus on 500 euroa.*
_APPLICATION = ("hakemu", "ansökan")
_GRANT_IS = re.compile(r"^(?:avustus|avustuksen määrä|tuki|bidraget)\b.*\d", re.IGNORECASE | re.DOTALL)
_GETTERS = re.compile(r"\b(?:saajat|saavat|saivat|sai|saa|får|fick)\b", re.IGNORECASE)
_PAID = Sought(r"\b(?:maksetaan|betalas|utbetalas)\b|\berässä\b|\berinä\b", ("maksetaan", "betalas", "erässä", "erinä"))
_BY_YEAR = re.compile(r"\d[^.]{0,12}(?:euro\w*|€)[ \u00a0](?:vuonna|vuodelle|år)[ \u00a0](?:19|20)\d\d", re.IGNORECASE)
# Securities are no shares.
_NO_SHARE = Sought(
    r"\bmotsäkerhet|\bvastavaku|\bpantbrev|\bpanttikirj", ("motsäkerhet", "vastavaku", "pantbrev", "panttikirj")
)
# Money that an approved agreement gives is told in the sentences after it.
_AGREEMENT = ("sopimu", "avtal")
# What is shared is counted.
_DIGIT = re.compile(r"\d")
_EURO = re.compile(r"\beuro")
_PAYS = re.compile(
    r"\b(?:saa|saavat|får|maksaa|maksetaan|betalar|betalas|stöder|stödjer|finansierar|avustusta|tukee)\b.*\d",
    re.IGNORECASE | re.DOTALL,
)


def tells_share(text: str, sentence: Sentence, act: Act) -> bool:
    """Whether the sentence tells who gets what of the money that the act before it gives, or is a row of it."""
    words = text[sentence.start : sentence.end]
    if act.type == "transacted":
        return act.subscribes and _SHARE_CAPITAL.search(words) is not None
    if act.type == "approved":
        return _tells_share_of_approved(words, act, table=sentence.table)
    if act.type != "granted" or not (sentence.table or _counts(words)):
        return False
    if _PAID.search(words) and not _GETTERS.search(words):
        return _BY_YEAR.search(words) is not None  # instalments count by year alone
    if _NO_SHARE.search(words):
        return False
    if sentence.table:
        return True
    row = (sentence.listed and not words.endswith(".")) or is_sum_row(words)
    return row or _SHARE.search(words) is not None


def _tells_share_of_approved(words: str, act: Act, *, table: bool) -> bool:
    """Whether words tell the money of an application or an agreement that was approved."""
    lower = act.text.lower()
    if any(map(lower.__contains__, _APPLICATION)):
        return _GRANT_IS.search(words) is not None
    if any(map(lower.__contains__, _AGREEMENT)):
        return table or (_counts(words) and _PAYS.search(words) is not None)
    return False


def _counts(words: str) -> bool:
    return _DIGIT.search(words) is not None or ("euro" in words and _EURO.search(words) is not None)


def ends_in_rows(text: str, sentences: Sequence[Sentence], act: Act) -> bool:
    """Whether a stretch ends with the sentence of an act that promises a list, or with rows of it."""
    after = [s for s in sentences if s.start > act.verb[0]]
    holder = next((s for s in sentences if s.start <= act.verb[0] < s.end), None)
    promised = holder is not None and text[holder.start : holder.end].rstrip().endswith(":")
    return promised and len(leading_rows(text, after)) == len(after)


_RECEIVERS = re.compile(r"\bsaaja|\bsaavat\b|avustu[ks]|avustet|tuensaaj|mottagar|bidragen\b", re.IGNORECASE)


def heads_receivers(text: str, region: Region) -> bool:
    """Whether a heading says that those who got money follow: *Kumppanuusavustuksen saajat*."""
    first, last = region.sentences[0], region.sentences[-1]
    return region.part is PartKind.SUBHEADING and _RECEIVERS.search(text, first.start, last.end) is not None


_INTRODUCES = re.compile(r"\b(?:saavat|saivat|ovat|får|fick|är)\W*$", re.IGNORECASE)


def after_lead(text: str, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences after one that introduces a list of receivers: *Kumppanuusavustusta saavat*."""
    introduced = len(sentences) > 1 and _INTRODUCES.search(text, sentences[0].start, sentences[0].end) is not None
    return sentences[1:] if introduced else sentences


def leading_rows(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The rows that a stretch opens with: names with sums, or headings of groups with theirs."""
    return list(takewhile(lambda s: s.table or s.listed or is_sum_row(text[s.start : s.end]), sentences))


_STATEMENT = re.compile(
    r"\bseuraavan (?:lausunnon|vastineen|vastauksen|selityksen)|följande (?:utlåtande|svar)", re.IGNORECASE
)


def quotes_after(text: str, sentence: Sentence, act: Act) -> bool:
    """Whether the words of a statement or a proposal follow: *antaa seuraavan lausunnon:*."""
    head = text[sentence.start : sentence.end].rstrip()
    return act.type in ("stated", "proposed") and (head.endswith(":") or _STATEMENT.search(head) is not None)


# The minutes of the item themselves are approved after what it quotes.
_MINUTES = re.compile(r"(?:Pöytäkirja|Tämän pykälän|Tämä pykälä|Pykälä|Paragrafen|Protokollet)\b")


def after_quotation(text: str, sentences: Sequence[Sentence], position: int) -> int:
    """The next sentence in which the body acts again: *Samalla kaupunginhallitus päätti …*."""
    for at in range(position, len(sentences)):
        words = tokens(text, sentences[at].start, sentences[at].end)
        if words and _MINUTES.match(text, sentences[at].start):
            return at
        if words and OPENS_FURTHER.match(words[0].word) and is_past(words) and any(is_body(w) for w in words[:4]):
            return at
    return len(sentences)
