"""The order of the stages, and the only module that knows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pykala.assemble import assemble
from pykala.errors import NotABulletin, PykalaError, ReadError
from pykala.extract import extract, model_version
from pykala.link import link
from pykala.model import Bulletin, Document, Findings
from pykala.read import read, read_text
from pykala.record import Record
from pykala.segment import segment
from pykala.settings import Settings


@dataclass(frozen=True, slots=True)
class Analysis:
    """A record with what stands behind it."""

    record: Record
    document: Document
    findings: Findings


def parse(source: Path | bytes | str, *, uri: str | None = None, settings: Settings = Settings()) -> Record:
    """Read one bulletin into its record.

    Args:
        source: a ``Path`` to a file, ``bytes`` of a document in any known format, or a ``str`` of its plain text.
        uri: what ``source.uri`` is to say; a path says itself, bytes and text say ``-``.
        settings: limits of the run.

    Returns:
        The record; ``record.text[start:end]`` is the quote of each of its values.

    Raises:
        ReadError: the document is empty, broken, protected, too large, of no known format, or no bulletin.
        ModelMissing: the model that the settings name is not installed.
        RecordError: pykala itself is at fault.

    >>> record = parse("Kunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.")
    >>> [(d.type, d.verb.text) for d in record.decisions], [a.value for a in record.amounts]
    ([('granted', 'myönsi')], ['500'])
    """
    return analyse(source, uri=uri, settings=settings).record


def analyse(source: Path | bytes | str, *, uri: str | None = None, settings: Settings = Settings()) -> Analysis:
    """Read one bulletin and keep what the stages found on the way; see :func:`parse`."""
    name = uri if uri is not None else str(source) if isinstance(source, Path) else "-"
    try:
        bulletin = _read(source, name, settings)
        document = segment(bulletin)
        findings = extract(document, model=settings.model)
        if _says_nothing(document, findings):
            raise NotABulletin("no body, no section and no decision is named in it", source=name)
        model = model_version(settings.model) if settings.model else None
        return Analysis(assemble(link(document, findings), model=model), document, findings)
    except PykalaError as error:
        raise error.at(name) from error.__cause__


def _read(source: Path | bytes | str, name: str, settings: Settings) -> Bulletin:
    if isinstance(source, str):
        return read_text(source, name)
    if isinstance(source, Path):
        try:
            data = source.read_bytes()
        except OSError as error:
            raise ReadError(
                error.strerror or str(error), source=name, remedy="check the path and its permissions"
            ) from error
        return read(data, name, limits=settings.limits)
    return read(source, name, limits=settings.limits)


_PUBLIC = frozenset(
    ("council", "board", "committee", "division", "municipality", "joint_authority", "wellbeing_county")
)


def _says_nothing(document: Document, findings: Findings) -> bool:
    """Whether neither an act nor a public body nor a registry number tells that this is a bulletin."""
    if findings.acts or document.header.body or document.header.municipality:
        return False
    if any(item.section or item.case_numbers for item in document.items):
        return False
    return not any(n.kind in _PUBLIC for n in findings.names)
