"""Two records of one document: every difference of meaning between them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pykala.diff.alignment import Alignment, align
from pykala.diff.bulletin import bulletin_changes
from pykala.diff.causes import Circumstances, cause
from pykala.diff.draft import Draft
from pykala.diff.entries import LISTS, Entry, Portrait, portrait, references
from pykala.diff.facets import EVIDENCE, FACETS, PLAIN, Facet, Lens, evidence, said
from pykala.diff.matching import Pair, matched
from pykala.diff.model import Change, DocumentDiff, Field, Kind
from pykala.diff.needs import with_needs
from pykala.diff.origins import with_origins
from pykala.diff.sides import Meanings, part, quoted, told, whole
from pykala.emit.serialise import to_json
from pykala.record import Record

_FIELDS: Final = {field: place for place, field in enumerate(Field)}


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two records with what is known of how they answer to each other.

    Attributes:
        said: all that each of them says.
        renamed: names that stand for another entry, or for none, on the other side.
        forth: how the old record looks from the new one.
        back: how the new one looks from the old one.
    """

    old: Portrait
    new: Portrait
    said: tuple[Meanings, Meanings]
    pairs: Mapping[Field, Sequence[Pair]]
    renamed: frozenset[str]
    forth: Lens
    back: Lens


def compare(old: Record, new: Record) -> DocumentDiff:
    """All that differs between two records of one document.

    Ids, the order of entries, the pipeline and the document's address are no differences. Neither record is privileged:
    the other way round, the same differs.

    Args:
        old: the record before.
        new: the record now.
    """
    drafts: list[Draft] = []
    if not _say_the_same(old, new):
        first, second = sorted((old, new), key=to_json)
        drafts = list(_drafts(first, second))
        if first is not old:
            drafts = [draft.turned for draft in drafts]
    around = Circumstances(
        old.pipeline, new.pipeline, (old.source.sha256, new.source.sha256), text=old.text != new.text
    )
    return DocumentDiff(
        document=new.source.uri,
        title=new.title,
        sha256=(old.source.sha256, new.source.sha256),
        changes=written(drafts, new.source.uri, around),
    )


def written(drafts: Iterable[Draft], document: str, around: Circumstances) -> tuple[Change, ...]:
    """Drafts as changes, in order of field and place, each with its id, its cause and what it needs."""
    ordered = sorted(drafts, key=_order)
    return with_origins(with_needs([_change(draft, document, around) for draft in ordered]))


def _say_the_same(old: Record, new: Record) -> bool:
    """Whether two records are the same but for what produced them and where the document lay."""
    return all(
        getattr(old, key) == getattr(new, key) for key in Record.model_fields if key not in ("pipeline", "source")
    ) and (old.source.sha256, old.source.media_type) == (new.source.sha256, new.source.media_type)


def _order(draft: Draft) -> tuple[object, ...]:
    side = draft.new or draft.old
    return (
        _FIELDS[draft.field],
        (side and side.span) or (-1, -1),
        side and side.ref,
        list(Kind).index(draft.kind),
        draft.facet or "",
    )


def _change(draft: Draft, document: str, around: Circumstances) -> Change:
    sides = [(side.ref, side.content) if side else None for side in (draft.old, draft.new)]
    said = json.dumps([document, draft.kind, draft.field, draft.facet, *sides], ensure_ascii=True, sort_keys=True)
    return Change(
        id=f"change-{hashlib.sha256(said.encode()).hexdigest()[:16]}",
        kind=draft.kind,
        document=document,
        field=draft.field,
        facet=draft.facet,
        old=draft.old,
        new=draft.new,
        cause=cause(draft.kind, draft.old, draft.new, around),
        same=draft.same,
    )


def _drafts(old: Record, new: Record) -> Iterator[Draft]:
    before, after, texts = portrait(old), portrait(new), align(old.text, new.text)
    pairs = {field: matched(field, before.lists[field], after.lists[field], texts) for field in LISTS}
    both = [(one, other) for some in pairs.values() for one, other in some if one and other]
    turned = Alignment(tuple(hunk.turned for hunk in texts.hunks))
    two = _Compared(
        before,
        after,
        (Meanings(before), Meanings(after)),
        pairs,
        frozenset(
            (before.by_ref.keys() | after.by_ref.keys()) - {one.ref for one, other in both if one.ref == other.ref}
        ),
        Lens(texts.moved, {one.ref: other.ref for one, other in both}),
        Lens(turned.moved, {other.ref: one.ref for one, other in both}),
    )
    yield from bulletin_changes(before, after, texts, two.forth)
    for field, some in pairs.items():
        for one, other in some:
            yield from _entry_drafts(field, one, other, two)


def _entry_drafts(field: Field, one: Entry | None, other: Entry | None, two: _Compared) -> Iterator[Draft]:
    if one is None or other is None:
        sides = (
            whole(one, two.old, two.said[1]) if one else None,
            whole(other, two.new, two.said[0]) if other else None,
        )
        yield Draft(Kind.REMOVED if one else Kind.ADDED, field, None, *sides, same=_same(one, other, two))
        return
    if _are_one(one, other, two):
        return
    differing = [facet for facet in FACETS[field] if _differs(facet, one, other, two)]
    quotes = [key for key in EVIDENCE[field] if key not in {facet.name for facet in differing}]
    quoting = evidence(quotes, one.content, other.content, two.forth)
    for facet in differing:
        along = quotes if facet.main and quoting else ()
        yield _of_facet(facet, one, other, two, [*facet.keys, *along])
    if quoting and not any(facet.main for facet in differing):
        yield Draft(
            quoting,
            field,
            "mentions" if field is Field.INSTITUTIONS else "words",
            part(one, two.old, quoted(one, quoting, other, two.forth), quotes, two.said[1]),
            part(other, two.new, quoted(other, quoting, one, two.back), quotes, two.said[0]),
        )


def _are_one(one: Entry, other: Entry, two: _Compared) -> bool:
    """Whether two entries are the same to the letter, in one text, and refer to entries of the same names."""
    return (
        one.content == other.content
        and two.old.record.text == two.new.record.text
        and two.renamed.isdisjoint(references(one.content))
    )


def _differs(facet: Facet, one: Entry, other: Entry, two: _Compared) -> bool:
    """Whether two entries say something else in one facet; what is no link needs no closer look where it is the same."""
    if facet.kind is not Kind.LINK and all(one.content[key] == other.content[key] for key in facet.keys):
        return False
    return said(facet, one.content, two.forth) != said(facet, other.content, PLAIN)


def _of_facet(facet: Facet, one: Entry, other: Entry, two: _Compared, keys: Sequence[str]) -> Draft:
    kind = facet.kind
    if facet.name == "institutions":
        linked = [
            {lens.name(link["ref"]) for link in entry.content["institutions"]}
            for entry, lens in ((one, two.forth), (other, PLAIN))
        ]
        kind = Kind.ROLE if linked[0] == linked[1] else Kind.LINK
    return Draft(
        kind,
        one.field,
        facet.name,
        part(one, two.old, told(one, facet, two.old, other, also=two.forth.names), keys, two.said[1]),
        part(other, two.new, told(other, facet, two.new, one, also=two.back.names), keys, two.said[0]),
        same=_same(one, other, two),
    )


def _same(one: Entry | None, other: Entry | None, two: _Compared) -> tuple[tuple[str, str], ...]:
    """The entries that either side refers to and that have another name on the other side."""
    pairs = {(ref, two.forth.name(ref)) for ref in references(one.content) if ref in two.forth.names} if one else set()
    if other:
        pairs |= {(two.back.name(ref), ref) for ref in references(other.content) if ref in two.back.names}
    return tuple(sorted(pair for pair in pairs if pair[0] != pair[1]))
