"""What was decided: the infinitives, or the verb of the *että* clause, that *päätti* governs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pykala.extract.clauses import Token, is_coordinated, is_negated
from pykala.extract.lexicon import Form, Verb, forms

THAT = frozenset(("että", "ettei", "etteivät", "etten", "att", "that"))
# Words after which *että* opens a condition, not what was decided.
_CORRELATES = frozenset(
    ("sille", "siten", "niin", "siitä", "sitä", "ehdolla", "edellytyksellä", "perusteella", "siinä")
)
_RELATIVES = frozenset(("joka", "jonka", "jota", "jossa", "jolla", "jotka", "joiden"))
_INNER = _RELATIVES | {"että", "jotta", "siten", "som"}
_CLAUSE_FORMS = frozenset(
    (Form.PRESENT_PASSIVE, Form.UNDER_PRESENT_PASSIVE, Form.PRESENT, Form.PASSIVE, Form.PAST, Form.NEGATED)
)
#: How many words may stand between *päätti* and *että*.
_REACH = 6

# Nouns and verbs whose complement is an infinitive: *luvan aloittaa* is no act of starting.
TAKES_INFINITIVE = re.compile(
    r"^(?:lu[pv]an?|oikeu(?:s|den|tta)|mahdollisuu(?:s|den|tta)|velvollisuu(?:s|den)|valtuu(?:det|den|ksia)|"
    r"tarkoitus|tarkoituksena|aikeen|voi|voisi|voisivat|voidaan|tulisi|pitäisi|voinut|joutuu|joutui|voitiin|voivat|"
    r"saa|saavat|tulee|pitää|on|ovat|olisi|ei|eivät|aikoo|haluaa|tarpeen|velvolli\w+|syytä|käskyn|kehotuksen|"
    r"tehtävän|tehtäväksi|vallan|toimivallan|sitoumuksen|suostumuksen|valmis|valmiita|ehdotuksen|pyynnön|tahto|aikomus)$"
)


def complements(text: str, words: Sequence[Token], index: int) -> Iterator[tuple[int, Verb, bool]]:
    """The verbs under a *päätti*, each with its place and whether it is denied.

    Args:
        text: the document's text.
        index: place of the *päätti*.
    """
    near = range(index + 1, min(index + _REACH, len(words)))
    that = next((j for j in near if words[j].word in THAT and words[j - 1].word not in _CORRELATES), None)
    last: int | None = _unknown(text, words, index) if that is None else None
    if last is not None:
        yield last, _decide_verb(words, index), False
    verbs = forms()
    for j in range(index + 1, len(words)):
        if words[j].word not in verbs:
            continue
        after_that = that is not None and j > that
        opening = after_that and (last is None or any(w.word in THAT for w in words[last + 1 : j]))
        meaning = _clause_verb(words, j) if opening else _infinitive(words, j)
        if meaning is None and opening and _after_att(words, j):
            meaning = _infinitive(words, j)
        if meaning is None:
            continue
        if last is not None and not _goes_on(text, words, last, j, that):
            continue
        if last is None and that is None and any(w.word in _RELATIVES for w in words[index + 1 : j]):
            continue
        last = j
        yield j, *meaning
        if meaning[0].type == "proposed":  # what is proposed is no act of its own
            return


# An infinitive that no entry knows, right after *päätti*; elatives (*päätti avustuksista*) only look like one.
_UNKNOWN = re.compile(r".{2,}(?:[aeiouyäö][aä]|[dlnr][aä]|[aou]ta|[äöy]tä)$")
_ADVERBIAL = re.compile(r"(?:sti|na|nä|ssa|ssä|ssaan|ssään)$")
_ELATIVE = re.compile(r"(?:sta|stä|lla|llä|na|nä|kuuta)$")


def _unknown(text: str, words: Sequence[Token], index: int) -> int | None:
    """Place of an unknown infinitive that follows *päätti*, adverbs aside."""
    for j in range(index + 1, min(index + 6, len(words))):
        word = words[j].word
        if word in forms() or _ADVERBIAL.search(word) or word in _ADVERBS:
            if any(form is Form.INFINITIVE for _, form in forms().get(word, ())):
                return None
            continue
        capital = text[words[j].start].isupper()
        return j if _UNKNOWN.match(word) and not _ELATIVE.search(word) and not capital else None
    return None


def _decide_verb(words: Sequence[Token], index: int) -> Verb:
    return next(verb for verb, _ in forms()[words[index].word] if verb.decides)


_ADVERBS = frozenset(("lisäksi", "myös", "samalla", "edelleen", "kuitenkin", "kokouksessaan", "nyt"))


def _after_att(words: Sequence[Token], j: int) -> bool:
    """Swedish *att bevilja*, *att inte bevilja*: an infinitive, not a clause."""
    before = [w.word for w in words[max(0, j - 2) : j]]
    return before[-1:] == ["att"] or before == ["att", "inte"]


def _infinitive(words: Sequence[Token], j: int) -> tuple[Verb, bool] | None:
    for verb, form in forms().get(words[j].word, ()):
        if verb.decides:
            continue
        if form is Form.INFINITIVE and not (j and TAKES_INFINITIVE.match(words[j - 1].word)):
            return verb, bool(j and words[j - 1].word in ("inte", "not"))
        if form is Form.ABESSIVE and any(w.word in ("olla", "jättää") for w in words[max(0, j - 4) : j]):
            return verb, True
    return None


def _clause_verb(words: Sequence[Token], j: int) -> tuple[Verb, bool] | None:
    for verb, form in forms().get(words[j].word, ()):
        if verb.decides or form not in _CLAUSE_FORMS:
            continue
        if form is Form.NEGATED and not is_negated(words, j):
            continue
        return verb, form is Form.NEGATED
    return None


def _goes_on(text: str, words: Sequence[Token], last: int, j: int, that: int | None) -> bool:
    """Whether a further verb is a further act: coordinated, and not inside a clause of the first."""
    between = {w.word for w in words[last + 1 : j]}
    if that is not None and that < last:
        again = [k for k in range(last + 1, j) if words[k].word in THAT]  # *että A varataan ja että B:lle osoitetaan*
        return bool(again) and (is_coordinated(words, j) or is_coordinated(words, again[-1]))
    listed = text[words[j - 1].end : words[j].start].strip() == ","  # *perua juhlat, sulkea kirjasto ja …*
    return not between & _INNER and (listed or is_coordinated(words, j))
