"""What people say a document holds, found for a record by its document's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path, PurePath

from pykala.batch.inputs import GOLD_ENDING
from pykala.evaluate.cases import gold_files, shared_folders, stem, without_ending
from pykala.evaluate.gold import Gold, read_gold


class Golds:
    """The gold files of a folder tree.

    Args:
        folder: where they lie; see ``pykala evaluate``.
        empty: whether there may be none.

    Raises:
        WrongFile: there is none.
    """

    def __init__(self, folder: Path, *, empty: bool = False) -> None:
        self._files: Mapping[str, list[Path]] = defaultdict(list)
        for path in sorted(folder.rglob(f"*{GOLD_ENDING}")) if empty else gold_files(folder):
            self._files[stem(path)].append(path)

    def path_of(self, uri: str) -> Path | None:
        """The gold file of a document: of several of one name that which shares most folders with it, if any."""
        document = PurePath(uri.split("?", maxsplit=1)[0])
        fitting = self._files.get(without_ending(document.name), [])
        ranked = sorted((shared_folders(path.parent.parts, document.parent.parts), path) for path in fitting)
        if len(fitting) > 1 and not ranked[-1][0]:
            return None
        return ranked[-1][1] if ranked else None

    def of(self, uri: str) -> Gold | None:
        """What a document holds, where somebody has written it down.

        Raises:
            WrongFile: its gold file is malformed.
        """
        path = self.path_of(uri)
        return read_gold(path) if path else None
