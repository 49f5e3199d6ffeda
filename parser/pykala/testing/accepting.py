"""Whether a golden file may be written in this run, and the checking of a record in view of that."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from pykala.record import Record
from pykala.testing.checking import Mismatch, accept, check
from pykala.testing.plugin import WRITTEN

if TYPE_CHECKING:
    import pytest


def expect(record: Record, golden: Path, item: pytest.Item) -> None:
    """Compare a record with its golden file, or make it what is expected where the run is to.

    Args:
        record: what was read.
        golden: the golden file.
        item: the test that asks; the report of what it writes travels with it.

    Raises:
        Mismatch: they differ, or there is no golden file.
        GoldenError: the golden file cannot be used.
    """
    ignored = frozenset(item.config.getini("pykala_ignore"))
    if may_write(golden, item.config):
        written = accept(record, golden, ignored)
        if written:
            item.user_properties.append((WRITTEN, written))
    elif golden.exists():
        check(record, golden, ignored)
    else:
        raise Mismatch(f"{golden}: there is no such golden file; pytest --pykala-accept writes it")


def may_write(golden: Path, config: pytest.Config) -> bool:
    """Whether this run writes a golden file: by its name without ending, its file name, or its path.

    Args:
        golden: the file.
        config: of the run.
    """
    pattern = config.getoption("--pykala-accept")
    if pattern is None:
        return False
    stem = golden.name.removesuffix(".expected.json")
    return any(fnmatch(name, pattern) for name in (stem, golden.name, golden.as_posix(), _inside(golden, config)))


def _inside(golden: Path, config: pytest.Config) -> str:
    """The path as seen from the project."""
    root = config.rootpath
    return golden.relative_to(root).as_posix() if golden.is_relative_to(root) else golden.name
