"""Accepted changes written into golden files, all or none of them, and only below one folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pykala.diff.accept import accept
from pykala.diff.apply import Conflict
from pykala.diff.goldens import GoldenError
from pykala.diff.golds import Golds
from pykala.diff.model import Decisions, Diff, Ruling
from pykala.emit.files import whole_file
from pykala.review.serve import Asked, Written


class Golden:
    """The golden files of a folder tree, into which the changes of one diff may be written.

    What is accepted is always applied to the files as they were found, however often it is written: so what was taken
    back since goes out of them again.

    Args:
        folder: where they lie.
        diff: the changes; no others are written, whatever is asked for.
    """

    def __init__(self, folder: Path, diff: Diff) -> None:
        self._folder = folder.resolve()
        self._known = {change.id: change for change in diff.changes}
        self._found: dict[Path, bytes | None] = {}
        self._left: dict[Path, bytes | None] = {}

    def write(self, asked: Sequence[Asked]) -> Written:
        """Write what is accepted.

        Raises:
            GoldenError: a golden file cannot be used, lies elsewhere, or was written by somebody else meanwhile.
            Conflict: a golden file says something else than what a change replaces.
        """
        decisions = self._decisions(asked)
        changes = decisions.accepted
        with TemporaryDirectory() as place:
            apart = Path(place)
            self._lay_out({change.document for change in changes}, apart)
            for one in accept(decisions, apart):
                if one.error:
                    raise one.error
            names = tuple(self._take_over(apart))
        return Written(len(changes), names)

    def _decisions(self, asked: Sequence[Asked]) -> Decisions:
        unknown = [one.change for one in asked if one.change not in self._known]
        if unknown:
            raise Conflict(f"{unknown[0]} is none of the changes of this page")
        return Decisions(
            rulings=tuple(Ruling(change=self._known[one.change], ruling=one.ruling, note=one.note) for one in asked)
        )

    def _lay_out(self, documents: Iterable[str], apart: Path) -> None:
        """Copy the golden files of documents, and those written before, to another place as they were found."""
        golds = Golds(self._folder, empty=True)
        for path in filter(None, map(golds.path_of, documents)):
            self._found.setdefault(path, self._content(path))
        for path, content in self._found.items():
            if self._content(path) != self._left.get(path, content):
                raise GoldenError("somebody else has written it meanwhile", source=str(path), remedy="start anew")
            if content is not None:
                copy = apart / path.relative_to(self._folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)

    def _take_over(self, apart: Path) -> Iterator[str]:
        """Bring what was made of the copies to the golden files; gives the names of those that differ."""
        for copy in sorted(apart.rglob("*.json")):
            self._found.setdefault(self._folder / copy.relative_to(apart), None)
        for path in sorted(self._found):
            copy = apart / path.relative_to(self._folder)
            content = copy.read_bytes() if copy.exists() else None
            if content == self._content(path):
                continue
            if content is None:
                path.unlink()
            else:
                with whole_file(path) as stream:
                    stream.write(content)
            self._left[path] = content
            yield path.relative_to(self._folder).as_posix()

    def _content(self, path: Path) -> bytes | None:
        """What a golden file holds; never one that lies elsewhere, whatever links lead there."""
        if path.is_symlink() or not path.resolve().is_relative_to(self._folder):
            raise GoldenError("is a link that leads elsewhere", source=str(path))
        return path.read_bytes() if path.exists() else None
