"""What the finders of names hand on: a place in the text that reads as a name, before the document is looked at as a whole."""

from __future__ import annotations

from pykala.model import Value

#: Kinds whose names a register keeps.
LEGAL_KINDS = frozenset({"company", "association", "foundation"})


class Candidate(Value):
    """A possible mention.

    Attributes:
        first: index of its first word.
        last: index of its last word.
        name: in the nominative.
        core: the name without its owner: *kirjaamo* of *Espoon kaupungin kirjaamo*.
        owner: the municipality that the name begins with, by key.
        head: id of the head noun, empty where none.
        bare: a head alone that names nothing by itself.
        generic: names one of many and counts only where the document says which.
        key: set where the entity is known beforehand.
        inflected: the last word of the name may still be inflected.
    """

    rule: str
    first: int
    last: int
    name: str
    kind: str
    case: str
    core: str = ""
    owner: str | None = None
    head: str = ""
    bare: bool = False
    generic: bool = False
    key: str | None = None
    inflected: bool = False
    aliases: tuple[str, ...] = ()
    business_id: str | None = None
