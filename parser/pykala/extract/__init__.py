"""Document → Findings: what each extractor reads in the text; the only stage that knows spaCy."""

from __future__ import annotations

from msgspec.structs import replace

from pykala.extract import acts, amounts, dates, institutions, lookalikes, years
from pykala.model import Document, Findings

__all__ = ["extract", "model_version"]


def extract(document: Document, *, model: str | None = None) -> Findings:
    """Run every extractor over a document.

    Args:
        document: a segmented bulletin.
        model: package of a spaCy model that looks for names where the rules leave words open; none unless told.

    Raises:
        ModelMissing: the model is not installed.
    """
    findings = _by_rules(document)
    if model is None:
        return findings
    from pykala.extract.model import find

    more = find(document, findings, model)
    return replace(findings, names=tuple(sorted((*findings.names, *more), key=lambda name: (name.start, -name.end))))


def model_version(model: str) -> str:
    """A model's name with its version, which loads it.

    Raises:
        ModelMissing: it is not installed.
    """
    from pykala.extract.model import load

    return load(model).version


def _by_rules(document: Document) -> Findings:
    text, tables, header = document.text, document.bulletin.tables, document.header
    taken = lookalikes.find(text)
    days = dates.find(text, taken=taken)
    sums = amounts.find(text, tables=tables, taken=(*taken, *days.values, *days.rejected))
    spans = years.find(text, taken=(*taken, *sums.values), dates=days.values)
    names = institutions.find(text, home=header.municipality, body=header.body, tables=tables)
    done = acts.find(document)
    readings = (sums, spans, days, names, done)
    return Findings(
        amounts=sums.values,
        years=spans.values,
        dates=days.values,
        names=names.values,
        acts=done.values,
        rejected=tuple(sorted((*taken, *(r for x in readings for r in x.rejected)), key=lambda r: (r.start, r.end))),
        warnings=tuple(w for x in readings for w in x.warnings),
    )
