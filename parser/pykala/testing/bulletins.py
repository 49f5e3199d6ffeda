"""The fixture ``bulletin``."""

from __future__ import annotations

from pathlib import Path

import pytest

from pykala.batch.inputs import GOLD_ENDING
from pykala.pipeline import parse
from pykala.record import Record
from pykala.settings import Settings
from pykala.testing.accepting import expect
from pykala.testing.checking import Mismatch


class Bulletins:
    """Reads bulletins for a test, and compares records with golden files beside it.

    Args:
        folder: of the test's module; paths are relative to it.
        item: the test.
        config: of the run.
    """

    def __init__(self, folder: Path, item: pytest.Item, config: pytest.Config) -> None:
        self._folder = folder
        self._item = item
        self._config = config

    def __call__(self, source: Path | bytes | str, *, settings: Settings = Settings()) -> Record:
        """The record of a bulletin; see :func:`pykala.parse`.

        Args:
            source: a ``Path`` relative to the test's module, ``bytes``, or a ``str`` of its text.
            settings: limits of the reading.
        """
        if isinstance(source, Path):
            return parse((self._folder / source).read_bytes(), uri=source.as_posix(), settings=settings)
        return parse(source, settings=settings)

    def matches(self, record: Record, name: str) -> None:
        """Fail the test with what differs where a record is not what ``NAME.expected.json`` beside the test says.

        Args:
            record: what was read.
            name: the golden file's name without its ending.
        """
        golden = self._folder / f"{name}{GOLD_ENDING}"
        try:
            expect(record, golden, self._item)
        except Mismatch as mismatch:
            pytest.fail(str(mismatch), pytrace=False)
