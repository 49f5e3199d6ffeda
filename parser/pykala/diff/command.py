"""One diff from its arguments to its outputs: what ``pykala diff`` does once its arguments are clear."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pykala.diff.as_json import as_json
from pykala.diff.differences import Differences, Wanted, differences
from pykala.diff.golds import Golds
from pykala.diff.markdown import markdown
from pykala.diff.page import page
from pykala.diff.revisions import Sides, revisions
from pykala.diff.terminal import show
from pykala.emit.files import whole_file
from pykala.emit.load import records

STDOUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Where a diff goes besides the terminal; ``-`` is standard output, which then holds nothing else."""

    json: str | None = None
    markdown: str | None = None
    html: str | None = None

    @property
    def alone(self) -> bool:
        """Whether standard output is taken."""
        return STDOUT in (self.json, self.markdown, self.html)


def run(  # noqa: PLR0913, PLR0917  # one for each argument of the command
    old: str,
    new: str | None,
    paths: tuple[str, ...],
    gold: Path | None,
    wanted: Wanted,
    outputs: Outputs,
    told: Callable[[int], None] = lambda _: None,
) -> bool:
    """Compare, print and write what is asked for.

    Args:
        old: where the records before are, or a revision.
        new: where the records now are, or another revision; None for the working tree.
        paths: documents to read with the code of both revisions; none where records are compared.
        gold: a folder of gold files.
        wanted: which changes are to be told.
        outputs: where to write them.
        told: called with the number of documents compared so far.

    Returns:
        Whether anything differs.

    Raises:
        PykalaError: the records cannot be read.
        WrongFile: a gold file is malformed.
    """
    golds = Golds(gold) if gold else None
    with (
        _sides(old, new, paths) as sides,
        differences(sides.old, sides.new, gold=golds, wanted=wanted, told=told) as found,
    ):
        _write(found, outputs)
        return bool(found.summary.changes)


@contextmanager
def _sides(old: str, new: str | None, paths: tuple[str, ...]) -> Iterator[Sides]:
    if paths:
        with revisions(old, new, paths) as sides:
            yield sides
    else:
        there = new or ""
        yield Sides((old, records(old)), (there, records(there)))


def _write(found: Differences, outputs: Outputs) -> None:
    if not outputs.alone:
        show(found)
    forms: tuple[tuple[str | None, Callable[[Differences], Iterable[str]]], ...] = (
        (outputs.json, as_json),
        (outputs.markdown, markdown),
        (outputs.html, page),
    )
    for place, written in forms:
        if place == STDOUT:
            for piece in written(found):
                sys.stdout.buffer.write(piece.encode())
            sys.stdout.buffer.flush()
        elif place is not None:
            with whole_file(Path(place)) as stream:
                for piece in written(found):
                    stream.write(piece.encode())
