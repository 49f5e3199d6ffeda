"""From a verb that acts to the statement of an act: what holds for the document, for the sentence, for the verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pykala.extract.clauses import Token
from pykala.extract.lexicon import Form, Verb, forms
from pykala.extract.regions import Region, Sentence
from pykala.model import Act, Document, DocumentKind, Value
from pykala.outcomes import outcome_of


class Reader(Value):
    """What holds for all sentences of a document.

    Attributes:
        text: the document's text.
        by_officer: an office holder decides in it.
        meeting: the day of the meeting in EDTF, where known.
        year: the year of the meeting or of publication, where known.
    """

    document: Document
    text: str
    by_officer: bool
    meeting: str | None
    year: int | None

    @classmethod
    def of(cls, document: Document) -> Reader:
        """What holds for a document."""
        header = document.header
        dated = header.meeting_date or header.published
        year = int(dated[:4]) if dated else None
        return cls(document, document.text, document.kind is DocumentKind.OFFICER, header.meeting_date, year)


class Found(Value):
    """A verb that acts.

    Attributes:
        index: its place among the sentence's words.
        subject: span of the body that acts, where named.
    """

    index: int
    verb: Verb
    negated: bool = False
    subject: tuple[int, int] | None = None
    officer: bool = False


class Situation(Value):
    """A sentence in its place, and what was read before in it and above it.

    Attributes:
        opens: it opens a paragraph or a list row.
        before: acts told above it in the same stretch.
        found: verbs to its left that act.
    """

    reader: Reader
    region: Region
    sentence: Sentence
    words: tuple[Token, ...]
    opens: bool
    before: tuple[Act, ...]
    found: tuple[Found, ...] = ()

    @property
    def text(self) -> str:
        """The document's text."""
        return self.reader.text


# *Hyväksyi esityksen* as a clause of its own accepts what the proposal says.
_ACCEPTS = re.compile(
    r"\b(?:hyväksyi|hyväksyä|hyväksyttiin)\s+(?:[\wåäö-]+n\s+){0,2}(?:päätös)?(?:ehdotuksen|esityksen)"
    r"(?=\s+(?:muutettuna|äänin|yksimielisesti|seuraavin|siten)|[.,]|$)",
    re.IGNORECASE,
)


def statement(reader: Reader, words: Sequence[Token], found: Found, span: tuple[int, int]) -> Act:
    """The act that a verb tells in a stretch of text.

    Args:
        span: the words that are quoted, and whose values belong to the act.
    """
    text = reader.text[span[0] : span[1]]
    token = words[found.index]
    return Act(
        rule=found.verb.rule,
        start=span[0],
        end=span[1],
        text=text,
        type=found.verb.type_in(text, negated=found.negated),
        verb=(token.start, token.end),
        subject=found.subject,
        outcome=outcome_of(text),
        formula=found.verb.type == "approved" and bool(_ACCEPTS.search(text)),
        officer=found.officer,
        scope=(span,),
    )


_JOINS = frozenset(("ja", "sekä", "että", "vaan", "mutta", "och", "samt", "men", "and", "but"))


def spread(situation: Situation) -> Iterator[Act]:
    """Give each verb of a sentence its stretch: from the conjunction before it to the next one's."""
    words, text = situation.words, situation.text
    edges = [situation.sentence.start]
    for first, second in pairwise(situation.found):
        near = range(second.index, max(first.index, second.index - 5), -1)
        cut = next((k for k in near if words[k].word in _JOINS), second.index)
        edges.append(words[cut].start)
    edges.append(situation.sentence.end)
    for found, (start, end) in zip(situation.found, pairwise(edges), strict=True):
        yield statement(situation.reader, words, found, (start, start + len(text[start:end].rstrip(" ,\u00a0\n"))))


_PAST = frozenset((Form.PAST, Form.PASSIVE))
_DECIDED = re.compile(r"\b(?:päätti|päättivät|päätettiin|beslutade|beslöt|decided)\b")


def is_in_present(act: Act) -> bool:
    """Whether an act is told in the present tense, as the words of a proposal are."""
    word = act.text[act.verb[0] - act.start : act.verb[1] - act.start].casefold()
    if any(form in _PAST for _, form in forms().get(word, ())):
        return False
    return _DECIDED.search(act.text) is None


def is_past(words: Sequence[Token]) -> bool:
    """Whether a sentence holds a decision verb in the past tense."""
    return any(form in _PAST for word in words for _, form in forms().get(word.word, ()))


def is_bare_decide(act: Act) -> bool:
    """Whether nothing but *päätti* carries the act."""
    return act.rule in ("verbs.paattaa", "verbs.sv-besluta", "verbs.en-decide")
