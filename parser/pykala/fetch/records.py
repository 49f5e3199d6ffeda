"""The WARC records that a run writes, each as the bytes of one gzip member.

A record that pykala writes says more than WARC asks for, in named fields of its own, so that a store needs no second file:

- ``Pykala-Kind``: what it is to the run: a ``run``'s opening or its ``report``, a ``listing``, a ``bulletin``, a server's
  ``robots``, a ``passage`` to one of them, a ``failure`` or a ``tombstone``.
- ``Pykala-Address``: the address that was asked for, before redirects: what a page is known by.
- ``Pykala-Source``, ``Pykala-Via``: the source, and the listing that led here.
- ``Pykala-Day``, ``Pykala-Title``, ``Pykala-Body``: what the listing said.
- ``Pykala-Content-Digest``: SHA-256 of the decoded content (a record of ``pykala parse`` has it as ``source.sha256``).
- ``Pykala-Essence``: of an HTML page a digest without what its portal writes anew for each visit.
- ``Pykala-Revision-Of``: the record of the content that this one supersedes.
- ``Pykala-Reason``: why a tombstone stands.
- ``Pykala-Plan-Digest``: of what a run was to fetch, so that the same run can go on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final, Literal

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pykala.fetch.archive import Entry
from pykala.fetch.essence import essence
from pykala.fetch.exchange import Exchange

VERSION: Final = "1.1"
NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_CONTENT: Final[str] = RecordBuilder.REVISIT_PROFILE_1_1
#: Other bytes that say the same: no profile of the WARC standard, which leaves room for more.
SAME_ESSENCE: Final = "urn:pykala:revisit:same-essence"
_LONGEST_VALUE: Final = 2_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

Kind = Literal["listing", "bulletin", "robots"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that a run asks for, and how it came to.

    Attributes:
        address: without its fragment; what the page is known by.
        kind: whether its links are wanted, or its text, or what it allows.
        source: id of the source.
        via: the listing that led here, None for the source's own addresses.
        day: the day of the meeting or of publication that the listing told.
        title, body: what the listing calls it, and the decision-making body.
        depth: how many listings lie between it and the source's own addresses.
    """

    address: str
    kind: Kind
    source: str
    via: str | None = None
    day: date | None = None
    title: str = ""
    body: str | None = None
    depth: int = 0


def content_digest(content: bytes) -> str:
    """What two pages of one content have in common.

    >>> content_digest(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def plan_digest(plan: Mapping[str, Any]) -> str:
    """What two runs of one plan have in common."""
    return content_digest(json.dumps(plan, ensure_ascii=False, sort_keys=True).encode())


def moment(time: datetime) -> str:
    """A time as WARC writes it, to the second.

    >>> moment(datetime(2025, 6, 1, 12, 30, tzinfo=UTC))
    '2025-06-01T12:30:00Z'
    """
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def response(asked: Asked, exchange: Exchange, content: bytes, *, run: str, supersedes: Entry | None = None) -> bytes:
    """A response as it came.

    Args:
        asked: what was asked for.
        exchange: what came.
        content: its body, decoded.
        run: id of the run's ``warcinfo`` record.
        supersedes: the record of the content that this one replaces, if any.
    """
    fields = _fields(asked, moment(exchange.at), run) | {"Pykala-Content-Digest": content_digest(content)}
    if found := essence(content, exchange.header("Content-Type") or ""):
        fields["Pykala-Essence"] = found
    if supersedes is not None:
        fields["Pykala-Revision-Of"] = supersedes.id
    return _response(exchange, fields)


def passage(asked: Asked, exchange: Exchange, *, run: str) -> bytes:
    """A response on the way to the page: a redirect, or a failure after which the request was repeated."""
    return _response(exchange, _fields(asked, moment(exchange.at), run) | {"Pykala-Kind": "passage"})


def sameness(current: Entry, exchange: Exchange, content: bytes) -> str | None:
    """By which profile an answer says what a record has already; None where it says something else."""
    if exchange.status == 304:
        return NOT_MODIFIED
    if exchange.status != 200:
        return None
    if current.fields.get("pykala-content-digest") == content_digest(content):
        return SAME_CONTENT
    known: str | None = current.fields.get("pykala-essence")
    same = known is not None and known == essence(content, exchange.header("Content-Type") or "")
    return SAME_ESSENCE if same else None


def revisit(asked: Asked, exchange: Exchange, *, run: str, same_as: Entry, profile: str) -> bytes:
    """A response whose content is the one of an earlier record, which is not stored twice."""
    fields = _fields(asked, moment(exchange.at), run) | {
        "WARC-IP-Address": exchange.peer,
        "WARC-Profile": profile,
        "WARC-Refers-To": same_as.id,
        "WARC-Refers-To-Target-URI": same_as.address,
        "WARC-Refers-To-Date": same_as.date,
    }
    if profile != SAME_ESSENCE:
        fields["WARC-Payload-Digest"] = same_as.fields.get("warc-payload-digest", "")
    builder = RecordBuilder(warc_version=VERSION)
    return _written(
        builder.create_warc_record(exchange.address, "revisit", http_headers=_http(exchange), warc_headers_dict=fields)
    )


def tombstone(asked: Asked, reason: str, *, date: str, run: str, of: Entry) -> bytes:
    """That a bulletin is no more where it was; its last content stays where it is in the store."""
    fields = _fields(asked, date, run) | {"Pykala-Kind": "tombstone", "Pykala-Reason": reason, "WARC-Refers-To": of.id}
    return _metadata(asked.address, {"reason": reason, "refers-to": of.id}, fields)


def failure(asked: Asked, error: Mapping[str, Any], *, date: str, run: str) -> bytes:
    """That a page could not be fetched, and why."""
    fields = _fields(asked, date, run) | {"Pykala-Kind": "failure"}
    return _metadata(asked.address, error, fields)


def opening(run_id: str, plan: Mapping[str, Any], *, date: str, software: str) -> bytes:
    """The ``warcinfo`` record that opens a run and names its plan."""
    told = json.dumps(plan, ensure_ascii=False, sort_keys=True)
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "pykala-plan": told,
    }
    payload = "".join(f"{name}: {value}\r\n" for name, value in info.items()).encode()
    fields = {"WARC-Record-ID": run_id, "WARC-Date": date, "Pykala-Kind": "run"}
    fields["Pykala-Plan-Digest"] = plan_digest(plan)
    return _written(
        RecordBuilder(warc_version=VERSION).create_warc_record(
            "", "warcinfo", payload=BytesIO(payload), length=len(payload), warc_headers_dict=fields
        )
    )


def closing(run_id: str, report: Mapping[str, Any], *, date: str) -> bytes:
    """The ``metadata`` record that closes a run with its report."""
    fields = {"WARC-Date": date, "WARC-Warcinfo-ID": run_id, "WARC-Refers-To": run_id, "Pykala-Kind": "report"}
    return _metadata("", report, fields)


def new_id() -> str:
    """An id for a record."""
    identifier: str = RecordBuilder._make_warc_id()  # noqa: SLF001  # the one way that warcio has
    return identifier


def _metadata(address: str, said: Mapping[str, Any], fields: dict[str, str]) -> bytes:
    payload = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    return _written(
        RecordBuilder(warc_version=VERSION).create_warc_record(
            address,
            "metadata",
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type="application/json",
            warc_headers_dict=fields,
        )
    )


def _fields(asked: Asked, date: str, run: str) -> dict[str, str]:
    said = {
        "WARC-Date": date,
        "WARC-Warcinfo-ID": run,
        "Pykala-Kind": asked.kind,
        "Pykala-Address": asked.address,
        "Pykala-Source": asked.source,
        "Pykala-Via": asked.via or "",
        "Pykala-Day": asked.day.isoformat() if asked.day else "",
        "Pykala-Title": asked.title,
        "Pykala-Body": asked.body or "",
    }
    return {name: _value(value) for name, value in said.items() if value}


def _response(exchange: Exchange, fields: dict[str, str]) -> bytes:
    if exchange.truncated:
        fields["WARC-Truncated"] = "length"
    return _written(
        RecordBuilder(warc_version=VERSION).create_warc_record(
            exchange.address,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=_http(exchange),
            warc_headers_dict=fields | {"WARC-IP-Address": exchange.peer},
        )
    )


def _http(exchange: Exchange) -> StatusAndHeaders:
    """The HTTP headers of a body that has lost its transfer encoding on the way, which is told under another name."""
    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else _value(name), _value(value))
        for name, value in exchange.headers
    ]
    return StatusAndHeaders(f"{exchange.status} {_value(exchange.reason)}", headers, protocol=exchange.protocol)


def _value(text: str) -> str:
    """A field's value on one line, whatever a page may call itself."""
    return _CONTROL.sub(" ", text)[:_LONGEST_VALUE].strip()


def _written(record: Any) -> bytes:  # noqa: ANN401  # warcio has no types
    out = BytesIO()
    WARCWriter(out, gzip=True, warc_version=VERSION).write_record(record)
    return out.getvalue()
