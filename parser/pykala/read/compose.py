"""Drafts → Bulletin: where every offset is settled, once."""

from __future__ import annotations

from pykala.errors import NoText, TooLarge
from pykala.model import Block, Bulletin, Cell, Fact, Source, Table
from pykala.read.draft import Draft, Page, Statement
from pykala.read.language import language_of
from pykala.settings import Limits

GAP = "\n\n"


def compose(page: Page, source: Source, limits: Limits) -> Bulletin:
    """The bulletin that the drafts make up.

    Raises:
        NoText: there is nothing to read in the drafts.
        TooLarge: the text would be longer than the limits allow.
    """
    starts, text = _placed(page.drafts)
    if not text.strip():
        raise NoText("it holds no text", remedy="check that the page shows its text without scripts")
    if len(text) > limits.characters:
        raise TooLarge(f"its text has {len(text):,} characters, the limit is {limits.characters:,} (characters)")
    blocks = tuple(
        [
            Block(start, start + len(draft.text), draft.kind, draft.level, draft.marks, draft.origin)
            for start, draft in zip(starts, page.drafts, strict=True)
        ]
    )
    return Bulletin(
        source=source,
        format=page.format,
        text=text,
        language=language_of(text, blocks),
        blocks=blocks,
        tables=tuple(_table(start, draft) for start, draft in zip(starts, page.drafts, strict=True) if draft.cells),
        facts=_facts(page.statements, starts),
        warnings=page.warnings,
    )


def _placed(drafts: tuple[Draft, ...]) -> tuple[list[int], str]:
    starts, at = [], 0
    for draft in drafts:
        starts.append(at)
        at += len(draft.text) + len(GAP)
    return starts, GAP.join(draft.text for draft in drafts)


def _table(start: int, draft: Draft) -> Table:
    rows = tuple(
        tuple(Cell(start + cell.start, start + cell.end, cell.row, cell.column, cell.header) for cell in row)
        for row in draft.cells
    )
    return Table(start, start + len(draft.text), rows)


def _facts(statements: tuple[Statement, ...], starts: list[int]) -> tuple[Fact, ...]:
    facts: dict[Fact, None] = {}
    for said in statements:
        if said.draft is None:
            facts[Fact(said.name, said.value)] = None
        else:
            start, end = starts[said.draft], starts[said.draft if said.last is None else said.last]
            facts[Fact(said.name, said.value, start + said.start, end + said.end)] = None
    return tuple(facts)
