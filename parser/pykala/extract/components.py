"""Each extractor as a spaCy component of its own.

>>> import spacy
>>> nlp = spacy.blank("fi")
>>> _ = nlp.add_pipe("pykala_amounts")
>>> doc = nlp("Lautakunta myönsi seuralle 1 250,50 euroa.")
>>> [(span.text, span.label_, span._.pykala.value) for span in doc.spans["pykala_amounts"]]
[('1 250,50 euroa', 'units.euro', Decimal('1250.50'))]

spaCy's spans end where tokens end, so a span may be wider than the words that were read; ``span._.pykala`` is exact. What
a component found is also ``doc._.pykala_amounts``, a tuple. Both survive ``Doc.to_bytes``, ``DocBin`` and ``n_process``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pykala.model import Act, Amount, Date, Mention, Name, Reading, Years

Component = Callable[[Doc], Doc]

_TYPES: Final[dict[str, Callable[..., Mention]]] = {
    "pykala_amounts": Amount,
    "pykala_years": Years,
    "pykala_dates": Date,
    "pykala_institutions": Name,
    "pykala_decisions": Act,
}
_DECIMALS: Final = frozenset({"value", "value_max"})


@Language.factory("pykala_amounts", assigns=["doc.spans"])
def amounts(nlp: Language, name: str) -> Component:
    """Sums of money; a span's label is its rule."""
    del nlp, name
    return _component("pykala_amounts", "pykala.extract.amounts", "find", "rule")


@Language.factory("pykala_years", assigns=["doc.spans"])
def years(nlp: Language, name: str) -> Component:
    """Years and spans of years; a span's label is its rule."""
    del nlp, name
    return _component("pykala_years", "pykala.extract.years", "find", "rule")


@Language.factory("pykala_dates", assigns=["doc.spans"])
def dates(nlp: Language, name: str) -> Component:
    """Days, months, seasons and intervals; a span's label is its rule."""
    del nlp, name
    return _component("pykala_dates", "pykala.extract.dates", "find", "rule")


@Language.factory("pykala_institutions", assigns=["doc.spans"])
def institutions(nlp: Language, name: str) -> Component:
    """Mentions of organisations, bodies and offices; a span's label is its kind."""
    del nlp, name
    return _component("pykala_institutions", "pykala.extract.institutions", "find", "kind")


@Language.factory("pykala_decisions", assigns=["doc.spans"])
def decisions(nlp: Language, name: str) -> Component:
    """Statements that something was decided; a span's label is the act's type."""
    del nlp, name
    return _component("pykala_decisions", "pykala.extract.acts", "find_in_text", "type")


def _component(key: str, module: str, function: str, label: str) -> Component:
    find: Callable[[str], Reading[Mention]] = getattr(import_module(module), function)

    def component(doc: Doc) -> Doc:
        found = find(doc.text).values
        doc.user_data[key] = [dataclasses.asdict(mention, dict_factory=_plain) for mention in found]
        spans = [
            doc.char_span(m.start, m.end, getattr(m, label), alignment_mode="expand", span_id=f"{key}:{index}")
            for index, m in enumerate(found)
        ]
        doc.spans[key] = SpanGroup(doc, name=key, spans=[span for span in spans if span is not None])
        return doc

    return component


def _plain(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """Fields in types that spaCy can write to disk."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in items}


def _frozen(key: str, fields: dict[str, Any]) -> Mention:
    """The mention that the fields were made from."""
    return _TYPES[key](
        **{
            name: Decimal(value)
            if name in _DECIMALS and key == "pykala_amounts" and value is not None
            else _tuples(value)
            for name, value in fields.items()
        }
    )


def _tuples(value: object) -> Any:  # noqa: ANN401  # whatever a field of a mention holds
    """Lists, which is what spaCy gives back for tuples, as tuples again."""
    return tuple(_tuples(one) for one in value) if isinstance(value, list | tuple) else value


def _mention_of(span: Span) -> Mention | None:
    """What a component read at the span; None where the span is none of ours."""
    key, _, index = span.id_.partition(":")
    return _frozen(key, span.doc.user_data[key][int(index)]) if key in _TYPES else None


def _mentions_of(key: str) -> Callable[[Doc], tuple[Mention, ...]]:
    return lambda doc: tuple(_frozen(key, fields) for fields in doc.user_data.get(key, ()))


Span.set_extension("pykala", getter=_mention_of, force=True)
for _key in _TYPES:
    Doc.set_extension(_key, getter=_mentions_of(_key), force=True)
