"""Blocks on their way into a bulletin: what every reader yields, before offsets are known."""

from __future__ import annotations

from pykala.model import BlockKind, Origin, Value, Warning_


class DraftCell(Value):
    """One cell of a table, with offsets into its draft's text."""

    start: int
    end: int
    row: int
    column: int
    header: bool = False


class Draft(Value):
    """A block with its typeset text, not yet placed in the bulletin.

    Attributes:
        text: never empty, neither starting nor ending with white space (but for a table's empty cells).
        cells: the rows of a table.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marks: tuple[str, ...] = ()
    origin: Origin = Origin()
    cells: tuple[tuple[DraftCell, ...], ...] = ()


class Statement(Value):
    """A fact that a draft states, or that stands outside the text.

    Attributes:
        draft: index of the draft in whose text ``start`` is, None where the words stand outside the text.
        last: index of the draft in whose text ``end`` is, where that is another one.
    """

    name: str
    value: str
    draft: int | None = None
    start: int = 0
    end: int = 0
    last: int | None = None


class Page(Value):
    """A document as one reader gives it back.

    Attributes:
        format: the platform or file format, for example ``ahjo`` or ``text``.
        media_type: of the file that was read.
    """

    format: str
    media_type: str
    drafts: tuple[Draft, ...]
    statements: tuple[Statement, ...] = ()
    warnings: tuple[Warning_, ...] = ()
