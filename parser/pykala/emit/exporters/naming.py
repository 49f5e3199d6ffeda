"""Names for what a record holds that hold beside those of other records."""

from __future__ import annotations

from pykala.record import Record


def urn(record: Record, key: str | None = None) -> str:
    """The name of a record, or of a value in it by its id.

    >>> from pykala import parse
    >>> urn(parse("Kunnanhallitus myönsi Kylä ry:lle 500 euroa."), "amount-1")
    'urn:pykala:bulletin-d0fab5efd8bd0ae6:amount-1'
    """
    return f"urn:pykala:{record.id}" + (f":{key}" if key else "")


def address(record: Record) -> str | None:
    """The address of the document, where it was read from the web."""
    uri = record.source.uri
    return uri if uri.startswith(("https://", "http://")) else None


def organizer(record: Record) -> str | None:
    """The institution whose meeting it was, where it is one of those that the bulletin names."""
    body = record.meeting.body if record.meeting else None
    named = (one.id for one in record.institutions if body in (one.name, *one.aliases))
    key = next(named, record.publisher if body is None else None)
    return urn(record, key) if key else None


def shortened(text: str, length: int) -> str:
    r"""The text on one line, cut where it is longer than a field may be.

    >>> shortened("a long\n  title", 6)
    'a lon…'
    """
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
