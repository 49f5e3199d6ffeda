"""What brought a change about, as far as two records tell."""

from __future__ import annotations

from dataclasses import dataclass

from pykala.diff.model import Cause, Kind, Side
from pykala.record import Pipeline


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else differs between two records of a document.

    Attributes:
        old: what produced the old record, None where there is none.
        new: likewise.
        source: hashes of the document's bytes, before and now.
        text: whether the text differs.
    """

    old: Pipeline | None
    new: Pipeline | None
    source: tuple[str | None, str | None]
    text: bool

    @property
    def turned(self) -> Circumstances:
        """The same, the other way round."""
        return Circumstances(self.new, self.old, (self.source[1], self.source[0]), self.text)


def cause(kind: Kind, old: Side | None, new: Side | None, around: Circumstances) -> Cause:
    """The nearest reason: another text, another rule, other rule files, another version, or the code.

    Args:
        kind: the class of the change.
        old: the old side.
        new: the new side.
        around: what else differs.
    """
    before, after = old.rule if old else None, new.rule if new else None
    if kind is Kind.SOURCE or (around.text and around.source[0] != around.source[1]):
        return Cause(by="source", old=_short(around.source[0]), new=_short(around.source[1]))
    if before != after and kind is not Kind.LINK:
        return Cause(by="rule", old=before, new=after)
    pipelines = (around.old, around.new)
    if None not in pipelines:
        for by in ("model", "version", "rules"):
            was, now = (getattr(pipeline, by) for pipeline in pipelines)
            if was != now:
                return Cause(by=by, old=was, new=now)
    return Cause(by="code", old=None, new=None)


def _short(sha256: str | None) -> str | None:
    return sha256[:12] if sha256 else None
