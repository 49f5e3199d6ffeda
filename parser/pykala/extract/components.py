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

from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any, Final, NamedTuple

from msgspec.structs import asdict
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pykala.model import Act, Amount, Date, Mention, Name, Reading, Years

Component = Callable[[Doc], Doc]


class _Extractor(NamedTuple):
    """Where a component's extractor is, what it reads, and which field labels a span."""

    mention: Callable[..., Mention]
    module: str
    function: str
    label: str


_EXTRACTORS: Final = {
    "pykala_amounts": _Extractor(Amount, "pykala.extract.amounts", "find", "rule"),
    "pykala_years": _Extractor(Years, "pykala.extract.years", "find", "rule"),
    "pykala_dates": _Extractor(Date, "pykala.extract.dates", "find", "rule"),
    "pykala_institutions": _Extractor(Name, "pykala.extract.institutions", "find", "kind"),
    "pykala_decisions": _Extractor(Act, "pykala.extract.acts", "find_in_text", "type"),
}
_DECIMALS: Final = frozenset({"value", "value_max"})


def _factory(key: str) -> Callable[[Language, str], Component]:
    def create(nlp: Language, name: str) -> Component:
        del nlp, name
        return _component(key)

    made: Callable[[Language, str], Component] = Language.factory(key, assigns=["doc.spans"], func=create)
    return made


def _component(key: str) -> Component:
    _, module, function, label = _EXTRACTORS[key]
    find: Callable[[str], Reading[Mention]] = getattr(import_module(module), function)

    def component(doc: Doc) -> Doc:
        found = find(doc.text).values
        doc.user_data[key] = [_plain(mention) for mention in found]
        spans = [
            doc.char_span(m.start, m.end, getattr(m, label), alignment_mode="expand", span_id=f"{key}:{index}")
            for index, m in enumerate(found)
        ]
        doc.spans[key] = SpanGroup(doc, name=key, spans=[span for span in spans if span is not None])
        return doc

    return component


def _plain(mention: Mention) -> dict[str, Any]:
    """The fields in types that spaCy can write to disk."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(mention).items()}


def _frozen(key: str, fields: dict[str, Any]) -> Mention:
    """The mention that the fields were made from."""
    return _EXTRACTORS[key].mention(
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
    return _frozen(key, span.doc.user_data[key][int(index)]) if key in _EXTRACTORS else None


def _mentions_of(key: str) -> Callable[[Doc], tuple[Mention, ...]]:
    return lambda doc: tuple(_frozen(key, fields) for fields in doc.user_data.get(key, ()))


Span.set_extension("pykala", getter=_mention_of, force=True)
for _key in _EXTRACTORS:
    Doc.set_extension(_key, getter=_mentions_of(_key), force=True)

# What the package's entry points name.
amounts = _factory("pykala_amounts")
years = _factory("pykala_years")
dates = _factory("pykala_dates")
institutions = _factory("pykala_institutions")
decisions = _factory("pykala_decisions")
