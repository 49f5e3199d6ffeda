"""JSON-LD in the words of schema.org: the bulletin with its decisions, and each funding as a ``MonetaryGrant``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from pykala.emit.exporters.naming import address, urn
from pykala.emit.tables.derive import FUNDING_ROLES
from pykala.record import AmountEntry, Decision, Institution, Record

Node = dict[str, Any]

CONTEXT: Final = "https://schema.org"
_TYPES: Final = {
    **dict.fromkeys(
        "municipality council board committee division office ministry state_agency joint_authority wellbeing_county".split(),
        "GovernmentOrganization",
    ),
    "company": "Corporation",
    "university": "CollegeOrUniversity",
    "school": "EducationalOrganization",
}
_BUSINESS_ID: Final = "https://www.ytj.fi/"
_MUNICIPALITY_CODES: Final = "https://www.stat.fi/fi/luokitukset/kunta/"
_AT_MOST: Final = frozenset({"at_most", "under"})
_AT_LEAST: Final = frozenset({"at_least", "over"})


def export(record: Record) -> Iterator[Node]:
    """The bulletin as one document; what names something twice refers to it by its ``@id``."""
    yield _stated(
        {
            "@context": CONTEXT,
            "@id": urn(record),
            "@type": "DigitalDocument",
            "name": record.title,
            "url": address(record),
            "identifier": [record.id, *record.case_numbers],
            "encodingFormat": record.source.media_type,
            "inLanguage": record.language,
            "datePublished": record.published,
            "publisher": _link(record, record.publisher),
            "spatialCoverage": _municipality(record),
            "recordedAt": _meeting(record),
            "hasPart": [_decision(record, one) for one in record.decisions],
            "about": [_grant(record, one) for one in record.amounts if one.role in FUNDING_ROLES],
            "mentions": [_organization(record, one) for one in record.institutions],
        }
    )


def _decision(record: Record, one: Decision) -> Node:
    grants = [amount.id for amount in record.amounts if amount.decision == one.id and amount.role in FUNDING_ROLES]
    return _stated(
        {
            "@id": urn(record, one.id),
            "@type": "CreativeWork",
            "additionalType": f"urn:pykala:decision:{one.type}",
            "name": one.title,
            "text": one.text,
            "position": one.section,
            "identifier": one.case_number,
            "creator": _link(record, one.decision_maker),
            "about": [_link(record, key) for key in grants],
            "mentions": [_link(record, key) for key in dict.fromkeys(link.id for link in one.institutions)],
        }
    )


def _grant(record: Record, one: AmountEntry) -> Node:
    maker = next((decision.decision_maker for decision in record.decisions if decision.id == one.decision), None)
    return _stated(
        {
            "@id": urn(record, one.id),
            "@type": "MonetaryGrant",
            "additionalType": f"urn:pykala:amount:{one.role}",
            "name": one.purpose.text if one.purpose else None,
            "description": one.text,
            "amount": _money(record, one),
            "funder": _link(record, one.payer or maker),
            "sponsor": _link(record, one.fund),
            "fundedItem": [_link(record, key) for key in one.recipients],
            "subjectOf": _link(record, one.decision),
        }
    )


def _money(record: Record, one: AmountEntry) -> Node:
    """The sum; one by year, month or person says so in the unit of its value."""
    years = [year for year in record.years if year.id in one.years]
    value = _bounds(one)
    if one.per:
        value = {"value": {"@type": "QuantitativeValue", **value, "unitText": f"{one.currency}/{one.per}"}}
    first, last = min((year.start for year in years), default=None), max((year.end for year in years), default=None)
    return _stated(
        {
            "@type": "MonetaryAmount",
            "currency": one.currency,
            **value,
            "validFrom": f"{first}-01-01" if first else None,
            "validThrough": f"{last}-12-31" if last else None,
        }
    )


def _bounds(one: AmountEntry) -> Node:
    value = _number(one.value)
    if one.value_max is not None:
        return {"minValue": value, "maxValue": _number(one.value_max)}
    if one.qualifier in _AT_MOST:
        return {"maxValue": value}
    return {"minValue": value} if one.qualifier in _AT_LEAST else {"value": value}


def _number(written: str) -> int | float:
    """The number as JSON has it, whole where it is."""
    number = Decimal(written)
    return int(number) if number == number.to_integral_value() else float(number)


def _organization(record: Record, one: Institution) -> Node:
    business_id = one.identifiers.get("business_id")
    return _stated(
        {
            "@id": urn(record, one.id),
            "@type": _TYPES.get(one.kind, "Organization"),
            "additionalType": f"urn:pykala:institution:{one.kind}",
            "name": one.name,
            "alternateName": list(one.aliases),
            "identifier": _property(_BUSINESS_ID, business_id) if business_id else None,
        }
    )


def _municipality(record: Record) -> Node | None:
    if record.municipality is None:
        return None
    name, code = record.municipality.name, record.municipality.code
    identifier = _property(_MUNICIPALITY_CODES, code) if code else None
    return _stated({"@type": "AdministrativeArea", "name": name, "identifier": identifier})


def _meeting(record: Record) -> Node | None:
    meeting = record.meeting
    if meeting is None:
        return None
    return _stated(
        {
            "@id": urn(record, "meeting"),
            "@type": "Event",
            "name": " ".join(part for part in (meeting.body, meeting.number) if part) or None,
            "startDate": meeting.date,
            "location": meeting.place,
        }
    )


def _property(scheme: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value}


def _link(record: Record, key: str | None) -> Node | None:
    return {"@id": urn(record, key)} if key else None


def _stated(node: Node) -> Node:
    """The node without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}
