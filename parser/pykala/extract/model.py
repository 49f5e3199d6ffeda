"""Names of organisations that a spaCy model reads where the rules leave capitalised words open.

The rules come first: the model sees only sentences that hold a capitalised word which no rule has read or refused, and of
what it calls an organisation only that counts which overlaps nothing of the rules'.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pykala.errors import ModelMissing
from pykala.extract.endings import nominative_of
from pykala.extract.registers import fold, town_forms
from pykala.model import Document, Findings, Name

if TYPE_CHECKING:
    from spacy.language import Language

ORGANISATION: Final = "ORG"
LEMMATIZER: Final = "lemmatizer"  # that of the Finnish models needs a system library, and nothing here needs it
_LANGUAGE: Final = "fi"
_CAPITALISED: Final = re.compile(r"(?<=[^\W_] |[,;)] )[A-ZÅÄÖ][\w:&-]+")
_BEFORE: Final = re.compile(r"\b[A-ZÅÄÖ][\w-]+ $")
_AFTER: Final = re.compile(r" [A-ZÅÄÖ][\w-]")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_EDGES: Final = " \t\n.,;:()[]\"'”“’«»–-"


@dataclass(frozen=True, slots=True)
class NameModel:
    """A loaded model: its name and version, and what reads entities."""

    version: str
    nlp: Language


@cache
def load(name: str) -> NameModel:
    """A model by the name of its package, loaded once; only what its entities need is kept.

    Raises:
        ModelMissing: it is not installed, or reads no entities.
    """
    import spacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a model made with another spaCy warns, but reads the same
        try:
            nlp = spacy.load(name, exclude=[LEMMATIZER])
        except (OSError, ImportError) as error:
            raise ModelMissing(f"the language model {name!r} is not installed") from error
    if "ner" not in nlp.pipe_names:
        raise ModelMissing(f"the language model {name!r} reads no names")
    shared = nlp.get_pipe("tok2vec") if "tok2vec" in nlp.pipe_names else None
    needed = {"ner", "transformer", *(("tok2vec",) if "ner" in getattr(shared, "listening_components", ()) else ())}
    nlp.select_pipes(enable=[pipe for pipe in nlp.pipe_names if pipe in needed])
    return NameModel(f"{name} {nlp.meta['version']}", nlp)


def find(document: Document, findings: Findings, name: str) -> tuple[Name, ...]:
    """The organisations that only the model sees, in order.

    Args:
        document: a segmented bulletin; the models read Finnish, so in other languages there is nothing to find.
        findings: what the rules have read and refused.
        name: the model's package.
    """
    if document.bulletin.language != _LANGUAGE:
        return ()
    taken = _Taken(findings)
    open_sentences = [span for span in document.sentences if taken.leaves_open(document.text, span)]
    if not open_sentences:
        return ()
    known = {fold(alias): one for one in findings.names for alias in (one.name, *one.aliases) if not one.bare}
    docs = load(name).nlp.pipe(document.text[start:end] for start, end in open_sentences)
    return tuple(
        _name(text, start, known)
        for (offset, _), doc in zip(open_sentences, docs, strict=True)
        for start, text in _organisations(doc, offset)
        if not taken.touches(start, start + len(text)) and not _is_town(text)
    )


class _Taken:
    """Where the rules have read or refused something."""

    def __init__(self, findings: Findings) -> None:
        read = (findings.names, findings.amounts, findings.years, findings.dates, findings.rejected)
        self._spans = sorted((one.start, one.end) for some in read for one in some)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of it lies between two places."""
        return any(low < end and start < high for low, high in self._spans)

    def leaves_open(self, text: str, sentence: tuple[int, int]) -> bool:
        """Whether a sentence holds a capitalised word, not its first, that nothing has been read from."""
        return any(not self.touches(*match.span()) for match in _CAPITALISED.finditer(text, *sentence))


def _organisations(doc: Any, offset: int) -> Iterator[tuple[int, str]]:  # noqa: ANN401  # spaCy's Doc
    """Every organisation of a sentence with its place in the document, without marks around it."""
    for entity in doc.ents:
        if entity.label_ == ORGANISATION:
            text = entity.text.rstrip(_EDGES)
            stripped = text.lstrip(_EDGES)
            start = entity.start_char + len(text) - len(stripped)
            if stripped[:1].isupper() and _LETTERS.search(stripped) and not _is_part(doc.text, start, len(stripped)):
                yield offset + start, stripped


def _is_part(text: str, start: int, length: int) -> bool:
    """Whether another capitalised word adjoins, so that the words are a part of something: mostly of a person's name."""
    return bool(_BEFORE.search(text, max(0, start - 40), start) or _AFTER.match(text, start + length))


def _is_town(text: str) -> bool:
    """Whether a town alone is named, which is an institution only where a rule says so."""
    return all(part in town_forms() for part in re.split(r"[\s–-]+", text))


def _name(text: str, start: int, known: dict[str, Name]) -> Name:
    *lead, last = text.split()
    ending, case = nominative_of(last)
    name = " ".join((*lead, ending))
    same = known.get(fold(name))
    return Name(
        "model.organisation",
        start,
        start + len(text),
        text,
        name=name,
        kind=same.kind if same else "other",
        key=same.key if same else f"model {fold(name)}",
        case=case,
    )
