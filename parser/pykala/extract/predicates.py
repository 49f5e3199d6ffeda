"""Whether a verb acts by itself where it stands: its tense, its clause, its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pykala.extract.clauses import (
    CONJUNCTIONS,
    Now,
    Subject,
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
)
from pykala.extract.complements import TAKES_INFINITIVE, THAT
from pykala.extract.lexicon import FINITE, PRESENTS, Form, Verb, forms
from pykala.extract.regions import Voice
from pykala.extract.statements import Found, Situation, is_in_present
from pykala.model import DocumentKind

_PASSIVES = frozenset((Form.PASSIVE, Form.PRESENT_PASSIVE))
# Between a negation and a participle they make a perfect or a conditional: *ei ole myönnetty*, *ei olisi korotettu*.
_AUXILIARIES = frozenset(("ole", "olisi", "ollut", "oltu", "olla", "voi", "voida", "saa", "tule"))
_PLANS = frozenset(("päättänee", "päättänevät", "päättäisi", "päättäisivät", "päättänyt", "päättäneet"))
_DEADLINE = frozenset(("mennessä", "före"))
_OWNERS = frozenset(("staden", "kommunen", "kaupunki", "kunta"))
OPENS_FURTHER = re.compile(r"^(?:lisäksi|samalla|edelleen|samoin|dessutom|samtidigt|vidare)\b", re.IGNORECASE)


def predicate(situation: Situation, i: int) -> Found | None:
    """The verb at a word, if it acts there.

    Args:
        i: place of the word in the sentence.
    """
    words = situation.words
    for verb, form in forms().get(words[i].word, ()):
        if not _is_finite(words, i, form) or not _tense_fits(situation, form, i):
            continue
        hearsay = form in PRESENTS or form is Form.NEGATED
        if _is_under(situation, form, i) or (hearsay and is_reported(words, i)):
            return None
        if situation.reader.by_officer and (form is Form.FIRST_PERSON or _is_own_refusal(words, i, form)):
            if form is Form.NEGATED or _speaks_first(situation, i):
                return Found(i, verb, form is Form.NEGATED, None, officer=True)
            continue
        if form is Form.FIRST_PERSON:
            continue
        who = _who(situation, i)
        if not _may_act(situation, verb, form, i, who):
            continue
        return None if _is_earlier(situation, i) else _found(situation, verb, form, i, who)
    return None


def _is_under(situation: Situation, form: Form, i: int) -> bool:
    """Whether the verb is subordinate; *totesi, että …, ja merkitsi tiedoksi* goes on with the main clause."""
    text, words = situation.text, situation.words
    if not is_subordinate(text, words, i):
        return False
    first = clause_start(text, words, i)
    joined = words[first].word in CONJUNCTIONS or words[i - 1].word in CONJUNCTIONS
    main = bool(situation.found) and form is Form.PAST and joined
    return not (main and situation.found[-1].index < i and any(w.word in THAT for w in words[:i]))


def _who(situation: Situation, i: int) -> Subject | None:
    """Who acts; a coordinated verb without a subject of its own has the one of the verb before."""
    words = situation.words
    opens = clause_start(situation.text, words, i) == i
    if not (situation.found and (opens or is_coordinated(words, i))):
        return subject(words, i)
    last = situation.found[-1]
    joint = i - 1 if opens else next(k for k in range(i - 1, -1, -1) if words[k].word in CONJUNCTIONS)
    own = next((words[k] for k in range(joint + 1, i) if is_body(words[k])), None)
    if own is not None:
        return Subject(own.start, own.end)
    if last.officer:
        return Subject(words[last.index].start, words[last.index].end, officer=True)
    return Subject(*last.subject) if last.subject else None


def _is_finite(words: Sequence[Token], i: int, form: Form) -> bool:
    if form is Form.NEGATED:
        return is_negated(words, i, 3) and not (i and words[i - 1].word in _AUXILIARIES)
    if form is Form.PRESENT and any(w.word in _PLANS for w in words[max(0, i - 8) : i]):
        return False  # an infinitive under *päättänee*, *päättäisi*, *on päättänyt*
    if form is Form.PRESENT and i and TAKES_INFINITIVE.match(words[i - 1].word):
        return False  # an infinitive that looks like it: *voi myöntää*
    return form in FINITE


def _found(situation: Situation, verb: Verb, form: Form, i: int, who: Subject | None) -> Found:
    negated = form is Form.NEGATED or (verb.language == "sv" and is_negated(situation.words, i, 1))
    acting = who if who is not None and form not in _PASSIVES else None
    span = (acting.start, acting.end) if acting and not acting.officer else None
    return Found(i, verb, negated, span, officer=situation.reader.by_officer or bool(acting and acting.officer))


def _is_own_refusal(words: Sequence[Token], i: int, form: Form) -> bool:
    return form is Form.NEGATED and words[max(0, i - 1)].word in ("en", "emme")


def _speaks_first(situation: Situation, i: int) -> bool:
    words = situation.words
    return (
        i == 0
        or is_subjectless(words, i, clause_start(situation.text, words, i))
        or is_coordinated(words, i)
        or words[i - 1].word.endswith(("n", "t"))
    )


def _is_earlier(situation: Situation, i: int) -> bool:
    """Whether the clause tells another meeting's act; what stands before an act told in the sentence is that act's."""
    words = situation.words
    first = i if situation.found else clause_start(situation.text, words, i)
    reader = situation.reader
    now = Now(reader.meeting, reader.year, news=situation.region.voice is Voice.PROSE)
    clause = (words[first].start, situation.sentence.end)
    return is_history(situation.text, clause, (words[i].start, words[i].end), now)


# ---------------------------------------------------------------- tense


def _tense_fits(situation: Situation, form: Form, i: int) -> bool:
    """Present forms act only in decision sections and bulletins, and not after an act in the past (they are its content)."""
    if form not in PRESENTS:
        return True
    words, voice = situation.words, situation.region.voice
    has_body = any(is_body(w) for w in words[:i])
    if voice is Voice.BARE:
        return False
    if voice is Voice.PROSE:
        types = {verb.type for verb, _ in forms()[words[i].word]}
        news = situation.reader.document.kind is DocumentKind.RELEASE
        said = any(w.word.startswith("lausun") for w in words)  # what a statement demands is no act beside it
        demands = "instructed" in types and not said
        proposes = news and form is Form.PRESENT and has_body and ("proposed" in types or demands)
        return proposes or (form is Form.PRESENT_PASSIVE and "instructed" in types)
    told_in_past = any(not is_in_present(a) for a in situation.before)
    if voice is Voice.BULLETIN:
        return _fits_bulletin(situation, form, i, has_body=has_body, told_in_past=told_in_past)
    further = OPENS_FURTHER.match(words[0].word) is not None
    if told_in_past:
        gives = (situation.opens or further) and any(verb.type == "granted" for verb, _ in forms()[words[i].word])
        demands = i <= 2 and any(verb.type == "instructed" for verb, _ in forms()[words[i].word])
        return gives if form is Form.PRESENT_PASSIVE else has_body and (further or demands)
    if form is Form.PRESENT_PASSIVE and (situation.before or situation.found):
        return further or (bool(situation.found) and is_coordinated(words, i))
    return True


def _fits_bulletin(situation: Situation, form: Form, i: int, *, has_body: bool, told_in_past: bool) -> bool:
    """The present tells an act of a named body, or, without one, opens a paragraph or goes on in the present."""
    words = situation.words
    types = {verb.type for verb, _ in forms()[words[i].word]}
    if "instructed" in types and any(w.word.startswith("lausun") for w in words):
        return False  # what a statement demands is no act beside it
    will_do = types <= {"stated", "decided"} and any(w.word in _DEADLINE for w in words[i:])
    if form is Form.PRESENT and will_do:
        return False
    if form is Form.PRESENT:
        return has_body or words[0].word in _OWNERS
    if "proposed" in types:
        return i == 0
    return situation.opens or not told_in_past


# ---------------------------------------------------------------- subject


def _may_act(situation: Situation, verb: Verb, form: Form, i: int, who: Subject | None) -> bool:
    """Whether somebody who can decide is the subject, said or understood."""
    words = situation.words
    if _is_motion(words, i, verb):
        return False
    if form is Form.NEGATED and situation.region.voice is Voice.PROSE and _tells_practice(words, i, verb):
        return False
    if _is_passive(words, i, verb, form):
        return _passive_may_act(situation, verb, i)
    if who is not None and not who.officer:
        return not _other_subject(words, i, clause_start(situation.text, words, i))
    if who is not None:
        return situation.reader.by_officer or (verb.decides and situation.region.voice is not Voice.DECISION)
    return _understood(situation, verb, i)


def _understood(situation: Situation, verb: Verb, i: int) -> bool:
    """Whether a verb without a subject goes on with the one before."""
    words = situation.words
    if situation.found and is_coordinated(words, i):
        return verb.type != "proposed" or situation.found[-1].subject is not None
    if verb.rule == "verbs.tukea":  # its past tense is also the noun *tuki*
        return False
    if situation.region.voice is Voice.DECISION:
        return is_subjectless(words, i, clause_start(situation.text, words, i))
    goes_on = OPENS_FURTHER.match(words[0].word) is not None or words[0].word in _PRONOUNS
    return bool(situation.before) and goes_on and i <= 2


_PRONOUNS = frozenset(("it", "se", "den"))
_IMPERSONAL = ("tu", "ty", "ta", "tä", "dä", "da", "la", "lä", "na", "nä", "ra", "rä")


def _is_passive(words: Sequence[Token], i: int, verb: Verb, form: Form) -> bool:
    if verb.language == "en":
        return any(w.word in ("was", "were") for w in words[max(0, i - 2) : i])
    return form in _PASSIVES or (form is Form.NEGATED and words[i].word.endswith(_IMPERSONAL))


def _passive_may_act(situation: Situation, verb: Verb, i: int) -> bool:
    voice, words = situation.region.voice, situation.words
    if voice is Voice.DECISION:
        return True
    if voice is Voice.BARE:
        return i == 0 or (i <= 6 and verb.decides)
    if verb.decides or verb.news or voice is Voice.BULLETIN:
        return True
    first = clause_start(situation.text, words, i)
    first = max(0, first - 4) if verb.type == "granted" else first  # *912 000 euroa, osoitettiin …*
    return verb.type_in(situation.text[words[first].start : words[-1].end]) != "decided"


def _tells_practice(words: Sequence[Token], i: int, verb: Verb) -> bool:
    """*Kunta ei enää osta palveluja*: how things are, not what was decided."""
    if verb.type == "granted" or verb.language != "fi":
        return False
    return not words[i].word.endswith(("nut", "nyt", "neet", "tu", "ty")) and not any(is_body(w) for w in words[:i])


_MOTION = frozenset(
    first + last for first in ("", "muutos", "vasta", "palautus", "hylkäys", "lisäys") for last in ("ehdotus", "esitys")
)
_PROCEDURE = frozenset("äänestys äänestystapa äänestysjärjestys äänestysesitys omröstningssättet työjärjestys".split())
_PROPOSAL = frozenset(
    first + last
    for first in ("", "pohja", "päätös", "kunnanhallituksen")
    for last in ("esitystä", "ehdotusta", "ehdotustaan", "esitystään", "förslaget", "förslag")
)
_LOSES = frozenset(("verbs.hylata", "verbs.perua", "verbs.peruuttaa", "verbs.katsoa"))
_OTHERS = ("jäsen", "valtuutettu", "puheenjohtaja", "ryhmä", "ledamoten", "hakija", "edustaja")


def _is_motion(words: Sequence[Token], i: int, verb: Verb) -> bool:
    """*Vastaehdotus hylättiin*, *ehdotus peruttiin*: what became of a motion is no act of its own."""
    if any(w.word in _PROCEDURE for w in words[max(0, i - 3) : i]):
        return True
    near = words[max(0, i - 6) : i + 5]
    if verb.type == "amended" and any(w.word in _PROPOSAL for w in near):
        return True  # what was changed is the proposal, and that is told by the outcome
    if verb.rule == "verbs.hyvaksya" and is_negated(words, i, 3) and any(w.word in _PROPOSAL for w in near):
        return True
    return verb.rule in _LOSES and any(w.word in _MOTION for w in words[max(0, i - 4) : i])


def _other_subject(words: Sequence[Token], i: int, first: int) -> bool:
    """A body is named, but somebody else acts: *lautakunnan jäsen Virta esitti*, *valtuustoryhmä ehdotti*."""
    return any(w.word.endswith(_OTHERS) for w in words[max(first, i - 3) : i])
